//! The values and probabilities of labels from outside, brought to one scale.
//!
//! Models answer with 1 and 0, with probabilities from 0 to 1 or in percent, or with how sure they are of their own answer.
//! Which it is, the name of the column says, and all answers of the file together; where they leave it open the file is
//! refused, as a guess would be in every share. How they were read is said in a note.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::codings::entry::Marked;
use crate::model::{Excluded, Exclusion, HandCoding, Presence, decimal, presence};

/// A share of the labels so small that what it does is a slip: these labels are left out, all others stay.
const SLIP: f64 = 0.05;

/// A percentage above which a scale is one of percent, not marks from 1 to 5 or to 10.
const HIGHEST_MARK: f64 = 10.0;

/// The value, `1` or `0`, and the probability of a label as it is written; the value is empty where the cell holds a
/// probability. Whether that is a percentage is not told here.
///
/// # Errors
/// In words, when the cells hold neither.
pub(super) fn label(frame: &str, marked: &Marked) -> Result<(String, Option<f64>), String> {
    let Marked { value, probability, .. } = marked;
    let beside = if probability.is_empty() { None } else { Some(share(frame, probability)?) };
    match presence(value) {
        Presence::Present => Ok(("1".to_owned(), beside)),
        Presence::Absent => Ok(("0".to_owned(), beside)),
        Presence::NotCoded => Ok((String::new(), beside)),
        Presence::Unclear => Ok((String::new(), Some(share(frame, value)?))),
    }
}

fn share(frame: &str, cell: &str) -> Result<f64, String> {
    number(cell).filter(|it| (0.0..=100.0).contains(it)).ok_or_else(|| {
        format!(
            "label of \"{frame}\" is \"{cell}\"; expected 1 or 0, yes or no, or a probability from 0 to 1 or in percent, or nothing \
             where nobody looked"
        )
    })
}

/// A number, also with the sign of percent, which it is then the hundredth of.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    match cell.strip_suffix('%') {
        Some(percent) => decimal(percent).map(|percent| percent / 100.0),
        None => decimal(cell),
    }
}

/// What was done with the labels of a file.
#[derive(Debug, Default)]
pub(super) struct SettledLabels {
    pub(super) codings: Vec<HandCoding>,
    pub(super) excluded: Vec<Excluded>,
    /// How the probabilities were read.
    pub(super) notes: Vec<String>,
}

/// Brings the labels of one file to the probability of the frame. `of_answer`: the column says how sure each answer is.
///
/// # Errors
/// In words with the remedy, when the labels leave open what their probabilities mean.
pub(super) fn settle(mut codings: Vec<HandCoding>, of_answer: bool) -> Result<SettledLabels, String> {
    let mut settled = SettledLabels::default();
    fill_bare(&mut codings);
    let percent = is_percent(&codings)?;
    for mut coding in codings {
        match coding.probability.map(|probability| if percent { probability / 100.0 } else { probability }) {
            Some(probability) if probability > 1.0 => {
                let detail =
                    format!("probability of \"{}\" is {probability}, where the others are at most 1", coding.frame);
                settled.leave_out(&coding, detail);
            }
            probability => {
                coding.probability = probability;
                settled.codings.push(coding);
            }
        }
    }
    if percent {
        settled.notes.push("probabilities read as percent, since no other is between 0 and 1".to_owned());
    }
    if of_answer {
        settled.turn_answers();
    } else {
        settled.refuse_contradictions()?;
    }
    Ok(settled)
}

/// Where any cell of the file holds a probability instead of a value, a 1 or a 0 is one, too.
fn fill_bare(codings: &mut [HandCoding]) {
    if codings.iter().all(|coding| !coding.value.is_empty()) {
        return;
    }
    for coding in codings.iter_mut().filter(|coding| coding.probability.is_none()) {
        coding.probability = Some(if coding.value == "1" { 1.0 } else { 0.0 });
        coding.value.clear();
    }
}

/// Whether the probabilities of the file are percentages. In a file of shares a rare 12 is a slip.
fn is_percent(codings: &[HandCoding]) -> Result<bool, String> {
    let of = |is_meant: fn(f64) -> bool| -> Vec<&HandCoding> {
        codings.iter().filter(|coding| coding.probability.is_some_and(is_meant)).collect()
    };
    let (above, within) = (of(|it| it > 1.0), of(|it| it > 0.0 && it < 1.0));
    let (Some(first), slips) = (above.first(), few(above.len(), above.len() + within.len())) else { return Ok(false) };
    if slips {
        return Ok(false);
    }
    if let Some(share) = within.first() {
        return Err(format!(
            "{} between 0 and 1 (the first in record {}) and {} above 1 (the first in record {}), so that nobody can tell \
             shares from percent; write all from 0 to 1, or a % behind each",
            counted_probabilities(within.len()),
            share.origin.record,
            above.len(),
            first.origin.record,
        ));
    }
    let highest = above.iter().filter_map(|coding| coding.probability).fold(0.0, f64::max);
    if highest <= HIGHEST_MARK {
        return Err(format!(
            "labels from 0 to {highest} (the first above 1 in record {}) are neither 1 and 0 nor probabilities; write 1 where the \
             frame is there, 0 where it is not, and nothing where that is unclear; or probabilities from 0 to 1",
            first.origin.record,
        ));
    }
    refuse_other_scale(codings)?;
    Ok(true)
}

