//! Reading TOML that people write: every value knows its place, every error shows it, unknown keys name the nearest.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::codebook::keys::KeyTable;

/// Trouble at one place of a TOML file: `codebook.toml:12:9: message`, the line, and a caret under the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct TomlError {
    /// The file as the user named it.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
    source_line: String,
}

impl fmt::Display for TomlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        let margin = self.line.to_string();
        let (shown, before) = excerpt(&self.source_line, self.column.saturating_sub(1));
        // Tabs stay tabs, or the caret would not stand below its place.
        let lead: String = shown.chars().take(before).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(out, "\n  {margin} | {shown}\n  {:width$} | {lead}^", "", width = margin.len())
    }
}

/// What is shown of a line around its character number `at`, and how many characters come before that one: all of it, or
/// of a very long line the neighbourhood.
fn excerpt(line: &str, at: usize) -> (String, usize) {
    const LONGEST: usize = 200;
    const AROUND: usize = 60;
    if line.chars().count() <= LONGEST {
        return (line.to_owned(), at);
    }
    let start = at.saturating_sub(AROUND);
    let lead = if start > 0 { "\u{2026}" } else { "" };
    let part: String = line.chars().skip(start).take(2 * AROUND).collect();
    let tail = if line.chars().nth(start + 2 * AROUND).is_some() { "\u{2026}" } else { "" };
    (format!("{lead}{part}{tail}"), at - start + lead.chars().count())
}

/// A TOML file's name and text: what places are counted in.
#[derive(Clone, Copy, Debug)]
pub struct TomlFile<'a> {
    /// As the user named it.
    pub name: &'a str,
    /// The whole file.
    pub text: &'a str,
}

impl<'a> TomlFile<'a> {
    /// The file as a table.
    ///
    /// # Errors
    /// When it is not valid TOML.
    pub fn parse(self) -> Result<DeTable<'a>, TomlError> {
        match DeTable::parse(self.text) {
            Ok(table) => Ok(table.into_inner()),
            Err(error) => {
                let offset = error.span().map_or(self.text.len(), |span| span.start);
                let message = match error.message() {
                    deep if deep.contains("recurs") => {
                        "nested too deep; no key of this file has tables in tables".to_owned()
                    }
                    message => message.replace('\n', " "),
                };
                let remedy = self.remedy(offset, &message);
                Err(self.error(offset, message + remedy))
            }
        }
    }

    /// What mends a mistake that a file written with a word processor, or on Windows, often has; else nothing.
    fn remedy(self, offset: usize, message: &str) -> &'static str {
        let place = self.text.get(offset..).unwrap_or_default();
        if place.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}']) {
            return "; quotation marks are straight here: \"...\"";
        }
        // `path = "articles\2022.csv"`
        if message.contains("escaped value") {
            return "; in double quotes a backslash begins a sign: write / between folders, or single quotes";
        }
        ""
    }

    /// Trouble at a byte offset of the file.
    #[must_use]
    pub fn error(self, offset: usize, message: impl Into<String>) -> TomlError {
        let offset = (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        TomlError {
            file: self.name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            source_line: self.text[line_start..].lines().next().unwrap_or_default().to_owned(),
        }
    }
}

/// A string value and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The string, escapes resolved.
    pub value: String,
    span: Range<usize>,
}

impl Text {
    /// Where the value begins, its quotation mark included.
    #[must_use]
    pub fn start(&self) -> usize {
        self.span.start
    }

    /// Where byte `at` of the value stands in the file.
    #[must_use]
    pub fn offset(&self, file: TomlFile<'_>, at: usize) -> usize {
        let raw = &file.text[self.span.clone()];
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let body = &raw[quotes.min(raw.len())..];
        // TOML drops a line end right behind `"""`.
        let skipped = body.len() - body.trim_start_matches(['\r', '\n']).len();
        let mut position = self.span.start + quotes + if quotes == 3 { skipped } else { 0 };
        let mut left = at;
        let mut rest = file.text[position..].chars();
        while let Some(character) = rest.next().filter(|_| left > 0) {
            position += character.len_utf8();
            left = left.saturating_sub(character.len_utf8());
            // `\"` is two characters in the file and one in the value.
            if character == '\\' && raw.starts_with('"') {
                position += rest.next().map_or(0, char::len_utf8);
            }
        }
        position
    }
}

/// One table of the file, with its name as messages put it and where it begins.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'t, 'a> {
    /// The file it stands in.
    pub file: TomlFile<'a>,
    /// Keys and values.
    pub table: &'t DeTable<'a>,
    /// Its name in messages: `[compare]`.
    pub place: &'t str,
    /// Where it begins, in bytes.
    pub start: usize,
}

/// A value of the file.
pub type Value<'a> = Spanned<DeValue<'a>>;

impl<'t, 'a> Fields<'t, 'a> {
    /// The whole file as a table.
    #[must_use]
    pub fn root(file: TomlFile<'a>, table: &'t DeTable<'a>, place: &'t str) -> Self {
        Self { file, table, place, start: 0 }
    }

    /// Refuses keys that `known` does not have; `advice` may say of one where it belongs.
    ///
    /// # Errors
    /// At the first key in the file that is not known.
    pub fn refuse_unknown(&self, known: &KeyTable, advice: impl Fn(&str) -> Option<String>) -> Result<(), TomlError> {
        let known = known.names();
        let unknown = self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
        let word = key.get_ref();
        let what = format!("key \"{word}\" in {}", self.place);
        let message = match advice(word) {
            Some(advice) => format!("unknown {what}; {advice}"),
            None => unknown_word(&what, word, &known),
        };
        Err(self.file.error(key.span().start, message))
    }

