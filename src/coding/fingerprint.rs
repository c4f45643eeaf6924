//! The fingerprint by which copies of one text are known.

use crate::model::Document;
use crate::text::{Reading, TokenKind, Vocabulary};

/// Fowler-Noll-Vo 1a, 64 bits (RFC 9923): its start and its factor.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash of the text's words. Case, punctuation, white space and the title make no difference, as an outlet that
/// carries wire copy changes them; any other word does. A headline-only record is known by its headline, and a record
/// without words by its id.
pub(super) fn of(document: &Document, reading: &Reading, vocabulary: &Vocabulary) -> u64 {
    let is_title_only = document.text().trim().is_empty();
    let sentences = reading.sentences.iter().filter(|sentence| is_title_only || sentence.number > 0);
    let tokens = sentences.flat_map(|sentence| &reading.tokens[sentence.tokens.clone()]);
    let mut hash = FNV_OFFSET;
    let mut is_empty = true;
    for token in tokens.filter(|token| token.kind == TokenKind::Word) {
        hash = mix(hash, &vocabulary.word(token.word).folded);
        is_empty = false;
    }
    if is_empty { mix(hash, &document.id) } else { hash }
}

fn mix(hash: u64, word: &str) -> u64 {
    word.bytes().chain([0]).fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}
