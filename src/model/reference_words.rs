//! How often words are used elsewhere: a list of frequencies that a study's own words are held against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A list of frequencies, its terms as the terms of documents are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceWords {
    /// The file, as results name it.
    pub name: String,
    /// Occurrences of each word.
    words: BTreeMap<Box<str>, u64>,
    /// Occurrences of each pair of words, with one space between.
    pairs: BTreeMap<Box<str>, u64>,
    /// Occurrences of all words, and of all pairs.
    totals: [u64; 2],
}

impl ReferenceWords {
    /// A list without any terms yet.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds occurrences of a term, which may be there already: lists tell capitals or parts of speech apart.
    pub fn add(&mut self, term: &str, count: u64) {
        let is_pair = term.contains(' ');
        let terms = if is_pair { &mut self.pairs } else { &mut self.words };
        *terms.entry(term.into()).or_default() += count;
        self.totals[usize::from(is_pair)] += count;
    }

    /// How many words and pairs are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len() + self.pairs.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Occurrences of all words, or of all pairs.
    #[must_use]
    pub fn total(&self, is_pair: bool) -> u64 {
        self.totals[usize::from(is_pair)]
    }

    /// Occurrences of a word, or of a pair where there is a second one; 0 of a term that is not in the list.
    #[must_use]
    pub fn count(&self, first: &str, second: Option<&str>) -> u64 {
        let found = match second {
            Some(second) => self.pairs.get(&format!("{first} {second}")[..]),
            None => self.words.get(first),
        };
        found.copied().unwrap_or_default()
    }
}
