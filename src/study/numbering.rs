//! Finds codings without words whose sentence numbers are not the corpus's: a coder who calls the title 1 is off by one
//! everywhere, and most of the numbers still name a sentence. Only numbers that name no sentence are evidence of it: a coder
//! who coded no title is common. Not here: codings that bear words, which are found by them (`placing`).

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::coding::numbered_sentences;
use crate::model::{Document, HandCoding};
use crate::study::sentence_words::letters;

/// Codings whose numbers do not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Misnumbered {
    /// How they count.
    pub counting: Counting,
    /// How many codings are left out for it.
    pub left_out: usize,
    /// The first whose number names no sentence.
    pub evidence: HandCoding,
}

/// How codings count the sentences of a document, where that is not from 0, the title, on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// 1 is the title: no title is 0, and numbers reach one past the last sentence.
    TitleIsOne,
    /// 0 is the first sentence of texts that have no title.
    TextFromZero,
    /// Numbers reach past the end of one document, whose other numbers are then no better.
    OtherSentences,
}

/// A file and a coder: two coders may share a file and count otherwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hand<'a> {
    file: &'a str,
    coder: &'a str,
}

impl<'a> Hand<'a> {
    fn of(coding: &'a HandCoding) -> Self {
        Self { file: &coding.origin.file, coder: &coding.coder }
    }
}

/// What the numbers of a coder show.
#[derive(Default)]
struct Traces<'a> {
    names_title: bool,
    /// The first that is one past the last sentence of a document with a title.
    one_past: Option<&'a HandCoding>,
    /// The first that is sentence 0 of a document without title.
    no_title: Option<&'a HandCoding>,
    /// Whether the last sentence of a document without title is named.
    names_last: bool,
    /// By document, the first that is past its end.
    past: BTreeMap<&'a str, &'a HandCoding>,
}

impl<'a> Traces<'a> {
    fn see(&mut self, coding: &'a HandCoding, number: usize, [first, last]: [usize; 2]) {
        if number > last {
            self.past.entry(&coding.document).or_insert(coding);
        }
        if first == 0 {
            self.names_title |= number == 0;
            let is_one_past = number == last + 1;
            self.one_past = self.one_past.or(is_one_past.then_some(coding));
        } else {
            self.names_last |= number == last;
            self.no_title = self.no_title.or((number == 0).then_some(coding));
        }
    }

    /// How the whole of it counts, with the evidence.
    fn counting(&self) -> Option<(Counting, &'a HandCoding)> {
        let from_one = self.one_past.filter(|_| !self.names_title).map(|coding| (Counting::TitleIsOne, coding));
        // A sheet with a row for a title that is not there has all the other rows as well, the last among them.
        let from_zero = || self.no_title.filter(|_| !self.names_last).map(|coding| (Counting::TextFromZero, coding));
        from_one.or_else(from_zero)
    }

    /// Whether another hand of the same file, of which no number goes astray, may count like this one.
    const fn may_count(&self, counting: Counting) -> bool {
        match counting {
            Counting::TitleIsOne => !self.names_title,
            Counting::TextFromZero => !self.names_last,
            Counting::OtherSentences => false,
        }
    }
}

/// What codings without words show of how they count, gathered document by document.
#[derive(Default)]
pub struct Numbering<'a> {
    codings: &'a [HandCoding],
    bare: BTreeMap<&'a str, Vec<(usize, &'a HandCoding)>>,
    hands: BTreeMap<Hand<'a>, Traces<'a>>,
}

impl<'a> Numbering<'a> {
    /// Nothing seen yet.
    #[must_use]
    pub fn of(codings: &'a [HandCoding]) -> Self {
        let mut bare: BTreeMap<&str, Vec<(usize, &HandCoding)>> = BTreeMap::new();
        for coding in codings {
            if let Some(number) = bare_number(coding) {
                bare.entry(&coding.document).or_default().push((number, coding));
            }
        }
        Self { codings, bare, hands: BTreeMap::new() }
    }

