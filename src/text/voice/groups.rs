//! Verb groups: a verb of saying with its auxiliaries, adverbs and negation ("has repeatedly said", "did not say"),
//! and whether the word is a verb at all where the same form is a noun ("claims", "report").

use std::ops::Range;

use crate::model::Mood;
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::homographs::{LONGEST_PHRASE, has_complement, is_only_verb, is_third_person};
use crate::text::voice::rules::VoiceRule;

/// Longest time between an auxiliary and its verb, in tokens: "in recent | months".
const LONGEST_TIME: usize = 3;

/// How the group stands to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text) enum Diathesis {
    /// The subject says.
    Active,
    /// The subject is said, told or quoted.
    Passive,
    /// ", saying": the subject is that of another verb.
    Participle,
    /// "to say"
    Infinitive,
}

/// A verb of saying in its place.
#[derive(Clone, Debug)]
pub(in crate::text) struct VerbGroup<'a> {
    /// First auxiliary or adverb to the verb, or to its particle.
    pub(in crate::text) tokens: Range<usize>,
    /// Its form.
    pub(in crate::text) form: Form,
    /// What is known of it.
    pub(in crate::text) entry: &'a ReportingWord,
    /// Whether it was said.
    pub(in crate::text) mood: Mood,
    /// How it stands to its subject.
    pub(in crate::text) diathesis: Diathesis,
    /// Whether the first token is a pronoun and auxiliary in one: "he's".
    pub(in crate::text) contracted: bool,
}

/// The report that a group makes, its words at `placing`.
pub(in crate::text) fn reported<'a>(
    rule: VoiceRule,
    group: &VerbGroup<'a>,
    source: Option<Range<usize>>,
    placing: Placing,
) -> Candidate<'a> {
    Candidate {
        cue: group.tokens.clone(),
        source,
        entry: Some(group.entry),
        mood: group.mood,
        placing,
        shared: false,
        form: group.form,
        rule,
    }
}

/// The group of the verb of saying at token `verb`, not reaching left of `floor`; `None` where it is a noun or adjective.
pub(in crate::text) fn verb_group<'a>(passage: &Passage<'a>, floor: usize, verb: usize) -> Option<VerbGroup<'a>> {
    let role = passage.role(verb);
    let entry = passage.lexicon.verb(role)?;
    let lead = Lead::read(passage, floor, verb);
    if !is_verb_here(passage, &lead, verb) {
        return None;
    }
    let diathesis = diathesis_of(passage, &lead, verb)?;
    let mut after = verb + 1;
    let away = entry.takes(Follows::NpAway) && passage.is(after, Class::Away);
    if passage.is(after, Class::Particle) && passage.is(after, Class::Out) || away {
        after += 1;
    } else if entry.takes(Follows::Out) && !passage.is(after, Class::To) {
        return None;
    }
    // "As the bank sees it, ...": without the "as" it sees a thing.
    let as_seen = entry.takes(Follows::ItAs) && passage.is(after, Class::Neuter) && passage.is(after + 1, Class::Comma);
    if as_seen {
        after += 1;
    }
    if entry.takes(Follows::It) {
        if !passage.is(after, Class::Neuter) || !passage.is(after, Class::Subject) {
            return None;
        }
        after += 1;
    }
    let mood = lead.mood;
    let tokens = lead.start..after;
    Some(VerbGroup { tokens, form: role.form, entry, mood, diathesis, contracted: lead.contracted })
}

/// What stands before a verb and belongs to it.
#[derive(Default)]
struct Lead {
    start: usize,
    auxiliary: Auxiliary,
    mood: Mood,
    infinitive: bool,
    contracted: bool,
}

/// The auxiliary nearest to the verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Auxiliary {
    #[default]
    None,
    /// A form of "be".
    Being,
    /// Any other.
    Other,
}

