//! What Prodigy gives back (`db-out`): JSON lines of one answer each, in multiple choice ("accept" lists the options that
//! were chosen) or of one label that was accepted or rejected. An ignored task is not coded.
//!
//! Not here: marked spans, which say nothing of a sentence that has none.

use serde_json::Value;

use crate::corpus::codings::columns::place;
use crate::corpus::codings::entry::{Marked, Marks, SheetRecord};
use crate::corpus::codings::json_labels::plain;
use crate::corpus::codings::layout::UnitColumns;
use crate::corpus::{CodedTable, CorpusError};

/// Columns that only Prodigy writes.
const HASHES: [&str; 2] = ["_input_hash", "_task_hash"];

/// Whether Prodigy wrote the table.
pub(super) fn is_of_prodigy(table: &CodedTable) -> bool {
    HASHES.iter().any(|name| place(table, name).is_some()) && place(table, "answer").is_some()
}

/// Where the answers stand.
struct AnswerColumns {
    answer: Option<usize>,
    label: Option<usize>,
    accept: Option<usize>,
    options: Option<usize>,
    annotator: Option<usize>,
}

/// # Errors
/// When tasks do not say which sentence they are of, or hold neither choices nor a label.
pub(super) fn entries(table: &CodedTable, notes: &mut Vec<String>) -> Result<Vec<SheetRecord>, CorpusError> {
    let units = UnitColumns::of(table);
    let fail = |message: &str| CorpusError::Column { path: table.file.clone(), message: message.to_owned() };
    if units.document.is_none() && units.item.is_none() {
        return Err(fail(
            "answers of Prodigy without item or document; load sample-doccano.jsonl, which parallax sample writes",
        ));
    }
    let [answer, label, accept, options] = ["answer", "label", "accept", "options"].map(|name| place(table, name));
    if accept.is_none() && label.is_none() {
        return Err(fail(
            "answers of Prodigy with neither accept nor label, as of marked spans; code sentences as a whole, with the \
             recipe textcat.manual or a choice, or in the sheet that parallax sample writes",
        ));
    }
    let annotator = place(table, "_annotator_id").or_else(|| place(table, "_session_id"));
    let columns = AnswerColumns { answer, label, accept, options, annotator };
    let mut entries = Vec::new();
    for (row, record) in table.rows.iter().zip(&table.records) {
        if let Some(marks) = columns.marks(row) {
            let unit = units.entry(row, *record);
            let coder = columns.annotator.map_or(unit.coder.clone(), |place| name_of(&row[place]));
            entries.push(SheetRecord { coder, marks, ..unit });
        }
    }
    let passed = table.rows.len() - entries.len();
    if passed > 0 {
        notes.push(format!("{passed} of {} tasks ignored, or rejected as a whole: not coded", table.rows.len()));
    }
    Ok(entries)
}

impl AnswerColumns {
    /// What was marked; `None` where the task was not coded.
    fn marks(&self, row: &[String]) -> Option<Marks> {
        let answer = self.answer.map_or("", |place| row[place].trim());
        let listed = |place: Option<usize>| {
            place.and_then(|place| serde_json::from_str::<Value>(&row[place]).ok()?.as_array().cloned())
        };
        if let Some(chosen) = listed(self.accept) {
            let chosen: Vec<String> = chosen.iter().map(plain).collect();
            let options: Vec<String> = listed(self.options).unwrap_or_default().iter().filter_map(option).collect();
            return (answer == "accept").then(|| choice(chosen, &options));
        }
        let value = match answer {
            "accept" => "1",
            "reject" => "0",
            _ => return None,
        };
        let frame = self.label.map(|place| row[place].trim().to_owned()).filter(|frame| !frame.is_empty())?;
        Some(Marks::Cells(vec![marked(frame, value)]))
    }
}

/// Who answered; empty where Prodigy was told no name and put the beginning of the session there.
fn name_of(cell: &str) -> String {
    let cell = cell.trim();
    let is_time = cell.contains('_') && cell.bytes().all(|byte| byte.is_ascii_digit() || b"-_".contains(&byte));
    if is_time { String::new() } else { cell.to_owned() }
}

/// The name of an option, in the words of the frames: its id.
fn option(option: &Value) -> Option<String> {
    option.get("id").map(plain)
}

/// Of a choice: each option is there or not. Where the task does not list its options, all other frames are absent.
fn choice(chosen: Vec<String>, options: &[String]) -> Marks {
    if options.is_empty() {
        return Marks::Chosen(chosen.into_iter().map(|frame| marked(frame, "")).collect());
    }
    let value = |option: &String| if chosen.contains(option) { "1" } else { "0" };
    Marks::Cells(options.iter().map(|option| marked(option.clone(), value(option))).collect())
}

fn marked(frame: String, value: &str) -> Marked {
    Marked { frame, value: value.to_owned(), ..Marked::default() }
}
