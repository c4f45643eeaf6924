//! Reports: each place where somebody is said to have said something, as ranges of tokens.
//!
//! A sentence is gone over twice: once for its verbs and nouns of saying and their sources, once for what was said,
//! because where one report's words end depends on where the next report begins.

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Entry, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::contents::{Bounds, Placing, contents_of};
use crate::text::voice::groups::{Diathesis, Mood, VerbGroup, verb_group};
use crate::text::voice::labels::label;
use crate::text::voice::nouns::{noun_report, owner_before};
use crate::text::voice::quotes::Quotation;
use crate::text::voice::sources::{leads_to_occasion, phrase_end, subject_before};

/// What is reported, grammatically; it decides whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Complement {
    /// A clause or a quotation: the source's words.
    Clause,
    /// A to-infinitive or gerund: the act is the source's, what it presupposes is the outlet's.
    Action,
    /// A noun phrase that brings something new: the source's words.
    Noun,
    /// A noun phrase that names what the source spoke of: the outlet's words.
    Topic,
}

/// One report.
#[derive(Clone, Debug)]
pub(in crate::text) struct Report {
    pub(in crate::text) sentence: usize,
    pub(in crate::text) source: Option<Range<usize>>,
    pub(in crate::text) cue: Option<Range<usize>>,
    pub(in crate::text) class: VerbClass,
    pub(in crate::text) mood: Mood,
    pub(in crate::text) complement: Complement,
    pub(in crate::text) contents: Vec<Range<usize>>,
}

/// A report whose words are not found yet.
#[derive(Clone, Debug)]
pub(in crate::text) struct Candidate<'a> {
    pub(in crate::text) cue: Range<usize>,
    pub(in crate::text) source: Option<Range<usize>>,
    pub(in crate::text) entry: Option<&'a Entry>,
    pub(in crate::text) mood: Mood,
    pub(in crate::text) placing: Placing,
    /// Whether the source is that of an earlier verb: "said ... and added".
    pub(in crate::text) shared: bool,
    pub(in crate::text) form: Form,
}

/// The reports of one sentence, appended to `reports`.
pub(in crate::text) fn reports_of(
    passage: &Passage,
    quotations: &[Quotation],
    sentence: usize,
    reports: &mut Vec<Report>,
) {
    let tokens = passage.reading.sentences[sentence].tokens.clone();
    let mut candidates: Vec<Candidate> = Vec::new();
    for at in tokens.clone() {
        let role = passage.role(at);
        let found = if role.is(Class::According) {
            according(passage, &tokens, at)
        } else if role.is(Class::Wording) {
            worded(passage, &tokens, at)
        } else {
            None
        };
        let found = found.or_else(|| {
            let verb = role.is_verb().then(|| verb_report(passage, quotations, &tokens, at, &candidates)).flatten();
            verb.or_else(|| role.is_noun().then(|| noun_report(passage, &tokens, at)).flatten())
        });
        candidates.extend(found.filter(|found| candidates.last().is_none_or(|last| found.cue.start >= last.cue.end)));
    }
    candidates.extend(label(passage, quotations, sentence));
    for index in 0..candidates.len() {
        let candidate = &candidates[index];
        let within = within_quotation(quotations, &tokens, candidate.cue.start);
        let bounds = Bounds::new(passage, quotations, within, &candidates, index);
        let (complement, contents) = contents_of(&bounds, candidate);
        if contents.is_empty() {
            continue;
        }
        let class = candidate.entry.map_or(VerbClass::Neutral, |entry| entry.class);
        reports.push(Report {
            sentence,
            source: candidate.source.clone(),
            cue: Some(candidate.cue.clone()).filter(|cue| !cue.is_empty()),
            class,
            mood: candidate.mood,
            complement,
            contents,
        });
    }
}

