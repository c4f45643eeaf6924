//! A document after coding.

use crate::model::{Attribution, Coding, Document, LabelCover, Span, Voice};

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
    /// Sentences so crowded with the words of a rule that the rule was given up there.
    pub unsearched: u64,
    /// Who is given the word, in the order of the verbs.
    pub attributions: Vec<Attribution>,
    /// The same of who is given it by one of these, in whose words the others then speak.
    pub inner_attributions: Vec<Attribution>,
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

impl CodedDocument {
    /// Index of the group of sources that who speaks a coding is in: that of the words attributed to the same source, by its name or
    /// as it is written there. `None` in the outlet's own voice, and of a source in no group.
    #[must_use]
    pub fn source_group(&self, document: &Document, coding: &Coding) -> Option<usize> {
        let Voice::Source(Some(source)) = &coding.speaker.voice else { return None };
        let is_speaker = |found: &&Attribution| {
            let written = found.source.map_or("", |span| span.of(document.content()));
            found.name.as_deref() == Some(source) || begins_with_name(written, source)
        };
        let everybody = self.attributions.iter().chain(&self.inner_attributions);
        everybody.filter(is_speaker).find_map(|found| found.group)
    }
}

/// Whether a source as written is that name, with nothing but a mark behind it: "Minsk's" and "Lis," are, "Minsk officials" is not.
fn begins_with_name(written: &str, name: &str) -> bool {
    let rest = written.strip_prefix(name).map(|rest| rest.chars().next());
    rest.is_some_and(|next| next.is_none_or(|next| !next.is_alphanumeric() && !next.is_whitespace()))
}
