//! Learning from sparse rows: linear learners behind linfa's `Fit` and `Predict`, put together ("stacked") by linfa's
//! logistic regression. Everything learnt is linear in the features, so every score is a sum of contributions.
//!
//! linfa's own estimators take dense matrices only, which n-grams do not fit into; what is here is therefore no more
//! than sparse rows, two learners and the bookkeeping of folds.
//!
//! In reading order: `sparse` (rows), `direction` (what is learnt), `svc` and `bayes`, `folds`, `margins` (of rows not
//! seen), `stacking`, `thresholds`.
//!
//! Not here: what a column means, and which codings are learnt from: that is `learning`.

#![expect(clippy::cast_possible_truncation, reason = "values of features are kept in single precision")]

mod bayes;
mod direction;
mod folds;
mod margins;
mod sparse;
mod stacking;
mod svc;
mod thresholds;

pub use bayes::NaiveBayes;
pub use direction::Direction;
pub use folds::{Folds, grouped_folds};
pub use margins::{FoldedRows, Learner, Margins, out_of_fold};
pub use sparse::{RowsView, SparseRows};
pub use stacking::{DenseColumns, Stacker, log_loss, probabilities};
pub use svc::LinearSvc;
pub use thresholds::{Objective, most_probable, offsets_for, threshold_for};

/// What stops a learner.
#[derive(Debug, thiserror::Error)]
pub enum LearningError {
    /// Of linfa itself.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
    /// Of linfa's logistic regression.
    #[error("the logistic regression failed ({0})")]
    Logistic(#[from] linfa_logistic::error::Error),
}
