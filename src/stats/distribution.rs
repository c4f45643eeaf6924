//! Quantiles of the normal distribution, of Student's t and of the beta distribution, good to about twelve digits for any
//! size of sample; and tails of Student's t.

use std::f64::consts::TAU;

/// The point below which Student's t with `df > 0` degrees of freedom lies with this `probability`, in (0, 1).
#[must_use]
pub fn t_quantile(probability: f64, df: f64) -> f64 {
    let tail = probability.min(1.0 - probability);
    if tail >= 0.5 {
        return 0.0;
    }
    let excess = |t: f64| {
        let (x, y) = (df / (df + t * t), t * t / (df + t * t));
        let weight = beta_weight(df / 2.0, 0.5, x, y);
        (tail - incomplete_beta_of_weight(weight, df / 2.0, 0.5, x, y) / 2.0, weight / t)
    };
    let near = t_near(tail, df);
    let high = near.map_or_else(
        || {
            // With few degrees of freedom the point lies far out (12.7 for one, at .975), so the bracket doubles until it
            // holds it.
            let mut high = 1.0;
            while high < f64::MAX / 2.0 && excess(high).0 < 0.0 {
                high *= 2.0;
            }
            high
        },
        |near| 2.0 * near,
    );
    let t = increasing_root(0.0, high, near.unwrap_or(high / 2.0), excess);
    if probability < 0.5 { -t } else { t }
}

/// About where Student's t has so much beyond it, from the normal distribution by Fisher's expansion in 1/df, Abramowitz and
/// Stegun 26.7.5; `None` where that is far off.
fn t_near(tail: f64, df: f64) -> Option<f64> {
    let z = -normal_quantile(tail);
    let square = z * z;
    let first = z * (square + 1.0) / 4.0;
    let second = z * (5.0 * square * square + 16.0 * square + 3.0) / 96.0;
    (df >= 10.0 && square < df).then(|| z + first / df + second / (df * df))
}

/// The point of [0, 1] below which a beta variable with the shapes `a > 0` and `b > 0` lies with this `probability`.
#[must_use]
pub fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    increasing_root(0.0, 1.0, a / (a + b), |x| {
        let y = 1.0 - x;
        (incomplete_beta(a, b, x, y) - probability, beta_weight(a, b, x, y) / (x * y))
    })
}

/// Probability that Student's t with `df > 0` degrees of freedom is at least `t` away from 0.
#[must_use]
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    if t.is_infinite() {
        return 0.0;
    }
    incomplete_beta(df / 2.0, 0.5, df / (df + t * t), t * t / (df + t * t))
}

/// Probability that Snedecor's F with these degrees of freedom, both above 0, is at least `f`.
#[must_use]
pub fn f_tail(f: f64, numerator_df: f64, denominator_df: f64) -> f64 {
    let (above, below) = (numerator_df * f, denominator_df);
    incomplete_beta(denominator_df / 2.0, numerator_df / 2.0, below / (above + below), above / (above + below))
}

/// Logarithm of the beta function, for shapes above 0.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    // x^a y^b / B(a, b) at the mean, where its powers are simple.
    let (x, y) = (a / (a + b), b / (a + b));
    a * x.ln() + b * y.ln() - beta_weight(a, b, x, y).ln()
}

/// The point below which a standard normal variable lies with this `probability`, in (0, 1), to some sixteen digits.
/// Wichura (1988), algorithm AS 241.
#[must_use]
pub fn normal_quantile(probability: f64) -> f64 {
    let off = probability - 0.5;
    // The limits .425 and 5, the shift 1.6 and .180625 (.425 squared) belong to the coefficients.
    if off.abs() <= 0.425 {
        let r = 0.180_625 - off * off;
        return off * polynomial(&CENTRAL, r) / polynomial(&CENTRAL_BELOW, r);
    }
    let r = (-probability.min(1.0 - probability).ln()).sqrt();
    let away = if r <= 5.0 {
        polynomial(&MIDDLE, r - 1.6) / polynomial(&MIDDLE_BELOW, r - 1.6)
    } else {
        polynomial(&FAR, r - 5.0) / polynomial(&FAR_BELOW, r - 5.0)
    };
    if off < 0.0 { -away } else { away }
}

