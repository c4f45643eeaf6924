//! Where the words of a verb of saying stand: before its source, after it, around it, or as its object.

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::additions::around_aside;
use crate::text::voice::adjuncts::leads_to_occasion;
use crate::text::voice::candidate::{Candidate, Placing, SearchedSentence};
use crate::text::voice::clause_ends::leads_to_main;
use crate::text::voice::groups::VerbGroup;
use crate::text::voice::objects::{
    blames, claim_behind, counts, describes_gap, foresees, gap, has_finite, has_main, is_about_number, is_claimed,
    joins, opens_question, tells_amount,
};
use crate::text::voice::quotes::Quotation;
use crate::text::voice::sources::{is_anybody, is_nobody, is_place};

/// Longest name of who is charged with something, in tokens.
const LONGEST_ACCUSED: usize = 12;

/// Longest condition before the main clause of what is said, in tokens.
const LONGEST_CONDITION: usize = 30;

/// Finds where the words of an active verb stand.
pub(in crate::text) fn placed<'a>(
    sentence: &SearchedSentence<'a, '_>,
    group: &VerbGroup<'a>,
    mut found: Candidate<'a>,
) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, quotations, tokens, .. } = *sentence;
    let entry = group.entry;
    let after = group.tokens.end;
    let first = found.source.as_ref().map_or(group.tokens.start, |source| source.start.min(group.tokens.start));
    // What stands before a verb that shares its source belongs to the other verb.
    let left = if found.shared { 0 } else { first };
    let place = VerbPlace { passage, quotations, tokens, entry, left };
    let (placing, cue_end) = place.excluded(after).or_else(|| place.after(after))?;
    // "If it rained, the town would respond."
    let unquoted = matches!(placing, Placing::Before(end) | Placing::Around(end, _) if !passage.is_quote_mark(end.saturating_sub(1)));
    if unquoted && found.mood == Mood::Hypothetical {
        return None;
    }
    // "Nobody knows", "none of the tests showed": what nobody said is nobody's words.
    let empty =
        |source: &Range<usize>| is_nobody(passage, source) || is_anybody(passage, source) || is_place(passage, source);
    if found.source.as_ref().is_some_and(empty) {
        return None;
    }
    // "Few experts believe": they are somebody, but what is told is that the others do not.
    if found.source.as_ref().is_some_and(|source| passage.is(source.start, Class::Scarce)) {
        found.mood = found.mood.max(Mood::Negated);
    }
    found.placing = placing;
    found.cue.end = cue_end.max(found.cue.end);
    Some(found)
}

/// Where a verb stands, for finding its words.
pub(in crate::text) struct VerbPlace<'a, 'b> {
    pub(in crate::text) passage: &'b Passage<'a>,
    pub(in crate::text) quotations: &'b [Quotation],
    pub(in crate::text) tokens: &'b Range<usize>,
    pub(in crate::text) entry: &'b ReportingWord,
    /// First token of source and verb.
    pub(in crate::text) left: usize,
}

