//! What was said: the ranges of tokens that a report gives as its source's.

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::additions::{adds, dates_report, insertion_end};
use crate::text::voice::bounds::{Bounds, NEAREST, Reach};
use crate::text::voice::candidate::{Candidate, Complement, Placing};
use crate::text::voice::clause_ends::{
    closes_relative, dates, follows_subordinate, is_supposed, opens_main, opens_predicate, opens_verb,
    stands_in_opening,
};
use crate::text::voice::objects::has_main;
use crate::text::voice::rules::VoiceRule;

/// Furthest a content reaches without a quotation, in tokens: longer "sentences" are lists or broken text.
const LONGEST: usize = 300;

/// How far a noun of saying may stand from the start of its clause to be the subject's, in tokens.
const LONGEST_SUBJECT: usize = 30;

/// How far after its "but" an objection has its verb, in tokens.
const LONGEST_OBJECTION: usize = 16;

/// Longest dateline, in tokens.
const LONGEST_DATELINE: usize = 16;

/// A range with words, or none.
fn some(range: Range<usize>) -> Vec<Range<usize>> {
    if range.is_empty() { Vec::new() } else { vec![range] }
}

/// The grammatical kind and the ranges of what `candidate` reports; no range where nothing is found.
pub(in crate::text) fn contents_of(bounds: &Bounds, candidate: &Candidate) -> (Complement, Vec<Range<usize>>) {
    match &candidate.placing {
        Placing::None => (Complement::Clause, Vec::new()),
        Placing::Before(until) => (Complement::Clause, some(before(bounds, *until, true))),
        Placing::After(from) => {
            let mut words = after(bounds, *from, Reach::Clause);
            if is_relative_gap(bounds, candidate) {
                let comma = words.clone().find(|&token| bounds.passage.is(token, Class::Comma));
                words.end = comma.unwrap_or(words.end);
            }
            if candidate.form == Form::Nouns {
                words.end = subject_clause_end(bounds, candidate.cue.start, &words);
                words.end = adjunct_end(bounds, candidate.cue.start, &words);
            }
            (Complement::Clause, some(words))
        }
        Placing::Around(until, from) => {
            let mut ranges = some(before(bounds, *until, false));
            if ranges.is_empty() {
                return (Complement::Clause, some(after(bounds, *from, Reach::Clause)));
            }
            // "“It is no bluff,” Lis said of | a raid that is feared"
            let new = bounds.passage.is(*from, Class::Of) && bounds.passage.is_any(*from + 1, &[Class::Indefinite]);
            let spoken_of = new.then(|| after(bounds, *from + 1, Reach::Phrase));
            let rest = rest_of(bounds, &ranges, *from).or(spoken_of);
            // "Asked about it, he said, "..."": what stands before is an adverbial.
            // "When Lis noted it, Berg said, "...""
            let opens = [Class::Past, Class::Gerund, Class::Preposition, Class::Subordinator];
            let adverbial = |tokens: &Range<usize>| {
                bounds.passage.is_any(tokens.start, &opens)
                    || !tokens.clone().any(|token| bounds.passage.is_finite(token))
            };
            if rest.as_ref().is_some_and(|rest| bounds.opening_at(rest.start).is_some())
                && ranges.iter().all(|range| adverbial(range) && bounds.closing_before(range.end).is_none())
            {
                ranges.clear();
            }
            ranges.extend(rest);
            (Complement::Clause, ranges)
        }
        Placing::Object(from) => {
            let mut words = after(bounds, *from, Reach::Phrase);
            if candidate.form == Form::Nouns || candidate.rule == VoiceRule::Noun {
                // "Calls for an inquiry | were rejected"
                let opens = [Class::Complementiser, Class::Relative, Class::Subordinator];
                let phrase = |token: &usize| !bounds.passage.is_any(*token, &opens);
                let mut phrase = words.clone().skip(1).take_while(phrase);
                words.end = phrase.find(|&token| bounds.passage.is_finite(token)).unwrap_or(words.end);
                // "Amid claims of fraud, | the mayor left"
                words.end = adjunct_end(bounds, candidate.cue.start, &words);
            }
            (Complement::Noun, some(words))
        }
        Placing::Topic(from) => (Complement::Topic, some(after(bounds, *from, Reach::Phrase))),
        Placing::Action(from) => {
            let mut words = after(bounds, *from, Reach::Phrase);
            if candidate.form == Form::Nouns {
                words.end = subject_clause_end(bounds, candidate.cue.start, &words);
            }
            // "admitted taking bribes": who admits a deed says that it was done; who agrees to one plans it.
            let done =
                bounds.passage.is(*from, Class::Gerund) && candidate.entry.is_some_and(|it| it.takes(Follows::Ing));
            (if done { Complement::Action } else { action_kind(candidate) }, some(words))
        }
        Placing::Exactly(range) => (Complement::Clause, some(range.clone())),
        Placing::Subject(range) => (Complement::Topic, some(range.clone())),
    }
}

