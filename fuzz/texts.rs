//! Texts that meet the turning points of readers more often than chance would.

use parallax::stats::RandomStream;

/// Texts that once led to a panic, a wrong span or time without end, or that are near such ones.
pub(crate) const PAST: &[&str] = &[
    ", that",
    "\u{201c}",
    "said",
    "Mr. ",
    "\u{feff}\u{200b}\u{301}",
    "\u{201c}He said \u{201c}that\u{201d}",
    "a\u{2028}b\u{85}c",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "&#x110000;&amp;lt;<!--",
    "not not not never no",
    "18446744073709551616",
    "9999-99-99T99:99",
    "id,outlet,text\n1,\"A,\"\"b\n2,C,d",
    "{\"outlet\":\"A\",\"text\":\"\\ud83d\"}",
    "{\"outlet\":\"A\",\"text\":NaN,\"text\":\"a\"}",
    "%\n1\tA\n%\nfair\t()1/2\n",
];

/// Signs and words of patterns, the shortest pieces.
pub(crate) const PATTERN_PIECES: &[&str] = &[
    "(",
    ")",
    "|",
    "*",
    "?",
    "{forces}",
    "NEAR/6",
    "BEFORE/99",
    "NEAR/100",
    "=NATO",
    "\"",
    "'",
    "-",
    "troop*",
    "out",
    "said",
    "\u{df}",
    "\u{4e2d}",
];

/// Signs and words of news, of study files and of everything that users write.
const PIECES: &[&str] = &[
    "[[rule]]",
    "match = ",
    "\n",
    "\t",
    "\r\n",
    "%",
    "\u{ab}",
    "\u{bb}",
    "\u{201d}",
    "\u{201c}",
    "\u{2014}",
    "...",
    ".",
    "!",
    ":",
    "-",
    "\\",
    "\u{0}",
    "\u{df}",
    "\u{130}",
    "\u{3a3}",
    "\u{4e2d}",
    "\u{e01}\u{e33}",
    "according to",
    "denied that",
    "Kyiv and Moscow",
    "troops massed near the border",
    "the so-called",
    "U.S.",
    "100,000",
    "-0",
    "1e309",
    "nan",
    "{",
    "}",
    "[",
    "]",
    ",",
    "null",
    "<b>",
    "http://a.b/c",
    "Mr. Lund said",
    "she added",
    "\u{2019}s",
    "out out out",
    "2022-02-30",
    "if not",
    "Q: ",
    "\u{2022}",
    "id,outlet,text\n",
    "{\"outlet\":\"A\",\"text\":\"",
];

/// Up to sixty pieces, past troubles and stretches of `whole`, in any order.
pub(crate) fn mixed(whole: &str, stream: &mut RandomStream) -> String {
    of_pieces(60, whole, stream)
}

/// As [`mixed`], of up to five.
pub(crate) fn short(whole: &str, stream: &mut RandomStream) -> String {
    of_pieces(6, whole, stream)
}

/// Fewer than `most` pieces.
fn of_pieces(most: usize, whole: &str, stream: &mut RandomStream) -> String {
    let mut text = String::new();
    for _ in 0..stream.below(most) {
        match stream.below(8) {
            0 => text.push_str(PAST[stream.below(PAST.len())]),
            1 | 2 => text.push_str(stretch_of(whole, stream)),
            3 => text.push_str(PATTERN_PIECES[stream.below(PATTERN_PIECES.len())]),
            _ => text.push_str(PIECES[stream.below(PIECES.len())]),
        }
        if stream.below(3) > 0 {
            text.push(' ');
        }
    }
    text
}

/// `whole` with something cut out, doubled or put in, up to five times: real structure with one thing wrong reaches farther
/// into a reader than any mixture.
pub(crate) fn torn(whole: &str, stream: &mut RandomStream) -> String {
    let mut text = whole.to_owned();
    for _ in 0..=stream.below(4) {
        let at = text.floor_char_boundary(stream.below(text.len() + 1));
        let piece = match stream.below(4) {
            0 => stretch_of(whole, stream),
            1 => PIECES[stream.below(PIECES.len())],
            2 => ["0", "-1", "99999999999", "1e400", "null", "[]", "\"\""][stream.below(7)],
            _ => "",
        };
        let end = text.floor_char_boundary((at + stream.below(20)).min(text.len()));
        text.replace_range(at..end.max(at), piece);
    }
    text
}

/// As [`torn`], byte by byte: what is left need be no text.
pub(crate) fn torn_bytes(whole: &str, stream: &mut RandomStream) -> Vec<u8> {
    let mut bytes = torn(whole, stream).into_bytes();
    for _ in 0..stream.below(4) {
        if !bytes.is_empty() {
            let at = stream.below(bytes.len());
            bytes[at] = u8::try_from(stream.below(256)).unwrap_or(0);
        }
    }
    bytes
}

/// A pattern of up to nine pieces, most of them no pattern at all.
pub(crate) fn pattern(stream: &mut RandomStream) -> String {
    let pieces: Vec<&str> = (0..=stream.below(9)).map(|_| PATTERN_PIECES[stream.below(PATTERN_PIECES.len())]).collect();
    pieces.join(" ")
}

/// Up to forty bytes from anywhere.
fn stretch_of<'t>(whole: &'t str, stream: &mut RandomStream) -> &'t str {
    let start = whole.floor_char_boundary(stream.below(whole.len()));
    let end = whole.floor_char_boundary((start + stream.below(40)).min(whole.len()));
    &whole[start..end]
}
