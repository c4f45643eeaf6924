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
    Ok(Box::new(JsonValues { stream, is_list, length: 0, mended: Mended::default() }))
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
            first = skip_white_space(&mut self.stream)?;
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
