//! On hand codings of whole documents.

use crate::analysis::codings::StudyCodings;
use crate::analysis::documents;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::labels::LabelEvaluation;
use crate::analysis::evaluate::measured::{Evaluation, EvaluationSubject, MeasuredRows, results};
use crate::analysis::evaluate::trials::{EvaluationDesign, Trial};
use crate::analysis::evaluate::voices::VoiceEvaluation;
use crate::analysis::pass::PassPlan;
use crate::analysis::project::Project;
use crate::analysis::scorer::TrainingSet;
use crate::analysis::watch::Watcher;
use crate::compare::{Counts, DocumentCounts, Plan};
use crate::learning::evaluate::EvaluationSet;
use crate::learning::features::FeatureFamily;
use crate::learning::{FrameScorer, Settings};
use crate::model::{CodedDocument, Document, Prediction, Unit};
use crate::report::counted;
use crate::study::Coder;

/// A document carries a frame where any of its sentences does.
const ANY_SENTENCE: &str = "any sentence";

/// A document carries a frame where as many of its sentences do as study or codings ask for.
const ENOUGH_SENTENCES: &str = "as many sentences as are asked for";

/// How a scorer of documents is tried.
#[derive(Clone, Copy)]
pub(super) struct TrialPlan<'a> {
    pub(super) design: EvaluationDesign,
    /// Families of features that it does without.
    pub(super) without: &'a [FeatureFamily],
}

/// Measures what is said of whole documents by the labels of their sentences, those of the rules or of a scorer that codings
/// of sentences have taught: where any sentence is enough, and where as many must carry the frame as the study says or its
/// codings have it; and by a scorer that the codings of documents have taught. Writes the tables.
///
/// # Errors
/// When the study compares sentences, the corpus cannot be read, or a learner fails.
pub(super) fn evaluate_documents(
    project: &Project,
    mut people: StudyCodings,
    trials: TrialPlan<'_>,
    watcher: &dyn Watcher,
) -> Result<Evaluation, AnalysisError> {
    if project.study.compare.unit != Unit::Document {
        return Err(AnalysisError::CodingsOfDocuments { study: project.name.clone() });
    }
    let plan = project.plan()?;
    let training_set = TrainingSet::of(project, Some(&mut people), watcher)?;
    let scorer = training_set.as_ref().map(|training_set| training_set.learn(project)).transpose()?;
    // A scorer of documents says nothing of sentences, which are then those of the rules.
    let of_sentences = scorer.as_ref().filter(|scorer| scorer.unit() == Unit::Sentence);
    let coder = Coder { codebook: &project.codebook, scorer: of_sentences, labels: None };
    let choices = documents::choices(project, &people.codings, &[], &plan, &counts(project, &plan, &coder, watcher)?);
    let (truth, judged) = documents::judged(&choices);
    let rows = truth.groups.len() as u64;
    let of_documents = scorer.as_ref().filter(|scorer| scorer.unit() == Unit::Document);
    let subject = EvaluationSubject {
        name: project.study.codings.join(", "),
        tally: format!("{} for {}", counted(rows, "coded document"), counted(truth.labels.len() as u64, "frame")),
        notes: people.notes.iter().cloned().chain(documents::notes(&choices)).collect(),
        groups: rows,
        cells: Vec::new(),
        choices: of_documents.map(FrameScorer::choices).unwrap_or_default(),
        voices: VoiceEvaluation::default(),
    };
    let names = [ANY_SENTENCE, ENOUGH_SENTENCES];
    let said = names.into_iter().zip(judged).map(|(name, judged)| trial("documents", name, judged)).collect();
    let mut parts = vec![MeasuredRows { truth, trials: said }];
    if let Some(training_set) = training_set.filter(|_| of_documents.is_some()) {
        parts.extend(cross_validated(project, &training_set, trials)?);
    }
    parts.extend(LabelEvaluation::new(project, &people, watcher)?.and_then(|labels| labels.of_documents()));
    subject.measure(&parts, project.study.seed, &results(project))
}

/// What the rules say of coded documents, and what rules and a scorer of documents say together, each taught by the documents
/// of other folds; `None` where nothing can be held out.
fn cross_validated(
    project: &Project,
    training_set: &TrainingSet,
    plan: TrialPlan<'_>,
) -> Result<Option<MeasuredRows>, AnalysisError> {
    let TrainingSet { labelled, groups, extracted, settings, rules, .. } = training_set;
    let Some(rules) = rules else { return Ok(None) };
    let shape = &labelled.shape();
    let (questions, weights) = (&labelled.questions, &labelled.weights);
    let evaluation_set = EvaluationSet { extracted, questions, shape, groups, weights };
    let folds = evaluation_set.folds(plan.design.folds, project.study.seed);
    if folds.count() < 2 {
        return Ok(None);
    }
    let frames = training_set.frame_rows(rules);
    let families = settings.families.iter().copied().filter(|family| !plan.without.contains(family)).collect();
    let settings = Settings { families, ..settings.clone() };
    let by_rules = evaluation_set.documents_by_rules(&frames, &folds);
    let together = evaluation_set.frames_cross_validated(&frames, &folds, &settings)?;
    let trials = [(ENOUGH_SENTENCES, by_rules), ("together", together)];
    let trials = trials.map(|(name, judged)| trial("cross-validation", name, judged)).into();
    Ok(Some(MeasuredRows { truth: evaluation_set.truth(), trials }))
}

fn trial(design: &'static str, scorer: &str, judged: Vec<Prediction>) -> Trial {
    let (note, unlearnable) = (String::new(), Vec::new());
    Trial { design, scorer: scorer.to_owned(), note, is_bare: false, judged, unlearnable }
}

/// What is found in every document of the corpus.
fn counts(project: &Project, plan: &Plan, coder: &Coder<'_>, watcher: &dyn Watcher) -> Result<Counts, AnalysisError> {
    let mut counts = Counts::default();
    let digest = |document: &Document, coded: CodedDocument| Ok(DocumentCounts::new(plan, document, &coded));
    PassPlan { project, coder, step: "evaluating", watcher }.execute(digest, |document, counted| {
        counts.insert(document.id.clone(), counted);
        Ok(())
    })?;
    Ok(counts)
}
