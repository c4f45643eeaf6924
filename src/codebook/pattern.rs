//! The pattern language: what a rule's `match` says, parsed.
//!
//! ```text
//! pattern   = proximity ("|" proximity)*               alternatives
//! proximity = phrase (("NEAR/n" | "BEFORE/n") phrase)*  from left to right
//! phrase    = item item*                                words in a row
//! item      = word | "(" pattern ")" | "{" list "}"
//! word      = letters, digits, and * ? as wildcards; "=" in front makes it case-sensitive
//! ```

use std::collections::BTreeMap;

use crate::model::Span;
use crate::text::{TokenKind, fold, fold_signs, token_spans};

/// The largest distance `NEAR/n` and `BEFORE/n` take; a sentence of news rarely has more words.
pub(super) const MAX_DISTANCE: usize = 100;

/// The most words, lists and groups that stand in a row, and the most `NEAR` and `BEFORE` that do. With the limit on
/// groups inside groups this bounds how deep a pattern is, and with it the stack that matching takes.
const MAX_ROW: usize = 100;

/// The most levels of groups, proximities and lists inside one another, and of words in a row on each level.
pub(super) const MAX_DEPTH: usize = 1000;

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Pattern {
    /// One word.
    Word(WordPattern),
    /// Parts that follow each other without a word between.
    Phrase(Vec<Pattern>),
    /// Any of these.
    Any(Vec<Pattern>),
    /// Both, the second at most `distance` words after the end of the first, or before its start where `either`.
    Near {
        /// The two sides.
        sides: Box<(Pattern, Pattern)>,
        /// 1 is adjacent.
        distance: usize,
        /// Whether the second may also come first.
        either: bool,
    },
    /// A named list.
    List(String, usize),
}

impl Pattern {
    /// How many steps lead down to its deepest word, where `lists` says how many each list takes. Words in a row are
    /// matched one after another, so that each is a step.
    pub(super) fn depth(&self, lists: &BTreeMap<String, usize>) -> usize {
        let deepest = |parts: &[Self]| parts.iter().map(|part| part.depth(lists)).max().unwrap_or(0);
        match self {
            Self::Word(_) => 1,
            Self::Phrase(parts) => parts.len() + deepest(parts),
            Self::Any(branches) => 1 + deepest(branches),
            Self::Near { sides, .. } => 1 + sides.0.depth(lists).max(sides.1.depth(lists)),
            Self::List(name, _) => 1 + lists.get(name).copied().unwrap_or(0),
        }
    }

    /// The lists it names, each with its byte offset in the pattern.
    pub(super) fn lists(&self, names: &mut Vec<(String, usize)>) {
        match self {
            Self::Word(_) => {}
            Self::Phrase(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.lists(names)),
            Self::Near { sides, .. } => [&sides.0, &sides.1].into_iter().for_each(|side| side.lists(names)),
            Self::List(name, at) => names.push((name.clone(), *at)),
        }
    }
}

/// One word of a pattern, with `*` for any run of characters and `?` for one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum WordPattern {
    /// Compared with folded forms.
    Folded(String),
    /// Compared with forms as written.
    Exact(String),
}

/// Why a pattern cannot be read, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatternError {
    /// Byte offset into the pattern.
    pub at: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

fn fail<T>(at: usize, message: impl Into<String>) -> Result<T, PatternError> {
    Err(PatternError { at, message: message.into() })
}

