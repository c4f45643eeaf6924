//! What a scorer says of coded rows against what people said: measures with intervals by resampling groups.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Prediction, Truth};
use crate::stats::{
    Bin, ClusterCounts, ClusteredShare, ConfusionCounts, Interval, Seed, bin_of, calibration_error, centred_interval,
    distance_interval, korn_graubard, mean_of, nominal_alpha, weighted_auc,
};

/// One thing that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Share of the rows found that carry the label.
    Precision,
    /// Share of the rows with the label that are found.
    Recall,
    /// Harmonic mean of the two.
    F1,
    /// Mean of the F1 of presence and of absence.
    BalancedF1,
    /// Share of right answers.
    Accuracy,
    /// Mean over labels of F1.
    MacroF1,
    /// F1 of all labels' hits and misses taken together.
    MicroF1,
    /// Area under the receiver operating characteristic.
    Auc,
    /// Mean squared distance of probability and truth.
    Brier,
    /// Mean distance of probability and share of true ones, by bins.
    CalibrationError,
    /// Krippendorff's alpha between people and scorer.
    Alpha,
}

impl Metric {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::F1 => "f1",
            Self::BalancedF1 => "balanced_f1",
            Self::Accuracy => "accuracy",
            Self::MacroF1 => "macro_f1",
            Self::MicroF1 => "micro_f1",
            Self::Auc => "auc",
            Self::Brier => "brier",
            Self::CalibrationError => "calibration_error",
            Self::Alpha => "krippendorff_alpha",
        }
    }

    /// Every metric, in the order of the enum.
    pub const ALL: [Self; 11] = [
        Self::Precision,
        Self::Recall,
        Self::F1,
        Self::BalancedF1,
        Self::Accuracy,
        Self::MacroF1,
        Self::MicroF1,
        Self::Auc,
        Self::Brier,
        Self::CalibrationError,
        Self::Alpha,
    ];

    /// Those of a single label.
    const OF_LABEL: [Self; 9] = [
        Self::Precision,
        Self::Recall,
        Self::F1,
        Self::BalancedF1,
        Self::Accuracy,
        Self::Auc,
        Self::Brier,
        Self::CalibrationError,
        Self::Alpha,
    ];

    /// Those of all labels together.
    const OF_ALL: [Self; 8] = [
        Self::MacroF1,
        Self::BalancedF1,
        Self::MicroF1,
        Self::Accuracy,
        Self::Auc,
        Self::Brier,
        Self::CalibrationError,
        Self::Alpha,
    ];
}

/// A measure with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Which label; `None` for all together.
    pub label: Option<usize>,
    /// What is measured.
    pub metric: Metric,
    /// `None` where it is not defined.
    pub value: Option<f64>,
    /// 95 %, over resampled groups, moved by the bias that the resamples show so that it holds the value; `None` with fewer
    /// than two groups, or where too many resamples leave it undefined.
    pub interval: Option<Interval>,
}

/// The measures of several scorers on the same rows, and the differences of the last from each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScorerComparison {
    /// By scorer.
    pub measures: Vec<Vec<Estimate>>,
    /// By scorer: the last one's measures less this one's; empty for the last itself.
    pub differences: Vec<Vec<Estimate>>,
}

/// Resamples of the groups.
const RESAMPLES: usize = 1000;

/// What is measured of scorers in one resample: by scorer and place of the measure.
type Measured<'a> = dyn Fn(&[Vec<Option<f64>>], usize) -> Option<f64> + 'a;

