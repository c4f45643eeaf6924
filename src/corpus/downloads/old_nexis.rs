//! Cuts a download of the old Nexis, as text or HTML, into articles.
//!
//! Each begins with "1 of 74 DOCUMENTS", in whatever language the service spoke; then come the outlet, the date, the title, fields
//! ("LENGTH: 239 words", "LÄNGE: 306 Wörter"), the text, and more fields. So fields are told by their capitals, not by their names.

use crate::corpus::downloads::{Articles, Field, issue, leading_date};

/// Fields that are kept, in the languages of the service. Law reviews have a name and a few words on the author.
const FIELDS: [(&str, &[&str]); 8] = [
    ("byline", &["BYLINE", "AUTOR", "AUTEUR", "SIGNATURE", "NAME", "AUTORE", "FIRMA"]),
    ("bio", &["BIO"]),
    ("section", &["SECTION", "RUBRIK", "RUBRIQUE", "SECTIE", "SECCIÓN", "SEZIONE"]),
    ("length", &["LENGTH", "LÄNGE", "LONGUEUR", "LENGTE", "LONGITUD", "LUNGHEZZA", "COMPRIMENTO"]),
    ("dateline", &["DATELINE", "ORTSZEILE"]),
    ("highlight", &["HIGHLIGHT", "CHAPEAU"]),
    ("language", &["LANGUAGE", "SPRACHE", "LANGUE", "TAAL", "IDIOMA", "LINGUA"]),
    ("load_date", &["LOAD-DATE", "UPDATE", "DATE-CHARGEMENT", "FECHA-CARGA"]),
];

/// Fields that name the headline, where it does not stand by itself, and one whose value is the text.
const TITLES: [&str; 5] = ["HEADLINE", "TITLE", "TITRE", "TITEL", "TÍTULO"];
const TEXT: &str = "TEXT";

/// Fields that stand behind the text only.
const TAIL: [&str; 20] = [
    "DATE-CHARGEMENT",
    "FECHA-CARGA",
    "IDIOMA",
    "LINGUA",
    "TYPE-PUBLICATION",
    "LOAD-DATE",
    "UPDATE",
    "LANGUAGE",
    "SPRACHE",
    "LANGUE",
    "TAAL",
    "GRAPHIC",
    "GRAFIK",
    "PUBLICATION-TYPE",
    "SUBJECT",
    "NOTES",
    "JOURNAL-CODE",
    "DOCUMENT-TYPE",
    "PUB-TYPE",
    "PUB-SUBJECT",
];

/// How many articles a line announces that says "1 of 74 DOCUMENTS" or "Dokument 1 von 74"; `None` of another line.
pub(super) fn announced(line: &str) -> Option<usize> {
    const WORDS: [&str; 4] = ["Dokument", "Document", "Documento", "DOCUMENT"];
    let words: Vec<&str> = line.split_whitespace().collect();
    let [first, second, third, fourth] = words[..] else { return None };
    let is_title = fourth.len() >= 4 && fourth.chars().all(char::is_uppercase);
    let (number, of) = if WORDS.contains(&first) { (second, fourth) } else { (first, third) };
    let (number, of): (usize, usize) = (number.parse().ok()?, of.parse().ok()?);
    ((is_title || WORDS.contains(&first)) && number <= of).then_some(of)
}

/// The articles in `paragraphs`, whose lines are joined.
pub(super) fn articles(paragraphs: &[String]) -> Articles {
    let starts: Vec<usize> = (0..paragraphs.len()).filter(|at| announced(&paragraphs[*at]).is_some()).collect();
    let ends = starts.iter().skip(1).copied().chain([paragraphs.len()]);
    let found: Vec<_> = starts.iter().zip(ends).map(|(start, end)| article(&paragraphs[start + 1..end])).collect();
    let most = paragraphs.iter().filter_map(|line| announced(line)).max().unwrap_or_default();
    let said = format!("announces {most} documents, and {} begin in it; look for the rest in other files", found.len());
    Articles { notes: (most != found.len()).then_some(said).into_iter().collect(), found, is_one: false }
}

