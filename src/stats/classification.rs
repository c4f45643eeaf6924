//! How well classes are told apart: measures on counts and on probabilities.

/// Area under the receiver operating characteristic: the chance that a row of the positive side scores above one of the
/// other, ties counting half; `None` where a side is empty. Hanley and `McNeil` (1982).
#[must_use]
pub fn auc(scores: &[f64], positive: &[bool]) -> Option<f64> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    weighted_auc(scores, positive, &order, |_| 1.0)
}

/// The same where rows have weights; `order` are the rows by ascending score.
#[must_use]
pub fn weighted_auc(scores: &[f64], positive: &[bool], order: &[usize], weight: impl Fn(usize) -> f64) -> Option<f64> {
    let (mut below, mut above, mut wins) = (0.0, 0.0, 0.0);
    for tied in order.chunk_by(|a, b| scores[*a].total_cmp(&scores[*b]).is_eq()) {
        let (mut with, mut without) = (0.0, 0.0);
        for row in tied {
            *(if positive[*row] { &mut with } else { &mut without }) += weight(*row);
        }
        wins += with * (below + without / 2.0);
        below += without;
        above += with;
    }
    (below > 0.0 && above > 0.0).then(|| wins / (below * above))
}

/// True and false positives and negatives of a class, perhaps weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ConfusionCounts {
    /// Of the class and found.
    pub hits: f64,
    /// Found and not of the class.
    pub false_alarms: f64,
    /// Of the class and not found.
    pub misses: f64,
}

impl ConfusionCounts {
    /// Share of the found that are of the class; `None` where none is found.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// Share of the class that is found; `None` where the class is empty.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        share(self.hits, self.hits + self.misses)
    }

    /// Harmonic mean of precision and recall; `None` where the class is empty and nothing is found.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        share(2.0 * self.hits, 2.0 * self.hits + self.false_alarms + self.misses)
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            hits: self.hits + other.hits,
            false_alarms: self.false_alarms + other.false_alarms,
            misses: self.misses + other.misses,
        }
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// The mean of the values that are defined; `None` where none is.
#[must_use]
pub fn mean_of(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let (sum, count) = values.flatten().fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    share(sum, count)
}

/// Probabilities are put into this many bins of equal width to be held against what happened.
pub const BINS: usize = 10;

/// A bin of probabilities: rows in it, the sum of their probabilities, and how many were true.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// Rows, perhaps weighted.
    pub count: f64,
    /// Sum of probabilities.
    pub said: f64,
    /// Rows of which it was true.
    pub true_ones: f64,
}

/// The bin that a probability falls into; 1 falls into the last.
#[must_use]
pub fn bin_of(probability: f64) -> usize {
    let edge = |bin: &usize| probability < (*bin as f64 + 1.0) / BINS as f64;
    (0..BINS).find(edge).unwrap_or(BINS - 1)
}

/// Expected calibration error: over [`BINS`] bins of equal width, the difference between mean probability and share of
/// true ones, weighted by rows. Naeini, Cooper and Hauskrecht (2015); `None` without rows.
#[must_use]
pub fn calibration_error(bins: &[Bin]) -> Option<f64> {
    let rows: f64 = bins.iter().map(|bin| bin.count).sum();
    share(bins.iter().map(|bin| (bin.said - bin.true_ones).abs()).sum(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scikit-learn 1.7, `roc_auc_score`.
    #[test]
    fn the_area_counts_ties_half() {
        for (scores, positive, expected) in [
            (&[0.1, 0.4, 0.35, 0.8][..], &[false, false, true, true][..], Some(0.75)),
            (&[0.5, 0.5, 0.5], &[true, false, true], Some(0.5)),
            (&[0.2, 0.9], &[true, true], None),
        ] {
            assert_eq!(auc(scores, positive), expected, "{scores:?}");
        }
    }

    #[test]
    fn weights_count_like_repeated_rows() {
        let (scores, positive) = ([0.1, 0.4, 0.35, 0.8, 0.4], [false, true, true, true, false]);
        let repeated =
            ([0.1, 0.4, 0.4, 0.35, 0.8, 0.4, 0.4, 0.4], [false, true, true, true, true, false, false, false]);
        let weights = [1.0, 2.0, 1.0, 1.0, 3.0];
        let found = weighted_auc(&scores, &positive, &[0, 2, 1, 4, 3], |row| weights[row]);
        assert_eq!(found, auc(&repeated.0, &repeated.1));
    }

    #[test]
    fn shares_of_nothing_are_undefined() {
        let none = ConfusionCounts::default();
        assert_eq!((none.precision(), none.recall(), none.f1()), (None, None, None));
        let some = ConfusionCounts { hits: 6.0, false_alarms: 2.0, misses: 4.0 };
        assert_eq!((some.precision(), some.recall(), some.f1()), (Some(0.75), Some(0.6), Some(12.0 / 18.0)));
        assert_eq!(mean_of([some.f1(), None].into_iter()), some.f1());
    }

    #[test]
    fn calibration_is_the_distance_of_what_is_said_from_what_is() {
        let bins = [Bin { count: 10.0, said: 2.0, true_ones: 4.0 }, Bin { count: 30.0, said: 21.0, true_ones: 21.0 }];
        assert_eq!(calibration_error(&bins), Some(0.05));
        assert_eq!(([0.0, 0.099, 0.1, 0.95, 1.0]).map(bin_of), [0, 0, 1, 9, 9]);
    }
}
