//! Keyness: how much more a term is used on one side than on the other, by weighted log-odds whose standard error leaves out
//! one document at a time. Not here: which terms are tested, and against what.
//!
//! Words of one document are not independent: a term that one long article repeats is no habit of its outlet. The variance
//! that is usual for these log-odds takes them for independent and covers .27 to .62 of nominal .95 where documents differ; this
//! one covers .92 to .96 (ten and thirty documents, intraclass correlations of .02 and .1).

use crate::stats::distribution::{t_quantile, t_two_sided};
use crate::stats::share_difference::satterthwaite;
use crate::stats::{Interval, TermCarriers, UnitCount, UnitLengths};

/// What a Dirichlet prior adds to each side: `alpha` occurrences of the term among `total` of all terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermPrior {
    /// Occurrences of the term, above 0.
    pub alpha: f64,
    /// Occurrences of all terms, above `alpha`.
    pub total: f64,
}

/// A term on one side: what of all units its log-odds and the variance of these need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermSide {
    /// Occurrences of the term, and of all terms.
    pub sum: UnitCount,
    /// Occurrences of the term, the prior's among them.
    with: f64,
    /// Those of other terms, likewise.
    without: f64,
    units: f64,
    /// Variance of the log-odds by leaving out one unit at a time.
    variance: f64,
}

impl TermSide {
    /// A term on a side. `None` for fewer than two units, and where no other words are left without one unit.
    #[must_use]
    pub fn new(lengths: &UnitLengths, carriers: &TermCarriers, prior: TermPrior) -> Option<Self> {
        let sum = UnitCount { k: carriers.occurrences(), n: lengths.words() };
        let with = sum.k as f64 + prior.alpha;
        let without = (sum.n - sum.k) as f64 + prior.total - prior.alpha;
        let moves = carriers.moves(lengths, [with, without]);
        if lengths.units() < 2 || !moves.squares.is_finite() {
            return None;
        }
        let units = lengths.units() as f64;
        let spread = moves.squares - moves.sum * moves.sum / units;
        // What rounding leaves where all units are alike.
        let spread = if spread > 1e-12 * moves.squares { spread } else { 0.0 };
        Some(Self { sum, with, without, units, variance: (units - 1.0) / units * spread })
    }

    /// A term in a list of frequencies, which has `sum.n` words and no documents: these count as independent, so that its part of
    /// the variance is the least that it can be. `None` of a list without words.
    #[must_use]
    pub fn of_list(sum: UnitCount, prior: TermPrior) -> Option<Self> {
        let with = sum.k as f64 + prior.alpha;
        let without = (sum.n - sum.k) as f64 + prior.total - prior.alpha;
        (sum.n > 1).then(|| Self { sum, with, without, units: sum.n as f64, variance: 1.0 / with + 1.0 / without })
    }

    fn log_odds(&self) -> f64 {
        (self.with / self.without).ln()
    }

    /// The variance for an interval. Where the term never occurs leaving out units says nothing; then it is that of the
    /// prior's occurrences, so that an interval does not take "never so far" for "never".
    fn variance(&self) -> f64 {
        if self.sum.k == 0 { self.variance.max(1.0 / self.with) } else { self.variance }
    }
}

/// A term on two sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Keyness {
    a: TermSide,
    b: TermSide,
}

impl Keyness {
    /// The first side against the second.
    #[must_use]
    pub const fn new(a: TermSide, b: TermSide) -> Self {
        Self { a, b }
    }

    /// Weighted log-odds: natural logarithm of the odds of the term, prior included, on the first side over those on the
    /// second. Monroe, Colaresi and Quinn (2008), equation 16.
    #[must_use]
    pub fn log_odds(&self) -> f64 {
        self.a.log_odds() - self.b.log_odds()
    }

    /// Its variance by leaving out one unit at a time, and Welch and Satterthwaite's degrees of freedom; `None` where the units
    /// do not differ.
    fn variance(&self) -> Option<(f64, f64)> {
        let [a, b] = [&self.a, &self.b].map(TermSide::variance);
        (a + b > 0.0).then(|| (a + b, satterthwaite(&[a, b], &[self.a.units - 1.0, self.b.units - 1.0])))
    }

    /// The log-odds over their standard error, and the degrees of freedom of its t distribution.
    #[must_use]
    pub fn t(&self) -> Option<(f64, f64)> {
        self.variance().map(|(variance, df)| (self.log_odds() / variance.sqrt(), df))
    }

