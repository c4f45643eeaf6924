//! Spreadsheets (.xlsx, .xls, .xlsb, .ods): the first sheet with a table, whose first full row names the columns.

use std::borrow::Cow;
use std::io::Cursor;
use std::vec;

use calamine::{Data, ExcelDateTime, Range, Reader as _, open_workbook_auto_from_rs};

use crate::corpus::reader::{NamedValue, Records, Row, ValueForm};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader, implied, presets};
use crate::model::FileFormat;

/// One record a row.
pub(super) const READER: Reader = Reader {
    name: "spreadsheet",
    format: FileFormat::Spreadsheet,
    extensions: &["xlsx", "xls", "xlsb", "ods"],
    one_document: false,
    open,
};

struct SheetRecords {
    stream: Stream,
    columns: Vec<String>,
    rows: vec::IntoIter<Vec<Data>>,
}

fn open(mut stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    let bytes = stream.whole_bytes()?;
    let refused = |message: String| CorpusError::Header { path: stream.name().to_owned(), message };
    let book = open_workbook_auto_from_rs(Cursor::new(&bytes[..]));
    let mut book =
        book.map_err(|error| refused(format!("not a spreadsheet ({error}); save it again, or as CSV UTF-8")))?;
    let sheets: Vec<(String, Range<Data>)> = book.worksheets();
    let mut full: Vec<(String, Range<Data>)> = sheets.into_iter().filter(|(_, range)| !range.is_empty()).collect();
    if full.is_empty() {
        return Err(refused("no sheet with a cell in it; save the table again, or as CSV UTF-8".to_owned()));
    }
    // A sheet of notes may stand before that of the table.
    let named = full.iter().position(|(_, range)| named_header(range).is_some());
    let table = named.or_else(|| full.iter().position(|(_, range)| is_table(range)));
    let (name, range) = full.remove(table.unwrap_or(0));
    let others: Vec<String> = full.into_iter().map(|(name, _)| name).collect();
    let first = named_header(&range).or_else(|| range.rows().position(is_header)).unwrap_or(usize::MAX);
    let mut rows = range.rows().skip(first);
    let columns: Vec<String> = rows.next().unwrap_or_default().iter().map(|cell| text(cell).into_owned()).collect();
    if columns.is_empty() {
        return Err(refused(format!(
            "no row with names of columns in the sheet \"{name}\"; put them into its first row"
        )));
    }
    let rows: Vec<Vec<Data>> =
        rows.filter(|row| row.iter().any(|cell| !text(cell).trim().is_empty())).map(<[Data]>::to_vec).collect();
    if !others.is_empty() {
        stream.note(format!("only the sheet \"{name}\" is read, not {}", others.join(", ")));
    }
    Ok(Box::new(SheetRecords { stream, columns, rows: rows.into_iter() }))
}

/// Where the row stands that names columns by at least two names that are known: a list of what was searched for, in two cells a row, may
/// stand above it.
fn named_header(range: &Range<Data>) -> Option<usize> {
    const LINES_ABOVE: usize = 50;
    let is_known = |cell: &&Data| implied::is_known(&text(cell)) || presets::is_known(&text(cell));
    range.rows().take(LINES_ABOVE).position(|row| row.iter().filter(is_known).count() > 1)
}

/// Whether a sheet has a row that names columns, and one below it.
fn is_table(range: &Range<Data>) -> bool {
    range.rows().skip_while(|row| !is_header(row)).nth(1).is_some()
}

/// Whether a row names columns: a title above a table stands in one cell alone.
fn is_header(row: &[Data]) -> bool {
    row.iter().filter(|cell| !text(cell).trim().is_empty()).count() > 1 || row.len() == 1
}

impl Records for SheetRecords {
    fn columns(&self) -> Option<&[String]> {
        Some(&self.columns)
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        let cell = |(name, cell): (&String, Data)| NamedValue {
            name: Cow::Owned(name.clone()),
            value: Cow::Owned(text(&cell).into_owned()),
            // A cell that a formula failed in is an error of its own kind, whose text is one of the marks.
            form: if matches!(cell, Data::Error(_)) { ValueForm::Bare } else { ValueForm::Text },
        };
        let named = self.columns.iter().zip(row).filter(|(name, _)| !name.trim().is_empty());
        Ok(Some(Row::Cells(named.map(cell).collect())))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}

/// A cell as text: numbers as short as they are, days as ISO 8601.
fn text(cell: &Data) -> Cow<'_, str> {
    match cell {
        Data::Empty => Cow::Borrowed(""),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cow::Borrowed(text),
        Data::DateTime(moment) => Cow::Owned(day(*moment)),
        Data::Int(number) => Cow::Owned(number.to_string()),
        Data::Float(number) => Cow::Owned(number.to_string()),
        Data::Bool(is_true) => Cow::Borrowed(if *is_true { "true" } else { "false" }),
        Data::Error(error) => Cow::Owned(error.to_string()),
    }
}

fn day(moment: ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}:{second:02}") }
}
