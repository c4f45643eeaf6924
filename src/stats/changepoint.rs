//! Changepoints: bins of time at which a share takes another level, without a day named before looking.

use crate::stats::dealing::TIE;
use crate::stats::{ClusterCounts, RandomStream, UnitCount, ln_beta};

/// The least bins of a level.
const LEAST_BINS_A_LEVEL: usize = 2;

/// Trials up to which logarithms are kept: two megabytes of them.
const MOST_LOGS: u64 = 1 << 18;

/// Where the successes of a series take another level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelChanges {
    /// The bins that begin a level, without the first; ascending.
    pub starts: Vec<usize>,
    /// Twice the log-likelihood that the best split into two gains, undivided.
    pub gain: f64,
    /// The bin that begins the second level of that split.
    pub split: usize,
}

/// Running sums, from which the cost of any stretch follows.
struct Sums(Vec<(f64, f64)>);

impl Sums {
    fn of(bins: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut sums = vec![(0.0, 0.0)];
        let (mut successes, mut trials) = (0.0, 0.0);
        for (k, n) in bins {
            successes += k;
            trials += n;
            sums.push((successes, trials));
        }
        Self(sums)
    }

    fn stretch(&self, from: usize, to: usize) -> (f64, f64) {
        let ((k_before, n_before), (k, n)) = (self.0[from], self.0[to]);
        (k - k_before, n - n_before)
    }

    /// Minus twice the binomial log-likelihood of a stretch at its own share.
    fn cost(&self, from: usize, to: usize) -> f64 {
        let (k, n) = self.stretch(from, to);
        let part = |count: f64| if count > 0.0 { count * (count / n).ln() } else { 0.0 };
        -2.0 * (part(k) + part(n - k))
    }

    fn bins(&self) -> usize {
        self.0.len() - 1
    }

    /// The best split into two levels, and what it gains.
    fn split(&self) -> (usize, f64) {
        let bins = self.bins();
        let whole = self.cost(0, bins);
        let mut best = (0, 0.0);
        for at in LEAST_BINS_A_LEVEL..=bins.saturating_sub(LEAST_BINS_A_LEVEL) {
            let gain = whole - self.cost(0, at) - self.cost(at, bins);
            if gain > best.1 {
                best = (at, gain);
            }
        }
        best
    }
}

/// The penalty for a change among so many bins: three times the logarithm of their number.
///
/// On the cost over the design effect false alarms are simulated at .005 to .035 (at `2 ln T + 1`: .04 to .075); without
/// the design effect they are .16 to .83.
#[must_use]
pub fn change_penalty(bins: usize) -> f64 {
    3.0 * (bins as f64).ln()
}

/// The levels whose binomial cost over `design_effect`, with `penalty` for each, is the least of all: optimal
/// partitioning of Jackson et al. (2005), the exact minimum that PELT (Killick, Fearnhead and Eckley 2012) finds with fewer steps.
#[must_use]
pub fn level_changes(bins: &[UnitCount], design_effect: f64, penalty: f64) -> LevelChanges {
    let sums = Sums::of(bins.iter().map(|bin| (bin.k as f64, bin.n as f64)));
    // By end of a level: the least cost up to it, and where its last level begins.
    let mut least = vec![(f64::INFINITY, 0); bins.len() + 1];
    least[0] = (-penalty, 0);
    for end in LEAST_BINS_A_LEVEL..=bins.len() {
        for start in 0..=end - LEAST_BINS_A_LEVEL {
            let cost = least[start].0 + sums.cost(start, end) / design_effect + penalty;
            if cost < least[end].0 {
                least[end] = (cost, start);
            }
        }
    }
    let mut starts = Vec::new();
    let mut start = least[bins.len()].1;
    while start > 0 {
        starts.push(start);
        start = least[start].1;
    }
    starts.reverse();
    let (split, gain) = sums.split();
    LevelChanges { starts, gain, split }
}

/// The penalty from which on fewer changes than these would be found, of any number of them the cheapest: how far along the path of
/// penalties the changes last (Haynes, Eckley and Fearnhead 2017). `None` without changes.
#[must_use]
pub fn penalty_of_fewer(bins: &[UnitCount], design_effect: f64, changes: usize) -> Option<f64> {
    let sums = Sums::of(bins.iter().map(|bin| (bin.k as f64, bin.n as f64)));
    let mut by_end: Vec<f64> = (0..=bins.len()).map(|end| sums.cost(0, end) / design_effect).collect();
    let mut totals = vec![by_end[bins.len()]];
    for levels in 2..=changes + 1 {
        let least = |end: usize| {
            let starts = LEAST_BINS_A_LEVEL * (levels - 1)..(end + 1).saturating_sub(LEAST_BINS_A_LEVEL);
            let costs = starts.map(|start| by_end[start] + sums.cost(start, end) / design_effect);
            costs.fold(f64::INFINITY, f64::min)
        };
        by_end = (0..=bins.len()).map(least).collect();
        totals.push(by_end[bins.len()]);
    }
    let last = *totals.last()?;
    let fewer = (1..=changes).rev().zip(&totals);
    fewer.map(|(dropped, cost)| (cost - last) / dropped as f64).reduce(f64::min)
}

