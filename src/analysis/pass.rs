//! One pass over the corpus: read, code, hand on.

use std::collections::BTreeSet;

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::analysis::watch::{Step, Watcher};
use crate::corpus::{Corpus, FileTally, Record};
use crate::model::{CodedDocument, Document, Excluded, Exclusion};
use crate::report::{FileRecords, Input, InputRole};
use crate::study::{Coder, Workspace, code_stream};
use crate::validate::{Oddities, Oddity, OddityRow, signs};

/// Bytes of text in a batch of documents: enough to keep every core busy, little beside the program itself.
const BATCH_BYTES: usize = 2 << 20;

/// A pass that is to be made.
pub(super) struct PassPlan<'a> {
    /// Whose corpus is read.
    pub(super) project: &'a Project,
    /// What each document is coded with.
    pub(super) coder: &'a Coder<'a>,
    /// What the watcher is told: "coding", "learning".
    pub(super) step: &'static str,
    /// Who waits for it.
    pub(super) watcher: &'a dyn Watcher,
}

/// What is known after a pass, besides what was handed on.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Documents kept.
    pub kept: u64,
    /// Of these, documents in a language that voices are not known for.
    pub voiceless: u64,
    /// Sentences that the scorer would have a vector of, and has none.
    pub without_vector: u64,
    /// Records left out, in the order of files and records.
    pub excluded: Vec<Excluded>,
    /// The corpus files, for the manifest.
    pub inputs: Vec<Input>,
    /// What looks odd in the documents kept.
    pub oddities: Vec<OddityRow>,
    /// What to say of the subset: texts that `where` names and no record has.
    pub notes: Vec<String>,
}

/// What is made of a coded document beside the coding of others.
struct Digested<T> {
    has_voices: bool,
    is_unlabelled: bool,
    sentences: u64,
    without_vector: u64,
    signs: Vec<Oddity>,
    made: Result<T, AnalysisError>,
}

impl PassPlan<'_> {
    /// Reads and codes the corpus. `digest` works on each coded document, several at a time; `receive` gets what it made,
    /// in the order of the corpus.
    ///
    /// # Errors
    /// When a file cannot be read, the work is to stop, nothing is kept, or `digest` or `receive` fails.
    pub(super) fn execute<T: Send>(
        &self,
        digest: impl Fn(&Document, CodedDocument) -> Result<T, AnalysisError> + Sync,
        receive: impl FnMut(&Document, T) -> Result<(), AnalysisError>,
    ) -> Result<Pass, AnalysisError> {
        self.execute_with_workspace(|document, coded, _| digest(document, coded), receive)
    }

    /// As [`Self::execute`]; `digest` also gets the workspace, in which the document is still as it was read.
    ///
    /// # Errors
    /// As there.
    pub(super) fn execute_with_workspace<T: Send>(
        &self,
        digest: impl Fn(&Document, CodedDocument, &mut Workspace) -> Result<T, AnalysisError> + Sync,
        mut receive: impl FnMut(&Document, T) -> Result<(), AnalysisError>,
    ) -> Result<Pass, AnalysisError> {
        let mut corpus = self.project.corpus()?;
        let step = Step::bytes(self.watcher, self.step, corpus.bytes_total());
        // Counted where documents are read and received, both in the order of the corpus, not where they are coded.
        let (mut kept, mut voiceless, mut without_vector, mut excluded) = (0, 0, 0, Vec::new());
        let mut oddities = Oddities::default();
        let (by, language) = (&self.project.study.compare.by, &self.project.codebook.language);
        let next_batch = || {
            let batch = next_batch(&mut corpus, &mut excluded)?;
            step.reached(corpus.bytes_read())?;
            Ok(batch)
        };
        let digest = |document: &Document, coded: CodedDocument, workspace: &mut Workspace| Digested {
            has_voices: coded.has_voices,
            is_unlabelled: coded.labels.is_empty,
            sentences: coded.sentences as u64,
            without_vector: coded.without_vector,
            signs: signs(document, language),
            made: digest(document, coded, workspace),
        };
        let (mut unlabelled, mut values) = (Vec::new(), BTreeSet::new());
        code_stream(self.coder, next_batch, digest, |document, digested| {
            if digested.is_unlabelled {
                unlabelled.push(self.unlabelled(document));
                return Ok(());
            }
            kept += 1;
            let value = document.column(by).unwrap_or_default();
            if !values.contains(value) {
                values.insert(value.to_owned());
            }
            voiceless += u64::from(!digested.has_voices);
            without_vector += digested.without_vector;
            oddities.add(document, value, digested.sentences, &digested.signs);
            receive(document, digested.made?)
        })?;
        let inputs = corpus.files().iter().map(|file| input(file, &unlabelled)).collect();
        excluded.extend(unlabelled);
        if kept == 0 && excluded.is_empty() {
            return Err(nothing_read(self.project, &corpus));
        }
        if kept == 0 {
            return Err(nothing_kept(self.project, &excluded, &corpus.unmet_conditions()));
        }
        self.project.check_groups(values.iter().map(String::as_str))?;
        let notes = corpus.unmet_conditions();
        Ok(Pass { kept, voiceless, without_vector, excluded, inputs, oddities: oddities.rows(), notes })
    }

    /// A document that labels, which code the study, say nothing of: as one that nobody looked at it is no part of it.
    fn unlabelled(&self, document: &Document) -> Excluded {
        let name = self.coder.labels.map_or("", |labels| &labels.name);
        let detail = format!("\"{}\" has no label by {name}", document.id);
        Excluded { origin: document.origin.clone(), reason: Exclusion::NoLabel, detail }
    }
}

/// The next documents, none at the end of the corpus; records left out on the way go to `excluded`.
pub(super) fn next_batch(corpus: &mut Corpus, excluded: &mut Vec<Excluded>) -> Result<Vec<Document>, AnalysisError> {
    let mut documents = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES {
        match corpus.next_record()? {
            Some(Record::Kept(document)) => {
                bytes += document.content().len();
                documents.push(document);
            }
            Some(Record::Excluded(record)) => excluded.push(record),
            None => break,
        }
    }
    Ok(documents)
}

fn nothing_read(project: &Project, corpus: &Corpus) -> AnalysisError {
    let mut names = corpus.file_names();
    let first = names.next().unwrap_or_default();
    let (files, verb) = match names.count() {
        0 => (first.to_owned(), "is"),
        1 => (format!("{first} and another file"), "are"),
        more => (format!("{first} and {more} more files"), "are"),
    };
    AnalysisError::NothingRead { study: project.name.clone(), files, verb }
}

fn nothing_kept(project: &Project, excluded: &[Excluded], notes: &[String]) -> AnalysisError {
    let mut example = excluded.first().map_or_else(String::new, |record| {
        let place = format!("{}, record {}", record.origin.file, record.origin.record);
        format!("; the first ({place}): {}: {}", record.reason.as_str(), record.detail)
    });
    example.extend(notes.iter().map(|note| format!("; {note}")));
    let count = excluded.len() as u64;
    AnalysisError::NothingKept { study: project.name.clone(), read: count, excluded: count, example }
}

fn input(tally: &FileTally, unlabelled: &[Excluded]) -> Input {
    let FileTally { file, size, sha256, read, kept, excluded, notes } = tally.clone();
    let lost = unlabelled.iter().filter(|record| record.origin.file == file).count() as u64;
    let records = Some(FileRecords { read, kept: kept - lost, excluded: excluded + lost });
    Input { role: InputRole::Corpus, path: file, bytes: size, sha256, records, notes }
}
