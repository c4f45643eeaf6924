//! What codings of whole documents say of a study whose unit is the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::project::Project;
use crate::analysis::whole_lessons;
use crate::compare::{Counts, Plan};
use crate::learning::LEAST_SENTENCES;
use crate::model::{HandCoding, LeastHits, Prediction, ScorerKind, Truth, Unit};
use crate::report::counted;
use crate::study::{DocumentChoice, JudgedDocument, PeoplesVerdicts, choose_least_hits, chosen_least_hits};

/// Coded documents with a frame, and without it, that it takes to choose by.
const LEAST_CODED: u64 = LEAST_SENTENCES as u64;

/// What was chosen for each frame that documents were coded for; nothing where the unit is the sentence. `labelled` are the
/// frames that whole documents are labelled for from outside.
pub(super) fn choices(
    project: &Project,
    codings: &[HandCoding],
    labelled: &[&str],
    plan: &Plan,
    counts: &Counts,
) -> Vec<DocumentChoice> {
    let settings = &project.study.compare;
    if settings.unit != Unit::Document {
        return Vec::new();
    }
    let hits = |document: &str, frame: &str| {
        let counts = counts.document(document)?;
        let place = plan.frames().iter().position(|known| known == frame)?;
        Some((counts.frames.iter().nth(place)?.hits, counts.sentences))
    };
    let least = &settings.at_least;
    // Of a document that was labelled as a whole the one hit is the label; there is nothing to choose.
    let mut choices = choose_least_hits(codings, hits, |frame| {
        (labelled.contains(&frame) || least.is_given(frame)).then(|| least.of(frame))
    });
    for choice in &mut choices {
        choice.is_labelled = labelled.contains(&&choice.frame[..]);
    }
    choices
}

/// The plan with what was chosen.
pub(super) fn with_choices(plan: Plan, choices: &[DocumentChoice]) -> Plan {
    plan.with_least_hits(chosen_least_hits(choices))
}

/// What is said of each choice.
pub(super) fn notes(choices: &[DocumentChoice]) -> Vec<String> {
    choices.iter().map(note).collect()
}

fn note(choice: &DocumentChoice) -> String {
    let DocumentChoice { frame, least, chosen, documents, carrying, shares, any_f1, f1, .. } = choice;
    let why = match chosen {
        Some(_) => "chosen by",
        None if choice.is_labelled => "measured on",
        None if carrying.min(&(documents - carrying)) < &LEAST_CODED => "too few to choose by among",
        None => "measured on",
    };
    let coded = counted(*documents, "coded document");
    let [used, people, any] = [shares.used, shares.people, shares.any].map(|share| format!("{:.0} %", share * 100.0));
    let [f1, any_f1] = [f1, any_f1].map(|f1| f1.map_or_else(|| "undefined".to_owned(), |f1| format!("{f1:.2}")));
    let any = if *least == LeastHits::ANY { String::new() } else { format!("; any sentence {any}, F1 {any_f1}") };
    let used_by = if choice.is_labelled { "as labelled".to_owned() } else { least.to_string() };
    format!("{frame}: {used_by}, {why} {coded}: found in {used} where people see it in {people}, F1 {f1}{any}")
}

/// What people say of the documents that every coded frame was coded in, and what is said by any sentence and by what is
/// used.
pub(super) fn judged(choices: &[DocumentChoice]) -> (Truth, [Vec<Prediction>; 2]) {
    let of_frame =
        |choice: &DocumentChoice| choice.judged.iter().map(|it| it.document.clone()).collect::<BTreeSet<_>>();
    let mut sets = choices.iter().map(of_frame);
    let first = sets.next().unwrap_or_default();
    // Scores over several frames need rows in which all of them were judged: a frame that nobody looked for in a
    // document was not found absent.
    let shared = sets.fold(first, |all, of_frame| all.intersection(&of_frame).cloned().collect());
    let rows = |said: fn(&JudgedDocument) -> bool| -> Vec<Vec<bool>> {
        let columns: Vec<BTreeMap<&str, bool>> =
            choices.iter().map(|it| it.judged.iter().map(|it| (&it.document[..], said(it))).collect()).collect();
        shared.iter().map(|document| columns.iter().map(|column| column[&document[..]]).collect()).collect()
    };
    let predicted = |carried: Vec<bool>| Prediction {
        probabilities: carried.iter().map(|is| f64::from(u8::from(*is))).collect(),
        carried,
    };
    let truth = Truth {
        labels: choices.iter().map(|choice| choice.frame.clone()).collect(),
        is_exclusive: false,
        carried: rows(|it| it.people),
        groups: (0..shared.len()).collect(),
        weights: vec![1.0; shared.len()],
    };
    let [any, used] = [rows(|it| it.any), rows(|it| it.used)];
    (truth, [any, used].map(|rows| rows.into_iter().map(predicted).collect()))
}

/// What is said of the units compared on which as many coders say yes as no; `None` where there are none.
pub(super) fn in_dispute(project: &Project, codings: &[HandCoding]) -> Option<String> {
    let unit = project.study.compare.unit;
    let units = PeoplesVerdicts::of(codings, &project.frames()).in_dispute(unit);
    (units > 0).then(|| {
        let count = counted(units as u64, &format!("coded {}", unit.as_str()));
        format!("{count} left out of a frame on which as many coders say yes as no; settle them (parallax agree writes a page)")
    })
}

/// What codings of documents are used for, and what would have to be said for them to be used; `None` where there are none.
pub(super) fn use_of_whole(project: &Project, codings: &[HandCoding]) -> Option<String> {
    let whole = codings.iter().filter(|coding| coding.sentence.is_none()).count();
    let is_used = project.study.compare.unit == Unit::Document;
    let count = counted(whole as u64, "coding");
    let use_of_them = if is_used && project.study.scorer == ScorerKind::Labels {
        // Labels of sentences leave open how many of them a document needs; those of documents leave it open for the rest.
        "measure the labels and correct shares; of what whole documents are not labelled for they choose how many sentences \
         make a document carry it"
            .to_owned()
    } else if is_used {
        let scorer = if !whole_lessons::can_teach(project) {
            "; they teach no scorer, since a document as a whole has no voice and no stance"
        } else if whole < codings.len() {
            "; they teach a scorer only where those of sentences are too few to"
        } else {
            "; they teach a scorer of whole documents, which codes a frame where it is surely better"
        };
        format!("choose how many sentences make a document carry a frame and correct its shares{scorer}")
    } else {
        "are not used, since sentences are compared; with unit = \"document\" they are".to_owned()
    };
    (whole > 0).then(|| format!("{count} of whole documents {use_of_them}"))
}
