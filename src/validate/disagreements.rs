//! Disagreements: the units that coders gave different values, for those who settle them.

use std::collections::BTreeMap;

use crate::model::{ADJUDICATED, HandCoding};

/// A unit and frame whose coders differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence.
    pub sentence: Option<usize>,
    /// Id of the frame.
    pub frame: String,
    /// Coder and value, by coder.
    pub values: Vec<(String, String)>,
    /// Probability with which the unit was drawn, where known.
    pub inclusion: Option<f64>,
    /// The words that were coded, where known.
    pub text: String,
}

/// The units and frames that coders disagree in and nobody has settled, in the order of documents.
pub(super) fn disagreements(codings: &[HandCoding]) -> Vec<Disagreement> {
    let mut units: BTreeMap<(&str, Option<usize>, &str), Vec<&HandCoding>> = BTreeMap::new();
    for coding in codings {
        units.entry((&coding.document, coding.sentence, &coding.frame)).or_default().push(coding);
    }
    units.values().filter_map(|codings| disagreement(codings)).collect()
}

/// What `codings` of one unit and frame disagree in; `None` where they agree, or where it is settled.
fn disagreement(codings: &[&HandCoding]) -> Option<Disagreement> {
    let mut values: Vec<_> = codings.iter().map(|coding| (coding.coder.clone(), coding.value.clone())).collect();
    values.sort_unstable();
    let is_settled = codings.iter().any(|coding| coding.coder == ADJUDICATED);
    if is_settled || values.iter().all(|(_, value)| is_same(value, &values[0].1)) {
        return None;
    }
    let HandCoding { document, sentence, frame, .. } = codings.first()?;
    Some(Disagreement {
        document: document.clone(),
        sentence: *sentence,
        frame: frame.clone(),
        values,
        inclusion: codings.iter().find_map(|coding| coding.inclusion),
        text: codings.iter().map(|coding| &coding.text).find(|text| !text.is_empty()).cloned().unwrap_or_default(),
    })
}

/// Whether two values are the same, if need be as numbers: "1" and "1.0" are.
fn is_same(a: &str, b: &str) -> bool {
    a == b || (number(a).is_some() && number(a) == number(b))
}

/// A value as a finite number.
pub(super) fn number(value: &str) -> Option<f64> {
    value.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
