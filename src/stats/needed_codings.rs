//! How many codings make a corrected share or difference as sure as is wanted.

use crate::stats::{CorrectedPair, CorrectedShare, Interval, PairScale};

/// The level of the interval whose width is planned.
const ALPHA: f64 = 0.05;

/// Fewest and most codings that are looked for.
const FEWEST: f64 = 5.0;
const MOST: f64 = 1e6;

/// Halvings of the logarithm between these, which leave an error of a millionth.
const HALVINGS: u32 = 40;

/// Half the width of the share's 95 % interval with `codings` in all, drawn as the present ones were.
#[must_use]
pub fn half_width_with(share: &CorrectedShare, codings: f64) -> f64 {
    let [present, _] = share.codings_and_variance();
    half(share.with_codings(codings / present).interval(ALPHA))
}

fn half(interval: Interval) -> f64 {
    (interval.high - interval.low) / 2.0
}

/// The least number of codings in all with which the 95 % interval of a share is at most `half_width` to either side on
/// average; `None` where no number is enough, so that more units are needed, and without any coding to plan from.
///
/// By bisection on the interval itself, as the variance alone plans no further coding for a rare label of which none has
/// been found yet.
#[must_use]
pub fn codings_for_share(share: &CorrectedShare, half_width: f64) -> Option<f64> {
    let [present, _] = share.codings_and_variance();
    if present <= 0.0 {
        return None;
    }
    bisect(|codings| half_width_with(share, codings) <= half_width)
}

/// The same for the difference of two groups' shares: codings in all of the first and of the second. Each group gets them
/// in proportion to the square root of what a coding of it leaves in variance (Neyman 1934).
#[must_use]
pub fn codings_for_difference(first: &CorrectedShare, second: &CorrectedShare, half_width: f64) -> Option<[f64; 2]> {
    let [of_first, of_second] = [first, second].map(CorrectedShare::codings_and_variance);
    if of_first[0] <= 0.0 || of_second[0] <= 0.0 {
        return None;
    }
    let roots = [of_first[1].sqrt(), of_second[1].sqrt()];
    let parts = roots.map(|root| root / (roots[0] + roots[1]));
    let all = bisect(|codings| {
        let a = first.with_codings(codings * parts[0] / of_first[0]);
        let b = second.with_codings(codings * parts[1] / of_second[0]);
        let interval = CorrectedPair::independent(&a, &b, PairScale::Difference).interval(ALPHA);
        interval.is_some_and(|interval| half(interval) <= half_width)
    })?;
    Some(parts.map(|part| all * part))
}

/// The least number that is enough; `None` where the most is not.
fn bisect(is_enough: impl Fn(f64) -> bool) -> Option<f64> {
    if !is_enough(MOST) {
        return None;
    }
    let (mut low, mut high) = (FEWEST.ln(), MOST.ln());
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if is_enough(middle.exp()) { high = middle } else { low = middle }
    }
    Some(high.exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::correction::worked;

    /// Computed with `NumPy` 2.4 and `SciPy` 1.17 by a script of their own.
    #[test]
    fn needed_codings_are_those_worked_out() {
        for (what, share, now, needed, variance) in [
            ("A", worked::a(), 0.132_063_847_0, 610.600_2, 0.156_813_256_7),
            ("B", worked::b(), 0.120_831_075_8, 136.328_8, 0.172_451_636_2),
        ] {
            let found = half_width_with(&share, 50.0);
            assert!((found - now).abs() < 1e-9, "half width of {what}: {found}, not {now}");
            let found = codings_for_share(&share, 0.08).unwrap();
            assert!((found - needed).abs() < 1e-3, "codings for {what}: {found}, not {needed}");
            let [codings, of_one] = share.codings_and_variance();
            assert!((codings - 50.0).abs() < 1e-9 && (of_one - variance).abs() < 1e-9, "variance of {what}: {of_one}");
        }
        let never = half_width_with(&worked::a(), 1e6);
        assert!((never - 0.078_006_225_3).abs() < 1e-9, "{never}");
    }

    #[test]
    fn no_number_of_codings_makes_up_for_too_few_documents() {
        assert_eq!(codings_for_share(&worked::a(), 0.07), None);
        assert_eq!(codings_for_difference(&worked::a(), &worked::b(), 0.08), None);
        let uncoded = worked::group([600, 300], 2.4, 18.0, &[]);
        assert_eq!((codings_for_share(&uncoded, 0.2), codings_for_difference(&uncoded, &uncoded, 0.2)), (None, None));
    }

    #[test]
    fn a_difference_is_as_sure_as_wanted_with_the_codings_it_needs() {
        let (a, b) = (worked::a(), worked::b());
        let [of_a, of_b] = codings_for_difference(&a, &b, 0.12).unwrap();
        let (a, b) = (a.with_codings(of_a / 50.0), b.with_codings(of_b / 50.0));
        let interval = CorrectedPair::independent(&a, &b, PairScale::Difference).interval(ALPHA).unwrap();
        assert!((half(interval) - 0.12).abs() < 1e-6, "{of_a} and {of_b} codings: {interval:?}");
    }
}
