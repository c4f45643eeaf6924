//! Additions: where a report's words end because the outlet goes on in its own voice, and insertions that they reach over.
//!
//! A relative clause between commas is a comment of whoever writes, also where it stands behind somebody's words: Potts (2005),
//! "The Logic of Conventional Implicatures", on supplements. Not here: what else bounds words (`contents`).

use crate::model::Mood;
use crate::text::language::{Class, Follows};
use crate::text::passage::Passage;
use crate::text::voice::bounds::Bounds;
use crate::text::voice::candidate::Placing;

/// Longest insertion in an object, in tokens.
const LONGEST_INSERTION: usize = 25;

/// Whether the outlet's own words begin at token `at`, for a report whose words end at `end` at the latest.
pub(in crate::text) fn adds(bounds: &Bounds, at: usize, end: usize) -> bool {
    !bounds.confined && (attends(bounds, at) || comments(bounds, at, end))
}

/// Whether what a thing happened amid is named as known: "would close its shops | amid the strike"; but "had closed amid chaos".
fn attends(bounds: &Bounds, at: usize) -> bool {
    let passage = bounds.passage;
    // "would not say whether aid comes amid the raids": nothing was said to which the writer adds.
    let said = bounds.candidates[bounds.index].mood == Mood::Asserted;
    let parted = passage.is_any(at - 1, &[Class::Comma, Class::Dash]) || passage.is_headline(at);
    said && passage.is(at, Class::Amid) && (parted || passage.is(at + 1, Class::Definite))
}

/// Whether a relative clause about a name, or behind a dash, closes the words: "backed a deal with Minsk, | where police killed four";
/// but "sees the pact, which ended the war, as a map". What "which" adds to a clause is the source's as often as not.
fn comments(bounds: &Bounds, mark: usize, end: usize) -> bool {
    let passage = bounds.passage;
    if !passage.is_any(mark, &[Class::Comma, Class::Dash]) {
        return false;
    }
    let lead = mark + 1 + usize::from(passage.is(mark + 1, Class::Preposition));
    // "who" and "whose", not "which"
    let person = passage.is(lead, Class::Relative) && passage.is_any(lead, &[Class::Subject, Class::Definite]);
    let about = passage.is(mark - 1, Class::Capital) && (person || is_where(passage, lead));
    let marks = [Class::Comma, Class::Dash, Class::DoubleQuote];
    (about || passage.is(mark, Class::Dash) && passage.is(lead, Class::Relative))
        && !(lead..end).any(|at| passage.is_any(at, &marks))
}

/// "where", of the words that open a question and a clause.
pub(in crate::text) fn is_where(passage: &Passage, at: usize) -> bool {
    let both = passage.is(at, Class::Question) && passage.is(at, Class::Subordinator);
    both && !passage.is_any(at, &[Class::Dating, Class::Complementiser])
}

/// Whether a conjunction or preposition behind the day of a report leads to what else happened then: "accused Minsk of it on Tuesday |
/// after the raid".
pub(in crate::text) fn dates_report(passage: &Passage, at: usize) -> bool {
    let leads = passage.is_any(at, &[Class::Dating, Class::As, Class::Circumstance]);
    leads && at > 0 && (passage.is(at - 1, Class::Weekday) || passage.ends_time(at - 1))
}

/// The end of an insertion that begins with a mark inside the object of a verb, before what the object is called: "called the vote
/// — and the count — | a farce", "described the town, which burnt, | as lost".
pub(in crate::text) fn insertion_end(bounds: &Bounds, mark: usize, end: usize) -> Option<usize> {
    let passage = bounds.passage;
    let kind = [Class::Comma, Class::Dash].into_iter().find(|kind| passage.is(mark, *kind))?;
    let candidate = &bounds.candidates[bounds.index];
    let entry = candidate.entry.filter(|entry| {
        entry.takes(Follows::As) || entry.takes(Follows::Np) && !entry.takes(Follows::That) && !entry.takes(Follows::To)
    })?;
    let close = (mark + 1..end.min(mark + LONGEST_INSERTION)).find(|&at| passage.is(at, kind))?;
    let named = passage.is_any(close + 1, &[Class::Indefinite, Class::DoubleQuote]) && kind == Class::Dash;
    let called = entry.takes(Follows::As) && passage.is(close + 1, Class::As);
    (named || called).then_some(close + 1)
}

/// "The road, as X noted, is long": the words before the "as" at token `lead` of a sentence, and what follows the aside.
pub(in crate::text) fn around_aside(passage: &Passage, start: usize, lead: usize, rest: Option<usize>) -> Placing {
    let Some(rest) = rest.filter(|rest| passage.is(*rest, Class::Comma)) else { return Placing::Before(lead) };
    if lead < start + 2 || !passage.is(lead - 1, Class::Comma) {
        return Placing::Before(lead);
    }
    let connects =
        |at: usize| passage.is_any(at, &[Class::Adverb, Class::Coordinator, Class::Subordinator, Class::Mark]);
    if (start..lead).all(connects) { Placing::After(rest + 1) } else { Placing::Around(lead - 1, rest) }
}
