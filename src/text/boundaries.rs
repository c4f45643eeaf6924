//! What stands before and after a full stop: the pieces of evidence that sentences are cut by.

use crate::text::characters::{char_at, is_blank, is_word_char};

/// How far back the word before a full stop is looked for, in bytes.
const LONGEST_WORD: usize = 40;

/// What begins after a terminator and its closing quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The end of the text.
    Nothing,
    /// A small letter, or punctuation that only goes on inside a sentence.
    Continuation,
    /// A capital, or a letter of a script without capitals.
    Capital,
    /// A digit.
    Digit,
    /// An opening quotation mark, and what is inside.
    Quote,
    /// A bracket, a dash, or a symbol such as `$`, `#` or an emoji, with a capital or digit after it if anything.
    Symbol,
}

/// What begins at `at`.
pub(super) fn next_at(text: &str, at: usize) -> Next {
    let Some(first) = char_at(text, at) else { return Next::Nothing };
    let rest = &text[at + first.len_utf8()..];
    match first {
        _ if first.is_lowercase() => {
            // `iPhone sales fell.` and `eBay said` begin with a small letter.
            let is_brand = rest.starts_with(char::is_uppercase);
            if is_brand { Next::Capital } else { Next::Continuation }
        }
        _ if first.is_alphabetic() => Next::Capital,
        _ if first.is_numeric() => Next::Digit,
        _ if is_opening_quote(first) => Next::Quote,
        '(' | '[' | '{' | '-' | '\u{2013}' | '\u{2014}' => {
            // `(in Russian)` goes on with the sentence; `(The ministry declined to comment.)` is one of its own.
            let inside = rest.trim_start().chars().find(|&c| !is_opening_quote(c) && c != '-');
            if inside.is_some_and(char::is_lowercase) { Next::Continuation } else { Next::Symbol }
        }
        ',' | ';' | ':' | ')' | ']' | '}' | '%' | '/' | '.' | '\u{2026}' | '?' | '!' | '&' | '=' | '+' => {
            Next::Continuation
        }
        '、' | '，' | '；' | '：' | '،' | '؛' | '\u{201D}' | '»' => Next::Continuation,
        _ => Next::Symbol,
    }
}

/// Whether a capital or digit stands after stray punctuation at `at`, as where links were cut out of a page: `. , : The`.
pub(super) fn is_stray(text: &str, at: usize) -> bool {
    let stray = |c: &char| matches!(c, ',' | ':' | ';' | ')' | '.' | '-') || is_blank(*c) || is_opening_quote(*c);
    let first = text[at..].chars().take(LONGEST_WORD).find(|c| !stray(c));
    text[at..].starts_with([',', ':', ';', ')']) && first.is_some_and(char::is_uppercase)
}

/// The letters, digits, full stops, apostrophes and signs of web addresses right before `at`, not reaching back beyond
/// `start`.
pub(super) fn word_before(text: &str, start: usize, at: usize) -> &str {
    let mut first = at.saturating_sub(LONGEST_WORD).max(start);
    while !text.is_char_boundary(first) {
        first += 1;
    }
    let belongs = |c: char| is_word_char(c) || matches!(c, '.' | '\'' | '\u{2019}' | '/' | '@' | '_' | '=');
    let window = &text[first..at];
    let word = window.rfind(|c| !belongs(c)).map_or(window, |cut| {
        let length = char_at(window, cut).map_or(1, char::len_utf8);
        &window[cut + length..]
    });
    word.trim_start_matches(['.', '\'', '\u{2019}'])
}

/// The word that begins at `at`, or after the opening quotation mark or bracket there.
pub(super) fn word_after(text: &str, at: usize) -> &str {
    let rest = text[at..].trim_start_matches(|c: char| is_opening_quote(c) || c == '(' || c == '[');
    let end = rest.char_indices().take(LONGEST_WORD).find(|&(_, c)| !is_word_char(c) && c != '\'' && c != '\u{2019}');
    let word = &rest[..end.map_or(rest.len().min(first_chars(rest)), |(end, _)| end)];
    word.trim_end_matches(['\'', '\u{2019}'])
}

fn first_chars(text: &str) -> usize {
    text.char_indices().nth(LONGEST_WORD).map_or(text.len(), |(end, _)| end)
}

/// One past the full stops, question and exclamation marks and ellipses from `at`.
pub(super) fn run_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.find(|c| !matches!(c, '.' | '!' | '?' | '\u{2026}' | '\u{203D}')).unwrap_or(rest.len())
}

