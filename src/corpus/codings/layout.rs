//! Tables that people fill in: one coding a row, or one unit a row with a column for each frame.

use crate::corpus::codings::CodingScope;
use crate::corpus::codings::columns::{beside, place};
use crate::corpus::codings::entry::{Marked, Marks, SheetRecord};
use crate::corpus::codings::label_columns::{LISTS, ProbabilityColumns, listed, misspelt, strangers, whole_answer};
use crate::corpus::codings::predicted::PredictedColumns;
use crate::corpus::{CodedTable, CorpusError};
use crate::model::{CODER, INCLUSION, ITEM, is_missing_mark, is_sample_column, unguarded};

/// Columns that hold no codings either, in a table with a column for each frame: of a corpus, of the exports of Label
/// Studio and doccano, and the numbers that R and pandas put before their rows.
const OTHER_COLUMNS: [&str; 34] = [
    "id",
    "unit",
    "title",
    "url",
    "topic",
    "words",
    "strategy",
    "draw",
    "stratum_sentences",
    "codings",
    "notes",
    "unsure",
    "adjudicated",
    "annotation_id",
    "annotation_type",
    "annotator",
    "annotators",
    "completed_by",
    "created_at",
    "updated_at",
    "lead_time",
    "project",
    "updated_by",
    "inner_id",
    "total_annotations",
    "data",
    "meta",
    "comments",
    "annotation_approver",
    "username",
    "user",
    "unnamed: 0",
    "...1",
    "rownames",
];

/// Whether a column of that name, in small letters, says something of the unit or its coding, and is no frame's.
pub(super) fn is_known_column(name: &str) -> bool {
    is_sample_column(name) || OTHER_COLUMNS.contains(&name)
}

/// Units that must all have another value for a column to be taken for remarks, not codings.
const FEW: usize = 8;

/// Where the columns stand that say which unit was coded by whom.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UnitColumns {
    pub(super) item: Option<usize>,
    pub(super) document: Option<usize>,
    sentence: Option<usize>,
    inclusion: Option<usize>,
    stratum: Option<usize>,
    pub(super) coder: Option<usize>,
    text: Option<usize>,
}

impl UnitColumns {
    pub(super) fn of(table: &CodedTable) -> Self {
        Self {
            item: place(table, ITEM),
            document: place(table, "document"),
            sentence: place(table, "sentence"),
            inclusion: place(table, INCLUSION),
            stratum: place(table, "stratum"),
            coder: place(table, CODER),
            text: place(table, "text"),
        }
    }

    /// The unit of a row, nothing marked yet.
    pub(super) fn entry(&self, row: &[String], record: u64) -> SheetRecord {
        SheetRecord {
            record,
            item: cell(row, self.item),
            document: cell(row, self.document),
            sentence: cell(row, self.sentence),
            inclusion: cell(row, self.inclusion),
            stratum: cell(row, self.stratum),
            coder: cell(row, self.coder),
            text: self.text.map(|place| unguarded(&row[place]).to_owned()).unwrap_or_default(),
            marks: Marks::default(),
        }
    }
}

/// A cell without the space around it and without the apostrophe that our tables have before a formula; empty where there is none, or a mark for missing values.
pub(super) fn cell(row: &[String], place: Option<usize>) -> String {
    let cell = place.map(|place| row[place].trim()).filter(|cell| !is_missing_mark(cell));
    unguarded(cell.unwrap_or_default()).to_owned()
}

/// Which column holds what.
pub(super) struct Layout {
    columns: UnitColumns,
    voice: Option<usize>,
    stance: Option<usize>,
    probability: Option<usize>,
    /// Whether the columns of probabilities say how sure the answer is.
    pub(super) is_of_answer: bool,
    values: Values,
    passed_over: Vec<String>,
    /// What is said of columns of labels that are no frames.
    strangers: Option<String>,
}

enum Values {
    /// One coding a row.
    Long { frame: usize, value: usize },
    /// A column for each frame.
    Wide(Vec<FrameColumn>),
    /// One column that lists the frames of the unit.
    Listed(usize),
    /// What `predict` wrote.
    Predicted(PredictedColumns),
}

