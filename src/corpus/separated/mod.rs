//! Cuts CSV and TSV into records.
//!
//! The dialect is RFC 4180 as common readers take it: a field may be quoted, a doubled quotation mark in it is one, any
//! of `\n`, `\r\n` and `\r` ends a record, blank lines are skipped. `dialect` finds the separator and the header (`misplaced` what stands in its place),
//! `scanner` cuts one record, `swallowed` tells a stray quotation mark from an opening one. A record that does not fit
//! the header is read again with other meanings of its marks, and kept where one of them fits; what fits none is left
//! out. Written for this program because it must see what a general reader hides: a quotation mark that is never closed
//! or swallows records, where a record began, and a record too long to hold.
//!
//! Not here: what the values mean (`mapping`), and which columns a study needs.

mod dialect;
mod misplaced;
mod scanner;
mod swallowed;

use crate::corpus::reader::{NamedValue, Records, Row, ValueForm, too_long};
use crate::corpus::separated::dialect::Dialect;
use crate::corpus::separated::scanner::{Field, Quoting, Scan, Scanner, is_padding};
use crate::corpus::separated::swallowed::Suspect;
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader};
use crate::model::{Exclusion, FileFormat};

/// Comma-separated values.
pub(super) const CSV: Reader = Reader {
    name: "CSV",
    format: FileFormat::Csv,
    extensions: &["csv"],
    one_document: false,
    open: |stream| open(stream, b','),
};

/// Tab-separated values.
pub(super) const TSV: Reader = Reader {
    name: "TSV",
    format: FileFormat::Tsv,
    extensions: &["tsv", "tab"],
    one_document: false,
    open: |stream| open(stream, b'\t'),
};

fn open(mut stream: Stream, separator: u8) -> Result<Box<dyn Records>, CorpusError> {
    let Dialect { scanner, columns } = Dialect::of(&mut stream, separator)?;
    Ok(Box::new(SeparatedRecords { stream, scanner, columns, odd_marks: [Rereadings::default(); 3] }))
}

struct SeparatedRecords {
    stream: Stream,
    scanner: Scanner,
    columns: Vec<String>,
    /// Records kept by another meaning of their marks, by [`OTHERS`].
    odd_marks: [Rereadings; 3],
}

/// Records that were read again.
#[derive(Clone, Copy, Default)]
struct Rereadings {
    count: u64,
    first_line: u64,
}

impl Rereadings {
    fn count(&mut self, line: u64) {
        self.first_line = if self.count == 0 { line } else { self.first_line };
        self.count += 1;
    }
}

/// What a record shows that RFC 4180 does not fit.
#[expect(clippy::struct_excessive_bools, reason = "signs that are there or not, in any combination")]
struct UsualReading {
    is_tabbed: bool,
    is_swallowing: bool,
    /// Whether a quoted field is open at its end.
    is_open: bool,
    has_lines: bool,
    has_backslashes: bool,
    /// Whether the mark that a quoted field is broken at looks like one that opens a field.
    breaks_at_field: bool,
}

impl UsualReading {
    /// Whether the record may be meant in another way.
    fn may_mean(&self, quoting: Quoting) -> bool {
        match quoting {
            Quoting::Doubled => false,
            Quoting::Backslash => self.has_backslashes && !self.is_tabbed,
            // `,"Two."` behind the opening mark of another record begins a field rather than a word.
            Quoting::Undoubled => !self.is_tabbed && !self.breaks_at_field,
            // A record of several lines is cut off at the first only where the others are records: else a text would lose
            // its paragraphs, or the end of a file that was cut off pass for whole.
            Quoting::WithinLine => self.is_swallowing || !self.has_lines && (self.is_tabbed || !self.is_open),
        }
    }
}

/// The other meanings of quotation marks, in the order in which they are tried, and what the user is told.
const OTHERS: [(Quoting, &str); 3] = [
    (Quoting::Backslash, "a backslash before a quotation mark makes a character of it"),
    (Quoting::Undoubled, "a quotation mark inside a quoted field is not doubled, and taken for a character"),
    (Quoting::WithinLine, "a quotation mark that does not enclose its field is taken for a character"),
];

