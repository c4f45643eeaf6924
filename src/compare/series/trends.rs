//! Trends over the whole span, and how those of two groups differ.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::compare::Plan;
use crate::compare::comparisons::MOST_GROUPS_IN_PAIRS;
use crate::compare::notes::Notes;
use crate::compare::series::dated::{DatedDocument, DatedGroup, DatedGroups};
use crate::compare::series::trend::{NumberedFrame, Trend, TrendKind, add_remarks};
use crate::compare::study_time::StudyTime;
use crate::stats::{ClusteredLogit, DeltaEstimate, Interval, LogitRow, LogitTrouble};

/// Distinct documents that a trend takes: with fewer, intervals simulated at .92 and more are not to be had.
const LEAST_DOCUMENTS: usize = 10;
/// Days with documents that it takes.
const LEAST_DAYS: usize = 5;

/// The rows of all frames and groups, then of all frames and pairs.
pub(super) fn rows(plan: &Plan, dated: &DatedGroups<'_>) -> Vec<Trend> {
    let frames: Vec<NumberedFrame<'_>> = numbered(plan).collect();
    let each: Vec<(NumberedFrame<'_>, &DatedGroup<'_>)> =
        frames.iter().flat_map(|frame| dated.groups.iter().map(|group| (*frame, group))).collect();
    let mut rows: Vec<Trend> = each.par_iter().map(|(frame, group)| trend(*frame, group, dated.scale)).collect();
    let pairs = pairs(dated);
    let each: Vec<_> = frames.iter().flat_map(|frame| pairs.iter().map(|pair| (*frame, *pair))).collect();
    let differences = each.par_iter().map(|(frame, pair)| difference(*frame, *pair, dated.scale));
    rows.extend(differences.collect::<Vec<_>>());
    rows
}

/// The frames with their places.
pub(super) fn numbered(plan: &Plan) -> impl Iterator<Item = NumberedFrame<'_>> {
    plan.frames().iter().enumerate().map(|(index, id)| NumberedFrame { id, index })
}

/// Pairs of the groups that are large enough; none where they are too many.
pub(super) fn pairs<'d, 'a>(dated: &'d DatedGroups<'a>) -> Vec<[&'d DatedGroup<'a>; 2]> {
    if dated.large.len() > MOST_GROUPS_IN_PAIRS {
        return Vec::new();
    }
    let later = |place: usize| dated.large[place + 1..].iter().map(move |b| (dated.large[place], *b));
    let places = (0..dated.large.len()).flat_map(later);
    places.map(|(a, b)| [&dated.groups[a], &dated.groups[b]]).collect()
}

/// Why a group has no trend.
fn too_short(group: &DatedGroup<'_>, of: &str) -> Option<String> {
    if group.clusters() < LEAST_DOCUMENTS {
        return Some(format!("fewer than {LEAST_DOCUMENTS} distinct documents with a date{of}: no trend"));
    }
    (group.days() < LEAST_DAYS).then(|| format!("fewer than {LEAST_DAYS} days with documents{of}: no trend"))
}

fn trend(frame: NumberedFrame<'_>, group: &DatedGroup<'_>, scale: StudyTime) -> Trend {
    let mut row = Trend::empty(TrendKind::Trend, frame, group, scale);
    if let Some(why) = too_short(group, "") {
        return Trend { note: why, ..row };
    }
    let time = |document: &DatedDocument<'_>| f64::from(document.day) / f64::from(scale.days());
    let fit = fit(frame, &[group], |_, document| vec![time(document)]);
    let ends = [group.documents.first(), group.documents.last()].map(|document| document.map_or(0.0, time));
    row.shares = fit.as_ref().ok().map(|fit| ends.map(|time| fit.share_at(&[time])));
    row.take(fit.map(|fit| fit.coefficient(1)), |notes| add_remarks(notes, frame, group, ""));
    row
}

/// Group, time, and group by time in one regression; a copy that both groups have is one cluster.
fn difference(frame: NumberedFrame<'_>, pair: [&DatedGroup<'_>; 2], scale: StudyTime) -> Trend {
    let mut row = Trend::empty_of_pair(TrendKind::TrendDifference, frame, pair, scale);
    let of = pair.map(|group| format!(" in {}", group.name));
    if let Some(why) = pair.iter().zip(&of).find_map(|(group, of)| too_short(group, of)) {
        return Trend { note: why, ..row };
    }
    let fit = fit(frame, &pair, |place, document| {
        let (time, is_first) = (f64::from(document.day) / f64::from(scale.days()), f64::from(u8::from(place == 0)));
        vec![time, is_first, is_first * time]
    });
    row.take(fit.map(|fit| fit.coefficient(3)), |notes| {
        pair.iter().zip(&of).for_each(|(group, of)| add_remarks(notes, frame, group, of));
    });
    row
}

fn fit(
    frame: NumberedFrame<'_>,
    groups: &[&DatedGroup<'_>],
    covariates: impl Fn(usize, &DatedDocument<'_>) -> Vec<f64>,
) -> Result<ClusteredLogit, LogitTrouble> {
    let mut numbers = BTreeMap::new();
    let mut rows = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        for document in &group.documents {
            let next = numbers.len();
            let cluster = *numbers.entry(document.distinct).or_insert(next);
            let (k, n) = (document.counts.k[frame.index], document.counts.n);
            rows.push(LogitRow { k, n, covariates: covariates(place, document), cluster });
        }
    }
    ClusteredLogit::fit(&rows)
}

impl Trend {
    /// Takes a change of log-odds as the row's odds ratio, or says why there is none.
    pub(super) fn take(&mut self, slope: Result<DeltaEstimate, LogitTrouble>, remark: impl Fn(&mut Notes)) {
        let mut notes = Notes::default();
        match slope {
            Ok(slope) => {
                self.estimate = Some(slope.value.exp());
                let Interval { low, high } = slope.interval();
                self.interval = Some(Interval { low: low.exp(), high: high.exp() });
                self.p_value = slope.p_value();
                remark(&mut notes);
            }
            Err(trouble) => notes.add(true, &trouble.to_string()),
        }
        self.note = notes.into_text();
    }
}
