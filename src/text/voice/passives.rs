//! Passives of verbs of saying: "it was alleged that", "was quoted as saying", "were told by X", "was cleared of it by X".

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing, SearchedSentence};
use crate::text::voice::groups::{VerbGroup, reported};
use crate::text::voice::phrase_ends::phrase_end;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::subjects::subject_before;

/// How far after "by" the "of" of a charge is looked for, in tokens.
const FURTHEST_CHARGE: usize = 12;

/// How far after "said" its "that" stands, in tokens.
const FURTHEST_THAT: usize = 6;

/// "was quoted as saying", "it was alleged that", "is said to", "was criticized by X"
pub(in crate::text) fn passive<'a>(
    sentence: &SearchedSentence<'a, '_>,
    group: &VerbGroup<'a>,
) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    let next = group.tokens.end;
    let subject = subject_before(passage, tokens.start, group.tokens.start);
    if let Some(lead) = as_saying(passage, next) {
        let mut found = reported(VoiceRule::QuotedAs, group, subject, Placing::After(lead + 2));
        found.cue.end = lead + 2;
        found.entry = passage.lexicon.verb(passage.role(lead + 1));
        return Some(found);
    }
    // "It may be recalled that", "it should be noted that": the outlet reminds its readers.
    let reminds =
        group.mood == Mood::Hypothetical && subject.as_ref().is_some_and(|it| passage.is(it.start, Class::Neuter));
    if reminds && passage.is(next, Class::That) {
        return None;
    }
    if let Some(found) = heard(passage, tokens, group, subject.as_ref()) {
        return Some(found);
    }
    if let Some(that) = that_after(passage, next) {
        return Some(reported(VoiceRule::Unnamed, group, None, Placing::After(that)));
    }
    if passage.is(next, Class::To) && is_said_to(passage, group) {
        return Some(reported(VoiceRule::Unnamed, group, None, Placing::After(next)));
    }
    // "The fund will close, it is understood."
    let neuter = subject.as_ref().filter(|it| it.len() == 1 && passage.is(it.start, Class::Neuter));
    let aside = neuter.and_then(|it| it.start.checked_sub(1)).filter(|comma| passage.is(*comma, Class::Comma));
    if let Some(comma) =
        aside.filter(|comma| *comma > tokens.start && passage.is_any(next, &[Class::Stop, Class::Comma]))
    {
        // "Inspectors, it is said, were bribed."
        let inserted = passage.is(next, Class::Comma) && next + 1 < tokens.end;
        let placing = if inserted { Placing::Around(comma, next) } else { Placing::Before(comma) };
        return Some(reported(VoiceRule::Unnamed, group, None, placing));
    }
    // "The pool will shut, staff have been told."
    let told = subject.as_ref().filter(|it| group.entry.takes(Follows::Hearer) && it.start > tokens.start + 1);
    let comma = told.map(|it| it.start - 1).filter(|&comma| passage.is(comma, Class::Comma));
    if let Some(comma) = comma.filter(|_| passage.is_any(next, &[Class::Stop, Class::Comma])) {
        return Some(reported(VoiceRule::Unnamed, group, None, Placing::Before(comma)));
    }
    // "was cleared of doping by the court"
    if let Some(found) = charged(passage, tokens, group) {
        return Some(found);
    }
    // "has been described as a waste", "was hailed by Lis as a triumph"
    let named =
        group.entry.takes(Follows::As) && !group.entry.takes_one() && !passage.is(group.tokens.start, Class::Gerund);
    if passage.is(next, Class::As) && named {
        // "claims of a leak were dismissed as nonsense by the minister"
        let denies = group.entry.class(false) == VerbClass::Denying;
        let mut near =
            (next + 2..tokens.end.min(next + FURTHEST_CHARGE)).take_while(|&at| !passage.is(at, Class::Comma));
        let by = near.find(|&at| passage.is(at, Class::By)).filter(|_| denies);
        let spoken = by.and_then(|by| agent(sentence, group, by, subject));
        return spoken.or_else(|| Some(reported(VoiceRule::Unnamed, group, None, Placing::Object(next + 1))));
    }
    if let Some(found) = called(passage, tokens, group) {
        return Some(found);
    }
    // "was reiterated on Thursday by the minister that"
    let dates = [Class::Weekday, Class::On, Class::Temporal, Class::Month, Class::Number];
    let by = (next..next + 4).find(|&at| !passage.is_any(at, &dates)).filter(|&by| passage.is(by, Class::By))?;
    agent(sentence, group, by, subject)
}

