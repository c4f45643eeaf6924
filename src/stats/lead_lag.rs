//! Which of two series moves first: the lag at which they are most alike, and whether any two series would be as alike at some lag.

/// Bins that two series must span: with fewer, not even a lag of one bin could be told from chance at .05.
pub const LEAST_LAG_BINS: usize = 60;

/// Bins in which both series must have a value at a lag.
const LEAST_COMMON: u64 = 20;

/// The longest lag that is looked for.
const MOST_LAG: usize = 7;

/// The part of all shifts that may pass for a lag: with more, the least p-value would be above .05.
const WINDOW: f64 = 0.05;

/// Statistics closer than this part of their value are a tie.
const TIE: f64 = 1e-9;

/// The lag of [`lead_lag`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeadLag {
    /// Bins by which the second series follows the first; below 0 where it goes before.
    pub lag: i32,
    /// The correlation at that lag, in [-1, 1].
    pub correlation: f64,
    /// Bins in which both have a value there.
    pub bins: u64,
    /// Two-sided p-value that the series have nothing to do with each other at any of the lags.
    pub p_value: f64,
    /// The longest lag that was looked for, in bins.
    pub most: usize,
}

/// The lag at which two series of one span of time are most alike; values are missing where nothing was published. `None` for
/// fewer than [`LEAST_LAG_BINS`] bins, or where at no lag 20 bins have both, or a series does not vary.
///
/// Each series is first freed of what it says itself of its next value, the autoregression of order one: two series that
/// drift are else alike whatever they are (Haugh 1976). The statistic is the largest `|r| sqrt(m)` over the lags, `m` the bins with
/// both; its p-value is the share of all shifts of the second series, taken as a ring, that have as large a one: what is
/// alike from bin to bin stays so under a shift. Lags reach as far as one in twenty shifts, and seven bins at most.
#[must_use]
pub fn lead_lag(first: &[Option<f64>], second: &[Option<f64>]) -> Option<LeadLag> {
    let bins = first.len().min(second.len());
    if bins < LEAST_LAG_BINS {
        return None;
    }
    let (first, second) = (Whitened::new(&first[..bins]), Whitened::new(&second[..bins]));
    let shifts = (0..bins).map(|shift| Likeness::at(shift, &first, &second)).collect();
    let ring = Ring { shifts, most: longest_lag(bins) };
    let best = ring.best()?;
    let Likeness { correlation, common } = ring.shifts[best];
    let p_value = ring.extreme(best)? as f64 / bins as f64;
    let back = i32::try_from(bins).ok().filter(|_| best > ring.most).unwrap_or(0);
    Some(LeadLag { lag: i32::try_from(best).ok()? - back, correlation, bins: common, p_value, most: ring.most })
}

/// How alike two series are by bins that the second is shifted back on its ring.
struct Ring {
    shifts: Vec<Likeness>,
    /// The longest lag.
    most: usize,
}

impl Ring {
    /// The shifts that are lags, from where the second series goes before to where it follows.
    fn lags(&self) -> impl Iterator<Item = usize> + '_ {
        (0..=2 * self.most).map(|place| (place + self.shifts.len() - self.most) % self.shifts.len())
    }

    /// The lag at which the series are most alike.
    fn best(&self) -> Option<usize> {
        self.lags().max_by(|a, b| {
            let [of_a, of_b] = [a, b].map(|shift| self.shifts[*shift].statistic());
            of_a.total_cmp(&of_b).then_with(|| self.order(*b).cmp(&self.order(*a)))
        })
    }

    /// Of equal ones the shortest, and of two of these the one at which the first series leads.
    fn order(&self, shift: usize) -> (usize, bool) {
        (shift.min(self.shifts.len() - shift), shift > self.most)
    }

    /// How many shifts have as large a statistic as this one among their lags; `None` where it is 0.
    fn extreme(&self, best: usize) -> Option<usize> {
        let threshold = self.shifts[best].statistic() * (1.0 - TIE);
        let reaches = |shift: &usize| {
            self.lags().any(|lag| self.shifts[(shift + lag) % self.shifts.len()].statistic() >= threshold)
        };
        (threshold > 0.0).then(|| (0..self.shifts.len()).filter(reaches).count())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a twentieth of some bins, less one")]
fn longest_lag(bins: usize) -> usize {
    (((bins as f64 * WINDOW - 1.0) / 2.0) as usize).min(MOST_LAG)
}

/// A series without its mean and what the value before says of each; 0 where that is not known.
struct Whitened {
    values: Vec<f64>,
    squares: Vec<f64>,
    /// 1 where there is a value.
    known: Vec<f64>,
}

impl Whitened {
    fn new(series: &[Option<f64>]) -> Self {
        let known: Vec<f64> = series.iter().copied().flatten().collect();
        let mean = known.iter().sum::<f64>() / (known.len() as f64).max(1.0);
        let pairs: Vec<Option<(f64, f64)>> =
            series.windows(2).map(|pair| Some((pair[0]? - mean, pair[1]? - mean))).collect();
        let (mut products, mut squares) = (0.0, 0.0);
        for (before, value) in pairs.iter().copied().flatten() {
            products += before * value;
            squares += before * before;
        }
        let slope = if squares > 0.0 { products / squares } else { 0.0 };
        let mut whitened = Self { values: vec![0.0], squares: vec![0.0], known: vec![0.0] };
        for pair in pairs {
            let value = pair.map_or(0.0, |(before, value)| value - slope * before);
            whitened.values.push(value);
            whitened.squares.push(value * value);
            whitened.known.push(f64::from(u8::from(pair.is_some())));
        }
        whitened
    }
}

/// How alike two series are at a shift.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    correlation: f64,
    common: u64,
}