/// Measures `judged`, by scorer, then row, against the truth. All scorers are measured on the same resamples.
#[must_use]
pub fn compare_scorers(truth: &Truth, judged: &[Vec<Prediction>], seed: Seed) -> ScorerComparison {
    let sheets: Vec<Sheet<'_>> = judged.iter().map(|judged| Sheet::new(truth, judged)).collect();
    let values: Vec<Vec<Option<f64>>> = sheets.iter().map(|sheet| sheet.measure(&truth.weights)).collect();
    let groups = truth.groups.iter().max().map_or(0, |last| last + 1);
    let resample = |number: usize| -> Vec<Vec<Option<f64>>> {
        let mut stream = seed.stream(&format!("evaluation/bootstrap/{number}"));
        let mut drawn = vec![0.0; groups];
        (0..groups).for_each(|_| drawn[stream.below(groups)] += 1.0);
        let weights: Vec<f64> =
            truth.groups.iter().zip(&truth.weights).map(|(group, weight)| drawn[*group] * weight).collect();
        sheets.iter().map(|sheet| sheet.measure(&weights)).collect()
    };
    let resamples: Vec<Vec<Vec<Option<f64>>>> =
        if groups < 2 { Vec::new() } else { (0..RESAMPLES).into_par_iter().map(resample).collect() };
    let asked = asked(truth);
    let estimates = |value: &Measured<'_>, is_difference: bool| -> Vec<Estimate> {
        let estimate = |(place, (label, metric)): (usize, &(Option<usize>, Metric))| {
            let drawn = resamples.iter().map(|resample| value(resample, place)).collect();
            let found = value(&values, place);
            let interval = interval(*metric, found, drawn, is_difference);
            Estimate { label: *label, metric: *metric, value: found, interval }
        };
        asked.iter().enumerate().map(estimate).collect()
    };
    let last = sheets.len().saturating_sub(1);
    let own = |scorer: usize| estimates(&|values, place| values[scorer][place], false);
    let difference = |scorer: usize| {
        if scorer == last {
            return Vec::new();
        }
        estimates(&|values, place| Some(values[last][place]? - values[scorer][place]?), true)
    };
    ScorerComparison {
        measures: (0..sheets.len()).map(own).collect(),
        differences: (0..sheets.len()).map(difference).collect(),
    }
}

/// The interval of a measure, which holds it.
fn interval(metric: Metric, value: Option<f64>, drawn: Vec<Option<f64>>, is_difference: bool) -> Option<Interval> {
    let value = value?;
    match metric {
        Metric::CalibrationError if !is_difference => distance_interval(value, drawn),
        _ if is_difference => centred_interval(value, drawn),
        // The sum of squares over several classes may pass 1, agreement may be less than by chance.
        Metric::Brier => centred_interval(value, drawn).map(|it| Interval { low: it.low.max(0.0), ..it }),
        Metric::Alpha => centred_interval(value, drawn).map(|it| Interval { high: it.high.min(1.0), ..it }),
        _ => centred_interval(value, drawn).map(|it| Interval { low: it.low.max(0.0), high: it.high.min(1.0) }),
    }
}

/// What is measured of every scorer, in order.
fn asked(truth: &Truth) -> Vec<(Option<usize>, Metric)> {
    let all = Metric::OF_ALL.into_iter().map(|metric| (None, metric));
    let labels =
        (0..truth.labels.len()).flat_map(|label| Metric::OF_LABEL.into_iter().map(move |metric| (Some(label), metric)));
    all.chain(labels).collect()
}

/// What one scorer says, laid out to be measured many times.
struct Sheet<'a> {
    truth: &'a Truth,
    judged: &'a [Prediction],
    /// By label: the rows by ascending probability.
    orders: Vec<Vec<usize>>,
    /// By label: probabilities and truths of the rows.
    columns: Vec<(Vec<f64>, Vec<bool>)>,
}

impl<'a> Sheet<'a> {
    fn new(truth: &'a Truth, judged: &'a [Prediction]) -> Self {
        let column = |label: usize| -> (Vec<f64>, Vec<bool>) {
            let said = judged.iter().map(|judged| judged.probabilities[label]).collect();
            (said, truth.carried.iter().map(|carried| carried[label]).collect())
        };
        let columns: Vec<_> = (0..truth.labels.len()).map(column).collect();
        let order = |(said, _): &(Vec<f64>, Vec<bool>)| {
            let mut rows: Vec<usize> = (0..said.len()).collect();
            rows.sort_by(|a, b| said[*a].total_cmp(&said[*b]));
            rows
        };
        Self { truth, judged, orders: columns.iter().map(order).collect(), columns }
    }

