//! Sentences as spans of the unaltered text: one scan that stops where a sentence might end and weighs what stands
//! before and after. The evidence is in `boundaries` and `line_breaks`, the words of a language in its folder.

use crate::model::Span;
use crate::text::Language;
use crate::text::addresses::{is_domain_ending, path_end};
use crate::text::boundaries::{
    Next, closers_end, is_bullet, is_dotted, is_glued_opening, is_initial, is_item_number, is_opening_quote,
    is_round_bullet, is_stray, next_at, run_end, skip_space, word_after, word_before,
};
use crate::text::characters::{char_at, is_blank};
use crate::text::clock_times::{AfterTime, is_clock_time};
use crate::text::language::{Abbreviations, Role, abbreviations};
use crate::text::line_breaks::Wrapping;

/// Bytes of the longest time of day, `(12:15:30 p.m. AEST)`, with some to spare.
const LONGEST_HOUR: usize = 32;

/// The sentences of `text[within]`, in order; only white space and invisible format characters lie around them.
///
/// A terminator (`.` `!` `?` `…` and those of other scripts) ends a sentence, with the closing quotation marks, brackets
/// and footnote marks after it, unless a small letter follows or the word before it is an abbreviation, an initial or
/// the number of a list item. A blank line always ends one; a single line end does unless the line is hard-wrapped.
/// Where `language` is `None`, any abbreviation with inner full stops and any single letter is taken to go on, and so
/// is a number of up to two digits before a Latin capital (`24. Februar`).
#[must_use]
pub fn sentence_spans(text: &str, within: Span, language: Option<&Language>) -> Vec<Span> {
    let text = &text[..within.end];
    let part = &text[within.start..];
    let mut splitter = Splitter {
        text,
        words: abbreviations(language),
        wrapping: Wrapping::of(part),
        caseless: !part.bytes().any(|byte| byte.is_ascii_uppercase()) && !part.contains(char::is_uppercase),
        start: within.start,
        quoted: false,
        searched: within.start,
        has_word: false,
        spans: Vec::new(),
    };
    splitter.run();
    splitter.spans
}

struct Splitter<'a> {
    text: &'a str,
    words: &'static Abbreviations,
    wrapping: Wrapping,
    /// Whether the text has no capitals at all, so that a small letter says nothing.
    caseless: bool,
    /// Where the present sentence begins, blanks included.
    start: usize,
    /// Whether a straight quotation mark is open in this paragraph.
    quoted: bool,
    /// How far the present sentence was searched for a letter or digit, and whether one was found.
    searched: usize,
    has_word: bool,
    spans: Vec<Span>,
}

/// Where a sentence may end: the terminators `at..run`, with what closes it up to `end`, and the next character
/// `next`, with `lines` line ends before it.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    run: usize,
    end: usize,
    next: usize,
    lines: usize,
}

