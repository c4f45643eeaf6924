//! `predict`: a table of texts in, the same rows and columns out, with labels, probabilities and evidence.

use std::path::Path;

use csv::Writer;
use rayon::prelude::*;

use crate::cli::arguments::Common;
use crate::cli::coded::{output, read_codebook, read_model, spare, target_columns, without_target};
use crate::cli::failure::Failure;
use crate::cli::terminal::{counted, harmless};
use crate::cli::{Verdict, interrupt};
use crate::corpus::{CodedTable, TargetColumns, read_table};
use crate::learning::{Contribution, Evidence, Example, Instrument, ScoreMemory, Scorer, Shape, Stretch, UnitReader};
use crate::report::{fixed, write_together};

/// Rows that one thread scores before it looks for more work.
const RUN: usize = 256;

/// Parts of the score that are named as evidence for each label.
const MOST_EVIDENCE: usize = 5;

/// Scores the table.
pub(super) fn predict(
    path: &Path,
    model_path: &Path,
    codebook: Option<&Path>,
    common: &Common,
) -> Result<Verdict, Failure> {
    let output = output(common, "predictions.csv");
    spare(&output, &[path, model_path])?;
    let codebook = read_codebook(codebook)?;
    let model = read_model(model_path)?;
    model
        .accept_codebook(codebook.as_ref().map(|it| &it.fingerprint))
        .map_err(|error| Failure::Model { file: model_path.display().to_string(), error })?;
    let scorer = Scorer::new(model);
    let table = read_table(path)?;
    let source = source(&table, &scorer, model_path)?;
    let instrument = scorer.instrument(codebook.as_ref().map(|it| &it.codebook));
    let rows: Vec<usize> = (0..table.rows.len()).collect();
    let cells: Vec<Vec<String>> = rows.par_chunks(RUN).flat_map_iter(|rows| source.cells(rows, &instrument)).collect();
    interrupt::check()?;
    write_together(&[(output.clone(), source.write(&cells)?)])?;
    if !common.quiet {
        use std::io::Write;
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}: {} scored", output.display(), counted(table.rows.len() as u64, "row"))?;
        let unplaced: Vec<usize> = rows.iter().copied().filter(|row| source.lacks_target(*row)).collect();
        for note in table.notes.iter().chain(&without_target(&table, &unplaced)) {
            writeln!(out, "  {}", harmless(note))?;
        }
        if let Some(first) = table.unreadable.first() {
            let count = counted(table.unreadable.len() as u64, "record");
            writeln!(out, "  {count} cannot be read; record {}: {}", first.origin.record, harmless(&first.detail))?;
        }
    }
    Ok(Verdict::Fine)
}

/// A table and what scores it.
struct Source<'a> {
    table: &'a CodedTable,
    scorer: &'a Scorer,
    text: usize,
    target: TargetColumns,
}

/// Finds the model's columns in the table.
fn source<'a>(table: &'a CodedTable, scorer: &'a Scorer, model: &Path) -> Result<Source<'a>, Failure> {
    let columns = &scorer.model().columns;
    let target = [&columns.target, &columns.target_start, &columns.target_end];
    let wanted = [&columns.text].into_iter().chain(target.into_iter().flatten()).chain(&columns.context);
    let missing: Vec<String> =
        wanted.filter(|name| !table.columns.contains(name)).map(|name| format!("\"{name}\"")).collect();
    if !missing.is_empty() {
        return Err(Failure::MissingColumns {
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
            std::iter::once(predicted.join(";")).chain(shares).chain([self.evidence(&evidence)]).collect()
        };
        rows.iter().map(&mut cells).collect()
    }

    /// The strongest parts of each label's score, all others together, and the constant: they sum to the log-odds.
    fn evidence(&self, found: &[Evidence]) -> String {
        let is_single = matches!(self.scorer.model().shape, Shape::Classes(_));
        let part = |evidence: &Evidence| {
            let told = |it: &Contribution| format!("{} {:+.2}", it.name, it.log_odds);
            let mut parts: Vec<String> = evidence.strongest.iter().map(told).collect();
            parts.push(format!("(all else) {:+.2}", evidence.rest));
            parts.push(format!("(constant) {:+.2}", evidence.constant));
            let list = parts.join("; ");
            if is_single { list } else { format!("{}: {list}", self.scorer.model().shape.names()[evidence.label]) }
        };
        found.iter().map(part).collect::<Vec<_>>().join(" | ")
    }

    /// The table with its new columns; columns of these names that it had before give way.
    fn write(&self, scored: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
        let labels = self.scorer.model().shape.names();
        let probabilities = labels.iter().map(|label| format!("probability_{label}"));
        let new: Vec<String> =
            std::iter::once("predicted".to_owned()).chain(probabilities).chain(["evidence".to_owned()]).collect();
        let old: Vec<usize> =
            (0..self.table.columns.len()).filter(|column| !new.contains(&self.table.columns[*column])).collect();
        let fail = |error: csv::Error| Failure::Print(error.into());
        let mut out = Writer::from_writer(Vec::new());
        out.write_record(old.iter().map(|column| &self.table.columns[*column]).chain(&new)).map_err(fail)?;
        for (row, cells) in self.table.rows.iter().zip(scored) {
            out.write_record(old.iter().map(|column| &row[*column]).chain(cells)).map_err(fail)?;
        }
        out.into_inner().map_err(|error| Failure::Print(error.into_error()))
    }
}
