//! Cuts JSON Lines into records: one object on each line.

use crate::corpus::json_object::{self, Mended};
use crate::corpus::reader::{Records, Row, too_long};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader, json_values};
use crate::model::{Exclusion, FileFormat};

/// One JSON object per line.
pub(super) const READER: Reader = Reader {
    name: "JSON Lines",
    format: FileFormat::JsonLines,
    extensions: &["jsonl", "ndjson"],
    one_document: false,
    open,
};

/// A file of this extension that begins with a list of objects is read as one.
fn open(mut stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    if json_values::begins_list_of_objects(&mut stream)? {
        stream.note("one list of records, not one on each line".to_owned());
        return (json_values::READER.open)(stream);
    }
    Ok(Box::new(JsonLines { stream, length: 0, mended: Mended::default() }))
}

struct JsonLines {
    stream: Stream,
    /// Of the line that was handed out last.
    length: usize,
    mended: Mended,
}

impl Records for JsonLines {
    fn columns(&self) -> Option<&[String]> {
        None
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        loop {
            self.stream.consume(std::mem::take(&mut self.length));
            if !self.stream.skip_line_ends()? {
                std::mem::take(&mut self.mended).note(&mut self.stream);
                return Ok(None);
            }
            let first_line = self.stream.line();
            let line = self.stream.measure(|bytes| memchr::memchr2(b'\n', b'\r', bytes))?;
            self.length = line.length;
            if line.is_too_long {
                return Ok(Some(Row::Unreadable(Exclusion::TooLong, too_long(&format!("line {first_line}")))));
            }
            if !self.stream.window()[..self.length].trim_ascii().is_empty() {
                break;
            }
        }
        Ok(Some(json_object::row(&self.stream, self.length, "one JSON object on the line", &mut self.mended)))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}