/// Promising is an act of speech, planning and agreeing to do a thing are none; what can introduce a quotation tells
/// promises from plans.
fn action_kind(candidate: &Candidate) -> Complement {
    let intends = |entry: &ReportingWord| {
        let aims = [VerbClass::Promising, VerbClass::Demanding, VerbClass::Thinking].contains(&entry.class(false));
        let speaks = entry.takes(Follows::Quote) || entry.takes(Follows::HearerTo);
        aims && !speaks || entry.takes(Follows::Felt) || entry.class(false) == VerbClass::Endorsing
    };
    if candidate.entry.is_some_and(intends) && candidate.form != Form::Nouns {
        Complement::Aim
    } else {
        Complement::Action
    }
}

/// Whether the report is itself a relative clause: ", which she said was wet,".
fn is_relative_gap(bounds: &Bounds, candidate: &Candidate) -> bool {
    let first = candidate.source.as_ref().map_or(candidate.cue.start, |source| source.start.min(candidate.cue.start));
    first > bounds.tokens.start && bounds.passage.is(first - 1, Class::Relative)
}

/// The end of a clause whose noun stands in an adverbial that opens the sentence: "After claims that it rained, | ...".
fn adjunct_end(bounds: &Bounds, noun: usize, words: &Range<usize>) -> usize {
    let passage = bounds.passage;
    let floor = bounds.tokens.start.max(noun.saturating_sub(LONGEST_SUBJECT));
    let open = (floor..noun).rev().find(|&token| passage.is(token, Class::Comma) || passage.is_quote_mark(token));
    let first = open.map_or(floor, |mark| mark + 1);
    let adverbial = passage.is(first, Class::Adjunct) && !(first..noun).any(|token| passage.is_finite(token));
    let comma = words.clone().find(|&token| passage.is(token, Class::Comma));
    comma.filter(|_| adverbial).unwrap_or(words.end)
}

/// The end of a clause whose noun is the subject of another verb: "claims that the bridge is mined | have spread".
fn subject_clause_end(bounds: &Bounds, noun: usize, words: &Range<usize>) -> usize {
    let passage = bounds.passage;
    let has_verb = |mut tokens: Range<usize>| tokens.any(|token| passage.is_finite(token));
    let floor = bounds.tokens.start.max(noun.saturating_sub(LONGEST_SUBJECT));
    let clause = (floor..noun).rev().find(|&token| passage.is(token, Class::Comma));
    if floor > bounds.tokens.start && clause.is_none() || has_verb(clause.map_or(floor, |comma| comma + 1)..noun) {
        return words.end;
    }
    // "the promise to leave | was kept"
    let mut verbs = usize::from(passage.is(words.start, Class::To));
    for token in words.start + 1..words.end {
        let joins = [Class::Complementiser, Class::Subordinator, Class::Relative, Class::Coordinator];
        if passage.is_any(token, &joins) || passage.is(token, Class::Comma) {
            verbs = 0;
        }
        let proves = passage.is(token, Class::Proving) && passage.is(token, Class::Past);
        let verb = proves
            || passage.is_any(token, &[Class::Auxiliary, Class::Finite]) && !passage.is(token, Class::Possessive);
        let begins = verb && !passage.is_any(token - 1, &[Class::Auxiliary, Class::Adverb, Class::Negator]);
        if begins && verbs > 0 {
            return token;
        }
        verbs += usize::from(passage.is_finite(token));
    }
    words.end
}

