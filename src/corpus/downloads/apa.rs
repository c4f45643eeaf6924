//! Downloads of APA, the Austrian press agency, as rich text: a line with the outlet and a day, the headline, the text, and a rule of
//! underscores between articles.

use crate::corpus::dates;
use crate::corpus::downloads::{Articles, Field};

/// The articles in `lines`.
///
/// # Errors
/// Where no line is one that an article begins with.
pub(super) fn articles(lines: &[String]) -> Result<Articles, String> {
    let articles = lines.split(|line| is_rule(line)).filter(|lines| lines.iter().any(|line| !line.is_empty()));
    let found: Vec<_> = articles.map(article).collect();
    if found.iter().all(Result::is_err) {
        return Err(
            "rich text that is no download of APA, Nexis or Factiva; save it as text (.txt) or as a table".to_owned()
        );
    }
    let is_found = lines.iter().any(|line| heading(line).is_some_and(|heading| heading.is_found));
    let note = "says \"gefunden am\" (found on) of articles of the web: their dates are the days on which the archive found them, which \
                may be later than those of the articles";
    Ok(Articles { found, notes: is_found.then(|| note.to_owned()).into_iter().collect(), is_one: false })
}

/// A line of underscores.
fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.chars().all(|c| c == '_')
}

/// What the first line of an article says.
#[derive(Debug, PartialEq, Eq)]
struct Heading<'a> {
    outlet: &'a str,
    date: String,
    /// Whether the day is when the archive found the article.
    is_found: bool,
    page: Option<&'a str>,
}

/// The heading that stands in a line such as `"Die Presse" vom 02.05.2023 Seite: 4`; `None` of another line.
fn heading(line: &str) -> Option<Heading<'_>> {
    let (outlet, rest) = line.strip_prefix(['"', '\u{201e}', '\u{201c}'])?.split_once(['"', '\u{201c}', '\u{201d}'])?;
    let formats = ["%d.%m.%Y".to_owned()];
    let mut words = rest.split_whitespace().map(|word| word.trim_matches([',', ';']));
    let date = words.find_map(|word| dates::parse(word, &formats, None).ok())?;
    let page = rest.split_once("Seite").and_then(|(_, page)| page.trim_start_matches(':').split_whitespace().next());
    Some(Heading { outlet, date: date.to_string(), is_found: rest.contains("gefunden"), page })
}

fn article(lines: &[String]) -> Result<Vec<Field>, String> {
    let mut paragraphs = paragraphs(lines).into_iter();
    let first = paragraphs.next().unwrap_or_default();
    let Some(heading) = heading(&first) else {
        let shown: String = first.chars().take(60).collect();
        return Err(format!("no line with outlet and day above the article that begins \"{shown}\""));
    };
    let mut fields = vec![("outlet", heading.outlet.to_owned()), ("date", heading.date)];
    fields.extend(heading.page.map(|page| ("page", page.to_owned())));
    fields.extend(paragraphs.next().map(|title| ("title", title)));
    fields.push(("text", paragraphs.collect::<Vec<_>>().join("\n\n")));
    fields.retain(|(_, value)| !value.is_empty());
    Ok(fields)
}

/// What stands between empty lines: lines are broken to a width, in headlines too.
fn paragraphs(lines: &[String]) -> Vec<String> {
    let paragraphs = lines.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_begins_with_outlet_and_day_and_ends_at_a_rule() {
        let text = "\"Hafenpost\" vom 02.05.2023 Seite: 4\n\nDie Bahn kostet\neine Million\n\nSie kostet.\n\nMehr nicht.\n\n\
                    ______________________\n\u{201e}Kai.at\u{201c} gefunden am 03.05.2023 10:36 Uhr\n\nRegen\n\nEs regnet.\n\
                    ______________________\nOhne Kopf\n______________________\n\n";
        let articles = articles(&text.lines().map(str::to_owned).collect::<Vec<_>>()).unwrap();
        let shown: Vec<String> = articles
            .found
            .iter()
            .map(|fields| fields.as_ref().map_or_else(String::clone, |fields| format!("{fields:?}")))
            .collect();
        assert_eq!(shown.len(), 3, "{shown:?}");
        for (at, part) in [
            (
                0,
                r#"("outlet", "Hafenpost"), ("date", "2023-05-02"), ("page", "4"), ("title", "Die Bahn kostet eine Million")"#,
            ),
            (0, r#"("text", "Sie kostet.\n\nMehr nicht.")"#),
            (1, r#"("outlet", "Kai.at"), ("date", "2023-05-03"), ("title", "Regen")"#),
            (2, "no line with outlet and day above the article that begins \"Ohne Kopf\""),
        ] {
            assert!(shown[at].contains(part), "{at}: {}", shown[at]);
        }
        assert_eq!(articles.notes.len(), 1, "that days are those of finding is said");
        assert!(super::articles(&["A letter.".to_owned()]).is_err());
    }
}
