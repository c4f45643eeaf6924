//! Shares of what a machine labelled, corrected by trials that people coded too, each drawn with a known probability.
//!
//! The coded trials are set apart by what the machine said of them (the cells of prediction), the share that people find
//! is estimated in each cell, and the cells are put together in the proportions of the whole. With a 0/1 prediction these
//! cell means are the optimal recalibration, so that the estimate is that of prediction-powered inference (Angelopoulos
//! and others 2023) and design-based supervised learning (Egami and others 2023) at their best. Their intervals, though,
//! rest on normal theory, and with 20 to 100 codings cover as little as .34 to .90; these cover .95 on average.
//!
//! Not here: error rates from elsewhere (Rogan and Gladen), which correct nothing where the machine errs otherwise than
//! where they were measured.

use crate::stats::prediction_cell::{CodedTrial, PredictionCell, jeffreys};
use crate::stats::{ClusteredShare, Interval, normal_quantile, t_quantile};

/// The least square of the machine's discrimination by which the variance between documents is given back.
const LEAST_DISCRIMINATION: f64 = 0.05;

/// What a machine says of all trials, coded or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictedShare {
    /// Predicted successes as a share of the trials' weight.
    share: f64,
    /// The trials of equal weight that they are worth.
    trials: f64,
    /// Trials not predicted and predicted to succeed.
    counts: [u64; 2],
    /// Design effect of the share, at least 1.
    deff: f64,
    /// How many trials the unit of an average trial has.
    trials_a_unit: f64,
}

impl PredictedShare {
    /// Of trials in units; `None` without any.
    #[must_use]
    pub fn of(clustered: &ClusteredShare) -> Option<Self> {
        Some(Self {
            share: clustered.share()?,
            trials: clustered.trials,
            counts: [clustered.n - clustered.k, clustered.k],
            deff: clustered.design_effect(),
            trials_a_unit: clustered.trials_a_unit,
        })
    }
}

/// A share corrected by codings, with an interval of any level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorrectedShare {
    predicted: PredictedShare,
    /// Not predicted, and predicted.
    cells: [PredictionCell; 2],
    estimate: f64,
}

impl CorrectedShare {
    /// The share that people would find. Cells of prediction are never joined, however few codings one has; one without a
    /// coding lies between 0 and 1.
    #[must_use]
    pub fn new(predicted: PredictedShare, coded: &[CodedTrial]) -> Self {
        let parts = [1.0 - predicted.share, predicted.share];
        let [none, hit] = predicted.counts;
        let cells =
            [PredictionCell::new(parts[0], none, coded, false), PredictionCell::new(parts[1], hit, coded, true)];
        Self::of_cells(predicted, cells)
    }

    fn of_cells(predicted: PredictedShare, cells: [PredictionCell; 2]) -> Self {
        // Rounding would take a share of all a little past 1, and its variance below 0.
        let estimate = cells.iter().map(PredictionCell::contribution).sum::<f64>().clamp(0.0, 1.0);
        Self { predicted, cells, estimate }
    }

    /// The corrected share, in [0, 1].
    #[must_use]
    pub const fn estimate(&self) -> f64 {
        self.estimate
    }

    /// Whether the machine sorts trials into a cell of which none is coded: with or without the label.
    #[must_use]
    pub fn lacks_codings(&self, is_predicted: bool) -> bool {
        let cell = self.cells[usize::from(is_predicted)];
        cell.part > 0.0 && cell.codings <= 0.0
    }

    /// Interval of level `1 - alpha`, which holds the estimate: the limits of each cell and those of the share if all
    /// trials had been coded, put together by the method of variance estimates recovery. Zou and Donner (2008).
    #[must_use]
    pub fn interval(&self, alpha: f64) -> Interval {
        let units = self.limits_of_units(alpha);
        let mut squares = [(self.estimate - units.low).powi(2), (units.high - self.estimate).powi(2)];
        for cell in &self.cells {
            let [below, above] = cell.squared_distances(alpha);
            squares = [squares[0] + below, squares[1] + above];
        }
        Interval {
            low: (self.estimate - squares[0].sqrt()).max(0.0),
            high: (self.estimate + squares[1].sqrt()).min(1.0),
        }
    }

    /// Limits for the share being that of the units that happened to be published: on as many independent trials as give
    /// its variance between units, widened by Student's t for few units.
    fn limits_of_units(&self, alpha: f64) -> Interval {
        let PredictedShare { trials, deff, trials_a_unit, .. } = self.predicted;
        let (p, quantile) = (self.estimate, 1.0 - alpha / 2.0);
        let variance = self.variance_of_units();
        let effective = if variance > 0.0 { p * (1.0 - p) / variance } else { trials / deff.min(trials_a_unit) };
        let df = (trials / trials_a_unit - 1.0).max(1.0);
        jeffreys(p, effective * (normal_quantile(quantile) / t_quantile(quantile, df)).powi(2), alpha)
    }

