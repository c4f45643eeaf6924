//! Agreement of coders: percent agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha.
//!
//! A value is given by its rank among all values that were used, 0 the smallest; a unit is what several coders coded.

use std::collections::BTreeMap;

use crate::stats::{Interval, t_quantile};

/// How far two values are from each other in Krippendorff's alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelOfMeasurement {
    /// Equal or not.
    Nominal,
    /// By how many ratings lie between them.
    Ordinal,
    /// By their difference as numbers.
    Interval,
}

/// Pairs of values that different coders gave to one unit, as Krippendorff (2011), "Computing Krippendorff's
/// alpha-reliability", counts them: a unit of m ratings adds 1 / (m - 1) for each ordered pair, so m in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coincidences {
    /// First rank, second rank, weight; sorted by rank, each pair once.
    pairs: Vec<(usize, usize, f64)>,
}

impl Coincidences {
    /// The coincidences of one unit, from the ranks of its ratings; none of fewer than two.
    #[must_use]
    pub fn of(ranks: &[usize]) -> Self {
        let weight = 1.0 / (ranks.len() as f64 - 1.0);
        let mut weights = BTreeMap::new();
        for (first, a) in ranks.iter().enumerate() {
            for (second, b) in ranks.iter().enumerate() {
                if first != second {
                    *weights.entry((*a, *b)).or_insert(0.0) += weight;
                }
            }
        }
        Self { pairs: weights.into_iter().map(|((a, b), weight)| (a, b, weight)).collect() }
    }

    /// The sum over units.
    #[must_use]
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut weights = BTreeMap::new();
        for (a, b, weight) in parts.into_iter().flat_map(|part| &part.pairs) {
            *weights.entry((*a, *b)).or_insert(0.0) += weight;
        }
        Self { pairs: weights.into_iter().map(|((a, b), weight)| (a, b, weight)).collect() }
    }

    /// These coincidences without those of a part of them.
    fn less(&self, part: &Self) -> Self {
        let mut weights: BTreeMap<(usize, usize), f64> = self.pairs.iter().map(|(a, b, w)| ((*a, *b), *w)).collect();
        for (a, b, weight) in &part.pairs {
            *weights.entry((*a, *b)).or_insert(0.0) -= weight;
        }
        // What is left of a sum after all its parts is rounding.
        let pairs = weights.into_iter().filter(|(_, weight)| *weight > 1e-9).map(|((a, b), weight)| (a, b, weight));
        Self { pairs: pairs.collect() }
    }

    /// Krippendorff's alpha: 1 less observed over expected disagreement. `values` are the numbers behind the ranks, in
    /// ascending order, asked for by [`LevelOfMeasurement::Interval`] only. `None` where nothing was coded twice, or where only one
    /// value was ever used, so that no disagreement can be expected. Krippendorff (2011); (2019), ch. 12.
    #[must_use]
    pub fn alpha(&self, metric: LevelOfMeasurement, values: &[f64]) -> Option<f64> {
        let mut totals = vec![0.0; self.pairs.iter().map(|(a, _, _)| a + 1).max()?];
        for (a, _, weight) in &self.pairs {
            totals[*a] += weight;
        }
        let all: f64 = totals.iter().sum();
        let below: Vec<f64> =
            totals.iter().scan(0.0, |sum, total| Some(std::mem::replace(sum, *sum + total))).collect();
        let distance = |a: usize, b: usize| match metric {
            LevelOfMeasurement::Nominal => f64::from(u8::from(a != b)),
            LevelOfMeasurement::Ordinal => (below[a] + totals[a] / 2.0 - below[b] - totals[b] / 2.0).powi(2),
            LevelOfMeasurement::Interval => (values[a] - values[b]).powi(2),
        };
        let observed: f64 = self.pairs.iter().map(|(a, b, weight)| weight * distance(*a, *b)).sum();
        let mut expected = 0.0;
        for a in 0..totals.len() {
            for b in 0..a {
                expected += 2.0 * totals[a] * totals[b] * distance(a, b);
            }
        }
        (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
    }
}

