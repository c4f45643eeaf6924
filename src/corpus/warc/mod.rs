//! Web archives (WARC 1.0 and 1.1, ISO 28500), as Common Crawl and web archives of libraries write them: each answer of a server is a
//! record, and a page in it an article.
//!
//! `http` unpacks an answer, `corpus::pages` finds the article. Only answers count as records; requests, descriptions and answers
//! that were the same as before are no articles, and are said in a note. A damaged record is left out with its place, and reading goes
//! on at the next one.
//!
//! Not here: WET and WAT, which hold what others made of the pages.

mod header;
mod http;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::corpus::reader::{NamedValue, Records, Row, ValueForm, too_long};
use crate::corpus::stream::{LONGEST_RECORD, Stream};
use crate::corpus::warc::header::Header;
use crate::corpus::{CorpusError, Reader, pages};
use crate::model::{Exclusion, FileFormat};

/// Answers of servers, each a web page.
pub(super) const READER: Reader = Reader {
    name: "web archive (WARC)",
    format: FileFormat::Warc,
    extensions: &["warc"],
    one_document: false,
    open: |stream| Ok(Box::new(WebArchive { stream: stream.of_members(), length: 0, others: BTreeMap::new() })),
};

/// What every record begins with.
const BEGINNING: &[u8] = b"WARC/1.";

/// No header is longer.
const LONGEST_HEADER: usize = 1 << 20;

struct WebArchive {
    stream: Stream,
    /// Of the record that was handed out last.
    length: usize,
    /// Records that are no answers, by type.
    others: BTreeMap<String, u64>,
}

/// How much of the window a record is, and what is wrong with it.
enum Framed {
    Whole(Header, usize),
    TooLong(Header),
    Broken(String),
}

impl Records for WebArchive {
    fn columns(&self) -> Option<&[String]> {
        None
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        loop {
            self.stream.consume(std::mem::take(&mut self.length));
            // Of a member whose damage leaves nothing, a break is all that is known.
            if !self.stream.skip_line_ends()? && self.stream.next_break().is_none() {
                self.note_others();
                return Ok(None);
            }
            let start = self.stream.offset();
            match self.frame()? {
                Framed::Broken(trouble) => {
                    let passed = self.skip_to_next()?;
                    let detail = format!("{trouble} at byte {start} (unpacked); {passed} bytes are passed over");
                    return Ok(Some(Row::Unreadable(Exclusion::Malformed, detail)));
                }
                Framed::TooLong(header) => {
                    self.skip(header.length as u64 + header.block)?;
                    if header.is_answer() {
                        let place = format!("the answer of {}", header.url);
                        return Ok(Some(Row::Unreadable(Exclusion::TooLong, too_long(&place))));
                    }
                    *self.others.entry(header.kind).or_default() += 1;
                }
                Framed::Whole(header, length) => {
                    self.length = length;
                    if header.is_answer() {
                        return Ok(Some(row(&header, &self.stream.window()[header.length..length])));
                    }
                    *self.others.entry(header.kind).or_default() += 1;
                }
            }
        }
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}

impl WebArchive {
    /// Reads the header at the window's beginning, and on to the end of the record where it is no longer than one may be.
    fn frame(&mut self) -> Result<Framed, CorpusError> {
        if self.stream.next_break().is_some_and(|at| at <= self.stream.offset()) {
            return Ok(Framed::Broken("a damaged record".to_owned()));
        }
        let header = loop {
            let window = self.stream.window();
            if window.len() >= BEGINNING.len() && !window.starts_with(BEGINNING) {
                return Ok(Framed::Broken("no record of a web archive".to_owned()));
            }
            if let Some(header) = Header::read(window) {
                break header;
            }
            if self.stream.ended() || window.len() > LONGEST_HEADER || self.stream.next_break().is_some() {
                return Ok(Framed::Broken("a header without an end".to_owned()));
            }
            self.stream.fill()?;
        };
        let Some(block) = usize::try_from(header.block).ok().filter(|block| *block <= LONGEST_RECORD) else {
            return Ok(Framed::TooLong(header));
        };
        let length = header.length + block;
        // The beginning of the next record makes the end of a member be read, where its checksum stands.
        while self.stream.window().len() < length + 4 + BEGINNING.len() && !self.stream.ended() {
            self.stream.fill()?;
        }
        Ok(match self.trouble(length) {
            Some(trouble) => Framed::Broken(format!("{trouble} ({})", header.url)),
            None => Framed::Whole(header, length),
        })
    }

