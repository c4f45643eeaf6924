//! A document's tokens with the role of each: what every step of the analysis of voices looks at.

use std::ops::Range;

use crate::model::Span;
use crate::text::language::{Class, Follows, Form, Lexicon, Traits};
use crate::text::{Reading, Sentence, Token, Vocabulary};

/// Roles of word forms, by their number in the vocabulary; kept between documents.
#[derive(Debug, Default)]
pub(in crate::text) struct RoleTable {
    generation: u64,
    language: &'static str,
    roles: Vec<Traits>,
}

impl RoleTable {
    /// Looks up the forms that are new since the last call.
    pub(in crate::text) fn update(&mut self, vocabulary: &Vocabulary, lexicon: &Lexicon, language: &'static str) {
        // A number of a cleared vocabulary means another word, and a word has another role in another language.
        if self.generation != vocabulary.generation() || self.language != language {
            self.roles.clear();
            self.generation = vocabulary.generation();
            self.language = language;
        }
        let known = self.roles.len();
        self.roles.extend(vocabulary.words().skip(known).map(|word| lexicon.role(&word.surface, &word.folded)));
    }

    /// Fills `roles` with the role of each token of `reading`, and with what its place adds to it.
    pub(in crate::text) fn fill(&self, content: &str, reading: &Reading, roles: &mut Vec<Traits>) {
        roles.clear();
        let mut end = 0;
        for token in &reading.tokens {
            let mut role = self.roles[token.word.index()];
            if token.span.start > end || end == 0 {
                role = role.with(Class::SpaceBefore);
                if let Some(last) = roles.last_mut() {
                    *last = last.with(Class::SpaceAfter);
                }
            }
            end = token.span.end;
            roles.push(role);
        }
        if let Some(last) = roles.last_mut() {
            *last = last.with(Class::SpaceAfter);
        }
        mark_paragraphs(content, reading, roles);
        mark_pairs(roles);
    }
}

/// Longest headline among the sentences of a text, in tokens.
const LONGEST_HEADLINE: usize = 14;

/// What does not stand in the name of somebody who signs a headline.
const BREAKS_NAMES: [Class; 5] =
    [Class::Definite, Class::Indefinite, Class::Preposition, Class::Auxiliary, Class::Subordinator];

/// A paragraph begins with each sentence that has a line break before it.
fn mark_paragraphs(content: &str, reading: &Reading, roles: &mut [Traits]) {
    let mut end = 0;
    for sentence in &reading.sentences {
        let gap = &content[end..sentence.span.start.max(end)];
        if (end == 0 || gap.contains('\n'))
            && let Some(role) = roles.get_mut(sentence.tokens.start)
        {
            *role = role.with(Class::Paragraph);
        }
        end = sentence.span.end;
    }
}

/// A hyphen with white space, or a comma before it, on both sides is a dash; two single quotation marks that touch are a double one.
fn mark_pairs(roles: &mut [Traits]) {
    for at in 0..roles.len() {
        let role = roles[at];
        // "The port is shut,- Lis"
        let parts = role.is(Class::SpaceBefore) || at > 0 && roles[at - 1].is(Class::Comma);
        if role.is(Class::Hyphen) && parts && role.is(Class::SpaceAfter) {
            roles[at] = role.with(Class::Dash);
        }
        let touches = role.is(Class::SingleQuote) && !role.is(Class::DoubleQuote) && !role.is(Class::SpaceAfter);
        if touches && roles.get(at + 1).is_some_and(|next| next.is(Class::SingleQuote)) {
            roles[at] = role.with(Class::DoubleQuote);
            roles[at + 1] = roles[at + 1].with(Class::DoubleQuote);
        }
    }
}

