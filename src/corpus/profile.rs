//! Looks at the first records of a corpus file, without a study that says what its columns are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::corpus::reader::{NamedValue, Row, ValueForm};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, dates, encoding::Encoding, implied, inputs, presets};
use crate::model::{ColumnProfile, CorpusSettings, DateFit, FileProfile};

/// Different values of a column that are kept: more than any list of outlets that a table by hand would have.
const MOST_VALUES: usize = 100;

/// What is gathered of a column.
#[derive(Default)]
struct Gathered {
    lengths: Vec<usize>,
    values: Vec<String>,
    seen: BTreeSet<String>,
    has_more: bool,
    dates: BTreeMap<String, u64>,
}

/// The columns of the first file of `path` (a file, a folder or a pattern), by its first `most` records.
///
/// # Errors
/// A path that leads nowhere, and a file that cannot be read or is of no known format.
pub fn profile(path: &str, most: u64) -> Result<FileProfile, CorpusError> {
    let settings = CorpusSettings { path: path.to_owned(), ..CorpusSettings::default() };
    let files = inputs::find(Path::new(""), &[settings])?;
    let Some(file) = files.inputs.first() else { return Err(CorpusError::NoFiles { path: path.to_owned() }) };
    let stream = Stream::open(&file.name, &file.path, file.compression, Encoding::named(&file.settings.encoding))?;
    let mut records = (file.reader.open)(stream)?;
    let mut names: Vec<String> = records.columns().unwrap_or_default().to_vec();
    let mut columns: BTreeMap<String, Gathered> = BTreeMap::new();
    let mut read = 0;
    while read < most
        && let Some(row) = records.next_row()?
    {
        let Row::Cells(cells) = row else { continue };
        read += 1;
        for cell in cells.into_iter().filter(|cell| !cell.is_missing() && !cell.value.trim().is_empty()) {
            if !names.iter().any(|name| *name == cell.name) {
                names.push(cell.name.to_string());
            }
            if cell.form != ValueForm::Nested {
                columns.entry(cell.name.to_string()).or_default().add(&cell);
            }
        }
    }
    let by_name = by_name(&names);
    let columns = names.into_iter().filter_map(|name| columns.remove(&name).map(|found| found.profile(name)));
    Ok(FileProfile { columns: columns.collect(), by_name, records: read, one_document: file.reader.one_document })
}

/// What a run takes for outlet, date and title where a study says nothing of them. An address is passed over, of which it takes the
/// host.
fn by_name(names: &[String]) -> BTreeMap<&'static str, String> {
    let mut settings = CorpusSettings::default();
    presets::fill_in(&mut settings, names);
    let taken = |role: &'static str| {
        let own = names.iter().map(String::as_str).find(|name| *name == role);
        let column = own
            .or_else(|| settings.columns.get(role).map(String::as_str))
            .or_else(|| implied::column_for(role, &settings, names.iter().map(String::as_str)))?;
        (!implied::is_address(column)).then(|| (role, column.to_owned()))
    };
    ["outlet", "date", "title"].into_iter().filter_map(taken).collect()
}

impl Gathered {
    fn add(&mut self, cell: &NamedValue<'_>) {
        let value = cell.value.trim();
        self.lengths.push(value.chars().count());
        if !self.seen.contains(value) {
            if self.values.len() < MOST_VALUES {
                self.seen.insert(value.to_owned());
                self.values.push(value.to_owned());
            } else {
                self.has_more = true;
            }
        }
        // No date is longer than "Wednesday, September 28, 2022 at 10:15 AM CEST".
        if value.len() <= 60 {
            let without_format = dates::parse(value, &[], None).is_ok().then(String::new);
            for format in without_format.into_iter().chain(dates::fitting(value)) {
                *self.dates.entry(format).or_default() += 1;
            }
        }
    }

    fn profile(mut self, name: String) -> ColumnProfile {
        self.lengths.sort_unstable();
        ColumnProfile {
            name,
            filled: self.lengths.len() as u64,
            median_length: self.lengths.get(self.lengths.len() / 2).copied().unwrap_or(0),
            values: self.values,
            has_more_values: self.has_more,
            dates: self.dates.into_iter().map(|(format, read)| DateFit { format, read }).collect(),
        }
    }
}
