//! Distance: the "purported", the "so-called" and the quotation marks with which a writer does not vouch for a word. Not here: negation and
//! denial (`stance`), and whose a quotation is (`quotes`).

use std::ops::Range;

use crate::model::Span;
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::denials::holds_clause;
use crate::text::voice::quotes::MOST_SCARE_WORDS;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};
use crate::text::voice::voices::Voices;

/// How far left of a noun its "purported" may stand, in tokens.
const MODIFIER_REACH: usize = 4;

/// Most words in quotation marks that a writer holds at a distance where nobody is quoted; more are somebody's.
const LONGEST_SCARE: usize = 3;

impl Voices<'_> {
    /// The quotation marks or the "purported" that keep a distance from the cue.
    pub(super) fn distance(&self, passage: &Passage, cue: &Range<usize>, spoken: bool) -> Option<Stand> {
        // "so-called camps, where the army holds them": the cue goes on with what is told.
        if holds_clause(passage, cue) {
            return None;
        }
        for at in (cue.start.saturating_sub(MODIFIER_REACH)..cue.start).rev() {
            // "police said he allegedly took a bribe": the hedge is law's, the word theirs.
            if passage.is(at, Class::Distance)
                && !(spoken && passage.is(at, Class::Adverb))
                && !self.is_verb_of_report(passage, at)
            {
                // A "purported deal" is neither vouched for nor rejected, a "supposed threat" is none. "Alleged crimes" are crimes to who
                // speaks of them (they were in 6 of 6 hand-coded places).
                let passed_on = passage.is(at, Class::Hedge);
                let polarity = if passed_on { Polarity::Hedged } else { Polarity::Distanced };
                return Some(stand(polarity, passage.span(&(at..at + 1)), VoiceRule::DistanceWord));
            }
            // "the so-called Normandy format" only has that name.
            let name = passage.is(at + 1 + usize::from(passage.is_quote_mark(at + 1)), Class::Capital);
            if let Some(lead) = so_called(passage, at).filter(|&lead| !name && !self.is_term(passage, lead, cue)) {
                return Some(stand(Polarity::Distanced, passage.span(&(lead..at + 1)), VoiceRule::SoCalled));
            }
            let ends = [Class::Preposition, Class::Definite, Class::Comma, Class::Coordinator, Class::Auxiliary];
            if passage.is_any(at, &ends) {
                break;
            }
        }
        // Headlines quote; "held 300 “talks”" counts what others call so.
        let quotation = self.quotation_around(cue.start).filter(|it| !spoken && !quotes(passage, it.start))?;
        let words = quotation.clone().filter(|&at| passage.is_word(at)).count();
        // "the “lend-lease programme”"
        let around = words <= MOST_SCARE_WORDS && quotation.end >= cue.end && !modifies(passage, cue.end);
        let scare =
            around && !reports_words(passage, &quotation, words) && !self.is_said_elsewhere(passage, &quotation);
        scare.then(|| stand(Polarity::Distanced, passage.span(&quotation), VoiceRule::ScareQuotes))
    }

    /// Whether "so-called" at `lead` only gives the name of a thing that is new: "a so-called tax holiday", "so-called holding camps",
    /// "the so-called “false alarm” calls". Of "the so-called threat" the writer does not vouch.
    fn is_term(&self, passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
        let before = lead.wrapping_sub(1);
        let before = before.wrapping_sub(usize::from(passage.is_quote_mark(before)));
        let known = passage.is_any(before, &[Class::Definite, Class::Possessive]);
        let name = (cue.start..cue.end + 2).any(|at| passage.is(at, Class::Capital));
        !known || name || modifies(passage, self.quotation_around(cue.start).map_or(cue.end, |it| it.end))
    }

    /// Whether somebody is quoted elsewhere in the document with the words of a quotation, so that they are no writer's: what
    /// the president called a "minor raid" is a "minor raid" in later sentences as well.
    fn is_said_elsewhere(&self, passage: &Passage, quotation: &Range<usize>) -> bool {
        let inside = passage.span(quotation);
        let words = inside.of(passage.content).trim_matches(|mark: char| !mark.is_alphanumeric());
        let quoted = |span: &Span| !span.contains(inside) && span.of(passage.content).contains(words);
        !words.is_empty() && self.attributions.iter().any(|it| it.source.is_some() && it.content.iter().any(quoted))
    }

    /// The innermost quotation around a token.
    pub(super) fn quotation_around(&self, token: usize) -> Option<Range<usize>> {
        let after = self.quotations.partition_point(|quotation| quotation.tokens.start <= token);
        let near = self.quotations[after.saturating_sub(4)..after].iter().rev();
        near.map(|quotation| quotation.tokens.clone()).find(|tokens| tokens.end > token)
    }
}

