//! Downloads of press archives: files that hold many articles, each cut out and its fields named.
//!
//! A format reads a file whole into paragraphs and cuts these into [`Articles`]; [`read`] hands them on as records. What a file
//! announces (its cover says 50 documents, 50 end marks stand in it) is held against what was cut, and said where the two differ.
//!
//! Not here: dates and columns, which are read as in any other file (`mapping`).

mod apa;
mod europresse;
mod factiva;
mod factiva_text;
mod factiva_xml;
mod html;
mod html_lines;
mod nexis;
mod nexis_text;
mod nexis_word;
mod old_nexis;
mod rich_text;
mod rich_text_download;
mod word;
mod zipped;

use std::borrow::Cow;
use std::vec;

use crate::corpus::reader::{NamedValue, Records, Row, ValueForm};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader, dates, named_dates};
use crate::model::Exclusion;

pub(super) use nexis_text::{holds_download, open as open_nexis_text};

/// The formats of archives.
pub(super) const WORD: Reader = nexis_word::READER;
pub(super) const ZIPPED: Reader = zipped::READER;
pub(super) const HTML: Reader = html::READER;
pub(super) const XML: Reader = factiva_xml::READER;
pub(super) const RICH_TEXT: Reader = rich_text_download::READER;

/// A named value of an article.
type Field = (&'static str, String);

/// What was cut from a file.
#[derive(Debug, Default)]
struct Articles {
    /// Their values, or why one cannot be told.
    found: Vec<Result<Vec<Field>, String>>,
    /// What the user should know of the file as a whole.
    notes: Vec<String>,
    /// Whether the file is that of one article.
    is_one: bool,
}

impl Articles {
    fn extend(&mut self, other: Self) {
        self.found.extend(other.found);
        self.notes.extend(other.notes);
    }
}

/// The articles of a file as records.
struct ArticleRecords {
    stream: Stream,
    articles: vec::IntoIter<Result<Vec<Field>, String>>,
    is_one: bool,
}

/// Reads the file whole and lets `cut` find its articles.
fn read(mut stream: Stream, cut: fn(&[u8]) -> Result<Articles, String>) -> Result<Box<dyn Records>, CorpusError> {
    let bytes = stream.whole_bytes()?;
    Ok(records(stream, cut(&bytes)))
}

/// The same for a format that is text.
fn read_text(mut stream: Stream, cut: fn(&str) -> Result<Articles, String>) -> Result<Box<dyn Records>, CorpusError> {
    let text = stream.whole_text()?;
    Ok(records(stream, cut(&text)))
}

/// A file that is no download that is known is one record that cannot be used: in a folder beside others it stops nothing.
fn records(mut stream: Stream, cut: Result<Articles, String>) -> Box<dyn Records> {
    let Articles { found, notes, is_one } =
        cut.unwrap_or_else(|message| Articles { found: vec![Err(message)], ..Articles::default() });
    for note in notes.into_iter().chain(issues_note(&found)) {
        stream.note(note);
    }
    Box::new(ArticleRecords { stream, articles: found.into_iter(), is_one })
}

impl Records for ArticleRecords {
    fn columns(&self) -> Option<&[String]> {
        None
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        let cell =
            |(name, value)| NamedValue { name: Cow::Borrowed(name), value: Cow::Owned(value), form: ValueForm::Text };
        Ok(self.articles.next().map(|article| match article {
            Ok(mut fields) => {
                // A file whose articles name no day has a column for it all the same, or it would stop the corpus.
                if fields.iter().all(|(name, _)| *name != "date") {
                    fields.push(("date", String::new()));
                }
                Row::Cells(fields.into_iter().map(cell).collect())
            }
            Err(detail) => Row::Unreadable(Exclusion::Malformed, detail),
        }))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }

    fn holds_many(&self) -> bool {
        !self.is_one
    }
}

/// The beginning of `line` that is a date, as far as a word or number ends it: of "May 30, 2014 Friday Final Edition" all but the
/// edition. `None` where no beginning is one.
fn leading_date(line: &str) -> Option<&str> {
    // Dates are at most so long in words; a sentence with a date in front is no line of a date.
    const MOST_WORDS: usize = 12;
    let ends: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]).collect();
    if ends.len() > MOST_WORDS {
        return None;
    }
    ends.iter().rev().map(|end| &line[..*end]).find(|text| dates::parse(text, &[], None).is_ok())
}

/// Issue and date of a magazine that names no day but a month or a season: "January 2009", "Summer, 2008". Its date is the first one.
fn issue(line: &str) -> Option<Vec<Field>> {
    let day = named_dates::first_day(line)?;
    Some(vec![("date", day.to_string()), ("issue", line.to_owned())])
}

/// What to say of articles that are dated by the issue of a magazine.
fn issues_note(found: &[Result<Vec<Field>, String>]) -> Option<String> {
    let dated = found.iter().flatten().filter(|fields| fields.iter().any(|(name, _)| *name == "issue")).count();
    let first = found.iter().flatten().flatten().find(|(name, _)| *name == "issue").map(|(_, issue)| issue)?;
    let articles = if dated == 1 { "article names" } else { "articles name" };
    Some(format!("{dated} {articles} no day but a month or a season (\"{first}\"): dated by the first day of it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_from_what_stands_behind_it() {
        for (line, date) in [
            ("May 30, 2014 Friday", Some("May 30, 2014 Friday")),
            ("November 5, 2002 Tuesday Final Edition", Some("November 5, 2002 Tuesday")),
            ("September 30, 2015 Wednesday 9:03 AM GMT", Some("September 30, 2015 Wednesday 9:03 AM GMT")),
            ("5. Februar 2024 Montag", Some("5. Februar 2024 Montag")),
            ("The Guardian", None),
            ("The vote of May 30, 2014 was close", None),
        ] {
            assert_eq!(leading_date(line), date, "{line}");
        }
    }
}
