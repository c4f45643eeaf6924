//! Agreement beyond chance between those who code the same units.

/// Krippendorff's alpha for nominal values, from the matrix of coincidences: entry `[c][k]` is how often values `c` and
/// `k` stand in pairs of codings of one unit, each unit of `m` codings weighing `1 / (m - 1)`. `None` where fewer than
/// two values occur. Krippendorff (2011), "Computing Krippendorff's alpha-reliability".
#[must_use]
pub fn nominal_alpha(coincidences: &[Vec<f64>]) -> Option<f64> {
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = totals.iter().sum();
    let agreed: f64 = coincidences.iter().enumerate().map(|(value, row)| row[value]).sum();
    let expected = all * all - totals.iter().map(|total| total * total).sum::<f64>();
    (expected > 0.0).then(|| 1.0 - (all - 1.0) * (all - agreed) / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three coders and 15 units, the docstring of fast-krippendorff 0.9: nominal .691358.
    #[test]
    fn alpha_agrees_with_the_published_example() {
        let coders = ["*****34121133*3", "1*213343*******", "**21344*21133*4"].map(|row| row.as_bytes().to_vec());
        let mut coincidences = vec![vec![0.0; 4]; 4];
        for unit in 0..15 {
            let values: Vec<usize> = coders
                .iter()
                .map(|row| row[unit])
                .filter(|value| *value != b'*')
                .map(|value| usize::from(value - b'1'))
                .collect();
            for (a, first) in values.iter().enumerate() {
                for (_, second) in values.iter().enumerate().filter(|(b, _)| *b != a) {
                    coincidences[*first][*second] += 1.0 / (values.len() as f64 - 1.0);
                }
            }
        }
        let alpha = nominal_alpha(&coincidences).unwrap();
        assert!((alpha - 0.691_358).abs() < 1e-6, "{alpha}");
        assert_eq!(nominal_alpha(&[vec![4.0, 0.0], vec![0.0, 0.0]]), None);
    }
}
