//! Drift: what a scorer that the rules teach finds where no rule matches, by frame, group and period, so that a share that
//! falls because the instrument stops seeing is told from one that falls.
//!
//! Not here: the same count in a run, which `compare` takes from `documents.csv` where the study codes with a scorer.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::error::AnalysisError;
use crate::analysis::pass::PassPlan;
use crate::analysis::project::Project;
use crate::analysis::scorer::TrainingSet;
use crate::analysis::watch::Watcher;
use crate::compare::DocumentCounts;
use crate::study::Coder;

/// Hits of rules and scorer together, by period; the period is empty where the study has none.
pub type DriftLine = BTreeMap<String, DriftCell>;

/// What was found in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DriftCell {
    /// Sentences that rules or scorer find.
    pub hits: u64,
    /// Of these, sentences in which no rule of the frame matches.
    pub without_rule: u64,
}

/// What was found of the frames that a scorer can be taught.
#[derive(Debug, Default)]
pub struct Drift {
    /// By index of the frame; a frame with too few hits to teach a scorer has no line.
    pub frames: BTreeMap<usize, DriftLine>,
    /// By group, all such frames together.
    pub groups: BTreeMap<String, DriftLine>,
    /// Why there are no lines, or not of all frames.
    pub notes: Vec<String>,
}

/// Lets the rules teach a scorer, whatever scorer the study names, and codes the corpus by both. Two passes and a training:
/// about ten times what `check` takes without.
///
/// # Errors
/// When the study's comparison does not fit the codebook, the corpus cannot be read, or a learner fails.
pub fn drift(project: &Project, watcher: &dyn Watcher) -> Result<Drift, AnalysisError> {
    let plan = project.plan()?;
    let training_set = match TrainingSet::of_rules(project, &BTreeSet::new(), watcher) {
        Ok(training_set) => training_set,
        Err(AnalysisError::NothingToTeach { least, .. }) => {
            let note =
                format!("no frame has {least} sentences with a hit and as many without, so no scorer can be taught");
            return Ok(Drift { notes: vec![note], ..Drift::default() });
        }
        Err(error) => return Err(error),
    };
    let mut found = Drift { notes: training_set.notes.clone(), ..Drift::default() };
    let scorer = training_set.learn(project)?;
    let coder = Coder { codebook: &project.codebook, scorer: Some(&scorer), labels: None };
    PassPlan { project, coder: &coder, step: "looking for drift", watcher }.execute(
        |document, coded| Ok(DocumentCounts::new(&plan, document, &coded)),
        |_, counts| {
            found.add(&counts, project.codebook.frames.len());
            Ok(())
        },
    )?;
    Ok(found)
}

impl Drift {
    /// Adds the first `frames` of a document's, which are the codebook's; behind them are groups of these.
    fn add(&mut self, document: &DocumentCounts, frames: usize) {
        let period = document.period.as_deref().unwrap_or_default();
        for (number, frame) in document.frames.iter().take(frames).enumerate() {
            let Some(without_rule) = frame.without_rule else { continue };
            let lines =
                [self.frames.entry(number).or_default(), self.groups.entry(document.group.to_string()).or_default()];
            for line in lines {
                let cell = line.entry(period.to_owned()).or_default();
                cell.hits += frame.hits;
                cell.without_rule += without_rule;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::FrameCounts;

    #[test]
    fn groups_of_frames_are_no_frames_that_drift() {
        let found = FrameCounts { hits: 2, without_rule: Some(1), ..FrameCounts::default() };
        let document = DocumentCounts { frames: vec![found, found].into(), ..DocumentCounts::default() };
        let mut drift = Drift::default();
        drift.add(&document, 1);
        assert_eq!(drift.frames.keys().collect::<Vec<_>>(), [&0]);
        assert_eq!(drift.groups[""][""], DriftCell { hits: 2, without_rule: 1 });
    }
}
