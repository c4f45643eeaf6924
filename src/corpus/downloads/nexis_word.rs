//! Downloads of Nexis Uni and Lexis Advance as a Word file.

use crate::corpus::Reader;
use crate::corpus::downloads::{Articles, nexis, read, word};
use crate::model::FileFormat;

/// Many articles in a Word file.
pub(super) const READER: Reader = Reader {
    name: "Nexis Uni (Word)",
    format: FileFormat::Word,
    extensions: &["docx"],
    one_document: false,
    open: |stream| read(stream, articles),
};

/// The articles of a Word file.
///
/// # Errors
/// Where it is no Word file, or no download of Nexis Uni.
pub(super) fn articles(bytes: &[u8]) -> Result<Articles, String> {
    nexis::articles(&word::paragraphs(bytes)?)
}
