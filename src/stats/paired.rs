//! Two kinds of successes counted in the same units: how much more frequent is one than the other?

use crate::stats::ratio::ROUNDING;
use crate::stats::{Interval, MONTE_CARLO_DRAWS, MOST_EXACT, Stream, t_quantile};

/// Sums over units of two counts `a` and `b`, and of their products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairedSums {
    /// Number of units.
    pub units: u64,
    /// Sum of a.
    pub a: u64,
    /// Sum of b.
    pub b: u64,
    /// Sum of a squared.
    pub aa: u64,
    /// Sum of a times b.
    pub ab: u64,
    /// Sum of b squared.
    pub bb: u64,
}

/// Two-sided p-value of [`swap_test`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SwapTest {
    /// In (0, 1].
    pub p_value: f64,
    /// Whether every arrangement was listed.
    pub exact: bool,
}

impl PairedSums {
    /// Sums over units, each with its two counts.
    #[must_use]
    pub fn of(counts: &[(u64, u64)]) -> Self {
        let mut sums = Self::default();
        for (a, b) in counts {
            sums.units += 1;
            sums.a += a;
            sums.b += b;
            sums.aa += a * a;
            sums.ab += a * b;
            sums.bb += b * b;
        }
        sums
    }

    /// Natural logarithm of the first total over the second; `None` where either is 0.
    #[must_use]
    pub fn log_ratio(&self) -> Option<f64> {
        (self.a > 0 && self.b > 0).then(|| (self.a as f64 / self.b as f64).ln())
    }

    /// 95 % interval of the log ratio from its linearised variance, `G/(G-1) * sum (a/A - b/B)^2` over `G` units with
    /// the totals `A` and `B`, with Student's t on G - 1 degrees of freedom. `None` where a total is 0, for fewer than
    /// two units, and where every unit has the same ratio, so that there is no variance. Woodruff (1971).
    #[must_use]
    pub fn log_ratio_interval(&self) -> Option<Interval> {
        let log_ratio = self.log_ratio()?;
        let (units, a, b) = (self.units as f64, self.a as f64, self.b as f64);
        let first = self.aa as f64 / (a * a);
        let squares = first - 2.0 * self.ab as f64 / (a * b) + self.bb as f64 / (b * b);
        if self.units < 2 || squares <= ROUNDING * first {
            return None;
        }
        let half = t_quantile(0.975, units - 1.0) * (units / (units - 1.0) * squares).sqrt();
        Some(Interval { low: log_ratio - half, high: log_ratio + half })
    }
}

/// Tests whether two kinds of successes are equally frequent in one group, by swapping the two counts within units;
/// `differences` holds, for each unit, the first count minus the second. `None` for no units.
///
/// The statistic is the paired difference over its standard error; since swapping leaves the squares unchanged, it
/// orders the arrangements as the bare sum does, which is what is computed. Fisher (1935), section 21. With m units
/// that differ, all 2^m arrangements are listed where there are at most [`MOST_EXACT`], else [`MONTE_CARLO_DRAWS`] are drawn.
#[must_use]
pub fn swap_test(differences: &[i64], stream: &mut Stream) -> Option<SwapTest> {
    if differences.is_empty() {
        return None;
    }
    let sizes: Vec<i64> = differences.iter().map(|difference| difference.abs()).filter(|size| *size > 0).collect();
    let all: i64 = sizes.iter().sum();
    let observed = differences.iter().sum::<i64>().abs();
    let extreme = |kept: i64| (2 * kept - all).abs() >= observed;
    let listed = 1_u64.checked_shl(u32::try_from(sizes.len()).ok()?).filter(|count| *count <= MOST_EXACT);
    let test = if let Some(count) = listed {
        let hits = (0..count).filter(|signs| extreme(sum_of_chosen(&sizes, *signs))).count();
        SwapTest { p_value: hits as f64 / count as f64, exact: true }
    } else {
        let draw = |stream: &mut Stream| sizes.chunks(64).map(|part| sum_of_chosen(part, stream.bits())).sum::<i64>();
        let hits = (0..MONTE_CARLO_DRAWS).filter(|_| extreme(draw(stream))).count();
        SwapTest { p_value: (1.0 + hits as f64) / (1.0 + f64::from(MONTE_CARLO_DRAWS)), exact: false }
    };
    Some(test)
}

/// Sum of the sizes whose bit is set.
fn sum_of_chosen(sizes: &[i64], bits: u64) -> i64 {
    sizes.iter().enumerate().map(|(place, size)| if (bits >> place) & 1 == 1 { *size } else { 0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    /// Computed from the formula in Python with the quantiles of `SciPy` 1.17.
    #[test]
    fn log_ratios_agree_with_their_formula_in_scipy() {
        let nine = [(3, 1), (0, 2), (5, 0), (2, 2), (7, 4), (0, 0), (1, 3), (4, 1), (2, 0)];
        for (counts, expected) in [
            (&nine[..], [0.613_104_472_886_408_9, -0.252_925_351_315_135_27, 1.479_134_297_087_953]),
            (&nine[..3], [0.980_829_253_011_726_2, -3.839_694_222_835_742_5, 5.801_352_728_859_195]),
            (&[(1, 0), (0, 1)], [0.0, -25.412_409_472_349_39, 25.412_409_472_349_39]),
        ] {
            let sums = PairedSums::of(counts);
            let interval = sums.log_ratio_interval().unwrap();
            let found = [sums.log_ratio().unwrap(), interval.low, interval.high];
            let close = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-10);
            assert!(close, "{counts:?}: {found:?}, not {expected:?}");
        }
    }

    #[test]
    fn a_log_ratio_needs_both_kinds_and_its_interval_some_variance() {
        for (counts, defined) in [
            (&[][..], false),
            (&[(0, 1), (0, 2)], false),
            (&[(1, 0), (2, 0)], false),
            (&[(2, 1)], true),
            (&[(2, 1), (4, 2), (0, 0)], true),
        ] {
            let sums = PairedSums::of(counts);
            assert_eq!((sums.log_ratio().is_some(), sums.log_ratio_interval()), (defined, None), "{counts:?}");
        }
    }

    #[test]
    fn swaps_agree_with_listing_all_signs() {
        for (differences, p_value, exact) in [
            (vec![1, 1, 1, 1], 2.0 / 16.0, true),
            (vec![3, -1, 2, 0, 4], 4.0 / 16.0, true),
            (vec![0, 0], 1.0, true),
            (vec![5, -5], 1.0, true),
            (vec![1; 14], 2.0 / 16_384.0, true),
            (vec![1; 70], 1.0 / 10_000.0, false),
        ] {
            let found = swap_test(&differences, &mut Seed::new(1).stream("swap"));
            assert_eq!(found, Some(SwapTest { p_value, exact }), "{differences:?}");
        }
        assert_eq!(swap_test(&[], &mut Seed::new(1).stream("swap")), None);
        // A sign test of 40 and 60: the binomial p-value is 0.056888.
        let signs: Vec<i64> = (0..100).map(|unit| if unit < 40 { 1 } else { -1 }).collect();
        let found = swap_test(&signs, &mut Seed::new(1).stream("swap")).unwrap().p_value;
        assert!((found - 0.056_888).abs() < 0.008, "{found}");
    }
}
