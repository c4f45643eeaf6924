//! Where shares lie if coders err: bounds by how often two of them disagree.
//!
//! A corrected interval covers what coders say. Nothing but a second coder shows how far that is from the truth, and
//! nothing shows the errors that all coders share.

use crate::compare::cells::Cells;
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::{Counts, JudgedFrame, Plan};
use crate::model::Unit;
use crate::stats::{Interval, bounds_with_error, error_by_disagreement};

/// With fewer units that two people coded, their disagreement says nothing.
const LEAST_CODED_TWICE: u64 = 20;

/// A frame of a sentence, or of a document as a whole, that several people coded before anything was adjudicated.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedTwice {
    /// Place of the frame in the codebook.
    pub frame: usize,
    /// Whether sentences or documents were coded.
    pub unit: Unit,
    /// Probability that it was drawn with.
    pub inclusion: f64,
    /// What each of them says, two or more.
    pub judged: Vec<JudgedFrame>,
}

/// How often two coders of a frame disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DisagreementRate {
    /// Units that two or more coded.
    pub coded_twice: u64,
    /// Share of the pairs of codings that differ, each unit weighed by one over the probability it was drawn with; 0 of none.
    pub share: f64,
}

/// Where the truth of a corrected share lies if coders err.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareBounds {
    /// Id of the frame.
    pub frame: String,
    /// The group.
    pub group: String,
    /// Codings that correct the share.
    pub codings: u64,
    /// The corrected share and its 95 % interval; `None` with too few codings.
    pub corrected: Option<(f64, Interval)>,
    /// How often two coders disagree on the frame, over all groups.
    pub disagreement: DisagreementRate,
    /// The most often that a coding is wrong, by that; `None` where too few were coded twice.
    pub error: Option<f64>,
    /// Whether every coding of the group was agreed on or adjudicated, so that both coders have to err.
    pub is_checked: bool,
}

impl ShareBounds {
    /// The bounds; `None` where too few sentences were coded, or coded twice.
    #[must_use]
    pub fn bounds(&self) -> Option<Interval> {
        let ((_, interval), error) = self.corrected.zip(self.error)?;
        Some(bounds_with_error(interval, error))
    }

    /// Why there are none, or that coders who never differ may still err; empty where nothing is to be said.
    #[must_use]
    pub fn note(&self) -> String {
        match (self.corrected, self.error) {
            (None, _) => "too few hand codings with known probability in this group".to_owned(),
            (_, None) => format!(
                "two coders coded {} of the same units, of {LEAST_CODED_TWICE} it takes; draw with --overlap",
                self.disagreement.coded_twice
            ),
            (Some(_), Some(_)) if self.disagreement.share <= 0.0 => {
                // The upper 95 % limit of a share of which none of n was seen is near 3/n (Hanley and Lippman-Hand 1983).
                let unseen = 3.0 / self.disagreement.coded_twice as f64;
                format!("no two coders differed; a disagreement of up to {unseen:.3} would be missed as easily")
            }
            _ => String::new(),
        }
    }
}

/// The bounds of each corrected share over the whole span, by frame in the codebook's order, then group.
#[must_use]
pub fn share_bounds(plan: &Plan, counts: &Counts, coded_twice: &[CodedTwice]) -> Vec<ShareBounds> {
    let cells = Cells::new(plan, counts);
    let mut found = Vec::new();
    for (frame, id) in plan.frames().iter().enumerate().take(plan.codebook_frames()) {
        let disagreement = disagreement(plan, frame, coded_twice);
        for group in &cells.groups {
            let cell = cells.cell(Place { group, period: WHOLE_SPAN });
            let correction = cell.correction(frame, WHOLE_SPAN);
            let interval = correction.corrected().and_then(|it| Some((it.estimate, it.interval()?)));
            let is_checked = correction.is_checked();
            let one = error_by_disagreement(disagreement.share);
            found.push(ShareBounds {
                frame: id.clone(),
                group: (*group).to_owned(),
                codings: correction.count(),
                corrected: interval,
                disagreement,
                error: (disagreement.coded_twice >= LEAST_CODED_TWICE).then_some(if is_checked {
                    one * one
                } else {
                    one
                }),
                is_checked,
            });
        }
    }
    found
}

fn disagreement(plan: &Plan, frame: usize, coded_twice: &[CodedTwice]) -> DisagreementRate {
    let (mut found, mut weight, mut apart) = (DisagreementRate::default(), 0.0, 0.0);
    for coded in coded_twice.iter().filter(|coded| coded.frame == frame && coded.unit == plan.settings().unit) {
        let said: Vec<bool> = coded.judged.iter().filter_map(|judged| plan.counted().is_met(*judged)).collect();
        let (all, with) = (said.len() as f64, said.iter().filter(|says| **says).count() as f64);
        if said.len() > 1 {
            found.coded_twice += 1;
            weight += 1.0 / coded.inclusion;
            apart += with * (all - with) / (all * (all - 1.0) / 2.0) / coded.inclusion;
        }
    }
    found.share = if weight > 0.0 { apart / weight } else { 0.0 };
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{plan, weekly};

    #[test]
    fn disagreement_weighs_units_by_their_probability_and_counts_pairs() {
        let says = |carries| JudgedFrame { carries, ..JudgedFrame::default() };
        let coded = |frame, inclusion, said: &[bool]| CodedTwice {
            frame,
            unit: Unit::Sentence,
            inclusion,
            judged: said.iter().copied().map(says).collect(),
        };
        let all = [
            coded(0, 0.1, &[true, false]),
            coded(0, 0.5, &[true, true]),
            coded(0, 0.5, &[true, true, false]),
            coded(1, 0.5, &[true, false]),
            CodedTwice { unit: Unit::Document, ..coded(0, 0.1, &[true, false]) },
        ];
        let found = disagreement(&plan(weekly()), 0, &all);
        // Weights 10, 2, 2; of the last unit two of three pairs differ.
        assert_eq!(found.coded_twice, 3);
        assert!((found.share - (10.0 + 4.0 / 3.0) / 14.0).abs() < 1e-12, "{found:?}");
    }
}
