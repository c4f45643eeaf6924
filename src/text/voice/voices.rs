//! The voices of one document: whose words a span is.

use std::ops::Range;

use crate::model::{Mood, Span, VerbClass};
use crate::text::clauses::clause_at;
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::attribution::{AttributedWords, Part, holding};
use crate::text::voice::quotes::Quotation;
use crate::text::voice::rules::VoiceRule;

/// How many speakers inside one another are followed outwards. In broken text two may stand in each other's words, so
/// the way out need not end.
const MOST_NESTED: usize = 8;

/// Longest noun phrase for a claim, in tokens: "the opposition's latest claim that".
const LONGEST_CLAIM: usize = 8;

/// The voices of one document.
#[derive(Clone, Copy, Debug)]
pub struct Voices<'a> {
    /// `None` where the language is not supported.
    pub(in crate::text) passage: Option<Passage<'a>>,
    pub(in crate::text) quotations: &'a [Quotation],
    pub(in crate::text) clauses: &'a [usize],
    pub(in crate::text) attributions: &'a [AttributedWords],
    /// Places of the accusations among them.
    pub(in crate::text) accusations: &'a [usize],
    pub(in crate::text) parts: &'a [Part],
}

impl<'a> Voices<'a> {
    /// What the document gives as somebody's words, in the order of the verbs.
    #[must_use]
    pub const fn attributions(&self) -> &'a [AttributedWords] {
        self.attributions
    }

    /// Whether voices are known at all; not so in a language that is not supported.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.passage.is_some()
    }

    /// The clause of a token, as a range of tokens; the token alone where the language is not supported.
    #[must_use]
    pub fn clause_of(&self, token: usize) -> Range<usize> {
        self.passage.map_or(token..token + 1, |passage| clause_at(self.clauses, passage.len(), token))
    }

    /// The innermost attribution whose source speaks `span`; `None` where the outlet itself does, or where voices are
    /// not known.
    #[must_use]
    pub fn voice_of(&self, span: Span) -> Option<&'a AttributedWords> {
        self.speaker_index(span).map(|index| &self.attributions[index])
    }

    /// The rule by which [`Voices::voice_of`] decides; `None` where voices are not known.
    #[must_use]
    pub fn voice_rule(&self, span: Span) -> Option<VoiceRule> {
        self.passage?;
        let (speaker, presupposed) = self.speaker_of(span);
        let unspoken = if presupposed { VoiceRule::Presupposed } else { VoiceRule::Own };
        Some(speaker.map_or(unspoken, |index| self.attributions[index].rule))
    }

    /// The place of that attribution in [`Voices::attributions`].
    #[must_use]
    pub fn speaker_index(&self, span: Span) -> Option<usize> {
        self.speaker_of(span).0
    }

    /// The attribution that names who says "I", "we" or "you" where such a word is the source of `attribution`: the nearest
    /// around it that has another source. `attribution` itself where there is none.
    #[must_use]
    pub fn named_speaker(&self, attribution: &'a AttributedWords) -> &'a AttributedWords {
        let Some(passage) = &self.passage else { return attribution };
        let mut speaker = attribution;
        for _ in 0..MOST_NESTED {
            let Some(source) = speaker.source else { break };
            // "“I told them we would stay,” Lis said": who tells is Lis.
            // "My partner says" is the partner's word, not the speaker's own.
            let tokens = passage.tokens_of(source);
            if tokens.len() != 1 || !passage.is_participant(tokens.start) {
                return speaker;
            }
            let mut around = holding(self.parts, source.start).map(|part| &self.attributions[part.attribution]);
            let Some(outer) = around.find(|it| it.source.is_some_and(|outer| outer != source)) else { break };
            speaker = outer;
        }
        attribution
    }

    /// Who denies the claim that `attribution` is: "Calder rejects the union's claim that it cuts pay".
    pub(in crate::text) fn denier_of(&self, attribution: &AttributedWords) -> Option<usize> {
        // A demand or an offer can be refused, but is made all the same.
        let act = matches!(attribution.verb_class, VerbClass::Promising | VerbClass::Demanding | VerbClass::Asking);
        let noun = attribution.verb.filter(|_| attribution.rule == VoiceRule::Noun && !act)?;
        let passage = self.passage.as_ref()?;
        let denies = |part: &Part| {
            let outer = &self.attributions[part.attribution];
            let (start, noun) = (passage.token_at(part.span.start), passage.token_at(noun.start));
            let head = !(start..noun).any(|at| passage.is_finite(at) && !passage.is(at, Class::Past));
            outer.verb_class == VerbClass::Denying && outer.source.is_some() && outer.rule != VoiceRule::Noun && head
        };
        holding(self.parts, noun.start).find(denies).map(|part| part.attribution)
    }

    /// Whether the source is the "I" or "we" of who writes: it stands in nobody's words.
    pub(in crate::text) fn is_author(&self, passage: &Passage, attribution: &AttributedWords) -> bool {
        let Some(source) = attribution.source else { return false };
        let tokens = passage.tokens_of(source);
        // "We do not know that": nothing is said of it.
        let open = attribution.verb_class == VerbClass::Thinking && attribution.mood != Mood::Asserted;
        // "This newspaper believes that"
        let paper = tokens.len() == 2
            && passage.is(tokens.start, Class::Dummy)
            && passage.is(tokens.start + 1, Class::Person)
            && !passage.is_any(tokens.start + 1, &[Class::Human, Class::Body, Class::Paper, Class::Several]);
        (tokens.len() == 1 && passage.is(tokens.start, Class::First) || paper)
            && !open
            && !self.is_quoted(tokens.start)
            && holding(self.parts, source.start).all(|part| self.attributions[part.attribution] == *attribution)
    }

    /// Whether what stands at token `first` is what a denied noun says, in words that begin at `start`: "contests the
    /// finding that his plant leaked". The noun itself is the writer's.
    pub(in crate::text) fn is_denied_claim(&self, attribution: &AttributedWords, start: usize, first: usize) -> bool {
        let Some(passage) = self.passage.as_ref().filter(|_| attribution.verb_class == VerbClass::Denying) else {
            return false;
        };
        let mut links =
            (start + 1..first.min(start + LONGEST_CLAIM)).filter(|&at| passage.is_any(at, &[Class::That, Class::Of]));
        let acts = [VerbClass::Promising, VerbClass::Demanding];
        links.any(|at| passage.lexicon.noun(passage.role(at - 1)).is_some_and(|it| !acts.contains(&it.class(false))))
    }

    /// Whether the source is nothing but plain numbers.
    pub(in crate::text) fn is_data(&self, attribution: &AttributedWords) -> bool {
        let (Some(source), Some(passage)) = (attribution.source, &self.passage) else { return false };
        passage.is(passage.tokens_of(source).end - 1, Class::Figures)
    }

    /// Whether the source is somebody by his office: "officials confirmed evidence".
    pub(in crate::text) fn is_person(&self, attribution: &AttributedWords) -> bool {
        let (Some(source), Some(passage)) = (attribution.source, &self.passage) else { return false };
        passage.tokens_of(source).any(|at| passage.is(at, Class::Human))
    }

    /// Whether the source is somebody or a body rather than a thing that shows something.
    pub(in crate::text) fn can_speak(&self, attribution: &AttributedWords) -> bool {
        let (Some(source), Some(passage)) = (attribution.source, &self.passage) else { return false };
        let tokens = passage.tokens_of(source);
        // "a deal that respects the town's borders": the noun before it tells whether "that" can speak.
        let that = tokens.len() == 1 && tokens.start > 0 && passage.is(tokens.start, Class::That);
        let tokens = if that { tokens.start - 1..tokens.start } else { tokens };
        let speaks = [Class::Capital, Class::Human, Class::Body, Class::Several, Class::Title, Class::Subject];
        let others = [Class::Relative, Class::Complementiser, Class::Person, Class::Paper];
        tokens.into_iter().any(|at| passage.is_any(at, &speaks) || passage.is_any(at, &others))
    }

    /// The attribution whose verb of denial `span` is, of those that name who denies.
    #[must_use]
    pub fn denial_at(&self, span: Span) -> Option<&'a AttributedWords> {
        let passage = self.passage.as_ref()?;
        let role = passage.role(passage.token_at(span.start));
        if !role.is_verb() && !role.is_noun() {
            return None;
        }
        self.reports_at(span).find(|attribution| {
            attribution.verb_class == VerbClass::Denying
                && attribution.source.is_some()
                && attribution.verb.is_some_and(|verb| verb.contains(span))
        })
    }

    /// The attribution that names who accuses, where `span` is the verb or the name of the accused: "Minsk | accused Vilnius | of a
    /// raid".
    #[must_use]
    pub fn charge_at(&self, span: Span) -> Option<&'a AttributedWords> {
        let passage = self.passage.as_ref()?;
        let sentence = passage.sentence_number(passage.token_at(span.start));
        // Few, where a text without a full stop has a hundred thousand reports in a sentence.
        let first = self.accusations.partition_point(|place| self.attributions[*place].sentence < sentence);
        let accusations = self.accusations[first..].iter().map(|place| &self.attributions[*place]);
        let mut in_sentence = accusations.take_while(|accusation| accusation.sentence == sentence);
        in_sentence.find(|accusation| {
            accusation.verb.is_some_and(|verb| verb.overlaps(span)) || names_accused(passage, accusation, span)
        })
    }

    /// Whether `span` is a noun of promising whose words are given: "guarantees that", "an assurance that".
    #[must_use]
    pub fn is_promise(&self, span: Span) -> bool {
        let Some(passage) = &self.passage else { return false };
        let noun = passage.lexicon.noun(passage.role(passage.token_at(span.start)));
        noun.is_some_and(|noun| noun.class(false) == VerbClass::Promising) && self.is_report(span)
    }

    /// Whether `span` lies in the name of a source or in its verb.
    #[must_use]
    pub fn is_report(&self, span: Span) -> bool {
        let holds = |part: Option<Span>| part.is_some_and(|part| part.contains(span));
        self.reports_at(span).any(|attribution| holds(attribution.source) || holds(attribution.verb))
    }

    /// Whether `span` lies in the name of a source.
    #[must_use]
    pub fn names_source(&self, span: Span) -> bool {
        self.reports_at(span).any(|attribution| attribution.source.is_some_and(|source| source.contains(span)))
    }

    /// Whether the token is, or is in, the verb of somebody's report: "has alleged arson".
    pub(in crate::text) fn is_verb_of_report(&self, passage: &Passage, token: usize) -> bool {
        let word = passage.span(&(token..token + 1));
        self.reports_at(word).any(|it| it.source.is_some() && it.verb.is_some_and(|verb| verb.contains(word)))
    }

    /// The attributions made in the sentence of `span`.
    fn reports_at(&self, span: Span) -> impl Iterator<Item = &'a AttributedWords> {
        let sentence = self.passage.map_or(0, |passage| passage.sentence_number(passage.token_at(span.start)));
        let first = self.attributions.partition_point(|attribution| attribution.sentence < sentence);
        self.attributions[first..].iter().take_while(move |attribution| attribution.sentence == sentence)
    }
}

/// Whether words are an accusation: "Minsk accused Vilnius of a raid".
pub(in crate::text) fn is_accusation(passage: &Passage, words: &AttributedWords) -> bool {
    let verb = words.verb.filter(|_| words.source.is_some() && words.mood == Mood::Asserted);
    let verb = verb.filter(|_| words.rule != VoiceRule::Noun);
    verb.is_some_and(|verb| passage.tokens_of(verb).any(|at| passage.is(at, Class::Accusing)))
}

/// Whether `span` stands in the words of an accusation before the charge: "(accused) Vilnius | of a raid".
fn names_accused(passage: &Passage, accusation: &AttributedWords, span: Span) -> bool {
    // "blamed both: “You fled,” said Lis" has no charge behind the accused.
    let is_before_charge = |part: Span| {
        let charge = passage.tokens_of(part).find(|&at| passage.is_any(at, &[Class::Of, Class::For, Class::Mark]));
        let charge = charge.filter(|&at| !passage.is(at, Class::Mark));
        charge.is_some_and(|charge| passage.tokens_of(span).end <= charge)
    };
    accusation.content.iter().any(|part| part.contains(span) && is_before_charge(*part))
}
