//! Quantiles of Student's t and of the beta distribution, good to about twelve digits for any size of sample.

use std::f64::consts::TAU;

/// The point below which Student's t with `df > 0` degrees of freedom lies with this `probability`, in (0, 1).
#[must_use]
pub fn t_quantile(probability: f64, df: f64) -> f64 {
    let tail = probability.min(1.0 - probability);
    let excess = |t: f64| {
        let (x, y) = (df / (df + t * t), t * t / (df + t * t));
        (tail - incomplete_beta(df / 2.0, 0.5, x, y) / 2.0, beta_weight(df / 2.0, 0.5, x, y) / t)
    };
    let mut high = 1.0;
    while high < f64::MAX / 2.0 && excess(high).0 < 0.0 {
        high *= 2.0;
    }
    let t = if tail < 0.5 { increasing_root(0.0, high, high / 2.0, excess) } else { 0.0 };
    if probability < 0.5 { -t } else { t }
}

/// The point of [0, 1] below which a beta variable with the shapes `a > 0` and `b > 0` lies with this `probability`.
#[must_use]
pub fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    increasing_root(0.0, 1.0, a / (a + b), |x| {
        let y = 1.0 - x;
        (incomplete_beta(a, b, x, y) - probability, beta_weight(a, b, x, y) / (x * y))
    })
}

/// Regularised incomplete beta function at `x`, with `y = 1 - x` given apart so that neither loses digits near 0.
/// Continued fraction of DLMF 8.17.22, by Lentz's method as in Thompson and Barnett (1986).
fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let weight = beta_weight(a, b, x, y);
    if x < (a + 1.0) / (a + b + 2.0) {
        weight / a * beta_fraction(a, b, x)
    } else {
        1.0 - weight / b * beta_fraction(b, a, y)
    }
}

/// `x^a y^b / B(a, b)`, with the powers taken relative to the mean and the gamma functions relative to Stirling's
/// formula, so that no digits cancel for large shapes. After Loader (2000), Fast and accurate computation of binomial
/// probabilities.
fn beta_weight(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let sum = a + b;
    let (mean, rest) = (a / sum, b / sum);
    let off = if x < y { x - mean } else { rest - y };
    let powers = a * ln_of_ratio(x, mean, off) + b * ln_of_ratio(y, rest, -off);
    let corrections = stirling_error(sum) - stirling_error(a) - stirling_error(b);
    (a * b / (TAU * sum)).sqrt() * (powers + corrections).exp()
}

/// Logarithm of `value / mean`, with `off = value - mean` given apart for values close to the mean.
fn ln_of_ratio(value: f64, mean: f64, off: f64) -> f64 {
    if off.abs() < mean / 2.0 { (off / mean).ln_1p() } else { (value / mean).ln() }
}

/// Logarithm of the gamma function at `z > 0` less Stirling's formula `(z - 1/2) ln z - z + ln(2 pi) / 2`. DLMF 5.11.1,
/// after the recurrence `gamma(z + 1) = z gamma(z)` has brought `z` to where six terms are enough.
fn stirling_error(mut z: f64) -> f64 {
    let mut error = 0.0;
    while z < 10.0 {
        error += (z + 0.5) * (1.0 / z).ln_1p() - 1.0;
        z += 1.0;
    }
    let terms = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1_260.0, -1.0 / 1_680.0, 1.0 / 1_188.0, -691.0 / 360_360.0];
    error + terms.iter().rev().fold(0.0, |sum, term| sum / (z * z) + term) / z
}

/// The continued fraction, which converges in some `sqrt(max(a, b))` steps.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let away_from_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut numerator = 1.0;
    let mut denominator = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = denominator;
    for step in 1..100_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for coefficient in [even, odd] {
            denominator = 1.0 / away_from_zero(1.0 + coefficient * denominator);
            numerator = away_from_zero(1.0 + coefficient / numerator);
            fraction *= denominator * numerator;
        }
        if (denominator * numerator - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

/// Where an increasing function, given with its slope, crosses zero between `low` and `high`: Newton's method, halving
/// the bracket wherever a step would leave it.
fn increasing_root(mut low: f64, mut high: f64, start: f64, function: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start;
    for _ in 0..1_200 {
        let (value, slope) = function(x);
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let step = x - value / slope;
        let next = if step > low && step < high { step } else { f64::midpoint(low, high) };
        if (next - x).abs() <= 1e-15 * x {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles of `SciPy` 1.17 (`stats.t.ppf`).
    #[test]
    fn t_quantiles_agree_with_scipy() {
        for (probability, df, expected) in [
            (0.975, 1.0, 12.706_204_736_174_694),
            (0.975, 1.3, 7.500_529_325_562_029),
            (0.8, 2.0, 1.060_660_171_779_821_4),
            (0.975, 2.5, 3.574_654_842_003_681_7),
            (0.9995, 3.0, 12.923_978_636_687_961),
            (0.975, 4.0, 2.776_445_105_197_793_4),
            (0.025, 7.7, -2.321_736_752_830_865_2),
            (0.975, 29.0, 2.045_229_642_132_703),
            (0.975, 333.3, 1.967_106_986_709_925_6),
            (0.975, 13_000.0, 1.960_146_483_644_723),
            (0.5, 9.0, 0.0),
        ] {
            let found = t_quantile(probability, df);
            let close = (found - expected).abs() <= 1e-11 * expected.abs().max(1.0);
            assert!(close, "{probability} with {df} degrees of freedom: {found}, not {expected}");
        }
    }

    /// Quantiles of `SciPy` 1.17 (`stats.beta.ppf`).
    #[test]
    fn beta_quantiles_agree_with_scipy() {
        for (probability, a, b, expected) in [
            (0.025, 0.1, 20.0, 2.962_192_062_114_092e-18),
            (0.975, 0.5, 0.05, 1.0),
            (0.025, 1.0, 31.4, 0.000_805_974_645_145_134_9),
            (0.975, 1.4, 13.6, 0.277_660_258_185_044_25),
            (0.5, 2.0, 2.0, 0.5),
            (0.025, 81.0, 183.0, 0.252_736_745_585_271_26),
            (0.975, 82.0, 182.0, 0.367_621_922_601_351_35),
            (0.025, 1_000.0, 40_000.0, 0.022_919_218_115_231_454),
            (0.975, 20_000.0, 30_000.0, 0.404_297_792_297_393_54),
            (0.995, 300_000.0, 1_500.0, 0.995_348_764_074_671_7),
        ] {
            let found = beta_quantile(probability, a, b);
            assert!(
                (found - expected).abs() <= 1e-11 * expected,
                "{probability} of ({a}, {b}): {found}, not {expected}"
            );
        }
    }
}
