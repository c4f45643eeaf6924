//! Whether more than two groups differ at all in the share of successes, before any two of them are held against each other.

use crate::stats::dealing::{Arrangements, TIE, each_arrangement};
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
    let observed: Vec<f64> = pool.statistics(&pool.observed);
    let mut extreme = vec![0; pool.kinds.len()];
    let arrangements = each_arrangement(&pool.sizes, dealing.draws, stream, |order| {
        for ((found, observed), extreme) in pool.statistics(order).iter().zip(&observed).zip(&mut extreme) {
            *extreme += u64::from(*found >= observed * (1.0 - TIE));
        }
    });
    let mut found = vec![None; groups[0][0].k.len()];
    for (place, kind) in pool.kinds.iter().enumerate() {
        found[*kind] = Some(pool.test(place, observed[place], arrangements, extreme[place]));
    }
    Some(found)
}

/// The units of all groups.
struct Pool<'a> {
    units: Vec<&'a ClusterCounts>,
    /// How many units each group has.
    sizes: Vec<usize>,
    /// The units as they are dealt in truth.
    observed: Vec<u32>,
    /// Kinds in question that vary at all.
    kinds: Vec<usize>,
    /// Sums over all units, by kind in question.
    totals: Vec<RatioSums>,
}

impl<'a> Pool<'a> {
    fn new(groups: &[&'a [ClusterCounts]], asked: &[usize]) -> Self {
        let units: Vec<&ClusterCounts> = groups.iter().copied().flatten().collect();
        let sizes = groups.iter().map(|group| group.len()).collect();
        let everyone: Vec<u32> = (0..).take(units.len()).collect();
        let mut pool = Self { units, sizes, observed: everyone, kinds: asked.to_vec(), totals: Vec::new() };
        let sums = pool.sums(&pool.observed);
        (pool.kinds, pool.totals) =
            asked.iter().copied().zip(sums).filter(|(_, sums)| sums.k > 0 && sums.k < sums.n).unzip();
        pool
    }

    /// Sums over some of the units, by kind in question.
    fn sums(&self, members: &[u32]) -> Vec<RatioSums> {
        let mut sums = vec![RatioSums::default(); self.kinds.len()];
        for unit in members.iter().map(|member| self.units[*member as usize]) {
            for (sum, kind) in sums.iter_mut().zip(&self.kinds) {
                sum.add(unit.n, unit.k[*kind]);
            }
        }
        sums
    }

    /// Sums by group, then kind, of the units in order of their groups. Those of the largest group are what the others leave
    /// of the total: the sums are of whole numbers, and adding its units up would take most of the time.
    fn by_group(&self, order: &[u32]) -> Vec<Vec<RatioSums>> {
        let largest = (0..self.sizes.len()).max_by_key(|group| self.sizes[*group]).unwrap_or_default();
        let (mut left, mut rest) = (self.totals.clone(), order);
        let mut groups = Vec::with_capacity(self.sizes.len());
        for (group, size) in self.sizes.iter().enumerate() {
            let (members, others) = rest.split_at(*size);
            let sums = if group == largest { Vec::new() } else { self.sums(members) };
            left.iter_mut().zip(&sums).for_each(|(left, sum)| *left = left.without(sum));
            groups.push(sums);
            rest = others;
        }
        groups[largest] = left;
        groups
    }

    /// The statistic of an arrangement, by kind in question.
    fn statistics(&self, order: &[u32]) -> Vec<f64> {
        let groups = self.by_group(order);
        let of_kind = |kind: usize| heterogeneity(groups.iter().map(|group| group[kind]), &self.totals[kind]);
        (0..self.kinds.len()).map(of_kind).collect()
    }

    fn test(&self, place: usize, statistic: f64, arrangements: Arrangements, extreme: u64) -> OmnibusTest {
        let groups = self.by_group(&self.observed);
        let effect = effect(groups.iter().map(|group| group[place]), &self.totals[place]);
        OmnibusTest { statistic, effect, p_value: arrangements.p_value(extreme), exact: arrangements.exact }
    }
}

/// Sum of `(p - m)^2 / V` over groups, `m` the mean of the shares weighted by `1 / V`. A group whose units do not differ takes
/// the variance that its trials would have were they drawn from all.
fn heterogeneity(groups: impl Iterator<Item = RatioSums>, total: &RatioSums) -> f64 {
    let pooled = total.share().unwrap_or_default();
    let estimate = |group: RatioSums| {
        let share = group.share()?;
        let variance = group.variance().filter(|variance| *variance > 0.0);
        Some((share, variance.unwrap_or(pooled * (1.0 - pooled) / group.n as f64)))
    };
    let estimates: Vec<(f64, f64)> = groups.filter_map(estimate).collect();
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
        let observed = pool.statistics(&pool.observed)[0];
        assert!((observed - 34.559_522_146).abs() < 1e-9, "{observed}");
        let (mut reached, mut all) = (0, 0);
        each_of_all(&pool.sizes, |order| {
            all += 1;
            reached += u64::from(pool.statistics(order)[0] >= observed * (1.0 - TIE));
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
