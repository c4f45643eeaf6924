//! What is only supposed: conditions, what would have been, and what a negator leaves open.
//!
//! Not here: questions and what was not said (`stance`), which word negates (`negation`).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::negation::{definite_before, is_deontic};
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};

/// How far from a cue what negates or asks it may stand, in tokens: beyond any clause of news, so that only the time
/// depends on it that a megabyte without punctuation takes.
pub(in crate::text) const FAR: usize = 500;

/// How far after a cue the "if" of what would have been stands, in tokens.
const FAR_IF: usize = 12;

/// How far before a cue the "if" of its condition stands inside a denial, in tokens.
pub(in crate::text) const FURTHEST_IF: usize = 5;

/// How far before a modal verb the "if" of its condition stands, in tokens.
const FURTHEST_CONDITION: usize = 25;

/// How far after a cue the verb stands that says that it goes on, in tokens.
const FURTHEST_LASTING: usize = 8;

/// What a negator at token `at` makes of the cue where it neither denies nor negates it.
pub(in crate::text) fn softened(
    passage: &Passage,
    clause: &Range<usize>,
    cue: &Range<usize>,
    at: usize,
) -> Option<Stand> {
    let word = |at: usize| passage.span(&(at..at + 1));
    if let Some(lead) = supposition(passage, clause, cue.start) {
        return Some(stand(Polarity::Supposed, word(lead), VoiceRule::Supposed));
    }
    // "will not send troops if the army attacks"
    let near = cue.start.saturating_sub(FURTHEST_IF).max(at + 1)..=cue.start;
    if let Some(lead) = near.rev().find(|&at| is_if(passage, at)) {
        return Some(stand(Polarity::Supposed, word(lead), VoiceRule::Supposed));
    }
    // "There would not be an army at the border if Minsk had acted": it is there.
    let irreal = at > 0 && passage.is(at - 1, Class::Irreal) && passage.is(at + 1, Class::Being);
    let unless = (cue.end..cue.end + FAR_IF).find(|&lead| is_if(passage, lead));
    if unless.is_some_and(|lead| irreal && (lead..lead + 5).any(|had| passage.is(had, Class::Had))) {
        return Some(stand(Polarity::Affirmed, word(at), VoiceRule::Counterfactual));
    }
    // "Without sanctions, the army will attack": what would follow if there were none.
    let lone =
        passage.is(at, Class::Lacking) && !passage.is(at + 1, Class::Gerund) && passage.is(cue.end, Class::Comma);
    if lone && (cue.end..cue.end + FURTHEST_IF).any(|verb| passage.is_any(verb, &[Class::Future, Class::Irreal])) {
        return Some(stand(Polarity::Supposed, word(at), VoiceRule::Supposed));
    }
    // "could not comment on reports of a raid", "would neither confirm nor deny a raid"
    if passage.is(at, Class::Negator)
        && let Some(silent) = (at + 1..cue.start.min(at + 4)).find(|&verb| passage.is(verb, Class::Commenting))
    {
        return Some(stand(Polarity::Unsaid, word(silent), VoiceRule::Unsaid));
    }
    let allowed = |word: usize| passage.is(word, Class::Allowing);
    let allows = (at + 1..cue.start).any(allowed) && !passage.is(at, Class::Subject);
    if allows {
        return Some(stand(Polarity::Opposed, word(at), VoiceRule::Opposed));
    }
    is_deontic(passage, at).then(|| stand(Polarity::Opposed, word(at), VoiceRule::Opposed))
}

