//! Draws sentences, or documents as a whole, for human coders, each with the probability it was drawn with.
//!
//! The probabilities are what a later correction for the scorer's errors rests on, so every strategy has them known
//! and above 0 for every unit of the corpus. A draw that adds to an earlier one draws among what was not drawn yet: then
//! as many new units come to the coders as they were asked for, and a unit is in either with probability
//! `1 - (1 - a)(1 - b)`, a being that of the earlier draw and b that of this one, had the unit not been drawn before.

#![expect(clippy::cast_precision_loss, reason = "a corpus has far fewer than 2^53 sentences")]

use crate::stats::{RandomStream, shuffled};

/// How units are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Each unit with the same probability.
    Random,
    /// As many from each stratum, as far as it has them.
    Stratified,
    /// Half of the sample spread evenly, half by how uncertain the scorer is.
    Uncertain,
}

/// A sentence or document that may be drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SamplingUnit {
    /// Number of its stratum, counted from 0 without gaps.
    pub stratum: usize,
    /// Standard deviation of the frame that is least certain, at most 0.5; 0 where no frame is in question.
    pub uncertainty: f64,
    /// Whether an earlier draw has it, so that this one passes it over.
    pub is_taken: bool,
}

/// What was drawn of the candidates, and with what probability each might have been.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawnSample {
    /// Places among the candidates, ascending.
    pub drawn: Vec<usize>,
    /// By candidate, the probability that it is drawn, in (0, 1]; of one that is taken, what it would be were it not.
    pub chances: Vec<f64>,
}

/// More strata than units to draw: some could not be drawn at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{strata} strata and {size} to draw: each stratum needs one; draw {strata} or more, or draw at random")]
pub struct TooManyStrata {
    /// Strata with a unit.
    pub strata: usize,
    /// Units asked for.
    pub size: usize,
}

/// Draws `size` of the candidates that are not taken, all of them where there are fewer. The order of the candidates must not
/// depend on the order of the corpus.
///
/// # Errors
/// When a stratified sample has fewer units than strata.
pub fn draw(
    strategy: Strategy,
    candidates: &[SamplingUnit],
    size: usize,
    stream: &mut RandomStream,
) -> Result<DrawnSample, TooManyStrata> {
    let free = free_places(candidates);
    let size = size.min(free.len());
    let mut draw = match strategy {
        Strategy::Random => DrawnSample {
            drawn: shuffled(&free, size, stream),
            chances: vec![chance(size, free.len()); candidates.len()],
        },
        Strategy::Stratified => stratified(candidates, size, stream)?,
        Strategy::Uncertain => by_uncertainty(candidates, size, stream),
    };
    draw.drawn.sort_unstable();
    Ok(draw)
}

/// Candidates that no earlier draw has.
fn free_places(candidates: &[SamplingUnit]) -> Vec<usize> {
    (0..candidates.len()).filter(|place| !candidates[*place].is_taken).collect()
}

/// The probability of each of `of` units when `size` are drawn. Where every unit was taken before, the whole is known: 1.
fn chance(size: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { size as f64 / of as f64 }
}

fn stratified(
    candidates: &[SamplingUnit],
    size: usize,
    stream: &mut RandomStream,
) -> Result<DrawnSample, TooManyStrata> {
    let mut strata: Vec<Vec<usize>> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        strata.resize(strata.len().max(candidate.stratum + 1), Vec::new());
        if !candidate.is_taken {
            strata[candidate.stratum].push(number);
        }
    }
    let count = strata.iter().filter(|stratum| !stratum.is_empty()).count();
    if size < count {
        return Err(TooManyStrata { strata: count, size });
    }
    let sizes: Vec<usize> = strata.iter().map(Vec::len).collect();
    let parts = equal_parts(&sizes, size);
    let chances = candidates.iter().map(|it| chance(parts[it.stratum], sizes[it.stratum])).collect();
    let drawn = strata.iter().zip(parts).flat_map(|(stratum, part)| shuffled(stratum, part, stream)).collect();
    Ok(DrawnSample { drawn, chances })
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
fn by_uncertainty(candidates: &[SamplingUnit], size: usize, stream: &mut RandomStream) -> DrawnSample {
    let chances = uneven_chances(candidates, size);
    let free = free_places(candidates);
    let start = (stream.bits() >> 11) as f64 / (1_u64 << 53) as f64;
    let (mut sum, mut drawn) = (0.0, Vec::with_capacity(size));
    for candidate in shuffled(&free, free.len(), stream) {
        let before = sum;
        sum += chances[candidate];
        // A point start, start + 1, start + 2, ... lies in [before, sum).
        if (sum - start).ceil() > (before - start).ceil() && drawn.len() < size {
            drawn.push(candidate);
        }
    }
    DrawnSample { drawn, chances }
}

