//! Cuts a download of Factiva as HTML into articles. Its fields have codes of two or three letters ("HD", "PD") where indexing was asked
//! for. Else they are told by their places around the date, which follows the language of the interface: words, date, perhaps a time,
//! outlet, its code.

use crate::corpus::downloads::html_lines::HtmlLine;
use crate::corpus::downloads::{Articles, Field, leading_date};

/// Class of an article, and of its paragraphs.
const ARTICLE: &str = "article";
pub(super) const PARAGRAPH: &str = "articleParagraph";

/// Codes of fields, in whatever language the service speaks, and the column each is in.
pub(super) const CODES: [(&str, &str); 33] = [
    ("AN", "id"),
    ("ART", "caption"),
    ("BY", "byline"),
    ("CLM", "column"),
    ("CO", "company"),
    ("CR", "credit"),
    ("CT", "contact"),
    ("CX", "correction"),
    ("CY", "copyright"),
    ("DE", "descriptor"),
    ("ED", "edition"),
    ("ET", "time"),
    ("HD", "title"),
    ("IN", "industry"),
    ("IPC", "information_code"),
    ("IPD", "information_descriptor"),
    ("LA", "language"),
    ("LP", "text"),
    ("NGC", "group_code"),
    ("NS", "subject"),
    ("PD", "date"),
    ("PG", "page"),
    ("PUB", "publisher"),
    ("RE", "region"),
    ("RF", "reference"),
    ("RIC", "reuters_code"),
    ("RST", "restrictor"),
    ("SC", "source_code"),
    ("SE", "section"),
    ("SN", "outlet"),
    ("TD", "text"),
    ("VOL", "volume"),
    ("WC", "length"),
];

/// Whether the file is such a download.
pub(super) fn is_download(lines: &[HtmlLine]) -> bool {
    lines.iter().any(|line| line.has(PARAGRAPH)) && lines.iter().any(|line| line.has(ARTICLE))
}

/// The articles in `lines`.
pub(super) fn articles(lines: &[HtmlLine]) -> Articles {
    let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].has(ARTICLE)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let found: Vec<_> = starts.iter().zip(ends).map(|(start, end)| article(&lines[*start..end])).collect();
    Articles { found, ..Articles::default() }
}

/// The values of an article, or why there are none.
pub(super) fn article(lines: &[HtmlLine]) -> Result<Vec<Field>, String> {
    let is_coded = ["HD", "PD", "SN"].iter().all(|code| lines.iter().any(|line| line.text == *code));
    if is_coded { Ok(coded(lines)) } else { placed(lines) }
}

/// The fields of an article by the codes before them; "IN" as a paragraph of its own is a word.
fn coded(lines: &[HtmlLine]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut column = None;
    for line in lines {
        let code = CODES.iter().find(|(code, _)| line.text == *code);
        if let Some((_, named)) = code.filter(|_| line.has("index") || !line.has(PARAGRAPH)) {
            column = Some(*named);
            continue;
        }
        let Some(column) = column else { continue };
        match fields.iter_mut().find(|(known, _)| *known == column) {
            Some((_, value)) if column == "text" => *value = format!("{value}\n\n{}", line.text),
            Some((_, value)) => *value = format!("{value} {}", line.text),
            None => fields.push((column, line.text.clone())),
        }
    }
    // "Document HAFON00020170401ed410005l", and what the page says below the last article.
    for (_, number) in fields.iter_mut().filter(|(column, _)| *column == "id") {
        let code = number.split(' ').find(|word| is_number(word)).unwrap_or_default().to_owned();
        *number = code;
    }
    fields
}

