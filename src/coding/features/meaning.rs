//! What the words of a stretch are about, from published word vectors: "soldiers" counts for what was learnt of "troops".
//!
//! The vectors are those of Pennington, Socher and Manning (2014), "`GloVe`: Global vectors for word representation";
//! `meaning/SOURCE.md` says how they came here. The sum over words weighs frequent words down as in Arora, Liang and Ma
//! (2017), "A simple but tough-to-beat baseline for sentence embeddings". Words that are not in the list, such as those
//! of other languages than English, have no part in it.

use std::sync::LazyLock;

use crate::coding::features::{Family, Sink, Unit};

/// Numbers in a vector.
pub(crate) const DIMENSIONS: usize = 50;

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
    starts.pop();
    starts
});

/// The names of the features, in the order of the numbers of a vector.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| (1..=DIMENSIONS).map(|number| format!("{number:02}")).collect());

/// Adds the fifty numbers of the stretch's vector, or nothing where none of its words is known.
pub(super) fn add(unit: &Unit<'_>, sink: &mut Sink) {
    let mut sums = [0; DIMENSIONS];
    unit.words().filter_map(record).for_each(|record| take_in(&mut sums, record));
    let Some(vector) = scaled(&sums) else { return };
    for (name, value) in NAMES.iter().zip(vector) {
        sink.add(&[name], value);
    }
}

/// Adds the fifty numbers of the vector of words, each of which counts as often as the whole number with it says; names
/// begin with `prefix`.
pub(super) fn add_weighed<'w>(words: impl Iterator<Item = (&'w str, i32)>, prefix: &str, sink: &mut Sink) {
    let mut sums = [0; DIMENSIONS];
    for (word, times) in words {
        let Some(record) = record(word) else { continue };
        let mut own = [0; DIMENSIONS];
        take_in(&mut own, record);
        sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += times * own);
    }
    let Some(vector) = scaled(&sums) else { return };
    for (name, value) in NAMES.iter().zip(vector) {
        sink.add(&[prefix, name], value);
    }
}

/// What each known word of the stretch adds to the numbers of the stretch's vector, which are the sums over words; a word
/// that comes again stands again.
pub(crate) fn parts<'t>(unit: &Unit<'t>) -> Vec<(&'t str, [f32; DIMENSIONS])> {
    let mut sums = [0; DIMENSIONS];
    let known: Vec<(&str, &[u8])> = unit.words().filter_map(|word| Some((word, record(word)?))).collect();
    for (_, record) in &known {
        take_in(&mut sums, record);
    }
    let part = |record: &[u8]| {
        let mut own = [0; DIMENSIONS];
        take_in(&mut own, record);
        scaled_as(&own, &sums)
    };
    known.into_iter().filter_map(|(word, record)| Some((word, part(record)?))).collect()
}

/// The name of a feature, by its place in the vector.
pub(crate) fn name(place: usize) -> String {
    format!("{}:{}", Family::Meaning.definition().name, NAMES[place])
}

/// The record of a word, given in lower case.
fn record(word: &str) -> Option<&'static [u8]> {
    let place = STARTS.binary_search_by(|start| word_at(*start).cmp(word)).ok()?;
    RECORDS.get(place * RECORD..(place + 1) * RECORD)
}

fn word_at(start: u32) -> &'static str {
    let rest = &WORDS[start as usize..];
    &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
}

/// Adds a word's vector, times its weight. Whole numbers, so that the order of words cannot change a digit.
fn take_in(sums: &mut [i32; DIMENSIONS], record: &[u8]) {
    let (numbers, weight) = record.split_at(RECORD - 1);
    let weight = i32::from(weight[0]);
    for (pair, byte) in sums.chunks_exact_mut(2).zip(numbers) {
        pair[0] += weight * (i32::from(byte & 0x0f) - SHIFT);
        pair[1] += weight * (i32::from(byte >> 4) - SHIFT);
    }
}

/// The sums at the length [`LENGTH`]; `None` where all are 0.
fn scaled(sums: &[i32; DIMENSIONS]) -> Option<[f32; DIMENSIONS]> {
    scaled_as(sums, sums)
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
    use crate::coding::features::{collect, feature_hash};
    use crate::coding::scorer::{Example, Instrument, Stretch, UnitReader};
    use crate::model::Document;

    fn vector(text: &str) -> Option<[f32; DIMENSIONS]> {
        let mut sums = [0; DIMENSIONS];
        text.split(' ').filter_map(record).for_each(|record| take_in(&mut sums, record));
        scaled(&sums)
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
        let instrument = Instrument { families: vec![Family::Meaning], ..Instrument::default() };
        let example = Example { document: &document, stretch: Stretch::Whole, target: None };
        let mut sink = Sink::default();
        let found = UnitReader::default().with_unit(&instrument, &example, |unit| {
            collect(unit, &[Family::Meaning], &mut sink);
            parts(unit).into_iter().map(|(word, part)| (word.to_owned(), part)).collect::<Vec<_>>()
        });
        let words: Vec<&str> = found.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["the", "troops", "met", "troops", "of"]);
        for place in 0..DIMENSIONS {
            let sum: f32 = found.iter().map(|(_, part)| part[place]).sum();
            assert!((sum - sink.counts[place].value).abs() < 1e-6, "{place}: {sum}, {:?}", sink.counts[place]);
            assert_eq!(sink.counts[place].hash, feature_hash(&name(place)));
        }
    }
}
