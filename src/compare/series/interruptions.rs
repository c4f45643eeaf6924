//! What changes at a day that the study names: the step and the change of slope of an interrupted series, the shares before
//! and after, and how two groups differ in that.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::compare::Plan;
use crate::compare::cells::DistinctDocument;
use crate::compare::comparisons::{DRAWS_IN_PERIODS, rare_p_value};
use crate::compare::families::remark_disagreement;
use crate::compare::notes::{JOINED, JOINED_CHANGE, Notes};
use crate::compare::series::dated::{DatedDocument, DatedGroup, DatedGroups};
use crate::compare::series::trend::{NumberedFrame, SeriesSize, Trend, TrendKind, add_remarks, add_remarks_of_group};
use crate::compare::series::trends::{numbered, pairs};
use crate::compare::study_time::StudyTime;
use crate::stats::{
    ClusterCounts, ClusteredShare, Dealing, Interruption, LEAST_BINS, LEAST_BINS_A_SIDE, LogitTrouble, RareCount, Seed,
    TimeBin, difference_in_differences, difference_interval, interruption, is_joined, permutation_test, placebo_steps,
};

/// Other days at which the step is looked for, at most.
const MOST_PLACEBOS: usize = 99;

/// First autocorrelation from which days are too alike for the intervals to be trusted.
const AUTOCORRELATED: f64 = 0.2;

/// The rows of a day named in the study: by kind, frame, group.
pub(super) fn rows(plan: &Plan, dated: &DatedGroups<'_>, date: Date) -> Vec<Trend> {
    let day = NamedDay { date, day: dated.scale.day(date), scale: dated.scale };
    let frames: Vec<NumberedFrame<'_>> = numbered(plan).collect();
    let each: Vec<(NumberedFrame<'_>, &DatedGroup<'_>)> =
        frames.iter().flat_map(|frame| dated.groups.iter().map(|group| (*frame, group))).collect();
    let interrupted: Vec<[Trend; 2]> = each.par_iter().map(|(frame, group)| day.interrupted(*frame, group)).collect();
    let (steps, slopes): (Vec<_>, Vec<_>) = interrupted.into_iter().map(|[step, slope]| (step, slope)).unzip();
    let parted: Vec<PartedGroup<'_>> = dated.groups.iter().map(|group| (group, day.sides(group))).collect();
    let p_values: Vec<Vec<Option<f64>>> = parted.par_iter().map(|group| day.permute(plan, group)).collect();
    let mut rows: Vec<Trend> = steps.into_iter().chain(slopes).collect();
    for frame in &frames {
        for (group, p_values) in parted.iter().zip(&p_values) {
            let row = day.before_after(*frame, group);
            rows.push(Trend { p_value: p_values[frame.index], ..row });
        }
    }
    for frame in &frames {
        rows.extend(pairs(dated, &parted).into_iter().map(|pair| day.difference_in_differences(*frame, pair)));
    }
    rows.iter_mut().for_each(remark_on_disagreement);
    rows
}

/// A day of the study, and how time is measured.
struct NamedDay {
    date: Date,
    /// Days from the first document of all.
    day: i32,
    scale: StudyTime,
}

/// The distinct documents of a group before a day, and from it on.
struct Sides {
    before: Vec<ClusterCounts>,
    after: Vec<ClusterCounts>,
}

/// A group with its documents before a day, and from it on.
type PartedGroup<'g> = (&'g DatedGroup<'g>, Sides);

impl Sides {
    /// A frame's shares before and after.
    fn shares(&self, frame: NumberedFrame<'_>) -> [ClusteredShare; 2] {
        [&self.before, &self.after].map(|side| ClusteredShare::of(side, frame.index))
    }

    /// How many documents have a frame before and after.
    fn counts(&self, frame: usize) -> [RareCount; 2] {
        [&self.before, &self.after].map(|side| RareCount::of(side, frame))
    }
}

