//! Hearsay: a clause that is "reportedly" so. Nobody is named, but the outlet does not say so itself. Not here: "alleged crimes", which a
//! writer calls so himself (right as nobody's in 1 of 6 hand-coded places).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::clause_ends::dates;
use crate::text::voice::subjects::subject_before;

/// The adverb of a sentence that passes on what others say, and the clause that it does so with.
pub(in crate::text) fn hearsay(passage: &Passage, tokens: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let hedges = |at: &usize| passage.is(*at, Class::Hedge) && !describes(passage, tokens.start, *at);
    let at = tokens.clone().find(hedges)?;
    clause(passage, tokens, at).map(|words| (at, words))
}

/// Whether the word stands in a noun phrase: "the alleged raid", "an allegedly stolen car".
fn describes(passage: &Passage, floor: usize, at: usize) -> bool {
    let leads = [Class::Definite, Class::Indefinite, Class::Possessive, Class::Preposition, Class::Coordinator];
    !passage.is(at, Class::Adverb) || at > floor && passage.is_any(at - 1, &leads)
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
