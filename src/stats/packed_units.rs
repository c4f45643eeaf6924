//! Units laid out for summing over thousands of subsets of them: what the tests of `permutation`, `divergence` and `omnibus`
//! spend their time on.
//!
//! Eight kinds are summed at once by the vectors of the processor. Of few kinds every unit has a row of its own in a table for
//! every eight, and one is gone through after the other: all rows are alike, so that nothing is asked of a row before it is
//! added. Of many kinds, most of which a document has nothing of, a unit is a run of numbers: its trials, then the successes
//! of every eight kinds of which it has any. Sums are of whole numbers: no layout, no vector width, and no order of the units,
//! changes a digit.

#![expect(clippy::inline_always, reason = "what is not inlined is compiled without the wide vectors of the caller")]

use std::ops::{Add, Mul};
use std::sync::LazyLock;

use pulp::{Arch, Simd, WithSimd};

use crate::stats::{ClusterCounts, RatioSums};

/// The vectors that this processor has.
static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Kinds that stand together.
const LANES: usize = 8;

/// Numbers of a block: which eight kinds it is of, and the successes of each.
const BLOCK: usize = 1 + LANES;

/// So many blocks, of 32 kinds, are summed sooner as rows of which many are empty than as runs without these: a run whose length
/// the processor guesses wrong costs what four rows do.
const MOST_TABLES: usize = 4;

/// The units of a test, by their numbers from 0.
pub struct PackedUnits {
    count: usize,
    layout: Layout,
    blocks: usize,
    /// Whether no sum can pass 32 bits, so that vectors hold twice as many.
    is_narrow: bool,
}

enum Layout {
    /// By block, a row for each unit.
    Tables(Vec<Vec<Row>>),
    /// A run of numbers for each unit.
    Runs(Runs),
}

/// A unit's trials, and its successes of eight kinds.
#[derive(Clone, Copy)]
struct Row {
    n: u32,
    successes: [u32; LANES],
}

struct Runs {
    /// Where each unit's numbers begin, and where the last one's end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

/// Two groups of some units.
pub struct PackedPair<'p> {
    /// The units, perhaps with others.
    pub units: &'p PackedUnits,
    /// Numbers of those in either group, those of the first group before those of the second.
    pub members: Vec<u32>,
    /// How many are in the first group.
    pub first: usize,
}

impl PackedPair<'_> {
    /// Units of the smaller group: who is in it settles who is in the larger, at less work.
    pub(super) fn smaller(&self) -> usize {
        self.first.min(self.members.len() - self.first)
    }
}

/// Sums over some units.
#[derive(Clone, Debug, Default)]
pub(super) struct PackedSums {
    units: u64,
    n: u64,
    nn: u64,
    /// Where sums stay below 2^32; else none.
    narrow: Vec<BlockSums<u32>>,
    /// Where they may not; else none.
    wide: Vec<BlockSums<u64>>,
}

/// Those of eight kinds.
#[derive(Clone, Copy, Debug, Default)]
struct BlockSums<N> {
    k: [N; LANES],
    kk: [N; LANES],
    kn: [N; LANES],
}

impl PackedUnits {
    /// Units with the successes of these kinds, which from here on are known by their place among them.
    #[must_use]
    pub fn new<'u>(units: impl IntoIterator<Item = &'u ClusterCounts>, kinds: &[usize]) -> Self {
        let blocks = kinds.len().div_ceil(LANES);
        let mut layout = match blocks {
            1..=MOST_TABLES => Layout::Tables(vec![Vec::new(); blocks]),
            _ => Layout::Runs(Runs { starts: vec![0], numbers: Vec::new() }),
        };
        let (mut count, mut squares): (usize, u64) = (0, 0);
        for unit in units {
            layout.push(unit, kinds);
            count += 1;
            squares = squares.saturating_add(unit.n.saturating_mul(unit.n));
        }
        // Successes are trials, so that no sum of products is above that of the squared trials.
        Self { count, layout, blocks, is_narrow: u32::try_from(squares).is_ok() }
    }

    /// How many units there are.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// Numbers of all units.
    pub(super) fn all(&self) -> Vec<u32> {
        (0..narrow(self.len() as u64)).collect()
    }

    /// Writes the sums over the members.
    pub(super) fn sum(&self, members: &[u32], sums: &mut PackedSums) {
        if self.is_narrow {
            sums.narrow.clear();
            sums.narrow.resize(self.blocks, BlockSums::default());
        } else {
            sums.wide.clear();
            sums.wide.resize(self.blocks, BlockSums::default());
        }
        sums.units = members.len() as u64;
        ARCH.dispatch(Summing { units: self, members, sums });
    }

    /// Writes the successes of the members by kind, a number for each kind asked for, and zeros up to whole blocks.
    pub(super) fn sum_successes(&self, members: &[u32], sums: &mut Vec<u64>) {
        sums.clear();
        sums.resize(self.blocks * LANES, 0);
        ARCH.dispatch(SummingSuccesses { units: self, members, sums: sums.as_chunks_mut().0 });
    }
}

