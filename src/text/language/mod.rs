//! What Parallax knows of a language, as data: a further language is a further folder beside `en` and a line in
//! [`LANGUAGES`]. Its files: `abbreviations.txt`, `words.tsv`, `endings.tsv`, `reporting.tsv`, `spelling.tsv`,
//! `romanisation.tsv` and `valence.tsv`; the head of each English one says how it is read.
//!
//! Not here: how sentences, voices and stances are found. Those rules ask for classes of words, never for words.

mod abbreviations;
mod class_names;
mod classes;
mod lexicon;
mod ratings;
mod reporting;
mod romanisation;
mod spelling;
mod traits;

use std::sync::LazyLock;

use rust_stemmers::Algorithm;

use crate::model::sha256;

use lexicon::Sources;

pub(in crate::text) use abbreviations::{Abbreviations, Role};
pub(in crate::text) use classes::Class;
pub(in crate::text) use lexicon::Lexicon;
pub(in crate::text) use reporting::{Follows, ReportingWord};
pub(in crate::text) use romanisation::Romanisation;
pub(in crate::text) use traits::{Form, Traits};

/// A language whose data files stand in the folder of its ISO 639-1 code. A macro, as only one can name files to include.
macro_rules! language {
    ($code:literal, names: $names:expr, stemmer: $stemmer:expr) => {{
        static ABBREVIATIONS: LazyLock<Abbreviations> =
            LazyLock::new(|| Abbreviations::parse(include_str!(concat!($code, "/abbreviations.txt"))));
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::parse(Sources {
                words: include_str!(concat!($code, "/words.tsv")),
                endings: include_str!(concat!($code, "/endings.tsv")),
                reporting: include_str!(concat!($code, "/reporting.tsv")),
                spelling: include_str!(concat!($code, "/spelling.tsv")),
            })
        });
        static ROMANISATION: LazyLock<Romanisation> =
            LazyLock::new(|| Romanisation::parse(include_str!(concat!($code, "/romanisation.tsv"))));
        static RATINGS: LazyLock<Vec<(&str, f32)>> =
            LazyLock::new(|| ratings::rated(include_str!(concat!($code, "/valence.tsv"))));
        Language {
            code: $code,
            names: &$names,
            abbreviations: || &ABBREVIATIONS,
            lexicon: || &LEXICON,
            romanisation: || &ROMANISATION,
            ratings: || &RATINGS,
            stemmer: $stemmer,
            files: &[
                include_str!(concat!($code, "/abbreviations.txt")),
                include_str!(concat!($code, "/words.tsv")),
                include_str!(concat!($code, "/endings.tsv")),
                include_str!(concat!($code, "/reporting.tsv")),
                include_str!(concat!($code, "/spelling.tsv")),
                include_str!(concat!($code, "/romanisation.tsv")),
                include_str!(concat!($code, "/valence.tsv")),
            ],
        }
    }};
}

/// The languages whose sentences, voices and stances are known.
static LANGUAGES: &[Language] = &[
    // Code, other names, stemmer.
    language!("en", names: ["eng", "english"], stemmer: Some(Algorithm::English)),
];

/// What is known of one language.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// What else corpora call it, in small letters: its name in English, other codes.
    pub(in crate::text) names: &'static [&'static str],
    /// The words that sentence ends hang on.
    pub(in crate::text) abbreviations: fn() -> &'static Abbreviations,
    /// The words that clauses, voices and stances hang on.
    pub(in crate::text) lexicon: fn() -> &'static Lexicon,
    /// Letters that spellings of one name differ in.
    romanisation: fn() -> &'static Romanisation,
    /// How good or bad words sound, sorted by word.
    pub(in crate::text) ratings: fn() -> &'static [(&'static str, f32)],
    /// What takes the forms of a word together.
    pub(in crate::text) stemmer: Option<Algorithm>,
    /// Its data files.
    files: &'static [&'static str],
}

/// SHA-256 of the data of all languages, in 64 hexadecimal digits: programs that agree in it know the same words.
#[must_use]
pub fn language_data() -> String {
    let sums: String =
        LANGUAGES.iter().flat_map(|language| language.files).map(|file| sha256(file.as_bytes())).collect();
    sha256(sums.as_bytes())
}

impl Language {
    /// Code of the language that a text is read in where nothing says which it is.
    pub const DEFAULT: &'static str = "en";

    /// The language of that ISO 639-1 code (a region such as `en-GB` is ignored), or of that name, as GDELT and `ProQuest`
    /// write it; `None` where it is not supported.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        let primary = code.split(['-', '_']).next().unwrap_or(code).trim();
        LANGUAGES.iter().find(|language| language.is_called(primary))
    }

    fn is_called(&self, word: &str) -> bool {
        self.code.eq_ignore_ascii_case(word) || self.names.iter().any(|name| name.eq_ignore_ascii_case(word))
    }

    /// Its words of saying and its closed classes.
    pub(in crate::text) fn lexicon(&self) -> &'static Lexicon {
        (self.lexicon)()
    }
}

/// Whether a word is a common given name in a language that is known.
#[must_use]
pub fn is_given_name(word: &str) -> bool {
    lists(&word.to_lowercase(), &[Class::GivenMasculine, Class::GivenFeminine])
}

/// Whether a language that is known puts a word in lower case into one of `classes`.
pub(in crate::text) fn lists(word: &str, classes: &[Class]) -> bool {
    LANGUAGES.iter().any(|language| classes.iter().any(|class| language.lexicon().is(word, *class)))
}

/// How names of other alphabets are spelt in the languages that are known.
pub(in crate::text) fn romanisations() -> impl Iterator<Item = &'static Romanisation> {
    LANGUAGES.iter().map(|language| (language.romanisation)())
}

/// Whether a word, in lower case, is grammar and no content in a language that is known: an article, a pronoun, a preposition,
/// an auxiliary.
#[must_use]
pub fn is_grammar(word: &str) -> bool {
    const GRAMMAR: [Class; 17] = [
        Class::Definite,
        Class::Indefinite,
        Class::Possessive,
        Class::Subject,
        Class::Object,
        Class::Relative,
        Class::Complementiser,
        Class::Question,
        Class::Coordinator,
        Class::Subordinator,
        Class::Preposition,
        Class::Auxiliary,
        Class::Contracted,
        Class::Being,
        Class::Negator,
        Class::Quantifier,
        Class::Particle,
    ];
    lists(word, &GRAMMAR)
}

/// Whether a word, in lower case, is a preposition in a language that is known.
#[must_use]
pub fn is_preposition(word: &str) -> bool {
    lists(word, &[Class::Preposition])
}

/// The words of `language` that sentence ends hang on; none where it is not supported.
pub(in crate::text) fn abbreviations(language: Option<&Language>) -> &'static Abbreviations {
    language.map_or_else(Abbreviations::none, |language| (language.abbreviations)())
}
