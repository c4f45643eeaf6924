//! Which terms tell the groups of a corpus apart, found while it is coded.

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::coding::DocumentTerms;
use crate::compare::{Counts, TermPlan, TermTally};
use crate::model::Membership;
use crate::report::{ByteLists, Staging, counted, write_keyness};

/// Terms below which a list of frequencies is hardly one of a language.
const FEW_WORDS: usize = 100;

/// What is kept of the terms until all documents are read.
pub(super) struct TermFinder {
    tally: TermTally,
    /// By document, in the order in which they came, the subsets that it is in.
    memberships: Vec<Membership>,
    /// On the disk, as they take as much room as the text.
    chunks: ByteLists,
}

impl TermFinder {
    pub(super) fn new(staging: &Staging) -> Result<Self, AnalysisError> {
        Ok(Self { tally: TermTally::default(), memberships: Vec::new(), chunks: ByteLists::new(staging)? })
    }

    pub(super) fn add(
        &mut self,
        document: &str,
        terms: &DocumentTerms,
        membership: Membership,
    ) -> Result<(), AnalysisError> {
        self.memberships.push(membership);
        Ok(self.tally.add(document, terms).iter().try_for_each(|chunk| self.chunks.push(chunk))?)
    }

    /// Writes `keyness.csv`; `counts` know of every document its group, and what it is a copy of. Says why pairs of subsets have no
    /// rows.
    pub(super) fn finish(
        mut self,
        staging: &mut Staging,
        project: &Project,
        counts: &Counts,
    ) -> Result<Vec<String>, AnalysisError> {
        let (settings, reference) = (&project.study.keyness, project.reference.as_ref());
        let plan = TermPlan { counts, settings, memberships: &self.memberships, reference };
        let found = self.tally.key_terms(&plan, |number| self.chunks.list(number))?;
        write_keyness(staging, &project.frames(), &found.rows)?;
        let (documents, least) = (counts.documents().count() as u64, settings.least_documents);
        let beyond = (least > documents).then(|| {
            let are = if documents == 1 { "is" } else { "are" };
            format!(
                "least_documents is {least}, and there {are} {}: keyness.csv is empty",
                counted(documents, "document")
            )
        });
        let short = reference.filter(|list| list.len() < FEW_WORDS).map(|list| {
            let words = counted(list.len() as u64, "term");
            format!("{} lists {words} only: every other word counts as never said there", list.name)
        });
        let notes = found.untested.into_iter().chain(beyond).chain(short);
        Ok(notes.map(|why| format!("[keyness]: {why}")).collect())
    }
}