/// Probabilities that sum to `size` over what is not taken: half of it even, half as the uncertainties; those that would pass
/// 1 are 1, and the rest share what is left.
fn uneven_chances(candidates: &[SamplingUnit], size: usize) -> Vec<f64> {
    let free = free_places(candidates);
    let (all, uncertain) = (free.len() as f64, free.iter().map(|place| candidates[*place].uncertainty).sum::<f64>());
    let share = |candidate: &SamplingUnit| {
        if uncertain > 0.0 { 0.5 / all + 0.5 * candidate.uncertainty / uncertain } else { 1.0 / all }
    };
    let shares: Vec<f64> = candidates.iter().map(share).collect();
    let mut chances = vec![0.0; shares.len()];
    let mut certain = 0;
    loop {
        let left: f64 = free.iter().filter(|place| chances[**place] < 1.0).map(|place| shares[*place]).sum();
        let factor = (size - certain) as f64 / left;
        for (chance, share) in chances.iter_mut().zip(&shares).filter(|(p, _)| **p < 1.0) {
            *chance = (share * factor).min(1.0);
        }
        let now = free.iter().filter(|place| chances[**place] >= 1.0).count();
        if now == certain || now >= size {
            return chances;
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
            is_taken: false,
        };
        (0..60).map(candidate).collect()
    }

    const STRATEGIES: [Strategy; 3] = [Strategy::Random, Strategy::Stratified, Strategy::Uncertain];

    /// How often each candidate is drawn of 4,000 times, and how often it is said to be.
    fn compare(strategy: Strategy, draws: u64, sample: impl Fn(u64) -> DrawnSample) {
        let (mut seen, mut stated) = (vec![0.0; 60], vec![0.0; 60]);
        for seed in 0..draws {
            let DrawnSample { drawn, chances } = sample(seed);
            for candidate in drawn {
                seen[candidate] += 1.0 / draws as f64;
            }
            for (sum, chance) in stated.iter_mut().zip(&chances) {
                *sum += chance / draws as f64;
            }
        }
        for (candidate, (seen, stated)) in seen.iter().zip(&stated).enumerate() {
            let error = (stated * (1.0 - stated) / draws as f64).sqrt();
            assert!((seen - stated).abs() <= 4.5 * error, "{strategy:?}, {candidate}: {seen}, not {stated}");
            assert!(*stated > 0.0, "{strategy:?}, {candidate} can be drawn");
        }
    }

    #[test]
    fn sentences_come_as_often_as_the_file_says() {
        for strategy in STRATEGIES {
            compare(strategy, 4000, |seed| {
                let draw = draw(strategy, &candidates(), 12, &mut Seed::new(seed).stream("sample")).unwrap();
                assert_eq!(draw.drawn.len(), 12, "{strategy:?}");
                assert!((draw.chances.iter().sum::<f64>() - 12.0).abs() < 1e-9, "{strategy:?}");
                draw
            });
        }
    }

    /// The second draw goes by other strata and uncertainties than the first, as a scorer that has learnt in between does.
    #[test]
    fn a_sentence_is_in_either_of_two_draws_as_often_as_their_probabilities_say() {
        for strategy in STRATEGIES {
            compare(strategy, 8000, |seed| {
                let mut candidates = candidates();
                let first = draw(strategy, &candidates, 12, &mut Seed::new(seed).stream("sample")).unwrap();
                for (n, candidate) in candidates.iter_mut().enumerate() {
                    candidate.stratum = usize::from(n % 3 == 0);
                    candidate.uncertainty = if n % 4 == 0 { 0.3 } else { 0.1 };
                }
                for place in &first.drawn {
                    candidates[*place].is_taken = true;
                }
                let second = draw(strategy, &candidates, 9, &mut Seed::new(seed).stream("sample-2")).unwrap();
                assert_eq!(second.drawn.len(), 9, "{strategy:?}: all are new");
                let either = first.chances.iter().zip(&second.chances).map(|(a, b)| 1.0 - (1.0 - a) * (1.0 - b));
                DrawnSample { chances: either.collect(), drawn: [first.drawn, second.drawn].concat() }
            });
        }
    }

    #[test]
    fn strata_draw_alike_as_far_as_they_have_sentences() {
        for (sizes, size, parts) in [
            (&[40, 15, 5][..], 12, &[4, 4, 4][..]),
            (&[40, 15, 5], 30, &[13, 12, 5]),
            (&[40, 1, 5], 7, &[3, 1, 3]),
            (&[2, 2], 4, &[2, 2]),
            (&[0, 9], 4, &[0, 4]),
        ] {
            assert_eq!(equal_parts(sizes, size), parts, "{size} of {sizes:?}");
        }
        let error = draw(Strategy::Stratified, &candidates(), 2, &mut Seed::new(1).stream("sample")).unwrap_err();
        assert_eq!(error, TooManyStrata { strata: 3, size: 2 });
    }

    #[test]
    fn a_sample_as_large_as_the_corpus_has_every_sentence() {
        for strategy in STRATEGIES {
            let DrawnSample { drawn, chances } =
                draw(strategy, &candidates(), 1000, &mut Seed::new(1).stream("sample")).unwrap();
            assert!(drawn.into_iter().eq(0..60), "{strategy:?}");
            assert!(chances.iter().all(|chance| (chance - 1.0).abs() < 1e-12), "{strategy:?}");
        }
    }
}
