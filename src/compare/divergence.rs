//! Rows of `divergence.csv`: how far apart two groups are in which frames they carry, over all frames at once.

use std::sync::Arc;

use crate::compare::comparisons::{DRAWS_IN_PERIODS, Pair};
use crate::compare::families::{self, DealtRow, DealtTest};
use crate::compare::notes::{Notes, SampleSize};
use crate::compare::sides::{PairSide, Sides};
use crate::compare::{Plan, REST, TestFamily};
use crate::model::RestRule;
use crate::stats::{Dealing, DivergenceTest, Seed, bergsma_v, jensen_shannon, total_variation};

/// How far apart two groups are in the shares that each frame has of all their hits.
#[derive(Clone, Debug, PartialEq)]
pub struct Divergence {
    /// The group that sorts first, or the one held against the rest.
    pub group_a: Arc<str>,
    /// The other group, or [`REST`](crate::compare::REST).
    pub group_b: Arc<str>,
    /// Label of the period, or [`WHOLE_SPAN`](crate::compare::WHOLE_SPAN).
    pub period: Arc<str>,
    /// What each frame adds, in the codebook's order.
    pub frames: Vec<FrameDivergence>,
    /// Jensen-Shannon divergence in bits, in [0, 1]: the sum over frames.
    pub divergence: Option<f64>,
    /// What dealing the documents out anew makes of it.
    pub test: Option<DivergenceTest>,
    /// The p-value adjusted by Benjamini and Hochberg within its family.
    pub q_value: Option<f64>,
    /// Which rows are adjusted together.
    pub family: TestFamily,
    /// Total variation distance, in [0, 1].
    pub total_variation: Option<f64>,
    /// Cramer's V with Bergsma's correction, in [0, 1].
    pub cramers_v: Option<f64>,
    /// What the first group has.
    pub a: DivergenceSide,
    /// What the second group has.
    pub b: DivergenceSide,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// What a frame adds to a divergence.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameDivergence {
    /// Id of the frame.
    pub frame: Arc<str>,
    /// Its hits in each group.
    pub hits: [u64; 2],
    /// These as a share of the group's hits of all frames.
    pub shares: [Option<f64>; 2],
    /// Its part of the divergence in bits; at least 0.
    pub divergence: Option<f64>,
    /// Why it is empty, where it is.
    pub note: Arc<str>,
}

/// What one side of a divergence rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DivergenceSide {
    /// Hits of all frames; a sentence with two frames counts twice.
    pub hits: u64,
    /// Documents, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
}

impl Divergence {
    /// The row of a pair. The test draws from a stream named by groups and period.
    pub(super) fn new(plan: &Plan, pair: &Pair<'_>, sides: &Sides<'_, '_, '_>) -> Self {
        // Hits of groups of frames are those of their frames once more.
        let kinds: Vec<usize> = (0..plan.codebook_frames()).collect();
        let hits = sides.0.each_ref().map(|side| kinds.iter().map(|frame| side.hits(*frame)).collect::<Vec<u64>>());
        let parts = jensen_shannon(&hits[0], &hits[1]).filter(|_| kinds.len() > 1);
        let name = format!("divergence/{}~{}/{}", pair.group_a, pair.group_b, pair.period);
        let dealing = Dealing { draws: DRAWS_IN_PERIODS, kinds: &kinds };
        let stream = &mut Seed::new(plan.seed()).stream(&name);
        let test = parts.as_ref().and_then(|_| sides.divergence(dealing, stream));
        let [a, b] = [0, 1].map(|side| DivergenceSide::of(&sides.0[side], &hits[side]));
        let mut row = Self {
            group_a: pair.group_a.into(),
            group_b: pair.group_b.into(),
            period: pair.period.into(),
            frames: frames(plan, &hits, parts.as_deref()),
            divergence: parts.map(|parts| parts.iter().sum()),
            test,
            q_value: None,
            family: pair.family(),
            total_variation: total_variation(&hits[0], &hits[1]),
            cramers_v: bergsma_v(&hits[0], &hits[1]),
            a,
            b,
            note: Arc::default(),
        };
        row.note = row.remarks(&sides.0);
        let is_alike = pair.group_b == REST && plan.settings().rest == RestRule::Equal;
        if is_alike {
            families::append(&mut row.note, "all others pooled, whatever rest says: a divergence is of all their hits");
        }
        // Where a group has no hits, a frame's part of the divergence is as empty as the whole.
        for part in row.frames.iter_mut().filter(|part| part.divergence.is_none()) {
            part.note = row.note.clone();
        }
        row
    }

    /// What other rows say, too.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut Arc<str>> {
        let own = [&mut self.group_a, &mut self.group_b, &mut self.period, &mut self.note];
        own.into_iter().chain(self.frames.iter_mut().flat_map(|frame| [&mut frame.frame, &mut frame.note]))
    }

    fn dealt(&mut self) -> DealtRow<'_> {
        let test = self.test.map(|test| DealtTest { p_value: test.p_value, exact: test.exact });
        DealtRow { test, q_value: &mut self.q_value, note: &mut self.note }
    }

    fn remarks(&self, sides: &[PairSide<'_, '_, '_>; 2]) -> Arc<str> {
        let mut notes = Notes::default();
        for (side, found, of) in [(&sides[0], self.a, " in group_a"), (&sides[1], self.b, " in group_b")] {
            notes.add_size(side.size(), of);
            notes.add(found.documents > 0 && found.hits == 0, &format!("no hits{of}"));
        }
        notes.add(self.frames.len() < 2, "one frame alone: nothing to distribute");
        if self.test.is_some() {
            notes.add_exchange(sides.iter().map(|side| side.size().distinct));
        }
        let untested = self.divergence.is_some() && self.test.is_none();
        notes.add(untested, "no test from one document");
        notes.add(
            self.divergence.is_some() && sides.iter().any(PairSide::is_corrected),
            "not corrected by hand codings",
        );
        notes.into_text()
    }
}

