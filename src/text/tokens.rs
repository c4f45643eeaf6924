//! Tokens: words, numbers and marks as spans of the unaltered text. What characters count as what is in `characters`,
//! web addresses are in `addresses`.

use crate::model::Span;
use crate::text::WordId;
use crate::text::addresses::{address_end, handle_end, url_end};
use crate::text::characters::{
    ByteClass, apostrophe_len, char_at, class_of, extends_mark, is_blank, is_combining_mark, is_invisible, is_unspaced,
    is_word_char,
};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters or digits: what patterns match on.
    Word,
    /// Punctuation and symbols.
    Mark,
}

/// One token of a document's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the content.
    pub span: Span,
    /// Its form.
    pub word: WordId,
    /// What it is made of.
    pub kind: TokenKind,
}

/// The tokens of `text[within]`, in order; only white space and invisible format characters lie between them.
///
/// - Letters and digits make a word, with the combining marks that follow them. A hyphen is a mark, so `build-up` is
///   three tokens. An apostrophe between letters stays inside (`don't`, `d'Ivoire`), but a final `'s` is a word of its
///   own (`Putin` + `'s`) and an apostrophe after the last letter is a mark (`soldiers` + `'`).
/// - A number keeps `.` `,` `:` between digits and letters attached to it: `100,000`, `10:30`, `1.5bn`, `5th`.
/// - `U.S.`, `a.m.` and `Ph.D.` are one word with their last period; so are web and e-mail addresses and `@handles`.
///   A hashtag is the mark `#` and a word.
/// - Scripts written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) give one word per character with its
///   combining marks, so that a pattern written in them matches as a phrase.
/// - A mark is one character, but a run of full stops or of hyphens is one mark, and so is an emoji with its modifiers.
pub fn token_spans(text: &str, within: Span) -> impl Iterator<Item = (Span, TokenKind)> + '_ {
    let mut scanner = Scanner { text: &text[..within.end], at: within.start, after_word: false };
    std::iter::from_fn(move || scanner.token())
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Whether a word ended at `at`.
    after_word: bool,
}

/// How a word goes on at a character that is neither letter nor digit.
enum Joint {
    /// It does, from here.
    Inside(usize),
    /// It is over, here.
    End(usize),
}