    /// The value of a key as it is.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&'t Value<'a>> {
        self.table.get(key)
    }

    /// Trouble with the table as a whole, such as a key that is missing.
    #[must_use]
    pub fn missing(&self, message: &str) -> TomlError {
        self.file.error(self.start, message)
    }

    /// `"KEY" is FOUND; expected EXPECTED`, at the value.
    #[must_use]
    pub fn expected(&self, value: &Value<'_>, key: &str, expected: &str) -> TomlError {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("\"{text}\""),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        self.file.error(value.span().start, format!("\"{key}\" is {found}; expected {expected}"))
    }

    /// A string that is not blank; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is anything else.
    pub fn text(&self, key: &str) -> Result<Option<Text>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => {
                Ok(Some(Text { value: text.to_string(), span: value.span() }))
            }
            _ => Err(self.expected(value, key, "a text in quotation marks, not empty")),
        }
    }

    /// A string that must be there; `remedy` completes the message where it is not.
    ///
    /// # Errors
    /// When it is absent, blank or of another type.
    pub fn required(&self, key: &str, remedy: &str) -> Result<Text, TomlError> {
        self.text(key)?.ok_or_else(|| self.missing(&format!("{} has no {key}; {remedy}", self.place)))
    }

    /// A list of strings; empty where the key is absent.
    ///
    /// # Errors
    /// When the value is anything else.
    pub fn texts(&self, key: &str) -> Result<Vec<Text>, TomlError> {
        const EXPECTED: &str = "a list of texts in quotation marks";
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let array = value.get_ref().as_array().ok_or_else(|| self.expected(value, key, EXPECTED))?;
        array
            .iter()
            .map(|item| match item.get_ref().as_str() {
                Some(string) => Ok(Text { value: string.to_owned(), span: item.span() }),
                None => Err(self.expected(item, key, EXPECTED)),
            })
            .collect()
    }

    /// A finite number, integer or not, with its value in the file; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is anything else.
    pub fn number(&self, key: &str) -> Result<Option<(f64, &'t Value<'a>)>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let number = match value.get_ref() {
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        match number.filter(|number: &f64| number.is_finite()) {
            Some(number) => Ok(Some((number, value))),
            None => Err(self.expected(value, key, "a number")),
        }
    }

    /// A table, named `place` in messages; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is of another type.
    pub fn table(&self, key: &str, place: &'t str) -> Result<Option<Self>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Table(table) => Ok(Some(Self { file: self.file, table, place, start: value.span().start })),
            _ => Err(self.expected(value, key, "a table")),
        }
    }

    /// The tables `[[key]]`, named `place` in messages; none where the key is absent.
    ///
    /// # Errors
    /// When the value is of another type; `expected` says what would be right.
    pub fn tables(&self, key: &str, place: &'t str, expected: &str) -> Result<Vec<Self>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let items = value.get_ref().as_array().ok_or_else(|| self.expected(value, key, expected))?;
        items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::Table(table) => Ok(Self { file: self.file, table, place, start: item.span().start }),
                _ => Err(self.expected(item, key, &format!("a table: {expected}"))),
            })
            .collect()
    }

    /// One of some words; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is none of them.
    pub fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Result<Option<T>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let found = value.get_ref().as_str().and_then(|word| choices.iter().find(|(name, _)| *name == word));
        found.map(|(_, choice)| Some(*choice)).ok_or_else(|| self.expected(value, key, &word_list(choices)))
    }
}

/// The words of a choice, for messages.
#[must_use]
pub fn word_list<T>(choices: &[(&str, T)]) -> String {
    let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// `unknown WHAT; did you mean "NEAREST"?`, or the list of what is known where nothing is near.
#[must_use]
pub fn unknown_word(what: &str, given: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&given.to_lowercase(), &name.to_lowercase()), *name))
        .min()
        // A third of the letters may be wrong: `stanse` is taken for "stance", `tone` is not for "title".
        .filter(|(distance, name)| *distance <= (name.chars().count().max(3) / 3).max(1));
    match nearest {
        Some((_, name)) => format!("unknown {what}; did you mean \"{name}\"?"),
        None if known.is_empty() => format!("unknown {what}; none is defined"),
        None => format!("unknown {what}; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_shows_line_column_and_caret() {
        let file = TomlFile { name: "c.toml", text: "a = 1\n\tbé = x\n" };
        let error = file.error(file.text.find('x').unwrap(), "no");
        assert_eq!(error.to_string(), "c.toml:2:7: no\n  2 | \tbé = x\n    | \t     ^");
    }

    #[test]
    fn a_value_knows_where_its_bytes_stand() {
        for (text, at, rest) in [
            ("m = \"ab cd\"", 3, "cd"),
            ("m = 'ab cd'", 3, "cd"),
            ("m = \"a\\\"b cd\"", 4, "cd"),
            ("m = \"\"\"\nab cd\"\"\"", 3, "cd"),
            ("m = \"é x\"", 3, "x"),
        ] {
            let file = TomlFile { name: "c", text };
            let table = file.parse().unwrap();
            let value = Fields::root(file, &table, "c").text("m").unwrap().unwrap();
            assert!(text[value.offset(file, at)..].starts_with(rest), "{text}: {}", value.offset(file, at));
        }
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        for (given, expected) in [
            ("perid", "unknown key \"perid\"; did you mean \"period\"?"),
            ("zzz", "unknown key \"zzz\"; there are by, period"),
        ] {
            assert_eq!(unknown_word(&format!("key \"{given}\""), given, &["by", "period"]), expected);
        }
    }
}
