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
//!              |       text      |        |        |      sentences, tokens, voices
//!              v        v        v        v        v
//!              model (the nouns)            stats (functions on numbers, each citing its source)
//! ```

pub mod analysis;
pub mod cli;
pub mod codebook;
pub mod coding;
pub mod compare;
pub mod corpus;
pub mod learning;
pub mod model;
pub mod report;
pub mod stats;
pub mod study;
pub mod text;
pub mod validate;
