//! Whose view it is where no verb of somebody's says so: "according to X", "in X's words", "for X", "by one estimate", "as reported
//! by X". Not here: verbs and nouns of saying (`verbs`, `nouns`).

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::nouns::owner_before;
use crate::text::voice::phrase_ends::phrase_end;
use crate::text::voice::rules::VoiceRule;

/// Longest name of whose view something is, with the "for" before it, in tokens.
const LONGEST_VIEWER: usize = 7;

/// Furthest the comma stands behind a poll that opens a sentence, in tokens.
const LONGEST_SURVEY: usize = 20;

/// How far after "by" the noun of an estimate stands, in tokens.
const LONGEST_ESTIMATE: usize = 5;

/// The view that the words at token `at` give.
pub(in crate::text) fn view<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    let role = passage.role(at);
    if role.is(Class::According) {
        according(passage, tokens, at)
    } else if role.is(Class::Wording) {
        worded(passage, tokens, at)
    } else if role.is(Class::By) {
        estimated(passage, tokens, at)
    } else if role.is(Class::As) {
        as_stated(passage, tokens, at)
    } else if at == tokens.start {
        viewpoint(passage, tokens)
    } else {
        None
    }
}

/// "In a new poll, half of the town wants a bridge.": where nobody says so, the poll does. But in a letter or interview somebody speaks.
pub(in crate::text) fn surveyed<'a>(passage: &Passage<'a>, tokens: &Range<usize>) -> Option<Candidate<'a>> {
    let Range { start, end } = *tokens;
    let mut commas = (start + 2..end.min(start + LONGEST_SURVEY)).filter(|&at| passage.is(at, Class::Comma));
    let comma = commas.next()?;
    let source = start + 1..comma;
    let paper = passage.is(comma - 1, Class::Paper) && !passage.is(comma - 1, Class::Venue);
    let named = passage.is_any(source.start, &[Class::Definite, Class::Single]) && paper;
    // "In the last poll, held in May, half of the town wanted it"
    let from = if passage.is(comma + 1, Class::Past) { commas.next()? } else { comma };
    let told = (from + 2..end).any(|at| passage.is_finite(at));
    (passage.is(start, Class::In) && named && told).then(|| in_words_of(start, source, Placing::After(from + 1)))
}

/// "according to X", before or after what X says.
fn according<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    if !passage.is(at + 1, Class::To) || at + 2 >= tokens.end {
        return None;
    }
    // "more forces came and, according to X, some moved on": X says what follows.
    let joined = at > tokens.start + 2 && passage.is(at - 1, Class::Comma) && passage.is(at - 2, Class::Coordinator);
    let first = joined || opens_sentence(passage, tokens.start..at);
    let end = named_until(passage, at + 2..tokens.end, first);
    // "According to Kyiv, ..." gives the words after; "..., according to Kyiv" those before.
    let placing = if first { Placing::After(end + 1) } else { Placing::Before(at) };
    Some(Candidate {
        cue: at..at + 2,
        source: Some(at + 2..end).filter(|source| !source.is_empty()),
        entry: None,
        mood: Mood::Asserted,
        placing,
        shared: false,
        form: Form::Base,
        rule: VoiceRule::According,
    })
}

/// Whether nothing but marks and conjunctions stands before.
fn opens_sentence(passage: &Passage, mut before: Range<usize>) -> bool {
    before.all(|token| passage.is_any(token, &[Class::Mark, Class::Coordinator]))
}

/// Where the source ends that begins `within`; where it opens the sentence, its comma may begin what it says.
fn named_until(passage: &Passage, within: Range<usize>, first: bool) -> usize {
    let end = phrase_end(passage, within.start, within.end);
    let Some(comma) = (within.start..end).find(|&token| first && passage.is(token, Class::Comma)) else { return end };
    let apposed = passage.is(end, Class::Comma) && !passage.is(comma + 1, Class::Subject);
    let restful = (comma + 1..end).any(|token| passage.is_finite(token));
    if !apposed || restful { comma } else { end }
}

/// "in the view of X, ...", "..., in the words of X": the source follows.
fn viewed<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    let lead = at.checked_sub(2).filter(|lead| *lead >= tokens.start && passage.is(*lead, Class::Manner))?;
    if !passage.is(at - 1, Class::Article) || !passage.is(at + 1, Class::Of) {
        return None;
    }
    let first = opens_sentence(passage, tokens.start..lead);
    let end = named_until(passage, at + 2..tokens.end, first);
    let linked = first || passage.is(lead.saturating_sub(1), Class::Comma);
    let placing = if first { Placing::After(end + 1) } else { Placing::Before(lead) };
    (linked && end > at + 2).then(|| in_words_of(at, at + 2..end, placing))
}

/// "For the Echo, the budget is a gamble.", "To Mayor Lis, it was a disgrace.": what it is to somebody is what somebody thinks.
fn viewpoint<'a>(passage: &Passage<'a>, tokens: &Range<usize>) -> Option<Candidate<'a>> {
    let Range { start, end } = *tokens;
    let comma = (start + 2..end.min(start + LONGEST_VIEWER)).find(|&at| passage.is(at, Class::Comma))?;
    let viewer = start + 1..comma;
    let persons = [Class::Title, Class::GivenMasculine, Class::GivenFeminine, Class::Human];
    let plain = [Class::Nationality, Class::Temporal, Class::PluralNoun];
    let person = passage.is(viewer.end - 1, Class::Capital) && viewer.clone().any(|at| passage.is_any(at, &persons));
    // "the Echo": a paper
    let paper = passage.is(viewer.start, Class::Article) && (2..=3).contains(&viewer.len());
    let paper =
        paper && (viewer.start + 1..comma).all(|at| passage.is(at, Class::Capital) && !passage.is_any(at, &plain));
    let opens = [Class::Definite, Class::Dummy, Class::Subject];
    let copula = (comma + 2..end).find(|&at| passage.is_finite(at)).filter(|&at| passage.is(at, Class::Being));
    let leads = passage.is_any(start, &[Class::For, Class::To]) && passage.is_any(comma + 1, &opens);
    (leads && (person || paper) && copula.is_some()).then(|| in_words_of(start, viewer, Placing::After(comma + 1)))
}

