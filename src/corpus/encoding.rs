//! Recognises the encoding of a file and turns it into UTF-8 as it streams by.
//!
//! The rule: a byte order mark decides; NUL bytes in most of every second place of the first 64 bytes mean UTF-16. Otherwise
//! the file is UTF-8 until the first byte that is not ASCII. There, up to one mebibyte is looked at. It is
//! Windows-1252 if hardly any of the bytes that are not ASCII make up UTF-8 characters and they are few among the
//! letters, as in the languages written in it; else it stays UTF-8. Other encodings are never guessed; the study names
//! them. A byte that cannot be decoded becomes [`FLAW`], which is in no UTF-8 text, so that only the record around it is
//! lost.

use encoding_rs::WINDOWS_1252;

use crate::model::TextEncoding;

/// Stands for what cannot be decoded.
pub(super) const FLAW: u8 = 0xff;

/// How much of a file is looked at to tell UTF-8 from Windows-1252.
pub(super) const EVIDENCE: usize = 1 << 20;

/// How far into a page its encoding may be named; browsers look at 1,024 bytes, pages are laxer.
const HEAD_OF_PAGE: usize = 4096;

/// What the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Nothing but ASCII so far.
    Undecided,
    Utf8,
    Windows1252,
    Utf16Le,
    Utf16Be,
    /// What the study says, be it wrong.
    Named(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The encoding that the study names; `None` where it is to be found out.
    pub(super) fn named(encoding: &TextEncoding) -> Option<Self> {
        let TextEncoding::Named(name) = encoding else { return None };
        encoding_rs::Encoding::for_label(name.as_bytes()).map(Self::of)
    }

    fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        match encoding {
            utf8 if utf8 == encoding_rs::UTF_8 => Self::Utf8,
            windows if windows == WINDOWS_1252 => Self::Windows1252,
            utf16 if utf16 == encoding_rs::UTF_16LE => Self::Utf16Le,
            utf16 if utf16 == encoding_rs::UTF_16BE => Self::Utf16Be,
            other => Self::Named(other),
        }
    }

    /// The encoding that the beginning of a file shows, and the length of its byte order mark.
    pub(super) fn at_start(head: &[u8]) -> (Self, usize) {
        match head {
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            _ => (Self::by_nuls(&head[..head.len().min(64)]), 0),
        }
    }

    fn by_nuls(head: &[u8]) -> Self {
        let [even, odd] = [0, 1].map(|from| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count());
        // A quarter of all bytes is half of every second one: Latin text in UTF-16 has a NUL in nearly each of its
        // characters, save curly quotation marks and the like.
        let mostly = |count: usize| head.len() >= 4 && count * 4 >= head.len();
        if mostly(odd) && even * 8 <= odd {
            Self::Utf16Le
        } else if mostly(even) && odd * 8 <= even {
            Self::Utf16Be
        } else {
            Self::Undecided
        }
    }

    /// UTF-8 or Windows-1252, judged by `evidence`, which has a byte that is not ASCII. `ended` says that the file
    /// ends with it, so that a character cut off at its end counts against UTF-8.
    pub(super) fn by_evidence(evidence: &[u8], ended: bool) -> Self {
        let (mut characters, mut flaws) = (0, 0);
        for chunk in evidence.utf8_chunks() {
            characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            flaws += chunk.invalid().len();
        }
        // The evidence ends where a mebibyte ends, at times inside a character.
        let cut_off = std::str::from_utf8(evidence).is_err_and(|error| error.error_len().is_none());
        if flaws == 0 || (cut_off && !ended && flaws <= 3) {
            return Self::Utf8;
        }
        if let Some(declared) = declared_by_page(evidence) {
            return Self::of(declared);
        }
        let high = evidence.iter().filter(|byte| !byte.is_ascii()).count();
        let letters = evidence.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        let undefined = evidence.iter().filter(|byte| is_undefined_1252(**byte)).count();
        // Two letters of Windows-1252 may look like one of UTF-8 by chance (`Ã©`, the bytes of é), so a few speak for
        // nothing.
        let few_characters = characters * 20 <= flaws;
        // Western languages have an accented letter here and there. Where most bytes are high, as in Russian in
        // Windows-1251, the file is left to fail visibly as UTF-8 rather than read as nonsense.
        let plausible = high * 3 <= letters && undefined * 20 <= high && !evidence.contains(&0);
        if few_characters && plausible { Self::Windows1252 } else { Self::Utf8 }
    }

    /// Its name, where the user should know that it was not UTF-8.
    pub(super) fn notable_name(self) -> Option<&'static str> {
        match self {
            Self::Undecided | Self::Utf8 => None,
            Self::Named(encoding) => Some(encoding.name()),
            Self::Windows1252 => Some("windows-1252"),
            Self::Utf16Le => Some("utf-16le"),
            Self::Utf16Be => Some("utf-16be"),
        }
    }

    /// Appends `raw` as UTF-8 to `out`; each [`FLAW`] is reported by its place in `out` and in `raw`. Returns how many
    /// bytes of `raw` were used: all but the beginning of a character, or really all where the file has `ended`.
    pub(super) fn decode(self, raw: &[u8], out: &mut Vec<u8>, ended: bool, flaw: impl FnMut(usize, usize)) -> usize {
        match self {
            Self::Undecided | Self::Utf8 => {
                out.extend_from_slice(raw);
                raw.len()
            }
            Self::Windows1252 => decode_1252(raw, out, flaw),
            Self::Utf16Le => decode_utf16(raw, u16::from_le_bytes, ended, Sink { out, flaw }),
            Self::Utf16Be => decode_utf16(raw, u16::from_be_bytes, ended, Sink { out, flaw }),
            Self::Named(encoding) => decode_named(encoding, raw, ended, Sink { out, flaw }),
        }
    }
}

