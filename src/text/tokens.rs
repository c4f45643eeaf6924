//! Tokens: words, numbers and marks as spans of the unaltered text.

use crate::model::Span;
use crate::text::WordId;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters or digits: what patterns match on.
    Word,
    /// Punctuation and symbols.
    Mark,
}

/// One token of a document's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the content.
    pub span: Span,
    /// Its form.
    pub word: WordId,
    /// What it is made of.
    pub kind: TokenKind,
}

/// The tokens of `text[within]`, in order, white space left out.
pub fn token_spans(text: &str, within: Span) -> impl Iterator<Item = (Span, TokenKind)> + '_ {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let rest = &text[at..within.end];
        let skipped = rest.find(|c: char| !c.is_whitespace())?;
        let start = at + skipped;
        let rest = &text[start..within.end];
        let is_word = rest.starts_with(char::is_alphanumeric);
        let len = if is_word {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            rest.chars().next().map_or(0, char::len_utf8)
        };
        at = start + len;
        Some((Span::new(start, at), if is_word { TokenKind::Word } else { TokenKind::Mark }))
    })
}
