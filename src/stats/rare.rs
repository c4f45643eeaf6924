//! Whether two groups carry equally often what is rare in both.

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
