//! Hearsay: a clause that is "reportedly" so, a thing that is "alleged". Nobody is named, but the outlet does not say so itself.

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::clause_ends::dates;
use crate::text::voice::phrase_ends::phrase_end;
use crate::text::voice::sources::subject_before;

/// The word of a sentence that passes on what others say, and the words that it does so with.
pub(in crate::text) fn hearsay(passage: &Passage, tokens: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let at = tokens.clone().find(|&at| passage.is(at, Class::Hedge))?;
    let words =
        if describes(passage, tokens.start, at) { thing(passage, tokens, at) } else { clause(passage, tokens, at) };
    words.map(|words| (at, words))
}

/// Whether the word stands in a noun phrase: "the alleged raid", "an allegedly stolen car".
fn describes(passage: &Passage, floor: usize, at: usize) -> bool {
    let leads = [Class::Definite, Class::Indefinite, Class::Possessive, Class::Preposition, Class::Coordinator];
    !passage.is(at, Class::Adverb) || at > floor && passage.is_any(at - 1, &leads)
}

/// What is alleged: "alleged | crimes of the army". A verb ("has alleged fraud") describes nothing.
fn thing(passage: &Passage, tokens: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let verb = at > tokens.start && passage.is_any(at - 1, &[Class::Auxiliary, Class::Subject]);
    let end = phrase_end(passage, at + 1, tokens.end);
    let end = (at + 1..end).find(|&token| leaves_thing(passage, token)).unwrap_or(end);
    (!verb && end > at + 1).then_some(at + 1..end)
}

/// Whether what is not alleged begins here: "an alleged threat | to justify the raid", "alleged crimes | during the war"; not "of the
/// army", "in Lodz".
fn leaves_thing(passage: &Passage, at: usize) -> bool {
    let parts = [Class::Of, Class::By, Class::In, Class::On, Class::At, Class::From, Class::About, Class::As];
    let setting = passage.is(at, Class::Adjunct) && !passage.is_any(at, &parts);
    let aim = passage.is(at, Class::To) && !passage.is_any(at + 1, &[Class::Capital, Class::Definite]);
    setting || aim || passage.is(at, Class::Comma)
}

/// The clause that the adverb stands in: "Crowds fled as | troops reportedly took the town".
fn clause(passage: &Passage, tokens: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let mut verb = at;
    while verb > tokens.start && passage.is_any(verb - 1, &[Class::Auxiliary, Class::Adverb, Class::Negator]) {
        verb -= 1;
    }
    let start = subject_before(passage, tokens.start, verb).map_or(verb, |subject| subject.start);
    // "Reportedly, it rained."
    let from = at + 1 + usize::from(passage.is(at + 1, Class::Comma));
    let last = tokens.end - usize::from(passage.is(tokens.end - 1, Class::Stop));
    let end = (from..last).find(|&token| leaves_clause(passage, token)).unwrap_or(last);
    (end > from).then_some(start..end)
}

/// Whether a clause ends at a token: "troops reportedly took the town | after talks had failed".
fn leaves_clause(passage: &Passage, at: usize) -> bool {
    let conjunction =
        passage.is(at, Class::Subordinator) && !passage.is_any(at, &[Class::Preposition, Class::Complementiser]);
    let ends = [Class::Comma, Class::Semicolon, Class::Colon, Class::Dash];
    passage.is_any(at, &ends) || conjunction || dates(passage, at)
}
