//! Learns from codings of whole documents how many of its sentences must carry a frame for a document to carry it.
//!
//! "Any sentence" is a poor reading of people where documents are long: a rule that is wrong in one sentence of fifty is wrong in most
//! documents. Not here: codings of sentences, and what a scorer learns.

use std::collections::BTreeMap;

use crate::learning::{CodedWhole, LEAST_SENTENCES, document_verdicts};
use crate::model::{HandCoding, LeastHits};

/// Parts of the documents that are left out one after the other to measure what was chosen on the others.
const PARTS: usize = 10;

/// What codings of documents say of one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentChoice {
    /// Id of the frame.
    pub frame: String,
    /// What is used.
    pub least: LeastHits,
    /// What was chosen; `None` where there are too few codings to choose by, and where the study says it.
    pub chosen: Option<LeastHits>,
    /// Whether a label from outside says it of the whole document, so that no sentences are counted.
    pub is_labelled: bool,
    /// Documents coded.
    pub documents: u64,
    /// Of these, documents that carry the frame.
    pub carrying: u64,
    /// Share of the documents that carry it by people, by any sentence, and by what is used; what a document stands for
    /// being its weight.
    pub shares: DocumentShares,
    /// F1 of any sentence; `None` where neither people nor the machine find the frame.
    pub any_f1: Option<f64>,
    /// F1 of what is used; where it was chosen, on documents that it was not chosen by.
    pub f1: Option<f64>,
    /// By document in the order of ids: who says that it carries the frame.
    pub judged: Vec<JudgedDocument>,
}

/// Who says that a document carries a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedDocument {
    /// Its id.
    pub document: String,
    /// Whether people say so.
    pub people: bool,
    /// Whether any sentence does.
    pub any: bool,
    /// Whether what is used does; where that was chosen, what was chosen by other documents.
    pub used: bool,
}

/// Shares of one set of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DocumentShares {
    /// By people.
    pub people: f64,
    /// Where any sentence is enough.
    pub any: f64,
    /// By what is used.
    pub used: f64,
}

/// Chooses for every frame that whole documents were coded for. `counts` has the hits and the sentences of a document;
/// `given` what the study says of a frame. What is chosen brings the share of the documents nearest to that of people; of
/// several that do, within one document, what has the highest F1, then what comes first.
#[must_use]
pub fn choose_least_hits(
    codings: &[HandCoding],
    counts: impl Fn(&str, &str) -> Option<(u64, u64)>,
    given: impl Fn(&str) -> Option<LeastHits>,
) -> Vec<DocumentChoice> {
    let verdicts = document_verdicts(codings);
    let mut choices = Vec::new();
    for (frame, documents) in verdicts {
        let is_weighted = documents.values().all(|(_, inclusion)| inclusion.is_some());
        let coded = |(document, (carries, inclusion)): (&&str, &(bool, Option<f64>))| {
            let (hits, sentences) = counts(document, frame)?;
            let weight = inclusion.filter(|_| is_weighted).map_or(1.0, |inclusion| 1.0 / inclusion);
            Some(CodedWhole { carries: *carries, hits, sentences, weight })
        };
        let known: Vec<(&str, CodedWhole)> =
            documents.iter().filter_map(|entry| Some((*entry.0, coded(entry)?))).collect();
        choices.push(choice(frame, &known, given(frame)));
    }
    choices
}

