//! Rows of `comparisons.csv`: how two groups differ.

use std::sync::Arc;

use crate::compare::cells::Cells;
use crate::compare::corrections::FrameCorrection;
use crate::compare::families::{self, append, remark_disagreement};
use crate::compare::notes::{FEW_CARRIERS, JOINED, Notes, SampleSize};
use crate::compare::place::{REST, WHOLE_SPAN};
use crate::compare::sides::{PairSide, Sides};
use crate::compare::{Corrected, Plan};
use crate::model::{CompareSettings, RestRule};
use crate::stats::{
    ClusteredShare, Dealing, Interval, MONTE_CARLO_DRAWS, RareCount, Seed, benjamini_yekutieli, cohens_h,
    difference_interval, holm, is_joined, odds_ratio, rare_count_test, welch_p_value,
};

/// Random arrangements in single periods, and of tests over all frames or groups at once: there are many tests, and none of
/// them is the headline.
pub(super) const DRAWS_IN_PERIODS: u32 = 999;

/// Distinct documents that a group must have, and those that must carry the frame, for Welch's test in place of the
/// permutation, whose least p-value leaves no single difference to be found among thousands.
const RICH_DOCUMENTS: u64 = 200;
const RICH_CARRIERS: u64 = 20;

/// Of so many documents at most one has what is rare.
pub(super) const RARE_ONE_OF: u64 = 5;

/// Groups up to which every pair is compared. Beyond, pairs are too many to compute or to read, and each group is held
/// against the rest only.
pub const MOST_GROUPS_IN_PAIRS: usize = 60;

/// How two groups differ in one frame in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Id of the frame.
    pub frame: Arc<str>,
    /// The group that sorts first, or the one held against the rest.
    pub group_a: Arc<str>,
    /// The other group, or [`REST`].
    pub group_b: Arc<str>,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: Arc<str>,
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
    /// The same for stricter readers.
    pub stricter: StricterP,
    /// How the p-value was computed.
    pub test: Option<Test>,
    /// Which rows are adjusted together.
    pub family: TestFamily,
    /// What the first group's share rests on.
    pub sample_a: SampleSize,
    /// What the second group's does.
    pub sample_b: SampleSize,
    /// The difference of the corrected shares, where both groups have one.
    pub corrected: Option<Box<Corrected>>,
    /// Hand codings with known probability in both groups together.
    pub codings: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// A p-value adjusted in ways that promise more than the false discovery rate of independent tests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StricterP {
    /// By Benjamini and Yekutieli within the family: the false discovery rate whatever the tests have to do with one another.
    pub by_q: Option<f64>,
    /// By Holm within the family: the probability of any false finding.
    pub holm: Option<f64>,
    /// Against the largest statistic of the frames that the permutations of this pair and period test: the probability of any
    /// false finding among these.
    pub max_p: Option<f64>,
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
    /// From the number of documents with the frame alone, which is small.
    RareCount,
}

impl Test {
    /// The permutation test that went through every arrangement, or through random ones.
    #[must_use]
    pub const fn by_dealing(is_exact: bool) -> Self {
        if is_exact { Self::PermutationExact } else { Self::PermutationMonteCarlo }
    }

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welch => "welch",
            Self::PermutationExact => "permutation-exact",
            Self::PermutationMonteCarlo => "permutation-monte-carlo",
            Self::RareCount => "rare-count",
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

impl Comparison {
    /// What other rows say, too.
    pub(super) fn texts(&mut self) -> [&mut Arc<str>; 5] {
        [&mut self.frame, &mut self.group_a, &mut self.group_b, &mut self.period, &mut self.note]
    }
}

/// Two groups (or a group and the rest) in one period.
pub(super) struct Pair<'a> {
    pub(super) group_a: &'a str,
    pub(super) group_b: &'a str,
    pub(super) period: &'a str,
}

