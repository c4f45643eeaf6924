//! One pass over a document: its sentences and tokens.

use std::ops::Range;

use crate::model::{Document, Span};
use crate::text::characters::is_blank;
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
///
/// The title is one sentence, however it is punctuated. A sentence has at least one token, and spans neither begin nor
/// end with white space.
pub fn read(document: &Document, language: Option<&Language>, vocabulary: &mut Vocabulary, reading: &mut Reading) {
    reading.sentences.clear();
    reading.tokens.clear();
    let content = document.content();
    if let Some(title) = trimmed(content, document.title_span()) {
        reading.push(content, 0, title, vocabulary);
    }
    // Numbers do not move when an export gains or loses its title: hand codings name sentences by them.
    for (index, span) in sentence_spans(content, document.text_span(), language).into_iter().enumerate() {
        reading.push(content, index + 1, span, vocabulary);
    }
}

/// The span without the blanks around it; `None` if nothing is left.
fn trimmed(content: &str, span: Span) -> Option<Span> {
    let piece = span.of(content).trim_start_matches(is_blank);
    let start = span.end - piece.len();
    let length = piece.trim_end_matches(is_blank).len();
    (length > 0).then(|| Span::new(start, start + length))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reading_of(title: &str, text: &str) -> (Document, Reading, Vocabulary) {
        let document = Document::new("1", title, text);
        let (mut reading, mut vocabulary) = (Reading::default(), Vocabulary::default());
        read(&document, Language::of("en"), &mut vocabulary, &mut reading);
        (document, reading, vocabulary)
    }

    #[test]
    fn the_title_is_sentence_0_and_never_cut() {
        let (document, reading, _) = reading_of(" War? No. Peace\n", "It rained. They left.");
        let found: Vec<_> = reading.sentences.iter().map(|s| (s.number, s.span.of(document.content()))).collect();
        assert_eq!(found, [(0, "War? No. Peace"), (1, "It rained."), (2, "They left.")]);
    }

    #[test]
    fn a_text_without_title_counts_from_1_and_an_empty_document_has_none() {
        let numbers = |title, text| reading_of(title, text).1.sentences.iter().map(|s| s.number).collect::<Vec<_>>();
        assert_eq!(numbers("", "It rained."), [1]);
        assert_eq!(numbers("Rain", ""), [0]);
        assert!(numbers(" \n", "\u{200B} ").is_empty());
    }

    #[test]
    fn every_token_belongs_to_one_sentence_and_knows_its_form() {
        let (document, reading, vocabulary) =
            reading_of("Putin's move", "He left (the U.S.) at 5. \u{201C}No,\u{201D} he said.");
        let mut next = 0;
        for sentence in &reading.sentences {
            assert_eq!(sentence.tokens.start, next, "sentence {}", sentence.number);
            assert!(!sentence.tokens.is_empty(), "sentence {}", sentence.number);
            for token in &reading.tokens[sentence.tokens.clone()] {
                assert!(sentence.span.contains(token.span), "{token:?}");
                assert_eq!(&*vocabulary.word(token.word).surface, token.span.of(document.content()));
            }
            next = sentence.tokens.end;
        }
        assert_eq!(next, reading.tokens.len());
    }
}
