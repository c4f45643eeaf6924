//! Guesses which column of a table of articles is what, for the first study file. A guess is written into the file beside its
//! reason, never made in a run: what the study file says is all that counts there.

use crate::model::{ColumnProfile, FileProfile};

/// What the first study file says of its corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstColumns {
    /// What was found, in the order of [`ROLES`].
    pub guesses: Vec<ColumnGuess>,
    /// The `date_format` that the dates need; empty where they need none.
    pub date_format: String,
    /// Formats that fit all dates alike, where there is more than one: only a person can tell.
    pub either_format: Vec<String>,
    /// The column that a run takes for the date by its name, although few of its values can be read as one, and what they are.
    pub unread_date: Option<ColumnGuess>,
    /// Columns with few values, by which groups could be compared where no outlet was found.
    pub groupings: Vec<String>,
}

/// A column, and why it is taken for what it is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnGuess {
    /// What Parallax calls it: `id`, `outlet`, `date`, `title` or `text`.
    pub role: &'static str,
    /// Its name in the file.
    pub column: String,
    /// The reason, for a comment.
    pub reason: String,
}

/// A role, and the names that such columns bear in exports of databases, scrapers and archives; in lower case, without signs.
struct Role {
    name: &'static str,
    names: &'static [&'static str],
    fits: fn(&ColumnProfile, &FileProfile) -> bool,
}

/// In the order in which they choose.
const ROLES: [Role; 5] = [
    Role {
        name: "date",
        names: &[
            "date",
            "publishdate",
            "publicationdate",
            "pubdate",
            "datepublished",
            "publishedat",
            "published",
            "dateofpublication",
            "loaddate",
            "datum",
            "data",
            "fecha",
            "timestamp",
            "datetime",
            "time",
            "day",
            "created",
            "createdat",
        ],
        fits: |column, _| best_date(column).is_some(),
    },
    Role {
        name: "text",
        names: &[
            "text",
            "fulltext",
            "body",
            "content",
            "articletext",
            "articlebody",
            "maintext",
            "bodytext",
            "article",
            "story",
            "volltext",
            "inhalt",
            "texte",
            "texto",
            "testo",
            "tekst",
            "contenu",
            "contenido",
            "sentence",
        ],
        fits: |column, file| {
            (plain(&column.name) == "text" || column.median_length >= 20)
                && file.columns.iter().all(|other| other.median_length <= 3 * column.median_length)
        },
    },
    Role {
        name: "title",
        names: &[
            "title",
            "headline",
            "heading",
            "head",
            "hl",
            "articletitle",
            "titel",
            "titre",
            "titulo",
            "titolo",
            "schlagzeile",
            "ueberschrift",
            "überschrift",
            "tytul",
        ],
        fits: |column, _| (5..=300).contains(&column.median_length),
    },
    Role {
        name: "outlet",
        names: &[
            "outlet",
            "source",
            "sourcename",
            "newspaper",
            "publication",
            "publisher",
            "medium",
            "media",
            "medianame",
            "mediaoutlet",
            "paper",
            "sitename",
            "website",
            "site",
            "domain",
            "channel",
            "station",
            "quelle",
            "zeitung",
            "journal",
            "periodico",
            "diario",
            "testata",
            "fuente",
            "zrodlo",
        ],
        fits: |column, file| is_grouping(column, file),
    },
    Role {
        name: "id",
        names: &["id", "articleid", "docid", "documentid", "uid", "uuid", "guid", "storyid", "storiesid", "nr", "url"],
        fits: |column, file| column.filled == file.records && is_distinct(column) && column.median_length <= 200,
    },
];

/// What each column is by its name and its values: both must fit. A column named as Parallax names it wins over others.
#[must_use]
pub fn first_columns(file: &FileProfile) -> FirstColumns {
    let mut first = FirstColumns::default();
    for role in &ROLES {
        let Some((column, reason)) = chosen(role, file, &first) else { continue };
        if role.name == "date" {
            (first.date_format, first.either_format) = date_format(column);
        }
        first.guesses.push(ColumnGuess { role: role.name, column: column.name.clone(), reason });
    }
    if first.get("date").is_none() {
        first.unread_date = unread_date(file).filter(|date| first.role_of(&date.column).is_none());
    }
    if first.get("outlet").is_none() {
        let groupings = file.columns.iter().filter(|it| is_grouping(it, file) && first.role_of(&it.name).is_none());
        first.groupings = groupings.map(|column| column.name.clone()).collect();
    }
    first
}