/// The "as saying" after "was quoted", behind who quotes: "was quoted by the radio as saying".
fn as_saying(passage: &Passage, next: usize) -> Option<usize> {
    let says = |at: usize| passage.role(at).form == Form::Gerund && passage.role(at).is_verb();
    let quoted = passage.is_any(next, &[Class::By, Class::In]) && passage.is(next - 1, Class::Quoting);
    let limit = if quoted { next + FURTHEST_CHARGE } else { next + 1 };
    let mut near = (next..limit).take_while(|&at| passage.is_word(at));
    near.find(|&at| passage.is(at, Class::As) && says(at + 1))
}

/// The "that" of a clause, behind when or where it is said: "were told | that", "were told yesterday that", "it is said in the
/// capital that".
fn that_after(passage: &Passage, next: usize) -> Option<usize> {
    let mut near = (next..next + FURTHEST_THAT)
        .take_while(|&at| passage.is_word(at) && !passage.is_finite(at) && !passage.is(at, Class::By));
    let that = near.find(|&at| passage.is(at, Class::That))?;
    let led = passage.is_any(next, &[Class::In, Class::On, Class::Weekday, Class::Temporal]);
    // "were seen on the same day that": the clause is the day's.
    let dated = passage.is(that - 1, Class::Duration);
    (that == next || led && !dated && !passage.is_finite(that + 1)).then_some(that)
}

/// "was branded a cheat on Friday by a rival": what its subject is called.
fn called<'a>(passage: &Passage<'a>, tokens: &Range<usize>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let next = group.tokens.end;
    let names = group.entry.takes(Follows::Np) && group.entry.takes(Follows::As) && !group.entry.takes(Follows::That);
    let limit = tokens.end.min(next + FURTHEST_CHARGE);
    let mut name = (next..limit).take_while(|&at| passage.is_word(at) && !passage.is_finite(at));
    let by = name.find(|&at| passage.is(at, Class::By)).filter(|&by| by > next)?;
    let speaker = by + 1..agent_end(passage, by + 1, tokens.end);
    let found = names && passage.is(next, Class::Single) && !speaker.is_empty();
    found.then(|| reported(VoiceRule::Agent, group, Some(speaker), Placing::Exactly(next..by)))
}

/// Who says it after the "by" at token `next`, and what: a clause, a charge, what its subject is called, or its subject.
fn agent<'a>(
    sentence: &SearchedSentence<'a, '_>,
    group: &VerbGroup<'a>,
    next: usize,
    subject: Option<Range<usize>>,
) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, earlier, .. } = *sentence;
    let named =
        group.entry.takes(Follows::As) && !group.entry.takes_one() && !passage.is(group.tokens.start, Class::Gerund);
    let end = agent_end(passage, next + 1, tokens.end);
    let speaker = Some(next + 1..end).filter(|source| !source.is_empty());
    speaker.as_ref()?;
    // "were told by Lis that it rained"
    if passage.is(end, Class::Complementiser)
        && (group.entry.takes(Follows::That) || group.entry.takes(Follows::Hearer))
    {
        return Some(reported(VoiceRule::Agent, group, speaker, Placing::After(end)));
    }
    // "was accused by a rival of taking bribes"
    let charge = (next + 2..tokens.end.min(next + FURTHEST_CHARGE)).find(|&at| passage.is(at, Class::Of));
    // "of not doing enough"
    let doing = |of: usize| passage.is(of + 1 + usize::from(passage.is(of + 1, Class::Negator)), Class::Gerund);
    if let Some(charge) = charge.filter(|of| group.entry.takes(Follows::Of) && doing(*of)) {
        return Some(reported(VoiceRule::Agent, group, Some(next + 1..charge), Placing::After(charge + 1)));
    }
    if passage.is(end, Class::As) && named && group.entry.class(false) != VerbClass::Denying {
        return Some(reported(VoiceRule::Agent, group, speaker, Placing::Object(end + 1)));
    }
    // "was observed by a handful": who only sees or shows a thing says nothing of it.
    let objects = [
        Follows::Np,
        Follows::Topic,
        Follows::Ing,
        Follows::NpOut,
        Follows::NpAway,
        Follows::Of,
        Follows::As,
        Follows::HearerTo,
    ];
    if !objects.into_iter().any(|object| group.entry.takes(object)) {
        return None;
    }
    // "accusations that it knew were dismissed by the minister": what others say is what is denied.
    let out = passage.is_any(group.tokens.end - 1, &[Class::Out, Class::Away]);
    let denies = group.entry.class(out) == VerbClass::Denying;
    let claim = earlier.last().filter(|claim| denies && is_subject_claim(passage, claim, group));
    let subject = claim.map(|claim| claim.cue.start..group.tokens.start).or(subject)?;
    let spoken = denies && subject.clone().any(|at| passage.role(at).is_noun());
    let placing = if spoken { Placing::Exactly(subject) } else { Placing::Subject(subject) };
    Some(reported(VoiceRule::Agent, group, speaker, placing))
}

