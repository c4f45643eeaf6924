//! Which interval a share has, and what tables call it.
//!
//! Not here: the formulas, which are `stats::share_interval`.

use crate::stats::{ClusteredShare, Interval, korn_graubard, logit_t};

/// How the interval of a share was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalMethod {
    /// Variance by leaving out one document at a time, on the logit scale, with Student's t.
    LogitT,
    /// Clopper-Pearson on the effective sample size.
    KornGraubard,
}

impl IntervalMethod {
    /// Every word that may stand in tables.
    pub const WORDS: [&'static str; 2] = [Self::LogitT.as_str(), Self::KornGraubard.as_str()];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LogitT => "logit-t",
            Self::KornGraubard => "korn-graubard",
        }
    }
}

/// The 95 % interval of a share, and how it was computed.
pub(super) fn interval_of(share: &ClusteredShare) -> (Option<Interval>, Option<IntervalMethod>) {
    match logit_t(share) {
        Some(interval) => (Some(interval), Some(IntervalMethod::LogitT)),
        None => korn_graubard(share).map(|interval| (interval, IntervalMethod::KornGraubard)).unzip(),
    }
}
