//! What somebody outside the study said of a frame: a language model, another classifier, a crowd.

use serde::{Deserialize, Serialize};

use crate::model::Stance;

/// One frame in one sentence or document, as a file of labels has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalLabel {
    /// Whether the frame is there.
    pub present: bool,
    /// Probability that it is, in millionths; `None` where the file gives none.
    pub probability: Option<u32>,
    /// Whether the outlet itself speaks; `None` where the file does not say.
    pub is_own: Option<bool>,
    /// Stance of that voice; `None` where the file does not say.
    pub stance: Option<Stance>,
}

impl ExternalLabel {
    /// The probability that stands in tables, in millionths: a label without one is taken at its word.
    #[must_use]
    pub fn certainty(self) -> u32 {
        self.probability.unwrap_or(if self.present { 1_000_000 } else { 0 })
    }
}

/// What labels from outside say of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelCover {
    /// Sentences without a label of every frame that is labelled, ascending: they count for nothing, since nobody looked.
    pub unlabelled: Vec<usize>,
    /// By frame that whole documents are labelled for, its place in the codebook and what is said of this one.
    pub whole: Vec<(usize, ExternalLabel)>,
    /// Labels that bear other words than the sentence they name.
    pub other_words: usize,
    /// Of these, how many were found again by their words in the document.
    pub found_again: usize,
    /// Labels of sentences that the document does not have.
    pub unknown: usize,
    /// Sentences that several labels ended up at: what is said twice is not used.
    pub doubles: usize,
    /// Whether labels say nothing at all of the document.
    pub is_empty: bool,
}

impl LabelCover {
    /// Whether a sentence of the document counts: always, but where labels code and it has none.
    #[must_use]
    pub fn covers(&self, sentence: usize) -> bool {
        self.unlabelled.binary_search(&sentence).is_err()
    }
}
