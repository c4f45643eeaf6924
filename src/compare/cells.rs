//! Cells: the documents of one group in one period, with copies of one text merged into one unit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::compare::copies::{copies_by_group, counted_documents};
use crate::compare::corrections::{CodingPlace, FrameCodings, FrameCorrection};
use crate::compare::notes::{SampleSize, Size};
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::weighing::{EVEN_TRIALS, FINE_PARTS, FINE_TRIALS, Weighing, coarse, evened, fine_trials};
use crate::compare::{Counts, DocumentCounts, FrameCounts, Plan};
use crate::model::Unit;
use crate::stats::{ClusterCounts, ClusteredShare, UnitCount};

/// What a row of findings is computed from.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    /// Documents, copies included.
    pub(super) documents: u64,
    /// Their sentences.
    pub(super) sentences: u64,
    /// Documents that are no copies of one another.
    pub(super) distinct: u64,
    /// One for each distinct document that has trials: sentences, or the document itself; successes are the hits of
    /// each frame. In the order of their first documents here: a cluster bears the id of a document that may be another group's.
    pub(super) units: Vec<ClusterCounts>,
    /// What counts alike in a share.
    weighing: Weighing,
    /// The units in fine parts of trials, where those of copies weigh less; else none.
    fine: Vec<ClusterCounts>,
    /// By frame, how many of the hits no rule matches.
    pub(super) without_rule: Vec<HitsWithoutRule>,
    /// What people said of each frame; none in a study that nobody coded.
    codings: Vec<FrameCodings<'a>>,
}

/// Hits of a frame that a scorer codes, in any voice and with any stance, by sentence whatever the study's unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HitsWithoutRule {
    hits: u64,
    without_rule: u64,
}

impl HitsWithoutRule {
    fn add(&mut self, frame: &FrameCounts) {
        if let Some(without_rule) = frame.without_rule {
            self.hits += frame.hits;
            self.without_rule += without_rule;
        }
    }

    /// The share that no rule matches; `None` without such hits.
    pub(super) fn share(self) -> Option<f64> {
        (self.hits > 0).then(|| self.without_rule as f64 / self.hits as f64)
    }
}

/// All cells of a study.
pub(super) struct Cells<'a> {
    plan: &'a Plan,
    /// The groups, sorted.
    pub(super) groups: Vec<&'a str>,
    /// The whole span, then the periods in which anything was published, sorted.
    pub(super) periods: Vec<&'a str>,
    documents: BTreeMap<Place<'a>, Vec<CountedDocument<'a>>>,
    /// How many distinct documents there are.
    pub(super) texts: u32,
    /// Whether people coded anything of the study.
    pub(super) is_coded: bool,
}

/// A document of a cell.
#[derive(Clone, Copy)]
pub(super) struct CountedDocument<'a> {
    pub(super) id: &'a str,
    pub(super) counts: &'a DocumentCounts,
    /// Number of the distinct document that it is, or is a copy of: numbers are told apart faster than ids.
    pub(super) text: u32,
    /// How many documents share its weight: as many as its group has copies of the text, where a study weighs these; else 1.
    pub(super) copies: u64,
}

/// What the copies of one text have in common, and what tells it from every other: the unit of variance and of permutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DistinctDocument<'a> {
    /// The cluster of documents that are copies of one another.
    Copies(&'a str),
    /// The id of a document that has no copy.
    Alone(&'a str),
}

impl<'a> CountedDocument<'a> {
    /// Which distinct document it is, or is a copy of.
    pub(super) fn distinct(self) -> DistinctDocument<'a> {
        DistinctDocument::of(self.id, self.counts)
    }
}

impl<'a> DistinctDocument<'a> {
    /// The one that a document of this id is, or is a copy of.
    pub(super) fn of(id: &'a str, counts: &'a DocumentCounts) -> Self {
        if counts.cluster.is_empty() { Self::Alone(id) } else { Self::Copies(&counts.cluster) }
    }
}

