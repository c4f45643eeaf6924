//! Reports by more than one word: "poured scorn on", "took issue with", "hit back at claims", "made clear that". Not here: verbs
//! that report by themselves (`verbs`).

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::groups::VerbGroup;
use crate::text::voice::objects::has_finite;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::subjects::subject_before;

/// How far after its verb the rest of an idiom stands, in tokens: "hit back on Monday night at".
const FURTHEST: usize = 6;

/// How far after "put" the "at" of an amount stands, in tokens.
const FURTHEST_AMOUNT: usize = 14;

/// How far after "quoted" the "as saying" stands, in tokens.
const FURTHEST_QUOTED: usize = 16;

/// The report that the idiom makes whose verb is at token `at`.
pub(in crate::text) fn idiom_report<'a>(
    passage: &Passage<'a>,
    tokens: &Range<usize>,
    at: usize,
) -> Option<Candidate<'a>> {
    let role = passage.role(at);
    if let Some(found) = undoubted(passage, tokens, at) {
        return Some(found);
    }
    let puts = puts_at(passage, at);
    if !puts && !role.is(Class::Casting) && !role.is(Class::Retorting) && !role.is(Class::Light) {
        return None;
    }
    let (entry, end, placing) = if puts {
        (passage.lexicon.verb(role)?, at + 1, Placing::Object(at + 1))
    } else if let Some(object) = rejects(passage, at) {
        (passage.lexicon.verb_of(VerbClass::Denying)?, object, Placing::Object(object))
    } else {
        let (plain, clause) = makes_clear(passage, at, tokens.end)?;
        (passage.lexicon.verb(passage.role(plain))?, plain + 1, Placing::After(clause))
    };
    let first = group_start(passage, tokens.start, at);
    let infinitive = first > tokens.start && passage.is(first - 1, Class::To);
    let passive = puts && (first..at).any(|word| passage.is(word, Class::Being));
    // "Pouring scorn on it, he left": whose words they are is said later.
    if infinitive || passive || first == at && role.is(Class::Gerund) {
        return None;
    }
    let negated = (first..at).any(|word| passage.is(word, Class::Negator));
    let source = subject_before(passage, tokens.start, first)?;
    if role.is(Class::Light) && is_thing(passage, &source) {
        return None;
    }
    Some(Candidate {
        cue: first..end,
        source: Some(source),
        entry: Some(entry),
        mood: if negated { Mood::Negated } else { Mood::Asserted },
        placing,
        shared: false,
        form: Form::Past,
        rule: VoiceRule::Subject,
    })
}

/// "Lis has no doubt that it rained": who has none thinks so.
fn undoubted<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    let none = at > tokens.start + 1 && passage.is(at, Class::Doubting) && passage.is(at - 1, Class::No);
    if !none
        || !passage.is(at + 1, Class::That)
        || !passage.is(at - 2, Class::Auxiliary)
        || passage.is(at - 2, Class::Being)
    {
        return None;
    }
    let first = group_start(passage, tokens.start, at - 2);
    let source = subject_before(passage, tokens.start, first)?;
    Some(Candidate {
        cue: first..at + 1,
        source: Some(source),
        entry: passage.lexicon.verb_of(VerbClass::Thinking),
        mood: Mood::Asserted,
        placing: Placing::After(at + 1),
        shared: false,
        form: Form::Past,
        rule: VoiceRule::Subject,
    })
}

/// The first auxiliary or adverb of the verb at a token.
fn group_start(passage: &Passage, floor: usize, verb: usize) -> usize {
    let grammar = [Class::Auxiliary, Class::Adverb, Class::Negator];
    let mut first = verb;
    loop {
        let room = first.saturating_sub(floor);
        // "has thus far made clear"
        if room > 1 && passage.ends_adverbial(first - 1) {
            first -= 2;
        } else if room > 0 && passage.is_any(first - 1, &grammar) && !passage.is(first - 1, Class::Subject) {
            first -= 1;
        } else {
            return first;
        }
    }
}

/// "These steps (make it clear that)": a thing, which says nothing.
fn is_thing(passage: &Passage, source: &Range<usize>) -> bool {
    let speakers =
        [Class::Capital, Class::Human, Class::Person, Class::Body, Class::Several, Class::Subject, Class::Relative];
    let speaks = |at: usize| passage.is_any(at, &speakers) && !passage.is(at, Class::Definite);
    !source.clone().any(speaks)
}

