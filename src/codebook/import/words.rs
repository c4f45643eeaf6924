//! A word or phrase of a dictionary in the pattern language.
//!
//! It is cut as texts are cut, so that a pattern matches the words it was made from. What the language has no means for
//! is refused with the reason; what changes on the way is named.

use crate::codebook::pattern::{self, as_letter, as_wildcard};
use crate::model::Span;
use crate::text::{TokenKind, token_spans};

/// How a format writes words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syntax {
    pub(super) wildcards: Wildcards,
    /// Whether `_` stands between the words of a phrase.
    pub(super) underscore_is_space: bool,
    /// Whether entries may be regular expressions, which look like words.
    pub(super) may_be_regex: bool,
}

/// What stands for other characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// `*` at the end of a word.
    FinalStar,
    /// `*` anywhere.
    Star,
    /// `*` and `?` anywhere.
    Glob,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// In the pattern language.
    pub(super) pattern: String,
    /// What it says less exactly than the entry did.
    pub(super) loss: Option<String>,
}

/// A question mark that stands for itself.
const FULL_WIDTH_MARK: &str = "\u{ff1f}";

/// The pattern for `text`.
///
/// # Errors
/// Why there is none.
pub(super) fn words(text: &str, syntax: Syntax) -> Result<Words, String> {
    let is_blank = |c: char| c.is_whitespace() || syntax.underscore_is_space && c == '_';
    let mut text = text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err("empty".to_owned());
    }
    check_signs(&text, syntax)?;
    if syntax.wildcards != Wildcards::Glob {
        // A sign that is no wildcard where the text is cut.
        text = text.replace('?', FULL_WIDTH_MARK);
    }
    let plain = text.replace(['*', '?'], "");
    let is_cut_alike = lone_wildcards(&text) || count_words(&readable(&text)) == count_words(&plain);
    let mut words = join(&if is_cut_alike { text } else { text.replace('*', "") })?;
    if !is_cut_alike {
        let without = "* is left out: it cannot follow these signs".to_owned();
        words.loss = Some(words.loss.map_or_else(|| without.clone(), |loss| format!("{loss}; {without}")));
    }
    pattern::parse(&words.pattern).map_err(|error| error.message)?;
    Ok(words)
}

/// Refuses signs that mean something else in the format than they would in a pattern.
fn check_signs(text: &str, syntax: Syntax) -> Result<(), String> {
    let regex_signs = ['^', '$', '\\', '[', ']', '+', '{', '}', '|'];
    if syntax.may_be_regex
        && (text.contains(regex_signs) || text.contains(".*"))
        && text.contains(char::is_alphanumeric)
    {
        return Err("looks like a regular expression; patterns have no more than * and ?".to_owned());
    }
    let inert = match syntax.wildcards {
        Wildcards::FinalStar => ['*', '?'].as_slice(),
        Wildcards::Star => &['?'],
        Wildcards::Glob => &[],
    };
    let is_inner = |at: usize| text[at + 1..].starts_with(|next: char| next.is_alphanumeric());
    match text.match_indices(inert).find(|(at, _)| is_inner(*at)) {
        Some((_, sign)) => Err(format!("a {sign} inside a word is no wildcard in this format")),
        None => Ok(()),
    }
}

/// `text` with letters in place of the wildcards, so that it is cut into words with them.
fn readable(text: &str) -> String {
    text.chars().map(as_letter).collect()
}

fn count_words(text: &str) -> usize {
    token_spans(text, Span::new(0, text.len())).filter(|(_, kind)| *kind == TokenKind::Word).count()
}

/// Whether a wildcard stands where a word would.
fn lone_wildcards(text: &str) -> bool {
    let is_wild = |word: &str| word.chars().all(|c| matches!(c, '*' | '?'));
    text.split([' ', '-', '\u{2013}', '\u{2014}', '/']).any(|word| !word.is_empty() && is_wild(word))
}

/// Words put together as they stand, and what was left out between them.
#[derive(Default)]
struct Joined {
    pattern: String,
    words: usize,
    /// Letters and digits in the words.
    letters: usize,
    /// Words between the last one and the next that only a wildcard stands for.
    gap: usize,
    /// Signs since the last word.
    signs: String,
    /// Signs that no pattern matches.
    lost_signs: String,
    is_hyphenated: bool,
    has_gap: bool,
    has_open_end: bool,
}

fn join(text: &str) -> Result<Words, String> {
    let readable = readable(text);
    let mut joined = Joined::default();
    let mut end_of_last = 0;
    for (span, kind) in token_spans(&readable, Span::new(0, readable.len())) {
        let token: String = span.of(&readable).chars().map(as_wildcard).collect();
        let touches = end_of_last == span.start && span.start > 0;
        end_of_last = span.end;
        match kind {
            TokenKind::Mark => joined.signs.push_str(&token),
            TokenKind::Word if token.chars().all(|c| matches!(c, '*' | '?')) => {
                if !joined.signs.is_empty() {
                    return Err(format!("{token} beside a sign would match every word"));
                }
                joined.gap += 1;
            }
            TokenKind::Word => joined.word(&token, touches)?,
        }
    }
    joined.finish()
}

