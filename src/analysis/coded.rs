//! What `train`, `predict` and `evaluate` share: tables, codebooks and models read and made ready.

use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::file_name;
use crate::analysis::vectors::VectorFile;
use crate::codebook::{self, Codebook};
use crate::corpus::{CodedTable, TargetColumns, read_table, read_text};
use crate::learning::features::{FAMILIES, FeatureFamily};
use crate::learning::tables::{self, CodingsError};
use crate::learning::{Example, Fingerprint, Instrument, Model, Question, Settings, Shape, Stretch, TableColumns};
use crate::model::{Document, Span, is_missing_mark, sha256};
use crate::report::counted;
use crate::stats::learning::Objective;

/// Inner folds of every training.
const INNER_FOLDS: usize = 5;

/// A table of coded texts and how to learn from it.
#[derive(Clone, Debug)]
pub struct TrainingRequest {
    /// The table: CSV, TSV or JSON lines.
    pub table: PathBuf,
    /// Columns of text, labels, target and context.
    pub columns: TableColumns,
    /// Whether each label is a column of its own with 0 or 1.
    pub is_multi_label: bool,
    /// Column of the document or story, which folds never split; rows with the same text where it is not named.
    pub group: Option<String>,
    /// Codebook whose rules are features too.
    pub codebook: Option<PathBuf>,
    /// File of sentence vectors, which are features too.
    pub vectors: Option<PathBuf>,
    /// Families of features to leave out.
    pub without: Vec<FeatureFamily>,
    /// What the lines between labels are drawn for.
    pub thresholds: Objective,
    /// Seed of folds and resamples.
    pub seed: u64,
}

impl TrainingRequest {
    /// The files that are read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        [&self.table].into_iter().chain(&self.codebook).map(PathBuf::as_path)
    }
}

/// Codings made ready to be learnt from.
pub(super) struct Prepared {
    pub(super) table: CodedTable,
    /// Rows of the table that are used.
    pub(super) kept: Vec<usize>,
    pub(super) documents: Vec<Document>,
    pub(super) targets: Vec<Option<Span>>,
    pub(super) shape: Shape,
    pub(super) questions: Vec<Question>,
    /// By kept row.
    pub(super) groups: Vec<usize>,
    /// What the user should know of rows left out.
    pub(super) notes: Vec<String>,
}

/// A codebook and what it was read from.
pub(super) struct Instructions {
    pub(super) codebook: Codebook,
    pub(super) fingerprint: Fingerprint,
}

/// The codebook at `path`, if one is named.
pub(super) fn read_codebook(path: Option<&Path>) -> Result<Option<Instructions>, AnalysisError> {
    let Some(path) = path else { return Ok(None) };
    let text = read_text(path)?;
    let codebook = codebook::parse(&text, &path.display().to_string())?;
    Ok(Some(Instructions { codebook, fingerprint: fingerprint(path, text.as_bytes()) }))
}

/// The model in the file `path`.
///
/// # Errors
/// When the file cannot be read or is no model.
pub fn read_model(path: &Path) -> Result<Model, AnalysisError> {
    let text = read_text(path)?;
    Model::parse(&text).map_err(|error| AnalysisError::Model { file: path.display().to_string(), error })
}

fn fingerprint(path: &Path, bytes: &[u8]) -> Fingerprint {
    Fingerprint { file: file_name(path), sha256: sha256(bytes) }
}

/// Families that there is something for, without those the user leaves out.
fn families(request: &TrainingRequest) -> Vec<FeatureFamily> {
    let TrainingRequest { columns, codebook, vectors, without, .. } = request;
    let has_target = columns.target.is_some() || columns.target_start.is_some();
    let fits = |family: &FeatureFamily| match family {
        FeatureFamily::Rules => codebook.is_some(),
        FeatureFamily::Encoder => vectors.is_some(),
        FeatureFamily::Context => !columns.context.is_empty(),
        // A row is a text of its own: it has no place in another, and nothing around it.
        FeatureFamily::Neighbours => false,
        other => has_target || !other.definition().needs_target,
    };
    let all = FAMILIES.iter().map(|definition| definition.family);
    all.filter(fits).filter(|family| !without.contains(family)).collect()
}

