//! Words of the sentences before and after the stretch.

use crate::learning::features::{FeatureUnit, Sink};
use crate::text::{Sentence, TokenKind};

/// Adds the words of the sentence before as `before:`, of the one after as `after:`.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let sentences = &unit.text.reading.sentences;
    let before = sentences.partition_point(|sentence| sentence.span.end <= unit.text.span.start);
    let after = sentences.partition_point(|sentence| sentence.span.start < unit.text.span.end);
    if let Some(sentence) = before.checked_sub(1).and_then(|before| sentences.get(before)) {
        add_words(unit, "before:", sentence, sink);
    }
    if let Some(sentence) = sentences.get(after) {
        add_words(unit, "after:", sentence, sink);
    }
}

fn add_words(unit: &FeatureUnit<'_>, side: &str, sentence: &Sentence, sink: &mut Sink) {
    let tokens = &unit.text.reading.tokens[sentence.tokens.clone()];
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        sink.add(&[side, unit.text.form(token)], 1.0);
    }
}
