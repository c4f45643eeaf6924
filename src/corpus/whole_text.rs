//! Reads the small files of a study, the study file and the codebook, whole.

use std::{fs, path::Path};

use crate::corpus::CorpusError;

/// The content of a UTF-8 file, without a byte order mark.
///
/// # Errors
/// [`CorpusError::Io`] where it cannot be read and [`CorpusError::NotUtf8`] where it is in another encoding.
pub fn read_text(path: &Path) -> Result<String, CorpusError> {
    let name = || path.display().to_string();
    let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: name(), source })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..offset]).count() + 1;
            Err(CorpusError::NotUtf8 { path: name(), line, offset })
        }
    }
}