/// What stands before the colon of a paragraph that is a field, and the value.
fn field(paragraph: &str) -> Option<(&str, &str)> {
    let (name, value) = paragraph.split_once(':')?;
    let is_capital = |c: char| c.is_uppercase() || matches!(c, '-' | ' ' | '/');
    let is_name = (name.len() >= 4 || name == "BIO")
        && name.len() <= 40
        && name.chars().all(is_capital)
        && name.starts_with(char::is_uppercase);
    is_name.then_some((name, value.trim()))
}

/// Whether a paragraph above the text is a field. "MOSCOW: The troops ..." and "TRAM: A MILLION IS GONE" are none, though their first
/// word stands in capitals: what has no name that is known is short.
fn is_head_field(paragraph: &str) -> bool {
    const MOST_WORDS: usize = 12;
    let is_short = field(paragraph).is_some_and(|(_, value)| value.split_whitespace().count() <= MOST_WORDS);
    is_short || is_known_field(paragraph)
}

fn is_known_field(paragraph: &str) -> bool {
    let known = |name: &str| {
        name == TEXT
            || TAIL.contains(&name)
            || TITLES.contains(&name)
            || FIELDS.iter().any(|(_, names)| names.contains(&name))
    };
    field(paragraph).is_some_and(|(name, _)| known(name)) || is_length(paragraph)
}

/// Whether a line is a length without its name: "184 words".
fn is_length(line: &str) -> bool {
    const UNITS: [&str; 5] = ["words", "mots", "woorden", "Wörter", "Woerter"];
    line.split_once(' ').is_some_and(|(number, unit)| number.parse::<u32>().is_ok() && UNITS.contains(&unit))
}

fn is_copyright(paragraph: &str) -> bool {
    ["Copyright", "All Rights Reserved", "Rights Reserved", "Alle Rechte", "©"]
        .iter()
        .any(|word| paragraph.starts_with(word))
}

/// Whether a line above the date is about rights or about who typed it, and neither outlet nor headline: "No City News Service material
/// may be republished without the express written permission of the City News Service, Inc."
fn is_notice(paragraph: &str) -> bool {
    const WORDS: [&str; 9] = [
        "all rights reserved",
        "alle rechte",
        "tous droits",
        "permission",
        "may not be",
        "may be republished",
        "may be reproduced",
        "prepared by",
        "http://",
    ];
    let lower = paragraph.to_lowercase();
    is_copyright(paragraph) || WORDS.iter().any(|words| lower.contains(words))
}

/// An article taken apart: what stands above its date, the date and perhaps the issue, what stands below.
struct Parts<'a> {
    above: Vec<&'a str>,
    date: Vec<Field>,
    below: Vec<&'a str>,
}

/// The parts of an article. Reports and some magazines have no day: "January 2009", or nothing at all; then a field must say that it is
/// an article and not the rest of one ("Copyright 2009 Quay Publishing" between two pages), and the date is that of the issue, if any.
fn parts<'a>(paragraphs: &[&'a str]) -> Option<Parts<'a>> {
    const LINES_TO_DATE: usize = 8;
    let near = paragraphs.len().min(LINES_TO_DATE);
    if let Some((at, date)) = (0..near).find_map(|at| Some((at, leading_date(paragraphs[at])?))) {
        let mut below = paragraphs[at + 1..].to_vec();
        // The headline of a transcript stands below the name of the show.
        if below.len() > 1 && field(below[0]).is_some_and(|(name, _)| name == "SHOW") {
            below.swap(0, 1);
        }
        return Some(Parts { above: paragraphs[..at].to_vec(), date: vec![("date", date.to_owned())], below });
    }
    let first_field = paragraphs.iter().position(|line| is_known_field(line))?;
    let head: Vec<&str> = paragraphs[..first_field].iter().flat_map(|paragraph| names(paragraph)).collect();
    let outlet = head.iter().position(|line| !is_notice(line))?;
    let dated = head.iter().position(|line| issue(line).is_some());
    let at = dated.unwrap_or(outlet + 1).min(head.len());
    let mut date = dated.and_then(|at| issue(head[at])).unwrap_or_default();
    let below = head[at..].iter().skip(usize::from(dated.is_some()));
    date.extend(below.clone().find(|line| is_citation(line)).map(|line| ("citation", (*line).to_owned())));
    let below = below.filter(|line| !is_citation(line)).chain(&paragraphs[first_field..]).copied().collect();
    Some(Parts { above: head[..at].to_vec(), date, below })
}

