//! The fingerprint by which copies of one text are known.

use crate::model::Document;
use crate::text::{Reading, TokenKind, Vocabulary};

/// An odd factor without pattern, 2^64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of the text's words. Case, punctuation, white space and the title make no difference, as an outlet that
/// carries wire copy changes them; any other word does. A headline-only record is known by its headline, and a record
/// without words by its id.
pub(super) fn of(document: &Document, reading: &Reading, vocabulary: &Vocabulary) -> u64 {
    let mut hash = 0;
    let mut is_empty = true;
    for word in text_words(document, reading, vocabulary) {
        hash = mix(hash, word);
        is_empty = false;
    }
    if is_empty { document.id.bytes().fold(1, |hash, byte| mix(hash, u64::from(byte))) } else { hash }
}

/// Hashes of the words of the text in order; of the headline where there is no text.
pub(super) fn text_words<'a>(
    document: &Document,
    reading: &'a Reading,
    vocabulary: &'a Vocabulary,
) -> impl Iterator<Item = u64> + 'a {
    // Left out of a text with words, as outlets write their own headlines over the same wire copy.
    let is_title_only = document.text().trim().is_empty();
    let sentences = reading.sentences.iter().filter(move |sentence| is_title_only || sentence.number > 0);
    let tokens = sentences.flat_map(|sentence| &reading.tokens[sentence.tokens.clone()]);
    tokens.filter(|token| token.kind == TokenKind::Word).map(|token| vocabulary.word(token.word).hash)
}

/// The hash of words read so far and one more.
pub(super) const fn mix(hash: u64, word: u64) -> u64 {
    // A product carries low bits up and never high ones down; the rotation brings them back, so that every word of a
    // long text goes on to count.
    (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR)
}
