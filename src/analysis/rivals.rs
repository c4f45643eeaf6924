//! How often each frame is found, in sentences or documents, by the one who codes it, and by the other: rules or scorer.

use std::collections::BTreeMap;

use crate::compare::Counts;
use crate::learning::{Choice, EstimatedShare, RivalShares, ScoringMethod};
use crate::model::CodedDocument;
use crate::stats::{ClusteredShare, UnitCount, korn_graubard};

/// By document, then frame of the codebook: hits of the one who does not code the frame; only documents that have any.
#[derive(Debug, Default)]
pub(super) struct RivalHits(BTreeMap<String, Vec<u64>>);

impl RivalHits {
    /// Takes in a coded document.
    pub(super) fn add(&mut self, document: &str, hits: Vec<u64>) {
        if hits.iter().any(|hits| *hits > 0) {
            self.0.insert(document.to_owned(), hits);
        }
    }

    /// What rules and scorer say of `frame`, the number of one in the codebook, of which `choice` says who codes it; `None`
    /// where they were not compared.
    pub(super) fn shares(&self, counts: &Counts, frame: usize, choice: &Choice) -> Option<RivalShares> {
        choice.together_f1?;
        let rival = |document: &str| self.0.get(document).map_or(0, |hits| hits[frame]);
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for (id, document) in counts.documents() {
            let hits = document.frames.iter().nth(frame).map_or(0, |frame| frame.hits);
            let (k, n) = match choice.least {
                None => (hits, document.sentences),
                // What a scorer says of a document is counted as one hit, whatever the rules ask for.
                Some(_) if choice.method == ScoringMethod::Together => (hits.min(1), 1),
                Some(least) => (u64::from(least.is_reached(hits, document.sentences)), 1),
            };
            own.push(UnitCount { k, n });
            others.push(UnitCount { k: rival(id), n });
        }
        let (own, other) = (estimated(&own)?, estimated(&others)?);
        let (rules, scorer) = if choice.method == ScoringMethod::Rules { (own, other) } else { (other, own) };
        Some(RivalShares { rules, scorer })
    }
}

/// The hits of a coded document that [`RivalHits::add`] takes.
pub(super) fn rival_hits(coded: &CodedDocument) -> Vec<u64> {
    coded.rival_hits.clone()
}

fn estimated(documents: &[UnitCount]) -> Option<EstimatedShare> {
    let sums = ClusteredShare::of_counts(documents.iter().copied());
    let share = sums.share()?;
    let (low, high) = korn_graubard(&sums).map_or((share, share), |it| (it.low, it.high));
    let [share, low, high] = [share, low, high].map(|number| (number * 1e6).round() / 1e6);
    Some(EstimatedShare { share, low, high })
}
