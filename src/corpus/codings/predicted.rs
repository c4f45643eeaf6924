//! Tables that `predict` writes, read as labels from outside: one column lists what a text carries, and each frame has a column
//! of its probability. Whatever else stands in the table, codings that the model has learnt from among it, is no label.

use crate::corpus::CodedTable;
use crate::corpus::codings::CodingScope;
use crate::corpus::codings::columns::place;
use crate::corpus::codings::entry::{Marked, is_same_name};
use crate::model::unguarded;

/// Where such a table has its labels.
pub(super) struct PredictedColumns {
    carried: usize,
    frames: Vec<PredictedFrame>,
}

/// A frame that the model knows, by its id or by what people call it.
struct PredictedFrame {
    id: String,
    label: String,
    probability: usize,
}

impl PredictedColumns {
    /// `None` of a table of another origin, of hand codings, and where the model knows none of the frames.
    pub(super) fn of(table: &CodedTable, scope: CodingScope<'_>) -> Option<Self> {
        let carried = place(table, "predicted").filter(|_| scope.is_external)?;
        let ids = scope.frames?.iter().enumerate();
        let frames: Vec<PredictedFrame> =
            ids.filter_map(|(number, id)| PredictedFrame::of(table, id, scope.titles.get(number))).collect();
        (!frames.is_empty()).then_some(Self { carried, frames })
    }

    /// What is said of every frame; nothing of a row that was not scored, which has no probability.
    pub(super) fn marked(&self, row: &[String]) -> Vec<Marked> {
        let carried: Vec<&str> = unguarded(row[self.carried].trim()).split(';').map(str::trim).collect();
        self.frames.iter().filter_map(|frame| frame.marked(row, &carried)).collect()
    }
}

impl PredictedFrame {
    fn of(table: &CodedTable, id: &str, title: Option<&String>) -> Option<Self> {
        let names = std::iter::once(id).chain(title.map(|title| &title[..]));
        let mut known = names.filter_map(|name| Some((name, place(table, &format!("probability_{name}"))?)));
        let (label, probability) = known.next()?;
        Some(Self { id: id.to_owned(), label: label.to_owned(), probability })
    }

    fn marked(&self, row: &[String], carried: &[&str]) -> Option<Marked> {
        let probability = row[self.probability].trim().to_owned();
        let is_carried = carried.iter().any(|label| is_same_name(label, &self.label));
        let value = if is_carried { "1" } else { "0" }.to_owned();
        (!probability.is_empty()).then(|| Marked { frame: self.id.clone(), value, probability, ..Marked::default() })
    }
}
