//! What a run makes of each coded document, and how that is gathered to tables and counts.
//!
//! A digest depends on its document and the coder alone, and no table on the order in which digests come. So parts of a corpus can
//! be digested apart (`part`), and what is gathered of them (`merge`) is that of a single run.

use serde::{Deserialize, Serialize};

use crate::analysis::copies::{CopyFinder, CopyTraits};
use crate::analysis::error::AnalysisError;
use crate::analysis::label_cover::CorpusCover;
use crate::analysis::learnt::Learnt;
use crate::analysis::project::Project;
use crate::analysis::rivals::{RivalHits, rival_hits};
use crate::analysis::terms::TermFinder;
use crate::coding::DocumentTerms;
use crate::compare::{Counts, DocumentCounts, Plan};
use crate::model::{CodedDocument, Document, LabelCover, Membership};
use crate::report::{
    ATTRIBUTIONS, CODINGS, MetadataRows, SortedRows, Staging, attribution_rows, coding_rows, write_documents,
    write_validation,
};
use crate::study::{PeoplesVerdicts, Workspace};

/// All that results need to know of a coded document.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct DocumentDigest {
    terms: DocumentTerms,
    /// The subsets of the study that it is in.
    membership: Membership,
    counts: DocumentCounts,
    /// Its rows of `codings.csv`.
    codings: String,
    /// Its rows of `attributions.csv`.
    attributions: String,
    rival_hits: Vec<u64>,
    copy_traits: CopyTraits,
    labels: LabelCover,
}

/// What digests are made with, the same for every document.
pub(super) struct Digester<'a> {
    project: &'a Project,
    plan: &'a Plan,
    frames: Vec<String>,
    rules: Vec<String>,
    verdicts: PeoplesVerdicts,
}

impl<'a> Digester<'a> {
    pub(super) fn new(project: &'a Project, learnt: &Learnt, plan: &'a Plan) -> Self {
        let people = learnt.people.as_ref().map_or(&[][..], |people| &people.codings);
        let frames = project.frames();
        let verdicts = PeoplesVerdicts::of(people, &frames);
        Self { project, plan, frames, rules: project.rules(), verdicts }
    }

    /// The digest of a document; `workspace` still has it as it was read.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub(super) fn digest(
        &self,
        document: &Document,
        mut coded: CodedDocument,
        workspace: &mut Workspace,
    ) -> Result<DocumentDigest, AnalysisError> {
        let Self { project, plan, frames, rules, verdicts } = self;
        let copy_traits = CopyTraits::new(&mut coded);
        let double_codings = verdicts.beside(&document.id, &coded).into();
        Ok(DocumentDigest {
            terms: workspace.terms(&project.codebook, document, &coded),
            membership: project.study.keyness.membership(document),
            counts: DocumentCounts { double_codings, ..DocumentCounts::new(plan, document, &coded) },
            codings: text(coding_rows(document, &coded, frames, rules, plan.source_groups())?),
            attributions: text(attribution_rows(document, &coded, plan.source_groups())?),
            rival_hits: rival_hits(&coded),
            copy_traits,
            labels: coded.labels,
        })
    }
}

#[cfg(feature = "arrow")]
impl DocumentDigest {
    /// What is answered of it: counts, rows of `codings.csv`, rows of `attributions.csv`.
    pub(super) fn answered(&self) -> (&DocumentCounts, &str, &str) {
        (&self.counts, &self.codings, &self.attributions)
    }
}

/// Rows as text, which they are: every cell is.
fn text(rows: Vec<u8>) -> String {
    String::from_utf8(rows).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Tables and counts in the making.
pub(super) struct Gathering<'a> {
    project: &'a Project,
    plan: &'a Plan,
    /// Whether it is kept who speaks how often.
    pub(super) keeps_sources: bool,
    counts: Counts,
    rivals: RivalHits,
    cover: CorpusCover,
    copies: CopyFinder,
    terms: TermFinder,
    codings: SortedRows,
    attributions: SortedRows,
    metadata: MetadataRows,
}

/// What is kept of a corpus besides the tables that are written.
pub(super) struct Gathered {
    pub(super) counts: Counts,
    pub(super) rivals: RivalHits,
    pub(super) cover: CorpusCover,
    /// What to say of what could not be compared.
    pub(super) notes: Vec<String>,
}

impl<'a> Gathering<'a> {
    /// Nothing yet.
    ///
    /// # Errors
    /// When no file can be made among the results.
    pub(super) fn begin(project: &'a Project, plan: &'a Plan, staging: &Staging) -> Result<Self, AnalysisError> {
        Ok(Self {
            project,
            plan,
            keeps_sources: true,
            counts: Counts::default(),
            rivals: RivalHits::default(),
            cover: CorpusCover::default(),
            copies: CopyFinder::new(staging)?,
            terms: TermFinder::new(staging)?,
            codings: SortedRows::new(staging, &CODINGS),
            attributions: SortedRows::new(staging, &ATTRIBUTIONS),
            metadata: MetadataRows::new(staging),
        })
    }

    /// Takes in a document.
    ///
    /// # Errors
    /// When memory is full and cannot be spilled to the disk.
    pub(super) fn receive(&mut self, document: &Document, digest: DocumentDigest) -> Result<(), AnalysisError> {
        let DocumentDigest { terms, membership, counts, codings, attributions, rival_hits, copy_traits, labels } =
            digest;
        self.terms.add(&document.id, &terms, membership)?;
        let sources = if self.keeps_sources { counts.sources } else { Box::default() };
        self.counts.insert(document.id.clone(), DocumentCounts { sources, ..counts });
        self.rivals.add(&document.id, rival_hits);
        self.copies.add(document, &copy_traits)?;
        self.cover.add(&document.id, labels);
        self.codings.push(&document.id, codings.into_bytes())?;
        self.attributions.push(&document.id, attributions.into_bytes())?;
        Ok(self.metadata.push(document)?)
    }

    /// Writes the tables of documents, now that all are known.
    ///
    /// # Errors
    /// When a table cannot be written.
    pub(super) fn finish(self, staging: &mut Staging) -> Result<Gathered, AnalysisError> {
        let Self { project, plan, mut counts, rivals, cover, copies, terms, codings, attributions, metadata, .. } =
            self;
        codings.finish(staging)?;
        attributions.finish(staging)?;
        metadata.finish(staging)?;
        copies.finish(plan, staging, &mut counts)?;
        write_documents(staging, plan.frames(), project.study.zeros, &counts)?;
        write_validation(staging, &project.frames(), &counts)?;
        let notes = terms.finish(staging, project, &counts)?;
        Ok(Gathered { counts, rivals, cover, notes })
    }
}