impl NamedDay {
    /// The frame's bins, the first one from the day on being 0; those without documents are not there.
    fn bins(&self, frame: NumberedFrame<'_>, group: &DatedGroup<'_>) -> Vec<TimeBin> {
        let mut bins: BTreeMap<i32, TimeBin> = BTreeMap::new();
        for document in &group.documents {
            let time = (document.first - self.day).div_euclid(self.scale.bin_days());
            let bin = bins.entry(time).or_insert(TimeBin { time, k: 0, n: 0 });
            bin.k += document.counts.k[frame.index];
            bin.n += document.counts.n;
        }
        bins.into_values().filter(|bin| bin.n > 0).collect()
    }

    /// The step and the change of slope of a frame in a group.
    fn interrupted(&self, frame: NumberedFrame<'_>, group: &DatedGroup<'_>) -> [Trend; 2] {
        let bins = self.bins(frame, group);
        let [mut step, mut slope] = [TrendKind::Step, TrendKind::SlopeChange].map(|kind| {
            let row = Trend::empty(kind, frame, group, self.scale);
            let size = SeriesSize { bins: bins.len() as u64, ..row.size };
            Trend { date: Some(self.date), size, ..row }
        });
        match interruption(&bins) {
            Some(Ok(found)) => {
                Self::take_step(&mut step, &found, &bins);
                self.take_slope(&mut slope, &found);
                let note = note(frame, group, &found);
                (step.note, slope.note) = (note.clone(), note);
            }
            Some(Err(trouble)) => (step.note, slope.note) = (of_bins(trouble), of_bins(trouble)),
            None => {
                let bin = if self.scale.bin_days() == 1 { "days" } else { "weeks" };
                let why: Arc<str> = format!(
                    "fewer than {LEAST_BINS} {bin} with documents, or than {LEAST_BINS_A_SIDE} on a side: no interrupted series"
                )
                .into();
                (step.note, slope.note) = (why.clone(), why);
            }
        }
        [step, slope]
    }

    fn take_step(row: &mut Trend, found: &Interruption, bins: &[TimeBin]) {
        row.estimate = Some(found.step.value);
        row.interval = Some(found.step.interval().of_shares());
        row.p_value = found.log_odds_step.p_value();
        row.shares = Some([found.share_before, found.share_after]);
        row.autocorrelation = Some(found.autocorrelation);
        row.placebo = Some(placebo_steps(bins, found.statistic(), MOST_PLACEBOS));
    }

    fn take_slope(&self, row: &mut Trend, found: &Interruption) {
        let steps = f64::from(self.scale.days()) / f64::from(self.scale.bin_days());
        row.take(Ok(found.slope_change.times(steps)), |_| ());
        row.autocorrelation = Some(found.autocorrelation);
    }

    fn sides(&self, group: &DatedGroup<'_>) -> Sides {
        let is_before = |document: &&DatedDocument<'_>| document.first < self.day;
        let (before, after): (Vec<_>, Vec<_>) = group.documents.iter().partition(is_before);
        Sides { before: merged(&before), after: merged(&after) }
    }

    /// By frame, the p-value that shares before and after are the same.
    fn permute(&self, plan: &Plan, (group, sides): &PartedGroup<'_>) -> Vec<Option<f64>> {
        let rare: Vec<Option<f64>> = (0..plan.frames().len()).map(|frame| rare_p_value(sides.counts(frame))).collect();
        let kinds: Vec<usize> = (0..rare.len()).filter(|frame| rare[*frame].is_none()).collect();
        let stream = &mut Seed::new(plan.seed()).stream(&format!("before-after/{}/{}", group.name, self.date));
        let dealing = Dealing { draws: DRAWS_IN_PERIODS, kinds: &kinds };
        let tested = permutation_test(&sides.after, &sides.before, dealing, stream);
        let dealt = tested.map_or_else(|| vec![None; rare.len()], |tested| tested.p_values);
        rare.into_iter().zip(dealt).map(|(rare, dealt)| rare.or(dealt)).collect()
    }

