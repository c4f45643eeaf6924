//! The lines of a file of rich text (RTF 1.9.1): its text without fonts, colours and other groups that are no text.
//!
//! Not a crate, since archives write what the format does not allow, such as UTF-8 beside `\\ansi`, and what they write must be read.

use encoding_rs::{Encoding, WINDOWS_1252};

/// Groups whose content is no text of the document.
const SILENT: [&str; 14] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "footer",
    "headerl",
    "headerr",
    "footerl",
    "footerr",
    "listtable",
    "generator",
    "fldinst",
];

/// Control words that are a character, and which.
const CHARACTERS: [(&str, char); 11] = [
    ("par", '\n'),
    ("line", '\n'),
    ("row", '\n'),
    ("sect", '\n'),
    ("page", '\n'),
    ("cell", ' '),
    ("tab", ' '),
    ("emdash", '\u{2014}'),
    ("endash", '\u{2013}'),
    ("bullet", '\u{2022}'),
    ("lquote", '\u{2018}'),
];
const QUOTES: [(&str, char); 3] = [("rquote", '\u{2019}'), ("ldblquote", '\u{201c}'), ("rdblquote", '\u{201d}')];

/// What holds until a group ends.
#[derive(Clone, Copy)]
struct Group {
    is_silent: bool,
    /// How many characters stand behind `\\u8211` for programs that do not know it.
    replaced: usize,
}

/// The file as far as it is read.
struct RichText<'a> {
    rest: &'a [u8],
    groups: Vec<Group>,
    encoding: &'static Encoding,
    /// Whether bytes that are not ASCII stand for UTF-8, whatever the file says of itself.
    is_utf8: bool,
    /// Bytes of the encoding, bytes of UTF-8 and units of UTF-16 that are not decoded yet: characters may be of several.
    bytes: Vec<u8>,
    utf8: Vec<u8>,
    units: Vec<u16>,
    /// Characters still to be passed over.
    skip: usize,
    text: String,
}

