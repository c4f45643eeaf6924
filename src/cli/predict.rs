//! `predict`: a table of texts in, the same rows and columns out, with labels, probabilities and evidence.

use std::io::Write;

use crate::analysis::{self, PredictRequest};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{harmless, shown, standard_output};
use crate::report::counted;

/// Scores the table.
pub(super) fn predict(request: &PredictRequest<'_>, common: &Common) -> Result<Verdict, Failure> {
    let predicted = analysis::predict(request, &common.watcher())?;
    if !common.quiet {
        let mut out = standard_output();
        writeln!(out, "{}: {} scored", shown(request.output), counted(predicted.rows, "row"))?;
        for note in &predicted.notes {
            writeln!(out, "  {}", harmless(note))?;
        }
    }
    Ok(Verdict::Fine)
}