    /// What is wrong with a record of this length at the window's beginning.
    fn trouble(&self, length: usize) -> Option<&'static str> {
        let end = self.stream.offset() + length as u64 + 4;
        if self.stream.next_break().is_some_and(|at| at <= end) {
            return Some("a damaged record");
        }
        let Some(behind) = self.stream.window().get(length..) else { return Some("a record that is cut off") };
        // Two line ends end a record; some programs write one, and none at the end of the file.
        let next = behind.trim_ascii_start();
        let ends = behind.starts_with(b"\r\n\r\n") || behind.starts_with(b"\n\n") || next.is_empty();
        let begins = next.len() < behind.len() && next.starts_with(BEGINNING);
        (!ends && !begins).then_some("a record that is longer or shorter than it says")
    }

    /// Passes over what cannot be read, up to the next record; how many bytes that were.
    fn skip_to_next(&mut self) -> Result<u64, CorpusError> {
        let start = self.stream.offset();
        loop {
            // A record begins a line; behind a break one may begin anywhere.
            let broken = self.stream.next_break().map(|at| at.saturating_sub(self.stream.offset()));
            let broken = broken.and_then(|at| usize::try_from(at).ok());
            let window = self.stream.window();
            let next = memchr::memmem::find_iter(window, BEGINNING).find(|at| *at > 0 && window[at - 1] == b'\n');
            let broken = broken.filter(|at| *at <= window.len());
            if let Some(at) = [next, broken].into_iter().flatten().min() {
                self.stream.consume(at);
                if broken == Some(at) {
                    self.stream.pass_break();
                }
                break;
            }
            let (length, ended) = (window.len(), self.stream.ended());
            // The beginning of a record may be cut at the window's end.
            self.stream.consume(if ended { length } else { length.saturating_sub(BEGINNING.len()) });
            if ended {
                break;
            }
            self.stream.fill()?;
        }
        Ok(self.stream.offset() - start)
    }

    /// Passes over so many bytes, or to the end.
    fn skip(&mut self, bytes: u64) -> Result<(), CorpusError> {
        let end = self.stream.offset() + bytes;
        loop {
            let missing = usize::try_from(end - self.stream.offset()).unwrap_or(usize::MAX);
            let part = missing.min(self.stream.window().len());
            self.stream.consume(part);
            if self.stream.offset() >= end || self.stream.ended() {
                return Ok(());
            }
            self.stream.fill()?;
        }
    }

    fn note_others(&mut self) {
        let others: Vec<String> =
            std::mem::take(&mut self.others).iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        if !others.is_empty() {
            self.stream.note(format!("records that are no answers of servers are passed over: {}", others.join(", ")));
        }
    }
}

/// The article in the answer of a server.
fn row(header: &Header, block: &[u8]) -> Row<'static> {
    let page = if header.is_http { http::page(block) } else { http::text_of(block, &header.content_type) };
    let html = match page {
        Ok(html) => html,
        Err(trouble) => return Row::Unreadable(Exclusion::MissingText, format!("{}: {trouble}", header.url)),
    };
    let fields = match pages::article(&html) {
        Ok(fields) => fields,
        Err(trouble) => return Row::Unreadable(Exclusion::MissingText, format!("{}: {trouble}", header.url)),
    };
    // The address that was asked for is sure; what the page says of its own may be that of another.
    let own = [("id", &header.id), ("url", &header.url), ("crawled", &header.date)];
    let own = own.into_iter().map(|(name, value)| (name, value.clone()));
    let cells = own.chain(fields.into_iter().filter(|(name, _)| *name != "url"));
    let cell =
        |(name, value)| NamedValue { name: Cow::Borrowed(name), value: Cow::Owned(value), form: ValueForm::Text };
    Row::Cells(cells.map(cell).collect())
}