/// Whether a short quotation is of words that were said rather than held at a distance: `would bring "massive
/// consequences."`, `is to guarantee, "the town's freedom"`.
fn reports_words(passage: &Passage, quotation: &Range<usize>, words: usize) -> bool {
    let before = quotation.start.wrapping_sub(1);
    let next = quotation.end;
    let term = modifies(passage, next);
    // "has an “open door”": a name for what is new. "the “raid” that he allowed": the word is his, and the thing is there.
    let introduced = passage.is(before, Class::Single) || passage.is_any(next, &[Class::Relative, Class::That]);
    // The sight "causes panic", "Don't panic!": a clause is somebody's.
    let clause = passage.is_word(before) && passage.is_finite(quotation.start + 1);
    let cried = passage.is(next.wrapping_sub(2), Class::Stop) && passage.is(quotation.start + 1, Class::Auxiliary);
    // "used them as “human shields”", "Minsk's “way out”": so somebody uses or has it. "was granted “lasting peace”", "singing “Stand by
    // Lodz”": what was given or sung. None of 9 such in news was held at a distance.
    let topics = [Class::Of, Class::About, Class::Topical, Class::By];
    // "there's “hysteria”"
    let owned = passage.is(before, Class::Possessive) && !passage.is(before.wrapping_sub(1), Class::Floating);
    let used = owned || passage.is(before, Class::Preposition) && !passage.is_any(before, &topics);
    let acts = passage.is_any(before, &[Class::Past, Class::Gerund]) && !passage.is(before, Class::Being);
    let term = term || introduced || clause || cried || used || acts;
    let named = passage.is_any(before, &[Class::Definite, Class::Indefinite, Class::Hyphen]);
    let last = passage.is(next.wrapping_sub(2), Class::Stop) && !named;
    // "accusations of “false flags”"
    let claimed = passage.is(before, Class::Of) && passage.lexicon.noun(passage.role(before.wrapping_sub(1))).is_some();
    words > LONGEST_SCARE || claimed || passage.is(before, Class::Comma) || term || last
}

/// Whether a quotation that ends before `next` says which of what follows: "false flag" operations.
fn modifies(passage: &Passage, next: usize) -> bool {
    let grammar =
        [Class::Auxiliary, Class::Preposition, Class::Coordinator, Class::Subordinator, Class::Relative, Class::Adverb];
    passage.is_word(next) && !passage.is_finite(next) && !passage.is_any(next, &grammar)
}

/// The first token of "so-called" or "self-styled" where it ends with token `at`.
fn so_called(passage: &Passage, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let lead = if passage.is(before, Class::Hyphen) { before.checked_sub(1)? } else { before };
    (passage.is(at, Class::DistanceHead) && passage.is(lead, Class::DistanceLead)).then_some(lead)
}

/// Whether the quotation mark at `at` only quotes: in a headline, after a number, or around what is so called.
fn quotes(passage: &Passage, at: usize) -> bool {
    let is_counted = at > 0 && passage.is(at - 1, Class::Number);
    let is_name = at > 0 && so_called(passage, at - 1).is_some();
    passage.is_headline(at) || is_counted || is_name
}
