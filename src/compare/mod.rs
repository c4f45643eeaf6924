//! From integer counts per document to findings: how often each group carries each frame, and which differences hold up.
//!
//! The unit of variance and of permutation is the document, never the sentence: sentences of one article are not
//! independent, and tests that treat them so find differences that are not there. Copies of one text (documents with the
//! same cluster) count as one unit inside a group. A copy that two groups share is one unit in each of them; since that
//! makes the two shares move together, the interval of their difference is then wider than it need be, never narrower.

mod counts;
mod findings;
mod plan;

pub use counts::{Counts, DocumentCounts, FrameCounts};
pub use findings::{Comparison, Contrast, Findings, Method, Prevalence, REST, Test, WHOLE_SPAN, findings};
pub use plan::{Plan, PlanError};
