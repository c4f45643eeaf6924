//! Rows of a table as columns: each column its distinct words once, and a number per row. That is what the page unpacks
//! fastest and what packs smallest.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Some rows of one table on their way into the page.
#[derive(Debug)]
pub(super) struct Columns {
    all: Vec<Column>,
    rows: u32,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Column {
    numbers: BTreeMap<Box<str>, u32>,
    words: Vec<Box<str>>,
    cells: Vec<u32>,
}

impl Columns {
    /// No rows yet, of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { all: std::iter::repeat_with(Column::default).take(columns).collect(), rows: 0, bytes: 0 }
    }

    /// Adds a row, a cell for each column.
    pub(super) fn push<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        for (column, cell) in self.all.iter_mut().zip(cells) {
            self.bytes += column.push(cell);
        }
        self.rows += 1;
    }

    /// Number of rows.
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    /// Bytes of all distinct words, about what is held in memory.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// `{"rows": n, "words": [[...], ...], "cells": [[...] | null, ...]}`; `null` where each row has a word of its own, in
    /// order.
    pub(super) fn to_json(&self) -> Value {
        let cells = |column: &Column| {
            if column.words.len() == column.cells.len() { Value::Null } else { json!(column.cells) }
        };
        json!({
            "rows": self.rows,
            "words": self.all.iter().map(|column| json!(column.words)).collect::<Vec<_>>(),
            "cells": self.all.iter().map(cells).collect::<Vec<_>>(),
        })
    }
}

impl Column {
    /// Adds a cell; gives the bytes of the word where it is new.
    fn push(&mut self, cell: &str) -> usize {
        if let Some(number) = self.numbers.get(cell) {
            self.cells.push(*number);
            return 0;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(cell.into(), number);
        self.words.push(cell.into());
        self.cells.push(number);
        cell.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_once_and_unique_columns_need_no_numbers() {
        let mut columns = Columns::new(2);
        for row in [["a", "x"], ["b", "x"], ["c", "y"]] {
            columns.push(row.into_iter());
        }
        let expected = json!({"rows": 3, "words": [["a", "b", "c"], ["x", "y"]], "cells": [null, [0, 0, 1]]});
        assert_eq!(columns.to_json(), expected);
        assert_eq!((columns.rows(), columns.bytes()), (3, 5));
    }
}
