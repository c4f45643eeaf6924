//! One JSON object as a record: what every JSON reader makes of the text between its braces.
//!
//! Texts, numbers and truth values are values, numbers as they are written; `null` is no value, and neither are `NaN` and
//! `Infinity`, which Python writes and JSON does not have; lists and objects are kept as compact JSON.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{
    corpus::{
        reader::{NamedValue, Row, ValueForm},
        stream::Stream,
    },
    model::Exclusion,
};

/// The most values that a record may have. Each is kept until its document is coded, and a record of 16 MiB may have a million.
const MOST_VALUES: usize = 100_000;

/// What was mended in a file's records, to be said at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// Values that are no numbers.
    no_numbers: u64,
    /// Values with half a character.
    torn: u64,
}

impl Mended {
    /// Tells the user.
    pub(super) fn note(self, stream: &mut Stream) {
        match self.no_numbers {
            0 => {}
            1 => stream.note("1 value is NaN or Infinity, which JSON does not have; it is taken as missing".to_owned()),
            count => stream.note(format!(
                "{count} values are NaN or Infinity, which JSON does not have; they are taken as missing"
            )),
        }
        let torn = "half a character (one escape of a surrogate pair without the other); U+FFFD stands for it";
        match self.torn {
            0 => {}
            1 => stream.note(format!("1 value has {torn}")),
            count => stream.note(format!("{count} values have {torn}")),
        }
    }
}

/// The record in the first `length` bytes of the window; `place` says in messages what it should be.
pub(super) fn row<'a>(stream: &'a Stream, length: usize, place: &str, mended: &mut Mended) -> Row<'a> {
    let (raw, line) = (&stream.window()[..length], stream.line());
    if let Some(at) = memchr::memchr(0, raw) {
        let line_start = memchr::memrchr2(b'\n', b'\r', &raw[..at]).map_or(0, |end| end + 1);
        let detail = format!("a NUL byte in line {}, column {}; remove it", stream.line_at(at), at - line_start + 1);
        return Row::Unreadable(Exclusion::Malformed, detail);
    }
    let Ok(text) = std::str::from_utf8(raw) else {
        return Row::Unreadable(Exclusion::Undecodable, stream.undecodable(raw, 0).unwrap_or_default());
    };
    let cells = serde_json::from_str::<Object<'_>>(text).map(|object| object.0).or_else(|error| {
        // Only now, as nearly all files have none.
        let (without, count) = without_nan(text);
        let cells = if count > 0 { serde_json::from_str::<Object<'_>>(&without).ok() } else { None };
        let cells = cells.ok_or(error)?;
        mended.no_numbers += count;
        Ok(cells.0.into_iter().map(owned).collect())
    });
    match cells {
        Ok(cells) => {
            mended.torn += cells.iter().filter(|cell| cell.form == ValueForm::Torn).count() as u64;
            Row::Cells(cells)
        }
        Err(error) => Row::Unreadable(Exclusion::Malformed, trouble(&error, line, place)),
    }
}

fn owned<'a>(cell: NamedValue<'_>) -> NamedValue<'a> {
    let NamedValue { name, value, form } = cell;
    NamedValue { name: Cow::Owned(name.into_owned()), value: Cow::Owned(value.into_owned()), form }
}

/// The text with `null` for each `NaN`, `Infinity` and `-Infinity` outside its strings, and how many there were.
fn without_nan(json: &str) -> (String, u64) {
    let (mut mended, mut count, mut at) = (String::with_capacity(json.len()), 0, 0);
    while let Some(next) = json[at..].find(['"', 'N', 'I', '-']).map(|next| at + next) {
        mended.push_str(&json[at..next]);
        let rest = &json[next..];
        let word = ["NaN", "Infinity", "-Infinity"].into_iter().find(|word| rest.starts_with(word));
        let length = match word {
            Some(word) => word.len(),
            None if rest.starts_with('"') => string_length(rest),
            None => 1,
        };
        mended.push_str(if word.is_some() { "null" } else { &rest[..length] });
        count += u64::from(word.is_some());
        at = next + length;
    }
    mended.push_str(&json[at..]);
    (mended, count)
}

/// Bytes of the string that `json` begins with, its marks included.
fn string_length(json: &str) -> usize {
    let mut escaped = false;
    let end = json.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(json.len(), |end| end + 2)
}

