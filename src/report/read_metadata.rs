//! Reads `metadata.csv` back: the columns of the corpus that a comparison of documents counted before asks for.

use std::fs::File;
use std::path::Path;

use csv::{Reader, StringRecord};

use crate::compare::{Counts, Plan};
use crate::model::{CompareSettings, unguarded};
use crate::report::ReportError;
use crate::report::tables::{METADATA, bare_metadata_column, metadata_column};

/// Gives the documents in `counts` what an earlier run left in the folder `output` of the columns that `plan` asks for.
///
/// # Errors
/// When the table is missing, cannot be read, is of other documents, or has no such column.
pub fn read_metadata(output: &Path, plan: &Plan, counts: &mut Counts) -> Result<(), ReportError> {
    if plan.columns().is_empty() {
        return Ok(());
    }
    let path = output.join(METADATA.file);
    let file = File::open(&path).map_err(|error| ReportError::at(&path, error))?;
    let mut reader = Reader::from_reader(file);
    let at = |line: u64, message: String| ReportError::Unreadable { path: path.clone(), line, message };
    let header = reader.headers().map_err(|error| at(1, error.to_string()))?.clone();
    let places = places(&header, plan).map_err(|message| at(1, message))?;
    for record in reader.records() {
        let record = record.map_err(|error| at(0, error.to_string()))?;
        let document = cell(&record, 0);
        if !counts.set_columns(document, places.iter().map(|place| place.map(|place| cell(&record, place)))) {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(at(line, format!("no document \"{document}\" in documents.csv; run the study again")));
        }
    }
    Ok(())
}

/// The columns of the corpus that an earlier run left in the folder `output`, by their names in the corpus; none where there is no
/// such table.
#[must_use]
pub fn metadata_columns(output: &Path) -> Vec<String> {
    // To open a pipe of that name would wait for ever.
    let table = Some(output.join(METADATA.file)).filter(|path| path.is_file());
    let header =
        table.and_then(|path| Reader::from_path(path).ok()).and_then(|mut table| table.headers().cloned().ok());
    let names = header.iter().flatten().map(unguarded).collect::<Vec<_>>();
    // A column whose name another table takes has a sign before it, and is told by either name.
    names.iter().map(|name| (*name).to_owned()).chain(names.iter().filter_map(|it| bare_metadata_column(it))).collect()
}

fn cell(record: &StringRecord, place: usize) -> &str {
    unguarded(record.get(place).unwrap_or_default())
}

/// Where each column stands; `None` for stories, which may be found instead.
fn places(header: &StringRecord, plan: &Plan) -> Result<Vec<Option<usize>>, String> {
    let place = |name: &String| {
        let is_fixed = METADATA.columns.iter().any(|column| column.name == name);
        let known = if is_fixed { name.into() } else { metadata_column(name) };
        match header.iter().position(|column| unguarded(column) == known) {
            None if name != CompareSettings::STORY => {
                Err(format!("no column \"{known}\", which [compare] asks for; run the study again"))
            }
            found => Ok(found),
        }
    };
    plan.columns().iter().map(place).collect()
}
