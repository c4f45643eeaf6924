//! How good or bad a word sounds, as rated by people; the ratings are data of the language.

use crate::text::Language;

/// The rating of a lower-case word: from -4, very bad, to 4, very good. 0 for a word that is not rated, and where the
/// language has no ratings.
#[must_use]
pub fn valence(word: &str, language: Option<&Language>) -> f32 {
    let Some(language) = language else { return 0.0 };
    let ratings = (language.ratings)();
    let place = ratings.binary_search_by(|(rated, _)| (*rated).cmp(word));
    place.map_or(0.0, |place| ratings[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_those_of_the_published_lexicon() {
        // vader_lexicon.txt of the authors' repository.
        for (word, rating) in
            [("abandon", -1.9), ("praised", 2.2), ("catastrophe", -3.4), ("good", 1.9), ("table", 0.0)]
        {
            assert!((valence(word, Language::of("en")) - rating).abs() < 1e-6, "{word}");
        }
    }

    #[test]
    fn words_of_languages_without_ratings_have_none() {
        assert!(valence("die", None).abs() < 1e-9, "an article in German");
    }
}
