//! The permutation test of the difference between two groups' shares, with units (documents) dealt out anew.

use crate::stats::dealing::{Deal, TIE, each_arrangement};
use crate::stats::packed_units::{PackedPair, PackedSums, PackedUnits};
use crate::stats::{ClusterCounts, RandomStream, RatioSums};

/// Random arrangements drawn where there are too many to list.
// With the observed one they are 10,000, so that p-values are whole ten-thousandths.
pub const MONTE_CARLO_DRAWS: u32 = 9_999;

/// What a test that deals units out tests, and how hard it tries.
#[derive(Clone, Copy, Debug)]
pub struct Dealing<'a> {
    /// Random arrangements where there are too many to list; the least p-value is then 1 in one more.
    pub draws: u32,
    /// The kinds of successes to test; those in question elsewhere are left out, and cost nothing.
    pub kinds: &'a [usize],
}

/// Two-sided p-values of [`permutation_test`].
#[derive(Clone, Debug, PartialEq)]
pub struct PermutationTest {
    /// By kind; `None` for a kind that was not asked for, and where all trials of both groups succeed or none does, so that there is nothing to compare.
    pub p_values: Vec<Option<f64>>,
    /// The same against the largest statistic of all kinds in question: with these, a family of kinds that do not differ has a
    /// false finding with the probability of one test. Westfall and Young (1993), single step.
    pub max_p_values: Vec<Option<f64>>,
    /// Whether every arrangement was listed.
    pub exact: bool,
}

/// Tests whether two groups of units have the same share of successes, for each kind, by dealing the units out anew to
/// groups of the same sizes. `None` where a group has fewer than two units.
///
/// The statistic is the difference of the shares over its Welch standard error (with the variances of [`RatioSums::variance`]):
/// exact when units are exchangeable, and right in the limit when groups differ in the size or spread of their units,
/// where the bare difference is not. An arrangement without variance has the statistic 0 if its shares are equal and an
/// infinite one otherwise. Janssen (1997); Chung and Romano (2013). All arrangements are listed where there are at most
/// [`MOST_EXACT`](crate::stats::MOST_EXACT); else `B` are drawn, shared by all kinds.
#[must_use]
pub fn permutation_test(
    first: &[ClusterCounts],
    second: &[ClusterCounts],
    dealing: Dealing<'_>,
    stream: &mut RandomStream,
) -> Option<PermutationTest> {
    let units = PackedUnits::new(first.iter().chain(second), dealing.kinds);
    let pair = PackedPair { units: &units, members: units.all(), first: first.len() };
    let places: Vec<usize> = (0..dealing.kinds.len()).collect();
    let packed = packed_permutation_test(pair, Dealing { kinds: &places, ..dealing }, stream)?;
    let mut test = PermutationTest::nothing(first.first().map_or(0, |unit| unit.k.len()), packed.exact);
    for (place, kind) in dealing.kinds.iter().enumerate() {
        (test.p_values[*kind], test.max_p_values[*kind]) = (packed.p_values[place], packed.max_p_values[place]);
    }
    Some(test)
}

/// [`permutation_test`] of units that are packed already, of many more groups than these two perhaps; kinds are their places in
/// the packing.
#[must_use]
pub fn packed_permutation_test(
    pair: PackedPair<'_>,
    dealing: Dealing<'_>,
    stream: &mut RandomStream,
) -> Option<PermutationTest> {
    let drawn = pair.smaller();
    if drawn < 2 {
        return None;
    }
    let PackedPair { units, members, first } = pair;
    let sizes = [drawn, members.len() - drawn];
    let smaller = if first == drawn { &members[..first] } else { &members[first..] };
    let mut tally = Tally::new(units, &members, smaller, dealing.kinds);
    let deal = Deal { units: members, sizes: &sizes, draws: dealing.draws };
    let arrangements = each_arrangement(deal, stream, |order| tally.count(&order[..drawn]));
    let kinds = dealing.kinds.iter().max().map_or(0, |last| last + 1);
    let mut test = PermutationTest::nothing(kinds, arrangements.exact);
    for case in &tally.cases {
        test.p_values[case.kind] = Some(arrangements.p_value(case.extreme));
        test.max_p_values[case.kind] = Some(arrangements.p_value(case.outdone));
    }
    Some(test)
}

impl PermutationTest {
    /// No p-value for so many kinds.
    fn nothing(kinds: usize, exact: bool) -> Self {
        Self { p_values: vec![None; kinds], max_p_values: vec![None; kinds], exact }
    }
}

/// Counts, over arrangements, how often each kind's statistic is at least as far from 0 as the observed one.
struct Tally<'a> {
    units: &'a PackedUnits,
    cases: Vec<Case>,
    sums: PackedSums,
}

/// One kind under test.
struct Case {
    kind: usize,
    /// Sums over the units of both groups.
    total: RatioSums,
    /// Square of the observed statistic, less the tolerance for ties.
    threshold: f64,
    extreme: u64,
    /// How often the largest statistic of all kinds reached the threshold.
    outdone: u64,
}

