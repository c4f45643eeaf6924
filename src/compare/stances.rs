//! Rows of `stances.csv`: how much more a frame is affirmed than rejected in each group, and whether the outlet's own words and
//! those that it attributes to others differ in that. What is *not* here: how much of a frame has which stance, in `parts`.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compare::cells::{Cell, Cells, CountedDocument};
use crate::compare::counted::CountedHits;
use crate::compare::families::{self, append};
use crate::compare::notes::{FEW_CARRIERS, Notes, Size};
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::row_order::{by_column, frames_in_turn};
use crate::compare::{Corrected, Counts, FrameCounts, Plan};
use crate::model::Stance;
use crate::stats::{DeltaEstimate, Interval, PairedSums, UnitCount, log_ratio, paired_share_difference};

/// What affirms a frame against what rejects it, in one group and period. Neutral sentences are on neither side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StanceBalance<'a> {
    /// Id of the frame.
    pub frame: &'a str,
    /// Value of the column compared by.
    pub group: &'a str,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: &'a str,
    /// Sentences that affirm it, and that reject it, whoever speaks.
    pub sides: StanceSides,
    /// Natural logarithm of the first over the second.
    pub log_ratio: Option<f64>,
    /// How far to trust that.
    pub balance: Option<DeltaEstimate>,
    /// p-value that both are as frequent.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg among the rows of the whole span, or among those of the periods.
    pub q_value: Option<f64>,
    /// The log ratio of the shares that hand codings correct.
    pub corrected: Option<Box<Corrected>>,
    /// Hand codings with known probability of the frame.
    pub codings: u64,
    /// The same sentences in the outlet's own voice.
    pub own: StanceSides,
    /// The same in the voice of a source.
    pub attributed: StanceSides,
    /// The affirming share of the outlet's own less that of what it attributes.
    pub difference: Option<f64>,
    /// How far to trust that.
    pub voices: Option<DeltaEstimate>,
    /// p-value that there is no difference.
    pub voices_p: Option<f64>,
    /// The p-value adjusted as the other.
    pub voices_q: Option<f64>,
    /// Documents of the cell, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// Sentences that affirm and that reject a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StanceSides {
    /// Those that affirm it.
    pub favor: u64,
    /// Those that reject it.
    pub against: u64,
}

impl StanceBalance<'_> {
    /// The 95 % interval of the difference, as far as shares can differ.
    #[must_use]
    pub fn difference_interval(&self) -> Option<Interval> {
        self.voices.map(|voices| voices.interval().of_shares())
    }
}

impl StanceSides {
    /// The affirming as a share of both, in [0, 1]; `None` of none.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        let all = self.favor + self.against;
        (all > 0).then(|| self.favor as f64 / all as f64)
    }

    fn add(&mut self, favor: u64, against: u64) {
        self.favor += favor;
        self.against += against;
    }

    const fn count(self) -> UnitCount {
        UnitCount { k: self.favor, n: self.favor + self.against }
    }
}

/// What all rows say together, which nobody holds: of thousands of groups they would be a fifth of the memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StanceTests {
    /// Of each row the q-values of its log ratio, of the difference of its voices, and of its corrected log ratio.
    q_values: Vec<[Option<f64>; 3]>,
    /// Whether any sentence affirms or rejects a frame.
    pub has_sides: bool,
    /// Whether people coded any frame with known probability.
    pub has_codings: bool,
    /// Rows whose voices are held against each other.
    pub of_voices: u64,
}

impl StanceTests {
    /// The p-values of all rows, those of the whole span adjusted together, and apart from them those of the periods.
    pub(super) fn new(plan: &Plan, cells: &Cells<'_>) -> Self {
        let mut tests = Self::default();
        let mut p_values = Vec::new();
        for row in balances(plan, cells) {
            tests.has_sides |= row.sides.share().is_some();
            tests.has_codings |= row.codings > 0;
            tests.of_voices += u64::from(row.voices_p.is_some());
            let corrected = row.corrected.as_ref().and_then(|corrected| corrected.p_value);
            p_values.push((row.period == WHOLE_SPAN, [row.p_value, row.voices_p, corrected]));
        }
        tests.q_values = vec![[None; 3]; p_values.len()];
        for (is_whole, test) in [false, true].into_iter().flat_map(|is_whole| [0, 1, 2].map(|test| (is_whole, test))) {
            let family = p_values.iter().zip(&mut tests.q_values).filter(|((whole, _), _)| *whole == is_whole);
            families::adjust(family.map(|((_, p_values), q_values)| (p_values[test], &mut q_values[test])));
        }
        tests
    }
}

