//! A table of texts in, the same rows and columns out, with labels, probabilities and evidence.

use std::path::Path;

use csv::Writer;
use rayon::prelude::*;

use crate::analysis::coded::{read_codebook, read_model, target_columns, without_target};
use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare;
use crate::analysis::vectors::VectorFile;
use crate::analysis::watch::{Watcher, go_on};
use crate::corpus::{CodedTable, TargetColumns, read_table};
use crate::learning::{Example, Instrument, ScoreExplanation, ScoreMemory, Scorer, Shape, Stretch, UnitReader};
use crate::model::guarded;
use crate::report::{counted, fixed, lacks_columns, signed, write_together};

/// Rows that one thread scores before it looks for more work.
const RUN: usize = 256;

/// Columns that every table of predictions has beside those of the table it is of, and of the labels.
const ADDED: [&str; 2] = ["predicted", "evidence"];

/// Parts of the score that are named as evidence for each label.
const MOST_EVIDENCE: usize = 5;

/// What is to be scored.
#[derive(Clone, Copy, Debug)]
pub struct PredictRequest<'a> {
    /// The table.
    pub table: &'a Path,
    /// The model file.
    pub model: &'a Path,
    /// The codebook that the model was trained with, if it was.
    pub codebook: Option<&'a Path>,
    /// Sentence vectors of the table, where the model was trained with such.
    pub vectors: Option<&'a Path>,
    /// Where the scored table goes.
    pub output: &'a Path,
}

/// What was scored.
#[derive(Clone, Debug)]
pub struct Predicted {
    /// Rows in the table, scored or left without a prediction.
    pub rows: u64,
    /// What the user should know of them.
    pub notes: Vec<String>,
}

/// Scores the table and writes it with its new columns.
///
/// # Errors
/// When a file cannot be read, or the table, the codebook and the model do not fit each other.
pub fn predict(request: &PredictRequest<'_>, watcher: &dyn Watcher) -> Result<Predicted, AnalysisError> {
    let PredictRequest { table: path, model: model_path, codebook, vectors, output } = *request;
    // Before anything is scored: nobody wants to learn after an hour that the table may not replace itself.
    spare([output.to_path_buf()], [path, model_path].into_iter().chain(codebook))?;
    let codebook = read_codebook(codebook)?;
    let vectors = VectorFile::of_table(vectors)?;
    let model = read_model(model_path)?;
    model
        .accept_codebook(codebook.as_ref().map(|it| &it.fingerprint))
        .map_err(|error| AnalysisError::Model { file: model_path.display().to_string(), error })?;
    model
        .accept_encoder(vectors.as_ref().map(|file| &file.record))
        .map_err(|error| AnalysisError::Model { file: model_path.display().to_string(), error })?;
    let scorer = Scorer::new(model);
    let table = read_table(path)?;
    if lacks_columns(output, &ADDED) {
        return Err(AnalysisError::OutputIsStranger { path: output.to_path_buf() });
    }
    let source = source(&table, &scorer, model_path)?;
    let instrument =
        scorer.instrument(codebook.as_ref().map(|it| &it.codebook), vectors.as_ref().map(|file| &*file.vectors));
    let rows: Vec<usize> = (0..table.rows.len()).collect();
    // In chunks, as the reader's and the scorer's memory is worth keeping from row to row; they come back in the
    // order of the rows.
    let cells: Vec<Vec<String>> = rows.par_chunks(RUN).flat_map_iter(|rows| source.cells(rows, &instrument)).collect();
    go_on(watcher)?;
    write_together(&[(output.to_path_buf(), source.write(&cells)?)])?;
    Ok(Predicted { rows: table.rows.len() as u64, notes: source.notes() })
}

/// A table and what scores it.
struct Source<'a> {
    table: &'a CodedTable,
    scorer: &'a Scorer,
    text: usize,
    target: TargetColumns,
}

/// Finds the model's columns in the table.
fn source<'a>(table: &'a CodedTable, scorer: &'a Scorer, model: &Path) -> Result<Source<'a>, AnalysisError> {
    let columns = &scorer.model().columns;
    let target = [&columns.target, &columns.target_start, &columns.target_end];
    let wanted = [&columns.text].into_iter().chain(target.into_iter().flatten()).chain(&columns.context);
    let missing: Vec<String> =
        wanted.filter(|name| !table.columns.contains(name)).map(|name| format!("\"{name}\"")).collect();
    if !missing.is_empty() {
        return Err(AnalysisError::MissingColumns {
            file: table.file.clone(),
            missing: missing.join(", "),
            model: model.display().to_string(),
            columns: table.columns.join(", "),
        });
    }
    let text = table.column(&columns.text)?;
    Ok(Source { table, scorer, text, target: target_columns(table, columns)? })
}

