//! Labels from outside, ready to code with: which frames they cover, and what they say of each sentence or document.
//!
//! Not here: reading files of labels, which is done as with hand codings, and what is made of a labelled sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::coding::numbered_sentences;
use crate::model::{CoderVotes, Document, ExternalLabel, HandCoding, LabelCover, Span, Unit, Voice};
use crate::study::sentence_words::{Page, SentencePlace};

/// Labels from outside for frames of a codebook.
#[derive(Debug, Default)]
pub struct ExternalLabels {
    /// Who labelled, as tables and pages call it.
    pub name: String,
    /// Labelled frames, as places in the codebook, ascending. The rules code the others.
    pub frames: Vec<usize>,
    /// What the labels are of.
    pub unit: Unit,
    /// Whether probabilities are given.
    pub has_probabilities: bool,
    /// Sentences or documents that as many labels give a frame as deny it.
    pub undecided: usize,
    documents: BTreeMap<String, Vec<LabelledUnit>>,
}

/// What the labels say of one sentence or document.
#[derive(Debug)]
struct LabelledUnit {
    sentence: Option<usize>,
    /// Its words, where the file has them.
    words: String,
    /// By place in [`ExternalLabels::frames`].
    labels: Vec<Option<ExternalLabel>>,
}

impl LabelledUnit {
    /// What is said of every frame; `None` where something is missing.
    fn complete(&self) -> Option<Vec<ExternalLabel>> {
        self.labels.iter().copied().collect()
    }
}

/// The labels of one document at the sentences they are of.
#[derive(Debug, Default)]
pub(super) struct PlacedLabels {
    /// By number of the sentence, what is said of every labelled frame.
    pub(super) sentences: BTreeMap<usize, Vec<ExternalLabel>>,
    /// What is missing, and what was found elsewhere.
    pub(super) cover: LabelCover,
}

impl ExternalLabels {
    /// The labels in `codings` that are of `unit`, by one labeller or, where several coders stand there, by what most of
    /// them say; their share is then the probability. A probability alone is held against the frame's threshold.
    #[must_use]
    pub fn new(name: String, codebook: &Codebook, codings: Vec<HandCoding>, unit: Unit) -> Self {
        let place = |id: &str| codebook.frames.iter().position(|frame| frame.id == id);
        let codings: Vec<HandCoding> =
            codings.into_iter().filter(|coding| coding.sentence.is_some() == (unit == Unit::Sentence)).collect();
        let frames: BTreeSet<usize> = codings.iter().filter_map(|coding| place(&coding.frame)).collect();
        let frames: Vec<usize> = frames.into_iter().collect();
        let has_probabilities = codings.iter().any(|coding| coding.probability.is_some());
        let mut units: BTreeMap<(String, Option<usize>), Vec<HandCoding>> = BTreeMap::new();
        for mut coding in codings {
            let document = std::mem::take(&mut coding.document);
            units.entry((document, coding.sentence)).or_default().push(coding);
        }
        let mut labels = Self { name, frames, unit, has_probabilities, undecided: 0, documents: BTreeMap::new() };
        for ((document, sentence), codings) in units {
            let unit = labels.settled(codebook, sentence, &codings);
            labels.documents.entry(document).or_default().push(unit);
        }
        labels
    }

    fn settled(&mut self, codebook: &Codebook, sentence: Option<usize>, codings: &[HandCoding]) -> LabelledUnit {
        let mut labels = Vec::with_capacity(self.frames.len());
        let mut is_split = false;
        for frame in &self.frames {
            let frame = &codebook.frames[*frame];
            let said: Vec<&HandCoding> = codings.iter().filter(|coding| coding.frame == frame.id).collect();
            let label = agreed(&said, frame.threshold);
            is_split |= label.is_none() && !said.is_empty();
            labels.push(label);
        }
        self.undecided += usize::from(is_split);
        let words = codings.iter().map(|coding| &coding.text[..]).find(|text| !text.trim().is_empty());
        LabelledUnit { sentence, words: words.unwrap_or_default().to_owned(), labels }
    }

    /// What the labels come to as the codings of one coder called `coder`, to be held against people's. They stand at the
    /// sentences that the file names.
    #[must_use]
    pub fn as_codings(&self, codebook: &Codebook, coder: &str) -> Vec<HandCoding> {
        let mut codings = Vec::new();
        for (document, units) in &self.documents {
            for unit in units {
                let said = self.frames.iter().zip(&unit.labels).filter_map(|(frame, label)| Some((*frame, (*label)?)));
                codings.extend(said.map(|(frame, label)| HandCoding {
                    document: document.clone(),
                    sentence: unit.sentence,
                    frame: codebook.frames[frame].id.clone(),
                    value: if label.present { "1" } else { "0" }.to_owned(),
                    coder: coder.to_owned(),
                    voice: label.is_own.map(|is_own| if is_own { Voice::Own } else { Voice::Source(None) }),
                    stance: label.stance,
                    text: unit.words.clone(),
                    ..HandCoding::default()
                }));
            }
        }
        codings
    }

