//! What Label Studio gives back of the tasks that `parallax sample` wrote, in whichever part of the interface the frames
//! were chosen.
//!
//! Its JSON has tasks with annotations; JSON-MIN and CSV have one annotation a row and a column for each part of the
//! interface. A unit without a choice carries none of the frames: a part that is overlooked would make 0 of all of them.
//! Not here: doccano, and telling who wrote a table (`annotation_tools`).

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::corpus::CodedTable;
use crate::corpus::codings::CodingScope;

use crate::corpus::codings::columns::place;
use crate::corpus::codings::entry::{Marked, Marks, SheetRecord, is_same_name};
use crate::corpus::codings::json_labels::{labels_in, plain};
use crate::corpus::codings::layout::{UnitColumns, is_known_column};
use crate::model::{INCLUSION, ITEM, Presence, presence};

/// The part for frames in the interface that `parallax sample` writes.
const FRAMES: &str = "frames";

/// Parts of that interface that say something of the frames.
const VOICE_AND_STANCE: [&str; 2] = ["voice", "stance"];

/// Kinds of answers that name something: of those that a file has, the first holds the frames. Ticked choices, a tree of
/// them, words marked in the text.
const KINDS: [&str; 5] = ["choices", "taxonomy", "labels", "hypertextlabels", "paragraphlabels"];

/// One answer of an annotator.
struct Answer {
    part: String,
    /// `None` of a word in a table, which may stand for a single choice or a remark.
    kind: Option<&'static str>,
    names: Vec<String>,
}

/// An annotation: whose, of what unit, with nothing marked yet; and its answers.
struct Annotation {
    entry: SheetRecord,
    answers: Vec<Answer>,
}

/// The parts of the interface that hold frames.
struct FrameParts {
    parts: BTreeSet<String>,
    /// Whether each frame has a part of its own, in which yes or no is chosen.
    is_each: bool,
}

/// The annotations in tasks of Label Studio's full JSON; `None` where the objects are no such tasks. An annotation that
/// was cancelled ("skip") is no coding.
///
/// # Errors
/// When no part of the interface holds the frames; the message names its parts.
pub(super) fn of_tasks(
    tasks: &[Map<String, Value>],
    scope: CodingScope<'_>,
) -> Option<Result<Vec<SheetRecord>, String>> {
    let is_task =
        |task: &Map<String, Value>| task.get("data").is_some_and(Value::is_object) && annotations_of(task).is_some();
    if tasks.is_empty() || !tasks.iter().all(is_task) {
        return None;
    }
    let mut found = Vec::new();
    for (number, task) in tasks.iter().enumerate() {
        let data = task.get("data").and_then(Value::as_object);
        let unit = data.map_or_else(SheetRecord::default, |data| unit_of(data, number as u64 + 1));
        let Some(Value::Array(list)) = annotations_of(task) else { continue };
        let kept = list.iter().filter(|it| it.get("was_cancelled").and_then(Value::as_bool) != Some(true));
        found.extend(kept.map(|annotation| Annotation {
            entry: SheetRecord { coder: annotator(annotation), ..unit.clone() },
            answers: answers_of(annotation),
        }));
    }
    Some(marked(found, scope))
}

/// The annotations in a table of Label Studio, one a row.
///
/// # Errors
/// When no column holds the frames; the message names those that may.
pub(super) fn of_table(
    table: &CodedTable,
    columns: &UnitColumns,
    scope: CodingScope<'_>,
) -> Result<Vec<SheetRecord>, String> {
    let annotation = |(row, record): (&Vec<String>, &u64)| Annotation {
        entry: columns.entry(row, *record),
        answers: table.columns.iter().zip(row).filter_map(|(name, cell)| answer_in(name, cell)).collect(),
    };
    marked(table.rows.iter().zip(&table.records).map(annotation).collect(), scope)
}

/// Whether a table has the columns that only Label Studio gives.
pub(super) fn wrote(table: &CodedTable) -> bool {
    let has = |name: &str| place(table, name).is_some();
    has("annotation_id") && (has("annotator") || has("lead_time"))
}

fn marked(annotations: Vec<Annotation>, scope: CodingScope<'_>) -> Result<Vec<SheetRecord>, String> {
    let parts = FrameParts::find(annotations.iter().flat_map(|annotation| &annotation.answers).collect(), scope)?;
    let entries = annotations.into_iter().map(|Annotation { entry, answers }| {
        let marks = parts.marks(answers);
        SheetRecord { marks, ..entry }
    });
    Ok(entries.collect())
}

