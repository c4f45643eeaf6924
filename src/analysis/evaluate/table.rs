//! On a table of coded texts.

use std::path::Path;

use crate::analysis::coded::{Prepared, TrainingRequest, instrument, prepare, read_codebook, read_model, settings};
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::measured::{
    Evaluation, EvaluationSubject, MeasuredRows, evaluation_files, spare_other_tables,
};
use crate::analysis::evaluate::trials::{EvaluationDesign, MAJORITY, MOST_OUTLET_SETS, Trial, Trials};
use crate::analysis::paths::spare;
use crate::analysis::vectors::VectorFile;
use crate::analysis::watch::Watcher;
use crate::learning::evaluate::EvaluationSet;
use crate::learning::tables::group_numbers;
use crate::learning::{Extracted, ScoreMemory, Scorer, Shape, TableColumns, UnitReader, extract};
use crate::model::Prediction;
use crate::report::counted;
use crate::stats::learning::Folds;

/// A table of coded texts to measure on.
#[derive(Clone, Copy, Debug)]
pub struct TableEvaluation<'a> {
    /// The table.
    pub request: &'a TrainingRequest,
    /// How rows are held out.
    pub design: EvaluationDesign,
    /// Column of the outlet: outlets are also held out.
    pub outlet: Option<&'a str>,
    /// Where the measures go; the other tables stand beside it.
    pub output: &'a Path,
}

/// Cross-validates on a table and writes the tables of measures.
///
/// # Errors
/// When a file cannot be read, all rows are of one group, or a learner fails.
pub fn evaluate_table(evaluation: &TableEvaluation<'_>, watcher: &dyn Watcher) -> Result<Evaluation, AnalysisError> {
    let TableEvaluation { request, design, outlet, output } = *evaluation;
    spare(evaluation_files(output), request.inputs())?;
    spare_other_tables(output)?;
    let codebook = read_codebook(request.codebook.as_deref())?;
    let vectors = VectorFile::of_table(request.vectors.as_deref())?;
    let columns = &request.columns;
    let prepared = prepare(request, columns, (request.is_multi_label, None))?;
    let settings = settings(request)?;
    let instrument = instrument(&settings.families, columns, codebook.as_ref(), vectors.as_ref());
    let extracted = extract(&instrument, &prepared.examples());
    let (questions, shape) = (&prepared.questions, &prepared.shape);
    let evaluation_set =
        EvaluationSet { extracted: &extracted, questions, shape, groups: &prepared.groups, weights: &[] };
    let folds = evaluation_set.folds(design.folds, request.seed);
    if folds.count() < 2 {
        return Err(AnalysisError::OneGroup { file: prepared.table.file });
    }
    let mut subject = EvaluationSubject::of(&prepared);
    subject.notes.extend(shortcomings(&evaluation_set, &folds, design.folds));
    let within = Trials {
        evaluation_set: &evaluation_set,
        design: "cross-validation",
        folds: &folds,
        codebook: codebook.as_ref().map(|it| &it.codebook),
        frames: None,
        settings: &settings,
        ablate: design.ablate,
    };
    let mut trials = within.make(watcher)?;
    if let Some(outlet) = outlet {
        let outlets = outlet_groups(&prepared, outlet)?;
        let apart = EvaluationSet { groups: &outlets, ..evaluation_set };
        let folds = apart.folds(MOST_OUTLET_SETS, request.seed);
        if folds.count() < 2 {
            subject.notes.push("all rows are of one outlet, so that none can be held out".to_owned());
        } else {
            let across =
                Trials { evaluation_set: &apart, design: "held-out outlets", folds: &folds, ablate: false, ..within };
            trials.extend(across.make(watcher)?);
        }
    }
    let parts = [MeasuredRows { truth: evaluation_set.truth(), trials }];
    subject.measure(&parts, request.seed, output)
}

/// What folds cannot do: be as many as asked for, and leave rows of every label to learn from.
fn shortcomings(evaluation_set: &EvaluationSet<'_>, folds: &Folds, asked: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if folds.count() < asked {
        notes
            .push(format!("{} instead of {asked}, as there are no more groups", counted(folds.count() as u64, "fold")));
    }
    let names = evaluation_set.shape.names();
    let unlearnable: Vec<&str> = evaluation_set.unlearnable(folds).into_iter().map(|label| &*names[label]).collect();
    if !unlearnable.is_empty() {
        let labels = unlearnable.join(", ");
        notes.push(format!("all rows of a label are in one fold, so that it is never learnt there: {labels}"));
    }
    notes
}