    /// Every measure asked, where each row weighs as given.
    fn measure(&self, weights: &[f64]) -> Vec<Option<f64>> {
        let labels: Vec<OfLabel> = (0..self.columns.len()).map(|label| self.of_label(label, weights)).collect();
        let all = OfAll::new(self, &labels, weights);
        let value = |(label, metric): &(Option<usize>, Metric)| match label {
            Some(label) => labels[*label].value(*metric),
            None => all.value(*metric, &labels),
        };
        asked(self.truth).iter().map(value).collect()
    }

    fn of_label(&self, label: usize, weights: &[f64]) -> OfLabel {
        let (said, truly) = &self.columns[label];
        let mut found = OfLabel::default();
        for (row, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            let truth = f64::from(u8::from(truly[row]));
            match (truly[row], self.judged[row].carried[label]) {
                (true, true) => found.counts.hits += weight,
                (true, false) => found.counts.misses += weight,
                (false, true) => found.counts.false_alarms += weight,
                (false, false) => found.rejections += weight,
            }
            found.squares += weight * (said[row] - truth).powi(2);
            found.bins.add(said[row], truly[row], *weight);
        }
        found.auc = weighted_auc(said, truly, &self.orders[label], |row| weights[row]);
        found
    }
}

#[derive(Default)]
struct Bins([Bin; crate::stats::BINS]);

impl Bins {
    fn add(&mut self, said: f64, is_true: bool, weight: f64) {
        let bin = &mut self.0[bin_of(said)];
        bin.count += weight;
        bin.said += weight * said;
        bin.true_ones += weight * f64::from(u8::from(is_true));
    }
}

/// What is known of one label.
#[derive(Default)]
struct OfLabel {
    counts: ConfusionCounts,
    /// Rows rightly left without the label.
    rejections: f64,
    squares: f64,
    bins: Bins,
    auc: Option<f64>,
}

impl OfLabel {
    fn rows(&self) -> f64 {
        self.counts.hits + self.counts.misses + self.counts.false_alarms + self.rejections
    }

    fn absence(&self) -> ConfusionCounts {
        let ConfusionCounts { false_alarms, misses, .. } = self.counts;
        ConfusionCounts { hits: self.rejections, false_alarms: misses, misses: false_alarms }
    }

    fn value(&self, metric: Metric) -> Option<f64> {
        let rows = self.rows();
        match metric {
            Metric::Precision => self.counts.precision(),
            Metric::Recall => self.counts.recall(),
            Metric::F1 => self.counts.f1(),
            Metric::BalancedF1 => mean_of([self.counts.f1(), self.absence().f1()].into_iter()),
            Metric::Accuracy => (rows > 0.0).then(|| (self.counts.hits + self.rejections) / rows),
            Metric::Auc => self.auc,
            Metric::Brier => (rows > 0.0).then(|| self.squares / rows),
            Metric::CalibrationError => calibration_error(&self.bins.0),
            Metric::Alpha => {
                let off = self.counts.misses + self.counts.false_alarms;
                nominal_alpha(&[vec![2.0 * self.counts.hits, off], vec![off, 2.0 * self.rejections]])
            }
            Metric::MacroF1 | Metric::MicroF1 => None,
        }
    }
}

/// What is known of classes only as a whole.
struct OfAll {
    is_exclusive: bool,
    right: f64,
    rows: f64,
    /// Of the most probable class.
    bins: Bins,
    coincidences: Vec<Vec<f64>>,
}

impl OfAll {
    fn new(sheet: &Sheet<'_>, labels: &[OfLabel], weights: &[f64]) -> Self {
        let count = labels.len();
        let mut all = Self {
            is_exclusive: sheet.truth.is_exclusive,
            right: 0.0,
            rows: weights.iter().sum(),
            bins: Bins::default(),
            coincidences: vec![vec![0.0; count]; count],
        };
        if !all.is_exclusive {
            return all;
        }
        let first = |carried: &[bool]| carried.iter().position(|it| *it).unwrap_or(0);
        for (row, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            let judged = &sheet.judged[row];
            let (truly, found) = (first(&sheet.truth.carried[row]), first(&judged.carried));
            all.right += weight * f64::from(u8::from(truly == found));
            all.coincidences[truly][found] += weight;
            all.coincidences[found][truly] += weight;
            let shares = &judged.probabilities;
            let likely = (0..count).fold(0, |best, next| if shares[next] > shares[best] { next } else { best });
            all.bins.add(shares[likely], likely == truly, *weight);
        }
        all
    }

