//! What is there although something of it is negated: that it has changed, that it is easy, that it is enough, a promise not to do
//! it. Not here: what a negated verb takes for granted (`granted`), and what stands apart from it (`apart`).

use std::ops::Range;

use crate::text::language::{Class, Traits};
use crate::text::passage::Passage;
use crate::text::voice::granted::leads_away;

/// How far before "not to" the verb stands that breaks with it, in tokens: "is breaking its long-held position not to".
const FURTHEST_BREACH: usize = 8;

/// How far after a negator the "enough" stands that it is of, in tokens: "is not good enough to".
const FURTHEST_ENOUGH: usize = 3;

/// How far after a fake thing the "to" of what it is for stands, in tokens: "a fake BBC news video to".
const FURTHEST_MEANS: usize = 6;

/// Longest clause that is only added, in tokens.
const LONGEST_ADDED: usize = 15;

/// What a participle, negated after "been", leaves there: "the sanctions have not been lifted".
const LIFTING: Traits = Traits::of(&[
    Class::Preventing,
    Class::Receding,
    Class::Eliminated,
    Class::Ended,
    Class::Cancelling,
    Class::Dropping,
]);

/// What says, negated, that a thing is not so or not there: "is not likely", "is not planned", "is not on the table".
const EXISTS: Traits = Traits::of(&[
    Class::Existent,
    Class::Past,
    Class::Preposition,
    Class::Adverb,
    Class::Article,
    Class::Indefinite,
    Class::Definite,
    Class::Event,
    Class::Scheme,
    Class::Occurring,
    Class::Coming,
    Class::Away,
    Class::Out,
    Class::No,
    Class::Stop,
    Class::Mark,
    Class::Evidence,
    Class::Uncertain,
    Class::Assured,
    Class::False,
    Class::Absent,
    Class::Finite,
    Class::Catenative,
    Class::Auxiliary,
    Class::Joining,
    Class::To,
]);

/// Whether what a negator denies of a cue, its subject, is something else than that it is: "the talks were not productive", "sanctions
/// have not been lifted". "The threat is not serious" makes little of it.
pub(in crate::text) fn is_valued(passage: &Passage, cue: &Range<usize>, negator: usize) -> bool {
    let mut at = negator + 1;
    while passage.is(at, Class::Adverb) {
        at += 1;
    }
    // "will not be lifted", "has not been easy"
    let been = passage.is_any(at, &[Class::Been, Class::Being]);
    let being = passage.is(negator, Class::Being) || passage.is(negator.wrapping_sub(1), Class::Being);
    at += usize::from(been);
    at += usize::from(passage.is_quote_mark(at));
    let predicate = passage.role(at);
    // "not as heavy as before"
    let compared =
        predicate.is(Class::As) && passage.is_word(at + 1) && !passage.is_any(at + 1, &[Class::Article, Class::To]);
    let valued = compared || been && predicate.meets(LIFTING) || !predicate.meets(EXISTS);
    let threat = (cue.start..cue.end + 2).any(|head| passage.is(head, Class::Prospect));
    (been || being) && valued && !threat
}

/// Whether a negator leaves a cue there because of what it is of: a degree, a promise that is broken, what cannot go on.
pub(in crate::text) fn persists(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    is_enough(passage, negator, cue)
        || is_broken(passage, negator)
        || is_kept_up(passage, negator, cue.start)
        || is_means(passage, negator, cue.start)
        || is_opposed(passage, negator, cue.start)
        || is_beside_object(passage, negator, cue.start)
}

/// Whether a thing is only said to be too little: "has not sent enough guards", "it is not good enough to ban coal". "Not enough
/// tanks to stage a raid" leaves it open whether one comes.
fn is_enough(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let enough = |at: usize| passage.is(at, Class::Sufficing);
    let mut near = negator + 1..=negator + FURTHEST_ENOUGH;
    let copula = passage.is(negator, Class::Being) || passage.is(negator.wrapping_sub(1), Class::Being);
    let dummy = (negator.saturating_sub(2)..=negator).any(|at| passage.is(at, Class::Neuter));
    let act = copula && dummy && near.any(|at| enough(at) && passage.is(at + 1, Class::To));
    let mut before =
        (negator + 1..cue.start).rev().take(2).take_while(|&at| !passage.is_any(at, &[Class::To, Class::Preposition]));
    act || before.any(enough)
}

