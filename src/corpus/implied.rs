//! What records say without a column of that name: the outlet by the host of their address, the day, title and text by the names that
//! feeds, services and crawlers give them, and any of these by its own name in capitals.
//!
//! Holds only for what neither the study nor the file has a column for, and is said in a note. Nothing else is guessed: whether
//! `source` is an outlet or an agency only the study knows.

use std::collections::BTreeSet;

use crate::model::CorpusSettings;

/// Names of columns by what they stand for, surest first.
const NAMES: [(&str, &[&str]); 4] = [
    ("outlet", &["media_name", "source_domain", "url", "link", "webUrl", "web_url", "hostname"]),
    (
        "date",
        &[
            "published",
            "published_at",
            "publishedAt",
            "publish_date",
            "date_publish",
            "date_published",
            "datePublished",
            "published_date",
            "pubDate",
            "pub_date",
            "publication_date",
            "webPublicationDate",
            "seendate",
        ],
    ),
    ("title", &["headline", "webTitle"]),
    ("text", &["maintext", "article_text", "full_text", "fulltext", "body_text", "content", "body"]),
];

/// What can be read from a column of another name.
pub(super) const TARGETS: [&str; 4] = ["outlet", "date", "title", "text"];

/// The column that `target` is read from, where neither the study nor the file says one, of a file with these `columns`.
pub(super) fn column_for<'a>(
    target: &str,
    settings: &CorpusSettings,
    columns: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let (own, names) = NAMES.iter().find(|(name, _)| *name == target)?;
    let is_said = settings.columns.contains_key(target) || settings.set.contains_key(target);
    if is_said || columns.clone().any(|column| column == target) {
        return None;
    }
    let free = columns.filter(|column| !settings.columns.values().any(|mapped| mapped == column));
    let mut names = std::iter::once(own).chain(*names);
    names.find_map(|name| free.clone().find(|column| column.eq_ignore_ascii_case(name)))
}

/// What to say of a file with these columns.
pub(super) fn notes(settings: &CorpusSettings, columns: &BTreeSet<String>) -> Vec<String> {
    let of = |target: &str| {
        let column = column_for(target, settings, columns.iter().map(String::as_str))?;
        let is_host = target == "outlet" && is_address(column);
        Some(format!("{target} read {} \"{column}\"", if is_host { "as the host of" } else { "from" }))
    };
    TARGETS.into_iter().filter_map(of).collect()
}

/// Whether a column from which the outlet is read holds addresses, of which the host is meant.
pub(super) fn is_address(column: &str) -> bool {
    const ADDRESSES: [&str; 4] = ["url", "link", "webUrl", "web_url"];
    ADDRESSES.iter().any(|name| name.eq_ignore_ascii_case(column))
}

/// Whether a column of a table has one of the names that are known, however it is spelt.
#[cfg(feature = "spreadsheets")]
pub(super) fn is_known(column: &str) -> bool {
    let column = column.trim();
    let mut known = NAMES.iter().flat_map(|(own, names)| std::iter::once(own).chain(*names));
    known.any(|name| name.eq_ignore_ascii_case(column))
}

/// The host of an address, without `www.`; empty where it is no address.
pub(super) fn host(url: &str) -> String {
    let Some((_, rest)) = url.trim().split_once("://") else { return String::new() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let host = host.to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_the_address_without_all_else() {
        for (url, expected) in [
            ("https://www.Quay-Mail.example/news/1", "quay-mail.example"),
            ("http://news.quay.example:8080?x=1", "news.quay.example"),
            ("https://pia:secret@quay.example#top", "quay.example"),
            ("quay.example/news", ""),
            ("", ""),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn only_what_nobody_says_is_implied() {
        let columns: BTreeSet<String> = ["url", "published", "text"].map(str::to_owned).into();
        let of = |settings: &CorpusSettings| notes(settings, &columns).join("; ");
        assert_eq!(of(&CorpusSettings::default()), "outlet read as the host of \"url\"; date read from \"published\"");
        let mut settings = CorpusSettings::default();
        settings.set.insert("outlet".to_owned(), "A".to_owned());
        settings.columns.insert("date".to_owned(), "day".to_owned());
        assert_eq!(of(&settings), "");
        let said = |columns: &[&str]| {
            let columns: BTreeSet<String> = columns.iter().map(|column| (*column).to_owned()).collect();
            notes(&CorpusSettings::default(), &columns).join("; ")
        };
        assert_eq!(
            said(&["Date", "Title", "URL"]),
            "outlet read as the host of \"URL\"; date read from \"Date\"; title read from \"Title\""
        );
        assert_eq!(
            said(&["date_publish", "maintext", "source_domain", "title", "url"]),
            "outlet read from \"source_domain\"; date read from \"date_publish\"; text read from \"maintext\""
        );
        assert_eq!(said(&["outlet", "date", "title", "text", "content", "Outlet"]), "");
    }
}