impl<'a> Cells<'a> {
    pub(super) fn new(plan: &'a Plan, counts: &'a Counts) -> Self {
        let mut documents: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let (mut groups, mut periods) = (BTreeSet::new(), BTreeSet::new());
        let copies = copies_by_group(plan, counts);
        let mut texts = Texts::default();
        for (id, counts) in counted_documents(plan.settings().copies, counts) {
            let group = &*counts.group;
            groups.insert(group);
            let copies = copies.get(&(group, &*counts.cluster)).copied().unwrap_or(1);
            let document = CountedDocument { id, counts, text: texts.number(id, counts), copies };
            documents.entry(Place { group, period: WHOLE_SPAN }).or_default().push(document);
            let period = counts.period.as_deref().filter(|_| plan.settings().period.is_some());
            if let Some(period) = period {
                periods.insert(period);
                documents.entry(Place { group, period }).or_default().push(document);
            }
        }
        let periods = std::iter::once(WHOLE_SPAN).chain(periods).collect();
        let is_coded = counts.documents().any(|(_, document)| !document.double_codings.is_empty());
        Self { plan, groups: groups.into_iter().collect(), periods, documents, texts: texts.count, is_coded }
    }

    /// The cell of one group.
    pub(super) fn cell(&self, place: Place<'a>) -> Cell<'a> {
        self.cell_by(self.plan, place)
    }

    /// The same as another plan counts it, of the same copies.
    pub(super) fn cell_by(&self, plan: &Plan, place: Place<'a>) -> Cell<'a> {
        let mut cell = Cell::new(Weighing::of(plan.settings()));
        cell.codings = self.no_codings();
        cell.fill(plan, self.documents_of(place).iter());
        cell
    }

    /// The plan that counts.
    pub(super) const fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The cell of any documents.
    pub(super) fn cell_of<'e>(&self, documents: impl Iterator<Item = &'e CountedDocument<'a>>) -> Cell<'a>
    where
        'a: 'e,
    {
        let mut cell = Cell::new(Weighing::of(self.plan.settings()));
        cell.codings = self.no_codings();
        cell.fill(self.plan, documents);
        cell
    }

    /// By frame, what people said of no document; none in a study that nobody coded.
    pub(super) fn no_codings(&self) -> Vec<FrameCodings<'a>> {
        if self.is_coded { FrameCodings::none(self.plan) } else { Vec::new() }
    }

    /// The documents of a cell.
    pub(super) fn documents_of(&self, place: Place<'a>) -> &[CountedDocument<'a>] {
        self.documents.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Whether a group has as many documents as the study asks of one that is held against others.
    pub(super) fn is_large(&self, group: &'a str) -> bool {
        let documents = self.documents_of(Place { group, period: WHOLE_SPAN }).len() as u64;
        documents >= self.plan.settings().least_documents
    }

    /// Every group in every period.
    pub(super) fn places(&self) -> Vec<Place<'a>> {
        let of_group = |group: &&'a str| self.periods.iter().map(|period| Place { group, period }).collect::<Vec<_>>();
        self.groups.iter().flat_map(of_group).collect()
    }
}

impl<'a> Cell<'a> {
    fn new(weighing: Weighing) -> Self {
        let (units, fine, without_rule, codings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { documents: 0, sentences: 0, distinct: 0, units, weighing, fine, without_rule, codings }
    }

    /// A frame's share, uncorrected.
    pub(super) fn share(&self, frame: usize) -> ClusteredShare {
        let units = self.units.iter().map(|unit| UnitCount { k: unit.k[frame], n: unit.n });
        match self.weighing {
            Weighing::Trials => ClusteredShare::of_counts(units),
            Weighing::MeanCopies => {
                let fine = self.fine.iter().map(|unit| UnitCount { k: unit.k[frame], n: unit.n });
                ClusteredShare::of_counts(fine).in_parts(FINE_PARTS, counted(units))
            }
            Weighing::Units => ClusteredShare::of_equal_units(units),
        }
    }

    /// The units as they weigh, for tests that sum squares.
    pub(super) fn weighted_units(&self) -> Cow<'_, [ClusterCounts]> {
        match self.weighing {
            Weighing::Trials => Cow::Borrowed(&self.units),
            Weighing::MeanCopies => Cow::Owned(self.fine.iter().map(coarse).collect()),
            Weighing::Units => Cow::Owned(self.units.iter().map(|unit| evened(unit, EVEN_TRIALS)).collect()),
        }
    }

