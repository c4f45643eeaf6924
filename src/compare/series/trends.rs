//! Trends over the whole span, and how those of two groups differ.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::compare::Plan;
use crate::compare::cells::DistinctDocument;
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
    let of_group = |group| GroupTrends::new(&frames, group, dated.scale);
    let groups: Vec<GroupTrends<'_, '_>> = dated.groups.par_iter().map(of_group).collect();
    let each: Vec<_> = frames.iter().flat_map(|frame| groups.iter().map(|group| (*frame, group))).collect();
    let mut rows: Vec<Trend> = each.par_iter().map(|(frame, group)| trend(*frame, group, dated.scale)).collect();
    let pairs = pairs(dated, &groups);
    let each: Vec<_> = frames.iter().flat_map(|frame| pairs.iter().map(|pair| (*frame, *pair))).collect();
    let differences = each.par_iter().map(|(frame, pair)| difference(*frame, *pair, dated.scale));
    rows.extend(differences.collect::<Vec<_>>());
    rows
}

/// The trends of a group.
struct GroupTrends<'d, 'a> {
    group: &'d DatedGroup<'a>,
    /// By frame; none where the group has too few documents or days.
    fits: Vec<Result<ClusteredLogit, LogitTrouble>>,
    /// Texts that other groups may have, too.
    copies: BTreeSet<u32>,
}

impl<'d, 'a> GroupTrends<'d, 'a> {
    fn new(frames: &[NumberedFrame<'_>], group: &'d DatedGroup<'a>, scale: StudyTime) -> Self {
        let time = |document: &DatedDocument<'_>| scale.part(document.day);
        let frames = frames.iter().filter(|_| too_short(group, "").is_none());
        let fits = frames.map(|frame| fit(*frame, &[group], |_, document| vec![time(document)])).collect();
        let copies = group.documents.iter().filter(|it| matches!(it.distinct, DistinctDocument::Copies(_)));
        let copies = copies.map(|document| document.text).collect();
        Self { group, fits, copies }
    }

    /// The change of log-odds of a frame over the span.
    fn slope(&self, frame: NumberedFrame<'_>) -> Option<DeltaEstimate> {
        Some(self.fits.get(frame.index)?.as_ref().ok()?.coefficient(1))
    }
}

/// The frames with their places.
pub(super) fn numbered(plan: &Plan) -> impl Iterator<Item = NumberedFrame<'_>> {
    plan.frames().iter().enumerate().map(|(index, id)| NumberedFrame { id, index })
}

/// Pairs of the groups that are large enough, of whatever is listed of each; none where they are too many.
pub(super) fn pairs<'g, G>(dated: &DatedGroups<'_>, listed: &'g [G]) -> Vec<[&'g G; 2]> {
    if dated.large.len() > MOST_GROUPS_IN_PAIRS {
        return Vec::new();
    }
    let later = |place: usize| dated.large[place + 1..].iter().map(move |b| (dated.large[place], *b));
    let places = (0..dated.large.len()).flat_map(later);
    places.map(|(a, b)| [&listed[a], &listed[b]]).collect()
}

/// Why a group has no trend.
fn too_short(group: &DatedGroup<'_>, of: &str) -> Option<String> {
    if group.clusters < LEAST_DOCUMENTS {
        return Some(format!("fewer than {LEAST_DOCUMENTS} distinct documents with a date{of}: no trend"));
    }
    (group.days() < LEAST_DAYS).then(|| format!("fewer than {LEAST_DAYS} days with documents{of}: no trend"))
}

fn trend(frame: NumberedFrame<'_>, trends: &GroupTrends<'_, '_>, scale: StudyTime) -> Trend {
    let group = trends.group;
    let mut row = Trend::empty(TrendKind::Trend, frame, group, scale);
    if let Some(why) = too_short(group, "") {
        return Trend { note: why.into(), ..row };
    }
    let Some(fit) = trends.fits.get(frame.index) else { return row };
    let ends = [group.documents.first(), group.documents.last()];
    let ends = ends.map(|document| document.map_or(0.0, |document| scale.part(document.day)));
    row.shares = fit.as_ref().ok().map(|fit| ends.map(|time| fit.share_at(&[time])));
    let slope = fit.as_ref().map(|fit| fit.coefficient(1)).map_err(|trouble| *trouble);
    row.take(slope, |notes| add_remarks(notes, frame, group, ""));
    row
}

fn difference(frame: NumberedFrame<'_>, trends: [&GroupTrends<'_, '_>; 2], scale: StudyTime) -> Trend {
    let pair = trends.map(|trends| trends.group);
    let mut row = Trend::empty_of_pair(TrendKind::TrendDifference, frame, pair, scale);
    let of = pair.map(|group| format!(" in {}", group.name));
    if let Some(why) = pair.iter().zip(&of).find_map(|(group, of)| too_short(group, of)) {
        return Trend { note: why.into(), ..row };
    }
    let slope = apart(frame, trends).map_or_else(|| together(frame, pair, scale), Ok);
    row.take(slope, |notes| {
        pair.iter().zip(&of).for_each(|(group, of)| add_remarks(notes, frame, group, of));
    });
    row
}

/// By how much the trend of the first group is above that of the second. Without a text that both have, the regression of
/// [`together`] falls apart into one of either group: the same numbers, from as many regressions as there are groups instead of
/// pairs. `None` where it does not, and where a group alone has no trend.
fn apart(frame: NumberedFrame<'_>, trends: [&GroupTrends<'_, '_>; 2]) -> Option<DeltaEstimate> {
    let [a, b] = trends;
    let (first, second) = (a.slope(frame)?, b.slope(frame)?);
    let standard_error = first.standard_error.hypot(second.standard_error);
    let (value, df) = (first.value - second.value, first.df + second.df);
    a.copies.is_disjoint(&b.copies).then_some(DeltaEstimate { value, standard_error, df })
}

/// Group, time, and group by time in one regression; a copy that both groups have is one cluster.
fn together(
    frame: NumberedFrame<'_>,
    pair: [&DatedGroup<'_>; 2],
    scale: StudyTime,
) -> Result<DeltaEstimate, LogitTrouble> {
    let fit = fit(frame, &pair, |place, document| {
        let (time, is_first) = (scale.part(document.day), f64::from(u8::from(place == 0)));
        vec![time, is_first, is_first * time]
    });
    fit.map(|fit| fit.coefficient(3))
}

fn fit(
    frame: NumberedFrame<'_>,
    groups: &[&DatedGroup<'_>],
    covariates: impl Fn(usize, &DatedDocument<'_>) -> Vec<f64>,
) -> Result<ClusteredLogit, LogitTrouble> {
    let mut rows = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        for document in &group.documents {
            let (k, n, cluster) = (document.counts.k[frame.index], document.counts.n, document.text as usize);
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
