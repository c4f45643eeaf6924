//! A scorer whose labels are the frames of a codebook, as a study learns it from hand codings.

use crate::codebook::Codebook;
use crate::coding::features::Unit;
use crate::coding::scorer::{Contribution, Model, ScoreMemory, Scored, Scorer};

/// What a scorer has learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teacher {
    /// Hand codings: what it says replaces what the rules say, which it has weighed.
    Coders,
    /// The rules: it finds more sentences of the kind, and takes back nothing that a rule found.
    Rules,
}

/// Says of a sentence how probable each frame is.
#[derive(Debug)]
pub struct FrameScorer {
    teacher: Teacher,
    scorer: Scorer,
    /// By frame of the codebook, the number of its label; `None` where too few codings were there to learn it.
    labels: Vec<Option<usize>>,
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
        let label = |id: &str| model.shape.names().iter().position(|name| name == id);
        let labels = codebook.frames.iter().map(|frame| label(&frame.id)).collect();
        Self { teacher, scorer: Scorer::new(model), labels }
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
        self.scorer.score(unit, memory)
    }

    /// Of these, what is said of `frame`; `None` where it was not learnt.
    pub(super) fn of_frame(&self, scored: &Scored, frame: usize) -> Option<FrameScore> {
        let label = self.labels[frame]?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability is in [0, 1]")]
        let probability = (scored.probabilities[label] * 1e6).round() as u32;
        let log_odds = self.scorer.of_label(&scored.scores, label);
        Some(FrameScore { log_odds, probability, is_hit: scored.carried[label] })
    }

    /// The probability from which `frame` is a hit, and what each feature adds to its log-odds, strongest first, the
    /// constant last; `None` where it was not learnt.
    pub(super) fn explain(
        &self,
        unit: &Unit<'_>,
        frame: usize,
        memory: &mut ScoreMemory,
    ) -> Option<(f64, Vec<Contribution>)> {
        let label = self.labels[frame]?;
        Some((self.model().answers[label].threshold, self.scorer.explain(unit, label, memory)))
    }
}