    /// The units as they weigh, of which only sums are asked; with any number of trials.
    pub(super) fn finely_weighted_units(&self) -> Cow<'_, [ClusterCounts]> {
        match self.weighing {
            Weighing::Trials => Cow::Borrowed(&self.units),
            Weighing::MeanCopies => Cow::Borrowed(&self.fine),
            Weighing::Units => Cow::Owned(self.units.iter().map(|unit| evened(unit, FINE_TRIALS)).collect()),
        }
    }

    /// Whether hand codings correct any of its shares.
    pub(super) fn is_corrected(&self) -> bool {
        self.codings.iter().any(FrameCodings::correct)
    }

    /// How many documents it has.
    pub(super) const fn size(&self) -> Size {
        Size { documents: self.documents, distinct: self.distinct }
    }

    /// What its rows rest on.
    pub(super) const fn sample(&self) -> SampleSize {
        SampleSize { documents: self.documents, clusters: self.distinct, sentences: self.sentences }
    }

    /// Distinct documents that carry a frame.
    pub(super) fn carriers(&self, frame: usize) -> u64 {
        self.units.iter().filter(|unit| unit.k[frame] > 0).count() as u64
    }

    /// What people said of a frame, in a study that anybody coded.
    pub(super) fn codings(&self, frame: usize) -> Option<&FrameCodings<'a>> {
        self.codings.get(frame)
    }

    /// A frame's share as the cell's codings correct it.
    pub(super) fn correction(&self, frame: usize, period: &str) -> FrameCorrection<'_, 'a> {
        match self.codings.get(frame) {
            Some(codings) => FrameCorrection::new(&self.share(frame), Some(codings), period),
            None => FrameCorrection::default(),
        }
    }

    fn fill<'e>(&mut self, plan: &Plan, documents: impl Iterator<Item = &'e CountedDocument<'a>>)
    where
        'a: 'e,
    {
        let mut units: Vec<ClusterCounts> = Vec::new();
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        let mut coded = Vec::new();
        self.without_rule.resize_with(plan.frames().len(), HitsWithoutRule::default);
        for entry in documents {
            let document = entry.counts;
            let place = *places.entry(entry.text).or_insert(units.len());
            if place == units.len() {
                units.push(ClusterCounts::default());
                self.fine.extend((self.weighing == Weighing::MeanCopies).then(ClusterCounts::default));
            }
            self.documents += 1;
            self.sentences += document.sentences;
            add_trials(&mut units[place], plan, document, &mut self.without_rule);
            if let Some(fine) = self.fine.get_mut(place) {
                fine.merge(&fine_trials(&trials_of(plan, document), entry.copies));
            }
            if !document.double_codings.is_empty() {
                coded.push((*entry, place));
            }
        }
        for (entry, place) in coded {
            add_codings(&mut self.codings, plan, entry, coding_size(self.weighing, &units[place], entry));
        }
        self.distinct = units.len() as u64;
        self.fine.retain(|unit| unit.n > 0);
        self.units = units.into_iter().filter(|unit| unit.n > 0).collect();
    }
}

/// The counts of all units together.
fn counted(units: impl Iterator<Item = UnitCount>) -> UnitCount {
    units.fold(UnitCount { k: 0, n: 0 }, |sum, unit| UnitCount { k: sum.k + unit.k, n: sum.n + unit.n })
}

/// How many trials share the weight of a coded document's unit: a coding stands for as many sentences as its probability says,
/// each of its document's weight.
pub(super) const fn coding_size(weighing: Weighing, unit: &ClusterCounts, document: CountedDocument<'_>) -> u64 {
    match weighing {
        Weighing::Trials => 1,
        Weighing::MeanCopies => document.copies,
        Weighing::Units => unit.n,
    }
}

/// Adds what people said of a document, by frame.
pub(super) fn add_codings<'a>(codings: &mut [FrameCodings<'a>], plan: &Plan, entry: CountedDocument<'a>, size: u64) {
    let CountedDocument { id, counts: document, .. } = entry;
    let hits = carried(plan, document);
    for double in &document.double_codings {
        if let Some(codings) = codings.get_mut(double.frame) {
            codings.add(plan, CodingPlace { id, is_hit: hits[double.frame], size }, double);
        }
    }
}

/// Numbers of distinct documents, in the order of their first ones.
#[derive(Default)]
struct Texts<'a> {
    known: FxHashMap<&'a str, u32>,
    count: u32,
}

