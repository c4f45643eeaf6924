//! The instrument against texts and people: what each rule finds in a corpus, and how far coders agree.

#![expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53, where f64 is exact")]

mod agreement;
mod label_model;
mod rules;

pub use agreement::{ALL_FRAMES, Agreement, Disagreement, Reliability, Scope, reliability};
pub use label_model::Votes;
pub use rules::{RuleFindings, RuleTable};
