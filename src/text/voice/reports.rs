//! Reports: each place where somebody is said to have said something, as ranges of tokens.
//!
//! A sentence is gone over twice: once for its verbs and nouns of saying and their sources, once for what was said,
//! because where one report's words end depends on where the next report begins.

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::bounds::Bounds;
use crate::text::voice::candidate::{Candidate, Complement, Placing, SearchedSentence};
use crate::text::voice::clips::nameless_turn;
use crate::text::voice::contents::contents_of;
use crate::text::voice::headlines::{is_time, written};
use crate::text::voice::hearsay::hearsay;
use crate::text::voice::idioms::idiom_report;
use crate::text::voice::judgments::aside_end;
use crate::text::voice::labels::label;
use crate::text::voice::negators::drops_scheme;
use crate::text::voice::nouns::{noun_report, owner_before};
use crate::text::voice::quotes::{Quotation, is_inside, is_quoted};
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::sources::is_place;
use crate::text::voice::verbs::{shared_source, verb_report};
use crate::text::voice::views::{surveyed, view};

/// Longest answer that only says no, in tokens: "no", "absolutely not", "that is nonsense".
const LONGEST_ANSWER: usize = 5;

/// How far after a claim its judgment stands, in tokens: "has since been shown to be".
const FURTHEST_JUDGMENT: usize = 7;

/// One report.
#[derive(Clone, Debug)]
pub(in crate::text) struct SpeechReport {
    pub(in crate::text) sentence: usize,
    pub(in crate::text) source: Option<Range<usize>>,
    pub(in crate::text) cue: Option<Range<usize>>,
    pub(in crate::text) class: VerbClass,
    pub(in crate::text) mood: Mood,
    pub(in crate::text) complement: Complement,
    /// Whether it is a claim that the clause around it says to be false.
    pub(in crate::text) is_judged: bool,
    pub(in crate::text) contents: Vec<Range<usize>>,
    pub(in crate::text) rule: VoiceRule,
}

/// The reports of one sentence, appended to `reports`.
pub(in crate::text) fn reports_of(
    passage: &Passage,
    quotations: &[Quotation],
    sentence: usize,
    reports: &mut Vec<SpeechReport>,
) {
    let mut tokens = written(passage, sentence);
    // "11:05 Police say ...": the time of an entry is no part of who speaks.
    tokens.start += usize::from(is_time(passage, tokens.start) && tokens.len() > 1);
    let whole = passage;
    let passage = &whole.within(&tokens);
    let known = reports.len();
    let mut candidates = candidates_of(passage, quotations, &tokens);
    candidates.extend(label(whole, quotations, sentence).or_else(|| nameless_turn(whole, quotations, sentence)));
    for index in 0..candidates.len() {
        let candidate = &candidates[index];
        let bounds = Bounds::new(passage, quotations, &tokens, &candidates, index);
        let (complement, contents) = contents_of(&bounds, candidate);
        let quotes_only = candidate.entry.is_some_and(|entry| entry.takes(Follows::Quote) && entry.takes_one());
        // Some verbs report beside quoted words only; without any they tell what somebody did.
        if contents.is_empty() || quotes_only && !contents.iter().any(|content| is_quoted(quotations, content)) {
            continue;
        }
        let prepositional = matches!(candidate.placing, Placing::Object(from) if from == candidate.cue.end)
            && passage.is_any(candidate.cue.end - 1, &[Class::Preposition, Class::Away]);
        // "ruled out pollution" denies it, wherever its words end.
        let prepositional = prepositional || excludes(passage, candidate);
        let class = candidate.entry.map_or(VerbClass::Neutral, |entry| entry.class(prepositional));
        let denies = is_withdrawn(passage, candidate)
            || is_plea(passage, candidate)
            || is_answered_no(passage, candidate, tokens.end);
        let class = if denies { VerbClass::Denying } else { class };
        if is_unspoken(passage, candidate, complement) {
            continue;
        }
        // "dropped its plan to cut pensions": what nobody plans any more is told by the writer.
        let planned = candidate.rule == VoiceRule::Noun && class == VerbClass::Promising;
        let near = candidate.cue.start.saturating_sub(LONGEST_ANSWER)..candidate.cue.start;
        if planned && near.into_iter().any(|at| drops_scheme(passage, at)) {
            continue;
        }
        // "should Minsk choose to leave": nobody has chosen yet.
        let lead = candidate.source.as_ref().and_then(|source| source.start.checked_sub(1));
        let conditional = lead.is_some_and(|lead| passage.is(lead, Class::Conditional));
        let acts = matches!(complement, Complement::Aim | Complement::Action);
        // "Might some towns refuse to pay?"
        let wonders = lead.is_some_and(|lead| lead == tokens.start && passage.is(lead, Class::Possible));
        let open = candidate.mood == Mood::Hypothetical && quotes_only || guesses(passage, candidate, class);
        if open || conditional && complement == Complement::Aim || wonders && acts {
            continue;
        }
        reports.push(SpeechReport {
            sentence,
            // "according to the , ...": the name was lost with its link.
            source: candidate.source.clone().filter(|it| it.len() > 1 || !passage.is(it.start, Class::Article)),
            cue: Some(candidate.cue.clone()).filter(|cue| !cue.is_empty()),
            class,
            mood: if conditional && candidate.mood == Mood::Asserted { Mood::Hypothetical } else { candidate.mood },
            complement,
            is_judged: is_judged_claim(passage, candidate, &contents),
            contents,
            rule: candidate.rule,
        });
    }
    // "police say he allegedly stole it": what somebody says is theirs.
    if reports.len() == known {
        reports.extend(passed_on(passage, quotations, (sentence, &tokens)));
    }
}