/// Every pair of groups that are large enough, the first to sort first, over the whole span and where the study asks for
/// it in every period; after the pairs of a group, the group and the rest in every period. A group alone is compared with
/// nothing. Of two groups the rest of one is the other, so that there is one pair, which then takes the rest's place.
pub(super) fn pairs<'a>(cells: &Cells<'a>, settings: &CompareSettings) -> Vec<Pair<'a>> {
    let groups = large_groups(cells);
    let in_pairs = groups.len() <= MOST_GROUPS_IN_PAIRS;
    let are_two = cells.groups.len() == 2;
    let spans = if settings.period_pairs || are_two { &cells.periods[..] } else { &cells.periods[..1] };
    let mut pairs = Vec::new();
    for (place, group_a) in groups.iter().enumerate() {
        for group_b in groups[place + 1..].iter().filter(|_| in_pairs) {
            pairs.extend(spans.iter().map(|period| Pair { group_a, group_b, period }));
        }
        if cells.groups.len() > 2 {
            pairs.extend(cells.periods.iter().map(|period| Pair { group_a, group_b: REST, period }));
        }
    }
    pairs
}

/// The groups that have as many documents as the study asks of one that is held against others.
pub(super) fn large_groups<'a>(cells: &Cells<'a>) -> Vec<&'a str> {
    cells.groups.iter().filter(|group| cells.is_large(group)).copied().collect()
}

/// A frame's share on one side of a pair.
struct SideShare<'s, 'a> {
    sample: SampleSize,
    share: ClusteredShare,
    carriers: u64,
    /// Whether it is the mean of groups that count alike, of which documents counted together tell nothing.
    is_mean: bool,
    correction: FrameCorrection<'s, 'a>,
}

impl<'s, 'a> SideShare<'s, 'a> {
    fn new(side: &'s PairSide<'_, '_, 'a>, frame: usize, period: &str) -> Self {
        let share = side.share(frame);
        let correction = FrameCorrection::new(&share, side.codings(frame), period);
        let is_mean = matches!(side, PairSide::Mean(_));
        Self { sample: side.sample(), share, carriers: side.carriers(frame), is_mean, correction }
    }

    /// Whether the normal theory behind Welch's test holds for the share.
    fn is_rich(&self) -> bool {
        self.share.units >= RICH_DOCUMENTS && self.carriers >= RICH_CARRIERS
    }

    fn count(&self) -> RareCount {
        RareCount { carriers: self.carriers, units: self.share.units, trials: self.share.n }
    }
}

/// The p-value of what needs no arrangements.
fn p_value(a: &SideShare<'_, '_>, b: &SideShare<'_, '_>) -> Option<(f64, Test)> {
    let rare = rare_p_value([a.count(), b.count()]).filter(|_| !a.is_mean && !b.is_mean);
    let welch = || welch_p_value(&a.share, &b.share).filter(|_| a.is_rich() && b.is_rich());
    rare.map(|p_value| (p_value, Test::RareCount)).or_else(|| welch().map(|p_value| (p_value, Test::Welch)))
}

/// The p-value of a frame that few documents of a group have, and not many of both together: an arrangement's statistic is then
/// told by which group has how many of these, and among arrangements that have as many by the lengths of documents alone, which
/// groups do not have alike. `None` where it is not so rare.
pub(super) fn rare_p_value(groups: [RareCount; 2]) -> Option<f64> {
    let [a, b] = groups;
    let has_few = a.carriers.min(b.carriers) < FEW_CARRIERS;
    let is_rare = (a.carriers + b.carriers) * RARE_ONE_OF <= a.units + b.units;
    if has_few && is_rare && a.units.min(b.units) >= 2 { rare_count_test(a, b) } else { None }
}

impl<'a> Pair<'a> {
    /// The two groups, or the one and [`REST`].
    pub(super) const fn groups(&self) -> [&'a str; 2] {
        [self.group_a, self.group_b]
    }

    /// The rows of all frames. The test draws from a stream named by groups and period, so that the row does not depend
    /// on what else is compared.
    pub(super) fn rows(&self, plan: &Plan, sides: &Sides<'_, '_, '_>) -> Vec<Comparison> {
        let row = |frame: usize| {
            let [a, b] = sides.0.each_ref().map(|side| SideShare::new(side, frame, self.period));
            self.row(plan.frames()[frame].as_str(), &a, &b)
        };
        let mut rows: Vec<Comparison> = (0..plan.frames().len()).map(row).collect();
        self.permute(&mut rows, plan, sides);
        for row in &mut rows {
            remark_disagreement(row.interval, row.p_value, &mut row.note);
        }
        rows
    }

