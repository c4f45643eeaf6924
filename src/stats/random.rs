//! Random streams with names: one seed for a study, one stream for each thing that is drawn.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// The seed of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(u64);

/// A stream of random numbers that depends on its seed and name only, never on what else is drawn, so that adding an
/// outlet changes no digit of another's rows. The same on every machine.
#[derive(Clone, Debug)]
pub struct RandomStream(ChaCha8Rng);

impl Seed {
    /// The seed with this number.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream of this name, from its beginning. Its 256-bit key is the SHA-256 of the seed (eight bytes, little
    /// endian) and the name; the generator is `ChaCha8`.
    #[must_use]
    pub fn stream(self, name: &str) -> RandomStream {
        let key = Sha256::new().chain_update(self.0.to_le_bytes()).chain_update(name).finalize();
        RandomStream(ChaCha8Rng::from_seed(key.into()))
    }
}

impl RandomStream {
    /// 64 random bits.
    #[inline]
    #[must_use]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number in `0..bound`, each equally likely; 0 when `bound` is 0 or 1. Lemire (2019), Fast random integer
    /// generation in an interval.
    // Asked for every unit of every arrangement that is drawn: a call each time takes as long as the number.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the product; the high one is below bound")]
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let mut product = u128::from(self.bits()) * u128::from(bound);
        if (product as u64) < bound {
            let threshold = bound.wrapping_neg() % bound;
            while (product as u64) < threshold {
                product = u128::from(self.bits()) * u128::from(bound);
            }
        }
        (product >> 64) as usize
    }

    /// As [`below`](Self::below) of each of the bounds in turn, all of one word of 64 bits. The product of the bounds must be at
    /// most 2^63, and is best far below. Brackett-Rozinsky and Lemire (2024), Batched ranged random integer generation.
    // Random bits are most of what dealing costs: four numbers of a word take half the time of one.
    #[inline]
    pub(super) fn below_each<const N: usize>(&mut self, bounds: [u64; N]) -> [usize; N] {
        let (mut numbers, mut rest) = self.cut(bounds);
        let product: u64 = bounds.iter().product();
        if rest < product {
            let threshold = product.wrapping_neg() % product;
            while rest < threshold {
                (numbers, rest) = self.cut(bounds);
            }
        }
        numbers
    }

    /// A number below each bound from one word, and what is left of the word.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the product; the high one is below bound")]
    fn cut<const N: usize>(&mut self, bounds: [u64; N]) -> ([usize; N], u64) {
        let mut rest = self.bits();
        let numbers = bounds.map(|bound| {
            let product = u128::from(rest) * u128::from(bound);
            rest = product as u64;
            (product >> 64) as usize
        });
        (numbers, rest)
    }
}

/// The first `size` of the items in random order, all where there are fewer: Fisher and Yates (1938), in the form of
/// Durstenfeld (1964).
pub fn shuffled<T: Clone>(items: &[T], size: usize, stream: &mut RandomStream) -> Vec<T> {
    let mut order = items.to_vec();
    let size = size.min(order.len());
    for place in 0..size {
        order.swap(place, place + stream.below(items.len() - place));
    }
    order.truncate(size);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_and_name_only() {
        let bits = |seed: u64, name: &str| Seed::new(seed).stream(name).bits();
        assert_eq!(bits(1, "permutation/a~b/all"), bits(1, "permutation/a~b/all"));
        assert_ne!(bits(1, "permutation/a~b/all"), bits(2, "permutation/a~b/all"));
        assert_ne!(bits(1, "permutation/a~b/all"), bits(1, "permutation/a~c/all"));
    }

    #[test]
    fn numbers_below_a_bound_are_equally_likely() {
        let mut stream = Seed::new(7).stream("test");
        for bound in [1, 2, 3, 10, 100] {
            let mut seen = vec![0_u32; bound];
            for _ in 0..20_000 {
                seen[stream.below(bound)] += 1;
            }
            let expected = 20_000.0 / bound as f64;
            for (number, count) in seen.iter().enumerate() {
                let off = (f64::from(*count) - expected).abs() / expected.sqrt();
                assert!(off < 4.5, "{number} below {bound} came {count} times, expected {expected}");
            }
        }
        assert_eq!(stream.below(0), 0);
    }

    #[test]
    fn numbers_of_one_word_are_equally_likely_and_independent() {
        let mut stream = Seed::new(7).stream("test");
        // The product of the second bounds leaves a word hardly any bits over, so that many are drawn anew.
        for last in [2, 1 << 59] {
            let mut seen = [[[0_u32; 2]; 5]; 3];
            for _ in 0..150_000 {
                let [one, two, three] = stream.below_each([3, 5, last]);
                seen[one][two][usize::from(three as u64 >= last / 2)] += 1;
            }
            for count in seen.as_flattened().as_flattened() {
                let off = (f64::from(*count) - 5_000.0).abs() / 5_000_f64.sqrt();
                assert!(off < 4.5, "{last}: {seen:?}");
            }
        }
    }
}
