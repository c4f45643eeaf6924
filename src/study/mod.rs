//! The method, in order: code documents, count them, compare the counts. Pure: documents come in and results go out
//! through the caller's functions.

mod coding;
pub mod evaluation;
mod file;
pub mod frames;
mod learning;
mod sampling;
pub mod training;

pub use coding::{Workspaces, code_batch, code_stream};
pub use file::parse;
pub use learning::{LEAST_SENTENCES, Lessons, RuleSheet, frame_settings, lessons, rule_lesson_settings, rule_lessons};
pub use sampling::{Candidate, Drawn, Strategy, TooManyStrata, draw};
