//! Reports by verbs of saying: "X said", "said X", "was quoted as saying", ", saying that".
//!
//! Not here: what a verb group is (`groups`), where the words stand (`placing`), nouns of saying (`nouns`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::acts::{is_act, strikes};
use crate::text::voice::candidate::{Candidate, Placing, SearchedSentence};
use crate::text::voice::groups::{Diathesis, VerbGroup, reported, verb_group};
use crate::text::voice::idioms::quoted_as;
use crate::text::voice::judgments::judgment_after;
use crate::text::voice::passives::{charged, passive};
use crate::text::voice::phrase_ends::phrase_end;
use crate::text::voice::placing::placed;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::sources::phrase_before;
use crate::text::voice::subjects::{date_before, subject_before};
use crate::text::voice::suppositions::is_if;

/// How far before "said X" the verb of what was said is looked for, in tokens.
const LONGEST_CLAUSE: usize = 100;

/// How far before "to say" the verb stands that tells by what means it was said, in tokens.
const LONGEST_MEANS: usize = 10;

/// How many reports before one can share their source with it.
const NEAREST: usize = 16;

/// How far before a subject the verb of its clause is looked for, in tokens.
const LONGEST_SUBJECT: usize = 30;

/// The report that the verb of saying at token `at` makes.
pub(in crate::text) fn verb_report<'a>(sentence: &SearchedSentence<'a, '_>, at: usize) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    // "Assuming there is a strike, ..." supposes it.
    let supposes = passage.is(at, Class::Supposing) && passage.is(at, Class::Gerund) && is_if(passage, at);
    if supposes || opens_saying(passage, at) {
        return None;
    }
    let group = verb_group(passage, tokens.start, at)?;
    if strikes(passage, tokens, &group) {
        return None;
    }
    // "backed away from a merger" backs nothing.
    let away = passage.is(group.tokens.end, Class::Away) && !passage.is(group.tokens.end - 1, Class::Away);
    if away && group.entry.takes(Follows::Topic) && !passage.is(group.tokens.end, Class::Preposition) {
        return None;
    }
    // ", thought to be spreading fast,"
    let reduced = group.form == Form::Past && passage.is(group.tokens.end, Class::To) && group.tokens.len() == 1;
    if reduced && group.entry.takes(Follows::That) && passage.is(group.tokens.end + 1, Class::Being) {
        let from = group.tokens.end;
        let comma = (from..tokens.end).find(|&at| passage.is(at, Class::Comma));
        let placing = comma.map_or(Placing::After(from), |comma| Placing::Exactly(from..comma));
        return Some(reported(VoiceRule::Unnamed, &group, None, placing));
    }
    if let Some(found) = answered(sentence, &group) {
        return Some(found);
    }
    // "an inspector accused of taking bribes": nobody is named; "accused of it by a rival"
    if group.form == Form::Past
        && group.tokens.len() == 1
        && group.entry.takes(Follows::Of)
        && !group.entry.is_saying()
        && passage.is(group.tokens.end, Class::Of)
    {
        return charged(passage, tokens, &group);
    }
    match group.diathesis {
        Diathesis::Active => inverted(passage, tokens, &group).or_else(|| active(sentence, &group)),
        Diathesis::Passive => passive(sentence, &group),
        Diathesis::Participle => participle(sentence, &group),
        Diathesis::Infinitive => purpose(sentence, &group),
    }
}

/// "declined to say": the verb of saying is the next one.
fn opens_saying(passage: &Passage, at: usize) -> bool {
    let next = passage.role(at + 2);
    let says = passage.lexicon.verb(next).is_some_and(ReportingWord::is_saying);
    // "continues “to see signs of a raid”" says nothing.
    let quoted = passage.is_quote_mark(at + 1) && passage.is(at + 2, Class::To);
    passage.is(at, Class::Catenative) && (passage.is(at + 1, Class::To) && says || quoted)
}

