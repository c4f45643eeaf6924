//! Reads `attributions.csv` back: what a comparison of sources starts from when the corpus was coded before.

use std::fs::File;
use std::path::Path;

use csv::{Reader, StringRecord};

use crate::compare::{Counts, SourceCounts, Spoken};
use crate::model::{Mood, Speech, VerbClass, unguarded};
use crate::report::ReportError;
use crate::report::tables::{ATTRIBUTIONS, sentences_of};

/// Gives the documents in `counts` the sources that an earlier run left in the folder `output`.
///
/// # Errors
/// When the table is missing, cannot be read, or is of other documents.
pub fn read_attributions(output: &Path, counts: &mut Counts) -> Result<(), ReportError> {
    let path = output.join(ATTRIBUTIONS.file);
    let file = File::open(&path).map_err(|error| ReportError::at(&path, error))?;
    let mut reader = Reader::from_reader(file);
    let at = |line: u64, message: String| ReportError::Unreadable { path: path.clone(), line, message };
    let header = reader.headers().map_err(|error| at(1, error.to_string()))?;
    if !header.iter().eq(ATTRIBUTIONS.columns.iter().map(|column| column.name)) {
        return Err(at(1, "the columns are not those of this version; run the study again".to_owned()));
    }
    let mut document = String::new();
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| at(0, error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        if cell(&record, "document") != document {
            finish(&document, &rows, counts).map_err(|message| at(line, message))?;
            cell(&record, "document").clone_into(&mut document);
            rows.clear();
        }
        // A further stretch of the same words is no further attribution.
        if cell(&record, "part") == FIRST_PART {
            rows.push(Row::of(&record).map_err(|message| at(line, message))?);
        }
    }
    finish(&document, &rows, counts).map_err(|message| at(0, message))
}

/// The part of an attribution that counts for the whole.
const FIRST_PART: &str = "1";

/// What counts of a row.
struct Row {
    name: Option<String>,
    group: Option<String>,
    mood: Mood,
    kind: Speech,
    verb_class: Option<VerbClass>,
    sentences: Vec<u32>,
}

impl Row {
    fn of(record: &StringRecord) -> Result<Self, String> {
        let class = cell(record, "verb_class");
        let verb_class = VerbClass::ALL.into_iter().find(|known| known.as_str() == class);
        let expected = |column: &str| format!("{column} is \"{}\"; run the study again", cell(record, column));
        if verb_class.is_none() && !class.is_empty() {
            return Err(expected("verb_class"));
        }
        let mood = Mood::ALL.into_iter().find(|mood| mood.as_str() == cell(record, "mood"));
        let kind = Speech::ALL.into_iter().find(|kind| kind.as_str() == cell(record, "kind"));
        Ok(Self {
            name: text(record, "canonical"),
            group: text(record, "source_group"),
            mood: mood.ok_or_else(|| expected("mood"))?,
            kind: kind.ok_or_else(|| expected("kind"))?,
            verb_class,
            sentences: sentences_of(cell(record, "sentences")).ok_or_else(|| expected("sentences"))?,
        })
    }
}

impl Row {
    fn spoken(&self) -> Spoken<'_> {
        let Self { mood, kind, verb_class, .. } = *self;
        let (name, group) = (self.name.as_deref(), self.group.as_deref());
        Spoken { name, group, mood, kind, verb_class, sentences: &self.sentences }
    }
}

/// The cell of a column of this very table.
fn cell<'r>(record: &'r StringRecord, name: &str) -> &'r str {
    let place = ATTRIBUTIONS.columns.iter().position(|column| column.name == name);
    unguarded(place.and_then(|place| record.get(place)).unwrap_or_default())
}

/// Hands over the rows of one document.
fn finish(document: &str, rows: &[Row], counts: &mut Counts) -> Result<(), String> {
    if rows.is_empty() {
        return Ok(());
    }
    if counts.set_sources(document, SourceCounts::of(rows.iter().map(Row::spoken))) {
        Ok(())
    } else {
        Err(format!("document \"{document}\" is not in documents.csv; run the study again"))
    }
}

/// A cell with words; `None` for an empty one.
fn text(record: &StringRecord, column: &str) -> Option<String> {
    Some(cell(record, column)).filter(|text| !text.is_empty()).map(str::to_owned)
}