    /// The documents that codings without words are of.
    #[must_use]
    pub fn documents(&self) -> BTreeSet<&'a str> {
        self.bare.keys().copied().collect()
    }

    /// Holds the numbers against the sentences of a document.
    pub fn see(&mut self, document: &Document, codebook: &Codebook) {
        let numbers = numbered_sentences(codebook, document);
        if let (Some((first, _)), Some((last, _))) = (numbers.first(), numbers.last()) {
            self.see_numbers(&document.id, *first, *last);
        }
    }

    /// Holds the numbers against those of a document's first and last sentence.
    pub(super) fn see_numbers(&mut self, document: &str, first: usize, last: usize) {
        for (number, coding) in self.bare.get(document).into_iter().flatten() {
            self.hands.entry(Hand::of(coding)).or_default().see(coding, *number, [first, last]);
        }
    }

    /// For each coding whether its number can be trusted, and what the others have in common.
    #[must_use]
    pub fn judge(&self) -> (Vec<bool>, Vec<Misnumbered>) {
        let mut files: BTreeMap<&str, (Counting, &HandCoding)> = BTreeMap::new();
        for (Hand { file, .. }, traces) in &self.hands {
            if let Some(counting) = traces.counting() {
                files.entry(file).or_insert(counting);
            }
        }
        let mut found: Vec<Misnumbered> = Vec::new();
        let trouble = |coding: &HandCoding| {
            let traces = bare_number(coding).and_then(|_| self.hands.get(&Hand::of(coding)))?;
            let whole = files.get(&coding.origin.file[..]).filter(|(counting, _)| traces.may_count(*counting)).copied();
            whole.or_else(|| Some((Counting::OtherSentences, *traces.past.get(&coding.document[..])?)))
        };
        let is_sound = self.codings.iter().map(|coding| tally(trouble(coding), &mut found)).collect();
        (is_sound, found)
    }
}

/// The number of a coding that has nothing else to be placed by.
fn bare_number(coding: &HandCoding) -> Option<usize> {
    coding.sentence.filter(|_| letters(&coding.text).is_empty())
}

/// Counts a coding under its trouble; whether it has none.
fn tally(trouble: Option<(Counting, &HandCoding)>, found: &mut Vec<Misnumbered>) -> bool {
    let Some((counting, evidence)) = trouble else { return true };
    match found.iter_mut().find(|known| known.counting == counting && known.evidence == *evidence) {
        Some(known) => known.left_out += 1,
        None => found.push(Misnumbered { counting, left_out: 1, evidence: evidence.clone() }),
    }
    false
}

/// Leaves out the codings that are not sound, as [`Numbering::judge`] says of each.
pub fn keep_sound(codings: &mut Vec<HandCoding>, is_sound: &[bool]) {
    let mut verdicts = is_sound.iter();
    codings.retain(|_| verdicts.next() == Some(&true));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    /// A coding of "t3", which has a title and three sentences, or of "u3", which has the sentences only.
    fn coding(coder: &str, document: &str, sentence: usize, text: &str) -> HandCoding {
        HandCoding {
            document: document.to_owned(),
            sentence: Some(sentence),
            coder: coder.to_owned(),
            text: text.to_owned(),
            origin: Origin { file: "c.csv".to_owned(), record: 1 },
            ..HandCoding::default()
        }
    }

    #[test]
    fn only_numbers_that_name_no_sentence_are_evidence() {
        use Counting::{OtherSentences, TextFromZero, TitleIsOne};
        let hand = |coder, document, numbers: &[usize]| -> Vec<HandCoding> {
            numbers.iter().map(|number| coding(coder, document, *number, "")).collect()
        };
        let bearing = |number| vec![coding("a", "t3", number, "words")];
        for (case, codings, expected) in [
            ("no title coded", vec![hand("a", "t3", &[1, 2, 3])], vec![]),
            ("titles and all", vec![hand("a", "t3", &[0, 1, 2, 3]), hand("a", "u3", &[1, 2, 3])], vec![]),
            ("the title is 1", vec![hand("a", "t3", &[1, 2, 3, 4]), hand("a", "u3", &[1])], vec![(TitleIsOne, 5)]),
            ("the same with words", vec![bearing(1), bearing(4)], vec![]),
            ("a coder of the same file", vec![hand("a", "t3", &[1, 4]), hand("b", "t3", &[2])], vec![(TitleIsOne, 3)]),
            ("one who codes titles", vec![hand("a", "t3", &[1, 4]), hand("b", "t3", &[0, 2])], vec![(TitleIsOne, 2)]),
            ("a slip beside a title", vec![hand("a", "t3", &[0, 4]), hand("a", "u3", &[1])], vec![(OtherSentences, 2)]),
            ("another splitter", vec![hand("a", "t3", &[1, 2, 5]), hand("a", "u3", &[3])], vec![(OtherSentences, 3)]),
            ("texts from 0", vec![hand("a", "u3", &[0, 1, 2]), hand("a", "t3", &[1])], vec![(TextFromZero, 4)]),
            ("rows for missing titles", vec![hand("a", "u3", &[0, 1, 2, 3])], vec![]),
        ] {
            let codings = codings.concat();
            let mut numbering = Numbering::of(&codings);
            numbering.see_numbers("t3", 0, 3);
            numbering.see_numbers("u3", 1, 3);
            let (is_sound, found) = numbering.judge();
            let told: Vec<(Counting, usize)> = found.iter().map(|found| (found.counting, found.left_out)).collect();
            assert_eq!(told, expected, "{case}");
            let lost = is_sound.iter().filter(|is_sound| !**is_sound).count();
            assert_eq!(lost, told.iter().map(|(_, count)| count).sum::<usize>(), "{case}");
        }
    }
}
