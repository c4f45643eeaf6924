//! Settings of `[compare]` and marks that change nothing on this corpus: a key without the other that it needs, a day beyond all
//! documents, groups of which none is large enough. Nobody writes them in order to be passed over.

use std::collections::BTreeMap;

use crate::analysis::project::Project;
use crate::compare::Counts;
use crate::model::{AtLeast, CompareSettings, Period, RestRule, Unit};

/// What to say of each.
pub(super) fn idle_settings(project: &Project, counts: &Counts) -> Vec<String> {
    let settings = &project.study.compare;
    let mut notes = idle_days(project, counts);
    if settings.at_least != AtLeast::default() && settings.unit == Unit::Sentence {
        notes
            .push("at_least: without effect where sentences are the unit; it goes with unit = \"document\"".to_owned());
    }
    if settings.period_pairs && settings.period.is_none() {
        notes.push("period_pairs: without effect, as the study has no period".to_owned());
    }
    notes.extend(idle_groups(settings, counts));
    notes
}

/// Where no two groups are held against each other, and where there are not enough of them for what is asked.
fn idle_groups(settings: &CompareSettings, counts: &Counts) -> Option<String> {
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, document) in counts.documents() {
        *sizes.entry(&document.group).or_default() += 1;
    }
    let least = settings.least_documents;
    let large = sizes.values().filter(|documents| **documents >= least).count() as u64;
    let (by, count) = (settings.group_title(), sizes.len());
    match (count, large) {
        (0, _) => None,
        (1, _) => Some(format!("one {by} alone: no groups are compared; by = \"...\" names another column")),
        (_, 0) => {
            Some(format!("least_documents: none of {count} groups has {least} documents, so that no two are compared"))
        }
        (2, 1) => {
            Some(format!("least_documents: one of 2 groups has {least} documents, so that they are not compared"))
        }
        (2, _) if settings.rest == RestRule::Equal => {
            Some("rest: without effect where there are two groups, as the rest of one is the other".to_owned())
        }
        _ => None,
    }
}

/// The days of the study file that part nothing, since all documents are on one side of them: a year may be mistyped.
fn idle_days(project: &Project, counts: &Counts) -> Vec<String> {
    let settings = &project.study.compare;
    let cuts = if let Some(Period::Cuts(cuts)) = &settings.period { &cuts[..] } else { &[] };
    let Some((first, last)) = counts.days() else { return Vec::new() };
    // On the first day a mark stands in figures, though nothing is before it.
    let marks = project.study.marks.iter().map(|mark| mark.date).filter(|day| *day < first || *day > last).collect();
    let mut notes = Vec::new();
    for (key, days, what) in [
        ("period", counts.parting(cuts).1, "parts nothing"),
        ("interruptions", counts.parting(&settings.interruptions).1, "parts nothing"),
        ("[[mark]]", marks, "is in no figure"),
    ] {
        if !days.is_empty() {
            let days = days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            notes.push(format!("{key}: {days} {what}, as the documents are of {first} to {last}"));
        }
    }
    notes
}
