//! Rows of `voices.csv`: in which voice, and with which stance, each group carries a frame where it does.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compare::cells::{Cell, Cells};
use crate::compare::corrections::FrameCorrection;
use crate::compare::counted::CountedHits;
use crate::compare::families::append;
use crate::compare::notes::{FEW_CARRIERS, Notes, SampleSize};
use crate::compare::place::Place;
use crate::compare::row_order::{by_column, frames_in_turn};
use crate::compare::share_interval::interval_of;
use crate::compare::{Corrected, Counts, IntervalMethod, Plan};
use crate::model::Stance;
use crate::stats::{ClusterCounts, ClusteredShare, Interval, UnitCount};

/// What a row of `voices.csv` is the share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FramePart {
    /// In the outlet's own voice, of what is in its own or in that of a source.
    Own,
    /// Affirming the frame, of what affirms it, rejects it or does neither.
    Favor,
    /// Rejecting it, of the same.
    Against,
}

impl FramePart {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Own, Self::Favor, Self::Against];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Favor => "favor",
            Self::Against => "against",
        }
    }

    /// Hits that are of the part, and those that are not though their voice or stance is known.
    const fn sides(self) -> [CountedHits; 2] {
        let stance = match self {
            Self::Own => return [CountedHits::InVoice { is_own: true }, CountedHits::InVoice { is_own: false }],
            Self::Favor => Stance::Favor,
            Self::Against => Stance::Against,
        };
        [CountedHits::WithStance { stance, is_other: false }, CountedHits::WithStance { stance, is_other: true }]
    }
}

/// How much of a frame's sentences in a group and period is in the outlet's own voice, or has a stance.
#[derive(Clone, Debug, PartialEq)]
pub struct PartShare<'a> {
    /// Id of the frame.
    pub frame: &'a str,
    /// Value of the column compared by.
    pub group: &'a str,
    /// Label of the period, or [`WHOLE_SPAN`](crate::compare::WHOLE_SPAN).
    pub period: &'a str,
    /// Which part.
    pub part: FramePart,
    /// What the cell holds.
    pub sample: SampleSize,
    /// Sentences with the frame whose voice, or stance, is known.
    pub sentences: u64,
    /// Of these, those of the part.
    pub hits: u64,
    /// These as a share, in [0, 1].
    pub estimate: Option<f64>,
    /// Its 95 % confidence interval, by documents.
    pub interval: Option<Interval>,
    /// How the interval was computed.
    pub method: Option<IntervalMethod>,
    /// The share corrected by hand codings of voice, or stance.
    pub corrected: Option<Box<Corrected>>,
    /// Hand codings of the frame with known probability in the cell.
    pub codings: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// The rows of all parts: by frame (the codebook's order), part, group and period, the whole span first. Sentences are counted
/// whatever the study's unit is, as a document that carries a frame may do so in both voices. No table has more rows, and none is
/// asked for more than once, so that they are made on the way, those of a few frames at a time.
pub fn part_shares<'p>(plan: &'p Plan, counts: &'p Counts) -> impl Iterator<Item = PartShare<'p>> + 'p {
    let cells = Cells::new(plan, counts);
    let plans = FramePart::ALL.map(|part| part.sides().map(|counted| plan.clone().of_sentences_counting(counted)));
    let places = cells.groups.len() * cells.periods.len();
    frames_in_turn(plan.frames().len(), FramePart::ALL.len() * places).flat_map(move |frames| {
        let in_place = |place: &Place<'p>| rows_in(&plans, &cells, *place, frames.clone());
        by_column(cells.places().par_iter().map(in_place).collect())
    })
}

/// The rows of some frames in a place, by frame and part; by part, the plans count what is of it, and what is not.
fn rows_in<'a>(
    plans: &[[Plan; 2]; 3],
    cells: &Cells<'a>,
    place: Place<'a>,
    frames: Range<usize>,
) -> Vec<PartShare<'a>> {
    let sides = plans.each_ref().map(|plans| plans.each_ref().map(|plan| cells.cell_by(plan, place)));
    let of_frame = |frame: usize| {
        let parts = FramePart::ALL.into_iter().zip(&sides);
        parts.map(move |(part, sides)| PartCells { part, place, sides }.row(frame, &cells.plan().frames()[frame]))
    };
    frames.flat_map(of_frame).collect()
}

