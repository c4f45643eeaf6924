//! What follows a verb and is its object in a shape of its own: an amount, a claim behind what it is dismissed as, what somebody
//! is blamed for. Not here: where the words of a report stand (`placing`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::candidate::Placing;

/// How far after "as" the claim stands that is dismissed, in tokens.
const FURTHEST_CLAIM: usize = 9;

/// How far into a clause its verb is looked for, in tokens.
const FURTHEST_FINITE: usize = 30;

/// Longest name of what is blamed on somebody, in tokens.
const LONGEST_BLAMED: usize = 12;

/// How far after a thing that is foreseen its "coming" stands, in tokens.
const LONGEST_FORESEEN: usize = 7;

/// Whether a limit of a number stands here: "said | up to 80 posts were to go", "said | more than half had left".
pub(in crate::text) fn counts(passage: &Passage, next: usize) -> bool {
    let count =
        (next + 1..next + 4).find(|&at| passage.is_any(at, &[Class::Number, Class::Quantifier, Class::Indefinite]));
    let links = [Class::To, Class::Than, Class::As, Class::Limit];
    passage.is(next, Class::Limit) && count.is_some_and(|at| (next + 1..at).all(|it| passage.is_any(it, &links)))
}

/// Whether a conjunction leads to what is not the verb's: "said they had lied | and that it rained", "had neither demanded | nor accepted a
/// bribe"; but "neither confirmed nor denied it".
pub(in crate::text) fn joins(passage: &Passage, conjunction: usize) -> bool {
    let next = passage.lexicon.verb(passage.role(conjunction + 1));
    let denies = next.is_some_and(|it| it.class(false) == VerbClass::Denying);
    passage.is(conjunction + 1, Class::That) || passage.is(conjunction, Class::Negator) && !denies
}

/// Whether a verb blames its object on somebody: "blamed the walkout on outsiders".
pub(in crate::text) fn blames(passage: &Passage, entry: &ReportingWord, mut object: Range<usize>) -> bool {
    let charges = entry.class(false) == VerbClass::Distancing && entry.takes(Follows::For) && entry.takes(Follows::Of);
    object.end = object.end.min(object.start + LONGEST_BLAMED);
    charges && object.skip(1).take_while(|&at| passage.is_word(at)).any(|at| passage.is(at, Class::On))
}

/// The claim that is the object of a verb, behind what it is dismissed as: "dismissed as nonsense | claims that".
pub(in crate::text) fn claim_behind(passage: &Passage, entry: &ReportingWord, lead: usize) -> Option<usize> {
    if entry.class(false) != VerbClass::Denying || !passage.is(lead, Class::As) {
        return None;
    }
    let ends = [Class::Comma, Class::Stop, Class::Preposition, Class::Complementiser];
    let mut near = (lead + 2..lead + FURTHEST_CLAIM).take_while(|&at| !passage.is_any(at, &ends));
    let noun = near.find(|&at| passage.lexicon.noun(passage.role(at)).is_some())?;
    let determined = passage.is_any(noun - 1, &[Class::Definite, Class::Indefinite]);
    Some(noun - usize::from(determined && noun - 1 > lead + 1))
}

/// Whether a thing is seen that is not there yet: "sees a downturn coming", "see an epidemic in the making"; not "saw a man running".
pub(in crate::text) fn foresees(passage: &Passage, entry: &ReportingWord, next: usize) -> bool {
    let present = matches!(passage.role(next - 1).form, Form::Third | Form::Base);
    let sees = entry.class(false) == VerbClass::Thinking && entry.takes(Follows::No) && present;
    let mut phrase = (next + 2..next + LONGEST_FORESEEN).take_while(|&at| passage.is_word(at));
    sees && passage.is(next, Class::Single) && phrase.any(|at| passage.is_any(at, &[Class::Gerund, Class::Onward]))
}

/// Furthest a verb stands behind "about 8,500", in tokens.
const LONGEST_AMOUNT: usize = 18;

/// "said | about 8,500 soldiers had left"
pub(in crate::text) fn is_about_number(passage: &Passage, next: usize) -> bool {
    passage.is(next, Class::Approximate) && passage.is(next + 1, Class::Number)
}

/// Whether a clause follows "about": not in "had added about 7,000 troops -- some of them fresh".
pub(in crate::text) fn tells_amount(passage: &Passage, words: Range<usize>) -> bool {
    let near = words.start..words.end.min(words.start + LONGEST_AMOUNT);
    near.take_while(|&at| !passage.is_any(at, &[Class::Comma, Class::Dash])).any(|at| passage.is_finite(at))
}

