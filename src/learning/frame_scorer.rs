//! A scorer whose labels are the frames of a codebook, as a study learns it from hand codings.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::codebook::Codebook;
use crate::coding::{FrameScore, FrameVerdict, TextUnit, probability};
use crate::encoder::{SentenceVectors, text_key};
use crate::learning::choice::{Choice, ScoringMethod};
use crate::learning::features::FeatureUnit;
use crate::learning::model::Model;
use crate::learning::score::{Contribution, ScoreMemory, Scored, Scorer};
use crate::learning::units::{Example, Stretch, UnitReader};
use crate::model::{Document, LeastHits, Unit};
use crate::stats::Calibration;

/// What a scorer has learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelSource {
    /// Hand codings: what it says replaces what the rules say, which it has weighed.
    Coders,
    /// The rules: it finds more sentences of the kind, and takes back nothing that a rule found.
    Rules,
}

/// Who was held against the one that codes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rival {
    /// Of documents, with the number of sentences that makes one carry the frame.
    Rules(Option<LeastHits>),
    /// With the number of its label.
    Scorer(usize),
}

impl Rival {
    /// `None` where too few codings were there to compare.
    fn of(label: usize, choice: &Choice) -> Option<Self> {
        choice.together_f1?;
        Some(if choice.method == ScoringMethod::Together { Self::Rules(choice.least) } else { Self::Scorer(label) })
    }
}

/// Says of a sentence, or of a document where it has learnt from codings of these, how probable each frame is.
#[derive(Debug)]
pub struct FrameScorer {
    label_source: LabelSource,
    scorer: Scorer,
    /// By frame of the codebook, the number of its label; `None` where the rules code it, perhaps because too few codings
    /// were there to learn it.
    labels: Vec<Option<usize>>,
    /// By frame, who else was held against the one that codes it.
    rivals: Vec<Option<Rival>>,
    /// By frame, the probability by rule score, where codings told it and the rules code the frame.
    calibrations: Vec<Option<Calibration>>,
    /// By document and sentence, or under `None` of the whole, log-odds by label.
    held_out: BTreeMap<String, BTreeMap<Option<usize>, Vec<f64>>>,
    unit: Unit,
    /// Vectors of the corpus' sentences, where it learnt from such.
    vectors: Option<Arc<SentenceVectors>>,
}

impl FrameScorer {
    /// Makes a model ready whose labels are frames of `codebook`.
    #[must_use]
    pub fn new(model: Model, label_source: LabelSource, codebook: &Codebook) -> Self {
        let choices = model.frames.as_ref().map_or(&[][..], |frames| &frames.choices);
        let by_rules = |label: &usize| choices.get(*label).is_some_and(|choice| choice.method == ScoringMethod::Rules);
        let names = model.shape.names();
        let known: Vec<Option<usize>> =
            codebook.frames.iter().map(|frame| names.iter().position(|name| *name == frame.id)).collect();
        let of_rules = known.iter().map(|label| label.filter(|label| by_rules(label)));
        // How probable a document is by its rules says nothing of its sentences.
        let of_sentences = choices.iter().all(|choice| choice.unit() == Unit::Sentence);
        let calibrations = of_rules.map(|label| calibration(choices.get(label?).filter(|_| of_sentences)?)).collect();
        let rivals = known.iter().map(|label| label.and_then(|label| Rival::of(label, choices.get(label)?))).collect();
        let labels = known.iter().map(|label| label.filter(|label| !by_rules(label))).collect();
        let unit = if of_sentences { Unit::Sentence } else { Unit::Document };
        let mut held_out: BTreeMap<String, BTreeMap<Option<usize>, Vec<f64>>> = BTreeMap::new();
        for sentence in model.frames.iter().flat_map(|frames| &frames.held_out) {
            let of_document = held_out.entry(sentence.document.clone()).or_default();
            of_document.insert(sentence.sentence, sentence.scores.clone());
        }
        let scorer = Scorer::new(model);
        Self { label_source, scorer, labels, rivals, calibrations, held_out, unit, vectors: None }
    }

    /// The same, with the vectors of sentences that it scores by.
    #[must_use]
    pub fn with_vectors(self, vectors: Option<Arc<SentenceVectors>>) -> Self {
        Self { vectors, ..self }
    }