    /// 95 % interval of the log-odds.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        let (variance, df) = self.variance()?;
        let half = t_quantile(0.975, df) * variance.sqrt();
        Some(Interval { low: self.log_odds() - half, high: self.log_odds() + half })
    }

    /// Two-sided p-value that the odds are the same.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        self.t().map(|(t, df)| t_two_sided(t, df))
    }

    /// The z-score of Monroe, Colaresi and Quinn (2008), which takes words for independent: with the four terms of their
    /// exact variance, or with the two that are left where the term is rare.
    #[must_use]
    pub fn z_of_independent_words(&self, variance: WordVariance) -> f64 {
        let Self { a, b } = self;
        let rare = 1.0 / a.with + 1.0 / b.with;
        let terms = match variance {
            WordVariance::FourTerms => rare + 1.0 / a.without + 1.0 / b.without,
            WordVariance::TwoTerms => rare,
        };
        self.log_odds() / terms.sqrt()
    }

    /// The likelihood-ratio statistic G squared of the two-by-two table, one degree of freedom; takes words for independent.
    /// Dunning (1993).
    #[must_use]
    pub fn g_squared(&self) -> f64 {
        let [a, b] = self.sums();
        let terms =
            cells(a, b).map(|(found, expected)| if found > 0.0 { found * (found / expected).ln() } else { 0.0 });
        2.0 * terms.iter().sum::<f64>()
    }

    /// Pearson's chi squared of the same table, without a correction for continuity.
    #[must_use]
    pub fn chi_squared(&self) -> f64 {
        let [a, b] = self.sums();
        cells(a, b).map(|(found, expected)| (found - expected) * (found - expected) / expected).iter().sum()
    }

    /// Binary logarithm of the ratio of the two relative frequencies; `None` where either is 0. Hardie (2014).
    #[must_use]
    pub fn log_ratio(&self) -> Option<f64> {
        let [a, b] = self.sums().map(|sum| sum.k as f64 / sum.n as f64);
        (a > 0.0 && b > 0.0).then(|| (a / b).log2())
    }

    /// Occurrences on the two sides.
    #[must_use]
    pub const fn sums(&self) -> [UnitCount; 2] {
        [self.a.sum, self.b.sum]
    }
}

/// Which variance takes words for independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordVariance {
    /// `1/(y+a) + 1/(n+a0-y-a)` of both sides, as scattertext has it.
    FourTerms,
    /// `1/(y+a)` of both sides, as `ConvoKit` has it.
    TwoTerms,
}

