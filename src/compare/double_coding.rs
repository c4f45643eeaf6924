//! Sentences and documents that people coded too, beside what the machine says of them: what corrects the machine's
//! shares.

use std::sync::Arc;

use crate::model::{Stance, VoiceFilter};

/// What one side says of a frame in a sentence or document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JudgedFrame {
    /// Whether the frame is there.
    pub carries: bool,
    /// Whether the outlet itself speaks; `None` where nobody said, or it is not known.
    pub is_own: Option<bool>,
    /// Stance of that voice; `None` where nobody said, or there is none.
    pub stance: Option<Stance>,
}

impl JudgedFrame {
    /// Whether the frame is there in such a voice: not where the frame is not there at all, and `None` where it is but
    /// nobody said whose voice it is in.
    pub(super) fn is_in(self, voice: VoiceFilter) -> Option<bool> {
        match voice {
            _ if !self.carries => Some(false),
            VoiceFilter::All => Some(true),
            VoiceFilter::Own => self.is_own,
            VoiceFilter::Attributed => self.is_own.map(|is_own| !is_own),
        }
    }
}

/// A frame of a sentence, or of a document as a whole, as people and machine coded it.
#[derive(Clone, Debug, PartialEq)]
pub struct DoubleCoding {
    /// Number of the sentence, 0 the title; `None` of the document as a whole.
    pub sentence: Option<usize>,
    /// Place of the frame in the codebook.
    pub frame: usize,
    /// What people say: what was adjudicated, else most of them.
    pub people: JudgedFrame,
    /// What the machine says of the sentence, by a scorer that has not learnt from it; of a document its counts say that.
    pub machine: JudgedFrame,
    /// Probability that it was drawn with; `None` where no file says.
    pub inclusion: Option<f64>,
    /// Who coded it, where that was one alone and nothing was adjudicated.
    pub only_coder: Option<Arc<str>>,
}
