//! LIWC-22's .dicx: a table of words by categories, an X (or a weight) where a word counts for one.
//!
//! ```text
//! DicTerm,crop,animal
//! wheat,X,
//! cow*,,X
//! ```

use std::collections::BTreeSet;

use crate::codebook::import::words::{Syntax, Wildcards};
use crate::codebook::import::{Content, Dictionary, DictionaryEntry, DictionaryError, Format};

pub(super) const FORMAT: Format = Format {
    name: "liwc-22",
    title: "LIWC-22",
    extensions: &["dicx"],
    read,
    is_beginning: |text| separator(text).is_some(),
    syntax: Syntax { wildcards: Wildcards::FinalStar, underscore_is_space: false, may_be_regex: false },
};

/// What the first column is called.
const TERM: &str = "dicterm";

/// The separator of a table that begins with the column of terms; spreadsheets of some countries write semicolons.
fn separator(text: &str) -> Option<u8> {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches('"');
    let rest = text.get(TERM.len()..).filter(|_| text.to_lowercase().starts_with(TERM))?;
    let next = rest.trim_start_matches('"').bytes().next()?;
    [b',', b';', b'\t'].contains(&next).then_some(next)
}

fn read(text: &str) -> Result<Dictionary, DictionaryError> {
    let Some(separator) = separator(text.trim_start()) else {
        let message =
            "expected a table that begins with DicTerm and the names of the categories, such as DicTerm,crop,animal";
        return Err(DictionaryError::new(1, message));
    };
    let mut table = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let mut dictionary = Dictionary::default();
    let header = table.headers().map_err(|error| bad_table(&error))?.clone();
    let mut names = BTreeSet::new();
    for name in header.iter().skip(1).map(str::trim) {
        if name.is_empty() || !names.insert(name) {
            let message = format!("a category's name is empty or stands twice (\"{name}\"); give each column its own");
            return Err(DictionaryError::new(1, message));
        }
        dictionary.add(name, None);
    }
    for record in table.records() {
        let record = record.map_err(|error| bad_table(&error))?;
        let line = record.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        if record.len() > header.len() && record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty()) {
            let message = format!("{} cells where the header has {}; correct the line", record.len(), header.len());
            return Err(DictionaryError::new(line, message));
        }
        add_word(&mut dictionary, line, &record);
    }
    dictionary.with_entries("a word and an X below its categories, such as wheat,X,")
}

fn bad_table(error: &csv::Error) -> DictionaryError {
    let line = error.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
    DictionaryError::new(line, format!("not a table ({error}); export it again as CSV"))
}

/// A word in every category that has a mark for it.
fn add_word(dictionary: &mut Dictionary, line: usize, record: &csv::StringRecord) {
    let word = record.get(0).unwrap_or_default().trim();
    if word.is_empty() {
        return;
    }
    for (category, mark) in dictionary.categories.iter_mut().zip(record.iter().skip(1)) {
        let mark = mark.trim();
        let weight = mark.replace(',', ".").parse::<f64>().ok().filter(|weight| weight.is_finite());
        // An X counts 1; a 0 counts nothing, so that the word is not in the category at all.
        if mark.is_empty() || weight.is_some_and(|weight| weight == 0.0) {
            continue;
        }
        category.entries.push(DictionaryEntry {
            line,
            text: word.to_owned(),
            content: Content::Words(word.to_owned()),
            weight: weight.filter(|weight| (weight - 1.0).abs() > 0.0),
        });
    }
}
