//! Shares of trials that come in units (sentences in documents): ratio estimates, their linearised variance, and the
//! intervals of a share and of a difference.

use crate::stats::{Interval, clopper_pearson, t_quantile};

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// A sum of squares below this part of its leading term is rounding, not variance.
pub(super) const ROUNDING: f64 = 1e-12;

/// What is drawn as a whole, such as a document: `n` trials, and of each kind the successes among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Trials.
    pub n: u64,
    /// Successes by kind, each at most `n`.
    pub k: Vec<u64>,
}

/// All that a ratio estimate and its variance depend on: sums over units of the trials `n`, the successes `k`, and
/// their products. Integers, so the order of the units does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatioSums {
    /// Number of units.
    pub units: u64,
    /// Sum of n.
    pub n: u64,
    /// Sum of k.
    pub k: u64,
    /// Sum of k squared.
    pub kk: u64,
    /// Sum of k times n.
    pub kn: u64,
    /// Sum of n squared.
    pub nn: u64,
}

impl RatioSums {
    /// Sums over units for successes of one kind.
    #[must_use]
    pub fn of(units: &[Unit], kind: usize) -> Self {
        let mut sums = Self::default();
        for unit in units {
            let (n, k) = (unit.n, unit.k[kind]);
            sums.units += 1;
            sums.n += n;
            sums.k += k;
            sums.kk += k * k;
            sums.kn += k * n;
            sums.nn += n * n;
        }
        sums
    }

    /// The sums over the units that are not in `part`, a subset.
    #[must_use]
    pub const fn without(&self, part: &Self) -> Self {
        Self {
            units: self.units - part.units,
            n: self.n - part.n,
            k: self.k - part.k,
            kk: self.kk - part.kk,
            kn: self.kn - part.kn,
            nn: self.nn - part.nn,
        }
    }

    /// Successes as a share of trials; `None` where there are no trials.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.k as f64 / self.n as f64)
    }

    /// Linearised variance of the share, `G/(G-1) * sum (k - pn)^2 / N^2` over `G` units with `N` trials; `None` for
    /// fewer than two units. Cochran (1977), 2.46, for units drawn with replacement.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let share = self.share()?;
        if self.units < 2 {
            return None;
        }
        let (units, n, kk) = (self.units as f64, self.n as f64, self.kk as f64);
        let squares = kk - share * (2.0 * self.kn as f64 - share * self.nn as f64);
        Some(if squares > ROUNDING * kk { units / (units - 1.0) * squares / (n * n) } else { 0.0 })
    }

    fn df(&self) -> f64 {
        self.units as f64 - 1.0
    }
}

/// 95 % interval of a share from its linearised variance, on the logit scale, with Student's t on G - 1 degrees of
/// freedom; `None` for a share of 0 or 1, a variance of 0 or fewer than two units. Korn and Graubard (1999), 3.3; the
/// default of Stata's `svy: proportion`.
#[must_use]
pub fn logit_t(sums: &RatioSums) -> Option<Interval> {
    let (share, variance) = (sums.share()?, sums.variance()?);
    if sums.k == 0 || sums.k >= sums.n || variance <= 0.0 {
        return None;
    }
    let logit = (share / (1.0 - share)).ln();
    let half = t_quantile(f64::midpoint(1.0, LEVEL), sums.df()) * variance.sqrt() / (share * (1.0 - share));
    let inverse = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    Some(Interval { low: inverse(logit - half), high: inverse(logit + half) })
}

/// 95 % interval of a share by Clopper and Pearson's method on the effective number of trials, adjusted for the degrees
/// of freedom; for shares of 0 or 1, where a variance says nothing. `None` for fewer than two units. Korn and Graubard
/// (1998), with a design effect of at least 1.
#[must_use]
pub fn korn_graubard(sums: &RatioSums) -> Option<Interval> {
    let (share, variance) = (sums.share()?, sums.variance()?);
    let n = sums.n as f64;
    let binomial = share * (1.0 - share) / n;
    let deff = if binomial > 0.0 { (variance / binomial).max(1.0) } else { 1.0 };
    let quantile = f64::midpoint(1.0, LEVEL);
    let adjustment = t_quantile(quantile, n - 1.0) / t_quantile(quantile, sums.df());
    let effective = (n / deff * adjustment * adjustment).min(n);
    clopper_pearson(share * effective, effective, LEVEL)
}