/// The text of a file that is in memory as a whole.
pub(super) fn whole(bytes: &[u8]) -> String {
    let (shown, mark) = Encoding::at_start(bytes);
    let encoding = if shown == Encoding::Undecided { Encoding::by_evidence(bytes, true) } else { shown };
    let mut text = Vec::new();
    encoding.decode(&bytes[mark..], &mut text, true, |_, _| {});
    String::from_utf8_lossy(&text).into_owned()
}

/// What a web page that is no UTF-8 says that it is: `<meta charset="koi8-r">`. A table with such words in a cell is no page.
fn declared_by_page(evidence: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&evidence[..evidence.len().min(HEAD_OF_PAGE)]).to_lowercase();
    let is_page = head.trim_start().starts_with('<') && head.contains("<html");
    let declared = charset(&head).filter(|_| is_page)?;
    (declared.is_ascii_compatible() && declared != encoding_rs::UTF_8).then_some(declared)
}

/// The encoding that stands behind `charset=` in small letters.
pub(super) fn charset(text: &str) -> Option<&'static encoding_rs::Encoding> {
    let (_, rest) = text.split_once("charset=")?;
    let name = rest
        .trim_start_matches(['"', '\''])
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
        .next()?;
    encoding_rs::Encoding::for_label(name.as_bytes())
}

/// Bytes to which Windows-1252 gives no character. (The Web's reading of it makes control characters of them.)
fn is_undefined_1252(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)
}

fn decode_1252(raw: &[u8], out: &mut Vec<u8>, mut flaw: impl FnMut(usize, usize)) -> usize {
    let mut start = 0;
    for run in raw.split_inclusive(|byte| is_undefined_1252(*byte)) {
        let defined = match run.split_last() {
            Some((last, before)) if is_undefined_1252(*last) => before,
            _ => run,
        };
        out.extend_from_slice(WINDOWS_1252.decode_without_bom_handling(defined).0.as_bytes());
        if defined.len() < run.len() {
            flaw(out.len(), start + defined.len());
            out.push(FLAW);
        }
        start += run.len();
    }
    raw.len()
}

/// Where decoded text goes.
struct Sink<'a, F> {
    out: &'a mut Vec<u8>,
    flaw: F,
}

impl<F: FnMut(usize, usize)> Sink<'_, F> {
    /// Puts a [`FLAW`] in place of what stands at `from`.
    fn flaw(&mut self, from: usize) {
        (self.flaw)(self.out.len(), from);
        self.out.push(FLAW);
    }
}

/// No encoding of the Web has a line feed inside a character, so that lines can be decoded alone.
fn decode_named<F: FnMut(usize, usize)>(
    encoding: &'static encoding_rs::Encoding,
    raw: &[u8],
    ended: bool,
    mut sink: Sink<'_, F>,
) -> usize {
    // The rest waits: its last character may be cut in two.
    let whole = if ended { raw.len() } else { memchr::memrchr(b'\n', raw).map_or(0, |end| end + 1) };
    let mut start = 0;
    for line in raw[..whole].split_inclusive(|byte| *byte == b'\n') {
        let (text, has_flaws) = encoding.decode_without_bom_handling(line);
        if has_flaws {
            sink.flaw(start);
        }
        sink.out.extend_from_slice(text.as_bytes());
        start += line.len();
    }
    whole
}

