//! Directions and margins: what a learner makes of rows, and of rows it has not seen.

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::Array1;
use rayon::prelude::*;

use crate::stats::learning::{Folds, LearningError, LinearSvc, NaiveBayes, RowsView, SparseRows};

/// A linear score: a constant and a weight for each column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Direction {
    /// By column.
    pub weights: Vec<f32>,
    /// Added to every row's score.
    pub constant: f64,
}

impl Direction {
    /// The score of a row, given as columns and values.
    #[must_use]
    pub fn margin(&self, (columns, values): (&[u32], &[f32])) -> f64 {
        // Four sums at once, as one alone would wait for each addition before the next.
        let mut sums = [0.0_f32; 4];
        let (columns, last_columns) = columns.as_chunks::<4>();
        let (values, last_values) = values.as_chunks::<4>();
        for (columns, values) in columns.iter().zip(values) {
            for lane in 0..4 {
                sums[lane] += self.weights[columns[lane] as usize] * values[lane];
            }
        }
        let last = last_columns.iter().zip(last_values).map(|(column, value)| self.weights[*column as usize] * value);
        f64::from(sums.iter().sum::<f32>() + last.sum::<f32>()) + self.constant
    }

    /// Adds `step` times a row, and `step` to the constant.
    pub(super) fn add(&mut self, (columns, values): (&[u32], &[f32]), step: f64) {
        let narrow = step as f32;
        for (column, value) in columns.iter().zip(values) {
            self.weights[*column as usize] += narrow * value;
        }
        self.constant += step;
    }
}

impl Predict<RowsView<'_>, Array1<f64>> for Direction {
    /// The scores of the rows.
    fn predict(&self, rows: RowsView<'_>) -> Array1<f64> {
        (0..rows.picked.len()).map(|place| self.margin(rows.row(place))).collect()
    }
}

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

/// For each class of `asked`, the margins of the rows `picked` by learners that have not seen the row's fold. `classes`
/// holds the class of every row of the matrix; `folds` are of the picked rows.
///
/// # Errors
/// When a learner fails.
pub fn out_of_fold(
    learner: &Learner,
    (rows, picked): (&SparseRows, &[u32]),
    (classes, asked): (&[usize], &[usize]),
    folds: &Folds,
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