/// What a sentence in which nobody speaks passes on.
fn passed_on(
    passage: &Passage,
    quotations: &[Quotation],
    (sentence, tokens): (usize, &Range<usize>),
) -> Option<SpeechReport> {
    let (at, words) = hearsay(passage, tokens).filter(|(at, _)| !is_inside(quotations, *at))?;
    Some(SpeechReport {
        sentence,
        source: None,
        cue: Some(at..at + 1),
        class: if passage.is(at, Class::Distance) { VerbClass::Distancing } else { VerbClass::Neutral },
        mood: Mood::Asserted,
        complement: Complement::Clause,
        is_judged: false,
        contents: vec![words],
        rule: VoiceRule::Hearsay,
    })
}

/// Whether a verb stands with the particle that it denies by: "ruled out".
fn excludes(passage: &Passage, candidate: &Candidate) -> bool {
    let last = candidate.cue.end.saturating_sub(1);
    passage.is(last, Class::Out) && candidate.entry.is_some_and(|entry| entry.takes(Follows::NpOut))
}

/// The reports of one sentence before their words are found, in the order of their verbs, without labels.
fn candidates_of<'a>(passage: &Passage<'a>, quotations: &[Quotation], tokens: &Range<usize>) -> Vec<Candidate<'a>> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for at in tokens.clone() {
        let role = passage.role(at);
        let found = view(passage, tokens, at).or_else(|| {
            let searched = SearchedSentence { passage, quotations, tokens, earlier: &candidates };
            let idiom = idiom_report(passage, tokens, at);
            let verb = idiom.or_else(|| role.is_verb().then(|| verb_report(&searched, at)).flatten());
            verb.or_else(|| role.is_noun().then(|| noun_report(passage, tokens, at)).flatten())
        });
        // "No whitewash, vows judge": what has been taken for a source judges nothing.
        let free = |found: &Candidate, last: &Candidate| {
            let source = last.source.as_ref().filter(|source| source.start >= last.cue.end);
            found.cue.start >= last.cue.end
                && source.is_none_or(|source| source.end != found.cue.end || source.len() > 2)
        };
        candidates.extend(found.filter(|found| candidates.last().is_none_or(|last| free(found, last))));
    }
    if candidates.last().is_none_or(|last| last.cue.end < tokens.end) {
        let found = announced(&SearchedSentence { passage, quotations, tokens, earlier: &candidates });
        candidates.extend(found);
    }
    if candidates.is_empty() {
        candidates.extend(surveyed(passage, tokens));
    }
    candidates
}

