//! Whether groups carry equally often what is rare in them: two, or more.

use crate::stats::dealing::TIE;
use crate::stats::{ClusterCounts, RandomStream};

/// Two probabilities this near one another are the same but for rounding; as of `binomtest` of `SciPy`.
const SAME: f64 = 1.0 + 1e-7;

/// Logarithm of a probability that is 0 as a number.
const NOTHING: f64 = -750.0;

/// What one group has of something rare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RareCount {
    /// Units (documents) that carry it.
    pub carriers: u64,
    /// Units.
    pub units: u64,
    /// Their trials (sentences).
    pub trials: u64,
}

impl RareCount {
    /// Of these units, one kind of successes.
    #[must_use]
    pub fn of(units: &[ClusterCounts], kind: usize) -> Self {
        let carriers = units.iter().filter(|unit| unit.k[kind] > 0).count();
        Self { carriers: carriers as u64, units: units.len() as u64, trials: units.iter().map(|unit| unit.n).sum() }
    }
}

/// Two-sided p-value that two groups carry something rare equally often: given how many units carry it, those of the first group
/// are binomial with the group's part of all that could have carried it. Przyborowski and Wilenski (1940), Biometrika 31.
///
/// Whether it is units or their trials that could is not known, where a unit with one success is likely to have more; so the p-value is
/// the largest for any part between that of the units and that of the trials. `None` without a carrier, and where a group has
/// nothing that could be one.
#[must_use]
pub fn rare_count_test(first: RareCount, second: RareCount) -> Option<f64> {
    let carriers = first.carriers + second.carriers;
    let part = |a: u64, b: u64| (a > 0 && b > 0).then(|| a as f64 / (a + b) as f64);
    let parts = [part(first.units, second.units)?, part(first.trials, second.trials)?];
    if carriers == 0 {
        return None;
    }
    let found = first.carriers as f64 / carriers as f64;
    if parts[0].min(parts[1]) <= found && found <= parts[0].max(parts[1]) {
        return Some(1.0);
    }
    Some(parts.into_iter().map(|part| binomial_test(first.carriers, carriers, part)).fold(0.0, f64::max))
}

/// The powers of the mean length of a group's units by which these may carry something: 0 where long ones do as often as short ones,
/// 1 where their trials do.
const POWERS: [f64; 11] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// P-value that more than two groups carry something rare equally often: given how many units carry it, those of the groups are
/// multinomial. The parts of groups are their units times a power of the mean length of these, of [`POWERS`] the one that brings
/// them nearest to what is found; as of [two groups](rare_count_test), the likelihood of a carrier grows with its length no one knows how.
/// How near is the chi-squared of Pearson (1900), held against that of so many random numbers of carriers, as these are too few for
/// its approximation. `None` without a carrier, and where a group has nothing that could be one.
#[must_use]
pub fn rare_counts_test(groups: &[RareCount], draws: u32, stream: &mut RandomStream) -> Option<f64> {
    let carriers: Vec<u64> = groups.iter().map(|group| group.carriers).collect();
    let all: u64 = carriers.iter().sum();
    if all == 0 || groups.iter().any(|group| group.units == 0 || group.trials == 0) {
        return None;
    }
    let near = |power: f64| {
        let expected = expected(groups, power, all);
        (chi_squared(&carriers, &expected), expected)
    };
    let (observed, expected) = POWERS.map(near).into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let mut random = vec![0; groups.len()];
    let mut extreme = 0;
    for _ in 0..draws {
        draw(&expected, all, &mut random, stream);
        extreme += u32::from(chi_squared(&random, &expected) >= observed * (1.0 - TIE));
    }
    Some(f64::from(extreme + 1) / f64::from(draws + 1))
}

/// How many of so many carriers each group would have.
fn expected(groups: &[RareCount], power: f64, all: u64) -> Vec<f64> {
    let weight = |group: &RareCount| group.units as f64 * (group.trials as f64 / group.units as f64).powf(power);
    let sum: f64 = groups.iter().map(weight).sum();
    groups.iter().map(|group| weight(group) / sum * all as f64).collect()
}

fn chi_squared(found: &[u64], expected: &[f64]) -> f64 {
    found.iter().zip(expected).map(|(found, expected)| (*found as f64 - expected).powi(2) / expected).sum()
}

/// Random numbers of carriers that sum to those of all.
fn draw(expected: &[f64], all: u64, drawn: &mut [u64], stream: &mut RandomStream) {
    let mut up_to = Vec::with_capacity(expected.len());
    let mut sum = 0.0;
    for part in expected {
        sum += part;
        up_to.push(sum);
    }
    drawn.fill(0);
    for _ in 0..all {
        let at = stream.below(1 << 53) as f64 / (1_u64 << 53) as f64 * sum;
        drawn[up_to.partition_point(|end| *end <= at)] += 1;
    }
}