/// The column of a role that is still free, and the reason: by name and values, by a name that a run goes by whatever the values are,
/// or by values that can be nothing else.
fn chosen<'f>(role: &Role, file: &'f FileProfile, first: &FirstColumns) -> Option<(&'f ColumnProfile, String)> {
    let free: Vec<&ColumnProfile> = file.columns.iter().filter(|it| first.role_of(&it.name).is_none()).collect();
    let fitting: Vec<&ColumnProfile> = free.iter().copied().filter(|it| (role.fits)(it, file)).collect();
    let named = role.names.iter().find_map(|name| fitting.iter().find(|column| plain(&column.name) == **name));
    if let Some(column) = named {
        return Some((*column, seen(column)));
    }
    // Of no day that cannot be read a period can be made.
    let readable = if role.name == "date" { &fitting } else { &free };
    let by_name = file.by_name.get(role.name).and_then(|name| readable.iter().find(|column| column.name == *name));
    if let Some(column) = by_name {
        let is_fitting = (role.fits)(column, file);
        let reason = if is_fitting { seen(column) } else { format!("by its name alone: {}", seen(column)) };
        return Some((*column, reason));
    }
    let column = unnamed(role, &fitting)?;
    Some((column, format!("by its values alone: {}", seen(column))))
}

/// What a run takes for the date, of values that are none.
fn unread_date(file: &FileProfile) -> Option<ColumnGuess> {
    let name = file.by_name.get("date")?;
    let reason = match file.columns.iter().find(|column| column.name == *name) {
        Some(column) => format!("few of its values can be read as dates without a date_format: {}", seen(column)),
        None => "it is empty".to_owned(),
    };
    Some(ColumnGuess { role: "date", column: name.clone(), reason })
}

impl FirstColumns {
    /// The column taken for `role`.
    #[must_use]
    pub fn get(&self, role: &str) -> Option<&str> {
        self.guesses.iter().find(|guess| guess.role == role).map(|guess| guess.column.as_str())
    }

    fn role_of(&self, column: &str) -> Option<&str> {
        self.guesses.iter().find(|guess| guess.column == column).map(|guess| guess.role)
    }
}

/// The one column whose values can be nothing else. A title, a group or an id cannot be told from other short texts so.
fn unnamed<'a>(role: &Role, fitting: &[&'a ColumnProfile]) -> Option<&'a ColumnProfile> {
    match role.name {
        "date" => match fitting {
            [only] if best_date(only).is_some_and(|best| best * 10 >= only.filled * 9) => Some(*only),
            _ => None,
        },
        "text" => {
            fitting.iter().copied().max_by_key(|column| column.median_length).filter(|it| it.median_length >= 200)
        }
        _ => None,
    }
}

/// A name without its signs and capitals: `Publish-Date` and `publish_date` are one.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A column with several records a value, whose values are short.
fn is_grouping(column: &ColumnProfile, file: &FileProfile) -> bool {
    let values = column.values.len() as u64;
    let is_repeated = values * 2 <= column.filled || file.records < 10;
    !column.has_more_values && is_repeated && column.median_length <= 60 && best_date(column).is_none()
}

fn is_distinct(column: &ColumnProfile) -> bool {
    column.has_more_values || column.values.len() as u64 == column.filled
}

/// How many values the best way of reading dates can read, where that is most of them.
fn best_date(column: &ColumnProfile) -> Option<u64> {
    let best = column.dates.iter().map(|fit| fit.read).max()?;
    (best * 2 > column.filled).then_some(best)
}

/// The format that dates need, and all that fit as well as it; the way without a format goes first.
fn date_format(column: &ColumnProfile) -> (String, Vec<String>) {
    let best = best_date(column);
    let mut fitting: Vec<String> =
        column.dates.iter().filter(|fit| Some(fit.read) == best).map(|fit| fit.format.clone()).collect();
    match fitting.first() {
        Some(first) if first.is_empty() || fitting.len() == 1 => (fitting.swap_remove(0), Vec::new()),
        _ => (String::new(), fitting),
    }
}

