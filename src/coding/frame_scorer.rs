//! A scorer whose labels are the frames of a codebook, as a study learns it from hand codings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codebook::Codebook;
use crate::coding::features::Unit;
use crate::coding::probability;
use crate::coding::scorer::{Contribution, Model, ScoreMemory, Scored, Scorer};
use crate::stats::Calibration;

/// What a scorer has learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teacher {
    /// Hand codings: what it says replaces what the rules say, which it has weighed.
    Coders,
    /// The rules: it finds more sentences of the kind, and takes back nothing that a rule found.
    Rules,
}

/// What a study has learnt of its frames beside the weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameLessons {
    /// By label.
    pub choices: Vec<Choice>,
    /// The sentences that were learnt from, by document and number.
    pub held_out: Vec<HeldOut>,
}

/// Who codes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The codebook's rules as written; hand codings only say how probable the frame is where they hit.
    Rules,
    /// Rules and statistics in one learnt score.
    Together,
}

/// Who codes a frame, and why. Measures are on the coded sentences, by learners that have not seen them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Who.
    pub method: Method,
    /// Why, in words.
    pub why: String,
    /// Coded sentences with the frame.
    pub sentences: u64,
    /// Texts that they are in.
    pub documents: u64,
    /// F1 of the rules; `None` where neither people nor rules find the frame.
    pub rules_f1: Option<f64>,
    /// F1 of rules and statistics together.
    pub together_f1: Option<f64>,
    /// Standard error of the difference, texts being the units; `None` with fewer than two.
    pub standard_error: Option<f64>,
    /// Constant and slope of the log-odds by rule score.
    pub rule_log_odds: (f64, f64),
}

impl Choice {
    /// The probability of the frame by the score of its rules.
    #[must_use]
    pub const fn calibration(&self) -> Calibration {
        Calibration { constant: self.rule_log_odds.0, slope: self.rule_log_odds.1 }
    }
}

/// What is said of a sentence that was learnt from, by learners that have not seen it. A scorer is too sure of what it has
/// learnt from; coded like this, it errs there as often as elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence.
    pub sentence: usize,
    /// Log-odds by label; of a frame that the rules code, theirs.
    pub scores: Vec<f64>,
}

/// Says of a sentence how probable each frame is.
#[derive(Debug)]
pub struct FrameScorer {
    teacher: Teacher,
    scorer: Scorer,
    /// By frame of the codebook, the number of its label; `None` where the rules code it, perhaps because too few codings
    /// were there to learn it.
    labels: Vec<Option<usize>>,
    /// By frame, the probability by rule score, where codings told it and the rules code the frame.
    calibrations: Vec<Option<Calibration>>,
    /// By document and sentence, log-odds by label.
    held_out: BTreeMap<String, BTreeMap<usize, Vec<f64>>>,
}

/// What the scorer says of one frame in one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameScore {
    /// Log-odds.
    pub log_odds: f64,
    /// The probability that they stand for, in millionths.
    pub probability: u32,
    /// Whether it reaches the threshold that the hand codings gave the frame.
    pub is_hit: bool,
}

impl FrameScorer {
    /// Makes a model ready whose labels are frames of `codebook`.
    #[must_use]
    pub fn new(model: Model, teacher: Teacher, codebook: &Codebook) -> Self {
        let choices = model.frames.as_ref().map_or(&[][..], |frames| &frames.choices);
        let by_rules = |label: &usize| choices.get(*label).is_some_and(|choice| choice.method == Method::Rules);
        let label = |id: &str| model.shape.names().iter().position(|name| name == id);
        let known: Vec<Option<usize>> = codebook.frames.iter().map(|frame| label(&frame.id)).collect();
        let calibration = |label: usize| choices.get(label).map(Choice::calibration).filter(|it| it.slope > 0.0);
        let calibrations =
            known.iter().map(|label| label.filter(|label| by_rules(label)).and_then(calibration)).collect();
        let labels = known.iter().map(|label| label.filter(|label| !by_rules(label))).collect();
        let mut held_out: BTreeMap<String, BTreeMap<usize, Vec<f64>>> = BTreeMap::new();
        for sentence in model.frames.iter().flat_map(|frames| &frames.held_out) {
            let of_document = held_out.entry(sentence.document.clone()).or_default();
            of_document.insert(sentence.sentence, sentence.scores.clone());
        }
        Self { teacher, scorer: Scorer::new(model), labels, calibrations, held_out }
    }

    /// What was learnt.
    #[must_use]
    pub const fn model(&self) -> &Model {
        self.scorer.model()
    }

    /// What it has learnt from.
    #[must_use]
    pub const fn teacher(&self) -> Teacher {
        self.teacher
    }

    /// What is said of all frames in a unit.
    pub(super) fn score(&self, unit: &Unit<'_>, memory: &mut ScoreMemory) -> Scored {
        let Some(scores) = self.held_out(unit) else { return self.scorer.score(unit, memory) };
        let (probabilities, carried) = self.model().shape.conclude(&self.model().answers, scores);
        Scored { scores: scores.clone(), probabilities, carried }
    }

    fn held_out(&self, unit: &Unit<'_>) -> Option<&Vec<f64>> {
        self.held_out.get(&unit.document.id)?.get(&unit.number())
    }

    /// Of these, what is said of `frame`; `None` where it was not learnt.
    pub(super) fn of_frame(&self, scored: &Scored, frame: usize) -> Option<FrameScore> {
        let label = self.labels[frame]?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability is in [0, 1]")]
        let probability = (scored.probabilities[label] * 1e6).round() as u32;
        let log_odds = self.scorer.of_label(&scored.scores, label);
        Some(FrameScore { log_odds, probability, is_hit: scored.carried[label] })
    }

    /// What the rules say of a sentence with a cue of `frame`, as probable as hand codings have it.
    pub(super) fn of_rules(&self, frame: usize, written: FrameScore) -> FrameScore {
        let Some(Calibration { constant, slope }) = self.calibrations[frame] else { return written };
        FrameScore { probability: probability(constant + slope * written.log_odds), ..written }
    }

    /// The probability, in millionths, of `frame` in a sentence where its rules find nothing; 0 unless hand codings told it.
    pub(super) fn without_cue(&self, frame: usize) -> u32 {
        self.calibrations[frame].map_or(0, |calibration| probability(calibration.constant))
    }

    /// The probability from which `frame`, whose rules ask for `written`, is a hit where they code it.
    pub(super) fn rule_threshold(&self, frame: usize, written: f64) -> f64 {
        let log_odds = (written / (1.0 - written)).ln();
        self.calibrations[frame].map_or(written, |calibration| calibration.probability(log_odds))
    }

    /// Why a sentence has the score of `frame` that it has; `None` where the frame was not learnt.
    pub(super) fn explain(&self, unit: &Unit<'_>, frame: usize, memory: &mut ScoreMemory) -> Option<Explained> {
        let label = self.labels[frame]?;
        Some(Explained {
            threshold: self.model().answers[label].threshold,
            contributions: self.scorer.explain(unit, label, memory),
            was_taught: self.held_out(unit).is_some(),
        })
    }
}

/// Why a sentence has the score that it has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Explained {
    /// The probability from which the frame is a hit.
    pub(super) threshold: f64,
    /// What each feature adds to the log-odds, strongest first, the constant last.
    pub(super) contributions: Vec<Contribution>,
    /// Whether the sentence was learnt from: then the score is by others than those that contributions are of.
    pub(super) was_taught: bool,
}