/// The part of a sentence that a report at token `at` can draw on: where it stands in a quotation, only that.
fn within_quotation(quotations: &[Quotation], tokens: &Range<usize>, at: usize) -> Range<usize> {
    let after = quotations.partition_point(|quotation| quotation.tokens.start <= at);
    let around = quotations[after.saturating_sub(4)..after].iter().rev().find(|it| it.inside().contains(&at));
    around.map_or(tokens.clone(), |around| {
        let inside = around.inside();
        tokens.start.max(inside.start)..tokens.end.min(inside.end)
    })
}

/// "according to X", before or after what X says.
fn according<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    if passage.folded(at + 1) != "to" || at + 2 >= tokens.end {
        return None;
    }
    let first = (tokens.start..at).all(|token| passage.is_any(token, &[Class::Mark, Class::Coordinator]));
    let mut end = phrase_end(passage, at + 2, tokens.end);
    if first && let Some(comma) = (at + 2..end).find(|&token| passage.is(token, Class::Comma)) {
        let apposed = passage.is(end, Class::Comma) && !passage.is(comma + 1, Class::Subject);
        let restful = (comma + 1..end).any(|token| passage.is_finite(token));
        if !apposed || restful {
            end = comma;
        }
    }
    let placing = if first { Placing::After(end + 1) } else { Placing::Before(at) };
    Some(Candidate {
        cue: at..at + 2,
        source: Some(at + 2..end).filter(|source| !source.is_empty()),
        entry: None,
        mood: Mood::Asserted,
        placing,
        shared: false,
        form: Form::Base,
    })
}

/// "in X's words", before or after them.
fn worded<'a>(passage: &Passage<'a>, tokens: &Range<usize>, at: usize) -> Option<Candidate<'a>> {
    let source = owner_before(passage, tokens.start, at)?;
    let lead = source.start.checked_sub(1).filter(|lead| *lead >= tokens.start)?;
    let first = lead == tokens.start && passage.is(at + 1, Class::Comma);
    let last = passage.is(lead.saturating_sub(1), Class::Comma) && passage.is_any(at + 1, &[Class::Comma, Class::Stop]);
    if !matches!(passage.folded(lead), "in" | "by") || !first && !last {
        return None;
    }
    let placing = if first { Placing::After(at + 2) } else { Placing::Before(lead) };
    let (mood, form) = (Mood::Asserted, Form::Base);
    Some(Candidate { cue: at..at + 1, source: Some(source), entry: None, mood, placing, shared: false, form })
}

fn verb_report<'a>(
    passage: &Passage<'a>,
    quotations: &[Quotation],
    tokens: &Range<usize>,
    at: usize,
    earlier: &[Candidate<'a>],
) -> Option<Candidate<'a>> {
    if opens_saying(passage, at) {
        return None;
    }
    let group = verb_group(passage, tokens.start, at)?;
    match group.diathesis {
        Diathesis::Active => {
            inverted(passage, tokens, &group).or_else(|| active(passage, quotations, tokens, &group, earlier))
        }
        Diathesis::Passive => passive(passage, tokens, &group),
        Diathesis::Participle => participle(passage, quotations, tokens, &group, earlier),
        Diathesis::Infinitive => None,
    }
}

/// "declined to say": the verb of saying is the next one.
fn opens_saying(passage: &Passage, at: usize) -> bool {
    let next = passage.role(at + 2);
    let says = passage.lexicon.verb(next).is_some_and(Entry::is_saying);
    passage.is(at, Class::Catenative) && passage.folded(at + 1) == "to" && says
}

fn candidate<'a>(group: &VerbGroup<'a>, source: Option<Range<usize>>, placing: Placing) -> Candidate<'a> {
    Candidate {
        cue: group.tokens.clone(),
        source,
        entry: Some(group.entry),
        mood: group.mood,
        placing,
        shared: false,
        form: group.form,
    }
}