/// Measures the model in the file `path` on a table and writes the tables of measures.
///
/// # Errors
/// When a file cannot be read, or the table, the codebook and the model do not fit each other.
pub fn evaluate_model(request: &TrainingRequest, path: &Path, output: &Path) -> Result<Evaluation, AnalysisError> {
    spare(evaluation_files(output), request.inputs().chain([path]))?;
    spare_other_tables(output)?;
    let codebook = read_codebook(request.codebook.as_deref())?;
    let vectors = VectorFile::of_table(request.vectors.as_deref())?;
    let model = read_model(path)?;
    model
        .accept_codebook(codebook.as_ref().map(|it| &it.fingerprint))
        .map_err(|error| AnalysisError::Model { file: path.display().to_string(), error })?;
    model
        .accept_encoder(vectors.as_ref().map(|file| &file.record))
        .map_err(|error| AnalysisError::Model { file: path.display().to_string(), error })?;
    let scorer = Scorer::new(model);
    let model = scorer.model();
    let is_multi_label = matches!(model.shape, Shape::Labels(_));
    accept_columns(request, path, &model.columns)?;
    let prepared = prepare(request, &model.columns, (is_multi_label, Some(&model.shape)))?;
    let instrument =
        scorer.instrument(codebook.as_ref().map(|it| &it.codebook), vectors.as_ref().map(|file| &*file.vectors));
    let (mut reader, mut memory) = (UnitReader::default(), ScoreMemory::default());
    let judge = |example| {
        let said = reader.with_unit(&instrument, example, |unit| scorer.score(unit, &mut memory));
        Prediction { carried: said.carried, probabilities: said.probabilities }
    };
    let judged = prepared.examples().iter().map(judge).collect();
    let extracted = Extracted::default();
    let (questions, shape) = (&prepared.questions, &prepared.shape);
    let evaluation_set =
        EvaluationSet { extracted: &extracted, questions, shape, groups: &prepared.groups, weights: &[] };
    let all: Vec<usize> = (0..prepared.kept.len()).collect();
    let design = "held-out table";
    let majority = Trial {
        design,
        scorer: MAJORITY.to_owned(),
        note: "shares of the table itself".to_owned(),
        is_bare: false,
        judged: vec![evaluation_set.shares(&all); all.len()],
        unlearnable: Vec::new(),
    };
    let (scorer, note, unlearnable) = ("together".to_owned(), String::new(), Vec::new());
    let together = Trial { design, scorer, note, is_bare: false, judged, unlearnable };
    let parts = [MeasuredRows { truth: evaluation_set.truth(), trials: vec![majority, together] }];
    EvaluationSubject::of(&prepared).measure(&parts, request.seed, output)
}

/// Refuses a column that the model does not read: its own are measured, and the others' figures would pass for those asked for.
fn accept_columns(request: &TrainingRequest, path: &Path, known: &TableColumns) -> Result<(), AnalysisError> {
    // "text" is also what stands there where nobody named a column.
    let text = Some(&request.columns.text).filter(|text| *text != "text");
    let all = |columns: &TableColumns| -> Vec<String> {
        let TableColumns { labels, target, target_start, target_end, context, .. } = columns.clone();
        labels.into_iter().chain([target, target_start, target_end].into_iter().flatten()).chain(context).collect()
    };
    let known = [vec![known.text.clone()], all(known)].concat();
    let asked = all(&request.columns);
    match text.into_iter().chain(&asked).find(|column| !known.contains(column)) {
        None => Ok(()),
        Some(column) => Err(AnalysisError::OtherColumn {
            column: column.clone(),
            model: path.display().to_string(),
            columns: known.join(", "),
        }),
    }
}

/// The group of each row when outlets are held out: its outlet; rows without one stand alone.
fn outlet_groups(prepared: &Prepared, outlet: &str) -> Result<Vec<usize>, AnalysisError> {
    let column = prepared.table.column(outlet)?;
    let names: Vec<&str> = prepared.kept.iter().map(|row| &*prepared.table.rows[*row][column]).collect();
    Ok(group_numbers(&names))
}
