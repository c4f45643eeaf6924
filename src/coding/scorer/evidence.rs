//! Contributions as people read them: word by word, whatever families of features a word is seen by.

use std::collections::BTreeMap;

use crate::coding::features::{Family, Unit, touching_words};
use crate::coding::scorer::Contribution;

/// Stands before a word that has all contributions of its own form, its runs of characters and its meaning.
const WORD: &str = "word:";

/// The same contributions with those that belong to one word summed under that word, strongest first and the constant
/// last. A run of characters belongs in equal parts to all words of the unit that it is in. The sum stays what it was.
#[must_use]
pub fn by_word(unit: &Unit<'_>, contributions: Vec<Contribution>) -> Vec<Contribution> {
    let words = touching_words(unit);
    let prefix = |family: Family| format!("{}:", family.definition().name);
    let [forms, meanings, runs] = [Family::Words, Family::Meaning, Family::Characters].map(prefix);
    let (mut summed, mut constants): (BTreeMap<String, f64>, Vec<Contribution>) = (BTreeMap::new(), Vec::new());
    for found in contributions {
        let is_form = |form: &&str| !form.contains(' ');
        let form = found.name.strip_prefix(&*forms).filter(is_form).or_else(|| found.name.strip_prefix(&*meanings));
        let holders: Vec<&str> = match (form, found.name.strip_prefix(&*runs)) {
            (Some(form), _) => vec![form],
            (None, Some(run)) => {
                words.iter().filter(|(padded, _)| padded.contains(run)).map(|(_, word)| *word).collect()
            }
            (None, None) => Vec::new(),
        };
        if found.name.is_empty() {
            constants.push(found);
        } else if holders.is_empty() {
            *summed.entry(found.name).or_default() += found.log_odds;
        } else {
            #[expect(clippy::cast_precision_loss, reason = "words of one unit")]
            let part = found.log_odds / holders.len() as f64;
            for word in holders {
                *summed.entry(format!("{WORD}{word}")).or_default() += part;
            }
        }
    }
    let mut found: Vec<Contribution> =
        summed.into_iter().map(|(name, log_odds)| Contribution { name, log_odds }).collect();
    found.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()).then_with(|| a.name.cmp(&b.name)));
    found.extend(constants);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coding::scorer::{Example, Instrument, Stretch, UnitReader};
    use crate::model::Document;

    #[test]
    fn what_belongs_to_a_word_is_summed_under_it_and_nothing_is_lost() {
        let document = Document::new("1", "", "The \u{201c}tram\u{201d} stopped; trams do.");
        let example = Example { document: &document, stretch: Stretch::Whole, target: None };
        let named = |(name, log_odds): (&str, f64)| Contribution { name: name.to_owned(), log_odds };
        let given = [
            ("words:tram", 1.0),
            ("words:tram stopped", 0.25),
            ("characters:tram", 0.5),
            ("characters:_\u{201c}t", -0.1),
            ("meaning:trams", 0.125),
            ("position:words", 2.0),
            ("", -1.0),
        ];
        let found = UnitReader::default()
            .with_unit(&Instrument::default(), &example, |unit| by_word(unit, given.into_iter().map(named).collect()));
        let expected = [
            ("position:words", 2.0),
            ("word:tram", 1.15),
            ("word:trams", 0.375),
            ("words:tram stopped", 0.25),
            ("", -1.0),
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, (name, log_odds)) in found.iter().zip(expected) {
            assert!(
                found.name == name && (found.log_odds - log_odds).abs() < 1e-12,
                "{found:?}, not {name} {log_odds}"
            );
        }
    }
}