/// `"...," said X`
fn inverted<'a>(passage: &Passage<'a>, tokens: &Range<usize>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    // "“...,” warn growers": a plural after quoted words
    let plural = group.form == Form::Base
        && group.tokens.start > 0
        && (passage.is_quote_mark(group.tokens.start - 1) || passage.signs_headline(group.tokens.end));
    // "The West has, so far, ruled out a raid": what follows is its object.
    let out = passage.is(group.tokens.end - 1, Class::Out) && group.entry.takes(Follows::NpOut);
    let finite = (matches!(group.form, Form::Past | Form::Third) || plural) && group.tokens.len() <= 2 && !out;
    // "said “a deal” would help the town"
    let modal = passage.is(group.tokens.start, Class::Auxiliary);
    if !finite || modal || !group.entry.is_saying() {
        return None;
    }
    if group.tokens.start <= tokens.start {
        return opening_inversion(passage, tokens, group);
    }
    let last = group.tokens.start - 1;
    let next = group.tokens.end;
    let quoted = passage.is_quote_mark(last);
    let opening = passage.is(last, Class::SpaceBefore) && !passage.is(last, Class::SpaceAfter);
    if quoted && opening {
        return None;
    }
    if !quoted && !passage.is_any(last, &[Class::Comma, Class::Dash]) && !passage.is(last, Class::As) {
        return None;
    }
    let opens = [Class::Capital, Class::Definite, Class::Indefinite, Class::Title, Class::Person, Class::PluralNoun];
    // "said financier Jan Nowak"
    // and "said finance chief Ewa Lis"
    let described = (next..next + 3).any(|at| passage.is_any(at, &[Class::Human, Class::Title]));
    // "fumed father-of-two Jan Nowak"
    let mut noun = next;
    while passage.is(noun + 1, Class::Hyphen) && passage.is_word(noun + 2) {
        noun += 2;
    }
    let titled = (quoted || described)
        && passage.is_word(next)
        && (noun + 1..noun + 4).any(|at| passage.is(at, Class::Capital))
        && !passage.is_any(next, &[Class::Preposition, Class::Adverb, Class::Object, Class::Complementiser]);
    let present = matches!(group.form, Form::Third | Form::Base);
    let headed = present && passage.signs_headline(next);
    // "replied @ewalis"
    let handle = quoted && passage.folded(next).starts_with('@');
    let opens_name =
        headed || handle || passage.is_any(next, &opens) || passage.is(next, Class::Number) && quoted || titled;
    if !opens_name
        || passage.is(next, Class::Negator)
        || passage.is(next, Class::That)
        || passage.is(next, Class::Weekday)
    {
        return None;
    }
    let end = phrase_end(passage, next, tokens.end);
    if !quoted && !closes_sentence(passage, tokens, group, next..end) {
        return None;
    }
    // "said one official involved in it", "said a letter published on Thursday"
    let adjuncts = [Class::Preposition, Class::Weekday, Class::Temporal];
    let relative = passage.is(end.saturating_sub(1), Class::Subject);
    let described = quoted && passage.is(end, Class::Past) && !relative && passage.is_any(end + 1, &adjuncts);
    if end < tokens.end && passage.is_finite(end) && !passage.is(end, Class::Capital) && !described {
        return None;
    }
    // "said one official regularly | briefed on it"
    let end = end - usize::from(described && end > next + 1 && passage.is(end - 1, Class::Adverb));
    let placing = Placing::Around(last + usize::from(quoted), end);
    Some(reported(VoiceRule::Inverted, group, Some(next..end), placing))
}

/// `Said X: "..."`
fn opening_inversion<'a>(passage: &Passage<'a>, tokens: &Range<usize>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let next = group.tokens.end;
    let end = phrase_end(passage, next, tokens.end);
    let named = group.form == Form::Past && passage.is(next, Class::Capital) && end > next;
    let quoted = passage.is_any(end, &[Class::Colon, Class::Comma]) && passage.is_quote_mark(end + 1);
    (named && quoted).then(|| reported(VoiceRule::OpeningInverted, group, Some(next..end), Placing::After(end + 1)))
}