fn trouble(error: &serde_json::Error, line: u64, place: &str) -> String {
    let message = error.to_string();
    let message = match message.rsplit_once(" at line ").map_or(&message[..], |(message, _)| message) {
        _ if error.is_eof() => "the line ends in the middle of a value",
        other if other.starts_with("invalid type") => "this is no object",
        other => other,
    };
    let line = line + (error.line() as u64).saturating_sub(1);
    format!("line {line}, column {}: {message}; expected {place}", error.column().max(1))
}

/// The members of an object in their order, without those that are `null`.
struct Object<'a>(Vec<NamedValue<'a>>);

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
        let mut names: Vec<Cow<'de, str>> = Vec::new();
        let mut cells: Vec<NamedValue<'de>> = Vec::new();
        while let Some((Text(name), value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
            if names.len() == MOST_VALUES {
                return Err(A::Error::custom("over 100,000 values; export the columns that the study needs"));
            }
            names.push(name.clone());
            cells.extend(member(name, value.get()).map_err(A::Error::custom)?);
        }
        // Sorted, as a record may have a hundred thousand names: counts of words, say.
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(A::Error::custom(format_args!("two values for \"{}\"", pair[0]))),
            None => Ok(Object(cells)),
        }
    }
}

/// A member as a cell; `None` where it is `null`.
fn member<'a>(name: Cow<'a, str>, json: &'a str) -> Result<Option<NamedValue<'a>>, String> {
    let (value, form) = match json.as_bytes().first() {
        Some(b'n') => return Ok(None),
        Some(b'"') => text(json).map_err(|error| format!("\"{name}\": {}", without_place(&error)))?,
        Some(b'[' | b'{') => (Cow::Owned(compact(json)), ValueForm::Nested),
        _ => (Cow::Borrowed(json), ValueForm::Text),
    };
    Ok(Some(NamedValue { name, value, form }))
}

fn text(json: &str) -> Result<(Cow<'_, str>, ValueForm), serde_json::Error> {
    match serde_json::from_str::<Text<'_>>(json) {
        Ok(Text(text)) => Ok((text, ValueForm::Text)),
        Err(error) => {
            let whole = with_whole_pairs(json);
            let Text(text) = serde_json::from_str(&whole).map_err(|_| error)?;
            Ok((Cow::Owned(text.into_owned()), ValueForm::Torn))
        }
    }
}

/// The string with `\ufffd` for each escape of half a surrogate pair that the other half is not beside.
fn with_whole_pairs(json: &str) -> String {
    let (mut whole, mut rest) = (String::with_capacity(json.len()), json);
    while let Some(at) = rest.find('\\') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (escaped_unit(rest), rest.get(6..).and_then(escaped_unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            _ => rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end),
        };
        whole.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    whole + rest
}

/// The UTF-16 unit of an escape `\u....` at the beginning of `json`.
fn escaped_unit(json: &str) -> Option<u16> {
    u16::from_str_radix(json.strip_prefix("\\u")?.get(..4)?, 16).ok()
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

    #[test]
    fn as_many_values_as_a_record_may_have_are_read_and_no_more() {
        let read = |count: usize| {
            let members: Vec<String> = (0..count).map(|number| format!("\"v{number}\":0")).collect();
            serde_json::from_str::<Object<'_>>(&format!("{{{}}}", members.join(","))).map(|it| it.0.len()).ok()
        };
        assert_eq!(read(MOST_VALUES), Some(MOST_VALUES));
        assert_eq!(read(MOST_VALUES + 1), None);
    }

    #[test]
    fn numbers_that_are_none_become_null_outside_of_strings_only() {
        for (json, expected, count) in [
            (r#"{"a":NaN,"b":[-Infinity, Infinity],"c":-1}"#, r#"{"a":null,"b":[null, null],"c":-1}"#, 3),
            (r#"{"NaN":"a \" NaN","b":1}"#, r#"{"NaN":"a \" NaN","b":1}"#, 0),
        ] {
            assert_eq!(without_nan(json), (expected.to_owned(), count), "{json}");
        }
    }

    #[test]
    fn half_pairs_are_replaced_and_whole_ones_kept() {
        for (json, expected) in [
            (r#""a \ud83d b""#, r#""a \ufffd b""#),
            (r#""\ud83d\ude00\udc4d""#, r#""\ud83d\ude00\ufffd""#),
            (r#""\\ud83d \n\u00e9 \ud83d""#, r#""\\ud83d \n\u00e9 \ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
        ] {
            assert_eq!(with_whole_pairs(json), expected, "{json}");
        }
    }
}
