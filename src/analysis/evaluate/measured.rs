//! Trials measured and written as tables.

use std::path::{Path, PathBuf};

use crate::analysis::coded::Prepared;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::trials::{MAJORITY, Trial};
use crate::analysis::evaluate::voices::VoiceEvaluation;
use crate::analysis::paths::spare_stranger;
use crate::analysis::project::Project;
use crate::learning::Choice;
use crate::model::Truth;
use crate::report::{
    CellQuality, Confusions, EVALUATIONS, Evaluated, LabelledBins, VoiceQuality, cells_table, confusion_table,
    evaluation_package, evaluation_table, reliability_table, voice_confusion_table, voices_table, write_together,
};
use crate::stats::Seed;
use crate::validate::{Estimate, JudgedRows, Metric, compare_scorers, confusion, reliability};

/// The first of the tables that are written for a study.
pub(super) fn results(project: &Project) -> PathBuf {
    let output = &project.output;
    // `--output ev.csv` names the table, as where no study is evaluated; it once became a folder of that name.
    let is_file = project.is_elsewhere && !output.is_dir() && output.extension().is_some_and(|it| it == "csv");
    if is_file { output.clone() } else { output.join("evaluation.csv") }
}

/// Refuses to replace what no evaluation wrote.
pub(super) fn spare_other_tables(output: &Path) -> Result<(), AnalysisError> {
    EVALUATIONS.iter().zip(evaluation_files(output)).try_for_each(|(table, path)| spare_stranger(&path, &table.names()))
}

/// What is measured, and on how much.
#[derive(Clone, Debug)]
pub(super) struct EvaluationSubject {
    /// The file.
    pub(super) name: String,
    /// How much was read and kept.
    pub(super) tally: String,
    /// What the user should know.
    pub(super) notes: Vec<String>,
    pub(super) groups: u64,
    /// Frames by group and period; none where a table is measured.
    pub(super) cells: Vec<CellQuality>,
    /// Who codes each frame; none where a table is measured.
    pub(super) choices: Vec<(String, Choice)>,
    /// Voice and stance; none where a table is measured, or people coded neither.
    pub(super) voices: VoiceEvaluation,
}

impl EvaluationSubject {
    pub(super) fn of(prepared: &Prepared) -> Self {
        Self {
            name: prepared.table.file.clone(),
            tally: prepared.tally(),
            notes: prepared.notes.clone(),
            groups: prepared.group_count(),
            cells: Vec::new(),
            choices: Vec::new(),
            voices: VoiceEvaluation::default(),
        }
    }

    /// Measures the trials and writes the tables, the first to `output` and the others beside it.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn measure(self, parts: &[MeasuredRows], seed: u64, output: &Path) -> Result<Evaluation, AnalysisError> {
        let mut evaluated = Vec::new();
        let (mut confusions, mut bins) = (Vec::new(), Vec::new());
        for MeasuredRows { truth, trials } in parts {
            // Within a design only: on outlets that were held out every scorer does worse, which is no difference between
            // scorers.
            for design in trials.chunk_by(|a, b| a.design == b.design) {
                evaluated.extend(measured_design(truth, design, seed));
                for trial in design.iter().filter(|trial| !trial.judged.is_empty()) {
                    let (design, scorer) = (trial.design, &trial.scorer[..]);
                    confusions.push(Confusions { design, scorer, cells: confusion(truth, &trial.judged) });
                    if !trial.is_bare {
                        let held = reliability(truth, &trial.judged);
                        bins.push(LabelledBins { design, scorer, labels: &truth.labels, held });
                    }
                }
            }
        }
        let [measures, of_confusion, of_reliability, of_groups, of_voices, of_voice_confusion, of_package] =
            evaluation_files(output);
        let mut tables = vec![
            (measures, evaluation_table(&evaluated)?),
            (of_confusion, confusion_table(&confusions)?),
            (of_reliability, reliability_table(&bins)?),
        ];
        let Self { name, tally, notes, groups, cells, choices, voices } = self;
        if !cells.is_empty() {
            tables.push((of_groups, cells_table(&cells)?));
        }
        if !voices.qualities.is_empty() {
            tables.push((of_voices, voices_table(&voices.qualities)?));
            tables.push((of_voice_confusion, voice_confusion_table(&voices.confusions)?));
        }
        let package = evaluation_package(&tables);
        let files = tables.iter().map(|(path, _)| path.clone()).collect();
        tables.push((of_package, package));
        write_together(&tables)?;
        Ok(Evaluation { name, tally, notes, groups, evaluated, cells, choices, voices: voices.qualities, files })
    }
}