/// 95 % interval of the first share minus the second, from their linearised variances, with Student's t on Welch and
/// Satterthwaite's degrees of freedom; cut at -1 and 1. `None` where a group has fewer than two units or both variances
/// are 0. Welch (1947); Satterthwaite (1946).
#[must_use]
pub fn welch(first: &RatioSums, second: &RatioSums) -> Option<Interval> {
    let difference = first.share()? - second.share()?;
    let (a, b) = (first.variance()?, second.variance()?);
    if a + b <= 0.0 {
        return None;
    }
    let df = (a + b) * (a + b) / (a * a / first.df() + b * b / second.df());
    let half = t_quantile(f64::midpoint(1.0, LEVEL), df.max(1.0)) * (a + b).sqrt();
    Some(Interval { low: (difference - half).max(-1.0), high: (difference + half).min(1.0) })
}

/// Intraclass correlation of trials within units for successes of one kind, by analysis of variance; at most 1, below 0
/// where units differ less than chance. `None` for fewer than two units, for units of one trial each, and where all
/// trials or none succeed. Fleiss, Levin and Paik (2003), 15.2; Ridout, Demetrio and Firth (1999).
#[must_use]
pub fn intraclass_correlation(units: &[Unit], kind: usize) -> Option<f64> {
    let sums = RatioSums::of(units, kind);
    let share = sums.share()?;
    if sums.units < 2 || sums.n <= sums.units {
        return None;
    }
    let (mut between, mut within) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.n > 0) {
        let (n, k) = (unit.n as f64, unit.k[kind] as f64);
        between += n * (k / n - share) * (k / n - share);
        within += k * (1.0 - k / n);
    }
    let n = sums.n as f64;
    let (between, within) = (between / sums.df(), within / (n - sums.units as f64));
    let size = (n - sums.nn as f64 / n) / sums.df();
    let total = between + (size - 1.0) * within;
    (total > 0.0).then(|| (between - within) / total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Eight documents in two groups, hits of sentences: 3/10 5/12 2/8 6/15 and 1/9 0/11 2/14 1/10.
    const EIGHT: [(u64, u64); 8] = [(3, 10), (5, 12), (2, 8), (6, 15), (1, 9), (0, 11), (2, 14), (1, 10)];

    fn units(pairs: &[(u64, u64)]) -> Vec<Unit> {
        pairs.iter().map(|(k, n)| Unit { n: *n, k: vec![*k] }).collect()
    }

    fn close(found: Option<f64>, expected: Option<f64>) -> bool {
        match (found, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() < 1e-10,
            (found, expected) => found == expected,
        }
    }

    fn limits(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
        (interval.map(|interval| interval.low), interval.map(|interval| interval.high))
    }

    struct Row {
        units: &'static [(u64, u64)],
        share: f64,
        variance: f64,
        logit: Option<(f64, f64)>,
        korn_graubard: (f64, f64),
        icc: Option<f64>,
    }

    /// Tables drawn at random from beta-binomial distributions, and degenerate ones; values computed from the published
    /// formulas in Python with the quantiles of `SciPy` 1.17.
    const ROWS: &[Row] = &[
        Row {
            units: &[(5, 6), (0, 7)],
            share: 0.384_615_384_615_384_64,
            variance: 0.171_562_620_356_430_1,
            logit: Some((1.377_112_632_885_281_1e-10, 0.999_999_999_647_459_1)),
            korn_graubard: (1.999_429_674_846_676_3e-103, 1.0),
            icc: Some(0.815_789_473_684_210_5),
        },
        Row {
            units: &[(0, 6), (0, 5), (0, 10)],
            share: 0.0,
            variance: 0.0,
            logit: None,
            korn_graubard: (0.0, 0.526_388_437_153_210_6),
            icc: None,
        },
        Row {
            units: &[(0, 22), (0, 17), (3, 14), (1, 22), (9, 22)],
            share: 0.134_020_618_556_701_03,
            variance: 0.007_381_851_435_120_094,
            logit: Some((0.019_431_261_751_640_738, 0.547_237_370_389_333_2)),
            korn_graubard: (0.004_262_515_568_134_098_5, 0.535_231_948_609_504_5),
            icc: Some(0.237_661_997_884_861_3),
        },
        Row {
            units: &[(0, 8), (0, 11), (0, 14), (0, 13), (0, 13), (0, 18), (2, 19), (0, 8)],
            share: 0.019_230_769_230_769_232,
            variance: 0.000_325_587_589_470_156_6,
            logit: Some((0.002_037_415_219_791_749_4, 0.158_475_191_303_768_72)),
            korn_graubard: (0.000_201_571_616_707_976_73, 0.120_716_865_914_326_41),
            icc: Some(0.024_217_118_997_912_297),
        },
        Row {
            units: &[
                (2, 29),
                (23, 31),
                (16, 23),
                (14, 25),
                (11, 32),
                (13, 34),
                (13, 39),
                (3, 39),
                (4, 33),
                (2, 32),
                (19, 35),
                (16, 31),
            ],
            share: 0.355_091_383_812_010_44,
            variance: 0.004_722_452_984_927_727,
            logit: Some((0.221_453_180_338_037_7, 0.515_932_363_559_449_5)),
            korn_graubard: (0.208_273_632_048_073_1, 0.525_000_915_269_273_4),
            icc: Some(0.224_237_533_200_843_9),
        },
        Row {
            units: &[(6, 6), (6, 6), (4, 4), (5, 5), (5, 5), (5, 5)],
            share: 1.0,
            variance: 0.0,
            logit: None,
            korn_graubard: (0.828_180_040_029_427_2, 1.0),
            icc: None,
        },
        Row {
            units: &[
                (7, 24),
                (6, 22),
                (0, 33),
                (0, 14),
                (10, 23),
                (2, 22),
                (1, 22),
                (1, 17),
                (1, 29),
                (0, 25),
                (3, 11),
                (0, 21),
                (0, 15),
                (0, 24),
                (1, 20),
                (0, 16),
                (0, 13),
                (4, 22),
                (0, 19),
                (1, 19),
                (4, 17),
                (0, 16),
                (3, 17),
                (4, 15),
                (0, 17),
                (0, 27),
                (0, 20),
                (0, 26),
                (3, 24),
                (5, 26),
            ],
            share: 0.090_909_090_909_090_91,
            variance: 0.000_516_946_496_301_994_1,
            logit: Some((0.053_898_330_093_232_805, 0.149_323_141_384_048_98)),
            korn_graubard: (0.049_831_369_767_752_806, 0.149_355_364_921_499_73),
            icc: Some(0.135_425_630_136_445_18),
        },
        Row {
            units: &[(0, 10), (0, 12), (0, 9)],
            share: 0.0,
            variance: 0.0,
            logit: None,
            korn_graubard: (0.0, 0.410_319_959_421_636_1),
            icc: None,
        },
        Row {
            units: &[(4, 4), (4, 4), (4, 4), (4, 4)],
            share: 1.0,
            variance: 0.0,
            logit: None,
            korn_graubard: (0.598_110_131_665_336_9, 1.0),
            icc: None,
        },
        Row {
            units: &[(1, 2), (2, 4), (3, 6)],
            share: 0.5,
            variance: 0.0,
            logit: None,
            korn_graubard: (0.042_799_758_390_608_934, 0.957_200_241_609_391),
            icc: Some(-0.375),
        },
        Row {
            units: &[(5, 5), (7, 7)],
            share: 1.0,
            variance: 0.0,
            logit: None,
            korn_graubard: (3.553_580_093_402_912e-05, 1.0),
            icc: None,
        },
        Row {
            units: &[(1, 1), (0, 1), (1, 1), (1, 1), (0, 1)],
            share: 0.6,
            variance: 0.060_000_000_000_000_01,
            logit: Some((0.081_045_021_421_272_22, 0.962_281_724_684_479_1)),
            korn_graubard: (0.110_450_923_403_793_63, 0.965_027_719_767_622_2),
            icc: None,
        },
        Row {
            units: &[(3, 100), (0, 1)],
            share: 0.029_702_970_297_029_7,
            variance: 3.459_529_240_138_141e-07,
            logit: Some((0.023_074_878_549_142_117, 0.038_160_564_538_859_58)),
            korn_graubard: (2.526_387_667_731_986_5e-23, 0.795_673_898_853_505),
            icc: Some(-0.959_595_959_595_964_7),
        },
    ];

    #[test]
    fn intervals_of_a_share_agree_with_their_formulas_in_scipy() {
        for row in ROWS {
            let case = format!("{:?}", row.units);
            let all = units(row.units);
            let sums = RatioSums::of(&all, 0);
            assert!(close(sums.share(), Some(row.share)), "share of {case}");
            assert!(close(sums.variance(), Some(row.variance)), "variance of {case}");
            for (name, found, expected) in [
                ("logit-t", logit_t(&sums), row.logit),
                ("Korn-Graubard", korn_graubard(&sums), Some(row.korn_graubard)),
            ] {
                let (low, high) = limits(found);
                let right = close(low, expected.map(|pair| pair.0)) && close(high, expected.map(|pair| pair.1));
                assert!(right, "{name} of {case}: {found:?}, not {expected:?}");
            }
            let icc = intraclass_correlation(&all, 0);
            assert!(close(icc, row.icc), "icc of {case}: {icc:?}, not {:?}", row.icc);
        }
    }

    #[test]
    fn one_unit_or_none_has_no_variance() {
        for pairs in [&[][..], &[(3, 10)]] {
            let sums = RatioSums::of(&units(pairs), 0);
            assert_eq!(sums.share().is_some(), !pairs.is_empty(), "{pairs:?}");
            assert_eq!(sums.variance(), None, "{pairs:?}");
            assert_eq!((logit_t(&sums), korn_graubard(&sums)), (None, None), "{pairs:?}");
            assert_eq!(intraclass_correlation(&units(pairs), 0), None, "{pairs:?}");
        }
    }

    #[test]
    fn intervals_of_a_difference_agree_with_their_formula_in_scipy() {
        for (first, second, low, high) in [
            (&EIGHT[..4], &EIGHT[4..], 0.144_463_733_033_430_13, 0.384_829_196_259_499_24),
            (
                &[(3, 8), (2, 8), (9, 15)],
                &[(3, 9), (6, 10), (4, 13), (0, 12)],
                -0.271_624_950_805_145_1,
                0.583_941_666_347_667_1,
            ),
            (&[(4, 10), (0, 9)], &[(0, 9), (0, 9), (0, 14)], -1.0, 1.0),
        ] {
            let found = welch(&RatioSums::of(&units(first), 0), &RatioSums::of(&units(second), 0));
            let (found_low, found_high) = limits(found);
            let right = close(found_low, Some(low)) && close(found_high, Some(high));
            assert!(right, "{first:?} less {second:?}: {found:?}, not {low} to {high}");
        }
        let same = RatioSums::of(&units(&[(1, 2), (2, 4)]), 0);
        assert_eq!(welch(&same, &same), None, "no variance");
    }

    /// The reference is .051636 and a design effect of 1.522816 with a mean of 89/8 sentences.
    #[test]
    fn clustering_of_the_eight_documents_is_the_published_one() {
        let icc = intraclass_correlation(&units(&EIGHT), 0).unwrap();
        assert!((icc - 0.051_636_154_817_734_106).abs() < 1e-12, "{icc}");
        assert!((1.0 + (89.0 / 8.0 - 1.0) * icc - 1.522_816_067_529_557_7).abs() < 1e-12);
    }

    #[test]
    fn sums_without_a_part_are_the_sums_of_the_others() {
        let (all, part, rest) = (units(&EIGHT), units(&EIGHT[..3]), units(&EIGHT[3..]));
        assert_eq!(RatioSums::of(&all, 0).without(&RatioSums::of(&part, 0)), RatioSums::of(&rest, 0));
    }

    /// A list of units, each with at most `most` trials.
    fn tables(most: u64) -> impl Strategy<Value = Vec<(u64, u64)>> {
        proptest::collection::vec((1..=most).prop_flat_map(|n| (0..=n, Just(n))), 2..40)
    }

    proptest! {
        #[test]
        fn every_share_of_two_units_has_an_interval_around_it(pairs in prop_oneof![tables(1), tables(30), tables(3_000)]) {
            let sums = RatioSums::of(&units(&pairs), 0);
            let share = sums.share().unwrap();
            for interval in logit_t(&sums).into_iter().chain([korn_graubard(&sums).unwrap()]) {
                let Interval { low, high } = interval;
                prop_assert!(0.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0, "{interval:?}");
            }
            let icc = intraclass_correlation(&units(&pairs), 0);
            prop_assert!(icc.is_none_or(|icc| icc <= 1.0 + 1e-12), "{icc:?}");
        }

        #[test]
        fn a_difference_turned_round_has_its_interval_turned_round(first in tables(30), second in tables(30)) {
            let (a, b) = (RatioSums::of(&units(&first), 0), RatioSums::of(&units(&second), 0));
            match (welch(&a, &b), welch(&b, &a)) {
                (Some(one), Some(other)) => {
                    prop_assert!(close(Some(one.low), Some(-other.high)) && close(Some(one.high), Some(-other.low)));
                }
                (one, other) => prop_assert!(one.is_none() && other.is_none()),
            }
        }
    }
}