    /// Variance of the share because other units could have been published. How alike trials of a unit are is known of
    /// the machine's labels only; its errors have blurred that, by the square of its true less its false positive rate.
    fn variance_of_units(&self) -> f64 {
        let PredictedShare { share: s, trials, deff, trials_a_unit, .. } = self.predicted;
        let (p, hit) = (self.estimate, self.cells[1].share);
        let binomial = p * (1.0 - p);
        let discrimination = (s * hit / p - s * (1.0 - hit) / (1.0 - p)).powi(2);
        let discrimination = if discrimination.is_finite() { discrimination.max(LEAST_DISCRIMINATION) } else { 1.0 };
        let extra = (deff - 1.0) * s * (1.0 - s) / discrimination;
        (binomial + extra).min(binomial * trials_a_unit) / trials
    }

    /// How much each coded trial moves the estimate, in the order given: what two estimates from the same codings are
    /// correlated by. Linearisation as in Woodruff (1971).
    #[must_use]
    pub fn influences(&self, coded: &[CodedTrial]) -> Vec<f64> {
        let influence = |trial: &CodedTrial| {
            let cell = &self.cells[usize::from(trial.is_predicted)];
            let off = f64::from(u8::from(trial.is_success)) - cell.share;
            cell.part * trial.weight * off / cell.weight
        };
        coded.iter().map(influence).collect()
    }

    /// The share as it may look with `factor` times as many codings drawn alike. Shares of cells are drawn half a success
    /// and half a failure towards the middle, or a cell where none was found would be taken for known.
    #[must_use]
    pub(super) fn with_codings(&self, factor: f64) -> Self {
        let all: f64 = self.cells.iter().map(|cell| cell.codings).sum();
        let cells = self.cells.map(|cell| {
            let share = (cell.share * cell.effective + 0.5) / (cell.effective + 1.0);
            // Of a cell without codings nothing is known but that a further draw would give it about half of them.
            let [codings, effective] =
                if cell.codings > 0.0 { [cell.codings, cell.effective] } else { [all / 2.0, all / 2.0] };
            PredictionCell { share, codings: codings * factor, effective: effective * factor, ..cell }
        });
        Self::of_cells(self.predicted, cells)
    }

    /// Codings, and the variance that one alone would leave, by the shares as [`Self::with_codings`] has them.
    pub(super) fn codings_and_variance(&self) -> [f64; 2] {
        let codings: f64 = self.cells.iter().map(|cell| cell.codings).sum();
        let variance = |cell: &PredictionCell| {
            let share = (cell.share * cell.effective + 0.5) / (cell.effective + 1.0);
            cell.part * cell.part * share * (1.0 - share) / cell.effective.max(0.5)
        };
        [codings, codings * self.cells.iter().map(variance).sum::<f64>()]
    }
}

/// Correlation of two estimates from the influences of the same codings on each, in the same order; 0 where either does not
/// vary.
#[must_use]
pub fn correlation_of_estimates(first: &[f64], second: &[f64]) -> f64 {
    let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let scale = (sum(first, first) * sum(second, second)).sqrt();
    if scale > 0.0 { (sum(first, second) / scale).clamp(-1.0, 1.0) } else { 0.0 }
}

/// How often one coder errs, at most, if two of them code the share `disagreement` of trials differently: both are taken to
/// err independently and as often in either direction. Errors that they share show in no agreement. In [0, 1/2].
#[must_use]
pub fn error_by_disagreement(disagreement: f64) -> f64 {
    (1.0 - (1.0 - 2.0 * disagreement).max(0.0).sqrt()) / 2.0
}

/// Where the truth lies if at most the share `error` of codings is wrong, all of them in one direction or the other: limits
/// of the share as coded, moved apart.
#[must_use]
pub fn bounds_with_error(as_coded: Interval, error: f64) -> Interval {
    let within = |share: f64| share.clamp(0.0, 1.0);
    Interval { low: within((as_coded.low - error) / (1.0 - error)), high: within(as_coded.high / (1.0 - error)) }
}

/// The groups of the worked values, for the tests of all that builds on a corrected share.
#[cfg(test)]
pub(super) mod worked {
    use super::*;

    /// So many codings alike: success, prediction, probability.
    pub(in crate::stats) type Codings = (bool, bool, f64, usize);

    fn trials(codings: &[Codings]) -> Vec<CodedTrial> {
        let one = |(is_success, is_predicted, inclusion, times): &Codings| {
            let trial = CodedTrial { is_predicted: *is_predicted, is_success: *is_success, weight: 1.0 / inclusion };
            std::iter::repeat_n(trial, *times)
        };
        codings.iter().flat_map(one).collect()
    }

