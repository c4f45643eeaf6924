//! Rows of `omnibus.csv`: whether the groups, all of them at once, differ in a frame at all.

use std::sync::Arc;

use crate::compare::Plan;
use crate::compare::cells::Cell;
use crate::compare::comparisons::{DRAWS_IN_PERIODS, RARE_ONE_OF};
use crate::compare::families::{self, DealtRow, DealtTest};
use crate::compare::notes::{FEW_CARRIERS, Notes};
use crate::compare::place::WHOLE_SPAN;
use crate::compare::sides::PeriodCells;
use crate::stats::{
    ClusterCounts, Dealing, OmnibusTest, RandomStream, RareCount, Seed, omnibus_test, rare_counts_test,
};

/// Groups from which on there is more than one pair, and so something to ask before the pairs.
const LEAST_GROUPS: usize = 3;

/// Whether all groups of a period have the same share of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Omnibus {
    /// Id of the frame.
    pub frame: String,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: String,
    /// Groups held against each other: those with two distinct documents or more.
    pub groups: u64,
    /// Their documents, copies included.
    pub documents: u64,
    /// Those that are no copies of one another, by group.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
    /// What the test finds.
    pub test: Option<OmnibusTest>,
    /// Whether its p-value is that of the number of documents with the frame alone, which is small.
    pub is_rare: bool,
    /// The p-value adjusted by Benjamini and Hochberg over the frames of the whole span, or over those of all periods.
    pub q_value: Option<f64>,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

impl Omnibus {
    fn dealt(&mut self) -> DealtRow<'_> {
        let test = self.test.map(|test| DealtTest { p_value: test.p_value, exact: test.exact });
        DealtRow { test, q_value: &mut self.q_value, note: &mut self.note }
    }
}

/// The rows of all frames in a period; none in a study of fewer than three groups that are large enough.
pub(super) fn rows(plan: &Plan, in_period: &PeriodCells<'_, '_>, large: &[&str]) -> Vec<Omnibus> {
    if large.len() < LEAST_GROUPS {
        return Vec::new();
    }
    // Those that have two distinct documents or more.
    let tested: Vec<&Cell<'_>> =
        large.iter().filter_map(|group| in_period.groups().get(group)).filter(|cell| cell.units.len() > 1).collect();
    rows_of(plan, in_period.period, &tested)
}

