//! Where a clause ends and another begins, for the words of a report: relative and subordinate clauses, and what opens a verb.
//! Not here: the other reports of the sentence (`contents`).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::additions::is_where;
use crate::text::voice::bounds::{Bounds, Reach};
use crate::text::voice::candidate::Candidate;

/// Whether the verb of the main clause stands at a token, after a relative clause without commas: "The man who warned of a raid | has
/// left", "Those who said the bank was sound | had lied".
pub(in crate::text) fn closes_relative(bounds: &Bounds, at: usize, reach: Reach) -> bool {
    let passage = bounds.passage;
    let this = &bounds.candidates[bounds.index];
    let relative = |source: &Range<usize>| {
        let first = source.start;
        source.len() == 1
            && passage.is_any(first, &[Class::Relative, Class::That])
            && first > bounds.tokens.start
            && passage.is_word(first - 1)
    };
    let Some(source) = this.source.as_ref().filter(|it| relative(it) && is_plain_verb(passage, at)) else {
        return false;
    };
    let first = source.start;
    // "It was Lis who said the bank was sound": the main clause has its verb already.
    let earlier = bounds.candidates[..bounds.index].iter().rev().map(|other| other.cue.end);
    let floor = earlier.filter(|end| *end <= first).max().unwrap_or(bounds.tokens.start);
    if (floor..first).any(|at| passage.is_finite(at)) {
        return false;
    }
    let goes_on = [Class::Auxiliary, Class::Adverb, Class::Negator, Class::To, Class::Coordinator, Class::Subject];
    let opens = [Class::Relative, Class::Subordinator, Class::Mark];
    let mut inside = (this.cue.end..at).filter(|&inner| !passage.is(inner, Class::Hyphen));
    let nested = inside.clone().any(|inner| passage.is_any(inner, &opens) && !passage.is(inner, Class::That));
    let verbs = reach == Reach::Phrase || inside.any(|inner| is_plain_verb(passage, inner));
    verbs && !nested && !passage.is_any(at - 1, &goes_on)
}

/// Whether an auxiliary or a common finite verb stands here.
fn is_plain_verb(passage: &Passage, at: usize) -> bool {
    let listed = passage.is_any(at, &[Class::Auxiliary, Class::Finite]);
    listed && passage.is_finite(at) && !passage.is(at, Class::Capital)
}

/// Whether the main clause begins at a token, after a report in the clause that opens the sentence: "After Lis said it
/// rained, | the town left"; or goes on after a relative one: "Lis, who said it rained, | left".
pub(in crate::text) fn follows_subordinate(bounds: &Bounds, this: &Candidate, next: usize) -> bool {
    let passage = bounds.passage;
    // "While it is not thought to pay, | it is kept"
    let Some(source) = &this.source else {
        return stands_in_opening(bounds, this).is_some() && opens_main(passage, next, bounds.tokens.end);
    };
    let verb = !passage.is(next, Class::Capital) && passage.is_any(next, &[Class::Auxiliary, Class::Finite]);
    if passage.is(source.start, Class::Relative) && source.start > bounds.tokens.start {
        return verb && passage.is(source.start - 1, Class::Comma);
    }
    // "Port Elan, where police say it rained, | is shut"
    let lead = source.start.saturating_sub(1);
    if lead > bounds.tokens.start && (is_where(passage, lead) || passage.is(lead, Class::Relative)) {
        return verb && passage.is(lead - 1, Class::Comma);
    }
    let first = stands_in_opening(bounds, this).is_some();
    // "It has time, but if Minsk decides it is late, | it may leave"
    let supposed = passage.is(lead, Class::Conditional)
        && lead > bounds.tokens.start
        && passage.is_any(lead - 1, &[Class::Comma, Class::Adversative]);
    let opens = source.start > bounds.tokens.start && (first || supposed);
    opens && opens_main(passage, next, bounds.tokens.end)
}