    fn predicted(counts: [u64; 2], deff: f64, trials_a_unit: f64) -> PredictedShare {
        let trials = (counts[0] + counts[1]) as f64;
        PredictedShare { share: counts[1] as f64 / trials, trials, counts, deff, trials_a_unit }
    }

    pub(in crate::stats) fn group(
        counts: [u64; 2],
        deff: f64,
        trials_a_unit: f64,
        codings: &[Codings],
    ) -> CorrectedShare {
        CorrectedShare::new(predicted(counts, deff, trials_a_unit), &trials(codings))
    }

    pub(in crate::stats) fn a() -> CorrectedShare {
        let hits = [(true, true, 0.1, 14), (false, true, 0.1, 11)];
        let others = [(true, false, 0.02, 2), (false, false, 0.02, 18), (false, false, 0.1, 5)];
        group([600, 300], 2.4, 18.0, &[&hits[..], &others[..]].concat())
    }

    pub(in crate::stats) fn b() -> CorrectedShare {
        let codings = [(true, true, 0.2, 20), (false, true, 0.2, 4), (true, false, 0.03, 3), (false, false, 0.03, 23)];
        group([880, 120], 1.6, 20.0, &codings)
    }

    pub(in crate::stats) fn c(hits: usize) -> CorrectedShare {
        group([490, 10], 1.0, 16.0, &[(true, true, 0.1, hits), (false, false, 0.05, 24)])
    }

    /// Two frames coded on the same sentences: predictions and labels of both, probability, times.
    const BOTH: [(bool, bool, bool, bool, f64, usize); 8] = [
        (true, false, true, false, 0.1, 10),
        (true, false, false, false, 0.1, 8),
        (true, true, true, true, 0.1, 3),
        (true, true, false, true, 0.1, 4),
        (false, true, false, true, 0.1, 5),
        (false, true, true, false, 0.02, 2),
        (false, false, false, false, 0.02, 16),
        (false, false, false, true, 0.02, 2),
    ];

