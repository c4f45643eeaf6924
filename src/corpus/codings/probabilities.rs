//! The values and probabilities of labels from outside, brought to one scale.
//!
//! Models answer with 1 and 0, with probabilities from 0 to 1, in percent, or with how sure they are of their own answer;
//! which it is shows only in all answers of a file. What was changed is said in a note.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::codings::HandCodings;
use crate::corpus::codings::entry::Marked;
use crate::model::{Excluded, Exclusion, HandCoding, Presence, decimal, presence};

/// The value, `1` or `0`, and the probability of a label as it is written; the value is empty where the cell holds a
/// probability. Whether that is a percentage is not told here.
///
/// # Errors
/// In words, when the cells hold neither.
pub(super) fn label(frame: &str, marked: &Marked) -> Result<(String, Option<f64>), String> {
    let Marked { value, probability, .. } = marked;
    let said = |cell: &str| {
        let share = number(cell).filter(|it| (0.0..=100.0).contains(it));
        share.ok_or_else(|| {
            format!(
                "label of \"{frame}\" is \"{cell}\"; expected 1 or 0, yes or no, or a probability from 0 to 1 or in percent"
            )
        })
    };
    let beside = if probability.is_empty() { None } else { Some(said(probability)?) };
    match presence(value) {
        Presence::Present => Ok(("1".to_owned(), beside)),
        Presence::Absent => Ok(("0".to_owned(), beside)),
        Presence::NotCoded => Ok((String::new(), beside)),
        Presence::Unclear => Ok((String::new(), Some(said(value)?))),
    }
}

/// A number, also with the sign of percent, which it is then the hundredth of.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    match cell.strip_suffix('%') {
        Some(percent) => decimal(percent).map(|percent| percent / 100.0),
        None => decimal(cell),
    }
}

/// Brings the labels of each file and frame to one scale: percent to shares, and how sure an answer is to how likely the frame is.
pub(super) fn settle(found: &mut HandCodings) {
    let mut scales: BTreeMap<(String, String), Scale> = BTreeMap::new();
    for coding in &found.codings {
        scales.entry((coding.origin.file.clone(), coding.frame.clone())).or_default().see(coding);
    }
    let mut kept = Vec::with_capacity(found.codings.len());
    for mut coding in std::mem::take(&mut found.codings) {
        let scale = scales.entry((coding.origin.file.clone(), coding.frame.clone())).or_default();
        match scale.settle(&mut coding) {
            Ok(()) => kept.push(coding),
            Err(detail) => {
                found.excluded.push(Excluded { origin: coding.origin, reason: Exclusion::BadValue, detail });
            }
        }
    }
    found.codings = kept;
    note(found, &scales, "are taken for percent", Scale::is_percent);
    note(found, &scales, "are how sure each answer is, so those of 0 are turned round", Scale::is_of_answer);
}

fn note(found: &mut HandCodings, scales: &BTreeMap<(String, String), Scale>, what: &str, is_meant: fn(&Scale) -> bool) {
    let meant = || scales.iter().filter(|(_, scale)| is_meant(scale)).map(|(key, _)| key);
    for file in meant().map(|(file, _)| file).collect::<BTreeSet<_>>() {
        let frames: Vec<&str> = meant().filter(|(other, _)| other == file).map(|(_, frame)| &frame[..]).collect();
        let note = format!("probabilities of {} {what}", frames.join(", "));
        found.notes.push(format!("{file}: {note}"));
        for known in found.files.iter_mut().filter(|known| known.path.display().to_string() == *file) {
            known.notes.push(note.clone());
        }
    }
}

/// What the labels of one frame in one file look like.
#[derive(Clone, Copy, Debug, Default)]
struct Scale {
    /// Cells that hold a probability and no value.
    bare: usize,
    /// Probabilities above 1, and between 0 and 1.
    above: usize,
    within: usize,
    /// Labels that say 0 with a probability, and those of them above one half.
    absent: usize,
    sure: usize,
}

impl Scale {
    fn see(&mut self, coding: &HandCoding) {
        let Some(probability) = coding.probability else { return };
        self.bare += usize::from(coding.value.is_empty());
        self.above += usize::from(probability > 1.0);
        self.within += usize::from(probability > 0.0 && probability < 1.0);
        if coding.value == "0" {
            self.absent += 1;
            let half = if probability > 1.0 { 50.0 } else { 0.5 };
            self.sure += usize::from(probability > half);
        }
    }

