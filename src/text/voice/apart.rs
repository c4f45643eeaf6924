//! In which role a negator holds a cue: what it holds has to be the head or the argument of what is negated. Here is what stands apart
//! from it in its clause, as where something is, as what is only compared or named, or as who is kept from a thing. Not here: what
//! is there whatever is negated (`granted`), and how far a negator goes (`reach`).

use std::ops::Range;

use crate::text::language::{Class, Follows};
use crate::text::passage::Passage;
use crate::text::voice::granted::{known_before, leads_away};
use crate::text::voice::negators::{calls, negates_verb, owes};

/// How far after a cue the gerund stands that somebody is kept from, or the "as" of what a thing is called, in tokens.
const NEAR: usize = 5;

/// Whether a cue stands apart from what a negator before it is of.
pub(in crate::text) fn stands_apart(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    is_behind_preposition(passage, negator, cue)
        || is_named(passage, negator, cue)
        || is_kept_from(passage, negator, cue)
        || is_deed(passage, cue.start)
        || is_of_set(passage, negator, cue)
        || is_compared(passage, negator, cue.start)
        || came_late(passage, negator, cue)
}

/// Whether a cue begins with a mere name and goes on behind it with what is known or added: "would not pay | Minsk for its losses from
/// the raid", "will not send guards to | Lodz, as that would widen the war". What is said of the name leaves that as it is.
pub(in crate::text) fn begins_with_name(passage: &Passage, cue: &Range<usize>) -> bool {
    let name = |at: usize| passage.is(at, Class::Capital) && !passage.is(at, Class::Nationality);
    let mut inside = cue.start + 1..cue.end;
    let Some(next) = inside.find(|&at| !name(at)).filter(|_| name(cue.start)) else { return false };
    let comma = passage.is(next, Class::Comma);
    let adds = [Class::As, Class::Circumstance, Class::Dating, Class::Single];
    let added = comma && passage.is_any(next + 1, &adds) || passage.is(next, Class::Circumstance);
    let known = leads_away(passage, next) && passage.is(next + 1, Class::Definite);
    (added || known || owes(passage, next)) && next + 1 < cue.end
}

/// Whether a preposition leads to a known thing, whatever is negated before it: "not even a roof in the besieged town", "unlikely
/// that it reached the aims set in its plan". What a claim or a sign is of may be negated: "no truth in the rumours".
pub(in crate::text) fn is_behind_preposition(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let lead = known_before(passage, negator, cue).and_then(|known| known.checked_sub(1));
    let names = [Class::Prospect, Class::Evidence, Class::Merit, Class::Scheme];
    let claim = |at: usize| passage.is_any(at, &names) || passage.lexicon.noun(passage.role(at)).is_some();
    lead.is_some_and(|lead| {
        lead > negator + 1
            && leads_away(passage, lead)
            && !passage.is(lead, Class::For)
            && !(lead - 1..cue.start).any(claim)
    })
}

/// Whether a cue is a known thing that is not called something: "no longer describe the risk of a raid as near".
pub(in crate::text) fn is_named(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    // "does not see the massing of troops as a step to war"
    let sees = |at: usize| passage.is(at, Class::Seeing) && negates_verb(passage, at.wrapping_sub(1));
    let named = (negator + 1..cue.start).find(|&at| labels(passage, at) || sees(at));
    let as_what = (cue.end..cue.end + NEAR).take_while(|&at| passage.is_word(at)).any(|at| passage.is(at, Class::As));
    named.is_some_and(|verb| {
        // "describing killings in the town as"
        let plural = verb + 1 == cue.start && passage.is(cue.start, Class::PluralNoun);
        as_what && (plural || known_before(passage, verb, cue) == Some(verb + 1))
    })
}

/// Whether a verb at a token says what something is, or is as: "call", "describe".
fn labels(passage: &Passage, at: usize) -> bool {
    calls(passage, at) || passage.lexicon.verb(passage.role(at)).is_some_and(|verb| verb.takes(Follows::As))
}

/// Whether a cue is who is kept from a thing, not the thing: "prevented refugees entering", "prevented hundreds of refugees from coming".
fn is_kept_from(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let from = cue.end + usize::from(passage.is(cue.end, Class::From));
    passage.is(negator, Class::Averted) && passage.is(from, Class::Gerund) && !passage.is(cue.start, Class::Gerund)
}

/// Whether a cue names the known things of which none does something: "none of the taxed farmers answered".
fn is_of_set(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let of = negator + 1;
    let set = passage.is(of, Class::Of) && passage.is(of + 1, Class::Definite) && !passage.is(of + 1, Class::That);
    let comes = (cue.end..cue.end + NEAR).any(|at| passage.is_any(at, &[Class::Occurring, Class::Coming]));
    let acts = cue.clone().any(|at| passage.is_finite(at) || passage.is(at, Class::Gerund));
    set && !comes && !acts && known_before(passage, negator, cue) == Some(of + 1)
}

/// Whether a cue is the deed for which somebody is dealt with, and so done: "has not yet punished Minsk for raiding the town".
fn is_deed(passage: &Passage, cue: usize) -> bool {
    let lead = cue.wrapping_sub(1);
    let who = passage.is_any(lead.wrapping_sub(1), &[Class::Capital, Class::Object]);
    passage.is(cue, Class::Gerund) && passage.is(lead, Class::For) && who
}

/// Whether a cue is what something is not as much as, or who asked for what is negated: "nothing as bold as a raid", "refused to pay
/// as demanded by the mine".
fn is_compared(passage: &Passage, negator: usize, cue: usize) -> bool {
    (negator + 2..cue).any(|at| {
        let verb = at + 1 + usize::from(passage.is(at + 1, Class::Adverb));
        let asked = passage.is(verb, Class::Past) && passage.is(verb + 1, Class::By);
        let degree = passage.is(at.wrapping_sub(2), Class::As) && at > negator + 2;
        passage.is(at, Class::As) && (asked || degree)
    })
}

/// Whether a deed is only said not to have come in one way: "did not impose sanctions sooner" but later.
fn came_late(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let doing = negates_verb(passage, negator) || passage.is(negator + 1, Class::Gerund);
    let mut after = (cue.end..cue.end + NEAR).take_while(|&at| passage.is_word(at));
    // "did not stage a raid at all"
    let led = |at: usize| passage.is_any(at.wrapping_sub(1), &[Class::Preposition, Class::Indefinite, Class::Definite]);
    doing && after.any(|at| passage.is(at, Class::Faint) && !passage.is_word(at + 1) && !led(at))
}
