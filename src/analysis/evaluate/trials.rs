//! What each scorer says of rows that it has not seen.

use std::cell::Cell;

use crate::analysis::error::AnalysisError;
use crate::analysis::watch::{Step, Watcher};
use crate::codebook::Codebook;
use crate::learning::evaluate::EvaluationSet;
use crate::learning::features::FeatureFamily;
use crate::learning::frames::FrameRows;
use crate::learning::{Settings, without_rules};
use crate::model::Prediction;
use crate::stats::learning::Folds;

/// Most sets of outlets that are held out one after the other.
pub(super) const MOST_OUTLET_SETS: usize = 10;

/// The scorer that has learnt from the rules alone.
pub const TAUGHT: &str = "rules and statistics they taught";

/// The scorer that knows the shares of labels alone.
pub(super) const MAJORITY: &str = "majority";

/// How rows are held out.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationDesign {
    /// Folds of the cross-validation.
    pub folds: usize,
    /// Whether to measure also what is lost without each family of features.
    pub ablate: bool,
}

/// What one scorer said of every row.
pub(super) struct Trial {
    pub(super) design: &'static str,
    pub(super) scorer: String,
    pub(super) note: String,
    /// Whether it gives no probabilities.
    pub(super) is_bare: bool,
    /// Nothing where there is no such scorer.
    pub(super) judged: Vec<Prediction>,
    /// Labels that it could not learn in some fold, so that what it says of them there measures the fold.
    pub(super) unlearnable: Vec<usize>,
}

/// Scorers that are to be tried on the rows of an evaluation set.
#[derive(Clone, Copy)]
pub(super) struct Trials<'a> {
    pub(super) evaluation_set: &'a EvaluationSet<'a>,
    /// "cross-validation", "held-out outlets".
    pub(super) design: &'static str,
    pub(super) folds: &'a Folds,
    pub(super) codebook: Option<&'a Codebook>,
    /// What the rules say of the rows, where the scorer of a study is measured.
    pub(super) frames: Option<&'a FrameRows<'a>>,
    pub(super) settings: &'a Settings,
    pub(super) ablate: bool,
}

impl Trials<'_> {
    /// Tries the scorers one after the other: majority, rules, statistics, without each family where asked for, together.
    ///
    /// # Errors
    /// When a learner fails, or the work is to stop.
    pub(super) fn make(&self, watcher: &dyn Watcher) -> Result<Vec<Trial>, AnalysisError> {
        let families = &self.settings.families;
        let ablated: &[FeatureFamily] = if self.ablate { families } else { &[] };
        let progress =
            Progress { step: Step::parts(watcher, "evaluating", 3 + ablated.len() as u64), done: Cell::new(0) };
        // The floor: of a frame in one sentence of a hundred, "never" is right in ninety-nine.
        let mut trials = vec![self.trial(MAJORITY, "", self.evaluation_set.majority(self.folds))];
        let together = self.cross_validated(families, &progress)?;
        trials.extend(self.apart(&together, &progress)?);
        for family in ablated {
            let rest: Vec<FeatureFamily> = families.iter().copied().filter(|other| other != family).collect();
            let name = format!("without {}", family.definition().name);
            trials.push(self.trial(&name, "", self.cross_validated(&rest, &progress)?));
        }
        let note = if self.codebook.is_none() { "the same as statistics, without a codebook" } else { "" };
        trials.push(self.trial("together", note, together));
        Ok(trials)
    }

    /// Rules alone and statistics alone.
    fn apart(&self, together: &[Prediction], progress: &Progress<'_>) -> Result<[Trial; 2], AnalysisError> {
        let Some(codebook) = self.codebook else {
            let rules = self.trial("rules", "no codebook", Vec::new());
            return Ok([rules, self.trial("statistics", "", together.to_vec())]);
        };
        let rules = if let Some(judged) = self.evaluation_set.rules_as_written(codebook) {
            Trial { unlearnable: Vec::new(), ..self.trial("rules", "the codebook as written", judged) }
        } else {
            let note = "weights learnt, since the labels are not frames of the codebook";
            self.trial("rules", note, self.cross_validated(&[FeatureFamily::Rules], progress)?)
        };
        let statistics = self.cross_validated(&without_rules(&self.settings.families), progress)?;
        Ok([rules, self.trial("statistics", "", statistics)])
    }

    fn cross_validated(
        &self,
        families: &[FeatureFamily],
        progress: &Progress<'_>,
    ) -> Result<Vec<Prediction>, AnalysisError> {
        progress.step.reached(progress.done.get())?;
        let settings = Settings { families: families.to_vec(), ..self.settings.clone() };
        // Without a family, or the rules, the scorer is to show what it can do alone.
        let is_whole = families.len() == self.settings.families.len();
        let judged = match self.frames.filter(|_| is_whole) {
            Some(frames) => self.evaluation_set.frames_cross_validated(frames, self.folds, &settings)?,
            None => self.evaluation_set.cross_validated(self.folds, &settings)?,
        };
        progress.done.set(progress.done.get() + 1);
        Ok(judged)
    }

    fn trial(&self, scorer: &str, note: &str, judged: Vec<Prediction>) -> Trial {
        let unlearnable = self.evaluation_set.unlearnable(self.folds);
        let (scorer, note) = (scorer.to_owned(), note.to_owned());
        Trial { design: self.design, scorer, note, is_bare: false, judged, unlearnable }
    }
}

/// How many cross-validations are done.
struct Progress<'w> {
    step: Step<'w>,
    done: Cell<u64>,
}
