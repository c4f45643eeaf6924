//! How far two distributions over labels are apart, and how far chance alone puts them.
//!
//! A divergence computed from samples is above 0 also where nothing differs, the more so the fewer the units: it is read
//! beside the mean and the 95 % quantile of what dealing the units out anew gives.

use crate::stats::dealing::{Deal, TIE, each_arrangement};
use crate::stats::packed_units::{PackedPair, PackedUnits};
use crate::stats::{ClusterCounts, Dealing, RandomStream};

/// Where one side has nothing: the largest divergence, and farther than any.
const FARTHEST: Distance = Distance { divergence: 1.0, scaled: f64::INFINITY };

/// How far two distributions are apart.
#[derive(Clone, Copy)]
struct Distance {
    /// Jensen-Shannon divergence.
    divergence: f64,
    /// The same times `a b / (a + b)` of the two numbers of successes `a` and `b`, the inverse of which it is about in proportion to
    /// where nothing differs.
    scaled: f64,
}

/// What chance makes of a divergence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DivergenceTest {
    /// Mean over arrangements.
    pub null_mean: f64,
    /// Their 95 % quantile, interpolated as R's type 7.
    pub null_q95: f64,
    /// Share of arrangements at least as far apart as the observed one, for their numbers of successes.
    pub p_value: f64,
    /// Whether every arrangement was listed.
    pub exact: bool,
}

/// Jensen-Shannon divergence in bits, label by label: the sum, between 0 and 1, is the divergence of the two
/// distributions that have these counts. `None` where a side has no counts at all. Lin (1991).
#[must_use]
pub fn jensen_shannon(first: &[u64], second: &[u64]) -> Option<Vec<f64>> {
    let (p, q) = (shares(first)?, shares(second)?);
    Some(p.into_iter().zip(q).map(|(p, q)| added(p, q)).collect())
}

/// What a label with these shares adds to the divergence: rounding may take a few last bits below 0.
fn added(p: f64, q: f64) -> f64 {
    // The logarithm of a share that one side alone has is that of 2. Most labels of a small group are none of its own.
    if p.min(q) <= 0.0 {
        return p.max(q) / 2.0;
    }
    let middle = f64::midpoint(p, q);
    let side = |share: f64| share * (share / middle).log2();
    f64::midpoint(side(p), side(q)).max(0.0)
}

/// Half the sum of the absolute differences between two distributions that have these counts, in [0, 1]: the share that would
/// have to change its label to make one of the other. `None` where a side has no counts at all.
#[must_use]
pub fn total_variation(first: &[u64], second: &[u64]) -> Option<f64> {
    let (p, q) = (shares(first)?, shares(second)?);
    Some(p.into_iter().zip(q).map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0)
}

/// Cramer's V of a table of two rows with these counts, corrected for the association that samples without any show, in
/// [0, 1]. Labels that neither row has are left out; `None` where fewer than two remain or a row is empty. Bergsma (2013), A
/// bias-correction for Cramer's V and Tschuprow's T.
#[must_use]
pub fn bergsma_v(first: &[u64], second: &[u64]) -> Option<f64> {
    let (p, q) = (shares(first)?, shares(second)?);
    let rows = [first, second].map(|row| row.iter().sum::<u64>() as f64);
    let n = rows[0] + rows[1];
    let (mut square, mut columns) = (0.0, 0.0);
    for ((label, p), q) in (0..).zip(p).zip(q).filter(|((label, _), _)| first[*label] + second[*label] > 0) {
        let pooled = (first[label] + second[label]) as f64 / n;
        // Chi-square over n, a column at a time.
        square += (rows[0] * (p - pooled).powi(2) + rows[1] * (q - pooled).powi(2)) / (n * pooled);
        columns += 1.0;
    }
    if columns < 2.0 || n < 3.0 {
        return None;
    }
    let square = (square - (columns - 1.0) / (n - 1.0)).max(0.0);
    let size = |categories: f64| categories - (categories - 1.0).powi(2) / (n - 1.0);
    let least = size(columns).min(size(2.0)) - 1.0;
    (least > 0.0).then(|| (square / least).sqrt().min(1.0))
}

fn shares(counts: &[u64]) -> Option<Vec<f64>> {
    let total: u64 = counts.iter().sum();
    (total > 0).then(|| counts.iter().map(|count| *count as f64 / total as f64).collect())
}

