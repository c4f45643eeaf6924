//! Whether probabilities hold: what a scorer said, by ranges, against how often it was so.

use std::collections::BTreeMap;

use crate::model::{Prediction, Truth};
use crate::stats::{BINS, Bin, ClusterCounts, ClusteredShare, Interval, bin_of, korn_graubard};

/// What was said and what was so, by range of probability.
#[derive(Default)]
pub(super) struct ProbabilityBins([Bin; BINS]);

impl ProbabilityBins {
    pub(super) fn bins(&self) -> &[Bin] {
        &self.0
    }

    /// Adds one row.
    pub(super) fn add(&mut self, said: f64, is_true: bool, weight: f64) {
        let bin = &mut self.0[bin_of(said)];
        bin.count += weight;
        bin.said += weight * said;
        bin.true_ones += weight * f64::from(u8::from(is_true));
    }
}

/// The reliability of probabilities: for each label, bins of what was said with what was so.
#[must_use]
pub fn reliability(truth: &Truth, judged: &[Prediction]) -> Vec<(usize, usize, Bin)> {
    let of_label = |label: usize| {
        let mut bins = ProbabilityBins::default();
        for (judged, carried) in judged.iter().zip(&truth.carried) {
            bins.add(judged.probabilities[label], carried[label], 1.0);
        }
        bins.0.into_iter().enumerate().map(move |(number, bin)| (label, number, bin))
    };
    (0..truth.labels.len()).flat_map(of_label).collect()
}

/// How a range of probabilities holds up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holding {
    /// What was said and what was so.
    pub bin: Bin,
    /// The 95 % interval of the share that was so, groups being the units; `None` with fewer than two.
    pub interval: Option<Interval>,
}

/// The same bins over all labels; by row of the truth, `said` has the probability of each label.
#[must_use]
pub fn pooled_reliability(truth: &Truth, said: &[Vec<f64>]) -> Vec<Holding> {
    let mut bins = ProbabilityBins::default();
    let mut units: Vec<BTreeMap<usize, ClusterCounts>> = vec![BTreeMap::new(); bins.0.len()];
    for ((said, carried), group) in said.iter().zip(&truth.carried).zip(&truth.groups) {
        for (share, is_so) in said.iter().zip(carried) {
            bins.add(*share, *is_so, 1.0);
            let unit = units[bin_of(*share)].entry(*group).or_insert(ClusterCounts { n: 0, k: vec![0] });
            unit.n += 1;
            unit.k[0] += u64::from(*is_so);
        }
    }
    let interval = |units: BTreeMap<usize, ClusterCounts>| {
        let units: Vec<ClusterCounts> = units.into_values().collect();
        korn_graubard(&ClusteredShare::of(&units, 0))
    };
    bins.0.into_iter().zip(units).map(|(bin, units)| Holding { bin, interval: interval(units) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::quality::example::{judged, truth};

    #[test]
    fn every_row_is_in_one_range() {
        let truth = truth(&[true, true, false], &[0, 1, 2]);
        let bins = reliability(&truth, &judged(&[0.9, 0.1, 0.2]));
        let count: f64 = bins.iter().filter(|(label, _, _)| *label == 1).map(|(_, _, bin)| bin.count).sum();
        assert!((count - 3.0).abs() < 1e-12, "{count}");
    }

    #[test]
    fn ranges_of_probability_are_held_against_what_was_so_with_groups_as_units() {
        let truth = truth(&[true, true, false, false], &[0, 0, 1, 2]);
        let said = [0.85, 0.82, 0.88, 0.15].map(|share| vec![1.0 - share, share]);
        let found = pooled_reliability(&truth, &said);
        // In 0.8 to 0.9: three times "yes", of which two in one group were so, and once "no", which was.
        let Holding { bin, interval } = found[8];
        assert!((bin.count - 4.0).abs() < 1e-12 && (bin.true_ones - 3.0).abs() < 1e-12, "{bin:?}");
        let interval = interval.unwrap();
        assert!(interval.low < 0.1 && interval.high > 0.99, "three groups tell little: {interval:?}");
        assert_eq!(found[5].interval, None);
    }
}
