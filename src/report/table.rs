//! Tables as data: one description of each CSV writes its header, its rows and its entry in `datapackage.json`.

use std::io::Write;
use std::path::PathBuf;

use csv::{ByteRecord, Writer};
use jiff::civil::Date;

use crate::model::{guarded, guarded_words};
use crate::report::number::{fixed, millionths, p_value};
use crate::report::{ReportError, StagedFile, Staging};
use crate::stats::Interval;

/// A CSV file that Parallax writes.
#[derive(Debug)]
pub struct Table {
    /// Name in the output folder.
    pub file: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// Columns that together tell rows apart; empty where they may be.
    pub key: &'static [&'static str],
    /// In the order of the file.
    pub columns: &'static [Column],
}

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// As in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether a cell may be empty, which means undefined or not known.
    pub optional: bool,
    /// What it means, with its unit.
    pub meaning: &'static str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number, 0 or more.
    Count,
    /// A number between 0 and 1, six decimals.
    Share,
    /// A probability between 0 and 1; six decimals, or scientific notation where it is tiny, `1.00e-300` at least.
    PValue,
    /// Any number, six decimals.
    Number,
    /// A whole number, which may be below 0.
    Integer,
    /// A day, `2022-02-03`.
    Date,
    /// `true` or `false`.
    Boolean,
}

impl Kind {
    /// What a reader is told that cells hold; `code` marks a word that stands so in the file.
    pub fn words(self, code: impl Fn(&str) -> String) -> String {
        let all = |words: &[&str]| words.iter().map(|word| code(word)).collect::<Vec<_>>().join(" ");
        match self {
            Self::Text => "text".to_owned(),
            Self::Choice(words) => all(words),
            Self::Count => "count".to_owned(),
            Self::Share => "share, 0 to 1".to_owned(),
            Self::PValue => format!("probability, at least {}", code("1.00e-300")),
            Self::Number => "number".to_owned(),
            Self::Integer => "whole number".to_owned(),
            Self::Date => "day".to_owned(),
            Self::Boolean => all(&["true", "false"]),
        }
    }
}

impl Table {
    /// The file of this table, begun with its header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn create(&self, staging: &Staging) -> Result<StagedFile, ReportError> {
        let mut file = staging.create(self.file)?;
        file.write_all(self.header().as_bytes()).map_err(|error| ReportError::at(file.destination(), error))?;
        Ok(file)
    }

    /// Its file without the extension: what data packages and pages know it by.
    pub(super) fn name(&self) -> &'static str {
        self.file.trim_end_matches(".csv")
    }

    /// The file of the same rows as Parquet.
    pub(super) fn parquet_file(&self) -> String {
        format!("{}.parquet", self.name())
    }

    /// Its first line.
    pub(super) fn header(&self) -> String {
        format!("{}\n", self.names().join(","))
    }

    /// The names of its columns.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }
}

/// Rows of one table on their way to a file or into memory.
#[derive(Debug)]
pub struct Rows<W: Write> {
    table: &'static Table,
    path: PathBuf,
    out: Writer<W>,
    record: ByteRecord,
}

impl Rows<Vec<u8>> {
    /// Rows without a header, encoded in memory: what a worker hands to [`SortedRows`](crate::report::SortedRows).
    #[must_use]
    pub fn encoded(table: &'static Table) -> Self {
        Self { table, path: table.file.into(), out: Writer::from_writer(Vec::new()), record: ByteRecord::new() }
    }

    /// The rows as they stand in the file.
    ///
    /// # Errors
    /// None but a bug can cause in memory.
    pub fn into_bytes(self) -> Result<Vec<u8>, ReportError> {
        self.out.into_inner().map_err(|error| ReportError::at(&self.path, error.into_error()))
    }

    /// The whole file: the header of the table, then the rows.
    ///
    /// # Errors
    /// None but a bug can cause in memory.
    pub(super) fn into_table(self) -> Result<Vec<u8>, ReportError> {
        let header = self.table.header().into_bytes();
        Ok([header, self.into_bytes()?].concat())
    }
}

impl Rows<StagedFile> {
    /// The file of `table`, begun with its header.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(staging: &Staging, table: &'static Table) -> Result<Self, ReportError> {
        let file = table.create(staging)?;
        let path = file.destination().to_path_buf();
        Ok(Self { table, path, out: Writer::from_writer(file), record: ByteRecord::new() })
    }

    /// Ends the file and has `staging` put it into place at the commit.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn finish(self, staging: &mut Staging) -> Result<(), ReportError> {
        let file = self.out.into_inner().map_err(|error| ReportError::at(&self.path, error.into_error()))?;
        staging.keep(file)
    }
}

impl<W: Write> Rows<W> {
    /// Adds a name, id or word of ours, as [`guarded`] writes it; empty text is an empty cell.
    pub fn text(&mut self, cell: &str) -> &mut Self {
        self.record.push_field(guarded(cell).as_bytes());
        self
    }

    /// Adds words of an article, as [`guarded_words`] writes them.
    pub fn words(&mut self, cell: &str) -> &mut Self {
        self.record.push_field(guarded_words(cell).as_bytes());
        self
    }

    /// Adds a whole number.
    pub fn count(&mut self, cell: u64) -> &mut Self {
        self.text(&cell.to_string())
    }

    /// Adds a whole number; empty when it is missing.
    pub fn optional_count(&mut self, cell: Option<u64>) -> &mut Self {
        self.text(&cell.map_or_else(String::new, |count| count.to_string()))
    }

    /// Adds a whole number that may be below 0; empty when it is missing.
    pub fn integer(&mut self, cell: Option<i32>) -> &mut Self {
        self.text(&cell.map_or_else(String::new, |number| number.to_string()))
    }

    /// Adds a number with six decimals; empty when it is missing or not finite.
    pub fn number(&mut self, cell: Option<f64>) -> &mut Self {
        self.text(&fixed(cell))
    }

    /// Adds the two ends of an interval; two empty cells when it is missing.
    pub fn interval(&mut self, cells: Option<Interval>) -> &mut Self {
        self.number(cells.map(|interval| interval.low)).number(cells.map(|interval| interval.high))
    }

    /// Adds a p- or q-value; empty when it is missing or not finite.
    pub fn p_value(&mut self, cell: Option<f64>) -> &mut Self {
        self.text(&p_value(cell))
    }

    /// Adds a share given in millionths.
    pub fn millionths(&mut self, cell: u32) -> &mut Self {
        self.text(&millionths(cell))
    }

    /// Adds a day; empty when it is not known.
    pub fn date(&mut self, cell: Option<Date>) -> &mut Self {
        self.text(&cell.map_or_else(String::new, |date| date.to_string()))
    }

    /// Adds `true` or `false`.
    pub fn boolean(&mut self, cell: bool) -> &mut Self {
        self.text(if cell { "true" } else { "false" })
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(&mut self) -> Result<(), ReportError> {
        debug_assert_eq!(self.record.len(), self.table.columns.len(), "cells in a row of {}", self.table.file);
        let written = self.out.write_byte_record(&self.record);
        self.record.clear();
        written.map_err(|source| ReportError::row(&self.path, self.table.file, source))
    }
}
