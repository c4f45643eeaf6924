//! Nouns of saying: "Kyiv's claim that", "the warning from Washington that", "his promise to".

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::phrase_ends::phrase_end;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::sources::phrase_before;
use crate::text::voice::subjects::subject_before;

/// Longest name of who is called on, in tokens.
const LONGEST_CALLED: usize = 8;

/// Longest name of who is told, in tokens, with the words around it.
const LONGEST_HEARER: usize = 7;

/// The report that the noun of saying at token `at` makes, if it has words: a clause, an infinitive or an object.
pub(in crate::text) fn noun_report<'a>(
    passage: &Passage<'a>,
    tokens: &Range<usize>,
    at: usize,
) -> Option<Candidate<'a>> {
    let entry = passage.lexicon.noun(passage.role(at))?;
    // "said after the call that"
    let occasion = at >= tokens.start + 2 && passage.is(at, Class::Venue) && passage.is(at - 1, Class::Article);
    if occasion && passage.is(at - 2, Class::Adjunct) && passage.is(at + 1, Class::That) {
        return None;
    }
    // "told CBS News that": the last word of a name is no noun of saying.
    let is_named = passage.is(at, Class::Masthead) && passage.is(at, Class::Capital);
    if is_named && at > tokens.start && passage.is(at - 1, Class::Capital) {
        return None;
    }
    let owner = owner_before(passage, tokens.start, at);
    let (author, next) = author_after(passage, tokens.end, at + 1);
    let next = after_day(passage, after_hearer(passage, entry, next));
    // "demands guarantees from the pact that": they are not given yet.
    let wanted = entry.class(false) == VerbClass::Promising && passage.is(at + 1, Class::From);
    if wanted {
        return None;
    }
    let given = || giver_before(passage, tokens.start, at).filter(|_| !passage.is(next, Class::To));
    // "his warning from the town hall that": where he gave it.
    let placed = owner.is_some() && passage.is(at + 1, Class::From);
    let source = author.filter(|_| !placed).or(owner).or_else(given);
    if source.is_none() && !speaks_alone(passage, entry, at) {
        return None;
    }
    let says =
        passage.is(next, Class::Being) && passage.is(next + 1, Class::That) && owner_named(passage, source.as_ref());
    // "Rumour has it that it rained."
    let has =
        passage.is(next, Class::Auxiliary) && passage.is(next + 1, Class::Neuter) && passage.is(next + 2, Class::That);
    let placing = if has && entry.takes(Follows::That) {
        Placing::After(next + 2)
    } else if says && entry.takes(Follows::That) {
        Placing::After(next + 1)
    } else if passage.is(next, Class::That) && entry.takes(Follows::That) && !opens_relative(passage, next) {
        Placing::After(next)
    } else if source.is_none() {
        // "faces allegations of fraud", but not "his claims of the title"
        let alleged = entry.class(false) == VerbClass::Distancing && passage.is(at, Class::PluralNoun);
        let placing = Placing::Object(next + 1);
        return (alleged && is_claim_of(passage, entry, next)).then(|| unowned(entry, at, placing));
    } else if passage.is(next, Class::To) && entry.takes(Follows::To) && !passage.is(next + 1, Class::Capital) {
        Placing::Action(next)
    } else if calls_on(passage, entry, next, tokens.end) {
        Placing::Action(next + 1)
    } else if passage.is(next, Class::For) && entry.takes(Follows::For)
        || is_claim_of(passage, entry, next)
        || warns_of(passage, entry, next)
    {
        Placing::Object(next + 1)
    } else {
        return None;
    };
    Some(Candidate {
        cue: at..if says { next + 1 } else { at + 1 },
        source,
        entry: Some(entry),
        mood: Mood::Asserted,
        placing,
        shared: false,
        form: if says { Form::Base } else { Form::Nouns },
        rule: VoiceRule::Noun,
    })
}

