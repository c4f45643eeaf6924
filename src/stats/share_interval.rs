//! Shares of trials that come in units of unequal size (sentences in documents): the variance by leaving out one unit at
//! a time, and the intervals that rest on it.
//!
//! The usual variance, `G/(G-1)` times the squares, is too small where few large units hold most trials: with sizes like
//! those of real articles its intervals cover .89 to .94 where these cover .92 to .97. It is kept for the permutation test
//! ([`RatioSums`](crate::stats::RatioSums)), which needs it many thousand times and is exact with either.

use crate::stats::{ClusterCounts, Interval, clopper_pearson, t_quantile};

/// Confidence level of every interval.
pub(super) const LEVEL: f64 = 0.95;

/// Successes as a share of trials that come in units, and how far to trust it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClusteredShare {
    /// Units with trials.
    pub units: u64,
    /// Trials.
    pub n: u64,
    /// Successes.
    pub k: u64,
    /// How many units of equal size weigh as much: `N^2` over the sum of squared sizes. Kish (1965), 11.7.
    pub effective_units: f64,
    /// Squared sizes over trials: how many trials the unit of an average trial has.
    pub trials_a_unit: f64,
    /// How many trials of equal weight they are worth: all of them, or fewer where units count alike. Kish (1965), 11.7.
    pub trials: f64,
    /// Successes as a share of the weights; 0 without trials.
    pub(super) value: f64,
    /// `sum ((k - p n) / (1 - n/N))^2 / N^2`, by leaving out one unit at a time; `None` for fewer than two units. CR3 of Bell
    /// and `McCaffrey` (2002) for a mean; the jackknife of Cochran (1977), 6.17, with its centre at the share.
    pub variance: Option<f64>,
    /// How many squared residuals of equal size the variance rests on: the square of their sum over the sum of their
    /// squares, 0 where there is none.
    pub effective_residuals: f64,
}

impl ClusteredShare {
    /// The share of successes of one kind.
    #[must_use]
    pub fn of(units: &[ClusterCounts], kind: usize) -> Self {
        Self::of_counts(units.iter().map(|unit| UnitCount { k: unit.k[kind], n: unit.n }))
    }

    /// The share of successes in these units, in an order that the caller keeps the same from run to run.
    #[must_use]
    pub fn of_counts(units: impl Iterator<Item = UnitCount> + Clone) -> Self {
        Self::of_classes(units.map(UnitClass::from))
    }

    /// The same of units that are counted, and not listed, where several have the same counts.
    #[must_use]
    pub fn of_classes(classes: impl Iterator<Item = UnitClass> + Clone) -> Self {
        let mut sums = Self::default();
        let mut squares: u128 = 0;
        for UnitClass { unit, units } in classes.clone().filter(UnitClass::has_trials) {
            sums.add(unit, units);
            squares += u128::from(units) * u128::from(unit.n).pow(2);
        }
        if sums.n > 0 {
            let (n, squares) = (sums.n as f64, squares as f64);
            (sums.effective_units, sums.trials_a_unit) = (n * n / squares, squares / n);
            (sums.trials, sums.value) = (n, sums.k as f64 / n);
        }
        if sums.units > 1 {
            let whole = sums;
            let residual = |class: UnitClass| (whole.residual(class.unit), class.units);
            sums.set_variance(classes.filter(UnitClass::has_trials).map(residual));
        }
        sums
    }

    /// The mean of the units' own shares, each unit counting alike whatever its number of trials; its variance leaves out one
    /// unit at a time.
    #[must_use]
    pub fn of_equal_units(units: impl Iterator<Item = UnitCount> + Clone) -> Self {
        Self::of_equal_classes(units.map(UnitClass::from))
    }

    /// The same of units that are counted, and not listed, where several have the same counts.
    #[must_use]
    pub fn of_equal_classes(classes: impl Iterator<Item = UnitClass> + Clone) -> Self {
        let mut sums = Self::default();
        let (mut shares, mut inverses) = (0.0, 0.0);
        for UnitClass { unit, units } in classes.clone().filter(UnitClass::has_trials) {
            sums.add(unit, units);
            shares += units as f64 * unit.share();
            inverses += units as f64 / unit.n as f64;
        }
        if sums.n > 0 {
            let count = sums.units as f64;
            (sums.effective_units, sums.value, sums.trials) = (count, shares / count, count * count / inverses);
            sums.trials_a_unit = sums.trials / count;
        }
        if sums.units > 1 {
            let (mean, others) = (sums.value, sums.units as f64 - 1.0);
            let residual = |class: UnitClass| ((class.unit.share() - mean) / others, class.units);
            sums.set_variance(classes.filter(UnitClass::has_trials).map(residual));
        }
        sums
    }

