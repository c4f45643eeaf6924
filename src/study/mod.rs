//! The method, in order: code documents, count them, compare the counts. Pure: documents come in and results go out
//! through the caller's functions.
//!
//! In reading order: `keys` (what a file may say), `file` with `corpus_keys`, `keyness_file`, `pairs` and `condition` (what is asked; defaults are `model::study`'s), `first_columns` (what a first study file may say), `coder` and `coding` (documents coded, in order), `whole_coding` (by a scorer of documents), `concordance` (a pattern in its contexts), `rule_lines` (matches of a rule in theirs), `frame_words` and `near_misses` (where a rule may be missing), `suggestions` (which may),
//! `placing` with `sentence_words`, `numbering` and `lost_documents` (hand codings found again), `double_codings` and `least_hits` (what they say of the
//! machine), `external_labels` and `labelled_coding` (labels from outside in the scorer's place), `sampling` (what people are to code next).
//!
//! Not here: files (`corpus`, `report`), counting and comparing (`compare`), learning (`learning`); a whole run is
//! `analysis`.

mod coder;
mod coding;
mod concordance;
mod condition;
mod corpus_keys;
mod double_codings;
mod external_labels;
mod file;
mod first_columns;
mod frame_words;
mod keyness_file;
mod keys;
mod labelled_coding;
mod least_hits;
mod lost_documents;
mod near_misses;
mod numbering;
mod pairs;
mod placing;
mod rule_lines;
mod sampling;
mod sentence_words;
mod suggestions;
mod whole_coding;

pub use coder::{Coder, Explanation, Reasons, Workspace, code, explain};
pub use coding::{Workspaces, code_batch, code_stream};
pub use concordance::{Concordance, ConcordanceLine, LineDesign, LineOrder, MatchCount};
pub use double_codings::{PeoplesVerdicts, coded_twice};
pub use external_labels::ExternalLabels;
pub use file::parse;
pub use first_columns::{ColumnGuess, FirstColumns, first_columns};
pub use frame_words::{FrameWords, WordWeights};
pub use keys::STUDY_KEYS;
pub use least_hits::{DocumentChoice, DocumentShares, JudgedDocument, choose_least_hits, chosen_least_hits};
pub use lost_documents::LostDocuments;
pub use near_misses::{NearMiss, NearMissDesign, NearMisses};
pub use numbering::{Counting, Misnumbered, Numbering, keep_sound};
pub use placing::{Placed, place};
pub use rule_lines::{FateCount, RuleDraw, RuleLine, RuleLines};
pub use sampling::{DrawnSample, SamplingUnit, Strategy, TooManyStrata, deal, draw};
pub use sentence_words::have_same_words;
pub use suggestions::{
    FrameSentences, JudgedHit, LEAST_CARRIERS, RuleSuggestion, SuggestionError, SuggestionPrecision, SuggestionTrial,
};
pub use whole_coding::count_by_rules;