fn decode_utf16<F: FnMut(usize, usize)>(
    raw: &[u8],
    unit: fn([u8; 2]) -> u16,
    ended: bool,
    mut sink: Sink<'_, F>,
) -> usize {
    let whole = raw.len() - raw.len() % 2;
    let last_unit = whole.checked_sub(2).map(|last| unit([raw[last], raw[last + 1]]));
    // The first half of a pair, as of an emoji: the second comes with the next bytes.
    let waits = !ended && last_unit.is_some_and(|last| (0xd800..0xdc00).contains(&last));
    let used = if waits { whole - 2 } else { whole };
    let units = raw[..used].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut at = 0;
    for character in char::decode_utf16(units) {
        if let Ok(character) = character {
            sink.out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            at += 2 * character.len_utf16();
        } else {
            sink.flaw(at);
            at += 2;
        }
    }
    if ended && used < raw.len() {
        sink.flaw(used);
        return raw.len();
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_no_utf_8_is_what_it_says_it_is() {
        let word = encoding_rs::WINDOWS_1251.encode("плотина").0.into_owned();
        for (head, expected) in [
            ("<html><meta charset=\"windows-1251\">", Some(encoding_rs::WINDOWS_1251)),
            ("<!DOCTYPE html>\n<HTML><meta content='text/html; charset=KOI8-R'>", Some(encoding_rs::KOI8_R)),
            ("<html><meta charset=utf-8>", None),
            ("id,text\n1,<html><meta charset=koi8-r>", None),
        ] {
            let page = [head.as_bytes(), &word].concat();
            let found = Encoding::by_evidence(&page, true);
            let named = if let Encoding::Named(encoding) = found { Some(encoding) } else { None };
            assert_eq!(named, expected, "{head}");
        }
        let page = "<html><meta charset=\"windows-1251\">плотина";
        assert_eq!(
            Encoding::by_evidence(page.as_bytes(), true),
            Encoding::Utf8,
            "its bytes are UTF-8 whatever it says"
        );
    }

    #[test]
    fn the_encoding_is_told_by_marks_nuls_and_evidence() {
        for (name, bytes, expected) in [
            ("UTF-8 mark", &b"\xef\xbb\xbfid"[..], (Encoding::Utf8, 3)),
            ("UTF-16LE mark", b"\xff\xfei\0", (Encoding::Utf16Le, 2)),
            ("UTF-16BE mark", b"\xfe\xff\0i", (Encoding::Utf16Be, 2)),
            ("UTF-16LE", b"i\0d\0,\0t\0", (Encoding::Utf16Le, 0)),
            ("UTF-16BE", b"\0i\0d\0,\0t", (Encoding::Utf16Be, 0)),
            ("plain", b"id,title", (Encoding::Undecided, 0)),
            ("one NUL", b"id,\0title,text", (Encoding::Undecided, 0)),
            ("empty", b"", (Encoding::Undecided, 0)),
        ] {
            assert_eq!(Encoding::at_start(bytes), expected, "{name}");
        }
        let mostly_utf8 = [&b"some words "[..], "café déjà vu über ".repeat(9).as_bytes(), b"caf\xe9 "].concat();
        for (name, bytes, ended, expected) in [
            ("UTF-8", "café".as_bytes(), true, Encoding::Utf8),
            ("1252", b"The caf\xe9 said \x93no\x94 to everybody", true, Encoding::Windows1252),
            ("one bad record among UTF-8", &mostly_utf8, true, Encoding::Utf8),
            ("cut off by the look-ahead", b"The caf\xc3", false, Encoding::Utf8),
            ("cut off by the end", b"The caf\xc3", true, Encoding::Windows1252),
            ("1251", b"\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2 \xf1\xea\xe0\xe7\xe0\xeb", true, Encoding::Utf8),
        ] {
            assert_eq!(Encoding::by_evidence(bytes, ended), expected, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_becomes_a_flaw_with_its_place() {
        for (name, encoding, raw, expected, places) in [
            ("1252", Encoding::Windows1252, &b"a\xe9\x81b\x9d\x80"[..], "aé?b?€", vec![(3, 2), (5, 4)]),
            ("UTF-16LE", Encoding::Utf16Le, b"a\0\x00\xd8b\0", "a?b", vec![(1, 2)]),
            ("UTF-16BE", Encoding::Utf16Be, b"\0a\xd8\x3d\xde\x00\0", "a😀?", vec![(5, 6)]),
        ] {
            let (mut out, mut found) = (Vec::new(), Vec::new());
            let used = encoding.decode(raw, &mut out, true, |to, from| found.push((to, from)));
            assert_eq!(used, raw.len(), "{name}");
            let shown: Vec<u8> = out.iter().map(|byte| if *byte == FLAW { b'?' } else { *byte }).collect();
            assert_eq!(String::from_utf8(shown).unwrap(), expected, "{name}");
            assert_eq!(found, places, "{name}");
        }
    }

    #[test]
    fn half_a_character_waits_for_the_rest() {
        let mut out = Vec::new();
        assert_eq!(Encoding::Utf16Le.decode(b"a\0\x3d\xd8", &mut out, false, |_, _| {}), 2);
        assert_eq!(Encoding::Utf16Le.decode(b"a\0b", &mut out, false, |_, _| {}), 2);
        assert_eq!(out, b"aa");
    }
}