/// The rows, by frame, group and period, made on the way with the q-values that `tests` found. Sentences count whatever the study's
/// unit, voice and stance are.
pub fn stance_balances<'p>(
    plan: &'p Plan,
    counts: &'p Counts,
    tests: &'p StanceTests,
) -> impl Iterator<Item = StanceBalance<'p>> + 'p {
    let cells = Cells::new(plan, counts);
    balances(plan, cells).zip(&tests.q_values).map(|(mut row, [q_value, voices_q, corrected_q])| {
        (row.q_value, row.voices_q) = (*q_value, *voices_q);
        if let Some(corrected) = &mut row.corrected {
            corrected.q_value = *corrected_q;
        }
        row
    })
}

/// The rows without q-values, those of a few frames at a time.
fn balances<'a>(plan: &'a Plan, cells: impl Borrow<Cells<'a>>) -> impl Iterator<Item = StanceBalance<'a>> {
    let plans = [Stance::Favor, Stance::Against]
        .map(|stance| plan.clone().of_sentences_counting(CountedHits::WithStance { stance, is_other: false }));
    let places = cells.borrow().places();
    frames_in_turn(plan.frames().len(), places.len()).flat_map(move |frames| {
        let cells = cells.borrow();
        let in_place = |place: &Place<'a>| rows_in(&plans, cells, *place, frames.clone());
        by_column(places.par_iter().map(in_place).collect())
    })
}

/// The rows of some frames in a place; the plans count what affirms, and what rejects.
fn rows_in<'a>(plans: &[Plan; 2], cells: &Cells<'a>, place: Place<'a>, frames: Range<usize>) -> Vec<StanceBalance<'a>> {
    let sides = plans.each_ref().map(|plan| cells.cell_by(plan, place));
    let units = units_of(cells.documents_of(place), frames.clone());
    let row = |(frame, units): (usize, &Vec<StanceUnit>)| {
        StanceCell { place, units, sides: &sides }.row(&cells.plan().frames()[frame], frame)
    };
    frames.zip(&units).map(row).collect()
}

/// What one distinct document says of a frame.
#[derive(Clone, Copy, Debug, Default)]
struct StanceUnit {
    all: StanceSides,
    own: StanceSides,
    attributed: StanceSides,
    hits: u64,
    /// Those of which it is known, neutral ones too.
    with_stance: u64,
}

impl StanceUnit {
    fn add(&mut self, frame: &FrameCounts) {
        self.hits += frame.hits;
        self.with_stance += frame.favor + frame.against + frame.neutral;
        self.all.add(frame.favor, frame.against);
        self.own.add(frame.own_favor, frame.own_against);
        self.attributed.add(frame.attributed_favor, frame.attributed_against);
    }
}

/// By frame, the distinct documents of a place, in the order of their first ones.
fn units_of(documents: &[CountedDocument<'_>], frames: Range<usize>) -> Vec<Vec<StanceUnit>> {
    let mut places: BTreeMap<u32, usize> = BTreeMap::new();
    let mut units: Vec<Vec<StanceUnit>> = vec![Vec::new(); frames.len()];
    for entry in documents {
        let next = places.len();
        let unit = *places.entry(entry.text).or_insert(next);
        for (units, frame) in units.iter_mut().zip(entry.counts.frames.iter().skip(frames.start)) {
            units.resize(units.len().max(unit + 1), StanceUnit::default());
            units[unit].add(&frame);
        }
    }
    units
}

/// A frame in a place.
struct StanceCell<'c, 'a> {
    place: Place<'a>,
    units: &'c [StanceUnit],
    /// The cell by what affirms, and by what rejects.
    sides: &'c [Cell<'a>; 2],
}