impl Scanner<'_> {
    fn token(&mut self) -> Option<(Span, TokenKind)> {
        let start = skip_blanks(self.text, self.at);
        let first = *self.text.as_bytes().get(start)?;
        // Only what touches the word: `Putin's`, but not `Putin 's`.
        let after_word = self.after_word && start == self.at;
        let (end, kind) = match class_of(first) {
            ByteClass::Word => (self.word_end(start), TokenKind::Word),
            ByteClass::Wide => self.wide(start, after_word),
            ByteClass::Blank | ByteClass::Mark => self.mark(start, after_word),
        };
        self.at = end;
        self.after_word = kind == TokenKind::Word;
        Some((Span::new(start, end), kind))
    }

    /// The end of the word that has a letter or digit at `start`.
    fn word_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            while at < bytes.len() && class_of(bytes[at]) == ByteClass::Word {
                at += 1;
            }
            match self.joint(start, at) {
                Joint::Inside(next) => at = next,
                Joint::End(end) => return end,
            }
        }
    }

    fn joint(&self, start: usize, at: usize) -> Joint {
        let bytes = self.text.as_bytes();
        let Some(&byte) = bytes.get(at) else { return Joint::End(at) };
        match byte {
            b'.' => self.period(start, at),
            // `100,000` and `10:30` are one word, `In 2022,the` is not.
            b',' | b':' if self.between_digits(at) => Joint::Inside(at + 1),
            b':' if bytes[at..].starts_with(b"://") => Joint::End(url_end(self.text, start, at).unwrap_or(at)),
            b'@' => Joint::End(address_end(self.text, start, at).unwrap_or(at)),
            b'_' if bytes.get(at + 1).is_some_and(|&next| next == b'_' || class_of(next) == ByteClass::Word) => {
                Joint::Inside(at + 1)
            }
            b'\'' => self.apostrophe(at, 1),
            128.. => self.wide_joint(start, at),
            _ => Joint::End(at),
        }
    }

    fn wide_joint(&self, start: usize, at: usize) -> Joint {
        let length = apostrophe_len(self.text, at);
        if length > 0 {
            return self.apostrophe(at, length);
        }
        let Some(character) = char_at(self.text, at) else { return Joint::End(at) };
        if is_word_char(character) && (at == start || !is_unspaced(character)) {
            return Joint::Inside(at + character.len_utf8());
        }
        // Soft hyphens stand where a page may break a word: `co\u{AD}operate` is one.
        let next = skip_invisible(self.text, at);
        if next > at && char_at(self.text, next).is_some_and(|c| is_word_char(c) && !is_unspaced(c)) {
            return Joint::Inside(next);
        }
        Joint::End(at)
    }

    fn between_digits(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    }

    fn period(&self, start: usize, at: usize) -> Joint {
        if self.between_digits(at) {
            return Joint::Inside(at + 1);
        }
        match char_at(self.text, at + 1) {
            Some(next) if is_word_char(next) => Joint::End(
                address_end(self.text, start, at).or_else(|| acronym_end(self.text, start, at)).unwrap_or(at),
            ),
            _ => Joint::End(at),
        }
    }

    fn apostrophe(&self, at: usize, length: usize) -> Joint {
        let next = char_at(self.text, at + length);
        // `Putin's` gives "Putin", so that a pattern for the name finds it; `don't` stays whole.
        if !next.is_some_and(char::is_alphabetic) || is_possessive(self.text, at + length) {
            return Joint::End(at);
        }
        Joint::Inside(at + length)
    }

    fn wide(&self, start: usize, after_word: bool) -> (usize, TokenKind) {
        match char_at(self.text, start) {
            Some(first) if is_unspaced(first) => {
                let end = start + first.len_utf8();
                (extend(self.text, end, is_combining_mark), TokenKind::Word)
            }
            Some(first) if first.is_alphanumeric() && is_word_char(first) && apostrophe_len(self.text, start) == 0 => {
                (self.word_end(start), TokenKind::Word)
            }
            _ => self.mark(start, after_word),
        }
    }

    fn mark(&self, start: usize, after_word: bool) -> (usize, TokenKind) {
        let bytes = self.text.as_bytes();
        let quote = apostrophe_len(self.text, start);
        if after_word && quote > 0 && is_possessive(self.text, start + quote) {
            return (start + quote + 1, TokenKind::Word);
        }
        let end = match bytes[start] {
            // `@nytimes` is a handle; in `desk@mail` that is no address, the sign is a sign.
            b'@' if !after_word => {
                let end = handle_end(bytes, start);
                return (end, if end > start + 1 { TokenKind::Word } else { TokenKind::Mark });
            }
            byte @ (b'.' | b'-') => start + bytes[start..].iter().take_while(|&&next| next == byte).count(),
            128.. => self.wide_mark_end(start),
            _ => start + 1,
        };
        (end, TokenKind::Mark)
    }

    /// A symbol with what modifies it: combining marks, emoji joined by a zero-width joiner, pairs that make a flag.
    fn wide_mark_end(&self, start: usize) -> usize {
        let Some(first) = char_at(self.text, start) else { return self.text.len() };
        let mut previous = first;
        extend(self.text, start + first.len_utf8(), |next| {
            let joined = extends_mark(previous, next);
            // The second half of a flag must not count as the first half of another.
            previous = if joined && is_flag_half(next) { ' ' } else { next };
            joined
        })
    }
}

fn is_flag_half(character: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&character)
}

/// Where `text[at..]` stops satisfying `goes_on`.
fn extend(text: &str, at: usize, mut goes_on: impl FnMut(char) -> bool) -> usize {
    text[at..].char_indices().find(|&(_, c)| !goes_on(c)).map_or(text.len(), |(length, _)| at + length)
}

fn skip_blanks(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match class_of(bytes[at]) {
            ByteClass::Blank => at += 1,
            ByteClass::Wide => match char_at(text, at) {
                Some(character) if is_blank(character) => at += character.len_utf8(),
                _ => break,
            },
            ByteClass::Word | ByteClass::Mark => break,
        }
    }
    at
}

fn skip_invisible(text: &str, at: usize) -> usize {
    extend(text, at, is_invisible)
}

/// Whether a lone `s` stands at `at`.
fn is_possessive(text: &str, at: usize) -> bool {
    let is_s = matches!(text.as_bytes().get(at), Some(b's' | b'S'));
    is_s && !char_at(text, at + 1).is_some_and(is_word_char)
}