/// In a file of percentages a frame that has nothing but 0 and 1 may have labels: 1 would be one hundredth, or all.
fn refuse_other_scale(codings: &[HandCoding]) -> Result<(), String> {
    let mut highest: BTreeMap<&str, f64> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding.value.is_empty()) {
        let highest = highest.entry(&coding.frame).or_default();
        *highest = highest.max(coding.probability.unwrap_or_default());
    }
    #[expect(clippy::float_cmp, reason = "a 1 that was read, not computed")]
    let open = highest.into_iter().find(|(_, highest)| *highest == 1.0);
    open.map_or(Ok(()), |(frame, _)| {
        Err(format!(
            "\"{frame}\" has nothing but 0 and 1 where other frames have percentages, so that a 1 may be one percent or a label; \
             write all probabilities from 0 to 1, or a % behind each"
        ))
    })
}

#[expect(clippy::cast_precision_loss, reason = "labels stay far below 2^53")]
fn few(part: usize, all: usize) -> bool {
    part as f64 <= SLIP * all as f64
}

fn counted_probabilities(count: usize) -> String {
    if count == 1 { "1 probability".to_owned() } else { format!("{count} probabilities") }
}

impl SettledLabels {
    fn leave_out(&mut self, coding: &HandCoding, detail: String) {
        self.excluded.push(Excluded { origin: coding.origin.clone(), reason: Exclusion::BadValue, detail });
    }

    /// Labels that say yes or no, not a probability alone.
    fn answers(&self) -> impl Iterator<Item = &HandCoding> {
        self.codings.iter().filter(|coding| !coding.value.is_empty())
    }

    /// How sure an answer "not there" is, turned into how likely the frame is. Below one half it is no probability of one
    /// of two answers (models say .3 for "rather unsure"), and then none of them is used.
    fn turn_answers(&mut self) {
        let unsure = self.answers().filter(|coding| coding.probability.is_some_and(|it| it < 0.5)).count();
        if unsure > 0 {
            let answers = self.codings.iter_mut().filter(|coding| !coding.value.is_empty());
            answers.for_each(|coding| coding.probability = None);
            self.notes.push(format!(
                "confidence is below 0.5 in {unsure} labels, as no probability of one of two answers can be: not used, the \
                 labels are"
            ));
            return;
        }
        for coding in self.codings.iter_mut().filter(|coding| coding.value == "0") {
            coding.probability = coding.probability.map(|probability| 1.0 - probability);
        }
        if self.answers().any(|coding| coding.probability.is_some()) {
            let note = "confidence read as how sure each answer is, so that of an answer 0 the frame has the rest to 1";
            self.notes.push(note.to_owned());
        }
    }

    /// Labels that their own probability denies. A few are left out; of many, whoever labelled meant something else by the
    /// column, most often how sure the answer is.
    fn refuse_contradictions(&mut self) -> Result<(), String> {
        let both =
            self.codings.iter().filter(|coding| !coding.value.is_empty() && coding.probability.is_some()).count();
        let denied = self.denied();
        let Some(first) = denied.iter().next() else { return Ok(()) };
        let HandCoding { frame, value, probability, origin, .. } = &self.codings[*first];
        let says = format!("label of \"{frame}\" is {value}, but its probability {}", probability.unwrap_or_default());
        if !few(denied.len(), both) {
            return Err(format!(
                "{} of {both} labels are denied by the probability beside them (the first in record {}: {says}); if the column \
                 says how sure each answer is, call it confidence; if the labels are right, take it away",
                denied.len(),
                origin.record,
            ));
        }
        for (place, coding) in std::mem::take(&mut self.codings).into_iter().enumerate() {
            if denied.contains(&place) {
                let HandCoding { frame, value, probability, .. } = &coding;
                let probability = probability.unwrap_or_default();
                let detail = format!("label of \"{frame}\" is {value}, but its probability {probability}");
                self.leave_out(&coding, detail);
            } else {
                self.codings.push(coding);
            }
        }
        Ok(())
    }