    /// Ids of the documents that labels name.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// Sentences or documents with a label of every labelled frame.
    #[must_use]
    pub fn complete_units(&self) -> usize {
        self.documents.values().flatten().filter(|unit| unit.labels.iter().all(Option::is_some)).count()
    }

    /// Whether any frame is said to be absent anywhere: a file that lists hits alone does not tell what was looked at.
    #[must_use]
    pub fn has_absences(&self) -> bool {
        let mut labels = self.documents.values().flatten().flat_map(|unit| unit.labels.iter().flatten());
        labels.any(|label| !label.present)
    }

    /// What is said of every labelled frame of `document`: by number of the sentence, or under `None` of the whole.
    #[must_use]
    pub fn said(&self, document: &Document, codebook: &Codebook) -> BTreeMap<Option<usize>, Vec<ExternalLabel>> {
        let sentences = if self.unit == Unit::Sentence { numbered_sentences(codebook, document) } else { Vec::new() };
        let PlacedLabels { sentences, cover } = self.placed(document, &sentences);
        let whole: Vec<ExternalLabel> = cover.whole.into_iter().map(|(_, label)| label).collect();
        let whole = (!whole.is_empty()).then_some((None, whole));
        sentences.into_iter().map(|(number, labels)| (Some(number), labels)).chain(whole).collect()
    }

    /// The labels of `document` at its `sentences`, given with their numbers. A label that bears other words than the
    /// sentence it names belongs to the one sentence of the document that has them, as a hand coding does.
    pub(super) fn placed(&self, document: &Document, sentences: &[(usize, Span)]) -> PlacedLabels {
        let units = self.documents.get(&document.id).map_or(&[][..], Vec::as_slice);
        let mut placed = PlacedLabels::default();
        if self.unit == Unit::Document {
            placed.cover.whole = self.whole(units);
            placed.cover.is_empty = placed.cover.whole.is_empty();
            return placed;
        }
        let page = Page::new(document.content(), sentences);
        let mut taken = BTreeSet::new();
        for unit in units {
            let Some(sentence) = placed.cover.sentence_of(unit, &page) else { continue };
            // Two labels for one sentence: which is meant cannot be told, so neither is.
            if !taken.insert(sentence) {
                placed.cover.doubles += 1;
                placed.sentences.remove(&sentence);
            } else if let Some(labels) = unit.complete() {
                placed.sentences.insert(sentence, labels);
            }
        }
        let is_bare = |number: &usize| !placed.sentences.contains_key(number);
        placed.cover.unlabelled = sentences.iter().map(|(number, _)| *number).filter(is_bare).collect();
        placed.cover.is_empty = !sentences.is_empty() && placed.sentences.is_empty();
        placed
    }

    fn whole(&self, units: &[LabelledUnit]) -> Vec<(usize, ExternalLabel)> {
        let labels = units.first().and_then(LabelledUnit::complete).unwrap_or_default();
        self.frames.iter().copied().zip(labels).collect()
    }
}

impl LabelCover {
    /// The sentence that a label is of, noted where it is not the one that the file names.
    fn sentence_of(&mut self, unit: &LabelledUnit, page: &Page) -> Option<usize> {
        match page.place(unit.sentence, &unit.words) {
            SentencePlace::Here => return unit.sentence,
            SentencePlace::At(sentence) => {
                self.other_words += 1;
                self.found_again += 1;
                return Some(sentence);
            }
            SentencePlace::OtherWords => self.other_words += 1,
            SentencePlace::Unknown => self.unknown += 1,
        }
        None
    }
}

/// What one or several labels of a frame in one unit come to; `None` without any, and where two sides are alike.
fn agreed(said: &[&HandCoding], threshold: f64) -> Option<ExternalLabel> {
    let mut votes = CoderVotes::default();
    for coding in said {
        let value = if is_present(coding, threshold) { "1" } else { "0" };
        votes.add(&HandCoding { value: value.to_owned(), coder: coding.coder.clone(), ..HandCoding::default() });
    }
    let present = votes.verdict()?;
    let likely =
        |coding: &&HandCoding| coding.probability.unwrap_or(f64::from(u8::from(is_present(coding, threshold))));
    #[expect(clippy::cast_precision_loss, reason = "a crowd of coders is far smaller than 2^53")]
    let mean = said.iter().map(likely).sum::<f64>() / said.len() as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability is in [0, 1]")]
    let millionths = (mean * 1e6).round() as u32;
    let is_told = said.len() > 1 || said.iter().any(|coding| coding.probability.is_some());
    Some(ExternalLabel {
        present,
        probability: is_told.then_some(millionths),
        is_own: said.iter().find_map(|coding| coding.voice.as_ref()).and_then(is_own),
        stance: said.iter().find_map(|coding| coding.stance),
    })
}

/// A probability alone is a hit from the frame's threshold on.
fn is_present(coding: &HandCoding, threshold: f64) -> bool {
    match coding.probability {
        Some(probability) if coding.value.is_empty() => probability >= threshold,
        _ => coding.value == "1",
    }
}

const fn is_own(voice: &Voice) -> Option<bool> {
    match voice {
        Voice::Own => Some(true),
        Voice::Source(_) => Some(false),
        Voice::Unknown => None,
    }
}
