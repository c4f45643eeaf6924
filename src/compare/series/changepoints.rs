//! Rows of `changepoints.csv`: days at which a frame's share takes another level, found without naming a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::compare::Plan;
use crate::compare::cells::DistinctDocument;
use crate::compare::comparisons::DRAWS_IN_PERIODS;
use crate::compare::families;
use crate::compare::notes::Notes;
use crate::compare::series::dated::{DatedGroup, DatedGroups};
use crate::compare::series::trend::{NumberedFrame, SeriesSize, add_remarks};
use crate::compare::series::trends::numbered;
use crate::compare::study_time::StudyTime;
use crate::stats::{
    BinnedCluster, ClusterCounts, ClusteredShare, LEAST_BINS, LevelChanges, SIGNIFICANT, Seed, UnitCount,
    change_penalty, change_posterior, level_changes, penalty_of_fewer, split_p_values,
};

/// A day at which a frame's share in a group takes another level, or the likeliest one where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Changepoint {
    /// Id of the frame.
    pub frame: String,
    /// Value of the column compared by.
    pub group: String,
    /// First day of the new level; `None` where nothing can be found.
    pub date: Option<Date>,
    /// Whether the series changes level there; `false` for the likeliest day of a series without a change.
    pub is_change: bool,
    /// The share of the level before and of the level after.
    pub shares: Option<[f64; 2]>,
    /// How likely it is that the level changes on this very day, given that it changes once between the changes before and
    /// after this one.
    pub posterior: Option<f64>,
    /// First and last day of those that hold 95 % of that.
    pub range: Option<(Date, Date)>,
    /// p-value that the share is the same on all days, from dealing documents over days; of the group's whole series.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg over frames and groups.
    pub q_value: Option<f64>,
    /// Variance by documents over that of as many independent sentences.
    pub design_effect: Option<f64>,
    /// What a change must save of the cost, and from where on fewer changes would be found; the second of series with a change.
    pub penalties: Option<(f64, Option<f64>)>,
    /// Days of a bin: 1, or 7 where the span is long.
    pub bin_days: u64,
    /// What the row rests on; `bins` are those with documents.
    pub size: SeriesSize,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// The rows of all frames and groups.
pub(super) fn rows(plan: &Plan, dated: &DatedGroups<'_>) -> Vec<Changepoint> {
    let of_group = |group: &DatedGroup<'_>| Series::new(group, dated.scale).rows(plan, group);
    let by_group: Vec<Vec<Vec<Changepoint>>> = dated.groups.par_iter().map(of_group).collect();
    let mut by_frame: Vec<Changepoint> =
        (0..plan.frames().len()).flat_map(|frame| by_group.iter().flat_map(move |rows| rows[frame].clone())).collect();
    adjust(&mut by_frame);
    by_frame
}

/// Adjusts one p-value a frame and group, though it may stand in several rows.
fn adjust(rows: &mut [Changepoint]) {
    let mut adjusted: Vec<(Option<f64>, Option<f64>)> = Vec::new();
    adjusted.extend(rows.chunk_by(is_same_series).map(|rows| (rows[0].p_value, None)));
    families::adjust(adjusted.iter_mut().map(|(p_value, q_value)| (*p_value, q_value)));
    for (rows, (_, q_value)) in rows.chunk_by_mut(is_same_series).zip(adjusted) {
        for row in rows {
            row.q_value = q_value;
        }
    }
}

fn is_same_series(a: &Changepoint, b: &Changepoint) -> bool {
    (&a.frame, &a.group) == (&b.frame, &b.group)
}

/// A group's documents in bins of time. Copies are one document, at the day of the first.
struct Series {
    scale: StudyTime,
    /// First day of each bin with documents, ascending.
    days: Vec<i32>,
    clusters: Vec<BinnedCluster>,
}

impl Series {
    fn new(group: &DatedGroup<'_>, scale: StudyTime) -> Self {
        let mut clusters: BTreeMap<DistinctDocument<'_>, (i32, ClusterCounts)> = BTreeMap::new();
        for document in &group.documents {
            let day = document.first - document.first % scale.bin_days();
            let (_, sums) = clusters.entry(document.distinct).or_insert_with(|| (day, ClusterCounts::default()));
            sums.merge(&document.counts);
        }
        let mut days: Vec<i32> = clusters.values().filter(|(_, sums)| sums.n > 0).map(|(day, _)| *day).collect();
        days.sort_unstable();
        days.dedup();
        let binned = clusters
            .into_values()
            .filter_map(|(day, counts)| days.binary_search(&day).ok().map(|bin| BinnedCluster { bin, counts }));
        Self { scale, clusters: binned.collect(), days: days.clone() }
    }

