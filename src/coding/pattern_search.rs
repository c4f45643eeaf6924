//! Where one pattern stands in a document, whatever rules the codebook has. Not here: whose words they are.

use crate::codebook::{Codebook, Hit, MatchMemory, Matcher, TomlError, search};
use crate::coding::cues::{LONGEST, apart};
use crate::coding::sentences::language_of;
use crate::model::{Document, Span};
use crate::text::{Reading, Sentence, Vocabulary, read};

/// A pattern that is looked for.
#[derive(Debug)]
pub struct PatternSearch<'c> {
    codebook: &'c Codebook,
    matcher: Matcher,
}

/// What one worker keeps between documents. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct SearchMemory {
    vocabulary: Vocabulary,
    reading: Reading,
    matching: MatchMemory,
    hits: Vec<Hit>,
    gave_up: bool,
}

impl SearchMemory {
    /// Whether the pattern was given up in a sentence of the document searched last, which is crowded with its words.
    #[must_use]
    pub const fn gave_up(&self) -> bool {
        self.gave_up
    }
}

/// A place where the pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatternMatch {
    /// Number of the sentence; 0 is the title.
    pub sentence: usize,
    /// First to last matched word, in the document's content.
    pub span: Span,
}

impl<'c> PatternSearch<'c> {
    /// A search for `pattern`, which may name lists of `codebook`.
    ///
    /// # Errors
    /// When the pattern cannot be read, or names a list that is not there.
    pub fn new(codebook: &'c Codebook, pattern: &str) -> Result<Self, TomlError> {
        Ok(Self { codebook, matcher: search(codebook, pattern)? })
    }

    /// Every match in `document`, in the order of the text. Of matches that overlap the tightest is kept, as of a rule's.
    pub fn find(&self, document: &Document, memory: &mut SearchMemory) -> Vec<PatternMatch> {
        if memory.vocabulary.is_full() {
            memory.vocabulary.clear();
        }
        let language = language_of(self.codebook, document);
        // Taken out, so that sentences can be read while the rest of the memory is written to.
        let mut reading = std::mem::take(&mut memory.reading);
        read(document, language, &mut memory.vocabulary, &mut reading);
        let mut found = Vec::new();
        memory.gave_up = false;
        for sentence in &reading.sentences {
            self.find_in(sentence, &reading, memory, &mut found);
        }
        memory.reading = reading;
        found
    }

    fn find_in(
        &self,
        sentence: &Sentence,
        reading: &Reading,
        memory: &mut SearchMemory,
        found: &mut Vec<PatternMatch>,
    ) {
        let SearchMemory { vocabulary, matching, hits, gave_up, .. } = memory;
        let before = found.len();
        for first in sentence.tokens.clone().step_by(LONGEST) {
            let tokens = &reading.tokens[first..sentence.tokens.end.min(first + LONGEST)];
            if self.matcher.enter(tokens, vocabulary, matching).is_empty() {
                continue;
            }
            self.matcher.find(0, matching, hits);
            *gave_up |= matching.gave_up();
            hits.sort_by_key(Hit::looseness);
            for hit in apart(hits.drain(..), |hit| hit.tokens.clone()) {
                let span = tokens[hit.tokens.start].span.hull(tokens[hit.tokens.end - 1].span);
                found.push(PatternMatch { sentence: sentence.number, span });
            }
        }
        found[before..].sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    fn codebook() -> Codebook {
        let text = "[lists]\nforces = [\"troop*\", \"tank*\"]\n[[frame]]\nid = \"f\"\n";
        parse(text, "codebook.toml").unwrap()
    }

    #[test]
    fn finds_any_pattern_with_the_lists_of_the_codebook() {
        let codebook = codebook();
        let document = Document::new("1", "Troops mass", "Tanks and troops mass. Masses of tanks. No unit.");
        for (pattern, expected) in [
            ("{forces}", &[(0, "Troops"), (1, "Tanks"), (1, "troops"), (2, "tanks")][..]),
            ("{forces} NEAR/2 mass*", &[(0, "Troops mass"), (1, "troops mass"), (2, "Masses of tanks")]),
            ("=Tanks", &[(1, "Tanks")]),
            ("submarine*", &[]),
        ] {
            let found = PatternSearch::new(&codebook, pattern).unwrap().find(&document, &mut SearchMemory::default());
            let words: Vec<_> = found.iter().map(|it| (it.sentence, it.span.of(document.content()))).collect();
            assert_eq!(words, expected, "{pattern}");
        }
    }

    #[test]
    fn a_bad_pattern_is_refused_with_a_caret_under_its_place() {
        let codebook = codebook();
        for (pattern, message) in [
            ("a NEAR b", "PATTERN:1:3: NEAR needs a distance"),
            ("{force}", "PATTERN:1:1: unknown list {force}; did you mean \"forces\"?"),
            ("(a", "PATTERN:1:1: \"(\" is never closed"),
            ("", "PATTERN:1:1: expected a word"),
        ] {
            let error = PatternSearch::new(&codebook, pattern).unwrap_err().to_string();
            assert!(error.starts_with(message) && error.ends_with('^'), "{pattern}: {error}");
        }
    }
}
