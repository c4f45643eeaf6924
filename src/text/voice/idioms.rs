//! Reports by more than one word: "poured scorn on", "took issue with", "hit back at claims", "made clear that". Not here: verbs
//! that report by themselves (`verbs`).

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Form};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::groups::VerbGroup;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::sources::subject_before;

/// How far after its verb the rest of an idiom stands, in tokens: "hit back on Monday night at".
const FURTHEST: usize = 6;

/// How far after "quoted" the "as saying" stands, in tokens.
const FURTHEST_QUOTED: usize = 16;

/// The report that the idiom makes whose verb is at token `at`.
pub(in crate::text) fn idiom_report<'a>(
    passage: &Passage<'a>,
    tokens: &Range<usize>,
    at: usize,
) -> Option<Candidate<'a>> {
    let role = passage.role(at);
    if !role.is(Class::Casting) && !role.is(Class::Retorting) && !role.is(Class::Light) {
        return None;
    }
    let (entry, end, placing) = if let Some(object) = rejects(passage, at) {
        (passage.lexicon.verb_of(VerbClass::Denying)?, object, Placing::Object(object))
    } else {
        let that = makes_clear(passage, at)?;
        (passage.lexicon.verb(passage.role(that - 1))?, that, Placing::After(that))
    };
    let grammar = [Class::Auxiliary, Class::Adverb, Class::Negator];
    let mut first = at;
    while first > tokens.start && passage.is_any(first - 1, &grammar) && !passage.is(first - 1, Class::Subject) {
        first -= 1;
    }
    let infinitive = first > tokens.start && passage.is(first - 1, Class::To);
    // "Pouring scorn on it, he left": whose words they are is said later.
    if infinitive || first == at && role.is(Class::Gerund) {
        return None;
    }
    let negated = (first..at).any(|word| passage.is(word, Class::Negator));
    let source = subject_before(passage, tokens.start, first)?;
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

/// "quoted the governor, Jan Lis, as denying it": whoever is quoted says it.
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
    Some(Candidate {
        cue: lead..lead + 2,
        source: Some(from..end),
        entry: passage.lexicon.verb(passage.role(lead + 1)),
        mood: group.mood,
        placing: Placing::After(words),
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

/// The "that" of "made clear that", "make it plain that".
fn makes_clear(passage: &Passage, at: usize) -> Option<usize> {
    let plain = at + 1 + usize::from(passage.is(at + 1, Class::Neuter));
    let makes = passage.is(at, Class::Light) && passage.is(plain, Class::Plainly);
    (makes && passage.is(plain + 1, Class::That)).then_some(plain + 1)
}
