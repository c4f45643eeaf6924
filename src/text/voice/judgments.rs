//! Judgments: what is said after a cue to be false, to have come to nothing, or to be out of the question.
//!
//! Not here: negators (`negation`), and that somebody denies (`denials`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::negators::{cancels, is_flag, opens_event};

/// How far before a cue the threat stands that it belongs to, in tokens: "the threat of an epidemic", "fears that the old yard
/// would be shut".
const FURTHEST_HEAD: usize = 8;

/// How far before a cue the "in the event of" stands, in tokens.
const FURTHEST_EVENT: usize = 3;

/// How far before a cue the "until" of its clause stands, in tokens.
const FURTHEST_UNTIL: usize = 5;

/// How far after a cue the judgment of it stands, in tokens.
const FURTHEST_JUDGMENT: usize = 8;

/// Longest relative clause between a cue and its judgment, in tokens.
const LONGEST_RELATIVE: usize = 14;

/// Longest aside between a cue and its judgment, in tokens: ", put about by a rival,".
const LONGEST_ASIDE: usize = 10;

/// The word after a cue that says that it is not so: "reports of a raid are false", "a raid has been ruled out". Asides are
/// stepped over: "reports of a raid, Lis said, are false".
pub(in crate::text) fn rejected_after(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<usize> {
    // "help in the event of a raid has been ruled out": the help is.
    let mut near = cue.start.saturating_sub(FURTHEST_EVENT)..=cue.start;
    // "until the war is over" it goes on.
    let until = |at: usize| passage.is(at, Class::Circumstance) && passage.is(at, Class::Subordinator);
    let mut lead = cue.start.saturating_sub(FURTHEST_UNTIL)..cue.start;
    if near.any(|at| opens_event(passage, at)) || lead.any(until) {
        return None;
    }
    let sentence = passage.sentence_of(cue.end - 1)?.tokens.end;
    if let Some(article) = belittled(passage, cue, sentence).filter(|&at| passage.is_brief(at)) {
        return Some(article);
    }
    let (mut at, mut left) = (cue.end, FURTHEST_JUDGMENT);
    let (mut from, mut end) = (cue.end, scope.end);
    // "The shortage that closed the plant is over."
    if let Some(verb) = past_relative(passage, cue.end, sentence) {
        (at, from, end) = (verb, verb, sentence);
    }
    // "is possible but unlikely" goes on with its predicate.
    if is_but(passage, end) && passage.is_any(end + 1, &[Class::False, Class::Absent, Class::Judgment]) {
        end += 2;
    }
    while at < end && left > 0 {
        if judges(passage, at, from) || recedes(passage, at, cue, scope) || comes_to_nothing(passage, at, from) {
            return Some(at);
        }
        let ends = [Class::Relative, Class::Complementiser, Class::Subject, Class::Negator];
        if passage.is_any(at, &ends) || goes_on(passage, cue, at) {
            return None;
        }
        if passage.is(at, Class::Comma) {
            at = aside_end(passage, at, sentence)?;
            end = sentence;
        }
        at += 1;
        left -= 1;
    }
    None
}

/// The verb after a relative clause that begins at a token, which is that of the noun before it: "that closed the plant in May |
/// is over".
fn past_relative(passage: &Passage, relative: usize, sentence: usize) -> Option<usize> {
    // "said that he believed it was failing" has no relative clause: its "that" has a subject behind it.
    let verb = relative + 1 + usize::from(passage.is(relative + 1, Class::Adverb));
    if !passage.is_any(relative, &[Class::Relative, Class::That]) || !passage.is_finite(verb) {
        return None;
    }
    let limit = sentence.min(relative + LONGEST_RELATIVE);
    let ends = [Class::Comma, Class::Stop, Class::Joining, Class::Complementiser, Class::Dash, Class::DoubleQuote];
    let mut words = (relative + 1..limit).take_while(|&at| !passage.is_any(at, &ends));
    let first = words.find(|&at| passage.is_finite(at))?;
    words.skip_while(|&at| passage.is_any(at, &[Class::Auxiliary, Class::Adverb]) && at <= first + 2).find(|&at| {
        let be = passage.is(at, Class::Auxiliary) && !passage.is_any(at, &[Class::Hypothetical, Class::Possessive]);
        be && at > first + 1 && !passage.is_any(at - 1, &[Class::Auxiliary, Class::To, Class::Subject])
    })
}

/// Whether a conjunction at a token after a cue opens a clause or predicate of its own: "a raid and is not withdrawing", "a raid
/// and Minsk would not", "houses were hit and the town is without water".
pub(in crate::text) fn goes_on(passage: &Passage, cue: &Range<usize>, at: usize) -> bool {
    let subject = passage.is(at + 1, Class::Capital) && passage.is(at + 2, Class::Auxiliary);
    let verb = subject || passage.is_any(at + 1, &[Class::Auxiliary, Class::Finite]);
    let infinitive = passage.is(cue.start.wrapping_sub(1), Class::To) && !passage.is(at + 1, Class::Negator);
    let acted = infinitive || (cue.start..at).any(|word| passage.is_any(word, &[Class::Auxiliary, Class::Finite]));
    passage.is(at, Class::Coordinator) && verb || passage.is(at, Class::Joining) && acted
}

/// The comma that ends the aside which one at a token opens, where a verb or a quoted predicate comes after it: "rumours of a
/// raid, put about by a rival, proved baseless".
pub(in crate::text) fn aside_end(passage: &Passage, comma: usize, sentence: usize) -> Option<usize> {
    let close = (comma + 2..sentence.min(comma + LONGEST_ASIDE)).find(|&at| passage.is(at, Class::Comma))?;
    let goes_on = passage.is_any(close + 1, &[Class::Auxiliary, Class::Proving]) || passage.is_quote_mark(close + 1);
    // ", it writes, exists only in"
    let goes_on = goes_on || passage.is_word(close + 1) && passage.is(close + 2, Class::Faint);
    goes_on.then_some(close)
}

/// Whether the word at a token says of what ends at `from` that it is not so: "is false", "are greatly exaggerated", "had
/// been exposed as a lie".
fn judges(passage: &Passage, at: usize, from: usize) -> bool {
    // "The chances of a raid are slim"
    let slim = passage.is(at, Class::Slim)
        && (from.saturating_sub(FURTHEST_HEAD)..from + 2).any(|head| passage.is(head, Class::Prospect));
    // "was an unlikely story"
    let ends = [Class::Preposition, Class::Coordinator, Class::Adverb, Class::Complementiser, Class::Subordinator];
    let modifies = passage.is(at, Class::Absent)
        && passage.is(at.wrapping_sub(1), Class::Indefinite)
        && passage.is_word(at + 1)
        && !passage.is_any(at + 1, &ends);
    // "may be mistaken as a raid": taken for something else.
    let taken = passage.is(at, Class::Judgment) && passage.is(at + 1, Class::As);
    if modifies || taken {
        return false;
    }
    // "is unlikely to win" may come, "is failing" has.
    let comes = passage.is_any(at + 2, &[Class::Being, Class::Occurring, Class::Materialising, Class::Catenative]);
    let other = passage.is(at + 1, Class::To) && !comes && !passage.is(at + 2, Class::Light);
    let fails = passage.is(at, Class::Catenative) && passage.is(at, Class::Gerund);
    if passage.is(at, Class::Absent) && (other || fails) {
        return false;
    }
    // "believed that invading the town was wrong": the deed is judged, not the claim.
    let object = passage.is_any(from, &[Class::Definite, Class::Indefinite, Class::Capital]);
    if passage.is(at, Class::False) && object && passage.is(from.wrapping_sub(1), Class::Gerund) {
        return false;
    }
    // "the demands are ridiculous": they are made.
    let demands = |class: VerbClass| matches!(class, VerbClass::Demanding | VerbClass::Promising);
    let head = passage.lexicon.noun(passage.role(from.wrapping_sub(1)));
    if passage.is(at, Class::Judgment) && head.is_some_and(|noun| demands(noun.class(false))) {
        return false;
    }
    let rejects = slim || passage.is_any(at, &[Class::False, Class::Absent, Class::Judgment]);
    // "is without merit", "has no basis"
    let empty =
        passage.is_any(at, &[Class::No, Class::Lacking]) && (at + 1..at + 3).any(|word| passage.is(word, Class::Merit));
    if !(rejects && !passage.is(at + 1, Class::Faint) || empty || is_off(passage, at)) {
        return false;
    }
    let mut before = at;
    while before > from && is_between(passage, before - 1) {
        before -= 1;
    }
    // "exposed as a lie"
    if before > from + 1 && passage.is(before - 1, Class::As) {
        before -= 2;
    }
    let Some(verb) = before.checked_sub(1).filter(|verb| *verb >= from) else {
        return is_elliptic(passage, at);
    };
    // "is, in the mayor's words, nonsense"
    let aside = passage.is(verb, Class::Comma) && (from..verb).any(|word| links(passage, word));
    let has = empty && passage.is(verb, Class::Having);
    // "Crash fears overblown"
    let bare = names_claim(passage, verb) && is_elliptic(passage, at);
    links(passage, verb) || has || aside || bare
}

/// The article of the thing that an accusation is called, which makes little of it: "called the bribery charge “a novel”", and in
/// headlines "Bribe charge a drama".
pub(in crate::text) fn belittled(passage: &Passage, cue: &Range<usize>, end: usize) -> Option<usize> {
    let mut head = cue.end.saturating_sub(1)..cue.end + 2;
    let accuses = |at: usize| {
        let noun = passage.lexicon.noun(passage.role(at));
        noun.is_some_and(|noun| noun.class(false) == VerbClass::Distancing)
    };
    let head = head.find(|&at| passage.is_word(at) && accuses(at))?;
    let article = head + 1 + usize::from(passage.is_quote_mark(head + 1));
    (article + 1 < end && passage.is(article, Class::Single) && !passage.is(article + 1, Class::Adjectival))
        .then_some(article)
}

/// Whether a verb at a token links a subject and what is said of it: "is", "proved".
fn links(passage: &Passage, verb: usize) -> bool {
    passage.is_any(verb, &[Class::Being, Class::Proving])
}

/// What may stand between "is" and a judgment: "is a complete lie", "is possible but unlikely".
fn is_between(passage: &Passage, at: usize) -> bool {
    let between = [Class::Indefinite, Class::Adverb, Class::DoubleQuote, Class::SingleQuote, Class::Sheer];
    passage.is_any(at, &between) || is_but(passage, at) || is_but(passage, at + 1)
}

/// Whether a headline may have left out the "is" of the judgment at a token: "Layoffs unlikely, carmaker says".
fn is_elliptic(passage: &Passage, at: usize) -> bool {
    let ends = [Class::Comma, Class::Stop, Class::Dash, Class::Colon, Class::DoubleQuote, Class::SingleQuote];
    let last = passage.sentence_of(at).is_none_or(|it| it.tokens.end == at + 1);
    passage.is_brief(at) && (last || passage.is_any(at + 1, &ends))
}

/// Whether "but" at a token contrasts two predicates.
fn is_but(passage: &Passage, at: usize) -> bool {
    passage.is_any(at, &[Class::Adversative]) && passage.is(at, Class::Coordinator)
}

/// "out of the question", "off the table", "wide of the mark"
fn is_off(passage: &Passage, at: usize) -> bool {
    let wide = passage.is(at, Class::Wide) && passage.is(at + 1, Class::Of);
    let from = at + 1 + usize::from(passage.is(at + 1, Class::Of));
    let off = passage.is_any(at, &[Class::Out, Class::Away]) && passage.is(from, Class::Article);
    wide || off && passage.is(from + 1, Class::Agenda)
}

/// Whether a word after a cue names a claim or a threat of it: "crash fears", "spy claims".
fn names_claim(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Prospect) || passage.lexicon.noun(passage.role(at)).is_some()
}

