//! Whether more than two groups differ at all in the share of successes, before any two of them are held against each other.

use crate::stats::dealing::{Deal, TIE, each_arrangement};
use crate::stats::packed_units::{PackedSums, PackedUnits};
use crate::stats::{ClusterCounts, Dealing, RandomStream, RatioSums};

/// What [`omnibus_test`] finds of one kind of successes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OmnibusTest {
    /// Sum over groups of the squared distance of a share from the common one, over its variance.
    pub statistic: f64,
    /// Cramer's V of groups by success: the spread of the shares about that of all, in [0, 1].
    pub effect: f64,
    /// Share of arrangements whose statistic is at least as large.
    pub p_value: f64,
    /// Whether every arrangement was listed.
    pub exact: bool,
}

/// Tests for each kind in question whether all groups of units have the same share of successes, by dealing the units out
/// anew to groups of the same sizes. The statistic is the heterogeneity of Cochran (1954) over the groups' shares with variances by
/// units: its chi-square approximation would be far too small with few units, its permutation is right also where groups
/// differ in the spread of their units, as that of [`permutation_test`](crate::stats::permutation_test) is for two.
///
/// By kind; `None` for one that was not asked for, or of which all trials succeed or none. Nothing at all for fewer than two
/// groups, or where one has fewer than two units.
#[must_use]
pub fn omnibus_test(
    groups: &[&[ClusterCounts]],
    dealing: Dealing<'_>,
    stream: &mut RandomStream,
) -> Option<Vec<Option<OmnibusTest>>> {
    if groups.len() < 2 || groups.iter().any(|group| group.len() < 2) {
        return None;
    }
    let pool = Pool::new(groups, dealing.kinds);
    let mut sums = GroupSums::default();
    pool.sum(&pool.units.all(), &mut sums);
    let observed: Vec<OmnibusTest> = (0..pool.kinds.len()).map(|place| pool.observed(place, &mut sums)).collect();
    let mut extreme = vec![0; pool.kinds.len()];
    let deal = Deal { units: pool.units.all(), sizes: &pool.sizes, draws: dealing.draws };
    let arrangements = each_arrangement(deal, stream, |order| {
        pool.sum(order, &mut sums);
        for ((place, observed), extreme) in observed.iter().enumerate().zip(&mut extreme) {
            *extreme += u64::from(pool.statistic(place, &mut sums) >= observed.statistic * (1.0 - TIE));
        }
    });
    let mut found = vec![None; groups[0][0].k.len()];
    for ((kind, observed), extreme) in pool.kinds.iter().zip(observed).zip(extreme) {
        let (p_value, exact) = (arrangements.p_value(extreme), arrangements.exact);
        found[*kind] = Some(OmnibusTest { p_value, exact, ..observed });
    }
    Some(found)
}

/// The units of all groups.
struct Pool {
    units: PackedUnits,
    /// How many units each group has.
    sizes: Vec<usize>,
    /// The group with the most units.
    largest: usize,
    /// Kinds in question that vary at all.
    kinds: Vec<usize>,
    /// Sums over all units, by kind in question.
    totals: Vec<RatioSums>,
}

/// Sums by group, but for those of the largest, and room for the estimates of one kind.
#[derive(Default)]
struct GroupSums {
    groups: Vec<PackedSums>,
    estimates: Vec<(f64, f64)>,
}

impl Pool {
    fn new(groups: &[&[ClusterCounts]], asked: &[usize]) -> Self {
        let units = || groups.iter().copied().flatten();
        let totals = asked.iter().map(|kind| {
            let mut sums = RatioSums::default();
            units().for_each(|unit| sums.add(unit.n, unit.k[*kind]));
            (*kind, sums)
        });
        let (kinds, totals): (Vec<usize>, Vec<RatioSums>) =
            totals.filter(|(_, sums)| sums.k > 0 && sums.k < sums.n).unzip();
        let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let largest = (0..sizes.len()).max_by_key(|group| sizes[*group]).unwrap_or_default();
        Self { units: PackedUnits::new(units(), &kinds), sizes, largest, kinds, totals }
    }

    /// Sums up the units in order of their groups.
    fn sum(&self, order: &[u32], sums: &mut GroupSums) {
        sums.groups.resize_with(self.sizes.len(), PackedSums::default);
        let mut rest = order;
        for (group, size) in self.sizes.iter().enumerate() {
            let (members, others) = rest.split_at(*size);
            if group != self.largest {
                self.units.sum(members, &mut sums.groups[group]);
            }
            rest = others;
        }
    }

    /// The sums of a kind by group, in their order. Those of the largest group are what the others leave of the total: the sums
    /// are of whole numbers, and adding its units up would take most of the time.
    fn by_group<'s>(&'s self, place: usize, sums: &'s [PackedSums]) -> impl Iterator<Item = RatioSums> + Clone + 's {
        let others = sums.iter().enumerate().filter(|(group, _)| *group != self.largest);
        let largest = others.fold(self.totals[place], |left, (_, sums)| left.without(&sums.of(place)));
        let of_group = move |(group, sums): (usize, &PackedSums)| {
            if group == self.largest { largest } else { sums.of(place) }
        };
        sums.iter().enumerate().map(of_group)
    }