    const fn add(&mut self, unit: UnitCount, units: u64) {
        self.units += units;
        self.n += units * unit.n;
        self.k += units * unit.k;
    }

    /// The residuals, each with how many units have it.
    fn set_variance(&mut self, residuals: impl Iterator<Item = (f64, u64)>) {
        let (mut squares, mut fourths) = (0.0, 0.0);
        for (residual, units) in residuals {
            let (square, units) = (residual.powi(2), units as f64);
            squares += units * square;
            fourths += units * (square * square);
        }
        self.variance = Some(squares);
        self.effective_residuals = if fourths > 0.0 { squares * squares / fourths } else { 0.0 };
    }

    /// `(k - p n) / (N - n)`. The numerator times `N` is a whole number and so without rounding, which matters where one
    /// unit of thousands of trials stands beside a few small ones.
    fn residual(&self, unit: UnitCount) -> f64 {
        let (k, n) = (i128::from(unit.k), i128::from(unit.n));
        let exact = k * i128::from(self.n) - i128::from(self.k) * n;
        if exact == 0 { 0.0 } else { exact as f64 / (self.n as f64 * (self.n - unit.n) as f64) }
    }

    /// Successes as a share of trials, or the mean of the units' shares; `None` where there are no trials.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then_some(self.value)
    }

    /// The variance over that of as many independent trials, at least 1; 1 where all trials or none succeed.
    #[must_use]
    pub fn design_effect(&self) -> f64 {
        let binomial = self.share().map_or(0.0, |share| share * (1.0 - share) / self.trials);
        if binomial > 0.0 { (self.variance.unwrap_or_default() / binomial).max(1.0) } else { 1.0 }
    }

    /// The share's logit and its variance by the delta method; `None` where either is undefined.
    pub(super) fn logit(&self) -> Option<(f64, f64)> {
        let (share, variance) = (self.share()?, self.variance?);
        let slope = share * (1.0 - share);
        (slope > 0.0 && variance > 0.0).then(|| ((share / (1.0 - share)).ln(), variance / (slope * slope)))
    }

    /// Degrees of freedom: effective units less 1, at least 1.
    pub(super) fn df(&self) -> f64 {
        (self.effective_units - 1.0).max(1.0)
    }
}

/// Trials `n` of one unit and the successes `k` among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitCount {
    /// Successes, at most `n`.
    pub k: u64,
    /// Trials.
    pub n: u64,
}

/// Units that have the same counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitClass {
    /// The counts of each.
    pub unit: UnitCount,
    /// How many there are.
    pub units: u64,
}

impl From<UnitCount> for UnitClass {
    fn from(unit: UnitCount) -> Self {
        Self { unit, units: 1 }
    }
}

impl UnitClass {
    const fn has_trials(&self) -> bool {
        self.units > 0 && self.unit.n > 0
    }
}

impl UnitCount {
    pub(super) fn share(self) -> f64 {
        self.k as f64 / self.n as f64
    }
}

/// 95 % interval of a share on the logit scale, with Student's t on the effective units less 1; `None` for a share of 0 or
/// 1, a variance of 0 or fewer than two units. Korn and Graubard (1999), 3.3.
#[must_use]
pub fn logit_t(sums: &ClusteredShare) -> Option<Interval> {
    let (share, (logit, variance)) = (sums.share()?, sums.logit()?);
    let half = t_quantile(f64::midpoint(1.0, LEVEL), sums.df()) * variance.sqrt();
    // Rounding must not part an interval of almost no width from its share.
    Some(Interval { low: share_of(logit - half).min(share), high: share_of(logit + half).max(share) })
}

