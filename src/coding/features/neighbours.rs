//! Words of the sentences before and after the stretch.

use crate::coding::features::{Sink, Unit};
use crate::text::{Sentence, TokenKind};

/// Adds the words of the sentence before as `before:`, of the one after as `after:`.
pub(super) fn add(unit: &Unit<'_>, sink: &mut Sink) {
    let sentences = &unit.reading.sentences;
    let before = sentences.partition_point(|sentence| sentence.span.end <= unit.span.start);
    let after = sentences.partition_point(|sentence| sentence.span.start < unit.span.end);
    if let Some(sentence) = before.checked_sub(1).and_then(|before| sentences.get(before)) {
        add_words(unit, "before:", sentence, sink);
    }
    if let Some(sentence) = sentences.get(after) {
        add_words(unit, "after:", sentence, sink);
    }
}

fn add_words(unit: &Unit<'_>, side: &str, sentence: &Sentence, sink: &mut Sink) {
    let tokens = &unit.reading.tokens[sentence.tokens.clone()];
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        sink.add(&[side, unit.form(token)], 1.0);
    }
}
