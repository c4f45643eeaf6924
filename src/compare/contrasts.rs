//! Rows of `contrasts.csv`: which of two frames a group carries more often.

use crate::compare::cells::Cell;
use crate::compare::notes::Notes;
use crate::compare::{Plan, WHOLE_SPAN};
use crate::stats::{Interval, PairedSums, Seed, benjamini_hochberg, swap_test};

/// Which of two frames one group carries more often in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Id of the first frame.
    pub frame_a: String,
    /// Id of the second frame.
    pub frame_b: String,
    /// Value of the column compared by.
    pub group: String,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: String,
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
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: String,
}

impl Contrast {
    /// The rows of all the plan's contrasts in one cell. Each test draws from a stream of its own.
    pub(super) fn rows(plan: &Plan, group: &str, period: &str, cell: &Cell) -> Vec<Self> {
        let contrasts = plan.contrasts();
        contrasts.iter().map(|frames| Self::new(plan, *frames, (group, period), cell)).collect()
    }

    fn new(plan: &Plan, (a, b): (usize, usize), (group, period): (&str, &str), cell: &Cell) -> Self {
        let (frame_a, frame_b) = (&plan.frames()[a], &plan.frames()[b]);
        let counts: Vec<(u64, u64)> = cell.units.iter().map(|unit| (unit.k[a], unit.k[b])).collect();
        let sums = PairedSums::of(&counts);
        let mut row = Self {
            frame_a: frame_a.clone(),
            frame_b: frame_b.clone(),
            group: group.to_owned(),
            period: period.to_owned(),
            hits_a: sums.a,
            hits_b: sums.b,
            log_ratio: sums.log_ratio(),
            interval: sums.log_ratio_interval(),
            p_value: None,
            q_value: None,
            note: String::new(),
        };
        if sums.units >= 2 && sums.a + sums.b > 0 {
            let differences: Vec<i64> = counts.iter().map(|(a, b)| a.cast_signed() - b.cast_signed()).collect();
            let name = format!("swap/{frame_a}~{frame_b}/{group}/{period}");
            let tested = swap_test(&differences, &mut Seed::new(plan.seed()).stream(&name));
            row.p_value = tested.map(|tested| tested.p_value);
        }
        row.note = note(cell, &sums, &row);
        row
    }
}

fn note(cell: &Cell, sums: &PairedSums, row: &Contrast) -> String {
    let mut notes = Notes::default();
    notes.add_size(cell.size(), "");
    let neither = sums.a + sums.b == 0;
    notes.add(cell.documents > 0 && neither, "no hits of either frame");
    notes.add(!neither && sums.a == 0, "no hits of frame_a: no ratio");
    notes.add(!neither && sums.b == 0, "no hits of frame_b: no ratio");
    notes.add(!neither && sums.units == 1, "no interval and no test from one document");
    notes.add(row.log_ratio.is_some() && row.interval.is_none() && sums.units > 1, "no variance: no interval");
    notes.into_text()
}

/// Adjusts the p-values of the whole span, and apart from them those of the periods; all contrasts together.
pub(super) fn adjust(rows: &mut [Contrast]) {
    for whole in [false, true] {
        let mut family: Vec<&mut Contrast> =
            rows.iter_mut().filter(|row| (row.period == WHOLE_SPAN) == whole).collect();
        family.retain(|row| row.p_value.is_some());
        let p_values: Vec<f64> = family.iter().filter_map(|row| row.p_value).collect();
        for (row, q_value) in family.into_iter().zip(benjamini_hochberg(&p_values)) {
            row.q_value = Some(q_value);
        }
    }
}
