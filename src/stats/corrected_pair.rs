//! Two corrected shares held against each other: their difference or log ratio, with an interval and a test.

use crate::stats::{CorrectedShare, Interval};

/// How two shares are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairScale {
    /// The first less the second, cut at -1 and 1.
    Difference,
    /// The natural logarithm of the first over the second.
    LogRatio,
}

/// The least and the greatest p-value that is looked for.
const LEAST_P: f64 = 1e-9;
const GREATEST_P: f64 = 0.999_999;

/// Halvings of the logarithm between these, which leave an error of 5e-9 of the p-value.
const HALVINGS: u32 = 32;

/// Two corrected shares.
#[derive(Clone, Copy, Debug)]
pub struct CorrectedPair<'a> {
    first: &'a CorrectedShare,
    second: &'a CorrectedShare,
    scale: PairScale,
    /// Correlation of the two estimates.
    rho: f64,
}

/// How far the limits of a share are from it, on the scale of the comparison.
struct Distances {
    below: f64,
    above: f64,
}

impl<'a> CorrectedPair<'a> {
    /// Shares of two groups, whose codings have nothing to do with each other.
    #[must_use]
    pub const fn independent(first: &'a CorrectedShare, second: &'a CorrectedShare, scale: PairScale) -> Self {
        Self { first, second, scale, rho: 0.0 }
    }

    /// Shares of one group from the same codings, by how these move them
    /// ([`correlation_of_estimates`](crate::stats::correlation_of_estimates)).
    #[must_use]
    pub const fn correlated(self, rho: f64) -> Self {
        Self { rho, ..self }
    }

    /// The difference or log ratio; `None` for the log ratio of a share of 0.
    #[must_use]
    pub fn estimate(&self) -> Option<f64> {
        let (a, b) = (self.first.estimate(), self.second.estimate());
        match self.scale {
            PairScale::Difference => Some(a - b),
            PairScale::LogRatio => (a > 0.0 && b > 0.0).then(|| (a / b).ln()),
        }
    }

    /// Interval of level `1 - alpha`; a limit may be infinite where a share may be 0. Zou and Donner (2008), with their
    /// term for correlated estimates.
    #[must_use]
    pub fn interval(&self, alpha: f64) -> Option<Interval> {
        let estimate = self.estimate()?;
        let a = self.distances(self.first, alpha);
        let b = self.distances(self.second, alpha);
        let (low, high) = (estimate - self.joined(a.below, b.above), estimate + self.joined(a.above, b.below));
        let interval = Interval { low, high };
        Some(match self.scale {
            PairScale::Difference => interval.of_shares(),
            PairScale::LogRatio => interval,
        })
    }

    fn distances(&self, share: &CorrectedShare, alpha: f64) -> Distances {
        let (p, Interval { low, high }) = (share.estimate(), share.interval(alpha));
        match self.scale {
            PairScale::Difference => Distances { below: p - low, above: high - p },
            PairScale::LogRatio => Distances { below: (p / low).ln(), above: (high / p).ln() },
        }
    }

    fn joined(&self, one: f64, other: f64) -> f64 {
        if one.is_infinite() || other.is_infinite() {
            return f64::INFINITY;
        }
        (one * one + other * other - 2.0 * self.rho * one * other).max(0.0).sqrt()
    }

