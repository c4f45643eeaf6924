//! Cuts CSV and TSV into records.
//!
//! The dialect is RFC 4180 as common readers take it: a field may be quoted, a doubled quotation mark in it is one, any
//! of `\n`, `\r\n` and `\r` ends a record, blank lines are skipped, and what follows a closing quotation mark within a
//! field is taken as it stands. Written for this program because it must see what a general reader hides: a quotation
//! mark that is never closed, where a record began, and a record too long to hold.

use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    corpus::{
        CorpusError, Reader,
        reader::{Records, Row},
        stream::{LONGEST_RECORD, Stream},
    },
    model::Exclusion,
};

/// Comma-separated values.
pub(super) const CSV: Reader =
    Reader { name: "CSV", extensions: &["csv"], one_document: false, open: |stream| open(stream, b',') };

/// Tab-separated values.
pub(super) const TSV: Reader =
    Reader { name: "TSV", extensions: &["tsv", "tab"], one_document: false, open: |stream| open(stream, b'\t') };

/// Separators that a `.csv` file may have instead of commas, which is seen in its header.
const OTHER_SEPARATORS: [(u8, &str); 2] = [(b';', "semicolons"), (b'\t', "tabs")];

fn open(mut stream: Stream, separator: u8) -> Result<Box<dyn Records>, CorpusError> {
    let mut scanner = Scanner::new(separator);
    let mut columns = header(&mut stream, &mut scanner)?;
    if let ([only], b',') = (&columns[..], separator) {
        let other = OTHER_SEPARATORS.into_iter().find(|(byte, _)| only.as_bytes().contains(byte));
        if let Some((byte, name)) = other {
            scanner = Scanner::new(byte);
            columns = header(&mut stream, &mut scanner)?;
            stream.note(format!("read with {name} between the fields"));
        }
    }
    Ok(Box::new(SeparatedRecords { stream, scanner, columns }))
}

/// Names of the columns, trimmed; none in an empty file. The header stays in the window, as the record that `scanner`
/// read last.
fn header(stream: &mut Stream, scanner: &mut Scanner) -> Result<Vec<String>, CorpusError> {
    let fail = |stream: &Stream, message: String| CorpusError::Header { path: stream.name().to_owned(), message };
    if !stream.skip_line_ends()? {
        return Ok(Vec::new());
    }
    let first_line = stream.line();
    match scanner.record(stream)? {
        Scan::Record => {}
        Scan::Unclosed(_) | Scan::Broken(..) | Scan::TooLong => {
            let message = format!("a quotation mark in the header (line {first_line}) is not closed; close it");
            return Err(fail(stream, message));
        }
    }
    let raw = &stream.window()[..scanner.at];
    if raw.contains(&0) {
        return Err(fail(
            stream,
            "the header has NUL bytes, so this is no text file; export it again as CSV".to_owned(),
        ));
    }
    if let Some(trouble) = stream.undecodable(raw, 0) {
        return Err(fail(stream, format!("the header: {trouble}")));
    }
    let names = scanner.fields.iter().map(|field| field.value(raw).trim_matches(is_padding).to_owned());
    let names: Vec<String> = names.collect();
    let mut seen = BTreeSet::new();
    for name in &names {
        if !name.is_empty() && !seen.insert(name) {
            let message = format!("two columns are called \"{name}\" (line {first_line}); rename one");
            return Err(fail(stream, message));
        }
    }
    Ok(names)
}