/// Tests whether the successes of two groups of units have the same distribution over the kinds in question, by dealing the units
/// out anew to groups of the same sizes, all arrangements where there are at most [`MOST_EXACT`](crate::stats::MOST_EXACT).
/// The statistic is the Jensen-Shannon divergence, for the p-value times the product over the sum of the two numbers of successes: a group
/// whose units have few successes each diverges more by chance than the dealt groups do, which have more (E is about
/// `(K - 1) / 8 (1 / a + 1 / b)` nats for K kinds). An arrangement that leaves a group without a success counts as one that is as far
/// apart as can be. `None` where a group has fewer than two units, or no success.
#[must_use]
pub fn divergence_test(
    first: &[ClusterCounts],
    second: &[ClusterCounts],
    dealing: Dealing<'_>,
    stream: &mut RandomStream,
) -> Option<DivergenceTest> {
    let units = PackedUnits::new(first.iter().chain(second), dealing.kinds);
    let places: Vec<usize> = (0..dealing.kinds.len()).collect();
    let pair = PackedPair { units: &units, members: units.all(), first: first.len() };
    packed_divergence_test(pair, Dealing { kinds: &places, ..dealing }, stream)
}

/// [`divergence_test`] of units that are packed already, of many more groups than these two perhaps; kinds are their places in
/// the packing.
#[must_use]
pub fn packed_divergence_test(
    pair: PackedPair<'_>,
    dealing: Dealing<'_>,
    stream: &mut RandomStream,
) -> Option<DivergenceTest> {
    let smaller = pair.smaller();
    if smaller < 2 {
        return None;
    }
    let PackedPair { units, members, first } = pair;
    let sums = |members: &[u32]| {
        let mut sums = Vec::new();
        units.sum_successes(members, &mut sums);
        sums
    };
    let (total, mut part) = (sums(&members), sums(&members[..first]));
    let observed = between(&part, &total, dealing.kinds)?;
    let (mut found, mut extreme) = (Vec::new(), 0);
    let sizes = [smaller, members.len() - smaller];
    let deal = Deal { units: members, sizes: &sizes, draws: dealing.draws };
    let arrangements = each_arrangement(deal, stream, |order| {
        units.sum_successes(&order[..smaller], &mut part);
        let distance = between(&part, &total, dealing.kinds).unwrap_or(FARTHEST);
        extreme += u64::from(distance.scaled >= observed.scaled * (1.0 - TIE));
        found.push(distance.divergence);
    });
    found.sort_by(f64::total_cmp);
    Some(DivergenceTest {
        null_mean: found.iter().sum::<f64>() / found.len() as f64,
        null_q95: quantile(&found, 0.95),
        p_value: arrangements.p_value(extreme),
        exact: arrangements.exact,
    })
}

/// The divergence of a part of the successes from the others, over these kinds.
fn between(part: &[u64], total: &[u64], kinds: &[usize]) -> Option<Distance> {
    let [inside, all] = [part, total].map(|counts| kinds.iter().map(|kind| counts[*kind]).sum::<u64>());
    let outside = all - inside;
    if inside == 0 || outside == 0 {
        return None;
    }
    let (inside, outside) = (inside as f64, outside as f64);
    let added = |kind: &usize| added(part[*kind] as f64 / inside, (total[*kind] - part[*kind]) as f64 / outside);
    let divergence = kinds.iter().map(added).sum();
    Some(Distance { divergence, scaled: divergence * inside * outside / (inside + outside) })
}

