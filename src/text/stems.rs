//! Stems: what the forms of a word have in common. Porter's second algorithm (2001), written in Snowball.

use std::borrow::Cow;

use rust_stemmers::Stemmer;

use crate::text::Language;

/// The stem of a lower-case word; the word itself where the language is not supported.
#[must_use]
pub fn stem<'w>(word: &'w str, language: Option<&Language>) -> Cow<'w, str> {
    let algorithm = language.and_then(|language| language.stemmer);
    algorithm.map_or(Cow::Borrowed(word), |algorithm| Stemmer::create(algorithm).stem(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_english_word_share_a_stem_and_other_words_stay() {
        let english = Language::of("en");
        for form in ["praise", "praises", "praised", "praising"] {
            assert_eq!(stem(form, english), "prais", "{form}");
        }
        for (word, language) in [("praised", None), ("хвалил", english), ("", english), ("#", english)] {
            assert_eq!(stem(word, language), word);
        }
    }
}