/// Probability of a number that is no likelier than `found`, of `of` draws that succeed with the probability `part` in (0, 1).
fn binomial_test(found: u64, of: u64, part: f64) -> f64 {
    // From the side of the rarer outcome it is few steps to where all that follows is nothing, however many draws there are.
    if part > 0.5 {
        return binomial_test(of - found, of, 1.0 - part);
    }
    let odds = part.ln() - (-part).ln_1p();
    let mut logs = Vec::new();
    let mut log = of as f64 * (-part).ln_1p();
    for number in 0..=of {
        logs.push(log);
        if log < NOTHING && number >= found && number as f64 > of as f64 * part {
            break;
        }
        log += ((of - number) as f64 / (number + 1) as f64).ln() + odds;
    }
    let most =
        logs.iter().zip(0..).find(|(_, number)| *number == found).map_or(f64::INFINITY, |(log, _)| log + SAME.ln());
    logs.iter().filter(|log| **log <= most).map(|log| log.exp()).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    fn p_value(carriers: [u64; 2], units: [u64; 2], trials: [u64; 2]) -> Option<f64> {
        let of = |side: usize| RareCount { carriers: carriers[side], units: units[side], trials: trials[side] };
        rare_count_test(of(0), of(1))
    }

    /// `scipy.stats.binomtest(8, 8, .5)`, `(7, 9, 1/3)`, `(1, 40, .2)` and `(0, 5, .4)`.
    #[test]
    fn groups_of_one_length_are_tested_as_by_scipy() {
        for (carriers, units, expected) in [
            ([8, 0], [100, 100], 0.007_812_5),
            ([7, 2], [100, 200], 0.008_281_257_938_322_41),
            ([1, 39], [100, 400], 0.002_453_169_815_349_357_7),
            ([0, 5], [200, 300], 0.164_8),
        ] {
            let found = p_value(carriers, units, units.map(|units| units * 7)).unwrap();
            assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
        }
    }

    /// `scipy.stats.binomtest(9, 60009, 1 / 3001)`, from either side: a small outlet against all others.
    #[test]
    fn among_tens_of_thousands_the_few_are_tested_as_by_scipy() {
        let units = [20, 60_000];
        let found = p_value([9, 60_000], units, units.map(|units| units * 7)).unwrap();
        let turned = p_value([60_000, 9], [60_000, 20], [420_000, 140]).unwrap();
        assert!(
            (found - 0.009_709_141_204_823_106).abs() < 1e-12 && (turned - found).abs() < 1e-12,
            "{found} {turned}"
        );
    }

    /// One hit in 650 documents of a sentence, none in 150 of two: dealing them out found it in one of ten thousand arrangements.
    #[test]
    fn one_carrier_tells_nothing() {
        assert_eq!(p_value([0, 1], [150, 650], [300, 650]), Some(1.0));
        assert_eq!(p_value([0, 0], [150, 650], [300, 650]), None);
    }

    fn p_value_of_three(carriers: [u64; 3], units: [u64; 3], trials: [u64; 3]) -> Option<f64> {
        let of = |group: usize| RareCount { carriers: carriers[group], units: units[group], trials: trials[group] };
        rare_counts_test(&[of(0), of(1), of(2)], 9_999, &mut Seed::new(1).stream("three"))
    }

    /// 3 of 729 and 297 of 2,187 ways to have six and seven carriers; the last by adding up the terms of the multinomial
    /// distribution in Python.
    #[test]
    fn more_than_two_groups_are_tested_as_by_adding_up_all_numbers() {
        for (carriers, units, expected) in [
            ([6, 0, 0], [50; 3], 3.0 / 729.0),
            ([5, 1, 1], [50; 3], 297.0 / 2_187.0),
            ([1, 2, 6], [60, 60, 30], 0.003_590_656),
        ] {
            let found = p_value_of_three(carriers, units, units.map(|units| units * 7)).unwrap();
            let error = (expected * (1.0 - expected) / 9_999.0_f64).sqrt();
            assert!((found - expected).abs() < 4.0 * error, "{carriers:?}: {found}, not {expected}");
        }
    }

    #[test]
    fn of_more_than_two_groups_the_power_of_their_lengths_is_the_one_that_tells_least() {
        let trials = [800, 2_000, 4_000];
        // As many as documents, as sentences, and between the two.
        for carriers in [[3, 3, 3], [2, 5, 10], [4, 6, 9]] {
            let found = p_value_of_three(carriers, [100; 3], trials).unwrap();
            assert!(found > 0.95, "{carriers:?}: {found}");
        }
        let found = p_value_of_three([8, 1, 0], [100; 3], trials).unwrap();
        assert!(found < 0.01, "{found}");
        assert_eq!(p_value_of_three([0; 3], [100; 3], trials), None);
        assert_eq!(p_value_of_three([1, 2, 0], [100, 100, 0], [800, 2_000, 0]), None);
    }

    #[test]
    fn the_part_that_could_have_carried_it_is_the_one_that_tells_least() {
        let [units, trials] = [[60, 60], [1800, 300]];
        // Of the trials the first group has six sevenths, of the units a half: five of six are between.
        assert_eq!(p_value([5, 1], units, trials), Some(1.0));
        let none = p_value([0, 6], units, trials).unwrap();
        assert!((none - 0.031_25).abs() < 1e-12, "{none}");
        assert_eq!(p_value([6, 0], units, trials), p_value([6, 0], [6, 1], [6, 1]));
    }
}
