//! Cuts one record of separated values into fields, by one reading of its quotation marks at a time.

use std::borrow::Cow;

use crate::corpus::{
    CorpusError,
    stream::{LONGEST_RECORD, Stream},
};

/// Separators that a file may have in place of the one its extension promises, which is seen in its header.
pub(super) const SEPARATORS: [(u8, &str); 4] =
    [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical bars")];

/// White space around a name, and the mark of byte order that stands before the first.
pub(super) fn is_padding(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// What quotation marks mean in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// RFC 4180: a field may be quoted, over several lines, and a doubled mark in it is one.
    Doubled,
    /// As `Doubled`, and a backslash makes a character of what follows, as databases write it: `"He said \"no\"."`.
    Backslash,
    /// A mark inside a quoted field ends it only before a separator or line end: `"The "lost" year"`.
    Undoubled,
    /// A mark is a character unless it encloses its field within one line, as tab-separated files have it, and after a
    /// stray one: `"A lost year, say growers`.
    WithinLine,
}

/// What a record turned out to be. The numbers are offsets in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    Record,
    /// The file ends inside a quoted field that was opened here.
    Unclosed(usize),
    /// A quoted field of several lines, opened and closed here, does not end where it is closed: probably the opening
    /// quotation mark was a stray one, and what it closed at opens a field of another record.
    Broken(usize, usize),
    /// Longer than [`LONGEST_RECORD`]; skipped up to its end.
    TooLong,
    /// Longer than [`LONGEST_RECORD`] as yet, inside a quoted field that was opened here. Nothing is skipped.
    Endless(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    /// After blanks at the beginning of a field.
    Blanks,
    Plain,
    Quoted,
    /// After a backslash in a quoted field.
    Escaped,
    /// After a quotation mark in a quoted field: a doubled one, or the closing one.
    QuoteSeen,
    /// After two marks in a quoted field, where marks need not be doubled: a doubled one, or one and the closing one.
    TwoSeen,
}

/// One field, by offsets in the record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Field {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Places of the opening and closing quotation marks, of a quoted field.
    pub(super) marks: Option<(usize, usize)>,
    /// Whether it has doubled or escaped characters.
    has_escapes: bool,
}

impl Field {
    /// The value, of a record that is valid UTF-8.
    pub(super) fn value<'a>(&self, raw: &'a [u8], quoting: Quoting) -> Cow<'a, str> {
        let Some((opened, closed)) = self.marks else { return String::from_utf8_lossy(&raw[self.start..self.end]) };
        let quoted = String::from_utf8_lossy(&raw[opened + 1..closed]);
        let rest = if self.has_tail(raw) { &raw[closed + 1..self.end] } else { &[] };
        if !self.has_escapes && rest.is_empty() {
            return quoted;
        }
        let bare = if quoting == Quoting::Backslash { unescaped(&quoted) } else { quoted.replace("\"\"", "\"") };
        Cow::Owned(bare + &String::from_utf8_lossy(rest))
    }

    /// Whether something follows the closing quotation mark within the field.
    pub(super) fn has_tail(&self, raw: &[u8]) -> bool {
        self.marks.is_some_and(|(_, closed)| raw[closed + 1..self.end].iter().any(|byte| *byte != b' '))
    }
}

/// `quoted` without the backslashes and first marks that make characters of what follows them.
fn unescaped(quoted: &str) -> String {
    let mut bare = String::with_capacity(quoted.len());
    let mut characters = quoted.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let escapes = match character {
            '\\' => matches!(next, Some('"' | '\\' | '\'' | '\n')),
            '"' => next == Some('"'),
            _ => false,
        };
        bare.push(if escapes { characters.next().unwrap_or(character) } else { character });
    }
    bare
}

