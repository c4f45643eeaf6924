//! Columns that only labels from outside have: of probabilities, or a list of the frames of a unit.
//!
//! Not here: what the columns of every file of codings are, which labels share.

use crate::corpus::CodedTable;
use crate::corpus::codings::entry::{Marked, Marks, is_same_name};
use crate::model::is_missing_mark;

/// Columns that list the frames of a unit.
pub(super) const LISTS: [&str; 3] = ["frames", "labels", "label"];

/// Names of columns of probabilities, alone or behind the name of a frame.
pub(super) const PROBABILITIES: [&str; 3] = ["probability", "prob", "score"];

/// Columns of a model's answers that hold no label.
const NO_LABELS: [&str; 10] = [
    "reason",
    "rationale",
    "explanation",
    "confidence",
    "model",
    "prompt",
    "response",
    "answer",
    "probability",
    "tokens",
];

/// What stands for a list without a frame in it.
const NONE: [&str; 4] = ["none", "no frame", "-", "0"];

/// Likeness from which one name is offered for another.
const ALIKE: f64 = 0.8;

/// The frames listed in a cell, as JSON or between semicolons, commas or bars. Nobody looked where it is empty; a word for
/// none, or an empty list, says that no frame is there.
pub(super) fn listed(cell: &str) -> Marks {
    let cell = cell.trim();
    if is_missing_mark(cell) && !cell.eq_ignore_ascii_case("none") {
        return Marks::default();
    }
    let names: Vec<String> = serde_json::from_str(cell)
        .unwrap_or_else(|_| cell.split([';', ',', '|', '#']).map(|name| name.trim().to_owned()).collect());
    let is_name = |name: &String| !name.is_empty() && !NONE.contains(&&name.to_lowercase()[..]);
    Marks::Chosen(names.into_iter().filter(is_name).map(|frame| Marked { frame, ..Marked::default() }).collect())
}

/// What is said of columns that look like labels, but not of a frame of the codebook; `is_other` knows those of any file.
pub(super) fn strangers(table: &CodedTable, frames: &[String], is_other: fn(&str) -> bool) -> Option<String> {
    let names = table.columns.iter().filter(|name| is_stranger(&name.trim().to_lowercase(), frames, is_other));
    let names: Vec<String> = names.map(|name| format!("{name}{}", hint(name, frames))).collect();
    (!names.is_empty()).then(|| format!("columns that are no frame of the codebook: {}", names.join(", ")))
}

/// What is said of columns of codings that bear nearly the name of a frame without a column: `harvst` would be passed over
/// without a word.
pub(super) fn misspelt(table: &CodedTable, frames: &[String], titles: &[String]) -> Option<String> {
    let bare = frames.iter().filter(|frame| !table.columns.iter().any(|column| is_same_name(column, frame)));
    let bare: Vec<String> = bare.cloned().collect();
    let strangers = table.columns.iter().filter(|name| is_stranger(&name.trim().to_lowercase(), frames, |_| false));
    let untitled = strangers.filter(|name| !titles.iter().any(|title| is_same_name(title, name)));
    let hinted = untitled.map(|name| (name, hint(name, &bare)));
    let names: Vec<String> =
        hinted.filter(|(_, hint)| !hint.is_empty()).map(|(name, hint)| format!("{name}{hint}")).collect();
    (!names.is_empty()).then(|| format!("passed over, as they are no frame of the codebook: {}", names.join(", ")))
}

fn is_stranger(name: &str, frames: &[String], is_other: fn(&str) -> bool) -> bool {
    let is_of = |frame: &String| {
        let frame = frame.to_lowercase();
        frame == name || ["voice", "stance"].iter().chain(&PROBABILITIES).any(|kind| is_beside(name, &frame, kind))
    };
    !name.is_empty() && !is_other(name) && !NO_LABELS.contains(&name) && !frames.iter().any(is_of)
}

/// Whether a column, in small letters, is of that kind of a frame: `cost_voice`.
fn is_beside(column: &str, frame: &str, kind: &str) -> bool {
    let joint = column.strip_prefix(frame).and_then(|rest| rest.strip_suffix(kind));
    joint.is_some_and(|joint| matches!(joint, " " | "_" | ":" | "."))
}

/// What is said behind a name that is no frame's, where another may be meant.
pub(super) fn hint(name: &str, frames: &[String]) -> String {
    let likeness = |frame: &String| strsim::jaro_winkler(&frame.to_lowercase(), &name.to_lowercase());
    let nearest = frames.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let nearest = nearest.filter(|frame| likeness(frame) >= ALIKE);
    nearest.map_or_else(String::new, |frame| format!(" (did you mean {frame}?)"))
}