impl VerbPlace<'_, '_> {
    /// The placing of the words, and where the cue ends, for a verb that ends before `next`.
    fn after(&self, next: usize) -> Option<(Placing, usize)> {
        let passage = self.passage;
        if next >= self.tokens.end || passage.is(next, Class::Stop) && next + 1 >= self.tokens.end {
            return self.before(None).map(|placing| (placing, next));
        }
        let role = passage.role(next);
        // "should say so": nothing that is told here.
        let ends = passage.is_any(next + 1, &[Class::Preposition, Class::Stop, Class::Comma]);
        if passage.is(next, Class::DistanceLead) && ends {
            return None;
        }
        // "It is late, one grower said; the rest shrugged.": what follows is not the grower's. "said they had lied | and that it rained"
        let joined = role.is(Class::Coordinator) && joins(passage, next);
        // "It is late, Lis said according to the agency."
        if joined || passage.is_any(next, &[Class::Semicolon, Class::Dash, Class::According]) {
            return self.before(None).map(|placing| (placing, next));
        }
        let goes_on = passage.is_any(next, &[Class::Comma, Class::Colon, Class::DoubleQuote, Class::Complementiser]);
        if !goes_on && self.follows_words() {
            return self.before(Some(next)).map(|placing| (placing, next));
        }
        if self.leaves_gap(next) {
            return gap(passage, self.entry, self.left, next).map(|placing| (placing, next));
        }
        if role.is(Class::Colon) {
            return self.after_colon(next);
        }
        if role.is(Class::Comma) {
            return self.after_comma(next).map(|placing| (placing, next));
        }
        if passage.is_quote_mark(next) && role.is(Class::SpaceBefore) {
            return self.after_mark(next);
        }
        if role.is(Class::Complementiser) || opens_question(passage, self.entry, next) {
            let clause = self.entry.takes(Follows::That) || self.entry.takes(Follows::Wh);
            return if clause { Some((Placing::After(next), next)) } else { self.object(next) };
        }
        // "dismissed as nonsense claims that"
        if let Some(claim) = claim_behind(passage, self.entry, next) {
            return Some((Placing::Object(claim), next));
        }
        if let Some(told) = self.told(next) {
            return Some(told);
        }
        let counted = self.entry.takes(Follows::Bare) && counts(passage, next) && self.has_finite(next);
        if counted || self.opens_condition(next) {
            return Some((Placing::After(next), next));
        }
        if self.entry.takes(Follows::Bare) && is_about_number(passage, next) {
            let told = self.complement(next).filter(|_| tells_amount(passage, next..self.tokens.end));
            // "expects about 900 layoffs"
            return told.map(|it| (it, next)).or_else(|| self.object(next));
        }
        if role.is(Class::To) && (self.entry.takes(Follows::To) || self.entry.takes(Follows::HearerTo)) {
            return Some((Placing::Action(next), next));
        }
        if describes_gap(passage, self.entry, self.left, next) {
            return Some((Placing::Object(next + 1), next + 1));
        }
        let dated = role.is(Class::Temporal) && !role.is(Class::Capital) || passage.ends_time(next + 1);
        // "called Friday's ruling a win"
        let owner = passage.is(next + 1, Class::Possessive);
        if dated || !owner && passage.is_any(next, &[Class::Preposition, Class::Weekday, Class::Month, Class::Adverb]) {
            return self.after_adjunct(next).map(|placing| (placing, next));
        }
        self.complement(next).map(|placing| (placing, next))
    }

    /// Whether the subject of what is said stands before the verb: "what Lis said was", "which Lis said aimed at".
    fn leaves_gap(&self, next: usize) -> bool {
        let passage = self.passage;
        // "believe having one is wise"
        let other = passage.is_any(next, &[Class::Gerund, Class::Contracted, Class::Capital]);
        let relative = self.left > 0 && passage.is(self.left - 1, Class::Relativiser) && passage.is(next, Class::Past);
        (passage.is_any(next, &[Class::Auxiliary, Class::Finite]) || relative) && !other
    }

    /// Whether a condition opens what is said: "said if it rained, the town would help".
    fn opens_condition(&self, next: usize) -> bool {
        let passage = self.passage;
        let opens = passage.is(next, Class::Subordinator) && self.entry.takes(Follows::Bare);
        let limit = self.tokens.end.min(next + LONGEST_CONDITION);
        let comma = (next + 1..limit).find(|&at| passage.is(at, Class::Comma));
        opens
            && self.left <= self.tokens.start + 1
            && comma.is_some_and(|comma| leads_to_main(passage, next, comma + 1, self.tokens.end))
    }

    /// After a colon: "has banned: cars, vans and lorries" lists what an act is of.
    fn after_colon(&self, colon: usize) -> Option<(Placing, usize)> {
        let last = colon + 1 >= self.tokens.end;
        let said = self.entry.is_saying() || last || self.quotation_at(colon + 1);
        said.then_some((Placing::After(colon + 1), colon + 1))
    }

