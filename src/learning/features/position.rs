//! Where in the document the stretch stands, and how long it is.

use crate::learning::features::{FeatureUnit, Sink};

/// Adds the length of the stretch and, where it is one sentence of several, its place.
#[expect(clippy::cast_precision_loss, reason = "a document has far fewer than 2^23 tokens")]
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let words = unit.text.words().count();
    sink.measure(&["words"], (1.0 + words as f32).ln());
    let sentences = &unit.text.reading.sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= unit.text.span.start);
    let inside =
        sentences[first.min(sentences.len())..].iter().take_while(|it| it.span.start < unit.text.span.end).count();
    if inside < sentences.len() {
        let number = sentences[first].number as f32;
        sink.measure(&["title"], f32::from(u8::from(number < 1.0)));
        sink.measure(&["lead"], 1.0 / (1.0 + number));
        sink.measure(&["depth"], number / sentences.len() as f32);
    }
}