/// "quoted the governor, Jan Lis, as denying it", "the town is safe, the agency quoted Lis as saying": whoever is quoted says it.
pub(in crate::text) fn quoted_as<'a>(
    passage: &Passage<'a>,
    tokens: &Range<usize>,
    group: &VerbGroup<'a>,
) -> Option<Candidate<'a>> {
    let from = group.tokens.end;
    let says = |at: usize| passage.role(at).is_verb() && passage.role(at).form == Form::Gerund;
    let lead =
        (from + 1..tokens.end.min(from + FURTHEST_QUOTED)).find(|&at| passage.is(at, Class::As) && says(at + 1))?;
    let breaks = [Class::Complementiser, Class::Relative, Class::Colon, Class::Semicolon, Class::DoubleQuote];
    let clausal = passage.is(from, Class::Mark) || (from..lead).any(|at| passage.is_any(at, &breaks));
    let mut end = lead;
    while end > from && passage.is_any(end - 1, &[Class::Comma, Class::Adverb]) {
        end -= 1;
    }
    if clausal || end == from || !passage.is(from - 1, Class::Quoting) {
        return None;
    }
    let words = lead + 2 + usize::from(passage.is_any(lead + 2, &[Class::Comma, Class::Colon]));
    let last = subject_before(passage, tokens.start, group.tokens.start).and_then(|it| it.start.checked_sub(1));
    let last = last.filter(|last| *last > tokens.start && passage.is(lead + 2, Class::Stop));
    let placing = match last {
        Some(quote) if passage.is_quote_mark(quote) => Placing::Before(quote + 1),
        Some(comma) if passage.is(comma, Class::Comma) => Placing::Before(comma),
        _ => Placing::After(words),
    };
    Some(Candidate {
        cue: lead..lead + 2,
        source: Some(from..end),
        entry: passage.lexicon.verb(passage.role(lead + 1)),
        mood: group.mood,
        placing,
        shared: false,
        form: group.form,
        rule: VoiceRule::QuotedAs,
    })
}

/// The object of an idiom of rejection: "cast doubt on | reports", "took issue with | the claim", "gave the lie to | reports",
/// "hit back at | whispers".
fn rejects(passage: &Passage, at: usize) -> Option<usize> {
    let mut words = (at + 1..at + FURTHEST).take_while(|&word| passage.is_word(word));
    if passage.is(at, Class::Casting) {
        let noun = words.find(|&word| passage.is(word, Class::Scorning))?;
        return passage.is_any(noun + 1, &[Class::On, Class::Topical]).then_some(noun + 2);
    }
    let issue = passage.is(at + 1, Class::Light) && passage.is(at + 2, Class::With);
    if passage.is(at, Class::Light) && issue {
        return Some(at + 3);
    }
    let lie = passage.is(at + 1, Class::Article) && passage.is(at + 2, Class::False) && passage.is(at + 3, Class::To);
    if passage.is(at, Class::Light) && lie {
        return Some(at + 4);
    }
    if !passage.is(at, Class::Retorting) {
        return None;
    }
    let back = |word: usize| passage.is(word, Class::On) && passage.is(word - 1, Class::Particle);
    let mut leads = words.filter(|&word| passage.is_any(word, &[Class::At, Class::Against]) || back(word));
    leads.find(|&lead| opens_claim(passage, lead + 1)).map(|lead| lead + 1)
}

/// Whether the noun phrase at a token names a claim. A demand can be refused, but is made all the same.
fn opens_claim(passage: &Passage, first: usize) -> bool {
    let acts = [VerbClass::Demanding, VerbClass::Promising, VerbClass::Asking];
    let ends = [Class::Preposition, Class::Complementiser, Class::Auxiliary];
    let mut phrase = (first..first + FURTHEST).take_while(|&at| passage.is_word(at) && !passage.is_any(at, &ends));
    phrase.any(|at| {
        let noun = passage.lexicon.noun(passage.role(at));
        passage.is(at, Class::Prospect) || noun.is_some_and(|noun| !acts.contains(&noun.class(false)))
    })
}

/// "put the number of dead at 300", "puts the cost at more than 4 million": an estimate.
fn puts_at(passage: &Passage, at: usize) -> bool {
    let entry = passage.lexicon.verb(passage.role(at)).filter(|entry| entry.takes(Follows::It));
    if entry.is_none() || !passage.is(at + 1, Class::Definite) {
        return false;
    }
    let mut words = (at + 2..at + FURTHEST_AMOUNT).take_while(|&word| passage.is_word(word));
    let Some(lead) = words.find(|&word| passage.is(word, Class::At)) else { return false };
    let amount = |word: usize| passage.is(word, Class::Number) || passage.folded(word).starts_with(['$', '£', '€']);
    (lead + 1..lead + 4)
        .find(|&word| !passage.is_any(word, &[Class::Approximate, Class::Indefinite, Class::Than]))
        .is_some_and(amount)
}

/// The adjective of "made clear that", "made it plain on Friday that", "has made clear the troops will not leave", and where the
/// clause begins.
fn makes_clear(passage: &Passage, at: usize, end: usize) -> Option<(usize, usize)> {
    let plain = at + 1 + usize::from(passage.is(at + 1, Class::Neuter));
    if !passage.is(at, Class::Light) || !passage.is(plain, Class::Plainly) {
        return None;
    }
    let dates = [Class::Weekday, Class::Month, Class::Number, Class::Temporal, Class::On];
    let clause = (plain + 1..plain + FURTHEST).find(|&word| !passage.is_any(word, &dates))?;
    if passage.is(clause, Class::That) {
        return Some((plain, clause));
    }
    let start = clause + usize::from(passage.is_any(clause, &[Class::Comma, Class::Colon]));
    let opens = [Class::Subject, Class::Definite, Class::Indefinite, Class::Capital, Class::Dummy, Class::PluralNoun];
    (passage.is_any(start, &opens) && has_finite(passage, start..end)).then_some((plain, start))
}