/// "Asked if it would rain, Lis replied: “Certainly not.”"
fn is_answered_no(passage: &Passage, candidate: &Candidate, end: usize) -> bool {
    let Some(source) = candidate.source.as_ref().filter(|_| candidate.rule == VoiceRule::Answered) else {
        return false;
    };
    let mark = (source.end..end).find(|&at| passage.is_quote_mark(at) || passage.is(at, Class::Colon));
    let from = mark.map_or(source.end + 1, |mark| mark + 1);
    let near = (from..end.min(from + LONGEST_ANSWER)).find(|&at| passage.is_any(at, &[Class::Stop, Class::Comma]));
    let until = near.unwrap_or(end.min(from + 2));
    (from..until).any(|at| passage.is_any(at, &[Class::Negator, Class::False]))
}

/// "withdrew its accusation that": who takes words back denies them.
fn is_withdrawn(passage: &Passage, candidate: &Candidate) -> bool {
    let claims = [VerbClass::Distancing, VerbClass::Neutral, VerbClass::Endorsing];
    let claim = candidate.entry.is_some_and(|entry| claims.contains(&entry.class(false)));
    if candidate.rule != VoiceRule::Noun || candidate.source.is_none() || !claim {
        return false;
    }
    let noun = candidate.cue.start;
    let near = (noun.saturating_sub(4)..noun).rev();
    let mut between = near.take_while(|&at| !passage.is_any(at, &[Class::Mark, Class::Preposition]));
    between.any(|at| passage.is(at, Class::Withdrawing))
}

/// "pleaded not guilty to arson", "found the man not guilty of arson": the plea is a denial of the charge.
fn is_plea(passage: &Passage, candidate: &Candidate) -> bool {
    let next = candidate.cue.end;
    let Placing::After(charge) = candidate.placing else {
        return passage.is(next, Class::Negator) && passage.is(next + 1, Class::Guilty);
    };
    (next..charge).any(|at| passage.is(at, Class::Negator) && passage.is(at + 1, Class::Guilty))
}

/// "The suit's claim of a cover-up is without merit", "the claim that the mayor lied has been debunked": who says so
/// speaks of the claim, and who made it is only named.
fn is_judged_claim(passage: &Passage, candidate: &Candidate, contents: &[Range<usize>]) -> bool {
    let Some(end) = contents.last().map(|content| content.end).filter(|_| candidate.rule == VoiceRule::Noun) else {
        return false;
    };
    // "rumours that she had quit, put about by a rival, proved baseless"
    let aside = passage.sentence_of(end).filter(|_| passage.is(end, Class::Comma));
    let end = aside.and_then(|sentence| aside_end(passage, end, sentence.tokens.end)).map_or(end, |close| close + 1);
    let links = [
        Class::Auxiliary,
        Class::Being,
        Class::Adverb,
        Class::Indefinite,
        Class::Proving,
        Class::Turning,
        Class::DoubleQuote,
        Class::SingleQuote,
    ];
    let word = (end..end + FURTHEST_JUDGMENT).find(|&at| !passage.is_any(at, &links)).unwrap_or(end);
    let verb = passage.lexicon.verb(passage.role(word));
    let recedes = passage.is(word, Class::Receding);
    let denied = word > end && verb.is_some_and(|verb| verb.class(false) == VerbClass::Denying);
    let negated = (end..word).any(|at| passage.is(at, Class::Negator));
    let baseless = passage.is(word, Class::Lacking) && passage.is(word + 1, Class::Merit);
    let judged = passage.is_any(word, &[Class::False, Class::Judgment]) || baseless || denied || recedes;
    word > end && judged && !negated
}

/// Whether what somebody thinks is a guess of who writes, or asked of who reads: "can expect sanctions", "could begin", "One could say",
/// "Do you think that ...?"
fn guesses(passage: &Passage, candidate: &Candidate, class: VerbClass) -> bool {
    let source = |class: Class| candidate.source.as_ref().is_some_and(|source| passage.is(source.start, class));
    let alone = candidate.source.as_ref().is_some_and(|source| source.len() == 1);
    let open = candidate.mood == Mood::Hypothetical;
    let able = candidate.cue.clone().any(|at| passage.is(at, Class::Able));
    let open = open || candidate.form == Form::Base && is_asked(passage, candidate);
    class == VerbClass::Thinking && (open || able || source(Class::Second)) || open && alone && source(Class::One)
}