/// Finds the fields of the record at the beginning of the window, going on where it stopped when the window grows.
pub(super) struct Scanner {
    pub(super) separator: u8,
    pub(super) quoting: Quoting,
    /// Length of the record with its line end.
    pub(super) at: usize,
    pub(super) fields: Vec<Field>,
    state: State,
    field: Field,
    opened: usize,
    broken: Option<(usize, usize)>,
    /// Whether no more bytes will come.
    ended: bool,
}

impl Scanner {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            quoting: Quoting::Doubled,
            at: 0,
            fields: Vec::new(),
            state: State::FieldStart,
            field: Field::default(),
            opened: 0,
            broken: None,
            ended: false,
        }
    }

    fn restart(&mut self, quoting: Quoting) {
        let fields = std::mem::take(&mut self.fields);
        *self = Self { quoting, fields, ..Self::new(self.separator) };
        self.fields.clear();
    }

    /// Reads one record; afterwards `at` is its length with its line end, and `fields` are its fields. Of a record that
    /// is too long only the last part is left, unless [`Scan::Endless`] says that a quoted field may be at fault.
    pub(super) fn record(&mut self, stream: &mut Stream, quoting: Quoting) -> Result<Scan, CorpusError> {
        self.restart(quoting);
        while !self.scan(stream.window()) {
            if stream.ended() {
                self.finish(stream.window());
                break;
            }
            if self.at > LONGEST_RECORD {
                return match self.state {
                    // A stray mark may have swallowed the file up to here, so nothing is skipped before the other
                    // readings were tried.
                    State::Quoted | State::Escaped | State::QuoteSeen | State::TwoSeen => {
                        Ok(Scan::Endless(self.opened))
                    }
                    _ => self.skip_rest(stream),
                };
            }
            stream.fill()?;
        }
        Ok(match self.broken {
            _ if self.at > LONGEST_RECORD => Scan::TooLong,
            _ if self.is_open() => Scan::Unclosed(self.opened),
            Some((opened, closed)) => Scan::Broken(opened, closed),
            None => Scan::Record,
        })
    }

    /// Goes on to the end of a record that is too long already, keeping only its last part in the window.
    pub(super) fn skip_rest(&mut self, stream: &mut Stream) -> Result<Scan, CorpusError> {
        while !self.scan(stream.window()) {
            if stream.ended() {
                self.finish(stream.window());
                break;
            }
            stream.consume(std::mem::take(&mut self.at));
            self.fields.clear();
            stream.fill()?;
        }
        Ok(Scan::TooLong)
    }

    /// Cuts the record at the beginning of `bytes`, behind which nothing comes.
    pub(super) fn slice(&mut self, bytes: &[u8], quoting: Quoting) {
        self.restart(quoting);
        self.ended = true;
        if !self.scan(bytes) {
            self.finish(bytes);
        }
    }

    /// Whether the record ended inside a quoted field.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Quoted | State::Escaped)
    }

    /// Where the quoted field that is not closed was opened, if there is one.
    pub(super) fn open_mark(&self) -> Option<usize> {
        self.is_open().then_some(self.opened)
    }

    /// Ends the record where the file ends.
    fn finish(&mut self, bytes: &[u8]) {
        self.ended = true;
        // A mark that waited for the end of its line has it now.
        if self.scan(bytes) || self.is_open() {
            return;
        }
        match self.state {
            State::QuoteSeen | State::TwoSeen => self.field.marks = Some((self.opened, self.at.saturating_sub(1))),
            State::FieldStart => self.field = Field { start: self.at, ..Field::default() },
            _ => {}
        }
        self.end_field(bytes, self.at);
    }

    /// Goes on to the end of `bytes` or of the record; `true` at the end of the record.
    fn scan(&mut self, bytes: &[u8]) -> bool {
        while self.at < bytes.len() {
            let step = match self.state {
                State::FieldStart => {
                    self.field = Field { start: self.at, ..Field::default() };
                    self.begin(bytes)
                }
                State::Blanks => self.begin(bytes),
                State::Plain => self.plain(bytes),
                State::Quoted => self.quoted(bytes),
                State::Escaped => self.go_on(State::Quoted),
                State::QuoteSeen | State::TwoSeen => self.after_mark(bytes),
            };
            match step {
                Step::On => {}
                Step::Wait => return false,
                Step::End => return true,
            }
        }
        false
    }

    /// Passes over one byte.
    fn go_on(&mut self, state: State) -> Step {
        self.at += 1;
        self.state = state;
        Step::On
    }

    /// At the beginning of a field. Blanks before a mark belong to the file, not to the text: `1, "Wheat"`.
    fn begin(&mut self, bytes: &[u8]) -> Step {
        match bytes[self.at] {
            b' ' => return self.go_on(State::Blanks),
            // This reading looks for the closing mark at once, as without one on its line the opening mark is a
            // character.
            b'"' if self.quoting == Quoting::WithinLine => return self.within_line(bytes),
            b'"' => {
                self.opened = self.at;
                return self.go_on(State::Quoted);
            }
            _ => self.state = State::Plain,
        }
        Step::On
    }

    fn plain(&mut self, bytes: &[u8]) -> Step {
        let Some(end) = memchr::memchr3(self.separator, b'\n', b'\r', &bytes[self.at..]) else {
            self.at = bytes.len();
            return Step::Wait;
        };
        self.at += end + 1;
        self.end_before(bytes)
    }

    fn quoted(&mut self, bytes: &[u8]) -> Step {
        let other = if self.quoting == Quoting::Backslash { b'\\' } else { b'"' };
        let Some(mark) = memchr::memchr2(b'"', other, &bytes[self.at..]) else {
            self.at = bytes.len();
            return Step::Wait;
        };
        self.at += mark;
        if bytes[self.at] == b'"' {
            return self.go_on(State::QuoteSeen);
        }
        self.field.has_escapes = true;
        self.go_on(State::Escaped)
    }

    fn after_mark(&mut self, bytes: &[u8]) -> Step {
        let byte = bytes[self.at];
        let may_be_undoubled = self.quoting == Quoting::Undoubled;
        if byte == self.separator || matches!(byte, b'\n' | b'\r') {
            // Of two marks where none need be doubled the first is a character: `"He said "no""`.
            self.field.marks = Some((self.opened, self.at - 1));
            self.at += 1;
            return self.end_before(bytes);
        }
        match (self.state, byte) {
            (State::QuoteSeen, b'"') if may_be_undoubled => return self.go_on(State::TwoSeen),
            (State::QuoteSeen, b'"') => {
                self.field.has_escapes = true;
                return self.go_on(State::Quoted);
            }
            (State::TwoSeen, b'"') => {
                self.field.has_escapes = true;
                return self.go_on(State::QuoteSeen);
            }
            (State::TwoSeen, _) => {
                self.field.has_escapes = true;
                self.state = State::Quoted;
            }
            // A mark before anything but a separator or a line end: a character of the field.
            _ if may_be_undoubled => self.state = State::Quoted,
            _ => {
                self.field.marks = Some((self.opened, self.at - 1));
                self.state = State::Plain;
            }
        }
        Step::On
    }

    /// At a mark that counts only if it encloses the field before the line ends.
    fn within_line(&mut self, bytes: &[u8]) -> Step {
        let line_end = match memchr::memchr2(b'\n', b'\r', &bytes[self.at..]) {
            Some(end) => self.at + end,
            None if self.ended => bytes.len(),
            None => return Step::Wait,
        };
        let line = &bytes[..line_end];
        let mut from = self.at + 1;
        while let Some(mark) = memchr::memchr(b'"', &line[from..]).map(|mark| from + mark) {
            if line.get(mark + 1) == Some(&b'"') {
                self.field.has_escapes = true;
                from = mark + 2;
                continue;
            }
            let after = line[mark + 1..].iter().find(|byte| **byte != b' ');
            if after.is_none_or(|byte| *byte == self.separator) {
                self.field.marks = Some((self.at, mark));
                self.at = mark;
            }
            break;
        }
        self.go_on(State::Plain)
    }

    /// The byte before `at` ends a field, and the record if it is no separator.
    fn end_before(&mut self, bytes: &[u8]) -> Step {
        let last = self.at - 1;
        self.end_field(bytes, last);
        if bytes[last] == self.separator { Step::On } else { Step::End }
    }

    fn end_field(&mut self, bytes: &[u8], end: usize) {
        let field = Field { end, ..self.field };
        // Within one line, words behind a closing mark are careless writing (`"a" b`); over several, the mark has
        // probably closed what another record opened. The first such place is the one to tell of.
        if let Some((opened, closed)) = field.marks.filter(|_| self.broken.is_none() && field.has_tail(bytes)) {
            let has_lines = memchr::memchr2(b'\n', b'\r', &bytes[opened..closed]).is_some();
            self.broken = has_lines.then_some((opened, closed));
        }
        self.fields.push(field);
        self.state = State::FieldStart;
    }
}