    /// Gives the rows that have no p-value yet that of the permutation test.
    fn permute(&self, rows: &mut [Comparison], plan: &Plan, sides: &Sides<'_, '_, '_>) {
        let kinds: Vec<usize> = (0..rows.len()).filter(|frame| rows[*frame].test.is_none()).collect();
        if kinds.is_empty() {
            return;
        }
        let name = format!("permutation/{}~{}/{}", self.group_a, self.group_b, self.period);
        let dealing = Dealing { draws: draws(plan.settings().rest, self.groups(), self.period), kinds: &kinds };
        let tested = sides.permutation(dealing, &mut Seed::new(plan.seed()).stream(&name));
        let Some(tested) = tested else { return };
        let test = Test::by_dealing(tested.exact);
        for (frame, row) in rows.iter_mut().enumerate().filter(|(_, row)| row.test.is_none()) {
            let Some(p_value) = tested.p_values[frame] else { continue };
            if let Some(rare) = sides.rare_counts_of_mean(frame).and_then(rare_p_value).filter(|rare| *rare > p_value) {
                (row.p_value, row.test) = (Some(rare), Some(Test::RareCount));
            } else {
                (row.p_value, row.test, row.stricter.max_p) = (Some(p_value), Some(test), tested.max_p_values[frame]);
            }
        }
    }

    /// The row of one frame; without a test where that is left to the permutation.
    fn row(&self, frame: &str, a: &SideShare<'_, '_>, b: &SideShare<'_, '_>) -> Comparison {
        let shares = a.share.share().zip(b.share.share());
        let (p_value, test) = p_value(a, b).unzip();
        let odds_ratio = shares.and_then(|(a, b)| odds_ratio(a, b));
        let mut row = Comparison {
            frame: frame.into(),
            group_a: self.group_a.into(),
            group_b: self.group_b.into(),
            period: self.period.into(),
            estimate_a: a.share.share(),
            estimate_b: b.share.share(),
            difference: shares.map(|(a, b)| a - b),
            interval: difference_interval(&a.share, &b.share),
            odds_ratio,
            cohens_h: shares.map(|(a, b)| cohens_h(a, b)),
            p_value,
            q_value: None,
            stricter: StricterP::default(),
            test,
            family: self.family(),
            sample_a: a.sample,
            sample_b: b.sample,
            corrected: a.correction.less(&b.correction).map(Box::new),
            codings: a.correction.count() + b.correction.count(),
            note: Arc::default(),
        };
        row.note = note(a, b, &row);
        if let Some(remark) = a.correction.remark_on_pair(&b.correction) {
            append(&mut row.note, &remark);
        }
        row
    }

    pub(super) fn family(&self) -> TestFamily {
        match (self.group_b == REST, self.period == WHOLE_SPAN) {
            (false, true) => TestFamily::Pairs,
            (false, false) => TestFamily::PairsInPeriods,
            (true, true) => TestFamily::Rest,
            (true, false) => TestFamily::RestInPeriods,
        }
    }
}

/// Random arrangements of a test in this period. Against the mean of all others each draw deals out the documents of all groups.
fn draws(rest: RestRule, groups: [&str; 2], period: &str) -> u32 {
    let is_of_all = rest == RestRule::Equal && groups[1] == REST;
    if period == WHOLE_SPAN && !is_of_all { MONTE_CARLO_DRAWS } else { DRAWS_IN_PERIODS }
}