impl<'a> Tally<'a> {
    /// `smaller` are the members of the smaller group, of which arrangements will name as many.
    fn new(units: &'a PackedUnits, members: &[u32], smaller: &[u32], kinds: &[usize]) -> Self {
        let [mut totals, mut sums] = [PackedSums::default(), PackedSums::default()];
        units.sum(members, &mut totals);
        units.sum(smaller, &mut sums);
        let case = |kind: usize| {
            let total = totals.of(kind);
            let (square, variance) = squares(&sums.of(kind), &total);
            Case { kind, total, threshold: statistic(square, variance) * (1.0 - TIE), extreme: 0, outdone: 0 }
        };
        let cases = kinds.iter().copied().filter(|kind| varies(&totals.of(*kind))).map(case).collect();
        Self { units, cases, sums }
    }

    fn count(&mut self, members: &[u32]) {
        self.units.sum(members, &mut self.sums);
        let mut largest: f64 = 0.0;
        for case in &mut self.cases {
            let (square, variance) = squares(&self.sums.of(case.kind), &case.total);
            case.extreme += u64::from(reaches(square, variance, case.threshold));
            largest = largest.max(statistic(square, variance));
        }
        for case in &mut self.cases {
            case.outdone += u64::from(largest >= case.threshold);
        }
    }
}

/// Whether some trials are successes and some are not; a kind of which all or none are cannot differ between groups.
const fn varies(totals: &RatioSums) -> bool {
    totals.k > 0 && totals.k < totals.n
}

/// Square of the difference between a part's share and the remainder's, and the variance of that difference.
fn squares(part: &RatioSums, total: &RatioSums) -> (f64, f64) {
    let remainder = total.without(part);
    let (share, other) = (part.share().unwrap_or_default(), remainder.share().unwrap_or_default());
    let difference = if part.k * remainder.n == remainder.k * part.n { 0.0 } else { share - other };
    let variance = part.variance().unwrap_or_default() + remainder.variance().unwrap_or_default();
    (difference * difference, variance)
}

/// Square of the studentised difference: infinite without variance, but 0 where the shares are the same.
fn statistic(square: f64, variance: f64) -> f64 {
    if square <= 0.0 { 0.0 } else { square / variance }
}