    /// After a mark that opens a quotation: the words, or a title: "“It rained,” Lis told “Late Night” host Berg".
    fn after_mark(&self, next: usize) -> Option<(Placing, usize)> {
        let behind = self.passage.is_quote_mark(self.left.saturating_sub(1));
        let hears = |end: &usize| self.entry.takes(Follows::Hearer) && (behind || self.passage.is_word(*end));
        let title = self.quotation_end(next).filter(hears);
        let told = title.filter(|end| self.has_finite(*end)).map(Placing::After).or_else(|| self.after_hearer(title?));
        let quotes = self.entry.is_saying().then_some((Placing::After(next), next));
        // "accused “crooks and cheats” of theft"
        let charged = self.entry.takes(Follows::Of).then_some((Placing::Object(next), next));
        told.map(|placing| (placing, next)).or(quotes).or_else(|| self.object(next)).or(charged)
    }

    /// Whether the source stands right after a quotation that opens the sentence: the words are there.
    fn follows_words(&self) -> bool {
        let after = self.quotations.partition_point(|quotation| quotation.tokens.start < self.left);
        let mut near = self.quotations[after.saturating_sub(8)..after].iter();
        let opens = |start: usize| start <= self.tokens.start + 1;
        self.left > self.tokens.start
            && near.any(|it| it.tokens.end == self.left && opens(it.tokens.start))
            && self.entry.is_saying()
    }

    /// The words stand before the source: there is a comma or quotation mark between.
    pub(in crate::text) fn before(&self, rest: Option<usize>) -> Option<Placing> {
        let last = self.left.checked_sub(1).filter(|last| *last >= self.tokens.start || self.quoted_before(*last))?;
        // "“...,” then director Ewa Lis said"
        let then = self.passage.is(last, Class::Then) && last > 0 && self.passage.is_quote_mark(last - 1);
        let last = last - usize::from(then);
        let quoted = self.passage.is_quote_mark(last);
        let linked = quoted || self.passage.is_any(last, &[Class::Comma, Class::Dash]);
        if !self.entry.is_saying() || self.passage.is(self.left, Class::Relative) {
            return None;
        }
        // "Helium is scarce, or so the sellers say."
        let comma = last.wrapping_sub(2);
        let so = self.passage.is(last, Class::DistanceLead) && self.passage.is(last.wrapping_sub(1), Class::Joining);
        if so && self.passage.is(comma, Class::Comma) && comma > self.tokens.start {
            return Some(Placing::Before(comma));
        }
        if !linked {
            // "are shown as Minsk attacks"
            if self.passage.is(last, Class::As) && (self.entry.takes(Follows::That) || self.entry.takes(Follows::It)) {
                return Some(around_aside(self.passage, self.tokens.start, last, rest));
            }
            return self.passage.is(last, Class::What).then_some(Placing::Exactly(last..last + 1));
        }
        if !quoted && !self.entry.takes(Follows::That) {
            return None;
        }
        let end = last + usize::from(quoted);
        Some(rest.map_or(Placing::Before(end), |rest| Placing::Around(end, rest)))
    }

    /// Whether the sentence before ends with a quotation in the same paragraph.
    fn quoted_before(&self, last: usize) -> bool {
        let full_stop = self.passage.folded(last.wrapping_sub(1)) == ".";
        self.passage.is_quote_mark(last) && !self.passage.is(last + 1, Class::Paragraph) && !full_stop
    }