fn note(a: &SideShare<'_, '_>, b: &SideShare<'_, '_>, row: &Comparison) -> Arc<str> {
    let mut notes = Notes::default();
    notes.add_size(a.sample.size(), " in group_a");
    notes.add_size(b.sample.size(), " in group_b");
    if a.share.n == 0 || b.share.n == 0 {
        notes.add(a.sample.documents > 0 && a.share.n == 0, "no sentences in group_a");
        notes.add(b.sample.documents > 0 && b.share.n == 0, "no sentences in group_b");
        return notes.into_text();
    }
    let both = a.share.k + b.share.k;
    let alike = both == 0 || both == a.share.n + b.share.n;
    let single = a.share.units == 1 || b.share.units == 1;
    notes.add(single, "no interval and no test from one document");
    notes.add(both == 0, "no hits in either group: nothing to test");
    notes.add(both > 0 && alike, "nothing but hits in both groups: nothing to test");
    notes.add(row.interval.is_none() && !alike && !single, "no variance: no interval");
    notes.add(row.interval.is_some() && is_joined(&a.share, &b.share), JOINED);
    if row.interval.is_some() && !alike {
        notes.add_weight(&a.share, a.carriers, " in group_a");
        notes.add_weight(&b.share, b.carriers, " in group_b");
    }
    notes.add_kinds(a.sample, b.sample);
    notes.add(row.odds_ratio.is_none() && b.share.k == 0 && both > 0, "no odds ratio without hits in group_b");
    notes.add(row.odds_ratio.is_none() && b.share.k > 0, "no odds ratio without misses in group_a");
    notes.into_text()
}