/// Whether "..., said X" without quotation marks has its verb after a clause and its source at the end.
fn closes_sentence(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, source: Range<usize>) -> bool {
    // "Slump inevitable, warns bank chief"
    let headline = passage.is_headline(group.tokens.start) && group.form == Form::Third
        || matches!(group.form, Form::Third | Form::Base) && passage.signs_headline(source.start);
    // "Is the bridge safe, asks reader Dave."
    let first = tokens.start + usize::from(passage.is_quote_mark(tokens.start));
    let asked = group.entry.class(false) == VerbClass::Asking
        && passage.is_any(first, &[Class::Auxiliary, Class::Presuming, Class::What, Class::Conditional]);
    let speaks = headline || asked || group.entry.takes(Follows::Bare) && !group.entry.takes(Follows::Hearer);
    // "The plan, released on Monday, shows the town."
    let speaks_himself = (source.clone()).any(|at| passage.is_any(at, &[Class::Human, Class::Body]));
    let named = passage.is_any(source.start, &[Class::Capital, Class::Title]);
    let shows = group.entry.takes(Follows::Np) && !named && !(headline && speaks_himself);
    let at_end = source.end >= tokens.end
        || passage
            .is_any(source.end, &[Class::Comma, Class::Stop, Class::Weekday, Class::Adjunct, Class::QuestionMark]);
    let floor = tokens.start.max(group.tokens.start.saturating_sub(LONGEST_CLAUSE));
    let after_clause = (floor..group.tokens.start).any(|token| passage.is_finite(token));
    // "Ewa Lis, the mayor, noted the rule in an interview."
    let somebody = [Class::Capital, Class::Human, Class::Person, Class::Body, Class::Several];
    let short = source.len() <= 4 && source.clone().any(|at| passage.is_any(at, &somebody));
    speaks && !shows && at_end && (after_clause || headline || short)
}

/// `X said ...` and `..., X said`
fn active<'a>(sentence: &SearchedSentence<'a, '_>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    let first = group.tokens.start;
    if let Some(found) = quoted_as(passage, tokens, group) {
        return Some(found);
    }
    // "I'm sure that it rained": right in 1 of 19 hand-coded places, as the words around are somebody's already.
    if group.contracted {
        return None;
    }
    // "demanded that the pact rule out a raid": the pact has said nothing yet.
    let last = sentence.earlier.last().filter(|_| group.form == Form::Base && group.tokens.len() <= 2);
    if last.is_some_and(|last| demands_that(passage, last)) {
        return None;
    }
    // "Coach cleared of doping" is short for "was cleared".
    let cleared = group.form == Form::Past && group.tokens.len() == 1 && passage.is(group.tokens.end, Class::Of);
    if cleared && group.entry.takes(Follows::Of) && group.entry.class(false) == VerbClass::Denying {
        return None;
    }
    let joins = |last: usize| passage.is(last, Class::Coordinator) || passage.is(last, Class::Then);
    // "was not there, but on Monday said that"
    let dated = date_before(passage, tokens.start, first).filter(|&date| passage.is(date, Class::On)).unwrap_or(first);
    if dated > tokens.start && (joins(first - 1) || joins(dated - 1)) {
        let mut found = reported(VoiceRule::Shared, group, shared_source(sentence, first, group.form), Placing::None);
        found.shared = true;
        // "would not confirm or deny": both are negated.
        let near = sentence.earlier.last().filter(|other| other.cue.end + 1 == first);
        found.mood = near.map_or(found.mood, |other| found.mood.max(other.mood));
        return placed(sentence, group, found);
    }
    let Some(subject) = subject_before(passage, tokens.start, first) else {
        return unlinked(sentence, group);
    };
    if names_noun(passage, tokens, group, &subject)
        || describes_object(passage, tokens, group, &subject)
        || is_act(passage, tokens, group, &subject)
    {
        return None;
    }
    // "urged a truce - a demand rejected by Minsk", "to take the chances offered by the town"
    let bare = group.form == Form::Past && group.tokens.len() == 1 && passage.is(group.tokens.end, Class::By);
    let agents = [Class::Capital, Class::Definite, Class::Indefinite, Class::PluralNoun, Class::Human];
    if bare && passage.is_any(group.tokens.end + 1, &agents) && !passage.is(subject.start, Class::Subject) {
        return None;
    }
    // "One thing is clear: the bank will fall."
    let speakers = [Class::Human, Class::Body, Class::Several, Class::Subject, Class::Capital];
    let plain = passage.is(group.tokens.end, Class::Colon) && !passage.is_any(subject.end - 1, &speakers);
    if group.form == Form::Adjective && (plain || passage.is(subject.start, Class::Dummy)) {
        return None;
    }
    // "It has not been decided whether": nobody is named.
    let decided = group.entry.takes(Follows::Felt) && group.entry.class(false) == VerbClass::Promising;
    let passive = group.tokens.clone().any(|at| passage.is(at, Class::Being));
    if decided && passive && passage.is(subject.start, Class::Dummy) && subject.len() == 1 {
        return None;
    }
    // "The next weeks will show ...": time is no speaker.
    let described = subject.len() > 2 && passage.ends_time(subject.end - 1);
    if passage.is(subject.end - 1, Class::Duration) && !described {
        return None;
    }
    if passage.is(subject.start, Class::Object) && !passage.is(subject.start, Class::Subject) && subject.len() == 1 {
        return None;
    }
    placed(sentence, group, reported(VoiceRule::Subject, group, Some(subject), Placing::None))
}

