//! HTML files: downloads of Factiva, Europresse and the old Nexis, told apart by what is in them.

use crate::corpus::Reader;
use crate::corpus::downloads::html_lines::{HtmlLine, lines};
use crate::corpus::downloads::{Articles, europresse, factiva, old_nexis, read_text};

/// Many articles in an HTML file.
pub(super) const READER: Reader = Reader {
    name: "HTML of an archive",
    extensions: &["html", "htm"],
    one_document: false,
    open: |stream| read_text(stream, articles),
};

/// The articles of an HTML file.
///
/// # Errors
/// Where it is no download that is known.
fn articles(html: &str) -> Result<Articles, String> {
    let lines = lines(html);
    if factiva::is_download(&lines) {
        Ok(factiva::articles(&lines))
    } else if europresse::is_download(&lines) {
        Ok(europresse::articles(&lines))
    } else if lines.iter().any(|line| old_nexis::announced(&line.text).is_some()) {
        let lines: Vec<String> = lines.into_iter().map(|HtmlLine { text, .. }| text).collect();
        Ok(old_nexis::articles(&lines))
    } else {
        Err("HTML that is no download of Factiva, Europresse or Nexis; save web pages as text (.txt) or as a table"
            .to_owned())
    }
}
