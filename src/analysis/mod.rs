//! The verbs: a whole analysis, from files to files.
//!
//! Begin with a [`Project`], a study opened. Then, in the order of a researcher's work: [`check`] it, [`sample`] sentences
//! for coders and see how far they [`agree`]; [`Learnt::now`] learns what the study asks for; [`run`] codes and compares
//! ([`code`] codes only, [`compare`] compares again); [`explain`] says why, [`plot`] draws again, [`export`] makes
//! notebooks, [`evaluate_study`] measures the scorer and [`verify`] the results. [`train`], [`predict`] and
//! [`evaluate_table`] do the same for a table of coded texts without a study.
//!
//! Each verb is a function of a project (or of a request, a struct that says all that is asked), what was learnt, and a
//! [`Watcher`] who hears of progress and may stop it; it writes its files and returns what it found, or an
//! [`AnalysisError`]. Nothing here prints, asks for arguments or decides exit codes: that is `cli`. Nothing here computes
//! a statistic or looks at a word: that is `study` and below. No verb knows the format of a file: that is `corpus` and
//! `report`.
//!
//! A new command is
//! 1. a file here, `verb.rs`, with `pub fn verb(project, learnt, request, watcher) -> Result<Outcome, AnalysisError>`, and
//!    its names in the list below;
//! 2. a variant of `cli::arguments::Command` with an example, and its line in `cli::dispatch`;
//! 3. a file `cli/verb.rs` that calls it and prints the outcome.

mod adjudication;
mod agree;
#[cfg(feature = "arrow")]
mod arrow;
mod bundle;
mod changed;
mod check;
mod coded;
mod coded_parts;
mod codings;
mod copies;
mod counts;
mod diff;
mod documents;
mod drift;
mod encode;
mod error;
mod evaluate;
mod evidence;
mod explain;
mod export;
mod find;
mod first_study;
mod gathering;
mod idle;
mod import;
mod label_cover;
mod labels;
mod learnt;
mod look;
mod merge;
mod misnumbered;
mod part;
mod pass;
mod paths;
mod plan;
mod plot;
mod predict;
mod project;
mod reference;
mod rivals;
mod run;
mod sample;
mod scorer;
mod scorer_file;
mod suggest;
mod table_copies;
mod terms;
mod train;
mod vectors;
mod verify;
mod walk;
mod watch;
mod whole_lessons;

pub use adjudication::ADJUDICATION;
pub use agree::{AgreementRequest, CoderAgreement, agree};
#[cfg(feature = "arrow")]
pub use arrow::{StreamRequest, code_arrow};
pub use bundle::{Bundle, bundle};
pub use check::{Census, Checked, check};
pub use coded::{TrainingRequest, read_model};
pub use coded_parts::CodedParts;
pub use codings::StudyCodings;
pub use counts::read_counts;
pub use diff::{Differing, diff};
pub use drift::{Drift, DriftCell, DriftLine, drift};
pub use encode::{EncodedTexts, encode_study, encode_table};
pub use error::AnalysisError;
pub use evaluate::{
    Evaluation, EvaluationDesign, TAUGHT, TableEvaluation, evaluate_model, evaluate_study, evaluate_table,
};
pub use explain::explain;
pub use export::export;
pub use find::{Found, find};
pub use first_study::{FirstStudy, first_study};
pub use import::{Import, import};
pub use learnt::Learnt;
pub use look::{FrameMisses, LookRequest, RuleMatches, frame_misses, rule_matches};
pub use merge::merge;
pub use part::{PartRequest, code_part};
pub use pass::Pass;
pub use paths::{spare, spare_stranger, way_to};
pub use plan::{PlannedCoding, WantedPlan, plan};
pub use plot::{PlotRequest, plot};
pub use predict::{PredictRequest, Predicted, predict};
pub use project::{Project, without_rules};
pub use run::{Compared, RunOutcome, code, compare, run};
pub use sample::{CoderFiles, SampleOutcome, SampleRequest, Stratum, sample};
pub use scorer::TrainingSet;
pub use suggest::{SuggestRequest, Suggested, suggest};
pub use train::{Trained, train};
pub use vectors::VectorFile;
pub use verify::{Verification, verify};
pub use watch::{Measure, Unwatched, Watcher};
