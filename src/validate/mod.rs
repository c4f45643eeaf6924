//! The instrument against texts and people: what each rule finds in a corpus, how far coders agree, and what scorers say
//! against what people said.

#![expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53, where f64 is exact")]

mod agreement;
mod label_model;
mod oddities;
mod quality;
mod rules;

pub use agreement::{
    ALL_FRAMES, Agreement, Aspect, Confusion, Disagreement, Reliability, Scope, intercoder_reliability,
};
pub use label_model::Votes;
pub use oddities::{Oddities, Oddity, OddityRow, signs};
pub use quality::{
    Confused, Estimate, Holding, Metric, ScorerComparison, compare_scorers, confusion, pooled_reliability, reliability,
};
pub use rules::{RuleFindings, RuleTable};
