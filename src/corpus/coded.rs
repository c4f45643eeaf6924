//! Tables of texts that people have coded, or that are to be scored: read whole, with every column as it stands.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus::reader::Row;
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, inputs};
use crate::model::{CorpusSettings, Document, Excluded, Origin, Span};

/// Names most like another that messages offer.
const ALIKE: f64 = 0.7;

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
    let settings = CorpusSettings { path: file.clone(), ..CorpusSettings::default() };
    let missing = |error| match error {
        CorpusError::NotFound { path } | CorpusError::NoFiles { path } => {
            CorpusError::Io { path, source: std::io::ErrorKind::NotFound.into() }
        }
        other => other,
    };
    let found = inputs::find(Path::new(""), &[settings]).map_err(missing)?;
    let input = found.first().ok_or_else(|| CorpusError::NoFiles { path: file.clone() })?;
    let mut records = (input.reader.open)(Stream::open(&input.name, &input.path, input.compression)?)?;
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
            Row::Values(values) => {
                let mut cells = vec![String::new(); table.columns.len()];
                for (name, value) in values {
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
            let likeness = |column: &str| strsim::jaro_winkler(&name.to_lowercase(), &column.to_lowercase());
            let best = self.columns.iter().map(|column| (likeness(column), column)).filter(|(like, _)| *like >= ALIKE);
            let nearest = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
            let hint = nearest.map_or_else(String::new, |(_, column)| format!("did you mean \"{column}\"? "));
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
    /// first; `None` where neither is to be found.
    #[must_use]
    pub fn target(&self, row: usize, text: usize, columns: TargetColumns) -> Option<Span> {
        let cells = &self.rows[row];
        let number = |column: Option<usize>| cells[column?].trim().parse::<f64>().ok().filter(|it| it.fract() == 0.0);
        let text = &cells[text];
        let byte = |at: f64| {
            let starts = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            starts.enumerate().find(|(place, _)| {
                #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^53 characters")]
                let place = *place as f64;
                (place - at).abs() < 0.5
            })
        };
        let given = number(columns.start).zip(number(columns.end)).filter(|(start, end)| start < end);
        let given = given.and_then(|(start, end)| Some(Span::new(byte(start)?.1, byte(end)?.1)));
        given.or_else(|| {
            let name = cells[columns.name?].trim();
            let start = text.find(name).filter(|_| !name.is_empty())?;
            Some(Span::new(start, start + name.len()))
        })
    }
}

/// Whether a cell says that nothing is known.
#[must_use]
pub fn is_missing(cell: &str) -> bool {
    matches!(cell.trim(), "" | "NA" | "N/A" | "NaN" | "nan" | "null" | "NULL" | "#N/A")
}