impl Joined {
    fn word(&mut self, token: &str, touches: bool) -> Result<(), String> {
        if token.contains(['(', ')', '{', '}', '|', '"']) || token.starts_with('=') {
            return Err(format!("\"{token}\" holds signs of the pattern language"));
        }
        let signs = std::mem::take(&mut self.signs);
        let gap = std::mem::take(&mut self.gap);
        // Between words, "north–south" is written with either.
        let is_hyphen = signs == "-" || signs == "\u{2013}" && touches;
        if self.words == 0 {
            self.has_open_end |= gap > 0;
        } else if gap > 0 {
            self.has_gap = true;
            self.pattern.push_str(" BEFORE/");
            self.pattern.push_str(&(gap + 1).to_string());
            self.pattern.push(' ');
        } else if !is_hyphen && signs.chars().any(|sign| ",;:.!\u{ff1f}()[]\u{2013}\u{2014}\u{2026}".contains(sign)) {
            // Such a sign ends a phrase, but not a distance.
            self.pattern.push_str(" BEFORE/1 ");
        } else if !touches || !signs.is_empty() {
            self.pattern.push(' ');
        }
        if is_hyphen && self.words > 0 {
            self.is_hyphenated = true;
        } else {
            self.lost_signs.push_str(&signs);
        }
        self.pattern.push_str(&lowered(token));
        self.letters += token.chars().filter(|c| c.is_alphanumeric()).count();
        self.words += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Words, String> {
        self.lost_signs.push_str(&self.signs);
        if self.words == 0 && self.gap > 0 {
            return Err("would match every word".to_owned());
        }
        // `:D` would come down to the single letter d.
        if self.words == 0 || self.letters < 2 && !self.lost_signs.is_empty() {
            return Err("a sign or emoticon; patterns match words only".to_owned());
        }
        self.has_open_end |= self.gap > 0;
        let mut losses = Vec::new();
        if self.is_hyphenated {
            losses.push("a hyphen is a word break: matches the words apart, too".to_owned());
        }
        if !self.lost_signs.is_empty() {
            losses.push(format!("signs are not matched: {}", self.lost_signs.replace(FULL_WIDTH_MARK, "?")));
        }
        if self.has_gap {
            losses.push("a * that stands for a word is any word or none".to_owned());
        }
        if self.has_open_end {
            losses.push("a * that stands for a word at the end is left out".to_owned());
        }
        Ok(Words { pattern: self.pattern, loss: Some(losses.join("; ")).filter(|loss| !loss.is_empty()) })
    }
}

/// A word in lower case, as all these formats compare words, unless that would cut it otherwise (`Ph.D.`).
fn lowered(word: &str) -> String {
    let lower = word.to_lowercase();
    match (pattern::parse(word), pattern::parse(&lower)) {
        (Ok(as_written), Ok(in_lower)) if as_written != in_lower => word.to_owned(),
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOB: Syntax = Syntax { wildcards: Wildcards::Glob, underscore_is_space: false, may_be_regex: true };
    const FINAL: Syntax = Syntax { wildcards: Wildcards::FinalStar, underscore_is_space: false, may_be_regex: false };
    const UNDERSCORE: Syntax = Syntax { wildcards: Wildcards::Glob, underscore_is_space: true, may_be_regex: false };

    #[test]
    fn entries_become_patterns_or_say_why_not() {
        for (text, syntax, pattern, loss) in [
            ("tax*", FINAL, "tax*", ""),
            (" South  Africa ", FINAL, "south africa", ""),
            ("SOUTH_AFRICA*", UNDERSCORE, "south africa*", ""),
            ("snake_case", FINAL, "snake_case", ""),
            ("don't", FINAL, "don't", ""),
            ("Putin's", FINAL, "putin's", ""),
            ("he's*", FINAL, "he's", "* is left out"),
            ("Ph.D.", FINAL, "Ph.D.", ""),
            ("U.S.", FINAL, "u.s.", ""),
            ("NEAR", FINAL, "near", ""),
            ("NOT AND", FINAL, "not and", ""),
            ("well-being", FINAL, "well being", "hyphen"),
            ("north\u{2013}south", FINAL, "north south", "hyphen"),
            ("north \u{2013} south", FINAL, "north BEFORE/1 south", "signs are not matched"),
            ("yes, sir", FINAL, "yes BEFORE/1 sir", "signs are not matched: ,"),
            ("r&b", FINAL, "r b", "signs are not matched: &"),
            ("#metoo", FINAL, "metoo", "signs are not matched: #"),
            ("why?", FINAL, "why", "signs are not matched: ?"),
            ("wom?n", GLOB, "wom?n", ""),
            ("not *", GLOB, "not", "at the end is left out"),
            ("a * of b", GLOB, "a BEFORE/2 of b", "any word or none"),
            ("*mongering", GLOB, "*mongering", ""),
            ("北京", GLOB, "北京", ""),
        ] {
            let found = words(text, syntax).unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(found.pattern, pattern, "{text}");
            let said = found.loss.unwrap_or_default();
            assert!(said.contains(loss) && said.is_empty() == loss.is_empty(), "{text}: {said}");
        }
        for (text, syntax, why) in [
            ("", FINAL, "empty"),
            ("_", UNDERSCORE, "empty"),
            (":)", FINAL, "emoticon"),
            (":D", FINAL, "emoticon"),
            ("<3", FINAL, "emoticon"),
            ("?", FINAL, "emoticon"),
            ("*", GLOB, "every word"),
            ("self-*", GLOB, "every word"),
            ("f**k", FINAL, "a * inside a word is no wildcard"),
            ("wom?n", FINAL, "a ? inside a word is no wildcard"),
            ("^tax(es)?$", GLOB, "regular expression"),
            ("tax.*", GLOB, "regular expression"),
        ] {
            let found = words(text, syntax).expect_err(text);
            assert!(found.contains(why), "{text}: {found}");
        }
    }
}