impl<'a> Texts<'a> {
    fn number(&mut self, id: &'a str, counts: &'a DocumentCounts) -> u32 {
        let next = self.count;
        let number = match DistinctDocument::of(id, counts) {
            DistinctDocument::Alone(_) => next,
            DistinctDocument::Copies(cluster) => *self.known.entry(cluster).or_insert(next),
        };
        self.count += u32::from(number == next);
        number
    }
}

/// A document's trials, sentences or the document itself, and the hits among them by frame.
pub(super) fn trials_of(plan: &Plan, document: &DocumentCounts) -> ClusterCounts {
    let mut counts = ClusterCounts::default();
    add_trials(&mut counts, plan, document, &mut []);
    counts
}

/// Adds a document's trials and hits to those of its copies, and to `without_rule` those that no rule matches, unless that is
/// empty.
pub(super) fn add_trials(
    unit: &mut ClusterCounts,
    plan: &Plan,
    document: &DocumentCounts,
    without_rule: &mut [HitsWithoutRule],
) {
    let unit_counted = plan.settings().unit;
    unit.n += match unit_counted {
        Unit::Sentence => document.sentences,
        Unit::Document => 1,
    };
    unit.k.resize(plan.frames().len(), 0);
    let counted = plan.counted();
    let carried = if unit_counted == Unit::Document { carried(plan, document) } else { Vec::new() };
    // Most documents carry few of many frames.
    let frames = document.frames.iter().take(plan.frames().len());
    for (place, frame) in frames.enumerate().filter(|(_, frame)| *frame != FrameCounts::default()) {
        unit.k[place] += match unit_counted {
            Unit::Sentence => counted.hits(&frame),
            Unit::Document => u64::from(carried[place]),
        };
        if let Some(sum) = without_rule.get_mut(place) {
            sum.add(&frame);
        }
    }
}