/// The 95 % interval of [`Coincidences::alpha`] over the sum of `clusters`, in [-1, 1]; it always holds the estimate. By
/// leaving one cluster out at a time (the jackknife of Quenouille and Tukey), with t on one degree of freedom less than
/// clusters, on the log of observed over expected disagreement, where its ends are nearly symmetric; on alpha itself
/// where leaving out one cluster leaves no disagreement. `None` with fewer than two clusters, where alpha is undefined
/// with or without one of them, and where nothing that is left out changes it: then nothing is known of its error.
#[must_use]
pub fn alpha_interval(clusters: &[Coincidences], metric: LevelOfMeasurement, values: &[f64]) -> Option<Interval> {
    let all = Coincidences::sum(clusters);
    let estimate = all.alpha(metric, values)?;
    let without: Vec<f64> =
        clusters.iter().map(|cluster| all.less(cluster).alpha(metric, values)).collect::<Option<_>>()?;
    let on_logs = estimate < 1.0 && without.iter().all(|alpha| *alpha < 1.0);
    let scaled = |alpha: f64| if on_logs { (1.0 - alpha).ln() } else { alpha };
    let half = jackknife_half_width(&without.into_iter().map(scaled).collect::<Vec<_>>())?;
    let centre = scaled(estimate);
    let [low, high] = if on_logs {
        [centre + half, centre - half].map(|log| 1.0 - log.exp())
    } else {
        [centre - half, (centre + half).min(1.0)]
    };
    // Two who always differ have an alpha of -1; and rounding must not leave the estimate outside.
    Some(Interval { low: low.max(-1.0).min(estimate), high: high.max(estimate) })
}

/// t times the standard error from estimates without one cluster each; `None` where they do not differ.
fn jackknife_half_width(without: &[f64]) -> Option<f64> {
    let n = without.len() as f64;
    let mean = without.iter().sum::<f64>() / n;
    let squares: f64 = without.iter().map(|estimate| (estimate - mean).powi(2)).sum();
    let error = ((n - 1.0) / n * squares).sqrt();
    (without.len() > 1 && error > 1e-12).then(|| t_quantile(0.975, n - 1.0) * error)
}

/// Krippendorff's alpha for nominal values, from a square matrix of coincidences: how often two ranks stand in pairs of
/// ratings of one unit, each unit of m ratings weighing 1 / (m - 1).
#[must_use]
pub fn nominal_alpha(matrix: &[Vec<f64>]) -> Option<f64> {
    let cells =
        matrix.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, cell)| (a, b, *cell)));
    Coincidences { pairs: cells.collect() }.alpha(LevelOfMeasurement::Nominal, &[])
}

/// Share of pairs of ratings of one unit that agree, each unit counting as often as it has pairs; `None` without pairs.
#[must_use]
pub fn percent_agreement(units: &[Vec<usize>]) -> Option<f64> {
    let (mut agreeing, mut pairs) = (0_usize, 0_usize);
    for ranks in units {
        for (number, a) in ranks.iter().enumerate() {
            pairs += number;
            agreeing += ranks[..number].iter().filter(|b| *b == a).count();
        }
    }
    (pairs > 0).then(|| agreeing as f64 / pairs as f64)
}

/// Cohen's kappa of two coders, from the ranks that each gave to the same units; `None` where there are no units or both
/// always used the same single value. Cohen (1960).
#[must_use]
pub fn cohen_kappa(pairs: &[(usize, usize)]) -> Option<f64> {
    let ranks = pairs.iter().map(|(a, b)| a.max(b) + 1).max()?;
    let (mut first, mut second, mut agreeing) = (vec![0_u64; ranks], vec![0_u64; ranks], 0_u64);
    for (a, b) in pairs {
        first[*a] += 1;
        second[*b] += 1;
        agreeing += u64::from(a == b);
    }
    let n = pairs.len() as f64;
    let expected = first.iter().zip(&second).map(|(a, b)| (a * b) as f64).sum::<f64>() / (n * n);
    beyond_chance(agreeing as f64 / n, expected)
}

