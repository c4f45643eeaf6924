//! How often a document uses each word: what documents on one event share.

use crate::text::{Reading, TokenKind, Vocabulary};

/// Most times that a word is counted.
const MOST: u64 = 0xff;

/// Distinct words of title and text, ascending: the first 56 bits of a word's hash above how often it stands there, at most
/// 255 times.
pub(super) fn of(reading: &Reading, vocabulary: &Vocabulary) -> Vec<u64> {
    let words = reading.tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let mut hashes: Vec<u64> = words.map(|token| vocabulary.word(token.word).hash & !MOST).collect();
    hashes.sort_unstable();
    let times = |same: &[u64]| same[0] | (same.len() as u64).min(MOST);
    hashes.chunk_by(|a, b| a == b).map(times).collect()
}