    fn value(&self, metric: Metric, labels: &[OfLabel]) -> Option<f64> {
        let mean = |metric: Metric| mean_of(labels.iter().map(|label| label.value(metric)));
        match (metric, self.is_exclusive) {
            (Metric::MacroF1, _) => mean(Metric::F1),
            (Metric::MicroF1, _) => {
                labels.iter().map(|label| label.counts).fold(ConfusionCounts::default(), ConfusionCounts::plus).f1()
            }
            // Of a row with several classes, the sum over them; with two that is twice the usual for one.
            (Metric::Brier, true) => mean(metric).map(|mean| mean * labels.len() as f64),
            (Metric::Accuracy, true) => (self.rows > 0.0).then(|| self.right / self.rows),
            (Metric::CalibrationError, true) => calibration_error(&self.bins.0),
            (Metric::Alpha, true) => nominal_alpha(&self.coincidences),
            (other, _) => mean(other),
        }
    }
}

/// A cell of the confusion matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confused {
    /// The label asked for, where rows carry several; empty where they carry one class each.
    pub label: String,
    /// What people said.
    pub coded: String,
    /// What the scorer said.
    pub predicted: String,
    /// Rows.
    pub rows: u64,
}

/// The confusion matrix: of classes one matrix; of labels one of presence and absence for each.
#[must_use]
pub fn confusion(truth: &Truth, judged: &[Prediction]) -> Vec<Confused> {
    let count = |is: &dyn Fn(usize) -> bool| (0..judged.len()).filter(|row| is(*row)).count() as u64;
    let mut cells = Vec::new();
    for (label, name) in truth.labels.iter().enumerate() {
        if truth.is_exclusive {
            for (found, other) in truth.labels.iter().enumerate() {
                let rows = count(&|row| truth.carried[row][label] && judged[row].carried[found]);
                cells.push(Confused { label: String::new(), coded: name.clone(), predicted: other.clone(), rows });
            }
        } else {
            for (coded, predicted) in [(false, false), (false, true), (true, false), (true, true)] {
                let rows = count(&|row| truth.carried[row][label] == coded && judged[row].carried[label] == predicted);
                let word = |it: bool| u8::from(it).to_string();
                cells.push(Confused { label: name.clone(), coded: word(coded), predicted: word(predicted), rows });
            }
        }
    }
    cells
}

