//! Rows are made cell by cell and stand in tables frame by frame.

use std::ops::Range;

/// Rows that wait for their order together: of 5,000 groups in 12 months a frame alone has 65,000.
const ROWS_AT_ONCE: usize = 1 << 18;

/// The first row of each list, then the second of each, and so on: from cell by cell to frame by frame.
pub(super) fn by_column<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut rows = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    while let Some(first) = lists.first_mut().and_then(Iterator::next) {
        rows.push(first);
        rows.extend(lists[1..].iter_mut().filter_map(Iterator::next));
    }
    rows
}

/// Sorts rows where they are by the keys of their places: a second copy of the longest table would be the most that is in memory.
pub(super) fn arrange<T, K: Ord>(rows: &mut [T], key: impl Fn(usize) -> K) {
    let mut from: Vec<usize> = (0..rows.len()).collect();
    from.sort_unstable_by_key(|place| key(*place));
    for first in 0..rows.len() {
        let mut place = first;
        // Each swap brings the row of one place there; the last of a round is in its place by then.
        while from[place] != first {
            let source = std::mem::replace(&mut from[place], place);
            rows.swap(place, source);
            place = source;
        }
        from[place] = place;
    }
}

/// So many frames in turn, as many at once as so many cells have rows for: cells are cheap to make again, and rows are many.
pub(super) fn frames_in_turn(frames: usize, cells: usize) -> impl Iterator<Item = Range<usize>> {
    let step = (ROWS_AT_ONCE / cells.max(1)).max(1);
    (0..frames).step_by(step).map(move |first| first..(first + step).min(frames))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_from_cell_by_cell_to_frame_by_frame() {
        assert_eq!(by_column(vec![vec![1, 2], vec![3, 4], vec![5, 6]]), [1, 3, 5, 2, 4, 6]);
    }

    #[test]
    fn rows_are_arranged_by_the_keys_of_their_places() {
        for keys in [&[2, 0, 1, 4, 3][..], &[0, 1], &[3, 2, 1, 0], &[1, 2, 3, 0], &[]] {
            let mut rows = keys.to_vec();
            arrange(&mut rows, |place| keys[place]);
            assert!(rows.is_sorted(), "{keys:?}: {rows:?}");
        }
    }

    #[test]
    fn frames_come_together_where_their_rows_are_few_and_alone_where_they_are_many() {
        for (frames, cells, expected) in [
            (3, 0, &[(0, 3)][..]),
            (3, 10, &[(0, 3)]),
            (5, ROWS_AT_ONCE / 2, &[(0, 2), (2, 4), (4, 5)]),
            (2, 2 * ROWS_AT_ONCE, &[(0, 1), (1, 2)]),
            (0, 10, &[]),
        ] {
            let found: Vec<_> = frames_in_turn(frames, cells).map(|frames| (frames.start, frames.end)).collect();
            assert_eq!(found, expected, "{frames} frames of {cells} cells");
        }
    }
}
