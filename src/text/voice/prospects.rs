//! What is said to be uncertain, or only possible: "a merger is far from certain", "may have been poisoned", "any strike would
//! cost millions". Not here: conditions (`suppositions`), questions (`questions`).

use std::ops::Range;

use crate::model::Speech;
use crate::text::language::{Class, Form, Traits};
use crate::text::passage::Passage;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::negation::litotes;
use crate::text::voice::negators::negates;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};

/// How far after a cue the predicate stands that leaves it open, in tokens.
const FURTHEST_PREDICATE: usize = 8;

/// How far around a participle its "may have" stands, in tokens.
const FURTHEST_MODAL: usize = 5;

/// Longest noun phrase of what is only imagined, in tokens: "any large-scale strike by the dockers".
const LONGEST_SUBJECT: usize = 6;

/// What may stand between a modal verb and its participle.
const GRAMMAR: Traits = Traits::of(&[Class::Adverb, Class::Having, Class::Being, Class::Been, Class::Auxiliary]);

/// Where a phrase or predicate ends.
const ENDS: Traits = Traits::of(&[
    Class::Comma,
    Class::Stop,
    Class::Semicolon,
    Class::Relative,
    Class::Complementiser,
    Class::Joining,
    Class::Adversative,
    Class::Colon,
]);

/// What leaves a cue open. `speaker` is who speaks it.
pub(in crate::text) fn left_open(
    passage: &Passage,
    cue: &Range<usize>,
    scope: &Range<usize>,
    speaker: Option<&AttributedWords>,
) -> Option<Stand> {
    if let Some(at) = litotes(passage, cue, scope) {
        return Some(stand(Polarity::Unsaid, passage.span(&(at..at + 1)), VoiceRule::Litotes));
    }
    let found = uncertain(passage, cue, scope).or_else(|| may_have(passage, cue, scope));
    let found = found.or_else(|| may_be_averted(passage, cue, scope));
    let at = found.or_else(|| imagined_subject(passage, cue, scope, speaker))?;
    Some(stand(Polarity::Questioned, passage.span(&(at..at + 1)), VoiceRule::Uncertain))
}