/// The conjunction of the clause that opens the sentence, where a report is the verb of that clause: "As the town weighs a raid, ...",
/// "While it was not thought to pay, ...".
pub(in crate::text) fn stands_in_opening(bounds: &Bounds, this: &Candidate) -> Option<usize> {
    let passage = bounds.passage;
    let first = this.source.as_ref().map_or(this.cue.start, |source| source.start.min(this.cue.start));
    // "And while it was not thought to pay, ..."
    let opening = bounds.tokens.start;
    // "Even as the town denies a raid, ..."
    let even = passage.is(opening, Class::Turn) && passage.is(opening + 1, Class::Subordinator);
    let lead = opening + usize::from(even || passage.is(opening, Class::Coordinator));
    // "said that while the bank hopes to avoid a loss, | ..."
    let nested = first.checked_sub(2).filter(|that| *that > opening && passage.is(*that, Class::Complementiser));
    if let Some(lead) = nested.map(|that| that + 1).filter(|lead| passage.is(*lead, Class::Subordinator)) {
        return Some(lead);
    }
    let unnamed = this.source.is_none() && lead < first && is_unbroken(passage, lead + 1..first);
    let near = lead + 1 == first || unnamed;
    (near && passage.is(lead, Class::Subordinator)).then_some(lead)
}

/// Whether no comma stands among words.
fn is_unbroken(passage: &Passage, mut words: Range<usize>) -> bool {
    words.all(|at| !passage.is(at, Class::Comma))
}

/// Whether a report is that of a condition: "if Minsk responds".
pub(in crate::text) fn is_supposed(passage: &Passage, report: &Candidate) -> bool {
    let lead = report.source.as_ref().and_then(|source| source.start.checked_sub(1));
    lead.is_some_and(|lead| passage.is(lead, Class::Conditional))
}

/// Whether a subject and its verb stand at a token.
pub(in crate::text) fn opens_main(passage: &Passage, next: usize, end: usize) -> bool {
    let subject = [Class::Subject, Class::Definite, Class::Indefinite, Class::Capital, Class::PluralNoun, Class::Dummy];
    passage.is_any(next, &subject) && !passage.is(next, Class::Relative) && opens_predicate(passage, next, end)
}

/// Whether a conjunction opens a clause at `first` and its main clause begins at `main`: "said since it began | the port was shut", after
/// a comma.
pub(in crate::text) fn leads_to_main(passage: &Passage, first: usize, main: usize, end: usize) -> bool {
    passage.is(first, Class::Subordinator) && opens_main(passage, main, end)
}

/// Whether a verb or a clause of its own follows a conjunction, rather than one more noun.
pub(in crate::text) fn opens_predicate(passage: &Passage, next: usize, end: usize) -> bool {
    let limit = end.min(next + 8);
    let breaks = |token: &usize| passage.is_any(*token, &[Class::Comma, Class::Preposition, Class::Relative]);
    (next..limit).take_while(|token| !breaks(token)).any(|token| passage.is_finite(token))
}

/// Whether a finite verb with its object stands here: "warned of a raid and | sent tanks".
pub(in crate::text) fn opens_verb(passage: &Passage, at: usize) -> bool {
    let object = [Class::Definite, Class::Indefinite, Class::Object, Class::Number, Class::Capital];
    let acts = passage.is(at, Class::Finite) || passage.is(at, Class::Past) && passage.is_any(at + 1, &object);
    passage.is(at, Class::Auxiliary) || acts && !passage.is(at, Class::Capital)
}

/// Whether a conjunction of time or cause opens a clause: it tells when the source spoke of a thing, or why.
pub(in crate::text) fn dates(passage: &Passage, at: usize) -> bool {
    let subject = || passage.is_any(at + 1, &[Class::Subject, Class::Capital]);
    if passage.is(at, Class::Dating) {
        let mut clause = (at + 1..passage.len().min(at + 10)).take_while(|token| !passage.is(*token, Class::Comma));
        return clause.any(|token| passage.is_finite(token));
    }
    passage.is(at, Class::As) && subject() && opens_predicate(passage, at + 1, passage.len())
}
