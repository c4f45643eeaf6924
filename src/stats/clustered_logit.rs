//! Logistic regression of successes among trials, with a variance that leaves out one cluster at a time.
//!
//! Trials come in clusters (sentences in documents, documents in days), so that the usual standard errors are far too
//! small: simulated, 95 % intervals of a trend over 10 to 100 documents cover .53 to .91 with them, .85 to .95 with
//! `G/(G-1)` times the squares of clusters, and .92 to .99 with these.

use std::collections::BTreeMap;
use std::ops::Range;

use thiserror::Error;

use crate::stats::symmetric::Symmetric;
use crate::stats::{Interval, f_tail, t_quantile, t_two_sided};

/// Trials with the same covariates, and the cluster that they belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct LogitRow {
    /// Successes.
    pub k: u64,
    /// Trials.
    pub n: u64,
    /// Covariates; the constant, 1, is added in front of them.
    pub covariates: Vec<f64>,
    /// Number of the cluster.
    pub cluster: usize,
}

impl LogitRow {
    /// Writes the constant, then the covariates.
    fn write_with_constant(&self, x: &mut Vec<f64>) {
        x.clear();
        x.push(1.0);
        x.extend_from_slice(&self.covariates);
    }
}

/// A regression that found its coefficients.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusteredLogit {
    /// Log-odds: the constant, then one for each covariate.
    pub coefficients: Vec<f64>,
    /// Of the coefficients.
    covariance: Symmetric,
    /// Clusters with trials.
    pub clusters: usize,
}

/// Why a regression has no coefficients, or no variance for them; as it stands in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LogitTrouble {
    /// All trials succeed, or none.
    #[error("no hits, or nothing but hits: nothing to explain")]
    NoVariation,
    /// Some combination of covariates tells successes from failures without fail, so that the likelihood grows forever.
    #[error("separation: hits, or their absence, go wholly with a level or a side of a date; no estimate")]
    Separation,
    /// A covariate follows from the others.
    #[error("the terms cannot be told apart: one follows from the others")]
    Collinear,
    /// Without one of the clusters a covariate would follow from the others, so that nothing says how far to trust it.
    #[error("one document alone decides a term: no variance")]
    LoneCluster,
    /// There are no more clusters than coefficients.
    #[error("no more documents than coefficients")]
    FewClusters,
}

/// An estimate that follows from the coefficients, and its standard error by the delta method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeltaEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom: clusters less coefficients.
    pub df: f64,
}

/// Wald's test that some coefficients are all 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaldTest {
    /// The statistic over the number of coefficients, held against Snedecor's F.
    pub f: f64,
    /// Number of coefficients.
    pub numerator_df: u64,
    /// Clusters less all coefficients.
    pub denominator_df: u64,
    /// Probability of an F at least as large.
    pub p_value: f64,
}

/// What an average marginal effect is of. Covariates are counted from 0, without the constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarginalChange {
    /// One more of a covariate, at the slope that each row has.
    Slope(usize),
    /// From the base to one level of a term that has an indicator for each other level.
    Level {
        /// Indicators of the term.
        term: Range<usize>,
        /// The one of the level.
        level: usize,
    },
}

/// Steps after which the likelihood is said to grow forever.
// Newton's method doubles its right digits with each step once it is near. Where there is no maximum a step gains only a
// factor e, and 30 of them come to 1e-13: far from what convergence asks for.
const MOST_STEPS: u32 = 30;

/// Squared distance from the maximum, in standard errors, at which it is reached.
const REACHED: f64 = 1e-20;

/// A row whose leverage is nearer to 1 decides a coefficient alone.
const LEAST_FREEDOM: f64 = 1e-8;

/// The covariates that follow from the constant and the covariates before them, as an outlet does that alone has a section and has
/// no other: no coefficient of theirs can be told. In R's `glm` their coefficients are `NA`. By each the coefficients that it is a
/// combination of, the constant being the first: were another of them left out in its place, they would be others.
#[must_use]
pub fn dependent_covariates(rows: &[LogitRow]) -> BTreeMap<usize, Vec<usize>> {
    let mut products = Symmetric::zero(rows.first().map_or(1, |row| row.covariates.len() + 1));
    let mut x = Vec::new();
    for row in rows.iter().filter(|row| row.n > 0) {
        row.write_with_constant(&mut x);
        products.add_outer(1.0, &x);
    }
    products.dependent().into_iter().filter_map(|(place, of)| Some((place.checked_sub(1)?, of))).collect()
}

