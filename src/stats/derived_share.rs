//! Shares made of others: of units that were counted in parts of a trial.

use crate::stats::{ClusteredShare, UnitCount};

impl ClusteredShare {
    /// The share of units that were counted in so many parts of a trial, where they have these trials as such.
    #[must_use]
    pub fn in_parts(self, parts: u64, counted: UnitCount) -> Self {
        let parts = parts as f64;
        let (trials, trials_a_unit) = (self.trials / parts, self.trials_a_unit / parts);
        Self { n: counted.n, k: counted.k, trials, trials_a_unit, ..self }
    }
}
