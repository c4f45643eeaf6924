//! Confidence intervals of single shares and of their differences, from independent trials.

use crate::stats::beta_quantile;

/// The standard normal's 97.5 % point, for 95 % intervals.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// A confidence interval, `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Interval {
    /// The same cut at -1 and 1, beyond which no difference of two shares is: half a width of 12.7 standard errors, on one degree of
    /// freedom, is.
    #[must_use]
    pub const fn of_shares(self) -> Self {
        Self { low: self.low.max(-1.0), high: self.high.min(1.0) }
    }
}

/// Wilson score interval for `hits` of `n` independent trials, as shares in [0, 1]; `None` when `n` is 0 or less than
/// `hits`. `z` is the normal quantile, [`Z_95`] for 95 %. Wilson (1927); method 3 of Newcombe (1998a).
#[must_use]
pub fn wilson(hits: u64, n: u64, z: f64) -> Option<Interval> {
    if n == 0 || hits > n {
        return None;
    }
    let (hits, misses, n) = (hits as f64, (n - hits) as f64, n as f64);
    let half = z * (hits * misses / n + z * z / 4.0).sqrt();
    let low = ((hits + z * z / 2.0 - half) / (n + z * z)).max(0.0);
    let high = ((hits + z * z / 2.0 + half) / (n + z * z)).min(1.0);
    Some(Interval { low: if hits > 0.0 { low } else { 0.0 }, high: if misses > 0.0 { high } else { 1.0 } })
}

