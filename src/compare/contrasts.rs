//! Rows of `contrasts.csv`: which of two frames a group carries more often.

use std::sync::Arc;

use crate::compare::cells::Cell;
use crate::compare::families::{self, append};
use crate::compare::notes::{Notes, SampleSize};
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::{Corrected, Plan};
use crate::stats::{Interval, MONTE_CARLO_DRAWS, PairedSums, Seed, log_ratio_interval, swap_test};

/// Which of two frames one group carries more often in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Id of the first frame.
    pub frame_a: Arc<str>,
    /// Id of the second frame.
    pub frame_b: Arc<str>,
    /// Value of the column compared by.
    pub group: Arc<str>,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: Arc<str>,
    /// What it rests on.
    pub sample: SampleSize,
    /// Hits of the first frame.
    pub hits_a: u64,
    /// Hits of the second frame.
    pub hits_b: u64,
    /// Natural logarithm of the first over the second: above 0 when the first frame is the more frequent.
    pub log_ratio: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
    /// Two-sided p-value from swapping the two frames' counts within documents.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg among the rows of the whole span, or among those of the periods.
    pub q_value: Option<f64>,
    /// Whether every arrangement was listed for the p-value; `false` where there is none.
    pub is_exact: bool,
    /// The log ratio of the two corrected shares, where both have one.
    pub corrected: Option<Box<Corrected>>,
    /// Hand codings with known probability of either frame.
    pub codings: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

impl Contrast {
    /// The rows of all the plan's contrasts in one cell. Each test draws from a stream of its own.
    pub(super) fn rows(plan: &Plan, place: Place<'_>, cell: &Cell<'_>) -> Vec<Self> {
        plan.contrasts().iter().map(|frames| Self::new(plan, *frames, place, cell)).collect()
    }

    fn new(plan: &Plan, frames: (usize, usize), place: Place<'_>, cell: &Cell<'_>) -> Self {
        let (a, b) = frames;
        let [hits_a, hits_b] = [a, b].map(|frame| cell.units.iter().map(|unit| unit.k[frame]).sum());
        let counts: Vec<(u64, u64)> = cell.finely_weighted_units().iter().map(|unit| (unit.k[a], unit.k[b])).collect();
        let sums = PairedSums::of(&counts);
        let corrections = [a, b].map(|frame| cell.correction(frame, place.period));
        let mut row = Self {
            frame_a: plan.frames()[a].as_str().into(),
            frame_b: plan.frames()[b].as_str().into(),
            group: place.group.into(),
            period: place.period.into(),
            sample: cell.sample(),
            hits_a,
            hits_b,
            log_ratio: sums.log_ratio(),
            interval: log_ratio_interval(&counts),
            p_value: None,
            q_value: None,
            is_exact: false,
            corrected: corrections[0].log_ratio_to(&corrections[1]).map(Box::new),
            codings: corrections[0].count_with(&corrections[1]),
            note: Arc::default(),
        };
        if sums.units >= 2 && sums.a + sums.b > 0 {
            row.swap(&counts, Seed::new(plan.seed()));
        }
        row.note = note(cell, frames, &sums, &row);
        families::remark_disagreement(row.interval, row.p_value, &mut row.note);
        if let Some(remark) = corrections[0].remark_on_ratio(&corrections[1]) {
            append(&mut row.note, &remark);
        }
        row
    }

    /// What other rows say, too.
    pub(super) fn texts(&mut self) -> [&mut Arc<str>; 5] {
        [&mut self.frame_a, &mut self.frame_b, &mut self.group, &mut self.period, &mut self.note]
    }

    /// Tests whether the frames are equally frequent.
    fn swap(&mut self, counts: &[(u64, u64)], seed: Seed) {
        let differences: Vec<f64> = counts.iter().map(|(a, b)| *a as f64 - *b as f64).collect();
        let name = format!("swap/{}~{}/{}/{}", self.frame_a, self.frame_b, self.group, self.period);
        if let Some(tested) = swap_test(&differences, &mut seed.stream(&name)) {
            (self.p_value, self.is_exact) = (Some(tested.p_value), tested.exact);
        }
    }
}

fn note(cell: &Cell<'_>, frames: (usize, usize), sums: &PairedSums, row: &Contrast) -> Arc<str> {
    let mut notes = Notes::default();
    notes.add_size(cell.size(), "");
    let neither = sums.a + sums.b == 0;
    notes.add(cell.documents > 0 && neither, "no hits of either frame");
    notes.add(!neither && sums.a == 0, "no hits of frame_a: no ratio");
    notes.add(!neither && sums.b == 0, "no hits of frame_b: no ratio");
    notes.add(!neither && sums.units == 1, "no interval and no test from one document");
    let is_bare = row.log_ratio.is_some() && row.interval.is_none() && sums.units > 1;
    let (in_a, in_b) = (cell.carriers(frames.0), cell.carriers(frames.1));
    notes.add(is_bare && in_a.min(in_b) == 1, "one document holds all hits of a frame: no interval");
    notes.add(is_bare && in_a.min(in_b) > 1, "no variance: no interval");
    if row.interval.is_some() {
        let rarer = if in_a <= in_b { frames.0 } else { frames.1 };
        let of = if in_a <= in_b { " of frame_a" } else { " of frame_b" };
        notes.add_weight(&cell.share(rarer), in_a.min(in_b), of);
    }
    notes.into_text()
}

/// Adjusts the p-values of the whole span, and apart from them those of the periods; all contrasts together.
pub(super) fn adjust(rows: &mut [Contrast]) {
    for whole in [false, true] {
        families::adjust(
            rows.iter_mut()
                .filter(|row| (&*row.period == WHOLE_SPAN) == whole)
                .map(|row| (row.p_value, &mut row.q_value)),
        );
        let corrected = rows
            .iter_mut()
            .filter(|row| (&*row.period == WHOLE_SPAN) == whole)
            .filter_map(|row| row.corrected.as_mut());
        families::adjust(corrected.map(|corrected| (corrected.p_value, &mut corrected.q_value)));
    }
    for row in rows.iter_mut().filter(|row| !row.is_exact) {
        families::remark_floor(row.p_value, row.q_value, MONTE_CARLO_DRAWS, &mut row.note);
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::counts::example::{corpus, counts, plan, weekly};
    use crate::compare::findings;

    #[test]
    fn a_contrast_without_hits_has_no_ratio_but_may_have_a_test() {
        let found = findings(&plan(weekly()), &counts(corpus(&["alfa"])));
        assert!(found.comparisons.is_empty(), "one outlet has nothing to be compared with");
        let both = &found.contrasts[0];
        assert!(both.log_ratio.is_some() && both.interval.is_some() && both.p_value.is_some(), "{both:?}");
        let one = found.contrasts.iter().find(|row| &*row.frame_b == "never").unwrap();
        assert_eq!((one.log_ratio, one.interval, one.hits_b), (None, None, 0));
        assert!(one.p_value.unwrap() < 0.01);
        assert_eq!(&*one.note, "no hits of frame_b: no ratio");
    }
}