/// The word after a cue that says that it may be or not: "is far from certain", "is doubtful", "is by no means assured".
fn uncertain(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<usize> {
    // "Why the bridge is unsafe is unclear": it is.
    if passage.is(scope.start, Class::Presuming) && !passage.is(scope.start, Class::Subordinator) {
        return None;
    }
    let mut after = cue.end..scope.end.min(cue.end + FURTHEST_PREDICATE);
    let verb = after.clone().take_while(|&at| !passage.role(at).meets(ENDS)).find(|&at| {
        let be = passage.is(at, Class::Being);
        be || passage.is(at, Class::Remaining) || passage.is(at, Class::Proving)
    })?;
    after.start = verb + 1;
    let mut denied = passage.is(verb, Class::Negator);
    for at in after.take_while(|&at| !passage.role(at).meets(ENDS)) {
        let predicate = passage.is(at, Class::Uncertain) || denied && passage.is(at, Class::Assured);
        if predicate {
            return Some(at).filter(|_| !passage.is(at + 1, Class::About) && heads(passage, cue, scope));
        }
        let between = [Class::Adverb, Class::Negator, Class::No, Class::In, Class::Replaced, Class::Replacing];
        denied |= passage.is_any(at, &[Class::Negator, Class::Replaced]) || negates(passage, at);
        let means = passage.is(at.wrapping_sub(1), Class::No) || passage.is_any(at, &[Class::By, Class::Indefinite]);
        if !means && !passage.is_any(at, &between) {
            return None;
        }
    }
    None
}

/// Whether a cue heads the noun phrase it is in, or is what a claim or chance at its head is of: of "the nature of the threat is
/// unclear" only the nature is.
fn heads(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> bool {
    let near = scope.start.max(cue.start.saturating_sub(LONGEST_SUBJECT))..cue.start;
    let lead = near.rev().find(|&at| passage.is_any(at, &[Class::Preposition, Class::Auxiliary, Class::Comma]));
    lead.is_none_or(|at| {
        let head = at.wrapping_sub(1);
        let claim = passage.is(head, Class::Prospect) || passage.lexicon.noun(passage.role(head)).is_some();
        !passage.is(at, Class::Preposition) || passage.is(at, Class::Of) && claim
    })
}

/// The "may" or "might" of "may have been poisoned", and of "may or may not".
fn may_have(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<usize> {
    let may = |at: usize| passage.is(at, Class::Possible);
    let mut before = (scope.start.max(cue.start.saturating_sub(FURTHEST_MODAL))..cue.start).rev();
    let lead = before.by_ref().take_while(|&at| passage.role(at).meets(GRAMMAR)).find(|&at| may(at));
    let lead = lead.or_else(|| may_have_been(passage, cue.start));
    let past = lead.filter(|&at| (at + 1..cue.start).any(|word| passage.is(word, Class::Having)));
    let mut near = scope.start.max(cue.start.saturating_sub(FURTHEST_PREDICATE))..cue.start;
    past.filter(|&at| !passage.is(at, Class::Questioner))
        .or_else(|| near.find(|&at| may(at) && passage.is(at + 1, Class::Joining) && may(at + 2)))
}

/// The "may" of what a thing may have been: "it may have been a cover-up".
fn may_have_been(passage: &Passage, cue: usize) -> Option<usize> {
    let near = cue.saturating_sub(FURTHEST_MODAL)..cue;
    let been = near.rev().find(|&at| passage.is(at, Class::Been))?;
    let noun = passage.is(been + 1, Class::Single) && !(been + 2..cue).any(|at| passage.is(at, Class::Preposition));
    let ends = [Class::Comma, Class::Preposition, Class::Definite];
    let near = been.saturating_sub(FURTHEST_PREDICATE)..been;
    let grammar = near.rev().take_while(|&at| !passage.is_any(at, &ends) || passage.is(at, Class::As));
    grammar.filter(|_| noun).find(|&at| passage.is(at, Class::Possible))
}

/// The "could" of what may still be kept from coming: "layoffs could still be averted".
fn may_be_averted(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<usize> {
    if passage.is(scope.start, Class::Questioner) {
        return None;
    }
    let after = cue.end..scope.end.min(cue.end + FURTHEST_MODAL);
    let modal = after
        .take_while(|&at| !passage.role(at).meets(ENDS))
        .find(|&at| passage.is_any(at, &[Class::Possible, Class::Able]) && !passage.is(at, Class::Negator))?;
    let mut verb = (modal + 1..modal + FURTHEST_MODAL).skip_while(|&at| passage.role(at).meets(GRAMMAR));
    verb.next().filter(|&at| passage.is(at, Class::Averted)).map(|_| modal)
}

/// The "at" of what the chances of a thing are put at, whoever names them: "the odds of a slump at one in three".
pub(in crate::text) fn has_odds(passage: &Passage, cue: &Range<usize>) -> Option<Stand> {
    let mut head = (cue.start.saturating_sub(FURTHEST_MODAL)..cue.start).rev();
    let chance = head.any(|at| passage.is(at, Class::Prospect) && passage.is(at + 1, Class::Of));
    let number = passage.is_any(cue.end + 1, &[Class::Number, Class::One]);
    (chance && number && passage.is_any(cue.end, &[Class::At, Class::Being]))
        .then(|| stand(Polarity::Questioned, passage.span(&(cue.end..cue.end + 1)), VoiceRule::Uncertain))
}

/// The "would" of what a thing would do that is none yet: "any strike would cost millions". After "said" in the past the "would"
/// of "said a strike would begin" may stand for "will".
fn imagined_subject(
    passage: &Passage,
    cue: &Range<usize>,
    scope: &Range<usize>,
    speaker: Option<&AttributedWords>,
) -> Option<usize> {
    let floor = scope.start.max(cue.start.saturating_sub(LONGEST_SUBJECT));
    let breaks = Traits::of(&[Class::Preposition, Class::Auxiliary, Class::Definite, Class::Comma]);
    let mut before = (floor..=cue.start).rev().take_while(|&at| at == cue.start || !passage.role(at).meets(breaks));
    // "any such guarantees" are known.
    let article = before.find(|&at| passage.is_any(at, &[Class::Any, Class::Single]))?;
    if passage.is(article + 1, Class::Such) {
        return None;
    }
    let last = article.wrapping_sub(1);
    let opens =
        article == scope.start || !passage.is_word(last) || passage.is_any(last, &[Class::That, Class::Joining]);
    let limit = scope.end.min(cue.end + LONGEST_SUBJECT);
    let mut after = (cue.end..limit).take_while(|&at| !passage.role(at).meets(ENDS));
    let modal = after.find(|&at| passage.is(at, Class::Finite))?;
    let would = passage.is(modal, Class::Irreal) && !passage.is(modal, Class::Possible);
    let told = passage.is(article, Class::Single) && speaker.is_some_and(|it| is_past(passage, it));
    // "the sense that a raid would begin shortly" foresees it.
    (would && opens && !told && !passage.is(modal + 1, Class::Occurring)).then_some(modal)
}

/// Whether somebody's words are reported in the past: "said". Quoted words keep their tense.
fn is_past(passage: &Passage, speaker: &AttributedWords) -> bool {
    let passage = passage.whole();
    let verb = speaker.verb.map_or(0, |verb| passage.tokens_of(verb).end - 1);
    speaker.kind == Speech::Indirect && (passage.is(verb, Class::Past) || passage.role(verb).form == Form::Past)
}