    /// In a column of shares a single 12 is a slip; in one of percent a single .5 is one half of a hundredth.
    const fn is_percent(&self) -> bool {
        self.above > self.within
    }

    /// Whoever says 0 with .9, and so in most answers, gives the probability of the answer.
    const fn is_of_answer(&self) -> bool {
        2 * self.sure > self.absent
    }

    fn settle(&self, coding: &mut HandCoding) -> Result<(), String> {
        if self.bare > 0 && coding.probability.is_none() {
            // A 1 or a 0 in a column of probabilities is one.
            coding.probability = Some(if coding.value == "1" { 1.0 } else { 0.0 });
            coding.value.clear();
        }
        let Some(probability) = &mut coding.probability else { return Ok(()) };
        if self.is_percent() {
            *probability /= 100.0;
        } else if *probability > 1.0 {
            let frame = &coding.frame;
            return Err(format!("probability of \"{frame}\" is {probability}, where most others are at most 1"));
        }
        if coding.value == "0" && self.is_of_answer() {
            *probability = 1.0 - *probability;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    fn labels(cells: &[(&str, &str)]) -> HandCodings {
        let coding = |(record, (value, probability)): (u64, &(&str, &str))| {
            let marked =
                Marked { value: (*value).to_owned(), probability: (*probability).to_owned(), ..Marked::default() };
            let (value, probability) = label("f", &marked).unwrap();
            let origin = Origin { file: "llm.csv".to_owned(), record };
            HandCoding { frame: "f".to_owned(), value, probability, origin, ..HandCoding::default() }
        };
        HandCodings { codings: (1..).zip(cells).map(coding).collect(), ..HandCodings::default() }
    }

    #[test]
    fn every_scale_becomes_the_probability_of_the_frame() {
        for (case, cells, expected, left_out) in [
            ("plain values", &[("1", ""), ("no", "")][..], &[("1", None), ("0", None)][..], 0),
            ("values with probabilities", &[("1", "0.8"), ("0", ".1")], &[("1", Some(0.8)), ("0", Some(0.1))], 0),
            ("a comma", &[("1", "0,8"), ("0", "0,1")], &[("1", Some(0.8)), ("0", Some(0.1))], 0),
            ("probabilities alone", &[("0.8", ""), ("0", "")], &[("", Some(0.8)), ("", Some(0.0))], 0),
            ("one of them 1", &[("0.8", ""), ("1", "")], &[("", Some(0.8)), ("", Some(1.0))], 0),
            ("percent", &[("80", ""), ("1", ""), ("0", "")], &[("", Some(0.8)), ("", Some(0.01)), ("", Some(0.0))], 0),
            ("the sign of percent", &[("80 %", ""), ("5%", "")], &[("", Some(0.8)), ("", Some(0.05))], 0),
            ("a slip", &[(".8", ""), (".2", ""), ("12", "")], &[("", Some(0.8)), ("", Some(0.2))], 1),
            ("sure of its answers", &[("1", ".9"), ("0", ".95")], &[("1", Some(0.9)), ("0", Some(0.05))], 0),
            ("sure in percent", &[("1", "90"), ("0", "95")], &[("1", Some(0.9)), ("0", Some(0.05))], 0),
        ] {
            let mut found = labels(cells);
            settle(&mut found);
            let said: Vec<_> = found.codings.iter().map(|it| (&it.value[..], it.probability)).collect();
            let rounded = |probability: Option<f64>| probability.map(|it| (it * 1e9).round() / 1e9);
            let said: Vec<_> = said.into_iter().map(|(value, probability)| (value, rounded(probability))).collect();
            assert_eq!(said, expected, "{case}");
            assert_eq!(found.excluded.len(), left_out, "{case}");
        }
    }

    #[test]
    fn what_is_neither_value_nor_probability_is_refused() {
        for (value, probability) in [("maybe", ""), ("-0.5", ""), ("130", ""), ("1", "high")] {
            let marked = Marked { value: value.to_owned(), probability: probability.to_owned(), ..Marked::default() };
            assert!(label("f", &marked).is_err(), "{value:?} {probability:?}");
        }
    }
}
