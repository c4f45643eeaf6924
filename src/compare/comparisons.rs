//! Rows of `comparisons.csv`: how two groups differ.

use crate::compare::cells::{Cell, Cells, Place};
use crate::compare::corrections::FrameCorrection;
use crate::compare::families::{self, append};
use crate::compare::notes::Notes;
use crate::compare::{Corrected, Plan, REST, WHOLE_SPAN};
use crate::stats::{
    ClusteredShare, Dealing, Interval, MONTE_CARLO_DRAWS, Seed, cohens_h, odds_ratio, permutation_test, welch,
    welch_p_value,
};

/// Random arrangements in single periods, where there are many tests and none of them is the headline.
const DRAWS_IN_PERIODS: u32 = 999;

/// Distinct documents that a group must have, and those that must carry the frame, for Welch's test in place of the
/// permutation, whose least p-value leaves no single difference to be found among thousands.
const RICH_DOCUMENTS: u64 = 200;
const RICH_CARRIERS: u64 = 20;

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
    /// Two-sided p-value that the shares are the same.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg within its family.
    pub q_value: Option<f64>,
    /// How the p-value was computed.
    pub test: Option<Test>,
    /// Which rows are adjusted together.
    pub family: TestFamily,
    /// Documents of the first group, copies included.
    pub documents_a: u64,
    /// Documents of the second group, copies included.
    pub documents_b: u64,
    /// The difference of the corrected shares, where both groups have one.
    pub corrected: Option<Corrected>,
    /// Hand codings with known probability in both groups together.
    pub codings: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: String,
}

/// How a p-value was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// From the variances, where both groups are rich in documents.
    Welch,
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
            Self::Welch => "welch",
            Self::PermutationExact => "permutation-exact",
            Self::PermutationMonteCarlo => "permutation-monte-carlo",
        }
    }
}

/// Rows whose p-values are adjusted together: all frames, but pairs of groups apart from groups against the rest, and the
/// whole span apart from single periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestFamily {
    /// Two groups over the whole span.
    Pairs,
    /// Two groups in single periods.
    PairsInPeriods,
    /// A group against the rest over the whole span.
    Rest,
    /// A group against the rest in single periods.
    RestInPeriods,
}

impl TestFamily {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pairs, Self::PairsInPeriods, Self::Rest, Self::RestInPeriods];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::PairsInPeriods => "pairs-in-periods",
            Self::Rest => "rest",
            Self::RestInPeriods => "rest-in-periods",
        }
    }
}

/// Two groups (or a group and the rest) in one period.
pub(super) struct Pair<'a> {
    pub(super) group_a: &'a str,
    pub(super) group_b: &'a str,
    pub(super) period: &'a str,
}

/// A frame's share on one side of a pair.
struct Side<'c, 'a> {
    cell: &'c Cell<'a>,
    share: ClusteredShare,
    carriers: u64,
    correction: FrameCorrection<'c, 'a>,
}

impl<'c, 'a> Side<'c, 'a> {
    fn new(cell: &'c Cell<'a>, frame: usize, period: &str) -> Self {
        let share = ClusteredShare::of(&cell.units, frame);
        let correction = cell.correction(frame, period);
        Self { cell, share, carriers: cell.carriers(frame), correction }
    }

    /// Whether the normal theory behind Welch's test holds for the share.
    fn is_rich(&self) -> bool {
        self.share.units >= RICH_DOCUMENTS && self.carriers >= RICH_CARRIERS
    }
}

impl<'a> Pair<'a> {
    /// The rows of all frames. The test draws from a stream named by groups and period, so that the row does not depend
    /// on what else is compared.
    pub(super) fn rows(&self, plan: &Plan, cells: &Cells<'a>) -> Vec<Comparison> {
        let place = Place { group: self.group_a, period: self.period };
        let a = cells.cell(place);
        let b = match self.group_b {
            REST => cells.rest(place),
            group => cells.cell(Place { group, ..place }),
        };
        let row = |frame: usize| {
            let sides = [&a, &b].map(|cell| Side::new(cell, frame, self.period));
            self.row(plan.frames()[frame].as_str(), &sides[0], &sides[1])
        };
        let mut rows: Vec<Comparison> = (0..plan.frames().len()).map(row).collect();
        self.permute(&mut rows, plan.seed(), [&a, &b]);
        rows
    }