/// How to learn.
///
/// # Errors
/// When no family of features is left.
pub(super) fn settings(request: &TrainingRequest) -> Result<Settings, AnalysisError> {
    let families = families(request);
    if families.is_empty() {
        let known: Vec<&str> = request.without.iter().map(|family| family.definition().name).collect();
        return Err(AnalysisError::NoFeatures { known: known.join(", ") });
    }
    Ok(Settings { families, aim: request.thresholds, folds: INNER_FOLDS, seed: request.seed })
}

/// Reads the table and the codings in it. `known` are the labels of a model that is to be measured on them.
pub(super) fn prepare(
    request: &TrainingRequest,
    columns: &TableColumns,
    (is_multi_label, known): (bool, Option<&Shape>),
) -> Result<Prepared, AnalysisError> {
    if columns.labels.len() > 1 && !is_multi_label {
        return Err(AnalysisError::SeveralLabels { count: columns.labels.len() });
    }
    if let Some(column) = named_twice(columns) {
        return Err(AnalysisError::SameColumn { column: column.clone() });
    }
    let table = read_table(&request.table)?;
    let text = table.column(&columns.text)?;
    let labels = columns.labels.iter().map(|label| table.column(label)).collect::<Result<Vec<usize>, _>>()?;
    let group = request.group.as_deref().map(|name| table.column(name)).transpose()?;
    let target = target_columns(&table, columns)?;
    columns.context.iter().try_for_each(|name| table.column(name).map(|_| ()))?;
    let has = |row: &usize, column: usize| !is_missing_mark(&table.rows[*row][column]);
    // A row that lacks one of several labels is left out whole: an empty cell is not a "no".
    let (unlabelled, labelled): (Vec<usize>, Vec<usize>) =
        (0..table.rows.len()).partition(|row| labels.iter().any(|label| !has(row, *label)));
    let (kept, empty): (Vec<usize>, Vec<usize>) =
        labelled.into_iter().partition(|row| !table.rows[*row][text].trim().is_empty());
    let asks_for_target = columns.target.is_some() || columns.target_start.is_some();
    let (kept, unplaced): (Vec<usize>, Vec<usize>) =
        kept.into_iter().partition(|row| !asks_for_target || table.target(*row, text, target).is_some());
    let mut notes = left_out(&table, unlabelled.len(), empty.len());
    notes.extend(without_target(&table, &unplaced));
    let cells = LabelCells { table: &table, columns: labels, kept: &kept };
    let (shape, questions) = cells.questions(&columns.labels, is_multi_label, known)?;
    notes.extend(two_spellings(&shape));
    // Copies of one text in two folds would have the learner examined on what it was taught.
    let names: Vec<&str> = kept.iter().map(|row| &*table.rows[*row][group.unwrap_or(text)]).collect();
    let groups = tables::group_numbers(&names);
    let documents = kept.iter().map(|row| table.document(*row, text)).collect();
    let targets: Vec<Option<Span>> = kept.iter().map(|row| table.target(*row, text, target)).collect();
    Ok(Prepared { table, kept, documents, targets, shape, questions, groups, notes })
}

/// What to say of two labels that differ in capitals alone.
fn two_spellings(shape: &Shape) -> Option<String> {
    let names = shape.names();
    let mut pairs =
        names.iter().enumerate().flat_map(|(place, name)| names[..place].iter().map(move |other| (other, name)));
    let (one, other) = pairs.find(|(one, other)| one.to_lowercase() == other.to_lowercase())?;
    Some(format!("\"{one}\" and \"{other}\" are two labels; write them alike if they are one"))
}

/// A column of labels that is another's, too, or that of the text.
fn named_twice(columns: &TableColumns) -> Option<&String> {
    let times = |wanted: &String| columns.labels.iter().chain([&columns.text]).filter(|name| *name == wanted).count();
    columns.labels.iter().find(|label| times(label) > 1)
}

/// The places of the target's columns.
pub(super) fn target_columns(table: &CodedTable, columns: &TableColumns) -> Result<TargetColumns, AnalysisError> {
    let place = |name: &Option<String>| name.as_deref().map(|name| table.column(name)).transpose();
    Ok(TargetColumns {
        name: place(&columns.target)?,
        start: place(&columns.target_start)?,
        end: place(&columns.target_end)?,
    })
}

