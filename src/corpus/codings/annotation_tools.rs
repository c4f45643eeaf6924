//! What annotation tools give back of the tasks that `parallax sample` wrote: which tool it was, and what doccano says.
//!
//! doccano: JSONL, JSON and CSV (labels in a list, or joined by `#`; marked words; classes beside marked words). A unit
//! without a label carries none of the frames. Not here: the exports of Label Studio (`label_studio`) and Prodigy
//! (`prodigy`), and what people fill in in a table.

use serde_json::Value;

use crate::corpus::codings::CodingScope;
use crate::corpus::codings::columns::place;
use crate::corpus::codings::entry::{Marked, Marks, SheetRecord};
use crate::corpus::codings::json_labels::{labels_in, plain};
use crate::corpus::codings::label_studio;
use crate::corpus::codings::layout::{UnitColumns, cell};
use crate::corpus::{CodedTable, CorpusError};

/// Where doccano's projects of several kinds have their labels: of texts, of texts beside marked words, of marked words.
const LABELS: [&str; 4] = ["label", "labels", "cats", "entities"];

/// What wrote a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// CSV or JSON-MIN of Label Studio.
    LabelStudio,
    /// doccano; where the labels stand.
    Doccano(usize),
}

impl Tool {
    /// The tool that wrote `table`; `None` of a table that people made, or where columns were asked for by name.
    pub(super) fn of(table: &CodedTable, scope: CodingScope<'_>) -> Option<Self> {
        if !scope.labels.is_empty() || (place(table, "frame").is_some() && place(table, "value").is_some()) {
            return None;
        }
        if label_studio::wrote(table) {
            return Some(Self::LabelStudio);
        }
        let columns: Vec<usize> = LABELS.iter().filter_map(|name| place(table, name)).collect();
        let label = *columns.iter().find(|column| is_used(table, **column)).or(columns.first())?;
        let is_list = table.rows.iter().any(|row| row[label].starts_with('['));
        let is_of_task = ["Comments", "item"].iter().any(|name| place(table, name).is_some());
        (is_list || is_of_task).then_some(Self::Doccano(label))
    }

    /// # Errors
    /// When the tasks do not say which sentence they are of, or nothing in them is frames.
    pub(super) fn entries(
        self,
        table: &CodedTable,
        scope: CodingScope<'_>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<SheetRecord>, CorpusError> {
        let unfit = |message: String| CorpusError::Column { path: table.file.clone(), message };
        let mut columns = UnitColumns::of(table);
        if columns.document.is_none() && columns.item.is_none() {
            let remedy = "tasks without item or document; give coders the tasks that parallax sample writes";
            return Err(unfit(remedy.to_owned()));
        }
        columns.coder =
            columns.coder.or_else(|| ["annotator", "username", "user"].iter().find_map(|it| place(table, it)));
        let entries = match self {
            Self::LabelStudio => label_studio::of_table(table, &columns, scope).map_err(unfit)?,
            Self::Doccano(label) => of_doccano(table, &columns, label),
        };
        notes.extend(without_choice(&entries));
        Ok(entries)
    }
}

/// Whether any unit has a label in a column.
fn is_used(table: &CodedTable, column: usize) -> bool {
    table.rows.iter().any(|row| !["", "[]"].contains(&row[column].trim()))
}

fn of_doccano(table: &CodedTable, columns: &UnitColumns, label: usize) -> Vec<SheetRecord> {
    let [voice, stance] = ["voice", "stance"].map(|name| place(table, name));
    let entry = |(row, record): (&Vec<String>, &u64)| {
        let (voice, stance) = (cell(row, voice), cell(row, stance));
        let marked = names(&row[label]).into_iter().map(|frame| Marked {
            frame,
            voice: voice.clone(),
            stance: stance.clone(),
            ..Marked::default()
        });
        SheetRecord { marks: Marks::Chosen(marked.collect()), ..columns.entry(row, *record) }
    };
    table.rows.iter().zip(&table.records).map(entry).collect()
}

/// What is said of units without a choice: that nobody marked anything there may also mean that nobody looked.
pub(super) fn without_choice(entries: &[SheetRecord]) -> Option<String> {
    let empty = entries.iter().filter(|entry| entry.marks == Marks::Chosen(Vec::new())).count();
    let verb = if empty == 1 { "unit has" } else { "units have" };
    (empty > 0).then(|| format!("{empty} {verb} no label, which is 0 for every frame"))
}

/// The labels in a cell.
fn names(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    let names = match serde_json::from_str(cell) {
        Ok(value @ (Value::Array(_) | Value::Object(_))) => labels_in(&value),
        _ => cell.split('#').map(str::to_owned).collect(),
    };
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
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
