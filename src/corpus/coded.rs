//! Tables of texts that people have coded, or that are to be scored: read whole, with every column as it stands.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus::nearest::nearest;
use crate::corpus::reader::{NamedValue, Records, Row};
use crate::corpus::stream::{Compression, Stream};
use crate::corpus::{CorpusError, inputs, separated};
use crate::model::{Document, Excluded, Origin, Span, is_missing_mark};

/// A table, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodedTable {
    /// As the user named it.
    pub file: String,
    /// Names of the columns, in the order of the file.
    pub columns: Vec<String>,
    /// Cells by row, then column; empty where a row has none.
    pub rows: Vec<Vec<String>>,
    /// Number of each row in the file, the header not counted, from 1.
    pub records: Vec<u64>,
    /// Records that cannot be read.
    pub unreadable: Vec<Excluded>,
    /// Bytes on the disk.
    pub size: u64,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    /// What the user should know of how it was read.
    pub notes: Vec<String>,
}

/// Columns that hold the target of a stance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetColumns {
    /// Its name.
    pub name: Option<usize>,
    /// Its first character in the text.
    pub start: Option<usize>,
    /// One past its last.
    pub end: Option<usize>,
}

/// Reads a table in any format that a corpus may have.
///
/// # Errors
/// When the file cannot be read, is of no known format, or has no usable header.
pub fn read_table(path: &Path) -> Result<CodedTable, CorpusError> {
    let file = path.display().to_string();
    if path.is_dir() {
        return Err(CorpusError::Io { path: file, source: std::io::ErrorKind::IsADirectory.into() });
    }
    let missing = |error| match error {
        CorpusError::NotFound { path } | CorpusError::NoFiles { path } => {
            CorpusError::Io { path, source: std::io::ErrorKind::NotFound.into() }
        }
        other => other,
    };
    let input = inputs::one(path).map_err(missing)?;
    let records = (input.reader.open)(Stream::open(&input.name, &input.path, input.compression, None)?)?;
    filled(file, records)
}

/// Reads a table with separators between its fields, whatever the name of its file ends in.
///
/// # Errors
/// When the file cannot be read, or has no usable header.
pub(super) fn read_separated(path: &Path) -> Result<CodedTable, CorpusError> {
    let file = path.display().to_string();
    let stream = Stream::open(&file, path, Compression::None, None)?;
    let records = (separated::TSV.open)(stream)?;
    filled(file, records)
}

fn filled(file: String, mut records: Box<dyn Records>) -> Result<CodedTable, CorpusError> {
    let mut table = CodedTable { file, ..CodedTable::default() };
    table.columns = records.columns().unwrap_or_default().iter().filter(|name| !name.is_empty()).cloned().collect();
    let mut places: BTreeMap<String, usize> =
        table.columns.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
    let mut record = 0;
    while let Some(row) = records.next_row()? {
        record += 1;
        match row {
            Row::Unreadable(reason, detail) => {
                let origin = Origin { file: table.file.clone(), record };
                table.unreadable.push(Excluded { origin, reason, detail });
            }
            Row::Cells(values) => {
                let mut cells = vec![String::new(); table.columns.len()];
                for NamedValue { name, value, .. } in values {
                    let place = *places.entry(name.to_string()).or_insert_with(|| {
                        table.columns.push(name.to_string());
                        table.columns.len() - 1
                    });
                    cells.resize(cells.len().max(place + 1), String::new());
                    cells[place] = value.into_owned();
                }
                table.rows.push(cells);
                table.records.push(record);
            }
        }
    }
    let width = table.columns.len();
    table.rows.iter_mut().for_each(|cells| cells.resize(width, String::new()));
    (table.size, table.sha256, table.notes) = records.stream().finish()?;
    Ok(table)
}

impl CodedTable {
    /// The place of a column.
    ///
    /// # Errors
    /// When there is none of that name; the message offers the nearest.
    pub fn column(&self, name: &str) -> Result<usize, CorpusError> {
        self.columns.iter().position(|column| column == name).ok_or_else(|| {
            let hint =
                nearest(name, &self.columns).map_or_else(String::new, |column| format!("did you mean \"{column}\"? "));
            let message = match self.columns.len() {
                0 => format!("no column \"{name}\": the file is empty"),
                _ => format!("no column \"{name}\"; {hint}its columns are {}", self.columns.join(", ")),
            };
            CorpusError::Column { path: self.file.clone(), message }
        })
    }

