//! Reads plain text: each file is one document, with what is known about it in `key: value` lines between two lines
//! `---` at its top, or in the study file.

use std::borrow::Cow;

use crate::corpus::reader::{NamedValue, Records, Row, ValueForm, too_long};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader, downloads};
use crate::model::{Exclusion, FileFormat};

/// One document per file.
pub(super) const READER: Reader =
    Reader { name: "plain text", format: FileFormat::Text, extensions: &["txt", "md"], one_document: true, open };

/// A file of this extension may be a download of many articles.
fn open(mut stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    if downloads::holds_download(&mut stream)? {
        stream.note("read as a download of many articles".to_owned());
        return downloads::open_nexis_text(stream);
    }
    Ok(Box::new(PlainText { stream, done: false }))
}

struct PlainText {
    stream: Stream,
    done: bool,
}

impl Records for PlainText {
    fn columns(&self) -> Option<&[String]> {
        None
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        // Nothing ends a document but the end of its file.
        let document = self.stream.measure(|_| None)?;
        Ok(Some(if document.is_too_long {
            Row::Unreadable(Exclusion::TooLong, too_long("one document"))
        } else {
            self.row()
        }))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}

impl PlainText {
    fn row(&self) -> Row<'_> {
        let raw = self.stream.window();
        if let Some(at) = memchr::memchr(0, raw) {
            let detail = format!("a NUL byte in line {}; remove it", self.stream.line_at(at));
            return Row::Unreadable(Exclusion::Malformed, detail);
        }
        match std::str::from_utf8(raw) {
            Ok(content) => document(content),
            Err(_) => Row::Unreadable(Exclusion::Undecodable, self.stream.undecodable(raw, 0).unwrap_or_default()),
        }
    }
}

fn document(content: &str) -> Row<'_> {
    match front_matter(content) {
        Ok((mut values, text)) => {
            values.retain(|(name, _)| name != "text");
            values.push((Cow::Borrowed("text"), Cow::Borrowed(text)));
            let cell = |(name, value)| NamedValue { name, value, form: ValueForm::Text };
            Row::Cells(values.into_iter().map(cell).collect())
        }
        Err(detail) => Row::Unreadable(Exclusion::Malformed, detail),
    }
}

type Values<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The values at the top and the text below them. A first line `---` that no second one follows is text. Indented
/// lines and lines that begin with `-` belong to the value above.
fn front_matter(content: &str) -> Result<(Values<'_>, &str), String> {
    let none = (Vec::new(), content);
    let mut rest = content;
    if next_line(&mut rest) != Some("---") {
        return Ok(none);
    }
    let mut lines = Vec::new();
    loop {
        match next_line(&mut rest) {
            Some("---" | "...") => break,
            Some(line) => lines.push(line),
            None => return Ok(none),
        }
    }
    let mut values: Values<'_> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let number = at + 2;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with([' ', '\t', '-']) {
            let Some((_, value)) = values.last_mut() else { return Err(no_pair(number)) };
            let separator = if value.is_empty() { "" } else { "\n" };
            *value = Cow::Owned(format!("{value}{separator}{}", line.trim()));
            continue;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| no_pair(number))?;
        if values.iter().any(|(other, _)| other == name.trim()) {
            return Err(format!("line {number} gives a second value for \"{}\"; keep one", name.trim()));
        }
        values.push((Cow::Borrowed(name.trim()), Cow::Borrowed(unquoted(value.trim()))));
    }
    Ok((values, rest))
}

fn no_pair(line: usize) -> String {
    format!("line {line} is not \"key: value\", as the lines between --- and --- should be")
}

fn next_line<'a>(rest: &mut &'a str) -> Option<&'a str> {
    if rest.is_empty() {
        return None;
    }
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let line = &rest[..end];
    let ending = if rest[end..].starts_with("\r\n") { 2 } else { rest[end..].len().min(1) };
    *rest = &rest[end + ending..];
    Some(line.trim_end())
}

fn unquoted(value: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_where_the_text_begins() {
        for (content, expected, text) in [
            ("Just text.\n", Some(vec![]), "Just text.\n"),
            ("---\noutlet: Herald\n---\nText.", Some(vec![("outlet", "Herald")]), "Text."),
            ("---\r\ntitle: \"A: B\"\r\n---\r\n\r\nText.", Some(vec![("title", "A: B")]), "\r\nText."),
            ("---\ntags:\n  - war\n- peace\n# note\n\n---\n", Some(vec![("tags", "- war\n- peace")]), ""),
            ("---\nno end\n", Some(vec![]), "---\nno end\n"),
            ("---\nno pair\n---\n", None, ""),
            ("---\n- orphan\n---\n", None, ""),
            ("---\na: 1\na: 2\n---\n", None, ""),
            ("", Some(vec![]), ""),
        ] {
            let found = front_matter(content);
            let values = found.as_ref().ok().map(|(values, _)| {
                values.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect::<Vec<_>>()
            });
            assert_eq!(values, expected, "{content:?}");
            assert_eq!(found.map_or("", |(_, text)| text), text, "{content:?}");
        }
    }
}
