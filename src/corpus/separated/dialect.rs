//! What a file of separated values is like: its separator, its header, and whether rows begin with names of their own.

use std::collections::BTreeSet;

use crate::corpus::{
    CorpusError,
    separated::misplaced::{header_below, other_kind},
    separated::scanner::{Field, Quoting, SEPARATORS, Scan, Scanner, is_padding},
    stream::Stream,
};

/// Records that are looked at to see whether rows have names.
const MOST_PEEKED: usize = 20;

/// Column that a row's own name becomes, where the header has none for it. No column without a name is used.
const ROW_NAMES: &str = "";

/// The columns of a file and a scanner for its records.
pub(super) struct Dialect {
    pub(super) scanner: Scanner,
    pub(super) columns: Vec<String>,
}

impl Dialect {
    /// Reads the header, which stays in the window as the record that the scanner read last. No columns in an empty file.
    pub(super) fn of(stream: &mut Stream, separator: u8) -> Result<Self, CorpusError> {
        let mut scanner = Scanner::new(separator);
        if !stream.skip_line_ends()? {
            return Ok(Self { scanner, columns: Vec::new() });
        }
        let first_line = stream.line();
        if let Some(what) = other_kind(stream.window()) {
            return Err(fail(stream, what.to_owned()));
        }
        scan_header(stream, &mut scanner, first_line)?;
        // Before the names are asked for, as by this line the file would have a single column called "sep=;".
        let said = said_separator(&stream.window()[..scanner.at]);
        if said.is_some() {
            stream.consume(std::mem::take(&mut scanner.at));
            if !stream.skip_line_ends()? {
                return Ok(Self { scanner, columns: Vec::new() });
            }
        }
        let header = scan_header(stream, &mut scanner, first_line)?;
        let separator = said.unwrap_or_else(|| best_separator(&stream.window()[..header], separator));
        if separator != scanner.separator {
            scanner = Scanner::new(separator);
            scan_header(stream, &mut scanner, first_line)?;
            let name = SEPARATORS.iter().find(|(byte, _)| *byte == separator).map_or("other signs", |(_, name)| name);
            stream.note(format!("read with {name} between the fields"));
        }
        let mut columns = names(stream, &scanner, first_line)?;
        if let Some(line) = header_below(stream.window(), &columns, stream.line()) {
            return Err(fail(stream, format!("the header seems to be line {line}; delete the lines above it")));
        }
        if has_row_names(stream, &scanner, columns.len()) {
            columns.insert(0, ROW_NAMES.to_owned());
            stream.note(
                "rows have one field more than the header, as R's write.table writes it; the first is taken for the name \
                 of the row"
                    .to_owned(),
            );
        }
        Ok(Self { scanner, columns })
    }
}

fn fail(stream: &Stream, message: String) -> CorpusError {
    CorpusError::Header { path: stream.name().to_owned(), message }
}

/// Scans the header; its length.
fn scan_header(stream: &mut Stream, scanner: &mut Scanner, first_line: u64) -> Result<usize, CorpusError> {
    if scanner.record(stream, Quoting::Doubled)? == Scan::Record {
        return Ok(scanner.at);
    }
    Err(fail(stream, format!("a quotation mark in the header (line {first_line}) is not closed; close it")))
}

/// The separator of Excel's own first line: `sep=;`.
fn said_separator(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (name, rest) = line.split_at_checked(4)?;
    let [separator, end @ ..] = rest else { return None };
    let is_alone = end.iter().all(|byte| matches!(byte, b'"' | b'\r' | b'\n' | b' ' | b',' | b';'));
    (name.eq_ignore_ascii_case(b"sep=") && is_alone && !separator.is_ascii_alphanumeric()).then_some(*separator)
}

/// The separator that cuts the header into the most columns; the promised one where another is not better.
fn best_separator(header: &[u8], promised: u8) -> u8 {
    let columns = |separator: u8| {
        let mut scanner = Scanner::new(separator);
        scanner.slice(header.trim_ascii_end(), Quoting::Doubled);
        scanner.fields.len()
    };
    let mut best = (promised, columns(promised));
    for (separator, _) in SEPARATORS {
        let count = columns(separator);
        // A name with a comma, as in `id;"outlet, place";text`, makes two columns of one; real columns are more.
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

/// What a file with NUL bytes in its first line is, by how it begins.
fn no_text(raw: &[u8]) -> String {
    let (what, remedy) = match raw {
        [0x1f, ..] => ("so this is a compressed file", "add the ending .gz to its name"),
        [b'P', b'K', ..] => ("so this is a spreadsheet or another packed file", "save or unpack it as CSV"),
        _ => ("so this is no text file", "export it again as CSV"),
    };
    format!("the header has NUL bytes, {what}; {remedy}")
}

/// Names of the columns, trimmed.
fn names(stream: &Stream, scanner: &Scanner, first_line: u64) -> Result<Vec<String>, CorpusError> {
    let raw = &stream.window()[..scanner.at];
    if raw.contains(&0) {
        return Err(fail(stream, no_text(raw)));
    }
    if let Some(trouble) = stream.undecodable(raw, 0) {
        return Err(fail(stream, format!("the header: {trouble}")));
    }
    let name = |field: &Field| field.value(raw, Quoting::Doubled).trim_matches(is_padding).to_owned();
    let names: Vec<String> = scanner.fields.iter().map(name).collect();
    let mut seen = BTreeSet::new();
    match names.iter().find(|name| !name.is_empty() && !seen.insert(*name)) {
        Some(name) => Err(fail(stream, format!("two columns are called \"{name}\" (line {first_line}); rename one"))),
        None => Ok(names),
    }
}

/// Whether all of the first records have one field more than the header, and the first of them is a name: no two are
/// alike, and they count up from 1 or are at least three.
fn has_row_names(stream: &Stream, header: &Scanner, columns: usize) -> bool {
    let mut rest = &stream.window()[header.at..];
    let mut scanner = Scanner::new(header.separator);
    let (mut names, mut last_is_empty) = (Vec::new(), true);
    while names.len() < MOST_PEEKED {
        let line_ends = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        rest = &rest[line_ends..];
        scanner.slice(rest, Quoting::Doubled);
        // write.table puts a backslash before the marks in its texts, unless it is told not to.
        if scanner.fields.len() != columns + 1 {
            scanner.slice(rest, Quoting::Backslash);
        }
        // The window ends amid the record: its fields are not all there to be counted.
        let is_cut_off = scanner.at == rest.len() && !stream.ended();
        if rest.is_empty() || is_cut_off || scanner.is_open() {
            break;
        }
        if scanner.fields.len() != columns + 1 {
            return false;
        }
        let value = |field: &Field| field.value(rest, Quoting::Doubled).trim().to_owned();
        last_is_empty &= scanner.fields.last().is_some_and(|field| value(field).is_empty());
        names.extend(scanner.fields.first().map(value));
        rest = &rest[scanner.at..];
    }
    let distinct: BTreeSet<&String> = names.iter().collect();
    // R numbers rows from 1; a first field that repeats, such as an outlet's name, is a column and not a name.
    let count_up = names.first().is_some_and(|name| name == "1");
    // Where only the last field is empty, the exporter ends each line with a separator.
    columns > 0 && !last_is_empty && distinct.len() == names.len() && (count_up || names.len() >= 3)
}
