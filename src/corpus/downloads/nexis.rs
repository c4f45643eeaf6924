//! Cuts a download of Nexis Uni or Lexis Advance, given as paragraphs, into articles.
//!
//! An article is a title, the outlet, a date, fields ("Length: 937 words"), the line "Body", the text, "Classification" with more
//! fields, and "End of Document". A cover may list all titles before the first article.

use crate::corpus::downloads::{Articles, Field, leading_date};

const END: &str = "End of Document";
const BODY: &str = "Body";

/// Headings that end the text of an article.
const AFTER_BODY: [&str; 6] = ["Classification", "Graphic", "Notes", "Correction", "Load-Date", "Correction-Date"];

/// A line of its own above the copyright.
const CORRECTED: &str = "Correction Appended";

/// Lines inside of the text that only say what follows.
const MARKS: [&str; 2] = ["ABSTRACT", "FULL TEXT"];

/// Fields that are kept, and the column each is in.
const FIELDS: [(&str, &str); 8] = [
    ("Section", "section"),
    ("Length", "length"),
    ("Byline", "byline"),
    ("Dateline", "dateline"),
    ("Highlight", "highlight"),
    ("Language", "language"),
    ("Publication-Type", "publication_type"),
    ("Load-Date", "load_date"),
];

/// The articles in `paragraphs`.
///
/// # Errors
/// Where nothing says that it is such a download.
pub(super) fn articles(paragraphs: &[String]) -> Result<Articles, String> {
    let mut found = Vec::new();
    let mut rest = paragraphs;
    while let Some(end) = rest.iter().position(|line| ends_article(line)) {
        found.push(article(&rest[..end]));
        rest = &rest[end + 1..];
    }
    // What begins like an article and has no end was cut off on its way.
    if rest.iter().any(|line| line == BODY) {
        found.push(Err(format!("the file ends inside of an article, before \"{END}\"; download it again")));
    }
    if found.is_empty() {
        return Err(format!(
            "no \"{END}\" in it, so it is no download of Nexis Uni; save other Word files as text (.txt)"
        ));
    }
    let notes = differences(paragraphs, found.len()).into_iter().collect();
    Ok(Articles { found, notes, is_one: false })
}

/// Whether a line is the last one of an article.
pub(super) fn ends_article(line: &str) -> bool {
    line.trim() == END
}

/// What the file says of the number of its articles, where that is not how many were cut.
fn differences(paragraphs: &[String], articles: usize) -> Option<String> {
    let mut said = Vec::new();
    // A copyright line, a length or a load date may be missing of an article; more of them than articles is odd.
    for mark in [BODY, "Length", "Load-Date"] {
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
    let Some(body) = lines.iter().position(|line| *line == BODY) else {
        return Err(format!("no line \"{BODY}\" in the article that begins \"{}\"", shortened(first)));
    };
    let (head, below) = (&lines[..body], &lines[body + 1..]);
    let end = below.iter().position(|line| ends_text(line)).unwrap_or(below.len());
    let (text, tail) = below.split_at(end);
    let mut fields = titled(head);
    let mut text: Vec<&str> = text.iter().copied().filter(|line| !MARKS.contains(line)).collect();
    // The New York Times ends each article with its address, "http://www.nytimes.com" of old ones.
    let url = text.pop_if(|line| is_address(line));
    fields.push(("text", text.join("\n\n")));
    fields.extend(url.map(|url| ("url", url.to_owned())));
    for (name, column) in FIELDS {
        let value = head.iter().chain(tail).find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        fields.extend(value.map(|value| (column, value.trim().to_owned())));
    }
    Ok(fields)
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
    let is_field = |name: &&str| line.strip_prefix(*name).is_some_and(|rest| rest.starts_with(':'));
    AFTER_BODY.contains(&line) || AFTER_BODY[4..].iter().any(is_field)
}

/// Title, outlet and date: of the last date above the text, what stands in the line, the one before and the one before that. Above
/// them a cover may stand, which has dates too.
fn titled(head: &[&str]) -> Vec<Field> {
    let copyright = head.iter().rposition(|line| line.starts_with("Copyright")).unwrap_or(head.len());
    let dated = (2..copyright).rev().find_map(|at| Some((at, leading_date(head[at])?)));
    // Of an article without a date the copyright stands in its place: it is the load that is dated then, not the article.
    let (at, date) = dated.unwrap_or((copyright, ""));
    let mut above: Vec<&str> = head[..at].iter().copied().filter(|line| *line != CORRECTED).collect();
    // "The New York Times Blogs", "(Sinosphere)": a part of an outlet stands in brackets below it.
    let part = above.pop_if(|line| line.starts_with('(') && line.ends_with(')')).filter(|_| above.len() > 1);
    let [.., title, outlet] = above[..] else { return Vec::new() };
    let part = part.map(|part| ("part", part.trim_matches(['(', ')']).to_owned()));
    // "Guardian.com." is the outlet's name with a full stop.
    let outlet = outlet.trim_end_matches('.').to_owned();
    [("title", headline(title)), ("outlet", outlet), ("date", date.to_owned())].into_iter().chain(part).collect()
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
    fn what_is_cut_off_or_has_no_text_is_a_record_all_the_same() {
        let articles = cut(&format!("{ONE}A title\nEnd of Document\n{}", ONE.replace("End of Document\n", "")));
        let told: Vec<bool> = articles.found.iter().map(Result::is_ok).collect();
        assert_eq!(told, [true, false, false]);
        assert!(super::articles(&["A letter.".to_owned()]).unwrap_err().contains("no download of Nexis Uni"));
    }
}
