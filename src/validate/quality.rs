//! What a scorer says of coded rows against what people said: measures with intervals by resampling groups.

use rayon::prelude::*;

use crate::model::{Prediction, Truth};
use crate::stats::{
    ConfusionCounts, Interval, Seed, calibration_error, centred_interval, distance_interval, mean_of, nominal_alpha,
    weighted_auc,
};
use crate::validate::Metric;
use crate::validate::calibration::ProbabilityBins;

/// A measure with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Which label; `None` for all together.
    pub label: Option<usize>,
    /// What is measured.
    pub metric: Metric,
    /// `None` where it is not defined.
    pub value: Option<f64>,
    /// How many labels it is a mean over, of those that have a value; `None` of one label, and of what is no mean. Of a difference
    /// the fewer of both.
    pub over: Option<usize>,
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

/// What a scorer says of the rows.
#[derive(Clone, Copy, Debug)]
pub struct JudgedRows<'a> {
    /// By row.
    pub predictions: &'a [Prediction],
    /// Whether it holds no row for likelier than another, as who knows the shares of labels alone: its AUC is .5 by definition. Put
    /// together from folds it was .35, since a fold in which a label is frequent leaves few of it to the others.
    pub is_level: bool,
}

/// Resamples of the groups.
const RESAMPLES: usize = 1000;

/// What is measured of scorers in one resample: by scorer and place of the measure.
type Measured<'a> = dyn Fn(&[Vec<Option<f64>>], usize) -> Option<f64> + 'a;

/// Measures `judged`, by scorer, then row, against the truth. All scorers are measured on the same resamples.
#[must_use]
pub fn compare_scorers(truth: &Truth, judged: &[JudgedRows<'_>], seed: Seed) -> ScorerComparison {
    let sheets: Vec<Sheet<'_>> = judged.iter().map(|judged| Sheet::new(truth, *judged)).collect();
    let values: Vec<Vec<Option<f64>>> = sheets.iter().map(|sheet| sheet.measure(&truth.weights)).collect();
    let over: Vec<Vec<Option<usize>>> = sheets.iter().map(Sheet::means_over).collect();
    let resamples = resamples(truth, &sheets, seed);
    let asked = asked(truth);
    let estimates = |value: &Measured<'_>, scorers: [usize; 2]| -> Vec<Estimate> {
        let is_difference = scorers[0] != scorers[1];
        let estimate = |(place, (label, metric)): (usize, &(Option<usize>, Metric))| {
            let over = scorers.map(|scorer| over[scorer][place]);
            let drawn = resamples.iter().map(|resample| value(resample, place)).collect();
            let found = value(&values, place);
            let interval = interval(*metric, found, drawn, is_difference);
            Estimate { label: *label, metric: *metric, value: found, over: over[0].min(over[1]), interval }
        };
        asked.iter().enumerate().map(estimate).collect()
    };
    let last = sheets.len().saturating_sub(1);
    let mut comparison = ScorerComparison::default();
    for scorer in 0..sheets.len() {
        comparison.measures.push(estimates(&|values, place| values[scorer][place], [scorer; 2]));
        comparison.differences.push(if scorer == last {
            Vec::new()
        } else {
            estimates(&|values, place| Some(values[last][place]? - values[scorer][place]?), [last, scorer])
        });
    }
    comparison
}

/// Values by resample, scorer and measure; all scorers are measured on the same resamples of groups. None for one group.
fn resamples(truth: &Truth, sheets: &[Sheet<'_>], seed: Seed) -> Vec<Vec<Vec<Option<f64>>>> {
    let groups = truth.groups.iter().max().map_or(0, |last| last + 1);
    let resample = |number: usize| -> Vec<Vec<Option<f64>>> {
        let mut stream = seed.stream(&format!("evaluation/bootstrap/{number}"));
        let mut drawn = vec![0.0; groups];
        (0..groups).for_each(|_| drawn[stream.below(groups)] += 1.0);
        let weights: Vec<f64> =
            truth.groups.iter().zip(&truth.weights).map(|(group, weight)| drawn[*group] * weight).collect();
        sheets.iter().map(|sheet| sheet.measure(&weights)).collect()
    };
    if groups < 2 { Vec::new() } else { (0..RESAMPLES).into_par_iter().map(resample).collect() }
}

/// Rows from the least value to the greatest.
fn ascending(values: &[f64]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..values.len()).collect();
    rows.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    rows
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
    /// By label: what the rows are ranked by, and the rows in that order.
    ranks: Vec<Vec<f64>>,
    orders: Vec<Vec<usize>>,
    /// By label: probabilities and truths of the rows.
    columns: Vec<(Vec<f64>, Vec<bool>)>,
}