impl Lead {
    fn read(passage: &Passage, floor: usize, verb: usize) -> Self {
        let mut lead = Self { start: passage.verb_start(verb), ..Self::default() };
        let limit = floor.max(verb.saturating_sub(10));
        while lead.start > limit {
            let at = lead.start - 1;
            let role = passage.role(at);
            // "has so far refused", "in turn accused", "no longer says", "have, however, claimed"
            if let Some(first) = adverbial_start(passage, at).filter(|_| at > limit) {
                if passage.is(at - 1, Class::Negator) {
                    lead.mood = lead.mood.max(Mood::Negated);
                }
                lead.start = first;
                continue;
            }
            if role.is(Class::Contracted) {
                lead.take_auxiliary(passage, at);
                lead.contracted = true;
                break;
            }
            if role.is(Class::Possessive) || role.is(Class::Auxiliary) && !role.is(Class::Month) {
                let pronoun = at > limit && passage.is(at - 1, Class::Subject);
                let verbal = pronoun || passage.is_any(at + 1, &[Class::Gerund, Class::Negator]);
                if role.is(Class::Possessive) && !verbal {
                    break;
                }
                lead.take_auxiliary(passage, at);
            // "Meg Tully says": no adverb, though it ends as they do.
            } else if role.is(Class::Adverb) && role.is(Class::Capital) && at > limit || passage.is_named_as_adverb(at)
            {
                break;
            } else if is_adverb(passage, at, lead.start) || role.is(Class::Negator) && !passage.is(at, Class::No) {
                if role.is(Class::Subject) || role.is(Class::Temporal) && role.is(Class::Capital) {
                    break;
                }
                if role.is(Class::Negator) {
                    lead.mood = lead.mood.max(Mood::Negated);
                }
            } else if passage.is(at, Class::To) {
                let before = passage.role(at.wrapping_sub(1));
                // "has yet to confirm"
                if at > limit && before.is(Class::Pending) {
                    lead.mood = Mood::Refused;
                    lead.start = at - 1;
                    continue;
                }
                // "went on to say", "declined to say": the verb before tells that, and whether, it was said.
                let on = usize::from(passage.is(at.wrapping_sub(1), Class::Particle));
                if at <= limit + on || !is_catenative(passage, at - 1 - on) {
                    lead.infinitive = true;
                    break;
                }
                if before.is(Class::Refusing) {
                    lead.mood = Mood::Refused;
                }
                lead.take_catenative(at - 1 - on);
                continue;
            } else {
                break;
            }
            lead.start = at;
        }
        lead.take_inversion(passage, limit);
        lead.trim_adverbs(passage, verb);
        lead
    }

    fn take_catenative(&mut self, at: usize) {
        self.start = at;
        if self.auxiliary == Auxiliary::None {
            self.auxiliary = Auxiliary::Other;
        }
    }

    fn take_auxiliary(&mut self, passage: &Passage, at: usize) {
        let role = passage.role(at);
        if self.auxiliary == Auxiliary::None {
            self.auxiliary = if role.is(Class::Being) { Auxiliary::Being } else { Auxiliary::Other };
        }
        if role.is(Class::Negator) {
            self.mood = self.mood.max(Mood::Negated);
        } else if role.is(Class::Hypothetical) {
            self.mood = self.mood.max(Mood::Hypothetical);
        }
        self.start = at;
    }

    /// "nor would it say": the auxiliary and the negation stand before the subject.
    fn take_inversion(&mut self, passage: &Passage, floor: usize) {
        let Some(auxiliary) = self.start.checked_sub(2).filter(|at| *at > floor) else { return };
        let inverted = passage.is(auxiliary + 1, Class::Subject)
            && passage.is(auxiliary, Class::Auxiliary)
            && passage.is_any(auxiliary - 1, &[Class::Negator]);
        if inverted && self.auxiliary == Auxiliary::None {
            self.mood = self.mood.max(Mood::Negated);
        }
    }

    /// An adverb that opens the sentence ("Similarly, ...", "Earlier Mr Macron said") is no part of the group.
    fn trim_adverbs(&mut self, passage: &Passage, verb: usize) {
        while self.start < verb && passage.is(self.start, Class::Paragraph) {
            self.start += 1;
        }
    }
}

