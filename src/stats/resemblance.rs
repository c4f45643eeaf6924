//! How alike two sets are: the shares of what they have in common. Sets are lists of distinct hashes, ascending.

use std::cmp::Ordering;

/// How alike two sets are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resemblance {
    /// What both have as a share of what either has, in [0, 1]; 1 for the same set.
    pub jaccard: f64,
    /// What both have as a share of the smaller set, in [0, 1]; 1 where one holds all of the other.
    pub containment: f64,
}

impl Resemblance {
    /// Of a set and itself.
    pub const SAME: Self = Self { jaccard: 1.0, containment: 1.0 };

    /// Of two sets; `None` where one is empty. Broder (1997), On the resemblance and containment of documents, with the
    /// smaller set as the one that may be contained, so that the order of the two does not matter.
    #[must_use]
    pub fn of(a: &[u64], b: &[u64]) -> Option<Self> {
        let smaller = a.len().min(b.len());
        let shared = shared(a, b);
        let all = a.len() + b.len() - shared;
        let share = |of: usize| shared as f64 / of as f64;
        (smaller > 0).then(|| Self { jaccard: share(all), containment: share(smaller) })
    }
}

fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut at_a, mut at_b, mut shared) = (0, 0, 0);
    while let (Some(of_a), Some(of_b)) = (a.get(at_a), b.get(at_b)) {
        let order = of_a.cmp(of_b);
        at_a += usize::from(order != Ordering::Greater);
        at_b += usize::from(order != Ordering::Less);
        shared += usize::from(order == Ordering::Equal);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: impl IntoIterator<Item = u64>) -> Vec<u64> {
        numbers.into_iter().collect()
    }

    #[test]
    fn counts_what_two_sets_share() {
        for (a, b, jaccard, containment) in [
            // Ten shingles each, six of them shared: the two sentences on the alliance's exercises.
            (set(0..10), set(4..14), 6.0 / 14.0, 0.6),
            (set(0..10), set(0..10), 1.0, 1.0),
            (set(0..4), set(0..10), 0.4, 1.0),
            (set(0..10), set(20..25), 0.0, 0.0),
            (set([1, 5, 9]), set([0, 5, 6, 9]), 0.4, 2.0 / 3.0),
        ] {
            for (first, second) in [(&a, &b), (&b, &a)] {
                let found = Resemblance::of(first, second).unwrap();
                assert!((found.jaccard - jaccard).abs() < 1e-12, "jaccard of {first:?} and {second:?}: {found:?}");
                assert!((found.containment - containment).abs() < 1e-12, "{first:?} and {second:?}: {found:?}");
            }
        }
        assert_eq!(Resemblance::of(&[], &[1]), None);
    }
}
