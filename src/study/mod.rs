//! The study: the method from coded documents to findings.

mod file;

pub use file::{StudyError, parse};
