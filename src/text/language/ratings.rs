//! How good or bad words sound: the ratings of a language's `valence.tsv`.

/// The lines `word<TAB>rating` of a language's data file; those that begin with `#` say where they are from.
pub(in crate::text::language) fn rated(table: &'static str) -> Vec<(&'static str, f32)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, rating)| Some((word, rating.parse().ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::text::Language;

    #[test]
    fn every_line_is_a_word_in_its_place_with_a_rating() {
        let lines = include_str!("en/valence.tsv").lines().filter(|line| !line.starts_with('#')).count();
        let ratings = (Language::of("en").unwrap().ratings)();
        assert_eq!(ratings.len(), lines, "lines that were read");
        assert!(ratings.len() > 7000, "{} words", ratings.len());
        assert!(ratings.is_sorted_by(|a, b| a.0 < b.0), "sorted by word, each once");
        assert!(ratings.iter().all(|(_, rating)| (-4.0..=4.0).contains(rating)));
    }
}
