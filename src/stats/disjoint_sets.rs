//! Things joined pair by pair into sets; in whatever order the pairs come, the sets are the same.

/// Sets of the numbers from 0 on. Tarjan (1975), with halved paths and the smallest number as the root of its set.
#[derive(Clone, Debug)]
pub struct DisjointSets {
    parents: Vec<usize>,
}

impl DisjointSets {
    /// So many numbers, each alone.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { parents: (0..size).collect() }
    }

    /// The smallest number of the set that `number` is in.
    pub fn root(&mut self, mut number: usize) -> usize {
        while self.parents[number] != number {
            self.parents[number] = self.parents[self.parents[number]];
            number = self.parents[number];
        }
        number
    }

    /// Makes one set of the two that `a` and `b` are in.
    pub fn join(&mut self, a: usize, b: usize) {
        let [a, b] = [self.root(a), self.root(b)];
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_do_not_depend_on_the_order_of_pairs() {
        let pairs = [(4, 2), (7, 9), (2, 8), (1, 3), (9, 4)];
        let expected = [0, 1, 2, 1, 2, 5, 6, 2, 2, 2];
        for start in 0..pairs.len() {
            let mut sets = DisjointSets::new(10);
            for at in 0..pairs.len() {
                let (a, b) = pairs[(start + at) % pairs.len()];
                sets.join(a, b);
            }
            let roots: Vec<usize> = (0..10).map(|number| sets.root(number)).collect();
            assert_eq!(roots, expected, "from pair {start} on");
        }
    }
}
