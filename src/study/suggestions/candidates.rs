//! The words and patterns of sentences that read like a frame's: words in a row, and two words near each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::stats::sure_log_odds;
use crate::study::suggestions::alikeness::Alikeness;
use crate::study::suggestions::sentences::{BREAK, Standing, WordedCorpus, WordedSentence};
use crate::text::{Language, is_grammar};

/// The most words in a row.
const LONGEST: usize = 3;

/// The most words between two that are near each other, and one more: the distance that patterns are usually written with.
pub(super) const NEAR: usize = 6;

/// Alike sentences, and documents of all that match, below which a candidate is chance.
const LEAST: usize = 3;

/// A pattern, by the numbers of its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PatternCandidate {
    /// One or several in a row.
    Row(Vec<u32>),
    /// Two within [`NEAR`] words of each other, in either order.
    Near(u32, u32),
}

/// Where a candidate stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Carriers {
    /// Open sentences with it, by their places in the corpus, ascending.
    pub(super) open: Vec<u32>,
    /// How many sentences with it a rule matches.
    pub(super) matched: u64,
}

/// What words say of the frame.
struct Speaking<'c> {
    corpus: &'c WordedCorpus,
    /// By word, whether it speaks for the frame by itself.
    for_frame: Vec<bool>,
    /// By word, whether it is one of grammar: part of a phrase, never its beginning or end.
    of_grammar: Vec<bool>,
}

impl PatternCandidate {
    /// As a codebook has it.
    pub(super) fn pattern(&self, corpus: &WordedCorpus) -> String {
        let word = |number: &u32| &corpus.words[*number as usize].word[..];
        match self {
            Self::Row(words) => words.iter().map(word).collect::<Vec<_>>().join(" "),
            Self::Near(a, b) => format!("{} NEAR/{NEAR} {}", word(a), word(b)),
        }
    }
}

/// All candidates with the sentences that have them.
pub(super) fn candidates(
    corpus: &WordedCorpus,
    alike: &[Alikeness],
    codebook: &Codebook,
) -> BTreeMap<PatternCandidate, Carriers> {
    let speaking = Speaking::new(corpus, codebook);
    let mut counts: BTreeMap<PatternCandidate, usize> = BTreeMap::new();
    for (sentence, _) in corpus.sentences.iter().zip(alike).filter(|(_, it)| it.is_alike) {
        for candidate in speaking.of(sentence) {
            *counts.entry(candidate).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= LEAST);
    let mut found: BTreeMap<PatternCandidate, Carriers> =
        counts.into_keys().map(|it| (it, Carriers::default())).collect();
    for (place, sentence) in (0..).zip(&corpus.sentences) {
        if sentence.standing == Standing::SetAside {
            continue;
        }
        for candidate in speaking.of(sentence) {
            let Some(carriers) = found.get_mut(&candidate) else { continue };
            match sentence.standing {
                Standing::Open => carriers.open.push(place),
                Standing::Matched | Standing::SetAside => carriers.matched += 1,
            }
        }
    }
    found.retain(|_, carriers| documents(corpus, &carriers.open) >= LEAST);
    found
}

fn documents(corpus: &WordedCorpus, places: &[u32]) -> usize {
    places.iter().map(|place| &corpus.sentences[*place as usize].document).collect::<BTreeSet<_>>().len()
}

impl<'c> Speaking<'c> {
    fn new(corpus: &'c WordedCorpus, codebook: &Codebook) -> Self {
        let mut counts = vec![[0_u64; 2]; corpus.words.len()];
        let mut all = [0_u64; 2];
        for sentence in &corpus.sentences {
            let Some(carries) = sentence.carries() else { continue };
            let side = usize::from(!carries);
            all[side] += 1;
            for word in sentence.distinct() {
                counts[word as usize][side] += 1;
            }
        }
        let knows_grammar = Language::of(&codebook.language).is_some();
        let of_grammar: Vec<bool> = corpus.words.iter().map(|it| knows_grammar && is_grammar(&it.word)).collect();
        let for_frame =
            counts.iter().zip(&of_grammar).map(|(it, grammar)| !grammar && sure_log_odds(*it, all) > 0.0).collect();
        Self { corpus, for_frame, of_grammar }
    }

    /// The candidates of a sentence, each once.
    fn of(&self, sentence: &WordedSentence) -> BTreeSet<PatternCandidate> {
        let mut found = BTreeSet::new();
        let words = &sentence.words;
        for first in (0..words.len()).filter(|place| self.speaks(words[*place])) {
            for last in first..words.len().min(first + LONGEST) {
                let row = &words[first..=last];
                if row.contains(&BREAK) {
                    break;
                }
                if self.is_row(row) {
                    found.insert(PatternCandidate::Row(row.to_vec()));
                }
            }
            for second in first + 2..words.len().min(first + NEAR + 1) {
                found.extend(self.near(words[first], words[second]));
            }
        }
        found
    }

    fn speaks(&self, word: u32) -> bool {
        word != BREAK && self.for_frame[word as usize]
    }

    /// Whether the words in a row speak for the frame from the first to the last, words of grammar between aside, and are not
    /// somebody's name alone: who speaks or acts is no frame.
    fn is_row(&self, row: &[u32]) -> bool {
        let last_speaks = row.last().is_some_and(|last| self.speaks(*last));
        let mut speaking = row.iter().filter(|word| !self.of_grammar[**word as usize]);
        let names = speaking.clone().filter(|word| self.corpus.words[**word as usize].is_name).count();
        last_speaks && names < speaking.clone().count() && speaking.all(|word| self.speaks(*word))
    }

    fn near(&self, a: u32, b: u32) -> Option<PatternCandidate> {
        let names = [a, b].iter().all(|word| self.corpus.words[*word as usize].is_name);
        (a != b && self.speaks(b) && !names).then(|| PatternCandidate::Near(a.min(b), a.max(b)))
    }
}