/// Whether a report demands with a clause, the verb of which tells what is wanted: "demanded that the pact leave".
fn demands_that(passage: &Passage, report: &Candidate) -> bool {
    // "wants guarantees that the pact deny it a seat"
    let promised = report.rule == VoiceRule::Noun;
    let demand = report.entry.is_some_and(|entry| {
        entry.class(false) == VerbClass::Demanding || promised && entry.class(false) == VerbClass::Promising
    });
    demand && matches!(report.placing, Placing::After(that) if passage.is(that, Class::That))
}

/// "Minsk denies a raid, calls the warnings hysteria": a further verb in the same form, without a conjunction.
fn unlinked<'a>(sentence: &SearchedSentence<'a, '_>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, earlier, .. } = *sentence;
    let first = group.tokens.start;
    let quoted = usize::from(first > tokens.start + 1 && passage.is_quote_mark(first - 1));
    let after_comma = first > tokens.start && passage.is(first - 1 - quoted, Class::Comma);
    if !after_comma || group.form != Form::Third {
        return None;
    }
    let mut near = earlier.iter().rev().take(NEAREST);
    let last = near.find(|candidate| candidate.form == group.form && candidate.source.is_some())?;
    let mut found = reported(VoiceRule::Unlinked, group, last.source.clone(), Placing::None);
    found.shared = true;
    placed(sentence, group, found)
}

/// "over the incident labeled “Gasgate”": a participle that names the noun before it, in a clause that has its verb.
fn names_noun(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, subject: &Range<usize>) -> bool {
    if passage.is(subject.start, Class::Subject) || subject.start > 0 && passage.is(subject.start - 1, Class::What) {
        return false;
    }
    let naming = group.entry.takes(Follows::Np) && !group.entry.takes(Follows::That) && group.tokens.len() == 1;
    let title = passage.is_quote_mark(group.tokens.end) || passage.is(group.tokens.end, Class::Capital);
    let floor = tokens.start.max(subject.start.saturating_sub(LONGEST_SUBJECT));
    let breaks = [Class::Comma, Class::Subordinator, Class::Relative, Class::Complementiser, Class::DoubleQuote];
    let mut clause = (floor..subject.start).rev().take_while(|&at| !passage.is_any(at, &breaks));
    let inside = passage.is_quote_mark(group.tokens.end)
        && subject.clone().any(|at| passage.is(at, Class::Preposition))
        && !subject.clone().any(|at| passage.is_any(at, &[Class::Comma, Class::Relative]));
    naming && title && group.form == Form::Past && (inside || clause.any(|at| passage.is_finite(at)))
}

/// "said in a statement published on its website": a participle after the object of a preposition.
fn describes_object(passage: &Passage, tokens: &Range<usize>, group: &VerbGroup, subject: &Range<usize>) -> bool {
    let Some(lead) = subject.start.checked_sub(1).filter(|lead| *lead > tokens.start) else { return false };
    let object = passage.is(lead, Class::Preposition) && !passage.is_any(lead, &[Class::Subordinator, Class::To]);
    let bare = group.form == Form::Past && group.tokens.len() == 1 && !passage.is(subject.end - 1, Class::Capital);
    object && bare && passage.is(group.tokens.end, Class::Preposition)
}