/// A frame's column, and those of its voice and stance.
struct FrameColumn {
    frame: String,
    value: usize,
    voice: Option<usize>,
    stance: Option<usize>,
    probability: Option<usize>,
}

impl Layout {
    /// # Errors
    /// When the unit, or what was coded, has no column.
    pub(super) fn find(table: &CodedTable, scope: CodingScope<'_>) -> Result<Self, CorpusError> {
        let mut columns = UnitColumns::of(table);
        columns.document = columns.document.or_else(|| place(table, "id"));
        if columns.document.is_none() && columns.item.is_none() {
            return Err(unfit(
                table,
                format!("no column \"document\" (or \"id\"); it has {}", table.columns.join(", ")),
            ));
        }
        let mut passed_over = Vec::new();
        let probabilities = ProbabilityColumns::of(table, scope);
        let probability = probabilities.alone(table);
        let list = LISTS.iter().find_map(|name| place(table, name)).filter(|_| scope.is_external);
        // A probability alone is a value: what makes a hit is then the frame's threshold.
        let values = match (
            PredictedColumns::of(table, scope),
            place(table, "frame"),
            place(table, "value").or(probability.filter(|_| !probabilities.is_of_answer)),
            list,
        ) {
            (Some(predicted), ..) => Values::Predicted(predicted),
            (None, Some(frame), Some(value), _) if scope.labels.is_empty() => Values::Long { frame, value },
            (None, _, _, Some(list)) if !has_wide(table, scope) => Values::Listed(list),
            _ => Values::Wide(wide_columns(table, scope, &mut passed_over)?),
        };
        let is_of_answer = probabilities.is_of_answer && !matches!(values, Values::Predicted(_));
        let [voice, stance] = ["voice", "stance"].map(|name| place(table, name));
        let strangers = match scope.frames.filter(|_| matches!(values, Values::Wide(_))) {
            Some(frames) if scope.is_external => strangers(table, frames, is_known_column),
            Some(frames) => misspelt(table, frames, scope.titles),
            None => None,
        };
        Ok(Self { columns, voice, stance, probability, is_of_answer, values, passed_over, strangers })
    }

    pub(super) fn entries(&self, table: &CodedTable, notes: &mut Vec<String>) -> Vec<SheetRecord> {
        if !self.passed_over.is_empty() {
            let names = self.passed_over.join(", ");
            notes.push(format!("no codings, as every value is another (else name them with --label): {names}"));
        }
        notes.extend(self.strangers.clone());
        let entry = |(row, record): (&Vec<String>, &u64)| SheetRecord {
            marks: match self.values {
                Values::Listed(list) => listed(&row[list]),
                _ => Marks::Cells(self.marked(row)),
            },
            ..self.columns.entry(row, *record)
        };
        table.rows.iter().zip(&table.records).map(entry).collect()
    }

    fn marked(&self, row: &[String]) -> Vec<Marked> {
        let marked = |column: &FrameColumn, frame: &str| Marked {
            frame: frame.to_owned(),
            value: row[column.value].trim().to_owned(),
            voice: cell_or(row, column.voice, self.voice),
            stance: cell_or(row, column.stance, self.stance),
            // An answer that is missing has no confidence.
            probability: cell(
                row,
                column.probability.filter(|_| !self.is_of_answer || !is_missing_mark(row[column.value].trim())),
            ),
        };
        match &self.values {
            Values::Long { frame, value } => {
                let column = FrameColumn::lone(*value, self.probability.filter(|place| place != value));
                vec![marked(&column, unguarded(row[*frame].trim()))]
            }
            Values::Wide(columns) => columns.iter().map(|column| marked(column, &column.frame)).collect(),
            Values::Predicted(columns) => columns.marked(row),
            Values::Listed(_) => Vec::new(),
        }
    }
}

fn unfit(table: &CodedTable, message: String) -> CorpusError {
    CorpusError::Column { path: table.file.clone(), message }
}

