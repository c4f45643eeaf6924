//! A cell of prediction: the trials of which a machine said the same, and the share of them that people's codings find.

use crate::stats::{Interval, beta_quantile};

/// Successes this near to none or all are so but for rounding.
const ROUNDING: f64 = 1e-9;

/// A trial that people coded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodedTrial {
    /// What a machine said that has not learnt from it.
    pub is_predicted: bool,
    /// What people said.
    pub is_success: bool,
    /// One over the probability that it was drawn with; where trials count unequally, times how much this one counts.
    pub weight: f64,
}

/// The trials of which the machine said the same, and what people said of some of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PredictionCell {
    /// Its part of all trials, by weight.
    pub(super) part: f64,
    /// Its trials.
    pub(super) trials: u64,
    /// Of these, coded ones.
    pub(super) codings: f64,
    /// Successes as a share of the coded trials, by their weights; one half where none is coded.
    pub(super) share: f64,
    /// How many codings of equal weight they are worth (Kish 1965, 11.7).
    pub(super) effective: f64,
    /// Sum of the weights of the coded trials.
    pub(super) weight: f64,
}

impl PredictionCell {
    pub(super) fn new(part: f64, trials: u64, coded: &[CodedTrial], is_predicted: bool) -> Self {
        let (mut codings, mut weight, mut squares, mut successes) = (0.0, 0.0, 0.0, 0.0);
        for trial in coded.iter().filter(|trial| trial.is_predicted == is_predicted) {
            codings += 1.0;
            weight += trial.weight;
            squares += trial.weight * trial.weight;
            successes += if trial.is_success { trial.weight } else { 0.0 };
        }
        let [share, effective] =
            if weight > 0.0 { [successes / weight, weight * weight / squares] } else { [0.5, 0.0] };
        Self { part, trials, codings, share, effective, weight }
    }

    /// Its share of successes in the whole: nothing where it has no trials, whatever coders may have found there.
    pub(super) fn contribution(&self) -> f64 {
        self.part * self.share
    }

    /// How far the limits of its share are from the share in the whole, squared.
    pub(super) fn squared_distances(&self, alpha: f64) -> [f64; 2] {
        if self.part <= 0.0 {
            return [0.0, 0.0];
        }
        // What was coded of a small cell is known; only the remainder is estimated. Nothing is known without a coding.
        let unknown = (1.0 - self.codings / self.trials as f64).max(0.0);
        let (limits, unknown) = if self.codings > 0.0 {
            (jeffreys(self.share, self.effective, alpha), unknown)
        } else {
            (Interval { low: 0.0, high: 1.0 }, 1.0)
        };
        [self.share - limits.low, limits.high - self.share].map(|off| unknown * (self.part * off).powi(2))
    }
}

/// Equal-tailed interval of a share of `n` trials, which may be a fraction, by Jeffreys' prior; 0 below none and 1 above
/// all. Brown, Cai and `DasGupta` (2001), 3.1, with their ends.
#[must_use]
pub fn jeffreys(share: f64, n: f64, alpha: f64) -> Interval {
    let (successes, failures) = (share * n, (1.0 - share) * n);
    let at = |probability: f64| beta_quantile(probability, successes.max(0.0) + 0.5, failures.max(0.0) + 0.5);
    Interval {
        low: if successes > ROUNDING { at(alpha / 2.0).min(share) } else { 0.0 },
        high: if failures > ROUNDING { at(1.0 - alpha / 2.0).max(share) } else { 1.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHA: f64 = 0.05;

    fn assert_limits(found: Interval, expected: [f64; 2], what: &str) {
        let is_close = (found.low - expected[0]).abs() < 1e-9 && (found.high - expected[1]).abs() < 1e-9;
        assert!(is_close, "{what}: {found:?}, not {expected:?}");
    }

    /// Computed with `SciPy` 1.17.
    #[test]
    fn limits_of_jeffreys_are_those_of_scipy() {
        for (successes, n, expected) in [
            (3.0, 10.0, [0.092_694_593_9, 0.605_818_318_1]),
            (0.0, 12.0, [0.0, 0.185_305_938_3]),
            (2.5, 7.5, [0.091_592_745_7, 0.679_149_754_0]),
            (4.0, 4.0, [1.0 - 0.444_864_943_2, 1.0]),
        ] {
            let found = jeffreys(successes / n, n, ALPHA);
            if successes < n {
                assert_limits(found, expected, &format!("{successes} of {n}"));
            } else {
                assert!((found.high - 1.0).abs() < 1e-12, "{found:?}");
            }
        }
    }
}
