//! Symmetric matrices of a few rows, as the information of a regression is one: sums of outer products, and solving by
//! Cholesky's method.
//!
//! Sums are in the order in which they are written, so that results have the same digits on every machine.

/// A symmetric matrix; only entries on and below the diagonal are kept, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Symmetric {
    size: usize,
    entries: Vec<f64>,
}

/// Where row and column are in the lower triangle.
const fn place(row: usize, column: usize) -> usize {
    let (row, column) = if row < column { (column, row) } else { (row, column) };
    row * (row + 1) / 2 + column
}

/// A column whose part apart from the columns before it is less than this share of it (squared) adds nothing to them.
// The square root, 1e-6, is far above the rounding of sums of some thousand products and far below what any corpus can
// estimate: two such columns would have standard errors a million times those of either alone.
const DEPENDENT: f64 = 1e-12;

impl Symmetric {
    /// A matrix of zeros.
    pub(super) fn zero(size: usize) -> Self {
        Self { size, entries: vec![0.0; size * (size + 1) / 2] }
    }

    /// The entry of a row and a column.
    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.entries[place(row, column)]
    }

    /// Adds `weight` times `x` times its transpose.
    pub(super) fn add_outer(&mut self, weight: f64, x: &[f64]) {
        for (row, factor) in x.iter().enumerate() {
            // Most entries of a row of indicators are 0.
            if *factor != 0.0 {
                let first = place(row, 0);
                for (entry, other) in self.entries[first..=first + row].iter_mut().zip(x) {
                    *entry += weight * factor * other;
                }
            }
        }
    }

    /// This matrix less another of the same size.
    pub(super) fn minus(&self, other: &Self) -> Self {
        let entries = self.entries.iter().zip(&other.entries).map(|(a, b)| a - b).collect();
        Self { size: self.size, entries }
    }

    /// `x' A x`.
    pub(super) fn quadratic(&self, x: &[f64]) -> f64 {
        let row = |row: usize| (0..self.size).map(|column| self.at(row, column) * x[column]).sum::<f64>();
        (0..self.size).map(|index| x[index] * row(index)).sum()
    }

    /// The matrix of some rows and the same columns.
    pub(super) fn part(&self, kept: &[usize]) -> Self {
        let mut part = Self::zero(kept.len());
        for (row, from_row) in kept.iter().enumerate() {
            for (column, from_column) in kept.iter().enumerate().take(row + 1) {
                part.entries[place(row, column)] = self.at(*from_row, *from_column);
            }
        }
        part
    }

    /// The rows that follow from those before them, of a matrix of sums of products, and of each those that it is a combination of.
    pub(super) fn dependent(&self) -> Vec<(usize, Vec<usize>)> {
        let (mut kept, mut dependent) = (Vec::new(), Vec::new());
        if self.factor().is_some() {
            return dependent;
        }
        for row in 0..self.size {
            kept.push(row);
            if self.part(&kept).factor().is_none() {
                kept.pop();
                dependent.push((row, self.parts_of(row, &kept)));
            }
        }
        dependent
    }

    /// Those of `rows`, which do not follow from one another, that a row is a combination of.
    fn parts_of(&self, row: usize, rows: &[usize]) -> Vec<usize> {
        let products: Vec<f64> = rows.iter().map(|other| self.at(row, *other)).collect();
        let Some(factor) = self.part(rows).factor() else { return Vec::new() };
        let share = |other: usize, coefficient: f64| coefficient.powi(2) * self.at(other, other) / self.at(row, row);
        let parts = rows.iter().zip(factor.solve(&products));
        parts.filter(|(other, coefficient)| share(**other, *coefficient) > DEPENDENT).map(|(other, _)| *other).collect()
    }

    /// Its Cholesky factor, of the matrix with its rows and columns scaled to a diagonal of 1; `None` where it is not
    /// positive definite, or hardly so.
    pub(super) fn factor(&self) -> Option<CholeskyFactor> {
        let scales: Vec<f64> = (0..self.size).map(|index| self.at(index, index).sqrt()).collect();
        if scales.iter().any(|scale| !scale.is_normal()) {
            return None;
        }
        let mut lower = Self::zero(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let unit = self.at(row, column) / (scales[row] * scales[column]);
                let before: f64 = (0..column).map(|index| lower.at(row, index) * lower.at(column, index)).sum();
                let rest = unit - before;
                lower.entries[place(row, column)] = match row == column {
                    true if rest <= DEPENDENT => return None,
                    true => rest.sqrt(),
                    false => rest / lower.at(column, column),
                };
            }
        }
        Some(CholeskyFactor { lower, scales })
    }
}

/// A lower triangle whose product with its transpose is a matrix.
#[derive(Clone, Debug)]
pub(super) struct CholeskyFactor {
    lower: Symmetric,
    scales: Vec<f64>,
}

impl CholeskyFactor {
    /// The solution `y` of `A y = x`.
    pub(super) fn solve(&self, x: &[f64]) -> Vec<f64> {
        let mut y = Vec::new();
        self.solve_into(x, &mut y);
        y
    }

    /// Writes the solution `y` of `A y = x`.
    pub(super) fn solve_into(&self, x: &[f64], y: &mut Vec<f64>) {
        let size = x.len();
        y.clear();
        y.extend(x.iter().zip(&self.scales).map(|(value, scale)| value / scale));
        for row in 0..size {
            let before: f64 = (0..row).map(|column| self.lower.at(row, column) * y[column]).sum();
            y[row] = (y[row] - before) / self.lower.at(row, row);
        }
        for row in (0..size).rev() {
            let after: f64 = (row + 1..size).map(|column| self.lower.at(column, row) * y[column]).sum();
            y[row] = (y[row] - after) / self.lower.at(row, row);
        }
        y.iter_mut().zip(&self.scales).for_each(|(value, scale)| *value /= scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum_of(rows: &[&[f64]]) -> Symmetric {
        let mut sum = Symmetric::zero(rows[0].len());
        for row in rows {
            sum.add_outer(1.0, row);
        }
        sum
    }

    #[test]
    fn solving_undoes_multiplying() {
        let matrix = sum_of(&[&[1.0, 2.0, 1000.0], &[1.0, 3.0, -500.0], &[1.0, 5.0, 250.0], &[1.0, 7.0, 30.0]]);
        let y = [0.5, -2.0, 0.001];
        let product = |row: usize| (0..3).map(|column| matrix.at(row, column) * y[column]).sum::<f64>();
        let found = matrix.factor().unwrap().solve(&[product(0), product(1), product(2)]);
        for (found, expected) in found.iter().zip(y) {
            assert!((found - expected).abs() < 1e-10 * expected.abs(), "{found}, not {expected}");
        }
        assert!((matrix.quadratic(&[1.0, 0.0, 0.0]) - 4.0).abs() < 1e-12);
        assert_eq!(matrix.part(&[1]).at(0, 0).to_bits(), 87.0_f64.to_bits());
    }

    #[test]
    fn columns_that_add_nothing_have_no_factor() {
        for (case, rows) in [
            ("twice the same", [&[1.0, 2.0][..], &[2.0, 4.0]]),
            ("nothing but zeros", [&[1.0, 0.0], &[2.0, 0.0]]),
            ("no number", [&[1.0, f64::NAN], &[2.0, 1.0]]),
        ] {
            assert!(sum_of(&rows).factor().is_none(), "{case}");
        }
    }
}
