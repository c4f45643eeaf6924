//! What a human coder said of a sentence or a document.

use serde::{Deserialize, Serialize};

use crate::model::{Origin, Stance, Unit, Voice};

/// The coder whose word counts where the others differ: what they agreed on in the end.
pub const ADJUDICATED: &str = "adjudicated";

/// What was coded: a sentence, or a document as a whole. In order of documents, a whole one before its sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitKey<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// Number of the sentence, 0 the title; `None` of the document as a whole.
    pub sentence: Option<usize>,
}

/// One coder's value for one frame in one sentence or document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HandCoding {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence, 0 the title; `None` where the document as a whole was coded.
    pub sentence: Option<usize>,
    /// Id of the frame, or the name of whatever else was coded.
    pub frame: String,
    /// `1` the frame is there, `0` it is not; any word or number in codings of another kind; empty where labels from outside
    /// give a probability only.
    pub value: String,
    /// Who coded it.
    pub coder: String,
    /// Who speaks: the outlet, or a source that is not named here; `None` where it was not coded.
    pub voice: Option<Voice>,
    /// Stance of that voice; `None` where it was not coded.
    pub stance: Option<Stance>,
    /// Probability that the frame is there, where whoever labels gives one; people do not.
    pub probability: Option<f64>,
    /// Probability with which the unit was drawn for coding, in (0, 1]; `None` where the file does not say.
    pub inclusion: Option<f64>,
    /// The words that were coded, as far as the file has them.
    pub text: String,
    /// The file and record that it was read from.
    pub origin: Origin,
}

impl HandCoding {
    /// What was coded.
    #[must_use]
    pub fn unit(&self) -> UnitKey<'_> {
        UnitKey { document: &self.document, sentence: self.sentence }
    }
}

impl UnitKey<'_> {
    /// Whether it is a sentence or a document.
    #[must_use]
    pub const fn kind(self) -> Unit {
        if self.sentence.is_some() { Unit::Sentence } else { Unit::Document }
    }
}
