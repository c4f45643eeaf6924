//! What records say without a column of that name: the outlet by the host of their address, the day by the names that feeds and services
//! give it.
//!
//! Holds only for what neither the study nor the file has a column for, and is said in a note. Nothing else is guessed: whether
//! `source` is an outlet or an agency only the study knows.

use std::collections::BTreeSet;

use crate::model::CorpusSettings;

/// Columns of addresses, and of days of publication.
const ADDRESSES: [&str; 2] = ["url", "link"];
const DAYS: [&str; 8] = [
    "published",
    "published_at",
    "publishedAt",
    "publish_date",
    "date_published",
    "datePublished",
    "pubDate",
    "publication_date",
];

/// The column that `target` is read from, where neither the study nor the file says one, of a file with the columns `has`.
pub(super) fn column_for(target: &str, settings: &CorpusSettings, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    let names: &[&str] = match target {
        "outlet" => &ADDRESSES,
        "date" => &DAYS,
        _ => return None,
    };
    let is_said = settings.columns.contains_key(target) || settings.set.contains_key(target) || has(target);
    if is_said { None } else { names.iter().copied().find(|name| has(name)) }
}

/// What to say of a file with these columns.
pub(super) fn notes(settings: &CorpusSettings, columns: &BTreeSet<String>) -> Vec<String> {
    let column = |target| column_for(target, settings, |name| columns.contains(name));
    let outlet = column("outlet").map(|column| format!("outlet read as the host of \"{column}\""));
    let date = column("date").map(|column| format!("date read from \"{column}\""));
    outlet.into_iter().chain(date).collect()
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
    }
}
