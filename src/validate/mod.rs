//! The instrument against texts: what each rule finds in a corpus, alone and beside the others; and what scorers say
//! against what people said.

#![expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]

mod quality;
mod rules;

pub use quality::{Comparison, Confused, Estimate, Judged, Metric, Truth, compare_scorers, confusion, reliability};
pub use rules::{RuleFindings, RuleTable};