/// The four cells of a table, each with what is expected if the sides do not differ.
fn cells(a: UnitCount, b: UnitCount) -> [(f64, f64); 4] {
    let (with, all) = ((a.k + b.k) as f64, (a.n + b.n) as f64);
    let cell = |found: u64, side: u64, kind: f64| (found as f64, side as f64 * kind / all);
    [cell(a.k, a.n, with), cell(a.n - a.k, a.n, all - with), cell(b.k, b.n, with), cell(b.n - b.k, b.n, all - with)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::distribution::normal_quantile;

    fn carriers(lengths: &UnitLengths, units: &[(u64, u64)]) -> TermCarriers {
        let mut found = TermCarriers::default();
        found.count(lengths, units.iter().filter(|unit| unit.0 > 0).map(|(k, n)| UnitCount { k: *k, n: *n }));
        found
    }

    fn side(units: &[(u64, u64)], prior: TermPrior) -> TermSide {
        let lengths = UnitLengths::of(units.iter().map(|unit| unit.1));
        TermSide::new(&lengths, &carriers(&lengths, units), prior).unwrap()
    }

    fn keyness(a: &[(u64, u64)], b: &[(u64, u64)], prior: TermPrior) -> Keyness {
        Keyness::new(side(a, prior), side(b, prior))
    }

    fn close(found: f64, expected: f64, tolerance: f64) -> bool {
        (found - expected).abs() <= tolerance * expected.abs().max(1.0)
    }

    /// Two sides of which only the totals matter, each cut into two documents.
    fn of_totals(a: (u64, u64), b: (u64, u64), prior: TermPrior) -> Keyness {
        let [a, b] = [a, b].map(|(k, n)| [(k / 2, n / 2), (k - k / 2, n - n / 2)]);
        keyness(&a, &b, prior)
    }

    /// Five and four documents; the formula of the log-odds and of the jackknife in Python with `NumPy` and `SciPy`.
    #[test]
    fn the_interval_leaves_out_one_document_at_a_time() {
        let a = [(3, 210), (0, 180), (5, 260), (1, 190), (2, 220)];
        let b = [(0, 200), (1, 240), (0, 170), (2, 230)];
        for (alpha, total, log_odds, z_se, se, df, low, high) in [
            (
                0.01,
                0.06,
                1.071_107_406_1,
                0.652_073_884,
                0.809_175_137_8,
                4.456_129_524_8,
                -1.087_671_596_9,
                3.229_886_409_2,
            ),
            (
                1.5,
                50.0,
                0.807_013_559_8,
                0.551_600_117_3,
                0.476_063_524_8,
                6.167_617_798_690_511,
                -0.350_240_762_1,
                1.964_267_881_8,
            ),
        ] {
            let found = keyness(&a, &b, TermPrior { alpha, total });
            let (t, found_df) = found.t().unwrap();
            let interval = found.interval().unwrap();
            let z = found.z_of_independent_words(WordVariance::FourTerms);
            for (what, value, expected) in [
                ("log-odds", found.log_odds(), log_odds),
                ("standard error", found.log_odds() / t, se),
                ("that of independent words", found.log_odds() / z, z_se),
                ("degrees of freedom", found_df, df),
                ("low", interval.low, low),
                ("high", interval.high, high),
            ] {
                assert!(close(value, expected, 1e-9), "{what} with {alpha} of {total}: {value}, not {expected}");
            }
        }
    }

    /// Five documents against 6 of the 8,400 words of a list; the formulas in Python with `NumPy` and `SciPy`.
    #[test]
    fn a_list_has_the_least_variance_that_words_can_have() {
        let a = [(3, 210), (0, 180), (5, 260), (1, 190), (2, 220)];
        let prior = TermPrior { alpha: 0.5, total: 0.5 * 9_460.0 / 17.0 };
        let list = TermSide::of_list(UnitCount { k: 6, n: 8_400 }, prior).unwrap();
        let found = Keyness::new(side(&a, prior), list);
        let (t, df) = found.t().unwrap();
        let interval = found.interval().unwrap();
        for (what, value, expected) in [
            ("log-odds", found.log_odds(), 2.447_892_519_971_995_6),
            ("standard error", found.log_odds() / t, 0.525_927_025_512_222_4),
            ("degrees of freedom", df, 20.332_352_485_962_12),
            ("low", interval.low, 1.351_976_445_466_276_2),
            ("high", interval.high, 3.543_808_594_477_715_3),
            ("p", found.p_value().unwrap(), 0.000_146_864_273_353_132_06),
        ] {
            assert!(close(value, expected, 1e-9), "{what}: {value}, not {expected}");
        }
        assert_eq!(TermSide::of_list(UnitCount { k: 0, n: 0 }, prior), None, "a list without such terms");
    }

    /// The same words with a prior of 50 words that are distributed as those of both sides together.
    #[test]
    fn an_informative_prior_draws_z_scores_together() {
        let (first, second) = ([12_u64, 3, 9, 2, 20, 200], [4_u64, 10, 2, 11, 18, 210]);
        let [n, m] = [first, second].map(|counts| counts.iter().sum::<u64>());
        let expected = [1.858_659_26, -1.675_638_02, 1.887_965_26, -2.103_865_13, 0.413_139_22, -0.278_764_77];
        for (word, z) in expected.into_iter().enumerate() {
            let alpha = 50.0 * (first[word] + second[word]) as f64 / (n + m) as f64;
            let found = of_totals((first[word], n), (second[word], m), TermPrior { alpha, total: 50.0 });
            let found = found.z_of_independent_words(WordVariance::FourTerms);
            assert!(close(found, z, 1e-8), "word {word}: {found}, not {z}");
        }
    }

    /// The scores of scattertext's own test, which are `2 Phi(z) - 1` of the z-score with the four-term variance.
    #[test]
    fn scores_are_those_of_scattertext() {
        let (first, second) = ([1, 5, 1, 9], [100, 510, 100, 199]);
        let [n, m] = [first, second].map(|counts| counts.iter().sum::<u64>());
        for (word, score) in [0.444_705_4_f64, 0.943_308_8, 0.444_705_4, -0.997_146_2].into_iter().enumerate() {
            let prior = TermPrior { alpha: 0.01, total: 0.04 };
            let found = of_totals((first[word], n), (second[word], m), prior);
            let z = found.z_of_independent_words(WordVariance::FourTerms);
            let tail = (1.0 - score.abs()) / 2.0;
            let expected = normal_quantile(tail).abs();
            assert!(close(z.abs(), expected, 1e-4) && z * score < 0.0, "word {word}: {z}, not {expected}");
        }
    }

    /// Six words on two sides; values by the published formulas, of which `ConvoKit` has the two-term and scattertext the
    /// four-term variance.
    #[test]
    fn z_scores_are_those_of_fightin_words() {
        let (first, second) = ([12, 3, 9, 2, 20, 200], [4, 10, 2, 11, 18, 210]);
        let [n, m] = [first, second].map(|counts| counts.iter().sum::<u64>());
        let expected = [
            (1.167_065_75, 1.998_868_1, 2.023_521_2),
            (-1.193_449_43, -1.798_536_37, -1.815_510_71),
            (1.565_516_36, 1.993_567_8, 2.006_906_95),
            (-1.700_669_23, -2.201_923_63, -2.217_206_02),
            (0.152_819_87, 0.452_331_67, 0.470_494_07),
            (-0.070_742_56, -0.305_349_16, -0.716_018_27),
        ];
        for (word, (log_odds, four, two)) in expected.into_iter().enumerate() {
            let found = of_totals((first[word], n), (second[word], m), TermPrior { alpha: 0.01, total: 0.06 });
            let z = |variance| found.z_of_independent_words(variance);
            assert!(close(found.log_odds(), log_odds, 1e-6), "word {word}: {}", found.log_odds());
            assert!(close(z(WordVariance::FourTerms), four, 1e-7), "word {word}: {}", z(WordVariance::FourTerms));
            assert!(close(z(WordVariance::TwoTerms), two, 1e-7), "word {word}: {}", z(WordVariance::TwoTerms));
        }
    }

    /// The tables of quanteda's own tests: "a" 3 times in one text and 7 in the other, "b" 7 and 2.
    #[test]
    fn chi_squared_and_g_squared_are_those_of_quanteda() {
        let found = of_totals((7, 10), (2, 9), TermPrior { alpha: 0.01, total: 0.02 });
        assert!(close(found.chi_squared(), 4.337_160_493_827_161, 1e-12), "{}", found.chi_squared());
        assert!(close(found.g_squared(), 4.534_939_332_256_226, 1e-12), "{}", found.g_squared());
        assert!(close(found.log_ratio().unwrap(), (0.7_f64 / (2.0 / 9.0)).log2(), 1e-12));
        let absent = of_totals((7, 10), (0, 9), TermPrior { alpha: 0.01, total: 0.02 });
        assert_eq!(absent.log_ratio(), None);
        assert!(absent.g_squared().is_finite());
    }

    #[test]
    fn a_term_that_is_absent_is_not_taken_for_impossible() {
        let a = [(1, 100), (1, 110), (1, 90), (1, 100), (1, 105)];
        let b = [(0, 100), (0, 90), (0, 110), (0, 100)];
        let found = keyness(&a, &b, TermPrior { alpha: 0.5, total: 90.5 });
        let interval = found.interval().unwrap();
        assert!(interval.low < 0.0 && interval.high > 0.0, "{interval:?}");
    }

    /// The variance by its definition.
    fn plain(units: &[(u64, u64)], prior: TermPrior) -> f64 {
        let (k, n) = units.iter().fold((0, 0), |(k, n), unit| (k + unit.0, n + unit.1));
        let log_odds = |k: u64, n: u64| ((k as f64 + prior.alpha) / ((n - k) as f64 + prior.total - prior.alpha)).ln();
        let without: Vec<f64> = units.iter().map(|unit| log_odds(k - unit.0, n - unit.1)).collect();
        let mean = without.iter().sum::<f64>() / without.len() as f64;
        let squares: f64 = without.iter().map(|one| (one - mean) * (one - mean)).sum();
        (without.len() - 1) as f64 / without.len() as f64 * squares
    }

    proptest! {
        #[test]
        fn power_sums_give_the_variance_of_the_definition(
            units in proptest::collection::vec((prop_oneof![4 => Just(0), 1 => 0..9_u64], 9..2_000_u64), 2..400),
            alpha in 0.01..2.0_f64,
        ) {
            let prior = TermPrior { alpha, total: alpha * 3_000.0 };
            let (found, expected) = (side(&units, prior).variance, plain(&units, prior));
            prop_assert!((found - expected).abs() <= 1e-9 * expected, "{found}, not {expected}");
        }

        #[test]
        fn all_units_without_a_side_are_the_others(
            units in proptest::collection::vec((prop_oneof![4 => Just(0), 1 => 0..9_u64], 9..2_000_u64), 5..400),
            alpha in 0.01..2.0_f64,
        ) {
            let prior = TermPrior { alpha, total: alpha * 3_000.0 };
            let words = |units: &[(u64, u64)]| units.iter().map(|unit| unit.1).sum::<u64>();
            // A side that has less than half of all words.
            let own = (0..units.len()).rev().find(|own| 2 * words(&units[..*own]) < words(&units)).unwrap_or(0);
            let (own, others) = units.split_at(own);
            let all = UnitLengths::of_all(units.iter().map(|unit| unit.1));
            let lengths = all.without(own.iter().map(|unit| unit.1));
            let mut rest = TermCarriers::default();
            rest.subtract(&carriers(&all, &units), &carriers(&all, own));
            let found = TermSide::new(&lengths, &rest, prior);
            if others.len() < 2 {
                prop_assert_eq!(found, None);
            } else {
                let (found, expected) = (found.unwrap(), plain(others, prior));
                prop_assert!((found.variance - expected).abs() <= 1e-9 * expected, "{:?}, not {}", found, expected);
                prop_assert_eq!(found.sum.n, words(others));
            }
        }
    }
}
