//! From a document to its codings: which sentence carries which frame, in whose voice, with which stance.
//!
//! [`code`] is a pure function of coder and document; [`Workspace`] only keeps memory to use again.

mod cues;
mod examples;
mod fingerprint;
mod score;
mod source_names;
mod speakers;

pub use examples::{ExampleFailure, Expectation, failing_examples};
pub use score::probability;

use crate::codebook::Codebook;
use crate::coding::cues::{CueMemory, Finder, longest};
use crate::coding::speakers::Speakers;
use crate::model::{CodedDocument, Coding, Cue, Document, RuleMatch, Span};
use crate::text::{Language, Reading, Sentence, Vocabulary, read};

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
    let Workspace { vocabulary, reading, memory, cues } = workspace;
    if vocabulary.is_full() {
        vocabulary.clear();
    }
    let language = coder.language(document);
    read(document, language, vocabulary, reading);
    let speakers = Speakers { content: document.content(), reading, vocabulary, language };
    let finder = Finder { codebook: coder.codebook, tokens: &reading.tokens, vocabulary, speakers: &speakers };
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
        fingerprint: fingerprint::of(document, reading, vocabulary),
    }
}

/// The sentences of a document as it is coded, each with its number.
#[must_use]
pub fn sentences(coder: &Coder<'_>, document: &Document) -> Vec<(usize, Span)> {
    let mut reading = Reading::default();
    read(document, coder.language(document), &mut Vocabulary::default(), &mut reading);
    reading.sentences.iter().map(|sentence| (sentence.number, sentence.span)).collect()
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

/// The cue that voice and stance are taken from: the weightiest, of equals the first.
fn leading(codebook: &Codebook, cues: &[Cue]) -> Option<usize> {
    let weight = |index: usize| codebook.rules[cues[index].rule].weight;
    (0..cues.len()).reduce(|best, next| if weight(next) > weight(best) { next } else { best })
}
