//! Shares of trials that come in units (sentences in documents), from integer sums: what the permutation test computes
//! for thousands of arrangements. The intervals of shares are in `share_interval`, of differences in `share_difference`.

/// A sum of squares below this part of its leading term is rounding, not variance.
const ROUNDING: f64 = 1e-12;

/// What is drawn as a whole, such as a document: `n` trials, and of each kind the successes among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterCounts {
    /// Trials.
    pub n: u64,
    /// Successes by kind, each at most `n`.
    pub k: Vec<u64>,
}

impl ClusterCounts {
    /// Adds those of another part of the same unit.
    pub fn merge(&mut self, part: &Self) {
        self.n += part.n;
        self.k.resize(part.k.len(), 0);
        self.k.iter_mut().zip(&part.k).for_each(|(sum, k)| *sum += k);
    }

    /// What is left of a unit without a part of it.
    #[must_use]
    pub fn without(&self, part: &Self) -> Self {
        Self { n: self.n - part.n, k: self.k.iter().zip(&part.k).map(|(sum, k)| sum - k).collect() }
    }
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
    pub fn of(units: &[ClusterCounts], kind: usize) -> Self {
        let mut sums = Self::default();
        for unit in units {
            sums.add(unit.n, unit.k[kind]);
        }
        sums
    }

    /// Adds a unit of `n` trials with `k` successes.
    pub(super) const fn add(&mut self, n: u64, k: u64) {
        self.units += 1;
        self.n += n;
        self.k += k;
        self.kk += k * k;
        self.kn += k * n;
        self.nn += n * n;
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
        // The square multiplied out, so that six sums are enough for any arrangement. Where all units have the same
        // share its terms cancel, and what rounding leaves may even be below 0.
        let squares = kk - share * (2.0 * self.kn as f64 - share * self.nn as f64);
        Some(if squares > ROUNDING * kk { units / (units - 1.0) * squares / (n * n) } else { 0.0 })
    }

    fn df(&self) -> f64 {
        self.units as f64 - 1.0
    }
}

/// Intraclass correlation of trials within units for successes of one kind, by analysis of variance; at most 1, below 0
/// where units differ less than chance. `None` for fewer than two units, for units of one trial each, and where all
/// trials or none succeed. Fleiss, Levin and Paik (2003), 15.2; Ridout, Demetrio and Firth (1999).
#[must_use]
pub fn intraclass_correlation(units: &[ClusterCounts], kind: usize) -> Option<f64> {
    let sums = RatioSums::of(units, kind);
    let share = sums.share()?;
    if sums.units < 2 || sums.n <= sums.units {
        return None;
    }
    let (mut between, mut within) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.n > 0) {
        let (n, k) = (unit.n as f64, unit.k[kind] as f64);
        between += n * (k / n - share) * (k / n - share);
        // Trials are 0 or 1, so their squares sum to k, and to k - k^2/n around the unit's own share.
        within += k * (1.0 - k / n);
    }
    let n = sums.n as f64;
    let (between, within) = (between / sums.df(), within / (n - sums.units as f64));
    // What stands for "trials per unit" where units differ in size: below their mean size.
    let size = (n - sums.nn as f64 / n) / sums.df();
    let total = between + (size - 1.0) * within;
    (total > 0.0).then(|| (between - within) / total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::cluster_examples::{
        EIGHT_WITH_ONE_CARRIER, FIVE_SENTENCES, FIVE_UNEVEN, FOUR_EQUAL_ALL_HITS, LONG_AND_SHORT, SIX_ALL_HITS, THIRTY,
        THREE_OF_ONE_SHARE, THREE_WITHOUT_HITS, THREE_WITHOUT_HITS_AGAIN, TWELVE, TWO_ALL_HITS,
    };

    /// Eight documents in two groups, hits of sentences: 3/10 5/12 2/8 6/15 and 1/9 0/11 2/14 1/10.
    const EIGHT: [(u64, u64); 8] = [(3, 10), (5, 12), (2, 8), (6, 15), (1, 9), (0, 11), (2, 14), (1, 10)];

    fn units(pairs: &[(u64, u64)]) -> Vec<ClusterCounts> {
        pairs.iter().map(|(k, n)| ClusterCounts { n: *n, k: vec![*k] }).collect()
    }

    fn close(found: Option<f64>, expected: Option<f64>) -> bool {
        match (found, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() < 1e-10,
            (found, expected) => found == expected,
        }
    }

    struct Row {
        units: &'static [(u64, u64)],
        share: f64,
        variance: f64,
        icc: Option<f64>,
    }

    /// Tables drawn at random from beta-binomial distributions, and degenerate ones; values computed from the published
    /// formulas in Python with `NumPy` 2.4.
    const ROWS: &[Row] = &[
        Row {
            units: &[(5, 6), (0, 7)],
            share: 0.384_615_384_615_384_64,
            variance: 0.171_562_620_356_430_1,
            icc: Some(0.815_789_473_684_210_5),
        },
        Row { units: THREE_WITHOUT_HITS, share: 0.0, variance: 0.0, icc: None },
        Row {
            units: FIVE_UNEVEN,
            share: 0.134_020_618_556_701_03,
            variance: 0.007_381_851_435_120_094,
            icc: Some(0.237_661_997_884_861_3),
        },
        Row {
            units: EIGHT_WITH_ONE_CARRIER,
            share: 0.019_230_769_230_769_232,
            variance: 0.000_325_587_589_470_156_6,
            icc: Some(0.024_217_118_997_912_297),
        },
        Row {
            units: TWELVE,
            share: 0.355_091_383_812_010_44,
            variance: 0.004_722_452_984_927_727,
            icc: Some(0.224_237_533_200_843_9),
        },
        Row { units: SIX_ALL_HITS, share: 1.0, variance: 0.0, icc: None },
        Row {
            units: THIRTY,
            share: 0.090_909_090_909_090_91,
            variance: 0.000_516_946_496_301_994_1,
            icc: Some(0.135_425_630_136_445_18),
        },
        Row { units: THREE_WITHOUT_HITS_AGAIN, share: 0.0, variance: 0.0, icc: None },
        Row { units: FOUR_EQUAL_ALL_HITS, share: 1.0, variance: 0.0, icc: None },
        Row { units: THREE_OF_ONE_SHARE, share: 0.5, variance: 0.0, icc: Some(-0.375) },
        Row { units: TWO_ALL_HITS, share: 1.0, variance: 0.0, icc: None },
        Row { units: FIVE_SENTENCES, share: 0.6, variance: 0.060_000_000_000_000_01, icc: None },
        Row {
            units: LONG_AND_SHORT,
            share: 0.029_702_970_297_029_7,
            variance: 3.459_529_240_138_141e-07,
            icc: Some(-0.959_595_959_595_964_7),
        },
    ];

    #[test]
    fn shares_and_their_clustering_agree_with_their_formulas_in_numpy() {
        for row in ROWS {
            let case = format!("{:?}", row.units);
            let all = units(row.units);
            let sums = RatioSums::of(&all, 0);
            assert!(close(sums.share(), Some(row.share)), "share of {case}");
            assert!(close(sums.variance(), Some(row.variance)), "variance of {case}");
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
            assert_eq!(intraclass_correlation(&units(pairs), 0), None, "{pairs:?}");
        }
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
        fn the_correlation_within_units_is_at_most_one(pairs in prop_oneof![tables(1), tables(30), tables(3_000)]) {
            let icc = intraclass_correlation(&units(&pairs), 0);
            prop_assert!(icc.is_none_or(|icc| icc <= 1.0 + 1e-12), "{icc:?}");
        }
    }
}
