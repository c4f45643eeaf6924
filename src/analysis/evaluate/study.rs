//! On the hand codings of a study.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::cells::CodedCells;
use crate::analysis::evaluate::documents::{TrialPlan, evaluate_documents};
use crate::analysis::evaluate::labels::{CrossValidated, LabelEvaluation};
use crate::analysis::evaluate::measured::{
    Evaluation, EvaluationSubject, MeasuredRows, evaluation_files, results, spare_other_tables,
};
use crate::analysis::evaluate::trials::{EvaluationDesign, MOST_OUTLET_SETS, TAUGHT, Trial, Trials};
use crate::analysis::evaluate::voices::{VoiceEvaluation, evaluate_voices};
use crate::analysis::project::Project;
use crate::analysis::scorer::TrainingSet;
use crate::analysis::walk::each_of;
use crate::analysis::watch::Watcher;
use crate::learning::evaluate::EvaluationSet;
use crate::learning::features::FeatureFamily;
use crate::learning::{FrameScorer, Settings, TrainingLabels};
use crate::model::{Prediction, ScorerKind, Unit};
use crate::report::counted;
use crate::study::{Coder, Workspace, code};

/// Cross-validates on the hand codings of a study, families of features in `without` left out, and writes the tables into
/// its output folder.
///
/// # Errors
/// When the study has no hand codings, or they cannot be read, or a learner fails.
pub fn evaluate_study(
    project: &Project,
    design: EvaluationDesign,
    without: &[FeatureFamily],
    watcher: &dyn Watcher,
) -> Result<Evaluation, AnalysisError> {
    let output = results(project);
    project.spare_inputs(evaluation_files(&output))?;
    spare_other_tables(&output)?;
    let Some(mut people) = StudyCodings::of(project, watcher)? else {
        return Err(AnalysisError::NoCodings { study: project.name.clone() });
    };
    let whole = people.codings.iter().filter(|coding| coding.sentence.is_none()).count();
    // Of codings of both units those count that are of what the study compares.
    if whole == people.codings.len() || (whole > 0 && project.study.compare.unit == Unit::Document) {
        return evaluate_documents(project, people, TrialPlan { design, without }, watcher);
    }
    let training_set = TrainingSet::of(project, Some(&mut people), watcher)?;
    let cells = CodedCells::new(project, &people)?;
    let labels = LabelEvaluation::new(project, &people, watcher)?;
    let scorer = training_set.as_ref().map(|training_set| training_set.learn(project)).transpose()?;
    let voices = evaluate_voices(project, &people, &own_coder(project, scorer.as_ref(), labels.as_ref()));
    let Some((training_set, scorer)) = training_set.zip(scorer) else {
        return without_learning(project, &people, &cells, labels.as_ref(), voices);
    };
    let TrainingSet { labelled, groups, extracted, settings, .. } = &training_set;
    let families = settings.families.iter().copied().filter(|family| !without.contains(family)).collect();
    let settings = Settings { families, ..settings.clone() };
    let evaluation_set = EvaluationSet {
        extracted,
        questions: &labelled.questions,
        shape: &labelled.shape(),
        groups,
        weights: &labelled.weights,
    };
    let evaluation = StudyEvaluation { project, training_set: &training_set, settings: &settings, design };
    let trials = evaluation.trials(&evaluation_set, watcher)?;
    let mut measured = cells.of_rules();
    let scorers = trials.iter().filter(|trial| trial.scorer == "together");
    measured.extend(scorers.flat_map(|trial| cells.of_trial(trial, labelled)));
    // What is left out of the features is left out of the trials only: a run knows all families.
    let choices = if project.study.scorer == ScorerKind::Labels { Vec::new() } else { scorer.choices() };
    let mut subject = EvaluationSubject { choices, voices, ..subject(project, &people, &training_set) };
    let together = trials.iter().find(|trial| trial.scorer == "together");
    let together = together.map(|trial| CrossValidated { trial, labelled });
    let mut labelled_rows = None;
    if let Some(labels) = labels {
        labelled_rows = labels.of_sentences(&cells, together.as_ref());
        measured.extend(labels.cells(&cells));
        subject.notes.extend(labels.notes());
    }
    let parts: Vec<MeasuredRows> =
        std::iter::once(MeasuredRows { truth: evaluation_set.truth(), trials }).chain(labelled_rows).collect();
    EvaluationSubject { cells: measured, ..subject }.measure(&parts, project.study.seed, &output)
}

/// What the study codes with in a run.
fn own_coder<'a>(
    project: &'a Project,
    scorer: Option<&'a FrameScorer>,
    labels: Option<&'a LabelEvaluation<'_>>,
) -> Coder<'a> {
    let labels = labels.filter(|_| project.study.scorer == ScorerKind::Labels).map(LabelEvaluation::labels);
    Coder { codebook: &project.codebook, scorer, labels }
}

