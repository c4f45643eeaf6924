//! Folds that never split a group and have about the same share of each kind of row.

use std::collections::BTreeMap;

use crate::stats::random::RandomStream;

/// In which fold each row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folds {
    fold_of: Vec<usize>,
    count: usize,
}

impl Folds {
    /// Folds given by the number of each row's.
    #[must_use]
    pub fn new(fold_of: Vec<usize>) -> Self {
        let count = fold_of.iter().max().map_or(0, |last| last + 1);
        Self { fold_of, count }
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The fold of a row.
    #[must_use]
    pub fn of(&self, row: usize) -> usize {
        self.fold_of[row]
    }

    /// The rows in a fold, ascending.
    pub fn inside(&self, fold: usize) -> impl Iterator<Item = usize> {
        self.fold_of.iter().enumerate().filter(move |(_, of)| **of == fold).map(|(row, _)| row)
    }

    /// The rows in other folds, ascending.
    pub fn outside(&self, fold: usize) -> impl Iterator<Item = usize> {
        self.fold_of.iter().enumerate().filter(move |(_, of)| **of != fold).map(|(row, _)| row)
    }
}

/// Spreads rows over at most `count` folds. Rows of one group stay together; each group in turn, in an order drawn from
/// `stream` with large groups first, goes where its kinds of rows are rarest. `kinds` are, for each row, the numbers of
/// what should be spread evenly, such as its labels. Fewer groups than folds give as many folds as groups.
#[must_use]
pub fn grouped_folds(groups: &[usize], kinds: &[Vec<usize>], count: usize, stream: &mut RandomStream) -> Folds {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(row);
    }
    let mut order: Vec<Vec<usize>> = members.into_values().collect();
    for last in (1..order.len()).rev() {
        order.swap(last, stream.below(last + 1));
    }
    // Large groups first: one that comes last finds the folds full and can no longer be evened out. The sort is
    // stable, so groups of one size keep the order drawn for them.
    order.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
    let count = count.min(order.len()).max(1);
    let widest = kinds.iter().flatten().max().map_or(1, |last| last + 1);
    let mut totals = vec![0.0; widest];
    kinds.iter().flatten().for_each(|kind| totals[*kind] += 1.0);
    let mut held = vec![(vec![0.0; widest], 0_usize); count];
    let mut fold_of = vec![0; groups.len()];
    for rows in order {
        // As a share of all rows of the kind, so that a label with 10 rows is spread as evenly as one with 1,000.
        let crowd = |fold: &(Vec<f64>, usize)| -> f64 {
            rows.iter().flat_map(|row| &kinds[*row]).map(|kind| fold.0[*kind] / totals[*kind]).sum()
        };
        // Where the kinds say nothing, as for rows without labels, the fold with fewer rows comes first.
        let crowds: Vec<(f64, usize)> = held.iter().map(|fold| (crowd(fold), fold.1)).collect();
        let best = (0..count).reduce(|best, next| if crowds[next] < crowds[best] { next } else { best }).unwrap_or(0);
        for row in rows {
            fold_of[row] = best;
            held[best].1 += 1;
            kinds[row].iter().for_each(|kind| held[best].0[*kind] += 1.0);
        }
    }
    Folds { fold_of, count }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Seed;

    #[test]
    fn folds_split_no_group_and_spread_each_kind() {
        let groups: Vec<usize> = (0..90).map(|row| row / 3).collect();
        let kinds: Vec<Vec<usize>> = (0..90).map(|row| vec![usize::from(row % 9 < 3)]).collect();
        let folds = grouped_folds(&groups, &kinds, 5, &mut Seed::new(1).stream("folds"));
        assert_eq!(folds.count(), 5);
        for rows in (0..90).collect::<Vec<_>>().chunks(3) {
            assert!(rows.iter().all(|row| folds.of(*row) == folds.of(rows[0])), "{rows:?}");
        }
        for fold in 0..5 {
            let kinds: Vec<usize> = folds.inside(fold).map(|row| kinds[row][0]).collect();
            assert_eq!((kinds.len(), kinds.iter().sum::<usize>()), (18, 6), "fold {fold}");
            assert_eq!(folds.outside(fold).count(), 72);
        }
    }

    #[test]
    fn fewer_groups_than_folds_give_fewer_folds() {
        let folds = grouped_folds(&[7, 7, 3], &[vec![0], vec![1], vec![0]], 5, &mut Seed::new(1).stream("folds"));
        assert_eq!((folds.count(), folds.of(0)), (2, folds.of(1)));
    }
}