/// The report of a noun that nobody is named for.
const fn unowned(entry: &ReportingWord, at: usize, placing: Placing) -> Candidate<'_> {
    Candidate {
        cue: at..at + 1,
        source: None,
        entry: Some(entry),
        mood: Mood::Asserted,
        placing,
        shared: false,
        form: Form::Nouns,
        rule: VoiceRule::Noun,
    }
}

/// "Lis issued a fresh warning that", "has repeated demands for": the subject of the verb that gives the words.
fn giver_before(passage: &Passage, floor: usize, noun: usize) -> Option<Range<usize>> {
    let near = floor.max(noun.saturating_sub(4))..noun;
    let between = |at: usize| !passage.is_any(at, &[Class::Mark, Class::Preposition]) || passage.is(at, Class::Hyphen);
    let verb = near.rev().take_while(|&at| between(at)).find(|&at| passage.is(at, Class::Light))?;
    let mut first = verb;
    while first > floor && passage.is_any(first - 1, &[Class::Auxiliary, Class::Adverb]) {
        first -= 1;
    }
    // "continued issuing warnings that"
    first -= usize::from(first > floor && passage.is(first, Class::Gerund) && passage.is(first - 1, Class::Catenative));
    let acts = passage.is(verb, Class::Past) || passage.is(verb, Class::Finite) || first < verb;
    let passive = (first..verb).any(|at| passage.is(at, Class::Being)) && !passage.is(verb, Class::Gerund);
    let open = (first..verb).any(|at| passage.is_any(at, &[Class::Hypothetical, Class::Negator]));
    if !acts || passive || open {
        return None;
    }
    subject_before(passage, floor, first)
}

/// "his claim of ballot stuffing", "its denial of any negligence": a thing that is new, not "his claim of the title".
fn is_claim_of(passage: &Passage, entry: &ReportingWord, of: usize) -> bool {
    // "the union's threat of a strike"
    let claims = matches!(
        entry.class(false),
        VerbClass::Distancing | VerbClass::Denying | VerbClass::Promising | VerbClass::Warning
    );
    let known = [Class::Definite, Class::Capital, Class::Number];
    claims && passage.is(of, Class::Of) && entry.takes(Follows::Of) && !passage.is_any(of + 1, &known)
}

/// "his calls on leaders to act"
fn calls_on(passage: &Passage, entry: &ReportingWord, next: usize, end: usize) -> bool {
    let demands = entry.class(false) == VerbClass::Demanding && passage.is(next, Class::On);
    let mut near =
        (next + 1..end.min(next + LONGEST_CALLED)).take_while(|&at| passage.is_word(at) && !passage.is_finite(at));
    demands && near.any(|at| passage.is(at, Class::To))
}

/// "sounded the alarm over a shortage", "her warning about floods"
fn warns_of(passage: &Passage, entry: &ReportingWord, next: usize) -> bool {
    let about = passage.is_any(next, &[Class::About, Class::Topical]) && !passage.is(next, Class::For);
    about && entry.class(false) == VerbClass::Warning && entry.takes(Follows::About)
}

/// Whether it is said whose the words are.
fn owner_named(passage: &Passage, source: Option<&Range<usize>>) -> bool {
    source.is_some_and(|source| !passage.is(source.start, Class::Neuter) || !passage.is(source.start, Class::Definite))
}

/// Whether "that" is the subject of its clause, which then describes the noun: "a charge that may have stung".
fn opens_relative(passage: &Passage, that: usize) -> bool {
    let next = that + 1;
    let modified = passage.is(next, Class::Adverb) && passage.is_finite(next + 1);
    passage.is_finite(next) && !passage.is(next, Class::Contracted) && !passage.is(next, Class::Capital) || modified
}

/// Whether a noun without an owner still gives somebody's words: "allegations that", "fears that"; not "proof that", which
/// the outlet vouches for, nor "no claim that".
fn speaks_alone(passage: &Passage, entry: &ReportingWord, at: usize) -> bool {
    let negated = (at.saturating_sub(2)..at).any(|token| passage.is(token, Class::Negator));
    let judged = (at.saturating_sub(3)..at).any(|token| passage.is(token, Class::Being));
    let thought = entry.class(false) != VerbClass::Thinking || passage.is(at, Class::PluralNoun);
    entry.class(false) != VerbClass::Endorsing && !negated && !judged && thought
}

