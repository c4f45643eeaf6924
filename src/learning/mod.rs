//! From codings to a scorer: learns which labels a stretch of text carries, says how sure it is, and why.
//!
//! The way of a hand coding to a weight, in the order to read it: `units` are what is scored, `features` what is seen
//! of them, `matrix` and `design` the table that learners see, `fit` learns `weights` from it, `model` is how they
//! stand in a file, `score` applies them and `explain` says why; `labels` makes codings ready to learn from (`tables`
//! those of any table), `frames` learns the frames of a study and makes the `choice` between scorer and rules
//! (`rule_scores`, of documents from as many sentences on as `least_hits` finds; `blend` draws a scorer toward them),
//! `frame_scorer` says it of sentences, or of whole documents where these were coded, `evaluate` holds out
//! rows. Everything in a model is linear in the features, so each score is the sum of its [`Contribution`]s.
//!
//! What is *not* here: learners and folds are numbers only and stand in `stats::learning`; the measures of what was said
//! against what people said are `validate`'s; codings that need no learning are `coding`'s. The layer stands above `coding`,
//! so a document's codings by rules and by scorer meet above both, in `study`.

#![expect(clippy::cast_possible_truncation, reason = "values of features are kept in single precision")]
#![expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]

mod blend;
mod choice;
mod design;
pub mod evaluate;
mod explain;
pub mod features;
mod fit;
mod frame_scorer;
pub mod frames;
mod labels;
mod least_hits;
mod matrix;
mod model;
mod rule_scores;
mod score;
pub mod tables;
mod units;
mod weights;

pub use choice::{Choice, EstimatedShare, FrameTraining, HeldOut, RivalShares, ScoringMethod};
pub use explain::ScoreExplanation;
pub use fit::{Question, Settings, TrainingRows, fit, fit_tuned, fit_watched, without_rules};
pub use frame_scorer::{Explained, FrameScorer, LabelSource};
pub use labels::{
    CodedSentence, LEAST_SENTENCES, RuleSheet, TrainingLabels, coded_sentences, document_verdicts, frame_settings,
    labels_by_rules, rule_label_settings, training_labels,
};
pub use least_hits::CodedWhole;
pub use matrix::{Extracted, extract, extract_watched};
pub use model::{EncoderRecord, FORMAT, Fingerprint, Model, ModelError, TableColumns};
pub use rule_scores::{RuleScores, SentenceCount};
pub use score::{Contribution, ScoreMemory, Scored, Scorer};
pub use units::{Example, Instrument, Stretch, UnitReader};
pub use weights::{DecisionRule, FeatureWeights, Shape, Tuning, Weights};