impl Layout {
    fn push(&mut self, unit: &ClusterCounts, kinds: &[usize]) {
        let n = narrow(unit.n);
        let blocks = kinds.chunks(LANES).map(|kinds| {
            let mut successes = [0; LANES];
            for (success, kind) in successes.iter_mut().zip(kinds) {
                *success = narrow(unit.k[*kind]);
            }
            successes
        });
        match self {
            Self::Tables(tables) => {
                for (table, successes) in tables.iter_mut().zip(blocks) {
                    table.push(Row { n, successes });
                }
            }
            Self::Runs(runs) => {
                runs.numbers.push(n);
                for (block, successes) in (0..).zip(blocks).filter(|(_, successes)| *successes != [0; LANES]) {
                    runs.numbers.push(block);
                    runs.numbers.extend(successes);
                }
                runs.starts.push(narrow(runs.numbers.len() as u64));
            }
        }
    }
}

impl Runs {
    /// The trials of a unit, and its blocks.
    #[inline(always)]
    fn unit(&self, member: u32) -> (u64, &[u32]) {
        let at = member as usize;
        let numbers = &self.numbers[self.starts[at] as usize..self.starts[at + 1] as usize];
        numbers.split_first().map_or((0, &[]), |(n, blocks)| (u64::from(*n), blocks))
    }
}

struct Summing<'a> {
    units: &'a PackedUnits,
    members: &'a [u32],
    sums: &'a mut PackedSums,
}

impl WithSimd for Summing<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { units, members, sums } = self;
        (sums.n, sums.nn) = if units.is_narrow {
            add_all(units, members, &mut sums.narrow, narrow)
        } else {
            add_all(units, members, &mut sums.wide, |n| n)
        };
    }
}

/// Adds the members' blocks to their sums; the sum of their trials, and that of the squared trials.
#[inline(always)]
fn add_all<N>(units: &PackedUnits, members: &[u32], sums: &mut [BlockSums<N>], number: impl Fn(u64) -> N) -> (u64, u64)
where
    N: Copy + From<u32> + Add<Output = N> + Mul<Output = N>,
{
    match &units.layout {
        Layout::Tables(tables) => {
            let mut totals = (0, 0);
            for (table, sums) in tables.iter().zip(sums) {
                // A copy stays in registers: written and read again for each unit it takes twice as long.
                let mut sum = *sums;
                totals = each_row(table, members, |n, successes| sum.add(number(n), successes));
                *sums = sum;
            }
            totals
        }
        Layout::Runs(runs) => each_block(runs, members, |place, n, successes| sums[place].add(number(n), successes)),
    }
}

/// Visits the members' rows; the sum of their trials, and that of the squares.
#[inline(always)]
fn each_row(table: &[Row], members: &[u32], mut visit: impl FnMut(u64, &[u32; LANES])) -> (u64, u64) {
    let (mut total_n, mut total_nn) = (0, 0);
    for member in members {
        let Row { n, successes } = &table[*member as usize];
        let n = u64::from(*n);
        total_n += n;
        total_nn += n * n;
        visit(n, successes);
    }
    (total_n, total_nn)
}

/// Visits the members' blocks with their trials; the sum of these, and that of their squares.
#[inline(always)]
fn each_block(runs: &Runs, members: &[u32], mut visit: impl FnMut(usize, u64, &[u32; LANES])) -> (u64, u64) {
    let (mut total_n, mut total_nn) = (0, 0);
    for member in members {
        let (n, blocks) = runs.unit(*member);
        total_n += n;
        total_nn += n * n;
        for block in blocks.as_chunks::<BLOCK>().0 {
            let [place, successes @ ..] = block;
            visit(*place as usize, n, successes);
        }
    }
    (total_n, total_nn)
}

