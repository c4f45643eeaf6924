//! What a negator speaks against or leaves open rather than denies: "should not attack", "hopes that it does not", "has not decided
//! to", "lacks the trucks needed to". Not here: conditions (`suppositions`), and which word negates (`negators`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::apart::is_named;
use crate::text::voice::negators::{calls, is_deontic, is_silent};
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};

/// How far after a negator the verb stands that it leaves open, in tokens.
const FURTHEST_MEANT: usize = 8;

/// How far after a negator the decision stands that is not taken, in tokens: "did not yet seem that he had made a decision to".
const FURTHEST_DECIDED: usize = 12;

/// Longest way from a verb of giving to its evidence, in tokens: "provide any further detail or evidence".
const LONGEST_EVIDENCE: usize = 7;

/// How far before "not to" the verb stands that tells somebody not to, in tokens: "urged the new prime minister not to".
const FURTHEST_HEARER: usize = 8;

/// What a negator leaves unsaid or speaks against, rather than denies.
pub(in crate::text) fn unmeant(passage: &Passage, cue: &Range<usize>, at: usize) -> Option<Stand> {
    let word = |at: usize| passage.span(&(at..at + 1));
    let near = at + 1..cue.start.min(at + FURTHEST_MEANT);
    let opposed = Some(stand(Polarity::Opposed, word(at), VoiceRule::Opposed));
    // "should never have attacked": it has.
    let done = passage.is_any(at + 2, &[Class::Past, Class::Been, Class::Finite]);
    if is_deontic(passage, at) && passage.is(at + 1, Class::Having) && done {
        return Some(stand(Polarity::Affirmed, word(at), VoiceRule::Counterfactual));
    }
    // "declined to comment on reports of a raid"
    if is_silent(passage, at) {
        return Some(stand(Polarity::Unsaid, word(at), VoiceRule::Unsaid));
    }
    // "backs away from calling it a raid"
    let from = (at + 1..at + 4).find(|&word| passage.is(word, Class::From));
    if passage.is(at, Class::Forgoing)
        && passage.is(at + 1, Class::Away)
        && from.is_some_and(|from| calls(passage, from + 1))
    {
        return Some(stand(Polarity::Unsaid, word(at), VoiceRule::Unsaid));
    }
    if let Some(stand) = unmeant_act(passage, cue, at).filter(|_| passage.is(at, Class::Negator)) {
        return Some(stand);
    }
    // "is yet to establish arson"
    let found =
        passage.lexicon.verb(passage.role(at + 2)).is_some_and(|verb| verb.class(false) == VerbClass::Endorsing);
    if passage.is(at, Class::Pending) && found {
        return Some(stand(Polarity::Unsaid, word(at), VoiceRule::Unsaid));
    }
    // "stopped short of announcing an airlift", "too soon to say that"
    let entry = passage.lexicon.verb(passage.role(at + 2));
    let short = passage.is(at, Class::Replaced) && passage.is(at + 1, Class::Of) && entry.is_some();
    let said = passage.is(at, Class::Early) && passage.is(at + 3, Class::Complementiser);
    // "stopped short of describing the killings as murder": they are there.
    if short && is_named(passage, at, cue) {
        return Some(stand(Polarity::Affirmed, word(at), VoiceRule::Affirmed));
    }
    if short || said && entry.is_some_and(ReportingWord::is_saying) {
        return Some(stand(Polarity::Unsaid, word(at), VoiceRule::Unsaid));
    }
    // "lacks the troops needed to hold the town", "does not have enough troops to": whether it tries is left open.
    let lacks = passage.is(at, Class::Absent) && !passage.is(at + 1, Class::To);
    if lacks
        && near.clone().any(|to| passage.is(to, Class::To) && passage.is_any(to - 1, &[Class::Past, Class::Sufficing]))
    {
        return Some(stand(Polarity::Questioned, word(at), VoiceRule::Uncertain));
    }
    let allows = (at + 1..cue.start).any(|verb| lets(passage, verb)) && !passage.is(at, Class::Subject);
    if allows || is_deontic(passage, at) { opposed } else { None }
}

