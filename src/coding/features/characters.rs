//! Runs of 3 to 5 characters within words, with the edges of the word as `_`: they see endings, stems and misspellings.

use crate::coding::features::{Sink, Unit};

const SHORTEST: usize = 3;
const LONGEST: usize = 5;

/// What stands for the edge of a word.
const EDGE: char = '_';

/// Adds every run of each word.
pub(super) fn add(unit: &Unit<'_>, sink: &mut Sink) {
    let mut padded = String::new();
    let mut starts = Vec::new();
    for word in unit.words() {
        padded.clear();
        padded.push(EDGE);
        padded.push_str(word);
        padded.push(EDGE);
        starts.clear();
        starts.extend(padded.char_indices().map(|(at, _)| at));
        starts.push(padded.len());
        for length in SHORTEST..=LONGEST {
            for edges in starts.windows(length + 1) {
                sink.add(&[&padded[edges[0]..edges[length]]], 1.0);
            }
        }
    }
}