fn is_padding(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

struct SeparatedRecords {
    stream: Stream,
    scanner: Scanner,
    columns: Vec<String>,
}

impl Records for SeparatedRecords {
    fn columns(&self) -> Option<&[String]> {
        Some(&self.columns)
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        self.stream.consume(std::mem::take(&mut self.scanner.at));
        if !self.stream.skip_line_ends()? {
            return Ok(None);
        }
        let first_line = self.stream.line();
        let scan = self.scanner.record(&mut self.stream)?;
        if let Some((reason, detail)) = self.trouble(&scan, first_line) {
            return Ok(Some(Row::Unreadable(reason, detail)));
        }
        let raw = &self.stream.window()[..self.scanner.at];
        let values = self.columns.iter().zip(&self.scanner.fields).filter(|(name, _)| !name.is_empty());
        Ok(Some(Row::Values(values.map(|(name, field)| (Cow::Borrowed(&name[..]), field.value(raw))).collect())))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}

impl SeparatedRecords {
    /// Why the record that was scanned last, beginning in `first_line`, cannot be used; `None` if it can.
    fn trouble(&self, scan: &Scan, first_line: u64) -> Option<(Exclusion, String)> {
        let line_at = |offset: usize| self.stream.line_at(offset);
        match *scan {
            Scan::Record => self.trouble_inside(first_line),
            Scan::TooLong => Some((Exclusion::TooLong, self.too_long(first_line))),
            Scan::Unclosed(opened) => {
                let detail = format!(
                    "the quotation mark opened in line {} is never closed; all up to the end, line {}, was taken for \
                     this one record; close it and read again",
                    line_at(opened),
                    self.last_line()
                );
                Some((Exclusion::Malformed, detail))
            }
            Scan::Broken(opened, closed) => {
                let detail = format!(
                    "the quotation mark opened in line {} is closed in the middle of a field in line {}; all up to \
                     line {} was taken for this one record; write a quotation mark inside a quoted field twice",
                    line_at(opened),
                    line_at(closed),
                    self.last_line()
                );
                Some((Exclusion::Malformed, detail))
            }
        }
    }

    fn trouble_inside(&self, first_line: u64) -> Option<(Exclusion, String)> {
        let raw = &self.stream.window()[..self.scanner.at];
        if let Some(at) = memchr::memchr(0, raw) {
            let detail = format!("a NUL byte in line {}; remove it", self.stream.line_at(at));
            return Some((Exclusion::Malformed, detail));
        }
        if let Some(detail) = self.stream.undecodable(raw, 0) {
            return Some((Exclusion::Undecodable, detail));
        }
        let (found, expected) = (self.scanner.fields.len(), self.columns.len());
        if found == expected {
            return None;
        }
        let lines = match self.last_line() {
            last if last == first_line => format!("line {first_line}"),
            last => format!("lines {first_line} to {last}"),
        };
        Some((Exclusion::FieldCount, format!("{found} fields where the header has {expected}, {lines}")))
    }

    /// Where the record that was scanned last ends.
    fn last_line(&self) -> u64 {
        self.stream.line_at(self.stream.window()[..self.scanner.at].trim_ascii_end().len())
    }

    fn too_long(&self, first_line: u64) -> String {
        let raw = &self.stream.window()[..self.scanner.at];
        let last_line = self.stream.line_at(raw.trim_ascii_end().len());
        let end = if self.scanner.state == State::Quoted {
            format!("a quotation mark is never closed, and all up to the end, line {last_line}, was taken for it")
        } else {
            format!("it ends in line {last_line}; a quotation mark may not be closed")
        };
        format!("over {} MiB in one record that begins in line {first_line}; {end}", LONGEST_RECORD >> 20)
    }
}

/// What a record turned out to be. The numbers are offsets in the window.
#[derive(Debug, PartialEq, Eq)]
enum Scan {
    Record,
    /// The file ends inside a quoted field that was opened here.
    Unclosed(usize),
    /// A quoted field of several lines, opened and closed here, does not end where it is closed: probably the opening
    /// quotation mark was a stray one, and what it closed at opens a field of another record.
    Broken(usize, usize),
    /// Longer than [`LONGEST_RECORD`]; skipped up to its end.
    TooLong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted field: a doubled one, or the closing one.
    QuoteSeen,
}

/// One field, by offsets in the record.
#[derive(Clone, Copy, Debug)]
struct Field {
    start: usize,
    end: usize,
    /// Place of the closing quotation mark, of a quoted field.
    closed: Option<usize>,
    /// Whether it has doubled quotation marks.
    doubled: bool,
}

impl Field {
    /// The value, of a record that is valid UTF-8.
    fn value<'a>(&self, raw: &'a [u8]) -> Cow<'a, str> {
        let Some(closed) = self.closed else { return String::from_utf8_lossy(&raw[self.start..self.end]) };
        let quoted = String::from_utf8_lossy(&raw[self.start + 1..closed]);
        let rest = &raw[closed + 1..self.end];
        if !self.doubled && rest.is_empty() {
            return quoted;
        }
        Cow::Owned(quoted.replace("\"\"", "\"") + &String::from_utf8_lossy(rest))
    }
}

/// Finds the fields of the record at the beginning of the window, going on where it stopped when the window grows.
struct Scanner {
    separator: u8,
    state: State,
    at: usize,
    field: Field,
    fields: Vec<Field>,
    broken: Option<(usize, usize)>,
}

const NEW_FIELD: Field = Field { start: 0, end: 0, closed: None, doubled: false };

impl Scanner {
    fn new(separator: u8) -> Self {
        Self { separator, state: State::FieldStart, at: 0, field: NEW_FIELD, fields: Vec::new(), broken: None }
    }

