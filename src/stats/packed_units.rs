//! Units laid out for summing over thousands of subsets of them: what the tests of `permutation` and `divergence` spend their
//! time on.
//!
//! A unit is a short run of numbers: its trials, then the successes of every eight kinds of which it has any. Eight kinds are
//! summed at once by the vectors of the processor, and of many kinds, most of which a document has nothing of, little is read.

use crate::stats::{ClusterCounts, RatioSums};

/// Kinds that stand together.
const LANES: usize = 8;

/// Numbers of a block: which eight kinds it is of, and the successes of each.
const BLOCK: usize = 1 + LANES;

/// The units of a test, by their numbers from 0.
pub(super) struct PackedUnits {
    /// Where each unit's numbers begin, and where the last one's end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
    blocks: usize,
}

/// Sums over some units.
#[derive(Clone, Debug, Default)]
pub(super) struct PackedSums {
    units: u64,
    n: u64,
    nn: u64,
    blocks: Vec<BlockSums>,
}

/// Those of eight kinds.
#[derive(Clone, Copy, Debug, Default)]
struct BlockSums {
    k: [u64; LANES],
    kk: [u64; LANES],
    kn: [u64; LANES],
}

impl PackedUnits {
    /// Units with the successes of these kinds, which from here on are known by their place among them.
    pub(super) fn new<'u>(units: impl IntoIterator<Item = &'u ClusterCounts>, kinds: &[usize]) -> Self {
        let (mut starts, mut numbers) = (vec![0], Vec::new());
        for unit in units {
            numbers.push(narrow(unit.n));
            for (block, kinds) in (0..).zip(kinds.chunks(LANES)) {
                let mut successes = [0; LANES];
                for (success, kind) in successes.iter_mut().zip(kinds) {
                    *success = narrow(unit.k[*kind]);
                }
                if successes != [0; LANES] {
                    numbers.push(block);
                    numbers.extend(successes);
                }
            }
            starts.push(narrow(numbers.len() as u64));
        }
        Self { starts, numbers, blocks: kinds.len().div_ceil(LANES) }
    }

    /// How many units there are.
    pub(super) const fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Numbers of all units.
    pub(super) fn all(&self) -> Vec<u32> {
        (0..narrow(self.len() as u64)).collect()
    }

    /// Writes the sums over the members.
    pub(super) fn sum(&self, members: &[u32], sums: &mut PackedSums) {
        let (mut total_n, mut total_nn) = (0, 0);
        sums.blocks.clear();
        sums.blocks.resize(self.blocks, BlockSums::default());
        for member in members {
            let (n, blocks) = self.unit(*member);
            total_n += n;
            total_nn += n * n;
            for block in blocks.as_chunks::<BLOCK>().0 {
                let [place, successes @ ..] = block;
                sums.blocks[*place as usize].add(n, successes);
            }
        }
        (sums.units, sums.n, sums.nn) = (members.len() as u64, total_n, total_nn);
    }

    /// Writes the successes of the members by kind, a number for each kind asked for.
    pub(super) fn sum_successes(&self, members: &[u32], sums: &mut [u64]) {
        sums.fill(0);
        for member in members {
            for block in self.unit(*member).1.as_chunks::<BLOCK>().0 {
                let [place, successes @ ..] = block;
                let of_block = &mut sums[*place as usize * LANES..];
                of_block.iter_mut().zip(successes).for_each(|(sum, k)| *sum += u64::from(*k));
            }
        }
    }

    /// The trials of a unit, and its blocks.
    fn unit(&self, member: u32) -> (u64, &[u32]) {
        let at = member as usize;
        let numbers = &self.numbers[self.starts[at] as usize..self.starts[at + 1] as usize];
        numbers.split_first().map_or((0, &[]), |(n, blocks)| (u64::from(*n), blocks))
    }
}

impl BlockSums {
    fn add(&mut self, n: u64, successes: &[u32; LANES]) {
        for (lane, k) in successes.iter().enumerate() {
            let k = u64::from(*k);
            self.k[lane] += k;
            self.kk[lane] += k * k;
            self.kn[lane] += k * n;
        }
    }
}

impl PackedSums {
    /// The sums of one of the kinds, by its place among those asked for.
    pub(super) fn of(&self, place: usize) -> RatioSums {
        let (block, lane) = (&self.blocks[place / LANES], place % LANES);
        RatioSums {
            units: self.units,
            n: self.n,
            nn: self.nn,
            k: block.k[lane],
            kk: block.kk[lane],
            kn: block.kn[lane],
        }
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
        // Of twenty kinds most units have none, and some nothing at all.
        let mut unit = |number: u64| ClusterCounts {
            n: 1 + number % 9,
            k: (0..20).map(|_| (stream.below(9) as u64).saturating_sub(7)).collect(),
        };
        let mut units: Vec<ClusterCounts> = (0..40).map(&mut unit).collect();
        units.push(ClusterCounts { n: 3, k: vec![0; 20] });
        for kinds in [&[0][..], &[19, 3, 8, 9, 1, 2, 4, 5, 6], &(0..20).collect::<Vec<_>>()] {
            let (packed, mut sums) = (PackedUnits::new(&units, kinds), PackedSums::default());
            assert_eq!(packed.len(), units.len());
            let members = [40, 3, 17, 20, 39];
            let chosen: Vec<ClusterCounts> = members.iter().map(|member| units[*member as usize].clone()).collect();
            packed.sum(&members, &mut sums);
            let mut successes = vec![0; kinds.len()];
            packed.sum_successes(&members, &mut successes);
            for (place, kind) in kinds.iter().enumerate() {
                let expected = RatioSums::of(&chosen, *kind);
                assert_eq!((sums.of(place), successes[place]), (expected, expected.k), "kind {kind} of {kinds:?}");
            }
        }
    }
}
