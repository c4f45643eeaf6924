//! Reads a dictionary whole: old ones are often Windows-1252, exports of other programs UTF-16.

use std::{fs, path::Path};

use crate::corpus::CorpusError;
use crate::corpus::encoding::Encoding;

/// The content of a dictionary as text without a byte order mark, and its encoding where that is not UTF-8.
///
/// # Errors
/// [`CorpusError::Io`] where it cannot be read and [`CorpusError::NotUtf8`] where the encoding is none of those known.
pub fn read_dictionary(path: &Path) -> Result<(String, Option<&'static str>), CorpusError> {
    let name = || path.display().to_string();
    let bytes = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => Err(CorpusError::NoFile { path: name() }),
        _ => fs::read(path).map_err(|source| CorpusError::Io { path: name(), source }),
    }?;
    let (shown, mark) = Encoding::at_start(&bytes);
    let encoding = match shown {
        Encoding::Undecided if !bytes.is_ascii() => Encoding::by_evidence(&bytes, true),
        shown => shown,
    };
    let (mut decoded, mut first_flaw) = (Vec::with_capacity(bytes.len()), None);
    encoding.decode(&bytes[mark..], &mut decoded, true, |to, _| {
        first_flaw.get_or_insert(to);
    });
    let flaw = |decoded: &[u8], offset: usize| {
        let line = memchr::memchr_iter(b'\n', &decoded[..offset]).count() + 1;
        CorpusError::NotUtf8 { path: name(), line, offset }
    };
    if let Some(offset) = first_flaw {
        return Err(flaw(&decoded, offset));
    }
    match String::from_utf8(decoded) {
        Ok(text) => Ok((text, encoding.notable_name())),
        Err(error) => Err(flaw(error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}