    pub(in crate::text) fn after_comma(&self, comma: usize) -> Option<Placing> {
        let next = comma + 1;
        let opens_quote = self.passage.is_quote_mark(next) && self.quotation_at(next);
        if self.passage.is(next, Class::Complementiser) && self.entry.is_saying() && !self.is_relative(next) {
            return Some(Placing::After(next));
        }
        // "adding, again, that", "adding, again that"
        let that = (next..next + 3).find(|&at| !self.passage.is_any(at, &[Class::Adverb, Class::Comma]));
        if let Some(that) = that.filter(|that| self.passage.is(*that, Class::That) && self.says_that()) {
            return Some(Placing::After(that));
        }
        // "said, for example, that"
        let aside = (next + 1..self.tokens.end.min(next + 10)).find(|&at| self.passage.is(at, Class::Comma));
        if let Some(that) = aside.map(|comma| comma + 1).filter(|that| self.passage.is(*that, Class::That))
            && self.says_that()
            && !self.is_relative(that)
        {
            return Some(Placing::After(that));
        }
        // The quotation that ends the sentence before has a verb of its own.
        if opens_quote && self.left <= self.tokens.start && self.entry.is_saying() {
            return Some(Placing::After(next));
        }
        let as_said = self.left > 0 && self.passage.is(self.left - 1, Class::As);
        if as_said && (opens_quote || self.left - 1 == self.tokens.start) {
            return Some(Placing::After(next));
        }
        match self.before(Some(comma)) {
            Some(placing) => Some(placing),
            None if opens_quote && self.entry.is_saying() => Some(Placing::After(next)),
            // "said, slowly, “it is lost.”"
            None if aside.is_some_and(|end| self.quotation_at(end + 1)) && self.entry.is_saying() => {
                aside.map(|end| Placing::After(end + 1))
            }
            None if self.left > self.tokens.start && self.passage.is(self.left - 1, Class::As) => {
                Some(Placing::After(next))
            }
            // "said, on a visit to the port, the town would help"
            None if self.left <= self.tokens.start && self.entry.takes(Follows::Bare) => {
                let inserted = self.passage.is_any(next, &[Class::Adjunct, Class::Subordinator]);
                aside.filter(|end| inserted && self.has_finite(end + 1)).map(|end| Placing::After(end + 1))
            }
            None => None,
        }
    }

    pub(in crate::text) fn quotation_at(&self, token: usize) -> bool {
        self.quotation_end(token).is_some()
    }

    pub(in crate::text) fn quotation_end(&self, token: usize) -> Option<usize> {
        let found = self.quotations.binary_search_by_key(&token, |quotation| quotation.tokens.start).ok()?;
        Some(self.quotations[found].tokens.end)
    }

    /// After "on Monday", "in a statement", "to reporters": a "that", a quotation or a clause may follow.
    fn after_adjunct(&self, next: usize) -> Option<Placing> {
        let passage = self.passage;
        if self.left > 0
            && passage.is_quote_mark(self.left - 1)
            && self.entry.is_saying()
            && let Some(placing) = self.before(Some(next))
        {
            return Some(placing);
        }
        let limit = self.tokens.end.min(next + 18);
        let mut named_until = next;
        for at in next..limit {
            let role = passage.role(at);
            // The title of a programme, not what was said: on "This Week"
            if at > next
                && role.is(Class::DoubleQuote)
                && passage.is_any(at - 1, &[Class::Preposition, Class::Possessive])
            {
                named_until = self.quotation_end(at).unwrap_or(at);
            }
            if at < named_until {
                continue;
            }
            // "responded to claims that": the clause is the claim's.
            if role.is(Class::Complementiser) && passage.is(next, Class::Preposition) && is_claimed(passage, next, at) {
                break;
            }
            if at > next && role.is(Class::Complementiser) && self.says_that() && !self.is_relative(at) {
                return Some(Placing::After(at));
            }
            // "disagrees with Minsk and said ...": another verb has what follows. "responded with words that have ...": it describes the
            // occasion.
            let joined = role.is(Class::Coordinator) && passage.role(at + 1).is_verb() && passage.is_finite(at + 1);
            if at > next && (joined || role.is(Class::Complementiser) && self.is_relative(at)) {
                break;
            }
            if passage.is_quote_mark(at) && role.is(Class::SpaceBefore) && self.entry.is_saying() {
                return Some(Placing::After(at));
            }
            if role.is(Class::Colon) && self.entry.is_saying() {
                return Some(Placing::After(at + 1));
            }
            // "pledged on Friday to leave", but not "evidence of crimes committed in Lodz emerged and amounts to"
            let led = at > next && passage.is(at, Class::To) && self.entry.takes(Follows::To);
            if led && !(next..at).any(|token| passage.is_finite(token)) {
                return Some(Placing::Action(at));
            }
            if role.is(Class::Comma) {
                let opens = self.left <= self.tokens.start + 1 && self.entry.takes(Follows::Bare);
                let main = opens && leads_to_main(passage, next, at + 1, self.tokens.end);
                if let Some(placing) = self.after_comma(at).or(main.then_some(Placing::After(next))) {
                    return Some(placing);
                }
            }
            if role.is(Class::Stop) && at + 1 >= self.tokens.end {
                break;
            }
            let clause = self.entry.takes(Follows::Bare) && opens_clause(passage, next, at);
            if clause && self.has_finite(at) {
                return Some(Placing::After(at));
            }
        }
        self.after_date(next)
    }

