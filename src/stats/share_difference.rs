//! Differences of shares of trials that come in units of unequal size: their intervals and the test of two rich groups.
//!
//! Not here: the permutation test, which is in `permutation`, and the differences that hand codings correct.

use crate::stats::share_interval::LEVEL;
use crate::stats::{ClusteredShare, DeltaEstimate, Interval, korn_graubard, logit_t, t_quantile, t_two_sided};

/// 95 % interval of the first share minus the second: Welch's, or the one joined from the intervals of both shares where one
/// of them has a variance of 0, being 0 or 1. `None` where a group has fewer than two units, or both variances are 0.
///
/// Welch's would take the share without variance for known: simulated, where it is 0 in 6 documents and not in 60, of a true
/// share of .01 in both, it covers .57 and the joined interval 1; with 10 and 10 documents .98 and .93.
#[must_use]
pub fn difference_interval(first: &ClusteredShare, second: &ClusteredShare) -> Option<Interval> {
    let sum = first.variance? + second.variance?;
    if sum <= 0.0 {
        return None;
    }
    if !is_joined(first, second) {
        return welch(first, second);
    }
    let (difference, [below, above]) = (first.share()? - second.share()?, recovered([first, second])?);
    Some(Interval { low: difference - length(&below), high: difference + length(&above) })
}

/// Whether the interval of a difference is joined from those of the shares, as the units of one of them do not differ.
#[must_use]
pub fn is_joined(first: &ClusteredShare, second: &ClusteredShare) -> bool {
    let none = |share: &ClusteredShare| share.variance.is_some_and(|variance| variance <= 0.0);
    none(first) != none(second)
}

/// From the intervals of shares of which the first half adds to a value and the other takes away from it, by the method of variance
/// estimates recovery: how far it may be below and above, of each share what is its part. Zou and Donner (2008).
fn recovered<const N: usize>(shares: [&ClusteredShare; N]) -> Option<[[f64; N]; 2]> {
    let (mut below, mut above) = ([0.0; N], [0.0; N]);
    for (place, share) in shares.into_iter().enumerate() {
        let (estimate, limits) = (share.share()?, logit_t(share).or_else(|| korn_graubard(share))?);
        let ways = [estimate - limits.low, limits.high - estimate];
        [below[place], above[place]] = if place < N / 2 { ways } else { [ways[1], ways[0]] };
    }
    Some([below, above])
}

/// The root of the sum of squares.
fn length(ways: &[f64]) -> f64 {
    ways.iter().copied().fold(0.0, f64::hypot)
}

/// With Student's t on Welch and Satterthwaite's degrees of freedom from the effective units; cut at -1 and 1. Welch (1947);
/// Satterthwaite (1946).
fn welch(first: &ClusteredShare, second: &ClusteredShare) -> Option<Interval> {
    let difference = first.share()? - second.share()?;
    let [a, b] = [first.variance?, second.variance?];
    let df = satterthwaite(&[a, b], &[first.df(), second.df()]);
    let half = t_quantile(f64::midpoint(1.0, LEVEL), df) * (a + b).sqrt();
    Some(Interval { low: difference - half, high: difference + half }.of_shares())
}

/// How far the change of one group is above that of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeDifference {
    /// The difference of both changes.
    pub value: f64,
    /// 95 % interval.
    pub interval: Interval,
    /// Two-sided p-value that both change alike; below .05 where the interval leaves out 0.
    pub p_value: Option<f64>,
    /// Whether the interval is joined from those of the four shares, as the units of one of them do not differ.
    pub is_joined: bool,
}

/// By how much the change from the first to the second share of one group is above that of another, each share being of
/// other units: with Student's t on Satterthwaite's degrees of freedom; where one of the four has a variance of 0, being 0 or 1,
/// joined from their intervals. `None` where one has fewer than two units, or all variances are 0. Satterthwaite (1946); Zou and
/// Donner (2008).
///
/// A share of 0 would else count as known without error. Simulated, with 6 documents before and 100 after, and 100 each of the other group, of
/// a true share of .05 throughout, the interval covers .99 and the p-value rejects in .01; with no share of 0 .95 to .97 and .03
/// to .05 (`examples/over_time_tests.csv`).
#[must_use]
pub fn difference_in_differences(groups: [[ClusteredShare; 2]; 2]) -> Option<ChangeDifference> {
    let [[a_before, a_after], [b_before, b_after]] = groups;
    // Those that add to the difference, then those that take away from it.
    let shares = [a_after, b_before, a_before, b_after];
    let [p, q, r, s] = shares.map(|share| share.share());
    let value = p? + q? - r? - s?;
    let variances: Vec<f64> = shares.iter().map(|share| share.variance).collect::<Option<_>>()?;
    let dfs = shares.map(|share| share.df());
    let variance: f64 = variances.iter().sum();
    if variance <= 0.0 {
        return None;
    }
    if variances.iter().any(|variance| *variance <= 0.0) {
        return joined_change(value, &shares, &dfs);
    }
    let found = DeltaEstimate { value, standard_error: variance.sqrt(), df: satterthwaite(&variances, &dfs) };
    Some(ChangeDifference { value, interval: found.interval(), p_value: found.p_value(), is_joined: false })
}