fn rows_of(plan: &Plan, period: &str, cells: &[&Cell<'_>]) -> Vec<Omnibus> {
    let units: Vec<&[ClusterCounts]> = cells.iter().map(|cell| &cell.units[..]).collect();
    let kinds: Vec<usize> = (0..plan.frames().len()).collect();
    let dealing = Dealing { draws: DRAWS_IN_PERIODS, kinds: &kinds };
    let stream = &mut Seed::new(plan.seed()).stream(&format!("omnibus/{period}"));
    let tests = if cells.len() < LEAST_GROUPS { None } else { omnibus_test(&units, dealing, stream) };
    let row = |frame: usize| {
        let name = format!("omnibus/{period}/{}", plan.frames()[frame]);
        let rare = rare_p_value(frame, cells, &mut Seed::new(plan.seed()).stream(&name));
        let test = tests.as_ref().and_then(|tests| tests[frame]);
        Omnibus {
            frame: plan.frames()[frame].clone(),
            period: period.to_owned(),
            groups: cells.len() as u64,
            documents: cells.iter().map(|cell| cell.documents).sum(),
            clusters: cells.iter().map(|cell| cell.distinct).sum(),
            sentences: cells.iter().map(|cell| cell.sentences).sum(),
            test: test.map(|test| rare.map_or(test, |p_value| OmnibusTest { p_value, exact: false, ..test })),
            is_rare: test.is_some() && rare.is_some(),
            q_value: None,
            note: note(frame, cells, rare.is_some()),
        }
    };
    kinds.iter().map(|frame| row(*frame)).collect()
}

/// The p-value of a frame that fewer than ten documents a group have, and not many of all: as of
/// [two groups](crate::compare::comparisons::rare_p_value), an arrangement's statistic is then told by which groups have these, so
/// that where groups differ in the lengths of documents it rejects what is true in up to .28 of corpora.
fn rare_p_value(frame: usize, cells: &[&Cell<'_>], stream: &mut RandomStream) -> Option<f64> {
    let counts: Vec<RareCount> = cells.iter().map(|cell| RareCount::of(&cell.units, frame)).collect();
    let carriers: u64 = counts.iter().map(|count| count.carriers).sum();
    let units: u64 = counts.iter().map(|count| count.units).sum();
    let is_rare = carriers < FEW_CARRIERS * counts.len() as u64 && carriers * RARE_ONE_OF <= units;
    if is_rare { rare_counts_test(&counts, DRAWS_IN_PERIODS, stream) } else { None }
}

fn note(frame: usize, cells: &[&Cell<'_>], is_rare: bool) -> Arc<str> {
    let mut notes = Notes::default();
    let are_few = cells.len() < LEAST_GROUPS;
    notes.add(are_few, "fewer than 3 groups with two distinct documents: nothing to test before the pairs");
    let (mut k, mut n) = (0, 0);
    for unit in cells.iter().flat_map(|cell| &cell.units) {
        k += unit.k[frame];
        n += unit.n;
    }
    notes.add(!are_few && k == 0, "no hits in any group: nothing to test");
    notes.add(!are_few && k > 0 && k == n, "nothing but hits in all groups: nothing to test");
    if !are_few && !is_rare && k > 0 && k < n {
        notes.add_exchange(cells.iter().map(|cell| cell.distinct));
    }
    notes.add(k > 0 && cells.iter().any(|cell| cell.is_corrected()), "not corrected by hand codings");
    notes.into_text()
}

/// Adjusts the p-values, those of the whole span apart from those of single periods.
pub(super) fn adjust(rows: &mut [Omnibus]) {
    for is_whole in [true, false] {
        let of_family = rows.iter_mut().filter(|row| (row.period == WHOLE_SPAN) == is_whole);
        families::adjust_dealt(DRAWS_IN_PERIODS, of_family.map(Omnibus::dealt));
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::findings;
    use crate::model::CompareSettings;

    #[test]
    fn three_groups_have_a_row_for_each_frame_and_period() {
        let mut documents = corpus(&["alfa", "beta", "gamma"]);
        documents.push(("late".to_owned(), document("beta", "2022-W09", 10, [1, 0, 0])));
        let found = findings(&plan(weekly()), &counts(documents)).omnibus;
        let keys: Vec<_> = found.iter().map(|row| (&row.frame[..], &row.period[..])).collect();
        assert_eq!((keys.len(), keys[0], keys[1]), (3 * 5, ("threat", "all"), ("threat", "2022-W01")));
        assert!(found[0].test.is_some() && found[0].q_value.is_some());
        assert_eq!((found[0].groups, found[0].documents, found[0].clusters), (3, 91, 85));
        let never = &found[10];
        assert_eq!((never.test, &never.note[..]), (None, "no hits in any group: nothing to test"));
        assert!(found[4].note.starts_with("fewer than 3 groups"), "{:?}", found[4]);
    }

    #[test]
    fn two_groups_have_none() {
        assert!(findings(&plan(weekly()), &counts(corpus(&["alfa", "beta"]))).omnibus.is_empty());
    }

    /// Three documents of long articles have a frame: dealing documents out found that in one of a hundred arrangements.
    #[test]
    fn what_few_documents_have_is_tested_by_their_number() {
        let documents = (0..180_u64).map(|number| {
            let group = ["alfa", "beta", "gamma"][(number % 3) as usize];
            let is_long = group == "beta";
            let hits = if is_long && number < 9 { 2 } else { 0 };
            (number.to_string(), document(group, "", if is_long { 40 } else { 8 }, [hits, number % 2, 0]))
        });
        let found = findings(&plan(CompareSettings::default()), &counts(documents)).omnibus;
        assert_eq!([found[0].is_rare, found[1].is_rare], [true, false]);
        let p_value = found[0].test.unwrap().p_value;
        assert!(p_value > 0.3, "{p_value}");
    }

    /// Groups that differ in one frame only: that one is found, the other is not.
    #[test]
    fn a_frame_that_one_group_carries_more_often_is_found() {
        let documents = (0..60_u64).map(|number| {
            let group = ["alfa", "beta", "gamma"][(number % 3) as usize];
            let hits = [if group == "beta" { 4 } else { number / 3 % 2 }, number / 3 % 3, 0];
            (number.to_string(), document(group, "", 10, hits))
        });
        let found = findings(&plan(CompareSettings::default()), &counts(documents)).omnibus;
        let p_values: Vec<f64> = found.iter().filter_map(|row| row.test.map(|test| test.p_value)).collect();
        assert_eq!(p_values.len(), 2);
        assert!(p_values[0] < 0.01 && p_values[1] > 0.5, "{p_values:?}");
    }
}
