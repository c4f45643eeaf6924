//! Reads a table of any kind whole: codings by people, texts to be scored. Same formats and encodings as a corpus.

use std::fs;
use std::path::Path;

use crate::corpus::CorpusError;
use crate::corpus::inputs::format;
use crate::corpus::reader::Row;
use crate::corpus::stream::Stream;
use crate::model::{Excluded, Origin};

/// A table in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The file as the user named it.
    pub name: String,
    /// Names of the columns; where a file has no header, in the order they first came.
    pub columns: Vec<String>,
    /// Every record that could be read.
    pub rows: Vec<TableRow>,
    /// Those that could not.
    pub excluded: Vec<Excluded>,
    /// Bytes on the disk.
    pub size: u64,
    /// SHA-256 of these bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What the user should know of how it was read.
    pub notes: Vec<String>,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Its number in the file, counted from 1 without the header.
    pub record: u64,
    /// A value for each column; empty where the record has none.
    pub values: Vec<String>,
}

impl Table {
    /// Where a column stands.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// The whole table in the file at `path`.
///
/// # Errors
/// Trouble with the file as a whole, as for a corpus; records that cannot be read are among the excluded ones.
pub fn read_table(path: &Path) -> Result<Table, CorpusError> {
    let name = path.display().to_string();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(CorpusError::NoFile { path: name }),
        Err(source) => return Err(CorpusError::Io { path: name, source }),
    }
    let Some((reader, compression)) = format(&name) else { return Err(CorpusError::UnknownFormat { path: name }) };
    let mut records = (reader.open)(Stream::open(&name, path, compression)?)?;
    let mut table = Table { columns: records.columns().unwrap_or_default().to_vec(), name, ..Table::default() };
    let mut record = 0;
    while let Some(row) = records.next_row()? {
        record += 1;
        match row {
            Row::Values(values) => {
                let mut row = vec![String::new(); table.columns.len()];
                for (name, value) in values {
                    let place = table.column(&name).unwrap_or_else(|| {
                        table.columns.push(name.into_owned());
                        table.columns.len() - 1
                    });
                    row.resize(row.len().max(place + 1), String::new());
                    row[place] = value.into_owned();
                }
                table.rows.push(TableRow { record, values: row });
            }
            Row::Unreadable(reason, detail) => {
                table.excluded.push(Excluded { origin: Origin { file: table.name.clone(), record }, reason, detail });
            }
        }
    }
    for row in &mut table.rows {
        row.values.resize(table.columns.len(), String::new());
    }
    (table.size, table.sha256, table.notes) = records.stream().finish()?;
    Ok(table)
}
