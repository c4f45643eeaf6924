//! Margins: what a learner makes of rows that it has not seen.

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use rayon::prelude::*;

use crate::stats::learning::{Direction, Folds, LearningError, LinearSvc, NaiveBayes, RowsView, SparseRows};

/// A learner with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Learner {
    /// Support vectors.
    Svc(LinearSvc),
    /// Naive Bayes.
    Bayes(NaiveBayes),
}

impl Learner {
    /// Learns to tell rows of `class` from the others.
    ///
    /// # Errors
    /// None that these learners raise; linfa's `Fit` allows for them.
    pub fn fit(
        &self,
        rows: &SparseRows,
        picked: &[u32],
        (classes, class): (&[usize], usize),
    ) -> Result<Direction, LearningError> {
        let sides: Vec<bool> = picked.iter().map(|row| classes[*row as usize] == class).collect();
        let data = DatasetBase::new(RowsView { rows, picked }, sides);
        match self {
            Self::Svc(svc) => svc.fit(&data),
            Self::Bayes(bayes) => bayes.fit(&data),
        }
    }
}

/// Margins by class, then by picked row.
pub type Margins = Vec<Vec<f64>>;

/// Rows of a matrix that stand in folds.
#[derive(Clone, Copy, Debug)]
pub struct FoldedRows<'a> {
    /// The matrix.
    pub rows: &'a SparseRows,
    /// Numbers of its rows that are in the folds.
    pub picked: &'a [u32],
    /// The fold of each picked row.
    pub folds: &'a Folds,
}

/// For each class of `asked`, the margins of the folded rows by learners that have not seen the row's fold. `classes`
/// holds the class of every row of the matrix.
///
/// # Errors
/// When a learner fails.
pub fn out_of_fold(
    learner: &Learner,
    &FoldedRows { rows, picked, folds }: &FoldedRows<'_>,
    classes: &[usize],
    asked: &[usize],
) -> Result<Margins, LearningError> {
    let jobs: Vec<(usize, usize)> =
        asked.iter().flat_map(|class| (0..folds.count()).map(|fold| (*class, fold))).collect();
    let held_out = |(class, fold): &(usize, usize)| -> Result<Vec<(usize, f64)>, LearningError> {
        // A margin from a learner that saw the row is too good, and the stacker would trust it too much.
        let seen: Vec<u32> = folds.outside(*fold).map(|place| picked[place]).collect();
        let direction = learner.fit(rows, &seen, (classes, *class))?;
        let unseen = folds.inside(*fold);
        Ok(unseen.map(|place| (place, direction.margin(rows.row(picked[place] as usize)))).collect())
    };
    // Collected in the order of the jobs, whichever ends first, and nothing is summed across threads: the same bytes
    // for any number of them.
    let found: Vec<_> = jobs.par_iter().map(held_out).collect::<Result<_, _>>()?;
    let mut margins = vec![vec![0.0; picked.len()]; asked.len()];
    for (job, found) in found.into_iter().enumerate() {
        for (place, margin) in found {
            margins[job / folds.count()][place] = margin;
        }
    }
    Ok(margins)
}
