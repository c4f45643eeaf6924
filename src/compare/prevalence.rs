//! Rows of `prevalence.csv`: how often each group carries each frame.

use std::sync::Arc;

use crate::compare::cells::Cell;
use crate::compare::families::append;
use crate::compare::notes::{Notes, few_effective};
use crate::compare::place::Place;
use crate::compare::share_interval::interval_of;
use crate::compare::weighing::Weighing;
use crate::compare::{Corrected, IntervalMethod, Plan};
use crate::model::{StanceFilter, VoiceFilter};
use crate::stats::{ClusteredShare, Interval, intraclass_correlation};

/// How often one group carries one frame in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Prevalence {
    /// Id of the frame.
    pub frame: Arc<str>,
    /// Value of the column compared by.
    pub group: Arc<str>,
    /// Label of the period, or [`WHOLE_SPAN`](crate::compare::WHOLE_SPAN).
    pub period: Arc<str>,
    /// Whose hits count.
    pub voice: VoiceFilter,
    /// Hits of which stance count.
    pub stance: StanceFilter,
    /// Documents of the cell, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Sentences that carry the frame; with documents as the unit, documents that do.
    pub hits: u64,
    /// Hits as a share of sentences, or of documents, in [0, 1].
    pub estimate: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
    /// How the interval was computed.
    pub method: Option<IntervalMethod>,
    /// Intraclass correlation of sentences within documents; at most 1, below 0 when documents differ less than chance.
    pub icc: Option<f64>,
    /// Design effect: by how much clustering inflates the variance of the share.
    pub deff: Option<f64>,
    /// The share corrected by hand codings that were drawn with known probabilities; `None` where there are none, or too
    /// few.
    pub corrected: Option<Box<Corrected>>,
    /// Such codings in the cell, whether or not they are enough.
    pub codings: u64,
    /// Of the hits, in any voice and with any stance, the share in which no rule of the frame matches: found by the scorer
    /// alone. `None` where the rules alone code the frame, and without hits.
    pub without_rule_share: Option<f64>,
    /// As how many documents of equal size those of the cell weigh, where a few long ones decide; else `None`.
    pub few_effective: Option<f64>,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

impl Prevalence {
    /// The row of one frame, by its index, in one cell.
    pub(super) fn new(plan: &Plan, frame: usize, place: Place<'_>, cell: &Cell<'_>) -> Self {
        let share = cell.share(frame);
        let (interval, method) = interval_of(&share);
        let icc = intraclass_correlation(&cell.units, frame);
        let mean = share.n as f64 / share.units as f64;
        let correction = cell.correction(frame, place.period);
        let mut row = Self {
            frame: plan.frames()[frame].as_str().into(),
            group: place.group.into(),
            period: place.period.into(),
            voice: plan.settings().voice,
            stance: plan.settings().stance,
            documents: cell.documents,
            clusters: cell.distinct,
            sentences: cell.sentences,
            hits: share.k,
            estimate: share.share(),
            interval,
            method,
            icc,
            deff: icc.filter(|_| Weighing::of(plan.settings()) == Weighing::Trials).map(|icc| 1.0 + (mean - 1.0) * icc),
            corrected: correction.corrected().map(Box::new),
            codings: correction.count(),
            without_rule_share: cell.without_rule.get(frame).and_then(|hits| hits.share()),
            few_effective: few_effective(&share),
            note: Arc::default(),
        };
        row.note = note(cell, frame, &share, &row);
        correction.remarks.iter().for_each(|remark| append(&mut row.note, remark));
        row
    }

    /// What other rows say, too.
    pub(super) fn texts(&mut self) -> [&mut Arc<str>; 4] {
        [&mut self.frame, &mut self.group, &mut self.period, &mut self.note]
    }
}

