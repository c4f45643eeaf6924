//! The words of a document's sentences, as those of codings and labels are compared with them.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::numbered_sentences;
use crate::model::{Document, Span};

/// Share of equal letters from which words that differ are still taken for the same: a coder mended a typing error, or a
/// spreadsheet lost an accent.
const ALIKE: f64 = 0.9;

/// Where a coding, or a label, belongs.
pub(super) enum SentencePlace {
    Here,
    At(usize),
    /// The words stand nowhere in the document, or in several places.
    OtherWords,
    Unknown,
}

/// The words of a document, as they are compared.
pub(super) struct Page {
    whole: String,
    /// By number.
    sentences: BTreeMap<usize, String>,
}

impl Page {
    pub(super) fn of(document: &Document, codebook: &Codebook) -> Self {
        Self::new(document.content(), &numbered_sentences(codebook, document))
    }

    /// The page of a text with these sentences, each with its number.
    pub(super) fn new(content: &str, sentences: &[(usize, Span)]) -> Self {
        Self {
            whole: letters(content),
            sentences: sentences.iter().map(|(number, span)| (*number, letters(span.of(content)))).collect(),
        }
    }

    /// The numbers of the first and the last sentence; `None` of a document without any.
    pub(super) fn numbers(&self) -> Option<[usize; 2]> {
        Some([*self.sentences.first_key_value()?.0, *self.sentences.last_key_value()?.0])
    }

    /// Where what bears the words of `text` belongs that names this sentence, or the document as a whole.
    pub(super) fn place(&self, sentence: Option<usize>, text: &str) -> SentencePlace {
        let words = letters(text);
        let Some(number) = sentence else { return self.place_unnumbered(&words) };
        let here = self.sentences.get(&number);
        if words.is_empty() || here == Some(&words) {
            return if here.is_some() { SentencePlace::Here } else { SentencePlace::Unknown };
        }
        let mut same = self.sentences.iter().filter(|(_, sentence)| **sentence == words).map(|(number, _)| *number);
        match (same.next(), same.next()) {
            (Some(only), None) => SentencePlace::At(only),
            (None, _) if here.is_some_and(|here| are_alike(here, &words)) => SentencePlace::Here,
            _ => SentencePlace::OtherWords,
        }
    }

    /// Where what names no sentence belongs: at the sentence of the text whose words it bears and no other does, else to the
    /// document that holds them. The title may stand beside what is said of the whole.
    fn place_unnumbered(&self, words: &str) -> SentencePlace {
        let in_text = self.sentences.range(1..);
        let mut same = in_text.filter(|(_, sentence)| !words.is_empty() && **sentence == words);
        match (same.next(), same.next()) {
            // The one sentence of an article is the whole of it, whether or not it has a title.
            (Some((only, _)), None) if self.sentences.range(1..).count() > 1 => SentencePlace::At(*only),
            (Some(_), Some(_)) => SentencePlace::OtherWords,
            _ if self.whole.contains(words) => SentencePlace::Here,
            _ => SentencePlace::OtherWords,
        }
    }
}

/// Whether two texts have the same words, whatever stands between them.
#[must_use]
pub fn have_same_words(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    a == b || are_alike(&a, &b)
}

fn are_alike(a: &str, b: &str) -> bool {
    // Sentences of very unequal length are not worth the quadratic comparison.
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    shorter * 10 >= longer * 8 && strsim::normalized_levenshtein(a, b) >= ALIKE
}

/// Letters and digits in lower case: quotation marks, line breaks and blanks change on the way through a spreadsheet.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