impl Records for SeparatedRecords {
    fn columns(&self) -> Option<&[String]> {
        Some(&self.columns)
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        self.stream.consume(std::mem::take(&mut self.scanner.at));
        if !self.stream.skip_line_ends()? {
            self.note_odd_marks();
            return Ok(None);
        }
        let first_line = self.stream.line();
        let scan = self.read_record(first_line)?;
        if let Some((reason, detail)) = self.trouble(scan, first_line) {
            return Ok(Some(Row::Unreadable(reason, detail)));
        }
        if self.is_header() {
            let detail = format!(
                "the header again in line {first_line}, as where files were put one behind the other; delete the line"
            );
            return Ok(Some(Row::Unreadable(Exclusion::Malformed, detail)));
        }
        let raw = &self.stream.window()[..self.scanner.at];
        // Columns without a name cannot be asked for by a study.
        let values = self.columns.iter().zip(&self.scanner.fields).filter(|(name, _)| !name.is_empty());
        Ok(Some(Row::Cells(values.map(|(name, field)| cell(name, field, raw, self.scanner.quoting)).collect())))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}

fn cell<'a>(name: &'a str, field: &Field, raw: &'a [u8], quoting: Quoting) -> NamedValue<'a> {
    let form = if field.marks.is_some() { ValueForm::Text } else { ValueForm::Bare };
    NamedValue { name: name.into(), value: field.value(raw, quoting), form }
}

impl SeparatedRecords {
    /// Whether the record says of each column what the column is called: without dates it would be an article of the outlet
    /// "outlet".
    fn is_header(&self) -> bool {
        let (raw, quoting) = (&self.stream.window()[..self.scanner.at], self.scanner.quoting);
        let mut cells = self.columns.iter().zip(&self.scanner.fields);
        // A byte order mark of the second file stands before its first name.
        self.columns.len() > 1 && cells.all(|(name, field)| field.value(raw, quoting).trim_matches(is_padding) == name)
    }

    /// Scans the record at the window's beginning, with other meanings of its marks where the usual one does not fit.
    fn read_record(&mut self, first_line: u64) -> Result<Scan, CorpusError> {
        let scan = self.scanner.record(&mut self.stream, Quoting::Doubled)?;
        let has_marks = memchr::memchr(b'"', &self.stream.window()[..self.scanner.at]).is_some();
        if scan == Scan::TooLong || !has_marks {
            return Ok(scan);
        }
        let usual = self.usual_reading(scan);
        if !usual.is_swallowing && self.fits(scan) {
            return Ok(scan);
        }
        for (place, (quoting, _)) in OTHERS.into_iter().enumerate().filter(|(_, (quoting, _))| usual.may_mean(*quoting))
        {
            let is_last = quoting == Quoting::WithinLine;
            let again = self.scanner.record(&mut self.stream, quoting)?;
            let fits = self.fits(again) && (is_last || !self.suspect().holds_records());
            if fits {
                self.odd_marks[place].count(first_line);
            }
            // Where marks swallow records, the line is a record of its own, whether it fits the header or not.
            if fits || is_last && usual.is_swallowing {
                return Ok(again);
            }
        }
        let scan = self.scanner.record(&mut self.stream, Quoting::Doubled)?;
        if matches!(scan, Scan::Endless(_)) { self.scanner.skip_rest(&mut self.stream) } else { Ok(scan) }
    }

    /// What the record that was just scanned by RFC 4180 shows.
    fn usual_reading(&self, scan: Scan) -> UsualReading {
        let raw = &self.stream.window()[..self.scanner.at];
        let before_mark = match scan {
            Scan::Broken(_, closed) => closed.checked_sub(1).map(|before| raw[before]),
            _ => None,
        };
        UsualReading {
            is_tabbed: self.scanner.separator == b'\t',
            is_swallowing: self.suspect().holds_records(),
            is_open: matches!(scan, Scan::Unclosed(_) | Scan::Endless(_)),
            has_lines: memchr::memchr2(b'\n', b'\r', raw.trim_ascii_end()).is_some(),
            has_backslashes: memchr::memmem::find(raw, b"\\\"").is_some(),
            breaks_at_field: before_mark == Some(self.scanner.separator),
        }
    }

