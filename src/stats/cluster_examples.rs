//! Documents by hits and sentences that several tests of intervals share: tables drawn at random from beta-binomial
//! distributions, and degenerate ones. Only tests see them.

#![cfg(test)]

pub(super) const THREE_WITHOUT_HITS: &[(u64, u64)] = &[(0, 6), (0, 5), (0, 10)];
pub(super) const FIVE_UNEVEN: &[(u64, u64)] = &[(0, 22), (0, 17), (3, 14), (1, 22), (9, 22)];
pub(super) const EIGHT_WITH_ONE_CARRIER: &[(u64, u64)] =
    &[(0, 8), (0, 11), (0, 14), (0, 13), (0, 13), (0, 18), (2, 19), (0, 8)];
pub(super) const TWELVE: &[(u64, u64)] = &[
    (2, 29),
    (23, 31),
    (16, 23),
    (14, 25),
    (11, 32),
    (13, 34),
    (13, 39),
    (3, 39),
    (4, 33),
    (2, 32),
    (19, 35),
    (16, 31),
];
pub(super) const SIX_ALL_HITS: &[(u64, u64)] = &[(6, 6), (6, 6), (4, 4), (5, 5), (5, 5), (5, 5)];
pub(super) const THIRTY: &[(u64, u64)] = &[
    (7, 24),
    (6, 22),
    (0, 33),
    (0, 14),
    (10, 23),
    (2, 22),
    (1, 22),
    (1, 17),
    (1, 29),
    (0, 25),
    (3, 11),
    (0, 21),
    (0, 15),
    (0, 24),
    (1, 20),
    (0, 16),
    (0, 13),
    (4, 22),
    (0, 19),
    (1, 19),
    (4, 17),
    (0, 16),
    (3, 17),
    (4, 15),
    (0, 17),
    (0, 27),
    (0, 20),
    (0, 26),
    (3, 24),
    (5, 26),
];
pub(super) const THREE_WITHOUT_HITS_AGAIN: &[(u64, u64)] = &[(0, 10), (0, 12), (0, 9)];
pub(super) const FOUR_EQUAL_ALL_HITS: &[(u64, u64)] = &[(4, 4), (4, 4), (4, 4), (4, 4)];
pub(super) const THREE_OF_ONE_SHARE: &[(u64, u64)] = &[(1, 2), (2, 4), (3, 6)];
pub(super) const TWO_ALL_HITS: &[(u64, u64)] = &[(5, 5), (7, 7)];
pub(super) const FIVE_SENTENCES: &[(u64, u64)] = &[(1, 1), (0, 1), (1, 1), (1, 1), (0, 1)];
pub(super) const LONG_AND_SHORT: &[(u64, u64)] = &[(3, 100), (0, 1)];