/// What a quotation or clause that ends before token `until` covers. Where it is the `whole` of the words, an adverbial
/// clause alone ("As talks began, ...") is none.
fn before(bounds: &Bounds, until: usize, whole: bool) -> Range<usize> {
    let passage = bounds.passage;
    let mut end = until;
    let closing = bounds.closing_before(end).or_else(|| {
        let comma = end.checked_sub(1).filter(|last| passage.is(*last, Class::Comma))?;
        bounds.closing_before(comma)
    });
    let floor = sentence_floor(bounds, until);
    let Some(closing) = closing else {
        while end > floor && passage.is_any(end - 1, &[Class::Comma, Class::Dash]) {
            end -= 1;
        }
        let whole = !whole || !is_adverbial(passage, floor..end);
        return floor..if whole { end } else { floor };
    };
    let quotation = &bounds.quotations[closing];
    let mut start = quotation.tokens.start;
    // `Residents disagree: "They knew," said Hale`: who stands after the words has said them.
    let signs = bounds.candidates[bounds.index].rule == VoiceRule::Inverted;
    let taken = |it: &Candidate| it.placing == Placing::After(start) && !signs && !is_supposed(passage, it);
    if bounds.candidates[bounds.index.saturating_sub(NEAREST)..bounds.index].iter().any(taken) {
        return until..until;
    }
    if start > floor && !(floor..start).all(|token| passage.is_any(token, &[Class::Mark, Class::Coordinator])) {
        start = floor;
    }
    let mut first = closing;
    while bounds.quotations[first].continues && first > 0 {
        first -= 1;
        if !bounds.quotations[first].nested {
            start = start.min(bounds.quotations[first].tokens.start);
        }
    }
    start..quotation.tokens.end.min(end)
}

/// Whether words are an adverbial and no clause: "As talks began (, Lis said)", "In a letter (, Lis said)"; but "At least 100 died",
/// "In Lodz shops were shut".
fn is_adverbial(passage: &Passage, words: Range<usize>) -> bool {
    let first = words.start;
    // "As many as 100 died", "At least 14 died"
    let amount = (first..first + 2).all(|token| token < words.end && passage.is(token, Class::Limit));
    // "Whether it rains is open (, Lis said)": the clause is a subject.
    let subordinate = passage.is(first, Class::Subordinator) && !passage.is(first, Class::Complementiser) && !amount;
    let adjunct = passage.is(first, Class::Adjunct) && !amount && !has_main(passage, words.clone());
    (subordinate || adjunct) && !words.clone().any(|token| passage.is(token, Class::Comma))
}

/// Where a clause before `until` can begin: the sentence, or after a colon, semicolon or an earlier report.
fn sentence_floor(bounds: &Bounds, until: usize) -> usize {
    let passage = bounds.passage;
    let from = bounds.tokens.start.max(until.saturating_sub(LONGEST));
    let mut depth_start = from;
    for token in from..until {
        if passage.is_any(token, &[Class::Colon, Class::Semicolon]) && !bounds.is_quoted(token) {
            depth_start = token + 1;
        }
    }
    for candidate in &bounds.candidates[bounds.index.saturating_sub(NEAREST)..bounds.index] {
        let end = match candidate.placing {
            Placing::Before(_) => candidate.source.as_ref().map_or(candidate.cue.end, |source| source.end),
            _ => continue,
        };
        let end = end.max(candidate.cue.end);
        if end < until && end > depth_start {
            depth_start = end + usize::from(passage.is(end, Class::Comma));
        }
    }
    depth_start = after_dateline(passage, depth_start, until);
    while depth_start < until && passage.is(depth_start, Class::Dash) {
        depth_start += 1;
    }
    depth_start
}

