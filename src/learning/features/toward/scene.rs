//! The stretch as it looks from the target: its tokens with the target as one of them, and other names masked.

use std::borrow::Cow;
use std::ops::Range;

use crate::learning::features::FeatureUnit;
use crate::model::Span;
use crate::text::{FormClass, Function, Language, Token, TokenKind, fold, is_form, stem, valence};

/// What the target is called wherever it stands.
pub(super) const TARGET: &str = "TARGET";

/// What other names are called.
pub(super) const NAME: &str = "NAME";

/// What numbers are called.
pub(super) const NUMBER: &str = "#";

/// How far before a word its negator may stand, in tokens.
const NEGATOR_REACH: usize = 3;

/// What is left of a word's polarity under negation, as in VADER (Hutto & Gilbert 2014).
const NEGATED: f32 = -0.74;

/// A token of the scene, a run of tokens that make a name, or the target.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneToken<'t> {
    /// Lower case; `TARGET`, `NAME` or `#` for what these stand for.
    pub form: Cow<'t, str>,
    /// Stem of the form; the form itself where it is masked, or a mark.
    pub stem: Cow<'t, str>,
    /// What it does in its clause.
    pub function: Function,
    /// Polarity as the lexicon has it.
    pub rating: f32,
    /// Polarity in its place: turned round and weakened by a negation before it.
    pub polarity: f32,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Its first token, in the document's reading.
    pub token: usize,
}

/// The stretch as it looks from the target.
#[derive(Clone, Debug)]
pub struct Scene<'t> {
    /// In the order of the text.
    pub items: Vec<SceneToken<'t>>,
    /// Where the target stands among them.
    pub target: usize,
    /// The target's clause, as places of items.
    pub clause: Range<usize>,
    /// The target's words in lower case, without marks.
    pub words: Vec<Cow<'t, str>>,
    /// The target, in the document's content.
    pub span: Span,
    /// The text's language, where it is supported.
    pub language: Option<&'t Language>,
    /// Whether the target is named as who says something.
    pub speaks: bool,
    /// Whether the target is spoken of in words that are given as somebody's.
    pub spoken_of: bool,
}

impl<'t> Scene<'t> {
    /// How `unit` looks from the target at `span`; `None` where the span holds no token of it.
    #[must_use]
    pub fn new(unit: &FeatureUnit<'t>, span: Span) -> Option<Self> {
        let tokens = &unit.text.reading.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start).max(unit.text.tokens.start);
        let after = tokens.partition_point(|token| token.span.start < span.end).min(unit.text.tokens.end);
        if first >= after {
            return None;
        }
        let mut items = Vec::with_capacity(unit.text.tokens.end - unit.text.tokens.start);
        (unit.text.tokens.start..first).for_each(|token| push(unit, token, &mut items));
        let target = items.len();
        // One item whatever its length, so that distances do not depend on how the target is called.
        items.push(masked(unit, first, TARGET));
        items.extend(rest_of(unit, after - 1, span));
        (after..unit.text.tokens.end).for_each(|token| push(unit, token, &mut items));
        negate(&mut items);
        let clause = clause(unit, &items, first..after);
        let words = tokens[first..after].iter().filter(|token| token.kind == TokenKind::Word);
        let names =
            |source: Option<Span>| source.is_some_and(|source| source.start < span.end && span.start < source.end);
        Some(Self {
            clause,
            target,
            words: words.map(|token| clipped(unit, token, span)).collect(),
            span,
            language: unit.text.language,
            speaks: unit.text.voices.attributions().iter().any(|attribution| names(attribution.source)),
            spoken_of: unit.text.voices.voice_of(span).is_some(),
            items,
        })
    }

    /// The items before the target.
    #[must_use]
    pub fn before(&self) -> &[SceneToken<'t>] {
        &self.items[..self.target]
    }

    /// The items after the target.
    #[must_use]
    pub fn after(&self) -> &[SceneToken<'t>] {
        &self.items[self.target + 1..]
    }

    /// Whether a lower-case form is in a class of the text's language.
    pub(super) fn is_form(&self, form: &str, class: FormClass) -> bool {
        is_form(form, class, self.language)
    }

    /// The stems of the items of a range, with their tokens.
    pub(super) fn stems(&self, range: Range<usize>) -> Vec<(&str, usize)> {
        self.items[range].iter().map(|item| (&*item.stem, item.token)).collect()
    }
}

