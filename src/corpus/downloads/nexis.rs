//! Cuts a download of Nexis Uni or Lexis Advance, given as paragraphs, into articles.
//!
//! An article is a title, the outlet, a date, fields ("Length: 937 words"), the line "Body", the text, "Classification" with more
//! fields, and "End of Document". A cover may list all titles before the first article.

use crate::corpus::downloads::{Articles, Field, issue, leading_date};

/// The line that ends an article, and the one above its text, in the languages of the service.
const ENDS: [&str; 8] = [
    "End of Document",
    "Ende des Dokuments",
    "Dokumentende",
    "Fin du document",
    "Fin del documento",
    "Fine del documento",
    "Einde van document",
    "Fim do documento",
];
const BODIES: [&str; 8] =
    ["Body", "Textk\u{f6}rper", "Hauptteil", "Corps", "Corps de l'article", "Cuerpo", "Corpo", "Hoofdtekst"];

/// What a file is that Nexis Uni puts beside the documents of an archive.
pub(super) const LIST: &str = "a list of the documents of Nexis Uni";

/// Headings that end the text of an article.
const AFTER_BODY: [&str; 9] = [
    "Classification",
    "Klassifizierung",
    "Clasificaci\u{f3}n",
    "Graphic",
    "Notes",
    "Correction",
    "Load-Date",
    "Ladedatum",
    "Correction-Date",
];

/// A line of its own above the copyright.
const CORRECTED: &str = "Correction Appended";

/// Lines inside of the text that only say what follows.
const MARKS: [&str; 2] = ["ABSTRACT", "FULL TEXT"];

/// Fields that are kept, the column each is in and its names in the languages of the service.
const FIELDS: [(&str, &[&str]); 8] = [
    ("section", &["Section", "Rubrik", "Rubrique", "Secci\u{f3}n", "Sezione", "Sectie", "Se\u{e7}\u{e3}o"]),
    ("length", &["Length", "L\u{e4}nge", "Longueur", "Longitud", "Lunghezza", "Lengte", "Comprimento"]),
    ("byline", &["Byline", "Autor", "Auteur", "Autore", "Signature", "Verfasser"]),
    ("dateline", &["Dateline", "Ortsmarke"]),
    ("highlight", &["Highlight"]),
    ("language", &["Language", "Sprache", "Langue", "Idioma", "Lingua", "Taal"]),
    ("publication_type", &["Publication-Type", "Publikationstyp"]),
    ("load_date", &["Load-Date", "Ladedatum"]),
];

/// The articles in `paragraphs`.
///
/// # Errors
/// Where nothing says that it is such a download.
pub(super) fn articles(paragraphs: &[String]) -> Result<Articles, String> {
    let mut found = Vec::new();
    let mut rest = paragraphs;
    // Where a program lost the lines that end articles, the day of loading stands last in each.
    let is_end = if paragraphs.iter().any(|line| ends_article(line)) { ends_article } else { is_loaded };
    while let Some(end) = rest.iter().position(|line| is_end(line)) {
        found.push(article(&rest[..=end]));
        rest = &rest[end + 1..];
    }
    // What begins like an article and has no end was cut off on its way.
    if rest.iter().any(|line| is_body(line)) {
        found.push(Err(format!("the file ends inside of an article, before \"{}\"; download it again", ENDS[0])));
    }
    if found.is_empty() {
        return Err(refusal(paragraphs));
    }
    let notes = differences(paragraphs, found.len()).into_iter().collect();
    Ok(Articles { found, notes, is_one: false })
}

/// Why there is no article in a file.
fn refusal(paragraphs: &[String]) -> String {
    if paragraphs.iter().any(|line| announced(line).is_some()) {
        return format!("{LIST}, without their texts; download the documents themselves");
    }
    format!("no \"{}\" in it, so it is no download of Nexis Uni; save other files as text (.txt)", ENDS[0])
}

