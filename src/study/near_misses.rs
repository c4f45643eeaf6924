//! Sentences near a frame's vocabulary in which no rule of the frame matches: where rules may be missing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::coding::{DocumentReader, TextUnit, read_sentences};
use crate::model::{CompareSettings, Document};
use crate::study::frame_words::{WordWeights, distinct_words, is_matched};

/// How many words of a sentence are named.
const NAMED_WORDS: usize = 5;

/// A sentence that no rule of a frame matches.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// Id of the document.
    pub document: String,
    /// What it is compared as.
    pub group: String,
    /// Who published it.
    pub outlet: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Number of the sentence; 0 is the title.
    pub sentence: usize,
    /// Sum of what its words surely say of the frame, in log-odds; above 0.
    pub score: f64,
    /// The words that speak most for the frame, the strongest first.
    pub words: Vec<String>,
    /// The sentence, white space made single blanks.
    pub text: String,
}

/// What sentences are held against.
#[derive(Debug)]
pub struct NearMissDesign<'s> {
    /// Whose rules do not match.
    pub codebook: &'s Codebook,
    /// The frame's place in the codebook.
    pub frame: usize,
    /// What words say of it.
    pub weights: WordWeights,
    /// How many sentences are kept.
    pub size: usize,
    /// What groups documents.
    pub settings: &'s CompareSettings,
}

/// The nearest sentences, the nearest first. One text is there once, of whichever document sorts first: wire copy would
/// fill the list.
#[derive(Debug)]
pub struct NearMisses<'s> {
    design: NearMissDesign<'s>,
    nearest: BTreeMap<(Reverse<u64>, String), NearMiss>,
}

impl<'s> NearMisses<'s> {
    /// None yet.
    #[must_use]
    pub const fn new(design: NearMissDesign<'s>) -> Self {
        Self { design, nearest: BTreeMap::new() }
    }

    /// Adds the sentences of `documents`.
    pub fn add(&mut self, documents: &[Document]) {
        let design = &self.design;
        let found: Vec<Vec<NearMiss>> = documents
            .par_iter()
            .map_init(DocumentReader::default, |reader, document| design.near_misses(document, reader))
            .collect();
        for miss in found.into_iter().flatten() {
            // Positive numbers sort as their bits do.
            let key = (Reverse(miss.score.to_bits()), miss.text.to_lowercase());
            let known = self.nearest.get(&key);
            if known.is_none_or(|known| (&miss.document, miss.sentence) < (&known.document, known.sentence)) {
                self.nearest.insert(key, miss);
            }
            if self.nearest.len() > design.size {
                self.nearest.pop_last();
            }
        }
    }

    /// The frame's place in the codebook.
    #[must_use]
    pub const fn frame(&self) -> usize {
        self.design.frame
    }

    /// The sentences, and what they were held against.
    #[must_use]
    pub fn into_sentences(self) -> (Vec<NearMiss>, WordWeights) {
        (self.nearest.into_values().collect(), self.design.weights)
    }
}

impl NearMissDesign<'_> {
    fn near_misses(&self, document: &Document, reader: &mut DocumentReader) -> Vec<NearMiss> {
        let mut found = Vec::new();
        read_sentences(self.codebook, document, reader, |unit| {
            if !is_matched(self.codebook, unit, self.frame) {
                found.extend(self.near_miss(unit));
            }
        });
        found
    }

    /// The sentence, if its words speak for the frame.
    fn near_miss(&self, unit: &TextUnit<'_>) -> Option<NearMiss> {
        let mut words: Vec<(String, f64)> = distinct_words(unit)
            .into_iter()
            .map(|word| {
                let weight = self.weights.of(&word);
                (word, weight)
            })
            .filter(|(_, weight)| *weight != 0.0)
            .collect();
        // In the order of the words, so that the sum has the same last bit everywhere.
        let score: f64 = words.iter().map(|(_, weight)| weight).sum();
        words.retain(|(_, weight)| *weight > 0.0);
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        let document = unit.document;
        (score > 0.0).then(|| NearMiss {
            document: document.id.clone(),
            group: self.settings.group(document).to_owned(),
            outlet: document.outlet.clone(),
            date: document.date,
            sentence: unit.number(),
            score,
            words: words.into_iter().map(|(word, _)| word).take(NAMED_WORDS).collect(),
            text: unit.written().split_whitespace().collect::<Vec<_>>().join(" "),
        })
    }
}
