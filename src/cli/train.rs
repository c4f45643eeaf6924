//! `train`: from a table of coded texts to a model file.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, TrainingRequest};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{harmless, shown, standard_output};
use crate::learning::Shape;
use crate::report::counted;

/// Learns from the table and writes the model.
pub(super) fn train(request: &TrainingRequest, common: &Common) -> Result<Verdict, Failure> {
    let output = common.output().unwrap_or(Path::new("model.json"));
    let trained = analysis::train(request, output, &common.watcher())?;
    if common.quiet {
        return Ok(Verdict::Fine);
    }
    let mut out = standard_output();
    writeln!(out, "{}: {}", harmless(&trained.file), trained.tally)?;
    for note in &trained.notes {
        writeln!(out, "  {}", harmless(note))?;
    }
    let model = &trained.model;
    let kinds = match &model.shape {
        Shape::Classes(names) => counted(names.len() as u64, "class"),
        Shape::Labels(names) => counted(names.len() as u64, "label"),
    };
    let features = model.vocabulary.iter().map(|part| part.names.len()).sum::<usize>() + model.measures.len();
    writeln!(out, "{}: {kinds}, {}", shown(output), counted(features as u64, "feature"))?;
    Ok(Verdict::Fine)
}
