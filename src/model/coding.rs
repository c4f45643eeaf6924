//! What coding a document yields: cues, voices, stances, codings.

use serde::{Deserialize, Serialize};

use crate::model::Span;

/// Who speaks a cue.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Voice {
    /// The outlet itself.
    #[default]
    Own,
    /// Somebody the outlet quotes or reports; the name as written, `None` where the report names nobody
    /// ("it was alleged that").
    Source(Option<String>),
    /// Not known, because the language of the text is not supported.
    Unknown,
}

/// Where a voice stands toward a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stance {
    /// Affirms it.
    Favor,
    /// Rejects it.
    Against,
    /// Neither.
    Neutral,
}

impl Stance {
    /// The word that stands in codebooks and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Favor => "favor",
            Self::Against => "against",
            Self::Neutral => "neutral",
        }
    }

    /// The stance under negation or denial; `Neutral` stays.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Favor => Self::Against,
            Self::Against => Self::Favor,
            Self::Neutral => Self::Neutral,
        }
    }
}

/// What a reporting verb says about the reporter's belief in the words reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbClass {
    /// said, told, added
    Neutral,
    /// confirmed, showed, admitted
    Endorsing,
    /// claimed, alleged, insisted
    Distancing,
    /// denied, dismissed, rejected
    Denying,
    /// demanded, urged, called for
    Demanding,
    /// promised, vowed, pledged
    Promising,
    /// warned, threatened
    Warning,
    /// asked, wondered
    Asking,
    /// believes, fears, expects
    Thinking,
}

impl VerbClass {
    /// Every class, in the order of the data file.
    pub const ALL: [Self; 9] = [
        Self::Neutral,
        Self::Endorsing,
        Self::Distancing,
        Self::Denying,
        Self::Demanding,
        Self::Promising,
        Self::Warning,
        Self::Asking,
        Self::Thinking,
    ];

    /// The word that stands in data files and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Endorsing => "endorsing",
            Self::Distancing => "distancing",
            Self::Denying => "denying",
            Self::Demanding => "demanding",
            Self::Promising => "promising",
            Self::Warning => "warning",
            Self::Asking => "asking",
            Self::Thinking => "thinking",
        }
    }
}

/// One match of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cue {
    /// First to last matched word, in the document's content.
    pub span: Span,
    /// The part of it that voice and stance are those of; all of it where one voice speaks it.
    pub core: Span,
    /// Index of the rule in the codebook.
    pub rule: usize,
    /// Who speaks it.
    pub voice: Voice,
    /// The reporting verb as written, where the voice is a source's.
    pub verb: Option<String>,
    /// Its class.
    pub verb_class: Option<VerbClass>,
    /// Stance of that voice toward the frame.
    pub stance: Stance,
}

/// Who speaks a coding, and with which verb.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// Whose voice it is.
    pub voice: Voice,
    /// The reporting verb as written, where the voice is a source's.
    pub verb: Option<String>,
    /// Its class.
    pub verb_class: Option<VerbClass>,
}

/// One sentence carrying (or having cues of) one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Coding {
    /// 0 is the title; the text's sentences count from 1.
    pub sentence: usize,
    /// The sentence, in the document's content.
    pub span: Span,
    /// Index of the frame in the codebook.
    pub frame: usize,
    /// Probability that the sentence carries the frame, in millionths, so that sums do not depend on order.
    pub probability: u32,
    /// Log-odds-like sum of the cues' weights.
    pub rule_score: f64,
    /// Log-odds of the scorer learnt from hand codings, in which rules and statistics are joined; `None` where none is
    /// learnt for the frame.
    pub model_score: Option<f64>,
    /// Whether the probability reaches the frame's threshold.
    pub hit: bool,
    /// Index in `cues` of the cue that speaker and stance are taken from: of the voice, and within it of the stance, that
    /// have the most weight, the longest, one most of which lies in that voice before others. `None` only where a coding has no cue.
    pub leading: Option<usize>,
    /// Who speaks it: the leading cue's voice; without a cue the voice that most words of the sentence are in.
    pub speaker: Speaker,
    /// Stance of that voice toward the frame; `None` where there is no cue to tell it by.
    pub stance: Option<Stance>,
    /// The evidence, in the order of the text.
    pub cues: Vec<Cue>,
}
