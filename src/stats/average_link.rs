//! Things grouped by how alike they are on average: no chain of neighbours makes a group of what its ends do not share.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// How alike two things are; those of which nothing is said are not alike at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The smaller number of the two.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// In (0, 1].
    pub similarity: f64,
}

/// Groups of the numbers below `size`: the two groups that are most alike are joined, again and again, as long as the mean
/// similarity of all pairs between them is at least `least`. Sokal and Michener (1958), UPGMA. Of equals those of the smallest
/// numbers come first, so the groups do not depend on the order of `pairs`. Each group ascends, and so do their first members.
#[must_use]
pub fn average_link(size: usize, pairs: &[Likeness], least: f64) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(size, pairs);
    let mut queue: BinaryHeap<Closeness> = pairs.iter().filter_map(|pair| groups.closeness(pair.a, pair.b)).collect();
    while let Some(closest) = queue.pop() {
        if closest.similarity < least {
            break;
        }
        // Of groups that have grown since, the queue has a newer entry.
        if groups.closeness(closest.a, closest.b) == Some(closest) {
            groups.join(closest.a, closest.b);
            let others: Vec<usize> = groups.sums[closest.a].keys().copied().collect();
            queue.extend(others.into_iter().filter_map(|other| groups.closeness(closest.a, other)));
        }
    }
    groups.members.into_iter().filter(|members| !members.is_empty()).collect()
}

/// Two groups and the mean similarity between them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Closeness {
    similarity: f64,
    a: usize,
    b: usize,
}

impl Eq for Closeness {}

impl Ord for Closeness {
    fn cmp(&self, other: &Self) -> Ordering {
        let smaller_first = (other.a, other.b).cmp(&(self.a, self.b));
        self.similarity.total_cmp(&other.similarity).then(smaller_first)
    }
}

impl PartialOrd for Closeness {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Groups {
    /// By the smallest number of the group, ascending; empty where a number is in the group of another.
    members: Vec<Vec<usize>>,
    /// By group, the sums of similarities to others.
    sums: Vec<BTreeMap<usize, f64>>,
}

impl Groups {
    fn new(size: usize, pairs: &[Likeness]) -> Self {
        let mut sums = vec![BTreeMap::new(); size];
        for Likeness { a, b, similarity } in pairs {
            sums[*a].insert(*b, *similarity);
            sums[*b].insert(*a, *similarity);
        }
        Self { members: (0..size).map(|number| vec![number]).collect(), sums }
    }

    fn closeness(&self, a: usize, b: usize) -> Option<Closeness> {
        let sum = self.sums[a].get(&b)?;
        let pairs = self.members[a].len() * self.members[b].len();
        Some(Closeness { similarity: sum / pairs as f64, a: a.min(b), b: a.max(b) })
    }

    /// Makes `b`, the larger number, part of `a`.
    fn join(&mut self, a: usize, b: usize) {
        for (other, sum) in std::mem::take(&mut self.sums[b]) {
            self.sums[other].remove(&b);
            if other != a {
                *self.sums[a].entry(other).or_default() += sum;
                let total = self.sums[a][&other];
                self.sums[other].insert(a, total);
            }
        }
        let joined = std::mem::take(&mut self.members[b]);
        self.members[a].extend(joined);
        self.members[a].sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(usize, usize, f64)]) -> Vec<Likeness> {
        of.iter().map(|(a, b, similarity)| Likeness { a: *a, b: *b, similarity: *similarity }).collect()
    }

    #[test]
    fn groups_are_alike_on_average() {
        let chain = [(0, 1, 0.6), (1, 2, 0.6), (2, 3, 0.6)];
        let dense = [(0, 1, 0.9), (0, 2, 0.5), (1, 2, 0.4), (2, 3, 0.3)];
        for (case, given, expected) in [
            ("nothing alike", &[][..], vec![vec![0], vec![1], vec![2], vec![3]]),
            ("a chain falls into its links", &chain, vec![vec![0, 1], vec![2, 3]]),
            ("a third like both of a pair", &dense, vec![vec![0, 1, 2], vec![3]]),
            ("on the line", &[(1, 3, 0.4)], vec![vec![0], vec![1, 3], vec![2]]),
            ("below it", &[(1, 3, 0.399)], vec![vec![0], vec![1], vec![2], vec![3]]),
        ] {
            let mut turned = pairs(given);
            assert_eq!(average_link(4, &turned, 0.4), expected, "{case}");
            turned.reverse();
            assert_eq!(average_link(4, &turned, 0.4), expected, "{case}, pairs in another order");
        }
    }
}
