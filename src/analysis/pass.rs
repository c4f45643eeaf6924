//! One pass over the corpus: read, code, hand on.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
#[cfg(feature = "arrow")]
use crate::analysis::watch::go_on;
use crate::analysis::watch::{Step, Watcher};
use crate::corpus::{Corpus, FileTally, Record};
use crate::model::{CodedDocument, Document, Excluded, Exclusion};
use crate::report::{FileRecords, Input, InputRole};
use crate::study::{Coder, Workspace, code_stream};
#[cfg(feature = "arrow")]
use crate::study::{Workspaces, code_batch};
use crate::validate::{Oddities, Oddity, OddityRow, signs};

/// Bytes of text and columns in a batch of documents: enough to keep every core busy, little beside the program itself.
const BATCH_BYTES: usize = 2 << 20;
/// Bytes that keeping a column's name and value takes beside their own.
const COLUMN_BYTES: usize = 64;

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
    /// What to say of the corpus as a whole: files of other kinds, and texts that `where` names and no record has.
    pub notes: Vec<String>,
}

/// What a pass counts of a coded document, whatever else is made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct DocumentTraits {
    has_voices: bool,
    sentences: u64,
    without_vector: u64,
    signs: Vec<Oddity>,
}

/// What became of a record that is answered.
#[cfg(feature = "arrow")]
pub(super) enum AnsweredRecord<T> {
    Coded(Document, DocumentTraits, T),
    Excluded(Excluded),
}

/// What is made of a coded document beside the coding of others.
struct Digested<T> {
    traits: DocumentTraits,
    is_unlabelled: bool,
    made: Result<T, AnalysisError>,
}

/// What is counted in a pass, of one corpus or of its parts. No count depends on the order of documents.
#[derive(Default)]
pub(super) struct PassTally {
    kept: u64,
    voiceless: u64,
    without_vector: u64,
    oddities: Oddities,
    /// Values of the column that the study compares by.
    values: BTreeSet<String>,
    /// Records left out.
    pub(super) excluded: Vec<Excluded>,
    /// The corpus files, for the manifest.
    pub(super) inputs: Vec<Input>,
    /// What to say of the corpus as a whole. Nothing of parts: what one lacks another may have.
    notes: Vec<String>,
}

impl DocumentTraits {
    fn of(document: &Document, coded: &CodedDocument, language: &str) -> Self {
        let mut signs = signs(document, language);
        if coded.unsearched > 0 {
            signs.push(Oddity::Unsearched);
        }
        Self {
            has_voices: coded.has_voices,
            sentences: coded.sentences as u64,
            without_vector: coded.without_vector,
            signs,
        }
    }
}

impl PassTally {
    /// Counts a document that is kept.
    pub(super) fn add(&mut self, project: &Project, document: &Document, traits: &DocumentTraits) {
        self.kept += 1;
        let value = document.column(&project.study.compare.by).unwrap_or_default();
        if !self.values.contains(value) {
            self.values.insert(value.to_owned());
        }
        self.voiceless += u64::from(!traits.has_voices);
        self.without_vector += traits.without_vector;
        self.oddities.add(document, value, traits.sentences, &traits.signs);
    }

    /// What is known of a whole corpus.
    ///
    /// # Errors
    /// When nothing of it is kept, or the study names groups that it does not have.
    pub(super) fn of_whole(self, project: &Project) -> Result<Pass, AnalysisError> {
        if self.kept == 0 {
            let files: Vec<&str> = self.inputs.iter().map(|input| &input.path[..]).collect();
            return Err(if self.excluded.is_empty() {
                nothing_read(project, &files)
            } else {
                nothing_kept(project, &self.excluded, &self.notes)
            });
        }
        project.check_groups(self.values.iter().map(String::as_str))?;
        Ok(self.of_part())
    }

    /// What is known of a part of a corpus, of which nothing may be kept.
    pub(super) fn of_part(self) -> Pass {
        let Self { kept, voiceless, without_vector, excluded, inputs, oddities, notes, .. } = self;
        Pass { kept, voiceless, without_vector, excluded, inputs, oddities: oddities.rows(), notes }
    }
}