/// Coefficients of AS 241, the constant first: numerator and denominator near the middle, in the tails, and far out.
const CENTRAL: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRAL_BELOW: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_545,
];
const MIDDLE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    0.599_832_206_555_887_9,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// Regularised incomplete beta function at `x`, with `y = 1 - x` given apart so that neither loses digits near 0.
/// Continued fraction of DLMF 8.17.22, by Lentz's method as in Thompson and Barnett (1986).
fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    incomplete_beta_of_weight(beta_weight(a, b, x, y), a, b, x, y)
}

/// As [`incomplete_beta`], where `x^a y^b / B(a, b)` is known.
fn incomplete_beta_of_weight(weight: f64, a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    // The fraction converges fast on this side only; the other comes from I_x(a, b) = 1 - I_y(b, a).
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
    // From the smaller of the two, which has its digits in full: 1 - 1e-20 is 1.
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
    // From 10 on the seventh term, 1/156 over z^13, is below the rounding of a double.
    while z < 10.0 {
        error += (z + 0.5) * (1.0 / z).ln_1p() - 1.0;
        z += 1.0;
    }
    let terms = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1_260.0, -1.0 / 1_680.0, 1.0 / 1_188.0, -691.0 / 360_360.0];
    error + terms.iter().rev().fold(0.0, |sum, term| sum / (z * z) + term) / z
}

/// The continued fraction, which converges in some `sqrt(max(a, b))` steps.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    // The method divides by what it carries along, which may pass through 0.
    let away_from_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut numerator = 1.0;
    let mut denominator = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = denominator;
    // Far more steps than the largest corpus needs: the root of its number of sentences.
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
    // Halving alone crosses the 1,024 powers of two and then the 52 bits of a double in fewer steps.
    for _ in 0..1_200 {
        let (value, slope) = function(x);
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let step = x - value / slope;
        let is_newton = step > low && step < high;
        let next = if is_newton { step } else { f64::midpoint(low, high) };
        // A step of Newton's leaves the square of what it went.
        if (next - x).abs() <= if is_newton { 1e-10 } else { 1e-15 } * x {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values as `SciPy` 1.17 gives them.
    #[test]
    fn tails_of_f_and_the_beta_function_are_those_of_scipy() {
        for ((f, numerator_df, denominator_df), expected) in [
            ((2.5, 3.0, 7.0), 0.143_509_456_278_939_32),
            ((13.275, 2.0, 8.0), 0.002_874_535_927_926_12),
            ((0.3, 5.0, 100.5), 0.911_798_768_661_084_4),
        ] {
            let found = f_tail(f, numerator_df, denominator_df);
            assert!((found - expected).abs() < 1e-12, "F {f}: {found}");
        }
        for ((a, b), expected) in [
            ((0.5, 3.0), 0.064_538_521_137_571_16),
            ((1_000.25, 2.0), -13.817_009_746_118_856),
            ((54.0, 99.0), -100.191_052_471_013_17),
        ] {
            assert!((ln_beta(a, b) - expected).abs() < 1e-11, "{a}, {b}: {}", ln_beta(a, b));
        }
    }

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

    /// Quantiles of `SciPy` 1.17 (`stats.norm.ppf`), and tails (`2 * stats.t.sf`).
    #[test]
    fn normal_quantiles_and_tails_of_t_agree_with_scipy() {
        for (probability, expected) in [
            (1e-12, -7.034_483_825_301_131),
            (0.001, -3.090_232_306_167_813),
            (0.025, -1.959_963_984_540_054_5),
            (0.3, -0.524_400_512_708_040_9),
            (0.5, 0.0),
            (0.92, 1.405_071_560_309_632_9),
            (0.975, 1.959_963_984_540_054),
            (1.0 - 1e-7, 5.199_337_582_290_661),
        ] {
            let found = normal_quantile(probability);
            assert!(
                (found - expected).abs() <= 1e-13 * expected.abs().max(1.0),
                "{probability}: {found}, not {expected}"
            );
        }
        for (t, df, expected) in [
            (0.0, 3.0, 1.0),
            (1.3, 1.0, 0.417_428_800_320_305_44),
            (2.2, 5.6, 0.073_305_824_072_806_09),
            (5.0, 30.5, 2.235_847_083_113_304_5e-5),
            (9.0, 400.0, 9.231_462_985_614_382e-18),
            (30.0, 1000.0, 1.537_468_744_404_309_5e-141),
        ] {
            let found = t_two_sided(t, df);
            assert!((found - expected).abs() <= 1e-11 * expected, "{t} with {df}: {found}, not {expected}");
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
