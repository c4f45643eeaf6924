//! Title, day, address, author and language of a page's article, from what the page says of itself.

use crate::corpus::dates;
use crate::corpus::pages::structured_data::structured_data;
use crate::corpus::pages::tree::{Element, Tree};

/// Names under which pages give the day of an article, surest first (Open Graph, schema.org, Dublin Core, and services for
/// publishers); in lower case.
const DAYS: [&str; 18] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "article_date_original",
    "published",
    "cxenseparse:recs:publishtime",
    "date",
];

/// What a page says of its article, each value under the name of its column; empty where it says nothing.
pub(super) fn facts(page: &Tree) -> Vec<(&'static str, String)> {
    let said = structured_data(page);
    let site = first_meta(page, &["og:site_name"]);
    let url = url(page);
    let day = day(page, &said.date, &url).unwrap_or_default();
    let language = page.elements.iter().find(|element| element.name == "html" && !element.attribute("lang").is_empty());
    let language =
        language.map_or("", |element| element.attribute("lang")).split(['-', '_']).next().unwrap_or_default();
    let byline = first_meta(page, &["author", "article:author", "parsely-author"]);
    let section = first_meta(page, &["article:section", "section"]);
    vec![
        ("title", title(page, &said.headline, &site)),
        ("date", day),
        ("url", url),
        ("byline", if said.author.is_empty() { byline } else { said.author }),
        ("section", if said.section.is_empty() { section } else { said.section }),
        ("site", site),
        ("language", language.trim().to_lowercase()),
    ]
}

/// The content of the first `<meta>` of this name or property.
fn meta(page: &Tree, name: &str) -> Option<String> {
    let is_named = |element: &&Element| {
        element.name == "meta"
            && ["property", "name", "itemprop"].iter().any(|key| element.attribute(key).eq_ignore_ascii_case(name))
    };
    let mut found = page.elements.iter().filter(is_named).map(|element| element.attribute("content").trim());
    found.find(|content| !content.is_empty()).map(str::to_owned)
}

fn first_meta(page: &Tree, names: &[&str]) -> String {
    names.iter().find_map(|name| meta(page, name)).unwrap_or_default()
}

/// The title, without the name of the site behind it: "Tram swallows a million | Quay Mail".
fn title(page: &Tree, headline: &str, site: &str) -> String {
    let heading = |name: &str| {
        let elements = page.elements.iter().enumerate().filter(|(_, element)| element.name == name);
        elements.map(|(number, _)| page.text(number)).find(|text| !text.is_empty())
    };
    let said = Some(headline.to_owned()).filter(|headline| !headline.is_empty());
    let title = said.or_else(|| meta(page, "og:title")).or_else(|| heading("h1")).or_else(|| heading("title"));
    let title = title.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = title.strip_suffix(site).filter(|_| !site.is_empty()).map(str::trim_end);
    let separators = ['|', '-', '\u{2013}', '\u{2014}', '\u{b7}', ':'];
    match bare.and_then(|rest| rest.strip_suffix(separators)).map(str::trim_end) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => title,
    }
}

fn url(page: &Tree) -> String {
    let mut links = page.elements.iter().filter(|element| element.name == "link");
    let canonical = links.find(|link| link.attribute("rel").eq_ignore_ascii_case("canonical"));
    let canonical = canonical.map(|link| link.attribute("href").trim().to_owned());
    // A path alone, "/news/1", names no site.
    let is_whole = |url: &String| url.contains("://");
    canonical.filter(is_whole).or_else(|| meta(page, "og:url").filter(is_whole)).unwrap_or_default()
}

/// The first day that can be read: what search engines are told, `<meta>`, `<time>`, the address.
fn day(page: &Tree, said: &str, url: &str) -> Option<String> {
    let times = page
        .elements
        .iter()
        .filter(|element| element.name == "time" || element.attribute("itemprop") == "datePublished");
    let times = times.map(|element| element.attribute("datetime").to_owned());
    let named = DAYS.iter().filter_map(|name| meta(page, name));
    let read = |text: &str| dates::parse(text, &[], None).ok().map(|day| day.to_string());
    std::iter::once(said.to_owned()).chain(named).chain(times).find_map(|text| read(&text)).or_else(|| day_in(url))
}

/// The day in an address: `/2023/05/02/tram`, `/2023-05-02-tram`, `/20230502/tram`.
fn day_in(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let whole = parts.iter().filter(|part| part.len() == 8).map(|part| (*part).to_owned());
    let is_number = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let in_parts =
        parts.windows(3).filter(|part| is_number(part[0], 4) && is_number(part[1], 2) && is_number(part[2], 2));
    let candidates = in_parts.map(|parts| parts.join("-")).chain(whole.filter(|part| is_number(part, 8)));
    candidates.filter_map(|text| dates::parse(&text, &[], None).ok()).map(|day| day.to_string()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_title_day_and_address_in_many_ways() {
        for (html, name, expected) in [
            ("<title>Tram | Quay Mail</title><meta property='og:site_name' content='Quay Mail'>", "title", "Tram"),
            ("<title>Tram</title><h1>The <b>tram</b>\n comes</h1>", "title", "The tram comes"),
            ("<meta name='DC.date.issued' content='2023-05-02'>", "date", "2023-05-02"),
            ("<meta itemprop=datePublished content='2023-05-02T23:10:00+02:00'>", "date", "2023-05-02"),
            ("<p>Of old: <time datetime='2023-05-02 10:00'>today</time>", "date", "2023-05-02"),
            (
                "<meta name=date content=soon><link rel=canonical href='https://quay.example/2023/05/02/tram'>",
                "date",
                "2023-05-02",
            ),
            ("<meta property='og:url' content='https://quay.example/a-20230502-tram'>", "date", "2023-05-02"),
            (
                "<link rel=canonical href='/a'><meta property='og:url' content='https://quay.example/a'>",
                "url",
                "https://quay.example/a",
            ),
            ("<html lang='de-AT'>", "language", "de"),
            ("<meta name=author content='Pia Lund'>", "byline", "Pia Lund"),
        ] {
            let facts = facts(&Tree::parse(html));
            let value = facts.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!(value, expected, "{html}");
        }
    }
}