fn note(cell: &Cell<'_>, frame: usize, share: &ClusteredShare, row: &Prevalence) -> Arc<str> {
    let some = row.estimate.is_some();
    let mut notes = Notes::default();
    notes.add_size(cell.size(), "");
    notes.add(cell.documents > 0 && !some, "no sentences");
    notes.add(cell.distinct >= 2 && cell.distinct < cell.documents, &format!("{} distinct documents", cell.distinct));
    notes.add(share.units == 1, "no interval from one document");
    notes.add(some && share.k == 0, "no hits");
    notes.add(some && share.k == share.n, "nothing but hits");
    if row.interval.is_some() {
        notes.add_weight(share, cell.carriers(frame), "");
    }
    notes.add(share.n > 0 && share.n == share.units, "each document counts once: no icc");
    notes.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::findings;
    use crate::model::{CompareSettings, Unit, Weight};

    #[test]
    fn small_and_empty_cells_say_so() {
        let five =
            |hits: u64| (0..5).map(move |number| (format!("five-{number}"), document("five", "", 9, [hits, 0, 0])));
        let single = ("single".to_owned(), document("one", "", 8, [2, 0, 0]));
        let plain = plan(CompareSettings::default());
        let plain = Plan::new(plain.frames().to_vec(), CompareSettings { least_documents: 1, ..Default::default() }, 1);
        let found = findings(&plain.unwrap(), &counts(five(3).chain([single])));
        let row = |group: &str, frame: &str| {
            found.prevalence.iter().find(|row| &*row.group == group && &*row.frame == frame).unwrap().clone()
        };
        for (group, frame, method, note) in [
            ("one", "threat", None, "fewer than 5 documents; no interval from one document"),
            ("one", "talks", None, "fewer than 5 documents; no interval from one document; no hits"),
            (
                "five",
                "threat",
                Some(IntervalMethod::KornGraubard),
                "fewer than 10 documents with a hit: the interval may be too narrow",
            ),
            (
                "five",
                "talks",
                Some(IntervalMethod::KornGraubard),
                "no hits; fewer than 10 documents with a hit: the interval may be too narrow",
            ),
        ] {
            let row = row(group, frame);
            assert_eq!((row.method, &*row.note), (method, note), "{group} {frame}");
            assert!(row.estimate.is_some(), "{group} {frame}");
        }
        let pair = &found.comparisons[0];
        assert_eq!((pair.interval, pair.p_value, pair.test), (None, None, None));
        assert_eq!(&*pair.note, "fewer than 5 documents in group_b; no interval and no test from one document");
    }

    #[test]
    fn copies_of_one_text_count_as_one_unit() {
        let mut documents = corpus(&["alfa"]);
        documents.retain(|(_, counts)| counts.period.as_deref() == Some("2022-W01"));
        let apart = findings(&plan(weekly()), &counts(documents.clone()));
        for (_, counts) in &mut documents {
            counts.cluster = "wire".into();
        }
        let together = findings(&plan(weekly()), &counts(documents));
        let (apart, together) = (&apart.prevalence[0], &together.prevalence[0]);
        assert_eq!((apart.documents, apart.estimate), (together.documents, together.estimate));
        assert!(apart.interval.is_some() && together.interval.is_none());
        assert_eq!(&*together.note, "fewer than 5 distinct documents; no interval from one document");
    }

    /// Values of the formulas in Python with `SciPy` 1.17, of six documents with 4/10 1/5 3/4 0/20 2/8 6/6 hits of one frame and
    /// 1/10 1/5 1/4 2/20 1/8 1/6 of another against five with 1/10 0/5 2/20 1/3 0/7.
    #[test]
    fn documents_count_alike_on_request() {
        let side = |group: &'static str, rows: &[[u64; 3]]| {
            let one = move |(number, [n, a, b]): (usize, &[u64; 3])| {
                (format!("{group}-{number}"), document(group, "", *n, [*a, *b, 0]))
            };
            rows.iter().enumerate().map(one).collect::<Vec<_>>()
        };
        let alfa = side("alfa", &[[10, 4, 1], [5, 1, 1], [4, 3, 1], [20, 0, 2], [8, 2, 1], [6, 6, 1]]);
        let beta = side("beta", &[[10, 1, 0], [5, 0, 0], [20, 2, 0], [3, 1, 0], [7, 0, 0]]);
        let settings = CompareSettings { weight: Weight::Document, ..CompareSettings::default() };
        let contrasts = vec![("threat".to_owned(), "talks".to_owned())];
        let found = findings(&plan(CompareSettings { contrasts, ..settings }), &counts(alfa.into_iter().chain(beta)));
        let close = |what: &str, found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{what}: {found}");
        let row = &found.prevalence[0];
        assert_eq!((row.hits, row.sentences, row.deff), (16, 53, None));
        close("share", row.estimate.unwrap(), 0.433_333_333_333_3);
        close("its low", row.interval.unwrap().low, 0.117_338_253_236_9);
        close("its high", row.interval.unwrap().high, 0.814_776_896_264_5);
        let pair = &found.comparisons[0];
        close("difference", pair.difference.unwrap(), 0.326_666_666_666_7);
        close("its low", pair.interval.unwrap().low, -0.105_794_236_072_7);
        close("odds ratio", pair.odds_ratio.unwrap(), 6.404_411_764_705_9);
        close("exact p", pair.p_value.unwrap(), 0.073_593_073_593_1);
        let ratio = &found.contrasts[0];
        assert_eq!((ratio.hits_a, ratio.hits_b), (16, 7));
        close("log ratio", ratio.log_ratio.unwrap(), 1.015_615_369_097_1);
        close("its low", ratio.interval.unwrap().low, 0.178_281_586_519_7);
    }

    #[test]
    fn voice_and_unit_choose_what_counts() {
        let documents = [("a", 6, 10), ("b", 0, 5), ("c", 3, 5)];
        let documents = documents.map(|(id, hits, n)| (id.to_owned(), document("alfa", "", n, [hits, 0, 0])));
        for (voice, unit, hits, estimate) in [
            (VoiceFilter::All, Unit::Sentence, 9, 9.0 / 20.0),
            (VoiceFilter::Own, Unit::Sentence, 6, 6.0 / 20.0),
            (VoiceFilter::Attributed, Unit::Sentence, 3, 3.0 / 20.0),
            (VoiceFilter::All, Unit::Document, 2, 2.0 / 3.0),
        ] {
            let settings = CompareSettings { voice, unit, ..CompareSettings::default() };
            let row = findings(&plan(settings), &counts(documents.clone())).prevalence.remove(0);
            let found = (row.documents, row.sentences, row.hits, row.estimate);
            assert_eq!(found, (3, 20, hits, Some(estimate)), "{voice:?} {unit:?}");
        }
    }
}