/// `"...," said X`
fn inverted<'a>(passage: &Passage<'a>, tokens: &Range<usize>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let finite = matches!(group.form, Form::Past | Form::Third) && group.tokens.len() <= 2;
    if !finite || !group.entry.is_saying() || group.tokens.start <= tokens.start {
        return None;
    }
    let last = group.tokens.start - 1;
    let next = group.tokens.end;
    let quoted = passage.is_quote_mark(last);
    if !quoted && !passage.is_any(last, &[Class::Comma, Class::Dash]) && passage.folded(last) != "as" {
        return None;
    }
    let opens = [Class::Capital, Class::Definite, Class::Indefinite, Class::Title, Class::Person, Class::PluralNoun];
    let opens_name = passage.is_any(next, &opens) || passage.is(next, Class::Number) && quoted;
    if !opens_name
        || passage.is(next, Class::Negator)
        || passage.folded(next) == "that"
        || passage.is(next, Class::Weekday)
    {
        return None;
    }
    let end = phrase_end(passage, next, tokens.end);
    if !quoted && !closes_sentence(passage, tokens, group, next..end) {
        return None;
    }
    if end < tokens.end && passage.is_finite(end) && !passage.is(end, Class::Capital) {
        return None;
    }
    let placing = Placing::Around(last + usize::from(quoted), end);
    Some(candidate(group, Some(next..end), placing))
}

/// Whether "..., said X" without quotation marks has its verb after a clause and its source at the end.
fn closes_sentence(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, source: Range<usize>) -> bool {
    let speaks = group.entry.takes(Follows::Bare) && !group.entry.takes(Follows::Hearer);
    let at_end = source.end >= tokens.end
        || passage
            .is_any(source.end, &[Class::Comma, Class::Stop, Class::Weekday, Class::Adjunct, Class::QuestionMark]);
    let after_clause = (tokens.start..group.tokens.start).any(|token| passage.is_finite(token));
    speaks && at_end && (after_clause || source.len() <= 4)
}

/// `X said ...` and `..., X said`
fn active<'a>(
    passage: &Passage<'a>,
    quotations: &[Quotation],
    tokens: &Range<usize>,
    group: &VerbGroup<'a>,
    earlier: &[Candidate<'a>],
) -> Option<Candidate<'a>> {
    let first = group.tokens.start;
    if group.contracted {
        let source = Some(first..first + 1);
        let found = candidate(group, source, Placing::None);
        return placed(passage, quotations, tokens, group, found);
    }
    let joined = first > tokens.start && passage.is(first - 1, Class::Coordinator)
        || first > tokens.start && passage.folded(first - 1) == "then";
    if joined {
        let mut found = candidate(group, shared_source(passage, tokens, first, group.form, earlier), Placing::None);
        found.shared = true;
        return placed(passage, quotations, tokens, group, found);
    }
    let subject = subject_before(passage, tokens.start, first)?;
    if passage.is(subject.start, Class::Object) && !passage.is(subject.start, Class::Subject) && subject.len() == 1 {
        return None;
    }
    placed(passage, quotations, tokens, group, candidate(group, Some(subject), Placing::None))
}

/// The source of the last verb before, or the subject of the sentence.
fn shared_source(
    passage: &Passage,
    tokens: &Range<usize>,
    before: usize,
    form: Form,
    earlier: &[Candidate],
) -> Option<Range<usize>> {
    let verbs = || earlier.iter().rev().filter(|candidate| candidate.entry.is_some_and(|entry| !entry.is_noun));
    let last = verbs().find(|candidate| form == Form::Gerund || candidate.form == form).or_else(|| verbs().next());
    if let Some(source) = last.and_then(|last| last.source.clone()) {
        return Some(source);
    }
    let limit = before.min(tokens.start + 60);
    let verb = (tokens.start + 1..limit).find(|&token| passage.is_finite(token))?;
    let mut first = verb;
    while first > tokens.start + 1 && passage.is_any(first - 1, &[Class::Adverb, Class::Auxiliary]) {
        first -= 1;
    }
    subject_before(passage, tokens.start, first)
}