/// Rules, and labels where there are any, measured where too few codings are there to learn from.
fn without_learning(
    project: &Project,
    people: &StudyCodings,
    cells: &CodedCells<'_>,
    labels: Option<&LabelEvaluation<'_>>,
    voices: VoiceEvaluation,
) -> Result<Evaluation, AnalysisError> {
    let coded: BTreeSet<(&str, usize)> =
        people.codings.iter().filter_map(|it| Some((&it.document[..], it.sentence?))).collect();
    let documents: BTreeSet<&str> = coded.iter().map(|(document, _)| *document).collect();
    let groups = documents.len() as u64;
    let mut measured = cells.of_rules();
    measured.extend(labels.iter().flat_map(|labels| labels.cells(cells)));
    let notes = people.notes.iter().cloned().chain(labels.iter().flat_map(|labels| labels.notes())).collect();
    let tally = counted(coded.len() as u64, "coded sentence");
    let name = project.study.codings.join(", ");
    let subject = EvaluationSubject { name, tally, notes, groups, cells: measured, choices: Vec::new(), voices };
    let parts: Vec<MeasuredRows> = labels.and_then(|labels| labels.of_sentences(cells, None)).into_iter().collect();
    subject.measure(&parts, project.study.seed, &results(project))
}

/// The coded sentences of a study, and how they are to be measured.
struct StudyEvaluation<'a> {
    project: &'a Project,
    training_set: &'a TrainingSet,
    settings: &'a Settings,
    design: EvaluationDesign,
}

impl StudyEvaluation<'_> {
    fn trials(&self, evaluation_set: &EvaluationSet<'_>, watcher: &dyn Watcher) -> Result<Vec<Trial>, AnalysisError> {
        let Self { project, training_set, settings, design } = *self;
        let frames = training_set.rules.as_ref().map(|rules| training_set.frame_rows(rules));
        let seed = project.study.seed;
        let within = Trials {
            evaluation_set,
            design: "cross-validation",
            folds: &evaluation_set.folds(design.folds, seed),
            codebook: Some(&project.codebook),
            frames: frames.as_ref(),
            settings,
            ablate: design.ablate,
        };
        let mut trials = within.make(watcher)?;
        if let Some(judged) = taught_by_rules(project, &training_set.labelled, watcher)? {
            let note = "learnt from what the rules find in the other documents of the corpus".to_owned();
            let (scorer, is_bare) = (TAUGHT.to_owned(), false);
            // Before the last, which all others are held against.
            let design = "cross-validation";
            let trial = Trial { design, scorer, note, is_bare, judged, unlearnable: Vec::new() };
            trials.insert(trials.len() - 1, trial);
        }
        let apart = EvaluationSet { groups: &training_set.outlets, ..*evaluation_set };
        let folds = apart.folds(MOST_OUTLET_SETS, seed);
        // With a single outlet held out nothing is left to learn from.
        if folds.count() > 1 {
            let across =
                Trials { evaluation_set: &apart, design: "held-out outlets", folds: &folds, ablate: false, ..within };
            trials.extend(across.make(watcher)?);
        }
        Ok(trials)
    }
}

fn subject(project: &Project, people: &StudyCodings, training_set: &TrainingSet) -> EvaluationSubject {
    let TrainingSet { labelled, groups, notes, .. } = training_set;
    let sentences = counted(groups.len() as u64, "coded sentence");
    EvaluationSubject {
        name: project.study.codings.join(", "),
        tally: format!("{sentences} for {}", counted(labelled.frames.len() as u64, "frame")),
        notes: people.notes.iter().chain(notes).cloned().chain([behind_macro(labelled)]).collect(),
        cells: Vec::new(),
        choices: Vec::new(),
        voices: VoiceEvaluation::default(),
        groups: groups.iter().max().map_or(0, |last| *last as u64 + 1),
    }
}

/// What means over frames are of.
fn behind_macro(labelled: &TrainingLabels) -> String {
    format!("Means over frames (\"macro\", \"(all)\") are over: {}", labelled.frames.join(", "))
}

/// What a scorer says of the coded sentences that has learnt from the rules alone, on documents without a coded sentence;
/// `None` where the rules find too little there.
fn taught_by_rules(
    project: &Project,
    labelled: &TrainingLabels,
    watcher: &dyn Watcher,
) -> Result<Option<Vec<Prediction>>, AnalysisError> {
    let coded = labelled.documents();
    let scorer = match TrainingSet::of_rules(project, &coded, watcher) {
        Ok(training_set) => training_set.learn(project)?,
        Err(AnalysisError::NothingToTeach { .. }) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let taught = Coder { codebook: &project.codebook, scorer: Some(&scorer), labels: None };
    let (mut found, mut workspace) = (BTreeMap::new(), Workspace::default());
    each_of(project, "measuring", &coded, watcher, |document| {
        for coding in code(&taught, &document, &mut workspace).codings {
            let frame = &project.codebook.frames[coding.frame].id;
            found.insert((document.id.clone(), Some(coding.sentence), &frame[..]), (coding.probability, coding.hit));
        }
    })?;
    let judge = |(document, sentence): &(String, Option<usize>)| {
        let said = labelled.frames.iter().map(|frame| found.get(&(document.clone(), *sentence, &frame[..])).copied());
        // No coding means that the frame was not found there, not that nothing is known.
        let said = said.map(|coding| coding.unwrap_or((0, false)));
        let (probabilities, carried) = said.map(|(share, hit)| (f64::from(share) / 1e6, hit)).unzip();
        Prediction { carried, probabilities }
    };
    Ok(Some(labelled.units.iter().map(judge).collect()))
}