/// The lines of the text.
///
/// # Errors
/// Where it is no rich text.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<String>, String> {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err("not rich text, which begins with {\\rtf; download it again".to_owned());
    }
    let mut reader = RichText {
        rest: bytes,
        groups: vec![Group { is_silent: false, replaced: 1 }],
        encoding: WINDOWS_1252,
        is_utf8: std::str::from_utf8(bytes).is_ok(),
        bytes: Vec::new(),
        utf8: Vec::new(),
        units: Vec::new(),
        skip: 0,
        text: String::new(),
    };
    while reader.step() {}
    reader.flush();
    Ok(reader.text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

impl RichText<'_> {
    /// Reads a byte, a group's end or a control word; `false` at the end of the file.
    fn step(&mut self) -> bool {
        let Some((first, rest)) = self.rest.split_first() else { return false };
        self.rest = rest;
        match first {
            b'{' => self.groups.extend(self.groups.last().copied()),
            // The last group stays, so that text behind a brace too many is read.
            b'}' if self.groups.len() > 1 => drop(self.groups.pop()),
            b'\\' => self.control(),
            b'\r' | b'\n' | b'}' => {}
            byte => self.byte(*byte),
        }
        true
    }

    fn group(&mut self) -> Option<&mut Group> {
        self.groups.last_mut()
    }

    /// What stands behind a backslash: a word with a number, or one character.
    fn control(&mut self) {
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            self.symbol();
            return;
        }
        let (word, rest) = self.rest.split_at(letters);
        let digits =
            rest.iter().enumerate().take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-'));
        let (number, rest) = rest.split_at(digits.count());
        // One space ends a control word and is no text.
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i32>().ok());
        self.word(&String::from_utf8_lossy(word), number);
    }

    fn symbol(&mut self) {
        let Some((symbol, rest)) = self.rest.split_first() else { return };
        self.rest = rest;
        match symbol {
            b'\'' => {
                let (hex, rest) = self.rest.split_at(self.rest.len().min(2));
                self.rest = rest;
                let byte = std::str::from_utf8(hex).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                if let Some(byte) = byte.filter(|_| !self.is_passed_over()) {
                    self.decode_units();
                    self.decode_utf8();
                    self.bytes.push(byte);
                }
            }
            b'*' => self.silence(),
            b'~' => self.character('\u{a0}'),
            b'_' => self.character('-'),
            b'\\' | b'{' | b'}' => self.character(char::from(*symbol)),
            b'\r' | b'\n' => self.character('\n'),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("u", Some(unit)) => {
                self.decode_utf8();
                self.decode_bytes();
                let is_silent = self.groups.last().is_some_and(|group| group.is_silent);
                // Units above 32767 are written as negative numbers.
                self.units.extend(u16::try_from(unit & 0xffff).ok().filter(|_| !is_silent));
                self.skip = self.groups.last().map_or(1, |group| group.replaced);
            }
            ("uc", Some(count)) => {
                let replaced = usize::try_from(count).unwrap_or(1);
                self.group().into_iter().for_each(|group| group.replaced = replaced);
            }
            ("ansicpg", Some(page)) => self.encoding = code_page(page).unwrap_or(self.encoding),
            ("mac", None) => self.encoding = encoding_rs::MACINTOSH,
            _ if SILENT.contains(&word) => self.silence(),
            _ => {
                let character = CHARACTERS.iter().chain(&QUOTES).find(|(name, _)| *name == word);
                if let Some((_, character)) = character {
                    self.character(*character);
                }
            }
        }
    }

    fn silence(&mut self) {
        self.flush();
        self.group().into_iter().for_each(|group| group.is_silent = true);
    }

    /// Whether the next character is none of the text; counts those that only stand for another.
    fn is_passed_over(&mut self) -> bool {
        let is_replaced = self.skip > 0;
        self.skip = self.skip.saturating_sub(1);
        is_replaced || self.groups.last().is_some_and(|group| group.is_silent)
    }

    fn byte(&mut self, byte: u8) {
        if self.is_passed_over() {
            return;
        }
        self.decode_units();
        if self.is_utf8 && !byte.is_ascii() {
            self.decode_bytes();
            self.utf8.push(byte);
        } else {
            self.decode_utf8();
            self.bytes.push(byte);
        }
    }

    fn character(&mut self, character: char) {
        self.skip = 0;
        self.flush();
        if !self.groups.last().is_some_and(|group| group.is_silent) {
            self.text.push(character);
        }
    }

    fn flush(&mut self) {
        self.decode_utf8();
        self.decode_bytes();
        self.decode_units();
    }

    fn decode_units(&mut self) {
        self.text.push_str(&String::from_utf16_lossy(&std::mem::take(&mut self.units)));
    }

    fn decode_utf8(&mut self) {
        self.text.push_str(&String::from_utf8_lossy(&std::mem::take(&mut self.utf8)));
    }

    fn decode_bytes(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        self.text.push_str(&self.encoding.decode_without_bom_handling(&bytes).0);
    }
}

/// The encoding of a code page of Windows by its number.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        number @ (874 | 1250..=1258) => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_is_left_of_controls_and_groups() {
        for (rtf, expected) in [
            (&br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 One\par\pard Two {\b three}.}"[..], "One|Two three."),
            (br"{\rtf1\ansicpg1251 \'cf\'f0\'e0\'e2\'e4\'e0}", "\u{41f}\u{440}\u{430}\u{432}\u{434}\u{430}"),
            (br"{\rtf1 a \u8211? b \u-10179?\u-8704? c}", "a \u{2013} b \u{1f600} c"),
            (br"{\rtf1\uc2 a\u8211\'96\'96b {\uc0\u228}c}", "a\u{2013}b \u{e4}c"),
            (br"{\rtf1{\*\generator X;}{\info{\author A}}\{1\} \\ 2}", "{1} \\ 2"),
            (b"{\\rtf1\\ansi \xc3\xa4 \\'e4}", "\u{e4} \u{e4}"),
            (b"{\\rtf1\\ansi \xe4 \\'e4}", "\u{e4} \u{e4}"),
            (br"{\rtf1\ansicpg932 \'93\'fa\'96\'7b}", "\u{65e5}\u{672c}"),
            (b"{\\rtf1 one\r\n two}} three", "one two three"),
        ] {
            let shown = String::from_utf8_lossy(rtf);
            assert_eq!(lines(rtf).unwrap().join("|"), expected, "{shown}");
        }
        assert!(lines(b"One.").is_err());
    }
}
