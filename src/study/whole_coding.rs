//! Codes a document by a scorer of whole documents: the rules code its sentences, as evidence and where they code a frame
//! themselves; of a frame that the scorer codes only what holds of the whole is kept, as of a label from outside.

use crate::codebook::Codebook;
use crate::coding::{DocumentReader, FrameScore, code};
use crate::learning::{FrameScorer, ScoreMemory, Scored, SentenceCount, UnitReader};
use crate::model::{CodedDocument, Document, ExternalLabel, LeastHits};

/// By frame of `frames`, then document: its sentences, and those of them that carry the frame by the rules. It is what a scorer
/// of documents is held against.
#[must_use]
pub fn count_by_rules<'d>(
    codebook: &Codebook,
    frames: &[String],
    documents: impl Iterator<Item = &'d Document>,
) -> Vec<Vec<SentenceCount>> {
    let mut reader = DocumentReader::default();
    let coded: Vec<CodedDocument> = documents.map(|document| code(codebook, document, &mut reader)).collect();
    let places = frames.iter().map(|id| codebook.frames.iter().position(|frame| frame.id == *id));
    places.map(|frame| coded.iter().map(|document| sentence_count(document, frame)).collect()).collect()
}

fn sentence_count(coded: &CodedDocument, frame: Option<usize>) -> SentenceCount {
    let hits = coded.codings.iter().filter(|coding| Some(coding.frame) == frame && coding.hit).count();
    SentenceCount { hits: hits as u64, sentences: coded.sentences as u64 }
}

/// What is applied to each document.
pub(super) struct WholeCoder<'c> {
    pub(super) codebook: &'c Codebook,
    /// Learnt from codings of documents.
    pub(super) scorer: &'c FrameScorer,
}

impl WholeCoder<'_> {
    pub(super) fn code(
        &self,
        document: &Document,
        reader: &mut DocumentReader,
        units: &mut UnitReader,
        scores: &mut ScoreMemory,
    ) -> CodedDocument {
        let Self { codebook, scorer } = *self;
        let mut coded = code(codebook, document, reader);
        let said = scorer.score_document(codebook, document, units, scores);
        let frames = 0..codebook.frames.len();
        coded.rival_hits = frames.map(|frame| u64::from(self.rival_hits(&coded, &said, frame))).collect();
        coded.labels.whole = scorer.of_document(&said).map(|(frame, score)| (frame, as_label(score))).collect();
        let whole = &coded.labels.whole;
        coded.codings.retain(|coding| whole.iter().all(|(frame, _)| *frame != coding.frame));
        coded
    }

    /// Whether the one that does not code the frame finds it in the document.
    fn rival_hits(&self, coded: &CodedDocument, said: &Scored, frame: usize) -> bool {
        let SentenceCount { hits, sentences } = sentence_count(coded, Some(frame));
        self.scorer.rival_hits(said, frame, |least| least.unwrap_or(LeastHits::ANY).is_reached(hits, sentences))
    }
}

const fn as_label(score: FrameScore) -> ExternalLabel {
    ExternalLabel { present: score.is_hit, probability: Some(score.probability), is_own: None, stance: None }
}
