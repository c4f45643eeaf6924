//! Shares of trials that come in units (sentences in documents): ratio estimates, their linearised variance, and the
//! intervals of a share and of a difference.

use crate::stats::{Interval, clopper_pearson, t_quantile};

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// A sum of squares below this part of its leading term is rounding, not variance.
const ROUNDING: f64 = 1e-12;

/// What is drawn as a whole, such as a document: `n` trials, and of each kind the successes among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Trials.
    pub n: u64,
    /// Successes by kind, each at most `n`.
    pub k: Vec<u64>,
}

/// All that a ratio estimate and its variance depend on: sums over units of the trials `n`, the successes `k`, and
/// their products. Integers, so the order of the units does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatioSums {
    /// Number of units.
    pub units: u64,
    /// Sum of n.
    pub n: u64,
    /// Sum of k.
    pub k: u64,
    /// Sum of k squared.
    pub kk: u64,
    /// Sum of k times n.
    pub kn: u64,
    /// Sum of n squared.
    pub nn: u64,
}

impl RatioSums {
    /// Sums over units for successes of one kind.
    #[must_use]
    pub fn of(units: &[Unit], kind: usize) -> Self {
        let mut sums = Self::default();
        for unit in units {
            let (n, k) = (unit.n, unit.k[kind]);
            sums.units += 1;
            sums.n += n;
            sums.k += k;
            sums.kk += k * k;
            sums.kn += k * n;
            sums.nn += n * n;
        }
        sums
    }

    /// The sums over the units that are not in `part`, a subset.
    #[must_use]
    pub const fn without(&self, part: &Self) -> Self {
        Self {
            units: self.units - part.units,
            n: self.n - part.n,
            k: self.k - part.k,
            kk: self.kk - part.kk,
            kn: self.kn - part.kn,
            nn: self.nn - part.nn,
        }
    }

    /// Successes as a share of trials; `None` where there are no trials.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.k as f64 / self.n as f64)
    }

    /// Linearised variance of the share, `G/(G-1) * sum (k - pn)^2 / N^2` over `G` units with `N` trials; `None` for
    /// fewer than two units. Cochran (1977), 2.46, for units drawn with replacement.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let share = self.share()?;
        if self.units < 2 {
            return None;
        }
        let (units, n, kk) = (self.units as f64, self.n as f64, self.kk as f64);
        let squares = kk - share * (2.0 * self.kn as f64 - share * self.nn as f64);
        Some(if squares > ROUNDING * kk { units / (units - 1.0) * squares / (n * n) } else { 0.0 })
    }

    fn df(&self) -> f64 {
        self.units as f64 - 1.0
    }
}

/// 95 % interval of a share from its linearised variance, on the logit scale, with Student's t on G - 1 degrees of
/// freedom; `None` for a share of 0 or 1, a variance of 0 or fewer than two units. Korn and Graubard (1999), 3.3; the
/// default of Stata's `svy: proportion`.
#[must_use]
pub fn logit_t(sums: &RatioSums) -> Option<Interval> {
    let (share, variance) = (sums.share()?, sums.variance()?);
    if sums.k == 0 || sums.k == sums.n || variance <= 0.0 {
        return None;
    }
    let logit = (share / (1.0 - share)).ln();
    let half = t_quantile(f64::midpoint(1.0, LEVEL), sums.df()) * variance.sqrt() / (share * (1.0 - share));
    let inverse = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    Some(Interval { low: inverse(logit - half), high: inverse(logit + half) })
}

/// 95 % interval of a share by Clopper and Pearson's method on the effective number of trials, adjusted for the degrees
/// of freedom; for shares of 0 or 1, where a variance says nothing. `None` for fewer than two units. Korn and Graubard
/// (1998), with a design effect of at least 1.
#[must_use]
pub fn korn_graubard(sums: &RatioSums) -> Option<Interval> {
    let (share, variance) = (sums.share()?, sums.variance()?);
    let n = sums.n as f64;
    let binomial = share * (1.0 - share) / n;
    let deff = if binomial > 0.0 { (variance / binomial).max(1.0) } else { 1.0 };
    let quantile = f64::midpoint(1.0, LEVEL);
    let adjustment = t_quantile(quantile, n - 1.0) / t_quantile(quantile, sums.df());
    let effective = (n / deff * adjustment * adjustment).min(n);
    clopper_pearson(share * effective, effective, LEVEL)
}

/// 95 % interval of the first share minus the second, from their linearised variances, with Student's t on Welch and
/// Satterthwaite's degrees of freedom; cut at -1 and 1. `None` where a group has fewer than two units or both variances
/// are 0. Welch (1947); Satterthwaite (1946).
#[must_use]
pub fn welch(first: &RatioSums, second: &RatioSums) -> Option<Interval> {
    let difference = first.share()? - second.share()?;
    let (a, b) = (first.variance()?, second.variance()?);
    if a + b <= 0.0 {
        return None;
    }
    let df = (a + b) * (a + b) / (a * a / first.df() + b * b / second.df());
    let half = t_quantile(f64::midpoint(1.0, LEVEL), df.max(1.0)) * (a + b).sqrt();
    Some(Interval { low: (difference - half).max(-1.0), high: (difference + half).min(1.0) })
}

/// Intraclass correlation of trials within units for successes of one kind, by analysis of variance; at most 1, below 0
/// where units differ less than chance. `None` for fewer than two units, for units of one trial each, and where all
/// trials or none succeed. Fleiss, Levin and Paik (2003), 15.2; Ridout, Demetrio and Firth (1999).
#[must_use]
pub fn intraclass_correlation(units: &[Unit], kind: usize) -> Option<f64> {
    let sums = RatioSums::of(units, kind);
    let share = sums.share()?;
    if sums.units < 2 || sums.n <= sums.units {
        return None;
    }
    let (mut between, mut within) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.n > 0) {
        let (n, k) = (unit.n as f64, unit.k[kind] as f64);
        between += n * (k / n - share) * (k / n - share);
        within += k * (1.0 - k / n);
    }
    let n = sums.n as f64;
    let (between, within) = (between / sums.df(), within / (n - sums.units as f64));
    let size = (n - sums.nn as f64 / n) / sums.df();
    let total = between + (size - 1.0) * within;
    (total > 0.0).then(|| (between - within) / total)
}
