//! Permutation tests over units: of the difference between two groups' shares, and of two kinds within one group.

use std::ops::Range;

use crate::stats::{RatioSums, Stream, Unit};

/// Random arrangements drawn where there are too many to list.
pub const MONTE_CARLO_DRAWS: u32 = 9_999;

/// The most arrangements that are listed one by one.
pub const MOST_EXACT: u64 = 20_000;

/// Two statistics closer than this part of their value are a tie.
const TIE: f64 = 1e-9;

/// Two-sided p-values of [`permutation_test`].
#[derive(Clone, Debug, PartialEq)]
pub struct PermutationTest {
    /// By kind; `None` where all trials of both groups succeed or none does, so that there is nothing to compare.
    pub p_values: Vec<Option<f64>>,
    /// Whether every arrangement was listed.
    pub exact: bool,
}

/// Two-sided p-value of [`swap_test`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SwapTest {
    /// In (0, 1].
    pub p_value: f64,
    /// Whether every arrangement was listed.
    pub exact: bool,
}

/// Tests whether two groups of units have the same share of successes, for each kind, by dealing the units out anew to
/// groups of the same sizes. `None` where a group has fewer than two units.
///
/// The statistic is the difference of the shares over its Welch standard error (linearised, as in [`crate::stats::welch`]):
/// exact when units are exchangeable, and right in the limit when groups differ in the size or spread of their units,
/// where the bare difference is not. An arrangement without variance has the statistic 0 if its shares are equal and an
/// infinite one otherwise. Janssen (1997); Chung and Romano (2013). All arrangements are listed where there are at most
/// [`MOST_EXACT`]; else p is `(1 + b) / (1 + B)` with [`MONTE_CARLO_DRAWS`] draws, shared by all kinds. Phipson and
/// Smyth (2010).
#[must_use]
pub fn permutation_test(first: &[Unit], second: &[Unit], stream: &mut Stream) -> Option<PermutationTest> {
    let drawn = first.len().min(second.len());
    if drawn < 2 {
        return None;
    }
    let pool = Pool::new(first, second);
    let listed = combinations(pool.units.len(), drawn).filter(|count| *count <= MOST_EXACT);
    let mut tally = Tally::new(&pool, first.len(), drawn);
    let (own, arrangements) = if let Some(count) = listed {
        each_combination(pool.units.len(), drawn, |members| tally.count(members));
        (0, count)
    } else {
        each_draw(pool.units.len(), drawn, stream, |members| tally.count(members));
        (1, u64::from(MONTE_CARLO_DRAWS) + 1)
    };
    let share = |extreme: u64| (extreme + own) as f64 / arrangements as f64;
    let mut p_values = vec![None; pool.totals.len()];
    for case in &tally.cases {
        p_values[case.kind] = Some(share(case.extreme));
    }
    Some(PermutationTest { p_values, exact: listed.is_some() })
}

/// Tests whether two kinds of successes are equally frequent in one group, by swapping the two counts within units;
/// `differences` holds, for each unit, the first count minus the second. `None` for no units.
///
/// The statistic is the paired difference over its standard error; since swapping leaves the squares unchanged, it
/// orders the arrangements as the bare sum does, which is what is computed. Fisher (1935), section 21. With m units
/// that differ, all 2^m arrangements are listed where there are at most [`MOST_EXACT`], else as in [`permutation_test`].
#[must_use]
pub fn swap_test(differences: &[i64], stream: &mut Stream) -> Option<SwapTest> {
    if differences.is_empty() {
        return None;
    }
    let sizes: Vec<i64> = differences.iter().map(|difference| difference.abs()).filter(|size| *size > 0).collect();
    let all: i64 = sizes.iter().sum();
    let observed = differences.iter().sum::<i64>().abs();
    let extreme = |kept: i64| (2 * kept - all).abs() >= observed;
    let listed = 1_u64.checked_shl(u32::try_from(sizes.len()).ok()?).filter(|count| *count <= MOST_EXACT);
    let test = if let Some(count) = listed {
        let hits = (0..count).filter(|signs| extreme(sum_of_chosen(&sizes, *signs))).count();
        SwapTest { p_value: hits as f64 / count as f64, exact: true }
    } else {
        let draw = |stream: &mut Stream| sizes.chunks(64).map(|part| sum_of_chosen(part, stream.bits())).sum::<i64>();
        let hits = (0..MONTE_CARLO_DRAWS).filter(|_| extreme(draw(stream))).count();
        SwapTest { p_value: (1.0 + hits as f64) / (1.0 + f64::from(MONTE_CARLO_DRAWS)), exact: false }
    };
    Some(test)
}

/// Sum of the sizes whose bit is set.
fn sum_of_chosen(sizes: &[i64], bits: u64) -> i64 {
    sizes.iter().enumerate().map(|(place, size)| if (bits >> place) & 1 == 1 { *size } else { 0 }).sum()
}

/// The units of both groups, laid out for summing over many subsets: most units have no success of most kinds.
struct Pool {
    units: Vec<PooledUnit>,
    /// Successes of all units, unit by unit.
    successes: Vec<Successes>,
    /// Sums over all units, by kind.
    totals: Vec<RatioSums>,
}

struct PooledUnit {
    n: u64,
    /// Where in `successes` this unit's begin and end.
    successes: Range<usize>,
}

struct Successes {
    kind: usize,
    k: u64,
}

