//! Reading TOML that people write: every value knows its place, every error shows it, unknown keys name the nearest.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
        let lead: String = self
            .source_line
            .chars()
            .take(self.column.saturating_sub(1))
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        write!(out, "\n  {margin} | {}\n  {:width$} | {lead}^", self.source_line, "", width = margin.len())
    }
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
                Err(self.error(offset, error.message().replace('\n', " ")))
            }
        }
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
        let skipped = body.len() - body.trim_start_matches(['\r', '\n']).len();
        let mut position = self.span.start + quotes + if quotes == 3 { skipped } else { 0 };
        let mut left = at;
        let mut rest = file.text[position..].chars();
        while let Some(character) = rest.next().filter(|_| left > 0) {
            position += character.len_utf8();
            left = left.saturating_sub(character.len_utf8());
            if character == '\\' && raw.starts_with('"') {
                position += rest.next().map_or(0, char::len_utf8);
            }
        }
        position
    }
}

/// One table of the file, with the keys it may have.
#[derive(Debug)]
pub struct Fields<'t, 'a> {
    file: TomlFile<'a>,
    table: &'t DeTable<'a>,
    place: &'static str,
    start: usize,
}

impl<'t, 'a> Fields<'t, 'a> {
    /// The table called `place` in messages, which begins at byte `start`.
    ///
    /// # Errors
    /// When it has a key that is not in `known`.
    pub fn new(
        file: TomlFile<'a>,
        table: &'t DeTable<'a>,
        (place, start): (&'static str, usize),
        known: &[&str],
    ) -> Result<Self, TomlError> {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = unknown(&format!("key \"{}\" in {place}", key.get_ref()), key.get_ref(), known);
                return Err(file.error(key.span().start, message));
            }
        }
        Ok(Self { file, table, place, start })
    }

    /// Where the table begins.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start
    }

    fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) -> TomlError {
        let found = value.get_ref().type_str();
        self.file.error(value.span().start, format!("{key} in {} must be {expected}, not {found}", self.place))
    }

    /// A string; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is of another type.
    pub fn text(&self, key: &str) -> Result<Option<Text>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match value.get_ref().as_str() {
            Some(string) => Ok(Some(Text { value: string.to_owned(), span: value.span() })),
            None => Err(self.wrong(value, key, "a string")),
        }
    }

    /// A string that must be there and not be blank; `remedy` completes the message.
    ///
    /// # Errors
    /// When it is absent, blank or of another type.
    pub fn required(&self, key: &str, remedy: &str) -> Result<Text, TomlError> {
        match self.text(key)? {
            Some(text) if !text.value.trim().is_empty() => Ok(text),
            Some(text) => Err(self.file.error(text.start(), format!("{key} in {} is empty; {remedy}", self.place))),
            None => Err(self.file.error(self.start, format!("{} needs {key}; {remedy}", self.place))),
        }
    }

    /// A list of strings; empty where the key is absent.
    ///
    /// # Errors
    /// When the value is anything else.
    pub fn texts(&self, key: &str) -> Result<Vec<Text>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let array = value.get_ref().as_array().ok_or_else(|| self.wrong(value, key, "a list of strings"))?;
        array
            .iter()
            .map(|item| match item.get_ref().as_str() {
                Some(string) => Ok(Text { value: string.to_owned(), span: item.span() }),
                None => Err(self.wrong(item, key, "a list of strings")),
            })
            .collect()
    }

    /// A finite number, integer or not, and its place; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is anything else.
    pub fn number(&self, key: &str) -> Result<Option<(f64, usize)>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let number = match value.get_ref() {
            DeValue::Integer(integer) => integer.as_str().replace('_', "").parse().ok(),
            DeValue::Float(float) => float.as_str().replace('_', "").parse().ok(),
            _ => None,
        };
        match number.filter(|number: &f64| number.is_finite()) {
            Some(number) => Ok(Some((number, value.span().start))),
            None => Err(self.wrong(value, key, "a number")),
        }
    }

    /// A whole number of 0 or more, written in decimal digits; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is anything else.
    pub fn count(&self, key: &str) -> Result<Option<u64>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let digits = value.get_ref().as_integer().filter(|integer| integer.radix() == 10);
        match digits.and_then(|integer| integer.as_str().replace('_', "").parse().ok()) {
            Some(count) => Ok(Some(count)),
            None => Err(self.wrong(value, key, "a whole number of 0 or more")),
        }
    }

    /// A table, and where it begins; `None` where the key is absent.
    ///
    /// # Errors
    /// When the value is of another type.
    pub fn table(&self, key: &str) -> Result<Option<(&'t DeTable<'a>, usize)>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match value.get_ref().as_table() {
            Some(table) => Ok(Some((table, value.span().start))),
            None => Err(self.wrong(value, key, &format!("a table, [{key}]"))),
        }
    }

    /// The tables `[[key]]`, and where each begins; none where the key is absent.
    ///
    /// # Errors
    /// When the value is of another type.
    pub fn tables(&self, key: &str) -> Result<Vec<(&'t DeTable<'a>, usize)>, TomlError> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let expected = format!("written as [[{key}]]");
        let array = value.get_ref().as_array().ok_or_else(|| self.wrong(value, key, &expected))?;
        array
            .iter()
            .map(|item| match item.get_ref().as_table() {
                Some(table) => Ok((table, item.span().start)),
                None => Err(self.wrong(item, key, &expected)),
            })
            .collect()
    }

    /// A list of values as they are, for shapes of their own; empty where the key is absent.
    ///
    /// # Errors
    /// When the value is no list.
    pub fn values(&self, key: &str) -> Result<&'t [Spanned<DeValue<'a>>], TomlError> {
        let Some(value) = self.value(key) else { return Ok(&[]) };
        match value.get_ref().as_array() {
            Some(array) => Ok(array),
            None => Err(self.wrong(value, key, "a list")),
        }
    }

    /// Whether the key holds a list.
    #[must_use]
    pub fn is_list(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| value.get_ref().is_array())
    }
}

/// `unknown WHAT; did you mean "NEAREST"?`, or the list of what is known where nothing is near.
#[must_use]
pub fn unknown(what: &str, given: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&given.to_lowercase(), &name.to_lowercase()), *name))
        .min()
        .filter(|(distance, name)| *distance <= (name.chars().count().max(3) / 3).max(1));
    match nearest {
        Some((_, name)) => format!("unknown {what}; did you mean \"{name}\"?"),
        None if known.is_empty() => format!("unknown {what}; none is defined"),
        None => format!("unknown {what}; known: {}", known.join(", ")),
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
            let value = Fields::new(file, &table, ("c", 0), &["m"]).unwrap().text("m").unwrap().unwrap();
            assert!(text[value.offset(file, at)..].starts_with(rest), "{text}: {}", value.offset(file, at));
        }
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        for (given, expected) in [
            ("perid", "unknown key \"perid\"; did you mean \"period\"?"),
            ("zzz", "unknown key \"zzz\"; known: by, period"),
        ] {
            assert_eq!(unknown(&format!("key \"{given}\""), given, &["by", "period"]), expected);
        }
    }
}
