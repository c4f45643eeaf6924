//! Cuts a download of Europresse as HTML into articles: the classes of its lines name publication, date and title.

use crate::corpus::downloads::html_lines::HtmlLine;
use crate::corpus::downloads::{Articles, Field, leading_date};

/// Class of the name of the publication, with which an article begins.
const PUBLICATION: &str = "DocPublicationName";

/// Class of section, date and page, and of the title.
const HEADER: &str = "DocHeader";
const TITLE: &str = "TitreArticleVisu";

/// Whether the file is such a download.
pub(super) fn is_download(lines: &[HtmlLine]) -> bool {
    lines.iter().any(|line| line.has(PUBLICATION))
}

/// The articles in `lines`.
pub(super) fn articles(lines: &[HtmlLine]) -> Articles {
    let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].has(PUBLICATION)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let found: Vec<_> = starts.iter().zip(ends).map(|(start, end)| article(&lines[*start..end])).collect();
    Articles { found, ..Articles::default() }
}

fn article(lines: &[HtmlLine]) -> Result<Vec<Field>, String> {
    let outlet = lines.first().map_or("", |line| outlet(&line.text));
    let header = lines.iter().find(|line| line.has(HEADER)).map_or("", |line| &line.text);
    let titled = lines.iter().position(|line| line.has(TITLE));
    let Some(title) = titled else {
        return Err(format!("no title in the article of {outlet}, {header}"));
    };
    let below = &lines[title + 1..];
    let number = |line: &HtmlLine| line.text.split_once("news\u{b7}").map(|(_, rest)| format!("news\u{b7}{rest}"));
    let end =
        below.iter().position(|line| line.text.starts_with('\u{a9}') || number(line).is_some()).unwrap_or(below.len());
    let text: Vec<&str> = below[..end].iter().map(|line| &line.text[..]).collect();
    let mut fields = vec![
        ("title", lines[title].text.clone()),
        ("outlet", outlet.to_owned()),
        ("date", date(header).to_owned()),
        ("text", text.join("\n\n")),
        ("header", header.to_owned()),
    ];
    // The number of the document is its id, which stays the same from download to download.
    fields.extend(below[end..].iter().find_map(number).map(|number| ("id", number)));
    Ok(fields)
}

/// "Magazine 1, no. 5968" is the issue of "Magazine 1".
fn outlet(publication: &str) -> &str {
    publication.split_once(", no.").map_or(publication, |(outlet, _)| outlet)
}

/// The date in "Politique, jeudi 5 octobre 2013, p. 03".
fn date(header: &str) -> &str {
    header.split(", ").find_map(leading_date).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::downloads::html_lines::lines;

    #[test]
    fn classes_name_the_fields() {
        let html = "<td><span class='DocPublicationName'>La Rade, no. 59</span><br><span class='DocHeader'>Politique, </span>\
                    <span class='DocHeader'>jeudi </span><span class='DocHeader'>5 octobre 2013</span><span class='DocHeader'>, p. 3</span>\
                    <br><br><span class='TitreArticleVisu'>Le <b>tram</b> co\u{fb}te</span><br><br>Un million.<p></p>Rien.<p></p>\
                    <i>\u{a9} 2013 La Rade</i><p></p>Num\u{e9}ro de document : news\u{b7}20131005\u{b7}RA\u{b7}1<br>Ce certificat\
                    <span class='DocPublicationName'>La Rade</span><br>";
        let articles = articles(&lines(html));
        let fields = articles.found[0].as_ref().unwrap();
        for (name, expected) in [
            ("title", "Le tram co\u{fb}te"),
            ("outlet", "La Rade"),
            ("date", "jeudi 5 octobre 2013"),
            ("text", "Un million.\n\nRien."),
            ("id", "news\u{b7}20131005\u{b7}RA\u{b7}1"),
        ] {
            let value = fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!(value, expected, "{name}");
        }
        assert_eq!(articles.found.len(), 2);
        assert!(articles.found[1].is_err(), "without a title it is a record all the same");
    }
}
