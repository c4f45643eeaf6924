//! Arrangements of units over groups of given sizes: every one where they are few, else random ones. What the permutation
//! tests of `permutation`, `divergence` and `omnibus` go through.

use crate::stats::RandomStream;

/// The most arrangements that are listed one by one.
pub const MOST_EXACT: u64 = 20_000;

/// Two statistics closer than this part of their value are a tie.
// Different arrangements can have the same statistic but for its last bits; a tie taken for less would make p too
// small, and with a dozen units visibly so.
pub(super) const TIE: f64 = 1e-9;

/// How many arrangements a test went through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrangements {
    /// Whether they were all there are.
    pub(super) exact: bool,
    seen: u64,
}

impl Arrangements {
    /// The p-value where so many were as extreme as the observed one, which is among those listed, and has to be counted in
    /// among those drawn: `(1 + b) / (1 + B)`. Phipson and Smyth (2010).
    pub(super) fn p_value(self, extreme: u64) -> f64 {
        let own = u64::from(!self.exact);
        (extreme + own) as f64 / (self.seen + own) as f64
    }
}

/// What is dealt out, and how often.
pub(super) struct Deal<'a> {
    /// The units, by their numbers, as they are in truth: the first `sizes[0]` of them the first group's and so on.
    pub(super) units: Vec<u32>,
    /// How many units each group has.
    pub(super) sizes: &'a [usize],
    /// Random arrangements where there are too many to list.
    pub(super) draws: u32,
}

/// Calls `visit` with the units in order of their groups: with every arrangement where there are at most [`MOST_EXACT`], else
/// with random ones.
pub(super) fn each_arrangement(deal: Deal<'_>, stream: &mut RandomStream, visit: impl FnMut(&[u32])) -> Arrangements {
    if let Some(count) = arrangements(deal.sizes).filter(|count| *count <= MOST_EXACT) {
        each_listed(&deal.units, deal.sizes, visit);
        Arrangements { exact: true, seen: count }
    } else {
        let seen = u64::from(deal.draws);
        each_draw(deal, stream, visit);
        Arrangements { exact: false, seen }
    }
}

/// Number of ways to deal units out to groups of these sizes, the multinomial coefficient; `None` past 2^64.
fn arrangements(sizes: &[usize]) -> Option<u64> {
    let (mut count, mut dealt): (u64, u64) = (1, 0);
    for size in sizes {
        for step in 1..=*size as u64 {
            dealt += 1;
            // Divides without a remainder: after each step the count is a product of binomial coefficients.
            count = count.checked_mul(dealt)? / step;
        }
    }
    Some(count)
}

/// Every arrangement once, in lexicographic order of the groups that the units are in.
fn each_listed(units: &[u32], sizes: &[usize], mut visit: impl FnMut(&[u32])) {
    let mut group_of: Vec<usize> =
        sizes.iter().enumerate().flat_map(|(group, size)| std::iter::repeat_n(group, *size)).collect();
    let mut order = Vec::with_capacity(group_of.len());
    loop {
        order.clear();
        for group in 0..sizes.len() {
            order.extend(units.iter().zip(&group_of).filter(|(_, of)| **of == group).map(|(unit, _)| *unit));
        }
        visit(&order);
        if !step(&mut group_of) {
            return;
        }
    }
}

/// The next order of the labels; `false` where it was the last. Algorithm L of Knuth, The Art of Computer Programming,
/// 7.2.1.2.
fn step(labels: &mut [usize]) -> bool {
    let Some(place) = (1..labels.len()).rev().find(|place| labels[place - 1] < labels[*place]) else { return false };
    let pivot = labels[place - 1];
    let larger = (place..labels.len()).rev().find(|other| labels[*other] > pivot).unwrap_or(place);
    labels.swap(place - 1, larger);
    labels[place..].reverse();
    true
}

/// So many random arrangements. A partial shuffle of an arrangement however shuffled is uniform, so the units are never put
/// back in order, and the last group takes what the others leave.
fn each_draw(deal: Deal<'_>, stream: &mut RandomStream, mut visit: impl FnMut(&[u32])) {
    // Numbers as small as can be, since of many units the order does not fit next to the processor.
    let Deal { units: mut order, sizes, draws } = deal;
    let units = order.len();
    let dealt = units - sizes.last().copied().unwrap_or_default();
    for _ in 0..draws {
        shuffle(&mut order, dealt, stream);
        visit(&order);
    }
}

/// Brings random units to the first `dealt` places: Fisher and Yates (1938), in the form of Durstenfeld (1964), four places at a
/// time where a word of random bits has enough for them.
fn shuffle(order: &mut [u32], dealt: usize, stream: &mut RandomStream) {
    const TOGETHER: usize = 4;
    // Four numbers below 2^14 leave 8 bits of a word: one word in 256 is drawn anew at most.
    const MOST: usize = 1 << 14;
    let units = order.len();
    let mut place = 0;
    while units <= MOST && place + TOGETHER <= dealt {
        let left = (units - place) as u64;
        for offset in stream.below_each([left, left - 1, left - 2, left - 3]) {
            // Each offset is from a place one further on, as each bound is one less.
            order.swap(place, place + offset);
            place += 1;
        }
    }
    for place in place..dealt {
        order.swap(place, place + stream.below(units - place));
    }
}

/// Every arrangement, also where a test would draw.
#[cfg(test)]
pub(super) mod example {
    pub(in crate::stats) fn each_of_all(sizes: &[usize], visit: impl FnMut(&[u32])) {
        let units: Vec<u32> = (0..).take(sizes.iter().sum()).collect();
        super::each_listed(&units, sizes, visit);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn arrangements_are_all_listed_once() {
        for (sizes, count) in
            [(&[2, 2][..], 6), (&[5, 0], 1), (&[4, 4], 70), (&[3, 17], 1_140), (&[1, 2, 3], 60), (&[2, 2, 2], 90)]
        {
            let mut seen = BTreeSet::new();
            example::each_of_all(sizes, |order| {
                assert!(seen.insert(order.to_vec()), "{order:?} of {sizes:?} comes twice");
            });
            assert_eq!((arrangements(sizes), seen.len() as u64), (Some(count), count), "{sizes:?}");
        }
        assert_eq!(arrangements(&[2, 198]), Some(19_900));
        assert_eq!(arrangements(&[4, 4, 4]), Some(34_650));
        assert_eq!(arrangements(&[6_000, 7_000]), None);
    }
}
