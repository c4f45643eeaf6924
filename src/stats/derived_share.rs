//! Shares made of others: of units that were counted in parts of a trial, and the mean of several groups.

use crate::stats::share_difference::satterthwaite;
use crate::stats::{ClusteredShare, UnitCount};

impl ClusteredShare {
    /// The mean of several groups' shares, each counting alike however large it is: `sum V / G^2`, with the degrees of freedom of
    /// Satterthwaite (1946) over the groups. `shared` is what the sum of the variances lacks since groups have texts in common.
    /// No variance where a group has none.
    #[must_use]
    pub fn mean_of(groups: &[Self], shared: f64) -> Self {
        let count = groups.len() as f64;
        let mut mean = Self::default();
        let (mut values, mut inverses) = (0.0, 0.0);
        for group in groups {
            (mean.units, mean.n, mean.k) = (mean.units + group.units, mean.n + group.n, mean.k + group.k);
            (values, inverses) = (values + group.value, inverses + 1.0 / group.trials);
        }
        if mean.n == 0 {
            return mean;
        }
        (mean.value, mean.trials) = (values / count, count * count / inverses);
        (mean.effective_units, mean.trials_a_unit) = (mean.units as f64, mean.trials / mean.units as f64);
        let variances: Option<Vec<f64>> = groups.iter().map(|group| group.variance).collect();
        if let Some(variances) = variances {
            let sum: f64 = variances.iter().sum();
            mean.variance = Some((sum + shared.max(0.0)) / (count * count));
            if sum > 0.0 {
                let [units, residuals]: [Vec<f64>; 2] =
                    [|it: &Self| it.df(), |it: &Self| (it.effective_residuals - 1.0).max(1.0)]
                        .map(|df| groups.iter().map(df).collect());
                mean.effective_units = satterthwaite(&variances, &units) + 1.0;
                mean.effective_residuals = satterthwaite(&variances, &residuals) + 1.0;
                mean.trials_a_unit = mean.trials / mean.effective_units;
            }
        }
        mean
    }

    /// By how much a unit, of as many trials and successes as weigh, moves the share: what is squared and summed in the variance.
    #[must_use]
    pub fn residual_of(&self, n: f64, k: f64) -> f64 {
        (k - self.value * n) / (self.trials - n)
    }

    /// The same of a unit among units that count alike.
    #[must_use]
    pub fn residual_of_equal(&self, unit: UnitCount) -> f64 {
        (unit.share() - self.value) / (self.units as f64 - 1.0)
    }

    /// The share of units that were counted in so many parts of a trial, where they have these trials as such.
    #[must_use]
    pub fn in_parts(self, parts: u64, counted: UnitCount) -> Self {
        let parts = parts as f64;
        let (trials, trials_a_unit) = (self.trials / parts, self.trials_a_unit / parts);
        Self { n: counted.n, k: counted.k, trials, trials_a_unit, ..self }
    }
}