    /// After "Monday", "on May 3": whatever follows the date.
    fn after_date(&self, next: usize) -> Option<Placing> {
        let passage = self.passage;
        let limit = self.tokens.end.min(next + 18);
        let mut clause = next;
        let dates = [Class::Weekday, Class::Month, Class::Number, Class::Adverb, Class::Temporal];
        while clause < limit && passage.is_any(clause, &dates) {
            clause += 1;
        }
        let occasion = passage.is(next, Class::Adjunct) && leads_to_occasion(passage, next);
        // "..., the mayor said Thursday outlining it"
        let participle = self.passage.is(clause, Class::Gerund).then(|| self.before(None)).flatten();
        if clause > next {
            return participle.or_else(|| self.after(clause).map(|(placing, _)| placing));
        }
        if occasion && let Some(day) = (next..limit).find(|&at| passage.is(at, Class::Weekday)) {
            return self.after(day + 1).map(|(placing, _)| placing).or_else(|| self.before(None));
        }
        self.before(None)
    }

    /// What follows directly: a clause without "that", somebody told, or an object.
    fn complement(&self, next: usize) -> Option<Placing> {
        let entry = self.entry;
        if self.passage.is_any(next, &[Class::Stop, Class::Comma, Class::Dash]) || next >= self.tokens.end {
            return None;
        }
        // "warned a raid was near": nobody is told.
        let optional = entry.takes(Follows::Np) && entry.takes(Follows::Bare);
        if optional && self.passage.is(next, Class::Indefinite) && self.has_finite(next) {
            return Some(Placing::After(next));
        }
        if (entry.takes(Follows::Hearer) || entry.takes(Follows::HearerTo))
            && let Some(placing) = self.after_hearer(next)
        {
            return Some(placing);
        }
        // "trains and advises the army": nothing is said.
        let told = !entry.takes(Follows::Hearer) || self.has_finite(next);
        // "a croc found skinned near the creek"
        let participle = self.passage.is(next, Class::Past) && self.passage.is(next + 1, Class::Preposition);
        let clause = entry.takes(Follows::Bare) && told && !participle && self.has_clause(next);
        if clause {
            return Some(Placing::After(next));
        }
        if blames(self.passage, entry, next..self.tokens.end) {
            return Some(Placing::Object(next));
        }
        // "cleared the charity of fraud": the verdict is theirs.
        let verdict = matches!(entry.class(false), VerbClass::Denying | VerbClass::Endorsing) && entry.takes_one();
        let limit = self.tokens.end.min(next + LONGEST_ACCUSED);
        // "clears rubble on the floor of the house": the "of" is another's.
        let leads = |at: usize| self.passage.is(at, Class::Preposition);
        let of = (next + 1..limit).find(|&at| leads(at)).filter(|&at| self.passage.is(at, Class::Of));
        let guilty = of.is_some_and(|of| self.passage.is(of - 1, Class::Guilty)) && entry.takes(Follows::That);
        if let Some(of) = of.filter(|_| verdict && entry.takes(Follows::Of) || guilty) {
            return Some(Placing::After(of + 1));
        }
        // "sees the plan as a waste": what it is seen as is new.
        let mut near = (next + 1..limit).take_while(|&at| self.passage.is_word(at));
        let lead = near.find(|&at| self.passage.is(at, Class::As));
        // "has seen fierce fighting as troops move": a clause of time.
        if let Some(lead) = lead.filter(|lead| entry.takes(Follows::ItAs) && !self.has_finite(lead + 1)) {
            return Some(Placing::Object(lead + 1));
        }
        // "hailed the deal" only names it, "hailed the deal as a triumph" says more.
        let judged = entry.takes(Follows::As) && (lead.is_some() || entry.class(false) != VerbClass::Endorsing);
        // "accused the mayor" says of what; "cleared the streets" is no verdict.
        if entry.takes(Follows::Of) && !verdict || judged {
            return Some(Placing::Object(next));
        }
        self.object(next).map(|(placing, _)| placing)
    }