impl<'a> StanceCell<'_, 'a> {
    fn row(&self, id: &'a str, frame: usize) -> StanceBalance<'a> {
        let counts: Vec<(u64, u64)> = self.units.iter().map(|unit| (unit.all.favor, unit.all.against)).collect();
        let voices: Vec<[UnitCount; 2]> =
            self.units.iter().map(|unit| [unit.own.count(), unit.attributed.count()]).collect();
        let corrections = self.sides.each_ref().map(|cell| cell.correction(frame, self.place.period));
        let sums = PairedSums::of(&counts);
        let [own, attributed] =
            [|unit: &StanceUnit| unit.own, |unit: &StanceUnit| unit.attributed].map(|of| self.sum(of));
        let (balance, difference) = (log_ratio(&counts), paired_share_difference(&voices));
        let mut row = StanceBalance {
            frame: id,
            group: self.place.group,
            period: self.place.period,
            sides: StanceSides { favor: sums.a, against: sums.b },
            log_ratio: sums.log_ratio(),
            balance,
            p_value: balance.and_then(|balance| balance.p_value()),
            corrected: corrections[0].log_ratio_to(&corrections[1]).map(Box::new),
            codings: corrections[0].count_with(&corrections[1]),
            own,
            attributed,
            difference: own.share().zip(attributed.share()).map(|(own, attributed)| own - attributed),
            voices: difference,
            voices_p: difference.and_then(|difference| difference.p_value()),
            documents: self.sides[0].documents,
            clusters: self.sides[0].distinct,
            sentences: self.sides[0].sentences,
            ..StanceBalance::default()
        };
        row.note = self.note(&row);
        let both = corrections.iter().flat_map(|correction| &correction.remarks).cloned();
        // Why a side is not corrected has been said with it.
        let is_corrected = corrections.iter().all(|correction| correction.share.is_some());
        let of_ratio = corrections[0].remark_on_ratio(&corrections[1]).filter(|_| is_corrected);
        let remarks: BTreeSet<String> = both.chain(of_ratio).collect();
        for remark in &remarks {
            append(&mut row.note, remark);
        }
        row
    }

    fn sum(&self, of: fn(&StanceUnit) -> StanceSides) -> StanceSides {
        let mut sum = StanceSides::default();
        self.units.iter().map(of).for_each(|unit| sum.add(unit.favor, unit.against));
        sum
    }

    fn note(&self, row: &StanceBalance<'_>) -> Arc<str> {
        let mut notes = Notes::default();
        notes.add_size(Size { documents: row.documents, distinct: row.clusters }, "");
        let StanceSides { favor, against } = row.sides;
        // Nothing is known of hits that a scorer finds in whole documents, or where no rule matches.
        let is_unknown =
            self.units.iter().any(|unit| unit.hits > 0) && self.units.iter().all(|unit| unit.with_stance == 0);
        notes.add(is_unknown, "no stance is known of the frame's hits");
        notes.add(row.documents > 0 && favor + against == 0 && !is_unknown, "nothing affirms or rejects the frame");
        notes.add(favor > 0 && against == 0, "nothing rejects the frame: no ratio");
        notes.add(favor == 0 && against > 0, "nothing affirms the frame: no ratio");
        let is_bare = row.log_ratio.is_some() && row.balance.is_none();
        notes.add(is_bare, "no interval of the ratio: one document holds a side, or all documents have the same");
        let few = |of: fn(&StanceUnit) -> u64| {
            let documents = self.units.iter().filter(|unit| of(unit) > 0).count() as u64;
            documents > 0 && documents < FEW_CARRIERS
        };
        let weak = few(|unit| unit.all.favor) || few(|unit| unit.all.against);
        notes.add(
            row.balance.is_some() && weak,
            &format!("fewer than {FEW_CARRIERS} documents of a stance: the interval may be too narrow"),
        );
        let weak = few(|unit| unit.own.against) || few(|unit| unit.attributed.against);
        let weak = weak || few(|unit| unit.own.favor) || few(|unit| unit.attributed.favor);
        notes.add(
            row.voices.is_some() && weak,
            &format!("fewer than {FEW_CARRIERS} documents of a stance in a voice: the interval of the difference may be too narrow"),
        );
        notes.add(
            row.difference.is_some() && row.voices.is_none(),
            "no interval of the difference: one document holds a voice, or the voices do not differ in any",
        );
        notes.into_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::{DocumentCounts, findings};
    use crate::model::CompareSettings;

    /// Documents of an outlet by own favor, own against, attributed favor, attributed against.
    fn balance_of(documents: &[[u64; 4]]) -> StanceBalance<'static> {
        let counted = |(number, sides): (usize, &[u64; 4])| {
            let [own_favor, own_against, attributed_favor, attributed_against] = *sides;
            let frame = FrameCounts {
                hits: sides.iter().sum(),
                own: own_favor + own_against,
                attributed: attributed_favor + attributed_against,
                favor: own_favor + attributed_favor,
                against: own_against + attributed_against,
                own_favor,
                own_against,
                attributed_favor,
                attributed_against,
                ..FrameCounts::default()
            };
            let frames = vec![frame, FrameCounts::default(), FrameCounts::default()].into();
            (number.to_string(), DocumentCounts { frames, ..document("alfa", "", 20, [0, 0, 0]) })
        };
        let documents = counts(documents.iter().enumerate().map(counted));
        threat(&plan(CompareSettings::default()), &documents)
    }

    fn threat(plan: &Plan, counts: &Counts) -> StanceBalance<'static> {
        let tests = findings(plan, counts).stance_tests;
        let found = stance_balances(plan, counts, &tests).find(|row| row.frame == "threat").unwrap();
        StanceBalance { frame: "threat", group: "", period: "", ..found }
    }

    #[test]
    fn rows_come_by_frame_group_and_period_and_another_group_changes_none_but_in_q() {
        let plan = plan(weekly());
        let of = [&["alfa", "gamma"][..], &["alfa", "beta", "gamma"]].map(|groups| counts(corpus(groups)));
        let tests = of.each_ref().map(|counts| findings(&plan, counts).stance_tests);
        let bare = |row| StanceBalance { q_value: None, voices_q: None, ..row };
        let [two, mut three] = [0, 1]
            .map(|of_groups| stance_balances(&plan, &of[of_groups], &tests[of_groups]).map(bare).collect::<Vec<_>>());
        let frame = |row: &StanceBalance<'_>| plan.frames().iter().position(|known| known == row.frame);
        let places: Vec<_> =
            three.iter().map(|row| (frame(row), row.group, row.period != WHOLE_SPAN, row.period)).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert_eq!(three.len(), 3 * 3 * 4);
        three.retain(|row| row.group != "beta");
        assert_eq!(three, two);
    }

    /// Values from the formulas in Python with `SciPy`.
    #[test]
    fn balance_and_voices_are_tested_by_leaving_documents_out() {
        let row = balance_of(&[[3, 1, 2, 2], [2, 0, 1, 1], [0, 1, 4, 0], [5, 1, 0, 2], [1, 0, 1, 3], [2, 2, 3, 1]]);
        assert_eq!(row.sides, StanceSides { favor: 24, against: 14 });
        assert_eq!(
            (row.own, row.attributed),
            (StanceSides { favor: 13, against: 5 }, StanceSides { favor: 11, against: 9 })
        );
        let close = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 1e-9;
        let (balance, voices) = (row.balance.unwrap(), row.voices.unwrap());
        assert!(close(row.log_ratio, BALANCE[0]) && close(Some(balance.standard_error), BALANCE[1]), "{balance:?}");
        assert!(close(row.p_value, BALANCE[2]), "{row:?}");
        assert!(close(row.difference, VOICES[0]) && close(Some(voices.standard_error), VOICES[1]), "{voices:?}");
        assert!(close(row.voices_p, VOICES[2]), "{row:?}");
        assert!(row.note.contains("fewer than 10 documents of a stance in a voice"), "{}", row.note);
    }

    #[test]
    fn what_has_no_stance_is_not_taken_for_neutral() {
        for (neutral, note) in
            [(0, "no stance is known of the frame's hits"), (2, "nothing affirms or rejects the frame")]
        {
            let frame = FrameCounts { hits: 2, neutral, ..FrameCounts::default() };
            let documents = ["a", "b", "c", "d", "e"].map(|id| {
                let frames = vec![frame, FrameCounts::default(), FrameCounts::default()].into();
                (id.to_owned(), DocumentCounts { frames, ..document("alfa", "", 20, [0, 0, 0]) })
            });
            let found = threat(&plan(CompareSettings::default()), &counts(documents));
            assert_eq!(&*found.note, note, "{neutral} neutral");
        }
    }

    const BALANCE: [f64; 3] = [0.538_996_500_732_7, 0.180_648_521_391_1, 0.030_669_816_056_7];
    const VOICES: [f64; 3] = [0.172_222_222_222_2, 0.225_267_260_607_2, 0.479_062_885_577_6];

    #[test]
    fn what_has_no_ratio_or_interval_says_why() {
        for (documents, note) in [
            (&[[0, 0, 0, 0]; 6][..], "nothing affirms or rejects the frame"),
            (
                &[[1, 0, 2, 0]; 6],
                "nothing rejects the frame: no ratio; no interval of the difference: one document holds a voice, or the voices do not differ in any",
            ),
            (&[[1, 1, 0, 0]; 6], "no interval of the ratio: one document holds a side, or all documents have the same"),
        ] {
            assert_eq!(&*balance_of(documents).note, note, "{documents:?}");
        }
    }
}
