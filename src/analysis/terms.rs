//! Which terms tell the groups of a corpus apart, found while it is coded.

use crate::analysis::error::AnalysisError;
use crate::coding::DocumentTerms;
use crate::compare::{Counts, TermTally};
use crate::report::{ByteLists, Staging, write_keyness};

/// What is kept of the terms until all documents are read.
pub(super) struct TermFinder {
    tally: TermTally,
    /// On the disk, as they take as much room as the text.
    chunks: ByteLists,
}

impl TermFinder {
    pub(super) fn new(staging: &Staging) -> Result<Self, AnalysisError> {
        Ok(Self { tally: TermTally::default(), chunks: ByteLists::new(staging)? })
    }

    pub(super) fn add(&mut self, document: &str, terms: &DocumentTerms) -> Result<(), AnalysisError> {
        Ok(self.tally.add(document, terms).iter().try_for_each(|chunk| self.chunks.push(chunk))?)
    }

    /// Writes `keyness.csv`; `counts` know of every document its group, and what it is a copy of.
    pub(super) fn finish(
        mut self,
        staging: &mut Staging,
        frames: &[String],
        counts: &Counts,
    ) -> Result<(), AnalysisError> {
        let found = self.tally.key_terms(counts, |number| self.chunks.list(number))?;
        Ok(write_keyness(staging, frames, &found)?)
    }
}
