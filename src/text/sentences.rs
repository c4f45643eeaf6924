//! Sentences as spans of the unaltered text.

use crate::model::Span;
use crate::text::Language;

/// The sentences of `text[within]`, in order, without surrounding white space; only white space lies between them.
#[must_use]
pub fn sentence_spans(text: &str, within: Span, _language: Option<&Language>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = within.start;
    for piece in within.of(text).split_inclusive(['.', '\n']) {
        let end = start + piece.len();
        let lead = piece.len() - piece.trim_start().len();
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            spans.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start = end;
    }
    spans
}
