//! A stretch of a document, a sentence or the whole text, with what was read there and what the rules found.

use std::ops::Range;

use crate::codebook::Codebook;
use crate::model::{Cue, Document, Span};
use crate::text::{Language, Reading, Token, TokenKind, Vocabulary, Voices};

/// What is coded: a stretch of a document.
#[derive(Clone, Copy, Debug)]
pub struct TextUnit<'t> {
    /// Title, text and columns.
    pub document: &'t Document,
    /// The stretch, in the document's content.
    pub span: Span,
    /// Its tokens, as positions in [`Reading::tokens`].
    pub tokens: TokenRange,
    /// Sentences and tokens of the whole document.
    pub reading: &'t Reading,
    /// The forms of the tokens.
    pub vocabulary: &'t Vocabulary,
    /// Attributions, stands and clauses of the whole document; nothing is known of them where the language is not
    /// supported, or nobody asked for them.
    pub voices: &'t Voices<'t>,
    /// What cues are cues of; `None` without a codebook.
    pub codebook: Option<&'t Codebook>,
    /// What the codebook's rules found in the stretch, overlapping cues of different rules included.
    pub cues: &'t [Cue],
    /// The language it is in; `None` where it is not supported.
    pub language: Option<&'static Language>,
}

/// A half-open range of positions of tokens; unlike [`Range`] it can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRange {
    /// The first.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl TokenRange {
    /// The same as a range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl<'t> TextUnit<'t> {
    /// The stretch as it is written.
    #[must_use]
    pub fn written(&self) -> &'t str {
        &self.document.content()[self.span.start..self.span.end]
    }

    /// The number of its sentence, 0 the title; of the first one where there are several.
    #[must_use]
    pub fn number(&self) -> usize {
        let sentences = &self.reading.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= self.span.start);
        sentences.get(first).map_or(0, |sentence| sentence.number)
    }

    /// The tokens of the stretch.
    #[must_use]
    pub fn tokens(&self) -> &'t [Token] {
        &self.reading.tokens[self.tokens.range()]
    }

    /// The form of a token that features are made of: lower case, apostrophes straight.
    #[must_use]
    pub fn form(&self, token: &Token) -> &'t str {
        &self.vocabulary.word(token.word).folded
    }

    /// The forms of the words of the stretch, marks left out, in order.
    pub fn words(&self) -> impl Iterator<Item = &'t str> {
        self.word_tokens().map(|(_, word)| word)
    }

    /// The same, each with its position in [`Reading::tokens`].
    pub fn word_tokens(&self) -> impl Iterator<Item = (usize, &'t str)> {
        let vocabulary = self.vocabulary;
        let tokens = (self.tokens.start..).zip(self.tokens());
        let words = tokens.filter(|(_, token)| token.kind == TokenKind::Word);
        words.map(move |(place, token)| (place, &*vocabulary.word(token.word).folded))
    }
}