    /// The rows of a group, by frame.
    fn rows(&self, plan: &Plan, group: &DatedGroup<'_>) -> Vec<Vec<Changepoint>> {
        let stream = &mut Seed::new(plan.seed()).stream(&format!("changepoints/{}", group.name));
        let is_long = self.days.len() >= LEAST_BINS;
        let p_values = if is_long { split_p_values(&self.clusters, DRAWS_IN_PERIODS, stream) } else { Vec::new() };
        let rows = |frame: NumberedFrame<'_>| {
            let empty = self.empty(frame, group);
            match p_values.get(frame.index).filter(|_| empty.note.is_empty()) {
                Some(p_value) => self.rows_of(frame, group, &Changepoint { p_value: Some(*p_value), ..empty }),
                None => vec![empty],
            }
        };
        numbered(plan).map(rows).collect()
    }

    /// A row without an estimate, and why it must stay so.
    fn empty(&self, frame: NumberedFrame<'_>, group: &DatedGroup<'_>) -> Changepoint {
        let size = SeriesSize { bins: self.days.len() as u64, ..SeriesSize::of(group, frame.index) };
        let trials: u64 = self.clusters.iter().map(|cluster| cluster.counts.n).sum();
        let mut notes = Notes::default();
        let bin = if self.scale.bin_days() == 1 { "days" } else { "weeks" };
        notes.add(
            self.days.len() < LEAST_BINS,
            &format!("fewer than {LEAST_BINS} {bin} with documents: no changes sought"),
        );
        notes.add(trials > 0 && (size.hits == 0 || size.hits == trials), "no hits, or nothing but hits: no change");
        Changepoint {
            frame: frame.id.to_owned(),
            group: group.name.to_owned(),
            date: None,
            is_change: false,
            shares: None,
            posterior: None,
            range: None,
            p_value: None,
            q_value: None,
            design_effect: None,
            penalties: None,
            bin_days: u64::from(self.scale.bin_days().unsigned_abs()),
            size,
            note: notes.into_text(),
        }
    }

    fn bins(&self, frame: usize) -> Vec<UnitCount> {
        let mut bins = vec![UnitCount { k: 0, n: 0 }; self.days.len()];
        for cluster in &self.clusters {
            bins[cluster.bin].k += cluster.counts.k[frame];
            bins[cluster.bin].n += cluster.counts.n;
        }
        bins
    }

    /// The rows of the changes of a frame, or that of the likeliest day.
    fn rows_of(&self, frame: NumberedFrame<'_>, group: &DatedGroup<'_>, empty: &Changepoint) -> Vec<Changepoint> {
        let bins = self.bins(frame.index);
        let counts =
            self.clusters.iter().map(|cluster| UnitCount { k: cluster.counts.k[frame.index], n: cluster.counts.n });
        let design_effect = ClusteredShare::of_counts(counts).design_effect();
        let LevelChanges { starts, split, .. } = level_changes(&bins, design_effect, change_penalty(bins.len()));
        let penalties = Some((change_penalty(bins.len()), penalty_of_fewer(&bins, design_effect, starts.len())));
        let is_change = !starts.is_empty();
        let mut notes = Notes::default();
        notes.add(!is_change, "no change found: the likeliest day of one");
        notes.add(
            !is_change && empty.p_value.is_some_and(|p_value| p_value < SIGNIFICANT),
            "p-value and penalty disagree: the share is not the same throughout, but no step is clear enough",
        );
        add_remarks(&mut notes, frame, group, "");
        let note = notes.into_text();
        let common = Changepoint { is_change, design_effect: Some(design_effect), penalties, note, ..empty.clone() };
        let mut edges = vec![0];
        edges.extend(if is_change { starts } else { vec![split] });
        edges.push(bins.len());
        edges.windows(3).map(|edges| self.row(&bins, edges, &common)).collect()
    }

    /// The row of the change at the second of three edges, between the change before and the one after.
    fn row(&self, bins: &[UnitCount], edges: &[usize], common: &Changepoint) -> Changepoint {
        let between = &bins[edges[0]..edges[2]];
        let posterior = change_posterior(between, common.design_effect.unwrap_or(1.0));
        let at = |bin: usize| self.scale.date(self.days[edges[0] + bin]);
        let this = posterior.iter().find(|(bin, _)| edges[0] + bin == edges[1]).map(|(_, probability)| *probability);
        let range = central(&posterior).map(|[first, last]| (at(first), at(last)));
        let shares = [&bins[edges[0]..edges[1]], &bins[edges[1]..edges[2]]].map(share);
        let date = Some(self.scale.date(self.days[edges[1]]));
        Changepoint { date, shares: Some(shares), posterior: this, range, ..common.clone() }
    }
}

fn share(bins: &[UnitCount]) -> f64 {
    let (k, n): (u64, u64) = (bins.iter().map(|bin| bin.k).sum(), bins.iter().map(|bin| bin.n).sum());
    k as f64 / n as f64
}

/// The bins between which 95 % of the probability lies, 2.5 % at most on either side.
fn central(posterior: &[(usize, f64)]) -> Option<[usize; 2]> {
    Some([tail_end(posterior.iter())?, tail_end(posterior.iter().rev())?])
}

/// The first bin at which the probability of all before it and its own is above 2.5 %.
fn tail_end<'p>(posterior: impl Iterator<Item = &'p (usize, f64)>) -> Option<usize> {
    let mut sum = 0.0;
    for (bin, probability) in posterior {
        sum += probability;
        if sum > 0.025 {
            return Some(*bin);
        }
    }
    None
}
