//! Subjects: the noun phrase that a verb belongs to, with what is inserted between the two. Not here: where a noun phrase begins
//! (`sources`).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::sources::{LONGEST_PHRASE, describes_noun, opening_bracket, phrase_before};

/// Longest clause about a subject that ends with quoted words, in tokens.
const LONGEST_CLAUSE: usize = 30;

/// Longest quoted name or title inside an insertion, in tokens with its marks.
const LONGEST_TITLE: usize = 7;

/// The subject whose verb begins at token `verb`, not reaching left of `floor`.
pub(in crate::text) fn subject_before(passage: &Passage, floor: usize, verb: usize) -> Option<Range<usize>> {
    let last = verb.checked_sub(1).filter(|last| *last >= floor)?;
    if passage.is(last, Class::Comma) {
        return subject_with_insertions(passage, floor, last);
    }
    // "Jan Nowak, the mayor, this week | said"
    let dated = date_before(passage, floor, verb);
    if let Some(comma) = dated.and_then(|date| date.checked_sub(1)).filter(|&comma| passage.is(comma, Class::Comma)) {
        return (comma > floor).then(|| subject_with_insertions(passage, floor, comma)).flatten();
    }
    if let Some(comma) = comma_before_clause(passage, floor, last) {
        return phrase_before(passage, floor, comma);
    }
    if passage.is(last, Class::Dash) {
        let open =
            (floor.max(last.saturating_sub(LONGEST_PHRASE))..last).rev().find(|&at| passage.is(at, Class::Dash))?;
        let subject = subject_before(passage, floor, open)?;
        return Some(subject.start..last + 1);
    }
    phrase_before(passage, floor, verb)
}

/// Where the time begins that ends before a verb: "today", "on Monday", "this week".
pub(in crate::text) fn date_before(passage: &Passage, floor: usize, verb: usize) -> Option<usize> {
    if verb >= floor + 2 && passage.ends_time(verb - 1) {
        return Some(verb - 2);
    }
    let dates = [Class::Weekday, Class::Temporal, Class::Month, Class::Number];
    let mut first = verb;
    while first > floor && passage.is_any(first - 1, &dates) {
        first -= 1;
    }
    first -= usize::from(first > floor && first < verb && passage.is(first - 1, Class::On));
    let counted = (first..verb).any(|at| passage.is_any(at, &[Class::Weekday, Class::Temporal, Class::Month]));
    (first > floor && counted).then_some(first)
}

/// The comma before a clause that describes the subject and ends with quoted words, their comma inside: "Lis, who called it
/// “powerful,” said".
fn comma_before_clause(passage: &Passage, floor: usize, close: usize) -> Option<usize> {
    let inside = passage.is(close, Class::DoubleQuote) && close > floor && passage.is(close - 1, Class::Comma);
    let from = floor.max(close.saturating_sub(LONGEST_CLAUSE));
    let open = (from..close).rev().find(|&at| passage.is(at, Class::DoubleQuote)).filter(|_| inside)?;
    let comma = (from..open).rev().find(|&at| passage.is(at, Class::Comma))?;
    // "Lis, author of “The end,” said"
    let titled = passage.is(open - 1, Class::Of);
    (comma > floor && (titled || passage.is(comma + 1, Class::Relativiser))).then_some(comma)
}

/// A subject followed by insertions between commas, the last of which is at token `comma`.
fn subject_with_insertions(passage: &Passage, floor: usize, comma: usize) -> Option<Range<usize>> {
    let mut cuts = vec![comma];
    let floor = floor.max(comma.saturating_sub(LONGEST_PHRASE));
    let mut at = comma;
    while at > floor && cuts.len() < 8 {
        at -= 1;
        if passage.is(at, Class::CloseBracket) {
            at = opening_bracket(passage, floor, at).unwrap_or(at);
        } else if let Some(title) = title_before(passage, floor, at) {
            at = title;
        } else if let Some(title) = title_with_comma(passage, floor, at) {
            cuts.push(at);
            at = title;
        } else if passage.is_any(at, &[Class::Dash, Class::Colon, Class::Semicolon, Class::DoubleQuote]) {
            cuts.push(at);
            break;
        } else if passage.is(at, Class::Comma) {
            cuts.push(at);
        }
    }
    let leftmost = if at == floor && !passage.is(at, Class::Comma) { Some(floor) } else { None };
    let starts = leftmost.into_iter().chain(cuts.iter().rev().map(|cut| cut + 1));
    let ends = cuts.iter().rev().skip(usize::from(leftmost.is_none())).copied();
    let starts = starts.map(|start| start + usize::from(passage.is(start, Class::As) && start == floor));
    let mut stretches = starts.zip(ends);
    let found = stretches.clone().find(|&(start, end)| can_be_subject(passage, start, end));
    let mut rest = stretches.clone().filter(|&(_, end)| end != comma);
    let led = rest.find(|&(start, end)| opens_with_subject(passage, start, end)).map(|(start, end)| (start + 1, end));
    let inner =
        || led.or_else(|| stretches.next().filter(|&(_, end)| end != comma).and_then(|it| subject_inside(passage, it)));
    // "Mayor Ewa Lis, also called for it": a comma too many
    let alone =
        found.filter(|&(start, _)| start == floor && passage.is_any(comma + 1, &[Class::Adverb, Class::Auxiliary]));
    let alone = alone.filter(|&(_, end)| passage.is(end - 1, Class::Capital));
    let (start, end) = found.filter(|&(_, end)| end != comma).or_else(inner).or(alone)?;
    let subject = phrase_before(passage, start, end)?;
    let apposed = !is_verbal(passage, end + 1) && subject.end == end;
    Some(subject.start..if apposed { comma + 1 } else { subject.end })
}

