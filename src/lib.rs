//! Parallax compares how news outlets tell the same story.
//!
//! A corpus of articles is read, every sentence is labelled by the frames of a codebook, each frame is given the voice
//! that speaks it and the stance that voice takes, and the distributions are compared across outlets and dates.
//!
//! The layers, arrows pointing down only:
//!
//! ```text
//!                      main -> cli                        speaks with people; the only printing, progress, exit codes
//!                               |
//!                           analysis                      a whole run: open, learn, code, compare, verify, sample, evaluate
//!              +-----------------+-----------------+
//!           corpus               |               report   the only modules that touch files: bytes in, bytes out
//!              |               study               |      the method, pure: code documents, count, compare
//!              |        +--------+--------+        |
//!              |     learning compare  validate    |      codings -> scorer | counts -> findings | labels against people's
//!              |        |        |        |        |
//!              |      coding     |        |        |      sentence -> codings
//!              |        |        |        |        |
//!              |     codebook    |        |        |      frames, rules, the pattern language
//!              |        |        |        |        |
//!              |  text, encoder  |        |        |      sentences, tokens, voices | vectors of sentences
//!              v        v        v        v        v
//!              model (the nouns)            stats (functions on numbers, each citing its source)
//! ```
//!
//! # Using it
//!
//! What is listed below is the face of the library: a study opened, run, compared, verified, measured and sampled, and one
//! text coded without any study. The modules behind it are open to the program, to its tests and to those who read the
//! code, but may change with any version.
//!
//! ```no_run
//! use parallax::{Learnt, Project, Unwatched, run};
//!
//! # fn main() -> Result<(), parallax::AnalysisError> {
//! let project = Project::open("study.toml".as_ref(), None)?;
//! let learnt = Learnt::now(&project, &Unwatched)?;
//! let outcome = run(&project, &learnt, &Unwatched)?;
//! println!("{} documents kept", outcome.pass.kept);
//! # Ok(())
//! # }
//! ```
//!
//! A table of coded texts needs no study: learn from one, score another.
//!
//! ```
//! use parallax::{Objective, PredictRequest, TableColumns, TrainingRequest, Unwatched, predict, train};
//!
//! # let folder = tempfile::tempdir()?;
//! # let [table, model, output] = ["coded.csv", "model.json", "predictions.csv"].map(|name| folder.path().join(name));
//! let row = |day: usize| format!("The council votes on day {day}.,fair\nA shameful scheme of day {day}.,slanted\n");
//! std::fs::write(&table, format!("text,label\n{}", (1..9).map(row).collect::<String>()))?;
//! let columns = TableColumns { text: "text".to_owned(), labels: vec!["label".to_owned()], ..TableColumns::default() };
//! let request = TrainingRequest {
//!     table: table.clone(),
//!     columns,
//!     is_multi_label: false,
//!     group: None,
//!     codebook: None,
//!     vectors: None,
//!     without: Vec::new(),
//!     thresholds: Objective::default(),
//!     seed: 1,
//! };
//! train(&request, &model, &Unwatched)?;
//! let scored = PredictRequest { table: &table, model: &model, codebook: None, vectors: None, output: &output };
//! assert_eq!(predict(&scored, &Unwatched)?.rows, 16);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! One text needs a codebook only:
//!
//! ```
//! use parallax::{Coder, Document, Workspace, code_document, parse_codebook};
//!
//! let codebook = parse_codebook(
//!     r#"
//!     title = "Build-up"
//!     [[frame]]
//!     id = "military-build-up"
//!     label = "Military build-up"
//!     definition = "Presents forces as massing."
//!     [[rule]]
//!     id = "massed"
//!     frame = "military-build-up"
//!     match = "massed troops"
//!     "#,
//!     "codebook.toml",
//! )?;
//! let coder = Coder { codebook: &codebook, scorer: None, labels: None };
//! let document = Document::new("1", "", "Moscow has massed troops, the minister said. It rained.");
//! let coded = code_document(&coder, &document, &mut Workspace::default());
//! assert_eq!(coded.sentences, 2);
//! assert_eq!(coded.codings.len(), 1);
//! assert!(coded.codings[0].hit);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

/// The page on the library, whose code is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/how-to/rust.md")]
mod rust_page {}

#[doc(hidden)]
pub mod analysis;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod codebook;
#[doc(hidden)]
pub mod coding;
#[doc(hidden)]
pub mod compare;
#[doc(hidden)]
pub mod corpus;
#[doc(hidden)]
pub mod encoder;
#[doc(hidden)]
pub mod learning;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod stats;
#[doc(hidden)]
pub mod study;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod validate;

pub use analysis::{
    AnalysisError, Checked, Compared, Evaluation, EvaluationDesign, Learnt, PredictRequest, Predicted, Project,
    RunOutcome, SampleOutcome, SampleRequest, Trained, TrainingRequest, Unwatched, Verification, Watcher, check,
    code as code_corpus, compare as compare_again, evaluate_study, predict, read_counts, run, sample, train, verify,
};
pub use codebook::{Codebook, parse as parse_codebook};
pub use compare::{Counts, Findings, Plan, findings};
pub use learning::TableColumns;
pub use model::{CodedDocument, Coding, Document};
pub use stats::learning::Objective;
pub use study::{Coder, Strategy, Workspace, code as code_document};
