//! From integer counts per document to findings: how often each group carries each frame, and which differences hold up.
//!
//! The unit of variance and of permutation is the document, never the sentence: sentences of one article are not
//! independent, and tests that treat them so find differences that are not there. Copies of one text (documents with the
//! same cluster) count as one unit inside a group. A copy that two groups share is one unit in each of them; since that
//! makes the two shares move together, the interval of their difference is then wider than it need be, never narrower.

#![expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53, where f64 is exact")]

mod cells;
mod comparisons;
mod contrasts;
mod counts;
mod findings;
mod notes;
mod plan;
mod prevalence;

pub use comparisons::{Comparison, Test};
pub use contrasts::Contrast;
pub use counts::{Counts, DocumentCounts, FrameCounts};
pub use findings::{Findings, REST, WHOLE_SPAN, findings, findings_with_progress};
pub use plan::{Plan, PlanError};
pub use prevalence::{Method, Prevalence};
