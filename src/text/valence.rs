//! How good or bad a word sounds: the VADER lexicon, rated by ten people a word. Hutto & Gilbert (2014), "VADER: A
//! Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text".

use std::sync::LazyLock;

use crate::text::Language;

/// Lower-case words with their ratings, sorted by word, as the file holds them.
static ENGLISH: LazyLock<Vec<(&str, f32)>> = LazyLock::new(|| rated(include_str!("language/en/valence.tsv")));

/// The lines `word<TAB>rating`; those that begin with `#` say where they are from.
fn rated(table: &'static str) -> Vec<(&'static str, f32)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, rating)| Some((word, rating.parse().ok()?)))
        .collect()
}

/// The rating of a lower-case word: from -4, very bad, to 4, very good. 0 for a word that is not rated, and where the
/// language has no ratings.
#[must_use]
pub fn valence(word: &str, language: Option<&Language>) -> f32 {
    if language.is_none_or(|language| language.code != Language::ENGLISH.code) {
        return 0.0;
    }
    let place = ENGLISH.binary_search_by(|(rated, _)| (*rated).cmp(word));
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
    fn every_line_is_a_word_in_its_place_with_a_rating() {
        let lines = include_str!("language/en/valence.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(ENGLISH.len(), lines, "lines that were read");
        assert!(ENGLISH.len() > 7000, "{} words", ENGLISH.len());
        assert!(ENGLISH.is_sorted_by(|a, b| a.0 < b.0), "sorted by word, each once");
        assert!(ENGLISH.iter().all(|(_, rating)| (-4.0..=4.0).contains(rating)));
    }

    #[test]
    fn words_of_languages_without_ratings_have_none() {
        assert!(valence("die", None).abs() < 1e-9, "an article in German");
    }
}