/// Whether what ends at `from` came to nothing by the word at a token: "the buyout fell through", "has come to nothing", "is
/// long gone", "has been ruled out", "was averted", "has been called off".
fn comes_to_nothing(passage: &Passage, at: usize, from: usize) -> bool {
    // Headlines leave "is" out: "Flu epidemic ruled out in Minsk", "Crash averted".
    let next = at + 1 + usize::from(passage.is(at + 1, Class::Out));
    let bare = passage.is_brief(at) && at == from && (!passage.is_word(next) || passage.is(next, Class::Preposition));
    let through = passage.is(at, Class::Falling)
        && passage.is(at + 1, Class::Through)
        && !passage.is_any(at + 2, &[Class::Definite, Class::Indefinite]);
    let nothing = passage.is(at, Class::Coming) && passage.is(at + 1, Class::To) && passage.is(at + 2, Class::Negator);
    let excluded = passage.is(at, Class::Excluding) && passage.is(at, Class::Past) && passage.is(at + 1, Class::Out);
    // "plans for a tax were dropped", "the strike was called off"
    let mut phrase = from.saturating_sub(FURTHEST_HEAD)..at;
    let dropped = passage.is(at, Class::Dropping) && phrase.any(|head| passage.is(head, Class::Scheme));
    // but "are cancel culture"
    let cancelled = cancels(passage, at) && passage.is_any(at, &[Class::Past, Class::Calling]);
    // "was invented by rivals"
    let invented = passage.is(at, Class::Inventing) && passage.is(at, Class::Past);
    // "the guards were prevented from": from what they do.
    let averted = passage.is(at, Class::Averted) && !passage.is(at + 1, Class::From);
    let gone = excluded || dropped || cancelled || invented || averted || passage.is(at, Class::Eliminated);
    through
        || nothing
        || gone && (bare || is_passive(passage, from..at))
        || is_over(passage, from, at)
        || is_imaginary(passage, from, at)
}

