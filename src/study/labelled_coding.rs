//! Codes a document by labels from outside: they say which frame is where, the rules whose voice it is and on which side.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::{DocumentReader, FrameScore, FrameVerdict, TextUnit, read_sentences, sentence_codings};
use crate::model::{CodedDocument, Coding, Document, ExternalLabel, Span, Speaker, Unit, Voice};
use crate::study::external_labels::{ExternalLabels, PlacedLabels};

/// Codes one document. Sentences that the labels lack have no coding and are listed in
/// [`LabelCover::unlabelled`](crate::model::LabelCover::unlabelled).
pub(super) fn code_by_labels(
    codebook: &Codebook,
    labels: &ExternalLabels,
    document: &Document,
    reader: &mut DocumentReader,
) -> CodedDocument {
    let mut found = Labelled { codebook, labels, codings: Vec::new(), unlisted: vec![0; codebook.frames.len()] };
    let mut placed = None;
    let mut seen = read_sentences(codebook, document, reader, |unit| {
        let placed = placed.get_or_insert_with(|| labels.placed(document, &sentences(unit)));
        found.add(unit, placed);
    });
    let Labelled { codings, unlisted, .. } = found;
    seen.codings = codings;
    seen.unlisted = unlisted;
    seen.rival_hits = vec![0; codebook.frames.len()];
    // Without a sentence there is still a document, which may have been labelled as a whole.
    seen.labels = placed.unwrap_or_else(|| labels.placed(document, &[])).cover;
    seen
}

/// What is found in a document sentence by sentence.
struct Labelled<'a> {
    codebook: &'a Codebook,
    labels: &'a ExternalLabels,
    codings: Vec<Coding>,
    unlisted: Vec<u64>,
}

impl Labelled<'_> {
    fn add(&mut self, unit: &TextUnit<'_>, placed: &PlacedLabels) {
        let first = self.codings.len();
        let Some(said) = placed.sentences.get(&unit.number()) else {
            self.add_unlabelled(unit);
            return;
        };
        let by_frame: BTreeMap<usize, ExternalLabel> = self.labels.frames.iter().copied().zip(said.clone()).collect();
        let present = by_frame.iter().filter(|(_, label)| label.present).map(|(frame, _)| *frame).collect();
        let conclude =
            |frame, by_rules| by_frame.get(&frame).map_or_else(|| unscored(by_rules), |label| verdict(*label));
        sentence_codings(self.codebook, unit, present, &conclude, &mut self.codings);
        let mut unlisted = by_frame.clone();
        for coding in &mut self.codings[first..] {
            if let Some(label) = by_frame.get(&coding.frame) {
                take_over(coding, *label);
                unlisted.remove(&coding.frame);
            }
        }
        for (frame, label) in unlisted {
            self.unlisted[frame] += u64::from(label.certainty());
        }
    }

    /// Of labels of whole documents a sentence has the frames that the rules code. Of labels of sentences one without any
    /// is no sentence of the study at all.
    fn add_unlabelled(&mut self, unit: &TextUnit<'_>) {
        if self.labels.unit == Unit::Sentence {
            return;
        }
        let first = self.codings.len();
        sentence_codings(self.codebook, unit, Vec::new(), &|_, by_rules| unscored(by_rules), &mut self.codings);
        let mut of_unit = self.codings.split_off(first);
        of_unit.retain(|coding| self.labels.frames.binary_search(&coding.frame).is_err());
        self.codings.append(&mut of_unit);
    }
}

fn sentences(unit: &TextUnit<'_>) -> Vec<(usize, Span)> {
    unit.reading.sentences.iter().map(|sentence| (sentence.number, sentence.span)).collect()
}

const fn unscored(score: FrameScore) -> FrameVerdict {
    FrameVerdict { score, model_score: None }
}

/// A label is taken at its word: whether it is a hit is for whoever labelled to say.
fn verdict(label: ExternalLabel) -> FrameVerdict {
    unscored(FrameScore { log_odds: 0.0, probability: label.certainty(), is_hit: label.present })
}

/// Voice and stance as the labels have them, where they do.
fn take_over(coding: &mut Coding, label: ExternalLabel) {
    match (label.is_own, &coding.speaker.voice) {
        (Some(true), _) => coding.speaker = Speaker::default(),
        // The file does not name the source: that which the sentence has is the likeliest.
        (Some(false), Voice::Own | Voice::Unknown) => {
            coding.speaker = Speaker { voice: Voice::Source(None), ..Speaker::default() };
        }
        _ => {}
    }
    // No words of a rule show the stance of what was labelled, and who labelled it did not say.
    let shown = coding.leading.and(coding.stance);
    coding.stance = label.stance.or(shown);
}
