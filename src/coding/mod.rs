//! From a document to its codings: which sentence carries which frame, in whose voice, with which stance.
//!
//! [`code`] is a pure function of coder and document; [`Workspace`] only keeps memory to use again.

mod attributions;
mod cues;
mod examples;
pub mod features;
mod fingerprint;
mod frame_scorer;
mod score;
pub mod scorer;
mod source_names;
mod speakers;

pub use examples::{ExampleFailure, Expectation, failing_examples};
pub use frame_scorer::{Choice, FrameLessons, FrameScore, FrameScorer, HeldOut, Method, Teacher};
pub use score::probability;

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::coding::cues::{CueMemory, Finder, longest};
use crate::coding::features::{Bounds, Unit};
use crate::coding::frame_scorer::Explained;
use crate::coding::scorer::{Contribution, ScoreMemory};
use crate::model::{CodedDocument, Coding, Cue, Document, RuleMatch, Span, Speaker};
use crate::text::{Language, Reading, Sentence, TokenKind, Vocabulary, VoiceReader, read};

/// What is applied to each document.
#[derive(Debug)]
pub struct Coder<'c> {
    /// Frames and rules.
    pub codebook: &'c Codebook,
    /// What was learnt from hand codings; `None` where the rules score alone.
    pub scorer: Option<&'c FrameScorer>,
}

/// What one worker keeps between documents. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct Workspace {
    vocabulary: Vocabulary,
    reading: Reading,
    voice_reader: VoiceReader,
    memory: CueMemory,
    cues: Vec<Cue>,
    scores: ScoreMemory,
}

impl Coder<'_> {
    /// The language to read `document` in: its own `language` column if it has one, else the codebook's; `None` where
    /// that is not supported, which leaves voices unknown.
    #[must_use]
    pub fn language(&self, document: &Document) -> Option<&'static Language> {
        let own = document.column("language").map(str::trim).filter(|code| !code.is_empty());
        Language::of(own.unwrap_or(&self.codebook.language))
    }

    /// Numbers of the sentences of `document`, by which people name them; 0 is the title.
    #[must_use]
    pub fn sentence_numbers(&self, document: &Document) -> BTreeSet<usize> {
        let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
        read(document, self.language(document), &mut vocabulary, &mut reading);
        reading.sentences.iter().map(|sentence| sentence.number).collect()
    }
}

/// Codes one document: the map of the whole method.
#[must_use]
pub fn code(coder: &Coder<'_>, document: &Document, workspace: &mut Workspace) -> CodedDocument {
    let mut codings = Vec::new();
    let mut unlisted = vec![0; if coder.scorer.is_some() { coder.codebook.frames.len() } else { 0 }];
    let mut seen = look(coder, document, workspace, |unit, scores| {
        let scored = coder.scorer.map(|scorer| (scorer, scorer.score(unit, scores)));
        let score_of = |frame| scored.as_ref().and_then(|(scorer, scored)| scorer.of_frame(scored, frame));
        let first = codings.len();
        push_codings(coder, unit, &score_of, &mut codings);
        let is_listed = |frame: usize| codings[first..].iter().any(|coding: &Coding| coding.frame == frame);
        for (frame, sum) in unlisted.iter_mut().enumerate().filter(|(frame, _)| !is_listed(*frame)) {
            let without_cue = || coder.scorer.map_or(0, |scorer| scorer.without_cue(frame));
            *sum += u64::from(score_of(frame).map_or_else(without_cue, |score| score.probability));
        }
    });
    seen.codings = codings;
    seen.unlisted = unlisted;
    seen
}

/// Reads a document and shows every sentence, with its cues, to `see`; what comes back lacks the codings only.
fn look(
    coder: &Coder<'_>,
    document: &Document,
    workspace: &mut Workspace,
    mut see: impl FnMut(&Unit<'_>, &mut ScoreMemory),
) -> CodedDocument {
    let Workspace { vocabulary, reading, voice_reader, memory, cues, scores } = workspace;
    if vocabulary.is_full() {
        vocabulary.clear();
    }
    let (language, content) = (coder.language(document), document.content());
    read(document, language, vocabulary, reading);
    let voices = &voice_reader.read(content, reading, vocabulary, language);
    let codebook = coder.codebook;
    let finder = Finder { codebook, tokens: &reading.tokens, vocabulary, content, voices };
    let mut matches = Vec::new();
    for sentence in &reading.sentences {
        finder.find(sentence, memory, cues);
        matches.extend(cues.iter().map(|cue| RuleMatch { sentence: sentence.number, span: cue.span, rule: cue.rule }));
        let Sentence { span, tokens, .. } = sentence;
        let tokens = Bounds { start: tokens.start, end: tokens.end };
        let unit = Unit {
            document,
            span: *span,
            tokens,
            reading,
            vocabulary,
            language,
            voices,
            codebook: Some(codebook),
            cues,
            context: &[],
            target: None,
        };
        see(&unit, scores);
    }
    CodedDocument {
        sentences: reading.sentences.len(),
        codings: Vec::new(),
        unlisted: Vec::new(),
        matches,
        attributions: attributions::of(codebook, document, (reading, voices), &mut memory.sources),
        has_voices: voices.is_known(),
        fingerprint: fingerprint::of(document, reading, vocabulary),
    }
}

/// A document as `explain` shows it.
#[derive(Debug)]
pub struct Explanation {
    /// What is known of it.
    pub coded: CodedDocument,
    /// Its sentences, each with its number.
    pub sentences: Vec<(usize, Span)>,
    /// By coding of `coded`, why it is as it is.
    pub reasons: Vec<Reasons>,
}

/// Why a coding is as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// By cue: why it has its voice and stance, in words.
    pub cues: Vec<Vec<String>>,
    /// Probability from which the sentence is a hit.
    pub threshold: f64,
    /// What each feature adds to the scorer's log-odds, strongest first, the constant last; none without a scorer.
    pub contributions: Vec<Contribution>,
    /// Whether the scorer has learnt from the sentence. The coding's score is then by learners that have not, and the
    /// contributions are those of the scorer that has.
    pub was_taught: bool,
}

