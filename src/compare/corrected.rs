//! What a row says once hand codings have corrected it.

use crate::stats::Interval;

/// What a note says of a corrected share whose codings nobody checked.
pub const SINGLE_CODERS: &str = "corrected by single coders: their errors are not in the interval";

/// What a note says of a corrected difference of groups that have no coder in common.
pub const OTHER_CODERS: &str = "each group was coded by other coders: their habits pass for a difference";

/// A share, difference or log ratio as people's codings correct it, beside the uncorrected one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// The corrected value.
    pub estimate: f64,
    /// Lower end of its 95 % confidence interval; `None` where it has none, as a log ratio does when a share may be 0.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Two-sided p-value that the difference or the log ratio is 0; `None` for a share.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg within its family, as the uncorrected one is.
    pub q_value: Option<f64>,
}

impl Corrected {
    /// The interval, where both ends are finite.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.low.zip(self.high).map(|(low, high)| Interval { low, high })
    }
}