/// ", saying that", "X saying"
fn participle<'a>(
    passage: &Passage<'a>,
    quotations: &[Quotation],
    tokens: &Range<usize>,
    group: &VerbGroup<'a>,
    earlier: &[Candidate<'a>],
) -> Option<Candidate<'a>> {
    let speaks = group.entry.is_saying() || group.entry.takes(Follows::Np) || group.entry.takes(Follows::For);
    let last = group.tokens.start.checked_sub(1).filter(|last| *last >= tokens.start)?;
    if !speaks {
        return None;
    }
    let linked = passage.is_any(last, &[Class::Comma, Class::Dash]) || passage.is_quote_mark(last);
    let means = matches!(passage.folded(last), "by" | "while" | "before" | "after" | "and" | "when" | "in" | "without");
    let source = if linked || means {
        shared_source(passage, tokens, group.tokens.start, group.form, earlier)
    } else if passage.is_any(last, &[Class::Capital, Class::PluralNoun, Class::Person, Class::Object, Class::Title])
        || matches!(passage.folded(last), "one")
    {
        subject_before(passage, last.saturating_sub(3).max(tokens.start), group.tokens.start)
    } else {
        return None;
    };
    let mut found = candidate(group, source, Placing::None);
    found.shared = linked || means;
    placed(passage, quotations, tokens, group, found).filter(|found| matches!(found.placing, Placing::After(..)))
}

/// "was quoted as saying", "it was alleged that", "is said to", "was criticized by X"
fn passive<'a>(passage: &Passage<'a>, tokens: &Range<usize>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let next = group.tokens.end;
    let subject = subject_before(passage, tokens.start, group.tokens.start);
    match passage.folded(next) {
        "as" if passage.role(next + 1).form == Form::Gerund && passage.role(next + 1).is_verb() => {
            let mut found = candidate(group, subject, Placing::After(next + 2));
            found.cue.end = next + 2;
            found.entry = passage.lexicon.verb(passage.role(next + 1));
            Some(found)
        }
        "that" => Some(candidate(group, None, Placing::After(next))),
        "to" => Some(candidate(group, None, Placing::After(next))),
        "by" => {
            let end = phrase_end(passage, next + 1, tokens.end);
            let speaker = Some(next + 1..end).filter(|source| !source.is_empty());
            let subject = subject?;
            speaker.as_ref()?;
            Some(candidate(group, speaker, Placing::Subject(subject)))
        }
        _ => None,
    }
}

/// Finds where the words of an active verb stand.
fn placed<'a>(
    passage: &Passage<'a>,
    quotations: &[Quotation],
    tokens: &Range<usize>,
    group: &VerbGroup<'a>,
    mut found: Candidate<'a>,
) -> Option<Candidate<'a>> {
    let entry = group.entry;
    let after = group.tokens.end;
    let left = found.source.as_ref().map_or(group.tokens.start, |source| source.start.min(group.tokens.start));
    let place = Place { passage, quotations, tokens, entry, left };
    let (placing, cue_end) = place.after(after)?;
    found.placing = placing;
    found.cue.end = cue_end.max(found.cue.end);
    Some(found)
}

/// Where a verb stands, for finding its words.
struct Place<'a, 'b> {
    passage: &'b Passage<'a>,
    quotations: &'b [Quotation],
    tokens: &'b Range<usize>,
    entry: &'b Entry,
    /// First token of source and verb.
    left: usize,
}

impl Place<'_, '_> {
    /// The placing of the words, and where the cue ends, for a verb that ends before `next`.
    fn after(&self, next: usize) -> Option<(Placing, usize)> {
        let passage = self.passage;
        if next >= self.tokens.end || passage.is(next, Class::Stop) && next + 1 >= self.tokens.end {
            return self.before(None).map(|placing| (placing, next));
        }
        let role = passage.role(next);
        if role.is(Class::Colon) {
            let last = next + 1 >= self.tokens.end;
            return Some((Placing::After(next + 1), if last { next + 1 } else { next }));
        }
        if role.is(Class::Comma) {
            return self.after_comma(next).map(|placing| (placing, next));
        }
        if passage.is_quote_mark(next) && role.is(Class::SpaceBefore) {
            return self.entry.is_saying().then_some((Placing::After(next), next)).or(self.object(next));
        }
        if role.is(Class::Complementiser) || role.is(Class::Question) && self.entry.takes(Follows::Wh) {
            let clause = self.entry.takes(Follows::That) || self.entry.takes(Follows::Wh);
            return if clause { Some((Placing::After(next), next)) } else { self.object(next) };
        }
        let folded = passage.folded(next);
        if self.entry.takes_preposition(folded) && !self.entry.takes(Follows::As) {
            return Some((Placing::Object(next + 1), next + 1));
        }
        if folded == "to" && (self.entry.takes(Follows::To) || self.entry.takes(Follows::HearerTo)) {
            return Some((Placing::Action(next), next));
        }
        if role.is(Class::Preposition) || role.is(Class::Weekday) || role.is(Class::Month) || role.is(Class::Adverb) {
            return self.after_adjunct(next).map(|placing| (placing, next));
        }
        self.complement(next).map(|placing| (placing, next))
    }

