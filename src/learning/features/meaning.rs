//! What the words of a stretch are about, from published word vectors: "soldiers" counts for what was learnt of "troops".
//!
//! The vectors are those of Pennington, Socher and Manning (2014), "`GloVe`: Global vectors for word representation";
//! `meaning/SOURCE.md` says how they came here. The sum over words weighs frequent words down as in Arora, Liang and Ma
//! (2017), "A simple but tough-to-beat baseline for sentence embeddings". Words that are not in the list, such as those
//! of other languages than English, have no part in it.

use std::sync::LazyLock;

use crate::learning::features::{FeatureUnit, Sink, feature_hash};
use crate::model::Checksum;

/// Numbers in a vector.
pub const DIMENSIONS: usize = 50;

/// Bytes of a word's record: two numbers a byte, then the word's weight.
const RECORD: usize = DIMENSIONS / 2 + 1;

/// What is added to a number, so that it is stored without a sign.
const SHIFT: i32 = 8;

/// Length of the vector of a stretch, where those of its words and of its characters have the length 1 each: fifty
/// columns that all rows share would outweigh them otherwise.
const LENGTH: f32 = 0.75;

/// The words, ascending, one a line.
static WORDS: &str = include_str!("meaning/words.txt");

/// A record for each word, in the same order.
static RECORDS: &[u8] = include_bytes!("meaning/vectors.bin");

/// Where each word starts in [`WORDS`].
static STARTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut starts = vec![0];
    let after = |(at, byte): (usize, u8)| (byte == b'\n').then_some(at + 1);
    starts.extend(WORDS.bytes().enumerate().filter_map(after).filter_map(|at| u32::try_from(at).ok()));
    // Behind the last line break no word begins.
    starts.pop();
    starts
});

/// More than twice the words, a power of two.
const SLOT_COUNT: usize = 1 << 17;

/// One past the place of each word among the records, 0 for none, at the word's slot or the next free one after it.
static SLOTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut slots = vec![0; SLOT_COUNT];
    for (number, start) in (1..).zip(STARTS.iter()) {
        let mut slot = slot_of(word_at(*start));
        // Open addressing: at most half of the slots are taken, so that the next free one is near.
        while slots[slot] != 0 {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = number;
    }
    slots
});

#[expect(clippy::cast_possible_truncation, reason = "the remainder is small")]
fn slot_of(word: &str) -> usize {
    // The low bits of the hash depend on few letters of the word, so the high half is laid over them.
    let hash = feature_hash(word);
    (hash ^ (hash >> 32)) as usize % SLOT_COUNT
}

/// The names of the features, in the order of the numbers of a vector.
pub(super) static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| (1..=DIMENSIONS).map(|number| format!("{number:02}")).collect());

/// A sum of the vectors of words, each of which counts as often as the whole number with it says.
#[derive(Clone, Debug)]
pub struct Vector<'t> {
    /// What the names of its features begin with, after the family's.
    pub side: &'static str,
    /// The known words: position in the reading, form, and how often it counts.
    words: Vec<(usize, &'t str, i32)>,
    sums: [i32; DIMENSIONS],
    records: Vec<&'static [u8]>,
}

impl<'t> Vector<'t> {
    /// Sums up words: token, form in lower case, and how often it counts. Unknown ones are passed over.
    pub fn of(side: &'static str, words: impl Iterator<Item = (usize, &'t str, i32)>) -> Self {
        let mut found = Self { side, words: Vec::new(), sums: [0; DIMENSIONS], records: Vec::new() };
        for (token, word, times) in words.filter(|(_, _, times)| *times > 0) {
            let Some(record) = record(word) else { continue };
            take_in(&mut found.sums, record, times);
            found.words.push((token, word, times));
            found.records.push(record);
        }
        found
    }

    /// Adds its fifty numbers, or nothing where none of its words is known.
    pub(super) fn add_to(&self, sink: &mut Sink) {
        let Some(numbers) = scaled_as(&self.sums, &self.sums) else { return };
        for (name, value) in NAMES.iter().zip(numbers) {
            sink.add(&[self.side, name], value);
        }
    }

    /// Whether it is nothing: no known word, or words that cancel each other.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.sums.iter().all(|sum| *sum == 0)
    }

    /// What each of its words adds to the sum of its numbers times `weights`, after the word's token and form.
    pub fn parts(&self, weights: &[f64; DIMENSIONS]) -> impl Iterator<Item = (usize, &'t str, f64)> {
        let part = |((token, word, times), record): (&(usize, &'t str, i32), &&[u8])| {
            let mut own = [0; DIMENSIONS];
            take_in(&mut own, record, *times);
            // Scaled by the whole, not by the word: so the parts add up to what the score has of the stretch.
            let numbers = scaled_as(&own, &self.sums).unwrap_or([0.0; DIMENSIONS]);
            let products = weights.iter().zip(numbers).map(|(weight, number)| weight * f64::from(number));
            (*token, *word, products.sum())
        };
        self.words.iter().zip(&self.records).map(part)
    }
}

/// SHA-256 of the word vectors, in 64 hexadecimal digits.
#[must_use]
pub fn word_vector_data() -> String {
    let mut sum = Checksum::default();
    sum.update(WORDS.as_bytes());
    sum.update(RECORDS);
    sum.finish().1
}

/// Adds the fifty numbers of the stretch's vector.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    whole(unit).add_to(sink);
}

