//! The arithmetic of the layers: products of matrices, softmax, the error function, layer norm.
//!
//! Wide registers work on several outputs side by side and never split a sum: each output is summed over its products in
//! ascending order, multiplication and addition apart, as a loop without vectors would do it. No fused step, no function
//! of the platform's mathematics library, so the bits are the same on every processor.

#![expect(clippy::inline_always, reason = "what is not inlined is compiled without the wide vectors of the caller")]

use std::sync::LazyLock;

use pulp::{Arch, NullaryFnOnce, Simd, WithSimd};

/// The vectors that this processor has. Whichever they are, results are the same.
static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Rows of a result that are summed together: as many as registers hold without spilling.
const ROWS: usize = 6;

/// Part of a matrix: rows of `width` numbers, `step` numbers apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'a> {
    pub(super) numbers: &'a [f32],
    pub(super) step: usize,
    pub(super) width: usize,
}

/// Adds the product of `left` and `right` to `sums`, a whole matrix with the rows of `left` and the columns of `right`.
pub(super) fn add_product(left: Block<'_>, right: Block<'_>, sums: &mut [f32]) {
    ARCH.dispatch(Product { left, right, sums });
}

struct Product<'a> {
    left: Block<'a>,
    right: Block<'a>,
    sums: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Product { left, right, sums } = self;
        let lanes = 2 * S::F32_LANES;
        let mut packed = vec![simd.splat_f32s(0.0); left.width * 2];
        let rows = sums.len() / right.width;
        for column in (0..right.width).step_by(lanes) {
            let width = lanes.min(right.width - column);
            pack(right, column..column + width, (bytemuck::cast_slice_mut(&mut packed), lanes));
            let (pairs, _) = packed.as_chunks::<2>();
            let mut strip = Strip { left, pairs, columns: right.width, column, width, sums: &mut *sums };
            for row in (0..rows).step_by(ROWS) {
                match rows - row {
                    1 => strip.add::<1>(simd, row),
                    2 => strip.add::<2>(simd, row),
                    3 => strip.add::<3>(simd, row),
                    4 => strip.add::<4>(simd, row),
                    5 => strip.add::<5>(simd, row),
                    _ => strip.add::<ROWS>(simd, row),
                }
            }
        }
    }
}

/// Lays some columns of `right` one row after the other, filled up with 0 to the lanes of two registers.
#[inline(always)]
fn pack(right: Block<'_>, columns: std::ops::Range<usize>, (packed, lanes): (&mut [f32], usize)) {
    for (row, packed) in packed.chunks_exact_mut(lanes).enumerate() {
        let (filled, rest) = packed.split_at_mut(columns.len());
        filled.copy_from_slice(&right.numbers[row * right.step..][columns.clone()]);
        rest.fill(0.0);
    }
}

/// Some columns of a product.
struct Strip<'a, S: Simd> {
    left: Block<'a>,
    pairs: &'a [[S::f32s; 2]],
    /// Of the whole result.
    columns: usize,
    /// The first of these.
    column: usize,
    /// How many of them.
    width: usize,
    sums: &'a mut [f32],
}

impl<S: Simd> Strip<'_, S> {
    /// Adds to `N` rows from `row` on.
    #[inline(always)]
    fn add<const N: usize>(&mut self, simd: S, row: usize) {
        let mut sums = [[simd.splat_f32s(0.0); 2]; N];
        let width = self.pairs.len();
        let rows: [&[f32]; N] =
            std::array::from_fn(|place| &self.left.numbers[(row + place) * self.left.step..][..width]);
        for (at, [first, second]) in self.pairs.iter().enumerate() {
            for (sums, row) in sums.iter_mut().zip(&rows) {
                let factor = simd.splat_f32s(row[at]);
                // Not `mul_add`: processors without it would round twice where others round once.
                sums[0] = simd.add_f32s(sums[0], simd.mul_f32s(factor, *first));
                sums[1] = simd.add_f32s(sums[1], simd.mul_f32s(factor, *second));
            }
        }
        for (place, sums) in sums.iter().enumerate() {
            let flat: &[f32] = bytemuck::cast_slice(sums);
            let start = (row + place) * self.columns + self.column;
            self.sums[start..start + self.width].iter_mut().zip(flat).for_each(|(sum, part)| *sum += part);
        }
    }
}

