//! Downloads as rich text, which archives of several kinds offer: what stands in the lines tells which.

use crate::corpus::Reader;
use crate::corpus::downloads::{Articles, apa, factiva_text, nexis, nexis_text, old_nexis, read, rich_text};
use crate::model::FileFormat;

/// Many articles in a file of rich text.
pub(super) const READER: Reader = Reader {
    name: "APA or Nexis (rich text)",
    format: FileFormat::RichText,
    extensions: &["rtf"],
    one_document: false,
    open: |stream| read(stream, articles),
};

/// The articles of a file of rich text.
///
/// # Errors
/// Where it is none, or no download of an archive that is known.
pub(super) fn articles(bytes: &[u8]) -> Result<Articles, String> {
    let lines = rich_text::lines(bytes)?;
    if lines.iter().any(|line| nexis::ends_article(line)) {
        nexis::articles(&lines)
    } else if lines.iter().any(|line| old_nexis::announced(line).is_some()) {
        nexis_text::articles(&lines.join("\n"))
    } else if lines.iter().any(|line| factiva_text::ends_article(line)) {
        Ok(factiva_text::articles(&lines))
    } else {
        apa::articles(&lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_tell_whose_download_it_is() {
        let nexis = "Tram\\par Quay Mail\\par May 2, 2023\\par Copyright 2023\\par Length: 2 words\\par Body\\par\\par It does.\\par \
                     \\par Load-Date: May 3, 2023\\par End of Document\\par ";
        let old_nexis = "1 of 1 DOCUMENTS\\par\\par Quay Mail\\par\\par May 2, 2023\\par\\par Tram\\par\\par LENGTH: 2 words\\par\\par It does.\\par";
        let apa = "\"Quay Mail\" vom 02.05.2023\\par\\par Tram\\par\\par It does.\\par";
        for (name, text) in [("Nexis Uni", nexis), ("the old Nexis", old_nexis), ("APA", apa)] {
            let articles = articles(format!("{{\\rtf1\\ansi {text}}}").as_bytes()).unwrap();
            let fields = articles.found[0].as_ref().unwrap();
            for expected in [("outlet", "Quay Mail"), ("title", "Tram"), ("text", "It does.")] {
                assert!(fields.iter().any(|(name, value)| (*name, &value[..]) == expected), "{name}: {fields:?}");
            }
            assert_eq!((articles.found.len(), articles.notes.len()), (1, 0), "{name}: {:?}", articles.notes);
        }
        let error = super::articles(b"{\\rtf1 A letter.}").unwrap_err();
        assert!(error.contains("no download of APA, Nexis or Factiva"), "{error}");
    }
}
