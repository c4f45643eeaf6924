//! What a sample calls its units.

use sha2::{Digest, Sha256};

/// A name for a sentence that does not tell the document, the same in every run. It begins with a letter that is no hexadecimal
/// digit, or spreadsheets would take some for numbers and write them otherwise.
pub(in crate::analysis) fn item(seed: u64, document: &str, index: usize) -> String {
    named('s', &format!("{seed}/{document}/{index}"))
}

/// The same for a document as a whole.
pub(in crate::analysis) fn whole_item(seed: u64, document: &str) -> String {
    named('t', &format!("{seed}/{document}"))
}

fn named(letter: char, what: &str) -> String {
    // Forty bits, ten digits: among a thousand units two have the same name once in two million samples.
    let digest = Sha256::digest(what);
    let start = digest.iter().take(5).fold(0_u64, |start, byte| (start << 8) | u64::from(*byte));
    format!("{letter}{start:010x}")
}