struct SummingSuccesses<'a> {
    units: &'a PackedUnits,
    members: &'a [u32],
    sums: &'a mut [[u64; LANES]],
}

impl WithSimd for SummingSuccesses<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { units, members, sums } = self;
        match &units.layout {
            Layout::Tables(tables) => {
                for (table, sums) in tables.iter().zip(sums) {
                    let mut sum = *sums;
                    each_row(table, members, |_, successes| add_lanes(&mut sum, successes));
                    *sums = sum;
                }
            }
            Layout::Runs(runs) => {
                each_block(runs, members, |place, _, successes| add_lanes(&mut sums[place], successes));
            }
        }
    }
}

#[inline(always)]
fn add_lanes(sums: &mut [u64; LANES], successes: &[u32; LANES]) {
    // No `array::from_fn` and no `zip`: what they are made of is compiled elsewhere, and stays a call for each unit.
    let mut new = *sums;
    for (lane, successes) in successes.iter().enumerate() {
        new[lane] += u64::from(*successes);
    }
    *sums = new;
}

impl<N: Copy + From<u32> + Add<Output = N> + Mul<Output = N>> BlockSums<N> {
    /// All is read before anything is written: else the compiler takes them for the same memory, and adds one by one.
    #[inline(always)]
    fn add(&mut self, n: N, successes: &[u32; LANES]) {
        let old = *self;
        let mut new = old;
        for (lane, k) in successes.iter().enumerate() {
            let k = N::from(*k);
            new.k[lane] = old.k[lane] + k;
            new.kk[lane] = old.kk[lane] + k * k;
            new.kn[lane] = old.kn[lane] + k * n;
        }
        *self = new;
    }
}

impl PackedSums {
    /// The sums of one of the kinds, by its place among those asked for.
    #[inline]
    pub(super) fn of(&self, place: usize) -> RatioSums {
        let (block, lane) = (place / LANES, place % LANES);
        let [k, kk, kn] = match self.narrow.get(block) {
            Some(sums) => [sums.k, sums.kk, sums.kn].map(|sums| u64::from(sums[lane])),
            None => [self.wide[block].k, self.wide[block].kk, self.wide[block].kn].map(|sums| sums[lane]),
        };
        RatioSums { units: self.units, n: self.n, nn: self.nn, k, kk, kn }
    }
}

/// Sentences of a document, and numbers of all units: far below four billion.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    #[test]
    fn sums_are_those_of_the_units_one_by_one() {
        let mut stream = Seed::new(1).stream("packed");
        // Of forty kinds most units have none, and some nothing at all.
        let mut unit = |number: u64| ClusterCounts {
            n: 1 + number % 9,
            k: (0..40).map(|_| (stream.below(9) as u64).saturating_sub(7)).collect(),
        };
        let mut units: Vec<ClusterCounts> = (0..40).map(&mut unit).collect();
        units.push(ClusterCounts { n: 3, k: vec![0; 40] });
        let members = [40, 3, 17, 20, 39];
        check(&units, &members);
        // Trials as where documents count alike: squares that no 32 bits hold.
        let large: Vec<ClusterCounts> =
            units.iter().map(|unit| ClusterCounts { n: 1_000_000, ..unit.clone() }).collect();
        check(&large, &members);
    }

    fn check(units: &[ClusterCounts], members: &[u32]) {
        for kinds in
            [&[0][..], &[19, 3, 8, 9, 1, 2, 4, 5, 6], &(0..20).collect::<Vec<_>>(), &(0..40).collect::<Vec<_>>()]
        {
            let (packed, mut sums) = (PackedUnits::new(units, kinds), PackedSums::default());
            assert_eq!(packed.len(), units.len());
            let chosen: Vec<ClusterCounts> = members.iter().map(|member| units[*member as usize].clone()).collect();
            packed.sum(members, &mut sums);
            let mut successes = Vec::new();
            packed.sum_successes(members, &mut successes);
            for (place, kind) in kinds.iter().enumerate() {
                let expected = RatioSums::of(&chosen, *kind);
                assert_eq!((sums.of(place), successes[place]), (expected, expected.k), "kind {kind} of {kinds:?}");
            }
        }
    }
}