/// One past the closing quotation marks, brackets and footnote marks from `at`. `quoted` tells whether a straight
/// quotation mark is open.
pub(super) fn closers_end(text: &str, at: usize, quoted: bool) -> usize {
    let mut end = at;
    let mut quoted = quoted;
    while let Some(closer) = char_at(text, end) {
        let after = end + closer.len_utf8();
        let loose = char_at(text, after).is_none_or(|c| !is_word_char(c));
        let closes = match closer {
            ')' | ']' | '}' | '\u{201D}' | '»' | '›' | '」' | '』' | '）' | '】' | '》' | '〉' => true,
            // A straight mark looks the same at both ends: it closes what is open, or else opens the next quotation.
            '"' => quoted || loose,
            // German closes with “ and sets guillemets inward, so these close too, but before a letter they open or
            // are an apostrophe.
            '\'' | '\u{2019}' | '\u{201C}' | '\u{2018}' | '«' => loose,
            '\u{B9}' | '\u{B2}' | '\u{B3}' | '\u{2070}'..='\u{2079}' | '†' | '‡' | '*' => end > at || loose,
            '[' => {
                let Some(footnote) = footnote_end(text, end) else { break };
                end = footnote;
                continue;
            }
            // French sets a space before the closing guillemet: `« Oui. »`.
            '\u{A0}' | '\u{202F}' | ' ' if text[after..].starts_with('»') => true,
            _ => false,
        };
        if !closes {
            break;
        }
        quoted &= closer != '"';
        end = after;
    }
    end
}

/// One past `[12]` at `at`.
fn footnote_end(text: &str, at: usize) -> Option<usize> {
    let digits = text.as_bytes()[at + 1..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let end = at + 1 + digits;
    (digits > 0 && text.as_bytes().get(end) == Some(&b']')).then_some(end + 1)
}

/// Where the next character that is no blank stands, and how many lines end before it.
pub(super) fn skip_space(text: &str, at: usize) -> (usize, usize) {
    let mut lines = 0;
    let mut previous = ' ';
    for (length, character) in text[at..].char_indices() {
        if !is_blank(character) {
            return (at + length, lines);
        }
        // The two characters of `\r\n` end one line, not two: a blank line ends a sentence whatever it lacks.
        let line_end = matches!(character, '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
            || character == '\n' && previous != '\r';
        lines += usize::from(line_end);
        previous = character;
    }
    (text.len(), lines)
}

/// Whether `marker`, all that a sentence has so far, numbers an item of a list: `1`, `3.2`, `(2`, `b`, `IV`.
pub(super) fn is_item_number(marker: &str) -> bool {
    let marker = marker.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits =
        marker.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = (1..=4).contains(&marker.len()) && marker.bytes().all(|byte| b"IVX".contains(&byte));
    digits || roman || is_initial(marker)
}

/// Whether it is one letter.
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().filter(|&c| c.is_alphanumeric());
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether it is letters with full stops between, such as `U.S` and `Ph.D`.
pub(super) fn is_dotted(word: &str) -> bool {
    let mut lone = false;
    let short = word.split('.').all(|part| {
        let letters = part.chars().take(3).filter(|c| c.is_alphabetic()).count();
        lone |= letters == 1;
        (1..3).contains(&letters) && part.chars().nth(letters).is_none()
    });
    short && lone && word.contains('.')
}

/// Whether a sentence begins with the capital at `at` though no space is before it: `border.The`, `left.I said`.
pub(super) fn is_glued_opening(text: &str, at: usize) -> bool {
    let mut letters = text[at..].chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next();
    capital && second.is_some_and(|c| c.is_lowercase() || c == ' ')
}

pub(super) fn is_opening_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '\''
            | '\u{201C}'
            | '\u{2018}'
            | '\u{201E}'
            | '\u{201A}'
            | '«'
            | '‹'
            | '「'
            | '『'
            | '《'
            | '¿'
            | '¡'
            | '`'
    )
}

pub(super) fn is_bullet(text: &str, at: usize) -> bool {
    let Some(first) = char_at(text, at) else { return false };
    let spaced = char_at(text, at + first.len_utf8()).is_some_and(char::is_whitespace);
    let dash = matches!(first, '-' | '*' | '\u{2013}' | '\u{2014}' | '>' | '#' | '+');
    dash && spaced || is_round_bullet(first) || is_lettered(text, at)
}

/// Whether `a)` or `(a)` stands at `at`.
fn is_lettered(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = at + usize::from(bytes[at] == b'(');
    bytes.get(letter).is_some_and(u8::is_ascii_lowercase) && bytes.get(letter + 1) == Some(&b')')
}

pub(super) fn is_round_bullet(character: char) -> bool {
    matches!(character, '\u{2022}' | '\u{25AA}' | '\u{25CF}' | '\u{25E6}' | '\u{2023}' | '\u{25A0}')
}