    /// The statistic of a kind for the arrangement that was summed.
    fn statistic(&self, place: usize, sums: &mut GroupSums) -> f64 {
        let GroupSums { groups, estimates } = sums;
        heterogeneity(self.by_group(place, groups), &self.totals[place], estimates)
    }

    /// What stands in the place of the p-value is not known yet.
    fn observed(&self, place: usize, sums: &mut GroupSums) -> OmnibusTest {
        let statistic = self.statistic(place, sums);
        let effect = effect(self.by_group(place, &sums.groups), &self.totals[place]);
        OmnibusTest { statistic, effect, p_value: 1.0, exact: false }
    }
}

/// Sum of `(p - m)^2 / V` over groups, `m` the mean of the shares weighted by `1 / V`. A group whose units do not differ takes
/// the variance that its trials would have were they drawn from all.
/// `estimates` is room that is used anew each time.
fn heterogeneity(groups: impl Iterator<Item = RatioSums>, total: &RatioSums, estimates: &mut Vec<(f64, f64)>) -> f64 {
    let pooled = total.share().unwrap_or_default();
    let estimate = |group: RatioSums| {
        let share = group.share()?;
        let variance = group.variance().filter(|variance| *variance > 0.0);
        Some((share, variance.unwrap_or(pooled * (1.0 - pooled) / group.n as f64)))
    };
    estimates.clear();
    estimates.extend(groups.filter_map(estimate));
    let weight: f64 = estimates.iter().map(|(_, variance)| variance.recip()).sum();
    let mean = estimates.iter().map(|(share, variance)| share / variance).sum::<f64>() / weight;
    estimates.iter().map(|(share, variance)| (share - mean).powi(2) / variance).sum()
}

/// Square root of the shares' variance between groups over that of the trials.
fn effect(groups: impl Iterator<Item = RatioSums>, total: &RatioSums) -> f64 {
    let pooled = total.share().unwrap_or_default();
    let between = |group: RatioSums| group.n as f64 * (group.share().unwrap_or(pooled) - pooled).powi(2);
    (groups.map(between).sum::<f64>() / (total.n as f64 * pooled * (1.0 - pooled))).sqrt().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;
    use crate::stats::dealing::example::each_of_all;

    const TWELVE: [[(u64, u64); 4]; 3] =
        [[(3, 10), (5, 12), (2, 8), (6, 15)], [(1, 9), (0, 11), (2, 14), (1, 10)], [(4, 16), (3, 9), (5, 11), (7, 13)]];

    fn units(pairs: &[(u64, u64)]) -> Vec<ClusterCounts> {
        pairs.iter().map(|(k, n)| ClusterCounts { n: *n, k: vec![0, *k, *n] }).collect()
    }

    const DEALING: Dealing<'_> = Dealing { draws: 999, kinds: &[0, 1, 2] };

    /// Three groups of four documents: Q 34.559522146, and 162 of all 34,650 arrangements reach it, by an enumeration in
    /// Python apart from this program.
    #[test]
    fn twelve_documents_have_the_statistic_and_the_exact_p_value_of_an_independent_enumeration() {
        let groups = TWELVE.map(|group| units(&group));
        let groups = groups.each_ref().map(Vec::as_slice);
        let pool = Pool::new(&groups, &[1]);
        let mut sums = GroupSums::default();
        pool.sum(&pool.units.all(), &mut sums);
        let observed = pool.statistic(0, &mut sums);
        assert!((observed - 34.559_522_146).abs() < 1e-9, "{observed}");
        let (mut reached, mut all) = (0, 0);
        each_of_all(&pool.sizes, |order| {
            all += 1;
            pool.sum(order, &mut sums);
            reached += u64::from(pool.statistic(0, &mut sums) >= observed * (1.0 - TIE));
        });
        assert_eq!((reached, all), (162, 34_650));
    }

    #[test]
    fn drawn_arrangements_come_near_and_kinds_that_do_not_vary_have_no_test() {
        let groups = TWELVE.map(|group| units(&group));
        let groups = groups.each_ref().map(Vec::as_slice);
        let found = omnibus_test(&groups, DEALING, &mut Seed::new(1).stream("twelve")).unwrap();
        assert_eq!((found[0], found[2]), (None, None));
        let found = found[1].unwrap();
        assert!(!found.exact && found.p_value < 0.015, "{found:?}");
        assert!(found.effect > 0.2 && found.effect < 0.4, "{found:?}");
    }

    /// Of two groups the test is that of their difference, but for the weights of the mean, which give the same order.
    #[test]
    fn of_two_groups_it_is_the_test_of_their_difference() {
        let [first, second, _] = TWELVE.map(|group| units(&group));
        let found = omnibus_test(&[&first, &second], DEALING, &mut Seed::new(1).stream("two")).unwrap()[1].unwrap();
        assert_eq!((found.p_value, found.exact), (2.0 / 70.0, true));
        assert_eq!(omnibus_test(&[&first, &second[..1]], DEALING, &mut Seed::new(1).stream("one")), None);
        assert_eq!(omnibus_test(&[&first], DEALING, &mut Seed::new(1).stream("alone")), None);
    }
}
