//! How good or bad a word sounds: the VADER lexicon, rated by ten people a word. Hutto & Gilbert (2014), "VADER: A
//! Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text".

use std::sync::LazyLock;

use crate::text::Language;

/// Lower-case words with their ratings, sorted by word. Emoticons and abbreviations with digits are left out.
static ENGLISH: LazyLock<Vec<(String, f32)>> = LazyLock::new(|| {
    let words =
        vader_sentiment::LEXICON.iter().filter(|(word, _)| word.chars().all(|c| c.is_alphabetic() || c == '\''));
    #[expect(clippy::cast_possible_truncation, reason = "ratings have one decimal")]
    let mut rated: Vec<(String, f32)> = words.map(|(word, rating)| (word.to_lowercase(), *rating as f32)).collect();
    rated.sort_by(|a, b| a.0.cmp(&b.0));
    rated
});

/// The rating of a lower-case word: from -4, very bad, to 4, very good. 0 for a word that is not rated, and where the
/// language has no ratings.
#[must_use]
pub fn valence(word: &str, language: Option<&Language>) -> f32 {
    if language.is_none_or(|language| language.code != Language::ENGLISH.code) {
        return 0.0;
    }
    let place = ENGLISH.binary_search_by(|(rated, _)| rated.as_str().cmp(word));
    place.map_or(0.0, |place| ENGLISH[place].1)
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
            assert!((valence(word, Some(&Language::ENGLISH)) - rating).abs() < 1e-6, "{word}");
        }
    }

    #[test]
    fn words_of_languages_without_ratings_have_none() {
        assert!(valence("die", None).abs() < 1e-9, "an article in German");
    }
}