/// The source of the last verb before, or the subject of the sentence.
pub(in crate::text) fn shared_source(
    sentence: &SearchedSentence<'_, '_>,
    before: usize,
    form: Form,
) -> Option<Range<usize>> {
    let SearchedSentence { passage, tokens, earlier, .. } = *sentence;
    // "He was not helped by a report and said ...": it is he who says it.
    let earlier = earlier.iter().rev().take(NEAREST).filter(|candidate| candidate.rule != VoiceRule::Agent);
    let mut verbs = earlier.filter(|candidate| candidate.entry.is_some_and(|entry| !entry.is_noun));
    let is_level = |candidate: &&Candidate| match form {
        Form::Gerund => candidate.entry.is_some_and(|entry| entry.takes(Follows::That)),
        _ => candidate.form == form,
    };
    let last = verbs.clone().find(is_level).or_else(|| verbs.next());
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
fn participle<'a>(sentence: &SearchedSentence<'a, '_>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    let speaks = group.entry.is_saying() || group.entry.takes(Follows::Np) || group.entry.takes(Follows::For);
    if group.tokens.start == tokens.start {
        return opening_participle(sentence, group);
    }
    let last = group.tokens.start - 1;
    let idle = passage.is(group.tokens.start, Class::Lacking) && passage.is(last, Class::Going);
    if !speaks || idle || passage.is(group.tokens.end - 1, Class::Preposition) {
        return None;
    }
    // "had spent a week insisting", "after weeks denying it"
    let spent = group.entry.takes(Follows::That) && passage.is(last, Class::Duration);
    let linked = spent
        || passage.is_any(last, &[Class::Comma, Class::Dash, Class::Venue, Class::Weekday])
        || passage.is_quote_mark(last);
    // "apologised for saying", "was fired for saying"; but "criticised Nyberg for saying" is about Nyberg.
    let blamed = passage.is(last, Class::For) && last > tokens.start;
    let person = [Class::Capital, Class::Human, Class::Title, Class::Object];
    let means = passage.is(last, Class::Means) || blamed;
    let source = if blamed && passage.is_any(last - 1, &person) {
        phrase_before(passage, last.saturating_sub(6).max(tokens.start), last)
    } else if linked || means {
        shared_source(sentence, group.tokens.start, group.form)
    } else if passage.is_any(last, &[Class::Capital, Class::PluralNoun, Class::Person, Class::Object, Class::Title])
        || passage.is(last, Class::One)
    {
        let near = subject_before(passage, last.saturating_sub(3).max(tokens.start), group.tokens.start);
        // "reacts to Lis saying"
        near.map(|it| it.clone().find(|&at| passage.is(at, Class::To)).map_or(it.start, |to| to + 1)..it.end)
    } else {
        return None;
    };
    // "with the rival lambasting the plan"
    let with = source.as_ref().and_then(|it| it.start.checked_sub(1)).is_some_and(|lead| passage.is(lead, Class::With));
    let with = with && !linked && !means;
    let mut found = reported(VoiceRule::Participle, group, source, Placing::None);
    found.shared = linked || means;
    let by = passage.is(last, Class::By) || with && group.entry.class(false) != VerbClass::Promising;
    let spoken = |found: &Candidate| match found.placing {
        Placing::After(..) => true,
        Placing::Object(from) if from == found.cue.end && passage.is(from - 1, Class::Preposition) => linked || by,
        Placing::Object(..) | Placing::Action(..) => {
            let neutral = matches!(group.entry.class(false), VerbClass::Neutral | VerbClass::Endorsing);
            // "left, calling it “a sad day”"
            let quoted = (group.tokens.end..group.tokens.end + 3).any(|at| passage.is_quote_mark(at));
            // "left, terming the charge baseless"
            let judged = || judgment_after(passage, group.tokens.end, tokens.end).is_some();
            // "left, citing a slump": the reason is theirs.
            let reason = passage.is(group.tokens.end - 1, Class::Reasoning);
            by || linked && (!neutral || quoted || reason || judged())
        }
        Placing::Topic(..) => by,
        _ => false,
    };
    placed(sentence, group, found).filter(spoken)
}

