//! The instrument against texts and people: what each rule finds in a corpus, how far coders agree, and what scorers say
//! against what people said.
//!
//! In reading order: `rules` and `oddities` (the instrument against a corpus), `label_model` (its rules against each other),
//! `disagreements` and `agreement` (coders against each other), `metric`, `calibration`, `confusion` and `quality` (scorers
//! against coders).
//!
//! What is not here: the coefficients and intervals themselves, which are `stats`; and learning, which judges its own scorers
//! by what `stats` measures.

#![expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53, where f64 is exact")]

mod agreement;
mod calibration;
mod confusion;
mod disagreements;
mod label_model;
mod metric;
mod oddities;
mod quality;
mod rules;
mod text_signs;

pub use agreement::{
    ALL_FRAMES, Agreement, Aspect, Confusion, Reliability, Scope, agreement_with_labels, intercoder_reliability,
};
pub use calibration::{Holding, pooled_reliability, reliability};
pub use confusion::{Confused, confusion};
pub use disagreements::Disagreement;
pub use label_model::{LEAST_MEETINGS, LEAST_SHARE, Votes};
pub use metric::Metric;
pub use oddities::{Oddities, Oddity, OddityRow, signs};
pub use quality::{Estimate, JudgedRows, ScorerComparison, compare_scorers};
pub use rules::{RuleFindings, RuleTable};