/// What a step of the scanner came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    On,
    /// More bytes are needed.
    Wait,
    /// The record ends here.
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &[(&str, Quoting, &[&str])] = &[
        ("a,b\n", Quoting::Doubled, &["a", "b"]),
        (",\r\n", Quoting::Doubled, &["", ""]),
        ("\"a,\n\",\"\"\"b\"\" c\"\n", Quoting::Doubled, &["a,\n", "\"b\" c"]),
        ("\"a\" b,\"\",\"\"\"\"\r", Quoting::Doubled, &["a b", "", "\""]),
        ("a\"b\",\"c\"\"\" d\"\n", Quoting::Doubled, &["a\"b\"", "c\" d\""]),
        ("1, \"a, b\" , c\n", Quoting::Doubled, &["1", "a, b", " c"]),
        ("\"a \\\"b\\\", c\",d\n", Quoting::Backslash, &["a \"b\", c", "d"]),
        ("\"a \"\"b\"\" \\\\ \\n\",d\n", Quoting::Backslash, &["a \"b\" \\ \\n", "d"]),
        ("\"a \"b\" c\",\"\"\n", Quoting::Undoubled, &["a \"b\" c", ""]),
        ("\"He said \"no\"\",d\n", Quoting::Undoubled, &["He said \"no\"", "d"]),
        ("\"He said \"\"no\"\"\",d\n", Quoting::Undoubled, &["He said \"no\"", "d"]),
        ("\"a,b\n", Quoting::WithinLine, &["\"a", "b"]),
        ("\"a,b\" ,\"c \"\"d\"\"\"\n", Quoting::WithinLine, &["a,b", "c \"d\""]),
        ("\"Lost\" year,b\"\n", Quoting::WithinLine, &["\"Lost\" year", "b\""]),
    ];

    fn values(scanner: &Scanner, raw: &[u8]) -> Vec<String> {
        scanner.fields.iter().map(|field| field.value(raw, scanner.quoting).into_owned()).collect()
    }

    #[test]
    fn a_record_that_arrives_byte_by_byte_is_cut_the_same() {
        for (record, quoting, expected) in CASES {
            let bytes = record.as_bytes();
            let scanner = || Scanner { quoting: *quoting, ..Scanner::new(b',') };
            let mut whole = scanner();
            assert!(whole.scan(bytes), "{record:?}");
            assert_eq!(values(&whole, bytes), *expected, "{record:?} {quoting:?}");
            let mut growing = scanner();
            let end = (0..=bytes.len()).find(|end| growing.scan(&bytes[..*end]));
            assert_eq!(values(&growing, bytes), *expected, "{record:?} byte by byte");
            assert_eq!((end, growing.at), (Some(whole.at), whole.at), "{record:?}");
            let mut alone = scanner();
            alone.slice(&bytes[..bytes.len() - 1], *quoting);
            assert_eq!(values(&alone, bytes), *expected, "{record:?} without its line end");
        }
    }
}