impl<'a> Sheet<'a> {
    fn new(truth: &'a Truth, JudgedRows { predictions: judged, is_level }: JudgedRows<'a>) -> Self {
        let column = |label: usize| -> (Vec<f64>, Vec<bool>) {
            let said = judged.iter().map(|judged| judged.probabilities[label]).collect();
            (said, truth.carried.iter().map(|carried| carried[label]).collect())
        };
        let columns: Vec<_> = (0..truth.labels.len()).map(column).collect();
        let said = columns.iter().map(|(said, _)| said);
        let ranks: Vec<Vec<f64>> =
            if is_level { said.map(|said| vec![0.0; said.len()]).collect() } else { said.cloned().collect() };
        Self { truth, judged, orders: ranks.iter().map(|ranks| ascending(ranks)).collect(), ranks, columns }
    }

    /// Of every measure asked, over how many labels it is a mean.
    fn means_over(&self) -> Vec<Option<usize>> {
        let weights = &self.truth.weights;
        let labels: Vec<OfLabel> = (0..self.columns.len()).map(|label| self.of_label(label, weights)).collect();
        let over = |(label, metric): &(Option<usize>, Metric)| {
            let of = averaged(*metric, self.truth.is_exclusive).filter(|_| label.is_none())?;
            Some(labels.iter().filter(|label| label.value(of).is_some()).count())
        };
        asked(self.truth).iter().map(over).collect()
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
        found.auc = weighted_auc(&self.ranks[label], truly, &self.orders[label], |row| weights[row]);
        found
    }
}

/// What is known of one label.
#[derive(Default)]
struct OfLabel {
    counts: ConfusionCounts,
    /// Rows rightly left without the label.
    rejections: f64,
    squares: f64,
    bins: ProbabilityBins,
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
            Metric::CalibrationError => calibration_error(self.bins.bins()),
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
    bins: ProbabilityBins,
    coincidences: Vec<Vec<f64>>,
}

impl OfAll {
    fn new(sheet: &Sheet<'_>, labels: &[OfLabel], weights: &[f64]) -> Self {
        let count = labels.len();
        let mut all = Self {
            is_exclusive: sheet.truth.is_exclusive,
            right: 0.0,
            rows: weights.iter().sum(),
            bins: ProbabilityBins::default(),
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
        if let Some(of) = averaged(metric, self.is_exclusive) {
            let mean = mean_of(labels.iter().map(|label| label.value(of)))?;
            // Of a row with several classes, the sum over them; with two that is twice the usual for one.
            return Some(if self.is_exclusive && of == Metric::Brier { mean * labels.len() as f64 } else { mean });
        }
        match metric {
            Metric::Accuracy => (self.rows > 0.0).then(|| self.right / self.rows),
            Metric::CalibrationError => calibration_error(self.bins.bins()),
            Metric::Alpha => nominal_alpha(&self.coincidences),
            _ => labels.iter().map(|label| label.counts).fold(ConfusionCounts::default(), ConfusionCounts::plus).f1(),
        }
    }
}

/// What of each label a measure of all together is the mean of; `None` where it is of all rows at once.
const fn averaged(metric: Metric, is_exclusive: bool) -> Option<Metric> {
    match (metric, is_exclusive) {
        (Metric::MicroF1, _) | (Metric::Accuracy | Metric::CalibrationError | Metric::Alpha, true) => None,
        (Metric::MacroF1, _) => Some(Metric::F1),
        (other, _) => Some(other),
    }
}

/// Rows that tests of this folder measure.
#[cfg(test)]
pub(in crate::validate) mod example {
    use super::*;

    pub(in crate::validate) fn judged(said: &[f64]) -> Vec<Prediction> {
        let row = |share: &f64| Prediction {
            carried: vec![*share < 0.5, *share >= 0.5],
            probabilities: vec![1.0 - share, *share],
        };
        said.iter().map(row).collect()
    }