    /// Reads one record; afterwards `at` is its length with its line end, and `fields` are its fields. Of a record that
    /// is too long only the last part is left.
    fn record(&mut self, stream: &mut Stream) -> Result<Scan, CorpusError> {
        *self = Self { fields: std::mem::take(&mut self.fields), ..Self::new(self.separator) };
        self.fields.clear();
        let mut too_long = false;
        loop {
            if self.scan(stream.window()) {
                break;
            }
            if stream.ended() {
                self.end_field(self.at);
                break;
            }
            if self.at > LONGEST_RECORD || too_long {
                too_long = true;
                stream.consume(std::mem::take(&mut self.at));
                self.fields.clear();
            }
            stream.fill()?;
        }
        Ok(match self.broken {
            _ if too_long || self.at > LONGEST_RECORD => Scan::TooLong,
            _ if self.state == State::Quoted => Scan::Unclosed(self.field.start),
            Some((opened, closed)) => Scan::Broken(opened, closed),
            None => Scan::Record,
        })
    }

    /// Goes on to the end of `bytes` or of the record; `true` at the end of the record.
    fn scan(&mut self, bytes: &[u8]) -> bool {
        while let Some(rest) = bytes.get(self.at..).filter(|rest| !rest.is_empty()) {
            match self.state {
                State::FieldStart => {
                    self.field = Field { start: self.at, ..NEW_FIELD };
                    self.state = if rest[0] == b'"' { State::Quoted } else { State::Plain };
                    self.at += usize::from(rest[0] == b'"');
                }
                State::Plain => {
                    let Some(end) = memchr::memchr3(self.separator, b'\n', b'\r', rest) else {
                        self.at = bytes.len();
                        return false;
                    };
                    self.at += end + 1;
                    if self.end_at(bytes) {
                        return true;
                    }
                }
                State::Quoted => {
                    let Some(quote) = memchr::memchr(b'"', rest) else {
                        self.at = bytes.len();
                        return false;
                    };
                    self.at += quote + 1;
                    self.state = State::QuoteSeen;
                }
                State::QuoteSeen => {
                    if self.after_quote(bytes) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// The byte before `at` ends a field; `true` if it ends the record.
    fn end_at(&mut self, bytes: &[u8]) -> bool {
        let last = self.at - 1;
        self.end_field(last);
        bytes[last] != self.separator
    }

    fn end_field(&mut self, end: usize) {
        match self.state {
            State::Quoted => return,
            State::QuoteSeen => self.field.closed = Some(end.saturating_sub(1)),
            State::FieldStart => self.field = Field { start: end, ..NEW_FIELD },
            State::Plain => {}
        }
        self.fields.push(Field { end, ..self.field });
        self.state = State::FieldStart;
    }

    fn after_quote(&mut self, bytes: &[u8]) -> bool {
        let byte = bytes[self.at];
        self.at += 1;
        if byte == b'"' {
            self.field.doubled = true;
            self.state = State::Quoted;
        } else if byte == self.separator || matches!(byte, b'\n' | b'\r') {
            return self.end_at(bytes);
        } else {
            let closed = self.at.saturating_sub(2);
            let quoted = bytes.get(self.field.start..closed).unwrap_or_default();
            if self.broken.is_none() && memchr::memchr2(b'\n', b'\r', quoted).is_some() {
                self.broken = Some((self.field.start, closed));
            }
            self.field.closed = Some(closed);
            self.state = State::Plain;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(scanner: &Scanner, raw: &[u8]) -> Vec<String> {
        scanner.fields.iter().map(|field| field.value(raw).into_owned()).collect()
    }

    #[test]
    fn a_record_that_arrives_byte_by_byte_is_cut_the_same() {
        for (record, expected) in [
            ("a,b\n", vec!["a", "b"]),
            (",\r\n", vec!["", ""]),
            ("\"a,\n\",\"\"\"b\"\" c\"\n", vec!["a,\n", "\"b\" c"]),
            ("\"a\" b,\"\",\"\"\"\"\r", vec!["a b", "", "\""]),
            ("a\"b\",\"c\"\"\" d\"\n", vec!["a\"b\"", "c\" d\""]),
        ] {
            let bytes = record.as_bytes();
            let mut whole = Scanner::new(b',');
            assert!(whole.scan(bytes), "{record:?}");
            assert_eq!(values(&whole, bytes), expected, "{record:?}");
            let mut growing = Scanner::new(b',');
            let end = (0..=bytes.len()).find(|end| growing.scan(&bytes[..*end]));
            assert_eq!(values(&growing, bytes), expected, "{record:?} byte by byte");
            assert_eq!((end, growing.at), (Some(whole.at), whole.at), "{record:?}");
        }
    }
}
