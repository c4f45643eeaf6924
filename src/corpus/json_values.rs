//! Cuts a JSON file into records: the objects of one list, as pandas and databases export them, or objects one after
//! another, as crawlers write them.
//!
//! Only the ends of values are found here, one value in memory at a time; `json_object` reads what is between.

use crate::corpus::json_object::{self, Mended};
use crate::corpus::reader::{Records, Row, too_long};
use crate::corpus::stream::{Measured, Stream};
use crate::corpus::{CorpusError, Reader};
use crate::model::{Exclusion, FileFormat};

/// A list of objects, or objects one after another.
pub(super) const READER: Reader =
    Reader { name: "JSON", format: FileFormat::Json, extensions: &["json"], one_document: false, open };

fn open(mut stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    let is_list = skip_white_space(&mut stream)? == Some(b'[');
    if is_list {
        stream.consume(1);
    }
    let mut values = JsonValues { stream, is_list, around: 0, length: 0, mended: Mended::default() };
    if let Some(answer) = Answer::at(values.stream.window()) {
        values.stream.note(format!("the records are those of the list \"{}\"", answer.name));
        values.enter(&answer);
    }
    Ok(Box::new(values))
}

/// Names under which services give their records, in an answer that is one object.
const LISTS: [&str; 9] = ["articles", "data", "docs", "hits", "items", "records", "results", "stories", "value"];

/// The beginning of the answer of a service, up to its list of records: `{"status": "ok", "articles": [` of `NewsAPI`, or with
/// `{"response": {"results": [` around it.
struct Answer {
    /// Bytes before the first record.
    length: usize,
    /// Objects around the list.
    around: usize,
    name: &'static str,
}

impl Answer {
    /// The answer that `bytes` begin with; `None` where they begin otherwise, as with an article that has a list inside.
    fn at(bytes: &[u8]) -> Option<Self> {
        // More members than these, or deeper, has no answer before its list.
        const MOST: (usize, usize) = (50, 3);
        let (mut at, mut around, mut members) = (0, 0, 0);
        while members < MOST.0 && around <= MOST.1 {
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b',').count();
            match bytes.get(at)? {
                b'{' => (at, around) = (at + 1, around + 1),
                b'}' if around > 1 => (at, around) = (at + 1, around - 1),
                b'"' => {
                    let (name, value) = member(bytes, at)?;
                    members += 1;
                    at = value;
                    let list = LISTS.iter().find(|list| list.as_bytes() == name);
                    match (bytes.get(at)?, list) {
                        (b'{', _) => {}
                        (b'[', Some(name)) if begins_with_object(&bytes[at + 1..]) => {
                            return Some(Self { length: at + 1, around, name });
                        }
                        (b'[', _) => return None,
                        _ if ["title", "text", "url"].iter().any(|own| own.as_bytes() == name) => return None,
                        _ => at = end_of_value(bytes, at)?,
                    }
                }
                _ => return None,
            }
        }
        None
    }
}

