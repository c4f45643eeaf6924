//! Naive Bayes as a direction: how much more often each feature is seen on one side than on the other. Rennie, Shih,
//! Teevan and Karger (2003), "Tackling the poor assumptions of naive Bayes text classifiers": with two sides the
//! complement of one is the other, and weights are scaled so that no rare side dominates.

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;

use crate::stats::learning::{Direction, LearningError, RowsView};

/// The classifier before it is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NaiveBayes {
    /// Added to each feature's count on each side.
    pub smoothing: f64,
}

impl<'a> Fit<RowsView<'a>, Vec<bool>, LearningError> for NaiveBayes {
    type Object = Direction;

    /// Learns which side a row is on. A column with negative values counts nothing and gets no weight.
    fn fit(&self, dataset: &DatasetBase<RowsView<'a>, Vec<bool>>) -> Result<Direction, LearningError> {
        let (rows, sides) = (&dataset.records, &dataset.targets);
        let width = rows.rows.width();
        let mut sums = [vec![self.smoothing; width], vec![self.smoothing; width]];
        let mut counts = vec![true; width];
        for (place, side) in sides.iter().enumerate() {
            let (columns, values) = rows.row(place);
            let sums = &mut sums[usize::from(*side)];
            for (column, value) in columns.iter().zip(values) {
                sums[*column as usize] += f64::from(*value);
                // A measure below 0 is no count, and its logarithm would be none either.
                counts[*column as usize] &= *value >= 0.0;
            }
        }
        for sums in &mut sums {
            sums.iter_mut().zip(&counts).filter(|(_, counts)| !**counts).for_each(|(sum, _)| *sum = self.smoothing);
        }
        // Without smoothing a side with no row sums to 0, and the logarithm of 0 over 0 is no number.
        let totals = [0, 1].map(|side: usize| sums[side].iter().sum::<f64>().max(f64::MIN_POSITIVE));
        // Shares of each side's total rather than sums, or else the side with more rows would win every feature.
        let ratio = (totals[0] / totals[1]).ln();
        let weight = |((against, with), counts): ((&f64, &f64), &bool)| {
            if *counts { ((with / against).ln() + ratio) as f32 } else { 0.0 }
        };
        let weights = sums[0].iter().zip(&sums[1]).zip(&counts).map(weight).collect();
        // No prior, so no constant: the margins go into a logistic regression that learns its own.
        Ok(Direction { weights, constant: 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::learning::SparseRows;

    #[test]
    fn a_weight_is_the_log_of_how_much_more_often_a_feature_is_seen() {
        let mut rows = SparseRows::new(2);
        for (a, b) in [(3.0, 1.0), (1.0, 3.0)] {
            rows.push(0, a);
            rows.push(1, b);
            rows.end_row();
        }
        let data = DatasetBase::new(RowsView { rows: &rows, picked: &[0, 1] }, vec![true, false]);
        let found = NaiveBayes { smoothing: 1.0 }.fit(&data).unwrap();
        let two = 2.0_f32.ln();
        assert!((found.weights[0] - two).abs() < 1e-6 && (found.weights[1] + two).abs() < 1e-6, "{found:?}");
    }
    #[test]
    fn a_column_that_is_no_count_gets_no_weight_and_changes_no_other() {
        let weights = |extra: [f32; 2]| {
            let mut rows = SparseRows::new(2);
            for (count, extra) in [3.0, 1.0].into_iter().zip(extra) {
                rows.push(0, count);
                rows.push(1, extra);
                rows.end_row();
            }
            let data = DatasetBase::new(RowsView { rows: &rows, picked: &[0, 1] }, vec![true, false]);
            NaiveBayes { smoothing: 1.0 }.fit(&data).unwrap().weights
        };
        let found = weights([-0.5, 0.9]);
        assert!(found[1].abs() < 1e-9 && found == weights([0.3, -5.0]), "{found:?}");
    }
}