    /// The two shares and their correlation.
    pub(in crate::stats) fn frames() -> ([CorrectedShare; 2], f64) {
        let coded: [Vec<Codings>; 2] = [
            BOTH.map(|row| (row.2, row.0, row.4, row.5)).to_vec(),
            BOTH.map(|row| (row.3, row.1, row.4, row.5)).to_vec(),
        ];
        let shares = [group([600, 300], 2.4, 18.0, &coded[0]), group([720, 180], 2.4, 18.0, &coded[1])];
        let [a, b] = [0, 1].map(|frame| shares[frame].influences(&trials(&coded[frame])));
        (shares, correlation_of_estimates(&a, &b))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::UnitCount;

    const ALPHA: f64 = 0.05;

    fn assert_close(found: f64, expected: f64, what: &str) {
        assert!((found - expected).abs() < 1e-9, "{what}: {found}, not {expected}");
    }

    fn assert_limits(found: Interval, expected: [f64; 2], what: &str) {
        assert_close(found.low, expected[0], &format!("low of {what}"));
        assert_close(found.high, expected[1], &format!("high of {what}"));
    }

    /// Computed with `NumPy` 2.4 and `SciPy` 1.17 by a script of their own, as all values of this file.
    #[test]
    fn corrected_shares_are_those_worked_out() {
        let d_a = 0.001_348_689_656_5;
        for (what, share, estimate, limits) in [
            ("A", worked::a(), 0.250_158_730_2, [0.146_649_397_3, 0.398_901_419_3]),
            ("B", worked::b(), 0.201_538_461_5, [0.117_880_517_4, 0.349_003_903_2]),
            ("C, cells apart", worked::c(1), 0.02, [0.000_986_452_3, 0.115_372_245_6]),
            ("C without its coded hit", worked::c(0), 0.01, [0.0, 0.105_370_079_2]),
            ("frame a", worked::frames().0[0], 0.236_825_396_8, [0.132_515_602_0, 0.388_468_915_0]),
            ("frame b", worked::frames().0[1], 0.183_164_983_2, [0.080_329_006_3, 0.339_013_055_4]),
        ] {
            assert_close(share.estimate(), estimate, what);
            assert_limits(share.interval(ALPHA), limits, what);
        }
        assert_close(worked::a().variance_of_units(), d_a, "variance of A between units");
        assert_limits(worked::a().limits_of_units(ALPHA), [0.182_304_473_3, 0.328_806_826_7], "units of A");
        assert_limits(worked::b().limits_of_units(ALPHA), [0.161_692_712_7, 0.246_396_983_2], "units of B");
        assert_close(worked::c(1).variance_of_units(), 0.000_039_2, "variance of C between units");
        assert!(worked::c(0).lacks_codings(true) && !worked::c(1).lacks_codings(true));
    }

    /// 120 documents, 48 with the label; coded 15 of 20 and 2 of 20 of them.
    #[test]
    fn documents_are_units_of_one_trial() {
        let codings = [
            (true, true, 20.0 / 48.0, 15),
            (false, true, 20.0 / 48.0, 5),
            (true, false, 20.0 / 72.0, 2),
            (false, false, 20.0 / 72.0, 18),
        ];
        let share = worked::group([72, 48], 1.0, 1.0, &codings);
        assert_close(share.estimate(), 0.36, "share");
        assert_limits(share.interval(ALPHA), [0.247_309_494_6, 0.497_112_196_2], "documents");
        let units = (0..120).map(|unit| UnitCount { k: u64::from(unit < 48), n: 1 });
        let found = PredictedShare::of(&ClusteredShare::of_counts(units)).unwrap();
        assert_close(found.trials / found.deff.min(found.trials_a_unit), 120.0, "trials that the documents are worth");
    }

    #[test]
    fn documents_of_equal_weight_are_those_worked_out() {
        let sizes = [(1, 4), (3, 10), (2, 20), (10, 40)].map(|(k, n)| UnitCount { k, n });
        let predicted = PredictedShare::of(&ClusteredShare::of_equal_units(sizes.iter().copied())).unwrap();
        for (what, found, expected) in [
            ("share", predicted.share, 0.225),
            ("trials", predicted.trials, 37.647_058_823_5),
            ("trials a unit", predicted.trials_a_unit, 9.411_764_705_9),
            ("deff", predicted.deff, 1.0),
        ] {
            assert_close(found, expected, what);
        }
        let coded = [
            [0, 0, 1],
            [0, 2, 0],
            [1, 0, 1],
            [1, 1, 0],
            [1, 5, 0],
            [1, 6, 1],
            [2, 0, 1],
            [2, 9, 0],
            [2, 12, 0],
            [2, 15, 0],
            [3, 0, 1],
            [3, 1, 0],
            [3, 2, 1],
            [3, 20, 0],
            [3, 30, 1],
            [3, 35, 0],
        ];
        let trial = |[document, sentence, success]: [usize; 3]| {
            let unit = sizes[document];
            let is_predicted = (sentence as u64) < unit.k;
            let inclusion = if is_predicted { 0.5 } else { 0.2 };
            CodedTrial { is_predicted, is_success: success == 1, weight: 1.0 / (4.0 * unit.n as f64 * inclusion) }
        };
        let share = CorrectedShare::new(predicted, &coded.map(trial));
        let [none, hit] = share.cells;
        for (what, found, expected) in [
            ("share without the label", none.share, 0.185_185_185_2),
            ("share with it", hit.share, 0.782_608_695_7),
            ("codings without the label", none.effective, 4.959_183_673_5),
            ("codings with it", hit.effective, 3.805_755_395_7),
            ("share", share.estimate(), 0.319_605_475_0),
        ] {
            assert_close(found, expected, what);
        }
        assert_limits(share.interval(ALPHA), [0.079_913_274_4, 0.721_311_838_0], "documents of equal weight");
    }

    #[test]
    fn the_same_codings_correlate_two_estimates() {
        assert_close(worked::frames().1, -0.449_143_710_0, "rho");
        assert_close(correlation_of_estimates(&[0.0, 0.0], &[1.0, 2.0]), 0.0, "nothing to correlate");
    }

    #[test]
    fn bounds_by_agreement_are_those_worked_out() {
        let as_coded = worked::a().interval(ALPHA);
        assert_limits(bounds_with_error(as_coded, error_by_disagreement(0.1)), [0.099_093_798_1, 0.421_131_433_5], "A");
        assert_limits(
            bounds_with_error(as_coded, error_by_disagreement(0.0)),
            [as_coded.low, as_coded.high],
            "coders who agree",
        );
    }

    #[test]
    fn a_census_of_codings_is_as_sure_as_the_documents_are() {
        let all = worked::group(
            [600, 300],
            2.4,
            18.0,
            &[(true, true, 1.0, 200), (false, true, 1.0, 100), (false, false, 1.0, 600)],
        );
        let units = all.limits_of_units(ALPHA);
        assert_limits(all.interval(ALPHA), [units.low, units.high], "nothing is left to be coded");
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_corrected_share(
            counts in (0..400_u64, 0..400_u64),
            shape in (1.0..20.0_f64, 1.0..40.0_f64),
            codings in proptest::collection::vec((any::<bool>(), any::<bool>(), 0.01..=1.0_f64, 1..4_usize), 0..20),
            alpha in 1e-9..0.9_f64,
        ) {
            prop_assume!(counts.0 + counts.1 > 0);
            let share = worked::group([counts.0, counts.1], shape.0, shape.1, &codings);
            let Interval { low, high } = share.interval(alpha);
            let p = share.estimate();
            prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0, "{p} in [{low}, {high}]");
        }
    }
}
