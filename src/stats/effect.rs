//! Sizes of a difference between two shares.

use crate::stats::Z_95;

/// Odds of the first share over odds of the second, both in [0, 1]; `None` where the second's odds are 0 or the first's infinite.
#[must_use]
pub fn odds_ratio(first: f64, second: f64) -> Option<f64> {
    let denominator = (1.0 - first) * second;
    (denominator > 0.0).then(|| first * (1.0 - second) / denominator)
}

/// Cohen's h: difference of the arcsine-transformed shares, in [-pi, pi]; 0.2 is conventionally small, 0.5 medium, 0.8
/// large. Cohen (1988), chapter 6.
#[must_use]
pub fn cohens_h(first: f64, second: f64) -> f64 {
    2.0 * first.sqrt().asin() - 2.0 * second.sqrt().asin()
}

/// The natural logarithm of an odds ratio, drawn toward 0 by 1.96 of its standard errors, and 0 where these reach it: what
/// the counts say surely, for ranking. `hits` are successes on two sides, `of` all trials there; each cell counts one half
/// more. Haldane (1956); Woolf (1955).
#[must_use]
pub fn sure_log_odds(hits: [u64; 2], of: [u64; 2]) -> f64 {
    let [a, c] = hits.map(|count| count as f64 + 0.5);
    let [b, d] = [0, 1].map(|side| of[side].saturating_sub(hits[side]) as f64 + 0.5);
    let log_odds = (a * d / (b * c)).ln();
    let margin = Z_95 * (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    (log_odds.abs() - margin).max(0.0).copysign(log_odds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_say_surely_is_the_nearer_end_of_the_interval() {
        // By the formula in Python; the sides have 70 of 100 and 20 of 90, 3 of 9 each, 4 of 440 and 160 of 450, none.
        for (hits, of, expected) in [
            ([70, 20], [100, 90], 1.423_215_973_198_160_2),
            ([3, 3], [9, 9], 0.0),
            ([4, 160], [440, 450], -3.032_920_431_993_099),
            ([0, 0], [5, 9], 0.0),
        ] {
            let found = sure_log_odds(hits, of);
            assert!((found - expected).abs() < 1e-12, "{hits:?} of {of:?}: {found}");
        }
    }

    #[test]
    fn effect_sizes_agree_with_their_formulas() {
        // Cohen's h as statsmodels 0.15 gives it (`proportion_effectsize`).
        for (first, second, odds, h) in [
            ((7_u8, 10_u8), (2_u8, 9_u8), Some(8.166_666_666_666_666), 1.000_547_816_283_762),
            ((16, 45), (4, 44), Some(5.517_241_379_310_345), 0.665_175_550_131_483_4),
            ((0, 5), (3, 9), Some(0.0), -1.230_959_417_340_774_5),
            ((5, 5), (3, 9), None, 1.910_633_236_249_018_6),
            ((3, 9), (0, 5), None, 1.230_959_417_340_774_5),
        ] {
            let case = format!("{first:?} against {second:?}");
            let shares = (f64::from(first.0) / f64::from(first.1), f64::from(second.0) / f64::from(second.1));
            assert!((cohens_h(shares.0, shares.1) - h).abs() < 1e-12, "{case}: {}", cohens_h(shares.0, shares.1));
            match (odds_ratio(shares.0, shares.1), odds) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-12, "{case}: {found}"),
                (found, expected) => assert_eq!(found, expected, "{case}"),
            }
        }
    }
}
