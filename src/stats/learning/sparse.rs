//! Sparse rows: for each row the columns that are not 0, ascending, with their values (compressed sparse rows).

use linfa::dataset::Records;

/// A sparse matrix by rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseRows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    width: usize,
}

impl SparseRows {
    /// No rows yet, of `width` columns.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { starts: vec![0], columns: Vec::new(), values: Vec::new(), width }
    }

    /// Adds a value to the row that is being built; columns ascend within a row.
    pub fn push(&mut self, column: u32, value: f32) {
        self.columns.push(column);
        self.values.push(value);
    }

    /// Ends the row that is being built.
    pub fn end_row(&mut self) {
        self.starts.push(self.columns.len());
    }

    /// Columns and values of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let range = self.starts[row]..self.starts[row + 1];
        (&self.columns[range.clone()], &self.values[range])
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many columns there are.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Sets how many columns there are, where it was not known before.
    pub const fn set_width(&mut self, width: usize) {
        self.width = width;
    }

    /// Replaces the columns of every row by `renamed[column]`, dropping `None`, and sorts them again.
    pub fn rename_columns(&mut self, renamed: &[Option<u32>], width: usize) {
        let (mut kept, mut row): (usize, Vec<(u32, f32)>) = (0, Vec::new());
        for at in 0..self.len() {
            row.clear();
            let old = self.starts[at]..self.starts[at + 1];
            row.extend(old.filter_map(|place| Some((renamed[self.columns[place] as usize]?, self.values[place]))));
            row.sort_unstable_by_key(|(column, _)| *column);
            self.starts[at] = kept;
            for (column, value) in &row {
                (self.columns[kept], self.values[kept]) = (*column, *value);
                kept += 1;
            }
        }
        if let Some(last) = self.starts.last_mut() {
            *last = kept;
        }
        self.columns.truncate(kept);
        self.values.truncate(kept);
        self.columns.shrink_to_fit();
        self.values.shrink_to_fit();
        self.width = width;
    }
}

/// Some rows of a sparse matrix.
#[derive(Clone, Copy, Debug)]
pub struct RowsView<'a> {
    /// The matrix.
    pub rows: &'a SparseRows,
    /// Which rows, in this order.
    pub picked: &'a [u32],
}

impl<'a> RowsView<'a> {
    /// Columns and values of the row at `place` among the picked.
    #[must_use]
    pub fn row(&self, place: usize) -> (&'a [u32], &'a [f32]) {
        self.rows.row(self.picked[place] as usize)
    }
}

impl Records for RowsView<'_> {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.picked.len()
    }

    fn nfeatures(&self) -> usize {
        self.rows.width()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_columns_stay_in_order() {
        let mut rows = SparseRows::new(4);
        for row in [&[(0, 1.0), (2, 2.0), (3, 3.0)][..], &[], &[(1, 4.0)]] {
            for (column, value) in row {
                rows.push(*column, *value);
            }
            rows.end_row();
        }
        rows.rename_columns(&[Some(1), None, Some(0), Some(2)], 3);
        assert!(rows.row(0) == (&[0, 1, 2][..], &[2.0, 1.0, 3.0][..]), "{:?}", rows.row(0));
        assert_eq!((rows.row(1).0.len(), rows.row(2).0.len(), rows.len(), rows.width()), (0, 0, 3, 3));
    }
}