/// Past "WARSAW, May 3 (Reuters) -" at the start of a paragraph.
fn after_dateline(passage: &Passage, start: usize, until: usize) -> usize {
    if !passage.is(start, Class::Paragraph) || !passage.is(start, Class::Upper) {
        return start;
    }
    let limit = until.min(start + LONGEST_DATELINE);
    let place = [Class::Capital, Class::Mark, Class::Number];
    match (start..limit).find(|&token| passage.is(token, Class::Dash)) {
        Some(dash) if (start..dash).all(|token| passage.is_any(token, &place)) => dash + 1,
        _ => start,
    }
}

/// What goes on after an inserted "X said": a further quotation, or the rest of an unquoted clause.
fn rest_of(bounds: &Bounds, before: &[Range<usize>], from: usize) -> Option<Range<usize>> {
    let passage = bounds.passage;
    let first = before.first()?;
    let quoted = bounds.closing_before(first.end).is_some();
    let limit = bounds.tokens.end.min(from + 20);
    let comma = if passage.is(from, Class::Comma) {
        from
    } else {
        (from..limit).find(|&token| passage.is(token, Class::Comma) || passage.is(token, Class::Colon))?
    };
    let next = comma + 1;
    if quoted {
        let opening = (next..limit.max(next + 1)).find(|&token| bounds.opening_at(token).is_some())?;
        if opening > next + 3 || (next..opening).any(|token| passage.role(token).is_verb()) {
            return None;
        }
        let end = after(bounds, next, Reach::Clause).end;
        return (end > next).then_some(next..end);
    }
    // "..., she said, but this would be costly" is hers, "..., she said, and left" is not.
    let goes_on = passage.is(next, Class::Adversative) && passage.is_any(next + 1, &[Class::Subject, Class::Definite]);
    let joined =
        passage.is(next, Class::Coordinator) && (!goes_on || bounds.later().iter().any(|later| later.source.is_some()));
    let speaks = passage.role(next).is_verb() && passage.is(next, Class::Gerund) || joined;
    let other = |candidate: &Candidate| candidate.source.as_ref().is_some_and(|source| source.start > next);
    if passage.is(next, Class::Subordinator) && bounds.later().iter().any(other) {
        return None;
    }
    // "They will speak on Tuesday, the Kremlin said, as tensions rise": the writer goes on.
    if passage.is(next, Class::As) && opens_main(passage, next + 1, bounds.tokens.end) {
        return None;
    }
    let rest = after(bounds, next, Reach::Clause);
    (!speaks && rest.len() > 1).then_some(rest)
}

/// What begins at token `from`.
fn after(bounds: &Bounds, from: usize, reach: Reach) -> Range<usize> {
    let passage = bounds.passage;
    let mut start = from;
    if start >= bounds.tokens.end {
        return if bounds.confined { start..start } else { next_quotation(bounds, start) };
    }
    while start < bounds.tokens.end && passage.is_any(start, &[Class::Comma, Class::Colon, Class::Dash]) {
        start += 1;
    }
    let end = bounds.sentence_end(start).min(start + LONGEST);
    let mut at = start;
    while at < end {
        if let Some(index) = bounds.opening_at(at) {
            let quotation = &bounds.quotations[index];
            if quotation.tokens.end > end {
                return start..quotation.tokens.end;
            }
            at = quotation.tokens.end;
            if at >= end {
                return start..at.min(end);
            }
            let later = bounds.later();
            // "said: “It is late,” | adding that it rained"
            let taken = later.iter().any(|next| next.placing_ends_at(at) || next.shared && next.cue.start == at);
            // `Residents disagree: "They knew," said Hale`: the words are his; `If Minsk responds, "it will lose," he said`.
            let open = is_supposed(passage, &bounds.candidates[bounds.index]);
            let signed =
                later.iter().any(|next| (open || next.rule == VoiceRule::Inverted) && next.placing_ends_at(at));
            if signed && quotation.tokens.start == start {
                return start..start;
            }
            let last = at - 1 - quotation.marks.1;
            // "called it “safe,” but closed it"
            let parted = passage.is(last, Class::Comma) && stops_at_comma(bounds, at - 1, reach, end);
            if taken || parted || passage.is(last, Class::Stop) {
                return start..at;
            }
            continue;
        }
        if passage.is(at, Class::OpenBracket) {
            at = (at..end).find(|&token| passage.is(token, Class::CloseBracket)).unwrap_or(at) + 1;
            continue;
        }
        if let Some(next) = insertion_end(bounds, at, end).filter(|_| reach == Reach::Phrase && at > start) {
            at = next;
            continue;
        }
        if at > start && (stops(bounds, at, reach, end) || ends_phrase(bounds, start, at)) {
            return start..at;
        }
        at += 1;
    }
    start..end
}