/// The lines of a paragraph in which names may stand. A review stands in the last one below the rights of its publisher: "Copyright 2008
/// Quay Bar Association", "Section of Rails", "The Rail Review".
fn names(paragraph: &str) -> Vec<&str> {
    if is_copyright(paragraph) {
        paragraph.lines().next_back().into_iter().collect()
    } else {
        paragraph.lines().collect()
    }
}

/// Whether a line says how lawyers cite an article: "47-4 Pub. Util. & Trans. 3".
fn is_citation(line: &str) -> bool {
    let is_page = line.rsplit(' ').next().is_some_and(|page| page.bytes().all(|byte| byte.is_ascii_digit()));
    line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ") && is_page
}

/// The outlet, and what else stands above the date. A line on rights may have the outlet below it, without a space between.
fn outlet_of<'a>(above: &[&'a str]) -> (&'a str, Option<&'a str>) {
    let mut words = above.iter().filter(|line| !is_notice(line));
    let below_rights = || above.iter().flat_map(|paragraph| paragraph.lines()).find(|line| !is_notice(line));
    match words.next() {
        Some(outlet) => (outlet.trim_end_matches('.'), words.next().copied()),
        None => (below_rights().unwrap_or_default().trim_end_matches('.'), None),
    }
}

fn article(paragraphs: &[String]) -> Result<Vec<Field>, String> {
    let lines: Vec<&str> = paragraphs.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let Some(Parts { above, date, below: rest }) = parts(&lines) else {
        let first: String = lines.first().map_or("", |line| *line).chars().take(60).collect();
        return Err(format!("no line with a date in the article that begins \"{first}\""));
    };
    // Agencies and some papers have their headline above the date: "Wirtschaftsblatt", "AUFNAHME DER TUERKEI ...", "15. April 2003".
    let (outlet, early) = outlet_of(&above);
    let mut fields = vec![("outlet", outlet.to_owned())];
    fields.extend(date);
    // A headline alone is a text of its own only where no field stands between it and a text.
    let late = rest.first().copied().filter(|line| early.is_none() && !is_known_field(line));
    let late = late.filter(|_| rest.iter().any(|line| is_known_field(line)));
    let rest = &rest[usize::from(late.is_some())..];
    let (head, below) = rest.split_at(end_of_head(rest));
    let named = head.iter().find_map(|line| field(line).filter(|(name, _)| TITLES.contains(name)));
    if let Some(title) = named.map(|(_, title)| title).or(early).or(late) {
        let (title, below) = title.split_once(";\n").unwrap_or((title, ""));
        fields.push(("title", joined(title)));
        fields.push(("subtitle", joined(below)));
    }
    let (text, tail) = below.split_at(end_of_text(below));
    let first = head.iter().find_map(|line| field(line).filter(|(name, value)| *name == TEXT && !value.is_empty()));
    let text: Vec<String> = first.iter().map(|(_, text)| text).chain(text).map(|paragraph| joined(paragraph)).collect();
    fields.push(("text", text.join("\n\n")));
    for (column, names) in FIELDS {
        let named = |line: &&str| field(line).filter(|(name, _)| names.contains(name)).map(|(_, value)| joined(value));
        fields.extend(head.iter().chain(tail).find_map(named).map(|value| (column, value)));
    }
    fields.retain(|(_, value)| !value.is_empty());
    Ok(fields)
}