    /// Gives the rows that have no p-value yet that of the permutation test.
    fn permute(&self, rows: &mut [Comparison], seed: u64, [a, b]: [&Cell<'_>; 2]) {
        let kinds: Vec<usize> = (0..rows.len()).filter(|frame| rows[*frame].test.is_none()).collect();
        if kinds.is_empty() {
            return;
        }
        let name = format!("permutation/{}~{}/{}", self.group_a, self.group_b, self.period);
        let dealing = Dealing { draws: draws_in(self.period), kinds: &kinds };
        let tested = permutation_test(&a.units, &b.units, dealing, &mut Seed::new(seed).stream(&name));
        let Some(tested) = tested else { return };
        let test = if tested.exact { Test::PermutationExact } else { Test::PermutationMonteCarlo };
        for (row, p_value) in rows.iter_mut().zip(tested.p_values) {
            if let (None, Some(_)) = (row.test, p_value) {
                (row.p_value, row.test) = (p_value, Some(test));
            }
        }
    }

    /// The row of one frame; without a test where that is left to the permutation.
    fn row(&self, frame: &str, a: &Side<'_, '_>, b: &Side<'_, '_>) -> Comparison {
        let shares = a.share.share().zip(b.share.share());
        let p_value = welch_p_value(&a.share, &b.share).filter(|_| a.is_rich() && b.is_rich());
        let odds_ratio = shares.and_then(|_| odds_ratio((a.share.k, a.share.n), (b.share.k, b.share.n)));
        let mut row = Comparison {
            frame: frame.to_owned(),
            group_a: self.group_a.to_owned(),
            group_b: self.group_b.to_owned(),
            period: self.period.to_owned(),
            estimate_a: a.share.share(),
            estimate_b: b.share.share(),
            difference: shares.map(|(a, b)| a - b),
            interval: welch(&a.share, &b.share),
            odds_ratio,
            cohens_h: shares.map(|(a, b)| cohens_h(a, b)),
            p_value,
            q_value: None,
            test: p_value.map(|_| Test::Welch),
            family: self.family(),
            documents_a: a.cell.documents,
            documents_b: b.cell.documents,
            corrected: a.correction.less(&b.correction),
            codings: a.correction.count() + b.correction.count(),
            note: String::new(),
        };
        row.note = note(a, b, &row);
        if let Some(remark) = a.correction.remark_on_pair(&b.correction) {
            append(&mut row.note, &remark);
        }
        row
    }

    fn family(&self) -> TestFamily {
        match (self.group_b == REST, self.period == WHOLE_SPAN) {
            (false, true) => TestFamily::Pairs,
            (false, false) => TestFamily::PairsInPeriods,
            (true, true) => TestFamily::Rest,
            (true, false) => TestFamily::RestInPeriods,
        }
    }
}

/// Random arrangements of a test in this period.
fn draws_in(period: &str) -> u32 {
    if period == WHOLE_SPAN { MONTE_CARLO_DRAWS } else { DRAWS_IN_PERIODS }
}

fn note(a: &Side<'_, '_>, b: &Side<'_, '_>, row: &Comparison) -> String {
    let mut notes = Notes::default();
    notes.add_size(a.cell.size(), " in group_a");
    notes.add_size(b.cell.size(), " in group_b");
    if a.share.n == 0 || b.share.n == 0 {
        notes.add(a.cell.documents > 0 && a.share.n == 0, "no sentences in group_a");
        notes.add(b.cell.documents > 0 && b.share.n == 0, "no sentences in group_b");
        return notes.into_text();
    }
    let both = a.share.k + b.share.k;
    let alike = both == 0 || both == a.share.n + b.share.n;
    let single = a.share.units == 1 || b.share.units == 1;
    notes.add(single, "no interval and no test from one document");
    notes.add(both == 0, "no hits in either group: nothing to test");
    notes.add(both > 0 && alike, "nothing but hits in both groups: nothing to test");
    notes.add(row.interval.is_none() && !alike && !single, "no variance: no interval");
    if row.interval.is_some() && !alike {
        notes.add_weight(&a.share, a.carriers, " in group_a");
        notes.add_weight(&b.share, b.carriers, " in group_b");
    }
    notes.add(row.odds_ratio.is_none() && b.share.k == 0 && both > 0, "no odds ratio without hits in group_b");
    notes.add(row.odds_ratio.is_none() && b.share.k > 0, "no odds ratio without misses in group_a");
    notes.into_text()
}

/// Adjusts the p-values within their families, and says where a q-value is what it is since the test drew no more
/// arrangements. Rows without a p-value belong to no family.
pub(super) fn adjust(rows: &mut [Comparison]) {
    for family in TestFamily::ALL {
        let in_family = |row: &&mut Comparison| row.family == family;
        families::adjust(rows.iter_mut().filter(in_family).map(|row| (row.p_value, &mut row.q_value)));
        let in_family = |row: &&mut Comparison| row.family == family;
        let corrected = rows.iter_mut().filter(in_family).filter_map(|row| row.corrected.as_mut());
        families::adjust(corrected.map(|corrected| (corrected.p_value, &mut corrected.q_value)));
    }
    for row in rows.iter_mut().filter(|row| row.test == Some(Test::PermutationMonteCarlo)) {
        if let Some(remark) = families::floor(row.p_value.zip(row.q_value), draws_in(&row.period)) {
            append(&mut row.note, &remark);
        }
    }
}
