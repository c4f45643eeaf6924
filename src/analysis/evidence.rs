//! What hand codings say of the instrument: how far coders agree, who codes which frame, how far probabilities hold.

use std::collections::BTreeMap;

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::labels::StudyLabels;
use crate::analysis::learnt::Learnt;
use crate::analysis::project::Project;
use crate::analysis::scorer::recorded;
use crate::analysis::watch::Watcher;
use crate::learning::tables::group_numbers;
use crate::learning::{FrameScorer, FrameTraining, LabelSource, TrainingLabels, training_labels};
use crate::model::{HandCoding, Truth, Unit};
use crate::report::{CodebookEvidence, Labelling, ReliabilityBin};
use crate::stats::BINS;
use crate::validate::{Agreement, Aspect, Holding, Scope, intercoder_reliability, pooled_reliability};

/// What the hand codings of a study say, and what the scorer learnt from them; nothing where there are none.
///
/// # Errors
/// When the codings cannot be read.
pub(super) fn evidence(
    project: &Project,
    learnt: &Learnt,
    watcher: &dyn Watcher,
) -> Result<CodebookEvidence, AnalysisError> {
    let labelling = learnt.coding_labels(project).map(|labels| labelling(project, labels));
    let read = if learnt.people.is_none() { StudyCodings::of(project, watcher)? } else { None };
    let Some(StudyCodings { codings, .. }) = learnt.people.as_ref().or(read.as_ref()) else {
        return Ok(CodebookEvidence { labelling, ..CodebookEvidence::default() });
    };
    let agreements =
        intercoder_reliability(codings).map(|found| found.agreements.into_iter().filter(is_of_all).collect());
    let recorded = if learnt.scorer.is_none() && !learnt.is_settled { recorded(project)? } else { None };
    // What the rules taught agrees with the rules, which says nothing of how it agrees with people.
    let scorer =
        learnt.scorer.as_ref().or(recorded.as_ref()).filter(|scorer| scorer.label_source() == LabelSource::Coders);
    let learnt = scorer.and_then(|scorer| scorer.model().frames.as_ref());
    Ok(CodebookEvidence {
        agreements: agreements.unwrap_or_default(),
        choices: scorer.map(FrameScorer::choices).unwrap_or_default(),
        reliability: learnt.map(|learnt| reliability(project, codings, learnt)).unwrap_or_default(),
        documents: Vec::new(),
        labelling,
    })
}

fn labelling(project: &Project, labels: &StudyLabels) -> Labelling {
    let [frames, by_rules] = labels.frames(project).map(|ids| ids.into_iter().map(str::to_owned).collect());
    let files = project.study.labels.clone();
    Labelling { name: labels.labels.name.clone(), files, unit: labels.labels.unit.as_str(), frames, by_rules }
}

/// Whether it says how far all coders agree that a frame is there.
fn is_of_all(row: &Agreement) -> bool {
    row.scope == Scope::All && row.aspect == Aspect::Value
}

/// How far the probabilities of coded sentences hold, given by learners that had not seen them.
fn reliability(project: &Project, codings: &[HandCoding], learnt: &FrameTraining) -> Vec<ReliabilityBin> {
    let TrainingLabels { units, frames, questions, .. } = training_labels(&project.codebook, codings, Unit::Sentence);
    let said: BTreeMap<(&str, Option<usize>), &Vec<f64>> =
        learnt.held_out.iter().map(|it| ((&it.document[..], it.sentence), &it.scores)).collect();
    let rows: Vec<(usize, &Vec<f64>)> = units
        .iter()
        .enumerate()
        .filter_map(|(row, (document, sentence))| Some((row, *said.get(&(&document[..], *sentence))?)))
        .collect();
    // Of a scorer of documents there is no bin of sentences.
    if rows.is_empty() {
        return Vec::new();
    }
    let documents: Vec<&str> = rows.iter().map(|(row, _)| &units[*row].0[..]).collect();
    let truth = Truth {
        labels: frames,
        is_exclusive: false,
        carried: rows.iter().map(|(row, _)| questions.iter().map(|it| it.classes[*row] == 1).collect()).collect(),
        groups: group_numbers(&documents),
        weights: vec![1.0; rows.len()],
    };
    let share = |log_odds: &f64| 1.0 / (1.0 + (-log_odds).exp());
    let said: Vec<Vec<f64>> = rows.iter().map(|(_, scores)| scores.iter().map(share).collect()).collect();
    pooled_reliability(&truth, &said).iter().enumerate().map(|(number, held)| bin(number, held)).collect()
}

fn bin(number: usize, Holding { bin, interval }: &Holding) -> ReliabilityBin {
    #[expect(clippy::cast_precision_loss, reason = "ten bins")]
    let edge = |number: usize| number as f64 / BINS as f64;
    let [said, observed] = [bin.said, bin.true_ones].map(|sum| (bin.count > 0.0).then(|| sum / bin.count));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of codings")]
    let n = bin.count as u64;
    ReliabilityBin {
        low: edge(number),
        high: edge(number + 1),
        n,
        mean_probability: said,
        observed,
        interval: *interval,
    }
}
