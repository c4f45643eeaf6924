//! From how many of its sentences on a document carries a frame: what brings the share of coded documents nearest to that of
//! people. Not here: what is said of it by frame, which is `study`'s, and who codes a frame, which is `choice`'s.

use crate::model::LeastHits;

/// Numbers of sentences that are tried.
const NUMBERS: std::ops::RangeInclusive<u64> = 1..=15;

/// Shares that are tried: these hundredths.
const HUNDREDTHS: [u64; 10] = [2, 4, 6, 8, 10, 15, 20, 25, 30, 40];

/// A document that people coded as a whole, beside what is found in its sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodedWhole {
    /// Whether people say that it carries the frame.
    pub carries: bool,
    /// Its sentences with the frame.
    pub hits: u64,
    /// All its sentences.
    pub sentences: u64,
    /// How many documents it stands for, on a scale of any unit.
    pub weight: f64,
}

impl CodedWhole {
    /// What brings the share of the documents nearest to that of people; of several that do, within one document, what has
    /// the highest F1, then what comes first.
    #[must_use]
    pub fn nearest(coded: &[Self]) -> LeastHits {
        let truth: Vec<bool> = coded.iter().map(|document| document.carries).collect();
        let people = Self::share(coded, &truth);
        let one_document = 1.0 / coded.len().max(1) as f64;
        let tried =
            NUMBERS.map(LeastHits::Sentences).chain(HUNDREDTHS.map(|hundredths| LeastHits::Share(hundredths * 10_000)));
        let tried: Vec<(LeastHits, f64, f64)> = tried
            .map(|least| {
                let found = Self::found(coded, least);
                (least, (Self::share(coded, &found) - people).abs(), Self::f1(coded, &found).unwrap_or(0.0))
            })
            .collect();
        let nearest = tried.iter().map(|(_, distance, _)| *distance).fold(f64::INFINITY, f64::min);
        // One document more or less is within what a coder may say on another day.
        let near = tried.iter().filter(|(_, distance, _)| *distance <= nearest + one_document);
        let best = near.fold(None, |best: Option<&(LeastHits, f64, f64)>, next| match best {
            // The first of equals: a small number of sentences before a share, which is harder to explain.
            Some(best) if best.2 >= next.2 => Some(best),
            _ => Some(next),
        });
        best.map_or(LeastHits::ANY, |(least, ..)| *least)
    }

    /// Which documents carry the frame by `least`.
    #[must_use]
    pub fn found(coded: &[Self], least: LeastHits) -> Vec<bool> {
        coded.iter().map(|document| least.is_reached(document.hits, document.sentences)).collect()
    }

    /// The share of the documents that carry the frame by `carries`; 0 of none.
    #[must_use]
    pub fn share(coded: &[Self], carries: &[bool]) -> f64 {
        let all: f64 = coded.iter().map(|document| document.weight).sum();
        let with: f64 =
            coded.iter().zip(carries).filter(|(_, carries)| **carries).map(|(document, _)| document.weight).sum();
        if all > 0.0 { with / all } else { 0.0 }
    }

    /// F1 of `found` against people; `None` where neither finds the frame.
    #[must_use]
    pub fn f1(coded: &[Self], found: &[bool]) -> Option<f64> {
        let (mut both, mut either) = (0.0, 0.0);
        for (document, found) in coded.iter().zip(found) {
            let sides = f64::from(u8::from(document.carries) + u8::from(*found));
            either += document.weight * sides;
            both += if document.carries && *found { 2.0 * document.weight } else { 0.0 };
        }
        // 2 TP / (2 TP + FP + FN): the denominator is what either side found.
        (either > 0.0).then(|| both / either)
    }
}