/// The reliability of probabilities: for each label, bins of what was said with what was so.
#[must_use]
pub fn reliability(truth: &Truth, judged: &[Prediction]) -> Vec<(usize, usize, Bin)> {
    let of_label = |label: usize| {
        let mut bins = Bins::default();
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
    let mut bins = Bins::default();
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

    fn judged(said: &[f64]) -> Vec<Prediction> {
        let row = |share: &f64| Prediction {
            carried: vec![*share < 0.5, *share >= 0.5],
            probabilities: vec![1.0 - share, *share],
        };
        said.iter().map(row).collect()
    }

    fn truth(carried: &[bool], groups: &[usize]) -> Truth {
        Truth {
            labels: vec!["no".to_owned(), "yes".to_owned()],
            is_exclusive: true,
            carried: carried.iter().map(|it| vec![!it, *it]).collect(),
            groups: groups.to_vec(),
            weights: vec![1.0; groups.len()],
        }
    }

    fn value(estimates: &[Estimate], label: Option<usize>, metric: Metric) -> Estimate {
        *estimates.iter().find(|it| (it.label, it.metric) == (label, metric)).unwrap()
    }

    /// scikit-learn 1.7: `f1_score`, `roc_auc_score`, `brier_score_loss`.
    #[test]
    fn measures_agree_with_scikit_learn() {
        let truth = truth(&[true, true, false, true, false, false], &[0, 1, 2, 3, 4, 5]);
        let found = compare_scorers(&truth, &[judged(&[0.9, 0.6, 0.7, 0.3, 0.2, 0.4])], Seed::new(1));
        let found = &found.measures[0];
        for (label, metric, expected) in [
            (None, Metric::MacroF1, 2.0 / 3.0),
            (None, Metric::Accuracy, 2.0 / 3.0),
            (Some(1), Metric::Precision, 2.0 / 3.0),
            (Some(1), Metric::Auc, 6.0 / 9.0),
            (Some(1), Metric::Brier, (0.01 + 0.16 + 0.49 + 0.49 + 0.04 + 0.16) / 6.0),
            (Some(1), Metric::Alpha, 1.0 - 11.0 * 4.0 / 72.0),
        ] {
            let estimate = value(found, label, metric);
            let close = estimate.value.is_some_and(|value| (value - expected).abs() < 1e-12);
            assert!(close, "{metric:?}: {estimate:?}, not {expected}");
        }
    }

    #[test]
    fn a_row_that_stands_for_two_counts_twice() {
        let said = [0.9, 0.6, 0.7, 0.3];
        let mut weighted = truth(&[true, false, false, true], &[0, 1, 2, 3]);
        weighted.weights[3] = 2.0;
        let repeated = truth(&[true, false, false, true, true], &[0, 1, 2, 3, 4]);
        let found = compare_scorers(&weighted, &[judged(&said)], Seed::new(1));
        let expected =
            compare_scorers(&repeated, &[judged(&[said[0], said[1], said[2], said[3], said[3]])], Seed::new(1));
        for (found, expected) in found.measures[0].iter().zip(&expected.measures[0]) {
            let close = found.value.zip(expected.value).is_some_and(|(a, b)| (a - b).abs() < 1e-12);
            assert!(close, "{found:?}, not {expected:?}");
        }
    }

    /// Few rows in few groups, with probabilities that are right, wrong and all alike.
    #[test]
    fn an_interval_holds_its_estimate() {
        for seed in 0..40 {
            let mut stream = Seed::new(seed).stream("rows");
            let rows = 4 + stream.below(40);
            let groups: Vec<usize> = (0..rows).map(|row| row / 2).collect();
            let truth = truth(&(0..rows).map(|_| stream.below(3) == 0).collect::<Vec<_>>(), &groups);
            let said: Vec<f64> = (0..rows).map(|_| stream.below(11) as f64 / 10.0).collect();
            let found = compare_scorers(&truth, &[judged(&said), judged(&vec![0.3; rows])], Seed::new(1));
            for estimate in found.measures.iter().chain(&found.differences).flatten() {
                let (Some(value), Some(Interval { low, high })) = (estimate.value, estimate.interval) else { continue };
                assert!(low <= value + 1e-12 && value <= high + 1e-12, "seed {seed}: {estimate:?}");
            }
        }
    }

    #[test]
    fn a_scorer_does_not_differ_from_itself() {
        let truth = truth(&[true, false, true, false], &[0, 0, 1, 2]);
        let said = judged(&[0.8, 0.3, 0.4, 0.6]);
        let found = compare_scorers(&truth, &[said.clone(), said], Seed::new(1));
        let difference = value(&found.differences[0], None, Metric::Accuracy);
        assert_eq!((difference.value, difference.interval), (Some(0.0), Some(Interval { low: 0.0, high: 0.0 })));
        assert!(found.differences[1].is_empty());
        assert!(value(&found.measures[0], None, Metric::Accuracy).interval.is_some());
    }

    #[test]
    fn confusion_counts_every_row_once() {
        let truth = truth(&[true, true, false], &[0, 1, 2]);
        let cells = confusion(&truth, &judged(&[0.9, 0.1, 0.2]));
        let rows: Vec<u64> = cells.iter().map(|cell| cell.rows).collect();
        assert_eq!(rows, [1, 0, 1, 1]);
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