/// Whether the "in" at a token leads to where alone a thing is said to be: "exists only in the minds of traders", "was in his
/// imagination".
fn is_imaginary(passage: &Passage, from: usize, at: usize) -> bool {
    let only = at > from && passage.is(at - 1, Class::Adverb) && passage.is(at - 1, Class::Faint);
    let verb = at > from && (links(passage, at - 1) || only);
    let mut place = at + 1..at + 4;
    // "exists only on paper"
    let paper = only && passage.is(at, Class::On) && passage.is(at + 1, Class::Paper);
    paper || passage.is(at, Class::In) && verb && place.any(|word| passage.is(word, Class::Judgment))
}

/// Whether what ends at `from` is said to be no more: "is over", "has collapsed".
fn is_over(passage: &Passage, from: usize, at: usize) -> bool {
    let last = !passage.is_word(at + 1);
    let ends = last || passage.is(at + 1, Class::Adjunct);
    let over =
        passage.is(at, Class::Gone) && (last || !passage.is(at, Class::Preposition)) && is_passive(passage, from..at);
    let had = [Class::Having, Class::Had, Class::Adverb, Class::Auxiliary, Class::Quantifier];
    let done = at > from
        && (from..at)
            .all(|word| passage.is_any(word, &had) && !passage.is_any(word, &[Class::Negator, Class::Hypothetical]));
    // "is a thing of the past"
    // "is a turning point in our history"
    let whose = passage.is(at - 1, Class::Being) || passage.is_any(at - 1, &[Class::Article, Class::Of, Class::Adverb]);
    let bygone =
        passage.is(at, Class::Bygone) && last && whose && (from..at).any(|word| passage.is(word, Class::Being));
    let denied = (from..at).any(|word| passage.is(word, Class::Negator));
    over || bygone && !denied || ends && done && passage.is(at, Class::Ended)
}

