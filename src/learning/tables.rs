//! From hand codings to questions, and from questions to a scorer.

use std::collections::{BTreeMap, BTreeSet};

use crate::learning::fit::Question;
use crate::learning::weights::Shape;
use crate::model::{Presence, presence};

/// Why hand codings cannot be learnt from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodingsError {
    /// Nothing is left.
    #[error("no coded row is left; give each row a text and a label")]
    Nothing,
    /// Only one class.
    #[error("every row has the label \"{0}\"; a scorer needs rows of at least two")]
    OneClass(String),
    /// Most values of the column are in one row alone, as ids and texts are.
    #[error("{classes} different labels in {rows} rows; is the column of labels another?")]
    TooMany {
        /// Different values.
        classes: usize,
        /// Rows that have one.
        rows: usize,
    },
    /// A cell of a label column is neither 0 nor 1.
    #[error("record {record}: \"{value}\" in the column \"{label}\"; with --multi-label a label is 0 or 1")]
    NotBinary {
        /// Number of the row in the file.
        record: u64,
        /// What stands there.
        value: String,
        /// The column.
        label: String,
    },
    /// A label column has the same value everywhere.
    #[error("every row has {value} in the column \"{label}\"; a scorer needs both 0 and 1 there, or leave it out")]
    Constant {
        /// The value.
        value: u8,
        /// The column.
        label: String,
    },
}

/// Rows from which on they have at most half as many classes: in a table of a few examples each may have its own.
const FEW_ROWS: usize = 20;

/// One question over all classes that stand in `labels`, in alphabetical order.
///
/// # Errors
/// When there are no rows, all of one class, or hardly two of any.
pub fn classes(labels: &[&str]) -> Result<(Shape, Vec<Question>), CodingsError> {
    // Sorted: the classes of a model must not hang on which row came first.
    let names: BTreeSet<&str> = labels.iter().map(|label| label.trim()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    match names[..] {
        [] => return Err(CodingsError::Nothing),
        [only] => return Err(CodingsError::OneClass(only.to_owned())),
        // Else a column of ids is learnt, a class for each row: 600 of them take over ten minutes.
        _ if labels.len() >= FEW_ROWS && names.len() * 2 > labels.len() => {
            return Err(CodingsError::TooMany { classes: names.len(), rows: labels.len() });
        }
        _ => {}
    }
    let place = |label: &&str| names.binary_search(&label.trim()).unwrap_or_default();
    let question = Question { classes: labels.iter().map(place).collect(), count: names.len() };
    Ok((Shape::Classes(names.iter().map(|name| (*name).to_owned()).collect()), vec![question]))
}

/// A question for each label, of which `cells` holds 0 or 1 by label, then row; `records` number the rows.
///
/// # Errors
/// When there are no rows, a cell is neither 0 nor 1, or a label has only one of them; the last not where a model is
/// measured.
pub fn labels(
    names: &[String],
    cells: &[Vec<&str>],
    records: &[u64],
    is_measured: bool,
) -> Result<(Shape, Vec<Question>), CodingsError> {
    if records.is_empty() {
        return Err(CodingsError::Nothing);
    }
    let mut questions = Vec::new();
    for (label, cells) in names.iter().zip(cells) {
        let class = |(cell, record): (&&str, &u64)| {
            is_present(cell).map(usize::from).ok_or_else(|| CodingsError::NotBinary {
                record: *record,
                value: cell.trim().to_owned(),
                label: label.clone(),
            })
        };
        let classes = cells.iter().zip(records).map(class).collect::<Result<Vec<usize>, _>>()?;
        let first = classes[0];
        // Codings that only measure a model may well lack a label; to learn it takes both sides.
        if !is_measured && classes.iter().all(|class| *class == first) {
            return Err(CodingsError::Constant { value: u8::from(first == 1), label: label.clone() });
        }
        questions.push(Question { classes, count: 2 });
    }
    Ok((Shape::Labels(names.to_vec()), questions))
}

fn is_present(cell: &str) -> Option<bool> {
    match presence(cell) {
        Presence::Present => Some(true),
        Presence::Absent => Some(false),
        // Never taken for absent: whoever leaves a cell empty has not decided.
        Presence::NotCoded | Presence::Unclear => None,
    }
}

/// Numbers for groups given by name, in the order in which they come; rows with an empty name are groups of their own.
#[must_use]
pub fn group_numbers(names: &[&str]) -> Vec<usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut numbers, mut next) = (Vec::with_capacity(names.len()), 0);
    for name in names.iter().map(|name| name.trim()) {
        let number = if name.is_empty() { next } else { *known.entry(name).or_insert(next) };
        next += usize::from(number == next);
        numbers.push(number);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_in_alphabetical_order() {
        let (shape, questions) = classes(&["neutral", " biased", "neutral", "a, b"]).unwrap();
        assert_eq!(shape.names(), ["a, b", "biased", "neutral"]);
        assert_eq!(questions, [Question { classes: vec![2, 1, 2, 0], count: 3 }]);
        assert_eq!(classes(&["x", "x"]), Err(CodingsError::OneClass("x".to_owned())));
        assert_eq!(classes(&[]), Err(CodingsError::Nothing));
        let ids: Vec<String> = (0..20).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(classes(&ids), Err(CodingsError::TooMany { classes: 20, rows: 20 }));
        assert!(classes(&ids[1..]).is_ok() && classes(&[&ids[..10], &ids[..10]].concat()).is_ok());
    }

    #[test]
    fn labels_are_present_or_not() {
        let names = ["moral".to_owned()];
        let (_, questions) = labels(&names, &[vec!["1", "0.0", "TRUE", "no"]], &[1, 2, 3, 4], false).unwrap();
        assert_eq!(questions[0].classes, [1, 0, 1, 0]);
        let error = labels(&names, &[vec!["1", "2"]], &[7, 9], false).unwrap_err();
        assert_eq!(error.to_string(), "record 9: \"2\" in the column \"moral\"; with --multi-label a label is 0 or 1");
        assert!(matches!(
            labels(&names, &[vec!["0", "0"]], &[1, 2], false),
            Err(CodingsError::Constant { value: 0, .. })
        ));
    }

    #[test]
    fn rows_without_a_group_stand_alone() {
        assert_eq!(group_numbers(&["a", "", "b", "a", " ", "b"]), [0, 1, 2, 0, 3, 2]);
    }
}
