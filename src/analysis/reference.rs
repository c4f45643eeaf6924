//! The list of frequencies that `[keyness]` names, read.

use std::path::Path;

use crate::analysis::error::AnalysisError;
use crate::coding::listed_term;
use crate::corpus::{CodedTable, CorpusError, read_table};
use crate::model::ReferenceWords;
use crate::report::{Input, InputRole};
use crate::text::Language;

/// A list, and the file that it is from.
#[derive(Debug)]
pub(super) struct ReferenceList {
    pub(super) words: ReferenceWords,
    pub(super) input: Input,
}

impl ReferenceList {
    /// Reads the table at `path`, which results call `name`; `language` decides which words are grammar.
    ///
    /// # Errors
    /// When it cannot be read, lacks a column, has a count that is none, or no word of the kind that is compared.
    pub(super) fn read(path: &Path, name: &str, language: Option<&Language>) -> Result<Self, AnalysisError> {
        let table = read_table(path)?;
        let (terms, counts) = (column(&table, "term")?, column(&table, "count")?);
        let (mut words, mut left_out) = (ReferenceWords::new(name), 0);
        if let Some(row) = table.unreadable.first() {
            return Err(refusal(&table, format!("record {}: {}; mend the row", row.origin.record, row.detail)));
        }
        for (row, record) in table.rows.iter().zip(&table.records) {
            let count = occurrences(&row[counts]).ok_or_else(|| {
                refusal(
                    &table,
                    format!(
                        "record {record}: \"{}\" is no count of \"{}\"; write how often the term occurs, a whole number (not a \
                         share or a rate: the intervals rest on the counts)",
                        row[counts].trim(),
                        row[terms].trim()
                    ),
                )
            })?;
            match listed_term(&row[terms], language) {
                Some(term) => words.add(&term, count),
                None => left_out += 1,
            }
        }
        if words.is_empty() || words.total(false) + words.total(true) == 0 {
            return Err(refusal(&table, "no word with a count above 0; list words in `term`, one a row".to_owned()));
        }
        let of_all = format!("{left_out} of {} rows are no word, nor two in a row, and left out", table.rows.len());
        let notes = table.notes.iter().cloned().chain((left_out > 0).then_some(of_all)).collect();
        let CodedTable { size: bytes, sha256, .. } = table;
        let input = Input { role: InputRole::Reference, path: name.to_owned(), bytes, sha256, records: None, notes };
        Ok(Self { words, input })
    }
}

fn column(table: &CodedTable, name: &str) -> Result<usize, AnalysisError> {
    // `the,22038615` above all others is a word and its count, and no name of a column resembles it.
    if table.columns.iter().any(|column| occurrences(column).is_some()) {
        let first = table.columns.join(",");
        return Err(refusal(
            table,
            format!("no header: the first line is {first}; write the line term,count above it"),
        ));
    }
    table.column(name).map_err(|error| match error {
        CorpusError::Column { path, message } => CorpusError::Column {
            path,
            message: format!("{message}; a list of frequencies has the columns term and count"),
        }
        .into(),
        error => error.into(),
    })
}

/// A count as spreadsheets write them, too: `12.0`.
fn occurrences(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok()
}

fn refusal(table: &CodedTable, message: String) -> AnalysisError {
    CorpusError::Column { path: table.file.clone(), message }.into()
}