/// By frame, whether a document carries it by its number of sentences that do; a group of frames where it carries any of them.
fn carried(plan: &Plan, document: &DocumentCounts) -> Vec<bool> {
    let (at_least, counted) = (&plan.settings().at_least, plan.counted());
    let of_codebook = plan.frames()[..plan.codebook_frames()].iter().zip(document.frames.iter());
    let mut carried: Vec<bool> =
        of_codebook.map(|(id, frame)| at_least.of(id).is_reached(counted.hits(&frame), document.sentences)).collect();
    for members in plan.frame_groups() {
        carried.push(members.iter().any(|member| carried[*member]));
    }
    carried
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::compare::counts::example::{counts, document, plan};
    use crate::compare::findings;
    use crate::model::{CompareSettings, CopyRule, FrameGroup, LeastHits};

    /// A report that alfa prints on the 1st and, with another sentence, on the 4th, and beta on the 3rd; and one text of each.
    fn printed_again() -> Counts {
        let copy = |group: &str, day: i8, sentences: u64| {
            let date = Some(date(2022, 2, day));
            DocumentCounts { date, cluster: "wire".into(), ..document(group, "", sentences, [2, 0, 0]) }
        };
        let own = |group: &str| document(group, "", 10, [1, 0, 0]);
        let documents = [
            ("a", copy("alfa", 4, 11)),
            ("b", copy("alfa", 1, 10)),
            ("c", copy("beta", 3, 10)),
            ("d", own("alfa")),
            ("e", own("beta")),
        ];
        counts(documents.map(|(id, counted)| (id.to_owned(), counted)))
    }

    #[test]
    fn of_copies_all_count_or_the_earliest_of_each_group_or_their_mean() {
        for (copies, documents, sentences, hits, share) in [
            (CopyRule::All, 3, 31, 5, 5.0 / 31.0),
            (CopyRule::One, 2, 20, 3, 3.0 / 20.0),
            (CopyRule::Weight, 3, 31, 5, 3.0 / 20.5),
        ] {
            let plan = plan(CompareSettings { copies, ..CompareSettings::default() });
            let found = findings(&plan, &printed_again()).prevalence;
            let of = |group: &str| found.iter().find(|row| &*row.group == group && &*row.frame == "threat").unwrap();
            let (alfa, beta) = (of("alfa"), of("beta"));
            assert_eq!((alfa.documents, alfa.sentences, alfa.hits), (documents, sentences, hits), "{copies:?}");
            assert!((alfa.estimate.unwrap() - share).abs() < 1e-15, "{copies:?}: {:?}", alfa.estimate);
            assert_eq!((beta.documents, beta.sentences, beta.hits), (2, 20, 3), "{copies:?}");
        }
    }

    /// Of three documents of ten sentences one has a threat in each of two sentences, one a threat and talks in one each, one talks in
    /// two: two are enough of threats, three it takes of talks, and what both are together takes no number of its own.
    #[test]
    fn a_document_carries_a_group_of_frames_where_it_carries_any() {
        let group = FrameGroup { id: "any".to_owned(), frames: vec!["threat".to_owned(), "talks".to_owned()] };
        let least = [("threat".to_owned(), LeastHits::Sentences(2)), ("talks".to_owned(), LeastHits::Sentences(3))];
        let plan =
            plan(CompareSettings { unit: Unit::Document, frame_groups: vec![group], ..CompareSettings::default() });
        let plan = plan.with_least_hits(least);
        let documents = [("a", [2, 0]), ("b", [1, 1]), ("c", [0, 2])].map(|(id, [threat, talks])| {
            let hits = [threat, talks, 0, threat + talks];
            let frames = hits.map(|hits| FrameCounts { hits, ..FrameCounts::default() }).to_vec().into();
            (id.to_owned(), DocumentCounts { frames, ..document("alfa", "", 10, [0, 0, 0]) })
        });
        let found = findings(&plan, &counts(documents)).prevalence;
        let hits: Vec<(&str, u64)> = found.iter().map(|row| (&*row.frame, row.hits)).collect();
        assert_eq!(hits, [("threat", 1), ("talks", 0), ("never", 0), ("any", 1)]);
    }

    /// Values of the formulas in Python with `SciPy` 1.17 of five texts with 5/3 of 11 (three copies with 1/10 2/11 2/12), 1/8 0/9
    /// 3/14 2/20 hits of one frame and 4/3 2 1 0 1 of another, against four with 1/2 of 21/2 (two copies), 1/12 0/7 0/15.
    #[test]
    fn copies_weigh_one_over_their_number() {
        let rows = [("alfa", "wire", 10, [1, 1, 0]), ("alfa", "wire", 11, [2, 1, 0]), ("alfa", "wire", 12, [2, 2, 0])];
        let rows = rows.into_iter().chain([
            ("alfa", "", 8, [1, 2, 0]),
            ("alfa", "", 9, [0, 1, 0]),
            ("alfa", "", 14, [3, 0, 0]),
            ("alfa", "", 20, [2, 1, 0]),
            ("beta", "agency", 10, [1, 0, 0]),
            ("beta", "agency", 11, [0, 0, 0]),
            ("beta", "", 12, [1, 0, 0]),
            ("beta", "", 7, [0, 0, 0]),
            ("beta", "", 15, [0, 0, 0]),
        ]);
        let documents = rows.enumerate().map(|(number, (group, cluster, n, hits))| {
            (number.to_string(), DocumentCounts { cluster: cluster.into(), ..document(group, "", n, hits) })
        });
        let contrasts = vec![("threat".to_owned(), "talks".to_owned())];
        let settings = CompareSettings { copies: CopyRule::Weight, contrasts, ..CompareSettings::default() };
        let found = findings(&plan(settings), &counts(documents));
        let close =
            |what: &str, found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{what}: {found}");
        let row = &found.prevalence[0];
        assert_eq!((row.hits, row.sentences, row.clusters, row.deff), (11, 84, 5, None));
        close("share", row.estimate.unwrap(), 0.123_655_913_978_494_62);
        close("its low", row.interval.unwrap().low, 0.050_074_132_347_512_2);
        close("its high", row.interval.unwrap().high, 0.274_157_045_053_629_1);
        let pair = &found.comparisons[0];
        close("difference", pair.difference.unwrap(), 0.089_948_048_809_955_3);
        close("its low", pair.interval.unwrap().low, -0.019_308_763_949_191_246);
        close("its high", pair.interval.unwrap().high, 0.199_204_861_569_101_83);
        assert_eq!(pair.p_value, Some(8.0 / 126.0));
        let ratio = &found.contrasts[0];
        assert_eq!((ratio.hits_a, ratio.hits_b), (11, 8));
        close("log ratio", ratio.log_ratio.unwrap(), 0.362_905_493_689_368_6);
        close("its low", ratio.interval.unwrap().low, -1.225_976_125_984_194_6);
    }
}
