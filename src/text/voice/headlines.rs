//! What in a headline is no part of what it says: the date and section that a website puts behind it, and the topic before its colon
//! or full stop. Not here: who speaks before a colon or behind a dash (`labels`).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;

/// Longest name of a website and of a part of it, in tokens: "| World | Daily News".
const LONGEST_SITE: usize = 8;

/// Longest time in brackets, in tokens: "(03.05.21 11:05)".
const LONGEST_TIME: usize = 9;

/// Longest topic before a colon or full stop, in tokens.
const LONGEST_TOPIC: usize = 8;

/// How far into a text a place is looked for, in tokens.
const FURTHEST_PLACE: usize = 400;

/// The tokens of a sentence without what a website puts behind its headline: "The port is shut. PHOTO (03.05.21 11:05) « War |
/// Daily News".
pub(in crate::text) fn written(passage: &Passage, sentence: usize) -> Range<usize> {
    let tokens = passage.sentences[sentence].tokens.clone();
    if !passage.is_headline(tokens.start) || tokens.len() < 4 {
        return tokens;
    }
    let dated = (tokens.start + 2..tokens.end).find(|&at| opens_time(passage, at, tokens.end));
    let Some(mut end) = dated.or_else(|| bar_before_site(passage, &tokens)) else { return tokens };
    // "VIDEO&PHOTOS": what else there is to see
    let shown =
        |at: usize| passage.is(at, Class::Upper) && passage.is(at, Class::Masthead) || passage.folded(at) == "&";
    while end > tokens.start + 2 && (shown(end - 1) || passage.is(end - 1, Class::Stop)) {
        end -= 1;
    }
    tokens.start..end
}

/// Whether a bracket opens a time, as "(03.05.21 11:05)" does.
fn opens_time(passage: &Passage, open: usize, end: usize) -> bool {
    let close = (open..end.min(open + LONGEST_TIME)).find(|&at| passage.is(at, Class::CloseBracket));
    passage.is(open, Class::OpenBracket) && close.is_some_and(|close| is_time(passage, close - 1))
}

/// The bar before the name of a website that ends a headline.
fn bar_before_site(passage: &Passage, tokens: &Range<usize>) -> Option<usize> {
    let mut near = tokens.start.max(tokens.end.saturating_sub(LONGEST_SITE))..tokens.end;
    near.find(|&at| passage.folded(at) == "|")
        .filter(|bar| *bar > tokens.start + 3 && !(*bar..tokens.end).any(|at| passage.is_finite(at)))
}

/// Whether a token is the time of an entry: "09:30", "9.30am".
pub(in crate::text) fn is_time(passage: &Passage, at: usize) -> bool {
    let written = passage.folded(at).trim_end_matches(char::is_alphabetic);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    written
        .split_once([':', '.'])
        .is_some_and(|(hours, minutes)| hours.len() <= 2 && minutes.len() == 2 && digits(hours) && digits(minutes))
}

/// Where what a headline says begins, behind its topic: "Exchange of prisoners. | All will be freed".
pub(in crate::text) fn topic_end(passage: &Passage, words: Range<usize>) -> Option<usize> {
    let limit = words.end.min(words.start + 1 + LONGEST_TOPIC);
    let mark = (words.start + 1..limit).find(|&at| passage.is(at, Class::Colon) || ends_sentence(passage, at))?;
    let clausal = (words.start..mark).any(|at| passage.is_quote_mark(at) || passage.is_finite(at));
    (!clausal && mark + 1 < words.end).then_some(mark + 1)
}

/// Whether a full stop is no part of an abbreviation: "prisoners. All", but not "U.S. army".
fn ends_sentence(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Stop) && passage.is(at, Class::SpaceAfter) && passage.folded(at - 1).len() > 2
}

/// The name before what somebody speaks of: "Lis | on the port: ...".
pub(in crate::text) fn before_topic(passage: &Passage, words: Range<usize>) -> Range<usize> {
    let topics = [Class::About, Class::On];
    let lead = words.clone().skip(1).take(4).find(|&at| passage.is_any(at, &topics));
    let named = |lead: usize| (words.start..lead).all(|at| passage.is_any(at, &[Class::Capital, Class::Title]));
    words.start..lead.filter(|lead| named(*lead)).unwrap_or(words.end)
}

/// Whether words before a colon name what a headline is about rather than who speaks: an event or a thing ("Exchange of prisoners: ..."),
/// a place of which the text speaks ("Port Elan: ..."), or somebody the headline tells of ("Lis: Lis left").
pub(in crate::text) fn is_topic(passage: &Passage, name: &Range<usize>, rest: Range<usize>) -> bool {
    let of = name.clone().find(|&at| passage.is_any(at, &[Class::Of, Class::Preposition]));
    if let Some(of) = of.filter(|of| *of > name.start) {
        let papers = [Class::Paper, Class::Venue, Class::Figures, Class::Several];
        return !(name.start..of).any(|at| is_body(passage, at) || passage.is_any(at, &papers));
    }
    let acts = passage.is(rest.start, Class::Past)
        && passage.is_any(rest.start + 1, &[Class::Preposition, Class::Definite, Class::Indefinite]);
    // "Lis: Lis on the port: It is shut"
    let passes_on = rest.clone().any(|at| passage.is(at, Class::Colon));
    let told = !passes_on && rest.clone().any(|at| is_named_by(passage, at, name));
    told || acts || is_spoken_of(passage, name)
}

/// Whether a token names whom words name: "Lis Ewa: Lis left", where the family name comes first, too.
fn is_named_by(passage: &Passage, at: usize, name: &Range<usize>) -> bool {
    let first = name.len() == 2 && !is_body(passage, name.start) && passage.folded(at) == passage.folded(name.start);
    passage.is(at, Class::Capital) && (first || passage.folded(at) == passage.folded(name.end - 1))
}

/// Whether a text names the place that words name, or has them as a common noun: "in Port Elan", "evacuation"; but not where it
/// has them as a subject, as it has the capital that stands for its government: "Warsaw said".
fn is_spoken_of(passage: &Passage, name: &Range<usize>) -> bool {
    let speaks = |at: usize| is_body(passage, at) || passage.is_any(at, &[Class::Upper, Class::Paper, Class::Stop]);
    if name.clone().any(speaks) || passage.folded(name.start).len() < 3 {
        return false;
    }
    let (mut placed, mut common) = (false, false);
    for at in name.end..passage.len().min(FURTHEST_PLACE) {
        if passage.folded(at) != passage.folded(name.start) {
            continue;
        }
        let next = at + name.len();
        if passage.is(at, Class::Capital) && passage.is_finite(next) {
            return false;
        }
        placed |= passage.is(at - 1, Class::In) && !passage.is(next, Class::Possessive);
        common |= name.len() == 1 && !passage.is(at, Class::Capital);
    }
    placed || common
}

/// Whether a token names an office or a body.
pub(in crate::text) fn is_body(passage: &Passage, token: usize) -> bool {
    passage.is_any(token, &[Class::Person, Class::Title, Class::Human, Class::Body])
}
