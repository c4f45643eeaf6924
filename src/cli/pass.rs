//! One pass over the corpus: read, code, hand on.

use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::project::Project;
use crate::cli::{interrupt, progress};
use crate::corpus::{Corpus, FileTally, Record};
use crate::model::{CodedDocument, Document, Excluded};
use crate::report::{FileRecords, Input, Role};
use crate::study::code_stream;

/// Bytes of text in a batch of documents: enough to keep every core busy, little beside the program itself.
const BATCH_BYTES: usize = 2 << 20;

/// What is known after a pass, besides what was handed on.
pub(super) struct Pass {
    /// Documents kept.
    pub(super) kept: u64,
    /// Of these, documents in a language that voices are not known for.
    pub(super) voiceless: u64,
    /// Records left out, in the order of files and records.
    pub(super) excluded: Vec<Excluded>,
    /// The corpus files, for the manifest.
    pub(super) inputs: Vec<Input>,
}

/// Reads and codes the corpus of `project`. `digest` works on each coded document, several at a time; `receive` gets what
/// it made, in the order of the corpus.
///
/// # Errors
/// When a file cannot be read, Ctrl-C is pressed, nothing is kept, or `digest` or `receive` fails.
pub(super) fn pass<T: Send>(
    project: &Project,
    title: &'static str,
    common: &Common,
    digest: impl Fn(&Document, CodedDocument) -> Result<T, Failure> + Sync,
    mut receive: impl FnMut(&Document, T) -> Result<(), Failure>,
) -> Result<Pass, Failure> {
    let mut corpus = project.corpus()?;
    let bar = progress::bytes(title, corpus.bytes_total(), common);
    let coder = project.coder();
    let (mut kept, mut voiceless, mut excluded) = (0, 0, Vec::new());
    let next_batch = || {
        interrupt::check()?;
        let batch = next_batch(&mut corpus, &mut excluded)?;
        bar.set_position(corpus.bytes_read());
        Ok(batch)
    };
    let digest = |document: &Document, coded: CodedDocument| (coded.has_voices, digest(document, coded));
    code_stream(&coder, next_batch, digest, |document, (has_voices, made)| {
        kept += 1;
        voiceless += u64::from(!has_voices);
        receive(document, made?)
    })?;
    bar.finish_and_clear();
    if kept == 0 && excluded.is_empty() {
        return Err(nothing_read(project, &corpus));
    }
    if kept == 0 {
        return Err(nothing_kept(project, &excluded));
    }
    Ok(Pass { kept, voiceless, excluded, inputs: corpus.files().iter().map(input).collect() })
}

/// The next documents, none at the end of the corpus; records left out on the way go to `excluded`.
fn next_batch(corpus: &mut Corpus, excluded: &mut Vec<Excluded>) -> Result<Vec<Document>, Failure> {
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

fn nothing_read(project: &Project, corpus: &Corpus) -> Failure {
    let mut names = corpus.file_names();
    let first = names.next().unwrap_or_default();
    let (files, verb) = match names.count() {
        0 => (first.to_owned(), "is"),
        1 => (format!("{first} and another file"), "are"),
        more => (format!("{first} and {more} more files"), "are"),
    };
    Failure::NothingRead { study: project.name.clone(), files, verb }
}

fn nothing_kept(project: &Project, excluded: &[Excluded]) -> Failure {
    let example = excluded.first().map_or_else(String::new, |record| {
        let place = format!("{}, record {}", record.origin.file, record.origin.record);
        format!("; the first ({place}): {}: {}", record.reason.as_str(), record.detail)
    });
    let count = excluded.len() as u64;
    Failure::NothingKept { study: project.name.clone(), read: count, excluded: count, example }
}

fn input(tally: &FileTally) -> Input {
    let FileTally { file, size, sha256, read, kept, excluded, notes } = tally.clone();
    let records = Some(FileRecords { read, kept, excluded });
    Input { role: Role::Corpus, path: file, bytes: size, sha256, records, notes }
}