/// Whether the writer asks what somebody thinks: "Does the minister think that ...?"
fn is_asked(passage: &Passage, candidate: &Candidate) -> bool {
    let lead = candidate.source.as_ref().and_then(|source| source.start.checked_sub(1));
    let Some((lead, sentence)) = lead.zip(passage.sentence_of(candidate.cue.start)) else { return false };
    let Range { start, end } = sentence.tokens;
    // "asked, “Does the mayor think ...?”"
    let opens = lead == start || lead > start && passage.is_quote_mark(lead - 1);
    let asks = (end.saturating_sub(2)..end).any(|at| passage.is(at, Class::QuestionMark));
    opens && asks && passage.is(lead, Class::Auxiliary)
}

/// Whether a verb tells what may or will happen rather than what was said: "could encourage them to attack", "will
/// announce sanctions".
fn is_unspoken(passage: &Passage, candidate: &Candidate, complement: Complement) -> bool {
    let has = |class: Class| candidate.cue.clone().any(|at| passage.is(at, class));
    // "who can tell me whether"
    let whether = matches!(candidate.placing, Placing::After(at) if passage.is(at, Class::Complementiser) && !passage.is(at, Class::That));
    if has(Class::Able) && whether && candidate.mood == Mood::Asserted {
        return true;
    }
    // "The world must respond with sanctions", "Lis should urge the bank to pay"; but "I must say".
    let own = candidate.source.as_ref().is_some_and(|source| passage.is(source.start, Class::First));
    if has(Class::Deontic) && !own {
        return true;
    }
    match complement {
        Complement::Action | Complement::Aim => has(Class::Possible),
        Complement::Noun | Complement::Topic => has(Class::Future),
        // "will learn whether jobs go", "results that would show whether": nobody has said so yet.
        Complement::Clause => {
            let findings = [VerbClass::Endorsing, VerbClass::Thinking];
            let finds = candidate
                .entry
                .is_some_and(|entry| !entry.takes(Follows::Quote) && findings.contains(&entry.class(false)));
            // "says Russia will decide whether to": nobody has decided.
            let decides = candidate.entry.is_some_and(|entry| entry.class(false) == VerbClass::Promising);
            decides && has(Class::Future) || finds && (has(Class::Future) || candidate.mood == Mood::Hypothetical)
        }
    }
}

/// A sentence that ends with a colon before a quotation, whatever its verb: "The paper gave her a glowing review:".
fn announced<'a>(sentence: &SearchedSentence<'a, '_>) -> Option<Candidate<'a>> {
    let SearchedSentence { passage, quotations, tokens, earlier } = *sentence;
    let mut colons = (tokens.start + 1..tokens.end).filter(|&at| passage.is(at, Class::Colon));
    let colon = colons.find(|colon| {
        // "Lis was blunt: the bank would fall."
        // "Lis has a warning: the bank would fall."
        let noun = passage.lexicon.noun(passage.role(colon - 1)).is_some_and(|noun| noun.takes(Follows::That));
        let outspoken = (noun || passage.is(colon - 1, Class::Outspoken)) && colon + 1 < tokens.end;
        outspoken || quotations.binary_search_by_key(&(colon + 1), |quotation| quotation.tokens.start).is_ok()
    })?;
    // Inside a sentence a verb of saying has most quotations already.
    let said = |it: &Candidate| it.cue.start < colon && !matches!(it.placing, Placing::Before(_) | Placing::Topic(_));
    if colon + 1 < tokens.end && (passage.is_headline(colon) || earlier.iter().any(said)) {
        return None;
    }
    let owner = owner_before(passage, tokens.start, colon - 1).filter(|_| passage.role(colon - 1).is_noun());
    let source = owner.or_else(|| shared_source(sentence, colon, Form::Base))?;
    // "Editor's note: ..." is the paper's own; "Here are five questions: ..."
    if source.clone().any(|at| passage.is(at, Class::Masthead)) || is_place(passage, &source) {
        return None;
    }
    Some(Candidate {
        cue: colon..colon + 1,
        source: Some(source),
        entry: None,
        mood: Mood::Asserted,
        placing: Placing::After(colon + 1),
        shared: false,
        form: Form::Base,
        rule: VoiceRule::Announced,
    })
}
