//! `train`: from a table of coded texts to a model file.

use std::io::Write;

use crate::cli::arguments::{Coded, Common};
use crate::cli::coded::{columns_of, families, instrument, output, prepare, read_codebook, settings, spare};
use crate::cli::failure::Failure;
use crate::cli::terminal::{counted, harmless};
use crate::cli::{Verdict, interrupt, progress};
use crate::learning::{FORMAT, Model, Rows, Shape, extract_watched, fit_watched};
use crate::report::write_together;

/// Learns from the table and writes the model.
pub(super) fn train(coded: &Coded, common: &Common) -> Result<Verdict, Failure> {
    let output = output(common, "model.json");
    spare(&output, &[&coded.table])?;
    let codebook = read_codebook(coded.codebook.as_deref())?;
    let columns = columns_of(coded);
    let prepared = prepare(coded, &columns, (coded.multi_label, None))?;
    let settings = settings(coded, families(&columns, codebook.is_some(), &coded.without))?;
    let instrument = instrument(settings.families.clone(), codebook.as_ref(), &columns);
    let examples = prepared.examples();
    let bar = progress::steps("reading", common);
    bar.set_length(examples.len() as u64);
    let extracted = extract_watched(&instrument, &examples, |read| bar.inc(read as u64));
    bar.finish_and_clear();
    interrupt::check()?;
    let picked: Vec<u32> = (0..prepared.kept.len()).map(|row| u32::try_from(row).unwrap_or(u32::MAX)).collect();
    let rows = Rows { picked: &picked, groups: &prepared.groups };
    let bar = progress::steps("learning", common);
    let weights = fit_watched(&extracted, &prepared.questions, &rows, &settings, |done, parts| {
        bar.set_length(parts as u64);
        bar.set_position(done as u64);
    })?;
    bar.finish_and_clear();
    interrupt::check()?;
    let model = Model {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        shape: prepared.shape.clone(),
        columns,
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
        frames: None,
        answers: weights.answers,
        families: settings.families,
    };
    let text = model.to_text().map_err(std::io::Error::from)?;
    write_together(&[(output.clone(), text.into_bytes())])?;
    if !common.quiet {
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}: {}", harmless(&prepared.table.file), prepared.tally())?;
        for note in &prepared.notes {
            writeln!(out, "  {}", harmless(note))?;
        }
        let features: usize = model.vocabulary.iter().map(|part| part.names.len()).sum();
        let kinds = match &model.shape {
            Shape::Classes(names) => counted(names.len() as u64, "class").replace("classs", "classes"),
            Shape::Labels(names) => counted(names.len() as u64, "label"),
        };
        let known = counted((features + model.measures.len()) as u64, "feature");
        writeln!(out, "{}: {kinds}, {known}", output.display())?;
    }
    Ok(Verdict::Fine)
}
