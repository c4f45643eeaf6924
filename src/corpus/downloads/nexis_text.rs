//! Downloads of the old Nexis as text, which have the ending of any text.

use crate::corpus::CorpusError;
use crate::corpus::downloads::{Articles, old_nexis, read_text};
use crate::corpus::reader::Records;
use crate::corpus::stream::Stream;

/// Whether the beginning of a text has a line such as "1 of 74 DOCUMENTS".
///
/// # Errors
/// When the file cannot be read.
pub(in crate::corpus) fn holds_download(stream: &mut Stream) -> Result<bool, CorpusError> {
    if stream.window().is_empty() {
        stream.fill()?;
    }
    let beginning = String::from_utf8_lossy(stream.window());
    Ok(beginning.lines().any(|line| old_nexis::announced(line).is_some()))
}

/// Its articles as records.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::corpus) fn open(stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    read_text(stream, |text| Ok(articles(text)))
}

/// The articles in `text`, whose paragraphs stand between empty lines.
pub(super) fn articles(text: &str) -> Articles {
    let mut paragraphs = vec![String::new()];
    for line in text.split(['\n', '\u{c}']).map(|line| line.trim_end_matches('\r')) {
        // Some files lack the empty lines around what begins an article.
        let is_start = old_nexis::announced(line).is_some();
        let current = paragraphs.last_mut().filter(|_| !line.trim().is_empty() && !is_start);
        match current {
            Some(paragraph) if paragraph.is_empty() => paragraph.push_str(line.trim()),
            Some(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(line.trim());
            }
            None if is_start => paragraphs.extend([line.trim().to_owned(), String::new()]),
            None => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    old_nexis::articles(&paragraphs)
}