/// A verb of saying whose lemma has a hyphen is three tokens. The last is inflected, and so stands for all.
pub(in crate::text) fn mark_hyphenated_verbs(
    reading: &Reading,
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
    roles: &mut [Traits],
) {
    for at in 1..roles.len().saturating_sub(1) {
        let hyphen = roles[at];
        if !hyphen.is(Class::Hyphen) || hyphen.is(Class::SpaceBefore) || hyphen.is(Class::SpaceAfter) {
            continue;
        }
        let [first, last] = [at - 1, at + 1].map(|at| &vocabulary.word(reading.tokens[at].word).folded);
        if let Some(verb) = lexicon.hyphenated_verb(&[first, "-", last].concat()) {
            roles[at - 1] = roles[at - 1].with(Class::VerbPart);
            roles[at] = hyphen.with(Class::VerbPart);
            roles[at + 1] = roles[at + 1].as_verb(verb);
        }
    }
}

/// What stands around the tokens that are looked at: a full stop. A title and a paragraph may lack one, and yet "Invasion fears
/// grow", a title, has nothing to do with "The army will not attack" below it.
const BEYOND: Traits = Traits::of(&[Class::Stop, Class::Mark]);

/// The tokens of one document, their roles, and the words they stand for.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Passage<'a> {
    /// The document's content.
    pub(in crate::text) content: &'a str,
    /// Its tokens.
    pub(in crate::text) tokens: &'a [Token],
    /// Its sentences, as far as they are read together.
    pub(in crate::text) sentences: &'a [Sentence],
    /// The words of the tokens.
    pub(in crate::text) vocabulary: &'a Vocabulary,
    /// The language's words of saying.
    pub(in crate::text) lexicon: &'a Lexicon,
    /// One per token.
    roles: &'a [Traits],
    /// The first token that is looked at, and the one after the last.
    seen: (usize, usize),
}

impl<'a> Passage<'a> {
    /// All of a document, with one role per token.
    pub(in crate::text) const fn new(
        content: &'a str,
        reading: &'a Reading,
        (vocabulary, lexicon): (&'a Vocabulary, &'a Lexicon),
        roles: &'a [Traits],
    ) -> Self {
        let (tokens, sentences) = (reading.tokens.as_slice(), reading.sentences.as_slice());
        Self { content, tokens, sentences, vocabulary, lexicon, roles, seen: (0, roles.len()) }
    }

    /// The same with no eyes for what stands outside `tokens`: a rule that steps over an end of them meets a full stop.
    pub(in crate::text) const fn within(self, tokens: &Range<usize>) -> Self {
        Self { seen: (tokens.start, tokens.end), ..self }
    }

    /// The same with no eyes for what stands outside the sentence of a token.
    pub(in crate::text) fn within_sentence(self, token: usize) -> Self {
        self.sentence_of(token).map_or(self, |sentence| self.within(&sentence.tokens))
    }

    /// What is seen of `tokens`.
    pub(in crate::text) fn seen(&self, tokens: Range<usize>) -> Range<usize> {
        tokens.start.max(self.seen.0)..tokens.end.min(self.seen.1)
    }

    /// The same with eyes for the whole document.
    pub(in crate::text) const fn whole(self) -> Self {
        Self { seen: (0, self.roles.len()), ..self }
    }

