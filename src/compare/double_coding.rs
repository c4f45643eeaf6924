//! Sentences and documents that people coded too, beside what the machine says of them: what corrects the machine's
//! shares.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::Stance;

/// What one side says of a frame in a sentence or document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedFrame {
    /// Whether the frame is there.
    pub carries: bool,
    /// Whether the outlet itself speaks; `None` where nobody said, or it is not known.
    pub is_own: Option<bool>,
    /// Stance of that voice; `None` where nobody said, or there is none.
    pub stance: Option<Stance>,
}

/// A frame of a sentence, or of a document as a whole, as people and machine coded it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoubleCoding {
    /// Number of the sentence, 0 the title; `None` of the document as a whole.
    pub sentence: Option<usize>,
    /// Place of the frame in the codebook.
    pub frame: usize,
    /// What people say: what was adjudicated, else most of them; `None` where as many say yes as no.
    pub people: Option<JudgedFrame>,
    /// What the machine says of the sentence, by a scorer that has not learnt from it; of a document its counts say that.
    pub machine: JudgedFrame,
    /// Probability that it was drawn with; `None` where no file says.
    pub inclusion: Option<f64>,
    /// Who coded it, where that was one alone and nothing was adjudicated.
    pub only_coder: Option<Arc<str>>,
}
