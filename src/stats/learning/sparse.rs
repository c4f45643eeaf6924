//! Sparse rows: for each row the columns that are not 0, ascending, with their values (compressed sparse rows).

use std::sync::Arc;

use linfa::dataset::Records;

/// A sparse matrix by rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseRows {
    cells: Arc<Cells>,
    values: Vec<f32>,
    width: usize,
}

/// Where values stand. Matrices of the same cells share them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cells {
    starts: Vec<usize>,
    columns: Vec<u32>,
}

impl SparseRows {
    /// No rows yet, of `width` columns.
    #[must_use]
    pub fn new(width: usize) -> Self {
        let cells = Cells { starts: vec![0], columns: Vec::new() };
        Self { cells: Arc::new(cells), values: Vec::new(), width }
    }

    /// Adds a value to the row that is being built; columns ascend within a row.
    pub fn push(&mut self, column: u32, value: f32) {
        Arc::make_mut(&mut self.cells).columns.push(column);
        self.values.push(value);
    }

    /// Ends the row that is being built.
    pub fn end_row(&mut self) {
        Arc::make_mut(&mut self.cells).starts.push(self.values.len());
    }

    /// Columns and values of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let range = self.cells.starts[row]..self.cells.starts[row + 1];
        (&self.cells.columns[range.clone()], &self.values[range])
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.starts.len() - 1
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

    /// Replaces the columns of every row by `renamed[column]`, dropping `None`, and sorts them again.
    pub fn rename_columns(&mut self, renamed: &[Option<u32>], width: usize) {
        let (mut kept, mut row): (usize, Vec<(u32, f32)>) = (0, Vec::new());
        let (count, values) = (self.len(), &mut self.values);
        let Cells { starts, columns } = Arc::make_mut(&mut self.cells);
        for at in 0..count {
            row.clear();
            // In place, as a row only gets shorter: what is written never reaches what is still to be read.
            let old = starts[at]..starts[at + 1];
            row.extend(old.filter_map(|place| Some((renamed[columns[place] as usize]?, values[place]))));
            row.sort_unstable_by_key(|(column, _)| *column);
            starts[at] = kept;
            for (column, value) in &row {
                (columns[kept], values[kept]) = (*column, *value);
                kept += 1;
            }
        }
        if let Some(last) = starts.last_mut() {
            *last = kept;
        }
        columns.truncate(kept);
        values.truncate(kept);
        columns.shrink_to_fit();
        values.shrink_to_fit();
        self.width = width;
    }

    /// Other values in the same cells, which takes half the memory of a matrix of its own. `revalue` is handed each row
    /// and changes its values only.
    #[must_use]
    pub fn revalued(&self, mut revalue: impl FnMut(&mut [(u32, f32)])) -> Self {
        let (mut values, mut row) = (Vec::with_capacity(self.values.len()), Vec::new());
        for at in 0..self.len() {
            let (columns, old) = self.row(at);
            row.clear();
            row.extend(columns.iter().copied().zip(old.iter().copied()));
            revalue(&mut row);
            values.extend(row.iter().map(|(_, value): &(u32, f32)| *value));
        }
        Self { cells: Arc::clone(&self.cells), values, width: self.width }
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
    fn other_values_leave_the_matrix_as_it_was() {
        let mut rows = SparseRows::new(2);
        rows.push(1, 3.0);
        rows.end_row();
        let other = rows.revalued(|row| row[0].1 *= 2.0);
        assert!(rows.row(0) == (&[1][..], &[3.0][..]) && other.row(0) == (&[1][..], &[6.0][..]), "{other:?}");
    }

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