impl DivergenceSide {
    fn of(side: &PairSide<'_, '_, '_>, hits: &[u64]) -> Self {
        let SampleSize { documents, clusters, sentences } = side.sample();
        Self { hits: hits.iter().sum(), documents, clusters, sentences }
    }
}

fn frames(plan: &Plan, hits: &[Vec<u64>; 2], parts: Option<&[f64]>) -> Vec<FrameDivergence> {
    let totals: [u64; 2] = hits.each_ref().map(|hits| hits.iter().sum());
    let of_frame = |(place, frame): (usize, &String)| FrameDivergence {
        frame: frame.as_str().into(),
        hits: [hits[0][place], hits[1][place]],
        shares: [share(hits[0][place], totals[0]), share(hits[1][place], totals[1])],
        divergence: parts.map(|parts| parts[place]),
        note: Arc::default(),
    };
    plan.frames()[..plan.codebook_frames()].iter().enumerate().map(of_frame).collect()
}

fn share(part: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| part as f64 / total as f64)
}

/// Adjusts the p-values within their families.
pub(super) fn adjust(rows: &mut [Divergence]) {
    for family in TestFamily::ALL {
        let of_family = rows.iter_mut().filter(|row| row.family == family);
        families::adjust_dealt(DRAWS_IN_PERIODS, of_family.map(Divergence::dealt));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::{WHOLE_SPAN, findings};
    use crate::model::CompareSettings;

    /// The eight documents of the sheet's worked value: divergence .2003428525 bits, mean of the null .0510620520, p 2/70.
    #[test]
    fn eight_documents_have_the_worked_divergence_and_its_parts() {
        let rows = [[3, 1, 0], [5, 2, 1], [2, 0, 0], [6, 1, 2], [1, 2, 3], [0, 1, 4], [2, 0, 2], [1, 3, 1]];
        let documents = rows.iter().enumerate().map(|(number, hits)| {
            (number.to_string(), document(if number < 4 { "alfa" } else { "beta" }, "", 12, *hits))
        });
        let found = findings(&plan(CompareSettings::default()), &counts(documents));
        let [row] = &found.divergences[..] else { panic!("{:?}", found.divergences) };
        let test = row.test.unwrap();
        assert!((row.divergence.unwrap() - 0.200_342_852_5).abs() < 1e-10);
        assert!((test.null_mean - 0.051_062_052_0).abs() < 1e-10);
        assert_eq!((test.p_value, row.q_value, test.exact), (2.0 / 70.0, Some(2.0 / 70.0), true));
        assert_eq!((row.a.hits, row.b.hits, row.frames[2].hits), (23, 20, [3, 10]));
        let parts: f64 = row.frames.iter().filter_map(|frame| frame.divergence).sum();
        assert!((parts - row.divergence.unwrap()).abs() < 1e-12);
    }

    #[test]
    fn the_rest_is_pooled_whatever_the_study_says_and_the_note_tells() {
        let documents = || counts(corpus(&["alfa", "beta", "gamma"]));
        let pooled = findings(&plan(CompareSettings::default()), &documents()).divergences;
        let settings = CompareSettings { rest: RestRule::Equal, ..CompareSettings::default() };
        let found = findings(&plan(settings), &documents()).divergences;
        for (row, expected) in found.iter().zip(&pooled) {
            assert_eq!((row.divergence, row.test), (expected.divergence, expected.test));
            let is_told =
                row.note.ends_with("all others pooled, whatever rest says: a divergence is of all their hits");
            assert_eq!(is_told, &*row.group_b == REST, "{}", row.note);
        }
        assert_eq!(found.iter().filter(|row| &*row.group_b == REST).count(), 3);
    }

    #[test]
    fn every_pair_has_a_row_and_what_is_undefined_is_empty_with_a_note() {
        let mut documents = corpus(&["alfa", "beta", "gamma"]);
        documents.push(("late".to_owned(), document("beta", "2022-W09", 10, [1, 0, 0])));
        let found = findings(&plan(weekly()), &counts(documents));
        let key = |row: &Divergence| (row.group_a.clone(), row.group_b.clone(), row.period.clone());
        let keys: Vec<_> = found.divergences.iter().map(key).collect();
        // Three pairs and three groups against the rest, over the whole span and in four weeks.
        assert_eq!(keys.len(), (3 + 3) * 5);
        assert_eq!(keys.iter().filter(|key| &*key.1 == REST && &*key.2 == WHOLE_SPAN).count(), 3);
        let late = found.divergences.iter().find(|row| &*row.period == "2022-W09").unwrap();
        assert_eq!((late.divergence, late.test, late.total_variation), (None, None, None));
        assert!(late.note.starts_with("no documents in group_a"), "{}", late.note);
        assert!(late.frames.iter().all(|part| part.note == late.note), "an empty part says why: {:?}", late.frames);
        let whole = found.divergences.iter().filter(|row| row.divergence.is_some());
        assert!(whole.flat_map(|row| &row.frames).all(|part| part.note.is_empty()));
    }
}