/// The end of `U.S.`, `a.m.` or `Ph.D.`, where the letters `start..period` are followed by a full stop. Each letter
/// stands alone; two together, the first a capital, only where every part has its full stop and some part is a letter.
fn acronym_end(text: &str, start: usize, period: usize) -> Option<usize> {
    let mut lone = initial_kind(&text[start..period])?;
    let mut pairs = !lone;
    let mut parts = 1;
    let mut at = period;
    while text.as_bytes().get(at) == Some(&b'.') {
        let end = letters_end(text, at + 1);
        let Some(is_lone) = initial_kind(&text[at + 1..end]) else { break };
        let closed = text.as_bytes().get(end) == Some(&b'.');
        // `He.It was` lacks a space after a full stop, and is no abbreviation as `Ph.D.` is.
        if !closed && (pairs || !is_lone || char_at(text, end).is_some_and(is_word_char)) {
            break;
        }
        lone |= is_lone;
        pairs |= !is_lone;
        parts += 1;
        at = end;
    }
    let closed = usize::from(text.as_bytes().get(at) == Some(&b'.'));
    (parts > 1 && lone).then_some(at + closed)
}

/// Up to three letters from `at`: one more than a part of an acronym may have.
fn letters_end(text: &str, at: usize) -> usize {
    text[at..].chars().take(3).take_while(|&c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>() + at
}

/// `Some(true)` for one letter, `Some(false)` for a capital and a letter, `None` for anything else.
fn initial_kind(part: &str) -> Option<bool> {
    let mut letters = part.chars();
    let first = letters.next().filter(|&c| c.is_alphabetic() && !is_unspaced(c))?;
    match (letters.next(), letters.next()) {
        (None, _) => Some(true),
        (Some(second), None) if first.is_uppercase() && second.is_lowercase() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(text: &str) -> Vec<(&str, TokenKind)> {
        token_spans(text, Span::new(0, text.len())).map(|(span, kind)| (span.of(text), kind)).collect()
    }

    /// Tokens between bars, marks preceded by a tilde.
    fn drawn(text: &str) -> String {
        let draw =
            |(form, kind): (&str, TokenKind)| if kind == TokenKind::Mark { format!("~{form}") } else { form.into() };
        tokens(text).into_iter().map(draw).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        let table = include_str!("../../tests/text/tokens.txt");
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let (text, expected) = line.split_once(" => ").expect(line);
            assert_eq!(drawn(text), expected, "tokens of {text:?}");
        }
    }

    #[test]
    fn leaves_invisible_characters_inside_words_and_out_between_them() {
        let cases = [
            ("build\u{AD}up", "build\u{AD}up"),
            ("\u{FEFF}The\u{200B} end", "The|end"),
            ("so\u{A0}far\u{202F}so", "so|far|so"),
            ("cafe\u{301} noir", "cafe\u{301}|noir"),
            ("\u{1F468}\u{200D}\u{1F469}\u{1F3FD}!", "~\u{1F468}\u{200D}\u{1F469}\u{1F3FD}|~!"),
            ("\u{1F1FA}\u{1F1E6}\u{1F1FA}\u{1F1F8}", "~\u{1F1FA}\u{1F1E6}|~\u{1F1FA}\u{1F1F8}"),
            ("\u{2764}\u{FE0F} love", "~\u{2764}\u{FE0F}|love"),
            ("\0\u{1}a", "a"),
        ];
        for (text, expected) in cases {
            assert_eq!(drawn(text), expected, "tokens of {text:?}");
        }
    }

    #[test]
    fn stays_inside_the_span_it_is_given() {
        let text = "U.S. troops";
        let inside: Vec<_> = token_spans(text, Span::new(2, 7)).map(|(span, _)| span.of(text)).collect();
        assert_eq!(inside, ["S", ".", "tr"]);
    }

    proptest! {
        #[test]
        fn are_ordered_and_leave_only_blanks_between(text in r"(\PC|[ .'’:/@_#\-0-9a-cA-CéЖ中ก\u{301}\u{200D}\n])*") {
            let mut at = 0;
            for (span, _) in token_spans(&text, Span::new(0, text.len())) {
                prop_assert!(at <= span.start && span.start < span.end);
                prop_assert!(text[at..span.start].chars().all(is_blank), "gap {:?}", &text[at..span.start]);
                at = span.end;
            }
            prop_assert!(text[at..].chars().all(is_blank));
        }
    }
}
