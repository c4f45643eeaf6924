//! What Parallax knows of a language, as data: a further language is a further folder beside `en`.

mod abbreviations;
mod lexicon;
mod reporting;

pub(in crate::text) use abbreviations::{Abbreviations, Role, abbreviations};
pub(in crate::text) use lexicon::{Class, Lexicon, Traits};
pub(in crate::text) use reporting::{Entry, Follows, Form};

/// The words of one language that sentences, clauses, voices and stances hang on.
#[derive(Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
}

impl Language {
    /// English.
    pub const ENGLISH: Self = Self { code: "en" };

    /// The language of that ISO 639-1 code (a region such as `en-GB` is ignored); `None` where it is not supported.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        [&Self::ENGLISH].into_iter().find(|language| language.code.eq_ignore_ascii_case(primary))
    }

    /// Its words of saying and its closed classes; `None` where voices are not known for the language.
    pub(in crate::text) fn lexicon(&self) -> Option<&'static Lexicon> {
        [(Self::ENGLISH.code, &lexicon::ENGLISH)]
            .into_iter()
            .find(|(code, _)| *code == self.code)
            .map(|(_, lexicon)| &**lexicon)
    }
}