/// Adds a token; a name joins the name before it.
fn push<'t>(unit: &FeatureUnit<'t>, token: usize, items: &mut Vec<SceneToken<'t>>) {
    let function = function_of(unit, token);
    if function != Function::Name {
        items.push(plain(unit, token, function));
    // "Sergei Lavrov" is one NAME: who else is named must not be learnt, only that somebody is.
    } else if items.last().is_none_or(|last| last.form != NAME) {
        items.push(masked(unit, token, NAME));
    }
}

fn function_of(unit: &FeatureUnit<'_>, token: usize) -> Function {
    let by_kind = || match unit.text.reading.tokens[token].kind {
        TokenKind::Word => Function::Content,
        TokenKind::Mark => Function::Mark,
    };
    unit.text.voices.function_of(token).unwrap_or_else(by_kind)
}

fn plain<'t>(unit: &FeatureUnit<'t>, token: usize, function: Function) -> SceneToken<'t> {
    let form = unit.text.form(&unit.text.reading.tokens[token]);
    // 100,000 soldiers on one day and 130,000 on another are the same thing said.
    if form.starts_with(|first: char| first.is_numeric()) {
        return SceneToken { function, ..masked(unit, token, NUMBER) };
    }
    let is_word = function != Function::Mark;
    let rating = if function.is_content() { valence(form, unit.text.language) } else { 0.0 };
    let stem = if is_word { stem(form, unit.text.language) } else { Cow::Borrowed(form) };
    let quoted = unit.text.voices.is_quoted(token);
    SceneToken { form: Cow::Borrowed(form), stem, function, rating, polarity: rating, quoted, token }
}

fn masked<'t>(unit: &FeatureUnit<'t>, token: usize, form: &'static str) -> SceneToken<'t> {
    SceneToken {
        form: Cow::Borrowed(form),
        stem: Cow::Borrowed(form),
        function: Function::Name,
        rating: 0.0,
        polarity: 0.0,
        quoted: unit.text.voices.is_quoted(token),
        token,
    }
}

/// What the last token of the target has after the target's end: "'s" of "he's", where the target is "he".
fn rest_of<'t>(unit: &FeatureUnit<'t>, token: usize, target: Span) -> Option<SceneToken<'t>> {
    let span = unit.text.reading.tokens[token].span;
    if span.end <= target.end {
        return None;
    }
    let rest = fold(&unit.text.document.content()[target.end..span.end]);
    let functions = [(FormClass::Being, Function::Being), (FormClass::Auxiliary, Function::Auxiliary)];
    let known = functions.into_iter().find(|(class, _)| is_form(&rest, *class, unit.text.language));
    let function = known.map_or(Function::Content, |(_, function)| function);
    let form: Cow<'t, str> = Cow::Owned(rest);
    let quoted = unit.text.voices.is_quoted(token);
    Some(SceneToken { stem: form.clone(), form, function, rating: 0.0, polarity: 0.0, quoted, token })
}

/// The part of a token that is the target's, in lower case: "he" of "he's".
fn clipped<'t>(unit: &FeatureUnit<'t>, token: &Token, target: Span) -> Cow<'t, str> {
    if token.span.end <= target.end {
        return Cow::Borrowed(unit.text.form(token));
    }
    Cow::Owned(fold(&unit.text.document.content()[token.span.start..target.end]))
}

fn negate(items: &mut [SceneToken<'_>]) {
    for place in 0..items.len() {
        let near = &items[place.saturating_sub(NEGATOR_REACH)..place];
        // Two negators turn a word once: "never not good" is rare, "neither ... nor" is not.
        if near.iter().any(|item| item.function == Function::Negator) {
            items[place].polarity *= NEGATED;
        }
    }
}

/// The places of the items in the clauses of the target's tokens; everything where clauses are not known.
fn clause(unit: &FeatureUnit<'_>, items: &[SceneToken<'_>], target: Range<usize>) -> Range<usize> {
    if !unit.text.voices.is_known() {
        return 0..items.len();
    }
    let (first, last) = (unit.text.voices.clause_of(target.start), unit.text.voices.clause_of(target.end - 1));
    let place = |token: usize| items.partition_point(|item| item.token < token);
    place(first.start)..place(last.end)
}