    /// The text of a row as a document with the other columns as its extra ones.
    #[must_use]
    pub fn document(&self, row: usize, text: usize) -> Document {
        let mut document = Document::new(format!("row {}", self.records[row]), "", &self.rows[row][text]);
        document.origin = Origin { file: self.file.clone(), record: self.records[row] };
        let others = (0..self.columns.len()).filter(|column| *column != text);
        document.extra = others.map(|column| (self.columns[column].clone(), self.rows[row][column].clone())).collect();
        document
    }

    /// Where the target of a row stands in its text: between the code points given, else where its name is written
    /// first; `None` where neither is to be found, and where something else than the name stands between the code points.
    #[must_use]
    pub fn target(&self, row: usize, text: usize, columns: TargetColumns) -> Option<Span> {
        let (cells, text) = (&self.rows[row], &self.rows[row][text]);
        let cell =
            |column: Option<usize>| cells.get(column?).map(|cell| cell.trim()).filter(|cell| !is_missing_mark(cell));
        let name = cell(columns.name);
        let (Some(start), Some(end)) = (cell(columns.start), cell(columns.end)) else {
            return name.and_then(|name| written(text, name));
        };
        let (start, end) = (byte_of(text, start)?, byte_of(text, end)?);
        let given = text.get(start..end)?.trim();
        (!given.is_empty() && name.is_none_or(|name| are_alike(name, given))).then(|| Span::new(start, end))
    }
}

/// Where a name is written first as words of their own, or at least as the beginning of one: "Lund" in "Lund's", and in
/// "Lunds" where there is nothing better.
fn written(text: &str, name: &str) -> Option<Span> {
    let places = text.match_indices(name).map(|(start, _)| start);
    let mut starts = places.filter(|start| !text[..*start].ends_with(char::is_alphanumeric));
    let ends = |start: &usize| !text[start + name.len()..].starts_with(char::is_alphanumeric);
    let start = starts.clone().find(ends).or_else(|| starts.next())?;
    Some(Span::new(start, start + name.len()))
}

/// Whether two are the same words, be they in capitals, or with a line break between them.
fn are_alike(a: &str, b: &str) -> bool {
    a.to_lowercase().split_whitespace().eq(b.to_lowercase().split_whitespace())
}

/// The byte at which the code point of that number begins; the end of the text is one past its last.
fn byte_of(text: &str, number: &str) -> Option<usize> {
    // Spreadsheets and data frames with gaps write whole numbers as "12.0".
    let number: usize = number.strip_suffix(".0").unwrap_or(number).parse().ok()?;
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_word_before_it_is_found_within_one() {
        for (text, start) in [("Heather met Heath.", 12), ("Heather's Heath's", 10), ("Heather, Heaths", 0)] {
            assert_eq!(written(text, "Heath"), Some(Span::new(start, start + 5)), "{text}");
        }
        assert_eq!(written("Wheath", "heath"), None);
    }

    #[test]
    fn a_target_is_where_the_table_says_or_nowhere() {
        let columns = TargetColumns { name: Some(1), start: Some(2), end: Some(3) };
        for (text, name, start, end, expected) in [
            ("Öl: Lund won.", "Lund", "4", "8", Some("Lund")),
            ("Öl: Lund won.", "Lund", "4.0", "8.0", Some("Lund")),
            ("Мэр Лунд ушёл.", "Лунд", "4", "8", Some("Лунд")),
            ("Lund", "Lund", "0", "4", Some("Lund")),
            ("Öl: Lund won.", "", "4", "8", Some("Lund")),
            ("Öl: Lund won.", "Lund", "", "", Some("Lund")),
            ("Öl: Lund won.", "Lund", "3", "7", None),
            ("Öl: Lund won.", "Lund", "4", "80", None),
            ("Öl: Lund won.", "", "8", "4", None),
            ("Öl: Lund won.", "", "3", "4", None),
            ("Öl: Lund won.", "", "-1", "4", None),
            ("Öl: Lund won.", "LUND", "4", "8", Some("Lund")),
            ("Öl: Ann\nLund won.", "Ann Lund", "4", "12", Some("Ann\nLund")),
            ("Lunds Reise", "Lund", "", "", Some("Lund")),
            ("The Asylund", "lund", "", "", None),
            ("Öl: Lund won.", "Berg", "", "", None),
            ("Öl: Lund won.", "", "", "", None),
        ] {
            let row = [text, name, start, end].map(str::to_owned).to_vec();
            let table = CodedTable { rows: vec![row], ..CodedTable::default() };
            let found = table.target(0, 0, columns).map(|span| span.of(text));
            assert_eq!(found, expected, "{name:?} at {start} to {end} of {text:?}");
        }
    }
}
