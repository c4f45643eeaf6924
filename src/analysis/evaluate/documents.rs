//! On hand codings of whole documents.

use std::path::Path;

use crate::analysis::codings::StudyCodings;
use crate::analysis::documents;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::labels::LabelEvaluation;
use crate::analysis::evaluate::measured::{Evaluation, EvaluationSubject, MeasuredRows};
use crate::analysis::evaluate::trials::Trial;
use crate::analysis::evaluate::voices::VoiceEvaluation;
use crate::analysis::pass::PassPlan;
use crate::analysis::project::Project;
use crate::analysis::scorer::TrainingSet;
use crate::analysis::watch::Watcher;
use crate::compare::{Counts, DocumentCounts, Plan};
use crate::model::{CodedDocument, Document, Prediction, Unit};
use crate::report::counted;
use crate::study::Coder;

/// Measures what is said of whole documents by the labels of their sentences, those of the rules or of a scorer that codings
/// of sentences have taught: where any sentence is enough, and where as many must carry the frame as the study says or its
/// codings have it. Writes the tables, the first to `output`.
///
/// # Errors
/// When the study compares sentences, or the corpus cannot be read.
pub(super) fn evaluate_documents(
    project: &Project,
    mut people: StudyCodings,
    output: &Path,
    watcher: &dyn Watcher,
) -> Result<Evaluation, AnalysisError> {
    if project.study.compare.unit != Unit::Document {
        return Err(AnalysisError::CodingsOfDocuments { study: project.name.clone() });
    }
    let plan = project.plan()?;
    let training_set = TrainingSet::of(project, Some(&mut people), watcher)?;
    let scorer = training_set.map(|training_set| training_set.learn(project)).transpose()?;
    let coder = Coder { codebook: &project.codebook, scorer: scorer.as_ref(), labels: None };
    let choices = documents::choices(project, &people.codings, &[], &plan, &counts(project, &plan, &coder, watcher)?);
    let (truth, judged) = documents::judged(&choices);
    let rows = truth.groups.len() as u64;
    let subject = EvaluationSubject {
        name: project.study.codings.join(", "),
        tally: format!("{} for {}", counted(rows, "coded document"), counted(truth.labels.len() as u64, "frame")),
        notes: people.notes.iter().cloned().chain(documents::notes(&choices)).collect(),
        groups: rows,
        cells: Vec::new(),
        choices: Vec::new(),
        voices: VoiceEvaluation::default(),
    };
    let names = ["any sentence", "as many sentences as are asked for"];
    let trials: Vec<Trial> = names.into_iter().zip(judged).map(|(name, judged)| trial(name, judged)).collect();
    let mut parts = vec![MeasuredRows { truth, trials }];
    parts.extend(LabelEvaluation::new(project, &people, watcher)?.and_then(|labels| labels.of_documents()));
    subject.measure(&parts, project.study.seed, output)
}

fn trial(scorer: &str, judged: Vec<Prediction>) -> Trial {
    let (note, unlearnable) = (String::new(), Vec::new());
    Trial { design: "documents", scorer: scorer.to_owned(), note, is_bare: false, judged, unlearnable }
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