/// The end of the phrase for who speaks, which begins after "by": not past the "that" of "told by the owners that jobs were safe".
fn agent_end(passage: &Passage, from: usize, limit: usize) -> usize {
    let end = phrase_end(passage, from, limit);
    (from + 1..end).find(|&at| passage.is(at, Class::That)).unwrap_or(end)
}

/// "was cleared of doping by the court", "was found not guilty of theft by a jury", "was accused on Tuesday of theft".
pub(in crate::text) fn charged<'a>(
    passage: &Passage<'a>,
    tokens: &Range<usize>,
    group: &VerbGroup<'a>,
) -> Option<Candidate<'a>> {
    let next = group.tokens.end;
    let verdict = (next..next + 2).find(|&at| passage.is(at, Class::Guilty)).map(|guilty| guilty + 1);
    let dates = [Class::Weekday, Class::On, Class::Temporal];
    let charge = (next..next + 3).find(|&at| !passage.is_any(at, &dates)).unwrap_or(next);
    let of = verdict.unwrap_or(charge);
    if !passage.is(of, Class::Of) || verdict.is_none() && !group.entry.takes(Follows::Of) {
        return None;
    }
    let limit = tokens.end.min(of + FURTHEST_CHARGE);
    let ends = (of + 2..limit).find(|&at| passage.is_any(at, &[Class::By, Class::Comma]));
    let Some(by) = ends.filter(|&at| passage.is(at, Class::By)) else {
        let unnamed = verdict.is_none() && group.entry.class(false) == VerbClass::Distancing;
        return unnamed.then(|| reported(VoiceRule::Unnamed, group, None, Placing::Object(of + 1)));
    };
    let judge = Some(by + 1..phrase_end(passage, by + 1, tokens.end)).filter(|judge| !judge.is_empty())?;
    Some(reported(VoiceRule::Agent, group, Some(judge), Placing::Exactly(of + 1..by)))
}

/// "Three men smuggled arms, a court was told", "the jury was told that": where it was said is who has it.
fn heard<'a>(
    passage: &Passage<'a>,
    tokens: &Range<usize>,
    group: &VerbGroup<'a>,
    subject: Option<&Range<usize>>,
) -> Option<Candidate<'a>> {
    let next = group.tokens.end;
    let court = subject.filter(|it| group.entry.takes(Follows::Hearer) && passage.is(it.end - 1, Class::Body))?;
    let comma = court.start.checked_sub(1).filter(|comma| passage.is(*comma, Class::Comma) && *comma > tokens.start);
    // "was told on Monday that"
    let dates = [Class::Weekday, Class::On, Class::Temporal];
    let that = (next..next + 3).find(|&at| !passage.is_any(at, &dates)).filter(|&at| passage.is(at, Class::That));
    let placing = match comma {
        _ if let Some(that) = that => Placing::After(that),
        Some(comma)
            if passage.is_any(next, &[Class::Stop, Class::Comma, Class::Weekday, Class::Temporal, Class::On]) =>
        {
            Placing::Before(comma)
        }
        _ => return None,
    };
    Some(reported(VoiceRule::Unnamed, group, Some(court.clone()), placing))
}

/// Whether a claim with its clause is the subject of a passive: "accusations that it knew were dismissed".
fn is_subject_claim(passage: &Passage, claim: &Candidate, group: &VerbGroup) -> bool {
    let Placing::After(that) = claim.placing else { return false };
    let mut clause = that..group.tokens.start;
    claim.rule == VoiceRule::Noun && !clause.any(|at| passage.is_any(at, &[Class::Comma, Class::Semicolon]))
}

/// "is said to"; not "is ready to", "is used to doing", and not "is expected to": what is thought in general is the writer's word (6 of 8
/// hand-coded places).
fn is_said_to(passage: &Passage, group: &VerbGroup) -> bool {
    let unsaid = [VerbClass::Promising, VerbClass::Demanding, VerbClass::Asking, VerbClass::Thinking];
    // "were told to wash their hands": nothing is said of them.
    !unsaid.contains(&group.entry.class(false))
        && !group.entry.takes(Follows::HearerTo)
        && !passage.is(group.tokens.end + 1, Class::Gerund)
}
