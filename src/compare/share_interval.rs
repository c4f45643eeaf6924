//! Which interval a share has, what tables call it and what a paper says of it.
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
    /// Every method.
    pub const ALL: [Self; 2] = [Self::LogitT, Self::KornGraubard];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LogitT => "logit-t",
            Self::KornGraubard => "korn-graubard",
        }
    }

    /// What the methods section of a paper says where a share has such an interval.
    #[must_use]
    pub const fn in_a_paper(self) -> &'static str {
        match self {
            Self::LogitT => {
                "Its 95 % interval takes the document, not the sentence, for the unit: the variance leaves out one document at a \
                 time, on the logit scale, with Student's t on the effective number of documents less one (Bell and McCaffrey \
                 2002; Korn and Graubard 1999)."
            }
            Self::KornGraubard => {
                "Where none or all carry the frame, or the documents do not differ, it is Clopper and Pearson's on the \
                 effective sample size (Korn and Graubard 1998)."
            }
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
