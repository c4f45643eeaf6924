//! Sentence vectors that a study or a table goes by, read and made ready.

use std::path::Path;
use std::sync::Arc;

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::file_name;
use crate::corpus::read_vectors;
use crate::encoder::SentenceVectors;
use crate::learning::EncoderRecord;
use crate::model::sha256;
use crate::report::{Input, InputRole};

/// Vectors and where they come from. They are shared: the scorer of a study keeps them as long as it scores.
#[derive(Clone, Debug)]
pub struct VectorFile {
    /// By text.
    pub vectors: Arc<SentenceVectors>,
    /// The encoder and the file, as models and the manifest name them.
    pub record: EncoderRecord,
    /// For the manifest.
    pub input: Input,
}

impl VectorFile {
    /// Reads the file at `path`, which results call `name`; `None` where there is none yet.
    ///
    /// # Errors
    /// When it cannot be read, or holds something else.
    pub(super) fn read(path: &Path, name: &str) -> Result<Option<Self>, AnalysisError> {
        let Some(bytes) = read_vectors(path)? else { return Ok(None) };
        let vectors = parse(path, &bytes)?;
        let (model, encoder) = (vectors.model().to_owned(), vectors.sha256().to_owned());
        let record = EncoderRecord { model, sha256: encoder, vectors: sha256(&bytes) };
        let input = Input::new(InputRole::Vectors, name, &bytes);
        Ok(Some(Self { vectors: Arc::new(vectors), record, input }))
    }

    /// The vectors that a table is to be learnt from or scored with, if any are named.
    pub(super) fn of_table(path: Option<&Path>) -> Result<Option<Self>, AnalysisError> {
        let Some(path) = path else { return Ok(None) };
        let found = Self::read(path, &file_name(path))?;
        found.map(Some).ok_or_else(|| AnalysisError::NoVectors { file: path.display().to_string() })
    }
}

/// Vectors from the bytes of the file at `path`.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<SentenceVectors, AnalysisError> {
    let file = || path.display().to_string();
    SentenceVectors::parse(bytes).map_err(|error| AnalysisError::Vectors { file: file(), error })
}
