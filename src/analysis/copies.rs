//! Which documents of a corpus are copies, found while it is coded.

use crate::analysis::error::AnalysisError;
use crate::compare::{Counts, NearCopies, TextSigns};
use crate::model::{CodedDocument, Document};
use crate::report::{NumberLists, Staging, write_duplicates};

/// What is kept of the documents until all are read.
pub(super) struct CopyFinder {
    signs: NearCopies,
    /// On the disk, as they take more room than the text: only those of a few likely copies are looked at again.
    shingles: NumberLists,
}

/// What one document adds.
pub(super) struct CopyTraits {
    signs: TextSigns,
    shingles: Vec<u64>,
}

impl CopyTraits {
    pub(super) fn new(document: &Document, coded: &mut CodedDocument) -> Self {
        let signs = TextSigns::new(document, coded);
        Self { signs, shingles: std::mem::take(&mut coded.shingles) }
    }
}

impl CopyFinder {
    pub(super) fn new(staging: &Staging) -> Result<Self, AnalysisError> {
        Ok(Self { signs: NearCopies::default(), shingles: NumberLists::new(staging)? })
    }

    pub(super) fn add(&mut self, traits: CopyTraits) -> Result<(), AnalysisError> {
        self.signs.add(traits.signs);
        Ok(self.shingles.push(&traits.shingles)?)
    }

    /// Gives every document its cluster, and writes `duplicates.csv`.
    pub(super) fn finish(mut self, staging: &mut Staging, counts: &mut Counts) -> Result<(), AnalysisError> {
        let copies = self.signs.found(|number| self.shingles.list(number))?;
        counts.set_clusters(&copies);
        Ok(write_duplicates(staging, &copies, counts)?)
    }
}
