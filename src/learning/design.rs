//! Weighed features: what learners see. The weights depend on the rows that are learnt from, never on those held out.

use crate::learning::features::{FeatureFamily, Weighting};
use crate::learning::matrix::Extracted;
use crate::stats::learning::SparseRows;

/// Features of every row, weighed as some of the rows say.
#[derive(Clone, Debug)]
pub(super) struct Design {
    /// Row by row; columns are those of the features.
    pub(super) rows: SparseRows,
}

/// Rows learnt from that must have a feature.
const LEAST_ROWS: u32 = 2;

impl Design {
    /// Weighs the features of the families `wanted` by how many of the rows `picked` have them.
    pub(super) fn new(extracted: &Extracted, picked: &[u32], wanted: &[FeatureFamily]) -> Self {
        let rarities = rarities(extracted, picked, wanted);
        let family_of = |column: u32| extracted.families[column as usize];
        // Where no column falls away only values change, and no row is built anew.
        if rarities.iter().all(|rarity| *rarity > 0.0) {
            return Self { rows: extracted.counts.revalued(|row| weigh(row, &rarities, family_of)) };
        }
        let mut rows = SparseRows::new(extracted.names.len());
        let mut scratch = Vec::new();
        for row in 0..extracted.counts.len() {
            let (columns, values) = extracted.counts.row(row);
            scratch.clear();
            scratch.extend(columns.iter().copied().zip(values.iter().copied()));
            weigh(&mut scratch, &rarities, family_of);
            scratch.iter().filter(|(_, value)| *value != 0.0).for_each(|(column, value)| rows.push(*column, *value));
            rows.end_row();
        }
        Self { rows }
    }
}

/// By column, what a count of one of the families `wanted` is multiplied with; 0 for the others, and for features that too
/// few of the rows `picked` have.
pub(super) fn rarities(extracted: &Extracted, picked: &[u32], wanted: &[FeatureFamily]) -> Vec<f32> {
    let mut frequencies = vec![0_u32; extracted.names.len()];
    for row in picked {
        extracted.counts.row(*row as usize).0.iter().for_each(|column| frequencies[*column as usize] += 1);
    }
    let rarity = |(family, frequency): (&FeatureFamily, &u32)| {
        if !wanted.contains(family) || *frequency < LEAST_ROWS.min(picked.len() as u32) {
            return 0.0;
        }
        match family.definition().weighting {
            Weighting::TfIdf => {
                let rarity = ((1.0 + picked.len() as f64) / (1.0 + f64::from(*frequency))).ln() + 1.0;
                round(rarity) as f32
            }
            Weighting::UnitLength | Weighting::Plain => 1.0,
        }
    };
    extracted.families.iter().zip(&frequencies).map(rarity).collect()
}

/// To six decimals, as models are written.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Weighs the counts of one row, given as columns of ascending families: each family by its own weighting.
pub(super) fn weigh(row: &mut [(u32, f32)], rarities: &[f32], family_of: impl Fn(u32) -> FeatureFamily) {
    for run in row.chunk_by_mut(|a, b| family_of(a.0) == family_of(b.0)) {
        let weighting = family_of(run[0].0).definition().weighting;
        for (column, value) in run.iter_mut() {
            let count = if weighting == Weighting::TfIdf && *value > 1.0 { 1.0 + value.ln() } else { *value };
            *value = count * rarities[*column as usize];
        }
        // To one length, or long sentences would be further from the line than short ones whatever they say.
        if weighting != Weighting::Plain {
            let length = run.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            if length > 0.0 {
                for (_, value) in run.iter_mut() {
                    *value /= length;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_of_a_row_has_the_length_one() {
        let mut row = [(0, 1.0), (1, 3.0), (2, 2.0), (3, 0.0)];
        let family = |column| if column < 2 { FeatureFamily::Words } else { FeatureFamily::Characters };
        weigh(&mut row, &[1.0, 2.0, 1.0, 5.0], family);
        let length = |range: std::ops::Range<usize>| row[range].iter().map(|(_, value)| value * value).sum::<f32>();
        assert!((length(0..2) - 1.0).abs() < 1e-6 && (length(2..4) - 1.0).abs() < 1e-6, "{row:?}");
        assert!((row[1].1 / row[0].1 - 2.0 * (1.0 + 3.0_f32.ln())).abs() < 1e-5, "{row:?}");
    }
}