impl ClusteredLogit {
    /// Fits the rows by maximum likelihood (Newton's method), with CR3 variances: the sum of squares of what leaving out one
    /// cluster moves the coefficients by, to first order. Bell and `McCaffrey` (2002); Cameron and Miller (2015), VI.B.
    ///
    /// # Errors
    /// When there are no coefficients, or nothing says how far to trust them.
    pub fn fit(rows: &[LogitRow]) -> Result<Self, LogitTrouble> {
        let rows: Vec<&LogitRow> = rows.iter().filter(|row| row.n > 0).collect();
        let (k, n): (u64, u64) = (rows.iter().map(|row| row.k).sum(), rows.iter().map(|row| row.n).sum());
        if k == 0 || k == n {
            return Err(LogitTrouble::NoVariation);
        }
        let mut by_cluster = rows.clone();
        by_cluster.sort_by_key(|row| row.cluster);
        let by_cluster: Vec<&[&LogitRow]> = by_cluster.chunk_by(|a, b| a.cluster == b.cluster).collect();
        let size = rows[0].covariates.len() + 1;
        if by_cluster.len() <= size {
            return Err(LogitTrouble::FewClusters);
        }
        let mut start = vec![0.0; size];
        start[0] = (k as f64 / (n - k) as f64).ln();
        let (coefficients, information) = maximise(&rows, start)?;
        let covariance = covariance(&coefficients, &information, &by_cluster)?;
        Ok(Self { coefficients, covariance, clusters: by_cluster.len() })
    }

    /// Clusters less coefficients.
    #[must_use]
    pub fn df(&self) -> f64 {
        (self.clusters - self.coefficients.len()) as f64
    }

    /// A coefficient, the constant being the first.
    #[must_use]
    pub fn coefficient(&self, index: usize) -> DeltaEstimate {
        let standard_error = self.covariance.at(index, index).max(0.0).sqrt();
        DeltaEstimate { value: self.coefficients[index], standard_error, df: self.df() }
    }

    /// The share of successes that these covariates lead to.
    #[must_use]
    pub fn share_at(&self, covariates: &[f64]) -> f64 {
        share_of(log_odds(&self.coefficients, covariates))
    }

    /// An estimate with this value and these slopes by the coefficients.
    pub(super) fn delta(&self, value: f64, slopes: &[f64]) -> DeltaEstimate {
        DeltaEstimate { value, standard_error: self.covariance.quadratic(slopes).max(0.0).sqrt(), df: self.df() }
    }

    /// Tests whether these coefficients, the constant being the first, are all 0; `None` where their variances do not tell.
    /// Wald (1943), against F as Bell and `McCaffrey` (2002).
    #[must_use]
    pub fn wald(&self, tested: &[usize]) -> Option<WaldTest> {
        let values: Vec<f64> = tested.iter().map(|index| self.coefficients[*index]).collect();
        let solved = self.covariance.part(tested).factor()?.solve(&values);
        let statistic: f64 = solved.iter().zip(&values).map(|(a, b)| a * b).sum();
        let f = statistic / tested.len() as f64;
        let p_value = f_tail(f, tested.len() as f64, self.df());
        let denominator_df = (self.clusters - self.coefficients.len()) as u64;
        Some(WaldTest { f, numerator_df: tested.len() as u64, denominator_df, p_value })
    }

    /// Average marginal effect over the trials of all rows: by how much a share changes.
    #[must_use]
    pub fn marginal_effect(&self, rows: &[LogitRow], change: &MarginalChange) -> DeltaEstimate {
        let mut sum = EffectSum { value: 0.0, slopes: vec![0.0; self.coefficients.len()], moved: Vec::new() };
        let n: u64 = rows.iter().map(|row| row.n).sum();
        for row in rows {
            sum.add(&self.coefficients, row, change);
        }
        let slopes: Vec<f64> = sum.slopes.iter().map(|slope| slope / n as f64).collect();
        self.delta(sum.value / n as f64, &slopes)
    }
}

impl DeltaEstimate {
    /// 95 % interval, with Student's t.
    #[must_use]
    pub fn interval(&self) -> Interval {
        let half = t_quantile(0.975, self.df) * self.standard_error;
        Interval { low: self.value - half, high: self.value + half }
    }