/// Whether a "not to" or "of not" is that of a promise or custom which somebody breaks: "broke its promise not to raid the town".
fn is_broken(passage: &Passage, negator: usize) -> bool {
    let last = negator.wrapping_sub(1);
    let infinitive =
        passage.is(negator + 1, Class::To) || passage.is(last, Class::Of) && passage.is(negator + 1, Class::Gerund);
    let ends = [Class::Comma, Class::Stop, Class::Semicolon, Class::Dash];
    let before = (negator.saturating_sub(FURTHEST_BREACH)..negator).rev();
    let mut before = before.take_while(|&at| !passage.is_any(at, &ends));
    infinitive && before.any(|at| passage.is(at, Class::Preventing))
}

/// Whether what is negated is that something goes on: "cannot keep living in fear of strikes".
fn is_kept_up(passage: &Passage, negator: usize, cue: usize) -> bool {
    let verb = negator + 1 + usize::from(passage.is(negator + 1, Class::Adverb));
    verb < cue
        && passage.is_any(verb, &[Class::Lasting, Class::Remaining])
        && passage.is_any(verb + 1, &[Class::Gerund, Class::To])
}

/// Whether a thing called wrong or fake is what a deed is done with: "picked the wrong town to raid", "made a fake film to blame the
/// union". A false claim is of what it claims.
fn is_means(passage: &Passage, negator: usize, cue: usize) -> bool {
    let attribute = passage.is_any(negator.wrapping_sub(1), &[Class::Definite, Class::Indefinite]);
    let noun = negator + 1;
    let to = (noun + 1..noun + FURTHEST_MEANS)
        .find(|&at| !passage.is_word(at) || passage.is_any(at, &[Class::To, Class::Relative, Class::Preposition]));
    let claim = to.is_some_and(|at| passage.lexicon.noun(passage.role(at - 1)).is_some());
    let deed = to.is_some_and(|at| at < cue && passage.is_any(at, &[Class::To, Class::Relative]));
    attribute && !claim && deed && passage.is(negator, Class::False)
}

/// Whether a cue is what something negated is against: "has not given the port enough to use in its defence against a raid".
fn is_opposed(passage: &Passage, negator: usize, cue: usize) -> bool {
    let lead = (negator + 2..cue).rev().take(4).find(|&at| passage.is(at, Class::Preposition));
    passage.is(negator, Class::Negator)
        && lead.is_some_and(|at| {
            passage.is(at, Class::Against) && (negator + 1..at - 1).any(|word| leads_away(passage, word))
        })
}

/// Whether a preposition of place, time or terms leads from the known object of a negated verb to a cue: "failed to meet its duties
/// under a deal", "has not settled its row over sanctions".
fn is_beside_object(passage: &Passage, negator: usize, cue: usize) -> bool {
    let mut near = (negator + 3..cue).rev().take(3);
    let Some(lead) = near.find(|&at| passage.is(at, Class::Preposition)) else { return false };
    let leads = [Class::At, Class::Circumstance, Class::Approximate];
    let object = negator + 2..lead;
    passage.is_any(lead, &leads)
        && !passage.is(lead, Class::About)
        && !passage.is_any(lead + 1, &[Class::Any, Class::Definite])
        && object.clone().any(|at| passage.is(at, Class::Definite) && at + 1 < lead)
        && !object.into_iter().any(|at| passage.is_any(at, &[Class::Preposition, Class::Evidence, Class::Prospect]))
}

/// Whether a cue stands in a clause that is only added after a comma, behind what leaves open or negates the words before: "asked if she
/// would follow Lis, who visited the port".
pub(in crate::text) fn is_added(passage: &Passage, floor: usize, cue: &Range<usize>) -> bool {
    let mut near = (floor.max(cue.start.saturating_sub(LONGEST_ADDED))..cue.end).rev();
    // "asked whether Lis, who visited the port, would attack it": the clause has ended.
    let lead = near.find(|&at| passage.is(at, Class::Comma));
    lead.is_some_and(|comma| {
        let verb = comma + 2 + usize::from(passage.is(comma + 2, Class::Adverb));
        let past = passage.is_any(verb, &[Class::Past, Class::Finite]) && !passage.is(verb, Class::Auxiliary);
        passage.is(comma + 1, Class::Relativiser) && past
    })
}

/// The negator of who does not accept what somebody is: "does not recognise the port's independence".
pub(in crate::text) fn disowned(passage: &Passage, cue: &Range<usize>) -> Option<usize> {
    if !cue.clone().any(|at| passage.is(at, Class::Status)) {
        return None;
    }
    let near = cue.start.saturating_sub(FURTHEST_BREACH)..cue.start;
    let words = near.rev().take_while(|&at| passage.is_word(at));
    let verb = words.into_iter().find(|&at| passage.is(at, Class::Allowing))?;
    let mut before = (verb.saturating_sub(2)..verb).rev();
    before
        .find(|&at| passage.is(at, Class::Negator) || passage.is(at, Class::Refusing) && passage.is(at + 1, Class::To))
}
