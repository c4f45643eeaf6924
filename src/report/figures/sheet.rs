//! The data of a figure as its CSV holds them: what is drawn is read from there, so that a figure and its data agree.

use std::path::Path;

use csv::{Reader, StringRecord};
use jiff::civil::Date;

use crate::model::unguarded;
use crate::report::figures::days::Days;
use crate::report::{Column, Kind, ReportError, Table};
use crate::stats::Interval;

/// The rows of one figure, every cell checked against the description of its column.
pub(super) struct FigureSheet {
    table: &'static Table,
    records: Vec<StringRecord>,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct SheetRow<'a> {
    table: &'static Table,
    record: &'a StringRecord,
}

impl FigureSheet {
    /// Reads `bytes`, the content of the file at `path`.
    pub(super) fn read(bytes: &[u8], path: &Path, table: &'static Table) -> Result<Self, ReportError> {
        let at = |line: u64, message: String| ReportError::Unreadable { path: path.to_path_buf(), line, message };
        let mut reader = Reader::from_reader(bytes);
        let header = reader.headers().map_err(|error| at(1, error.to_string()))?;
        // A table of another version may mean another thing by the same place, so it is refused and not guessed at.
        if !header.iter().eq(table.columns.iter().map(|column| column.name)) {
            return Err(at(1, "other columns than this version draws; run the study again".to_owned()));
        }
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| at(0, error.to_string()))?;
            if let Some((column, cell)) = table.columns.iter().zip(&record).find(|(column, cell)| !fits(column, cell)) {
                let line = record.position().map_or(0, csv::Position::line);
                return Err(at(line, format!("{} is \"{cell}\"; run the study again", column.name)));
            }
            records.push(record);
        }
        Ok(Self { table, records })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> + Clone {
        self.records.iter().map(|record| SheetRow { table: self.table, record })
    }

    /// What all rows say in a column that holds the same throughout.
    pub(super) fn common(&self, column: &str) -> &str {
        self.rows().next().map_or("", |row| row.text(column))
    }

    /// The different values of a column, in the order in which they come.
    pub(super) fn distinct(&self, column: &str) -> Vec<&str> {
        self.distinct_by(|row| row.text(column))
    }

    /// What `of` finds in the rows, each once, in the order in which it comes.
    pub(super) fn distinct_by<'a, T: PartialEq>(&'a self, of: impl Fn(SheetRow<'a>) -> T) -> Vec<T> {
        let mut seen = Vec::new();
        for value in self.rows().map(of) {
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
        seen
    }

    /// The sheet in so many parts: the different values of `columns` shared out evenly, in the order in which they come.
    pub(super) fn parts(&self, columns: &[&str], count: usize) -> Vec<Self> {
        let keys = self.distinct_by(|row| row.key(columns));
        let part = |keys: &[Vec<&str>]| {
            let records = self.rows().filter(|row| keys.contains(&row.key(columns))).map(|row| row.record.clone());
            Self { table: self.table, records: records.collect() }
        };
        // In chunks of the order they have, so that the pages of a figure read on from one another.
        keys.chunks(keys.len().div_ceil(count).max(1)).map(part).collect()
    }

    /// The first and the last day of the rows' periods.
    pub(super) fn span(&self) -> Days {
        let days: Vec<Days> = self.rows().filter_map(|row| row.days("start", "end")).collect();
        let first = days.iter().map(|days| days.first).min().unwrap_or_default();
        Days { first, last: days.iter().map(|days| days.last).max().unwrap_or(first).max(first) }
    }

    /// The file that holds it, in the output folder.
    pub(super) const fn file(&self) -> &'static str {
        self.table.file
    }
}

