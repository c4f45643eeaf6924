//! Finds the documents that codings are of where a spreadsheet has changed their ids: by number, else by their words.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, HandCoding, comparable_id};
use crate::study::sentence_words::letters;

/// Letters that the words coded in a document must have at least to find it by.
const LEAST_LETTERS: usize = 30;

/// Ids of coded documents that no document has, and which documents may be meant.
#[derive(Debug, Default)]
pub struct LostDocuments {
    /// By lost id: words that were coded there.
    words: BTreeMap<String, BTreeSet<String>>,
    /// By lost id: documents of the same number, and documents that have all these words.
    by_number: BTreeMap<String, Vec<String>>,
    by_words: BTreeMap<String, Vec<String>>,
    /// Ids that were lost only as the study leaves their documents out.
    left_out: BTreeSet<String>,
}

impl LostDocuments {
    /// The documents of `codings` that are not known.
    #[must_use]
    pub fn of(codings: &[HandCoding], is_known: impl Fn(&str) -> bool) -> Self {
        let mut lost = Self::default();
        for coding in codings.iter().filter(|coding| !is_known(&coding.document)) {
            let words = lost.words.entry(coding.document.clone()).or_default();
            words.insert(letters(&coding.text));
        }
        lost
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Notes which of the lost ids may mean this document; whether one may.
    pub fn see(&mut self, document: &Document) -> bool {
        let number = comparable_id(&document.id);
        let whole = letters(document.content());
        let mut is_meant = false;
        for (id, words) in &self.words {
            if comparable_id(id) == number {
                self.by_number.entry(id.clone()).or_default().push(document.id.clone());
                is_meant = true;
            }
            let length: usize = words.iter().map(String::len).sum();
            if length >= LEAST_LETTERS && words.iter().all(|words| whole.contains(&words[..])) {
                self.by_words.entry(id.clone()).or_default().push(document.id.clone());
                is_meant = true;
            }
        }
        is_meant
    }

    /// Takes note that the corpus has a record of this id, and leaves it out: no other document is meant, however like it is.
    // A study of one outlet, coded in all of them, else takes the codings of wire copy elsewhere for its own.
    pub fn leave_out(&mut self, id: &str) {
        if self.words.remove(id).is_some() {
            self.left_out.insert(id.to_owned());
        }
    }

    /// The ids whose documents the study leaves out, ascending.
    #[must_use]
    pub const fn left_out(&self) -> &BTreeSet<String> {
        &self.left_out
    }

    /// By lost id, the document that is meant: the only one of that number, else the only one with these words.
    #[must_use]
    pub fn found(&self) -> BTreeMap<&str, &str> {
        let meant = |id: &String| {
            let by_number = self.by_number.get(id).filter(|found| found.len() == 1);
            by_number.or_else(|| self.by_words.get(id).filter(|found| found.len() == 1))?.first()
        };
        self.words.keys().filter_map(|id| Some((&id[..], &meant(id)?[..]))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_by_its_number_or_by_its_words() {
        let coding = |id: &str, text: &str| HandCoding {
            document: id.to_owned(),
            sentence: Some(1),
            text: text.to_owned(),
            ..HandCoding::default()
        };
        let long = "The harbour tram has swallowed nine million crowns.";
        let codings = [
            coding("7", ""),
            coding("12.0", ""),
            coding("1.2E+18", long),
            coding("5", "Words."),
            coding("9", "Other words of a sentence that is nowhere in the corpus."),
            coding("there", long),
        ];
        let document = |id: &str, text: &str| Document::new(id, "", text);
        let mut lost = LostDocuments::of(&codings, |id| id == "there");
        for (id, text) in
            [("0007", "a"), ("12", "b"), ("1234567890123456789", long), ("05", "Words."), ("005", "Words.")]
        {
            lost.see(&document(id, text));
        }
        let expected = [("1.2E+18", "1234567890123456789"), ("12.0", "12"), ("7", "0007")];
        assert_eq!(lost.found(), BTreeMap::from(expected));
        lost.leave_out("12.0");
        lost.leave_out("no coding is of it");
        assert_eq!(lost.found(), BTreeMap::from([("1.2E+18", "1234567890123456789"), ("7", "0007")]));
        assert_eq!(lost.left_out(), &BTreeSet::from(["12.0".to_owned()]));
    }
}
