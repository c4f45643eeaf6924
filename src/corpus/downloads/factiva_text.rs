//! Cuts a download of Factiva as rich text or text into articles: the lines are those of its pages (`factiva`), without their classes, and
//! each article ends with "Document" and its number.

use std::collections::BTreeSet;

use crate::corpus::downloads::factiva::{self, CODES, PARAGRAPH};
use crate::corpus::downloads::html_lines::HtmlLine;
use crate::corpus::downloads::{Articles, leading_date};

/// Whether a line is the last one of an article: `Document QUAYM00020060602e26200012`, with or without the code "AN" before it.
pub(super) fn ends_article(line: &str) -> bool {
    let mut words = line.split_whitespace().rev();
    let is_numbered = words.next().is_some_and(factiva::is_number);
    is_numbered && words.next().is_some_and(|word| word.starts_with("Do")) && words.count() <= 1
}

/// The articles in `lines`.
pub(super) fn articles(lines: &[String]) -> Articles {
    let whole = lines.iter().rposition(|line| ends_article(line)).map_or(0, |end| end + 1);
    let articles = lines[..whole].split_inclusive(|line| ends_article(line));
    let mut found: Vec<_> = articles.map(|lines| factiva::article(&classed(lines))).collect();
    // What has a date behind the last end was cut off on its way.
    if lines[whole..].iter().any(|line| is_date(line)) {
        found.push(Err(
            "the file ends inside of an article, before \"Document\" and its number; download it again".to_owned()
        ));
    }
    Articles { found, ..Articles::default() }
}

fn is_date(line: &str) -> bool {
    leading_date(line).is_some_and(|date| date == line)
}

/// The lines of an article as a page has them.
fn classed(lines: &[String]) -> Vec<HtmlLine> {
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or_default();
    let lines = &lines[start..];
    if lines.iter().any(|line| code(line).is_some_and(|(code, _)| code == "HD")) { coded(lines) } else { placed(lines) }
}

/// The code that a line begins with, and the rest of it.
fn code(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line.split_once(' ').unwrap_or((line, ""));
    CODES.iter().any(|(known, _)| *known == code).then_some((code, rest.trim()))
}

/// Each code as a line of its own, once: "IN" may begin a paragraph.
fn coded(lines: &[String]) -> Vec<HtmlLine> {
    let mut seen = BTreeSet::new();
    let mut classed = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        match code(line).filter(|(code, _)| seen.insert(*code)) {
            Some((code, rest)) => {
                classed.push(of(code, None));
                classed.extend((!rest.is_empty()).then(|| of(rest, None)));
            }
            None => classed.push(of(line, Some(PARAGRAPH))),
        }
    }
    classed
}

/// Head and paragraphs. The text begins below the line on rights, or else below outlet, code and language.
fn placed(lines: &[String]) -> Vec<HtmlLine> {
    const LINES_BELOW_DATE: usize = 3;
    const RIGHTS: [&str; 5] = ["\u{a9}", "(c)", "(C)", "Copyright", "Alle Rechte"];
    let Some(dated) = lines.iter().position(|line| is_date(line)) else { return Vec::new() };
    let near = lines.iter().enumerate().skip(dated).take(3 * LINES_BELOW_DATE);
    let rights = near.filter(|(_, line)| RIGHTS.iter().any(|word| line.starts_with(word))).map(|(at, _)| at).next();
    let start = (rights.unwrap_or(dated + LINES_BELOW_DATE) + 1).min(lines.len());
    let above: Vec<&String> = lines[..dated].iter().filter(|line| !line.is_empty()).collect();
    let (title, author) = title_and_author(&above);
    let mut classed: Vec<HtmlLine> = above.iter().map(|line| of(line, None)).collect();
    for (at, class) in title.map(|at| (at, "#hd")).into_iter().chain(author.map(|at| (at, "author"))) {
        classed[at].classes.insert(class.to_owned());
    }
    // Pages of Factiva bear the number of an article so.
    let number = lines.last().and_then(|line| line.rsplit(' ').next()).unwrap_or_default();
    if let Some(first) = classed.first_mut() {
        first.classes.insert(format!("#article-{number}"));
    }
    classed.extend(lines[dated..start].iter().filter(|line| !line.is_empty()).map(|line| of(line, None)));
    for paragraph in paragraphs(&lines[start..]) {
        let class = (!ends_article(&paragraph)).then_some(PARAGRAPH);
        classed.push(of(&paragraph, class));
    }
    classed
}

/// Which of the lines above the date are headline and author. The last is the length; of two above it the second is an author where it
/// says so, and else the first is a section.
fn title_and_author(above: &[&String]) -> (Option<usize>, Option<usize>) {
    const BY: [&str; 8] = ["By ", "BY ", "Von ", "Par ", "PAR ", "Por ", "Di ", "Door "];
    let is_author = |at: usize| BY.iter().any(|word| above[at].starts_with(word));
    match above.len() {
        0 => (None, None),
        1 | 2 => (Some(0), None),
        3 if is_author(1) => (Some(0), Some(1)),
        3 => (Some(1), None),
        _ => (Some(1), Some(2)),
    }
}

/// What stands between empty lines, where lines are broken to a width; else each line.
fn paragraphs(lines: &[String]) -> Vec<String> {
    const WIDEST: usize = 100;
    let is_wide = lines.iter().any(|line| line.chars().count() > WIDEST);
    let groups = lines.split(String::is_empty).filter(|group| !group.is_empty());
    groups.flat_map(|group| if is_wide { group.to_vec() } else { vec![group.join(" ")] }).collect()
}

fn of(text: &str, class: Option<&str>) -> HtmlLine {
    HtmlLine { classes: class.map(str::to_owned).into_iter().collect(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read_with_codes_and_without() {
        let placed = "Port|Tram swallows a million|By Pia Lund|358 words|2 June 2006|09:38 GMT|Quay Mail|QUAYM|English|\u{a9} 2006 Quay Mail||\
                      It does.||Nobody|came.||Document QUAYM00020060602e26200012|";
        let coded = "SE Port|HD Tram swallows a million|BY By Pia Lund|WC 358 words|PD 2 June 2006|SN Quay Mail|SC QUAYM|LA English|\
                     LP It does.|TD|Nobody came.|IN i1 : Trams|AN Document QUAYM00020060602e26200012|";
        for (name, text) in [("places", placed), ("codes", coded)] {
            let text = format!("{text}|{text}|cut off|358 words|2 June 2006|Quay Mail");
            let articles = articles(&text.split('|').map(str::to_owned).collect::<Vec<_>>());
            let told: Vec<bool> = articles.found.iter().map(Result::is_ok).collect();
            assert_eq!(told, [true, true, false], "{name}: {articles:?}");
            let fields = articles.found[1].as_ref().unwrap();
            for expected in [
                ("id", "QUAYM00020060602e26200012"),
                ("title", "Tram swallows a million"),
                ("date", "2 June 2006"),
                ("outlet", "Quay Mail"),
                ("byline", "By Pia Lund"),
                ("section", "Port"),
                ("text", "It does.\n\nNobody came."),
            ] {
                assert!(
                    fields.iter().any(|(name, value)| (*name, &value[..]) == expected),
                    "{name}: {expected:?} {fields:?}"
                );
            }
        }
    }
}
