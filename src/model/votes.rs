//! What several coders say of one frame in one sentence or document, and what then counts.

use crate::model::{ADJUDICATED, HandCoding};

/// What the coders of a sentence say of a frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoderVotes {
    present: usize,
    absent: usize,
    adjudicated: Option<bool>,
}

impl CoderVotes {
    /// Adds what one coder said.
    pub fn add(&mut self, coding: &HandCoding) {
        let is_there = coding.value == "1";
        if coding.coder == ADJUDICATED {
            self.adjudicated = Some(is_there);
        } else if is_there {
            self.present += 1;
        } else {
            self.absent += 1;
        }
    }

    /// What was agreed on in the end, else what most say; `None` where as many say yes as no.
    #[must_use]
    pub fn verdict(&self) -> Option<bool> {
        self.adjudicated.or((self.present != self.absent).then_some(self.present > self.absent))
    }
}
