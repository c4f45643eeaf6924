//! From a document to its codings by the codebook's rules: which sentence carries which frame, in whose voice, with which
//! stance.
//!
//! Nothing here has learnt from anybody. [`read_sentences`] shows every sentence with its cues, [`sentence_codings`] makes
//! codings of them, and whoever has a scorer says in between what it thinks: `learning` scores sentences, `study` puts the
//! two together.
//!
//! In reading order: `unit` (what is looked at), `sentences`, `cues`, `speakers` and `reasons` (whose and why),
//! `codings` (the frame score: weights summed, frame by frame), `probability` (what a score stands for); beside them
//! `attributions` with `source_names`, `examples` (a rule's own sentences, tried), `pattern_search` (any pattern, whatever
//! the rules), `fingerprint` (copies of one text), `shingles` (near copies), `story_words` (what tells events apart)
//! and `terms` (its words, counted).
//!
//! Not here: how a pattern finds its words (`codebook`), whose words they are and whether that voice denies them
//! (`text::voice`), and a probability that was learnt (`learning`).

mod attributions;
mod codings;
mod cues;
mod examples;
mod fingerprint;
mod pattern_search;
mod probability;
mod reasons;
mod rule_probe;
mod sentences;
mod shingles;
mod source_names;
mod speakers;
mod story_words;
mod terms;
mod unit;

pub use codings::{
    FrameScore, FrameVerdict, code, cue_reasons, rule_scores, rules_hit, sentence_codings, sentence_reasons,
};
pub use cues::{CueFinder, CueMemory, longest_cues};
pub use examples::{ExampleFailure, Expectation, failing_examples};
pub use pattern_search::{PatternMatch, PatternSearch, SearchMemory};
pub use probability::probability;
pub use rule_probe::{MatchFate, ProbedMatch, is_set_aside, probe_rule};
pub use sentences::{DocumentReader, numbered_sentences, read_sentences};
pub use terms::{DocumentTerms, TermCount, TermMemory, is_term, listed_term};
pub use unit::{TextUnit, TokenRange};
