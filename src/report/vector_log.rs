//! Sentence vectors as they are encoded: each batch goes to the file at once, so that whatever stops the work loses little.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::encoder::SentenceVectors;
use crate::report::error::ReportError;
use crate::report::staging::write_together;

/// A file of vectors that grows.
#[derive(Debug)]
pub struct VectorLog {
    path: PathBuf,
    file: File,
}

impl VectorLog {
    /// Writes what is known already, and keeps the file open for more.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin(path: &Path, known: &SentenceVectors) -> Result<Self, ReportError> {
        // Written anew: a last record that a killed run left incomplete would shift all that come after it.
        write_vectors(path, known)?;
        let file = OpenOptions::new().append(true).open(path).map_err(|error| ReportError::at(path, error))?;
        Ok(Self { path: path.to_path_buf(), file })
    }

    /// Adds whole records.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(&mut self, records: &[u8]) -> Result<(), ReportError> {
        self.file.write_all(records).map_err(|error| ReportError::at(&self.path, error))
    }
}

/// Writes vectors in the order of their keys, so that the same vectors are the same file whatever the order they were made in.
///
/// # Errors
/// When the file cannot be written.
pub fn write_vectors(path: &Path, vectors: &SentenceVectors) -> Result<(), ReportError> {
    write_together(&[(path.to_path_buf(), vectors.to_bytes())])
}
