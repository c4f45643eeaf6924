//! Families of tests: p-values adjusted together, and what the number of draws does to them.

use std::sync::Arc;

use crate::stats::{Interval, SIGNIFICANT, benjamini_hochberg};

/// What adjusting needs of a row whose p-value comes from dealing documents.
pub(super) struct DealtRow<'r> {
    pub(super) test: Option<DealtTest>,
    pub(super) q_value: &'r mut Option<f64>,
    pub(super) note: &'r mut Arc<str>,
}

/// A p-value from dealing documents.
#[derive(Clone, Copy)]
pub(super) struct DealtTest {
    pub(super) p_value: f64,
    /// Whether all arrangements were dealt, not random ones.
    pub(super) exact: bool,
}

/// Adjusts one family of such rows, and remarks where more than so many random arrangements might have decided otherwise.
pub(super) fn adjust_dealt<'r>(draws: u32, family: impl Iterator<Item = DealtRow<'r>>) {
    let mut rows: Vec<DealtRow<'r>> = family.collect();
    adjust(rows.iter_mut().map(|row| (row.test.map(|test| test.p_value), &mut *row.q_value)));
    for row in rows {
        if let Some(test) = row.test.filter(|test| !test.exact) {
            remark_floor(Some(test.p_value), *row.q_value, draws, row.note);
        }
    }
}

/// Adjusts the p-values of one family by Benjamini and Hochberg's method; rows without one belong to none.
pub(super) fn adjust<'r>(family: impl Iterator<Item = (Option<f64>, &'r mut Option<f64>)>) {
    adjust_by(benjamini_hochberg, family);
}

/// The same by another method.
pub(super) fn adjust_by<'r>(
    method: fn(&[f64]) -> Vec<f64>,
    family: impl Iterator<Item = (Option<f64>, &'r mut Option<f64>)>,
) {
    let (p_values, places): (Vec<f64>, Vec<&mut Option<f64>>) =
        family.filter_map(|(p_value, place)| p_value.map(|p_value| (p_value, place))).unzip();
    for (place, adjusted) in places.into_iter().zip(method(&p_values)) {
        *place = Some(adjusted);
    }
}

/// Remarks in a note that an interval of a difference holds 0 where the p-value is small, or the other way round: they are of two
/// methods.
pub(super) fn remark_disagreement(interval: Option<Interval>, p_value: Option<f64>, note: &mut Arc<str>) {
    let Some((interval, p_value)) = interval.zip(p_value) else { return };
    let holds_0 = interval.low <= 0.0 && interval.high >= 0.0;
    if holds_0 == (p_value < SIGNIFICANT) {
        append(note, "interval and p-value are of two methods, and disagree here: call it open");
    }
}

/// Remarks in a note that a p-value is the least its number of random arrangements can give, where the q-value might be
/// below the usual level had there been more.
pub(super) fn remark_floor(p_value: Option<f64>, q_value: Option<f64>, draws: u32, note: &mut Arc<str>) {
    let least = 1.0 / (f64::from(draws) + 1.0);
    // The p-value is a whole number of such parts, so that half a part more tells one from two.
    let is_least = p_value.is_some_and(|p_value| p_value < 1.5 * least);
    if is_least && q_value.is_some_and(|q_value| q_value >= SIGNIFICANT) {
        append(note, &format!("p is the least that {draws} random arrangements can give: more might lower p and q"));
    }
}

/// Adds a remark to a finished note.
pub(super) fn append(note: &mut Arc<str>, remark: &str) {
    *note = if note.is_empty() { remark.into() } else { format!("{note}; {remark}").into() };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_is_said_only_where_it_decides() {
        for (p_value, q_value, draws, is_said) in [
            (0.001, 0.06, 999, true),
            (0.001, 0.04, 999, false),
            (0.002, 0.06, 999, false),
            (0.0001, 0.2, 9_999, true),
            (0.001, 0.2, 9_999, false),
        ] {
            let mut note = Arc::default();
            remark_floor(Some(p_value), Some(q_value), draws, &mut note);
            assert_eq!(!note.is_empty(), is_said, "p {p_value}, q {q_value}, {draws} draws");
        }
    }

    #[test]
    fn an_interval_and_a_test_may_decide_otherwise() {
        for (low, high, p_value, expected) in [
            (-0.01, 0.2, 0.04, true),
            (0.01, 0.2, 0.06, true),
            (-0.2, -0.01, 0.06, true),
            (0.01, 0.2, 0.04, false),
            (-0.01, 0.2, 0.06, false),
        ] {
            let mut note = Arc::from("few");
            remark_disagreement(Some(Interval { low, high }), Some(p_value), &mut note);
            assert_eq!(note.starts_with("few; interval and p-value"), expected, "[{low}, {high}], p {p_value}");
        }
    }
}
