//! Reads `keyness.csv` back, for what shows it: a run forgets its terms once they are written, and `compare` has not counted any.

use csv::{ReaderBuilder, StringRecord};

use crate::model::unguarded;
use crate::report::tables::KEYNESS;
use crate::report::{ReportError, Staging};
use crate::stats::Interval;

/// A row of `keyness.csv` about all of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownTerm {
    /// "groups" or "subsets".
    pub comparison: String,
    /// The group, or the name of the subset.
    pub group: String,
    /// What it is held against.
    pub against: String,
    /// Its words.
    pub term: String,
    /// Natural logarithm of the odds of the term in the group over those in what it is held against.
    pub log_odds: f64,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// Adjusted p-value.
    pub q_value: Option<f64>,
    /// Distinct documents that have the term, in the group and in what it is held against; a list has none.
    pub documents: (u64, Option<u64>),
}

/// The rows about all of the text, from where `staging` has the table or an earlier run left it.
///
/// # Errors
/// When it cannot be read, or is of another version.
pub fn read_key_terms(staging: &Staging) -> Result<Vec<ShownTerm>, ReportError> {
    let (file, _) = staging.read_back(KEYNESS.file)?;
    let mut reader = ReaderBuilder::new().from_reader(file);
    let at = |line: u64, message: String| ReportError::Unreadable { path: KEYNESS.file.into(), line, message };
    let header = reader.headers().map_err(|error| at(1, error.to_string()))?;
    if !header.iter().eq(KEYNESS.columns.iter().map(|column| column.name)) {
        return Err(at(1, "other columns than this version writes; run the study again".to_owned()));
    }
    let mut terms = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| at(0, error.to_string()))?;
        if cell(&record, "frame").is_empty() {
            let line = record.position().map_or(0, csv::Position::line);
            terms.push(
                shown(&record).ok_or_else(|| at(line, "a cell that is no number; run the study again".to_owned()))?,
            );
        }
    }
    Ok(terms)
}

fn shown(record: &StringRecord) -> Option<ShownTerm> {
    let text = |column: &str| cell(record, column).to_owned();
    let (low, high) = (cell(record, "conf_low").parse().ok(), cell(record, "conf_high").parse().ok());
    Some(ShownTerm {
        comparison: text("comparison"),
        group: text("group"),
        against: text("against"),
        term: text("term"),
        log_odds: cell(record, "log_odds").parse().ok()?,
        interval: low.zip(high).map(|(low, high)| Interval { low, high }),
        q_value: cell(record, "q_value").parse().ok(),
        documents: (cell(record, "documents").parse().ok()?, cell(record, "other_documents").parse().ok()),
    })
}

fn cell<'r>(record: &'r StringRecord, column: &str) -> &'r str {
    let place = KEYNESS.columns.iter().position(|known| known.name == column);
    unguarded(place.and_then(|place| record.get(place)).unwrap_or_default())
}
