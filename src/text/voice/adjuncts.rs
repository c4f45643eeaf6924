//! Adverbials in a noun phrase and beside it: the day and the occasion that are no part of who speaks.

use std::ops::Range;

use crate::text::language::{Class, Traits};
use crate::text::passage::Passage;

/// Where the name begins behind a preposition and its noun that open the sentence: "In a radio interview | Nowak said".
pub(in crate::text) fn name_after_adverbial(passage: &Passage, phrase: &Range<usize>) -> Option<usize> {
    let lead = phrase.start.checked_sub(1)?;
    let opens = passage.is(lead, Class::Adjunct) && passage.sentence_of(lead)?.tokens.start == lead;
    if !opens || !passage.is_any(phrase.start, &[Class::Definite, Class::Indefinite]) {
        return None;
    }
    let mut name = phrase.end;
    while name > phrase.start && passage.is(name - 1, Class::Capital) {
        name -= 1;
    }
    let named = name < phrase.end;
    while name > phrase.start && passage.is_any(name - 1, &[Class::Human, Class::Title]) {
        name -= 1;
    }
    let grammar = [Class::Preposition, Class::Definite, Class::Indefinite, Class::Possessive, Class::Mark];
    let grammar = Traits::of(&grammar).with(Class::Coordinator).with(Class::Adjectival).with(Class::Capital);
    (named && name > phrase.start + 1 && !passage.role(name - 1).meets(grammar)).then_some(name)
}

/// Where the name begins behind a duration: "for over three months | Nowak refused".
pub(in crate::text) fn name_after_duration(passage: &Passage, phrase: &Range<usize>) -> Option<usize> {
    let lead = phrase.start.checked_sub(1)?;
    let counts = [Class::Indefinite, Class::Number, Class::Article];
    let lasts =
        passage.is_any(lead, &[Class::Preposition, Class::Approximate]) && passage.is_any(phrase.start, &counts);
    let mut words = phrase.start + 1..phrase.end.min(phrase.start + 4);
    let time = words.find(|&at| passage.is(at, Class::Duration)).filter(|_| lasts)?;
    let opens = [Class::Capital, Class::Article];
    (time + 1 < phrase.end && passage.is_any(time + 1, &opens)).then_some(time + 1)
}

/// The end of "Nowak" in "Nowak in a televised interview said".
pub(in crate::text) fn without_occasion(passage: &Passage, phrase: Range<usize>) -> usize {
    let Range { start, end } = phrase;
    let occasion = |at: usize| {
        passage.is(at, Class::In)
            && passage.is(at - 1, Class::Capital)
            && (at + 1..end.min(at + 5)).any(|venue| passage.is(venue, Class::Venue))
    };
    (start + 1..end).find(|&at| occasion(at)).unwrap_or(end)
}

/// "officials on Monday", "the mayor in early May", "the army last week" without the day.
pub(in crate::text) fn without_weekday(passage: &Passage, floor: usize, end: usize) -> usize {
    // "the army a day | later said"
    let ago = end > floor + 2 && passage.is(end - 1, Class::Duration) && passage.is(end - 2, Class::Single);
    if ago && passage.is(end, Class::Temporal) {
        return end - 2;
    }
    let times = [Class::Weekday, Class::Month, Class::Temporal, Class::Number, Class::DatePart];
    let dated = |at: usize| passage.is_any(at, &times) && !is_surname(passage, at);
    let mut last = end;
    while last > floor + 1 && dated(last - 1) {
        last -= 1;
    }
    // "a panel in 2015"
    let year = last > floor && passage.is(last - 1, Class::In) && passage.folded(last).len() == 4;
    let counted = year || (last..end).any(|at| passage.is_any(at, &[Class::Weekday, Class::Month, Class::Temporal]));
    // "a report released last year" keeps its date.
    // but not "shouted at a clerk last year"
    let participle = (floor.max(last.saturating_sub(8))..last)
        .rev()
        .take_while(|&at| !passage.is(at, Class::Single))
        .any(|at| passage.is(at, Class::Past) && !passage.is_any(at, &[Class::Capital]) && !hyphened(passage, at));
    // "the ministry over the weekend", "the army in the past week"
    if counted && last > floor + 2 && passage.is(last - 1, Class::Article) && passage.is(last - 2, Class::Preposition) {
        last -= 2;
    } else if last > floor + 1 && passage.is(last - 1, Class::Adjunct) {
        last -= 1;
    }
    // "the army only last week"
    while counted && last > floor + 1 && passage.is(last - 1, Class::Adverb) && !passage.is(last - 1, Class::Capital) {
        last -= 1;
    }
    let named = last > floor && (passage.is_word(last - 1) || passage.is(last - 1, Class::CloseBracket));
    if named && counted && !participle { last } else { end }
}

/// "Theresa May": a month that is somebody's surname.
fn is_surname(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Month) && passage.is_any(at - 1, &[Class::GivenMasculine, Class::GivenFeminine])
}

/// "red-faced bosses": the second half of an adjective.
fn hyphened(passage: &Passage, at: usize) -> bool {
    at > 0 && passage.is(at - 1, Class::Hyphen)
}

/// Whether a preposition leads to when or where something was said: "in a statement", "on Monday".
pub(in crate::text) fn leads_to_occasion(passage: &Passage, at: usize) -> bool {
    for token in at + 1..at + 5 {
        if passage.is_any(token, &[Class::Venue, Class::Weekday, Class::Month]) {
            return true;
        }
        if passage.is(token, Class::Mark) && !passage.is(token, Class::Hyphen) {
            return false;
        }
    }
    false
}