/// Whether an "as" leads to what something named before is called: "what analysts described as tactics". Source and verb begin at
/// `left`.
pub(in crate::text) fn describes_gap(passage: &Passage, entry: &ReportingWord, left: usize, next: usize) -> bool {
    let gap = [Class::What, Class::Relative, Class::That];
    let takes = passage.is(next, Class::As) && entry.takes(Follows::As);
    takes && left > 0 && passage.is_any(left - 1, &gap)
}

/// Whether a question opens at a token that a verb can report: "asked Lis if", "told Lis why"; but "tell Lis if he comes".
pub(in crate::text) fn opens_question(passage: &Passage, entry: &ReportingWord, at: usize) -> bool {
    let asks = entry.class(false) == VerbClass::Asking && passage.is(at, Class::Questioner);
    entry.takes(Follows::Wh) && (asks || passage.is(at, Class::Question))
}

/// Whether a finite verb stands among `words` before the clause ends.
pub(in crate::text) fn has_finite(passage: &Passage, words: Range<usize>) -> bool {
    let next = words.start;
    for at in next..words.end.min(next + FURTHEST_FINITE) {
        if passage.is_any(at, &[Class::Stop, Class::Semicolon, Class::Colon]) && at + 1 >= words.end {
            return false;
        }
        // "informed the family and had hidden it"
        if at > next && passage.is(at, Class::Coordinator) && passage.is(at + 1, Class::Auxiliary) {
            return false;
        }
        if passage.is_finite(at) {
            return true;
        }
        let breaks = [Class::Relative, Class::Comma, Class::Complementiser];
        let dates = || passage.is(at, Class::Subordinator) && passage.is(at, Class::Dating);
        if at > next && (dates() || passage.is_any(at, &breaks)) || passage.is(at, Class::Relative) {
            return false;
        }
    }
    false
}

/// Whether a finite verb stands among `words` that is not that of a relative clause.
pub(in crate::text) fn has_main(passage: &Passage, mut words: Range<usize>) -> bool {
    let mut relative = false;
    words.any(|at| {
        relative = passage.is(at, Class::Relative) || relative && !passage.is(at, Class::Comma);
        !relative && passage.is_finite(at)
    })
}

/// A finite verb right after the verb of saying, source and verb beginning at `left`: "what she said was", "which she said was".
pub(in crate::text) fn gap(passage: &Passage, entry: &ReportingWord, left: usize, next: usize) -> Option<Placing> {
    let last = left.checked_sub(1)?;
    // "amounts to what she said was a raid", but "What she said was true."
    let leads = [Class::Preposition, Class::Being, Class::Finite, Class::Gerund, Class::Past];
    let inside = passage.is(last, Class::What) && last > 0 && passage.is_any(last - 1, &leads);
    if inside && passage.is(next, Class::Being) && entry.takes(Follows::That) {
        let ends = [Class::Comma, Class::Dash, Class::Semicolon, Class::Colon, Class::Subordinator];
        let limit = passage.sentence_of(next)?.tokens.end;
        let end = (next + 1..limit).find(|&at| passage.is_any(at, &ends)).unwrap_or(limit);
        return Some(Placing::Exactly(next..end - usize::from(passage.is(end - 1, Class::Stop))));
    }
    if passage.is(last, Class::What) {
        return Some(Placing::Exactly(last..last + 1));
    }
    opens_gap(passage, entry, left).then_some(Placing::After(next))
}

/// Whether source and verb, which begin at `left`, stand in a relative clause of what follows: "a raid which Lis said was near",
/// "fines the town has promised would be paid".
fn opens_gap(passage: &Passage, entry: &ReportingWord, left: usize) -> bool {
    let Some(last) = left.checked_sub(1) else { return false };
    let named = passage.is_any(left, &[Class::Definite, Class::Subject])
        && !passage.is_any(left, &[Class::Relative, Class::That])
        && entry.takes(Follows::That);
    let breaks = [Class::Mark, Class::Preposition, Class::Joining, Class::Subordinator, Class::Auxiliary];
    passage.is_any(last, &[Class::Relativiser, Class::That]) || named && !passage.is_any(last, &breaks)
}

/// Whether the "that" at a token belongs to a noun such as "claims", a day after it set aside.
pub(in crate::text) fn is_claimed(passage: &Passage, next: usize, that: usize) -> bool {
    // "claimed without evidence that"
    if passage.is(next, Class::Lacking) {
        return false;
    }
    let day = |at: usize| passage.is(at, Class::Weekday) || passage.is(at, Class::On);
    let noun = (next..that).rev().find(|&at| !day(at)).unwrap_or(next);
    let claim = passage.lexicon.noun(passage.role(noun));
    // "said after the call that": an occasion, no claim.
    let occasion = passage.is(noun, Class::Venue) && passage.is(next, Class::Adjunct);
    claim.is_some_and(|noun| noun.class(false) != VerbClass::Neutral) && !occasion
}