/// The quantile of sorted values, interpolated between its neighbours. Hyndman and Fan (1996), type 7.
fn quantile(sorted: &[f64], level: f64) -> f64 {
    let place = level * (sorted.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the values")]
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-9
    }

    /// Shares (.5, .3, .2) against (.2, .3, .5), by `SciPy`; a table of quanteda's tests, 7 and 3 against 2 and 7.
    #[test]
    fn distances_are_those_of_other_libraries() {
        let (first, second) = ([5, 3, 2], [2, 3, 5]);
        let divergence: f64 = jensen_shannon(&first, &second).unwrap().iter().sum();
        assert!((divergence - 0.095_815_6).abs() < 5e-8, "{divergence}");
        assert!(close(total_variation(&first, &second).unwrap(), 0.3));
        assert!((bergsma_v(&[7, 3], &[2, 7]).unwrap() - 0.427_639_8).abs() < 5e-8);
    }

    #[test]
    fn without_counts_or_labels_nothing_is_apart() {
        assert_eq!((jensen_shannon(&[0, 0], &[1, 2]), total_variation(&[1], &[0])), (None, None));
        assert!(close(jensen_shannon(&[3, 0], &[0, 4]).unwrap().iter().sum(), 1.0));
        assert_eq!((bergsma_v(&[3, 0], &[4, 0]), bergsma_v(&[0, 0], &[4, 1])), (None, None));
        assert_eq!(bergsma_v(&[5, 5], &[5, 5]), Some(0.0));
    }

    const DEALING: Dealing<'_> = Dealing { draws: 999, kinds: &[0, 1, 2] };

    fn units(rows: &[[u64; 3]]) -> Vec<ClusterCounts> {
        rows.iter().map(|row| ClusterCounts { n: 20, k: row.to_vec() }).collect()
    }

    /// Four documents against four; all 70 arrangements listed in Python, apart from this program.
    #[test]
    fn the_null_of_eight_documents_is_that_of_an_independent_enumeration() {
        let first = units(&[[3, 1, 0], [5, 2, 1], [2, 0, 0], [6, 1, 2]]);
        let second = units(&[[1, 2, 3], [0, 1, 4], [2, 0, 2], [1, 3, 1]]);
        let parts = jensen_shannon(&[16, 4, 3], &[4, 6, 10]).unwrap();
        for (part, expected) in parts.iter().zip([0.104_724_427_3, 0.012_246_130_2, 0.083_372_294_9]) {
            assert!((part - expected).abs() < 1e-10, "{part}, not {expected}");
        }
        assert!((parts.iter().sum::<f64>() - 0.200_342_852_5).abs() < 1e-10);
        for (one, other) in [(&first, &second), (&second, &first)] {
            let found = divergence_test(one, other, DEALING, &mut Seed::new(1).stream("eight")).unwrap();
            assert!((found.null_mean - 0.051_062_052_0).abs() < 1e-10, "{found:?}");
            assert!((found.null_q95 - 0.129_053_713_7).abs() < 1e-10, "{found:?}");
            assert_eq!((found.p_value, found.exact), (2.0 / 70.0, true));
        }
    }

    /// The same distribution over three kinds, of which units of the second group have eight times as much: the plain divergence finds
    /// a difference in a fifth to two fifths of such studies at .05.
    #[test]
    fn groups_that_have_more_of_the_same_are_found_no_farther_apart_than_chance() {
        let mut stream = Seed::new(7).stream("amount");
        let mut unit = |most: u64| {
            let mut k = vec![0; 3];
            (0..most).for_each(|_| k[[0, 0, 0, 1, 1, 2][stream.below(6)]] += 1);
            ClusterCounts { n: 20, k }
        };
        let rejected = (0..200).filter(|study| {
            let [first, second] = [1, 8].map(|most| (0..20).map(|_| unit(most)).collect::<Vec<_>>());
            let dealing = Dealing { draws: 199, kinds: &[0, 1, 2] };
            let stream = &mut Seed::new(*study).stream("deal");
            divergence_test(&first, &second, dealing, stream).is_some_and(|found| found.p_value <= 0.05)
        });
        let rejected = rejected.count();
        assert!((2..=20).contains(&rejected), "{rejected} of 200");
    }

    #[test]
    fn a_group_of_one_unit_or_without_success_is_not_tested() {
        let some = units(&[[1, 0, 2], [0, 1, 1]]);
        let test = |one: &[ClusterCounts], other: &[ClusterCounts]| {
            divergence_test(one, other, DEALING, &mut Seed::new(1).stream("none"))
        };
        assert_eq!(test(&some[..1], &some), None);
        assert_eq!(test(&units(&[[0; 3], [0; 3]]), &some), None);
    }

    #[test]
    fn equal_groups_are_as_near_as_any_arrangement() {
        let same = units(&[[1, 2, 0], [2, 1, 1], [0, 1, 3]]);
        let found = divergence_test(&same, &same, DEALING, &mut Seed::new(1).stream("same")).unwrap();
        assert_eq!((found.p_value, found.exact), (1.0, true));
    }
}
