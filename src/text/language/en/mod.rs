//! English: its data files, and the spelling of regular forms.
//!
//! Not here: rules. What another language needs in place of this folder is data of the same kinds, a spelling and a
//! stemmer.

use std::sync::LazyLock;

use rust_stemmers::Algorithm;

use crate::text::Language;
use crate::text::language::abbreviations::Abbreviations;
use crate::text::language::lexicon::{Lexicon, Sources};
use crate::text::language::ratings::rated;
use crate::text::language::reporting::{Spelling, VerbForms};

static ABBREVIATIONS: LazyLock<Abbreviations> =
    LazyLock::new(|| Abbreviations::parse(include_str!("abbreviations.txt")));

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse(Sources {
        words: include_str!("words.tsv"),
        endings: include_str!("endings.tsv"),
        reporting: include_str!("reporting.tsv"),
        spelling: SPELLING,
    })
});

/// The VADER lexicon, rated by ten people a word: Hutto & Gilbert (2014), "VADER: A Parsimonious Rule-based Model for
/// Sentiment Analysis of Social Media Text".
static RATINGS: LazyLock<Vec<(&str, f32)>> = LazyLock::new(|| rated(include_str!("valence.tsv")));

/// English.
pub(in crate::text::language) const LANGUAGE: Language = Language {
    code: "en",
    names: &["eng", "english"],
    abbreviations: || &ABBREVIATIONS,
    lexicon: || &LEXICON,
    ratings: || &RATINGS,
    stemmer: Some(Algorithm::English),
};

/// Regular spelling (Quirk et al. 1985, 3.5-3.10).
const SPELLING: Spelling = Spelling { verb: verb_forms, plural: with_s };

fn verb_forms(lemma: &str, doubles: bool) -> VerbForms {
    let last = lemma.chars().last().filter(|_| doubles).map(String::from).unwrap_or_default();
    let stem = format!("{lemma}{last}");
    let past = if let Some(root) = lemma.strip_suffix('e') {
        format!("{root}ed")
    } else if let Some(root) = consonant_y(lemma) {
        format!("{root}ied")
    } else {
        format!("{stem}ed")
    };
    let gerund = match lemma.strip_suffix('e') {
        Some(root) if root.ends_with('i') => format!("{}ying", &root[..root.len() - 1]),
        Some(root) if !root.ends_with('e') => format!("{root}ing"),
        _ => format!("{stem}ing"),
    };
    VerbForms { past, gerund, third: with_s(lemma) }
}

fn with_s(lemma: &str) -> String {
    if let Some(root) = consonant_y(lemma) {
        format!("{root}ies")
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lemma.ends_with(end)) {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    }
}

fn consonant_y(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('y').filter(|root| !root.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::reporting::{ReportingWord, parse_entries};
    use crate::text::language::traits::Form;

    const TEXT: &str = include_str!("reporting.tsv");

    #[test]
    fn every_line_of_the_reporting_words_parses() {
        for line in TEXT.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lemma\t")) {
            assert_eq!(parse_entries(line, SPELLING).len(), 1, "{line}");
        }
        assert!(parse_entries(TEXT, SPELLING).iter().filter(|entry| !entry.is_noun).count() >= 250);
    }

    #[test]
    fn verbs_are_inflected_as_they_are_spelt() {
        let entries = parse_entries(TEXT, SPELLING);
        for (lemma, forms) in [
            ("deny", "denies denied denying deny"),
            ("claim", "claims claimed claiming claim"),
            ("admit", "admits admitted admitting admit"),
            ("argue", "argues argued arguing argue"),
            ("say", "says said saying say"),
            ("agree", "agrees agreed agreeing agree"),
            ("write", "writes wrote writing written write"),
        ] {
            let has = |entry: &&ReportingWord| !entry.is_noun && entry.forms().any(|it| it == (Form::Base, lemma));
            let entry = entries.iter().find(has).unwrap();
            let found: Vec<&str> = entry.forms().map(|(_, written)| written).collect();
            assert_eq!(found.join(" "), forms, "{lemma}");
        }
    }
}