/// Where the fields above the text end. A text of one line may look like one: "FLASH: ASSEMBLY ADOPTS RESOLUTION".
fn end_of_head(rest: &[&str]) -> usize {
    let end = rest.iter().take_while(|line| is_head_field(line)).count();
    let has_text = rest.get(end).is_some_and(|line| !is_copyright(line));
    let is_words = |line: &&str| !is_known_field(line) && field(line).is_some_and(|(_, value)| !value.is_empty());
    let last_words = rest[..end].iter().rposition(is_words);
    if has_text { end } else { last_words.unwrap_or(end) }
}

/// Where the text ends: at a field that stands behind texts only, else before the fields and the copyright at the very end.
fn end_of_text(below: &[&str]) -> usize {
    let is_tail = |line: &&str| field(line).is_some_and(|(name, _)| TAIL.contains(&name));
    let last = below.iter().rposition(|line| field(line).is_none() && !is_copyright(line)).map_or(0, |at| at + 1);
    below.iter().position(is_tail).unwrap_or(last).min(last.max(1)).min(below.len())
}

/// A paragraph whose lines were broken to a width, in one line: a line end would end a sentence.
fn joined(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_cut_whatever_language_the_service_spoke() {
        let german = "1 of 2 DOCUMENTS|Hafenpost|Mittwoch 31. August 2011|Die Bahn kommt;\nund sie ist teuer|AUTOR: Pia\n Lund|\
                      LÄNGE: 30 Wörter|Die Bahn kostet eine\nMillion.|Mehr sagt niemand: nichts.|UPDATE: 2. September 2011|\
                      SPRACHE: GERMAN|Copyright 2011 Hafenpost|Alle Rechte vorbehalten";
        let english = "2 of 2 DOCUMENTS|Quay Mail|May 2, 2023 Tuesday 6:10 PM EST|Tram swallows a million|LENGTH: 9 words|It does.|\
                       LOAD-DATE: May 3, 2023|Copyright 2023 Quay Mail";
        let lines: Vec<String> = format!("Download Request|{german}|{english}").split('|').map(str::to_owned).collect();
        let articles = articles(&lines);
        assert!(articles.notes.is_empty(), "{:?}", articles.notes);
        let value = |article: usize, name: &str| {
            let fields = articles.found[article].as_ref().unwrap();
            fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value).to_owned()
        };
        for (article, name, expected) in [
            (0, "outlet", "Hafenpost"),
            (0, "date", "Mittwoch 31. August 2011"),
            (0, "title", "Die Bahn kommt"),
            (0, "subtitle", "und sie ist teuer"),
            (0, "byline", "Pia Lund"),
            (0, "text", "Die Bahn kostet eine Million.\n\nMehr sagt niemand: nichts."),
            (0, "language", "GERMAN"),
            (1, "title", "Tram swallows a million"),
            (1, "text", "It does."),
            (1, "load_date", "May 3, 2023"),
        ] {
            assert_eq!(value(article, name), expected, "{article} {name}");
        }
        assert!(super::articles(&lines[..lines.len() - 8]).notes[0].contains("announces 2 documents, and 1 begin"));
    }

    #[test]
    fn a_review_is_dated_by_its_season_and_a_file_may_number_its_documents() {
        let review = "Dokument 1 von 1|Copyright \u{a9} 2008 Quay Bar Association\nSection of Rails and\nHarbours\nThe Rail Review|\
                      Summer, 2008|47-4 Rail. & Harb. Rev. 3|Report on a Meeting|NAME: By Pia Lund|BIO: Pia Lund is counsel of the harbour, and has \
                      been so for years, in Quay.|TEXT:|It met.|Nobody came.";
        let articles = articles(&review.split('|').map(str::to_owned).collect::<Vec<_>>());
        let fields = articles.found[0].as_ref().unwrap();
        for expected in [
            ("outlet", "The Rail Review"),
            ("date", "2008-06-01"),
            ("issue", "Summer, 2008"),
            ("citation", "47-4 Rail. & Harb. Rev. 3"),
            ("title", "Report on a Meeting"),
            ("byline", "By Pia Lund"),
            ("text", "It met.\n\nNobody came."),
        ] {
            assert!(fields.iter().any(|(name, value)| (*name, &value[..]) == expected), "{expected:?}: {fields:?}");
        }
        for (line, number) in [
            ("1 VON 7 DOKUMENTEN", Some(7)),
            ("Document 2 de 7", Some(7)),
            ("Document 9 of 7", None),
            ("Chapter 1 of 7", None),
        ] {
            assert_eq!(announced(line), number, "{line}");
        }
    }

    #[test]
    fn a_flash_is_a_text_and_a_line_on_rights_is_no_article() {
        let flash =
            "1 of 2 DOCUMENTS|Quay Wire|May 2, 2023|LENGTH: 4 words|FLASH: TRAM STANDS STILL|LOAD-DATE: May 3, 2023";
        let lines: Vec<String> =
            format!("{flash}|2 of 2 DOCUMENTS|Copyright 2023 Quay Wire").split('|').map(str::to_owned).collect();
        let found = articles(&lines).found;
        let fields = found[0].as_ref().unwrap();
        assert!(fields.contains(&("text", "FLASH: TRAM STANDS STILL".to_owned())), "{fields:?}");
        assert!(fields.contains(&("load_date", "May 3, 2023".to_owned())), "{fields:?}");
        assert!(found[1].is_err());
    }

    #[test]
    fn the_outlet_stands_first_and_neither_notice_nor_headline_is_one() {
        for (head, outlet, title) in [
            (
                "Quay Mail|No Quay Mail material may be republished\nwithout permission.|May 2, 2023|Tram|LENGTH: 2 words",
                "Quay Mail",
                "Tram",
            ),
            (
                "Copyright 2003 Quay Mail|Quay Mail|TRAM SWALLOWS A MILLION|May 2, 2023|LENGTH: 2 words",
                "Quay Mail",
                "TRAM SWALLOWS A MILLION",
            ),
            (
                "Copyright 2003 Quay Mail\nQuay Mail|2 mai 2023|SECTION: Tram|TITRE: La ligne;\nChère",
                "Quay Mail",
                "La ligne",
            ),
            (
                "Quay Reports\nTrams Q1 2009\nJanuary 2009|TITLE: Two lines|LOAD-DATE: May 3, 2009",
                "Quay Reports",
                "Two lines",
            ),
            ("Quay TV|May 2, 2023|SHOW: QUAY TONIGHT 7:00 PM|Trams; Rain|BYLINE: Pia Lund", "Quay TV", "Trams; Rain"),
            ("Quay Mail|May 2, 2023|Trams at night|184 words", "Quay Mail", "Trams at night"),
            ("Quay Weekly|Trams: A Vision|BYLINE: Pia Lund|LENGTH: 2 words", "Quay Weekly", "Trams: A Vision"),
            ("Quay Mail|http://quay.example/tram.html|May 2, 2023|Tram|LENGTH: 2 words", "Quay Mail", "Tram"),
        ] {
            let lines: Vec<String> =
                format!("1 of 1 DOCUMENTS|{head}|It does.").split('|').map(str::to_owned).collect();
            let articles = articles(&lines);
            let fields = articles.found[0].as_ref().unwrap();
            let value = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!((value("outlet"), value("title"), value("text")), (outlet, title, "It does."), "{head}");
        }
    }
}
