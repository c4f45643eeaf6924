//! Scores made into probabilities that come true as often as they say.

/// A logistic function of a score: the log-odds are `constant + slope * score`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Log-odds at a score of 0.
    pub constant: f64,
    /// What a score higher by 1 adds to the log-odds.
    pub slope: f64,
}

/// Newton steps after which it stops in any case.
const MOST_STEPS: usize = 50;

impl Calibration {
    /// The most likely constant and slope where rows with `scores` are or are not `present`, each row counting by its
    /// weight. Nobody is taken to be surer than the rows allow: their targets are drawn in by one row of each side.
    /// Platt (1999); Lin, Lin and Weng (2007).
    #[must_use]
    pub fn fit(scores: &[f64], present: &[bool], weights: &[f64]) -> Self {
        Self::fitted(scores, present, weights, true)
    }

    /// What to add to `log_odds` that are right but for their level, so that their mean probability is the share that is
    /// present: calibration in the large.
    #[must_use]
    pub fn shift(log_odds: &[f64], present: &[bool], weights: &[f64]) -> f64 {
        Self::fitted(log_odds, present, weights, false).constant
    }

    /// The probability of a score, in (0, 1).
    #[must_use]
    pub fn probability(&self, score: f64) -> f64 {
        1.0 / (1.0 + (-self.constant - self.slope * score).exp())
    }

    fn fitted(scores: &[f64], present: &[bool], weights: &[f64], has_slope: bool) -> Self {
        let weight_of = |side: bool| -> f64 {
            weights.iter().zip(present).filter(|(_, present)| **present == side).map(|(weight, _)| weight).sum()
        };
        let (with, without) = (weight_of(true), weight_of(false));
        let targets = [1.0 / (without + 2.0), (with + 1.0) / (with + 2.0)];
        let mut found = Self { constant: 0.0, slope: if has_slope { 0.0 } else { 1.0 } };
        for _ in 0..MOST_STEPS {
            // Gradient and curvature of the likelihood by constant and slope; a little ridge keeps it solvable.
            let (mut by_constant, mut by_slope) = (0.0, 0.0);
            let (mut first, mut mixed, mut second) = (1e-9, 0.0, 1e-9);
            for ((score, present), weight) in scores.iter().zip(present).zip(weights) {
                let share = found.probability(*score);
                let (residual, spread) = (weight * (targets[usize::from(*present)] - share), share * (1.0 - share));
                by_constant += residual;
                by_slope += residual * score;
                first += weight * spread;
                mixed += weight * spread * score;
                second += weight * spread * score * score;
            }
            let determinant = first * second - mixed * mixed;
            let step = if has_slope && determinant > 1e-12 {
                [
                    (second * by_constant - mixed * by_slope) / determinant,
                    (first * by_slope - mixed * by_constant) / determinant,
                ]
            } else {
                [by_constant / first, 0.0]
            };
            // Far from the optimum a whole step may overshoot.
            let step = step.map(|step| step.clamp(-2.0, 2.0));
            found.constant += step[0];
            found.slope += step[1];
            if step.iter().all(|step| step.abs() < 1e-9) {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With 40 rows at score 0, of which 4 are present, and 20 at score 1, of which 15 are.
    #[test]
    fn two_scores_get_the_shares_they_have() {
        let scores: Vec<f64> = (0..60).map(|row| f64::from(u8::from(row >= 40))).collect();
        let present: Vec<bool> = (0..60).map(|row| row < 4 || (40..55).contains(&row)).collect();
        let found = Calibration::fit(&scores, &present, &[1.0; 60]);
        // Targets are 20/21 and 1/43: the shares are (4 * 20/21 + 36/43) / 40 and (15 * 20/21 + 5/43) / 20.
        for (score, expected) in [(0.0, (80.0 / 21.0 + 36.0 / 43.0) / 40.0), (1.0, (300.0 / 21.0 + 5.0 / 43.0) / 20.0)]
        {
            assert!((found.probability(score) - expected).abs() < 1e-6, "{score}: {}", found.probability(score));
        }
    }

    #[test]
    fn a_row_of_weight_two_is_two_rows() {
        let (scores, present) = ([-1.0, 0.5, 2.0, 2.0], [false, true, false, true]);
        let weighted = Calibration::fit(&scores[..3], &present[..3], &[1.0, 2.0, 1.0]);
        let repeated = Calibration::fit(&[-1.0, 0.5, 0.5, 2.0], &[false, true, true, false], &[1.0; 4]);
        assert!((weighted.constant - repeated.constant).abs() < 1e-9, "{weighted:?} {repeated:?}");
        assert!((weighted.slope - repeated.slope).abs() < 1e-9, "{weighted:?} {repeated:?}");
    }

    #[test]
    fn a_shift_brings_the_mean_probability_to_the_share() {
        let log_odds: Vec<f64> = (0..200).map(|row| f64::from(row % 20) / 4.0 - 1.0).collect();
        let present: Vec<bool> = (0..200).map(|row| row % 20 > 15).collect();
        let shift = Calibration::shift(&log_odds, &present, &[1.0; 200]);
        let moved = Calibration { constant: shift, slope: 1.0 };
        let mean = log_odds.iter().map(|score| moved.probability(*score)).sum::<f64>() / 200.0;
        assert!(shift < -1.0 && (mean - 0.2).abs() < 0.01, "{shift}: {mean}");
    }
}