    /// The words stand before the source: there is a comma or quotation mark between.
    fn before(&self, rest: Option<usize>) -> Option<Placing> {
        let last = self.left.checked_sub(1).filter(|last| *last >= self.tokens.start || self.quoted_before(*last))?;
        let quoted = self.passage.is_quote_mark(last);
        let linked = quoted || self.passage.is_any(last, &[Class::Comma, Class::Dash]);
        if !self.entry.is_saying() || self.passage.is(self.left, Class::Relative) {
            return None;
        }
        if !linked {
            return match self.passage.folded(last) {
                "as" => Some(Placing::Before(last)),
                "what" => Some(Placing::Exactly(last..last + 1)),
                _ => None,
            };
        }
        let end = last + usize::from(quoted);
        Some(rest.map_or(Placing::Before(end), |rest| Placing::Around(end, rest)))
    }

    /// Whether the sentence before ends with a quotation in the same paragraph.
    fn quoted_before(&self, last: usize) -> bool {
        self.passage.is_quote_mark(last) && !self.passage.is(last + 1, Class::Paragraph)
    }

    fn after_comma(&self, comma: usize) -> Option<Placing> {
        let next = comma + 1;
        let opens_quote = self.passage.is_quote_mark(next) && self.quotation_at(next);
        if self.passage.is(next, Class::Complementiser) && self.entry.is_saying() {
            return Some(Placing::After(next));
        }
        match self.before(Some(comma)) {
            Some(placing) => Some(placing),
            None if opens_quote && self.entry.is_saying() => Some(Placing::After(next)),
            None if self.left > self.tokens.start && self.passage.folded(self.left - 1) == "as" => {
                Some(Placing::After(next))
            }
            None => None,
        }
    }

    fn quotation_at(&self, token: usize) -> bool {
        self.quotations.binary_search_by_key(&token, |quotation| quotation.tokens.start).is_ok()
    }

    /// After "on Monday", "in a statement", "to reporters": a "that", a quotation or a clause may follow.
    fn after_adjunct(&self, next: usize) -> Option<Placing> {
        let passage = self.passage;
        if self.left > 0 && passage.is_quote_mark(self.left - 1) && self.entry.is_saying() {
            return self.before(Some(next));
        }
        let limit = self.tokens.end.min(next + 18);
        for at in next..limit {
            let role = passage.role(at);
            if at > next && role.is(Class::Complementiser) && self.entry.is_saying() {
                return Some(Placing::After(at));
            }
            if passage.is_quote_mark(at) && role.is(Class::SpaceBefore) && self.entry.is_saying() {
                return Some(Placing::After(at));
            }
            if role.is(Class::Colon) && self.entry.is_saying() {
                return Some(Placing::After(at + 1));
            }
            if role.is(Class::Comma)
                && let Some(placing) = self.after_comma(at)
            {
                return Some(placing);
            }
            if role.is(Class::Stop) && at + 1 >= self.tokens.end {
                break;
            }
            let subject = (role.is(Class::Subject) || role.is(Class::Definite) && at > next + 1)
                && !passage.is_any(at - 1, &[Class::Preposition, Class::Coordinator, Class::Possessive]);
            if at > next && subject && self.entry.takes(Follows::Bare) && passage.is_word(at - 1) {
                return Some(Placing::After(at));
            }
        }
        let mut clause = next;
        let dates = [Class::Weekday, Class::Month, Class::Number, Class::Adverb];
        while clause < limit && (passage.is_any(clause, &dates) || clause > next && passage.is(clause, Class::Temporal))
        {
            clause += 1;
        }
        let dated = passage.is(next, Class::Adjunct) && leads_to_occasion(passage, next);
        if clause > next {
            return self.after(clause).map(|(placing, _)| placing);
        }
        if dated && let Some(day) = (next..limit).find(|&at| passage.is(at, Class::Weekday)) {
            return self.complement(day + 1).or_else(|| self.before(None));
        }
        self.before(None)
    }