/// Whether a verb stands at a token that goes before "to say": "declined", but not the noun of "the plan to say".
fn is_catenative(passage: &Passage, at: usize) -> bool {
    let noun = passage.role(at).is_noun() && passage.is_any(at.wrapping_sub(1), &[Class::Article, Class::Possessive]);
    passage.is(at, Class::Catenative) && !noun
}

/// Where the words begin that end at a token and stand as an adverb between an auxiliary and its verb: "so far", "last week", and before
/// the second of two adverbs "both privately and (publicly)".
fn adverbial_start(passage: &Passage, at: usize) -> Option<usize> {
    let first = at.checked_sub(1)?;
    if passage.ends_adverbial(at) || is_timed(passage, at) {
        return Some(first);
    }
    if let Some(lead) = past_start(passage, at).or_else(|| aside_start(passage, at)) {
        return Some(lead);
    }
    let joins = passage.is(at, Class::Joining) && passage.is(at + 1, Class::Adverb) && passage.is(first, Class::Adverb);
    let both = |at: &usize| passage.is(*at, Class::Floating) && passage.is(*at, Class::Quantifier);
    joins.then(|| first.checked_sub(1).filter(both).unwrap_or(first))
}

/// The comma before an adverb between commas that parts a verb from its auxiliary, the second of which is at a token: "have, however,
/// claimed".
fn aside_start(passage: &Passage, at: usize) -> Option<usize> {
    let auxiliary = at.checked_sub(3)?;
    let inserted =
        passage.is(at, Class::Comma) && passage.is(at - 1, Class::Adverb) && passage.is(at - 2, Class::Comma);
    (inserted && passage.is(auxiliary, Class::Auxiliary)).then_some(at - 2)
}

/// Whether a time ends at a token that parts a verb from its auxiliary: "had last week boasted".
fn is_timed(passage: &Passage, at: usize) -> bool {
    passage.ends_time(at) && passage.is(at.wrapping_sub(2), Class::Auxiliary)
}

/// Where a time begins that parts a verb from its auxiliary with a preposition: "has in the past warned".
fn past_start(passage: &Passage, at: usize) -> Option<usize> {
    let time = passage.is_any(at, &[Class::Bygone, Class::Duration]);
    let mut near = (at.saturating_sub(LONGEST_TIME)..at).rev();
    let lead = near.find(|&lead| passage.is(lead, Class::Preposition)).filter(|_| time)?;
    passage.is(lead.checked_sub(1)?, Class::Auxiliary).then_some(lead)
}

fn diathesis_of(passage: &Passage, lead: &Lead, verb: usize) -> Option<Diathesis> {
    let form = passage.role(verb).form;
    if lead.infinitive {
        return Some(Diathesis::Infinitive);
    }
    Some(match form {
        // "is sure that" reports, "a sure sign that" does not.
        Form::Adjective if lead.auxiliary != Auxiliary::Being => return None,
        Form::Gerund if lead.auxiliary == Auxiliary::Being => Diathesis::Active,
        Form::Gerund => Diathesis::Participle,
        // "spoken", "written" without an auxiliary describe a noun.
        Form::Participle if lead.auxiliary == Auxiliary::None => return None,
        Form::Past | Form::Participle if is_felt(passage, verb) => Diathesis::Active,
        Form::Past | Form::Participle if lead.auxiliary == Auxiliary::Being => Diathesis::Passive,
        _ => Diathesis::Active,
    })
}

/// "are worried that": in the passive, the subject is who thinks so.
fn is_felt(passage: &Passage, verb: usize) -> bool {
    passage.lexicon.verb(passage.role(verb)).is_some_and(|entry| entry.takes(Follows::Felt))
}

/// Whether an adverb stands before a verb or its auxiliary, also one that is a conjunction elsewhere: "has since denied it".
fn is_adverb(passage: &Passage, at: usize, verb: usize) -> bool {
    let joins = at + 1 == verb && passage.is(at, Class::Dating) && passage.is(at, Class::Preposition);
    let between = joins && passage.is(at.wrapping_sub(1), Class::Auxiliary);
    passage.is(at, Class::Adverb) || between && passage.is_any(verb, &[Class::Past, Class::Participle])
}

