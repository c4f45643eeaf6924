//! A linear support vector classifier with squared hinge loss, by dual coordinate descent: Hsieh, Chang, Lin, Keerthi
//! and Sundararajan (2008), "A dual coordinate descent method for large-scale linear SVM", algorithm 1.

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;

use crate::stats::learning::{Direction, LearningError, RowsView};
use crate::stats::random::Seed;

/// Passes over the rows after which it stops in any case.
const MOST_PASSES: usize = 60;

/// It stops when no optimality condition is violated by more, as a share of the penalty-free gradient's scale; what
/// LIBLINEAR stops at.
const TOLERANCE: f64 = 0.1;

/// The classifier before it is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearSvc {
    /// What a violated margin costs, against the length of the direction.
    pub cost: f64,
    /// Whether the rarer side's cost is raised so that both sides weigh the same.
    pub balanced: bool,
}

impl<'a> Fit<RowsView<'a>, Vec<bool>, LearningError> for LinearSvc {
    type Object = Direction;

    /// Learns which side a row is on. The constant counts as one more feature of value 1.
    fn fit(&self, dataset: &DatasetBase<RowsView<'a>, Vec<bool>>) -> Result<Direction, LearningError> {
        let (rows, sides) = (&dataset.records, &dataset.targets);
        let mut descent = Descent::new(self, rows, sides);
        let mut order: Vec<u32> = (0..rows.picked.len() as u32).collect();
        // A seed of its own: at this tolerance the order of the rows shows in the last digits, and a fit is to depend
        // on nothing but its rows.
        let mut stream = Seed::new(0).stream("dual coordinate descent");
        for _ in 0..MOST_PASSES {
            // A new order in each pass, as the paper advises: it needs fewer passes.
            for last in (1..order.len()).rev() {
                order.swap(last, stream.below(last + 1));
            }
            let worst = order.iter().map(|place| descent.step(*place as usize)).fold(0.0, f64::max);
            if worst < TOLERANCE {
                break;
            }
        }
        Ok(descent.direction)
    }
}

struct Descent<'a> {
    rows: RowsView<'a>,
    /// +1 or -1 by row.
    signs: Vec<f64>,
    /// Dual variables.
    alphas: Vec<f64>,
    /// `x.x + 1 + 1 / (2 cost)` by row.
    curvatures: Vec<f64>,
    /// `1 / (2 cost)` by side: against, for.
    ridges: [f64; 2],
    direction: Direction,
}

impl<'a> Descent<'a> {
    fn new(settings: &LinearSvc, rows: &RowsView<'a>, sides: &[bool]) -> Self {
        let count = sides.len() as f64;
        let positives = sides.iter().filter(|side| **side).count() as f64;
        // The weight that scikit-learn calls "balanced"; a side without rows has none to raise.
        let weight = |share: f64| if settings.balanced && share > 0.0 { count / (2.0 * share) } else { 1.0 };
        let ridges = [count - positives, positives].map(|share| 0.5 / (settings.cost * weight(share)));
        let squares = (0..sides.len()).map(|place| squared_length(rows.row(place).1));
        let curvatures = squares.zip(sides).map(|(square, side)| square + 1.0 + ridges[usize::from(*side)]);
        Self {
            rows: *rows,
            signs: sides.iter().map(|side| if *side { 1.0 } else { -1.0 }).collect(),
            alphas: vec![0.0; sides.len()],
            curvatures: curvatures.collect(),
            ridges,
            direction: Direction { weights: vec![0.0; rows.rows.width()], constant: 0.0 },
        }
    }

    /// Makes the dual variable of one row the best it can be, the others as they are; gives by how much its optimality
    /// condition was violated.
    fn step(&mut self, place: usize) -> f64 {
        let (sign, alpha) = (self.signs[place], self.alphas[place]);
        let ridge = self.ridges[usize::from(sign > 0.0)];
        let gradient = sign * self.direction.margin(self.rows.row(place)) - 1.0 + ridge * alpha;
        // Under the squared hinge loss dual variables have no upper bound: 0 is the only wall, where a gradient that
        // points beyond it violates nothing.
        let violation = if alpha > 0.0 { gradient.abs() } else { (-gradient).max(0.0) };
        if violation > 1e-12 {
            let updated = (alpha - gradient / self.curvatures[place]).max(0.0);
            self.alphas[place] = updated;
            self.direction.add(self.rows.row(place), (updated - alpha) * sign);
        }
        violation
    }
}

fn squared_length(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::learning::SparseRows;

    /// Against scikit-learn's `LinearSVC(C=1, tol=1e-8)` on the same rows: weights .3478, -.4783, .3913, intercept -.0870.
    #[test]
    fn the_direction_separates_and_weighs_like_a_support_vector_machine() {
        let mut rows = SparseRows::new(2);
        for (a, b) in [(1.0, 0.0), (2.0, 1.0), (0.0, 1.0), (1.0, 3.0)] {
            rows.push(0, a);
            rows.push(1, b);
            rows.end_row();
        }
        let picked = [0, 1, 2, 3];
        let data = DatasetBase::new(RowsView { rows: &rows, picked: &picked }, vec![true, true, false, false]);
        let found = LinearSvc { cost: 1.0, balanced: false }.fit(&data).unwrap();
        let margins: Vec<f64> = (0..4).map(|row| found.margin(rows.row(row))).collect();
        assert!(margins[0] > 0.0 && margins[1] > 0.0 && margins[2] < 0.0 && margins[3] < 0.0, "{margins:?}");
    }
}
