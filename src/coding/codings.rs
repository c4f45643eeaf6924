//! Codings of a sentence: what the rules found, or a scorer found without them, with voice and stance.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::cues::longest_cues;
use crate::coding::{DocumentReader, TextUnit, probability, read_sentences, reasons, speakers};
use crate::model::{CodedDocument, Coding, Cue, Document, Span, Speaker, Stance, Voice};
use crate::text::{TokenKind, Voices};

/// What is said of one frame in one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameScore {
    /// Log-odds; of the rules the sum of the cues' weights.
    pub log_odds: f64,
    /// The probability that they stand for, in millionths.
    pub probability: u32,
    /// Whether it reaches the frame's threshold.
    pub is_hit: bool,
}

/// What is concluded of one frame in one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameVerdict {
    /// What holds.
    pub score: FrameScore,
    /// Log-odds of the scorer; `None` where it was not asked.
    pub model_score: Option<f64>,
}

/// Codes one document by the codebook's rules alone.
#[must_use]
pub fn code(codebook: &Codebook, document: &Document, reader: &mut DocumentReader) -> CodedDocument {
    let mut codings = Vec::new();
    let written = |_, score| FrameVerdict { score, model_score: None };
    let mut seen = read_sentences(codebook, document, reader, |unit| {
        sentence_codings(codebook, unit, Vec::new(), &written, &mut codings);
    });
    seen.codings = codings;
    seen
}

/// Adds the codings of one sentence, by frame: of those that have a cue, and of those in `found`, which a scorer found.
/// `conclude` is handed a frame and what the rules say of it, and says what holds.
pub fn sentence_codings(
    codebook: &Codebook,
    unit: &TextUnit<'_>,
    found: Vec<usize>,
    conclude: &impl Fn(usize, FrameScore) -> FrameVerdict,
    codings: &mut Vec<Coding>,
) {
    // A frame may come from the scorer and from a cue; it is coded once.
    let mut frames = found;
    frames.extend(unit.cues.iter().map(|cue| codebook.rules[cue.rule].frame));
    frames.sort_unstable();
    frames.dedup();
    for frame in frames {
        let cues = longest_cues(codebook, unit.cues, frame);
        let by_rules = rule_score(codebook, frame, &cues);
        let FrameVerdict { score, model_score } = conclude(frame, by_rules);
        let leading = leading(codebook, unit.voices, &cues);
        let lead = leading.map(|leading| &cues[leading]);
        codings.push(Coding {
            sentence: unit.number(),
            span: unit.span,
            frame,
            probability: score.probability,
            rule_score: by_rules.log_odds,
            model_score,
            hit: score.is_hit,
            leading,
            speaker: lead.map_or_else(|| sentence_speaker(unit), cue_speaker),
            stance: lead.map_or_else(|| sentence_stance(unit), known_stance),
            cues,
        });
    }
}

/// By frame of the codebook, the sum of the weights of its cues that count; `None` for a frame without a cue.
#[must_use]
pub fn rule_scores(codebook: &Codebook, cues: &[Cue]) -> Vec<Option<f64>> {
    let has_cue = |frame: usize| cues.iter().any(|cue| codebook.rules[cue.rule].frame == frame);
    let frames = 0..codebook.frames.len();
    frames
        .map(|frame| has_cue(frame).then(|| rule_score(codebook, frame, &longest_cues(codebook, cues, frame)).log_odds))
        .collect()
}

/// Whether the rules alone would have found the frame of a coding.
#[must_use]
pub fn rules_hit(codebook: &Codebook, coding: &Coding) -> bool {
    rule_score(codebook, coding.frame, &coding.cues).is_hit
}

/// What the rules say of a frame by its cues, none of which overlap.
fn rule_score(codebook: &Codebook, frame: usize, cues: &[Cue]) -> FrameScore {
    // Not `sum`, which is -0 of nothing.
    let log_odds = cues.iter().fold(0.0, |sum, cue| sum + codebook.rules[cue.rule].weight);
    FrameScore {
        log_odds,
        // A sum of nothing is 0, which would stand for one half; that no rule matched is no even chance.
        probability: if cues.is_empty() { 0 } else { probability(log_odds) },
        is_hit: !cues.is_empty() && f64::from(probability(log_odds)) >= codebook.frames[frame].threshold * 1e6,
    }
}

/// Why a cue of the sentence has its voice and stance, in words.
#[must_use]
pub fn cue_reasons(unit: &TextUnit<'_>, cue: &Cue) -> Vec<String> {
    reasons::of(unit.voices, unit.document.content(), cue.core)
}

/// Why a sentence in which no rule matched has its voice and stance, in words; nothing where voices are not known.
#[must_use]
pub fn sentence_reasons(unit: &TextUnit<'_>) -> Vec<String> {
    reasons::of_words(unit.voices, unit.document.content(), &words(unit))
}

fn cue_speaker(cue: &Cue) -> Speaker {
    Speaker { voice: cue.voice.clone(), verb: cue.verb.clone(), verb_class: cue.verb_class }
}

/// Who speaks most words of a sentence.
fn sentence_speaker(unit: &TextUnit<'_>) -> Speaker {
    speakers::speaker(unit.voices, unit.document.content(), &words(unit))
}

/// The stance of a cue. Where the language is not supported nobody has read whether the sentence denies the frame, so that the
/// rule's own stance would say "favor" of "keine neuen Stellen".
fn known_stance(cue: &Cue) -> Option<Stance> {
    (cue.voice != Voice::Unknown).then_some(cue.stance)
}

/// The stance of that voice toward what most of these words say. The frame is taken to be affirmed by them, as a scorer knows
/// no words that would be evidence against it.
fn sentence_stance(unit: &TextUnit<'_>) -> Option<Stance> {
    let stand = unit.voices.stand_of_most(&speakers::spoken_words(unit.voices, &words(unit)))?;
    Some(stand.polarity.apply(Stance::Favor))
}

fn words(unit: &TextUnit<'_>) -> Vec<Span> {
    unit.tokens().iter().filter(|token| token.kind == TokenKind::Word).map(|token| token.span).collect()
}

/// The cue that voice and stance are taken from: of the voice, and within it of the stance, that have the most weight,
/// the longest cue, one most of which lies in that voice before others; of equals the one that comes first.
fn leading(codebook: &Codebook, voices_of: &Voices, cues: &[Cue]) -> Option<usize> {
    let (mut voices, mut stances) = (BTreeMap::new(), BTreeMap::new());
    for cue in cues {
        let weight = codebook.rules[cue.rule].weight;
        *voices.entry(&cue.voice).or_insert(0.0) += weight;
        *stances.entry((&cue.voice, cue.stance)).or_insert(0.0) += weight;
    }
    let strength = |cue: &Cue| {
        let is_mostly_in_it = 2 * cue.core.len() >= cue.span.len();
        // "Lasso Gas said it had cut the gas": who speaks is named, not spoken of.
        let is_named = cue.voice == Voice::Own && voices_of.names_source(cue.core);
        // "Gask denies a cut, but the mayor fears one": what the sentence comes to.
        let is_kept = !voices_of.yields(cue.core);
        (!is_named, voices[&cue.voice], is_kept, stances[&(&cue.voice, cue.stance)], is_mostly_in_it, cue.span.len())
    };
    (0..cues.len()).reduce(|best, next| if strength(&cues[next]) > strength(&cues[best]) { next } else { best })
}