/// What is only imagined: "If an outbreak is confirmed, ..." leaves it open; "Had the bank not acted, prices would have
/// crashed" says that it did not come to it.
pub(in crate::text) fn imagined(
    passage: &Passage,
    clause: &Range<usize>,
    cue: &Range<usize>,
    negated: bool,
) -> Option<Stand> {
    let word = |at: usize| passage.span(&(at..at + 1));
    let start = clause.start.max(cue.start.saturating_sub(FAR));
    let modal = (start..cue.start).find(|&at| passage.is(at, Class::Irreal) && passage.is(at + 1, Class::Having));
    let sentence = passage.sentence_of(cue.start)?.tokens.clone();
    let near = sentence.start.max(cue.start.saturating_sub(FAR))..sentence.end.min(cue.start + FAR);
    // "Had the bank not acted", "without the cut there would have been"
    let mut fronted = near.clone().filter(|&at| {
        let opens = at == near.start && passage.is(at, Class::Had);
        opens || passage.is_any(at, &[Class::Conditional, Class::Lacking])
    });
    if let Some(modal) = modal.filter(|_| !negated && fronted.next().is_some()) {
        return Some(stand(Polarity::Negated, word(modal), VoiceRule::Counterfactual));
    }
    let lead = supposition(passage, clause, cue.start).or_else(|| condition(passage, &near, start, cue))?;
    (!negated).then(|| stand(Polarity::Supposed, word(lead), VoiceRule::SupposedSo))
}

/// The "if" on which it depends whether something new may come to pass: "could be sacked if he loses". What is known is there
/// whatever happens; what "will" come, or "would", is announced, as in "will face sanctions if it invades".
fn condition(passage: &Passage, sentence: &Range<usize>, clause: usize, cue: &Range<usize>) -> Option<usize> {
    let modal = (clause..cue.start).rev().find(|&at| passage.is(at, Class::Possible))?;
    if definite_before(passage, modal, cue.start).is_some() || passage.is(modal, Class::Questioner) {
        return None;
    }
    let parted = |from: usize| (from..modal).any(|at| passage.is(at, Class::Comma));
    let opens = |at: usize| is_if(passage, at) || passage.is(at, Class::Proviso) && passage.is(at, Class::Subordinator);
    let before = (sentence.start.max(modal.saturating_sub(FURTHEST_CONDITION))..clause.max(sentence.start)).rev();
    let fronted = before
        .take_while(|&at| !passage.is_any(at, &[Class::Stop, Class::Semicolon, Class::DoubleQuote]))
        .find(|&at| opens(at) && parted(at));
    let after = cue.end..sentence.end.min(cue.end + FAR_IF);
    fronted.or_else(|| {
        let mut after = after.take_while(|&at| !passage.is_any(at, &[Class::Stop, Class::Comma, Class::DoubleQuote]));
        after.find(|&at| opens(at) && !passage.is(at - 1, Class::As) && !passage.is(at - 1, Class::Adverb))
    })
}

/// The "if", "unless" or "as long as" that opens the clause of the cue, where it supposes the cue: "if the build-up
/// continues" supposes only that it goes on.
fn supposition(passage: &Passage, clause: &Range<usize>, cue: usize) -> Option<usize> {
    let opens = |at: &usize| {
        let long = passage.is(*at, Class::Proviso) && passage.is(at.wrapping_sub(1), Class::As);
        let unless = passage.is(*at, Class::Proviso) && passage.is(*at, Class::Subordinator);
        is_if(passage, *at) || long || unless
    };
    // "as long as" stands before the clause that its second "as" opens.
    let lead = (clause.start.saturating_sub(2)..cue).take(5).find(opens)?;
    let known = definite_before(passage, lead, cue).is_some();
    let mut verb = (cue..clause.end.min(cue + FURTHEST_LASTING)).skip(1);
    let mut lasts = || verb.any(|at| passage.is(at, Class::Lasting));
    (!(known && lasts())).then_some(lead)
}

/// Whether a word is "if", or the "should" of "should troops attack".
pub(in crate::text) fn is_if(passage: &Passage, at: usize) -> bool {
    let inverted = passage.is(at, Class::Conditional) && passage.is(at, Class::Deontic);
    let opens = [Class::Capital, Class::Definite, Class::Subject, Class::PluralNoun];
    let before =
        || passage.is_any(at.wrapping_sub(1), &[Class::Subject, Class::Relative, Class::PluralNoun, Class::Person]);
    passage.is(at, Class::Questioner) && passage.is(at, Class::Hypothetical)
        || inverted && passage.is_any(at + 1, &opens) && !before()
}