impl PassPlan<'_> {
    /// Codes a corpus that comes batch by batch, each to be answered before the next is asked for; `receive` gets what became of the
    /// records of a batch, in their order.
    ///
    /// # Errors
    /// When the stream breaks off, the work is to stop, or `digest` or `receive` fails.
    #[cfg(feature = "arrow")]
    pub(super) fn execute_in_step<T: Send>(
        &self,
        corpus: &mut Corpus,
        digest: impl Fn(&Document, CodedDocument, &mut Workspace) -> Result<T, AnalysisError> + Sync,
        mut receive: impl FnMut(Vec<AnsweredRecord<T>>) -> Result<(), AnalysisError>,
    ) -> Result<PassTally, AnalysisError> {
        let (mut tally, mut unlabelled, workspaces) = (PassTally::default(), Vec::new(), Workspaces::default());
        let digest = self.digested(corpus.of_named_encoding(), digest);
        while let Some(records) = corpus.next_batch()? {
            go_on(self.watcher)?;
            // In the place of a document that is kept there is nothing until it is coded.
            let (mut documents, mut excluded) = (Vec::new(), Vec::new());
            for record in records {
                match record {
                    Record::Kept(document) => {
                        documents.push(document);
                        excluded.push(None);
                    }
                    Record::Excluded(record, _) => excluded.push(Some(record)),
                }
            }
            let mut coded = code_batch(self.coder, &documents, &workspaces, &digest).into_iter().zip(documents);
            let mut outcomes = Vec::with_capacity(excluded.len());
            for excluded in excluded {
                outcomes.extend(match excluded {
                    Some(excluded) => Some(AnsweredRecord::Excluded(excluded)),
                    None => coded.next().map(|(digested, document)| self.outcome(document, digested)).transpose()?,
                });
            }
            for outcome in &outcomes {
                match outcome {
                    AnsweredRecord::Coded(document, traits, _) => tally.add(self.project, document, traits),
                    AnsweredRecord::Excluded(excluded) => {
                        unlabelled.extend((excluded.reason == Exclusion::NoLabel).then(|| excluded.clone()));
                        tally.excluded.push(excluded.clone());
                    }
                }
            }
            receive(outcomes)?;
        }
        tally.inputs = corpus.files().iter().map(|file| input(file, &unlabelled)).collect();
        Ok(tally)
    }

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
        self.execute_in_part(digest, |document, _, made| receive(document, made))?.of_whole(self.project)
    }

    /// As [`Self::execute_with_workspace`] for what may be a part of a corpus: nothing need be kept of it. `receive` also gets what
    /// the tally counts of the document.
    ///
    /// # Errors
    /// As there.
    pub(super) fn execute_in_part<T: Send>(
        &self,
        digest: impl Fn(&Document, CodedDocument, &mut Workspace) -> Result<T, AnalysisError> + Sync,
        mut receive: impl FnMut(&Document, DocumentTraits, T) -> Result<(), AnalysisError>,
    ) -> Result<PassTally, AnalysisError> {
        let mut corpus = self.project.corpus()?;
        let step = Step::bytes(self.watcher, self.step, corpus.bytes_total());
        let digest = self.digested(corpus.of_named_encoding(), digest);
        // Counted where documents are read and received, both in the order of the corpus, not where they are coded.
        let (mut tally, mut excluded, mut unlabelled) = (PassTally::default(), Vec::new(), Vec::new());
        let next_batch = || {
            let batch = next_batch(&mut corpus, &mut excluded)?;
            step.reached(corpus.bytes_read())?;
            Ok(batch)
        };
        code_stream(self.coder, next_batch, digest, |document, digested| {
            if digested.is_unlabelled {
                unlabelled.push(self.unlabelled(document));
                return Ok(());
            }
            tally.add(self.project, document, &digested.traits);
            receive(document, digested.traits, digested.made?)
        })?;
        tally.inputs = corpus.files().iter().map(|file| input(file, &unlabelled)).collect();
        excluded.extend(unlabelled);
        tally.notes = corpus.files_left_alone().into_iter().chain(corpus.values_in_no_record()).collect();
        tally.excluded = excluded;
        Ok(tally)
    }

    /// What became of a document.
    #[cfg(feature = "arrow")]
    fn outcome<T>(&self, document: Document, digested: Digested<T>) -> Result<AnsweredRecord<T>, AnalysisError> {
        Ok(if digested.is_unlabelled {
            AnsweredRecord::Excluded(self.unlabelled(&document))
        } else {
            AnsweredRecord::Coded(document, digested.traits, digested.made?)
        })
    }

    /// As `digest` makes it, with what a pass counts. Of files in `named` the study says the encoding.
    fn digested<T: Send>(
        &self,
        named: BTreeSet<String>,
        digest: impl Fn(&Document, CodedDocument, &mut Workspace) -> Result<T, AnalysisError> + Sync,
    ) -> impl Fn(&Document, CodedDocument, &mut Workspace) -> Digested<T> + Sync {
        let language = &self.project.codebook.language;
        move |document, coded, workspace| {
            let mut traits = DocumentTraits::of(document, &coded, language);
            if named.contains(&document.origin.file) {
                traits.signs.iter_mut().for_each(|sign| *sign = sign.of_named_encoding());
            }
            let is_unlabelled = coded.labels.is_empty;
            Digested { traits, is_unlabelled, made: digest(document, coded, workspace) }
        }
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
                bytes += size(&document);
                documents.push(document);
            }
            Some(Record::Excluded(record, _)) => excluded.push(record),
            None => break,
        }
    }
    Ok(documents)
}

/// Bytes of a document's text and its columns: of tables of word counts nearly all is columns.
fn size(document: &Document) -> usize {
    let columns = document.extra.iter().map(|(name, value)| name.len() + value.len() + COLUMN_BYTES);
    document.content().len() + columns.sum::<usize>()
}

fn nothing_read(project: &Project, files: &[&str]) -> AnalysisError {
    let first = files.first().copied().unwrap_or_default();
    let (files, verb) = match files.len() {
        0 | 1 => (first.to_owned(), "is"),
        2 => (format!("{first} and another file"), "are"),
        more => (format!("{first} and {} more files", more - 1), "are"),
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