/// The vector of all words of the stretch.
pub(super) fn whole<'t>(unit: &FeatureUnit<'t>) -> Vector<'t> {
    Vector::of("", unit.text.word_tokens().map(|(token, word)| (token, word, 1)))
}

/// The record of a word, given in lower case.
fn record(word: &str) -> Option<&'static [u8]> {
    let mut slot = slot_of(word);
    loop {
        let place = (SLOTS[slot] as usize).checked_sub(1)?;
        if word_at(STARTS[place]) == word {
            return RECORDS.get(place * RECORD..(place + 1) * RECORD);
        }
        slot = (slot + 1) % SLOT_COUNT;
    }
}

fn word_at(start: u32) -> &'static str {
    let rest = &WORDS[start as usize..];
    &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
}

/// Adds a word's vector, times its weight and how often it counts. Whole numbers, so that the order of words cannot
/// change a digit.
fn take_in(sums: &mut [i32; DIMENSIONS], record: &[u8], times: i32) {
    let (numbers, weight) = record.split_at(RECORD - 1);
    // Frequent words weigh less, or "the" and "of" would be most of what a stretch is about.
    let weight = times * i32::from(weight[0]);
    for (pair, byte) in sums.chunks_exact_mut(2).zip(numbers) {
        // Sixteen steps a number are enough: the cosine of "troops" and "forces" moved by .005 at most.
        pair[0] += weight * (i32::from(byte & 0x0f) - SHIFT);
        pair[1] += weight * (i32::from(byte >> 4) - SHIFT);
    }
}

/// `numbers` times what brings `whole` to the length [`LENGTH`]; `None` where `whole` is 0.
#[expect(clippy::cast_possible_truncation, reason = "a part of a vector of length 1 fits single precision")]
fn scaled_as(numbers: &[i32; DIMENSIONS], whole: &[i32; DIMENSIONS]) -> Option<[f32; DIMENSIONS]> {
    let length = whole.iter().map(|sum| f64::from(*sum).powi(2)).sum::<f64>().sqrt();
    (length > 0.0).then(|| numbers.map(|number| (f64::from(number) / length) as f32 * LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::features::{FeatureFamily, collect, vectors};
    use crate::learning::units::{Example, Instrument, Stretch, UnitReader};
    use crate::model::Document;

    fn vector(text: &str) -> Option<[f32; DIMENSIONS]> {
        let mut sums = [0; DIMENSIONS];
        text.split(' ').filter_map(record).for_each(|record| take_in(&mut sums, record, 1));
        scaled_as(&sums, &sums)
    }

    fn likeness(a: &str, b: &str) -> f32 {
        let product = |(a, b): (&f32, &f32)| a * b;
        let (a, b) = (vector(a).unwrap(), vector(b).unwrap());
        a.iter().zip(&b).map(product).sum::<f32>() / (LENGTH * LENGTH)
    }

    #[test]
    fn there_is_a_record_for_each_word_and_words_ascend() {
        assert_eq!(STARTS.len() * RECORD, RECORDS.len());
        let words: Vec<&str> = STARTS.iter().map(|start| word_at(*start)).collect();
        assert_eq!(words.len(), 50_000);
        assert!(words.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn words_of_one_meaning_are_more_alike_than_others() {
        let cases = [("troops", "soldiers", "banana"), ("senator", "congressman", "river"), ("lie", "lying", "guitar")];
        for (word, like, unlike) in cases {
            let (near, far) = (likeness(word, like), likeness(word, unlike));
            assert!(near > far + 0.3, "{word}: {like} {near}, {unlike} {far}");
        }
    }

    /// The cosine of the vectors before they were rounded to sixteen steps is .84 and .89.
    #[test]
    fn rounding_has_left_the_vectors_as_they_were() {
        for (a, b, expected) in [("troops", "soldiers", 0.845), ("troops", "forces", 0.885)] {
            assert!((likeness(a, b) - expected).abs() < 0.005, "{a}, {b}: {}", likeness(a, b));
        }
    }

    #[test]
    fn frequent_words_hardly_turn_a_vector() {
        assert!(likeness("troops", "the of and to troops") > 0.99);
        assert!(likeness("troops", "soldiers troops") < 0.98);
    }

    #[test]
    fn an_unknown_word_is_nothing() {
        assert_eq!(vector("moscow 's qwertzuiopü 1914"), vector("moscow"));
        assert_eq!(vector("войска"), None);
    }

    #[test]
    fn parts_of_words_sum_to_the_vector_of_the_stretch() {
        let document = Document::new("1", "", "The troops met troops of qwertz.");
        let instrument = Instrument { families: vec![FeatureFamily::Meaning], ..Instrument::default() };
        let example = Example { document: &document, stretch: Stretch::Whole, target: None };
        let mut sink = Sink::default();
        UnitReader::default().with_unit(&instrument, &example, |unit| {
            collect(unit, &[FeatureFamily::Meaning], &mut sink);
            let found = &vectors(unit, FeatureFamily::Meaning)[0];
            let words: Vec<&str> = found.parts(&[0.0; DIMENSIONS]).map(|(_, word, _)| word).collect();
            assert_eq!(words, ["the", "troops", "met", "troops", "of"]);
            for place in 0..DIMENSIONS {
                let mut weights = [0.0; DIMENSIONS];
                weights[place] = 1.0;
                let sum: f64 = found.parts(&weights).map(|(_, _, part)| part).sum();
                assert!((sum - f64::from(sink.counts[place].value)).abs() < 1e-6, "{place}: {sum}");
            }
        });
    }
}
