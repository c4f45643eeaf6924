//! Confusion matrices: how often people said the one and a scorer the other.

use crate::model::{Prediction, Truth};

/// A cell of the confusion matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confused {
    /// The label asked for, where rows carry several; empty where they carry one class each.
    pub label: String,
    /// What people said.
    pub coded: String,
    /// What the scorer said.
    pub predicted: String,
    /// Rows.
    pub rows: u64,
}

/// The confusion matrix: of classes one matrix; of labels one of presence and absence for each.
#[must_use]
pub fn confusion(truth: &Truth, judged: &[Prediction]) -> Vec<Confused> {
    let count = |is: &dyn Fn(usize) -> bool| (0..judged.len()).filter(|row| is(*row)).count() as u64;
    let mut cells = Vec::new();
    for (label, name) in truth.labels.iter().enumerate() {
        if truth.is_exclusive {
            for (found, other) in truth.labels.iter().enumerate() {
                let rows = count(&|row| truth.carried[row][label] && judged[row].carried[found]);
                cells.push(Confused { label: String::new(), coded: name.clone(), predicted: other.clone(), rows });
            }
        } else {
            for (coded, predicted) in [(false, false), (false, true), (true, false), (true, true)] {
                let rows = count(&|row| truth.carried[row][label] == coded && judged[row].carried[label] == predicted);
                let [coded, predicted] = [coded, predicted].map(|it| u8::from(it).to_string());
                cells.push(Confused { label: name.clone(), coded, predicted, rows });
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::quality::example::{judged, truth};

    #[test]
    fn confusion_counts_every_row_once() {
        let truth = truth(&[true, true, false], &[0, 1, 2]);
        let cells = confusion(&truth, &judged(&[0.9, 0.1, 0.2]));
        let rows: Vec<u64> = cells.iter().map(|cell| cell.rows).collect();
        assert_eq!(rows, [1, 0, 1, 1]);
    }
}
