//! Reads a dictionary whole: old ones are often Windows-1252, exports of other programs UTF-16.

use std::path::Path;

use crate::corpus::CorpusError;
use crate::corpus::encoding::Encoding;
use crate::corpus::whole_text::{line_of, read_bytes};

/// The text with a line feed for each lone carriage return, as old Macs end lines.
fn with_line_feeds(text: String) -> String {
    if !text.replace("\r\n", "").contains('\r') {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The content of a dictionary as text without a byte order mark or lone carriage returns, and its encoding where that is not UTF-8.
///
/// # Errors
/// [`CorpusError::Io`] where it cannot be read and [`CorpusError::NotUtf8`] where the encoding is none of those known.
pub fn read_dictionary(path: &Path) -> Result<(String, Option<&'static str>), CorpusError> {
    let bytes = read_bytes(path)?;
    let (shown, mark) = Encoding::at_start(&bytes);
    let encoding = match shown {
        Encoding::Undecided if !bytes.is_ascii() => Encoding::by_evidence(&bytes, true),
        shown => shown,
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    encoding.decode(&bytes[mark..], &mut decoded, true, |_, _| {});
    // What could not be decoded is in no UTF-8 text, so that it is found here.
    match String::from_utf8(decoded) {
        Ok(text) => Ok((with_line_feeds(text), encoding.notable_name())),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let line = line_of(error.as_bytes(), offset);
            Err(CorpusError::NotUtf8 { path: path.display().to_string(), line, offset })
        }
    }
}