/// Parses a pattern.
///
/// # Errors
/// When it is not in the pattern language; the message gives the remedy.
pub(super) fn parse(text: &str) -> Result<Pattern, PatternError> {
    let mut parser = Parser { lexemes: lex(text)?, next: 0, end: text.len(), depth: 0 };
    let pattern = parser.alternatives()?;
    match parser.peek() {
        None => Ok(pattern),
        Some((Lexeme::Close, at)) => fail(*at, "\")\" closes nothing; remove it or add \"(\" before"),
        Some((_, at)) => fail(*at, "expected the pattern to end here"),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Lexeme {
    Word(String),
    List(String),
    Operator { either: bool, distance: usize },
    Open,
    Close,
    Or,
}

fn lex(text: &str) -> Result<Vec<(Lexeme, usize)>, PatternError> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let start = at;
        at += character.len_utf8();
        match character {
            '(' => lexemes.push((Lexeme::Open, start)),
            ')' => lexemes.push((Lexeme::Close, start)),
            '|' => lexemes.push((Lexeme::Or, start)),
            '{' => {
                let Some(len) = text[at..].find('}') else {
                    return fail(start, "\"{\" is never closed; write {name} for a list");
                };
                lexemes.push((Lexeme::List(text[at..at + len].trim().to_owned()), start));
                at += len + 1;
            }
            '}' => return fail(start, "\"}\" closes nothing; write {name} for a list"),
            _ if character.is_whitespace() => {}
            _ => {
                // All else belongs to the word, so that `1??,000` and `don't` reach `words` whole and are cut there
                // as a text is.
                let len = text[start..].find(|c: char| c.is_whitespace() || "(){}|".contains(c));
                at = len.map_or(text.len(), |len| start + len);
                let word = &text[start..at];
                lexemes.push((operator(word, start)?.unwrap_or_else(|| Lexeme::Word(word.to_owned())), start));
            }
        }
    }
    Ok(lexemes)
}

/// What search engines write before a distance for NEAR or BEFORE.
const ELSEWHERE: [&str; 8] = ["adj", "after", "n", "onear", "p", "pre", "w", "within"];

