//! What Label Studio and doccano give back of the tasks that `parallax sample` wrote.
//!
//! Label Studio: JSON (tasks with annotations), JSON-MIN and CSV (one annotation each; the choices as a word, or as
//! `{"choices": [...]}` where there are several, nothing where none was chosen). doccano: JSONL, JSON and CSV (labels in
//! a list, or joined by `#`). A unit without a choice carries none of the frames. Not here: what people fill in in a table.

use serde_json::{Map, Value};

use crate::corpus::codings::CodingScope;
use crate::corpus::codings::columns::place;
use crate::corpus::codings::entry::{Marked, Marks, SheetRecord};
use crate::corpus::codings::layout::{UnitColumns, cell};
use crate::corpus::{CodedTable, CorpusError};
use crate::model::{INCLUSION, ITEM};

/// The name of the choices in the interface that `parallax sample` writes for Label Studio.
const CHOICES: &str = "frames";

/// What wrote a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// CSV or JSON-MIN of Label Studio; where the choices stand.
    LabelStudio(Option<usize>),
    /// doccano; where the labels stand.
    Doccano(usize),
}

impl Tool {
    /// The tool that wrote `table`; `None` of a table that people made, or where columns were asked for by name.
    pub(super) fn of(table: &CodedTable, scope: CodingScope<'_>) -> Option<Self> {
        if !scope.labels.is_empty() || (place(table, "frame").is_some() && place(table, "value").is_some()) {
            return None;
        }
        let has = |name: &str| place(table, name).is_some();
        if has("annotation_id") && (has("annotator") || has("lead_time")) {
            return Some(Self::LabelStudio(place(table, CHOICES)));
        }
        let label = place(table, "label").or_else(|| place(table, "labels"))?;
        let is_list = table.rows.iter().any(|row| row[label].starts_with('['));
        (is_list || has("Comments") || has("item")).then_some(Self::Doccano(label))
    }

    /// # Errors
    /// When the tasks do not say which sentence they are of, or labels are numbers.
    pub(super) fn entries(self, table: &CodedTable, notes: &mut Vec<String>) -> Result<Vec<SheetRecord>, CorpusError> {
        let mut columns = UnitColumns::of(table);
        if columns.document.is_none() && columns.item.is_none() {
            let message =
                "tasks without item or document; give coders the tasks that parallax sample writes".to_owned();
            return Err(CorpusError::Column { path: table.file.clone(), message });
        }
        columns.coder =
            columns.coder.or_else(|| ["annotator", "username", "user"].iter().find_map(|it| place(table, it)));
        let [voice, stance] = ["voice", "stance"].map(|name| place(table, name));
        let chosen = match self {
            Self::LabelStudio(place) => place,
            Self::Doccano(place) => Some(place),
        };
        let entry = |(row, record): (&Vec<String>, &u64)| {
            let names = chosen.map_or_else(Vec::new, |place| names(self, &row[place]));
            let (voice, stance) = (cell(row, voice), cell(row, stance));
            let marked = names.into_iter().map(|frame| Marked {
                frame,
                voice: voice.clone(),
                stance: stance.clone(),
                ..Marked::default()
            });
            SheetRecord { marks: Marks::Chosen(marked.collect()), ..columns.entry(row, *record) }
        };
        let entries: Vec<SheetRecord> = table.rows.iter().zip(&table.records).map(entry).collect();
        notes.extend(without_choice(&entries));
        Ok(entries)
    }
}

/// What is said of units without a choice: that nobody marked anything there may also mean that nobody looked.
fn without_choice(entries: &[SheetRecord]) -> Option<String> {
    let empty = entries.iter().filter(|entry| entry.marks == Marks::Chosen(Vec::new())).count();
    let verb = if empty == 1 { "unit has" } else { "units have" };
    (empty > 0).then(|| format!("{empty} {verb} no label, which is 0 for every frame"))
}

