//! Words and pairs of neighbouring words.

use crate::learning::features::{FeatureUnit, Sink};

/// Adds each word, and each pair of words with nothing but marks between them.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let mut last: Option<&str> = None;
    for (token, word) in unit.text.word_tokens() {
        sink.tell_of(Some(token));
        sink.add(&[word], 1.0);
        sink.tell_of(None);
        if let Some(last) = last {
            sink.add(&[last, " ", word], 1.0);
        }
        last = Some(word);
    }
}