/// The cell of a frame's own column, or of the row where that is empty or missing.
fn cell_or(row: &[String], own: Option<usize>, of_row: Option<usize>) -> String {
    let own = cell(row, own);
    if own.is_empty() { cell(row, of_row) } else { own }
}

impl FrameColumn {
    /// The column of the values of all frames, in a table with one coding a row.
    const fn lone(value: usize, probability: Option<usize>) -> Self {
        Self { frame: String::new(), value, voice: None, stance: None, probability }
    }
}

/// Whether there is a column for any of the frames looked for.
fn has_wide(table: &CodedTable, scope: CodingScope<'_>) -> bool {
    let count = scope.frames.map_or(0, <[String]>::len);
    (0..count).any(|number| frame_place(table, scope, number).is_some())
}

/// Where the column of a frame stands: under its id, or under what people call it; of labels from outside that of its
/// probability alone will do.
fn frame_place(table: &CodedTable, scope: CodingScope<'_>, number: usize) -> Option<usize> {
    let id = scope.frames?.get(number)?;
    let named = place(table, id).or_else(|| place(table, scope.titles.get(number)?));
    let probabilities = ProbabilityColumns::of(table, scope);
    named.or_else(|| probabilities.beside(table, id).filter(|_| !probabilities.is_of_answer))
}

fn wide_columns(
    table: &CodedTable,
    scope: CodingScope<'_>,
    passed_over: &mut Vec<String>,
) -> Result<Vec<FrameColumn>, CorpusError> {
    if let Some(missing) = scope.labels.iter().find(|label| place(table, label).is_none()) {
        return Err(unfit(table, format!("no column \"{missing}\"; it has {}", table.columns.join(", "))));
    }
    let names: Vec<(String, usize)> = match scope.frames {
        Some(frames) => {
            let numbered = frames.iter().enumerate();
            numbered
                .filter_map(|(number, _)| Some((frames[number].clone(), frame_place(table, scope, number)?)))
                .collect()
        }
        None if !scope.labels.is_empty() => {
            scope.labels.iter().filter_map(|label| Some((label.clone(), place(table, label)?))).collect()
        }
        None => unknown_columns(table, passed_over),
    };
    // A sample that nobody has filled in is still good as the key of others.
    if names.is_empty() && place(table, ITEM).is_none() {
        let (columns, kind) = (table.columns.join(", "), if scope.is_external { "labels" } else { "codings" });
        let hint = whole_answer(&table.columns).filter(|_| scope.is_external).unwrap_or_default();
        return Err(unfit(
            table,
            format!("no {kind}: neither the columns frame and value nor one for each frame; it has {columns}{hint}"),
        ));
    }
    let probabilities = ProbabilityColumns::of(table, scope);
    let column = |(frame, value): (String, usize)| FrameColumn {
        voice: beside(table, &frame, "voice"),
        stance: beside(table, &frame, "stance"),
        probability: probabilities.beside(table, &frame).filter(|place| *place != value),
        frame,
        value,
    };
    Ok(names.into_iter().map(column).collect())
}

/// Columns that may be codings, where nobody says which are.
fn unknown_columns(table: &CodedTable, passed_over: &mut Vec<String>) -> Vec<(String, usize)> {
    let is_of_another = |name: &str| {
        let stem = [" voice", "_voice", ":voice", ".voice", " stance", "_stance", ":stance", ".stance"];
        stem.iter().filter_map(|end| name.strip_suffix(end)).any(|frame| place(table, frame).is_some())
    };
    let mut found = Vec::new();
    for (number, name) in table.columns.iter().enumerate() {
        let lower = name.trim().to_lowercase();
        if lower.is_empty() || is_known_column(&lower) || is_of_another(&lower) {
        } else if is_all_different(table, number) {
            passed_over.push(name.clone());
        } else {
            found.push((name.trim().to_owned(), number));
        }
    }
    found
}

fn is_all_different(table: &CodedTable, column: usize) -> bool {
    let mut values: Vec<&str> =
        table.rows.iter().map(|row| row[column].trim()).filter(|value| !is_missing_mark(value)).collect();
    let count = values.len();
    values.sort_unstable();
    values.dedup();
    count >= FEW && values.len() == count
}