/// Clopper-Pearson ("exact") interval for `hits` of `n` independent trials, at `level` such as 0.95; `None` when `n` is
/// 0 or less than `hits`. Both may be fractional, as effective sample sizes are. Clopper and Pearson (1934).
#[must_use]
pub fn clopper_pearson(hits: f64, n: f64, level: f64) -> Option<Interval> {
    if n <= 0.0 || hits > n {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let low = if hits > 0.0 { beta_quantile(tail, hits, n - hits + 1.0) } else { 0.0 };
    let high = if hits < n { beta_quantile(1.0 - tail, hits + 1.0, n - hits) } else { 1.0 };
    Some(Interval { low, high })
}

/// Newcombe's hybrid score interval of the difference of two independent shares, `(hits, n)` each: the naive
/// comparator, which takes sentences for independent. Method 10 of Newcombe (1998b).
#[must_use]
pub fn newcombe(first: (u64, u64), second: (u64, u64), z: f64) -> Option<Interval> {
    let (a, b) = (wilson(first.0, first.1, z)?, wilson(second.0, second.1, z)?);
    let (share_a, share_b) = (first.0 as f64 / first.1 as f64, second.0 as f64 / second.1 as f64);
    let difference = share_a - share_b;
    Some(Interval {
        low: difference - (share_a - a.low).hypot(b.high - share_b),
        high: difference + (a.high - share_a).hypot(share_b - b.low),
    })
}

/// The 95 % interval of an estimate by its bootstrap estimates, moved by the bias that these show: their median stands where
/// the estimate is, so the interval holds it whatever the bias. `None` when more
/// than one in twenty is undefined, since what is left would not be a fair sample. Efron (1979). A resample of whole
/// groups repeats some, which makes agreement look higher than it is: plain percentiles of .425 were .361 to .415.
#[must_use]
pub fn centred_interval(estimate: f64, estimates: Vec<Option<f64>>) -> Option<Interval> {
    let (interval, median) = percentiles(estimates)?;
    Some(Interval { low: estimate - (median - interval.low), high: estimate + (interval.high - median) })
}

/// The same for an estimate that noise alone makes larger than 0, such as a sum of distances: the bootstrap estimates have
/// the noise twice, so their distances from the estimate are turned round ("basic" interval, Davison and Hinkley 1997, 5.2),
/// cut at 0, and drawn out to the estimate where it is left outside.
#[must_use]
pub fn distance_interval(estimate: f64, estimates: Vec<Option<f64>>) -> Option<Interval> {
    let (interval, _) = percentiles(estimates)?;
    let (low, high) = (2.0 * estimate - interval.high, 2.0 * estimate - interval.low);
    Some(Interval { low: low.min(estimate).max(0.0), high: high.max(estimate) })
}

/// The middle 95 %, by linear interpolation between estimates (type 7 of Hyndman and Fan 1996), and the median.
fn percentiles(estimates: Vec<Option<f64>>) -> Option<(Interval, f64)> {
    let drawn = estimates.len();
    let mut defined: Vec<f64> = estimates.into_iter().flatten().collect();
    if defined.is_empty() || defined.len() * 20 < drawn * 19 {
        return None;
    }
    defined.sort_by(f64::total_cmp);
    let interval = Interval { low: sorted_quantile(&defined, 0.025), high: sorted_quantile(&defined, 0.975) };
    Some((interval, sorted_quantile(&defined, 0.5)))
}

/// The quantile at `share` of numbers in ascending order, at least one.
fn sorted_quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last place")]
    let below = place as usize;
    let above = sorted[(below + 1).min(sorted.len() - 1)];
    sorted[below] + (place - below as f64) * (above - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(found: Option<Interval>, (low, high): (f64, f64), case: &str) {
        let found = found.unwrap();
        let close = (found.low - low).abs() < 1e-11 && (found.high - high).abs() < 1e-11;
        assert!(close, "{case}: {found:?}, not {low} to {high}");
    }

    /// Examples of Newcombe (1998a), to more digits as statsmodels 0.15 gives them (`proportion_confint`).
    #[test]
    fn intervals_of_one_share_agree_with_statsmodels() {
        for (hits, n, limits) in [
            (81, 263, (0.255_288_519_878_274_2, 0.366_209_576_982_800_04)),
            (15, 148, (0.062_386_399_530_736_28, 0.160_487_241_723_308_03)),
            (0, 20, (0.0, 0.161_125_158_052_819_4)),
            (1, 29, (0.006_113_214_292_762_667, 0.171_755_218_793_202_93)),
            (20, 20, (1.0 - 0.161_125_158_052_819_4, 1.0)),
        ] {
            assert_close(wilson(hits, n, Z_95), limits, &format!("Wilson, {hits} of {n}"));
        }
        for (hits, n, limits) in [
            (81.0, 263.0, (0.252_736_745_585_271_26, 0.367_621_922_601_351_4)),
            (0.0, 20.0, (0.0, 0.168_433_470_983_085_34)),
            (20.0, 20.0, (1.0 - 0.168_433_470_983_085_34, 1.0)),
        ] {
            assert_close(clopper_pearson(hits, n, 0.95), limits, &format!("Clopper-Pearson, {hits} of {n}"));
        }
        assert_eq!(wilson(0, 0, Z_95), None);
        assert_eq!(clopper_pearson(0.0, 0.0, 0.95), None);
    }

    /// Example of Newcombe (1998b), published as .0524 to .3339; statsmodels 0.15 (`confint_proportions_2indep`).
    #[test]
    fn the_hybrid_interval_of_a_difference_agrees_with_statsmodels() {
        let limits = (0.052_431_472_402_364_98, 0.333_872_654_036_906_14);
        assert_close(newcombe((56, 70), (48, 80), Z_95), limits, "56 of 70 less 48 of 80");
    }

    /// Draws that lie above what they are of, as those of agreement and of calibration error do.
    #[test]
    fn an_interval_holds_its_estimate_whatever_the_bias() {
        let draws: Vec<Option<f64>> = (0..=100).map(|n| Some(0.1 + f64::from(n) / 1000.0)).collect();
        assert_close(centred_interval(0.05, draws.clone()), (0.002_5, 0.097_5), "the median moved to .05");
        assert_close(distance_interval(0.05, draws.clone()), (0.0, 0.05), "turned round, and drawn out to .05");
        assert_close(distance_interval(0.15, draws), (0.102_5, 0.197_5), "turned round");
        assert_eq!((centred_interval(0.05, Vec::new()), distance_interval(0.05, Vec::new())), (None, None));
    }

    #[test]
    fn an_interval_needs_most_resamples_to_be_defined() {
        let estimates = |undefined: usize| {
            (0..=100).map(|n| Some(f64::from(n))).chain(std::iter::repeat_n(None, undefined)).collect()
        };
        assert_close(centred_interval(50.0, estimates(0)), (2.5, 97.5), "0 to 100");
        assert_close(centred_interval(50.0, estimates(5)), (2.5, 97.5), "with a few undefined");
        assert_eq!(centred_interval(50.0, estimates(6)), None);
    }
}
