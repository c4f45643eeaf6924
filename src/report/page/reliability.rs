//! How far the coders agree who correct the shares, in a sentence beside the correction: intervals cover what coders say, and
//! this says how far that can be trusted.

use crate::report::number::rounded;
use crate::validate::{ALL_FRAMES, Agreement};

/// Krippendorff's alpha of each frame and of all; `None` where no unit was coded by two.
pub(in crate::report) fn reliability_of_coders(agreements: &[Agreement]) -> Option<String> {
    let told: Vec<String> = agreements.iter().filter_map(of_frame).collect();
    (!told.is_empty()).then(|| {
        format!(
            "How far the coders agree where at least two coded (Krippendorff\u{2019}s alpha, nominal, with 95 % intervals; .800 and \
             .667 are conventions for firm and for tentative conclusions): {}.",
            told.join("; ")
        )
    })
}

fn of_frame(agreement: &Agreement) -> Option<String> {
    let (alpha, interval) = agreement.alphas[0]?;
    let name = if agreement.frame == ALL_FRAMES { "all frames" } else { &agreement.frame };
    let limits = interval.map_or_else(String::new, |it| format!(" [{}, {}]", rounded(it.low, 3), rounded(it.high, 3)));
    Some(format!("{name} {}{limits}", rounded(alpha, 3)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Interval;
    use crate::validate::{Aspect, Scope};

    #[test]
    fn alpha_is_told_of_each_frame_that_two_coded() {
        let row = |frame: &str, alpha: Option<(f64, Option<Interval>)>| Agreement {
            frame: frame.to_owned(),
            aspect: Aspect::Value,
            scope: Scope::All,
            units: 4,
            documents: 2,
            percent: None,
            cohen: None,
            fleiss: None,
            alphas: [alpha, None, None],
            note: "",
        };
        let interval = Interval { low: 0.5, high: 0.75 };
        let rows = [row("a", Some((0.625, Some(interval)))), row("b", None), row(ALL_FRAMES, Some((1.0, None)))];
        let told = reliability_of_coders(&rows).unwrap();
        assert!(told.ends_with("conclusions): a 0.625 [0.500, 0.750]; all frames 1.000."), "{told}");
        assert_eq!(reliability_of_coders(&rows[1..2]), None);
    }
}
