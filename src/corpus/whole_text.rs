//! Reads the small files of a study, the study file and the codebook, whole.

use std::{fs, path::Path};

use crate::corpus::CorpusError;

/// The content of a UTF-8 file, without a byte order mark.
///
/// # Errors
/// [`CorpusError::Io`] where it cannot be read and [`CorpusError::NotUtf8`] where it is in another encoding.
pub fn read_text(path: &Path) -> Result<String, CorpusError> {
    let name = || path.display().to_string();
    let bytes = read_bytes(path)?;
    if let Some(offset) = memchr::memchr(0, &bytes) {
        // UTF-16 of plain letters would pass as UTF-8.
        return Err(CorpusError::NotUtf8 { path: name(), line: line_of(&bytes, offset), offset });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            Err(CorpusError::NotUtf8 { path: name(), line: line_of(error.as_bytes(), offset), offset })
        }
    }
}

/// A whole file; refuses what may never end.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, CorpusError> {
    let name = || path.display().to_string();
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => Err(CorpusError::NoFile { path: name() }),
        _ => fs::read(path).map_err(|source| CorpusError::Io { path: name(), source }),
    }
}

/// 1-based line of the byte at `offset`.
pub(super) fn line_of(bytes: &[u8], offset: usize) -> usize {
    memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1
}
