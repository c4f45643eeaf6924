//! Reads `codings.csv` back, as far as a comparison of who is given which frame goes by it.

use std::fs::File;
use std::path::Path;

use csv::{Reader, StringRecord};

use crate::compare::{Counts, GivenHits, Plan};
use crate::model::unguarded;
use crate::report::ReportError;
use crate::report::tables::CODINGS;

/// Gives the documents in `counts` the hits in the voice of groups of sources that an earlier run left in the folder `output`.
///
/// # Errors
/// When the table is missing, cannot be read, or is of other documents.
pub fn read_codings(output: &Path, plan: &Plan, counts: &mut Counts) -> Result<(), ReportError> {
    if plan.source_groups().is_empty() {
        return Ok(());
    }
    let path = output.join(CODINGS.file);
    let file = File::open(&path).map_err(|error| ReportError::at(&path, error))?;
    let mut reader = Reader::from_reader(file);
    let at = |line: u64, message: String| ReportError::Unreadable { path: path.clone(), line, message };
    let header = reader.headers().map_err(|error| at(1, error.to_string()))?;
    if !header.iter().eq(CODINGS.columns.iter().map(|column| column.name)) {
        return Err(at(1, "the columns are not those of this version; run the study again".to_owned()));
    }
    let (mut document, mut hits) = (String::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| at(0, error.to_string()))?;
        if cell(&record, "document") != document {
            finish(&document, &hits, counts).map_err(|message| at(0, message))?;
            cell(&record, "document").clone_into(&mut document);
            hits.clear();
        }
        hits.extend(given(&record, plan));
    }
    finish(&document, &hits, counts).map_err(|message| at(0, message))
}

/// Frame and group of sources of a row that is a hit in the voice of one.
fn given(record: &StringRecord, plan: &Plan) -> Option<(usize, String)> {
    let group =
        Some(cell(record, "source_group")).filter(|group| !group.is_empty() && cell(record, "hit") == "true")?;
    let frame = plan.frames().iter().position(|frame| frame == cell(record, "frame"))?;
    Some((frame, group.to_owned()))
}

/// Hands over the rows of one document.
fn finish(document: &str, hits: &[(usize, String)], counts: &mut Counts) -> Result<(), String> {
    let given = GivenHits::of(hits.iter().map(|(frame, group)| (*frame, group.as_str())));
    if given.is_empty() || counts.set_given(document, given) {
        return Ok(());
    }
    Err(format!("document \"{document}\" is not in documents.csv; run the study again"))
}

/// The cell of a column of this very table.
fn cell<'r>(record: &'r StringRecord, name: &str) -> &'r str {
    let place = CODINGS.columns.iter().position(|column| column.name == name);
    unguarded(place.and_then(|place| record.get(place)).unwrap_or_default())
}
