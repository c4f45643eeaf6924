//! The scorer: learns from hand codings which labels a stretch of text carries, says how sure it is, and why.
//!
//! [`extract`] turns texts into features, [`fit`] learns a [`Model`] from some rows of them, [`Scorer`] applies it.
//! Everything in a model is linear in the features, so each score is the sum of its [`Contribution`]s.

#![expect(clippy::cast_possible_truncation, reason = "values of features are kept in single precision")]
#![expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]

mod design;
mod evidence;
mod extraction;
mod model;
mod scoring;
mod training;
mod units;

pub use design::Design;
pub use evidence::Evidence;
pub use extraction::{Extracted, extract, extract_watched};
pub use model::{Answer, FORMAT, Fingerprint, Model, ModelError, Origin, Shape, Vocabulary, Weights};
pub use scoring::{Contribution, ScoreMemory, Scored, Scorer};
pub use training::{Question, Rows, Settings, fit, fit_watched};
pub use units::{Example, Instrument, Stretch, UnitReader};