/// What to say of a word that is meant for an operator: `near/4`, `NAER/4`, `NEAR4`, or `w/4` as in a search engine. As words they would
/// be a phrase that no text has.
fn meant_operator(word: &str) -> Option<String> {
    const OWN: [&str; 2] = ["near", "before"];
    let (name, distance) = word.split_at(word.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    if distance.is_empty() {
        return None;
    }
    let (name, has_slash) = name.strip_suffix('/').map_or((name, false), |name| (name, true));
    let folded = name.to_ascii_lowercase();
    let is_own = OWN.contains(&&*folded);
    if is_own && has_slash {
        return Some(format!("operators are in capitals; write {}", word.to_ascii_uppercase()));
    }
    let in_capitals = name.bytes().all(|byte| byte.is_ascii_uppercase());
    // One letter in three may be wrong.
    let is_near = |it: &&str| strsim::osa_distance(it, &folded) <= it.len() / 3;
    let is_misspelt = has_slash && (ELSEWHERE.contains(&&*folded) || in_capitals && OWN.iter().any(is_near));
    (is_own || is_misspelt).then(|| {
        format!(
            "{word} is no operator here; write NEAR/{distance} for at most {distance} words apart in any order, \
             BEFORE/{distance} for in this order"
        )
    })
}

fn operator(word: &str, at: usize) -> Result<Option<Lexeme>, PatternError> {
    let (name, distance) = word.split_once('/').unwrap_or((word, ""));
    // In capitals only, as `near` is a word that rules need: `near the border`.
    let either = match name {
        "NEAR" => true,
        "BEFORE" => false,
        // Search engines know these. Taken for words they would make a phrase that no text has, and a rule that
        // silently never matches.
        "AND" | "OR" | "NOT" => {
            return fail(
                at,
                format!(
                    "{name} is no operator here; use | for or, NEAR/n for and, and \"unless\" for not, or write \"{}\" for the word",
                    name.to_lowercase()
                ),
            );
        }
        _ => return meant_operator(word).map_or(Ok(None), |remedy| fail(at, remedy)),
    };
    match distance.parse() {
        Ok(distance @ 1..=MAX_DISTANCE) => Ok(Some(Lexeme::Operator { either, distance })),
        _ => fail(at, format!("{name} needs a distance in words from 1 to {MAX_DISTANCE}, such as {name}/6")),
    }
}

struct Parser {
    lexemes: Vec<(Lexeme, usize)>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&(Lexeme, usize)> {
        self.lexemes.get(self.next)
    }

    fn place(&self) -> usize {
        self.peek().map_or(self.end, |(_, at)| *at)
    }

    fn alternatives(&mut self) -> Result<Pattern, PatternError> {
        let mut branches = vec![self.proximity()?];
        while matches!(self.peek(), Some((Lexeme::Or, _))) {
            self.next += 1;
            branches.push(self.proximity()?);
        }
        Ok(single_or(branches, Pattern::Any))
    }

    fn proximity(&mut self) -> Result<Pattern, PatternError> {
        let mut left = self.phrase()?;
        let mut operators = 0;
        while let Some((Lexeme::Operator { either, distance }, at)) = self.peek() {
            let (either, distance) = (*either, *distance);
            operators += 1;
            if operators > MAX_ROW {
                return fail(*at, format!("more than {MAX_ROW} NEAR and BEFORE in a row; split the rule into several"));
            }
            self.next += 1;
            let right = self.phrase()?;
            left = Pattern::Near { sides: Box::new((left, right)), distance, either };
        }
        Ok(left)
    }

    fn phrase(&mut self) -> Result<Pattern, PatternError> {
        let (start, mut items) = (self.place(), Vec::new());
        while let Some((lexeme, at)) = self.peek().cloned() {
            match lexeme {
                Lexeme::Word(word) => items.extend(words(&word, at)?),
                Lexeme::List(name) if name.is_empty() => return fail(at, "{} names no list; write {name}"),
                Lexeme::List(name) => items.push(Pattern::List(name, at)),
                Lexeme::Open => {
                    // The group has passed its own closing bracket.
                    items.push(self.group(at)?);
                    continue;
                }
                Lexeme::Close | Lexeme::Or | Lexeme::Operator { .. } => break,
            }
            self.next += 1;
        }
        if items.len() > MAX_ROW {
            let message = format!("{} words in a row, more than {MAX_ROW}; put | between alternatives", items.len());
            return fail(start, message);
        }
        if items.is_empty() {
            return fail(self.place(), "expected a word, a {list} or a ( group ) here");
        }
        Ok(single_or(items, Pattern::Phrase))
    }

    fn group(&mut self, open: usize) -> Result<Pattern, PatternError> {
        // The parser calls itself for each group: a line of ten thousand "(" would else overflow the stack.
        const MAX_GROUPS: usize = 32;
        self.depth += 1;
        if self.depth > MAX_GROUPS {
            return fail(open, format!("groups are nested more than {MAX_GROUPS} deep; use lists"));
        }
        self.next += 1;
        let inner = self.alternatives()?;
        if !matches!(self.peek(), Some((Lexeme::Close, _))) {
            return fail(open, "\"(\" is never closed; add \")\"");
        }
        self.next += 1;
        self.depth -= 1;
        Ok(inner)
    }
}

fn single_or(mut parts: Vec<Pattern>, join: fn(Vec<Pattern>) -> Pattern) -> Pattern {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

/// The words of one lexeme: `build-up` is two, read as the text is read.
fn words(lexeme: &str, at: usize) -> Result<Vec<Pattern>, PatternError> {
    let exact = lexeme.starts_with('=');
    let body = lexeme.strip_prefix('=').unwrap_or(lexeme);
    if exact && body.is_empty() {
        return fail(at, "\"=\" must stand before a word, such as =NATO");
    }
    let words: Vec<Pattern> = cut(body)
        .into_iter()
        .map(|word| {
            Pattern::Word(if exact { WordPattern::Exact(fold_signs(&word)) } else { WordPattern::Folded(fold(&word)) })
        })
        .collect();
    // Asked of the words after the cut: `*-led` is two of them, of which the first would match anything.
    for word in &words {
        if let Pattern::Word(WordPattern::Folded(word) | WordPattern::Exact(word)) = word
            && word.chars().all(|c| matches!(c, '*' | '?'))
        {
            return fail(at, format!("\"{word}\" would match every word; add letters, or use NEAR/n for a gap"));
        }
    }
    if words.is_empty() {
        return fail(at, format!("\"{lexeme}\" has no letter or digit, and patterns match words only; remove it"));
    }
    Ok(words)
}

/// Cuts a lexeme into words as a text is cut. Wildcards count as letters, so that `amass*` stays one word, and as digits
/// among digits, so that `1??,000` does; `'s` is a word also where it stands alone.
fn cut(lexeme: &str) -> Vec<String> {
    let is_number = lexeme.contains(|c: char| c.is_ascii_digit())
        && lexeme.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '?' | ',' | '.'));
    if is_number || matches!(fold(lexeme).as_str(), "'s") {
        return vec![lexeme.to_owned()];
    }
    let readable: String = lexeme.chars().map(as_letter).collect();
    token_spans(&readable, Span::new(0, readable.len()))
        .filter(|(_, kind)| *kind == TokenKind::Word)
        .map(|(span, _)| span.of(&readable).chars().map(as_wildcard).collect())
        .collect()
}