    /// Places of labels 0 above one half and labels 1 below it, but for frames in which all 1 are above all 0: there whoever
    /// labelled had another threshold.
    fn denied(&self) -> BTreeSet<usize> {
        let mut limits: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for HandCoding { frame, value, probability, .. } in &self.codings {
            let (highest, lowest) = limits.entry(frame).or_insert((f64::NEG_INFINITY, f64::INFINITY));
            match (&value[..], probability) {
                ("0", Some(probability)) => *highest = highest.max(*probability),
                ("1", Some(probability)) => *lowest = lowest.min(*probability),
                _ => {}
            }
        }
        let is_denied = |coding: &HandCoding| {
            let Some((highest, lowest)) = limits.get(&coding.frame[..]) else { return false };
            let is_apart = highest < lowest && highest.is_finite() && lowest.is_finite();
            let wrong = match &coding.value[..] {
                "0" => coding.probability.is_some_and(|it| it > 0.5),
                "1" => coding.probability.is_some_and(|it| it < 0.5),
                _ => false,
            };
            wrong && !is_apart
        };
        (0..self.codings.len()).filter(|place| is_denied(&self.codings[*place])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    fn settled(cells: &[(&str, &str)], of_answer: bool) -> Result<SettledLabels, String> {
        let coding = |(record, (value, probability)): (u64, &(&str, &str))| {
            let marked =
                Marked { value: (*value).to_owned(), probability: (*probability).to_owned(), ..Marked::default() };
            let (value, probability) = label("f", &marked).unwrap();
            let origin = Origin { file: "llm.csv".to_owned(), record };
            HandCoding { frame: "f".to_owned(), value, probability, origin, ..HandCoding::default() }
        };
        settle((1..).zip(cells).map(coding).collect(), of_answer)
    }

    #[test]
    fn every_scale_becomes_the_probability_of_the_frame() {
        for (case, of_answer, cells, expected) in [
            ("plain values", false, &[("1", ""), ("no", "")][..], &[("1", None), ("0", None)][..]),
            ("values and probabilities", false, &[("1", "0.8"), ("0", ".1")], &[("1", Some(0.8)), ("0", Some(0.1))]),
            ("a comma", false, &[("1", "0,8"), ("0", "0,1")], &[("1", Some(0.8)), ("0", Some(0.1))]),
            ("probabilities alone", false, &[("0.8", ""), ("0", "")], &[("", Some(0.8)), ("", Some(0.0))]),
            ("one of them 1", false, &[("0.8", ""), ("1", "")], &[("", Some(0.8)), ("", Some(1.0))]),
            (
                "percent",
                false,
                &[("80", ""), ("1", ""), ("0", "")],
                &[("", Some(0.8)), ("", Some(0.01)), ("", Some(0.0))],
            ),
            ("the sign of percent", false, &[("80 %", ""), ("5%", "")], &[("", Some(0.8)), ("", Some(0.05))]),
            ("percent beside values", false, &[("1", "80"), ("0", "20")], &[("1", Some(0.8)), ("0", Some(0.2))]),
            ("another threshold", false, &[("1", "0.8"), ("0", "0.6")], &[("1", Some(0.8)), ("0", Some(0.6))]),
            ("sure of its answers", true, &[("1", ".9"), ("0", ".95")], &[("1", Some(0.9)), ("0", Some(0.05))]),
            ("sure in percent", true, &[("1", "90"), ("0", "95")], &[("1", Some(0.9)), ("0", Some(0.05))]),
            ("unsure below one half", true, &[("1", ".9"), ("0", ".3")], &[("1", None), ("0", None)]),
        ] {
            let found = settled(cells, of_answer).unwrap();
            let rounded = |probability: Option<f64>| probability.map(|it| (it * 1e9).round() / 1e9);
            let said: Vec<_> = found.codings.iter().map(|it| (&it.value[..], rounded(it.probability))).collect();
            assert_eq!(said, expected, "{case}");
            assert!(found.excluded.is_empty(), "{case}");
        }
    }

    #[test]
    fn what_leaves_the_meaning_open_is_refused_with_a_remedy() {
        for (case, cells, says) in [
            ("shares and percent", &[("0.5", ""), ("80", "")][..], "write all from 0 to 1"),
            ("three values", &[("0", ""), ("1", ""), ("2", "")], "labels from 0 to 2"),
            ("marks from 1 to 5", &[("1", "5"), ("0", "2")], "labels from 0 to 5"),
            ("sure of answers that are 0", &[("1", ".9"), ("0", ".95")], "call it confidence"),
        ] {
            let refused = settled(cells, false).unwrap_err();
            assert!(refused.contains(says), "{case}: {refused}");
        }
    }

    #[test]
    fn slips_are_left_out_alone() {
        for (case, slip) in [("a percentage among shares", ("12", "")), ("a label that is denied", ("0", "0.9"))] {
            let mut cells = vec![("1", "0.8"), ("0", "0.2")];
            cells.extend([("1", "0.7"), ("0", "0.1")].repeat(20));
            if slip.1.is_empty() {
                cells = vec![("0.8", ""); 40];
            }
            cells.push(slip);
            let found = settled(&cells, false).unwrap();
            assert_eq!((found.codings.len(), found.excluded.len()), (cells.len() - 1, 1), "{case}");
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