impl<'a> SheetRow<'a> {
    fn key(self, columns: &[&str]) -> Vec<&'a str> {
        columns.iter().map(|column| self.text(column)).collect()
    }

    pub(super) fn text(self, column: &str) -> &'a str {
        let place = self.table.columns.iter().position(|known| known.name == column);
        debug_assert!(place.is_some(), "{} has no column {column}", self.table.file);
        unguarded(place.and_then(|place| self.record.get(place)).unwrap_or_default())
    }

    pub(super) fn number(self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }

    pub(super) fn count(self, column: &str) -> u64 {
        self.text(column).parse().unwrap_or_default()
    }

    fn date(self, column: &str) -> Option<Date> {
        self.text(column).parse().ok()
    }

    /// The days between two columns.
    pub(super) fn days(self, first: &str, last: &str) -> Option<Days> {
        Some(Days { first: self.date(first)?, last: self.date(last)? })
    }

    /// The number that is shown: as hand codings correct it where they do, else as counted in `column`.
    pub(super) fn leading(self, column: &str) -> Option<f64> {
        self.corrected().or_else(|| self.number(column))
    }

    /// The interval of the number that is shown.
    pub(super) fn leading_interval(self) -> Option<Interval> {
        if self.corrected().is_some() { self.between("corrected_low", "corrected_high") } else { self.interval() }
    }

    /// As [`leading_interval`](Self::leading_interval), with an infinite end where only the other has a limit: a corrected ratio has
    /// none where the share below may be 0.
    pub(super) fn leading_limits(self) -> Option<Interval> {
        let is_corrected = self.corrected().is_some();
        let (low, high) = if is_corrected { ("corrected_low", "corrected_high") } else { ("conf_low", "conf_high") };
        let (low, high) = (self.number(low), self.number(high));
        let limits = Interval { low: low.unwrap_or(f64::NEG_INFINITY), high: high.unwrap_or(f64::INFINITY) };
        (low.or(high).is_some() && limits.low <= limits.high).then_some(limits)
    }

    /// The adjusted p-value of the number that is shown.
    pub(super) fn leading_q(self) -> Option<f64> {
        self.number(if self.corrected().is_some() { "corrected_q" } else { "q_value" })
    }

    /// The number as counted, where a corrected one is shown in its place.
    pub(super) fn before_correction(self, column: &str) -> Option<f64> {
        self.corrected().and_then(|_| self.number(column))
    }

    /// The number as hand codings correct it.
    pub(super) fn corrected(self) -> Option<f64> {
        self.number("corrected")
    }

    /// Whether its note says that too few documents carry what it counts for the interval to be sure.
    pub(super) fn is_weak(self) -> bool {
        self.text("note").contains("may be too narrow") || self.is_alone()
    }

    /// Whether its note says that it is of one document, which has no interval but the one that hand codings of others give it.
    pub(super) fn is_alone(self) -> bool {
        self.text("note").contains("no interval from one document")
    }

    pub(super) fn interval(self) -> Option<Interval> {
        self.between("conf_low", "conf_high")
    }

    fn between(self, low: &str, high: &str) -> Option<Interval> {
        let (low, high) = self.number(low).zip(self.number(high))?;
        (low <= high).then_some(Interval { low, high })
    }
}

/// Whether a cell holds what its column is for.
fn fits(column: &Column, cell: &str) -> bool {
    match column.kind {
        _ if cell.is_empty() => column.optional || column.kind == Kind::Text,
        Kind::Text => true,
        Kind::Choice(words) => words.contains(&cell),
        Kind::Count => cell.parse::<u64>().is_ok(),
        Kind::Share | Kind::PValue => lies_within(cell, 0.0, 1.0),
        Kind::Number => lies_within(cell, -1e9, 1e9),
        Kind::Integer => cell.parse::<i64>().is_ok(),
        Kind::Date => cell.parse::<Date>().is_ok(),
        Kind::Boolean => matches!(cell, "true" | "false"),
    }
}

fn lies_within(cell: &str, low: f64, high: f64) -> bool {
    cell.parse().is_ok_and(|value: f64| low <= value && value <= high)
}