/// Whether a word at a token lets a thing be; the "let" of a "let-up" does not.
fn lets(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Allowing) && !passage.is(at + 1, Class::Hyphen)
}

/// What a negator of a verb leaves unsaid or speaks against.
fn unmeant_act(passage: &Passage, cue: &Range<usize>, at: usize) -> Option<Stand> {
    let word = |at: usize| passage.span(&(at..at + 1));
    let near = at + 1..cue.start.min(at + FURTHEST_MEANT);
    let supposed = Some(stand(Polarity::Supposed, word(at), VoiceRule::Supposed));
    // "hopes that Minsk does not attack", "afraid that aid would not come"
    if is_wished(passage, at) {
        return supposed;
    }
    if nobody_thought(passage, at) {
        return Some(stand(Polarity::Affirmed, word(at), VoiceRule::Counterfactual));
    }
    // "nothing about this raid has gone well": the verb is that of "nothing".
    let acts = (cue.end..cue.end + 2).any(|verb| passage.is_any(verb, &[Class::Auxiliary, Class::Finite]));
    // "said nothing about a raid"
    let told = passage.lexicon.verb(passage.role(at.wrapping_sub(1))).is_some_and(ReportingWord::is_saying);
    let about = passage.is_any(at + 1, &[Class::About, Class::On]);
    // "insists nothing about the tower is unsafe": the verb of its own is what is said.
    if told && about && !acts && !near.clone().any(|verb| passage.is_any(verb, &[Class::Auxiliary, Class::Finite])) {
        return Some(stand(Polarity::Unsaid, word(at), VoiceRule::Unsaid));
    }
    // "it did not yet seem that he had made an irreversible decision to attack"
    let undecided = (at + 1..=cue.start.min(at + FURTHEST_DECIDED)).any(|verb| leaves_open(passage, verb));
    if undecided || near.clone().any(|verb| furnishes(passage, verb)) {
        return Some(stand(Polarity::Unsaid, word(at), VoiceRule::Unsaid));
    }
    // "could not comment on reports of a raid", "would neither confirm nor deny a raid"
    if let Some(silent) = near.clone().take(3).find(|&verb| passage.is(verb, Class::Commenting)) {
        return Some(stand(Polarity::Unsaid, word(silent), VoiceRule::Unsaid));
    }
    // "warned Minsk not to attack"
    // but "told the town not to believe talk of a raid", "not to call it a raid"
    let entry = passage.lexicon.verb(passage.role(at + 2));
    let belief = entry.is_some_and(|verb| verb.class(false) == VerbClass::Thinking && verb.takes(Follows::That));
    let belief = belief || calls(passage, at + 2);
    let told = passage.is(at + 1, Class::To) && !passage.is(at.wrapping_sub(1), Class::Auxiliary);
    // "built a dam so as not to"
    let aim = told && passage.is(at.wrapping_sub(1), Class::As) && passage.is(at.wrapping_sub(2), Class::DistanceLead);
    if aim {
        return supposed;
    }
    let opposed = stand(Polarity::Opposed, word(at), VoiceRule::Opposed);
    if told && !belief && is_told(passage, at) {
        return Some(opposed);
    }
    // "would not be wise to give Minsk a reason to attack"; but "don't want missiles here"
    // "No country is supposed to raid another"
    if near.clone().take(4).any(|it| is_worth(passage, it) || is_meant(passage, it)) {
        return supposed;
    }
    wishes_away(passage, at + 1).then_some(opposed)
}

