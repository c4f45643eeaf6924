//! The permutation test of the difference between one group's share and the mean of several others', each of these counting
//! alike however large it is.

use crate::stats::dealing::{Deal, TIE, each_arrangement};
use crate::stats::packed_units::{PackedSums, PackedUnits};
use crate::stats::{Dealing, PermutationTest, RandomStream, RatioSums};

/// A difference below this is rounding: shares are sums of some dozen fractions.
const ROUNDING: f64 = 1e-13;

/// Tests whether the first group has the share of successes that the others have on average, for each kind, by dealing the units
/// out anew to groups of the same sizes. `None` where there is no other group, or a group has fewer than two units.
///
/// The statistic is the difference over its standard error, `sqrt(V_0 + sum V_g / G^2)` with the variances of
/// [`RatioSums::variance`]: exact where all units are exchangeable, and right in the limit where groups differ in the size or
/// spread of their units, or the others among one another. Pauly, Brunner and Konietschke (2015). Kinds are their places in the
/// packing, groups lists of numbers of units.
#[must_use]
pub fn mean_difference_test(
    units: &PackedUnits,
    groups: &[Vec<u32>],
    dealing: Dealing<'_>,
    stream: &mut RandomStream,
) -> Option<PermutationTest> {
    if groups.len() < 2 || groups.iter().any(|group| group.len() < 2) {
        return None;
    }
    let members = groups.concat();
    let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
    let mut pool = Pool::new(units, &members, &sizes);
    let mut cases = pool.cases(&members, dealing.kinds);
    let deal = Deal { units: members, sizes: &sizes, draws: dealing.draws };
    let arrangements = each_arrangement(deal, stream, |order| {
        pool.sum(order);
        let found: Vec<f64> = cases.iter().map(|case| pool.statistic(case.kind)).collect();
        let largest = found.iter().copied().fold(0.0, f64::max);
        for (case, statistic) in cases.iter_mut().zip(found) {
            case.extreme += u64::from(statistic >= case.threshold);
            case.outdone += u64::from(largest >= case.threshold);
        }
    });
    let kinds = dealing.kinds.iter().max().map_or(0, |last| last + 1);
    let mut test =
        PermutationTest { p_values: vec![None; kinds], max_p_values: vec![None; kinds], exact: arrangements.exact };
    for case in &cases {
        test.p_values[case.kind] = Some(arrangements.p_value(case.extreme));
        test.max_p_values[case.kind] = Some(arrangements.p_value(case.outdone));
    }
    Some(test)
}

/// One kind under test.
struct Case {
    kind: usize,
    /// Square of the observed statistic, less the tolerance for ties.
    threshold: f64,
    extreme: u64,
    outdone: u64,
}

/// The units of all groups, and sums of them by group.
struct Pool<'p> {
    units: &'p PackedUnits,
    sizes: &'p [usize],
    /// The group with the most units, whose sums are what the others leave of the total.
    largest: usize,
    total: PackedSums,
    sums: Vec<PackedSums>,
}

impl<'p> Pool<'p> {
    fn new(units: &'p PackedUnits, members: &[u32], sizes: &'p [usize]) -> Self {
        let largest = (0..sizes.len()).max_by_key(|group| sizes[*group]).unwrap_or_default();
        let (mut total, sums) = (PackedSums::default(), vec![PackedSums::default(); sizes.len()]);
        units.sum(members, &mut total);
        Self { units, sizes, largest, total, sums }
    }

    /// Kinds that vary at all.
    fn cases(&mut self, members: &[u32], kinds: &[usize]) -> Vec<Case> {
        self.sum(members);
        let case = |kind| Case { kind, threshold: self.statistic(kind) * (1.0 - TIE), extreme: 0, outdone: 0 };
        kinds.iter().copied().filter(|kind| self.varies(*kind)).map(case).collect()
    }

    fn varies(&self, kind: usize) -> bool {
        let total = self.total.of(kind);
        total.k > 0 && total.k < total.n
    }

    /// Sums up the units in order of their groups.
    fn sum(&mut self, order: &[u32]) {
        let mut rest = order;
        for (group, size) in self.sizes.iter().enumerate() {
            let (members, others) = rest.split_at(*size);
            if group != self.largest {
                self.units.sum(members, &mut self.sums[group]);
            }
            rest = others;
        }
    }

    /// Square of the studentised difference: infinite without variance, but 0 where the shares are the same.
    fn statistic(&self, kind: usize) -> f64 {
        let mut left = self.total.of(kind);
        let (mut difference, mut variance) = (0.0, 0.0);
        let mut add = |group: usize, sums: &RatioSums| {
            let weight = if group == 0 { -1.0 } else { 1.0 / (self.sizes.len() as f64 - 1.0) };
            difference += weight * sums.share().unwrap_or_default();
            variance += weight * weight * sums.variance().unwrap_or_default();
        };
        for (group, sums) in self.sums.iter().enumerate().filter(|(group, _)| *group != self.largest) {
            let sums = sums.of(kind);
            left = left.without(&sums);
            add(group, &sums);
        }
        add(self.largest, &left);
        if difference.abs() < ROUNDING { 0.0 } else { difference * difference / variance }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ClusterCounts, MONTE_CARLO_DRAWS, Seed, permutation_test};

    fn units(pairs: &[(u64, u64)]) -> Vec<ClusterCounts> {
        pairs.iter().map(|(k, n)| ClusterCounts { n: *n, k: vec![*k] }).collect()
    }

    const DEALING: Dealing<'_> = Dealing { draws: MONTE_CARLO_DRAWS, kinds: &[0] };

    /// Of the 7,560 ways to deal nine units out to groups of three, two, two and two, counted in Python apart from this program.
    #[test]
    fn three_groups_are_held_against_the_mean_of_the_others() {
        let all = units(&[(4, 10), (5, 12), (6, 11), (3, 10), (1, 9), (0, 11), (2, 14), (1, 10), (2, 5)]);
        let groups = [vec![0, 1, 2], vec![3, 4], vec![5, 6], vec![7, 8]];
        let test = mean_difference_test(&PackedUnits::new(&all, &[0]), &groups, DEALING, &mut Seed::new(1).stream("a"));
        let test = test.unwrap();
        assert_eq!((test.exact, test.p_values[0]), (true, Some(270.0 / 7_560.0)));
    }

    #[test]
    fn of_one_other_group_it_is_the_test_of_two() {
        let (a, b) = (units(&[(3, 10), (5, 12), (2, 8), (6, 15)]), units(&[(1, 9), (0, 11), (2, 14), (1, 10)]));
        let all: Vec<ClusterCounts> = a.iter().chain(&b).cloned().collect();
        let groups = [vec![0, 1, 2, 3], vec![4, 5, 6, 7]];
        let stream = || Seed::new(1).stream("a");
        let found = mean_difference_test(&PackedUnits::new(&all, &[0]), &groups, DEALING, &mut stream()).unwrap();
        assert_eq!(found, permutation_test(&a, &b, DEALING, &mut stream()).unwrap());
        assert_eq!(mean_difference_test(&PackedUnits::new(&all, &[0]), &groups[..1], DEALING, &mut stream()), None);
    }
}