/// "Mr. Putin's (repeated) claim": the owner, with its 's.
pub(in crate::text) fn owner_before(passage: &Passage, floor: usize, noun: usize) -> Option<Range<usize>> {
    for at in (floor.max(noun.saturating_sub(4))..noun).rev() {
        let role = passage.role(at);
        // "Russian claims that"
        let adjective = at + 1 == noun && role.is(Class::Capital) && at > floor && !passage.is_finite(at);
        if adjective && role.is(Class::Nationality) && passage.is(noun + 1, Class::That) {
            return Some(at..noun);
        }
        // "there's fear that"
        if role.is(Class::Possessive) && at > floor && passage.is(at - 1, Class::Floating) {
            return None;
        }
        if role.is(Class::Possessive) && at > floor {
            let start = phrase_before(passage, floor, at)?.start;
            // "in response to Minsk's admission": the owner is what the last preposition but "of" leads to.
            // "for having “ignored” Minsk's demand"
            let leads = |&token: &usize| {
                passage.is_any(token, &[Class::Preposition, Class::DoubleQuote]) && !passage.is(token, Class::Of)
            };
            let start = (start..at).rev().find(leads).map_or(start, |lead| lead + 1);
            return Some(start..at + 1);
        }
        if role.is(Class::Definite) {
            let pronoun = role.is(Class::Male) || role.is(Class::Female) || role.is(Class::Plural);
            return (pronoun || passage.is(at, Class::Possessor)).then_some(at..at + 1);
        }
        if role.is(Class::Mark) && !role.is(Class::Hyphen) || role.is(Class::Preposition) || passage.is_finite(at) {
            return None;
        }
    }
    None
}

/// Past a time before a "that": "her claim on Friday that", "sounded the alarm for weeks that".
fn after_day(passage: &Passage, next: usize) -> usize {
    let day = next + usize::from(passage.is(next, Class::On));
    let dated = passage.is(day, Class::Weekday) && passage.is(day + 1, Class::That);
    let lasting =
        passage.is(next, Class::For) && passage.is(next + 1, Class::Duration) && passage.is(next + 2, Class::That);
    if dated || lasting { day + 1 + usize::from(lasting) } else { next }
}

/// Past who is told before a "that": "their warnings to Minsk that".
fn after_hearer(passage: &Passage, entry: &ReportingWord, next: usize) -> usize {
    let told = passage.is(next, Class::To) && entry.takes(Follows::That) && !entry.takes(Follows::Felt);
    let named = passage.is_any(next + 1, &[Class::Capital, Class::Definite, Class::PluralNoun, Class::Object]);
    let words = |at: &usize| passage.is_word(*at) && !passage.is_finite(*at) && !passage.is(*at, Class::Preposition);
    let mut near = (next + 1..next + LONGEST_HEARER).take_while(words);
    let that = near.find(|&at| passage.is(at, Class::That) && at > next + 1).filter(|_| told && named);
    that.unwrap_or(next)
}

/// "claims by Kyiv", "a warning from Washington": the author, and the token after.
fn author_after(passage: &Passage, ceiling: usize, next: usize) -> (Option<Range<usize>>, usize) {
    // "a threat on Sunday from Minsk"
    let day = next + usize::from(passage.is(next, Class::On));
    let lead = if passage.is(day, Class::Weekday) { day + 1 } else { next };
    if !passage.is_any(lead, &[Class::By, Class::From]) {
        return (None, next);
    }
    let end = phrase_end(passage, lead + 1, ceiling);
    // "a warning from the president, Ewa Lis, that"
    let apposed = (lead + 1..end).any(|at| passage.is(at, Class::Comma)) && passage.is(end, Class::Comma);
    if end > lead + 1 { (Some(lead + 1..end), end + usize::from(apposed)) } else { (None, next) }
}