/// "in X's words", before or after them.
fn worded<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    if let Some(found) = viewed(passage, tokens, at) {
        return Some(found);
    }
    let source = owner_before(passage, tokens.start, at)?;
    let lead = source.start.checked_sub(1).filter(|lead| *lead >= tokens.start)?;
    // "In the militia's view it was the army": the comma may be missing.
    let next = at + usize::from(passage.is(at + 1, Class::Comma));
    let first = lead == tokens.start
        && (next > at || passage.is_any(at + 1, &[Class::Subject, Class::Definite, Class::Capital, Class::Dummy]));
    let last = passage.is(lead.saturating_sub(1), Class::Comma) && passage.is_any(at + 1, &[Class::Comma, Class::Stop]);
    if !passage.is(lead, Class::Manner) || !first && !last {
        return None;
    }
    let quoted = passage.is(at + 1, Class::Comma) && passage.is_quote_mark(at + 2);
    // "Shifts, in her words, are long."
    let inserted = passage.is(at + 1, Class::Comma) && at + 2 < tokens.end;
    // "said that, in their view, shifts are long"
    let joins = lead >= tokens.start + 2 && passage.is_any(lead - 2, &[Class::Complementiser, Class::Coordinator]);
    let placing = match (first || quoted || inserted && joins, inserted) {
        (true, _) => Placing::After(next + 1),
        (false, true) => Placing::Around(lead - 1, at + 1),
        (false, false) => Placing::Before(lead),
    };
    Some(in_words_of(at, source, placing))
}

/// The words of a source whose cue is "words" or "view" and no verb.
const fn in_words_of<'a>(at: usize, source: Range<usize>, placing: Placing) -> Candidate<'a> {
    Candidate {
        cue: at..at + 1,
        source: Some(source),
        entry: None,
        mood: Mood::Asserted,
        placing,
        shared: false,
        form: Form::Base,
        rule: VoiceRule::Worded,
    }
}

/// "By one estimate, a third of the town has left.", "..., by most estimates.": it is not the writer's.
fn estimated<'a>(passage: &Passage<'a>, tokens: &Range<usize>, by: usize) -> Option<Candidate<'a>> {
    let reckons = [VerbClass::Endorsing, VerbClass::Thinking];
    let noun = |at: usize| {
        let entry = passage.lexicon.noun(passage.role(at));
        passage.is(at, Class::Wording) || entry.is_some_and(|entry| reckons.contains(&entry.class(false)))
    };
    let known = [Class::Definite, Class::Possessive, Class::Capital, Class::Preposition];
    let mut phrase = (by + 1..tokens.end.min(by + LONGEST_ESTIMATE))
        .take_while(|&at| passage.is_word(at) && !passage.is_any(at, &known));
    let end = phrase.find(|&at| at > by + 1 && noun(at))? + 1;
    let first = opens_sentence(passage, tokens.start..by);
    let closed = passage.is(end, Class::Comma) || !first && passage.is(end, Class::Stop);
    let linked = first || passage.is(by - 1, Class::Comma);
    // "ranked by one estimate after another"
    if !closed || !linked {
        return None;
    }
    let placing = match (first, end + 1 < tokens.end) {
        (true, _) => Placing::After(end + 1),
        (false, true) => Placing::Around(by - 1, end),
        (false, false) => Placing::Before(by),
    };
    Some(in_words_of(by, by + 1..end, placing))
}

/// "As reported by X, ...", "As stated in X's letter, ...", "..., as noted by X".
fn as_stated<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    let stated = at + 1 + usize::from(passage.is(at + 1, Class::Adverb));
    let entry = passage.lexicon.verb(passage.role(stated))?;
    let spoken = matches!(passage.role(stated).form, Form::Past | Form::Participle) && entry.takes(Follows::That);
    let lead = stated + 1;
    let wants = [VerbClass::Thinking, VerbClass::Demanding, VerbClass::Asking, VerbClass::Promising];
    // "As directed by the court, ..."
    if !spoken || wants.contains(&entry.class(false)) || !passage.is_any(lead, &[Class::By, Class::In]) {
        return None;
    }
    let first = opens_sentence(passage, tokens.start..at);
    let end = named_until(passage, lead + 1..tokens.end, first);
    let named =
        passage.is_any(lead + 1, &[Class::Capital, Class::Definite, Class::Single, Class::Title, Class::PluralNoun]);
    // "As announced in May, ...": when is not who.
    let dated = passage.is_any(lead + 1, &[Class::Month, Class::Number, Class::Temporal]) || passage.ends_time(end - 1);
    let linked = if first { passage.is(end, Class::Comma) } else { passage.is(at - 1, Class::Comma) };
    if !named || dated || !linked {
        return None;
    }
    let placing = if first { Placing::After(end + 1) } else { Placing::Before(at) };
    Some(Candidate { cue: at..lead + 1, entry: Some(entry), ..in_words_of(at, lead + 1..end, placing) })
}