/// Whether `square / variance` is at least `threshold`, where 0 / 0 is 0 and anything else over 0 is infinite.
fn reaches(square: f64, variance: f64, threshold: f64) -> bool {
    if threshold.is_infinite() {
        return variance <= 0.0 && square > 0.0;
    }
    threshold <= 0.0 || (square > 0.0 && square >= threshold * variance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;
    use crate::stats::dealing::example::each_of_all;

    const EIGHT: [(u64, u64); 8] = [(3, 10), (5, 12), (2, 8), (6, 15), (1, 9), (0, 11), (2, 14), (1, 10)];

    fn units(pairs: &[(u64, u64)]) -> Vec<ClusterCounts> {
        pairs.iter().map(|(k, n)| ClusterCounts { n: *n, k: vec![*k] }).collect()
    }

    /// Every kind, and the draws of the whole span.
    const ALL: Dealing<'_> = Dealing { draws: MONTE_CARLO_DRAWS, kinds: &[0, 1, 2] };

    fn test(first: &[(u64, u64)], second: &[(u64, u64)], name: &str) -> Option<PermutationTest> {
        permutation_test(&units(first), &units(second), Dealing { kinds: &[0], ..ALL }, &mut Seed::new(1).stream(name))
    }

    type Group<'a> = &'a [(u64, u64)];

    /// Counted by listing all arrangements in Python, apart from this program.
    #[test]
    fn exact_tests_agree_with_an_independent_enumeration() {
        let cases: [(Group, Group, f64, f64); 9] = [
            (&EIGHT[..4], &EIGHT[4..], 2.0, 70.0),
            (&[(3, 8), (2, 8), (9, 15)], &[(3, 9), (6, 10), (4, 13), (0, 12)], 13.0, 35.0),
            (&[(4, 10), (0, 9)], &[(0, 9), (0, 9), (0, 14), (0, 11), (0, 13), (0, 15)], 3.0, 28.0),
            (
                &[(0, 11), (0, 8), (0, 12), (0, 13), (1, 10)],
                &[(5, 15), (2, 12), (3, 12), (11, 11), (0, 11), (1, 11), (2, 14)],
                8.0,
                792.0,
            ),
            (
                &[(7, 9), (5, 9), (10, 12), (8, 14), (1, 6), (9, 15)],
                &[(3, 10), (14, 17), (12, 14), (3, 19), (4, 9), (10, 16)],
                612.0,
                924.0,
            ),
            (&[(6, 15), (0, 12)], &[(4, 6), (10, 12)], 2.0, 6.0),
            (&[(0, 5), (0, 7)], &[(3, 5), (3, 5)], 2.0, 6.0),
            (&[(1, 2), (2, 4)], &[(0, 3), (0, 9), (0, 2)], 1.0, 10.0),
            (&[(1, 4), (1, 4), (2, 8)], &[(1, 4), (2, 8)], 10.0, 10.0),
        ];
        for (first, second, extreme, arrangements) in cases {
            for (one, other) in [(first, second), (second, first)] {
                let found = test(one, other, "exact").unwrap();
                // One kind is its own family.
                let p_values = vec![Some(extreme / arrangements)];
                let expected = PermutationTest { max_p_values: p_values.clone(), p_values, exact: true };
                assert_eq!(found, expected, "{one:?} against {other:?}");
            }
        }
    }

    /// The bare difference of the eight documents, .2646465, is reached by 2 of 70 arrangements too.
    #[test]
    fn the_bare_difference_of_the_eight_documents_gives_the_published_p_value() {
        let share = |members: &[(u64, u64)]| {
            members.iter().map(|pair| pair.0).sum::<u64>() as f64
                / members.iter().map(|pair| pair.1).sum::<u64>() as f64
        };
        let mut differences = Vec::new();
        each_of_all(&[4, 4], |order| {
            let pick = |units: &[u32]| units.iter().map(|unit| EIGHT[*unit as usize]).collect::<Vec<_>>();
            differences.push((share(&pick(&order[..4])) - share(&pick(&order[4..]))).abs());
        });
        assert!((differences[0] - 0.264_646_464_646_464_7).abs() < 1e-12);
        assert_eq!(differences.len(), 70);
        assert_eq!(differences.iter().filter(|difference| **difference >= differences[0] - 1e-12).count(), 2);
    }

    #[test]
    fn the_largest_of_many_kinds_is_reached_at_least_as_often_as_one_kind_and_at_most_as_the_sum() {
        let kinds = |shift: u64| -> Vec<ClusterCounts> {
            (0..6)
                .map(|unit| ClusterCounts { n: 12, k: vec![unit % 4 + shift, (unit * 5) % 7, 1 + unit % 2] })
                .collect()
        };
        let found = permutation_test(&kinds(3), &kinds(0), ALL, &mut Seed::new(1).stream("largest")).unwrap();
        let [own, largest] = [&found.p_values, &found.max_p_values];
        let sum: f64 = own.iter().flatten().sum();
        for (own, largest) in own.iter().flatten().zip(largest.iter().flatten()) {
            assert!(own <= largest && *largest <= sum.min(1.0), "{found:?}");
        }
        assert!(largest[0].unwrap() < 0.1 && largest.iter().flatten().count() == 3, "{found:?}");
    }

    #[test]
    fn random_arrangements_come_near_the_exact_p_value() {
        // 184,756 arrangements; listing them in Python gives 0.0562.
        let first = [(3, 10), (5, 12), (2, 8), (6, 15), (4, 9), (0, 7), (3, 14), (5, 11), (1, 6), (4, 13)];
        let second = [(1, 9), (0, 11), (4, 14), (1, 10), (3, 8), (2, 12), (0, 9), (5, 16), (2, 7), (3, 10)];
        let found = test(&first, &second, "near").unwrap();
        assert!(!found.exact);
        let p_value = found.p_values[0].unwrap();
        assert!((p_value - 0.0562).abs() < 0.01, "{p_value}");
    }

    #[test]
    fn groups_too_small_or_without_any_variation_have_no_p_value() {
        assert_eq!(test(&[(1, 3)], &[(0, 3), (2, 3)], "small"), None);
        assert_eq!(test(&[], &[], "none"), None);
        for hits in [0, 3] {
            let same = [(hits, 3), (hits, 3)];
            assert_eq!(test(&same, &same, "same").unwrap().p_values, [None], "{hits} of 3 everywhere");
        }
    }

    #[test]
    fn a_kind_has_the_same_p_value_whatever_is_tested_with_it() {
        let alone = |pairs: &[(u64, u64)]| units(pairs);
        let beside = |pairs: &[(u64, u64)]| -> Vec<ClusterCounts> {
            pairs.iter().map(|(k, n)| ClusterCounts { n: *n, k: vec![n - k, *k, 0] }).collect()
        };
        let first: Vec<(u64, u64)> = (0..12).map(|unit| (unit % 4, 8 + unit % 3)).collect();
        let second: Vec<(u64, u64)> = (0..15).map(|unit| (unit % 3, 7 + unit % 5)).collect();
        let stream = || Seed::new(1).stream("beside");
        let single = Dealing { kinds: &[0], ..ALL };
        let one = permutation_test(&alone(&first), &alone(&second), single, &mut stream()).unwrap();
        let three = permutation_test(&beside(&first), &beside(&second), ALL, &mut stream()).unwrap();
        assert_eq!([three.p_values[1], three.p_values[2]], [one.p_values[0], None]);
        let middle = Dealing { kinds: &[1], ..ALL };
        let chosen = permutation_test(&beside(&first), &beside(&second), middle, &mut stream()).unwrap();
        assert_eq!(chosen.p_values, [None, one.p_values[0], None], "the others were not asked for");
    }
}