/// `e` to the power of `x`, to the last bit or the one before, by Cephes' polynomial (Moshier 1989, `expf`).
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let power = (x * std::f32::consts::LOG2_E).round_ties_even();
    // ln 2 in two parts, the first of which has few bits, so that its multiples are exact.
    let rest = x - power * 0.693_359_4 - power * -2.121_944_4e-4;
    let polynomial = ((((1.987_569_1e-4 * rest + 1.398_199_9e-3) * rest + 8.333_452e-3) * rest + 4.166_579_6e-2)
        * rest
        + 1.666_666_6e-1)
        * rest
        + 0.5;
    let fraction = polynomial * rest * rest + rest + 1.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from -126 to 127, by the clamp")]
    let exponent = (power as i32 + 127) as u32;
    fraction * f32::from_bits(exponent << 23)
}

/// The error function by formula 7.1.26 of Abramowitz and Stegun (1964), at most 1.5e-7 off: below what single precision
/// loses in the layers.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let polynomial = ((((1.061_405_4 * t - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_72) * t + 0.254_829_6) * t;
    (1.0 - polynomial * exp(-size * size)).copysign(x)
}

/// The Gaussian error linear unit of each number.
pub(super) fn gelu(numbers: &mut [f32]) {
    struct Gelu<'a>(&'a mut [f32]);
    impl NullaryFnOnce for Gelu<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            for x in self.0 {
                *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
            }
        }
    }
    ARCH.dispatch(Gelu(numbers));
}

/// Turns each row of `width` numbers into shares that sum to 1.
pub(super) fn softmax(numbers: &mut [f32], width: usize) {
    struct Softmax<'a>(&'a mut [f32], usize);
    impl NullaryFnOnce for Softmax<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            for row in self.0.chunks_exact_mut(self.1) {
                let highest = row.iter().copied().fold(f32::MIN, f32::max);
                for x in row.iter_mut() {
                    *x = exp(*x - highest);
                }
                let sum: f32 = row.iter().sum();
                for x in row {
                    *x /= sum;
                }
            }
        }
    }
    ARCH.dispatch(Softmax(numbers, width));
}

/// Brings a row to the mean 0 and the variance 1, then stretches and shifts it.
#[expect(clippy::cast_precision_loss, reason = "a row has a few thousand numbers at most")]
pub(super) fn normalise(row: &mut [f32], stretch: &[f32], shift: &[f32], epsilon: f32) {
    let count = row.len() as f32;
    let mean = row.iter().sum::<f32>() / count;
    let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / count;
    let scale = 1.0 / (variance + epsilon).sqrt();
    for ((x, stretch), shift) in row.iter_mut().zip(stretch).zip(shift) {
        *x = (*x - mean) * scale * stretch + shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers with nothing in common.
    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from_bits(0x3f80_0000 | (state >> 9)) - 1.5
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn a_product_has_the_bits_of_plain_loops() {
        for (rows, inner, columns) in [(1, 1, 1), (5, 33, 17), (7, 384, 96), (13, 8, 40), (6, 12, 15)] {
            let (left, right) = (numbers(rows * inner, 1), numbers(inner * columns, 2));
            let mut sums = numbers(rows * columns, 3);
            let mut plain = sums.clone();
            for (at, sum) in plain.iter_mut().enumerate() {
                let (row, column) = (at / columns, at % columns);
                let product = |place: usize| left[row * inner + place] * right[place * columns + column];
                *sum += (0..inner).fold(0.0, |sum, place| sum + product(place));
            }
            let left = Block { numbers: &left, step: inner, width: inner };
            add_product(left, Block { numbers: &right, step: columns, width: columns }, &mut sums);
            let bits = |numbers: &[f32]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&sums), bits(&plain), "{rows} x {inner} x {columns}");
        }
    }

    #[test]
    fn wide_registers_leave_the_bits_of_functions_alone() {
        let wide = numbers(1_003, 7);
        let mut gelus = wide.clone();
        gelu(&mut gelus);
        let plain = |x: &f32| 0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2));
        assert!(wide.iter().zip(&gelus).all(|(x, y)| plain(x).to_bits() == y.to_bits()));
    }

    /// Values of `SciPy` 1.14, `scipy.special.erf` and `numpy.exp`.
    #[test]
    fn functions_are_those_of_the_tables() {
        for (x, expected) in [(-3.0, 0.049_787_068), (0.0, 1.0), (0.5, 1.648_721_3), (10.0, 22_026.465)] {
            assert!((exp(x) / expected - 1.0).abs() < 2e-7, "exp {x}: {}", exp(x));
        }
        for (x, expected) in [(-2.0, -0.995_322_3), (0.0, 0.0), (0.3, 0.328_626_76), (1.0, 0.842_700_8)] {
            assert!((erf(x) - expected).abs() < 3e-7, "erf {x}: {}", erf(x));
        }
    }
}
