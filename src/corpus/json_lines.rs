//! Cuts JSON Lines into records: one object on each line.

use crate::{
    corpus::{
        CorpusError, Reader,
        json_object::{self, Mended},
        json_values,
        reader::{Records, Row},
        stream::{LONGEST_RECORD, Stream},
    },
    model::Exclusion,
};

/// One JSON object per line.
pub(super) const READER: Reader =
    Reader { name: "JSON Lines", extensions: &["jsonl", "ndjson"], one_document: false, open };

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
            let too_long = self.read_line()?;
            if too_long {
                let detail = format!("over {} MiB in line {first_line}", LONGEST_RECORD >> 20);
                return Ok(Some(Row::Unreadable(Exclusion::TooLong, detail)));
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

impl JsonLines {
    /// Measures the line at the window's beginning; `true` where it is too long and only its last part is left.
    fn read_line(&mut self) -> Result<bool, CorpusError> {
        let mut too_long = false;
        loop {
            let rest = &self.stream.window()[self.length..];
            if let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
                self.length += end;
                break;
            }
            self.length += rest.len();
            if self.stream.ended() {
                break;
            }
            if too_long || self.length > LONGEST_RECORD {
                too_long = true;
                self.stream.consume(std::mem::take(&mut self.length));
            }
            self.stream.fill()?;
        }
        Ok(too_long || self.length > LONGEST_RECORD)
    }
}
