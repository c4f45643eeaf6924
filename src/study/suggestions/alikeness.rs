//! Which sentences that no rule matches read like those that rules match.
//!
//! A linear learner tells the two apart by their words, for each fold of documents by the others. What it cannot tell from a
//! matched sentence, because it stands as high as three quarters of these do, reads like one. The measure is a rank among
//! matched sentences and no probability: a rule that matches few of many makes every probability small.

use rayon::prelude::*;

use crate::stats::learning::{Direction, Learner, LearningError, LinearSvc, SparseRows};
use crate::study::suggestions::sentences::{Standing, WordedCorpus, WordedSentence};

/// Folds of documents; no learner sees the document that it judges.
const FOLDS: usize = 5;

/// One in so many carriers stands lower than an alike sentence.
const LOWER: usize = 4;

/// Sentences without the frame that a learner is shown at most, for each one with it and in all: more of them change what is
/// alike little and take most of the time.
const MOST_OTHERS: [usize; 2] = [20, 60_000];

/// How a sentence reads.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Alikeness {
    /// How far on the frame's side; above 0 where it reads like a sentence with the frame.
    pub(super) margin: f64,
    /// Whether it counts as alike: by its margin, or as people say.
    pub(super) is_alike: bool,
}

/// How each sentence of the corpus reads.
///
/// # Errors
/// When a learner fails.
pub(super) fn alikeness(corpus: &WordedCorpus) -> Result<Vec<Alikeness>, LearningError> {
    let rows = weighed_rows(corpus);
    let folds = folds(&corpus.sentences);
    let directions: Vec<Direction> =
        (0..FOLDS).into_par_iter().map(|fold| learn(corpus, &rows, &folds, fold)).collect::<Result<_, _>>()?;
    let margins: Vec<f64> =
        folds.iter().enumerate().map(|(row, fold)| directions[*fold].margin(rows.row(row))).collect();
    let mut of_carriers: Vec<f64> = corpus
        .sentences
        .iter()
        .zip(&margins)
        .filter(|(sentence, _)| sentence.carries() == Some(true))
        .map(|(_, margin)| *margin)
        .collect();
    of_carriers.sort_by(f64::total_cmp);
    let least = of_carriers.get(of_carriers.len() / LOWER).copied();
    Ok(corpus.sentences.iter().zip(margins).map(|(sentence, margin)| judged(sentence, margin, least)).collect())
}

fn judged(sentence: &WordedSentence, margin: f64, least: Option<f64>) -> Alikeness {
    let margin = margin - least.unwrap_or(f64::INFINITY);
    let is_alike = sentence.coded.map_or(margin >= 0.0, |verdict| verdict.is_present);
    Alikeness { margin, is_alike: is_alike && sentence.standing == Standing::Open }
}

/// Rows of length 1, each word weighed by how rare it is.
fn weighed_rows(corpus: &WordedCorpus) -> SparseRows {
    let distinct: Vec<Vec<u32>> = corpus.sentences.iter().map(WordedSentence::distinct).collect();
    let mut found = vec![0_u32; corpus.words.len()];
    for word in distinct.iter().flatten() {
        found[*word as usize] += 1;
    }
    let all = corpus.sentences.len() as f64;
    let rarities: Vec<f64> = found.iter().map(|found| (all / f64::from(*found).max(1.0)).ln()).collect();
    let mut rows = SparseRows::new(corpus.words.len());
    for words in &distinct {
        // A word of one sentence says nothing of another.
        let words: Vec<u32> = words.iter().copied().filter(|word| found[*word as usize] > 1).collect();
        let length =
            words.iter().map(|word| rarities[*word as usize].powi(2)).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        for word in words {
            #[expect(clippy::cast_possible_truncation, reason = "the learner takes its values as f32")]
            rows.push(word, (rarities[word as usize] / length) as f32);
        }
        rows.end_row();
    }
    rows
}

/// By sentence the number of its fold, documents whole. Sentences come in the order of documents.
fn folds(sentences: &[WordedSentence]) -> Vec<usize> {
    let mut fold = 0;
    let mut folds = Vec::with_capacity(sentences.len());
    for (place, sentence) in sentences.iter().enumerate() {
        if place > 0 && sentences[place - 1].document != sentence.document {
            fold = (fold + 1) % FOLDS;
        }
        folds.push(fold);
    }
    folds
}

fn learn(corpus: &WordedCorpus, rows: &SparseRows, folds: &[usize], fold: usize) -> Result<Direction, LearningError> {
    let classes: Vec<usize> = corpus.sentences.iter().map(|it| usize::from(it.carries() == Some(true))).collect();
    let picked = lesson(&corpus.sentences, folds, fold);
    Learner::Svc(LinearSvc { cost: 1.0, balanced: true }).fit(rows, &picked, (&classes, 1))
}

/// The sentences outside of `fold` that are learnt from: all with the frame, and of the others so many as are enough.
fn lesson(sentences: &[WordedSentence], folds: &[usize], fold: usize) -> Vec<u32> {
    let (mut carriers, mut others) = (Vec::new(), Vec::new());
    for ((row, sentence), _) in (0_u32..).zip(sentences).zip(folds).filter(|(_, of)| **of != fold) {
        match sentence.carries() {
            Some(true) => carriers.push(row),
            Some(false) => others.push(row),
            None => {}
        }
    }
    let most = (carriers.len() * MOST_OTHERS[0]).clamp(1, MOST_OTHERS[1]);
    // Evenly over the corpus, so that no outlet's articles are the only others.
    let step = others.len().div_ceil(most).max(1);
    carriers.extend(others.into_iter().step_by(step));
    carriers.sort_unstable();
    carriers
}
