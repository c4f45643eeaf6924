//! One pass over a document: its sentences and tokens.

use std::ops::Range;

use crate::model::{Document, Span};
use crate::text::{Language, Token, Vocabulary, sentence_spans, token_spans};

/// The coding unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// 0 for the title; the text's sentences count from 1, whether or not there is a title.
    pub number: usize,
    /// Where it stands in the document's content.
    pub span: Span,
    /// Its tokens, as positions in [`Reading::tokens`].
    pub tokens: Range<usize>,
}

/// Sentences and tokens of one document. Kept between documents so that its memory is used again.
#[derive(Debug, Default)]
pub struct Reading {
    /// In order; the title first, if there is one.
    pub sentences: Vec<Sentence>,
    /// In order; every token belongs to a sentence.
    pub tokens: Vec<Token>,
}

/// Reads `document` into `reading`, forgetting what was there. `language` is `None` where it is not supported.
pub fn read(document: &Document, language: Option<&Language>, vocabulary: &mut Vocabulary, reading: &mut Reading) {
    reading.sentences.clear();
    reading.tokens.clear();
    let content = document.content();
    if !document.title().trim().is_empty() {
        reading.push(content, 0, document.title_span(), vocabulary);
    }
    for (index, span) in sentence_spans(content, document.text_span(), language).into_iter().enumerate() {
        reading.push(content, index + 1, span, vocabulary);
    }
}

impl Reading {
    fn push(&mut self, content: &str, number: usize, span: Span, vocabulary: &mut Vocabulary) {
        let first = self.tokens.len();
        self.tokens.extend(token_spans(content, span).map(|(span, kind)| Token {
            span,
            word: vocabulary.id(span.of(content)),
            kind,
        }));
        self.sentences.push(Sentence { number, span, tokens: first..self.tokens.len() });
    }
}
