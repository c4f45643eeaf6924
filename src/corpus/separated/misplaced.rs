//! What stands where a header should: a page of another kind, or lines above the header. Such a file would end in a message
//! about a missing column. Not here: a header that is there (`dialect`).

use crate::corpus::separated::scanner::{Quoting, SEPARATORS, Scanner, is_padding};

/// Lines that are looked at for the header.
const MOST_LINES: usize = 30;

/// Names by which a header is known, in small letters: of articles, and of codings.
const NAMES: [&str; 16] = [
    "id",
    "outlet",
    "source",
    "publication",
    "date",
    "published",
    "title",
    "headline",
    "text",
    "body",
    "content",
    "url",
    "document",
    "sentence",
    "frame",
    "value",
];

/// With what files begin that are no tables, what they are, and the remedy.
const OTHER_KINDS: [(&[&str], &str); 3] = [
    (
        &["<!doctype html", "<html", "<head", "<body", "<table"],
        "a web page (HTML), not a table; open it in a browser or a spreadsheet, and save the table as CSV",
    ),
    (&["<?xml"], "XML, not a table; export it as CSV, or save the sheet as CSV"),
    (&["{\"", "[{"], "JSON, not a table; let its name end in .json or .jsonl"),
];

/// What a file is that begins like this, where it is no table.
pub(super) fn other_kind(beginning: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&beginning[..beginning.len().min(64)]).to_lowercase();
    let head = head.trim_start_matches(is_padding);
    let is_it = |(marks, _): &&(&[&str], &str)| marks.iter().any(|mark| head.starts_with(mark));
    OTHER_KINDS.iter().find(is_it).map(|(_, what)| *what)
}

/// The number of the line that seems to be the header, where the first one, `line`, has at most one name.
pub(super) fn header_below(window: &[u8], columns: &[String], line: u64) -> Option<u64> {
    if columns.iter().filter(|name| !name.is_empty()).count() > 1 {
        return None;
    }
    let mut lines = (line..).zip(window.split(|byte| *byte == b'\n')).take(MOST_LINES);
    lines.find(|(_, text)| is_header(text)).map(|(number, _)| number)
}

/// Whether a line names two or more things that a table of articles or codings has.
fn is_header(line: &[u8]) -> bool {
    let known = |separator: u8| {
        let mut scanner = Scanner::new(separator);
        scanner.slice(line, Quoting::Doubled);
        let names = scanner.fields.iter().map(|field| field.value(line, Quoting::Doubled).trim().to_lowercase());
        names.filter(|name| NAMES.contains(&&name[..])).count()
    };
    SEPARATORS.iter().any(|(separator, _)| known(*separator) >= 2)
}
