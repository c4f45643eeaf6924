//! What labels from outside cover of a corpus, gathered while it is coded.

use std::collections::BTreeMap;

use crate::analysis::labels::StudyLabels;
use crate::compare::Counts;
use crate::model::{LabelCover, Unit};
use crate::report::{UNLABELLED, counted};

/// By document, what is missing; and how many labels were not where they say.
#[derive(Debug, Default)]
pub(super) struct CorpusCover {
    unlabelled: BTreeMap<String, Vec<usize>>,
    other_words: usize,
    found_again: usize,
    unknown: usize,
    doubles: usize,
}

impl CorpusCover {
    /// Takes in what is covered of a document.
    pub(super) fn add(&mut self, document: &str, cover: LabelCover) {
        self.other_words += cover.other_words;
        self.found_again += cover.found_again;
        self.unknown += cover.unknown;
        self.doubles += cover.doubles;
        if !cover.unlabelled.is_empty() {
            self.unlabelled.insert(document.to_owned(), cover.unlabelled);
        }
    }

    /// The sentences without labels, by document.
    pub(super) fn unlabelled(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.unlabelled.iter().map(|(document, sentences)| (&document[..], &sentences[..]))
    }

    /// What the user should know of it.
    pub(super) fn notes(&self, labels: &StudyLabels, counts: &Counts) -> Vec<String> {
        let mut notes: Vec<String> = self.missing().into_iter().collect();
        let mut note = |count: usize, what: &str| {
            if count > 0 {
                notes.push(format!("{} {what}", counted(count as u64, "labelled sentence")));
            }
        };
        note(self.found_again, "with other words than those at its number: found again by them in the same document");
        note(self.other_words - self.found_again, "with other words than those at its number: left out");
        note(self.unknown, "that its document does not have: left out");
        note(self.doubles, "with the words or number of one that was labelled before: neither label is used");
        notes.extend(without_stance(labels, counts));
        notes
    }

    fn missing(&self) -> Option<String> {
        let (document, sentences) = self.unlabelled.first_key_value()?;
        let count: usize = self.unlabelled.values().map(Vec::len).sum();
        let verb = if count == 1 { "has no label and counts" } else { "have no label and count" };
        Some(format!(
            "{} in {} {verb} for nothing, neither with a frame nor without; the first is sentence {} of \"{document}\" (see {})",
            counted(count as u64, "sentence"),
            counted(self.unlabelled.len() as u64, "document"),
            sentences.first().copied().unwrap_or_default(),
            UNLABELLED.file,
        ))
    }
}

/// Hits that a label alone found: where no rule matched no words show which side the voice takes.
fn without_stance(labels: &StudyLabels, counts: &Counts) -> Option<String> {
    if labels.labels.unit == Unit::Document {
        return None;
    }
    let (mut hits, mut told) = (0, 0);
    for (_, document) in counts.documents() {
        for (place, frame) in document.frames.iter().enumerate() {
            if labels.labels.frames.contains(&place) {
                hits += frame.hits;
                told += frame.favor + frame.against + frame.neutral;
            }
        }
    }
    let bare = hits - told;
    (bare > 0).then(|| {
        format!(
            "{bare} of {hits} labelled hits have no rule's cue: their voice is that of most of the sentence, their stance is empty"
        )
    })
}