impl Likeness {
    /// Where the second series is shifted back by so many bins; none with too few bins of both, or where one does not vary.
    fn at(shift: usize, first: &Whitened, second: &Whitened) -> Self {
        let both =
            |(bin, known): &(usize, &f64)| **known > 0.0 && second.known[(bin + shift) % second.known.len()] > 0.0;
        let common = first.known.iter().enumerate().filter(both).count() as u64;
        let squares = [(&first.squares, &second.known), (&first.known, &second.squares)];
        let squares: f64 = squares.iter().map(|(a, b)| ring_product(a, b, shift)).product();
        if common < LEAST_COMMON || squares <= 0.0 {
            return Self::default();
        }
        Self { correlation: ring_product(&first.values, &second.values, shift) / squares.sqrt(), common }
    }

    fn statistic(self) -> f64 {
        self.correlation.abs() * (self.common as f64).sqrt()
    }
}

/// Sum of the products of two lists, the second shifted back on a ring.
fn ring_product(a: &[f64], b: &[f64], shift: usize) -> f64 {
    let left = a.len() - shift;
    let pairs = a[..left].iter().zip(&b[shift..]).chain(a[left..].iter().zip(&b[..shift]));
    pairs.map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(bin: usize, a: usize, b: usize, modulus: usize) -> f64 {
        ((bin * bin * a + b * bin) % modulus) as f64 / modulus as f64
    }

    /// Values of the same definitions in Python, apart from this program.
    #[test]
    fn a_series_that_follows_by_two_bins_is_told_with_and_without_gaps() {
        let first: Vec<Option<f64>> = (0..120).map(|bin| Some(wave(bin, 37, 11, 101))).collect();
        let follows = |bin: usize| 0.7 * wave(bin - 2, 37, 11, 101) + 0.3 * (((bin * bin * 53 + 7) % 97) as f64 / 97.0);
        let second: Vec<Option<f64>> = (0..120).map(|bin| Some(if bin < 2 { 0.5 } else { follows(bin) })).collect();
        let other: Vec<Option<f64>> = (0..120).map(|bin| Some(wave(bin, 29, 5, 89))).collect();
        let gaps = |series: &[Option<f64>], step: usize, at: usize| -> Vec<Option<f64>> {
            series.iter().enumerate().map(|(bin, value)| value.filter(|_| bin % step != at)).collect()
        };
        for (a, b, lag, correlation, bins, p_value) in [
            (&first, &second, 2, 0.893_859_160_697_166_8, 118, 5.0 / 120.0),
            (&second, &first, -2, 0.893_859_160_697_166_8, 118, 5.0 / 120.0),
            (&gaps(&first, 11, 3), &gaps(&second, 13, 5), 2, 0.904_063_118_707_706_8, 82, 5.0 / 120.0),
            (&first, &other, -2, 0.140_024_998_597_933_43, 118, 38.0 / 120.0),
        ] {
            let found = lead_lag(a, b).unwrap();
            assert_eq!((found.lag, found.bins, found.most, found.p_value), (lag, bins, 2, p_value), "{found:?}");
            assert!((found.correlation - correlation).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn short_series_and_those_that_do_not_vary_have_no_lag() {
        let series: Vec<Option<f64>> = (0..59).map(|bin| Some(wave(bin, 37, 11, 101))).collect();
        assert_eq!(lead_lag(&series, &series), None);
        let (flat, wavy) = (vec![Some(0.5); 80], (0..80).map(|bin| Some(wave(bin, 37, 11, 101))).collect::<Vec<_>>());
        assert_eq!(lead_lag(&flat, &wavy), None);
        assert_eq!((longest_lag(60), longest_lag(100), longest_lag(2_000)), (1, 2, 7));
    }
}