/// The name of the member that begins at `at`, and where its value does.
fn member(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let end = end_of_value(bytes, at)?;
    let colon = end + bytes[end..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let value = colon + 1 + bytes.get(colon + 1..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (bytes[colon] == b':').then_some((&bytes[at + 1..end - 1], value))
}

/// Where the text, number or the like ends that begins at `at`.
fn end_of_value(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = Depth::default();
    bytes[at..].iter().enumerate().find_map(|(place, byte)| Some(at + place + usize::from(depth.end(*byte)?)))
}

/// Whether a list whose inside begins so holds objects, or nothing.
fn begins_with_object(inside: &[u8]) -> bool {
    matches!(inside.trim_ascii_start().first(), Some(b'{' | b']'))
}

/// Whether the file is a list, and an object the first thing in it. Leading white space is consumed.
pub(super) fn begins_list_of_objects(stream: &mut Stream) -> Result<bool, CorpusError> {
    let is_list = skip_white_space(stream)? == Some(b'[');
    Ok(is_list && stream.window()[1..].trim_ascii_start().first() == Some(&b'{'))
}

/// Marks leading white space as done with; the first byte behind it, `None` at the end of the file.
fn skip_white_space(stream: &mut Stream) -> Result<Option<u8>, CorpusError> {
    loop {
        let blank = stream.window().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        stream.consume(blank);
        if let Some(first) = stream.window().first() {
            return Ok(Some(*first));
        }
        if stream.ended() {
            return Ok(None);
        }
        stream.fill()?;
    }
}

struct JsonValues {
    stream: Stream,
    is_list: bool,
    /// Objects around the list, in the answer of a service.
    around: usize,
    /// Of the value that was handed out last.
    length: usize,
    mended: Mended,
}

/// How far into a value a scan has come.
#[derive(Default)]
struct Depth {
    open: usize,
    in_text: bool,
    escaped: bool,
}

impl Depth {
    /// Whether the value ends with this byte (`Some(true)`), before it (`Some(false)`) or goes on.
    fn end(&mut self, byte: u8) -> Option<bool> {
        if self.in_text {
            let closes = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.in_text = !closes;
            return (closes && self.open == 0).then_some(true);
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.open += 1,
            b'}' | b']' if self.open > 0 => {
                self.open -= 1;
                return (self.open == 0).then_some(true);
            }
            b',' | b']' | b'}' if self.open == 0 => return Some(false),
            _ if self.open == 0 && byte.is_ascii_whitespace() => return Some(false),
            _ => {}
        }
        None
    }
}

impl Records for JsonValues {
    fn columns(&self) -> Option<&[String]> {
        None
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        self.stream.consume(std::mem::take(&mut self.length));
        let mut first = skip_white_space(&mut self.stream)?;
        if first == Some(b',') {
            self.stream.consume(1);
            first = skip_white_space(&mut self.stream)?;
        }
        if first == Some(b']') && self.is_list {
            self.stream.consume(1);
            self.is_list = false;
            self.leave()?;
            first = skip_white_space(&mut self.stream)?;
            // Pages of one search may stand one after another.
            if let Some(answer) = Answer::at(self.stream.window()) {
                self.enter(&answer);
                return self.next_row();
            }
        }
        if first.is_none() {
            std::mem::take(&mut self.mended).note(&mut self.stream);
            let is_cut_off = std::mem::take(&mut self.is_list);
            return Ok(is_cut_off.then(|| self.cut_off()));
        }
        let first_line = self.stream.line();
        let value = self.measure()?;
        self.length = value.length;
        if value.is_too_long {
            return Ok(Some(Row::Unreadable(
                Exclusion::TooLong,
                too_long(&format!(
                    "one record that begins in line {first_line}; a quotation mark or brace may not be closed"
                )),
            )));
        }
        let place = "a JSON object: records are the objects of a list, or objects one after another";
        Ok(Some(json_object::row(&self.stream, self.length, place, &mut self.mended)))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}

impl JsonValues {
    /// Goes into the list of an answer.
    fn enter(&mut self, answer: &Answer) {
        self.stream.consume(answer.length);
        (self.is_list, self.around) = (true, answer.around);
    }

    /// Passes over what stands behind the list of an answer.
    fn leave(&mut self) -> Result<(), CorpusError> {
        let mut depth = Depth { open: std::mem::take(&mut self.around), ..Depth::default() };
        if depth.open > 0 {
            let rest = self.stream.measure(|bytes| {
                bytes.iter().enumerate().find_map(|(at, byte)| Some(at + usize::from(depth.end(*byte)?)))
            })?;
            self.stream.consume(rest.length);
        }
        Ok(())
    }

    fn cut_off(&self) -> Row<'_> {
        let detail = format!(
            "the list is not closed: the file ends in line {}, and records after it are missing; copy or export it again",
            self.stream.line()
        );
        Row::Unreadable(Exclusion::Malformed, detail)
    }

    /// Measures the value at the window's beginning.
    fn measure(&mut self) -> Result<Measured, CorpusError> {
        let mut depth = Depth::default();
        let mut has_begun = false;
        self.stream.measure(|bytes| {
            let end = bytes.iter().enumerate().find_map(|(at, byte)| Some(at + usize::from(depth.end(*byte)?)));
            // A closing bracket out of place is a value of its own, so that reading goes on.
            let end = end.map(|end| end.max(usize::from(!has_begun)));
            has_begun |= !bytes.is_empty();
            end
        })
    }
}
