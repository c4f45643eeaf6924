//! Cuts JSON Lines into records: one object on each line.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{
    corpus::{
        CorpusError, Reader,
        reader::{Records, Row},
        stream::{LONGEST_RECORD, Stream},
    },
    model::Exclusion,
};

/// One JSON object per line. Texts, numbers and truth values are values, numbers as they are written; `null` is no
/// value; lists and objects are kept as compact JSON.
pub(super) const READER: Reader = Reader {
    name: "JSON Lines",
    extensions: &["jsonl", "ndjson"],
    one_document: false,
    open: |stream| Ok(Box::new(JsonLines { stream, length: 0 })),
};

struct JsonLines {
    stream: Stream,
    /// Of the line that was handed out last.
    length: usize,
}

impl Records for JsonLines {
    fn columns(&self) -> Option<&[String]> {
        None
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        loop {
            self.stream.consume(std::mem::take(&mut self.length));
            if !self.stream.skip_line_ends()? {
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
        Ok(Some(self.row()))
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

    fn row(&self) -> Row<'_> {
        let (raw, line) = (&self.stream.window()[..self.length], self.stream.line());
        if let Some(at) = memchr::memchr(0, raw) {
            let detail = format!("a NUL byte in line {line}, column {}; remove it", at + 1);
            return Row::Unreadable(Exclusion::Malformed, detail);
        }
        let Ok(text) = std::str::from_utf8(raw) else {
            let trouble = self.stream.undecodable(raw, 0).unwrap_or_default();
            return Row::Unreadable(Exclusion::Undecodable, trouble);
        };
        match serde_json::from_str::<Object<'_>>(text) {
            Ok(object) => Row::Values(object.0),
            Err(error) => Row::Unreadable(Exclusion::Malformed, trouble(&error, line)),
        }
    }
}

fn trouble(error: &serde_json::Error, line: u64) -> String {
    let message = error.to_string();
    let message = match message.rsplit_once(" at line ").map_or(&message[..], |(message, _)| message) {
        _ if error.is_eof() => "the line ends in the middle of a value",
        other if other.starts_with("invalid type") => "this is no object",
        other => other,
    };
    format!("line {line}, column {}: {message}; expected one JSON object on the line", error.column().max(1))
}

/// The members of an object in their order, without those that are `null`.
struct Object<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Cow<'de, str>)> = Vec::new();
        while let Some((Text(name), value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
            if members.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format_args!("two values for \"{name}\"")));
            }
            match value.get().as_bytes().first() {
                Some(b'n') => {}
                Some(b'"') => {
                    let Text(text) = serde_json::from_str(value.get())
                        .map_err(|error| A::Error::custom(format_args!("\"{name}\": {}", without_place(&error))))?;
                    members.push((name, text));
                }
                Some(b'[' | b'{') => members.push((name, Cow::Owned(compact(value.get())))),
                _ => members.push((name, Cow::Borrowed(value.get()))),
            }
        }
        Ok(Object(members))
    }
}

/// The message alone, since the place it names is one inside the value.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// A text, borrowed where it has no escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

/// JSON without the white space between its tokens.
fn compact(json: &str) -> String {
    let (mut in_text, mut escaped) = (false, false);
    let keep = |c: &char| {
        let kept = in_text || !c.is_ascii_whitespace();
        if *c == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = in_text && *c == '\\' && !escaped;
        kept
    };
    json.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_json_keeps_white_space_in_texts() {
        assert_eq!(compact(r#"[ {"a b": "c \" d", "e\\": 1.50}, [ ] ]"#), r#"[{"a b":"c \" d","e\\":1.50},[]]"#);
    }
}
