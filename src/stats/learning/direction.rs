//! A direction: what every linear learner learns, a weight for each column and a constant.

use linfa::traits::Predict;
use ndarray::Array1;

use crate::stats::learning::RowsView;

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
