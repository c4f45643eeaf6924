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