/// Whether a line is the last one of an article.
pub(super) fn ends_article(line: &str) -> bool {
    ENDS.contains(&line.trim())
}

fn is_loaded(line: &str) -> bool {
    is_mark(line, "Load-Date") || is_mark(line, "Ladedatum")
}

fn is_body(line: &str) -> bool {
    BODIES.contains(&line.trim())
}

/// What the file says of the number of its articles, where that is not how many were cut.
fn differences(paragraphs: &[String], articles: usize) -> Option<String> {
    let mut said = Vec::new();
    // A copyright line, a length or a load date may be missing of an article; more of them than articles is odd.
    for mark in [BODIES[0], "Length", "Load-Date"] {
        let found = paragraphs.iter().filter(|line| is_mark(line, mark)).count();
        said.extend((found > articles).then(|| format!("{found} \"{mark}\"")));
    }
    let cover = paragraphs.iter().find_map(|line| announced(line)).filter(|cover| *cover != articles);
    said.extend(cover.map(|cover| format!("a cover that announces {cover} documents")));
    (!said.is_empty())
        .then(|| format!("{articles} articles end in it, beside {}; look at the file", said.join(" and ")))
}

/// How many documents a cover announces: "Documents (50)".
fn announced(line: &str) -> Option<usize> {
    line.strip_prefix("Documents (")?.strip_suffix(')')?.parse().ok()
}

/// Whether a line is `mark`, alone or before a colon.
fn is_mark(line: &str, mark: &str) -> bool {
    line.trim().strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// The values of the article that stands in these paragraphs, or why there are none.
fn article(paragraphs: &[String]) -> Result<Vec<Field>, String> {
    let lines: Vec<&str> = paragraphs.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let first = lines.iter().find(|line| !line.is_empty()).copied().unwrap_or_default();
    let marked = lines.iter().position(|line| is_body(line));
    let Some((end_of_head, start)) = marked.map(|body| (body, body + 1)).or_else(|| unmarked_body(&lines)) else {
        return Err(format!("no line \"{}\" in the article that begins \"{}\"", BODIES[0], shortened(first)));
    };
    let (head, below) = (&lines[..end_of_head], &lines[start..]);
    let end = below.iter().position(|line| ends_text(line)).unwrap_or(below.len());
    let (text, tail) = below.split_at(end);
    let mut fields = titled(head);
    let mut text: Vec<&str> = text.iter().copied().filter(|line| !MARKS.contains(line)).collect();
    // The New York Times ends each article with its address, "http://www.nytimes.com" of old ones.
    let url = text.pop_if(|line| is_address(line));
    fields.push(("text", text.join("\n\n")));
    fields.extend(url.map(|url| ("url", url.to_owned())));
    for (column, names) in FIELDS {
        let value = head.iter().chain(tail).find_map(|line| value(line, names));
        fields.extend(value.map(|value| (column, value.to_owned())));
    }
    Ok(fields)
}

/// What stands behind one of these names and a colon.
fn value<'a>(line: &'a str, names: &[&str]) -> Option<&'a str> {
    let (name, value) = line.split_once(':')?;
    names.contains(&name.trim_end()).then_some(value.trim())
}

/// Where the text begins that no line stands above: below the fields that follow the copyright, of which one is the length.
fn unmarked_body(lines: &[&str]) -> Option<(usize, usize)> {
    let is_field = |line: &&str| FIELDS.iter().any(|(_, names)| value(line, names).is_some());
    let length = lines.iter().position(|line| value(line, FIELDS[1].1).is_some())?;
    let start = length + lines[length..].iter().take_while(|line| is_field(line)).count();
    (start < lines.len() && !ends_text(lines[start])).then_some((start, start))
}

/// Whether a line is an address of the web and nothing else.
fn is_address(line: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| line.starts_with(scheme)) && !line.contains(char::is_whitespace)
}