impl Pool {
    fn new(first: &[Unit], second: &[Unit]) -> Self {
        let kinds = first.first().map_or(0, |unit| unit.k.len());
        let mut pool = Self { units: Vec::new(), successes: Vec::new(), totals: Vec::new() };
        for unit in first.iter().chain(second) {
            let start = pool.successes.len();
            let some = unit.k.iter().enumerate().filter(|(_, k)| **k > 0);
            pool.successes.extend(some.map(|(kind, k)| Successes { kind, k: *k }));
            pool.units.push(PooledUnit { n: unit.n, successes: start..pool.successes.len() });
        }
        let mut sums = vec![RatioSums::default(); kinds];
        let everyone: Vec<usize> = (0..pool.units.len()).collect();
        pool.sum(&everyone, &mut sums);
        pool.totals = sums;
        pool
    }

    /// Writes the sums over the members, by kind.
    fn sum(&self, members: &[usize], sums: &mut [RatioSums]) {
        let (mut n, mut nn) = (0, 0);
        for kind in &mut *sums {
            (kind.k, kind.kk, kind.kn) = (0, 0, 0);
        }
        for member in members {
            let unit = &self.units[*member];
            n += unit.n;
            nn += unit.n * unit.n;
            for success in &self.successes[unit.successes.clone()] {
                let kind = &mut sums[success.kind];
                kind.k += success.k;
                kind.kk += success.k * success.k;
                kind.kn += success.k * unit.n;
            }
        }
        for kind in sums {
            (kind.units, kind.n, kind.nn) = (members.len() as u64, n, nn);
        }
    }
}

/// Counts, over arrangements, how often each kind's statistic is at least as far from 0 as the observed one.
struct Tally<'a> {
    pool: &'a Pool,
    cases: Vec<Case>,
    sums: Vec<RatioSums>,
}

/// One kind under test.
struct Case {
    kind: usize,
    /// Square of the observed statistic, less the tolerance for ties.
    threshold: f64,
    extreme: u64,
}

impl<'a> Tally<'a> {
    /// The first `first` units of the pool are the first group; arrangements will name `drawn` members of the smaller.
    fn new(pool: &'a Pool, first: usize, drawn: usize) -> Self {
        let smaller = if first == drawn { 0..first } else { first..pool.units.len() };
        let members: Vec<usize> = smaller.collect();
        let mut sums = vec![RatioSums::default(); pool.totals.len()];
        pool.sum(&members, &mut sums);
        let varies = |kind: &usize| pool.totals[*kind].k > 0 && pool.totals[*kind].k < pool.totals[*kind].n;
        let case = |kind: usize| {
            let (square, variance) = squares(&sums[kind], &pool.totals[kind]);
            let statistic = if square <= 0.0 { 0.0 } else { square / variance };
            Case { kind, threshold: statistic * (1.0 - TIE), extreme: 0 }
        };
        let cases = (0..sums.len()).filter(varies).map(case).collect();
        Self { pool, cases, sums }
    }

    fn count(&mut self, members: &[usize]) {
        self.pool.sum(members, &mut self.sums);
        for case in &mut self.cases {
            let (square, variance) = squares(&self.sums[case.kind], &self.pool.totals[case.kind]);
            case.extreme += u64::from(reaches(square, variance, case.threshold));
        }
    }
}

/// Square of the difference between a part's share and the remainder's, and the variance of that difference.
fn squares(part: &RatioSums, total: &RatioSums) -> (f64, f64) {
    let remainder = total.without(part);
    let (share, other) = (part.share().unwrap_or_default(), remainder.share().unwrap_or_default());
    let difference = if part.k * remainder.n == remainder.k * part.n { 0.0 } else { share - other };
    let variance = part.variance().unwrap_or_default() + remainder.variance().unwrap_or_default();
    (difference * difference, variance)
}

/// Whether `square / variance` is at least `threshold`, where 0 / 0 is 0 and anything else over 0 is infinite.
fn reaches(square: f64, variance: f64, threshold: f64) -> bool {
    if threshold.is_infinite() {
        return variance <= 0.0 && square > 0.0;
    }
    threshold <= 0.0 || (square > 0.0 && square >= threshold * variance)
}

/// Number of ways to choose `chosen` of `units`; `None` past [`MOST_EXACT`].
fn combinations(units: usize, chosen: usize) -> Option<u64> {
    let mut count: u64 = 1;
    for step in 0..chosen {
        count = count * (units - step) as u64 / (step as u64 + 1);
        if count > MOST_EXACT {
            return None;
        }
    }
    Some(count)
}

/// Calls `visit` with every choice of `chosen` of `units`, in lexicographic order.
fn each_combination(units: usize, chosen: usize, mut visit: impl FnMut(&[usize])) {
    let mut members: Vec<usize> = (0..chosen).collect();
    loop {
        visit(&members);
        let room = units - chosen;
        let Some(place) = (0..chosen).rev().find(|place| members[*place] < *place + room) else { return };
        members[place] += 1;
        for later in place + 1..chosen {
            members[later] = members[later - 1] + 1;
        }
    }
}

/// Calls `visit` with random choices of `chosen` of `units`. A partial shuffle of an arrangement however shuffled is
/// uniform, so the units are never put back in order.
fn each_draw(units: usize, chosen: usize, stream: &mut Stream, mut visit: impl FnMut(&[usize])) {
    let mut members: Vec<usize> = (0..units).collect();
    for _ in 0..MONTE_CARLO_DRAWS {
        for place in 0..chosen {
            members.swap(place, place + stream.below(units - place));
        }
        visit(&members[..chosen]);
    }
}