/// Whether "is" or "has been" stands before a participle, with no "not", "may" or "can": "cannot be ruled out" leaves it open.
fn is_passive(passage: &Passage, before: Range<usize>) -> bool {
    let modal = [Class::Hypothetical, Class::Able, Class::Future, Class::Deontic, Class::Negator];
    let near = before.start.max(before.end.saturating_sub(4))..before.end;
    let is = near.clone().rev().take(2).any(|verb| passage.is(verb, Class::Being));
    is && !near.into_iter().any(|verb| passage.is_any(verb, &modal))
}

/// Whether the word at a token ends a threat: "the threat of an epidemic has receded". What has receded itself was there.
fn recedes(passage: &Passage, at: usize, cue: &Range<usize>, scope: &Range<usize>) -> bool {
    let start = passage.sentence_of(cue.start).map_or(scope.start, |sentence| sentence.tokens.start);
    let floor = start.max(cue.start.saturating_sub(FURTHEST_HEAD));
    // Headlines have no auxiliary: "Recession fears ease".
    let bare = passage.is_brief(at) && passage.is(at - 1, Class::Prospect);
    let verb = passage.is(at, Class::Receding)
        && (bare || passage.is_any(at - 1, &[Class::Auxiliary, Class::Being]) && !passage.is(at - 1, Class::Negator));
    verb && passage.is_any(cue.end, &[Class::Auxiliary, Class::Being, Class::Prospect])
        && (floor..=cue.end).any(|head| passage.is(head, Class::Prospect))
}

/// What judges an object of somebody's verb: "described the charges as a fabrication", "termed the claim baseless",
/// "dismissed the warning as hysteria". Not past a comma.
pub(in crate::text) fn judgment_after(passage: &Passage, cue: usize, end: usize) -> Option<usize> {
    let ends = [Class::Comma, Class::Stop, Class::Relative, Class::Complementiser, Class::Preposition];
    (cue..end.min(cue + FURTHEST_JUDGMENT))
        .take_while(|&at| passage.is_any(at, &[Class::As, Class::Of]) || !passage.is_any(at, &ends))
        .find(|&at| {
            // "called the evacuations 'false flag operations'": there are some.
            let flag = passage.is(at, Class::False) && is_flag(passage, at);
            passage.is_any(at, &[Class::False, Class::Judgment]) && !flag && !passage.is(at - 1, Class::Of)
        })
}
