//! Rows of a table as columns: each column its distinct words once, and a number per row. That is what the page unpacks
//! fastest and what packs smallest.

use rustc_hash::FxHashMap;
use serde::Serialize;

/// Some rows of one table on their way into the page.
#[derive(Debug)]
pub(super) struct Columns {
    all: Vec<Column>,
    rows: u32,
    bytes: usize,
}

/// What the page reads: `null` in the place of cells where each row has a word of its own, in order.
#[derive(Debug, Serialize)]
pub(super) struct PackedColumns<'c> {
    rows: u32,
    words: Vec<&'c [Box<str>]>,
    cells: Vec<Option<&'c [u32]>>,
}

#[derive(Debug, Default)]
struct Column {
    words: NumberedWords,
    cells: Vec<u32>,
}

/// Distinct words, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct NumberedWords {
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
}

impl Columns {
    /// No rows yet, of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { all: std::iter::repeat_with(Column::default).take(columns).collect(), rows: 0, bytes: 0 }
    }

    /// Adds a row, a cell for each column.
    pub(super) fn push<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        for (column, cell) in self.all.iter_mut().zip(cells) {
            let known = column.words.words.len();
            column.cells.push(column.words.number(cell));
            self.bytes += if column.words.words.len() > known { cell.len() } else { 0 };
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

    /// As the page reads them.
    pub(super) fn packed(&self) -> PackedColumns<'_> {
        let is_unique = |column: &Column| column.words.words.len() == column.cells.len();
        PackedColumns {
            rows: self.rows,
            words: self.all.iter().map(|column| &column.words.words[..]).collect(),
            cells: self.all.iter().map(|column| (!is_unique(column)).then_some(&column.cells[..])).collect(),
        }
    }
}

impl NumberedWords {
    /// The number of a word, which is learnt where it is new.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        number
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_word_stands_once_and_unique_columns_need_no_numbers() {
        let mut columns = Columns::new(2);
        for row in [["a", "x"], ["b", "x"], ["c", "y"]] {
            columns.push(row.into_iter());
        }
        let expected = json!({"rows": 3, "words": [["a", "b", "c"], ["x", "y"]], "cells": [null, [0, 0, 1]]});
        assert_eq!(json!(columns.packed()), expected);
        assert_eq!((columns.rows(), columns.bytes()), (3, 5));
    }
}