/// The measures of the trials of one design, then the last trial less each of the others.
fn measured_design(truth: &Truth, design: &[Trial], seed: u64) -> Vec<Evaluated> {
    let made: Vec<&Trial> = design.iter().filter(|trial| !trial.judged.is_empty()).collect();
    let rows = made.iter().map(|trial| JudgedRows { predictions: &trial.judged, is_level: trial.scorer == MAJORITY });
    let judged: Vec<JudgedRows<'_>> = rows.collect();
    let found = compare_scorers(truth, &judged, Seed::new(seed));
    let mut measures = found.measures.into_iter();
    let mut evaluated = Vec::new();
    for trial in design {
        let estimates = if trial.judged.is_empty() { Some(undefined()) } else { measures.next() };
        evaluated.push(part(truth, trial, None, estimates.unwrap_or_default()));
    }
    if let Some(last) = made.last() {
        for (trial, differences) in made.iter().zip(found.differences).filter(|(_, found)| !found.is_empty()) {
            // The last learns, so that what it could not learn is the longer list of the two.
            evaluated.push(part(truth, last, Some(trial), differences));
        }
    }
    evaluated
}

/// Coded rows, and what several scorers say of them.
pub(super) struct MeasuredRows {
    pub(super) truth: Truth,
    /// Those of one design stand together.
    pub(super) trials: Vec<Trial>,
}

/// A scorer, or its difference from another, with what is known of it.
fn part(truth: &Truth, trial: &Trial, less: Option<&Trial>, estimates: Vec<Estimate>) -> Evaluated {
    let mut estimates = learnt(estimates, &trial.unlearnable, truth);
    // Of labels without probabilities nothing is known that a probability would have to show.
    if trial.is_bare || less.is_some_and(|less| less.is_bare) {
        for estimate in estimates.iter_mut().filter(|estimate| estimate.metric.needs_probability()) {
            (estimate.value, estimate.interval) = (None, None);
        }
    }
    Evaluated {
        design: trial.design.to_owned(),
        scorer: trial.scorer.clone(),
        less: less.map(|less| less.scorer.clone()),
        labels: truth.labels.clone(),
        estimates,
        rows: truth.groups.len() as u64,
        groups: truth.groups.iter().max().map_or(0, |last| *last as u64 + 1),
        note: forced(&less.unwrap_or(trial).note, &trial.unlearnable, truth),
    }
}

/// Of these, what measures a scorer: nothing of labels that it could not learn, and nothing of all together where fewer are
/// left than it takes to tell anything apart. Two outlets of one label each gave an accuracy of .000 [.000, .000].
fn learnt(mut estimates: Vec<Estimate>, unlearnable: &[usize], truth: &Truth) -> Vec<Estimate> {
    let left = truth.labels.len() - unlearnable.len();
    let is_too_few = !unlearnable.is_empty() && left < if truth.is_exclusive { 2 } else { 1 };
    for estimate in &mut estimates {
        if estimate.label.map_or(is_too_few, |label| unlearnable.contains(&label)) {
            (estimate.value, estimate.interval) = (None, None);
        }
    }
    estimates
}

/// A note, and which labels are left empty, as a scorer says of them in a fold what it must.
fn forced(note: &str, unlearnable: &[usize], truth: &Truth) -> String {
    if unlearnable.is_empty() {
        return note.to_owned();
    }
    let labels: Vec<&str> = unlearnable.iter().map(|label| &*truth.labels[*label]).collect();
    let forced = format!("all rows of a label, or all others, are in one fold: {}", labels.join(", "));
    if note.is_empty() { forced } else { format!("{note}; {forced}") }
}

/// Every measure of a scorer that there is not.
fn undefined() -> Vec<Estimate> {
    Metric::ALL.map(|metric| Estimate { label: None, metric, value: None, over: None, interval: None }).to_vec()
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The file of codings.
    pub name: String,
    /// How much of it was read and kept.
    pub tally: String,
    /// What the user should know.
    pub notes: Vec<String>,
    /// Groups that no fold splits.
    pub groups: u64,
    /// Each scorer, and the last less each of the others.
    pub evaluated: Vec<Evaluated>,
    /// Precision and recall by frame, group and period; none where a table is measured.
    pub cells: Vec<CellQuality>,
    /// Who codes each learnt frame when the study is run, and why; none where a table is measured.
    pub choices: Vec<(String, Choice)>,
    /// Voice and stance of the machine against people; none where people coded neither.
    pub voices: Vec<VoiceQuality>,
    /// The tables: measures, confusion, reliability, groups, voices.
    pub files: Vec<PathBuf>,
}

/// The table of measures and those beside it, such as `evaluation-confusion.csv` beside `evaluation.csv`; last what
/// describes them.
pub(super) fn evaluation_files(output: &Path) -> [PathBuf; 7] {
    let stem = output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = |kind: &str| output.with_file_name(format!("{stem}-{kind}"));
    let [confusion, reliability, groups] = ["confusion.csv", "reliability.csv", "groups.csv"].map(beside);
    let [voices, of_voices, package] = ["voices.csv", "voices-confusion.csv", "datapackage.json"].map(beside);
    [output.to_path_buf(), confusion, reliability, groups, voices, of_voices, package]
}
