//! The corpus of a study read for its documents alone: nothing is coded, nothing learnt.

use std::collections::BTreeSet;

use crate::analysis::error::AnalysisError;
use crate::analysis::pass::next_batch;
use crate::analysis::project::Project;
use crate::analysis::watch::{Step, Watcher};
use crate::corpus::Record;
use crate::model::Document;

/// Goes through the documents of the corpus, as the step called `name`, until `wants_more` has seen enough.
///
/// # Errors
/// When a file cannot be read, or the work is to stop.
pub(super) fn each_document(
    project: &Project,
    name: &'static str,
    watcher: &dyn Watcher,
    mut wants_more: impl FnMut(Document) -> bool,
) -> Result<(), AnalysisError> {
    each_record(project, name, watcher, |record| match record {
        Record::Kept(document) => wants_more(document),
        Record::Excluded(..) => true,
    })
}

/// As [`each_document`], with the records that are left out.
///
/// # Errors
/// When a file cannot be read, or the work is to stop.
pub(super) fn each_record(
    project: &Project,
    name: &'static str,
    watcher: &dyn Watcher,
    mut wants_more: impl FnMut(Record) -> bool,
) -> Result<(), AnalysisError> {
    let mut corpus = project.corpus()?;
    let step = Step::bytes(watcher, name, corpus.bytes_total());
    while let Some(record) = corpus.next_record()? {
        step.reached(corpus.bytes_read())?;
        if !wants_more(record) {
            break;
        }
    }
    Ok(())
}

/// Goes through all documents of the corpus some at a time, as the step called `name`.
///
/// # Errors
/// When a file cannot be read, or the work is to stop.
pub(super) fn each_batch(
    project: &Project,
    name: &'static str,
    watcher: &dyn Watcher,
    mut see: impl FnMut(&[Document]),
) -> Result<(), AnalysisError> {
    let mut corpus = project.corpus()?;
    let step = Step::bytes(watcher, name, corpus.bytes_total());
    let mut excluded = Vec::new();
    loop {
        let batch = next_batch(&mut corpus, &mut excluded)?;
        step.reached(corpus.bytes_read())?;
        if batch.is_empty() {
            return Ok(());
        }
        see(&batch);
    }
}

/// Shows the documents of the corpus that `wanted` names. Reading ends with the last of them: coded sentences are a few
/// hundred of a corpus of gigabytes, and often stand in its first files.
///
/// # Errors
/// When a file cannot be read, or the work is to stop.
pub(super) fn each_of(
    project: &Project,
    name: &'static str,
    wanted: &BTreeSet<&str>,
    watcher: &dyn Watcher,
    mut see: impl FnMut(Document),
) -> Result<(), AnalysisError> {
    let mut missing = wanted.len();
    each_document(project, name, watcher, |document| {
        if wanted.contains(&document.id[..]) {
            see(document);
            missing -= 1;
        }
        missing > 0
    })
}