/// Whether a conjunction leads from words without a verb to one of the sentence: "is not planning a raid | but has".
fn ends_phrase(bounds: &Bounds, start: usize, at: usize) -> bool {
    let passage = bounds.passage;
    let class = bounds.candidates[bounds.index].entry.map(|entry| entry.class(false));
    let aimed = matches!(class, Some(VerbClass::Promising | VerbClass::Demanding));
    // "had not informed the family | and had covered it up"
    let hearer = at == start + 2 && passage.is(start, Class::Definite);
    let verb = passage.is(at, Class::Coordinator) && passage.is_any(at + 1, &[Class::Auxiliary, Class::Finite]);
    verb && (aimed || hearer) && !(start..at).any(|token| passage.is_finite(token))
}

/// Words announced by a colon at the end of a paragraph: the quotation that follows, or else the paragraph.
fn next_quotation(bounds: &Bounds, start: usize) -> Range<usize> {
    let Some(mut index) = bounds.opening_at(start) else {
        let limit = bounds.passage.len().min(start + LONGEST);
        let whole = bounds.passage.whole();
        let ends = |token: &usize| *token > start && whole.is(*token, Class::Paragraph);
        return start..(start..limit).find(ends).unwrap_or(limit);
    };
    let mut end = bounds.quotations[index].tokens.end;
    while let Some(next) = bounds.quotations[index + 1..].iter().position(|quotation| !quotation.nested) {
        index += 1 + next;
        if !bounds.quotations[index].continues {
            break;
        }
        end = bounds.quotations[index].tokens.end;
    }
    start..end
}

/// Whether words that began before token `at` end there.
fn stops(bounds: &Bounds, at: usize, reach: Reach, end: usize) -> bool {
    let passage = bounds.passage;
    let role = passage.role(at);
    if role.is(Class::Semicolon) {
        return true;
    }
    if adds(bounds, at, end) || reach == Reach::Phrase && dates_report(passage, at) {
        return true;
    }
    if role.is(Class::Comma) {
        return stops_at_comma(bounds, at, reach, end);
    }
    if closes_relative(bounds, at, reach) {
        return true;
    }
    let later = bounds.later();
    // "Mayor urges calm as fears of a raid grow"
    let opens = [Class::Capital, Class::PluralNoun, Class::Subject, Class::Definite];
    if role.is(Class::Subordinator)
        && passage.is_headline(at)
        && passage.is(at, Class::As)
        && passage.is_any(at + 1, &opens)
        && at + 3 < end
    {
        return !bounds.candidates[bounds.index].entry.is_some_and(|entry| entry.takes(Follows::As));
    }
    if role.is(Class::Coordinator) {
        let shares = |next: &Candidate| next.shared && next.cue.start == at + 1 && same_level(bounds, next);
        // "warned of a raid if Minsk balked and | the town signalled that", but not "demanded that Lodz and Minsk deny it"
        let phrase = reach != Reach::Clause;
        let anew = later.first().is_some_and(|next| next.form != Form::Base) && reports_anew(bounds, at - 1);
        return later.iter().any(shares) || phrase && (opens_verb(passage, at + 1) || anew);
    }
    if role.is(Class::Dash) {
        return reach == Reach::Phrase || reports_anew(bounds, at);
    }
    // "said that it would rain though she noted that it was warm", but not "said that while they hoped to open it, ..."
    let turns = role.is(Class::Concessive) && role.is(Class::Turn) && !passage.is(at - 1, Class::Complementiser);
    if turns && reports_anew(bounds, at - 1) || role.is(Class::According) {
        return true;
    }
    if reach == Reach::Clause || !role.is(Class::Subordinator) {
        return false;
    }
    let contrast = passage.is(at, Class::Contrast);
    contrast || dates(passage, at)
}