/// "wrote to the crew to say that", "used an interview to deny it", "took to the stage to claim": the subject of the main verb, which
/// tells how it was said, speaks.
fn purpose<'a>(sentence: &SearchedSentence<'a, '_>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    let speaks = group.entry.takes(Follows::That) && group.entry.takes(Follows::Quote);
    let to = group.tokens.start.checked_sub(1).filter(|to| *to > tokens.start && speaks)?;
    let floor = tokens.start.max(to.saturating_sub(LONGEST_MEANS));
    let mut near = (floor..to).rev().take_while(|&at| !passage.is_any(at, &[Class::Mark, Class::Complementiser]));
    let verb = near.find(|&at| passage.is(at, Class::Past) || passage.is(at, Class::Finite))?;
    let first = passage.verb_start(verb);
    let venue = (verb + 1..to).any(|at| passage.is(at, Class::Venue));
    let entry = passage.lexicon.verb(passage.role(verb)).filter(|_| passage.is(verb + 1, Class::To));
    let writes = entry.is_some_and(|it| it.takes(Follows::Quote) && it.takes(Follows::Bare));
    let stage = passage.is(verb, Class::Light) && passage.is(verb + 1, Class::To);
    let plain = !(first..verb).any(|at| passage.is_any(at, &[Class::Negator, Class::Being]));
    let source = subject_before(passage, tokens.start, first).filter(|_| plain && (venue || writes || stage))?;
    let mut found = reported(VoiceRule::Shared, group, Some(source), Placing::None);
    found.shared = true;
    let said = |found: &Candidate| !matches!(found.placing, Placing::Before(_) | Placing::Around(..));
    placed(sentence, group, found).filter(said)
}

/// "Claiming that it rained, X left": the source is the subject after the comma.
fn opening_participle<'a>(sentence: &SearchedSentence<'a, '_>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    let limit = tokens.end.min(group.tokens.end + LONGEST_CLAUSE);
    let (comma, source) = subject_after_comma(passage, group.tokens.end, limit)?;
    let comma = comma + usize::from(passage.is_quote_mark(comma));
    let inside = tokens.start..comma;
    let found = placed(
        &SearchedSentence { tokens: &inside, ..*sentence },
        group,
        reported(VoiceRule::OpeningParticiple, group, Some(source), Placing::None),
    )?;
    let denies = group.entry.class(false) == VerbClass::Denying;
    let from = match found.placing {
        Placing::After(from) => from,
        // "Denying the charge of fixing, the skipper said ..."
        Placing::Object(from) if denies => from,
        _ => return None,
    };
    Some(Candidate { placing: Placing::Exactly(from..comma), shared: false, ..found })
}

/// The first comma with a subject and its verb after it, and that subject.
fn subject_after_comma(passage: &Passage, from: usize, limit: usize) -> Option<(usize, Range<usize>)> {
    let mut commas = (from..limit).filter(|&token| passage.is(token, Class::Comma));
    commas.find_map(|comma| {
        // "Stressing that it was “safe,” Lis said"
        let comma = comma + usize::from(passage.is_quote_mark(comma + 1) && !passage.is(comma + 1, Class::SpaceBefore));
        let end = phrase_end(passage, comma + 1, limit);
        let opens = [Class::Subject, Class::Definite, Class::Capital, Class::Title, Class::Human, Class::PluralNoun];
        let end = if passage.is(comma + 1, Class::Subject) { comma + 2 } else { end };
        // "Ewa Lis, the mayor, said"
        let verb = end + usize::from(passage.is(end, Class::Comma));
        // "the court on Tuesday upheld it"
        let dates = [Class::On, Class::Weekday, Class::Temporal];
        let verb = (verb..verb + 3).find(|&at| !passage.is_any(at, &dates)).unwrap_or(verb);
        (passage.is_any(comma + 1, &opens) && passage.is_finite(verb)).then_some((comma, comma + 1..end))
    })
}

/// "Asked if it would rain, X said": what is asked is put to X, and X's answer says how it is with it.
fn answered<'a>(sentence: &SearchedSentence<'a, '_>, group: &VerbGroup<'a>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, tokens, .. } = *sentence;
    let at = group.tokens.start;
    let opens = at == tokens.start || at == tokens.start + 1 && passage.is(tokens.start, Class::Subordinator);
    let next = group.tokens.end;
    // "Asked on Friday whether"
    let dates = [Class::Weekday, Class::On, Class::Temporal];
    let next = (next..next + 3).find(|&at| !passage.is_any(at, &dates)).unwrap_or(next);
    // "Asked about the raid": what is only named is the writer's.
    let asks = passage.is(next, Class::Questioner);
    if group.form != Form::Past || group.entry.class(false) != VerbClass::Asking || !opens || !asks {
        return None;
    }
    let (comma, source) = subject_after_comma(passage, next, tokens.end.min(next + LONGEST_CLAUSE))?;
    Some(reported(VoiceRule::Answered, group, Some(source), Placing::Exactly(next..comma)))
}
