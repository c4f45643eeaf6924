//! Cuts a download of Europresse as HTML into articles: the classes of its lines name publication, date and title.

use crate::corpus::downloads::html_lines::HtmlLine;
use crate::corpus::downloads::{Articles, Field, leading_date};

/// Class of the name of the publication, with which an article begins.
const PUBLICATION: &str = "DocPublicationName";

/// Class of section, date and page, and those of the title, of which one stands around the other since about 2014.
const HEADER: &str = "DocHeader";
const TITLES: [&str; 3] = ["TitreArticleVisu", "titreArticleVisu", "titreArticle"];

/// Classes of the author and of the text, where there are any.
const AUTHORS: [&str; 2] = ["docAuthors", "sm-margin-bottomNews"];
const TEXT: [&str; 2] = ["docOcurrContainer", "DocText"];

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
    let titled = lines.iter().position(|line| has_any(line, &TITLES));
    let texted = (titled.map_or(0, |title| title + 1)..lines.len()).find(|at| has_any(&lines[*at], &TEXT));
    let Some(start) = texted.or(titled.map(|title| title + 1)) else {
        return Err(format!("no title in the article of {outlet}, {header}"));
    };
    let (above, below) = lines.split_at(start);
    let is_end = |line: &HtmlLine| {
        line.text.starts_with('\u{a9}') || line.has("publiC-lblNodoc") || number(&line.text).is_some()
    };
    let end = below.iter().position(is_end).unwrap_or(below.len());
    let text: Vec<&str> = below[..end].iter().map(|line| &line.text[..]).collect();
    let byline = above.iter().find(|line| has_any(line, &AUTHORS)).map(|line| line.text.clone());
    let title = titled.map_or("", |title| &lines[title].text);
    let mut fields = vec![
        ("title", title.to_owned()),
        ("outlet", outlet.to_owned()),
        ("date", date(header).to_owned()),
        ("text", text.join("\n\n")),
        ("header", header.to_owned()),
    ];
    fields.extend(byline.map(|byline| ("byline", byline)));
    // The number of the document is its id, which stays the same from download to download.
    fields.extend(below[end..].iter().find_map(|line| number(&line.text)).map(|number| ("id", number.to_owned())));
    Ok(fields)
}

fn has_any(line: &HtmlLine, classes: &[&str]) -> bool {
    classes.iter().any(|class| line.has(class))
}

/// The number of a document in a line: "news\u{b7}20131005\u{b7}RA\u{b7}1", of a site "web\u{b7}20131005\u{b7}RAW\u{b7}1".
fn number(line: &str) -> Option<&str> {
    line.split_whitespace().find(|word| {
        let parts: Vec<&str> = word.split('\u{b7}').collect();
        parts.len() >= 3 && parts[1].len() == 8 && parts[1].bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// "Magazine 1, no. 5968" is the issue of "Magazine 1".
fn outlet(publication: &str) -> &str {
    publication.split_once(", no.").map_or(publication, |(outlet, _)| outlet)
}

/// The date in "Politique, jeudi 5 octobre 2013, p. 03" and "Thursday, December 22, 2022 13887 words, p. 8".
fn date(header: &str) -> &str {
    // A day of the week, a day, and an hour are at most so many words.
    const MOST_WORDS: usize = 8;
    let parts = std::iter::once(0).chain(header.match_indices(", ").map(|(at, comma)| at + comma.len()));
    let beginning = |from: usize| {
        let rest = &header[from..];
        rest.match_indices(' ').nth(MOST_WORDS - 1).map_or(rest, |(end, _)| &rest[..end])
    };
    parts.map(beginning).find_map(leading_date).unwrap_or_default().trim_end_matches(',')
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

    #[test]
    fn newer_files_have_other_classes() {
        let html = "<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>La Rade, no. 59</span></div>\
                    <div class='rdp__DocHeader'><span class='DocHeader'>Thursday, December 22, 2022 387 words, p. 8</span></div>\
                    <div class='titreArticle'><p class='sm-margin-TopNews titreArticleVisu rdp__articletitle'>Le <mark>tram</mark> co\u{fb}te</p></div>\
                    <p class='sm-margin-bottomNews'>Pia Lund</p></header><section><div class='DocText clearfix'>\
                    <div class='docOcurrContainer'><p>Un million.</p><p>Rien.</p></div></div></section>\
                    <footer><div class='Doc-LegalInfo'><small>\u{a9} 2022 La Rade.</small></div>\
                    <div class='publiC-lblNodoc'>web\u{b7}20221222\u{b7}RAW\u{b7}1</div></footer></article>";
        let lines = lines(html);
        assert!(is_download(&lines));
        let fields = articles(&lines).found.remove(0).unwrap();
        for (name, expected) in [
            ("title", "Le tram co\u{fb}te"),
            ("outlet", "La Rade"),
            ("date", "Thursday, December 22, 2022"),
            ("byline", "Pia Lund"),
            ("text", "Un million.\n\nRien."),
            ("id", "web\u{b7}20221222\u{b7}RAW\u{b7}1"),
        ] {
            let value = fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!(value, expected, "{name}");
        }
    }
}
