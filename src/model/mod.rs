//! The nouns of Parallax: plain types that every other module shares, with no behaviour beyond their own invariants.
//!
//! In the order of the data: `study` with `subset` and `keyness_settings` (what is asked, and the default of each key), `document`, `span`, `attribution`, `coding`, `coded_document`;
//! `hand_coding` with `coder_value` and `votes` (what people say); `prediction` (both side by side); `sample_columns` (of the tables that people fill in); `formula` (cells
//! that a spreadsheet would compute); `column_profile` (a file of articles before there is a study).
//!
//! Not here: how any of them is found, counted or written. What only one layer needs is a type of that layer.

mod attribution;
mod checksum;
mod coded_document;
mod coder_value;
mod coding;
mod column_profile;
mod counting;
mod document;
mod external_label;
mod file_format;
mod formula;
mod hand_coding;
mod keyness_settings;
mod prediction;
mod reference_words;
mod sample_columns;
mod span;
mod study;
mod subset;
mod votes;

pub use attribution::{Attribution, Mood, Speech};
pub use checksum::{Checksum, sha256};
pub use coded_document::{CodedDocument, RuleMatch};
pub use coder_value::{
    Presence, comparable_id, decimal, is_missing_code, is_missing_mark, plain_digits, plain_value, presence,
};
pub use coding::{Coding, Cue, Speaker, Stance, VerbClass, Voice};
pub use column_profile::{ColumnProfile, DateFit, FileProfile};
pub use counting::{CopyRule, RestRule, Weight};
pub use document::{Document, Excluded, Exclusion, Origin};
pub use external_label::{ExternalLabel, LabelCover};
pub use file_format::FileFormat;
pub use formula::{guarded, guarded_words, unguarded};
pub use hand_coding::{ADJUDICATED, HandCoding, UnitKey};
pub use keyness_settings::{KeynessSettings, Membership};
pub use prediction::{Prediction, Truth};
pub use reference_words::ReferenceWords;
pub use sample_columns::{ABOUT_FRAMES, ABOUT_UNIT, CODER, INCLUSION, ITEM, UNIT_WORDS, is_sample_column};
pub use span::Span;
pub use study::{
    AtLeast, CompareSettings, CorpusSettings, FrameGroup, LeastHits, Mark, Period, ScorerKind, StanceFilter, Study,
    TableFormat, TextEncoding, Unit, VoiceFilter,
};
pub use subset::{CellLookup, ColumnTest, Literal, Relation, Subset, SubsetCondition};
pub use votes::CoderVotes;