/// Whether a thought that nobody had is told of what has come: "Nobody expected Minsk to raid the town". Within what is reported
/// it may stand for "expects": "said that nobody expected a raid".
fn nobody_thought(passage: &Passage, negator: usize) -> bool {
    let verb = negator + 1 + usize::from(passage.is(negator + 1, Class::Person));
    let entry = passage.lexicon.verb(passage.role(verb));
    let thought = entry.is_some_and(|entry| entry.class(false) == VerbClass::Thinking && entry.takes(Follows::That));
    let before = negator.wrapping_sub(1);
    let reported = passage.is_any(before, &[Class::That, Class::Complementiser])
        || passage.lexicon.verb(passage.role(before)).is_some();
    passage.is(negator, Class::Subject) && thought && passage.is(verb, Class::Past) && !reported
}

/// Whether a word at a token, negated, leaves open what follows: "has not decided to attack", "does not mean that he will attack".
pub(in crate::text) fn leaves_open(passage: &Passage, at: usize) -> bool {
    let clause = [Class::That, Class::Capital, Class::Subject, Class::Dummy, Class::Article, Class::Number];
    passage.is(at, Class::Deciding) || passage.is(at, Class::Meaning) && passage.is_any(at + 1, &clause)
}

/// Whether a verb at a token gives evidence: "did not | provide evidence of a raid".
fn furnishes(passage: &Passage, verb: usize) -> bool {
    let mut object = verb + 1..verb + LONGEST_EVIDENCE;
    passage.is(verb, Class::Furnishing) && object.any(|word| passage.is(word, Class::Evidence))
}

/// Whether the negator at a token stands in what somebody hopes, fears or regrets, which says not that it is so: "hopes that
/// Minsk does not attack". "Fears of a raid did not" go on.
fn is_wished(passage: &Passage, negator: usize) -> bool {
    let opens = [Class::That, Class::Subject, Class::Definite, Class::Capital, Class::Negator, Class::To, Class::Dummy];
    let mut before = (negator.saturating_sub(FURTHEST_HEARER)..negator).rev().take_while(|&at| passage.is_word(at));
    // "want to make sure that there is no raid"
    before.any(|at| {
        let sure = passage.is(at, Class::Securing) && passage.is(at.wrapping_sub(1), Class::Light);
        (sure || passage.is(at, Class::Wishing)) && passage.is_any(at + 1, &opens)
    })
}

/// Whether somebody is told what the "not to" at a token is about: "warned Minsk not to attack".
fn is_told(passage: &Passage, negator: usize) -> bool {
    let told = |class: VerbClass| {
        matches!(class, VerbClass::Warning | VerbClass::Demanding | VerbClass::Asking | VerbClass::Neutral)
    };
    let mut before = (negator.saturating_sub(FURTHEST_HEARER)..negator).rev().take_while(|&at| passage.is_word(at));
    // "tried to persuade Minsk not to attack"
    if before.clone().any(|at| passage.is(at, Class::Swaying)) {
        return true;
    }
    let verb = before.find_map(|at| passage.lexicon.verb(passage.role(at)).map(|verb| (at, verb.class(false))));
    verb.is_some_and(|(at, class)| at + 1 < negator && told(class))
}

/// Whether a verb of demanding begins at a token whose object is somebody else's doing: "want missiles", "want to see missiles", not
/// "want to fire".
fn wishes_away(passage: &Passage, verb: usize) -> bool {
    let entry = passage.lexicon.verb(passage.role(verb));
    entry.is_some_and(|entry| entry.class(false) == VerbClass::Demanding)
        && (!passage.is(verb + 1, Class::To) || passage.is(verb + 2, Class::Seeing))
}

/// Whether a word at a token tells what is to be: "supposed to".
fn is_meant(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Distance) && passage.is(at + 1, Class::To)
}

/// Whether a word at a token judges what somebody might do: "not helpful to", "not acceptable for".
fn is_worth(passage: &Passage, at: usize) -> bool {
    let next = at + 1 + usize::from(passage.is_quote_mark(at + 1));
    passage.is(at, Class::Worthy) && passage.is_any(next, &[Class::To, Class::For])
}
