//! The part of a cue that its voice and stance hang on, and the name of who speaks.

use std::ops::Range;

use crate::model::{Span, VerbClass};
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::candidate::Complement;
use crate::text::voice::naming::{is_office, is_pronoun};
use crate::text::voice::negators::negates_verb;
use crate::text::voice::voices::Voices;

/// How far before a word the negator stands that its verb has, in tokens: "was not eager to have a dialogue".
const FURTHEST_GOVERNED: usize = 5;

/// How far before a cue the promise stands that it is of, in tokens.
const FURTHEST_PROMISE: usize = 12;

impl Voices<'_> {
    /// The part of a cue that voice and stance are asked of. A cue may reach over the edge of somebody's words, as "Moscow"
    /// and "invasion" do in "Moscow denied that an invasion was near": then the voice that most of its words are in has it.
    /// Words that name a source or are its verb are nobody's content and have no say; of equal parts the innermost wins,
    /// then the first.
    #[must_use]
    pub fn core_of(&self, words: &[Span]) -> Span {
        // "rejected the demands": a rule with the denial in it is about who denies.
        if let Some(denial) = words.iter().find(|word| self.denial_at(**word).is_some()) {
            return *denial;
        }
        let speakers: Vec<Option<usize>> = words.iter().map(|word| self.telling_index(*word)).collect();
        if speakers.windows(2).all(|pair| pair[0] == pair[1]) {
            return hull(self.behind_negator(words));
        }
        // "wants guarantees that it will not join": to ask for the promise is to side with it, whatever it says.
        if let Some(promise) = words.iter().find(|word| self.is_promise(**word)) {
            return *promise;
        }
        let mut parts: Vec<(Option<usize>, Vec<Span>)> = Vec::new();
        for (word, speaker) in words.iter().zip(speakers).filter(|(word, _)| !self.is_report(**word)) {
            match parts.iter_mut().find(|(known, _)| *known == speaker) {
                Some((_, part)) => part.push(*word),
                None => parts.push((speaker, vec![*word])),
            }
        }
        // "called the talk of invasion a myth": who judges what the outlet names has said the whole.
        if let [(None, named), (Some(index), judgment)] = &parts[..]
            && self.judges(*index, named)
        {
            return hull(judgment);
        }
        // "unfounded claims that the army will come": a rule that asks for the judgment says so itself.
        if let (Some(passage), Some(first)) = (&self.passage, words.first())
            && passage.is_any(passage.token_at(first.start), &[Class::False, Class::Judgment])
        {
            return hull(words);
        }
        let depth = |speaker: &Option<usize>| speaker.map_or(0, |index| self.attributions()[index].depth + 1);
        let best = parts.iter().rev().max_by_key(|(speaker, part)| (part.len(), depth(speaker)));
        let part = best.map_or_else(|| hull(words), |(_, part)| hull(part));
        let part = self.with_negator(words, part);
        // "give in to demands that it never join": what is wanted is that it does not.
        match &self.passage {
            Some(passage) if refuses_by_promise(passage, hull(words), part) => hull(words),
            _ => part,
        }
    }

    /// The words behind the last negator that stands between them though the rule does not ask for it: "the pact | will not | send
    /// troops". A promise that something will not be is the promise, whatever it says.
    fn behind_negator<'w>(&self, words: &'w [Span]) -> &'w [Span] {
        let Some(passage) = &self.passage else { return words };
        let first = words.first().map_or(0, |word| passage.token_at(word.start));
        let negated = (1..words.len()).rev().find(|&next| {
            let start = passage.token_at(words[next].start);
            let gap = passage.tokens_of(words[next - 1]).end.max(start.saturating_sub(FURTHEST_GOVERNED))..start;
            let ends = [Class::Preposition, Class::Comma, Class::Complementiser];
            let goes_on = |at: usize| passage.is_any(at, &[Class::To, Class::Of]) || !passage.is_any(at, &ends);
            let mut near = gap.rev().take_while(|&at| goes_on(at));
            let negator = near.find(|&at| {
                // "yielded no sign of progress"
                let none = passage.is(at, Class::No) && passage.is(at + 1, Class::Evidence);
                none || passage.is(at, Class::Negator) && negates_verb(passage, at)
            });
            negator.is_some_and(|at| !is_promised(passage, first.saturating_sub(FURTHEST_PROMISE)..at))
        });
        negated.map_or(words, |next| &words[next..])
    }

    /// The part of a cue with the negated verb before it that the rule asks for: "the pact is | not | planning to | send troops" is
    /// the refusal, though what is planned has a voice of its own.
    fn with_negator(&self, words: &[Span], part: Span) -> Span {
        let Some(passage) = &self.passage else { return part };
        let negates = |word: &&Span| word.end <= part.start && negates_verb(passage, passage.token_at(word.start));
        words.iter().rev().find(negates).map_or(part, |negator| negator.hull(part))
    }

    /// Whether a source judges these words: they are what it speaks of, under a name that is the outlet's.
    fn judges(&self, index: usize, words: &[Span]) -> bool {
        let AttributedWords { complement, content, .. } = &self.attributions()[index];
        *complement == Complement::Noun && words.iter().all(|word| content.iter().any(|part| part.contains(*word)))
    }

    /// The source of an attribution as written, without a possessive ending or the comma that closes an apposition; for
    /// a pronoun or a part of the name, the name that the source has in the document.
    #[must_use]
    pub fn source_of(&self, attribution: &AttributedWords) -> Option<String> {
        let passage = self.passage.as_ref()?;
        let mut tokens = passage.tokens_of(attribution.source?);
        while tokens.len() > 1 && passage.is(tokens.end - 1, Class::Comma) {
            tokens.end -= 1;
        }
        // "Nowak himself"
        tokens.end -= usize::from(tokens.len() > 1 && passage.is(tokens.end - 1, Class::Reflexive));
        // "Minsk's (claim)", "the towns' (demand)"
        if tokens.len() > 1 && passage.is_any(tokens.end - 1, &[Class::Possessive, Class::SingleQuote]) {
            tokens.end -= 1;
        }
        let written = passage.text(&tokens);
        match &attribution.name {
            // "Officials", known as "officials", are as written, and so is "the official" who was "a senior tax official", not "the
            // ministry", of which there is one.
            Some(name) if names_holder(passage, &tokens) && is_office(name) => Some(written.to_owned()),
            Some(name) if !written.to_lowercase().contains(&name.to_lowercase()) => Some(name.clone()),
            _ => Some(written.to_owned()),
        }
    }
}

/// Whether a source is a person, or people, by an office and no pronoun.
fn names_holder(passage: &Passage, source: &Range<usize>) -> bool {
    !is_pronoun(passage, source) && !passage.is(source.end - 1, Class::Body)
}

fn hull(words: &[Span]) -> Span {
    words.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
}

/// Whether a negator between the first word of a cue and a part of it is what is promised or demanded.
fn refuses_by_promise(passage: &Passage, words: Span, part: Span) -> bool {
    let before = passage.token_at(words.start)..passage.token_at(part.start);
    let negator = before.clone().rev().find(|&at| passage.is(at, Class::Negator));
    // "pledged | not to join"
    negator.is_some_and(|at| is_promised(passage, before.start.saturating_sub(1)..at))
}

/// Whether a word promises or demands: "guarantees that the pact will not expand".
fn is_promised(passage: &Passage, mut words: Range<usize>) -> bool {
    let acts = [VerbClass::Promising, VerbClass::Demanding];
    words.any(|at| {
        let role = passage.role(at);
        let entries = [passage.lexicon.noun(role), passage.lexicon.verb(role)];
        entries.into_iter().flatten().any(|it| acts.contains(&it.class(false)))
    })
}
