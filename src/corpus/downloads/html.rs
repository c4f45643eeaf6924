//! HTML files: downloads of Factiva, Europresse and the old Nexis, and web pages of one article, told apart by what is in them.

use crate::corpus::downloads::html_lines::{HtmlLine, lines};
use crate::corpus::downloads::{Articles, europresse, factiva, old_nexis, read_text};
use crate::corpus::{Reader, pages};
use crate::model::FileFormat;

/// An article, or many, in an HTML file.
pub(super) const READER: Reader = Reader {
    name: "HTML",
    format: FileFormat::Html,
    extensions: &["html", "htm"],
    one_document: true,
    open: |stream| read_text(stream, articles),
};

/// The articles of a download, or the one of a web page.
///
/// # Errors
/// Where there is no article in a page.
pub(super) fn articles(html: &str) -> Result<Articles, String> {
    let lines = lines(html);
    if factiva::is_download(&lines) {
        Ok(factiva::articles(&lines))
    } else if europresse::is_download(&lines) {
        Ok(europresse::articles(&lines))
    } else if lines.iter().any(|line| old_nexis::announced(&line.text).is_some()) {
        let lines: Vec<String> = lines.into_iter().map(|HtmlLine { text, .. }| text).collect();
        Ok(old_nexis::articles(&lines))
    } else {
        let article = pages::article(html)?;
        Ok(Articles { found: vec![Ok(article)], is_one: true, ..Articles::default() })
    }
}
