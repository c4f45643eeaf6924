//! Tells a quoted field of several lines from one that a stray quotation mark makes of whole records.
//!
//! `a,Field Echo,2024-08-01,"A lost year` and, lines below, `c,Barn Times,2024-08-02,Help is on its way"` are one record
//! by the letter, with the words of all between. What gives it away are lines inside the field that are records themselves.

use crate::corpus::separated::scanner::{Field, Quoting, Scanner};

/// A record that was scanned last, and how many fields it should have.
pub(super) struct Suspect<'a> {
    pub(super) raw: &'a [u8],
    pub(super) separator: u8,
    pub(super) fields: &'a [Field],
    /// Where a quoted field was opened that the file's end, or the longest record's, leaves open.
    pub(super) open_mark: Option<usize>,
    pub(super) width: usize,
}

/// How a value looks: runs of digits as `9`, runs of letters as `a`, the rest as it is, so that `2024-08-01` and
/// `2024-08-02` look alike.
fn shape(value: &[u8]) -> Vec<u8> {
    let kind = |byte: &u8| match byte {
        b'0'..=b'9' => b'9',
        b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => b'a',
        other => *other,
    };
    let mut shape: Vec<u8> = value.iter().map(kind).collect();
    shape.dedup_by(|next, last| next == last && matches!(*last, b'9' | b'a'));
    shape
}

/// The cells of a line or record, without their marks.
fn cell<'a>(raw: &'a [u8], field: &Field) -> &'a [u8] {
    let (start, end) = field.marks.map_or((field.start, field.end), |(opened, closed)| (opened + 1, closed));
    raw[start..end].trim_ascii()
}

impl Suspect<'_> {
    /// Whether a quoted field of several lines holds lines that are records of this file: at least half of its whole
    /// lines have as many fields as the header, and columns with digits look as in the record itself.
    pub(super) fn holds_records(&self) -> bool {
        let closed = self.fields.iter().enumerate().filter_map(|(column, field)| Some((column, field.marks?)));
        let open = self.open_mark.map(|opened| (self.fields.len(), (opened, self.raw.len())));
        closed.chain(open).any(|(column, marks)| self.is_swallowed(column, marks))
    }

    fn is_swallowed(&self, column: usize, marks: (usize, usize)) -> bool {
        let inside = &self.raw[marks.0..marks.1];
        let Some(first_end) = memchr::memchr2(b'\n', b'\r', inside) else { return false };
        // The last line goes on behind the mark that it closes at.
        let lines = self.raw[marks.0 + first_end..].split(|byte| matches!(byte, b'\n' | b'\r'));
        let mut scanner = Scanner::new(self.separator);
        let (mut whole, mut records, mut at) = (0, 0, marks.0 + first_end);
        for line in lines {
            // Behind a field of the first column always come all others: `"a` and `b",Field Echo,2024-08-01` are one id.
            let is_last = at + line.len() >= marks.1;
            if at >= marks.1 || column == 0 && is_last && marks.1 < self.raw.len() {
                break;
            }
            at += line.len() + 1;
            if !line.trim_ascii().is_empty() {
                whole += 1;
                // The end of the last line is the record's own and proves nothing: `Justice,'' he said.",Ryan,277,308` has
                // the commas of a record and its numbers. What stands before the mark must look like one.
                let is_told = !is_last || self.witnesses(column).any(|(at, _)| at < column);
                records += usize::from(is_told && self.is_record(&mut scanner, line, column));
            }
        }
        // Half, as some of the swallowed records may have texts of several lines themselves.
        records > 0 && records * 2 >= whole && (records >= 3 || self.is_telling(column))
    }

    /// Whether one or two lines are enough: in prose, a line may well have one comma, and a number before it.
    fn is_telling(&self, column: usize) -> bool {
        self.width > 3
            || matches!(self.separator, b'\t' | b'|')
            || self.witnesses(column).any(|(_, shape)| shape.len() > 1)
    }

    fn is_record(&self, scanner: &mut Scanner, line: &[u8], column: usize) -> bool {
        // Counting separators is cheap, and most lines of prose are done with it.
        if memchr::memchr_iter(self.separator, line).count() + 1 < self.width {
            return false;
        }
        scanner.slice(line, Quoting::WithinLine);
        let fields = &scanner.fields;
        // In prose a blank follows a comma: "apples, pears, figs, and nuts".
        let is_prose = |field: &Field| line[field.start..].first() == Some(&b' ');
        let may_be_prose = matches!(self.separator, b',' | b';');
        fields.len() == self.width
            && !(may_be_prose && fields.iter().skip(1).any(is_prose))
            && self.witnesses(column).all(|(at, expected)| shape(cell(line, &fields[at])) == expected)
    }

    /// Shapes of the record's own values that have digits, by column; of dates alone if there are any.
    fn witnesses(&self, column: usize) -> impl Iterator<Item = (usize, Vec<u8>)> {
        let of_field = |(at, field): (usize, &Field)| (at, shape(cell(self.raw, field)));
        let others = self.fields.iter().enumerate().filter(|(at, _)| *at != column && *at < self.width);
        let with_digits: Vec<_> = others.map(of_field).filter(|(_, shape)| is_short(shape)).collect();
        // Ids differ in form within a file (`a1`, `a-17`), dates hardly do, so they are asked alone where there are
        // any.
        let has_dates = with_digits.iter().any(|(_, shape)| is_date(shape));
        with_digits.into_iter().filter(move |(_, shape)| !has_dates || is_date(shape))
    }
}

/// Whether a shape has digits and is no stretch of prose.
fn is_short(shape: &[u8]) -> bool {
    shape.len() <= 12 && shape.contains(&b'9')
}

fn is_date(shape: &[u8]) -> bool {
    memchr::memchr_iter(b'9', shape).count() >= 3
}