/// The mark that opens a title inside an insertion, which the mark before a comma closes: "Nowak, in a piece headlined “The end”,".
fn title_before(passage: &Passage, floor: usize, close: usize) -> Option<usize> {
    let closes = passage.is(close, Class::DoubleQuote) && passage.is(close + 1, Class::Comma);
    let open = (floor..close).rev().find(|&at| passage.is(at, Class::DoubleQuote)).filter(|_| closes)?;
    let titled = passage.is_any(open.wrapping_sub(1), &[Class::Comma, Class::Past, Class::Preposition]);
    // "Lis, who bears the title “Voice of the town”, said"
    let short = close - open < LONGEST_TITLE && passage.is_word(open.wrapping_sub(1));
    let short = short && !(open + 1..close).any(|at| passage.is_any(at, &[Class::Comma, Class::Stop]));
    (open > floor && (titled || short)).then_some(open)
}

/// The mark that opens a title which the mark at `close` ends together with an insertion: "Lis, who wrote “The end,” | a novel, said".
fn title_with_comma(passage: &Passage, floor: usize, close: usize) -> Option<usize> {
    let inside = passage.is(close, Class::DoubleQuote) && close > floor + 1 && passage.is(close - 1, Class::Comma);
    let open = (floor..close).rev().find(|&at| passage.is(at, Class::DoubleQuote)).filter(|_| inside)?;
    (open > floor && passage.is(open - 1, Class::Of)).then_some(open)
}

/// A subject that begins inside a stretch: "told them that | the mayor, Jan Nowak, had said", "Only in March | its chairman,
/// Jan Nowak, had promised".
fn subject_inside(passage: &Passage, (first, end): (usize, usize)) -> Option<(usize, usize)> {
    let clause = (first..end).rev().find(|&at| passage.is_finite(at) || passage.is(at, Class::That));
    let start = clause
        .map(|at| (at + 1..end).find(|&at| !passage.is_any(at, &[Class::Adverb, Class::Subordinator])).unwrap_or(end))
        .or_else(|| (first + 1..end).rev().find(|&at| passage.is_any(at, &[Class::Definite, Class::Indefinite])))?;
    can_be_subject(passage, start, end).then_some((start, end))
}

/// "It was so in Sund, | where the mayor, Ewa Lis, said": a conjunction and the subject of its clause.
fn opens_with_subject(passage: &Passage, start: usize, end: usize) -> bool {
    let leads = passage.is_any(start, &[Class::Subordinator, Class::Question]) && !passage.is(start, Class::Relative);
    leads && can_be_subject(passage, start + 1, end)
}

/// Whether a stretch between commas can be the noun phrase that is the subject.
fn can_be_subject(passage: &Passage, start: usize, end: usize) -> bool {
    let mut first = start;
    while first < end && passage.is_any(first, &[Class::Coordinator, Class::Adverb]) {
        first += 1;
    }
    // "Later on Monday Ewa Lis, the mayor, said"
    if passage.is(first, Class::On) && passage.is(first + 1, Class::Weekday) {
        first += 2;
    }
    let clausal = [Class::Preposition, Class::Subordinator, Class::Gerund, Class::Weekday, Class::Relative];
    // "This week, the mayor, Ewa Lis, said"
    let time = |last: usize| passage.ends_time(last) || passage.is_any(last, &[Class::Weekday, Class::Temporal]);
    let time = first < end && end - first <= 3 && time(end - 1);
    first < end
        && !time
        && !passage.is(first, Class::According)
        && !passage.is_any(first, &clausal)
        && !(first..end).any(|token| passage.is_finite(token) && !describes(passage, first, token))
}

/// Whether a participle in a phrase that begins at `first` describes its noun: "retired postman Jan Nowak", "a plan proposed by Nowak".
fn describes(passage: &Passage, first: usize, at: usize) -> bool {
    let last = passage.is(at, Class::Past) && at > first && describes_noun(passage, at);
    last || at == first && describes_name(passage, at)
}

/// "Retired postman Jan Nowak": a participle that opens a sentence before a noun.
fn describes_name(passage: &Passage, at: usize) -> bool {
    let opens = passage.is(at, Class::Capital) || at > 0 && passage.is_quote_mark(at - 1);
    let past = passage.is(at, Class::Past) && opens && !passage.role(at).is_verb();
    past && !passage.is_any(at + 1, &[Class::Preposition, Class::Definite, Class::Indefinite])
}

/// Whether an insertion beginning at `token` is a clause rather than an apposition.
fn is_verbal(passage: &Passage, token: usize) -> bool {
    passage.is_any(token, &[Class::Relative, Class::Gerund, Class::Past, Class::Subordinator, Class::Adverb])
        || passage.is(token, Class::Preposition) && !passage.is(token, Class::Of)
}