/// Caseless letters that no news text has; they stand for the wildcards while a pattern is cut into words.
const STAR: char = '\u{A78F}';
const MARK: char = '\u{A7F7}';

pub(super) fn as_letter(character: char) -> char {
    match character {
        '*' => STAR,
        '?' => MARK,
        other => other,
    }
}

pub(super) fn as_wildcard(character: char) -> char {
    match character {
        STAR => '*',
        MARK => '?',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &Pattern) -> String {
        let join = |parts: &[Pattern], by: &str| parts.iter().map(shown).collect::<Vec<_>>().join(by);
        match pattern {
            Pattern::Word(WordPattern::Folded(word)) => word.clone(),
            Pattern::Word(WordPattern::Exact(word)) => format!("={word}"),
            Pattern::Phrase(parts) => format!("<{}>", join(parts, " ")),
            Pattern::Any(parts) => format!("({})", join(parts, "|")),
            Pattern::Near { sides, distance, either } => {
                let operator = if *either { "near" } else { "before" };
                format!("[{} {operator}{distance} {}]", shown(&sides.0), shown(&sides.1))
            }
            Pattern::List(name, _) => format!("{{{name}}}"),
        }
    }

    #[test]
    fn patterns_are_read_with_phrases_tightest_and_alternatives_loosest() {
        for (text, tree) in [
            ("troops", "troops"),
            ("Build-Up", "<build up>"),
            ("=NATO troop*", "<=NATO troop*>"),
            ("a b | c", "(<a b>|c)"),
            ("a b NEAR/3 c | d BEFORE/2 e f", "([<a b> near3 c]|[d before2 <e f>])"),
            ("a NEAR/3 b BEFORE/1 c", "[[a near3 b] before1 c]"),
            ("(a | b) NEAR/6 {forces}", "[(a|b) near6 {forces}]"),
            ("Russia's plan", "<russia 's plan>"),
            ("{kyiv} 's plan", "<{kyiv} 's plan>"),
            ("1??,000 troops", "<1??,000 troops>"),
            ("don\u{2019}t wom?n", "<don't wom?n>"),
            ("*mongering", "*mongering"),
            ("near x", "<near x>"),
            ("24/7 | bear/2", "(<24 7>|<bear 2>)"),
        ] {
            assert_eq!(parse(text).map(|pattern| shown(&pattern)), Ok(tree.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_bad_pattern_names_the_place_and_the_remedy() {
        for (text, at, remedy) in [
            ("", 0, "expected a word"),
            ("a | | b", 4, "expected a word"),
            ("(a | b", 0, "never closed"),
            ("a)", 1, "closes nothing"),
            ("{forces", 0, "never closed"),
            ("a NEAR b", 2, "NEAR/6"),
            ("a near/5 b", 2, "NEAR/5"),
            ("a NEAR/0 b", 2, "from 1 to 100"),
            ("a BEFORE/x b", 2, "BEFORE/6"),
            ("NEAR/2 b", 0, "expected a word"),
            ("a NEAR/2", 8, "expected a word"),
            ("a * b", 2, "every word"),
            ("a AND b", 2, "NEAR/n"),
            ("a NAER/4 b", 2, "NEAR/4"),
            ("a BEFOR/12 b", 2, "BEFORE/12"),
            ("a NEAR4 b", 2, "NEAR/4"),
            ("a near5 b", 2, "NEAR/5"),
            ("a w/4 b", 2, "NEAR/4"),
            ("a PRE/3 b", 2, "BEFORE/3"),
            ("a , b", 2, "no letter"),
            ("{}", 0, "{name}"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(error.at, at, "{text}: {}", error.message);
            assert!(error.message.contains(remedy), "{text}: {}", error.message);
        }
    }
}
