//! The words that tell the sentences of a frame from all others. Not here: patterns made of them, and which groups use them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::coding::{DocumentReader, TextUnit, is_term, read_sentences};
use crate::model::Document;
use crate::stats::sure_log_odds;
use crate::text::{Language, Vocabulary, is_grammar};

/// Documents that must have a word in sentences of the frame, so that no single article makes a frame's vocabulary.
const LEAST_DOCUMENTS: u32 = 3;

/// Words in the sentences of a corpus, by whether a rule of the frame matches there.
#[derive(Debug, Default)]
pub struct FrameWords {
    vocabulary: Vocabulary,
    counts: Vec<WordCount>,
    /// Sentences in which a rule of the frame matches, and all others.
    sentences: [u64; 2],
    /// Documents so far.
    documents: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct WordCount {
    /// Sentences with the word in which a rule matches, and others.
    sentences: [u64; 2],
    /// Documents with such a sentence of the first kind.
    documents: u32,
    /// The last of them, counted from 1.
    last: u32,
}

/// What words say of a frame, in log-odds: positive where they speak for it, negative where against it.
#[derive(Debug)]
pub struct WordWeights(BTreeMap<String, f64>);

/// A sentence as its words, each once and sorted.
struct WordedSentence {
    is_matched: bool,
    words: Vec<String>,
}

/// Whether a rule of the frame matches in a sentence.
#[must_use]
pub(super) fn is_matched(codebook: &Codebook, unit: &TextUnit<'_>, frame: usize) -> bool {
    unit.cues.iter().any(|cue| codebook.rules[cue.rule].frame == frame)
}

impl FrameWords {
    /// Counts the words of `documents`, for the frame numbered `frame`.
    pub fn add(&mut self, codebook: &Codebook, frame: usize, documents: &[Document]) {
        let read: Vec<Vec<WordedSentence>> = documents
            .par_iter()
            .map_init(DocumentReader::default, |reader, document| worded_sentences(codebook, frame, document, reader))
            .collect();
        for sentences in read {
            self.add_document(&sentences);
        }
    }

    fn add_document(&mut self, sentences: &[WordedSentence]) {
        self.documents += 1;
        for sentence in sentences {
            let side = usize::from(!sentence.is_matched);
            self.sentences[side] += 1;
            for word in &sentence.words {
                let index = self.vocabulary.id(word).index();
                if index >= self.counts.len() {
                    self.counts.resize(index + 1, WordCount::default());
                }
                let count = &mut self.counts[index];
                count.sentences[side] += 1;
                if sentence.is_matched && count.last != self.documents {
                    (count.last, count.documents) = (self.documents, count.documents + 1);
                }
            }
        }
    }
}

impl FrameWords {
    /// What each word says; a word of grammar nothing, nor one that few documents have in sentences of the frame.
    #[must_use]
    pub fn into_weights(self, codebook: &Codebook) -> WordWeights {
        let knows_grammar = Language::of(&codebook.language).is_some();
        let weight = |(index, count): (usize, &WordCount)| {
            let word = self.vocabulary.form(index);
            let log_odds = sure_log_odds(count.sentences, self.sentences);
            let is_rare = log_odds > 0.0 && count.documents < LEAST_DOCUMENTS;
            let says_nothing = log_odds == 0.0 || is_rare || (knows_grammar && is_grammar(word));
            (!says_nothing).then(|| (word.to_owned(), log_odds))
        };
        WordWeights(self.counts.iter().enumerate().filter_map(weight).collect())
    }

    /// Sentences in which a rule of the frame matches.
    #[must_use]
    pub const fn matched(&self) -> u64 {
        self.sentences[0]
    }
}

impl WordWeights {
    /// What a word surely says; 0 of one that says nothing.
    #[must_use]
    pub fn of(&self, word: &str) -> f64 {
        self.0.get(word).copied().unwrap_or(0.0)
    }

    /// The words that speak most for the frame, at most `size`, the strongest first.
    #[must_use]
    pub fn strongest(&self, size: usize) -> Vec<(&str, f64)> {
        let mut words: Vec<_> = self.0.iter().map(|(word, weight)| (&word[..], *weight)).collect();
        words.retain(|(_, weight)| *weight > 0.0);
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        words.truncate(size);
        words
    }
}

fn worded_sentences(
    codebook: &Codebook,
    frame: usize,
    document: &Document,
    reader: &mut DocumentReader,
) -> Vec<WordedSentence> {
    let mut sentences = Vec::new();
    read_sentences(codebook, document, reader, |unit| {
        sentences.push(WordedSentence { is_matched: is_matched(codebook, unit, frame), words: distinct_words(unit) });
    });
    sentences
}

/// The words of a sentence, each once and sorted.
pub(super) fn distinct_words(unit: &TextUnit<'_>) -> Vec<String> {
    let mut words: Vec<String> = unit.words().filter(|word| is_term(word)).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}