    /// Two-sided p-value that the shares are the same: the smallest alpha whose interval leaves out 0, from 1e-9 to 1.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        self.estimate()?;
        if self.leaves_out_zero(LEAST_P) {
            return Some(LEAST_P);
        }
        if !self.leaves_out_zero(GREATEST_P) {
            return Some(1.0);
        }
        let (mut low, mut high) = (LEAST_P.ln(), GREATEST_P.ln());
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if self.leaves_out_zero(middle.exp()) { high = middle } else { low = middle }
        }
        Some(high.exp())
    }

    fn leaves_out_zero(&self, alpha: f64) -> bool {
        self.interval(alpha).is_some_and(|interval| interval.low > 0.0 || interval.high < 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::correction::worked;

    const ALPHA: f64 = 0.05;

    fn assert_pair(pair: CorrectedPair<'_>, expected: [f64; 3], what: &str) {
        let interval = pair.interval(ALPHA).unwrap();
        for (found, expected) in [pair.estimate().unwrap(), interval.low, interval.high].iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{what}: {found}, not {expected}");
        }
    }

    /// Computed with `NumPy` 2.4 and `SciPy` 1.17 by a script of their own.
    #[test]
    fn pairs_of_corrected_shares_are_those_worked_out() {
        let (a, b) = (worked::a(), worked::b());
        let difference = CorrectedPair::independent(&a, &b, PairScale::Difference);
        let ratio = CorrectedPair::independent(&a, &b, PairScale::LogRatio);
        assert_pair(difference, [0.048_620_268_6, -0.131_546_982_8, 0.219_275_005_4], "A - B");
        assert_pair(ratio, [0.216_115_397_7, -0.549_863_960_6, 0.927_002_171_7], "ln(A/B)");
        assert_pair(ratio.correlated(-0.2), [0.216_115_397_7, -0.622_945_947_4, 0.994_228_928_6], "with rho -.2");
        assert_pair(ratio.correlated(0.3), [0.216_115_397_7, -0.424_801_938_8, 0.812_109_536_2], "with rho .3");
        for (what, pair, expected) in [("A - B", difference, 0.590_171_4), ("ln(A/B)", ratio, 0.589_462_2)] {
            let found = pair.p_value().unwrap();
            assert!((found - expected).abs() < 1e-7, "p of {what}: {found}, not {expected}");
        }
    }

    /// The share of A among A and B, as a share of a voice among a frame's sentences is computed.
    #[test]
    fn a_log_ratio_is_the_logit_of_a_share_of_both() {
        let (a, b) = (worked::a(), worked::b());
        let ratio = CorrectedPair::independent(&a, &b, PairScale::LogRatio).correlated(-0.2);
        let interval = ratio.interval(ALPHA).unwrap();
        let expected = [0.553_819_538_3, 0.349_111_738_5, 0.729_922_405_2];
        for (logit, expected) in [ratio.estimate().unwrap(), interval.low, interval.high].iter().zip(expected) {
            let share = 1.0 / (1.0 + (-logit).exp());
            assert!((share - expected).abs() < 1e-9, "{share}, not {expected}");
        }
    }

    #[test]
    fn two_frames_of_the_same_codings_are_those_worked_out() {
        let ([a, b], rho) = worked::frames();
        let ratio = CorrectedPair::independent(&a, &b, PairScale::LogRatio);
        let estimate = 0.256_935_853_3;
        assert_pair(ratio, [estimate, -0.589_320_218_9, 1.218_348_833_6], "independent");
        assert_pair(ratio.correlated(rho), [estimate, -0.761_519_944_2, 1.393_043_686_8], "with rho");
        let difference = CorrectedPair::independent(&a, &b, PairScale::Difference).correlated(rho);
        assert_pair(difference, [0.053_660_413_7, -0.169_436_307_0, 0.271_787_111_8], "a - b");
    }

    #[test]
    fn a_ratio_to_a_share_that_may_be_zero_has_no_upper_limit() {
        let (a, none, rare) =
            (worked::a(), worked::group([490, 10], 1.0, 16.0, &[(false, true, 0.1, 9)]), worked::c(0));
        let pair = CorrectedPair::independent(&a, &rare, PairScale::LogRatio);
        let interval = pair.interval(ALPHA).unwrap();
        assert!(interval.high.is_infinite() && interval.low.is_finite(), "{interval:?}");
        assert!(pair.p_value().is_some_and(|p| p > 0.0 && p < 1.0));
        assert!(none.estimate() > 0.0, "a cell without codings is taken for one half");
        let zero = worked::group([490, 10], 1.0, 16.0, &[(false, true, 0.1, 9), (false, false, 0.1, 9)]);
        let pair = CorrectedPair::independent(&a, &zero, PairScale::LogRatio);
        assert_eq!((pair.estimate(), pair.interval(ALPHA), pair.p_value()), (None, None, None));
    }
}