/// Whether a word is the number of an article.
pub(super) fn is_number(word: &str) -> bool {
    word.len() >= 20 && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The fields of an article by their places.
fn placed(lines: &[HtmlLine]) -> Result<Vec<Field>, String> {
    let first = lines.iter().position(|line| line.has(PARAGRAPH)).unwrap_or(lines.len());
    let (head, body) = lines.split_at(first);
    let is_headline =
        |line: &&HtmlLine| line.has("#hd") || line.classes.iter().any(|class| class.ends_with("Headline"));
    let title = head.iter().find(is_headline).map_or("", |line| numbered(line));
    let dated = (0..head.len()).filter(|at| !is_headline(&&head[*at]));
    let dated = dated
        .filter_map(|at| leading_date(&head[at].text).filter(|date| *date == head[at].text).map(|date| (at, date)));
    let Some((at, date)) = dated.min_by_key(|(at, _)| *at) else {
        return Err(format!("no date in the article \"{}\"", title.chars().take(60).collect::<String>()));
    };
    let below = head[at + 1..].iter().map(|line| &line.text[..]).filter(|text| !is_time(text)).collect::<Vec<_>>();
    let (body, publisher) = published(body);
    let mut fields = vec![("title", title.to_owned()), ("date", date.to_owned()), ("text", text(body))];
    fields.extend(publisher.map(|line| ("publisher", line.text.clone())));
    // The number of the article, which stays the same from download to download.
    fields.extend(
        lines
            .iter()
            .flat_map(|line| &line.classes)
            .find_map(|class| class.strip_prefix("#article-").map(|number| ("id", number.to_owned()))),
    );
    fields.extend(below.first().map(|outlet| ("outlet", (*outlet).to_owned())));
    fields.extend(below.get(1).map(|code| ("source_code", (*code).to_owned())));
    fields.extend(head.iter().find(|line| line.has("author")).map(|line| ("byline", line.text.clone())));
    fields.extend(at.checked_sub(1).map(|words| ("length", head[words].text.clone())));
    // What stands above the headline is the section.
    let section = head.first().filter(|line| !is_headline(line) && at > 1);
    fields.extend(section.map(|line| ("section", line.text.clone())));
    Ok(fields)
}

/// The headline without the number that a list of results puts before it: "41) Fussballgott im Industriepark".
fn numbered(line: &HtmlLine) -> &str {
    let rest = line.text.split_once(") ").filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    rest.filter(|_| line.has("counted")).map_or(&line.text, |(_, rest)| rest)
}

fn is_time(text: &str) -> bool {
    text.split_once(':').is_some_and(|(hour, rest)| hour.len() <= 2 && hour.parse::<u8>().is_ok() && rest.len() <= 9)
}

/// What stands above the line that ends an article ("Document" and its code), and who published it, which is no paragraph: "New York Times
/// Digital (Full Text)".
fn published(body: &[HtmlLine]) -> (&[HtmlLine], Option<&HtmlLine>) {
    // A caption is longer than a name.
    const MOST_WORDS: usize = 10;
    let is_end = |line: &HtmlLine| {
        let mut words = line.text.split(' ').rev();
        let code = words.next().unwrap_or_default();
        words.count() == 1 && is_number(code)
    };
    let Some(end) = body.iter().position(|line| !line.has(PARAGRAPH) && is_end(line)) else { return (body, None) };
    match body[..end].split_last() {
        Some((last, above)) if !last.has(PARAGRAPH) && last.text.split(' ').count() <= MOST_WORDS => {
            (above, Some(last))
        }
        _ => (&body[..end], None),
    }
}

/// The paragraphs; a line without a class goes on with the one before.
fn text(body: &[HtmlLine]) -> String {
    let mut text = String::new();
    for line in body {
        if !text.is_empty() {
            text.push_str(if line.has(PARAGRAPH) { "\n\n" } else { "\n" });
        }
        text.push_str(&line.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::downloads::html_lines::lines;

    #[test]
    fn fields_are_told_by_their_places_around_the_date() {
        let html = "<p>Menu</p><div id='article-HAFON1' class='article'><div class='article deArticle'><p>\n</p><div>Hafen</div><div id='hd'><span class='deHeadline counted'>1) \
                    Die Bahn kommt</span></div><div class='author'>Pia Lund </div><div>30 W\u{f6}rter</div><div>1 April 2017</div>\
                    <div>09:38</div><div>Hafenpost Online</div><div>HAFON</div><div>Deutsch</div><div>Copyright 2017. Hafenpost</div>\
                    <p class='articleParagraph dearticleParagraph'>Sie kostet eine <b>Million</b>.</p>\
                    <p class='articleParagraph'>Mehr sagt niemand.</p><p>Foto: ein Gleis</p><p>Hafenverlag GmbH &amp; Co. KG</p><p>Dokument HAFON00020170401ed410005l</p></div>\
                    <div class='article enArticle'><div id='hd'><b class='enHeadline'>Rails</b></div><div>9 words</div>\
                    <div>no date</div><p class='articleParagraph'>Rain.</p></div>";
        let lines = lines(html);
        assert!(is_download(&lines));
        let articles = articles(&lines);
        let fields = articles.found[0].as_ref().unwrap();
        for (name, expected) in [
            ("id", "HAFON1"),
            ("title", "Die Bahn kommt"),
            ("date", "1 April 2017"),
            ("outlet", "Hafenpost Online"),
            ("source_code", "HAFON"),
            ("byline", "Pia Lund"),
            ("length", "30 W\u{f6}rter"),
            ("section", "Hafen"),
            ("text", "Sie kostet eine Million.\n\nMehr sagt niemand.\nFoto: ein Gleis"),
            ("publisher", "Hafenverlag GmbH & Co. KG"),
        ] {
            let value = fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!(value, expected, "{name}");
        }
        assert_eq!(articles.found[1], Err("no date in the article \"Rails\"".to_owned()));
    }

    #[test]
    fn codes_name_the_fields_where_there_are_codes() {
        let row =
            |code: &str, value: &str| format!("<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{value}</td></tr>");
        let html = [
            "<div class='article frArticle'><table>".to_owned(),
            row("SE", "Port"),
            row("HD", "<b>Le <span class='hit'>tram</span> co\u{fb}te</b>"),
            row("WC", "30 mots"),
            row("PD", "5 f\u{e9}vrier 2012"),
            row("SN", "La Rade"),
            row("LP", "<p class='articleParagraph frarticleParagraph'>Un million.</p>"),
            row("TD", "<p class='articleParagraph'>Rien.</p><p class='articleParagraph'>IN</p><p class='articleParagraph'>PD</p>"),
            row("IN", "i1 : Trams | i2 : Rails"),
            row("AN", "Document LARADE0020120205e8250000x"),
            "</table></div><p>\u{a9} 2012 Factiva</p>".to_owned(),
        ]
        .concat();
        let lines = lines(&html);
        assert!(is_download(&lines));
        let fields = articles(&lines).found.remove(0).unwrap();
        for (name, expected) in [
            ("title", "Le tram co\u{fb}te"),
            ("date", "5 f\u{e9}vrier 2012"),
            ("outlet", "La Rade"),
            ("text", "Un million.\n\nRien.\n\nIN\n\nPD"),
            ("section", "Port"),
            ("id", "LARADE0020120205e8250000x"),
        ] {
            let value = fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!(value, expected, "{name}");
        }
    }
}
