//! From a table of coded texts to a model file.

use std::path::Path;

use crate::analysis::coded::{Prepared, TrainingRequest, instrument, prepare, read_codebook, settings};
use crate::analysis::error::AnalysisError;
use crate::analysis::paths::{file_name, spare, spare_strangers};
use crate::analysis::vectors::VectorFile;
use crate::analysis::watch::{Step, Watcher, go_on};
use crate::learning::{
    Extracted, FORMAT, Instrument, Model, Settings, TrainingRows, Weights, extract_watched, fit_watched,
};
use crate::report::{strangers, write_together};

/// What was learnt from a table.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The table.
    pub file: String,
    /// How much of it was read and kept.
    pub tally: String,
    /// What the user should know of rows left out.
    pub notes: Vec<String>,
    /// What was learnt.
    pub model: Model,
}

/// Learns from a table and writes the model to the file `output`.
///
/// # Errors
/// When the table or the codebook cannot be read, its columns do not fit, or nothing can be learnt from it.
pub fn train(request: &TrainingRequest, output: &Path, watcher: &dyn Watcher) -> Result<Trained, AnalysisError> {
    spare([output.to_path_buf()], request.inputs())?;
    let folder = output.parent().unwrap_or(Path::new(""));
    spare_strangers(strangers(folder, &[], &[file_name(output)]), Vec::new)?;
    let codebook = read_codebook(request.codebook.as_deref())?;
    let vectors = VectorFile::of_table(request.vectors.as_deref())?;
    let prepared = prepare(request, &request.columns, (request.is_multi_label, None))?;
    let settings = settings(request)?;
    let instrument = instrument(&settings.families, &request.columns, codebook.as_ref(), vectors.as_ref());
    let extracted = read(&prepared, &instrument, watcher)?;
    let weights = learn(&prepared, &extracted, &settings, watcher)?;
    let model = Model {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        shape: prepared.shape.clone(),
        columns: request.columns.clone(),
        codebook: codebook.map(|it| it.fingerprint),
        training: prepared.fingerprint(),
        rows: prepared.kept.len() as u64,
        groups: prepared.group_count(),
        thresholds: settings.aim,
        seed: settings.seed,
        folds: settings.folds,
        vocabulary: weights.vocabulary(&extracted, &settings.families),
        measures: extracted.measure_names.clone(),
        measure_weights: weights.measures().to_vec(),
        measure_centres: weights.centres().to_vec(),
        encoder: vectors.map(|file| file.record),
        frames: None,
        answers: weights.answers,
        families: settings.families,
    };
    write_together(&[(output.to_path_buf(), model.to_text()?.into_bytes())])?;
    let tally = prepared.tally();
    Ok(Trained { file: prepared.table.file, tally, notes: prepared.notes, model })
}

fn read(prepared: &Prepared, instrument: &Instrument<'_>, watcher: &dyn Watcher) -> Result<Extracted, AnalysisError> {
    let examples = prepared.examples();
    let total = examples.len() as u64;
    let step = Step::parts(watcher, "reading", total);
    let mut done = 0;
    let extracted = extract_watched(instrument, &examples, |read| {
        done += read as u64;
        step.shows(done, total);
    });
    drop(step);
    go_on(watcher)?;
    Ok(extracted)
}

fn learn(
    prepared: &Prepared,
    extracted: &Extracted,
    settings: &Settings,
    watcher: &dyn Watcher,
) -> Result<Weights, AnalysisError> {
    let picked: Vec<u32> = (0..prepared.kept.len()).map(|row| u32::try_from(row).unwrap_or(u32::MAX)).collect();
    let rows = TrainingRows { picked: &picked, groups: &prepared.groups };
    let step = Step::parts(watcher, "learning", 0);
    let weights = fit_watched(extracted, &prepared.questions, &rows, settings, |done, parts| {
        step.shows(done as u64, parts as u64);
    })?;
    drop(step);
    go_on(watcher)?;
    Ok(weights)
}