/// A headline in one line, without what the archive says of later corrections: "THE REPUBLICANS;\nExcerpts - Correction Appended".
fn headline(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    line.strip_suffix(CORRECTED).map_or(line.clone(), |title| title.trim_end_matches([' ', '-']).to_owned())
}

fn ends_text(line: &str) -> bool {
    AFTER_BODY.contains(&line) || value(line, &AFTER_BODY[6..]).is_some() || ends_article(line)
}

/// Title, outlet and date: of the last date above the text, what stands in the line, the one before and the one before that. Above
/// them a cover may stand, which has dates too.
fn titled(head: &[&str]) -> Vec<Field> {
    let copyright = head.iter().rposition(|line| line.starts_with("Copyright")).unwrap_or(head.len());
    let dated = (2..copyright).rev().find_map(|at| Some((at, day(head[at])?)));
    // Of an article without a date the copyright stands in its place: it is the load that is dated then, not the article.
    let (at, date) = dated.unwrap_or((copyright, Vec::new()));
    let mut above: Vec<&str> = head[..at].iter().copied().filter(|line| *line != CORRECTED).collect();
    // "The New York Times Blogs", "(Sinosphere)": a part of an outlet stands in brackets below it.
    let part = above.pop_if(|line| line.starts_with('(') && line.ends_with(')')).filter(|_| above.len() > 1);
    let [ref titles @ .., outlet] = above[..] else { return Vec::new() };
    // A headline of several lines, each but the last with a semicolon, may be as many paragraphs.
    let more = titles.iter().rev().skip(1).take_while(|line| line.ends_with(';')).count();
    let Some(first) = titles.len().checked_sub(more + 1) else { return Vec::new() };
    let title = &titles[first..].join(" ");
    let part = part.map(|part| ("part", part.trim_matches(['(', ')']).to_owned()));
    // "Guardian.com." is the outlet's name with a full stop.
    let outlet = outlet.trim_end_matches('.').to_owned();
    [("title", headline(title)), ("outlet", outlet)].into_iter().chain(date).chain(part).collect()
}

/// The day that a line names, or the first one of the issue of a magazine.
fn day(line: &str) -> Option<Vec<Field>> {
    leading_date(line).map(|date| vec![("date", date.to_owned())]).or_else(|| issue(line))
}

