//! The table of what was encoded: vectors by text, in one byte a number.
//!
//! A file is one line of JSON that names the layout, the model and the count of numbers, then records of one length: the
//! key of a text, then its numbers as whole numbers from -127 to 127, the largest of them 127. Vectors are read with the
//! length 1, so no scale is kept. Against single precision that costs a cosine of at most 2e-4 and saves three bytes in
//! four. Records may stand in any order and a last one may be cut off, as a killed run leaves it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Version of the file's layout. A program reads its own only.
const FORMAT: u32 = 1;

/// Bytes of a key.
const KEY: usize = 16;

/// What stands for a text: the first half of its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextKey([u8; KEY]);

/// The key of a text, as it stands in the document.
#[must_use]
pub fn text_key(text: &str) -> TextKey {
    let digest = Sha256::digest(text.as_bytes());
    let mut key = [0; KEY];
    key.copy_from_slice(&digest[..KEY]);
    TextKey(key)
}

/// Vectors by text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceVectors {
    header: Header,
    /// Ascending.
    keys: Vec<TextKey>,
    /// In the order of the keys.
    numbers: Vec<i8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: u32,
    /// Name of the model's folder.
    model: String,
    /// Checksum of the model.
    sha256: String,
    dimensions: usize,
}

/// Why a file of vectors cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum VectorsError {
    /// Something else.
    #[error("no sentence vectors of this program ({0}); write them with parallax encode")]
    NoVectors(String),
    /// Of another version.
    #[error(
        "sentence vectors of layout {0}, and this program reads layout {FORMAT}; encode again with parallax encode"
    )]
    OtherLayout(u32),
}

impl SentenceVectors {
    /// No vectors yet, of the model called `model` with this checksum.
    #[must_use]
    pub fn new(model: &str, sha256: &str, dimensions: usize) -> Self {
        let header = Header { format: FORMAT, model: model.to_owned(), sha256: sha256.to_owned(), dimensions };
        Self { header, keys: Vec::new(), numbers: Vec::new() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is none of this layout.
    pub fn parse(bytes: &[u8]) -> Result<Self, VectorsError> {
        let none = |why: &str| VectorsError::NoVectors(why.to_owned());
        let end = memchr::memchr(b'\n', bytes).ok_or_else(|| none("without a first line"))?;
        let header: Header = serde_json::from_slice(&bytes[..end]).map_err(|error| none(&error.to_string()))?;
        if header.format != FORMAT {
            return Err(VectorsError::OtherLayout(header.format));
        }
        if header.dimensions == 0 {
            return Err(none("vectors without numbers"));
        }
        let mut found = Self { header, keys: Vec::new(), numbers: Vec::new() };
        found.take_in(&bytes[end + 1..]);
        Ok(found)
    }

    /// Adds records to those that are there; of a key that comes twice the first counts.
    pub fn take_in(&mut self, records: &[u8]) {
        let (old, length) = (self.to_records(), KEY + self.header.dimensions);
        let both = old.chunks_exact(length).chain(records.chunks_exact(length));
        let mut all: Vec<(TextKey, &[u8])> = both.filter_map(split).collect();
        all.sort_by_key(|(key, _)| *key);
        all.dedup_by_key(|(key, _)| *key);
        self.keys = all.iter().map(|(key, _)| *key).collect();
        self.numbers = all.iter().flat_map(|(_, numbers)| numbers.iter().map(|byte| byte.cast_signed())).collect();
    }

    /// The whole file, records sorted by key.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::json!(self.header).to_string().into_bytes();
        bytes.push(b'\n');
        bytes.extend(self.to_records());
        bytes
    }

    /// All records, sorted by key.
    fn to_records(&self) -> Vec<u8> {
        let numbers = self.numbers.chunks_exact(self.header.dimensions);
        let record = |(key, numbers): (&TextKey, &[i8])| {
            key.0.into_iter().chain(numbers.iter().map(|number| number.cast_unsigned())).collect::<Vec<u8>>()
        };
        self.keys.iter().zip(numbers).flat_map(record).collect()
    }

    /// Whether the model with this checksum made them.
    #[must_use]
    pub fn are_of(&self, sha256: &str) -> bool {
        self.header.sha256 == sha256
    }

    /// Name of the model's folder.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.header.model
    }

    /// Checksum of the model, 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.header.sha256
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether the text was encoded.
    #[must_use]
    pub fn has(&self, key: TextKey) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// The vector of a text, of the length 1; `None` for one that was not encoded.
    #[must_use]
    pub fn of(&self, text: &str) -> Option<Vec<f32>> {
        let place = self.keys.binary_search(&text_key(text)).ok()?;
        let numbers = &self.numbers[place * self.header.dimensions..(place + 1) * self.header.dimensions];
        let square: i32 = numbers.iter().map(|number| i32::from(*number).pow(2)).sum();
        #[expect(clippy::cast_precision_loss, reason = "an exact whole number below 2^24 up to a thousand numbers")]
        let length = (square as f32).sqrt().max(f32::MIN_POSITIVE);
        Some(numbers.iter().map(|number| f32::from(*number) / length).collect())
    }
}

/// The record of a text that was just encoded, as it stands in a file.
#[must_use]
pub fn vector_record(key: TextKey, vector: &[f32]) -> Vec<u8> {
    key.0.into_iter().chain(rounded(vector)).collect()
}

/// A record's key and numbers.
fn split(record: &[u8]) -> Option<(TextKey, &[u8])> {
    let (key, numbers) = record.split_first_chunk::<KEY>()?;
    Some((TextKey(*key), numbers))
}

/// A vector in whole numbers, the largest of them 127.
fn rounded(vector: &[f32]) -> impl Iterator<Item = u8> {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, number| largest.max(number.abs()));
    #[expect(clippy::cast_possible_truncation, reason = "from -127 to 127")]
    vector.iter().map(move |number| ((number / largest * 127.0).round() as i8).cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> SentenceVectors {
        let mut vectors = SentenceVectors::new("tiny", "ab", 3);
        let texts = [("Rain fell.", [0.6, -0.8, 0.0]), ("A tank.", [0.0, 0.0, 1.0]), ("Two.", [0.5, 0.5, 0.707])];
        vectors.take_in(&texts.map(|(text, vector)| vector_record(text_key(text), &vector)).concat());
        vectors
    }

    #[test]
    fn a_vector_comes_back_by_its_text_nearly_as_it_was() {
        let vectors = three();
        assert_eq!((vectors.len(), vectors.of("Snow fell.")), (3, None));
        let found = vectors.of("Rain fell.").unwrap();
        let cosine: f32 = found.iter().zip([0.6, -0.8, 0.0]).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.9999, "{found:?}");
        assert_eq!(vectors.of("A tank."), Some(vec![0.0, 0.0, 1.0]));
    }

    #[test]
    fn a_file_that_was_cut_off_keeps_what_is_whole() {
        let vectors = three();
        let mut bytes = vectors.to_bytes();
        assert_eq!(SentenceVectors::parse(&bytes).unwrap(), vectors);
        bytes.pop();
        assert_eq!(SentenceVectors::parse(&bytes).unwrap().len(), 2);
    }

    #[test]
    fn other_files_are_refused_with_the_remedy() {
        for (bytes, expected) in [
            (&b"id,text\n1,a\n"[..], "no sentence vectors of this program"),
            (b"{\"format\":9,\"model\":\"m\",\"sha256\":\"\",\"dimensions\":3}\n", "layout 9"),
        ] {
            let said = SentenceVectors::parse(bytes).unwrap_err().to_string();
            assert!(said.contains(expected) && said.contains("parallax encode"), "{said}");
        }
    }
}
