//! Downloads as text, which have the ending of any text: of the old Nexis, and of Nexis Uni and Factiva where they were saved so.

use crate::corpus::CorpusError;
use crate::corpus::downloads::{Articles, factiva_text, nexis, old_nexis, read_text};
use crate::corpus::reader::Records;
use crate::corpus::stream::Stream;

/// Whether the beginning of a text has a line such as "1 of 74 DOCUMENTS", "End of Document", or "Document" and a number of Factiva.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::corpus) fn holds_download(stream: &mut Stream) -> Result<bool, CorpusError> {
    if stream.window().is_empty() {
        stream.fill()?;
    }
    Ok(is_download(&String::from_utf8_lossy(stream.window())))
}

/// The same of a text.
pub(super) fn is_download(text: &str) -> bool {
    let ends_article = |line: &str| nexis::ends_article(line) || factiva_text::ends_article(line);
    text.split(['\n', '\r']).any(|line| old_nexis::announced(line).is_some() || ends_article(line))
}

/// Its articles as records.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::corpus) fn open(stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    read_text(stream, articles)
}

/// The articles in `text`, of whichever archive.
///
/// # Errors
/// Where it is a list of documents without their texts.
pub(super) fn articles(text: &str) -> Result<Articles, String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let has = |is_mark: fn(&str) -> bool| text.lines().any(is_mark);
    if has(|line| old_nexis::announced(line).is_some()) {
        return Ok(old_nexis::articles(&paragraphs(&text)));
    }
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    if has(nexis::ends_article) { nexis::articles(&lines) } else { Ok(factiva_text::articles(&lines)) }
}

/// What stands between empty lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
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
    paragraphs
}
