//! Rows of `comparisons.csv`: how two groups differ.

use crate::compare::cells::{Cell, Cells};
use crate::compare::notes::Notes;
use crate::compare::{Plan, REST, WHOLE_SPAN};
use crate::stats::{Interval, RatioSums, Seed, benjamini_hochberg, cohens_h, odds_ratio, permutation_test, welch};

/// How two groups differ in one frame in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Id of the frame.
    pub frame: String,
    /// The group that sorts first, or the one held against the rest.
    pub group_a: String,
    /// The other group, or [`REST`].
    pub group_b: String,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: String,
    /// Share in the first group.
    pub estimate_a: Option<f64>,
    /// Share in the second group.
    pub estimate_b: Option<f64>,
    /// The first share minus the second.
    pub difference: Option<f64>,
    /// 95 % confidence interval of the difference.
    pub interval: Option<Interval>,
    /// Odds of the first share over odds of the second.
    pub odds_ratio: Option<f64>,
    /// Difference of the arcsine-transformed shares, in [-pi, pi].
    pub cohens_h: Option<f64>,
    /// Two-sided p-value of the permutation test.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg within its family: pairs or groups against the rest, whole span or
    /// single periods.
    pub q_value: Option<f64>,
    /// How the p-value was computed.
    pub test: Option<Test>,
    /// Documents of the first group, copies included.
    pub documents_a: u64,
    /// Documents of the second group, copies included.
    pub documents_b: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: String,
}

/// How a permutation p-value was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// From every arrangement of the documents.
    PermutationExact,
    /// From random arrangements.
    PermutationMonteCarlo,
}

impl Test {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PermutationExact => "permutation-exact",
            Self::PermutationMonteCarlo => "permutation-monte-carlo",
        }
    }
}

/// Two groups (or a group and the rest) in one period.
pub(super) struct Pair<'a> {
    pub(super) group_a: &'a str,
    pub(super) group_b: &'a str,
    pub(super) period: &'a str,
}

impl<'a> Pair<'a> {
    /// The rows of all frames. The test draws from a stream named by groups and period, so that the row does not depend
    /// on what else is compared.
    pub(super) fn rows(&self, plan: &Plan, cells: &Cells<'a>) -> Vec<Comparison> {
        let a = cells.cell(self.group_a, self.period);
        let b = match self.group_b {
            REST => cells.rest(self.group_a, self.period),
            group_b => cells.cell(group_b, self.period),
        };
        let name = format!("permutation/{}~{}/{}", self.group_a, self.group_b, self.period);
        let tested = permutation_test(&a.units, &b.units, &mut Seed::new(plan.seed()).stream(&name));
        let exact = tested.as_ref().is_some_and(|tested| tested.exact);
        let p_values = tested.map_or_else(|| vec![None; plan.frames().len()], |tested| tested.p_values);
        let row = |(frame, p_value): (usize, Option<f64>)| {
            let test = if exact { Test::PermutationExact } else { Test::PermutationMonteCarlo };
            Comparison { p_value, test: p_value.map(|_| test), ..self.estimates(plan, frame, &a, &b) }
        };
        p_values.into_iter().enumerate().map(row).collect()
    }

    /// The row of one frame but for its test.
    fn estimates(&self, plan: &Plan, frame: usize, a: &Cell, b: &Cell) -> Comparison {
        let (sums_a, sums_b) = (RatioSums::of(&a.units, frame), RatioSums::of(&b.units, frame));
        let shares = sums_a.share().zip(sums_b.share());
        let interval = welch(&sums_a, &sums_b);
        let odds_ratio = shares.and_then(|_| odds_ratio((sums_a.k, sums_a.n), (sums_b.k, sums_b.n)));
        Comparison {
            frame: plan.frames()[frame].clone(),
            group_a: self.group_a.to_owned(),
            group_b: self.group_b.to_owned(),
            period: self.period.to_owned(),
            estimate_a: sums_a.share(),
            estimate_b: sums_b.share(),
            difference: shares.map(|(a, b)| a - b),
            interval,
            odds_ratio,
            cohens_h: shares.map(|(a, b)| cohens_h(a, b)),
            p_value: None,
            q_value: None,
            test: None,
            documents_a: a.documents,
            documents_b: b.documents,
            note: note((a, &sums_a), (b, &sums_b), interval.is_some(), odds_ratio.is_some()),
        }
    }
}

fn note(
    (a, sums_a): (&Cell, &RatioSums),
    (b, sums_b): (&Cell, &RatioSums),
    interval: bool,
    odds_ratio: bool,
) -> String {
    let mut notes = Notes::default();
    notes.add_size(a.size(), " in group_a");
    notes.add_size(b.size(), " in group_b");
    if sums_a.n == 0 || sums_b.n == 0 {
        notes.add(a.documents > 0 && sums_a.n == 0, "no sentences in group_a");
        notes.add(b.documents > 0 && sums_b.n == 0, "no sentences in group_b");
        return notes.into_text();
    }
    let both = sums_a.k + sums_b.k;
    let alike = both == 0 || both == sums_a.n + sums_b.n;
    let single = sums_a.units == 1 || sums_b.units == 1;
    notes.add(single, "no interval and no test from one document");
    notes.add(both == 0, "no hits in either group: nothing to test");
    notes.add(both > 0 && alike, "nothing but hits in both groups: nothing to test");
    notes.add(!interval && !alike && !single, "no variance: no interval");
    notes.add(!odds_ratio && sums_b.k == 0 && both > 0, "no odds ratio without hits in group_b");
    notes.add(!odds_ratio && sums_b.k > 0, "no odds ratio without misses in group_a");
    notes.into_text()
}

/// Adjusts the p-values within their families: pairs of groups apart from groups against the rest, rows of the whole
/// span apart from those of single periods; all frames together. Rows without a p-value belong to none.
pub(super) fn adjust(rows: &mut [Comparison]) {
    for rest in [false, true] {
        for whole in [false, true] {
            let in_family = |row: &Comparison| (row.group_b == REST, row.period == WHOLE_SPAN) == (rest, whole);
            let mut family: Vec<&mut Comparison> = rows.iter_mut().filter(|row| in_family(row)).collect();
            family.retain(|row| row.p_value.is_some());
            let p_values: Vec<f64> = family.iter().filter_map(|row| row.p_value).collect();
            for (row, q_value) in family.into_iter().zip(benjamini_hochberg(&p_values)) {
                row.q_value = Some(q_value);
            }
        }
    }
}
