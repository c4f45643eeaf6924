//! How good is a scorer on codings it has not seen? Four side by side, with intervals.
//!
//! Two ways in: the hand codings of a study ([`evaluate_study`]), and a table of coded texts ([`evaluate_table`] by
//! cross-validation, [`evaluate_model`] of a model that is there). Both make `trials` and have them measured. What is
//! measured, and how it is compared, is not here but in `validate`.

mod cells;
mod documents;
mod labels;
mod measured;
mod study;
mod table;
mod trials;
mod voices;

pub use measured::Evaluation;
pub use study::evaluate_study;
pub use table::{TableEvaluation, evaluate_model, evaluate_table};
pub use trials::{EvaluationDesign, TAUGHT};
