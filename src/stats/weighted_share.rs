//! The share of weighted trials that come in units, with an interval that also shares of 0 and 1 have.

use std::collections::BTreeMap;

use crate::stats::{Interval, clopper_pearson, t_quantile};

/// A trial that stands for others which were not drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedTrial {
    /// Number of the unit that it came in.
    pub unit: usize,
    /// How many it stands for, on any scale.
    pub weight: f64,
    /// Whether it succeeded.
    pub success: bool,
}

/// The weighted share of successes, in [0, 1], and its 95 % interval; `None` without trials, no interval with fewer than two
/// units. By Clopper and Pearson's method on the effective number of trials: that of Kish (1965) over the design effect of
/// the linearised variance, at least 1, adjusted for the degrees of freedom. Korn and Graubard (1998).
#[must_use]
pub fn weighted_share(trials: &[WeightedTrial]) -> Option<(f64, Option<Interval>)> {
    let sum = |of: &dyn Fn(&WeightedTrial) -> f64| -> f64 { trials.iter().map(of).sum() };
    let weight = sum(&|trial| trial.weight);
    let with = sum(&|trial| if trial.success { trial.weight } else { 0.0 });
    if weight <= 0.0 {
        return None;
    }
    let share = with / weight;
    let kish = weight * weight / sum(&|trial| trial.weight * trial.weight);
    Some((share, interval(trials, share, kish)))
}

fn interval(trials: &[WeightedTrial], share: f64, kish: f64) -> Option<Interval> {
    let weight: f64 = trials.iter().map(|trial| trial.weight).sum();
    let mut residuals: BTreeMap<usize, f64> = BTreeMap::new();
    for trial in trials {
        *residuals.entry(trial.unit).or_default() += trial.weight * (f64::from(u8::from(trial.success)) - share);
    }
    let units = residuals.len() as f64;
    if units < 2.0 {
        return None;
    }
    let squares: f64 = residuals.values().map(|sum| sum * sum).sum();
    let variance = units / (units - 1.0) * squares / (weight * weight);
    let binomial = share * (1.0 - share) / kish;
    let deff = if binomial > 1e-12 { (variance / binomial).max(1.0) } else { 1.0 };
    let adjustment = t_quantile(0.975, (kish - 1.0).max(1.0)) / t_quantile(0.975, units - 1.0);
    let effective = (kish / deff * adjustment * adjustment).min(kish);
    clopper_pearson((share * effective).min(effective), effective, 0.95)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With one trial a unit the design effect is n/(n - 1): Clopper and Pearson's limits of n - 1 trials.
    #[test]
    fn without_weights_and_units_it_is_the_interval_of_a_share() {
        let trial = |unit: usize| WeightedTrial { unit, weight: 2.5, success: unit < 12 };
        let trials: Vec<WeightedTrial> = (0..31).map(trial).collect();
        let (share, interval) = weighted_share(&trials).unwrap();
        let (expected, found) = (clopper_pearson(12.0 / 31.0 * 30.0, 30.0, 0.95).unwrap(), interval.unwrap());
        assert!((share - 12.0 / 31.0).abs() < 1e-12, "{share}");
        assert!((found.low - expected.low).abs() < 1e-9 && (found.high - expected.high).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_trial_of_more_weight_counts_for_more_and_makes_the_interval_wider() {
        let trial = |unit, weight| WeightedTrial { unit, weight, success: unit % 2 == 0 };
        let even: Vec<WeightedTrial> = (0..40).map(|unit| trial(unit, 1.0)).collect();
        let uneven: Vec<WeightedTrial> = (0..40).map(|unit| trial(unit, if unit < 4 { 20.0 } else { 1.0 })).collect();
        let width = |trials: &[WeightedTrial]| {
            let (share, interval) = weighted_share(trials).unwrap();
            let interval = interval.unwrap();
            assert!(interval.low <= share && share <= interval.high, "{share} in {interval:?}");
            interval.high - interval.low
        };
        assert!(width(&uneven) > 2.0 * width(&even));
        assert_eq!(weighted_share(&[]), None);
        assert_eq!(weighted_share(&even[..1]), Some((1.0, None)));
    }
}