/// What is said of rows whose target is not to be found.
pub(super) fn without_target(table: &CodedTable, rows: &[usize]) -> Option<String> {
    let first = table.records[*rows.first()?];
    let count = counted(rows.len() as u64, "row");
    Some(format!("{count} left out: the target is not in the text, or not where the table says; record {first}"))
}

fn left_out(table: &CodedTable, unlabelled: usize, empty: usize) -> Vec<String> {
    let mut notes = table.notes.clone();
    let mut note = |count: usize, why: &str| {
        if count > 0 {
            notes.push(format!("{} left out: {why}", counted(count as u64, "row")));
        }
    };
    note(unlabelled, "no label");
    note(empty, "no text");
    if let Some(first) = table.unreadable.first() {
        let why = format!("cannot be read; record {}: {}", first.origin.record, first.detail);
        note(table.unreadable.len(), &why);
    }
    notes
}

/// The cells that hold the labels.
struct LabelCells<'a> {
    table: &'a CodedTable,
    /// The labels' columns.
    columns: Vec<usize>,
    /// Rows of the table that are used.
    kept: &'a [usize],
}

impl LabelCells<'_> {
    /// What is asked of the rows; `known` are the labels of a model that is to be measured on them.
    fn questions(
        &self,
        names: &[String],
        is_multi_label: bool,
        known: Option<&Shape>,
    ) -> Result<(Shape, Vec<Question>), AnalysisError> {
        let records: Vec<u64> = self.kept.iter().map(|row| self.table.records[*row]).collect();
        if is_multi_label {
            let cells: Vec<Vec<&str>> = self.columns.iter().map(|column| self.of(*column)).collect();
            return tables::labels(names, &cells, &records, known.is_some()).map_err(|error| self.fails(error));
        }
        let column = self.columns.first().ok_or_else(|| self.fails(CodingsError::Nothing))?;
        match known {
            None => tables::classes(&self.of(*column)).map_err(|error| self.fails(error)),
            Some(shape) => Ok((shape.clone(), vec![self.known_classes(*column, shape)?])),
        }
    }

    fn of(&self, column: usize) -> Vec<&str> {
        self.kept.iter().map(|row| &*self.table.rows[*row][column]).collect()
    }

    /// The class of each row among those of a model.
    fn known_classes(&self, column: usize, shape: &Shape) -> Result<Question, AnalysisError> {
        let place = |cell: &&str| {
            shape.names().iter().position(|name| name == cell.trim()).ok_or_else(|| AnalysisError::OtherLabel {
                file: self.table.file.clone(),
                label: cell.trim().to_owned(),
                known: shape.names().join(", "),
            })
        };
        let classes = self.of(column).iter().map(place).collect::<Result<Vec<usize>, _>>()?;
        if classes.is_empty() {
            return Err(self.fails(CodingsError::Nothing));
        }
        Ok(Question { classes, count: shape.names().len() })
    }

    fn fails(&self, error: CodingsError) -> AnalysisError {
        AnalysisError::Codings { file: self.table.file.clone(), error }
    }
}

impl Prepared {
    /// The rows as examples.
    pub(super) fn examples(&self) -> Vec<Example<'_>> {
        let example = |(document, target)| Example { document, stretch: Stretch::Whole, target };
        self.documents.iter().zip(self.targets.iter().copied()).map(example).collect()
    }

    /// How many groups there are.
    pub(super) fn group_count(&self) -> u64 {
        self.groups.iter().max().map_or(0, |last| *last as u64 + 1)
    }

    /// The training file by name and content.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint { file: file_name(Path::new(&self.table.file)), sha256: self.table.sha256.clone() }
    }

    /// Rows read and kept, for the summary.
    pub(super) fn tally(&self) -> String {
        let read = self.table.rows.len() + self.table.unreadable.len();
        format!("{} read, {} kept", counted(read as u64, "row"), counted(self.kept.len() as u64, "row"))
    }
}

/// What features are made with.
pub(super) fn instrument<'c>(
    families: &[FeatureFamily],
    columns: &TableColumns,
    codebook: Option<&'c Instructions>,
    vectors: Option<&'c VectorFile>,
) -> Instrument<'c> {
    let (codebook, vectors) = (codebook.map(|it| &it.codebook), vectors.map(|file| &*file.vectors));
    Instrument { families: families.to_vec(), codebook, context: columns.context.clone(), vectors }
}