impl Splitter<'_> {
    fn run(&mut self) {
        self.begin(skip_space(self.text, self.start).0);
        let mut at = self.start;
        while let Some(stop) = next_stop(self.text.as_bytes(), at) {
            at = match self.text.as_bytes()[stop] {
                b'"' => {
                    self.quoted = !self.quoted;
                    stop + 1
                }
                // Full stops and question marks in a web address end nothing.
                b'/' if self.text.as_bytes()[..stop].ends_with(b":") => path_end(self.text, stop).max(stop + 1),
                b'/' => stop + 1,
                b'\n' | b'\r' => self.line_end(stop),
                b'.' | b'!' | b'?' => self.terminator(stop),
                _ => self.wide(stop),
            };
        }
        self.push(self.text.len());
    }

    /// Ends the present sentence at `end`.
    fn push(&mut self, end: usize) {
        let piece = &self.text[self.start..end];
        let trimmed = piece.trim_start_matches(is_blank);
        let start = end - trimmed.len();
        let length = trimmed.trim_end_matches(is_blank).len();
        // A rule between sections ("* * *") is no sentence, nor is the hour that heads an entry of a live blog.
        if trimmed.contains(char::is_alphanumeric) && !self.is_hour(&trimmed[..length]) {
            self.spans.push(Span::new(start, start + length));
        }
        self.begin(end);
    }

    fn is_hour(&self, piece: &str) -> bool {
        piece.len() < LONGEST_HOUR && is_clock_time(piece, |word| self.after_time(word))
    }

    fn after_time(&self, word: &str) -> AfterTime {
        let is_zone = word.chars().all(char::is_uppercase) && self.words.is(word, Role::Zone);
        if self.words.is(word, Role::DayHalf) || is_zone { AfterTime::OfTime } else { AfterTime::Other }
    }

    /// The present sentence begins at `start`.
    fn begin(&mut self, start: usize) {
        self.start = start;
        self.searched = start;
        self.has_word = false;
    }

    fn has_word_before(&mut self, at: usize) -> bool {
        if !self.has_word && self.searched < at {
            self.has_word = self.text[self.searched..at].contains(char::is_alphanumeric);
            self.searched = at;
        }
        self.has_word
    }

    fn wide(&mut self, at: usize) -> usize {
        let Some(stop) = char_at(self.text, at) else { return self.text.len() };
        let after = at + stop.len_utf8();
        match stop {
            '\u{2026}' | '\u{203D}' => self.terminator(at),
            '\u{85}' | '\u{2028}' | '\u{2029}' => self.line_end(at),
            '。' | '！' | '？' | '｡' | '．' | '؟' | '।' | '॥' | '۔' | '։' | '።' | '။' | '។' => {
                let rest = &self.text[after..];
                let run = rest.find(|c| !matches!(c, '。' | '！' | '？' | '｡' | '।' | '؟' | '!' | '?' | '…'));
                let end = closers_end(self.text, after + run.unwrap_or(rest.len()), false);
                let (next, _) = skip_space(self.text, end);
                if next_at(self.text, next) != Next::Continuation || self.caseless {
                    self.push(end);
                    self.begin(next);
                }
                next
            }
            _ if is_round_bullet(stop) => {
                if self.text[after..].starts_with(char::is_whitespace) && self.has_word_before(at) {
                    self.push(at);
                }
                after
            }
            _ => after,
        }
    }

    fn terminator(&mut self, at: usize) -> usize {
        let run = run_end(self.text, at);
        let end = self.footnote_end(at, run).unwrap_or_else(|| closers_end(self.text, run, self.quoted));
        let (next, lines) = skip_space(self.text, end);
        let place = Place { at, run, end, next, lines };
        let quotes = self.text[run..end].matches('"').count();
        self.quoted ^= quotes % 2 == 1;
        if self.ends(place) {
            self.push(end);
            self.begin(next);
        }
        // A quotation of several paragraphs opens in each and closes in the last alone, so marks are counted by
        // paragraph.
        self.quoted &= lines == 0;
        next.max(run)
    }

    /// One past a footnote number set right after the full stop: `the army.12 The`.
    fn footnote_end(&self, at: usize, run: usize) -> Option<usize> {
        let digits = self.text.as_bytes()[run..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let end = run + digits;
        let spaced = char_at(self.text, end).is_some_and(char::is_whitespace);
        if !(1..3).contains(&digits) || !spaced || next_at(self.text, skip_space(self.text, end).0) != Next::Capital {
            return None;
        }
        let word = word_before(self.text, self.start, at);
        let plain = word.len() > 2 && word.chars().all(char::is_alphabetic) && !self.words.is_abbreviation(word);
        plain.then_some(end)
    }

    fn ends(&mut self, place: Place) -> bool {
        if place.lines > 1 {
            return true;
        }
        // Marks alone are no sentence: `... and then they left.`
        if !self.has_word_before(place.at) && place.lines == 0 {
            return false;
        }
        let next = match next_at(self.text, place.next) {
            Next::Nothing => return true,
            Next::Continuation if place.next > place.end && is_stray(self.text, place.next) => Next::Capital,
            Next::Continuation if self.is_uncased_opening(place) => Next::Capital,
            Next::Continuation => return place.lines > 0 && is_bullet(self.text, place.next),
            next => next,
        };
        let run = &self.text[place.at..place.run];
        if place.next == place.end {
            self.ends_glued(place, run)
        } else if run == "." {
            self.ends_at_period(place, next)
        } else if run.contains(['!', '?', '\u{203D}']) {
            self.ends_at_exclamation(place)
        } else {
            self.ends_at_ellipsis(place, next)
        }
    }

    /// Whether a small letter may begin a sentence here, because the text has no capitals.
    fn is_uncased_opening(&self, place: Place) -> bool {
        let word = word_before(self.text, self.start, place.at);
        self.caseless
            && place.next > place.end
            && char_at(self.text, place.next).is_some_and(char::is_alphabetic)
            && !word.contains('.')
            && !is_initial(word)
            && !self.is_listed_in_capitals(word)
    }

    fn is_listed_in_capitals(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let capitalised: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        self.words.is(&capitalised, Role::Continues) || self.words.is(&capitalised, Role::MayEnd)
    }

    /// No space follows: a slip of the pen or of the scraper, or part of a name.
    fn ends_glued(&self, place: Place, run: &str) -> bool {
        let Some(next) = char_at(self.text, place.next) else { return true };
        let word = word_before(self.text, self.start, place.at);
        // `left."We will return` lacks a space. A single mark may be an apostrophe, as in `Dept.'s`, and ends
        // nothing.
        if is_opening_quote(next) {
            return !self.words.is_abbreviation(word) && !word.contains('.') && next != '\'' && next != '`';
        }
        if !is_glued_opening(self.text, place.next) {
            return false;
        }
        let opening = word_after(self.text, place.next);
        // "Kim.Lund@field.example"
        if self.text[place.next + opening.len()..].starts_with('@') {
            return false;
        }
        if place.end > place.run || run != "." {
            return true;
        }
        if word.is_empty() {
            return self.text[..place.at].ends_with(is_blank) && !is_domain_ending(&opening.to_lowercase());
        }
        let capitals = word.chars().next_back().is_some_and(char::is_uppercase);
        let longer = word.chars().nth(1).is_some();
        if word.contains(['/', '@', '=', '_']) {
            return false;
        }
        // `U.S.Army` is one name; `U.S.The army` are two sentences, as few names have an article in them.
        if is_dotted(word) || capitals || self.words.is(word, Role::MayEnd) || self.words.is(word, Role::Place) {
            return longer && self.words.is(opening, Role::Opening);
        }
        longer && !self.words.is_abbreviation(word) && !is_domain_ending(&opening.to_lowercase())
    }

    fn ends_at_period(&self, place: Place, next: Next) -> bool {
        let word = word_before(self.text, self.start, place.at);
        if word.is_empty() {
            return true;
        }
        if self.is_marker(place, word) {
            return false;
        }
        let following = word_after(self.text, place.next);
        let capital = matches!(next, Next::Capital | Next::Quote);
        match self.abbreviation(word) {
            Some(Role::Continues) => false,
            // `No. 5`, `Art. IV` and `Sun. Jan. 5` go on; "The answer was no. He left." ends.
            Some(Role::Number) => next != Next::Digit && !self.is_number(following),
            // `at 5 p.m. EST` goes on, `at 5 p.m. Police said` does not; nor does `at 7 p.m. Prof. Roe`.
            Some(Role::Hour) => {
                capital && !self.words.is(following, Role::Zone) && !self.words.is(following, Role::Continues)
            }
            Some(Role::Place) => capital && !self.words.is(following, Role::Continues),
            Some(_) => self.ends_after_abbreviation(place, following),
            None => !self.is_ordinal(word, following),
        }
    }

    /// Whether the word is all there is in its brackets, `(Ret.)`, or numbers the item of a list.
    fn is_marker(&self, place: Place, word: &str) -> bool {
        let before = &self.text[self.start..place.at];
        let bracketed = before[..before.len() - word.len()].ends_with('(');
        let item = before.len() < 12 && is_item_number(before);
        if place.end > place.run { bracketed && self.text[place.run..].starts_with(')') } else { item }
    }

    /// What kind of abbreviation the word is, if any.
    fn abbreviation(&self, word: &str) -> Option<Role> {
        let last = word.rsplit('.').next().unwrap_or(word);
        // "p. 5" is a page, "Justice P. Menon" a man.
        if is_initial(word) && word.chars().all(char::is_uppercase) && self.words.is(word, Role::Number) {
            return Some(Role::MayEnd);
        }
        let listed = [Role::Continues, Role::Number, Role::Hour].into_iter().find(|role| self.words.is(word, *role));
        let listed = listed.or_else(|| {
            [Role::Continues, Role::Place, Role::MayEnd].into_iter().find(|role| self.words.is(last, *role))
        });
        listed.or_else(|| (is_dotted(word) || is_initial(word)).then_some(Role::MayEnd))
    }

    /// Whether a short number before a Latin capital may be an ordinal, in a language that is not known.
    fn is_ordinal(&self, word: &str, following: &str) -> bool {
        let number = word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        number && self.words.is_empty() && following.starts_with(|c: char| c.is_alphabetic() && c < '\u{250}')
    }

    /// Whether it is a Roman number, or the month after a day (`Sun. Jan. 5`).
    fn is_number(&self, word: &str) -> bool {
        let roman = !word.is_empty() && word.bytes().all(|byte| b"IVX".contains(&byte));
        // Hardly anybody counts to one in Roman numbers, but `She said no. I left.` is two sentences.
        (roman || self.words.is(word, Role::Number)) && !self.words.is(word, Role::Opening)
    }

    fn ends_after_abbreviation(&self, place: Place, following: &str) -> bool {
        let new_line = place.lines > 0 && self.wrapping == Wrapping::Paragraphs;
        let handle = matches!(char_at(self.text, place.next), Some('@' | '#'));
        new_line || handle || is_round(self.text, place.next) || self.words.is(following, Role::Opening)
    }

    fn ends_at_exclamation(&self, place: Place) -> bool {
        // `(!)` is a remark inside a sentence.
        let alone = self.text[..place.at].ends_with(['(', '[']) && place.end > place.run;
        let quoted = self.text[place.run..place.end].contains(['"', '\'', '\u{201D}', '\u{2019}', '»', '\u{201C}']);
        !(alone || quoted && place.lines == 0 && self.is_speech(place.next))
    }

    fn ends_at_ellipsis(&self, place: Place, next: Next) -> bool {
        let spaced = self.text[self.start..place.at].ends_with(char::is_whitespace);
        let quoted = place.end > place.run;
        if place.lines > 0 || quoted {
            return place.lines > 0 || !self.is_speech(place.next);
        }
        match next {
            Next::Digit => false,
            _ if spaced => self.words.is(word_after(self.text, place.next), Role::Opening),
            _ => true,
        }
    }

    /// Whether a name and a verb of speech begin at `at`: `Putin asked`, `President Joe Biden later said`.
    fn is_speech(&self, at: usize) -> bool {
        if self.words.is(word_after(self.text, at), Role::Opening) {
            return false;
        }
        let mut ahead = self.text[at..].split(' ').take(6);
        // Six words hold `President Joe Biden later said`; farther off, a verb of speech belongs to what comes next.
        while let Some(word) = ahead.next() {
            if self.words.is(word.trim_end_matches([',', '.', ':']), Role::Speech) {
                // `"Why now?" Putin asked.` is one sentence, but behind `"Why now?"` the words `Putin said that he
                // ...` have a content of their own and begin the next.
                return !ahead.next().is_some_and(|next| self.words.is(next, Role::Content));
            }
            let closed = word.ends_with(['.', '?', '!', ':', ',', '"', '\u{201D}']) || word.contains('\n');
            if word.len() > 30 || closed && !self.words.is_abbreviation(word.trim_end_matches('.')) {
                return false;
            }
        }
        false
    }

    fn line_end(&mut self, at: usize) -> usize {
        let (next, lines) = skip_space(self.text, at);
        if lines > 1 || self.line_ends_sentence(at, next) {
            self.push(at);
            self.begin(next);
            self.quoted = false;
        }
        next
    }

    fn line_ends_sentence(&self, at: usize, next: usize) -> bool {
        if is_bullet(self.text, next) {
            return true;
        }
        let line = self.text[self.start..at].trim_end_matches(is_blank);
        let goes_on = match next_at(self.text, next) {
            Next::Continuation => !self.caseless || self.wrapping != Wrapping::Paragraphs,
            _ => self.wrapping.is_forced(self.text, at, next),
        };
        let word = word_before(line, 0, line.len());
        // A line that ends in a comma or a hyphen was broken amid the sentence, whatever comes next.
        !goes_on && !line.ends_with([',', '-']) && !self.words.is(word, Role::Unfinished)
    }
}

fn is_round(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(is_round_bullet)
}

/// The next byte that may end a sentence or matters for whether a later one does.
fn next_stop(bytes: &[u8], at: usize) -> Option<usize> {
    let found = bytes[at..].iter().position(|&byte| STOPS[byte as usize])?;
    Some(at + found)
}

/// Terminators, line ends, straight quotation marks, the stroke of web addresses, and the first bytes of their like
/// beyond ASCII.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = b".!?\n\r\"/\xC2\xD6\xD8\xDB\xE0\xE1\xE2\xE3\xEF";
    let mut at = 0;
    while at < bytes.len() {
        stops[bytes[at] as usize] = true;
        at += 1;
    }
    stops
};