/// A few of the values, for a comment.
fn seen(column: &ColumnProfile) -> String {
    const SHOWN: usize = 3;
    if column.median_length > 60 {
        return format!("{} characters in the middle", column.median_length);
    }
    let values: Vec<String> = column.values.iter().take(SHOWN).map(|value| format!("{value:?}")).collect();
    let more = if column.values.len() > SHOWN || column.has_more_values { ", ..." } else { "" };
    format!("{}{more}", values.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::model::DateFit;

    use super::*;

    fn column(name: &str, values: &[&str], dates: &[(&str, u64)]) -> ColumnProfile {
        let mut lengths: Vec<usize> = values.iter().map(|value| value.chars().count()).collect();
        lengths.sort_unstable();
        let mut distinct: Vec<String> = Vec::new();
        for value in values {
            if !distinct.iter().any(|it| it == value) {
                distinct.push((*value).to_owned());
            }
        }
        ColumnProfile {
            name: name.to_owned(),
            filled: values.len() as u64,
            median_length: lengths[lengths.len() / 2],
            values: distinct,
            has_more_values: false,
            dates: dates.iter().map(|(format, read)| DateFit { format: (*format).to_owned(), read: *read }).collect(),
        }
    }

    fn found(columns: Vec<ColumnProfile>) -> FirstColumns {
        let records = columns.iter().map(|column| column.filled).max().unwrap_or(0);
        first_columns(&FileProfile { columns, records, ..FileProfile::default() })
    }

    #[test]
    fn a_column_is_what_its_name_and_its_values_say() {
        let long = "The council met on Monday and voted for the dam after a long debate.";
        let first = found(vec![
            column("Source", &["Herald", "Tribune", "Herald", "Herald"], &[]),
            column("Publish-Date", &["03.02.2022", "14.02.2022", "15.02.2022", "16.02.2022"], &[("%d.%m.%Y", 4)]),
            column("Headline", &["Dam wins", "Dam loses", "Dam waits", "Dam stands"], &[]),
            column("Article", &[long; 4], &[]),
            column("article_id", &["a1", "a2", "a3", "a4"], &[]),
        ]);
        for (role, name) in [
            ("outlet", "Source"),
            ("date", "Publish-Date"),
            ("title", "Headline"),
            ("text", "Article"),
            ("id", "article_id"),
        ] {
            assert_eq!(first.get(role), Some(name), "{role}");
        }
        assert_eq!((first.date_format.as_str(), first.either_format.len()), ("%d.%m.%Y", 0));
    }

    #[test]
    fn a_name_alone_is_not_enough() {
        let first = found(vec![
            column("date", &["spring", "summer"], &[]),
            column("source", &["By A. Writer of the Herald, who has reported on dams for many years now", "x"], &[]),
            column("id", &["7", "7"], &[]),
        ]);
        assert_eq!(first.guesses, []);
    }

    /// "T1" and "T2", or an outlet for each record, are no reason to say that there is no such column.
    #[test]
    fn what_a_run_takes_by_name_is_said_to_be_there() {
        let columns = vec![
            column("outlet", &["Herald", "Tribune", "Courier"], &[]),
            column("title", &["T1", "T2", "T3"], &[]),
            column("date", &["spring", "summer", "autumn"], &[]),
        ];
        let by_name = ["outlet", "title", "date"].map(|role| (role, role.to_owned())).into();
        let first = first_columns(&FileProfile { columns, by_name, records: 30, ..FileProfile::default() });
        assert_eq!((first.get("outlet"), first.get("title"), first.get("date")), (Some("outlet"), Some("title"), None));
        let unread = first.unread_date.map(|date| (date.column, date.reason)).unwrap();
        assert_eq!(unread.0, "date");
        assert!(
            unread.1.starts_with("few of its values can be read as dates without a date_format: \"spring\""),
            "{}",
            unread.1
        );
        let by_name = [("date", "seendate".to_owned())].into();
        let first = first_columns(&FileProfile { by_name, records: 30, ..FileProfile::default() });
        assert_eq!(first.unread_date.unwrap().reason, "it is empty");
    }

    #[test]
    fn days_and_months_that_may_be_swapped_are_left_to_the_person() {
        let first = found(vec![column("date", &["03/02/2022", "04/02/2022"], &[("%d/%m/%Y", 2), ("%m/%d/%Y", 2)])]);
        assert_eq!(first.date_format, "");
        assert_eq!(first.either_format, ["%d/%m/%Y", "%m/%d/%Y"]);
    }

    #[test]
    fn without_an_outlet_the_columns_with_few_values_are_named() {
        let first = found(vec![
            column("section", &["World", "Sport", "World", "World"], &[]),
            column("note", &["a", "b", "c", "d"], &[]),
        ]);
        assert_eq!((first.get("outlet"), &first.groupings[..]), (None, &["section".to_owned(), "note".to_owned()][..]));
    }
}
