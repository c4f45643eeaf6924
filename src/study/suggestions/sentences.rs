//! The sentences of a corpus as words, each text once, with what rules and coders say of one frame there.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::coding::{CueMemory, DocumentReader, TextUnit, is_set_aside, is_term, read_sentences};
use crate::learning::CodedSentence;
use crate::model::Document;
use crate::study::frame_words::is_matched;
use crate::text::{TokenKind, Vocabulary};

/// What stands between words that no phrase goes across: a comma, a number.
pub(super) const BREAK: u32 = 0;

/// What is known of whether a sentence carries the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A rule matches.
    Matched,
    /// A rule would match, but for its `unless` or the mouth it asks for.
    SetAside,
    /// No rule matches.
    Open,
}

/// A sentence as its words.
#[derive(Clone, Debug)]
pub(super) struct WordedSentence {
    /// Id of the document.
    pub(super) document: String,
    /// Number of the sentence; 0 is the title.
    pub(super) number: usize,
    pub(super) standing: Standing,
    /// What people decided, where they did.
    pub(super) coded: Option<CodedVerdict>,
    /// Its words in order, by their numbers from 1, and [`BREAK`]s.
    pub(super) words: Vec<u32>,
}

/// What people decided on a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CodedVerdict {
    pub(super) is_present: bool,
    /// How many sentences of the corpus it stands for.
    pub(super) weight: f64,
}

/// What is known of a word form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WordForm {
    pub(super) word: String,
    /// Whether it is written with a capital letter more often than not, at the beginning of sentences aside.
    pub(super) is_name: bool,
}

/// Sentences of a corpus, for one frame.
#[derive(Debug)]
pub struct FrameSentences {
    frame: usize,
    coded: BTreeMap<(String, usize), CodedVerdict>,
    vocabulary: Vocabulary,
    /// By word: occurrences with a capital, and all, where no sentence begins.
    capitals: Vec<[u32; 2]>,
    /// By its words: wire copy would make its words look like everybody's.
    texts: BTreeMap<Vec<u32>, Place>,
}

/// What a sentence is beside its words.
#[derive(Debug)]
struct Place {
    document: String,
    number: usize,
    standing: Standing,
    coded: Option<CodedVerdict>,
}

/// All that is learnt from: the sentences in the order of documents, and the words by number, the first being none.
#[derive(Debug)]
pub(super) struct WordedCorpus {
    pub(super) sentences: Vec<WordedSentence>,
    pub(super) words: Vec<WordForm>,
}

/// A sentence as it is read.
struct ReadSentence {
    number: usize,
    standing: Standing,
    /// Words as written where they are such; `None` is a break.
    words: Vec<Option<ReadWord>>,
}

struct ReadWord {
    form: String,
    has_capital: bool,
}

impl FrameSentences {
    /// None yet, of the frame numbered `frame`; `coded` are the sentences that people decided on for it.
    #[must_use]
    pub fn new(frame: usize, coded: &[CodedSentence]) -> Self {
        let verdict = |it: &CodedSentence| {
            ((it.document.clone(), it.sentence), CodedVerdict { is_present: it.present, weight: it.weight })
        };
        Self {
            frame,
            coded: coded.iter().map(verdict).collect(),
            vocabulary: Vocabulary::default(),
            capitals: Vec::new(),
            texts: BTreeMap::new(),
        }
    }

    /// Adds the sentences of `documents`.
    pub fn add(&mut self, codebook: &Codebook, documents: &[Document]) {
        let frame = self.frame;
        let read: Vec<Vec<ReadSentence>> = documents
            .par_iter()
            .map_init(<(DocumentReader, CueMemory)>::default, |(reader, memory), document| {
                let mut sentences = Vec::new();
                read_sentences(codebook, document, reader, |unit| {
                    sentences.push(ReadSentence::of(unit, codebook, frame, memory));
                });
                sentences
            })
            .collect();
        for (document, sentences) in documents.iter().zip(read) {
            for sentence in sentences {
                self.add_sentence(document, sentence);
            }
        }
    }

