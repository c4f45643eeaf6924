//! Axes of values: where values stand, and which of them are labelled. What is *not* here: days, which are in `days.rs`.

/// A straight scale from values to places on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Two different values.
    pub(super) values: (f64, f64),
    /// Where they stand.
    pub(super) places: (f64, f64),
}

/// Two scales at right angles.
pub(super) struct Plane {
    pub(super) across: Scale,
    pub(super) up: Scale,
}

impl Scale {
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.values.0) / (self.values.1 - self.values.0);
        self.places.0 + share * (self.places.1 - self.places.0)
    }

    /// As [`at`](Self::at), values beyond the scale at its ends.
    pub(super) fn within(&self, value: f64) -> f64 {
        self.at(value.clamp(self.values.0.min(self.values.1), self.values.0.max(self.values.1)))
    }
}

/// No share is shown on an axis that ends before this one.
// A frame that nobody has would have an axis without length.
const LEAST_TOP: f64 = 0.001;

/// What is lost in computing; far below any difference that a page can show.
const NOTHING: f64 = 1e-9;

/// Quarters of an axis that goes from nothing to all.
pub(super) const QUARTERS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// Steps between the ticks of an axis of shares.
const STEPS: [f64; 20] = [
    0.001, 0.002, 0.003, 0.004, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4,
    0.5,
];

/// Round shares from 0 to `max` or a little beyond, with at most `most` steps between them.
pub(super) fn share_ticks(max: f64, most: u32) -> Vec<f64> {
    let most = f64::from(most.max(1));
    let max = if max.is_finite() { max.clamp(LEAST_TOP, 1.0) } else { 1.0 };
    for step in STEPS {
        let steps = (max / step - NOTHING).ceil();
        if steps <= most && steps * step <= 1.0 + NOTHING {
            return std::iter::successors(Some(0.0), |tick| Some(tick + 1.0).filter(|next| *next <= steps))
                .map(|tick| tick * step)
                .collect();
        }
    }
    vec![0.0, 1.0]
}

/// A share in per cent, with as many decimals as a tick of that size needs; of 0 the bare number.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent.abs() < NOTHING {
        return "0".to_owned();
    }
    // A tick at 0.5 % needs its decimal, one at 10 % does not.
    let whole = (percent - percent.round()).abs() < 1e-6;
    if whole { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_counted_from_zero_in_round_steps() {
        for (max, most, ticks) in [
            (0.037, 4, vec![0.0, 0.01, 0.02, 0.03, 0.04]),
            (0.037, 2, vec![0.0, 0.02, 0.04]),
            (0.2, 2, vec![0.0, 0.1, 0.2]),
            (0.93, 4, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
            (0.93, 2, vec![0.0, 0.5, 1.0]),
            (0.0, 2, vec![0.0, 0.001]),
            (7.0, 1, vec![0.0, 1.0]),
            (f64::NAN, 1, vec![0.0, 1.0]),
        ] {
            let found = share_ticks(max, most);
            let same = found.len() == ticks.len() && found.iter().zip(&ticks).all(|(a, b)| (a - b).abs() < 1e-12);
            assert!(same, "{max} in {most}: {found:?}");
        }
        assert_eq!((percent(0.1), percent(0.005), percent(0.0)), ("10 %".into(), "0.5 %".into(), "0".into()));
    }

    #[test]
    fn values_beyond_a_scale_stand_at_its_end() {
        let scale = Scale { values: (0.0, 0.2), places: (10.0, 30.0) };
        assert!((scale.at(0.1) - 20.0).abs() < 1e-9 && (scale.within(0.9) - 30.0).abs() < 1e-9);
    }
}
