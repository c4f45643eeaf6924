//! Byte offsets as code-point offsets, in time that does not depend on where in the text they lie.

use crate::model::Span;

/// Bytes between two places whose code points are counted beforehand.
const BLOCK: usize = 256;

/// Turns byte offsets into a text into code-point offsets, as Python and R count. Goes over the text once.
pub(super) struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points that begin before each block.
    before: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let counts = bytes.chunks(BLOCK).map(count).scan(0, |sum, count| Some(std::mem::replace(sum, *sum + count)));
        Self { bytes, before: counts.collect() }
    }

    /// The code points that `span` starts and ends at.
    pub(super) fn of(&self, span: Span) -> (usize, usize) {
        (self.at(span.start), self.at(span.end))
    }

    /// Code points before byte `at`, a character boundary.
    fn at(&self, at: usize) -> usize {
        match self.before.get(at / BLOCK) {
            Some(before) => before + count(&self.bytes[at / BLOCK * BLOCK..at]),
            // The end of a text that is a whole number of blocks long.
            None => {
                self.before.last().map_or(0, |before| before + count(&self.bytes[(self.before.len() - 1) * BLOCK..]))
            }
        }
    }
}

/// Characters that begin in these bytes: all bytes but those that continue a character.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_python_at_every_boundary() {
        for text in ["", "plain", "Überall “tanks” 🚩", &"aé🚩".repeat(200), &"x".repeat(BLOCK), &"я".repeat(BLOCK)]
        {
            let points = CodePoints::new(text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (expected, at) in boundaries.enumerate() {
                let found = points.of(Span::new(at, text.len()));
                assert_eq!(found, (expected, text.chars().count()), "byte {at} of {text:.20}");
            }
        }
    }
}
