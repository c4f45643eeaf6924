//! Codes documents: the codebook's rules, and what was learnt of its frames, put together sentence by sentence.

use crate::codebook::Codebook;
use crate::coding::{
    DocumentReader, DocumentTerms, FrameVerdict, TermMemory, TextUnit, cue_reasons, read_sentences, rules_hit,
    sentence_codings, sentence_reasons,
};
use crate::learning::{Explained, FrameScorer, ScoreMemory, UnitReader};
use crate::model::{CodedDocument, Coding, Document, Span, Unit};
use crate::study::external_labels::ExternalLabels;
use crate::study::labelled_coding::code_by_labels;
use crate::study::whole_coding::WholeCoder;

/// What is applied to each document.
#[derive(Debug)]
pub struct Coder<'c> {
    /// Frames and rules.
    pub codebook: &'c Codebook,
    /// What was learnt from hand codings; `None` where the rules score alone.
    pub scorer: Option<&'c FrameScorer>,
    /// Labels from outside, which then code the frames they cover; `None` where rules or scorer code them all.
    pub labels: Option<&'c ExternalLabels>,
}

/// What one worker keeps between documents. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct Workspace {
    reader: DocumentReader,
    scores: ScoreMemory,
    terms: TermMemory,
    units: UnitReader,
}

impl Workspace {
    /// The terms of `document`, which must be the one that was coded last, as `coded`.
    pub fn terms(&mut self, codebook: &Codebook, document: &Document, coded: &CodedDocument) -> DocumentTerms {
        self.reader.terms(codebook, document, coded, &mut self.terms)
    }
}

/// Codes one document: the map of the whole method, a pure function of coder and document.
#[must_use]
pub fn code(coder: &Coder<'_>, document: &Document, workspace: &mut Workspace) -> CodedDocument {
    let Workspace { reader, scores, units, .. } = workspace;
    if let Some(labels) = coder.labels {
        return code_by_labels(coder.codebook, labels, document, reader);
    }
    let Some(scorer) = coder.scorer else { return crate::coding::code(coder.codebook, document, reader) };
    if scorer.unit() == Unit::Document {
        return WholeCoder { codebook: coder.codebook, scorer }.code(document, reader, units, scores);
    }
    let mut codings = Vec::new();
    let mut unlisted = vec![0; coder.codebook.frames.len()];
    let mut without_vector = 0;
    let mut rival_hits = vec![0; coder.codebook.frames.len()];
    let mut seen = read_sentences(coder.codebook, document, reader, |unit| {
        let said = scorer.score(unit, scores);
        without_vector += u64::from(scorer.lacks_vector(unit));
        let first = codings.len();
        let conclude = |frame, by_rules| -> FrameVerdict { scorer.conclude(&said, frame, by_rules) };
        sentence_codings(coder.codebook, unit, scorer.found(&said), &conclude, &mut codings);
        let listed: &[Coding] = &codings[first..];
        for (frame, hits) in rival_hits.iter_mut().enumerate() {
            let mut of_frame = listed.iter().filter(|coding| coding.frame == frame);
            let has_rules = of_frame.any(|coding| rules_hit(coder.codebook, coding));
            *hits += u64::from(scorer.rival_hits(&said, frame, |_| has_rules));
        }
        for (frame, sum) in unlisted.iter_mut().enumerate() {
            if !listed.iter().any(|coding| coding.frame == frame) {
                *sum += u64::from(scorer.probability_without_cue(&said, frame));
            }
        }
    });
    seen.codings = codings;
    seen.unlisted = unlisted;
    seen.rival_hits = rival_hits;
    seen.without_vector = without_vector;
    seen
}

/// A document as `explain` shows it.
#[derive(Debug)]
pub struct Explanation {
    /// What is known of it.
    pub coded: CodedDocument,
    /// Its sentences, each with its number.
    pub sentences: Vec<(usize, Span)>,
    /// By coding of `coded`, why it is as it is.
    pub reasons: Vec<Reasons>,
    /// By frame that a scorer codes of the document as a whole, why; none of what labels from outside say.
    pub whole: Vec<(usize, Explained)>,
}

/// Why a coding is as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// By cue: why it has its voice and stance, in words.
    pub cues: Vec<Vec<String>>,
    /// The same of the whole sentence, where no rule matched in it.
    pub whole: Vec<String>,
    /// Why it has its score.
    pub score: Explained,
    /// Who outside the study labelled the sentence, where a label makes the coding what it is.
    pub labeller: Option<String>,
}

/// Codes one document and says why.
#[must_use]
pub fn explain(coder: &Coder<'_>, document: &Document) -> Explanation {
    let mut workspace = Workspace::default();
    let mut found = code(coder, document, &mut workspace);
    let whole = coder.whole_reasons(document, &mut workspace);
    let codings = std::mem::take(&mut found.codings);
    let (mut sentences, mut reasons, mut next) = (Vec::new(), Vec::new(), 0);
    let Workspace { reader, scores, .. } = &mut workspace;
    read_sentences(coder.codebook, document, reader, |unit| {
        sentences.push((unit.number(), unit.span));
        while let Some(coding) = codings.get(next).filter(|coding| coding.span == unit.span) {
            reasons.push(coder.reasons(unit, coding, scores));
            next += 1;
        }
    });
    found.codings = codings;
    Explanation { coded: found, sentences, reasons, whole }
}

impl Coder<'_> {
    fn whole_reasons(&self, document: &Document, workspace: &mut Workspace) -> Vec<(usize, Explained)> {
        let of_documents = self.scorer.filter(|scorer| self.labels.is_none() && scorer.unit() == Unit::Document);
        let Workspace { units, scores, .. } = workspace;
        of_documents.map_or_else(Vec::new, |scorer| scorer.explain_document(self.codebook, document, units, scores))
    }

    fn reasons(&self, unit: &TextUnit<'_>, coding: &Coding, scores: &mut ScoreMemory) -> Reasons {
        let labeller = self.labels.filter(|labels| labels.frames.contains(&coding.frame));
        let labeller = labeller.map(|labels| labels.name.clone());
        let learnt = self.scorer.and_then(|scorer| scorer.explain(unit, coding.frame, scores));
        let score = learnt.unwrap_or_else(|| {
            let written = self.codebook.frames[coding.frame].threshold;
            let threshold = self.scorer.map_or(written, |it| it.rule_threshold(coding.frame, written));
            Explained { threshold, ..Explained::default() }
        });
        let cues = coding.cues.iter().map(|cue| cue_reasons(unit, cue)).collect();
        let by_scorer = coding.cues.is_empty() && labeller.is_none();
        let whole = if by_scorer { sentence_reasons(unit) } else { Vec::new() };
        Reasons { cues, whole, score, labeller }
    }
}