/// Codes one document and says why.
#[must_use]
pub fn explain(coder: &Coder<'_>, document: &Document) -> Explanation {
    let mut workspace = Workspace::default();
    let mut whole = code(coder, document, &mut workspace);
    let codings = std::mem::take(&mut whole.codings);
    let (mut sentences, mut reasons, mut next) = (Vec::new(), Vec::new(), 0);
    look(coder, document, &mut workspace, |unit, scores| {
        sentences.push((unit.number(), unit.span));
        while let Some(coding) = codings.get(next).filter(|coding| coding.span == unit.span) {
            let cues = coding.cues.iter().map(|cue| speakers::reasons(unit.voices, document.content(), cue.core));
            let learnt = coder.scorer.and_then(|scorer| scorer.explain(unit, coding.frame, scores));
            let Explained { threshold, contributions, was_taught } = learnt.unwrap_or_else(|| {
                let written = coder.codebook.frames[coding.frame].threshold;
                let threshold = coder.scorer.map_or(written, |it| it.rule_threshold(coding.frame, written));
                Explained { threshold, ..Explained::default() }
            });
            reasons.push(Reasons { cues: cues.collect(), threshold, contributions, was_taught });
            next += 1;
        }
    });
    whole.codings = codings;
    Explanation { coded: whole, sentences, reasons }
}

/// Adds the codings of one sentence, by frame: of those that have a cue, and of those that the scorer finds without.
fn push_codings(
    coder: &Coder<'_>,
    unit: &Unit<'_>,
    score_of: &impl Fn(usize) -> Option<FrameScore>,
    codings: &mut Vec<Coding>,
) {
    let codebook = coder.codebook;
    let is_found = |frame: &usize| score_of(*frame).is_some_and(|score| score.is_hit);
    let mut frames: Vec<usize> = (0..codebook.frames.len()).filter(is_found).collect();
    frames.extend(unit.cues.iter().map(|cue| codebook.rules[cue.rule].frame));
    frames.sort_unstable();
    frames.dedup();
    for frame in frames {
        let cues = longest(codebook, unit.cues, frame);
        // Not `sum`, which is -0 of nothing.
        let rule_score = cues.iter().fold(0.0, |sum, cue| sum + codebook.rules[cue.rule].weight);
        let written = FrameScore {
            log_odds: rule_score,
            probability: if cues.is_empty() { 0 } else { probability(rule_score) },
            is_hit: !cues.is_empty() && f64::from(probability(rule_score)) >= codebook.frames[frame].threshold * 1e6,
        };
        let score = score_of(frame);
        let said = match coder.scorer {
            Some(scorer) if scorer.teacher() == Teacher::Rules && written.is_hit => written,
            Some(scorer) => score.unwrap_or_else(|| scorer.of_rules(frame, written)),
            None => written,
        };
        let leading = leading(codebook, &cues);
        let lead = leading.map(|leading| &cues[leading]);
        codings.push(Coding {
            sentence: unit.number(),
            span: unit.span,
            frame,
            probability: said.probability,
            rule_score,
            model_score: score.map(|score| score.log_odds),
            hit: said.is_hit,
            leading,
            speaker: lead.map_or_else(|| sentence_speaker(unit), cue_speaker),
            stance: lead.map(|cue| cue.stance),
            cues,
        });
    }
}

fn cue_speaker(cue: &Cue) -> Speaker {
    Speaker { voice: cue.voice.clone(), verb: cue.verb.clone(), verb_class: cue.verb_class }
}

/// Who speaks most words of a sentence.
fn sentence_speaker(unit: &Unit<'_>) -> Speaker {
    let words = unit.tokens().iter().filter(|token| token.kind == TokenKind::Word).map(|token| token.span);
    speakers::speaker(unit.voices, unit.document.content(), &words.collect::<Vec<_>>())
}

/// The cue that voice and stance are taken from: of the voice, and within it of the stance, that have the most weight,
/// the longest cue, one
/// most of which lies in that voice before others; of equals the one that comes first.
fn leading(codebook: &Codebook, cues: &[Cue]) -> Option<usize> {
    let (mut voices, mut stances) = (BTreeMap::new(), BTreeMap::new());
    for cue in cues {
        let weight = codebook.rules[cue.rule].weight;
        *voices.entry(&cue.voice).or_insert(0.0) += weight;
        *stances.entry((&cue.voice, cue.stance)).or_insert(0.0) += weight;
    }
    let whole = |cue: &Cue| 2 * cue.core.len() >= cue.span.len();
    let strength = |cue: &Cue| (voices[&cue.voice], stances[&(&cue.voice, cue.stance)], whole(cue), cue.span.len());
    (0..cues.len()).reduce(|best, next| if strength(&cues[next]) > strength(&cues[best]) { next } else { best })
}