/// From the intervals of four shares, of which the first two add to the value. The p-value takes the way to the limit that is nearer to 0
/// for what it is in standard errors.
fn joined_change(value: f64, shares: &[ClusteredShare; 4], dfs: &[f64; 4]) -> Option<ChangeDifference> {
    let [below, above] = recovered(shares.each_ref())?;
    let interval = Interval { low: value - length(&below), high: value + length(&above) };
    let ways = if value > 0.0 { below } else { above };
    let df = satterthwaite(&ways.map(|way| way * way), dfs);
    let errors = value / length(&ways) * t_quantile(f64::midpoint(1.0, LEVEL), df);
    Some(ChangeDifference { value, interval, p_value: Some(t_two_sided(errors, df)), is_joined: true })
}

/// Degrees of freedom of a sum of variances, at least 1.
pub(super) fn satterthwaite(variances: &[f64], dfs: &[f64]) -> f64 {
    let sum: f64 = variances.iter().sum();
    let parts: f64 = variances.iter().zip(dfs).map(|(variance, df)| variance * variance / df).sum();
    (sum * sum / parts).max(1.0)
}

/// Two-sided p-value that two shares are the same, for groups of 200 and more units with 20 and more that have a success:
/// Welch's test of the difference on the logit scale. `None` where a share is undefined, 0 or 1 or has no variance.
///
/// On the scale of shares, with degrees of freedom from the number or size of units, the test is far too sure of itself
/// in the tail, which is where adjusted p-values are decided: simulated for units with sizes of a lognormal of sd 1 and
/// intraclass correlations of .3 against .05, its size at .001 is .007 (200 units each) to .018 (200 against 1,000). A share that happens to be low has
/// too small a variance, which the logit undoes; and a variance that rests on a few long units with hits is itself
/// uncertain, which degrees of freedom by the number of squared residuals it effectively rests on allow for. So tested
/// the size is .037 to .047 at .05, .005 to .011 at .01 and at most .002 at .001. After Carter, Schnepel and Steigerwald
/// (2017) on the effective number of clusters.
#[must_use]
pub fn welch_p_value(first: &ClusteredShare, second: &ClusteredShare) -> Option<f64> {
    let [(logit_a, a), (logit_b, b)] = [first.logit()?, second.logit()?];
    let dfs = [first, second].map(|share| (share.effective_residuals - 1.0).max(1.0));
    Some(t_two_sided((logit_a - logit_b) / (a + b).sqrt(), satterthwaite(&[a, b], &dfs)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::UnitCount;

    const A: &[(u64, u64)] = &[(3, 10), (5, 12), (2, 8), (6, 15)];
    const B: &[(u64, u64)] = &[(1, 9), (0, 11), (2, 14), (1, 10)];

    fn share_of_pairs(pairs: &[(u64, u64)]) -> ClusteredShare {
        ClusteredShare::of_counts(pairs.iter().map(|(k, n)| UnitCount { k: *k, n: *n }))
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-10 * expected.abs().max(1.0)
    }

    fn has_limits(found: Option<Interval>, expected: [f64; 2]) -> bool {
        found.is_some_and(|found| close(found.low, expected[0]) && close(found.high, expected[1]))
    }

    #[test]
    fn differences_agree_with_their_formula_in_scipy() {
        type Group<'a> = &'a [(u64, u64)];
        let cases: [(Group, Group, [f64; 2], Option<f64>); 6] = [
            (A, B, [0.121_921_678_395_584_43, 0.407_371_250_897_344_94], Some(0.135_615_531_332_979_4)),
            (
                &[(3, 8), (2, 8), (9, 15)],
                &[(3, 9), (6, 10), (4, 13), (0, 12)],
                [-0.430_859_826_103_152_77, 0.743_176_541_645_674_7],
                Some(0.546_629_473_988_013_2),
            ),
            // One share of 0, or of 1, where the interval is joined from those of the shares.
            (&[(4, 10), (0, 9)], &[(0, 9), (0, 9), (0, 14)], [-0.284_098_377_511_379, 0.999_999_998_519_986_1], None),
            (A, &[(0, 9), (0, 9), (0, 14)], [-0.108_997_047_038_258_85, 0.503_104_349_001_285_3], None),
            (
                A,
                &[(0, 40), (0, 30), (0, 55), (0, 12), (0, 61)],
                [0.223_402_924_918_855_36, 0.503_104_349_001_285_3],
                None,
            ),
            (A, &[(7, 7), (3, 3), (12, 12)], [-0.768_850_485_090_786_2, 0.191_951_256_380_189_8], None),
        ];
        for (first, second, limits, p_value) in cases {
            let (first, second) = (share_of_pairs(first), share_of_pairs(second));
            let found = difference_interval(&first, &second);
            assert!(has_limits(found, limits), "{first:?} less {second:?}: {found:?}, not {limits:?}");
            match (welch_p_value(&first, &second), p_value) {
                (Some(found), Some(p_value)) => assert!(close(found, p_value), "{first:?}, {second:?}: {found}"),
                (found, p_value) => assert_eq!(found, p_value, "{first:?} {second:?}"),
            }
        }
        let same = share_of_pairs(&[(1, 2), (2, 4)]);
        assert_eq!((difference_interval(&same, &same), welch_p_value(&same, &same)), (None, None), "no variance");
        for pairs in [&[][..], &[(3, 10)], &[(3, 10), (0, 0)]] {
            assert_eq!(difference_interval(&share_of_pairs(pairs), &share_of_pairs(A)), None, "{pairs:?}");
        }
    }

    /// Computed from the formulas with `SciPy`: of shares that all vary, then with one and with two shares of 0.
    #[test]
    fn a_change_of_one_group_less_that_of_another_agrees_with_its_formula_in_scipy() {
        const C: &[(u64, u64)] = &[(3, 8), (2, 8), (9, 15)];
        const NONE: &[(u64, u64)] = &[(0, 9), (0, 9), (0, 14)];
        const NONE_OF_FIVE: &[(u64, u64)] = &[(0, 40), (0, 30), (0, 55), (0, 12), (0, 61)];
        type Sides<'a> = [&'a [(u64, u64)]; 4];
        let cases: [(Sides<'_>, [f64; 4], bool); 4] = [
            (
                [A, B, C, A],
                [-0.168_589_116_976_214, -0.793_525_233_697_996, 0.456_346_999_745_568, 0.416_080_802_147_020],
                false,
            ),
            (
                [A, B, NONE, C],
                [-0.716_259_367_872_271, -1.244_135_547_600_773, -0.049_903_147_488_013, 0.039_798_090_071_464],
                true,
            ),
            (
                [A, B, NONE, NONE_OF_FIVE],
                [-0.264_646_464_646_465, -0.433_943_552_722_294, 0.252_960_338_360_860, 0.207_837_363_171_248],
                true,
            ),
            (
                [NONE, A, B, B],
                [0.355_555_555_555_556, -0.166_766_380_867_018, 0.636_236_390_560_069, 0.123_184_294_903_008],
                true,
            ),
        ];
        for (sides, [value, low, high, p_value], is_joined) in cases {
            let [a, b, c, d] = sides.map(share_of_pairs);
            let found = difference_in_differences([[a, b], [c, d]]).unwrap();
            assert!(close(found.value, value) && has_limits(Some(found.interval), [low, high]), "{found:?}");
            assert!(close(found.p_value.unwrap(), p_value) && found.is_joined == is_joined, "{found:?}");
            let turned = difference_in_differences([[c, d], [a, b]]).unwrap();
            assert!(close(turned.value, -value) && has_limits(Some(turned.interval), [-high, -low]), "{turned:?}");
        }
        let none = share_of_pairs(NONE);
        assert_eq!(difference_in_differences([[none; 2]; 2]), None, "no variance");
    }

    /// A list of units, each with at most `most` trials.
    fn tables(most: u64) -> impl Strategy<Value = Vec<(u64, u64)>> {
        proptest::collection::vec((1..=most).prop_flat_map(|n| (0..=n, Just(n))), 2..40)
    }

    proptest! {
        #[test]
        fn a_difference_turned_round_has_its_interval_turned_round(first in tables(30), second in tables(30)) {
            let (a, b) = (share_of_pairs(&first), share_of_pairs(&second));
            match (difference_interval(&a, &b), difference_interval(&b, &a)) {
                (Some(one), Some(other)) => {
                    prop_assert!(close(one.low, -other.high) && close(one.high, -other.low));
                }
                (one, other) => prop_assert!(one.is_none() && other.is_none()),
            }
        }

        #[test]
        fn a_difference_lies_in_its_interval(first in tables(3), second in prop_oneof![tables(3), Just(vec![(0, 4), (0, 9)])]) {
            let (a, b) = (share_of_pairs(&first), share_of_pairs(&second));
            let difference = a.share().unwrap() - b.share().unwrap();
            if let Some(Interval { low, high }) = difference_interval(&a, &b) {
                prop_assert!(-1.0 <= low + 1e-12 && low <= difference && difference <= high && high <= 1.0 + 1e-12);
            }
        }
    }
}