    /// The roles of all tokens, in order.
    pub(in crate::text) const fn roles(&self) -> &'a [Traits] {
        self.roles
    }

    /// How many tokens there are.
    pub(in crate::text) fn len(&self) -> usize {
        self.roles.len()
    }

    /// The role of a token; that of a full stop beyond those that are looked at.
    pub(in crate::text) fn role(&self, token: usize) -> Traits {
        let (first, end) = self.seen;
        if (first..end).contains(&token) { self.roles[token] } else { BEYOND }
    }

    /// Whether the token belongs to `class`.
    pub(in crate::text) fn is(&self, token: usize, class: Class) -> bool {
        self.role(token).is(class)
    }

    /// Whether the token belongs to any of `classes`.
    pub(in crate::text) fn is_any(&self, token: usize, classes: &[Class]) -> bool {
        let role = self.role(token);
        classes.iter().any(|class| role.is(*class))
    }

    /// The first token of a verb that ends at `verb`: of "pooh-poohed" the first "pooh".
    pub(in crate::text) fn verb_start(&self, verb: usize) -> usize {
        let parts = (0..verb).rev().take_while(|at| self.is(*at, Class::VerbPart));
        parts.last().unwrap_or(verb)
    }

    /// Whether the token is a word or number.
    pub(in crate::text) fn is_word(&self, token: usize) -> bool {
        !self.is(token, Class::Mark)
    }

    /// Lower-cased form of a token; empty beyond the last.
    pub(in crate::text) fn folded(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| &*self.vocabulary.word(token.word).folded)
    }

    /// The bytes from the first to the last token of a range, which must not be empty.
    pub(in crate::text) fn span(&self, tokens: &Range<usize>) -> Span {
        let first = self.tokens[tokens.start].span;
        let last = self.tokens[tokens.end.max(tokens.start + 1) - 1].span;
        first.hull(last)
    }

    /// As written.
    pub(in crate::text) fn text(&self, tokens: &Range<usize>) -> &'a str {
        self.span(tokens).of(self.content)
    }

    /// The sentence a token lies in, or the stretch of a very long one.
    pub(in crate::text) fn sentence_of(&self, token: usize) -> Option<&'a Sentence> {
        let after = self.sentences.partition_point(|sentence| sentence.tokens.start <= token);
        self.sentences.get(after.checked_sub(1)?)
    }

    /// The position among `sentences` of the one a token lies in.
    pub(in crate::text) fn sentence_number(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.start <= token).saturating_sub(1)
    }

    /// Whether a token stands in the title, or in a first paragraph of one sentence: many texts repeat the title there.
    pub(in crate::text) fn is_headline(&self, token: usize) -> bool {
        let headline = self.sentences.first();
        headline.is_some_and(|sentence| {
            let end = sentence.tokens.end;
            token < end && (sentence.number == 0 || self.whole().is(end, Class::Paragraph))
        })
    }

    /// Whether a short sentence of a text may be a headline among others: "Job cuts loom, warns union."
    pub(in crate::text) fn is_brief(&self, token: usize) -> bool {
        self.is_headline(token) || self.sentence_of(token).is_some_and(|it| it.tokens.len() <= LONGEST_HEADLINE)
    }

    /// Whether a noun for somebody who can speak stands without article and ends its sentence, as headlines have it:
    /// "warns bank chief", "say makers".
    pub(in crate::text) fn signs_headline(&self, from: usize) -> bool {
        let Some(sentence) = self.sentence_of(from).filter(|_| self.is_brief(from)) else { return false };
        let mut end = sentence.tokens.end;
        while end > from && self.is_any(end - 1, &[Class::Stop, Class::DoubleQuote, Class::SingleQuote]) {
            end -= 1;
        }
        let speaks = end > from && self.is_any(end - 1, &[Class::Human, Class::Body, Class::Several, Class::Title]);
        let word = |at: usize| self.is_word(at) && !self.is_any(at, &BREAKS_NAMES) || self.is(at, Class::Hyphen);
        speaks && end - from <= 4 && (from..end).all(word)
    }

    /// Whether a token stands for whoever speaks or is spoken to.
    pub(in crate::text) fn is_participant(&self, token: usize) -> bool {
        self.is(token, Class::First) || self.is(token, Class::Second)
    }

    /// The first token that does not lie wholly before byte `at`.
    pub(in crate::text) fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= at)
    }

    /// The tokens that overlap `span`.
    pub(in crate::text) fn tokens_of(&self, span: Span) -> Range<usize> {
        let start = self.token_at(span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// Whether a quotation mark of either kind.
    pub(in crate::text) fn is_quote_mark(&self, token: usize) -> bool {
        self.is_any(token, &[Class::DoubleQuote, Class::SingleQuote])
    }

    /// Whether the token can be a finite verb: an auxiliary, a common irregular past, a verb of saying in a finite
    /// form, or a word in -ed that does not stand before a noun.
    pub(in crate::text) fn is_finite(&self, token: usize) -> bool {
        let role = self.role(token);
        if self.leads_compound(token) {
            return false;
        }
        if role.is(Class::Auxiliary) && !role.is(Class::Possessive) || role.is(Class::Finite) {
            return true;
        }
        if role.is(Class::Possessive) {
            return self.is_contracted_verb(token);
        }
        if self.is_before_noun(token) {
            return false;
        }
        if role.is_verb() && role.form == Form::Base {
            // A base form is a verb only behind what can be its subject: `analysts say`, `they warn`, but not `to
            // say` or `the final say`. One that is also a noun, as "claim", is not taken for a verb behind a plural
            // alone.
            let plural =
                !role.is_homograph() && token > 0 && self.is_any(token - 1, &[Class::PluralNoun, Class::Person]);
            return plural || token > 0 && self.is_any(token - 1, &[Class::Subject, Class::Relative, Class::Auxiliary]);
        }
        role.is(Class::Past)
            || role.is_verb()
                && role.form != Form::Gerund
                && (!role.is_homograph() || token > 0 && self.is_any(token - 1, &[Class::Subject, Class::Relative]))
    }

    /// Whether a word is joined to the next by a hyphen, as "left" in "of the left-wing paper Taz", which is no verb there.
    fn leads_compound(&self, token: usize) -> bool {
        let next = self.role(token + 1);
        next.is(Class::Hyphen) && !next.is(Class::SpaceBefore) && !next.is(Class::SpaceAfter)
    }

    /// Whether an adverbial of two words ends at a token: "so far", "in turn".
    pub(in crate::text) fn ends_adverbial(&self, token: usize) -> bool {
        self.is(token, Class::PhraseTail) && token > 0 && self.is(token - 1, Class::PhraseLead)
    }

    /// Whether a time of two words ends at a token: "last week", "this year".
    pub(in crate::text) fn ends_time(&self, token: usize) -> bool {
        self.is(token, Class::Duration) && token > 0 && self.is(token - 1, Class::Deictic)
    }

    /// Whether a word that ends as adverbs do is a name, since a verb follows: "Kelly said", but not "Previously announced cuts".
    pub(in crate::text) fn is_named_as_adverb(&self, token: usize) -> bool {
        let listed = self.lexicon.is(self.folded(token), Class::Adverb);
        if listed || !self.is(token, Class::Adverb) || !self.is(token, Class::Capital) {
            return false;
        }
        let grammar = [Class::Adverb, Class::Auxiliary, Class::Negator];
        let verb = (token + 1..token + 4).find(|&at| !self.is_any(at, &grammar)).unwrap_or(token + 1);
        let opens = Traits::of(&[Class::Definite, Class::Indefinite, Class::Subject, Class::Capital, Class::Mark]);
        let follows = self.role(verb + 1).meets(opens.with(Class::Preposition).with(Class::That).with(Class::Particle));
        let object = self.lexicon.verb(self.role(verb)).is_some_and(|entry| entry.takes(Follows::Np));
        (self.is_finite(verb) || self.role(verb).is_verb()) && (follows || !object)
    }

    /// Whether a participle at `token` stands where an adjective does: "the reported deal", "of newly filed papers".
    fn is_before_noun(&self, token: usize) -> bool {
        let opens = [Class::Definite, Class::Indefinite, Class::Preposition, Class::Hyphen];
        let Some(before) = token.checked_sub(1) else { return false };
        // "That" points as "the" does, but in `the firm that reported losses` a verb follows it.
        let that = self.is(before, Class::Complementiser);
        let adverb = self.is(before, Class::Adverb) && before > 0 && self.is_any(before - 1, &opens);
        self.is_any(before, &opens) && !that || adverb
    }

    /// Whether an 's after a pronoun or a name stands for "is" or "has": what follows decides.
    pub(in crate::text) fn is_contracted_verb(&self, token: usize) -> bool {
        self.is_any(token + 1, &[Class::Indefinite, Class::Definite, Class::Negator, Class::Preposition])
            || self.is(token + 1, Class::Gerund) && !self.is(token + 1, Class::Capital)
    }
}
