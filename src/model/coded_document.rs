//! A document after coding.

use crate::model::{Attribution, Coding, LabelCover, Span};

/// A rule that matched, whether or not it became a cue of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleMatch {
    /// Number of the sentence.
    pub sentence: usize,
    /// First to last matched word, in the document's content.
    pub span: Span,
    /// Index of the rule in the codebook.
    pub rule: usize,
}

/// A document after coding: all that later stages need to know of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodedDocument {
    /// Sentences that are coding units, the title included.
    pub sentences: usize,
    /// Codings in the order of sentence, then frame.
    pub codings: Vec<Coding>,
    /// By frame, the sum of its probabilities, in millionths, in sentences that have no coding of it; none without a scorer.
    pub unlisted: Vec<u64>,
    /// By frame, the sentences that whoever does not code the frame would have found: the rules where the scorer codes it, the
    /// scorer where the rules do; none without a scorer.
    pub rival_hits: Vec<u64>,
    /// Sentences that the scorer would have a vector of, and has none; 0 where it goes by no vectors.
    pub without_vector: u64,
    /// Every match of every rule, in the order of the text, those included that a longer cue of the same frame covers.
    pub matches: Vec<RuleMatch>,
    /// Who is given the word, in the order of the verbs.
    pub attributions: Vec<Attribution>,
    /// Whether voices are known at all; not so in a language that is not supported.
    pub has_voices: bool,
    /// Fingerprint of the text: documents with the same one are copies of each other.
    pub fingerprint: u64,
    /// Distinct hashes of every five words in a row, ascending: what near copies share.
    pub shingles: Vec<u64>,
    /// Distinct words as hashes, ascending, each with how often it stands there in its last eight bits.
    pub story_words: Vec<u64>,
    /// What labels from outside cover of it; nothing is missing where the study codes without them.
    pub labels: LabelCover,
}