    /// Whether it goes by vectors and has none of this sentence.
    #[must_use]
    pub fn lacks_vector(&self, unit: &TextUnit<'_>) -> bool {
        self.vectors.as_ref().is_some_and(|vectors| !vectors.has(text_key(unit.written())))
    }

    /// What was learnt.
    #[must_use]
    pub const fn model(&self) -> &Model {
        self.scorer.model()
    }

    /// Who codes each frame that was learnt from hand codings, and why.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, Choice)> {
        let choices = self.model().frames.iter().flat_map(|frames| &frames.choices);
        self.model().shape.names().iter().cloned().zip(choices.cloned()).collect()
    }

    /// What it has learnt from.
    #[must_use]
    pub const fn label_source(&self) -> LabelSource {
        self.label_source
    }

    /// What it scores.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// What is said of all frames in a sentence.
    pub fn score(&self, unit: &TextUnit<'_>, memory: &mut ScoreMemory) -> Scored {
        // The hand-coded sentences of a study are in its corpus: scored by what has learnt them, they would be the surest of all.
        let taught = self.held_out(&unit.document.id, Some(unit.number()));
        taught.unwrap_or_else(|| self.scorer.score(&self.whole(unit), memory))
    }

    /// What is said of all frames in a document as a whole.
    pub fn score_document(
        &self,
        codebook: &Codebook,
        document: &Document,
        reader: &mut UnitReader,
        memory: &mut ScoreMemory,
    ) -> Scored {
        let instrument = self.scorer.instrument(Some(codebook), self.vectors.as_deref());
        let example = Example { document, stretch: Stretch::Whole, target: None };
        let score = |unit: &FeatureUnit<'_>| self.scorer.score(unit, memory);
        self.held_out(&document.id, None).unwrap_or_else(|| reader.with_unit(&instrument, &example, score))
    }

    /// Why each frame that is coded of documents as a whole has the score in this one that it has.
    pub fn explain_document(
        &self,
        codebook: &Codebook,
        document: &Document,
        reader: &mut UnitReader,
        memory: &mut ScoreMemory,
    ) -> Vec<(usize, Explained)> {
        let instrument = self.scorer.instrument(Some(codebook), self.vectors.as_deref());
        let example = Example { document, stretch: Stretch::Whole, target: None };
        let was_taught = self.held_out(&document.id, None).is_some();
        let learnt = self.labels.iter().enumerate().filter_map(|(frame, label)| Some((frame, (*label)?)));
        reader.with_unit(&instrument, &example, |unit| {
            learnt.map(|(frame, label)| (frame, self.explained(unit, label, was_taught, memory))).collect()
        })
    }

    /// What learners say that have not seen the unit; `None` of one that was not learnt from.
    fn held_out(&self, document: &str, sentence: Option<usize>) -> Option<Scored> {
        let scores = self.held_out.get(document)?.get(&sentence)?;
        let (probabilities, carried) = self.model().shape.conclude(&self.model().answers, scores);
        Some(Scored { scores: scores.clone(), probabilities, carried })
    }

    /// Of these, the frames that are found, whether or not a rule finds them.
    #[must_use]
    pub fn found(&self, scored: &Scored) -> Vec<usize> {
        let is_found = |frame: &usize| self.labels[*frame].is_some_and(|label| scored.carried[label]);
        (0..self.labels.len()).filter(is_found).collect()
    }

    /// Of these, what is said of `frame`; `None` where it was not learnt.
    fn of_frame(&self, scored: &Scored, frame: usize) -> Option<FrameScore> {
        let label = self.labels[frame]?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability is in [0, 1]")]
        let probability = (scored.probabilities[label] * 1e6).round() as u32;
        let log_odds = self.scorer.of_label(&scored.scores, label);
        Some(FrameScore { log_odds, probability, is_hit: scored.carried[label] })
    }

    /// What holds of `frame`, of which the rules say `by_rules`.
    #[must_use]
    pub fn conclude(&self, scored: &Scored, frame: usize, by_rules: FrameScore) -> FrameVerdict {
        let of_scorer = self.of_frame(scored, frame);
        let score = match self.label_source {
            // What a rule found stays found: its finding is what the scorer was taught.
            LabelSource::Rules if by_rules.is_hit => by_rules,
            _ => of_scorer.unwrap_or_else(|| self.of_rules(frame, by_rules)),
        };
        FrameVerdict { score, model_score: of_scorer.map(|score| score.log_odds) }
    }

    /// Whether the one that does not code `frame` finds it, where the two were compared. `by_rules` is what the rules say:
    /// of a document it is told how many sentences they ask for.
    #[must_use]
    pub fn rival_hits(&self, scored: &Scored, frame: usize, by_rules: impl FnOnce(Option<LeastHits>) -> bool) -> bool {
        match self.rivals[frame] {
            None => false,
            // Of a document the rules ask for so many sentences, which only its coder knows.
            Some(Rival::Rules(least)) => by_rules(least),
            Some(Rival::Scorer(label)) => scored.carried[label],
        }
    }

    /// Of a scored document, the frames that are coded as a whole, with the probability in millionths and whether it is a hit.
    pub fn of_document<'s>(&'s self, scored: &'s Scored) -> impl Iterator<Item = (usize, FrameScore)> + 's {
        (0..self.labels.len()).filter_map(|frame| Some((frame, self.of_frame(scored, frame)?)))
    }

    /// What the rules say of a sentence with a cue of `frame`, as probable as hand codings have it.
    fn of_rules(&self, frame: usize, written: FrameScore) -> FrameScore {
        let Some(Calibration { constant, slope }) = self.calibrations[frame] else { return written };
        FrameScore { probability: probability(constant + slope * written.log_odds), ..written }
    }

    /// The probability, in millionths, of `frame` in a sentence that has no cue of it; where the rules code the frame it
    /// is 0 unless hand codings told it.
    #[must_use]
    pub fn probability_without_cue(&self, scored: &Scored, frame: usize) -> u32 {
        let by_rules = || self.calibrations[frame].map_or(0, |calibration| probability(calibration.constant));
        self.of_frame(scored, frame).map_or_else(by_rules, |score| score.probability)
    }

    /// The probability from which `frame`, whose rules ask for `written`, is a hit where they code it.
    #[must_use]
    pub fn rule_threshold(&self, frame: usize, written: f64) -> f64 {
        let log_odds = (written / (1.0 - written)).ln();
        self.calibrations[frame].map_or(written, |calibration| calibration.probability(log_odds))
    }

    /// Sentences of a study have no context and no target: their features are those of the text alone.
    fn whole<'t>(&'t self, unit: &TextUnit<'t>) -> FeatureUnit<'t> {
        FeatureUnit { text: *unit, context: &[], target: None, vectors: self.vectors.as_deref() }
    }

    /// Why a sentence has the score of `frame` that it has; `None` where the frame was not learnt.
    pub fn explain(&self, unit: &TextUnit<'_>, frame: usize, memory: &mut ScoreMemory) -> Option<Explained> {
        let label = self.labels[frame]?;
        let was_taught = self.held_out(&unit.document.id, Some(unit.number())).is_some();
        Some(self.explained(&self.whole(unit), label, was_taught, memory))
    }

    fn explained(&self, unit: &FeatureUnit<'_>, label: usize, was_taught: bool, memory: &mut ScoreMemory) -> Explained {
        let threshold = self.model().answers[label].threshold;
        Explained { threshold, contributions: self.scorer.explain(unit, label, memory), was_taught }
    }
}

/// Why a sentence, or a document as a whole, has the score that it has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explained {
    /// The probability from which the frame is a hit.
    pub threshold: f64,
    /// What each feature adds to the log-odds, strongest first, the constant last; none where the rules code the frame.
    pub contributions: Vec<Contribution>,
    /// Whether it was learnt from: its score is then by learners that have not seen it, and the contributions are those of
    /// the scorer that has.
    pub was_taught: bool,
}

/// The calibration that a choice found, where it is any: one that does not rise says nothing.
fn calibration(choice: &Choice) -> Option<Calibration> {
    // A slope of 0 or less: codings contradict the score of the rules, whose probabilities then stay as written.
    Some(choice.calibration()).filter(|calibration| calibration.slope > 0.0)
}
