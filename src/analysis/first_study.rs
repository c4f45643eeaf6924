//! A first study file from a table of articles: what its columns seem to be, with the reason beside each guess.

use std::fmt::Write as _;
use std::path::Path;

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::way_to;
use crate::corpus::profile;
use crate::model::FileProfile;
use crate::study::{ColumnGuess, FirstColumns, first_columns};

/// Records that are looked at: enough to meet most outlets of a table that is sorted by date.
const RECORDS: u64 = 2_000;

/// A study file that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstStudy {
    /// The text of the study file.
    pub text: String,
    /// What was guessed of the columns.
    pub columns: FirstColumns,
    /// What was looked at.
    pub profile: FileProfile,
}

/// The study file in the folder `folder` for the articles of `from` (a file, a folder or a pattern) and the codebook of
/// that path, relative to `folder`.
///
/// # Errors
/// When the articles cannot be read, or no column of theirs looks like a text or a title.
pub fn first_study(from: &str, folder: &Path, codebook: &str) -> Result<FirstStudy, AnalysisError> {
    let profile = profile(from, RECORDS)?;
    if profile.records == 0 {
        return Err(AnalysisError::NoRecords { file: from.to_owned() });
    }
    let columns = first_columns(&profile);
    let has_words = profile.one_document || columns.get("text").or(columns.get("title")).is_some();
    if !has_words {
        let names: Vec<&str> = profile.columns.iter().map(|column| column.name.as_str()).collect();
        return Err(AnalysisError::NoTextColumn { file: from.to_owned(), columns: names.join(", ") });
    }
    let path = way_to(folder, Path::new(from));
    let text = study_text(&path, &columns, codebook);
    Ok(FirstStudy { text, columns, profile })
}

fn study_text(path: &str, columns: &FirstColumns, codebook: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(name);
    let mut text = format!(
        "# A Parallax study: everything the results depend on. Begun from the first records of {name}; look at every guess.\n\
         # Look at the corpus with: parallax check study.toml; then: parallax run study.toml\n\
         title    = {}\n\
         seed     = 1                        # of every random stream; the same seed gives the same bytes\n\
         codebook = {}\n\
         output   = \"results\"\n\n\
         [[corpus]]\npath = {}\n",
        quoted(stem),
        quoted(codebook),
        quoted(path),
    );
    corpus_keys(&mut text, columns, stem);
    text.push_str("\n[compare]\nby     = \"outlet\"                  # any column\n");
    if !columns.groupings.is_empty() {
        let names: Vec<String> = columns.groupings.iter().map(|name| quoted(name)).collect();
        line(&mut text, &format!("# no column looks like an outlet; groups could be: by = {}", names.join(" or ")));
    }
    match (columns.get("date"), &columns.unread_date) {
        (Some(_), _) => text.push_str(
            "period = \"month\"                   # day, week, month, quarter, year, or a list of days to cut at\n",
        ),
        (None, Some(date)) => {
            let unread = format!("needs dates; the column {} is there, but {}", quoted(&date.column), date.reason);
            line(&mut text, &format!("# period = \"month\"                 # {unread}"));
        }
        (None, None) => {
            text.push_str("# period = \"month\"                 # needs dates, and no column looks like one\n");
        }
    }
    text.push_str("unit   = \"sentence\"                # or \"document\"\n");
    text
}

/// `columns`, `set` and `date_format`, each guess with its reason.
fn corpus_keys(text: &mut String, columns: &FirstColumns, stem: &str) {
    for guess in &columns.guesses {
        line(text, &format!("# {} is the column {}: {}", guess.role, quoted(&guess.column), guess.reason));
    }
    if let Some(ColumnGuess { column, reason, .. }) = &columns.unread_date {
        line(text, &format!("# date is read from the column {}, but {reason}", quoted(column)));
    }
    let renamed = columns.guesses.iter().filter(|guess| guess.role != guess.column);
    let renamed: Vec<String> = renamed.map(|guess| format!("{} = {}", guess.role, quoted(&guess.column))).collect();
    if !renamed.is_empty() {
        line(text, &format!("columns = {{ {} }}", renamed.join(", ")));
    }
    if columns.get("outlet").is_none() {
        line(
            text,
            &format!(
                "set = {{ outlet = {} }}   # the same for every record: no column looks like an outlet",
                quoted(stem)
            ),
        );
    }
    if !columns.date_format.is_empty() {
        line(text, &format!("date_format = {}", quoted(&columns.date_format)));
    } else if !columns.either_format.is_empty() {
        let formats: Vec<String> = columns.either_format.iter().map(|format| quoted(format)).collect();
        line(text, &format!("# date_format = {}   # each fits all dates: only you can tell", formats.join(" or ")));
    }
}

fn line(text: &mut String, line: &str) {
    // Writing to a string cannot fail. A comment must stay one line whatever a cell holds.
    let _ = writeln!(text, "{}", line.replace(['\n', '\r'], " "));
}

/// The value as a string of TOML.
fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guesses_stand_in_a_file_that_is_a_study() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let table = folder.path().join("news export.csv");
        let row = |day: u32| {
            format!("Herald,{day:02}.02.2022,\"The \"\"dam\"\" {day}\",The council voted for the dam on day {day}.\n")
        };
        std::fs::write(&table, format!("Source,Datum,Headline,Text\n{}", (13..19).map(row).collect::<String>()))?;
        let first = first_study(&table.display().to_string(), &folder.path().join("study"), "codebook.toml")?;
        let study = crate::study::parse(&first.text, "study.toml")?;
        let corpus = &study.corpus[0];
        assert_eq!(corpus.path, "../news export.csv");
        assert_eq!(corpus.date_format, ["%d.%m.%Y"]);
        for (role, column) in [("outlet", "Source"), ("date", "Datum"), ("title", "Headline"), ("text", "Text")] {
            assert_eq!(corpus.columns.get(role).map(String::as_str), Some(column), "{role}\n{}", first.text);
        }
        Ok(())
    }

    #[test]
    fn a_table_without_words_is_refused_by_its_columns() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let table = folder.path().join("numbers.csv");
        std::fs::write(&table, "a,b\n1,2\n3,4\n")?;
        let refused = first_study(&table.display().to_string(), folder.path(), "codebook.toml");
        assert!(matches!(refused, Err(AnalysisError::NoTextColumn { columns, .. }) if columns == "a, b"));
        Ok(())
    }
}
