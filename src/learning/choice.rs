//! Who codes each frame, and what is kept of the sentences that told.

use serde::{Deserialize, Serialize};

use crate::stats::Calibration;

/// What a study has learnt of its frames beside the weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameLessons {
    /// By label.
    pub choices: Vec<Choice>,
    /// The sentences that were learnt from, by document and number.
    pub held_out: Vec<HeldOut>,
}

/// Who codes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The codebook's rules as written; hand codings only say how probable the frame is where they hit.
    Rules,
    /// Rules and statistics in one learnt score.
    Together,
}

/// Who codes a frame, and why. Measures are on the coded sentences, by learners that have not seen them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Who.
    pub method: Method,
    /// Why, in words.
    pub why: String,
    /// Coded sentences with the frame.
    pub sentences: u64,
    /// Texts that they are in.
    pub documents: u64,
    /// F1 of the rules; `None` where neither people nor rules find the frame.
    pub rules_f1: Option<f64>,
    /// F1 of rules and statistics together.
    pub together_f1: Option<f64>,
    /// Standard error of the difference, texts being the units; `None` with fewer than two.
    pub standard_error: Option<f64>,
    /// Constant and slope of the log-odds by rule score.
    pub rule_log_odds: (f64, f64),
}

impl Choice {
    /// The probability of the frame by the score of its rules.
    #[must_use]
    pub const fn calibration(&self) -> Calibration {
        Calibration { constant: self.rule_log_odds.0, slope: self.rule_log_odds.1 }
    }
}

/// What is said of a sentence that was learnt from, by learners that have not seen it. A scorer is too sure of what it has
/// learnt from; coded like this, it errs there as often as elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence.
    pub sentence: usize,
    /// Log-odds by label; of a frame that the rules code, theirs.
    pub scores: Vec<f64>,
}
