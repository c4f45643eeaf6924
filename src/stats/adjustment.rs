//! Adjusting p-values for many tests.

/// Findings with a smaller adjusted p-value are called reliable, in every figure, page and sentence.
pub const SIGNIFICANT: f64 = 0.05;

/// The p-values adjusted to control the false discovery rate, in the given order. Benjamini and Hochberg (1995), in the
/// step-up form of R's `p.adjust`.
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|first, second| p_values[*second].total_cmp(&p_values[*first]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least: f64 = 1.0;
    for (position, index) in order.into_iter().enumerate() {
        let rank = p_values.len() - position;
        least = least.min(p_values[index] * p_values.len() as f64 / rank as f64);
        adjusted[index] = least;
    }
    adjusted
}

/// The same under any dependence between the tests, at the price of larger values. Benjamini and Yekutieli (2001).
#[must_use]
pub fn benjamini_yekutieli(p_values: &[f64]) -> Vec<f64> {
    let harmonic: f64 = (1..=p_values.len()).map(|rank| 1.0 / rank as f64).sum();
    benjamini_hochberg(p_values).into_iter().map(|adjusted| (adjusted * harmonic).min(1.0)).collect()
}

/// The p-values adjusted to control the probability of any false finding, in the given order. Holm (1979), in the step-down
/// form of R's `p.adjust`.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|first, second| p_values[*first].total_cmp(&p_values[*second]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut greatest: f64 = 0.0;
    for (position, index) in order.into_iter().enumerate() {
        greatest = greatest.max((p_values[index] * (p_values.len() - position) as f64).min(1.0));
        adjusted[index] = greatest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fifteen p-values of Benjamini and Hochberg (1995), section 3.2; adjusted values as `SciPy` gives them.
    const PUBLISHED: [(f64, f64); 15] = [
        (0.0001, 0.0015),
        (0.0004, 0.003),
        (0.0019, 0.0095),
        (0.0095, 0.035_625),
        (0.0201, 0.0603),
        (0.0278, 0.063_857_142_857_142_86),
        (0.0298, 0.063_857_142_857_142_86),
        (0.0344, 0.0645),
        (0.0459, 0.0765),
        (0.3240, 0.486),
        (0.4262, 0.581_181_818_181_818_2),
        (0.5719, 0.714_875),
        (0.6528, 0.753_230_769_230_769_2),
        (0.7590, 0.813_214_285_714_285_7),
        (1.0, 1.0),
    ];
    const HOLM: [f64; 15] =
        [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    const YEKUTIELI: [f64; 15] = [
        0.004_977_343_5,
        0.009_954_687,
        0.031_523_175_4,
        0.118_211_907_9,
        0.200_089_208_3,
        0.211_892_622_9,
        0.211_892_622_9,
        0.214_025_770_1,
        0.253_844_518,
        1.0,
        1.0,
        1.0,
        1.0,
        1.0,
        1.0,
    ];

    #[test]
    fn adjusts_the_published_example_as_scipy_does() {
        for turn in 0..PUBLISHED.len() {
            let mut rows = PUBLISHED;
            rows.rotate_left(turn);
            let p_values: Vec<f64> = rows.iter().map(|row| row.0).collect();
            for (found, (p, expected)) in benjamini_hochberg(&p_values).into_iter().zip(rows) {
                assert!((found - expected).abs() < 1e-12, "p = {p}, rotated by {turn}: {found}, not {expected}");
            }
        }
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    /// The same p-values, adjusted by `statsmodels`; both methods reject three at .05, as published.
    #[test]
    fn holm_and_yekutieli_adjust_the_published_example_as_statsmodels_does() {
        let p_values = PUBLISHED.map(|row| row.0);
        for (found, expected) in [(holm(&p_values), HOLM), (benjamini_yekutieli(&p_values), YEKUTIELI)] {
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
            }
            assert_eq!(found.iter().filter(|adjusted| **adjusted < SIGNIFICANT).count(), 3);
        }
        assert!(holm(&[]).is_empty() && benjamini_yekutieli(&[]).is_empty());
    }
}