    pub(in crate::validate) fn truth(carried: &[bool], groups: &[usize]) -> Truth {
        Truth {
            labels: vec!["no".to_owned(), "yes".to_owned()],
            is_exclusive: true,
            carried: carried.iter().map(|it| vec![!it, *it]).collect(),
            groups: groups.to_vec(),
            weights: vec![1.0; groups.len()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::example::{judged, truth};
    use super::*;

    fn value(estimates: &[Estimate], label: Option<usize>, metric: Metric) -> Estimate {
        *estimates.iter().find(|it| (it.label, it.metric) == (label, metric)).unwrap()
    }

    fn compared(truth: &Truth, judged: &[Vec<Prediction>]) -> ScorerComparison {
        let rows: Vec<JudgedRows<'_>> =
            judged.iter().map(|predictions| JudgedRows { predictions, is_level: false }).collect();
        compare_scorers(truth, &rows, Seed::new(1))
    }

    /// Two folds, one with two of three rows true, the other with one: each row gets the share of the other fold.
    #[test]
    fn shares_that_differ_between_folds_rank_nothing() {
        let truth = truth(&[true, true, false, true, false, false], &[0, 1, 2, 3, 4, 5]);
        let predictions = judged(&[0.33, 0.33, 0.33, 0.67, 0.67, 0.67]);
        for (is_level, expected) in [(false, 1.0 / 3.0), (true, 0.5)] {
            let rows = JudgedRows { predictions: &predictions, is_level };
            let found = compare_scorers(&truth, &[rows], Seed::new(1));
            for label in [None, Some(1)] {
                let auc = value(&found.measures[0], label, Metric::Auc).value;
                assert!(auc.is_some_and(|auc| (auc - expected).abs() < 1e-12), "{is_level} {label:?}: {auc:?}");
            }
            assert_eq!(value(&found.measures[0], Some(1), Metric::Accuracy).value, Some(1.0 / 3.0), "{is_level}");
        }
    }

    #[test]
    fn means_over_labels_say_of_how_many_they_are() {
        let rows = [[true, false, false], [false, false, true], [true, false, true], [false, false, false]];
        let truth = Truth {
            labels: ["loss", "none of it", "gain"].map(str::to_owned).to_vec(),
            is_exclusive: false,
            carried: rows.iter().map(|row| row.to_vec()).collect(),
            groups: vec![0, 1, 2, 3],
            weights: vec![1.0; 4],
        };
        let said = rows.map(|row| Prediction { carried: row.to_vec(), probabilities: vec![0.2, 0.1, 0.4] });
        let found = &compared(&truth, &[said.to_vec(), said.to_vec()]);
        for estimates in [&found.measures[0], &found.differences[0]] {
            for (label, metric, over) in [
                (None, Metric::Auc, Some(2)),
                (None, Metric::MacroF1, Some(2)),
                (None, Metric::Accuracy, Some(3)),
                (None, Metric::MicroF1, None),
                (Some(0), Metric::Auc, None),
            ] {
                assert_eq!(value(estimates, label, metric).over, over, "{label:?} {metric:?}");
            }
        }
    }

    /// scikit-learn 1.7: `f1_score`, `roc_auc_score`, `brier_score_loss`.
    #[test]
    fn measures_agree_with_scikit_learn() {
        let truth = truth(&[true, true, false, true, false, false], &[0, 1, 2, 3, 4, 5]);
        let found = compared(&truth, &[judged(&[0.9, 0.6, 0.7, 0.3, 0.2, 0.4])]);
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
        let found = compared(&weighted, &[judged(&said)]);
        let expected = compared(&repeated, &[judged(&[said[0], said[1], said[2], said[3], said[3]])]);
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
            let found = compared(&truth, &[judged(&said), judged(&vec![0.3; rows])]);
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
        let found = compared(&truth, &[said.clone(), said]);
        let difference = value(&found.differences[0], None, Metric::Accuracy);
        assert_eq!((difference.value, difference.interval), (Some(0.0), Some(Interval { low: 0.0, high: 0.0 })));
        assert!(found.differences[1].is_empty());
        assert!(value(&found.measures[0], None, Metric::Accuracy).interval.is_some());
    }
}