    /// So many times the estimate.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, standard_error: self.standard_error * factor.abs(), ..self }
    }

    /// Two-sided p-value that it is 0; `None` without a standard error.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        (self.standard_error > 0.0).then(|| t_two_sided(self.value / self.standard_error, self.df))
    }
}

/// Marginal effects of rows, weighted by trials, and their slopes by the coefficients.
struct EffectSum {
    value: f64,
    slopes: Vec<f64>,
    /// Covariates of a row at another level; a workspace.
    moved: Vec<f64>,
}

impl EffectSum {
    fn add(&mut self, coefficients: &[f64], row: &LogitRow, change: &MarginalChange) {
        let n = row.n as f64;
        match change {
            MarginalChange::Slope(covariate) => {
                let share = share_of(log_odds(coefficients, &row.covariates));
                let (spread, coefficient) = (share * (1.0 - share), coefficients[covariate + 1]);
                self.value += n * spread * coefficient;
                add_slopes(&mut self.slopes, n * spread * (1.0 - 2.0 * share) * coefficient, &row.covariates);
                self.slopes[covariate + 1] += n * spread;
            }
            MarginalChange::Level { term, level } => {
                for (sign, indicator) in [(1.0, 1.0), (-1.0, 0.0)] {
                    self.moved.clone_from(&row.covariates);
                    self.moved[term.clone()].fill(0.0);
                    self.moved[*level] = indicator;
                    let share = share_of(log_odds(coefficients, &self.moved));
                    self.value += sign * n * share;
                    add_slopes(&mut self.slopes, sign * n * share * (1.0 - share), &self.moved);
                }
            }
        }
    }
}

/// Adds `weight` times the constant and the covariates.
fn add_slopes(slopes: &mut [f64], weight: f64, covariates: &[f64]) {
    slopes[0] += weight;
    for (slope, covariate) in slopes[1..].iter_mut().zip(covariates) {
        *slope += weight * covariate;
    }
}