/// How likely each bin is to begin the second of two levels, all bins being alike before, with uniform shares (Beta(1, 1)); from
/// the third bin to the last but one. The counts are divided by the design effect, as clustered trials say less. Sums to 1;
/// empty for fewer than four bins. Smith (1975), for binomial series.
#[must_use]
pub fn change_posterior(bins: &[UnitCount], design_effect: f64) -> Vec<(usize, f64)> {
    let sums = Sums::of(bins.iter().map(|bin| (bin.k as f64 / design_effect, bin.n as f64 / design_effect)));
    let level = |from: usize, to: usize| {
        let (k, n) = sums.stretch(from, to);
        ln_beta(1.0 + k, 1.0 + (n - k).max(0.0))
    };
    let last = bins.len().saturating_sub(LEAST_BINS_A_LEVEL);
    let logs: Vec<(usize, f64)> =
        (LEAST_BINS_A_LEVEL..=last).map(|at| (at, level(0, at) + level(at, bins.len()))).collect();
    let most = logs.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = logs.iter().map(|(_, log)| (log - most).exp()).sum();
    logs.into_iter().map(|(at, log)| (at, (log - most).exp() / total)).collect()
}

/// A cluster and the bin that its trials are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinnedCluster {
    /// Number of the bin.
    pub bin: usize,
    /// Its counts, by kind of successes.
    pub counts: ClusterCounts,
}

/// For each kind of successes the p-value of its best split into two levels, by dealing the clusters out over the bins anew:
/// `(1 + b) / (1 + draws)` with `b` draws whose best split gains at least as much. Phipson and Smyth (2010).
#[must_use]
pub fn split_p_values(clusters: &[BinnedCluster], draws: u32, stream: &mut RandomStream) -> Vec<f64> {
    let mut bins: Vec<usize> = clusters.iter().map(|cluster| cluster.bin).collect();
    let splits = Splits::new(clusters);
    let mut counts = BinCounts::default();
    let observed = splits.gains(&bins, &mut counts);
    let mut extreme = vec![0_u32; splits.kinds];
    for _ in 0..draws {
        for place in (1..bins.len()).rev() {
            bins.swap(place, stream.below(place + 1));
        }
        let gains = splits.gains(&bins, &mut counts);
        for ((found, observed), extreme) in gains.iter().zip(&observed).zip(&mut extreme) {
            *extreme += u32::from(*found >= observed * (1.0 - TIE));
        }
    }
    extreme.into_iter().map(|extreme| f64::from(extreme + 1) / f64::from(draws + 1)).collect()
}

/// Clusters whose best splits are sought again and again.
struct Splits<'a> {
    clusters: &'a [BinnedCluster],
    kinds: usize,
    bins: usize,
    /// `x ln x` of whole numbers: a logarithm for each stretch of each draw would take nearly all of the time.
    logs: Vec<f64>,
}

/// Counts by bin, of the successes by kind first.
#[derive(Default)]
struct BinCounts {
    trials: Vec<u64>,
    successes: Vec<u64>,
}

impl<'a> Splits<'a> {
    fn new(clusters: &'a [BinnedCluster]) -> Self {
        let trials: u64 = clusters.iter().map(|cluster| cluster.counts.n).sum();
        Self {
            clusters,
            kinds: clusters.first().map_or(0, |cluster| cluster.counts.k.len()),
            bins: clusters.iter().map(|cluster| cluster.bin + 1).max().unwrap_or_default(),
            logs: (0..=trials.min(MOST_LOGS)).map(x_ln_x).collect(),
        }
    }

    /// What the best split of each kind gains, with clusters in these bins.
    fn gains(&self, bins: &[usize], counts: &mut BinCounts) -> Vec<f64> {
        let BinCounts { trials, successes } = counts;
        for (sums, size) in [(&mut *trials, self.bins), (&mut *successes, self.kinds * self.bins)] {
            sums.clear();
            sums.resize(size, 0);
        }
        for (cluster, bin) in self.clusters.iter().zip(bins) {
            trials[*bin] += cluster.counts.n;
            for (kind, k) in cluster.counts.k.iter().enumerate() {
                successes[kind * self.bins + bin] += k;
            }
        }
        successes.chunks(self.bins.max(1)).map(|successes| self.best_gain(successes, trials)).collect()
    }