fn share_of(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// 95 % interval of a share by Clopper and Pearson's method on the effective number of trials, adjusted for the degrees
/// of freedom; for shares of 0 or 1, where a variance says nothing. `None` for fewer than two units. Korn and Graubard
/// (1998), with a design effect of at least 1.
#[must_use]
pub fn korn_graubard(sums: &ClusteredShare) -> Option<Interval> {
    let share = sums.share()?;
    sums.variance?;
    let (n, quantile) = (sums.trials, f64::midpoint(1.0, LEVEL));
    let adjustment = t_quantile(quantile, n - 1.0) / t_quantile(quantile, sums.df());
    let effective = (n / sums.design_effect() * adjustment * adjustment).min(n);
    clopper_pearson(share * effective, effective, LEVEL)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::cluster_examples::{
        EIGHT_WITH_ONE_CARRIER, FIVE_SENTENCES, FIVE_UNEVEN, FOUR_EQUAL_ALL_HITS, LONG_AND_SHORT, SIX_ALL_HITS, THIRTY,
        THREE_OF_ONE_SHARE, THREE_WITHOUT_HITS, THREE_WITHOUT_HITS_AGAIN, TWELVE, TWO_ALL_HITS,
    };

    fn share_of_pairs(pairs: &[(u64, u64)]) -> ClusteredShare {
        ClusteredShare::of_counts(pairs.iter().map(|(k, n)| UnitCount { k: *k, n: *n }))
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-10 * expected.abs().max(1.0)
    }

    fn has_limits(found: Option<Interval>, expected: Option<(f64, f64)>) -> bool {
        match (found, expected) {
            (Some(found), Some((low, high))) => close(found.low, low) && close(found.high, high),
            (found, expected) => found.is_none() && expected.is_none(),
        }
    }

    struct Row {
        units: &'static [(u64, u64)],
        variance: f64,
        effective: f64,
        logit: Option<(f64, f64)>,
        korn_graubard: (f64, f64),
    }

    /// Tables drawn at random from beta-binomial distributions, and degenerate ones; values computed from the published
    /// formulas in Python with the quantiles of `SciPy` 1.17.
    const ROWS: &[Row] = &[
        Row {
            units: &[(3, 10), (5, 12), (2, 8), (6, 15), (1, 9), (0, 11), (2, 14), (1, 10), (5, 6), (0, 7)],
            variance: 0.004_509_381_003_230_051_4,
            effective: 9.322_580_645_161_29,
            logit: Some((0.123_874_028_535_079_94, 0.427_119_218_429_937_9)),
            korn_graubard: (0.108_927_871_780_830_58, 0.432_901_084_794_377_8),
        },
        Row {
            units: THREE_WITHOUT_HITS,
            variance: 0.0,
            effective: 2.739_130_434_782_609,
            logit: None,
            korn_graubard: (0.0, 0.633_205_474_312_761_3),
        },
        Row {
            units: FIVE_UNEVEN,
            variance: 0.009_725_227_117_214_992,
            effective: 4.857_511_615_900_877_5,
            logit: Some((0.013_928_269_646_939_493, 0.629_033_710_785_440_9)),
            korn_graubard: (0.001_458_171_005_390_832_4, 0.613_556_899_162_361_9),
        },
        Row {
            units: EIGHT_WITH_ONE_CARRIER,
            variance: 0.000_420_377_317_467_243_9,
            effective: 7.367_847_411_444_142,
            logit: Some((0.001_420_995_774_422_782_2, 0.212_708_503_631_345_7)),
            korn_graubard: (4.805_232_369_355_862e-5, 0.148_594_534_337_706_25),
        },
        Row {
            units: TWELVE,
            variance: 0.005_152_604_234_751_452_5,
            effective: 11.756_752_424_461_009,
            logit: Some((0.216_098_120_460_474_9, 0.523_753_204_342_972_6)),
            korn_graubard: (0.201_824_743_908_743_8, 0.533_703_444_451_282_7),
        },
        Row {
            units: SIX_ALL_HITS,
            variance: 0.0,
            effective: 5.895_705_521_472_393,
            logit: None,
            korn_graubard: (0.826_164_522_466_840_4, 1.0),
        },
        Row {
            units: THIRTY,
            variance: 0.000_538_457_553_554_457,
            effective: 28.326_067_482_830_695,
            logit: Some((0.053_233_234_647_385_344, 0.150_997_311_140_584_93)),
            korn_graubard: (0.049_015_946_272_187_8, 0.151_014_685_462_654_54),
        },
        Row {
            units: THREE_WITHOUT_HITS_AGAIN,
            variance: 0.0,
            effective: 2.956_923_076_923_077,
            logit: None,
            korn_graubard: (0.0, 0.423_636_060_897_500_3),
        },
        Row {
            units: FOUR_EQUAL_ALL_HITS,
            variance: 0.0,
            effective: 4.0,
            logit: None,
            korn_graubard: (0.598_110_131_665_336_9, 1.0),
        },
        Row {
            units: THREE_OF_ONE_SHARE,
            variance: 0.0,
            effective: 2.571_428_571_428_571_6,
            logit: None,
            korn_graubard: (0.009_013_540_185_730_093, 0.990_986_459_814_269_9),
        },
        Row {
            units: TWO_ALL_HITS,
            variance: 0.0,
            effective: 1.945_945_945_945_946,
            logit: None,
            korn_graubard: (3.553_580_093_402_912e-5, 1.0),
        },
        Row {
            units: FIVE_SENTENCES,
            variance: 0.075,
            effective: 5.0,
            logit: Some((0.059_373_121_523_884_444, 0.972_711_844_332_375_6)),
            korn_graubard: (0.077_613_112_666_138_84, 0.979_114_234_164_355_3),
        },
        Row {
            units: LONG_AND_SHORT,
            variance: 0.000_882_354_671_110_673_8,
            effective: 1.019_998_000_199_98,
            logit: Some((6.287_104_064_886_204e-8, 0.999_932_914_110_557)),
            korn_graubard: (8.115_546_697_199_825e-69, 0.991_765_462_630_182_7),
        },
    ];

    #[test]
    fn intervals_of_a_share_agree_with_their_formulas_in_scipy() {
        // Squares of the largest units are whole.
        assert!(close(share_of_pairs(&[(1, u32::MAX.into()); 3]).effective_units, 3.0));
        for row in ROWS {
            let case = format!("{:?}", row.units);
            let sums = share_of_pairs(row.units);
            assert!(close(sums.variance.unwrap(), row.variance), "variance of {case}: {:?}", sums.variance);
            assert!(close(sums.effective_units, row.effective), "effective units of {case}");
            let found = logit_t(&sums);
            assert!(has_limits(found, row.logit), "logit-t of {case}: {found:?}, not {:?}", row.logit);
            let found = korn_graubard(&sums);
            assert!(has_limits(found, Some(row.korn_graubard)), "Korn-Graubard of {case}: {found:?}");
        }
    }

    /// Hits of sentences of four documents each: `NumPy` 2.4 and `SciPy` 1.17.
    const A: &[(u64, u64)] = &[(3, 10), (5, 12), (2, 8), (6, 15)];
    const B: &[(u64, u64)] = &[(1, 9), (0, 11), (2, 14), (1, 10)];
    const C: &[(u64, u64)] = &[(4, 16), (3, 9), (5, 11), (7, 13)];

    #[test]
    fn the_variance_leaves_out_one_document_at_a_time() {
        for (name, pairs, variance, effective, limits) in [
            ("A", A, 0.001_760_488_195, 3.799_249_531_0, (0.231_149_514_9, 0.503_104_349_0)),
            ("B", B, 0.001_540_103_969, 3.887_550_200_8, (0.020_884_789_8, 0.319_180_162_1)),
            ("C", C, 0.007_946_423_090, 3.829_346_092_5, (0.155_306_053_6, 0.685_693_013_6)),
        ] {
            let sums = share_of_pairs(pairs);
            assert!((sums.variance.unwrap() - variance).abs() < 1e-9, "{name}: {:?}", sums.variance);
            assert!((sums.effective_units - effective).abs() < 1e-9, "{name}: {}", sums.effective_units);
            let Interval { low, high } = logit_t(&sums).unwrap();
            assert!((low - limits.0).abs() < 1e-9 && (high - limits.1).abs() < 1e-9, "{name}: {low}, {high}");
        }
    }

    #[test]
    fn one_unit_or_none_has_no_interval() {
        for pairs in [&[][..], &[(3, 10)], &[(3, 10), (0, 0)]] {
            let sums = share_of_pairs(pairs);
            assert_eq!(sums.share().is_some(), !pairs.is_empty(), "{pairs:?}");
            assert_eq!((sums.variance, logit_t(&sums), korn_graubard(&sums)), (None, None, None), "{pairs:?}");
        }
    }

    /// A list of units, each with at most `most` trials.
    fn tables(most: u64) -> impl Strategy<Value = Vec<(u64, u64)>> {
        proptest::collection::vec((1..=most).prop_flat_map(|n| (0..=n, Just(n))), 2..40)
    }

    proptest! {
        #[test]
        fn every_share_of_two_units_has_an_interval_around_it(pairs in prop_oneof![tables(1), tables(30), tables(3_000)]) {
            let sums = share_of_pairs(&pairs);
            let share = sums.share().unwrap();
            for interval in logit_t(&sums).into_iter().chain([korn_graubard(&sums).unwrap()]) {
                let Interval { low, high } = interval;
                prop_assert!(0.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0, "{interval:?}");
            }
        }
    }
}