fn share_of(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn log_odds(coefficients: &[f64], covariates: &[f64]) -> f64 {
    let products = coefficients[1..].iter().zip(covariates).map(|(coefficient, covariate)| coefficient * covariate);
    coefficients[0] + products.sum::<f64>()
}

/// What a row adds to score and information at some coefficients, beside its covariates.
struct RowWeight {
    /// Successes less those expected.
    residual: f64,
    /// Variance of the successes, were trials independent.
    weight: f64,
}

impl RowWeight {
    fn new(row: &LogitRow, coefficients: &[f64]) -> Self {
        let (share, n) = (share_of(log_odds(coefficients, &row.covariates)), row.n as f64);
        Self { residual: row.k as f64 - n * share, weight: n * share * (1.0 - share) }
    }
}

/// Score and information of some rows.
fn score_and_information(rows: &[&LogitRow], coefficients: &[f64]) -> (Vec<f64>, Symmetric) {
    let mut score = vec![0.0; coefficients.len()];
    let (mut information, mut x) = (Symmetric::zero(coefficients.len()), Vec::new());
    for row in rows {
        let RowWeight { residual, weight } = RowWeight::new(row, coefficients);
        row.write_with_constant(&mut x);
        information.add_outer(weight, &x);
        score.iter_mut().zip(&x).for_each(|(sum, value)| *sum += residual * value);
    }
    (score, information)
}

fn log_likelihood(rows: &[&LogitRow], coefficients: &[f64]) -> f64 {
    let of_row = |row: &&LogitRow| {
        let log_odds = log_odds(coefficients, &row.covariates);
        // ln(1 + e^x) without the overflow of e^x.
        let log_of_rest = log_odds.max(0.0) + (-log_odds.abs()).exp().ln_1p();
        row.k as f64 * log_odds - row.n as f64 * log_of_rest
    };
    rows.iter().map(of_row).sum()
}

/// The coefficients at which the rows are most likely, and the information there.
fn maximise(rows: &[&LogitRow], mut coefficients: Vec<f64>) -> Result<(Vec<f64>, Symmetric), LogitTrouble> {
    let mut likelihood = log_likelihood(rows, &coefficients);
    for step_number in 0..MOST_STEPS {
        let (score, information) = score_and_information(rows, &coefficients);
        // At the start all rows weigh by their trials, so that only the covariates can be to blame.
        let trouble = if step_number == 0 { LogitTrouble::Collinear } else { LogitTrouble::Separation };
        let step = information.factor().ok_or(trouble)?.solve(&score);
        if step.iter().zip(&score).map(|(a, b)| a * b).sum::<f64>() < REACHED {
            return Ok((coefficients, information));
        }
        let mut length = 1.0;
        loop {
            let moved: Vec<f64> = coefficients.iter().zip(&step).map(|(at, by)| at + length * by).collect();
            let found = log_likelihood(rows, &moved);
            // Near the maximum the likelihood no longer tells steps from rounding.
            if found >= likelihood - 1e-9 * likelihood.abs() || length < 1e-3 {
                (coefficients, likelihood) = (moved, found);
                break;
            }
            length /= 2.0;
        }
    }
    Err(LogitTrouble::Separation)
}

/// `sum v v'`, with `v` the solution of (information without the cluster) v = score of the cluster: what `B A_c` of CR3 comes to,
/// where `B` is the inverse information and `A_c = (I - H_c B)^-1 s_c`.
fn covariance(
    coefficients: &[f64],
    information: &Symmetric,
    clusters: &[&[&LogitRow]],
) -> Result<Symmetric, LogitTrouble> {
    let factor = information.factor().ok_or(LogitTrouble::Collinear)?;
    let mut covariance = Symmetric::zero(coefficients.len());
    let (mut x, mut moved) = (Vec::new(), Vec::new());
    for rows in clusters {
        if let [row] = rows {
            // Of one row the inverse is known: a division by one less its leverage.
            let RowWeight { residual, weight } = RowWeight::new(row, coefficients);
            row.write_with_constant(&mut x);
            factor.solve_into(&x, &mut moved);
            let leverage: f64 = weight * moved.iter().zip(&x).map(|(a, b)| a * b).sum::<f64>();
            if 1.0 - leverage < LEAST_FREEDOM {
                return Err(LogitTrouble::LoneCluster);
            }
            for value in &mut moved {
                *value = *value * residual / (1.0 - leverage);
            }
        } else {
            let (score, own) = score_and_information(rows, coefficients);
            information.minus(&own).factor().ok_or(LogitTrouble::LoneCluster)?.solve_into(&score, &mut moved);
        }
        covariance.add_outer(1.0, &moved);
    }
    Ok(covariance)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve documents of three outlets: outlet, day, hits, sentences.
    const TWELVE: [(u8, f64, u64, u64); 12] = [
        (b'A', 1.0, 3, 10),
        (b'A', 4.0, 5, 12),
        (b'A', 9.0, 2, 8),
        (b'A', 12.0, 6, 15),
        (b'B', 2.0, 1, 9),
        (b'B', 5.0, 0, 11),
        (b'B', 8.0, 2, 14),
        (b'B', 11.0, 1, 10),
        (b'C', 1.0, 4, 16),
        (b'C', 6.0, 3, 9),
        (b'C', 9.0, 5, 11),
        (b'C', 12.0, 7, 13),
    ];

    fn twelve(covariates: fn(u8, f64) -> Vec<f64>) -> Vec<LogitRow> {
        let row = |(cluster, (outlet, day, k, n)): (usize, &(u8, f64, u64, u64))| LogitRow {
            k: *k,
            n: *n,
            covariates: covariates(*outlet, *day),
            cluster,
        };
        TWELVE.iter().enumerate().map(row).collect()
    }

    fn outlet_and_day(outlet: u8, day: f64) -> Vec<f64> {
        vec![f64::from(u8::from(outlet == b'B')), f64::from(u8::from(outlet == b'C')), day]
    }

    /// Values computed with statsmodels 0.15 (coefficients) and from the published formula in Python (standard errors).
    #[test]
    fn coefficients_and_errors_are_those_of_the_formula_computed_elsewhere() {
        type Case = (&'static str, fn(u8, f64) -> Vec<f64>, &'static [(f64, f64)]);
        let cases: [Case; 3] = [
            ("share alone", |_, _| Vec::new(), &[(-0.931_558_204_0, 0.248_058_779_7)]),
            ("trend", |_, day| vec![day], &[(-1.398_935_756_0, 0.438_731_322_2), (0.066_974_011_3, 0.057_024_091_9)]),
            (
                "outlet and day",
                outlet_and_day,
                &[
                    (-1.060_683_573_1, 0.395_476_687_3),
                    (-1.701_010_569_6, 0.512_654_578_6),
                    (0.157_407_210_8, 0.342_613_478_3),
                    (0.065_858_889_5, 0.038_527_943_7),
                ],
            ),
        ];
        for (case, covariates, expected) in cases {
            let fit = ClusteredLogit::fit(&twelve(covariates)).unwrap();
            for (index, (value, error)) in expected.iter().enumerate() {
                let found = fit.coefficient(index);
                assert!((found.value - value).abs() < 1e-9, "{case}, {index}: {found:?}");
                assert!((found.standard_error - error).abs() < 1e-9, "{case}, {index}: {found:?}");
            }
        }
        let trend = ClusteredLogit::fit(&twelve(|_, day| vec![day])).unwrap();
        assert!((trend.coefficient(1).p_value().unwrap() - 0.267_410_339_7).abs() < 1e-9);
    }

    /// Values from the published formulas in Python with `SciPy` 1.17.
    #[test]
    fn terms_and_marginal_effects_are_tested_as_elsewhere() {
        let rows = twelve(outlet_and_day);
        let fit = ClusteredLogit::fit(&rows).unwrap();
        let wald = fit.wald(&[1, 2]).unwrap();
        assert!((wald.f - 7.161_263_661_7).abs() < 1e-9 && (wald.p_value - 0.016_496_298_1).abs() < 1e-9, "{wald:?}");
        let level = |level: usize| MarginalChange::Level { term: 0..2, level };
        for (change, value, error) in [
            (level(0), -0.260_888_961_1, 0.068_453_348_3),
            (level(1), 0.036_116_522_9, 0.078_391_449_3),
            (MarginalChange::Slope(2), 0.012_002_196_1, 0.006_676_344_6),
        ] {
            let found = fit.marginal_effect(&rows, &change);
            assert!((found.value - value).abs() < 1e-9, "{change:?}: {found:?}");
            assert!((found.standard_error - error).abs() < 1e-9, "{change:?}: {found:?}");
        }
    }

    #[test]
    fn a_covariate_that_follows_names_those_that_it_is_a_combination_of() {
        // The day has nothing to do with it; A and B together are all that is not C.
        let rows =
            twelve(|outlet, day| (b'A'..=b'C').map(|it| f64::from(u8::from(it == outlet))).chain([day]).collect());
        assert_eq!(dependent_covariates(&rows), BTreeMap::from([(2, vec![0, 1, 2])]));
        let rows = twelve(|outlet, day| vec![f64::from(u8::from(outlet == b'A')), day, 2.0 * day]);
        assert_eq!(dependent_covariates(&rows), BTreeMap::from([(2, vec![2])]));
    }

    #[test]
    fn what_cannot_be_estimated_is_refused() {
        type Case = (&'static str, fn(u8, f64) -> Vec<f64>, LogitTrouble);
        let cases: [Case; 3] = [
            ("twice the same", |_, day| vec![day, 2.0 * day + 1.0], LogitTrouble::Collinear),
            (
                "one document alone",
                |_, day| vec![f64::from(u8::from((day - 8.0).abs() < 0.1))],
                LogitTrouble::LoneCluster,
            ),
            (
                "a level without hits",
                |_, day| vec![f64::from(u8::from((day - 5.0).abs() < 0.1))],
                LogitTrouble::Separation,
            ),
        ];
        for (case, covariates, expected) in cases {
            assert_eq!(ClusteredLogit::fit(&twelve(covariates)).unwrap_err(), expected, "{case}");
        }
        let mut rows = twelve(|_, day| vec![day]);
        assert_eq!(ClusteredLogit::fit(&rows[..2]).unwrap_err(), LogitTrouble::FewClusters);
        for row in &mut rows {
            row.k = if row.covariates[0] > 6.0 { row.n } else { 0 };
        }
        assert_eq!(ClusteredLogit::fit(&rows).unwrap_err(), LogitTrouble::Separation, "hits on one side of a day");
        for row in &mut rows {
            row.k = row.n;
        }
        assert_eq!(ClusteredLogit::fit(&rows).unwrap_err(), LogitTrouble::NoVariation);
    }
}