/// Whether the form at `verb` is a verb in this place.
fn is_verb_here(passage: &Passage, lead: &Lead, verb: usize) -> bool {
    let role = passage.role(verb);
    if lead.auxiliary != Auxiliary::None || lead.infinitive {
        return role.form != Form::Third && !(role.form == Form::Base && lead.auxiliary == Auxiliary::Being);
    }
    // "the State Department", "Claims that ...": a noun, except in a headline.
    if role.is_homograph() && role.is(Class::Capital) && !passage.is_headline(verb) {
        return false;
    }
    let Some(last) = lead.start.checked_sub(1) else { return matches!(role.form, Form::Gerund | Form::Past) };
    let before = passage.role(last);
    if follows_quotation(passage, last, verb) || role.form == Form::Past && one_tells(passage, last, verb) {
        return true;
    }
    let that = passage.is(last, Class::That);
    // "said that talk of cuts was false"
    if that && role.is_homograph() && role.form == Form::Base && passage.is(verb + 1, Class::Of) {
        return false;
    }
    if before.is(Class::Subject) || before.is(Class::Relative) || that && role.form != Form::Past {
        return true;
    }
    // "all agreed that", "another said the", "some believe"; but "some reported cases"
    let opens = [Class::Complementiser, Class::Subject, Class::Definite, Class::Single, Class::DoubleQuote];
    let past = role.form == Form::Past && passage.is_any(verb + 1, &opens) && !before.is(Class::Negator);
    if past && before.is(Class::Indefinite) && !before.is(Class::Single) {
        return true;
    }
    if before.is(Class::Quantifier) {
        return past || role.form == Form::Base && (!role.is_homograph() || has_complement(passage, verb));
    }
    if before.is(Class::Indefinite) || before.is(Class::Definite) && !before.is(Class::Possessive) {
        return false;
    }
    if joins_verbs(passage, last, verb) {
        return true;
    }
    match role.form {
        Form::Past => {
            // "red-|faced", but not "Lis - the mayor - | said"
            let hyphened = |at: usize| passage.is(at, Class::Hyphen) && !passage.is(at, Class::Dash);
            // "Nowak's said in a statement"
            let opens = [Class::That, Class::In, Class::On, Class::Subject];
            let named = last > 0 && passage.is(last - 1, Class::Capital);
            let named = named && (last == 1 || !passage.is(last - 2, Class::Definite));
            let brand = named && passage.is_any(verb + 1, &opens);
            (!before.is(Class::Possessive) || brand) && !hyphened(verb + 1) && !hyphened(last)
        }
        Form::Gerund => !before.is(Class::Possessive) && (!role.is_homograph() || passage.is(last, Class::Comma)),
        Form::Third => !role.is_homograph() || is_third_person(passage, last, verb),
        // "a military blog which counts tanks", "would help press Minsk"
        Form::Base if passage.is(verb + 1, Class::Relativiser) || before.is(Class::Causing) => false,
        Form::Base if !role.is_homograph() && !role.is(Class::Capital) => {
            !passage.is_any(last, &[Class::Preposition, Class::Coordinator])
                && (!before.is(Class::Mark) || follows_insertion(passage, last))
        }
        Form::Base => is_plain_form(passage, last, verb),
        Form::Participle | Form::Nouns | Form::Adjective => true,
    }
}

/// Whether a form that may be a singular noun is the verb of several: "residents of Sund | report".
fn is_plain_form(passage: &Passage, last: usize, verb: usize) -> bool {
    let (role, before) = (passage.role(verb), passage.role(last));
    let opening = passage.sentence_of(last).map_or(last, |sentence| sentence.tokens.start);
    let joined = (opening.max(last.saturating_sub(6))..last).any(|at| passage.is(at, Class::Coordinator));
    let several = passage.is_any(last, &[Class::PluralNoun, Class::Person, Class::Several]);
    if before.is(Class::Capital) && role.is_homograph() && follows_plural(passage, last) {
        let object = passage.is_word(verb + 1)
            && !passage.is_finite(verb + 1)
            && !passage.is_any(verb + 1, &[Class::Preposition, Class::Coordinator]);
        return object || has_complement(passage, verb) || passage.is(verb + 1, Class::Stop);
    }
    (several || before.is(Class::Capital) && joined)
        && !before.is(Class::Possessive)
        && (!role.is_homograph() || has_complement(passage, verb) || is_only_verb(passage, verb))
}

