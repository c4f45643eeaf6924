//! `predict`: a table of texts in, the same rows and columns out, with labels, probabilities and evidence.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, PredictRequest};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{harmless, shown, standard_output};
use crate::report::counted;

/// Scores the table.
pub(super) fn predict(
    table: &Path,
    model: &Path,
    codebook: Option<&Path>,
    common: &Common,
) -> Result<Verdict, Failure> {
    let output = common.output().unwrap_or(Path::new("predictions.csv"));
    let predicted = analysis::predict(&PredictRequest { table, model, codebook, output }, &common.watcher())?;
    if !common.quiet {
        let mut out = standard_output();
        writeln!(out, "{}: {} scored", shown(output), counted(predicted.rows, "row"))?;
        for note in &predicted.notes {
            writeln!(out, "  {}", harmless(note))?;
        }
    }
    Ok(Verdict::Fine)
}
