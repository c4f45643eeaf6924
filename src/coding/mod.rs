//! From a document to its codings: which sentence carries which frame, in whose voice, with which stance.
//!
//! [`code`] is a pure function of coder and document; [`Workspace`] only keeps memory to use again.

mod attributions;
mod cues;
mod examples;
pub mod features;
mod fingerprint;
mod score;
pub mod scorer;
mod source_names;
mod speakers;

pub use examples::{ExampleFailure, Expectation, failing_examples};
pub use score::probability;

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::cues::{CueMemory, Finder, longest};
use crate::model::{CodedDocument, Coding, Cue, Document, RuleMatch, Span};
use crate::text::{Language, Reading, Sentence, Vocabulary, VoiceReader, read};

/// What is applied to each document.
#[derive(Debug)]
pub struct Coder<'c> {
    /// Frames and rules.
    pub codebook: &'c Codebook,
}

/// What one worker keeps between documents. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct Workspace {
    vocabulary: Vocabulary,
    reading: Reading,
    voice_reader: VoiceReader,
    memory: CueMemory,
    cues: Vec<Cue>,
}

impl Coder<'_> {
    /// The language to read `document` in: its own `language` column if it has one, else the codebook's; `None` where
    /// that is not supported, which leaves voices unknown.
    #[must_use]
    pub fn language(&self, document: &Document) -> Option<&'static Language> {
        let own = document.column("language").map(str::trim).filter(|code| !code.is_empty());
        Language::of(own.unwrap_or(&self.codebook.language))
    }
}

/// Codes one document: the map of the whole method.
#[must_use]
pub fn code(coder: &Coder<'_>, document: &Document, workspace: &mut Workspace) -> CodedDocument {
    let Workspace { vocabulary, reading, voice_reader, memory, cues } = workspace;
    if vocabulary.is_full() {
        vocabulary.clear();
    }
    let language = coder.language(document);
    read(document, language, vocabulary, reading);
    let content = document.content();
    let voices = &voice_reader.read(content, reading, vocabulary, language);
    let finder = Finder { codebook: coder.codebook, tokens: &reading.tokens, vocabulary, content, voices };
    let (mut codings, mut matches) = (Vec::new(), Vec::new());
    for sentence in &reading.sentences {
        finder.find(sentence, memory, cues);
        matches.extend(cues.iter().map(|cue| RuleMatch { sentence: sentence.number, span: cue.span, rule: cue.rule }));
        push_codings(coder.codebook, sentence, cues, &mut codings);
    }
    CodedDocument {
        sentences: reading.sentences.len(),
        codings,
        matches,
        attributions: attributions::of(coder.codebook, document, (reading, voices), &mut memory.sources),
        has_voices: voices.is_known(),
        fingerprint: fingerprint::of(document, reading, vocabulary),
    }
}

/// A document as `explain` shows it.
#[derive(Debug)]
pub struct Explanation {
    /// Its codings.
    pub coded: CodedDocument,
    /// Its sentences, each with its number.
    pub sentences: Vec<(usize, Span)>,
    /// By coding and cue: why the cue has its voice and stance, in words.
    pub reasons: Vec<Vec<Vec<String>>>,
}

/// Codes one document and says why.
#[must_use]
pub fn explain(instrument: &Coder<'_>, document: &Document) -> Explanation {
    let mut workspace = Workspace::default();
    let coded = code(instrument, document, &mut workspace);
    let Workspace { vocabulary, reading, voice_reader, .. } = &mut workspace;
    let content = document.content();
    let voices = voice_reader.read(content, reading, vocabulary, instrument.language(document));
    let why = |coding: &Coding| -> Vec<Vec<String>> {
        coding.cues.iter().map(|cue| speakers::reasons(&voices, content, cue.core)).collect()
    };
    let reasons = coded.codings.iter().map(why).collect();
    let sentences = reading.sentences.iter().map(|sentence| (sentence.number, sentence.span)).collect();
    Explanation { coded, sentences, reasons }
}

/// Adds the codings of one sentence, by frame.
fn push_codings(codebook: &Codebook, sentence: &Sentence, cues: &[Cue], codings: &mut Vec<Coding>) {
    if cues.is_empty() {
        return;
    }
    let mut frames: Vec<usize> = cues.iter().map(|cue| codebook.rules[cue.rule].frame).collect();
    frames.sort_unstable();
    frames.dedup();
    for frame in frames {
        let cues = longest(codebook, cues, frame);
        let rule_score = cues.iter().map(|cue| codebook.rules[cue.rule].weight).sum();
        let probability = probability(rule_score);
        codings.push(Coding {
            sentence: sentence.number,
            span: sentence.span,
            frame,
            probability,
            rule_score,
            model_score: None,
            hit: f64::from(probability) >= codebook.frames[frame].threshold * 1e6,
            leading: leading(codebook, &cues),
            cues,
        });
    }
}

/// The cue that voice and stance are taken from: of the voice, and within it of the stance, that have the most weight,
/// the longest cue; of equals the one that comes first.
fn leading(codebook: &Codebook, cues: &[Cue]) -> Option<usize> {
    let (mut voices, mut stances) = (BTreeMap::new(), BTreeMap::new());
    for cue in cues {
        let weight = codebook.rules[cue.rule].weight;
        *voices.entry(&cue.voice).or_insert(0.0) += weight;
        *stances.entry((&cue.voice, cue.stance)).or_insert(0.0) += weight;
    }
    let strength = |cue: &Cue| (voices[&cue.voice], stances[&(&cue.voice, cue.stance)], cue.span.len());
    (0..cues.len()).reduce(|best, next| if strength(&cues[next]) > strength(&cues[best]) { next } else { best })
}