    fn add_sentence(&mut self, document: &Document, sentence: ReadSentence) {
        let is_title = sentence.number == 0;
        let mut words = Vec::with_capacity(sentence.words.len());
        for (place, word) in sentence.words.into_iter().enumerate() {
            let Some(word) = word else {
                words.push(BREAK);
                continue;
            };
            let index = self.vocabulary.id(&word.form).index();
            if index >= self.capitals.len() {
                self.capitals.resize(index + 1, [0; 2]);
            }
            // Headlines are often written with capitals throughout.
            if place > 0 && !is_title {
                self.capitals[index][0] += u32::from(word.has_capital);
                self.capitals[index][1] += 1;
            }
            words.push(u32::try_from(index + 1).unwrap_or(BREAK));
        }
        let key = (document.id.clone(), sentence.number);
        let coded = self.coded.get(&key).copied();
        let place = Place { document: key.0, number: key.1, standing: sentence.standing, coded };
        match self.texts.get_mut(&words) {
            None => drop(self.texts.insert(words, place)),
            Some(known) if known.yields_to(&place) => *known = place,
            Some(_) => {}
        }
    }

    /// Sentences with the frame: by a rule, or as people say.
    #[must_use]
    pub fn carriers(&self) -> u64 {
        self.texts.values().filter(|place| carries(place.coded, place.standing) == Some(true)).count() as u64
    }

    /// The sentences in the order of documents, the words in the order of letters: neither the order of files nor that in
    /// which words were met shows in what is learnt.
    pub(super) fn into_corpus(self) -> WordedCorpus {
        let forms = self.capitals.iter().enumerate().map(|(index, [capitals, all])| WordForm {
            word: self.vocabulary.form(index).to_owned(),
            is_name: *all == 0 || 2 * capitals > *all,
        });
        let mut order: Vec<(WordForm, usize)> = forms.zip(1..).collect();
        order.sort_by(|a, b| a.0.word.cmp(&b.0.word));
        let mut renumbered = vec![BREAK; order.len() + 1];
        for (number, (_, old)) in (1..).zip(&order) {
            renumbered[*old] = number;
        }
        let mut sentences: Vec<WordedSentence> = self
            .texts
            .into_iter()
            .map(|(mut words, place)| {
                for word in &mut words {
                    *word = renumbered[*word as usize];
                }
                let Place { document, number, standing, coded } = place;
                WordedSentence { document, number, standing, coded, words }
            })
            .collect();
        sentences.sort_by(|a, b| (&a.document, a.number).cmp(&(&b.document, b.number)));
        let words = std::iter::once(WordForm::default()).chain(order.into_iter().map(|(form, _)| form)).collect();
        WordedCorpus { sentences, words }
    }
}

impl Place {
    /// Whether the same words elsewhere stand for the text in its place: coded ones first, then those of the document that
    /// sorts first, whichever was read first.
    fn yields_to(&self, other: &Self) -> bool {
        let rank = |place: &Self| (place.coded.is_none(), place.document.clone(), place.number);
        rank(other) < rank(self)
    }
}

impl ReadSentence {
    fn of(unit: &TextUnit<'_>, codebook: &Codebook, frame: usize, memory: &mut CueMemory) -> Self {
        let standing = if is_matched(codebook, unit, frame) {
            Standing::Matched
        } else if is_set_aside(unit, frame, memory) {
            Standing::SetAside
        } else {
            Standing::Open
        };
        let mut words = Vec::new();
        for token in unit.tokens() {
            let word = unit.vocabulary.word(token.word);
            match token.kind {
                // As in a pattern: "build-up" is two words in a row, and so is a word in quotation marks behind another.
                TokenKind::Mark if is_passed_over(&word.surface) => {}
                TokenKind::Word if is_term(&word.folded) => {
                    let has_capital = word.surface.starts_with(char::is_uppercase);
                    words.push(Some(ReadWord { form: word.folded.to_string(), has_capital }));
                }
                TokenKind::Mark | TokenKind::Word => words.push(None),
            }
        }
        Self { number: unit.number(), standing, words }
    }
}

fn is_passed_over(mark: &str) -> bool {
    matches!(mark, "-" | "\"" | "'" | "\u{201c}" | "\u{201d}" | "\u{2018}" | "\u{2019}")
}

impl WordedSentence {
    /// Whether the frame is there, as far as anybody knows.
    pub(super) fn carries(&self) -> Option<bool> {
        carries(self.coded, self.standing)
    }

    /// Its words, each once, ascending.
    pub(super) fn distinct(&self) -> Vec<u32> {
        let mut words: Vec<u32> = self.words.iter().copied().filter(|word| *word != BREAK).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// Whether the frame is there, as far as anybody knows: coders' word stands against a rule's; `None` where only a rule's
/// `unless` has spoken.
fn carries(coded: Option<CodedVerdict>, standing: Standing) -> Option<bool> {
    match (coded, standing) {
        (Some(verdict), _) => Some(verdict.is_present),
        (None, Standing::Matched) => Some(true),
        (None, Standing::Open) => Some(false),
        (None, Standing::SetAside) => None,
    }
}