impl FrameParts {
    /// # Errors
    /// When there are answers, and none of them is of frames.
    fn find(mut answers: Vec<&Answer>, scope: CodingScope<'_>) -> Result<Self, String> {
        answers.retain(|answer| !VOICE_AND_STANCE.contains(&&answer.part.to_lowercase()[..]));
        let kind = KINDS.iter().find(|kind| answers.iter().any(|answer| answer.kind == Some(**kind))).copied();
        let named = parts_where(&answers, |answer| answer.part.eq_ignore_ascii_case(FRAMES));
        let each = parts_where(&answers, |answer| is_frame(&answer.part, scope) && answer.is_verdict());
        let of_kind = parts_where(&answers, |answer| kind.is_some() && answer.kind == kind);
        let of_frames = parts_where(&answers, |answer| {
            let is_open = kind.is_none() || of_kind.contains(&answer.part);
            is_open && answer.names.iter().any(|name| is_frame(name, scope))
        });
        let is_each = named.is_empty() && !each.is_empty();
        // Where no choice is a frame all are taken, so that each is refused by its name.
        let parts = [named, each, of_frames, of_kind].into_iter().find(|parts| !parts.is_empty()).unwrap_or_default();
        if parts.is_empty() && !answers.is_empty() {
            let asked = parts_where(&answers, |_| true).into_iter().collect::<Vec<_>>().join(", ");
            return Err(format!(
                "none of the parts of the interface holds frames ({asked}); call the choices \"{FRAMES}\", as the interface \
                 that parallax sample writes does, or name the study that has the frames"
            ));
        }
        Ok(Self { parts, is_each })
    }

    fn marks(&self, answers: Vec<Answer>) -> Marks {
        let [voice, stance] = VOICE_AND_STANCE.map(|asked| first_in(&answers, asked));
        let said = Marked { voice, stance, ..Marked::default() };
        let answers = answers.into_iter().filter(|answer| self.parts.contains(&answer.part));
        if self.is_each {
            let cells = answers.map(|answer| Marked {
                value: answer.names.into_iter().next().unwrap_or_default(),
                frame: answer.part,
                ..said.clone()
            });
            return Marks::Cells(cells.collect());
        }
        let chosen = answers.flat_map(|answer| answer.names);
        Marks::Chosen(chosen.map(|frame| Marked { frame, ..said.clone() }).collect())
    }
}

impl Answer {
    /// Whether it is a yes or a no.
    fn is_verdict(&self) -> bool {
        matches!(&self.names[..], [only] if presence(only) != Presence::Unclear)
    }
}

fn is_frame(name: &str, scope: CodingScope<'_>) -> bool {
    let Some(ids) = scope.frames else { return false };
    ids.iter().chain(scope.titles).any(|id| is_same_name(id, name))
}

/// The parts of the answers that are meant.
fn parts_where(answers: &[&Answer], is_meant: impl Fn(&Answer) -> bool) -> BTreeSet<String> {
    answers.iter().filter(|answer| is_meant(answer)).map(|answer| answer.part.clone()).collect()
}

/// What is chosen in a part; empty where nothing is.
fn first_in(answers: &[Answer], part: &str) -> String {
    let mut of_part = answers.iter().filter(|answer| answer.part.eq_ignore_ascii_case(part));
    of_part.find_map(|answer| answer.names.first().cloned()).unwrap_or_default()
}

fn unit_of(data: &Map<String, Value>, record: u64) -> SheetRecord {
    let of = |name: &str| data.get(name).map(plain).unwrap_or_default().trim().to_owned();
    SheetRecord {
        record,
        item: of(ITEM),
        document: of("document"),
        sentence: of("sentence"),
        inclusion: of(INCLUSION),
        stratum: of("stratum"),
        text: of("text"),
        ..SheetRecord::default()
    }
}

/// Who made an annotation: the address where the export has it, else the number.
fn annotator(annotation: &Value) -> String {
    let by = annotation.get("completed_by");
    let known = by.and_then(Value::as_object).and_then(|by| by.get("email").or_else(|| by.get("id")));
    known.or(by).map(plain).unwrap_or_default()
}

fn annotations_of(task: &Map<String, Value>) -> Option<&Value> {
    task.get("annotations").or_else(|| task.get("completions"))
}

/// The answers of an annotation in full JSON; relations, remarks and ratings name nothing.
fn answers_of(annotation: &Value) -> Vec<Answer> {
    let results = annotation.get("result").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let answer = |result: &Value| {
        let part = result.get("from_name").and_then(Value::as_str).unwrap_or(FRAMES).to_owned();
        let (kind, value) = named_in(result.get("value")?)?;
        Some(Answer { part, kind: Some(kind), names: labels_in(value) })
    };
    results.iter().filter_map(answer).collect()
}

/// The answer in a cell of a column; `None` of an empty one. A word in a column that says something of the article is no
/// answer; a list of choices is one, whatever its column is called.
fn answer_in(column: &str, cell: &str) -> Option<Answer> {
    let (part, cell) = (column.trim().to_owned(), cell.trim());
    let parsed = serde_json::from_str::<Value>(cell).ok().filter(|value| value.is_object() || value.is_array());
    let Some(value) = parsed else {
        let name = part.to_lowercase();
        let is_asked = VOICE_AND_STANCE.contains(&&name[..]) || !is_known_column(&name);
        let is_answer = is_asked && !part.is_empty() && !cell.is_empty();
        return is_answer.then(|| Answer { part, kind: None, names: vec![cell.to_owned()] });
    };
    let first = if let Value::Array(items) = &value { items.first()? } else { &value };
    let kind = match first {
        // A path in a tree of choices.
        Value::Array(_) => "taxonomy",
        Value::Object(_) => named_in(first)?.0,
        _ => "choices",
    };
    Some(Answer { part, kind: Some(kind), names: labels_in(&value) })
}

/// The member of an answer that names something, with its kind.
fn named_in(value: &Value) -> Option<(&'static str, &Value)> {
    KINDS.iter().find_map(|kind| Some((*kind, value.get(*kind)?)))
}