/// A cell by what is of a part, and by what is not.
struct PartCells<'c, 'a> {
    part: FramePart,
    place: Place<'a>,
    sides: &'c [Cell<'a>; 2],
}

impl<'a> PartCells<'_, 'a> {
    fn row(&self, number: usize, frame: &'a str) -> PartShare<'a> {
        let [with, without] = self.sides;
        let beside =
            |(a, b): (&ClusterCounts, &ClusterCounts)| UnitCount { k: a.k[number], n: a.k[number] + b.k[number] };
        let share = ClusteredShare::of_counts(with.units.iter().zip(&without.units).map(beside));
        let (interval, method) = interval_of(&share);
        let corrections = self.sides.each_ref().map(|cell| cell.correction(number, self.place.period));
        PartShare {
            frame,
            group: self.place.group,
            period: self.place.period,
            part: self.part,
            sample: with.sample(),
            sentences: share.n,
            hits: share.k,
            estimate: share.share(),
            interval,
            method,
            corrected: corrections[0].part_beside(&corrections[1]).map(Box::new),
            codings: corrections[0].count(),
            note: self.note(number, &share, &corrections),
        }
    }

    fn note(&self, number: usize, share: &ClusteredShare, corrections: &[FrameCorrection<'_, '_>; 2]) -> Arc<str> {
        let mut notes = Notes::default();
        let [with, without] = self.sides;
        notes.add_size(with.size(), "");
        notes.add(with.documents > 0 && share.n == 0, "no sentences with the frame whose voice or stance is known");
        notes.add(share.units == 1, "no interval from one document");
        if share.units > 1 {
            // A part is as rare as the smaller side: nearly all in one voice is as hard to tell as next to nothing.
            let fewer = with.carriers(number).min(without.carriers(number));
            notes.add(
                fewer < FEW_CARRIERS,
                &format!(
                    "fewer than {FEW_CARRIERS} documents inside or outside the part: the interval may be too narrow"
                ),
            );
            notes.add_uneven(share, "");
        }
        let mut note = notes.into_text();
        let remarks: BTreeSet<&String> = corrections.iter().flat_map(|correction| &correction.remarks).collect();
        for remark in remarks {
            append(&mut note, remark);
        }
        note
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::{DocumentCounts, DoubleCoding, FrameCounts, JudgedFrame, findings};
    use crate::model::{CompareSettings, StanceFilter};

    /// Sixty documents of ten sentences. The machine finds the frame in five: three in the outlet's own voice, two in that of
    /// a source, four affirm it and one rejects it. Of each a hit and another sentence are coded, each with a probability of one
    /// in five: people find the frame where the machine does, in the outlet's own voice in every second document, and
    /// always affirmed.
    fn coded_corpus(says_voice: bool) -> Vec<(String, DocumentCounts)> {
        let of_document = |number: u64| {
            let frame = FrameCounts { hits: 5, own: 3, attributed: 2, favor: 4, against: 1, ..FrameCounts::default() };
            let coding = |sentence: usize| {
                let carries = sentence == 0;
                let machine = JudgedFrame {
                    carries,
                    is_own: carries.then_some(!number.is_multiple_of(5) || number.is_multiple_of(2)),
                    stance: carries.then_some(Stance::Favor),
                };
                let is_own = (carries && says_voice).then_some(number.is_multiple_of(2));
                let people = JudgedFrame { is_own, ..machine };
                DoubleCoding {
                    sentence: Some(sentence),
                    frame: 0,
                    people: Some(people),
                    machine,
                    inclusion: Some(0.2),
                    only_coder: None,
                }
            };
            let mut counts = document("alfa", "2022-W01", 10, [5, 0, 0]);
            counts.frames = vec![frame, FrameCounts::default(), FrameCounts::default()].into();
            counts.double_codings = [0, 9].map(coding).into();
            (number.to_string(), counts)
        };
        (0..60).map(of_document).collect()
    }

    fn part_of(says_voice: bool, part: FramePart) -> PartShare<'static> {
        let (plan, counts) = (plan(CompareSettings::default()), counts(coded_corpus(says_voice)));
        let mut rows = part_shares(&plan, &counts);
        let found = rows.find(|row| row.frame == "threat" && row.part == part).unwrap();
        PartShare { frame: "threat", group: "", period: "", ..found }
    }

    #[test]
    fn parts_are_shares_of_what_has_a_voice_or_a_stance() {
        for (part, hits, sentences) in
            [(FramePart::Own, 180, 300), (FramePart::Favor, 240, 300), (FramePart::Against, 60, 300)]
        {
            let row = part_of(true, part);
            assert_eq!((row.hits, row.sentences, row.codings), (hits, sentences, 120), "{part:?}");
            let interval = row.interval.unwrap();
            let share = row.estimate.unwrap();
            assert!(interval.low <= share && share <= interval.high, "{part:?}: {row:?}");
        }
    }

    #[test]
    fn rows_come_by_frame_part_group_and_period_and_another_group_changes_none() {
        let plan = plan(weekly());
        let of = [&["alfa", "gamma"][..], &["alfa", "beta", "gamma"]].map(|groups| counts(corpus(groups)));
        let [two, mut three] = of.each_ref().map(|counts| part_shares(&plan, counts).collect::<Vec<_>>());
        let frame = |row: &PartShare<'_>| plan.frames().iter().position(|known| **known == *row.frame);
        let places: Vec<_> =
            three.iter().map(|row| (frame(row), row.part, row.group, row.period != "all", row.period)).collect();
        assert!(places.is_sorted(), "{three:?}");
        assert_eq!(three.len(), 3 * 3 * 3 * 4);
        three.retain(|row| row.group != "beta");
        assert_eq!(three, two);
    }

    #[test]
    fn codings_of_voice_correct_a_part_and_codings_without_do_not() {
        let own = part_of(true, FramePart::Own);
        let corrected = own.corrected.unwrap();
        // Own: 30 of 54 in the machine's own .3 of all sentences. A source's: all of its .2, and 24 of 114 of the others.
        assert!((corrected.estimate - 19.0 / 61.0).abs() < 1e-12, "{corrected:?}");
        assert!(corrected.low.unwrap() > 0.1 && corrected.high.unwrap() < 0.6, "{corrected:?}");
        // None of what the machine takes for rejected was coded, a tenth of all sentences of which half may be.
        let favor = part_of(true, FramePart::Favor);
        assert!((favor.corrected.as_ref().unwrap().estimate - 8.0 / 9.0).abs() < 1e-12, "{favor:?}");
        assert!(favor.note.contains("no hand coding of what the study codes with the frame"), "{}", favor.note);
        let unsaid = part_of(false, FramePart::Own);
        assert_eq!(unsaid.corrected, None);
        assert!(unsaid.note.contains("hand codings"), "{}", unsaid.note);
    }

    #[test]
    fn a_study_of_one_stance_counts_and_corrects_that_stance() {
        for (stance, hits, corrected) in [(StanceFilter::Favor, 240, 0.4), (StanceFilter::Against, 60, 0.05)] {
            let settings = CompareSettings { stance, ..CompareSettings::default() };
            let found = findings(&plan(settings), &counts(coded_corpus(true)));
            let row = found.prevalence.iter().find(|row| &*row.frame == "threat").unwrap();
            assert_eq!((row.stance, row.hits), (stance, hits));
            // Nothing that the machine takes for rejected was coded: half of it may be.
            let estimate = row.corrected.as_ref().unwrap().estimate;
            assert!((estimate - corrected).abs() < 1e-12, "{stance:?}: {row:?}");
        }
    }
}