    fn before_after(&self, frame: NumberedFrame<'_>, (group, sides): &PartedGroup<'_>) -> Trend {
        let [before, after] = sides.shares(frame);
        let shares = before.share().zip(after.share());
        let mut notes = Notes::default();
        let are_few = sides.before.len().min(sides.after.len()) < 2;
        notes.add(are_few, "fewer than two distinct documents before or after: no interval and no test");
        if !are_few {
            notes.add(is_joined(&after, &before), JOINED);
            add_remarks_of_sides(&mut notes, frame, (group, sides), "");
        }
        Trend {
            date: Some(self.date),
            estimate: shares.map(|(before, after)| after - before),
            interval: difference_interval(&after, &before),
            shares: shares.map(|(before, after)| [before, after]),
            note: notes.into_text(),
            ..Trend::empty(TrendKind::BeforeAfter, frame, group, self.scale)
        }
    }

    fn difference_in_differences(&self, frame: NumberedFrame<'_>, pair: [&PartedGroup<'_>; 2]) -> Trend {
        let shares = pair.map(|(_, sides)| sides.shares(frame));
        // A group that never carries the frame has no variance to tell how sure its change of 0 is.
        let has_hits = shares.iter().all(|sides| sides.iter().any(|side| side.k > 0));
        let found = difference_in_differences(shares).filter(|_| has_hits);
        let mut notes = Notes::default();
        notes.add(!has_hits, "no hits of a group before or after: how sure its change is cannot be told");
        notes.add(
            has_hits && found.is_none(),
            "fewer than two distinct documents of a group before or after, or no variance",
        );
        notes.add(found.is_some_and(|found| found.is_joined), JOINED_CHANGE);
        for (group, sides) in pair {
            add_remarks_of_sides(&mut notes, frame, (group, sides), &format!(" in {}", group.name));
        }
        Trend {
            date: Some(self.date),
            estimate: found.map(|found| found.value),
            interval: found.map(|found| found.interval),
            p_value: found.and_then(|found| found.p_value),
            note: notes.into_text(),
            ..Trend::empty_of_pair(TrendKind::DifferenceInDifferences, frame, pair.map(|(group, _)| *group), self.scale)
        }
    }
}

/// The documents, copies of one text as one.
fn merged(documents: &[&DatedDocument<'_>]) -> Vec<ClusterCounts> {
    let mut units: BTreeMap<DistinctDocument<'_>, ClusterCounts> = BTreeMap::new();
    for document in documents {
        units.entry(document.distinct).or_default().merge(&document.counts);
    }
    units.into_values().filter(|unit| unit.n > 0).collect()
}

/// What is said of a group's shares before and after; `of` names the group where it is not plain.
fn add_remarks_of_sides(
    notes: &mut Notes,
    frame: NumberedFrame<'_>,
    (group, sides): (&DatedGroup<'_>, &Sides),
    of: &str,
) {
    for (side, count) in ["before", "after"].into_iter().zip(sides.counts(frame.index)) {
        notes.add_few_carriers(count.carriers, &format!("{of} {side}"));
    }
    add_remarks_of_group(notes, group, of);
}

/// Says where interval and p-value of a difference of shares decide otherwise. Of a step the one is on the share, the other on
/// the log-odds; before and after, the one is Welch's, the other a permutation's.
fn remark_on_disagreement(row: &mut Trend) {
    let interval = row.interval.filter(|_| !row.kind.is_odds_ratio());
    remark_disagreement(interval, row.p_value, &mut row.note);
}

/// Trouble in the words of a series, whose clusters are bins.
fn of_bins(trouble: LogitTrouble) -> Arc<str> {
    match trouble {
        LogitTrouble::LoneCluster => "one bin alone decides the step or the slope: no variance".into(),
        other => other.to_string().into(),
    }
}

fn note(frame: NumberedFrame<'_>, group: &DatedGroup<'_>, found: &Interruption) -> Arc<str> {
    let mut notes = Notes::default();
    notes.add(
        found.autocorrelation > AUTOCORRELATED,
        &format!(
            "neighbouring bins are alike (autocorrelation {:.2}): the interval may be too narrow",
            found.autocorrelation
        ),
    );
    add_remarks(&mut notes, frame, group, "");
    notes.into_text()
}
