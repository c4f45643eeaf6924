//! Signatures of sets: of two sets, as large a part of the signatures agrees as the sets have in common, so that alike
//! ones are found without comparing all.

/// Numbers of a signature.
const SIZE: usize = 128;

/// Numbers of a band. Two sets that have the share s in common (Jaccard) agree in some band with probability
/// `1 - (1 - s^4)^32`: .873 at .5, .999995 at .75, .008 at .125.
const ROWS: usize = 4;

/// The signature of a set, by one permutation: hashes are dealt into bins by their first bits, and the least of each bin
/// stays. Li, Owen and Zhang (2012); an empty bin takes the number of another, drawn by its own hash as Shrivastava (2017)
/// does, so that small sets have as many numbers as large ones. Of each band only a hash is kept, a quarter of the size:
/// bands that differ have the same one in four billion times, which costs a look at two sets that are not alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinHash(Box<[u32; Self::BANDS]>);

impl MinHash {
    /// Bands of a signature.
    pub const BANDS: usize = SIZE / ROWS;

    /// The signature of a set of hashes that look random in every bit; `None` of an empty one.
    #[must_use]
    pub fn of(hashes: &[u64]) -> Option<Self> {
        let numbers = numbers(hashes)?;
        let mut bands = Box::new([0; Self::BANDS]);
        for ((place, band), rows) in (0..).zip(bands.iter_mut()).zip(numbers.chunks_exact(ROWS)) {
            *band = hash_of(place, rows);
        }
        Some(Self(bands))
    }

    /// What sets must have in common to be looked at together: the numbers of one band, as a hash.
    #[must_use]
    pub fn band(&self, band: usize) -> u32 {
        self.0[band]
    }
}

/// The numbers of a signature; `None` of an empty set.
#[expect(clippy::cast_possible_truncation, reason = "bits of a hash, cut on purpose")]
fn numbers(hashes: &[u64]) -> Option<[u32; SIZE]> {
    let mut least = [None; SIZE];
    for hash in hashes {
        let bin = &mut least[(hash >> 57) as usize];
        let value = (hash >> 25) as u32;
        *bin = Some(bin.map_or(value, |least: u32| least.min(value)));
    }
    let number = |bin| (0..).find_map(|attempt| least[donor(bin, attempt)]).unwrap_or_default();
    least.iter().any(Option::is_some).then(|| std::array::from_fn(number))
}

#[expect(clippy::cast_possible_truncation, reason = "bits of a hash, cut on purpose")]
fn hash_of(band: u64, rows: &[u32]) -> u32 {
    rows.iter().fold(band, |hash, number| scatter(hash ^ u64::from(*number))) as u32
}

/// Where a bin looks for a number: in itself, then anywhere, the same places for every set.
const fn donor(bin: usize, attempt: u64) -> usize {
    if attempt == 0 { bin } else { (scatter((bin as u64) << 32 | attempt) >> 57) as usize }
}

/// A hash of a number. The step of `SplitMix64` (Steele, Lea and Flood 2014).
const fn scatter(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Seed;

    /// The chance that sets with the share `s` in common agree in one of `bands` bands.
    fn curve(s: f64, bands: i32, rows: i32) -> f64 {
        1.0 - (1.0 - s.powi(rows)).powi(bands)
    }

    #[test]
    fn the_curve_of_banding_is_the_published_one() {
        for (bands, rows, threshold, at_high, at_low) in [
            (20, 5, 0.549_280_271_653_058_8, 0.999_643_942_109_479_4, 0.186_049_552_149_144_1),
            (32, 4, 0.420_448_207_626_857_25, 0.999_999_952_501_142_7, 0.563_893_249_443_144_9),
            (16, 8, std::f64::consts::FRAC_1_SQRT_2, 0.947_048_796_168_214_8, 0.010_434_377_683_231_522),
        ] {
            let found = (1.0 / f64::from(bands)).powf(1.0 / f64::from(rows));
            assert!((found - threshold).abs() < 1e-9, "threshold of {bands} bands of {rows}: {found}");
            for (s, expected) in [(0.8, at_high), (0.4, at_low)] {
                let found = curve(s, bands, rows);
                assert!((found - expected).abs() < 1e-9, "{bands} bands of {rows} at {s}: {found}");
            }
        }
    }

    /// Two sets of `size` that share `shared`, of random hashes.
    fn pair(size: usize, shared: usize, name: &str) -> [Vec<u64>; 2] {
        let mut stream = Seed::new(1).stream(name);
        let common: Vec<u64> = (0..shared).map(|_| stream.bits()).collect();
        [(); 2].map(|()| common.iter().copied().chain((shared..size).map(|_| stream.bits())).collect())
    }

    #[test]
    fn signatures_agree_as_often_as_sets_do_and_band_by_the_curve() {
        for (size, shared) in [(300, 200), (300, 150), (40, 20), (1000, 400)] {
            let jaccard = shared as f64 / (2 * size - shared) as f64;
            let (mut agreeing, mut found) = (0, 0);
            for draw in 0..400 {
                let sets = pair(size, shared, &format!("{size}/{shared}/{draw}"));
                let [a, b] = sets.each_ref().map(|set| numbers(set).unwrap());
                agreeing += (0..SIZE).filter(|at| a[*at] == b[*at]).count();
                let signs = sets.map(|set| MinHash::of(&set).unwrap());
                found += usize::from((0..MinHash::BANDS).any(|band| signs[0].band(band) == signs[1].band(band)));
            }
            let (agreeing, found) = (agreeing as f64 / (400 * SIZE) as f64, found as f64 / 400.0);
            assert!((agreeing - jaccard).abs() < 0.015, "{shared} of {size}: {agreeing}, not {jaccard}");
            // In a small set bins share their numbers, and so bands agree or disagree together.
            let (expected, within) = (curve(jaccard, 32, 4), if size < SIZE { 0.2 } else { 0.08 });
            assert!((found - expected).abs() < within, "{shared} of {size}: found {found}, not {expected}");
        }
    }

    #[test]
    fn the_same_set_has_the_same_signature_and_an_empty_one_none() {
        let [set, _] = pair(30, 0, "same");
        let reversed: Vec<u64> = set.iter().rev().copied().collect();
        assert_eq!(MinHash::of(&set), MinHash::of(&reversed));
        assert_eq!(MinHash::of(&[]), None);
    }
}
