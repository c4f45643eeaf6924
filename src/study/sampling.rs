//! Draws sentences for human coders, each with the probability it was drawn with.
//!
//! The probabilities are what a later correction for the scorer's errors rests on, so every strategy has them known
//! and above 0 for every sentence of the corpus.

#![expect(clippy::cast_precision_loss, reason = "a corpus has far fewer than 2^53 sentences")]

use crate::stats::{RandomStream, shuffled};

/// How sentences are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Each sentence with the same probability.
    Random,
    /// As many from each stratum, as far as it has them.
    Stratified,
    /// Half of the sample spread evenly, half by how uncertain the scorer is.
    Uncertain,
}

/// A sentence that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SamplingUnit {
    /// Number of its stratum, counted from 0 without gaps.
    pub stratum: usize,
    /// Standard deviation of the frame that is least certain, at most 0.5; 0 where no frame is in question.
    pub uncertainty: f64,
}

/// A sentence that was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledUnit {
    /// Its place among the candidates.
    pub candidate: usize,
    /// Probability that it is in the sample, in (0, 1].
    pub inclusion: f64,
}

/// More strata than sentences to draw: some could not be drawn at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{strata} strata and {size} sentences to draw: each stratum needs one; draw {strata} or more, or draw at random"
)]
pub struct TooManyStrata {
    /// Strata with a sentence.
    pub strata: usize,
    /// Sentences asked for.
    pub size: usize,
}

/// Draws `size` of the candidates, all of them where there are fewer; in the order of the candidates, which must not
/// depend on the order of the corpus.
///
/// # Errors
/// When a stratified sample has fewer sentences than strata.
pub fn draw(
    strategy: Strategy,
    candidates: &[SamplingUnit],
    size: usize,
    stream: &mut RandomStream,
) -> Result<Vec<SampledUnit>, TooManyStrata> {
    let size = size.min(candidates.len());
    let mut drawn = match strategy {
        Strategy::Random => simple(&(0..candidates.len()).collect::<Vec<_>>(), size, stream),
        Strategy::Stratified => stratified(candidates, size, stream)?,
        Strategy::Uncertain => by_uncertainty(candidates, size, stream),
    };
    drawn.sort_unstable_by_key(|drawn| drawn.candidate);
    Ok(drawn)
}

/// A simple random sample without replacement.
fn simple(candidates: &[usize], size: usize, stream: &mut RandomStream) -> Vec<SampledUnit> {
    let inclusion = size as f64 / candidates.len() as f64;
    let drawn = shuffled(candidates, size, stream);
    drawn.into_iter().map(|candidate| SampledUnit { candidate, inclusion }).collect()
}

fn stratified(
    candidates: &[SamplingUnit],
    size: usize,
    stream: &mut RandomStream,
) -> Result<Vec<SampledUnit>, TooManyStrata> {
    let mut strata: Vec<Vec<usize>> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        strata.resize(strata.len().max(candidate.stratum + 1), Vec::new());
        strata[candidate.stratum].push(number);
    }
    strata.retain(|stratum| !stratum.is_empty());
    if size < strata.len() {
        return Err(TooManyStrata { strata: strata.len(), size });
    }
    let sizes: Vec<usize> = strata.iter().map(Vec::len).collect();
    let parts = equal_parts(&sizes, size);
    Ok(strata.iter().zip(parts).flat_map(|(stratum, part)| simple(stratum, part, stream)).collect())
}

/// How many to draw from each stratum so that all draw alike, but none more than it has; what does not divide evenly
/// goes to the largest.
fn equal_parts(sizes: &[usize], size: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|stratum| (sizes[*stratum], *stratum));
    let mut parts = vec![0; sizes.len()];
    let mut left = size;
    for (place, stratum) in order.iter().enumerate() {
        parts[*stratum] = sizes[*stratum].min(left / (sizes.len() - place));
        left -= parts[*stratum];
    }
    parts
}

/// Systematic sampling with unequal probabilities in random order: of fixed size, each candidate with exactly the
/// probability given. Madow (1949); Tillé (2006), Sampling Algorithms, ch. 7.
fn by_uncertainty(candidates: &[SamplingUnit], size: usize, stream: &mut RandomStream) -> Vec<SampledUnit> {
    let inclusions = inclusions(candidates, size);
    let all: Vec<usize> = (0..candidates.len()).collect();
    let start = (stream.bits() >> 11) as f64 / (1_u64 << 53) as f64;
    let (mut sum, mut drawn) = (0.0, Vec::with_capacity(size));
    for candidate in shuffled(&all, all.len(), stream) {
        let before = sum;
        sum += inclusions[candidate];
        // A point start, start + 1, start + 2, ... lies in [before, sum).
        if (sum - start).ceil() > (before - start).ceil() && drawn.len() < size {
            drawn.push(SampledUnit { candidate, inclusion: inclusions[candidate] });
        }
    }
    drawn
}