    fn suspect(&self) -> Suspect<'_> {
        Suspect {
            raw: &self.stream.window()[..self.scanner.at],
            separator: self.scanner.separator,
            fields: &self.scanner.fields,
            open_mark: self.scanner.open_mark(),
            width: self.columns.len(),
        }
    }

    /// Whether the record that was scanned last has the header's fields, with nothing behind a closing mark.
    fn fits(&self, scan: Scan) -> bool {
        let raw = &self.stream.window()[..self.scanner.at];
        scan == Scan::Record
            && self.width() == self.columns.len()
            && !self.scanner.fields.iter().any(|field| field.has_tail(raw))
    }

    /// Fields of the record that was scanned last, without an empty one behind the last column: some programs end each line
    /// with a separator.
    fn width(&self) -> usize {
        // `a,b,c,` under a header of three columns has three fields and not four.
        let (columns, fields) = (self.columns.len(), &self.scanner.fields);
        let ends_in_separator =
            fields.len() == columns + 1 && fields.last().is_some_and(|field| field.start == field.end);
        if ends_in_separator { columns } else { fields.len() }
    }

    fn note_odd_marks(&mut self) {
        for ((_, what), found) in OTHERS.iter().zip(std::mem::take(&mut self.odd_marks)) {
            let Rereadings { count, first_line } = found;
            match count {
                0 => {}
                1 => self.stream.note(format!("in 1 record (line {first_line}) {what}")),
                _ => self.stream.note(format!("in {count} records (the first in line {first_line}) {what}")),
            }
        }
    }

    /// Why the record that was scanned last, beginning in `first_line`, cannot be used; `None` if it can.
    fn trouble(&self, scan: Scan, first_line: u64) -> Option<(Exclusion, String)> {
        let line_at = |offset: usize| self.stream.line_at(offset);
        match scan {
            Scan::Record => self.trouble_inside(first_line),
            Scan::TooLong | Scan::Endless(_) => Some((Exclusion::TooLong, self.too_long(first_line))),
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
        let (found, expected) = (self.width(), self.columns.len());
        if found == expected {
            return None;
        }
        let lines = match self.last_line() {
            last if last == first_line => format!("line {first_line}"),
            last => format!("lines {first_line} to {last}"),
        };
        let why = self.why_fields_differ(found);
        let fields = if found == 1 { "field" } else { "fields" };
        Some((Exclusion::FieldCount, format!("{found} {fields} where the header has {expected}, {lines}{why}")))
    }

    /// What may have made too many fields or too few.
    fn why_fields_differ(&self, found: usize) -> &'static str {
        let raw = &self.stream.window()[..self.scanner.at];
        let has_mark = memchr::memchr(b'"', raw).is_some();
        match found.checked_sub(self.columns.len()) {
            Some(_) if has_mark => {
                "; a quotation mark may be stray, or not doubled inside a quoted field: correct it, or export again"
            }
            Some(1) => {
                "; where the first is the name of the row, as R's write.table writes it, export with row.names = FALSE; \
                 where a text has a separator in it, export with quotation marks"
            }
            Some(_) => "; where a text has a separator in it, export with quotation marks",
            None => "",
        }
    }

    /// Where the record that was scanned last ends.
    fn last_line(&self) -> u64 {
        self.stream.line_at(self.stream.window()[..self.scanner.at].trim_ascii_end().len())
    }

    fn too_long(&self, first_line: u64) -> String {
        let last_line = self.last_line();
        let end = if self.scanner.is_open() {
            format!("a quotation mark is never closed, and all up to the end, line {last_line}, was taken for it")
        } else {
            format!("it ends in line {last_line}; a quotation mark may not be closed")
        };
        too_long(&format!("one record that begins in line {first_line}; {end}"))
    }
}
