//! Which classes each word form of a language belongs to, read once from the language's data files.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::language::reporting::{Entry, Form, parse_entries};

/// A closed class of words, a kind of mark, or a property of a token's place that voices and stances hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::text) enum Class {
    Definite,
    Indefinite,
    Possessive,
    Subject,
    Object,
    Male,
    Female,
    Plural,
    First,
    Relative,
    Complementiser,
    Question,
    Coordinator,
    Subordinator,
    Concessive,
    Preposition,
    Adjunct,
    Auxiliary,
    Contracted,
    Being,
    Hypothetical,
    Negator,
    Distance,
    Adverb,
    Temporal,
    Weekday,
    Month,
    Title,
    Person,
    Venue,
    Finite,
    Catenative,
    Refusing,
    Questioner,
    Deontic,
    Particle,
    Plain,
    According,
    False,
    Absent,
    Faint,
    Replaced,
    Replacing,
    DistanceLead,
    DistanceHead,
    PhraseLead,
    PhraseTail,
    Light,
    Excepting,
    Wording,
    Homograph,
    Masculine,
    Feminine,
    GivenMasculine,
    GivenFeminine,
    Quantifier,
    Masthead,
    // Shapes of words.
    Capital,
    Upper,
    Number,
    Past,
    Gerund,
    PluralNoun,
    // Marks.
    Comma,
    Stop,
    QuestionMark,
    Colon,
    Semicolon,
    Dash,
    Hyphen,
    OpenBracket,
    CloseBracket,
    DoubleQuote,
    SingleQuote,
    Mark,
    // Places; set for each token.
    SpaceBefore,
    SpaceAfter,
    Paragraph,
}

/// The classes that `words.tsv` may name.
const NAMED: [(&str, Class); 57] = [
    ("definite", Class::Definite),
    ("indefinite", Class::Indefinite),
    ("possessive", Class::Possessive),
    ("subject", Class::Subject),
    ("object", Class::Object),
    ("male", Class::Male),
    ("female", Class::Female),
    ("plural", Class::Plural),
    ("first", Class::First),
    ("relative", Class::Relative),
    ("complementiser", Class::Complementiser),
    ("question", Class::Question),
    ("coordinator", Class::Coordinator),
    ("subordinator", Class::Subordinator),
    ("concessive", Class::Concessive),
    ("preposition", Class::Preposition),
    ("adjunct", Class::Adjunct),
    ("auxiliary", Class::Auxiliary),
    ("contracted", Class::Contracted),
    ("being", Class::Being),
    ("hypothetical", Class::Hypothetical),
    ("negator", Class::Negator),
    ("distance", Class::Distance),
    ("adverb", Class::Adverb),
    ("temporal", Class::Temporal),
    ("weekday", Class::Weekday),
    ("month", Class::Month),
    ("title", Class::Title),
    ("person", Class::Person),
    ("venue", Class::Venue),
    ("finite", Class::Finite),
    ("catenative", Class::Catenative),
    ("refusing", Class::Refusing),
    ("questioner", Class::Questioner),
    ("deontic", Class::Deontic),
    ("particle", Class::Particle),
    ("plain", Class::Plain),
    ("according", Class::According),
    ("false", Class::False),
    ("absent", Class::Absent),
    ("faint", Class::Faint),
    ("replaced", Class::Replaced),
    ("replacing", Class::Replacing),
    ("distance-lead", Class::DistanceLead),
    ("distance-head", Class::DistanceHead),
    ("phrase-lead", Class::PhraseLead),
    ("phrase-tail", Class::PhraseTail),
    ("light", Class::Light),
    ("excepting", Class::Excepting),
    ("wording", Class::Wording),
    ("homograph", Class::Homograph),
    ("masculine", Class::Masculine),
    ("quantifier", Class::Quantifier),
    ("masthead", Class::Masthead),
    ("feminine", Class::Feminine),
    ("given-masculine", Class::GivenMasculine),
    ("given-feminine", Class::GivenFeminine),
];

/// What is known of one token: its classes, and its entries among the verbs and nouns of saying (0 is none).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::text) struct Traits {
    bits: u128,
    verb: u16,
    noun: u16,
    /// Of the verb.
    pub(in crate::text) form: Form,
}

impl Traits {
    /// Whether it belongs to `class`.
    pub(in crate::text) const fn is(self, class: Class) -> bool {
        self.bits >> class as u8 & 1 == 1
    }

    /// This role with `class` added.
    pub(in crate::text) const fn with(mut self, class: Class) -> Self {
        self.bits |= 1 << class as u8;
        self
    }

    /// Whether it can be a verb of saying.
    pub(in crate::text) const fn is_verb(self) -> bool {
        self.verb != 0
    }

    /// Whether it can be a noun of saying.
    pub(in crate::text) const fn is_noun(self) -> bool {
        self.noun != 0
    }

