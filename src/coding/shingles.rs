//! The shingles by which near copies of a text are known: hashes of every five words in a row.

use crate::coding::fingerprint::{mix, text_words};
use crate::model::Document;
use crate::text::{Reading, Vocabulary};

/// Words of a shingle. Broder (1997), On the resemblance and containment of documents.
const WORDS: usize = 5;

/// The distinct shingles of the text, ascending; none of a record without words. A text of fewer than five words is one
/// shingle. The words are those of the fingerprint: no title over a text, no case, no marks.
pub(super) fn of(document: &Document, reading: &Reading, vocabulary: &Vocabulary) -> Vec<u64> {
    let words: Vec<u64> = text_words(document, reading, vocabulary).collect();
    let shingle = |words: &[u64]| spread(words.iter().fold(0, |hash, word| mix(hash, *word)));
    let mut shingles: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1..WORDS => vec![shingle(&words)],
        _ => words.windows(WORDS).map(shingle).collect(),
    };
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Every bit of the result depends on every bit of `hash`: whoever draws shingles at random looks at some of them only.
/// The finalizer of `MurmurHash3` (Appleby 2011).
const fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
