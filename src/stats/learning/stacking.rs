//! Puts margins and measures together: standardised, into linfa's multinomial logistic regression, and back into a
//! score that is linear in what went in. Wolpert (1992), "Stacked generalization".

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::{LogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, ShapeBuilder};

use crate::stats::learning::LearningError;

/// Dense columns, each with one value per row.
pub type DenseColumns = Vec<Vec<f64>>;

/// Iterations after which the logistic regression stops.
const MOST_ITERATIONS: u64 = 200;

/// It stops earlier where the gradient of the loss, a sum over rows, is this small for each row: the next steps would move
/// no log-odds by a hundredth.
const GRADIENT: f64 = 1e-4;

/// A score for each class that is linear in the columns: `constants[class] + sum weights[class][column] x[column]`.
/// With two classes there is one score, the log-odds of the second; with more, probabilities are their soft maximum.
#[derive(Clone, Debug, PartialEq)]
pub struct Stacker {
    /// By score.
    pub constants: Vec<f64>,
    /// By score, then column.
    pub weights: Vec<Vec<f64>>,
}

impl Stacker {
    /// Learns the scores of `count` classes from the rows `picked` of `columns`, whose classes are `classes`. `penalty`
    /// is on the squared weights of standardised columns. A class that no picked row has gets a score far below the
    /// others; a column that does not vary gets no weight.
    ///
    /// # Errors
    /// When the logistic regression fails.
    pub fn fit(
        columns: &DenseColumns,
        (classes, count): (&[usize], usize),
        picked: &[usize],
        penalty: f64,
    ) -> Result<Self, LearningError> {
        let scales: Vec<Option<(f64, f64)>> = columns.iter().map(|column| scale(column, picked)).collect();
        let used: Vec<usize> = (0..columns.len()).filter(|column| scales[*column].is_some()).collect();
        let seen = seen_classes(classes, count, picked);
        // Where there is nothing to learn from (one class, or columns that do not vary) the shares of the classes
        // stay.
        let mut fitted = Self { constants: seen.clone(), weights: vec![vec![0.0; columns.len()]; count] };
        let present = seen.iter().filter(|prior| prior.is_finite()).count();
        if present > 1 && !used.is_empty() {
            let standardised = |(place, index): (usize, usize)| {
                let (mean, deviation) = scales[used[index]].unwrap_or((0.0, 1.0));
                (columns[used[index]][picked[place]] - mean) / deviation
            };
            // Column after column: the gradient is a product with each column.
            let records = Array2::from_shape_fn((picked.len(), used.len()).f(), standardised);
            let targets: Array1<usize> = picked.iter().map(|row| classes[*row]).collect();
            for ClassScore { class, constant, weights } in
                regression(&DatasetBase::new(records, targets), present, penalty)?
            {
                fitted.constants[class] = constant;
                for (weight, column) in weights.iter().zip(&used) {
                    let (mean, deviation) = scales[*column].unwrap_or((0.0, 1.0));
                    fitted.weights[class][*column] = weight / deviation;
                    // Back from standardised columns, so that scores are sums over the features as they are.
                    fitted.constants[class] -= weight / deviation * mean;
                }
            }
        }
        Ok(fitted.finish())
    }

    /// Unseen classes far below, and two scores as one.
    fn finish(mut self) -> Self {
        let least = self.constants.iter().copied().filter(|constant| constant.is_finite()).fold(0.0, f64::min);
        for constant in self.constants.iter_mut().filter(|constant| !constant.is_finite()) {
            *constant = least - FAR_BELOW;
        }
        if let ([against, with], [away, toward]) = (&self.constants[..], &self.weights[..]) {
            let weights = toward.iter().zip(away).map(|(toward, away)| toward - away).collect();
            return Self { constants: vec![with - against], weights: vec![weights] };
        }
        self
    }

    /// The scores of a row.
    #[must_use]
    pub fn scores(&self, columns: &DenseColumns, row: usize) -> Vec<f64> {
        let score = |(constant, weights): (&f64, &Vec<f64>)| {
            let sum: f64 = weights.iter().zip(columns).map(|(weight, column)| weight * column[row]).sum();
            constant + sum
        };
        self.constants.iter().zip(&self.weights).map(score).collect()
    }
}

/// The score of a class.
struct ClassScore {
    class: usize,
    constant: f64,
    weights: Vec<f64>,
}