    /// Whether the form of a verb of saying is a common noun, too.
    pub(in crate::text) const fn is_homograph(self) -> bool {
        self.noun != 0 || self.is(Class::Homograph)
    }
}

/// The words of one language by class, and its verbs and nouns of saying.
#[derive(Debug)]
pub(in crate::text) struct Lexicon {
    roles: FxHashMap<Box<str>, Traits>,
    entries: Vec<Entry>,
}

/// English.
pub(in crate::text) static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("en/words.tsv"), include_str!("en/reporting.tsv")));

impl Lexicon {
    /// Reads the two data files. A line that does not parse is left out; a test holds the files to none.
    fn parse(words: &str, reporting: &str) -> Self {
        let mut roles: FxHashMap<Box<str>, Traits> = FxHashMap::default();
        for line in words.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, members)) = line.split_once('\t') else { continue };
            let Some((_, class)) = NAMED.iter().find(|(known, _)| *known == name) else { continue };
            for member in members.split_whitespace() {
                let role = roles.entry(member.into()).or_default();
                *role = role.with(*class);
            }
        }
        let entries = parse_entries(reporting);
        for (number, entry) in (1_u16..).zip(&entries) {
            for (form, written) in entry.forms() {
                let role = roles.entry(written.into()).or_default();
                if entry.is_noun {
                    role.noun = number;
                } else if role.verb == 0 {
                    role.verb = number;
                    role.form = form;
                }
            }
        }
        Self { roles, entries }
    }

    /// What is known of a word form.
    pub(in crate::text) fn role(&self, surface: &str, folded: &str) -> Traits {
        let known = self.roles.get(folded).copied().unwrap_or_default();
        let Some(first) = surface.chars().next() else { return known };
        if first.is_alphanumeric() { shape(surface, folded, known) } else { mark(surface, known) }
    }

    /// The entry of a verb of saying.
    pub(in crate::text) fn verb(&self, role: Traits) -> Option<&Entry> {
        self.entries.get(usize::from(role.verb).checked_sub(1)?)
    }

    /// The entry of a noun of saying.
    pub(in crate::text) fn noun(&self, role: Traits) -> Option<&Entry> {
        self.entries.get(usize::from(role.noun).checked_sub(1)?)
    }
}

/// What the spelling of a word adds to what the lists say.
fn shape(surface: &str, folded: &str, known: Traits) -> Traits {
    // "US" is a country, "us" a pronoun.
    // "May" is a month but where it opens a sentence, which news seldom does with "may".
    let mut role = match surface {
        "US" => Traits::default(),
        "May" => Traits::default().with(Class::Month).with(Class::Temporal),
        _ => known,
    };
    if surface.starts_with(char::is_uppercase) {
        role = role.with(Class::Capital);
        if surface.len() > 2 && !surface.chars().any(char::is_lowercase) {
            role = role.with(Class::Upper);
        }
    }
    if surface.starts_with(|c: char| c.is_numeric()) {
        role = role.with(Class::Number);
    }
    let ends = |end: &str| folded.len() > end.len() + 2 && folded.ends_with(end);
    let plain = role.is(Class::Plain);
    if ends("ed") && !plain {
        role = role.with(Class::Past);
    }
    if ends("ing") {
        role = role.with(Class::Gerund);
    }
    if ends("ly") && !plain && !role.is_verb() {
        role = role.with(Class::Adverb);
    }
    if ends("s") && !folded.ends_with("ss") && !folded.ends_with("'s") {
        role = role.with(Class::PluralNoun);
    }
    role
}

/// What a mark does.
fn mark(surface: &str, known: Traits) -> Traits {
    let role = known.with(Class::Mark);
    match surface {
        "," => role.with(Class::Comma),
        "." | "!" | "\u{2026}" | "..." => role.with(Class::Stop),
        "?" => role.with(Class::Stop).with(Class::QuestionMark),
        ":" => role.with(Class::Colon),
        ";" => role.with(Class::Semicolon),
        "\u{2013}" | "\u{2014}" | "\u{2015}" | "--" | "---" => role.with(Class::Dash),
        "-" | "\u{2010}" | "\u{2011}" => role.with(Class::Hyphen),
        "(" | "[" => role.with(Class::OpenBracket),
        ")" | "]" => role.with(Class::CloseBracket),
        "\"" | "\u{201C}" | "\u{201D}" | "\u{201E}" | "\u{201F}" | "\u{AB}" | "\u{BB}" | "''" | "``" => {
            role.with(Class::DoubleQuote)
        }
        "'" | "\u{2018}" | "\u{2019}" | "\u{201A}" | "\u{2039}" | "\u{203A}" | "`" => role.with(Class::SingleQuote),
        _ => role,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_lists_names_a_known_class() {
        for line in include_str!("en/words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let name = line.split('\t').next().unwrap_or_default();
            assert!(NAMED.iter().any(|(known, _)| *known == name), "{line}");
        }
    }
}
