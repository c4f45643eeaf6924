//! Rules that a frame may lack: words and patterns of the sentences that read like those its rules match, and that no rule
//! matches.
//!
//! In reading order: `sentences` (a corpus as words, and what is known of each sentence), `alikeness` (which of those that
//! no rule matches read like those that rules match), `candidates` (the words and patterns these have), `choice` (few that
//! add much), `trial` (the chosen ones as rules, tried on the corpus).
//!
//! A candidate is never told from its own words alone: the learner that says what reads alike has not seen the document, and
//! sentences that a rule's `unless` keeps out are no candidates' gain, since the researcher has decided on them.
//!
//! Not here: sentences near a frame whatever they have in common (`near_misses`), a scorer to code with (`learning`), and
//! whether a suggestion is right, which is for the researcher to say.

#![expect(clippy::cast_precision_loss, reason = "counts of sentences stay far below 2^53, where f64 is exact")]

mod alikeness;
mod candidates;
mod choice;
mod sentences;
mod trial;

pub use sentences::FrameSentences;
pub use trial::{JudgedHit, RuleSuggestion, SuggestionError, SuggestionPrecision, SuggestionTrial};

/// Sentences with the frame from which something can be learnt.
pub const LEAST_CARRIERS: usize = 10;
