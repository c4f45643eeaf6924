//! Columns that only labels from outside have: of probabilities, or a list of the frames of a unit.
//!
//! Not here: what the columns of every file of codings are, which labels share.

use crate::corpus::CodedTable;
use crate::corpus::codings::CodingScope;
use crate::corpus::codings::columns::{beside, place};
use crate::corpus::codings::entry::{Marked, Marks, is_same_name};
use crate::corpus::nearest::misspelling;
use crate::model::is_missing_mark;

/// Columns that list the frames of a unit.
pub(super) const LISTS: [&str; 3] = ["frames", "labels", "label"];

/// Names of columns of probabilities, alone or behind the name of a frame.
const PROBABILITIES: [&str; 3] = ["probability", "prob", "score"];

/// Names of columns of how sure an answer is, be it that the frame is there or that it is not.
const CONFIDENCES: [&str; 2] = ["confidence", "certainty"];

/// Columns of a model's answers that hold no label.
const NO_LABELS: [&str; 14] = [
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
    "certainty",
    "output",
    "completion",
    "raw",
];

/// What stands behind the name of a frame in the columns that belong to it.
const KINDS: [&str; 7] = ["voice", "stance", "probability", "prob", "score", "confidence", "certainty"];

/// What stands for a list without a frame in it.
const NONE: [&str; 4] = ["none", "no frame", "-", "0"];

/// Columns in which a model's answer stands whole.
const ANSWERS: [&str; 5] = ["response", "answer", "output", "completion", "raw"];

/// The columns that say how probable labels are.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProbabilityColumns {
    names: &'static [&'static str],
    /// Whether they say how sure an answer is, not how probable the frame.
    pub(super) is_of_answer: bool,
}

impl ProbabilityColumns {
    /// Those of probabilities, else those of confidence; none of hand codings.
    pub(super) fn of(table: &CodedTable, scope: CodingScope<'_>) -> Self {
        let frames = scope.frames.unwrap_or_default();
        let kinds = [(&PROBABILITIES[..], false), (&CONFIDENCES[..], true)];
        let mut kinds = kinds.into_iter().map(|(names, is_of_answer)| Self { names, is_of_answer });
        let found =
            kinds.find(|it| it.alone(table).is_some() || frames.iter().any(|frame| it.beside(table, frame).is_some()));
        found.filter(|_| scope.is_external).unwrap_or(Self { names: &[], is_of_answer: false })
    }

    /// The one behind the name of a frame.
    pub(super) fn beside(&self, table: &CodedTable, frame: &str) -> Option<usize> {
        self.names.iter().find_map(|kind| beside(table, frame, kind))
    }

    /// The one of a table with a label a row.
    pub(super) fn alone(&self, table: &CodedTable) -> Option<usize> {
        self.names.iter().find_map(|name| place(table, name))
    }
}

/// What is said where no label can be found, but a model's answers stand whole in a column.
pub(super) fn whole_answer(columns: &[String]) -> Option<String> {
    let is_answer = |name: &&String| ANSWERS.contains(&&name.trim().to_lowercase()[..]);
    columns.iter().find(is_answer).map(|name| {
        format!("; \"{name}\" may hold whole answers of a model: make a column of each frame from them, 1 or 0")
    })
}

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
        frame == name || KINDS.iter().any(|kind| is_beside(name, &frame, kind))
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
    misspelling(name, frames).map_or_else(String::new, |frame| format!(" (did you mean {frame}?)"))
}