/// The labels in a cell.
fn names(tool: Tool, cell: &str) -> Vec<String> {
    let cell = cell.trim();
    let listed = match serde_json::from_str(cell) {
        Ok(Value::Array(items)) => Some(items.iter().map(label_of).collect()),
        Ok(Value::Object(object)) => {
            object.get("choices").and_then(Value::as_array).map(|it| it.iter().map(plain).collect())
        }
        _ => None,
    };
    let names: Vec<String> = match (listed, tool) {
        (Some(names), _) => names,
        (None, Tool::Doccano(_)) => cell.split('#').map(str::to_owned).collect(),
        (None, Tool::LabelStudio(_)) => vec![cell.to_owned()],
    };
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// A label of doccano: a word, or the last of `[start, end, label]` where words inside a text were marked.
fn label_of(item: &Value) -> String {
    match item {
        Value::Array(parts) => parts.last().map(plain).unwrap_or_default(),
        Value::Object(object) => object.get("label").or_else(|| object.get("text")).map(plain).unwrap_or_default(),
        other => plain(other),
    }
}

/// The annotations in tasks of Label Studio's full JSON; `None` where the objects are no such tasks. An annotation that
/// was cancelled ("skip") is no coding.
pub(super) fn label_studio_tasks(tasks: &[Map<String, Value>]) -> Option<Vec<SheetRecord>> {
    let is_task =
        |task: &Map<String, Value>| task.get("data").is_some_and(Value::is_object) && annotations_of(task).is_some();
    if tasks.is_empty() || !tasks.iter().all(is_task) {
        return None;
    }
    let mut entries = Vec::new();
    for (number, task) in tasks.iter().enumerate() {
        let unit = task.get("data").and_then(Value::as_object).map(|data| unit_of(data, number as u64 + 1));
        let Some(Value::Array(list)) = annotations_of(task) else { continue };
        let kept = list.iter().filter(|it| it.get("was_cancelled").and_then(Value::as_bool) != Some(true));
        entries.extend(kept.zip(std::iter::repeat(unit.unwrap_or_default())).map(|(annotation, unit)| SheetRecord {
            coder: annotator(annotation),
            marks: Marks::Chosen(chosen(annotation)),
            ..unit
        }));
    }
    Some(entries)
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

/// The frames chosen, with voice and stance where the interface asks for them.
fn chosen(annotation: &Value) -> Vec<Marked> {
    let [voice, stance] = ["voice", "stance"]
        .map(|asked| choices(annotation, |name| name == asked).into_iter().next().unwrap_or_default());
    let frames = choices(annotation, |name| !["voice", "stance"].contains(&name));
    let marked = |frame| Marked { frame, voice: voice.clone(), stance: stance.clone(), ..Marked::default() };
    frames.into_iter().map(marked).collect()
}

/// What is chosen in those parts of the interface whose name is meant.
fn choices(annotation: &Value, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
    let results = annotation.get("result").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let from = |result: &&Value| is_meant(result.get("from_name").and_then(Value::as_str).unwrap_or(CHOICES));
    let list = results.iter().filter(from).filter_map(|result| result.get("value")?.get("choices")?.as_array());
    list.flatten().map(plain).collect()
}

/// The table with the members of a column `meta` as columns of their own: older versions of doccano keep there what
/// newer ones give back beside the text.
pub(super) fn with_meta(mut table: CodedTable) -> CodedTable {
    let Some(meta) = place(&table, "meta") else { return table };
    for row in 0..table.rows.len() {
        let Ok(Value::Object(members)) = serde_json::from_str(&table.rows[row][meta]) else { continue };
        for (name, value) in members {
            let known = table.columns.iter().position(|column| *column == name);
            let column = known.unwrap_or_else(|| {
                table.columns.push(name);
                table.rows.iter_mut().for_each(|row| row.push(String::new()));
                table.columns.len() - 1
            });
            if table.rows[row][column].is_empty() {
                table.rows[row][column] = plain(&value);
            }
        }
    }
    table
}

/// A JSON value as a cell.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
