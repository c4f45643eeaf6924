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
