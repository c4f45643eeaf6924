//! Verbs of saying that tell here what was done, or what nobody is named for: "attacked the port with drones", "helped Lis defend it",
//! "showed no interest", "casualties reported".

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::groups::VerbGroup;

/// How far behind a verb the ground of an attack with words stands, in tokens: "attacked the mayor for ...".
const FURTHEST_GROUND: usize = 12;

/// Whether a verb that strikes with words or with arms strikes with arms: nothing is quoted, and no ground is given.
pub(in crate::text) fn strikes(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup) -> bool {
    let from = group.tokens.end;
    // "attacked the mayor over her plan", "for leaving", "as weak"
    let owned = [Class::Gerund, Class::Possessor, Class::Possessive];
    let ground = |at: usize| {
        let blames = passage.is_any(at, &[Class::For, Class::Topical]) && passage.is_any(at + 1, &owned);
        blames || passage.is(at, Class::As) || passage.is_quote_mark(at)
    };
    group.entry.takes(Follows::Ground) && !(from..tokens.end.min(from + FURTHEST_GROUND)).any(ground)
}

/// Whether a verb with a subject reports nothing of it.
pub(in crate::text) fn is_act(
    passage: &Passage,
    tokens: &Range<usize>,
    group: &VerbGroup,
    subject: &Range<usize>,
) -> bool {
    is_bare(passage, group, subject)
        || is_reported(passage, tokens, group, subject)
        || shows_nothing(passage, group, subject)
        || lacks_object(passage, tokens, group, subject)
        || is_wondered(passage, tokens, group, subject)
}

/// "helped the town defend it", "made Lis realise that"; "a fighter with call | sign Otter": a bare form that has no subject.
fn is_bare(passage: &Passage, group: &VerbGroup, subject: &Range<usize>) -> bool {
    if group.form != Form::Base || group.tokens.len() > 1 {
        return false;
    }
    let brings = [Class::Causing, Class::Allowing, Class::Bringing, Class::Seeing];
    let made = passage.is_any(subject.start, &brings) && subject.len() > 1
        || passage.is_any(subject.start.wrapping_sub(1), &brings);
    let agrees = [
        Class::PluralNoun,
        Class::Human,
        Class::Person,
        Class::Several,
        Class::Capital,
        Class::Subject,
        Class::Relative,
    ];
    let last = subject.end - 1;
    let names = group.entry.takes(Follows::Topic) && !group.entry.takes(Follows::That);
    made || names && last + 1 == group.tokens.start && passage.is_word(last) && !passage.is_any(last, &agrees)
}

/// "told them how leaders would respond if", "asked if she could confirm that": nobody has said so yet.
fn is_wondered(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, subject: &Range<usize>) -> bool {
    let lead = subject.start.wrapping_sub(1);
    let asked = passage.is_any(lead, &[Class::Question, Class::Questioner]);
    asked && subject.start > tokens.start + 1 && group.mood == Mood::Hypothetical
}

/// "House destroyed, casualties reported", "Lis mocked for her hat": a headline's passive without its "were".
fn is_reported(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, subject: &Range<usize>) -> bool {
    if group.form != Form::Past || group.tokens.len() > 1 || !passage.is_headline(group.tokens.start) {
        return false;
    }
    let next = group.tokens.end;
    if passage.is(next, Class::For) && group.entry.takes(Follows::Topic) {
        return true;
    }
    let ends = [Class::Stop, Class::Comma, Class::In, Class::At, Class::Past, Class::Participle, Class::Dating];
    let speaks = [
        Class::Human,
        Class::Person,
        Class::Body,
        Class::Several,
        Class::Subject,
        Class::Title,
        Class::Paper,
        Class::Figures,
        Class::Upper,
    ];
    let speaker =
        |at: usize| passage.is_any(at, &speaks) || passage.is(at, Class::Capital) && !passage.is(at, Class::PluralNoun);
    let closed = next >= tokens.end || passage.is_any(next, &ends);
    closed && group.entry.takes(Follows::Np) && !subject.clone().any(speaker)
}

/// "has shown no sign of leaving", "showed no interest in talks": what somebody does not let be seen is the writer's.
fn shows_nothing(passage: &Passage, group: &VerbGroup, subject: &Range<usize>) -> bool {
    let shows = group.entry.takes(Follows::Np) && group.entry.class(false) == VerbClass::Endorsing;
    let seen = subject.clone().any(|at| passage.is_any(at, &[Class::Paper, Class::Figures]));
    // "has shown itself eager to leave"
    let itself = passage.is(group.tokens.end, Class::Reflexive);
    shows && !seen && (itself || passage.is(group.tokens.end, Class::No))
}

/// "the steps the bank was announcing | were ...": a clause that describes the noun before its subject.
fn lacks_object(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, subject: &Range<usize>) -> bool {
    let next = group.tokens.end;
    let verb = passage.is(next, Class::Auxiliary) && passage.is_finite(next) && !passage.is(next, Class::Capital);
    let noun = subject.start > tokens.start && passage.is_any(subject.start - 1, &[Class::PluralNoun, Class::Plain]);
    let gap = group.form == Form::Gerund || !group.entry.takes(Follows::Bare);
    verb && noun && gap && group.entry.takes(Follows::Np)
}