/// Adjusts the p-values within their families, and says where a q-value is what it is since the test drew no more
/// arrangements. Rows without a p-value belong to no family.
pub(super) fn adjust(rows: &mut [Comparison], rest: RestRule) {
    for family in TestFamily::ALL {
        let mut of_family: Vec<&mut Comparison> = rows.iter_mut().filter(|row| row.family == family).collect();
        families::adjust(of_family.iter_mut().map(|row| (row.p_value, &mut row.q_value)));
        let strict = of_family.iter_mut().map(|row| (row.p_value, &mut row.stricter.by_q));
        families::adjust_by(benjamini_yekutieli, strict);
        families::adjust_by(holm, of_family.iter_mut().map(|row| (row.p_value, &mut row.stricter.holm)));
        let corrected = of_family.iter_mut().filter_map(|row| row.corrected.as_mut());
        families::adjust(corrected.map(|corrected| (corrected.p_value, &mut corrected.q_value)));
    }
    for row in rows.iter_mut().filter(|row| row.test == Some(Test::PermutationMonteCarlo)) {
        let draws = draws(rest, [&row.group_a, &row.group_b], &row.period);
        families::remark_floor(row.p_value, row.q_value, draws, &mut row.note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::{Findings, findings};

    /// The eight documents of the exact test: hits of sentences 3/10 5/12 2/8 6/15 against 1/9 0/11 2/14 1/10.
    #[test]
    fn eight_documents_are_tested_exactly() {
        let eight = [(3, 10), (5, 12), (2, 8), (6, 15), (1, 9), (0, 11), (2, 14), (1, 10)];
        let documents = eight.iter().enumerate().map(|(number, (hits, n))| {
            let group = if number < 4 { "alfa" } else { "beta" };
            (number.to_string(), document(group, "", *n, [*hits, 0, 0]))
        });
        let found = findings(&plan(CompareSettings::default()), &counts(documents));
        let row = &found.comparisons[0];
        assert_eq!(
            (row.p_value, row.q_value, row.test),
            (Some(2.0 / 70.0), Some(2.0 / 70.0), Some(Test::PermutationExact))
        );
        assert!((row.difference.unwrap() - 0.264_646_464_646_464_7).abs() < 1e-12);
        let interval = row.interval.unwrap();
        assert!((interval.low - 0.121_921_678_4).abs() < 1e-9 && (interval.high - 0.407_371_250_9).abs() < 1e-9);
        let notes: Vec<&str> = row.note.split("; ").collect();
        assert_eq!(
            notes,
            [
                "fewer than 5 documents in group_a",
                "fewer than 5 documents in group_b",
                "fewer than 10 documents with a hit in group_a: the interval may be too narrow",
                "fewer than 10 documents with a hit in group_b: the interval may be too narrow",
            ]
        );
    }

    #[test]
    fn q_values_are_adjusted_within_their_family() {
        let found = findings(&plan(weekly()), &counts(corpus(&["alfa", "beta", "gamma", "delta"])));
        for family in TestFamily::ALL {
            let rows = found.comparisons.iter().filter(|row| row.family == family);
            let tested: Vec<_> = rows.filter_map(|row| row.p_value.zip(row.q_value)).collect();
            let p_values: Vec<f64> = tested.iter().map(|pair| pair.0).collect();
            let q_values: Vec<f64> = tested.iter().map(|pair| pair.1).collect();
            assert!(!p_values.is_empty());
            assert_eq!(q_values, crate::stats::benjamini_hochberg(&p_values), "{family:?}");
        }
    }

    /// Group, group and period of each row of one frame.
    fn rows_of(found: &Findings) -> Vec<[&str; 3]> {
        let rows = found.comparisons.iter().filter(|row| &*row.frame == "threat");
        rows.map(|row| [&*row.group_a, &*row.group_b, &*row.period]).collect()
    }

    #[test]
    fn two_groups_are_one_pair_and_pairs_stand_in_periods_when_asked_for() {
        let settings = |period_pairs| CompareSettings { period_pairs, ..weekly() };
        let two = findings(&plan(settings(false)), &counts(corpus(&["alfa", "beta"])));
        let weeks = ["all", "2022-W01", "2022-W02", "2022-W03"];
        assert_eq!(rows_of(&two), weeks.map(|week| ["alfa", "beta", week]));
        assert!(two.against_others().all(|row| &*row.period == WHOLE_SPAN) && two.against_others().count() == 3);
        for (asked, in_pairs, all) in [(false, 3, 15), (true, 12, 24)] {
            let three = findings(&plan(settings(asked)), &counts(corpus(&["alfa", "beta", "gamma"])));
            let rows = rows_of(&three);
            let pairs = rows.iter().filter(|row| row[1] != REST).count();
            assert_eq!((pairs, rows.len()), (in_pairs, all), "period_pairs = {asked}");
            assert_eq!(three.against_others().count(), 9, "period_pairs = {asked}");
        }
    }

    #[test]
    fn small_groups_have_shares_but_no_pairs() {
        let mut documents = corpus(&["alfa", "beta"]);
        documents.extend((0..3).map(|number| (format!("few-{number}"), document("few", "2022-W01", 9, [1, 0, 0]))));
        let found = findings(&plan(CompareSettings::default()), &counts(documents));
        assert!(found.prevalence.iter().any(|row| &*row.group == "few" && row.estimate.is_some()));
        assert_eq!(rows_of(&found), [["alfa", "beta", "all"], ["alfa", REST, "all"], ["beta", REST, "all"]]);
        let of_rest = found.comparisons[1].sample_b;
        assert_eq!((of_rest.documents, of_rest.clusters), (33, 31), "all the others, small ones and their copies too");
        let of_beta = found.comparisons[2].sample_a;
        assert_eq!(of_rest.sentences, of_beta.sentences + 3 * 9, "those of beta and of few");
    }

    #[test]
    fn documents_of_another_kind_are_remarked_on() {
        for (sentences, is_other) in [(20, false), (199, false), (200, true)] {
            let documents = (0..20).map(|number| {
                let (group, sentences) = if number % 2 == 0 { ("leads", 20) } else { ("papers", sentences) };
                (number.to_string(), document(group, "", sentences, [number % 3, 0, 0]))
            });
            let found = findings(&plan(CompareSettings::default()), &counts(documents));
            let note = &found.comparisons[0].note;
            assert_eq!(note.contains("ten times the sentences"), is_other, "{sentences} sentences: {note}");
        }
    }

    #[test]
    fn groups_rich_in_documents_are_tested_without_drawing() {
        let rich = |group: &'static str, every: u64, documents: u64| {
            (0..documents).map(move |number| {
                let hits = [u64::from(number.is_multiple_of(every)), u64::from(number == 0), 0];
                (format!("{group}-{number}"), document(group, "", 5 + number % 7, hits))
            })
        };
        let found =
            findings(&plan(CompareSettings::default()), &counts(rich("alfa", 4, 200).chain(rich("beta", 3, 250))));
        let tests: Vec<Option<Test>> = found.comparisons.iter().map(|row| row.test).collect();
        // One document of each has the second frame.
        assert_eq!(tests, [Some(Test::Welch), Some(Test::RareCount), None]);
        assert_eq!(found.comparisons[1].p_value, Some(1.0));
        let few =
            findings(&plan(CompareSettings::default()), &counts(rich("alfa", 4, 199).chain(rich("beta", 3, 250))));
        assert_eq!(few.comparisons[0].test, Some(Test::PermutationMonteCarlo), "199 documents are not 200");
    }
}