impl Source<'_> {
    /// What the user should know of the rows.
    fn notes(&self) -> Vec<String> {
        let unplaced: Vec<usize> = (0..self.table.rows.len()).filter(|row| self.lacks_target(*row)).collect();
        let mut notes = self.table.notes.clone();
        notes.extend(without_target(self.table, &unplaced));
        if let Some(first) = self.table.unreadable.first() {
            let count = counted(self.table.unreadable.len() as u64, "record");
            notes.push(format!("{count} cannot be read; record {}: {}", first.origin.record, first.detail));
        }
        notes
    }

    /// Whether a target is asked for and not to be found.
    fn lacks_target(&self, row: usize) -> bool {
        let asks = self.target.name.is_some() || self.target.start.is_some();
        asks && self.table.target(row, self.text, self.target).is_none()
    }

    /// What is added to each of these rows: labels, probabilities, evidence.
    fn cells(&self, rows: &[usize], instrument: &Instrument<'_>) -> Vec<Vec<String>> {
        let (mut reader, mut memory) = (UnitReader::default(), ScoreMemory::default());
        let labels = self.scorer.model().shape.names();
        let mut cells = |row: &usize| -> Vec<String> {
            if self.table.rows[*row][self.text].trim().is_empty() || self.lacks_target(*row) {
                // Empty cells, not a 0: nothing was asked of these rows.
                return vec![String::new(); labels.len() + 2];
            }
            let document = self.table.document(*row, self.text);
            let target = self.table.target(*row, self.text, self.target);
            let example = Example { document: &document, stretch: Stretch::Whole, target };
            let (scored, evidence) = reader.with_unit(instrument, &example, |unit| {
                self.scorer.score_with_evidence(unit, MOST_EVIDENCE, &mut memory)
            });
            let carried = labels.iter().zip(&scored.carried).filter(|(_, carried)| **carried);
            let predicted: Vec<&str> = carried.map(|(label, _)| label.as_str()).collect();
            let shares = scored.probabilities.iter().map(|share| fixed(Some(*share)));
            // Labels come from a user's table, and evidence from texts: either may begin with "=", which a
            // spreadsheet would run.
            let labels = guarded(&predicted.join(";")).into_owned();
            let evidence = guarded(&self.evidence(&evidence)).into_owned();
            std::iter::once(labels).chain(shares).chain([evidence]).collect()
        };
        rows.iter().map(&mut cells).collect()
    }

    /// The strongest parts of each label's score, all others together, and the constant: they sum to the log-odds.
    fn evidence(&self, found: &[ScoreExplanation]) -> String {
        let is_single = matches!(self.scorer.model().shape, Shape::Classes(_));
        let part = |evidence: &ScoreExplanation| {
            let strongest = evidence.strongest.iter().map(|it| format!("{} {}", it.name, signed(it.log_odds, 2)));
            let mut parts: Vec<String> = strongest.collect();
            parts.push(format!("(all else) {}", signed(evidence.rest, 2)));
            parts.push(format!("(constant) {}", signed(evidence.constant, 2)));
            let list = parts.join("; ");
            if is_single { list } else { format!("{}: {list}", self.scorer.model().shape.names()[evidence.label]) }
        };
        found.iter().map(part).collect::<Vec<_>>().join(" | ")
    }

    /// The table with its new columns; columns of these names that it had before give way.
    fn write(&self, scored: &[Vec<String>]) -> Result<Vec<u8>, AnalysisError> {
        let labels = self.scorer.model().shape.names();
        let probabilities = labels.iter().map(|label| format!("probability_{label}"));
        let new: Vec<String> =
            std::iter::once("predicted".to_owned()).chain(probabilities).chain(["evidence".to_owned()]).collect();
        // Scored a second time, a table would else have two columns called "predicted".
        let old: Vec<usize> =
            (0..self.table.columns.len()).filter(|column| !new.contains(&self.table.columns[*column])).collect();
        let mut out = Writer::from_writer(Vec::new());
        out.write_record(old.iter().map(|column| &self.table.columns[*column]).chain(&new))?;
        for (row, cells) in self.table.rows.iter().zip(scored) {
            out.write_record(old.iter().map(|column| &row[*column]).chain(cells))?;
        }
        Ok(out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?)
    }
}
