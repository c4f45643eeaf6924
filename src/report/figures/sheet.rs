//! The data of a figure as its CSV holds them: what is drawn is read from there, so that a figure and its data agree.

use std::path::Path;

use csv::{Reader, StringRecord};
use jiff::civil::Date;

use crate::report::{Column, Kind, ReportError, Table};
use crate::stats::Interval;

/// The rows of one figure, every cell checked against the description of its column.
pub(super) struct Sheet {
    table: &'static Table,
    records: Vec<StringRecord>,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'static Table,
    record: &'a StringRecord,
}

impl Sheet {
    /// Reads `bytes`, the content of the file at `path`.
    pub(super) fn read(bytes: &[u8], path: &Path, table: &'static Table) -> Result<Self, ReportError> {
        let at = |line: u64, message: String| ReportError::Unreadable { path: path.to_path_buf(), line, message };
        let mut reader = Reader::from_reader(bytes);
        let header = reader.headers().map_err(|error| at(1, error.to_string()))?;
        if !header.iter().eq(table.columns.iter().map(|column| column.name)) {
            return Err(at(1, "other columns than this version draws; run the study again".to_owned()));
        }
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| at(0, error.to_string()))?;
            for (column, cell) in table.columns.iter().zip(&record) {
                if !fits(column, cell) {
                    let line = record.position().map_or(0, csv::Position::line);
                    return Err(at(line, format!("{} is \"{cell}\"; run the study again", column.name)));
                }
            }
            records.push(record);
        }
        Ok(Self { table, records })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|record| Row { table: self.table, record })
    }

    /// What all rows say in a column that holds the same throughout.
    pub(super) fn common(&self, column: &str) -> &str {
        self.records.first().map_or("", |record| Row { table: self.table, record }.text(column))
    }

    /// The different values of a column, in the order in which they come.
    pub(super) fn distinct(&self, column: &str) -> Vec<&str> {
        let mut seen = Vec::new();
        for row in self.records.iter().map(|record| Row { table: self.table, record }) {
            let value = row.text(column);
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
        seen
    }

    /// The sheet in so many parts: the different values of `columns` shared out evenly, in the order in which they come.
    pub(super) fn parts(&self, columns: &[&str], count: usize) -> Vec<Self> {
        let key =
            |record| columns.iter().map(|column| Row { table: self.table, record }.text(column)).collect::<Vec<_>>();
        let mut keys: Vec<Vec<&str>> = Vec::new();
        for key in self.records.iter().map(key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let parts = keys.chunks(keys.len().div_ceil(count).max(1));
        let part = |keys: &[Vec<&str>]| {
            let records = self.records.iter().filter(|record| keys.contains(&key(record))).cloned().collect();
            Self { table: self.table, records }
        };
        parts.map(part).collect()
    }

    /// The file that holds it, in the output folder.
    pub(super) const fn file(&self) -> &'static str {
        self.table.file
    }
}

impl<'a> Row<'a> {
    pub(super) fn text(self, column: &str) -> &'a str {
        let place = self.table.columns.iter().position(|known| known.name == column);
        debug_assert!(place.is_some(), "{} has no column {column}", self.table.file);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    pub(super) fn number(self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }

    pub(super) fn count(self, column: &str) -> u64 {
        self.text(column).parse().unwrap_or_default()
    }

    pub(super) fn date(self, column: &str) -> Option<Date> {
        self.text(column).parse().ok()
    }

    pub(super) fn interval(self) -> Option<Interval> {
        let (low, high) = self.number("conf_low").zip(self.number("conf_high"))?;
        (low <= high).then_some(Interval { low, high })
    }
}

/// Whether a cell holds what its column is for.
fn fits(column: &Column, cell: &str) -> bool {
    let number = |low: f64, high: f64| cell.parse().is_ok_and(|value: f64| low <= value && value <= high);
    match column.kind {
        _ if cell.is_empty() => column.optional || column.kind == Kind::Text,
        Kind::Text => true,
        Kind::Choice(words) => words.contains(&cell),
        Kind::Count => cell.parse::<u64>().is_ok(),
        Kind::Share | Kind::PValue => number(0.0, 1.0),
        Kind::Number => number(-1e9, 1e9),
        Kind::Date => cell.parse::<Date>().is_ok(),
        Kind::Boolean => matches!(cell, "true" | "false"),
    }
}
