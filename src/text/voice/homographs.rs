//! Forms that are a noun as well as a verb of saying ("claims", "reports", "calls"): which they are by what stands around them.

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;

/// How far before a verb the head of its subject may stand, in tokens.
pub(super) const LONGEST_PHRASE: usize = 8;

/// Whether a form in -s that may be a plural noun is a verb: after a name or person with a complement, or before "that"
/// and a subject.
pub(super) fn is_third_person(passage: &Passage, last: usize, verb: usize) -> bool {
    let next = verb + 1;
    let marks = [Class::CloseBracket, Class::Comma, Class::Adverb, Class::Object];
    let speakers = [Class::Capital, Class::Person, Class::Human, Class::Body];
    // "what their union calls poverty pay"
    let named =
        passage.lexicon.verb(passage.role(verb)).is_some_and(|it| it.takes(Follows::Np) && !it.takes(Follows::That));
    if named && (last.saturating_sub(LONGEST_PHRASE / 2)..last).any(|at| passage.is(at, Class::What)) {
        return true;
    }
    if passage.is_any(last, &marks) || passage.is_any(last, &speakers) {
        return !is_noun_before(passage, last) && has_complement(passage, verb);
    }
    // "an analysis of the latest price reports shows": what shows is a paper.
    let phrase = (last.saturating_sub(LONGEST_PHRASE)..last).rev().take_while(|&at| !passage.is(at, Class::Mark));
    let mut heads = phrase.filter(|&at| passage.is(at + 1, Class::Of));
    let shows = passage.lexicon.verb(passage.role(verb)).is_some_and(|it| it.class(false) == VerbClass::Endorsing);
    if shows && heads.any(|at| passage.is_any(at, &[Class::Paper, Class::Person, Class::Figures])) {
        return !is_noun_before(passage, last) && has_complement(passage, verb);
    }
    // "seeks security guarantees that ...": a subject that is no name has a determiner.
    let floor = last.saturating_sub(3);
    let determined = (floor..=last).any(|at| passage.is_any(at, &[Class::Definite, Class::Indefinite]));
    if !determined && !passage.is_headline(verb) {
        return false;
    }
    let that = passage.is(next, Class::Complementiser) && !passage.is_finite(next + 1);
    // "the military also claims the bridge is down"
    let parted = passage.is(verb - 1, Class::Adverb) && passage.is_any(next, &[Class::Definite, Class::Subject]);
    !is_noun_before(passage, last)
        && (that || parted || passage.is(next, Class::To) || passage.is(next, Class::DoubleQuote))
}

/// Whether what stands before makes a form in -s a plural noun: "Russian claims", "recent reports", "of calls".
fn is_noun_before(passage: &Passage, last: usize) -> bool {
    let role = passage.role(last);
    // "Early fears that", "New claims that": an adjective has its capital from opening the sentence.
    let opens =
        passage.is(last, Class::Paragraph) || passage.sentence_of(last).is_some_and(|it| it.tokens.start == last);
    role.is(Class::Preposition)
        || opens && passage.is_any(last, &[Class::DatePart, Class::Adjectival, Class::Gerund, Class::Describing])
        || role.is(Class::Possessive)
        || role.is(Class::Coordinator)
        || role.is(Class::Past) && !role.is(Class::Capital)
        || role.is(Class::Capital) && role.is(Class::Demonym)
        || !passage.is_any(last, &[Class::Person, Class::Human, Class::Body, Class::Capital])
            && role.is(Class::Adjectival)
}

/// Whether nothing else in a sentence can be its verb, after the plural that opens it: "Insurers suspect arson."
pub(super) fn is_only_verb(passage: &Passage, verb: usize) -> bool {
    let Some(sentence) = passage.sentence_of(verb).map(|it| it.tokens.clone()) else { return false };
    let opens = verb <= sentence.start + 2 && passage.is(verb - 1, Class::PluralNoun);
    let object = passage.is_word(verb + 1) && !passage.is_any(verb + 1, &[Class::Preposition, Class::Coordinator]);
    let brief = sentence.end <= verb + LONGEST_PHRASE;
    opens && object && brief && !(verb + 1..sentence.end).any(|at| passage.is_finite(at))
}

/// Whether a plural after a comma has its verb last: `Epidemic "under control", doctors claim.`, "The bridge was mined, newly
/// opened files show."
fn closes_sentence(passage: &Passage, verb: usize) -> bool {
    let doctors = follows_speakers(passage, verb);
    let that = passage.lexicon.verb(passage.role(verb)).is_some_and(|entry| entry.takes(Follows::That));
    let mut phrase = (verb.saturating_sub(LONGEST_PHRASE)..verb).rev();
    let mark = phrase.find(|&at| passage.is_any(at, &[Class::Comma, Class::Auxiliary]));
    let files = passage.is(verb - 1, Class::PluralNoun) && mark.is_some_and(|at| passage.is(at, Class::Comma));
    doctors || that && files
}

/// Whether nothing but who speaks stands between a comma and a verb: ", doctors | claim".
fn follows_speakers(passage: &Passage, verb: usize) -> bool {
    verb > 1 && passage.is(verb - 1, Class::Human) && passage.is(verb - 2, Class::Comma)
}

/// Whether what follows a form that may be a noun looks like the complement of a verb.
pub(super) fn has_complement(passage: &Passage, verb: usize) -> bool {
    let next = verb + 1;
    let role = passage.role(verb);
    // "It spreads fast, researchers report in the journal."
    let dated = passage.is_any(next, &[Class::In, Class::On, Class::Weekday]);
    let last = dated && role.form == Form::Base && follows_speakers(passage, verb);
    if last || passage.is_any(next, &[Class::Stop, Class::Comma]) {
        let base = role.form == Form::Base && verb > 0 && closes_sentence(passage, verb);
        return role.form == Form::Third && !role.is(Class::Capital) || base;
    }
    let entry = passage.lexicon.verb(role);
    // "analysts point out that", "Police rule out a raid"
    let outs = |entry: &ReportingWord| entry.takes(Follows::NpOut) || entry.takes(Follows::Out);
    let out = passage.is(next, Class::Out) && entry.is_some_and(outs);
    // "Lis laughs off claims"
    let off = passage.is(next, Class::Away) && entry.is_some_and(|entry| entry.takes(Follows::NpAway));
    // "the bank sees no risk"
    let none = passage.is_any(next, &[Class::No, Class::Meagre]) && entry.is_some_and(|entry| entry.takes(Follows::No));
    if out || off || none {
        return true;
    }
    let opens =
        [Class::Definite, Class::Indefinite, Class::Subject, Class::Object, Class::Complementiser, Class::Dummy];
    // "Owner cries arson"
    let ends =
        passage.sentence_of(verb).is_some_and(|sentence| sentence.tokens.end == next + 1) && passage.is_word(next);
    let somebody =
        role.form == Form::Third && verb > 0 && passage.is_any(verb - 1, &[Class::Human, Class::Person, Class::Body]);
    // "Experts think prices will fall", but not "the Lis Institute think tank"
    // and not "Some state officials praised it"
    if passage.is(next, Class::PluralNoun) && passage.is_finite(next + 1) && !role.is(Class::Modifier) {
        return true;
    }
    let object = passage.is(next, Class::PluralNoun) || ends && somebody;
    let headline = passage.is_headline(verb) && object && !passage.is_finite(next);
    headline
        || passage.is_any(next, &opens)
        || passage.is_any(next, &[Class::Question, Class::Capital, Class::DoubleQuote, Class::Colon])
        || passage.is(next, Class::To)
        || entry.is_some_and(|entry| entry.takes_preposition(passage.role(next)))
}
