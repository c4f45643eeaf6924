//! Columns by the names that databases give them: what a study need not say of files whose header shows where they are from.
//!
//! A preset holds only where all columns that it is known by are there, and only for what the study itself says nothing of.

use std::collections::BTreeSet;

use crate::model::CorpusSettings;

/// The columns of one database.
struct Preset {
    /// Its name for people.
    name: &'static str,
    /// Columns that no other table has together.
    known_by: &'static [&'static str],
    /// What stands where: our name, the column.
    columns: &'static [(&'static str, &'static str)],
    /// How it writes dates, where that is neither ISO 8601 nor words.
    date_format: Option<&'static str>,
}

const PRESETS: &[Preset] = &[
    Preset {
        name: "Integrum",
        known_by: &[
            "\u{418}\u{441}\u{442}\u{43e}\u{447}\u{43d}\u{438}\u{43a}",
            "\u{414}\u{430}\u{442}\u{430}",
            "\u{417}\u{430}\u{433}\u{43e}\u{43b}\u{43e}\u{432}\u{43e}\u{43a}",
        ],
        columns: &[
            ("outlet", "\u{418}\u{441}\u{442}\u{43e}\u{447}\u{43d}\u{438}\u{43a}"),
            ("date", "\u{414}\u{430}\u{442}\u{430}"),
            ("title", "\u{417}\u{430}\u{433}\u{43e}\u{43b}\u{43e}\u{432}\u{43e}\u{43a}"),
            ("text", "\u{422}\u{435}\u{43a}\u{441}\u{442}"),
            ("text", "\u{410}\u{43d}\u{43e}\u{43d}\u{441}"),
        ],
        date_format: Some("%d.%m.%y"),
    },
    Preset {
        name: "Media Cloud",
        known_by: &["media_name", "publish_date", "title", "url"],
        columns: &[("id", "id"), ("id", "stories_id"), ("outlet", "media_name"), ("date", "publish_date")],
        date_format: None,
    },
    Preset {
        name: "GDELT",
        known_by: &["url", "title", "seendate", "domain"],
        columns: &[("id", "url"), ("outlet", "domain"), ("date", "seendate")],
        date_format: Some("%Y%m%dT%H%M%SZ"),
    },
];

/// Whether a column has a name by which a database is known.
#[cfg(feature = "spreadsheets")]
pub(super) fn is_known(column: &str) -> bool {
    PRESETS.iter().any(|preset| preset.known_by.contains(&column.trim()))
}

/// Fills in what the study leaves open of a file with these `columns`, where they are those of a database that is known; its name.
pub(super) fn fill_in(settings: &mut CorpusSettings, columns: &[String]) -> Option<&'static str> {
    let there: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
    let preset = PRESETS.iter().find(|preset| preset.known_by.iter().all(|column| there.contains(column)))?;
    for (target, column) in preset.columns {
        let is_said =
            settings.columns.contains_key(*target) || settings.set.contains_key(*target) || there.contains(target);
        if !is_said && there.contains(column) {
            settings.columns.insert((*target).to_owned(), (*column).to_owned());
        }
    }
    if settings.date_format.is_empty() {
        settings.date_format.extend(preset.date_format.map(str::to_owned));
    }
    Some(preset.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_says_what_the_study_leaves_open() {
        let of = |columns: &str, said: &[(&str, &str)]| {
            let mut settings = CorpusSettings::default();
            settings.columns.extend(said.iter().map(|(target, column)| ((*target).to_owned(), (*column).to_owned())));
            let columns: Vec<String> = columns.split(' ').map(str::to_owned).collect();
            let name = fill_in(&mut settings, &columns);
            let shown: Vec<String> =
                settings.columns.iter().map(|(target, column)| format!("{target}={column}")).collect();
            (name, shown.join(" "))
        };
        let cloud = "stories_id publish_date title url language media_id media_name media_url";
        assert_eq!(
            of(cloud, &[]),
            (Some("Media Cloud"), "date=publish_date id=stories_id outlet=media_name".to_owned())
        );
        assert_eq!(
            of(cloud, &[("outlet", "media_url")]),
            (Some("Media Cloud"), "date=publish_date id=stories_id outlet=media_url".to_owned())
        );
        assert_eq!(of("url title seendate domain", &[]).1, "date=seendate id=url outlet=domain");
        assert_eq!(of("id outlet date title text", &[]), (None, String::new()));
    }
}
