//! Which documents of a corpus are copies, and which are on one event, found while it is coded.

use serde::{Deserialize, Serialize};

use crate::analysis::error::AnalysisError;
use crate::compare::{Counts, NearCopies, Plan, TextSigns, stories};
use crate::model::{CodedDocument, Document};
use crate::report::{NumberLists, Staging, write_duplicates, write_stories};

/// What is kept of the documents until all are read.
pub(super) struct CopyFinder {
    signs: NearCopies,
    /// On the disk, as they take more room than the text: only those of a few likely copies are looked at again.
    shingles: NumberLists,
    ids: Vec<String>,
    /// By document as the shingles are.
    terms: NumberLists,
}

/// What is known of the words of one document.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CopyTraits {
    fingerprint: u64,
    shingles: Vec<u64>,
    terms: Vec<u64>,
}

impl CopyTraits {
    /// Takes them out of `coded`.
    pub(super) fn new(coded: &mut CodedDocument) -> Self {
        let [shingles, terms] = [&mut coded.shingles, &mut coded.story_words].map(std::mem::take);
        Self { fingerprint: coded.fingerprint, shingles, terms }
    }
}

impl CopyFinder {
    pub(super) fn new(staging: &Staging) -> Result<Self, AnalysisError> {
        let [shingles, terms] = [NumberLists::new(staging)?, NumberLists::new(staging)?];
        Ok(Self { signs: NearCopies::default(), shingles, ids: Vec::new(), terms })
    }

    pub(super) fn add(&mut self, document: &Document, traits: &CopyTraits) -> Result<(), AnalysisError> {
        self.signs.add(TextSigns::new(document, traits.fingerprint, &traits.shingles));
        self.ids.push(document.id.clone());
        self.shingles.push(&traits.shingles)?;
        Ok(self.terms.push(&traits.terms)?)
    }

    /// Gives every document its cluster, and its story where the plan asks for it, and writes `duplicates.csv` and `stories.csv`.
    pub(super) fn finish(
        mut self,
        plan: &Plan,
        staging: &mut Staging,
        counts: &mut Counts,
    ) -> Result<(), AnalysisError> {
        let copies = self.signs.found(|number| self.shingles.list(number))?;
        counts.set_clusters(&copies);
        write_duplicates(staging, &copies, counts)?;
        let stories = stories(counts, &self.ids, |number| self.terms.list(number))?;
        counts.set_stories(plan, stories.iter().map(|it| (&*it.document, &*it.story)));
        Ok(write_stories(staging, &stories, counts)?)
    }
}
