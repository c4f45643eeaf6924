//! Finds the sentence that a coding is of, by its number and by its words.
//!
//! Numbers alone are not enough: another splitter, an older corpus or a column that was sorted alone leaves them pointing
//! at sentences that nobody coded. Not here: reading codings, and learning from them.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::model::{Document, HandCoding};
use crate::study::numbering::{Misnumbered, Numbering, keep_sound};
use crate::study::sentence_words::{Page, SentencePlace};

/// Codings held against the documents they are of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// Those that can be used, each at the sentence whose words it bears.
    pub codings: Vec<HandCoding>,
    /// How many bear other words than the sentence they name.
    pub other_words: usize,
    /// Of these, how many were found again in the same document.
    pub found_again: usize,
    /// How many name no sentence and bear the words of one.
    pub unnumbered: usize,
    /// Those without words that are left out since their numbers are not the corpus's.
    pub misnumbered: Vec<Misnumbered>,
    /// Those that name a document or a sentence that is not there.
    pub unknown: Vec<HandCoding>,
    /// Codings that stand in another's place, since it is of the same sentence after all.
    pub doubles: usize,
    /// The first that bears other words, as it was read.
    pub first_other: Option<HandCoding>,
}

/// Holds every coding against its document. A coding whose text is not that of the sentence it names is moved to the one
/// sentence of the document that has these words; where there is none, or several, it is left out.
#[must_use]
pub fn place(mut codings: Vec<HandCoding>, documents: &BTreeMap<String, Document>, codebook: &Codebook) -> Placed {
    let named: BTreeSet<String> = codings.iter().map(|coding| coding.document.clone()).collect();
    let known = named.iter().filter_map(|id| documents.get_key_value(id));
    let pages: BTreeMap<&str, Page> = known.map(|(id, document)| (&id[..], Page::of(document, codebook))).collect();
    let mut numbering = Numbering::of(&codings);
    for (id, page) in &pages {
        if let Some([first, last]) = page.numbers() {
            numbering.see_numbers(id, first, last);
        }
    }
    let (is_sound, misnumbered) = numbering.judge();
    keep_sound(&mut codings, &is_sound);
    let mut placed = Placed { misnumbered, ..Placed::default() };
    let mut taken = BTreeSet::new();
    for mut coding in codings {
        let place = pages
            .get(&coding.document[..])
            .map_or(SentencePlace::Unknown, |page| page.place(coding.sentence, &coding.text));
        match place {
            SentencePlace::Unknown => {
                placed.unknown.push(coding);
                continue;
            }
            SentencePlace::Here => {}
            SentencePlace::At(_) if coding.sentence.is_none() => placed.unnumbered += 1,
            SentencePlace::At(_) | SentencePlace::OtherWords => {
                placed.other_words += 1;
                placed.first_other.get_or_insert_with(|| coding.clone());
            }
        }
        match place {
            SentencePlace::At(sentence) => {
                placed.found_again += usize::from(coding.sentence.is_some());
                coding.sentence = Some(sentence);
            }
            SentencePlace::OtherWords => continue,
            SentencePlace::Here | SentencePlace::Unknown => {}
        }
        let HandCoding { document, sentence, frame, coder, .. } = &coding;
        if taken.insert((document.clone(), *sentence, frame.clone(), coder.clone())) {
            placed.codings.push(coding);
        } else {
            placed.doubles += 1;
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    fn coding(sentence: usize, text: &str, value: &str) -> HandCoding {
        HandCoding {
            document: "d".to_owned(),
            sentence: Some(sentence),
            frame: "a".to_owned(),
            value: value.to_owned(),
            coder: "anna".to_owned(),
            text: text.to_owned(),
            ..HandCoding::default()
        }
    }

    #[test]
    fn a_coding_belongs_where_its_words_are() {
        let codebook = parse("[[frame]]\nid = \"a\"\n", "c").unwrap();
        let text = "Rain spoilt the wheat of 2023. Larks sang. \u{201c}Nobody came,\u{201d} she said. Larks sang.";
        let document = Document::new("d".to_owned(), "Wet fields", text);
        let documents = BTreeMap::from([("d".to_owned(), document)]);
        for (case, number, text, expected) in [
            ("no words", 1, "", Some(1)),
            ("its words", 1, "Rain spoilt the wheat of 2023.", Some(1)),
            ("other marks", 3, "'\"Nobody came,\" she  said.", Some(3)),
            ("a letter mended", 1, "Rain spoiled the wheat of 2023.", Some(1)),
            ("the sentence before", 0, "Rain spoilt the wheat of 2023.", Some(1)),
            ("the title", 3, "Wet fields", Some(0)),
            ("words that stand twice, at one of them", 4, "Larks sang.", Some(4)),
            ("words that stand twice, elsewhere", 1, "Larks sang.", None),
            ("part of a sentence", 3, "Nobody came", None),
            ("words of another document", 1, "Snow fell.", None),
            ("a number too many, without words", 9, "", None),
            ("a number too many, with words", 9, "Wet fields", Some(0)),
        ] {
            let placed = place(vec![coding(number, text, "1")], &documents, &codebook);
            let found = placed.codings.first().and_then(|coding| coding.sentence);
            assert_eq!(found, expected, "{case}: {placed:?}");
        }
    }

    /// A table with a column of words and none of numbers: what is said of a sentence is not said of its document.
    #[test]
    fn a_coding_without_a_number_is_of_the_sentence_whose_words_it_bears() {
        let codebook = parse("[[frame]]\nid = \"a\"\n", "c").unwrap();
        let text = "Rain spoilt the wheat. Larks sang. Nobody came. Larks sang.";
        let documents = BTreeMap::from([("d".to_owned(), Document::new("d".to_owned(), "Wet fields", text))]);
        for (case, text, expected) in [
            ("a sentence", "Nobody came.", Some(Some(3))),
            ("no words", "", Some(None)),
            ("the whole text", text, Some(None)),
            ("the title", "Wet fields", Some(None)),
            ("a sentence that stands twice", "Larks sang.", None),
            ("other words", "Snow fell.", None),
        ] {
            let unnumbered = HandCoding { sentence: None, ..coding(1, text, "1") };
            let placed = place(vec![unnumbered], &documents, &codebook);
            assert_eq!(placed.codings.first().map(|coding| coding.sentence), expected, "{case}: {placed:?}");
            assert_eq!(placed.unnumbered, usize::from(expected == Some(Some(3))), "{case}");
        }
    }

    #[test]
    fn what_is_moved_to_a_sentence_that_was_coded_is_a_double() {
        let codebook = parse("[[frame]]\nid = \"a\"\n", "c").unwrap();
        let documents = BTreeMap::from([("d".to_owned(), Document::new("d".to_owned(), "", "One came. Two left."))]);
        let placed = place(vec![coding(1, "One came.", "1"), coding(2, "One came.", "0")], &documents, &codebook);
        assert_eq!((placed.codings.len(), placed.other_words, placed.found_again, placed.doubles), (1, 1, 1, 1));
    }
}