fn shortened(line: &str) -> String {
    line.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Articles {
        articles(&text.lines().map(str::to_owned).collect::<Vec<_>>()).unwrap()
    }

    const ONE: &str = "Tram swallows a million\nQuay Mail\nMay 2, 2023 Tuesday Final Edition\nCopyright 2023 Quay Mail Ltd\n\
                       Section: NEWS; Pg. 3\nLength: 12 words\nByline: Pia Lund\nBody\nThe tram swallows a million.\nNobody came.\n\
                       Classification\nLanguage: ENGLISH\nSubject: TRAMS (90%)\nLoad-Date: May 3, 2023\nEnd of Document\n";

    #[test]
    fn an_article_has_title_outlet_date_text_and_fields() {
        let articles = cut(ONE);
        let fields = articles.found[0].as_ref().unwrap();
        let value = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        for (name, expected) in [
            ("title", "Tram swallows a million"),
            ("outlet", "Quay Mail"),
            ("date", "May 2, 2023 Tuesday"),
            ("text", "The tram swallows a million.\n\nNobody came."),
            ("section", "NEWS; Pg. 3"),
            ("byline", "Pia Lund"),
            ("language", "ENGLISH"),
            ("load_date", "May 3, 2023"),
        ] {
            assert_eq!(value(name), expected, "{name}");
        }
        assert!(articles.notes.is_empty());
    }

    #[test]
    fn a_part_in_brackets_is_no_outlet() {
        let articles = cut(&ONE.replace("Quay Mail\nMay", "Quay Mail Blogs\n(Rails)\nMay"));
        let fields = articles.found[0].as_ref().unwrap();
        assert_eq!(
            &fields[..2],
            [("title", "Tram swallows a million".to_owned()), ("outlet", "Quay Mail Blogs".to_owned())]
        );
        assert!(fields.contains(&("part", "Rails".to_owned())));
    }

    #[test]
    fn an_address_is_no_text_and_a_headline_is_one_line() {
        let head = ONE.replace("Tram swallows a million", "RAILS;Tram swallows  a million - Correction Appended");
        let mut lines: Vec<String> = head
            .replace("Nobody came.", "Nobody came.\nhttps://quay.example/tram.html")
            .lines()
            .map(str::to_owned)
            .collect();
        lines[0] = lines[0].replace(';', ";\n");
        let articles = articles(&lines).unwrap();
        let fields = articles.found[0].as_ref().unwrap();
        for field in [
            ("title", "RAILS; Tram swallows a million"),
            ("text", "The tram swallows a million.\n\nNobody came."),
            ("url", "https://quay.example/tram.html"),
        ] {
            assert!(fields.contains(&(field.0, field.1.to_owned())), "{field:?}: {fields:?}");
        }
    }

    #[test]
    fn a_cover_is_no_article_and_its_number_is_held_against_what_is_there() {
        let cover =
            "User Name: A\nDate and Time: May 9, 2023\nDocuments (3)\n1. Tram swallows a million\nSources: Quay Mail\n";
        let articles = cut(&format!("{cover}{ONE}{ONE}"));
        assert_eq!(articles.found.len(), 2);
        let title = &articles.found[0].as_ref().unwrap()[0];
        assert_eq!(title, &("title", "Tram swallows a million".to_owned()));
        assert!(articles.notes[0].contains("a cover that announces 3 documents"), "{:?}", articles.notes);
    }

    #[test]
    fn the_service_speaks_other_languages_and_leaves_lines_out() {
        let german = ONE.replace("Body", "Textk\u{f6}rper").replace("Length: 12 words", "L\u{e4}nge: 12 W\u{f6}rter");
        let german = german.replace("End of Document", "Ende des Dokuments").replace("Byline", "Autor");
        let monthly = ONE.replace("May 2, 2023 Tuesday Final Edition", "Summer, 2023");
        for (name, text, date) in [
            ("German", german, "May 2, 2023 Tuesday"),
            ("no line above the text", ONE.replace("Body\n", ""), "May 2, 2023 Tuesday"),
            ("no line at the end", ONE.replace("End of Document\n", ""), "May 2, 2023 Tuesday"),
            ("a season", monthly, "2023-06-01"),
            (
                "a headline in two",
                ONE.replace("Tram swallows a million\n", "Tram swallows;\na million\n"),
                "May 2, 2023 Tuesday",
            ),
        ] {
            let articles = cut(&format!("{text}{text}"));
            assert_eq!(articles.found.len(), 2, "{name}: {articles:?}");
            let fields = articles.found[1].as_ref().unwrap();
            for expected in [
                ("outlet", "Quay Mail"),
                ("date", date),
                ("byline", "Pia Lund"),
                ("text", "The tram swallows a million.\n\nNobody came."),
            ] {
                assert!(
                    fields.iter().any(|(name, value)| (*name, &value[..]) == expected),
                    "{name}: {expected:?} {fields:?}"
                );
            }
            assert_eq!(fields[0].1.replace(';', ""), "Tram swallows a million", "{name}");
        }
        let list = ["Documents (2)", "1. Tram swallows a million"].map(str::to_owned);
        assert!(super::articles(&list).unwrap_err().contains("a list of the documents"));
    }

    #[test]
    fn what_is_cut_off_or_has_no_text_is_a_record_all_the_same() {
        let articles = cut(&format!("{ONE}A title\nEnd of Document\n{}", ONE.replace("End of Document\n", "")));
        let told: Vec<bool> = articles.found.iter().map(Result::is_ok).collect();
        assert_eq!(told, [true, false, false]);
        assert!(super::articles(&["A letter.".to_owned()]).unwrap_err().contains("no download of Nexis Uni"));
    }
}