/// "One told the Echo that": somebody of those in the sentence before.
fn one_tells(passage: &Passage, one: usize, verb: usize) -> bool {
    let opens = passage.sentence_of(one).is_some_and(|sentence| sentence.tokens.start == one);
    let hearers = [Class::Capital, Class::PluralNoun, Class::Object, Class::Definite, Class::That];
    passage.is(one, Class::One) && opens && passage.is_any(verb + 1, &hearers)
}

/// Whether a comma closes an insertion after a plural that opens the sentence: "Strikers, without whom no bread is baked, | say".
fn follows_insertion(passage: &Passage, comma: usize) -> bool {
    let Some(sentence) = passage.sentence_of(comma).filter(|_| passage.is(comma, Class::Comma)) else { return false };
    let start = sentence.tokens.start;
    let open = (start + 1..comma.min(start + LONGEST_PHRASE)).find(|&at| passage.is(at, Class::Comma));
    let several = |open: usize| passage.is_any(open - 1, &[Class::PluralNoun, Class::Several]);
    open.is_some_and(|open| several(open) && !(start..open).any(|at| passage.is_finite(at)))
}

/// Whether a present after quoted words or a comma tells who says them: "“The harvest is saved!” reply growers", "No shortage, say
/// makers", "Cuts loom, claims union", "“She is full,” counters skipper Angus Ross".
fn follows_quotation(passage: &Passage, last: usize, verb: usize) -> bool {
    let (role, before) = (passage.role(verb), passage.role(last));
    let quotes = passage.lexicon.verb(role).is_some_and(|entry| entry.takes(Follows::Quote));
    if !quotes || !matches!(role.form, Form::Base | Form::Third) {
        return false;
    }
    let closes =
        passage.is_quote_mark(last) && before.is(Class::SpaceAfter) && last > 0 && passage.is(last - 1, Class::Mark);
    let parted = before.is(Class::Comma) || closes || before.is(Class::Dash);
    let named = passage.is_any(verb + 1, &[Class::Human, Class::Title, Class::Capital]);
    let base = role.form == Form::Base && passage.is_word(verb + 1) && !role.is(Class::Capital);
    parted && passage.signs_headline(verb + 1) || closes && (named || base)
}

/// Whether a phrase that ends with a name has a plural at its head: "residents of Sund", "emails seen by the Echo".
fn follows_plural(passage: &Passage, last: usize) -> bool {
    let floor = last.saturating_sub(LONGEST_PHRASE);
    let phrase = (floor..last).rev().take_while(|&at| !passage.is_any(at, &[Class::Comma, Class::Auxiliary]));
    let mut linked = phrase.filter(|&at| passage.is_any(at, &[Class::Of, Class::By, Class::From, Class::In]));
    linked.any(|link| {
        let last = passage.role(link.saturating_sub(1));
        let participle = last.is(Class::Past) || last.is_verb() && last.form == Form::Participle;
        let head = link.saturating_sub(1 + usize::from(participle));
        let opens = head == 0
            || passage.is_any(head - 1, &[Class::Comma, Class::Definite, Class::Indefinite, Class::Number])
            || passage.sentence_of(head).is_some_and(|it| it.tokens.start == head || it.tokens.start + 1 == head);
        passage.is(head, Class::PluralNoun) && opens
    })
}

/// Whether "and" or "or" at `last` joins this verb of saying to one just before: "confirm or deny".
fn joins_verbs(passage: &Passage, last: usize, verb: usize) -> bool {
    let Some(first) = last.checked_sub(1).filter(|_| passage.is(last, Class::Joining)) else { return false };
    let (role, other) = (passage.role(verb), passage.role(first));
    let led = first > 0 && passage.is_any(first - 1, &[Class::Auxiliary, Class::To]);
    other.is_verb() && other.form == role.form && (led || role.form != Form::Base)
}