    /// What follows directly: a clause without "that", somebody told, or an object.
    fn complement(&self, next: usize) -> Option<Placing> {
        let entry = self.entry;
        if self.passage.is_any(next, &[Class::Stop, Class::Comma, Class::Dash]) || next >= self.tokens.end {
            return None;
        }
        if entry.takes(Follows::Hearer) || entry.takes(Follows::HearerTo) {
            if let Some(placing) = self.after_hearer(next) {
                return Some(placing);
            }
        }
        let clause = entry.takes(Follows::Bare) && self.has_clause(next);
        if clause {
            return Some(Placing::After(next));
        }
        if entry.takes(Follows::Of) || entry.takes(Follows::As) {
            return Some(Placing::After(next));
        }
        self.object(next).map(|(placing, _)| placing)
    }

    fn object(&self, next: usize) -> Option<(Placing, usize)> {
        if self.entry.takes(Follows::Topic) {
            return Some((Placing::Topic(next), next));
        }
        if self.entry.takes(Follows::Ing) && self.passage.is(next, Class::Gerund) {
            return Some((Placing::Action(next), next));
        }
        self.entry.takes(Follows::Np).then_some((Placing::Object(next), next))
    }

    /// "told reporters that", "urged Kyiv to"
    fn after_hearer(&self, next: usize) -> Option<Placing> {
        let passage = self.passage;
        let limit = self.tokens.end.min(next + 25);
        for at in next..limit {
            let role = passage.role(at);
            if role.is(Class::Complementiser) && at > next
                || role.is(Class::Question) && at > next && self.entry.takes(Follows::Wh)
            {
                return Some(Placing::After(at));
            }
            if role.is(Class::Comma) {
                return self.after_comma(at);
            }
            if role.is(Class::Colon) {
                return Some(Placing::After(at + 1));
            }
            if passage.is_quote_mark(at) && role.is(Class::SpaceBefore) && self.quotation_at(at) {
                return Some(Placing::After(at));
            }
            if at > next && passage.folded(at) == "to" && self.entry.takes(Follows::HearerTo) {
                return Some(Placing::Action(next));
            }
            let clause = at > next && (role.is(Class::Subject) || role.is(Class::Definite));
            if clause
                && self.entry.takes(Follows::Bare)
                && passage.is_word(at - 1)
                && !passage.is_any(at - 1, &[Class::Preposition, Class::Coordinator])
            {
                return Some(Placing::After(at));
            }
            if role.is(Class::Stop) && at + 1 >= self.tokens.end {
                return self.before(None);
            }
        }
        self.before(None)
    }

    /// Whether a finite verb follows before the clause ends.
    fn has_clause(&self, next: usize) -> bool {
        let passage = self.passage;
        let object = self.entry.takes(Follows::Np) || self.entry.takes(Follows::Topic);
        if !object || passage.is(next, Class::Subject) {
            return true;
        }
        for at in next..self.tokens.end.min(next + 30) {
            if passage.is_any(at, &[Class::Stop, Class::Semicolon, Class::Colon]) && at + 1 >= self.tokens.end {
                return false;
            }
            if passage.is_finite(at) {
                return true;
            }
            if passage.is(at, Class::Relative) || at > next && passage.is(at, Class::Comma) {
                return false;
            }
        }
        false
    }
}