/// The scores of the classes that logistic regression finds. Of two classes one score is enough, half for the one and
/// half against the other, under half the penalty: the same as two scores, at half the work.
fn regression(
    data: &DatasetBase<Array2<f64>, Array1<usize>>,
    classes: usize,
    penalty: f64,
) -> Result<Vec<ClassScore>, LearningError> {
    #[expect(clippy::cast_precision_loss, reason = "rows stay far below 2^53")]
    let tolerance = GRADIENT * data.targets.len() as f64;
    if classes == 2 {
        let logistic = LogisticRegression::default().alpha(penalty / 2.0);
        let model = logistic.max_iterations(MOST_ITERATIONS).gradient_tolerance(tolerance).fit(data)?;
        let half = |sign: f64| model.params().iter().map(|weight| sign * weight / 2.0).collect();
        // Which of the two classes is the positive one is linfa's choice, so it is asked and not assumed.
        let (for_one, against) = (model.labels().pos.class, model.labels().neg.class);
        let constant = model.intercept() / 2.0;
        return Ok(vec![
            ClassScore { class: for_one, constant, weights: half(1.0) },
            ClassScore { class: against, constant: -constant, weights: half(-1.0) },
        ]);
    }
    let logistic = MultiLogisticRegression::default().alpha(penalty);
    let model = logistic.max_iterations(MOST_ITERATIONS).gradient_tolerance(tolerance).fit(data)?;
    let (constants, weights) = (model.intercept(), model.params());
    let mut scores = Vec::with_capacity(classes);
    for (place, class) in model.classes().iter().enumerate() {
        scores.push(ClassScore { class: *class, constant: constants[place], weights: weights.column(place).to_vec() });
    }
    Ok(scores)
}

/// How far below the others a class stands that was never seen.
// e^-20 is two in a thousand million, less than the millionths in which probabilities are kept.
const FAR_BELOW: f64 = 20.0;

/// Mean and standard deviation of a column in the picked rows; `None` where it does not vary.
fn scale(column: &[f64], picked: &[usize]) -> Option<(f64, f64)> {
    let count = picked.len() as f64;
    let mean = picked.iter().map(|row| column[*row]).sum::<f64>() / count;
    let variance = picked.iter().map(|row| (column[*row] - mean).powi(2)).sum::<f64>() / count;
    (variance > 1e-12).then(|| (mean, variance.sqrt()))
}

/// Log of each class's share, infinitely low for one that no picked row has.
fn seen_classes(classes: &[usize], count: usize, picked: &[usize]) -> Vec<f64> {
    let mut shares = vec![0.0; count];
    for row in picked {
        shares[classes[*row]] += 1.0 / picked.len() as f64;
    }
    shares.into_iter().map(f64::ln).collect()
}

/// The probabilities of the classes that scores stand for: one score is the log-odds of the second of two classes.
#[must_use]
pub fn probabilities(scores: &[f64]) -> Vec<f64> {
    if let [score] = scores {
        let second = 1.0 / (1.0 + (-score).exp());
        return vec![1.0 - second, second];
    }
    // Relative to the highest, as e to the power of 710 is infinite and infinite over infinite is no number.
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let total: f64 = parts.iter().sum();
    parts.into_iter().map(|part| part / total).collect()
}

/// Mean over rows of minus the log of the probability that each row's own class has.
#[must_use]
pub fn log_loss(found: &[Vec<f64>], classes: &[usize]) -> f64 {
    // One row given the probability 0 would make the mean infinite, whatever the others say.
    let losses = found.iter().zip(classes).map(|(shares, class)| -shares[*class].max(1e-15).ln());
    losses.sum::<f64>() / found.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_one_column_the_slope_is_that_of_logistic_regression() {
        let column = vec![-2.0, -1.0, 0.0, 0.5, 1.0, 2.0, -0.5, 1.5];
        let classes = [0, 0, 1, 0, 1, 1, 0, 1];
        let picked: Vec<usize> = (0..8).collect();
        let found = Stacker::fit(&vec![column.clone()], (&classes, 2), &picked, 1.0).unwrap();
        assert_eq!(found.constants.len(), 1);
        let right =
            picked.iter().filter(|row| (found.scores(&vec![column.clone()], **row)[0] > 0.0) == (classes[**row] == 1));
        assert!(right.count() == 6 && found.weights[0][0] > 0.5, "{found:?}");
    }

    #[test]
    fn a_single_class_and_a_constant_column_are_no_trouble() {
        let columns = vec![vec![1.0; 3], vec![1.0, 2.0, 3.0]];
        let found = Stacker::fit(&columns, (&[1, 1, 1], 3), &[0, 1, 2], 1.0).unwrap();
        let shares = probabilities(&found.scores(&columns, 0));
        assert!(shares[1] > 0.999 && shares[0] < 1e-6, "{shares:?}");
        let varied = Stacker::fit(&columns, (&[0, 1, 1], 2), &[0, 1, 2], 1.0).unwrap();
        assert!(varied.weights[0][0].abs() < 1e-12 && varied.weights[0][1] > 0.0, "{varied:?}");
    }

    #[test]
    fn probabilities_sum_to_one() {
        for scores in [&[0.0][..], &[800.0], &[-3.0, 1.0, 900.0], &[0.0; 30]] {
            let sum: f64 = probabilities(scores).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{scores:?}");
        }
    }
}