/// Probabilities that sum to `size`: half of it even, half as the uncertainties; those that would pass 1 are 1, and the
/// rest share what is left.
fn inclusions(candidates: &[SamplingUnit], size: usize) -> Vec<f64> {
    let all = candidates.len() as f64;
    let uncertain: f64 = candidates.iter().map(|candidate| candidate.uncertainty).sum();
    let share = |candidate: &SamplingUnit| {
        if uncertain > 0.0 { 0.5 / all + 0.5 * candidate.uncertainty / uncertain } else { 1.0 / all }
    };
    let shares: Vec<f64> = candidates.iter().map(share).collect();
    let mut inclusions = vec![0.0; shares.len()];
    let mut certain = 0;
    loop {
        let left: f64 = shares.iter().zip(&inclusions).filter(|(_, p)| **p < 1.0).map(|(share, _)| share).sum();
        let factor = (size - certain) as f64 / left;
        for (inclusion, share) in inclusions.iter_mut().zip(&shares).filter(|(p, _)| **p < 1.0) {
            *inclusion = (share * factor).min(1.0);
        }
        let now = inclusions.iter().filter(|p| **p >= 1.0).count();
        if now == certain || now >= size {
            return inclusions;
        }
        certain = now;
    }
}

/// Which of `size` units each of `coders` gets, each in an own random order: the share `overlap` of the units goes to all of them,
/// the rest is dealt out, so that nobody has an outlet or a period to themselves. Every unit is somebody's.
#[must_use]
pub fn deal(size: usize, coders: usize, overlap: f64, stream: &mut RandomStream) -> Vec<Vec<usize>> {
    let order = shuffled(&(0..size).collect::<Vec<_>>(), size, stream);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    let shared = ((size as f64 * overlap).round() as usize).min(size);
    let own = |coder: usize| order[shared..].iter().skip(coder).step_by(coders.max(1));
    let hands: Vec<Vec<usize>> =
        (0..coders).map(|coder| order[..shared].iter().chain(own(coder)).copied().collect()).collect();
    hands.into_iter().map(|hand| shuffled(&hand, hand.len(), stream)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    #[test]
    fn coders_share_what_overlaps_and_divide_the_rest() {
        for (size, coders, overlap, shared) in
            [(100, 2, 0.2, 20), (7, 3, 0.5, 4), (10, 1, 0.2, 10), (5, 2, 1.0, 5), (5, 2, 0.0, 0)]
        {
            let hands = deal(size, coders, overlap, &mut Seed::new(3).stream("coders"));
            let times = |unit: usize| hands.iter().filter(|hand| hand.contains(&unit)).count();
            let case = format!("{size} units, {coders} coders, overlap {overlap}");
            assert!((0..size).all(|unit| times(unit) == 1 || times(unit) == coders), "{case}: {hands:?}");
            assert_eq!((0..size).filter(|unit| times(*unit) == coders).count(), shared, "{case}");
            let sizes: Vec<usize> = hands.iter().map(Vec::len).collect();
            assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1, "{case}: {sizes:?}");
        }
        let hands = deal(40, 2, 1.0, &mut Seed::new(3).stream("coders"));
        assert_ne!(hands[0], hands[1], "each has an own order");
    }

    /// 60 sentences in three strata of 40, 15 and 5; every seventh is uncertain.
    fn candidates() -> Vec<SamplingUnit> {
        let candidate = |n: usize| SamplingUnit {
            stratum: usize::from(n >= 40) + usize::from(n >= 55),
            uncertainty: if n.is_multiple_of(7) { 0.5 } else { 0.0 },
        };
        (0..60).map(candidate).collect()
    }

    #[test]
    fn sentences_come_as_often_as_the_file_says() {
        let candidates = candidates();
        for strategy in [Strategy::Random, Strategy::Stratified, Strategy::Uncertain] {
            let (mut seen, mut stated) = (vec![0.0; candidates.len()], vec![0.0; candidates.len()]);
            let draws = 4000;
            for seed in 0..draws {
                let sample = draw(strategy, &candidates, 12, &mut Seed::new(seed).stream("sample")).unwrap();
                assert_eq!(sample.len(), 12, "{strategy:?}");
                for SampledUnit { candidate, inclusion } in sample {
                    seen[candidate] += 1.0 / draws as f64;
                    stated[candidate] = inclusion;
                }
            }
            for (candidate, (seen, stated)) in seen.iter().zip(&stated).enumerate() {
                let error = (stated * (1.0 - stated) / draws as f64).sqrt();
                assert!((seen - stated).abs() <= 4.5 * error, "{strategy:?}, {candidate}: {seen}, not {stated}");
                assert!(*stated > 0.0, "{strategy:?}, {candidate} can be drawn");
            }
            assert!((stated.iter().sum::<f64>() - 12.0).abs() < 1e-9, "{strategy:?}");
        }
    }

    #[test]
    fn strata_draw_alike_as_far_as_they_have_sentences() {
        for (sizes, size, parts) in [
            (&[40, 15, 5][..], 12, &[4, 4, 4][..]),
            (&[40, 15, 5], 30, &[13, 12, 5]),
            (&[40, 1, 5], 7, &[3, 1, 3]),
            (&[2, 2], 4, &[2, 2]),
        ] {
            assert_eq!(equal_parts(sizes, size), parts, "{size} of {sizes:?}");
        }
        let error = draw(Strategy::Stratified, &candidates(), 2, &mut Seed::new(1).stream("sample")).unwrap_err();
        assert_eq!(error, TooManyStrata { strata: 3, size: 2 });
    }

    #[test]
    fn a_sample_as_large_as_the_corpus_has_every_sentence() {
        for strategy in [Strategy::Random, Strategy::Stratified, Strategy::Uncertain] {
            let drawn = draw(strategy, &candidates(), 1000, &mut Seed::new(1).stream("sample")).unwrap();
            assert!(drawn.iter().map(|drawn| drawn.candidate).eq(0..60), "{strategy:?}");
            assert!(drawn.iter().all(|drawn| (drawn.inclusion - 1.0).abs() < 1e-12), "{strategy:?}");
        }
    }
}