    /// Twice the log-likelihood that the best split into two levels gains, 0 at least.
    fn best_gain(&self, successes: &[u64], trials: &[u64]) -> f64 {
        let (all_k, all_n): (u64, u64) = (successes.iter().sum(), trials.iter().sum());
        let whole = self.likelihood(all_k, all_n);
        let (mut k, mut n, mut best) = (0, 0, 0.0_f64);
        let last = trials.len().saturating_sub(LEAST_BINS_A_LEVEL);
        for (at, (successes, trials)) in (1..=last).zip(successes.iter().zip(trials)) {
            (k, n) = (k + successes, n + trials);
            if at >= LEAST_BINS_A_LEVEL {
                best = best.max(self.likelihood(k, n) + self.likelihood(all_k - k, all_n - n) - whole);
            }
        }
        2.0 * best
    }

    /// The binomial log-likelihood of a stretch at its own share.
    fn likelihood(&self, k: u64, n: u64) -> f64 {
        let at = |count: u64| {
            usize::try_from(count).ok().and_then(|place| self.logs.get(place)).copied().unwrap_or_else(|| x_ln_x(count))
        };
        at(k) + at(n - k) - at(n)
    }
}

/// `x ln x`, which is 0 at 0.
fn x_ln_x(count: u64) -> f64 {
    if count == 0 { 0.0 } else { count as f64 * (count as f64).ln() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    /// Sixteen bins of 20 trials, whose share doubles in the middle.
    const SIXTEEN: [u64; 16] = [6, 7, 5, 6, 6, 7, 5, 6, 12, 13, 11, 12, 13, 12, 11, 12];

    fn sixteen() -> Vec<UnitCount> {
        SIXTEEN.iter().map(|k| UnitCount { k: *k, n: 20 }).collect()
    }

    /// Values of an exhaustive search written in Python with `NumPy` and `SciPy`.
    #[test]
    fn levels_are_those_of_an_exhaustive_search() {
        for (design_effect, penalty, starts) in [
            (1.0, change_penalty(16), &[8][..]),
            (1.0, 40.0, &[]),
            (5.0, change_penalty(16), &[]),
            (1.0, 16.0_f64.ln(), &[8]),
        ] {
            let found = level_changes(&sixteen(), design_effect, penalty);
            assert_eq!(found.starts, starts, "design effect {design_effect}, penalty {penalty}");
            assert!((found.gain - 29.568_530_676_2).abs() < 1e-9 && found.split == 8, "{found:?}");
        }
    }

    #[test]
    fn changes_last_up_to_a_penalty_and_not_beyond() {
        let three: Vec<UnitCount> =
            (0..24).map(|bin| UnitCount { k: [6, 15, 10][bin / 8] + bin as u64 % 2, n: 20 }).collect();
        for (case, bins, changes) in [("two levels", sixteen(), 1), ("three levels", three, 2)] {
            let penalty = penalty_of_fewer(&bins, 1.5, changes).unwrap();
            let found = [penalty - 1e-9, penalty + 1e-9].map(|at| level_changes(&bins, 1.5, at).starts.len());
            assert!(found[0] == changes && found[1] < changes, "{case}: {found:?} around {penalty}");
        }
        let one = penalty_of_fewer(&sixteen(), 1.0, 1).unwrap();
        assert!((one - 29.568_530_676_2).abs() < 1e-9, "of one change it is what the split gains: {one}");
        assert_eq!(penalty_of_fewer(&sixteen(), 1.0, 0), None);
    }

    #[test]
    fn the_posterior_of_the_date_is_the_one_computed_elsewhere() {
        let posterior = change_posterior(&sixteen(), 1.0);
        assert_eq!((posterior[0].0, posterior[posterior.len() - 1].0), (2, 14));
        for (at, expected) in [(5, 0.000_338), (7, 0.036_224), (8, 0.928_067), (9, 0.032_948), (14, 0.000_002)] {
            let (_, found) = posterior[at - 2];
            assert!((found - expected).abs() < 5e-7, "{at}: {found}");
        }
        assert!((posterior.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
        // Clustered trials tell the date less sharply.
        assert!(change_posterior(&sixteen(), 5.0)[6].1 < 0.6);
        assert!(change_posterior(&sixteen()[..3], 1.0).is_empty());
    }

    #[test]
    fn a_change_is_told_from_none_by_dealing_clusters_over_the_bins() {
        let clusters: Vec<BinnedCluster> = SIXTEEN
            .iter()
            .enumerate()
            .map(|(bin, k)| BinnedCluster { bin, counts: ClusterCounts { n: 20, k: vec![*k, 4 + k % 2] } })
            .collect();
        let found = split_p_values(&clusters, 199, &mut Seed::new(1).stream("split"));
        assert!((found[0] - 0.005).abs() < 1e-12 && found[1] > 0.2, "{found:?}");
    }
}