    /// "ruled out any pollution and invited them to look": an object, though a verb follows.
    fn excluded(&self, next: usize) -> Option<(Placing, usize)> {
        let out = self.entry.takes(Follows::NpOut) && self.passage.is(next - 1, Class::Out);
        self.object(next).filter(|_| out && self.passage.is_word(next))
    }

    fn object(&self, next: usize) -> Option<(Placing, usize)> {
        if self.entry.takes(Follows::Topic) {
            return Some((Placing::Topic(next), next));
        }
        if self.entry.takes(Follows::Ing) && self.passage.is(next, Class::Gerund) {
            return Some((Placing::Action(next), next));
        }
        let counted = next + usize::from(self.passage.is(next, Class::Approximate));
        // "claimed 14 lives": a count is no claim.
        if self.passage.is(counted, Class::Number) && self.entry.class(false) == VerbClass::Distancing {
            return None;
        }
        let out = self.entry.takes(Follows::NpOut) && self.passage.is(next - 1, Class::Out)
            || self.entry.takes(Follows::NpAway) && self.passage.is(next - 1, Class::Away);
        let none = self.entry.takes(Follows::No)
            && (self.passage.is_any(next, &[Class::No, Class::Meagre])
                || self.passage.is(next, Class::Negator) && self.passage.is(next + 1, Class::To));
        (out || none || foresees(self.passage, self.entry, next) || self.entry.takes(Follows::Np))
            .then_some((Placing::Object(next), next))
    }

    /// Whether a clause with "that" can be reported.
    fn says_that(&self) -> bool {
        self.entry.is_saying() && self.entry.takes(Follows::That)
    }

    /// Whether a "that" is the subject of its clause, as relatives are.
    fn is_relative(&self, that: usize) -> bool {
        self.passage.is_any(that + 1, &[Class::Auxiliary, Class::Finite])
    }

    /// Whether a clause without "that" follows: anything after a verb of speech that takes no object, else a finite
    /// verb before the clause ends.
    fn has_clause(&self, next: usize) -> bool {
        let object = self.entry.takes(Follows::Np) || self.entry.takes(Follows::Topic);
        // "could maintain a long war": what one keeps up is nothing that one says.
        let kept = self.entry.class(false) == VerbClass::Distancing && self.passage.is(next, Class::Indefinite);
        // "has added a stop to his tour"
        let things = self.passage.is(next, Class::Single) && !has_main(self.passage, next..self.tokens.end);
        if !object && !kept && !things && self.entry.takes(Follows::Quote) || self.passage.is(next, Class::Subject) {
            return true;
        }
        self.has_finite(next)
    }

    /// Whether a finite verb follows before the clause ends.
    pub(in crate::text) fn has_finite(&self, next: usize) -> bool {
        // "described it as lost as he left"
        let named = |at: &usize| self.passage.is(*at, Class::As);
        let reach = if self.entry.takes(Follows::As) { self.tokens.end } else { next };
        has_finite(self.passage, next..(next + 1..reach).find(named).unwrap_or(self.tokens.end))
    }
}

/// Whether a name or plural opens a clause behind when or where it was said: "over the weekend | Minsk had", "in a statement | Major
/// Nowak had".
fn named_after_time(passage: &Passage, at: usize) -> bool {
    let dates = [Class::Weekday, Class::Month, Class::Temporal, Class::Preposition];
    let named = passage.is_any(at, &[Class::Capital, Class::PluralNoun, Class::Title]) && !passage.is_any(at, &dates);
    named && passage.is_any(at - 1, &[Class::Duration, Class::Venue, Class::Temporal])
}

/// Whether a subject stands at a token behind when or where it was said, which begins at `next`.
fn opens_clause(passage: &Passage, next: usize, at: usize) -> bool {
    let determiner = passage.is(at, Class::Definite) && !passage.is(at, Class::Complementiser);
    let subject = passage.is(at, Class::Subject) || determiner && at > next + 1;
    let leads = [Class::Preposition, Class::Coordinator, Class::Possessive];
    let subject = subject && at > next && passage.is_word(at - 1) && !passage.is_any(at - 1, &leads);
    subject || at > next + 1 && named_after_time(passage, at)
}