fn choice(frame: &str, known: &[(&str, CodedWhole)], given: Option<LeastHits>) -> DocumentChoice {
    let coded: &[CodedWhole] = &known.iter().map(|(_, document)| *document).collect::<Vec<_>>();
    let carrying = coded.iter().filter(|document| document.carries).count();
    let is_enough = carrying.min(coded.len() - carrying) >= LEAST_SENTENCES;
    let chosen = (is_enough && given.is_none()).then(|| CodedWhole::nearest(coded));
    let used = given.or(chosen).unwrap_or(LeastHits::ANY);
    let any = CodedWhole::found(coded, LeastHits::ANY);
    let unseen = if chosen.is_some() { cross_validated(coded) } else { CodedWhole::found(coded, used) };
    let judged = known.iter().zip(any.iter().zip(&unseen)).map(|((document, whole), (any, used))| JudgedDocument {
        document: (*document).to_owned(),
        people: whole.carries,
        any: *any,
        used: *used,
    });
    DocumentChoice {
        frame: frame.to_owned(),
        least: used,
        chosen,
        is_labelled: false,
        documents: coded.len() as u64,
        carrying: carrying as u64,
        shares: DocumentShares {
            people: CodedWhole::share(coded, &coded.iter().map(|document| document.carries).collect::<Vec<_>>()),
            any: CodedWhole::share(coded, &any),
            used: CodedWhole::share(coded, &CodedWhole::found(coded, used)),
        },
        any_f1: CodedWhole::f1(coded, &any),
        f1: CodedWhole::f1(coded, &unseen),
        judged: judged.collect(),
    }
}

/// What is said of every document by what was chosen on the other parts.
fn cross_validated(coded: &[CodedWhole]) -> Vec<bool> {
    let by_part: Vec<LeastHits> = (0..PARTS)
        .map(|part| {
            let others = coded.iter().enumerate().filter(|(place, _)| place % PARTS != part);
            CodedWhole::nearest(&others.map(|(_, document)| *document).collect::<Vec<_>>())
        })
        .collect();
    let one =
        |(place, document): (usize, &CodedWhole)| by_part[place % PARTS].is_reached(document.hits, document.sentences);
    coded.iter().enumerate().map(one).collect()
}

/// By frame, what the study uses of what was chosen.
#[must_use]
pub fn chosen_least_hits(choices: &[DocumentChoice]) -> BTreeMap<String, LeastHits> {
    choices.iter().filter_map(|choice| Some((choice.frame.clone(), choice.chosen?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding(document: usize, value: bool) -> HandCoding {
        HandCoding {
            document: format!("d{document:03}"),
            frame: "moral".to_owned(),
            value: u8::from(value).to_string(),
            coder: "anna".to_owned(),
            ..HandCoding::default()
        }
    }

    /// People see the frame where three sentences of ten carry it; the machine finds one in nearly every document.
    #[test]
    fn what_people_mean_by_a_document_that_carries_a_frame_is_learnt() {
        let hits = |document: usize| [1, 3, 1, 2, 4, 0, 1, 2, 1, 5][document % 10];
        let codings: Vec<HandCoding> = (0..100).map(|document| coding(document, hits(document) >= 3)).collect();
        let counts = |document: &str, _: &str| Some((hits(document[1..].parse().unwrap()), 10));
        let found = &choose_least_hits(&codings, counts, |_| None)[0];
        assert_eq!(found.chosen, Some(LeastHits::Sentences(3)));
        assert_eq!((found.documents, found.carrying, found.f1), (100, 30, Some(1.0)));
        assert_eq!((found.shares.people, found.shares.any, found.shares.used), (0.3, 0.9, 0.3));
        let few = &choose_least_hits(&codings[..20], counts, |_| None)[0];
        assert_eq!((few.chosen, few.shares.used), (None, 0.9), "six documents with it are too few");
        let given = &choose_least_hits(&codings, counts, |_| Some(LeastHits::Sentences(4)))[0];
        assert_eq!((given.chosen, given.shares.used), (None, 0.2), "the study says it");
    }

    #[test]
    fn a_share_is_chosen_where_people_go_by_it() {
        let sentences = |document: usize| if document.is_multiple_of(2) { 10 } else { 100 };
        let hits = |document: usize| [1, 10, 3, 30, 0, 2, 4, 8, 2, 40][document % 10];
        let carries = |document: usize| hits(document) * 5 >= sentences(document);
        let codings: Vec<HandCoding> = (0..100).map(|document| coding(document, carries(document))).collect();
        let counts = |document: &str, _: &str| {
            let document = document[1..].parse().unwrap();
            Some((hits(document), sentences(document)))
        };
        assert_eq!(choose_least_hits(&codings, counts, |_| None)[0].chosen, Some(LeastHits::Share(150_000)));
    }
}