/// Fleiss' kappa over units that all have the same number of ratings, at least two; `None` otherwise, and where only one
/// value was ever used. Fleiss (1971).
#[must_use]
pub fn fleiss_kappa(units: &[Vec<usize>]) -> Option<f64> {
    let coders = units.first()?.len();
    if coders < 2 || units.iter().any(|ranks| ranks.len() != coders) {
        return None;
    }
    let mut totals = vec![0_u64; units.iter().flatten().max()? + 1];
    units.iter().flatten().for_each(|rank| totals[*rank] += 1);
    let ratings = (units.len() * coders) as f64;
    let expected = totals.iter().map(|total| (*total as f64 / ratings).powi(2)).sum();
    beyond_chance(percent_agreement(units)?, expected)
}

/// How far agreement goes beyond what chance makes, as a part of what it could.
fn beyond_chance(observed: f64, expected: f64) -> Option<f64> {
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units of a reliability matrix: one text a coder, one character a unit, `*` where it was not coded.
    fn units(coders: &[&str]) -> Vec<Vec<usize>> {
        let width = coders[0].len();
        let rating = |coder: &&str, unit: usize| usize::from(coder.as_bytes()[unit] - b'0');
        (0..width)
            .map(|unit| {
                coders.iter().filter(|coder| coder.as_bytes()[unit] != b'*').map(|coder| rating(coder, unit)).collect()
            })
            .collect()
    }

    fn alpha(coders: &[&str], metric: LevelOfMeasurement) -> f64 {
        let units: Vec<Coincidences> = units(coders).iter().map(|ranks| Coincidences::of(ranks)).collect();
        Coincidences::sum(&units).alpha(metric, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]).unwrap()
    }

    fn assert_close(found: f64, expected: f64, case: &str) {
        assert!((found - expected).abs() < 5e-7, "{case}: {found}, not {expected}");
    }

    /// The matrix of Hayes and Krippendorff, and the worksheet of Krippendorff (2011); computed by the package
    /// krippendorff 0.9.
    #[test]
    fn alpha_agrees_with_krippendorffs_examples() {
        let three = ["*****34121133*3", "1*213343*******", "**21344*21133*4"];
        for (metric, expected) in [
            (LevelOfMeasurement::Nominal, 0.691_358),
            (LevelOfMeasurement::Ordinal, 0.806_721),
            (LevelOfMeasurement::Interval, 0.810_845),
        ] {
            assert_close(alpha(&three, metric), expected, &format!("three coders, {metric:?}"));
        }
        let four = ["123321412***", "1233224125*3", "*3332342251*", "12332441251*"];
        for (metric, expected) in [
            (LevelOfMeasurement::Nominal, 0.743_421),
            (LevelOfMeasurement::Ordinal, 0.815_388),
            (LevelOfMeasurement::Interval, 0.849_107),
        ] {
            assert_close(alpha(&four, metric), expected, &format!("four coders, {metric:?}"));
        }
    }

    /// 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa .4 (Cohen's kappa as commonly shown).
    #[test]
    fn cohens_kappa_of_the_textbook_table_is_two_fifths() {
        let cells = [((1, 1), 20), ((1, 0), 5), ((0, 1), 10), ((0, 0), 15)];
        let pairs: Vec<_> = cells.into_iter().flat_map(|(pair, count)| std::iter::repeat_n(pair, count)).collect();
        assert_close(cohen_kappa(&pairs).unwrap(), 0.4, "kappa");
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)]), None, "one value only");
        assert_eq!(cohen_kappa(&[]), None, "no units");
    }

    /// The worked example of Fleiss' kappa: 10 units, 14 coders, 5 values.
    #[test]
    fn fleiss_kappa_agrees_with_the_worked_example() {
        let table = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let unit =
            |row: &[usize; 5]| row.iter().enumerate().flat_map(|(rank, n)| std::iter::repeat_n(rank, *n)).collect();
        let units: Vec<Vec<usize>> = table.iter().map(unit).collect();
        assert_close(fleiss_kappa(&units).unwrap(), 0.209_930_7, "kappa");
        assert_eq!(fleiss_kappa(&[vec![0, 1], vec![0]]), None, "a rating is missing");
    }

    #[test]
    fn agreement_that_cannot_differ_is_undefined() {
        let same = Coincidences::sum(&[Coincidences::of(&[1, 1]), Coincidences::of(&[1, 1])]);
        assert_eq!(same.alpha(LevelOfMeasurement::Nominal, &[]), None);
        assert_eq!(Coincidences::of(&[1]).alpha(LevelOfMeasurement::Nominal, &[]), None);
        assert_eq!(percent_agreement(&[vec![0], vec![]]), None);
        assert_eq!(percent_agreement(&[vec![0, 0, 1], vec![1, 1]]), Some(0.5));
    }

    /// Two coders' values of the units of each cluster, as coincidences.
    fn clusters(units: &[&[&str]]) -> Vec<Coincidences> {
        let ranks = |unit: &&str| Coincidences::of(&unit.bytes().map(|b| usize::from(b - b'0')).collect::<Vec<_>>());
        units.iter().map(|units| Coincidences::sum(&units.iter().map(ranks).collect::<Vec<_>>())).collect()
    }

    /// The package krippendorff 0.9 on all clusters and on all but one, scipy's t; the last on alpha itself, since without
    /// the first cluster nobody disagrees.
    #[test]
    fn the_interval_of_alpha_agrees_with_leaving_out_clusters_by_hand() {
        let binary = clusters(&[
            &["11", "10", "00"],
            &["11", "11"],
            &["00", "01", "00", "11"],
            &["10", "00"],
            &["11", "00", "00"],
        ]);
        let graded = clusters(&[&["12", "22", "33"], &["11", "13"], &["30", "21", "00", "11"], &["10", "23"]]);
        let once = clusters(&[&["11", "10"], &["00", "00"], &["11", "11"]]);
        for (case, clusters, metric, low, high) in [
            ("binary", &binary, LevelOfMeasurement::Nominal, -0.256_461_027_6, 0.862_674_309_1),
            ("ordinal", &graded, LevelOfMeasurement::Ordinal, -0.804_788_251_0, 0.742_986_876_6),
            ("interval", &graded, LevelOfMeasurement::Interval, -1.0, 0.773_835_233_4),
            ("one disagreement", &once, LevelOfMeasurement::Nominal, -1.0, 1.0),
        ] {
            let found = alpha_interval(clusters, metric, &[0.0, 1.0, 2.0, 3.0]).unwrap();
            assert_close(found.low, low, case);
            assert_close(found.high, high, case);
        }
        let alike = clusters(&[&["11"], &["00"], &["11", "00"]]);
        assert_eq!(alpha_interval(&alike, LevelOfMeasurement::Nominal, &[]), None, "nobody ever disagrees");
        assert_eq!(alpha_interval(&alike[..1], LevelOfMeasurement::Nominal, &[]), None, "one cluster");
    }

    proptest::proptest! {
        #[test]
        fn an_interval_holds_its_estimate(
            units in proptest::collection::vec(proptest::collection::vec(proptest::collection::vec(0_usize..4, 2..5), 1..6), 2..12)
        ) {
            let clusters: Vec<Coincidences> = units
                .iter()
                .map(|units| Coincidences::sum(&units.iter().map(|unit| Coincidences::of(unit)).collect::<Vec<_>>()))
                .collect();
            for metric in [LevelOfMeasurement::Nominal, LevelOfMeasurement::Ordinal, LevelOfMeasurement::Interval] {
                let values = [0.0, 1.0, 2.0, 3.0];
                let estimate = Coincidences::sum(&clusters).alpha(metric, &values);
                if let (Some(estimate), Some(found)) = (estimate, alpha_interval(&clusters, metric, &values)) {
                    proptest::prop_assert!(found.low <= estimate && estimate <= found.high, "{found:?}, {estimate}");
                    proptest::prop_assert!(found.high <= 1.0 + 1e-12, "{found:?}");
                }
            }
        }
    }
}
