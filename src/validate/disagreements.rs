//! Disagreements: the units that coders gave different values, for those who settle them.

use std::collections::{BTreeMap, BTreeSet};

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

/// What is left to settle in `codings`, by document, sentence and frame.
pub(super) fn disagreements(codings: &[HandCoding]) -> Vec<Disagreement> {
    let mut units: BTreeMap<(&str, Option<usize>), Vec<&HandCoding>> = BTreeMap::new();
    for coding in codings {
        units.entry((&coding.document, coding.sentence)).or_default().push(coding);
    }
    let mut found = Vec::new();
    for ((document, sentence), codings) in units {
        let frames: BTreeSet<&str> = codings.iter().map(|coding| &coding.frame[..]).collect();
        for frame in frames {
            let of_frame = || codings.iter().filter(|coding| coding.frame == frame);
            let mut values: Vec<_> = of_frame().map(|coding| (coding.coder.clone(), coding.value.clone())).collect();
            values.sort_unstable();
            let differs = |a: &str, b: &str| a != b && (number(a).is_none() || number(a) != number(b));
            let is_settled = of_frame().any(|coding| coding.coder == ADJUDICATED);
            if !is_settled && values.iter().any(|(_, value)| differs(value, &values[0].1)) {
                let text = of_frame().map(|coding| &coding.text).find(|text| !text.is_empty());
                found.push(Disagreement {
                    document: document.to_owned(),
                    sentence,
                    frame: frame.to_owned(),
                    values,
                    inclusion: of_frame().find_map(|coding| coding.inclusion),
                    text: text.cloned().unwrap_or_default(),
                });
            }
        }
    }
    found
}

/// A value as a finite number.
pub(super) fn number(value: &str) -> Option<f64> {
    value.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