/// Whether a mark at a token, or the word after it, leads to a report with a source of its own: "said it would rain, and he
/// urged the town to wait", "- and she noted".
fn reports_anew(bounds: &Bounds, mark: usize) -> bool {
    let passage = bounds.passage;
    let joins = [Class::Coordinator, Class::Concessive];
    let subject = mark + 1 + usize::from(passage.is_any(mark + 1, &joins));
    let anew = |next: &Candidate| {
        next.source.as_ref().is_some_and(|source| source.start == subject && next.cue.start >= source.end)
            && !matches!(next.placing, Placing::None)
    };
    subject > mark + 1 && bounds.later().iter().any(anew)
}

/// Whether a verb that shares its source stands on the level of this report's: in the same form, as far as can be told.
fn same_level(bounds: &Bounds, next: &Candidate) -> bool {
    let this = &bounds.candidates[bounds.index];
    next.form == this.form || this.entry.is_none() || next.cue.len() > 1 || this.cue.len() > 1
}

/// Whether the outlet objects to what somebody insists on or denies: "claims that it is safe, | but the tests have found lead".
fn objects(bounds: &Bounds, this: &Candidate, next: usize) -> bool {
    let passage = bounds.passage;
    let distanced = [VerbClass::Distancing, VerbClass::Denying];
    let doubted = this.entry.is_some_and(|entry| distanced.contains(&entry.class(false)));
    let but = passage.is(next, Class::Adversative) && !passage.is_any(next + 1, &[Class::Subject, Class::Gerund]);
    let limit = bounds.tokens.end.min(next + LONGEST_OBJECTION);
    let mut clause = (next + 1..limit).take_while(|&at| !passage.is_any(at, &[Class::Comma, Class::Relative]));
    doubted && !bounds.confined && but && clause.any(|at| passage.is_finite(at))
}

fn stops_at_comma(bounds: &Bounds, comma: usize, reach: Reach, end: usize) -> bool {
    let passage = bounds.passage;
    let later = bounds.later();
    let next = comma + 1;
    for candidate in later {
        match candidate.placing {
            Placing::Before(until) | Placing::Around(until, _) if until == comma || until == next => return true,
            _ => {}
        }
        if candidate.shared && candidate.cue.start > comma && candidate.cue.start <= comma + 3 {
            return true;
        }
    }
    if passage.is(next, Class::According) || passage.is(next, Class::Coordinator) && reports_anew(bounds, comma) {
        return true;
    }
    let contrast = passage.is(next, Class::Turn);
    let reported_later = later.iter().any(|candidate| {
        candidate.source.as_ref().is_some_and(|source| source.start > comma && source.start < end)
            && !matches!(candidate.placing, Placing::None)
    });
    if contrast && reported_later {
        return true;
    }
    let this = &bounds.candidates[bounds.index];
    if reach == Reach::Clause {
        return follows_subordinate(bounds, this, next) || objects(bounds, this, next);
    }
    // "As the town weighs a raid, others leave."
    let subordinate = stands_in_opening(bounds, this)
        .is_some_and(|lead| passage.is(lead, Class::Paragraph) || opens_main(passage, next, end));
    // "Minsk, which denies a raid, has massed troops"
    let relative = this.source.as_ref().is_some_and(|source| passage.is(source.start, Class::Relative));
    let verb =
        relative && !passage.is(next, Class::Capital) && passage.is_any(next, &[Class::Auxiliary, Class::Finite]);
    let new_clause = subordinate
        || verb
        || passage.is(next, Class::Subject) && !passage.is(next, Class::Relative)
        || passage.is(next, Class::Subordinator)
        || passage.is(next, Class::Coordinator) && opens_predicate(passage, next + 1, end);
    // "a serious talk, during which"
    let relative = next + usize::from(passage.is(next, Class::Preposition));
    new_clause || contrast || passage.is(relative, Class::Relative)
}
