//! Cells: the documents of one group in one period, with copies of one text merged into one unit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::compare::corrections::{CodingPlace, FrameCodings, FrameCorrection};
use crate::compare::notes::Size;
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::{Counts, DocumentCounts, FrameCounts, Plan};
use crate::model::{CopyRule, Unit, Weight};
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
    /// Whether a share is one of their trials or the mean of their own shares.
    weight: Weight,
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

/// Trials of a unit where units count alike, for tests that sum squares: of ten million units these stay below 2^64.
pub(super) const EVEN_TRIALS: u64 = 1_000_000;

/// All cells of a study.
pub(super) struct Cells<'a> {
    plan: &'a Plan,
    /// The groups, sorted.
    pub(super) groups: Vec<&'a str>,
    /// The whole span, then the periods in which anything was published, sorted.
    pub(super) periods: Vec<&'a str>,
    documents: BTreeMap<Place<'a>, Vec<CountedDocument<'a>>>,
    /// Whether people coded anything of the study.
    is_coded: bool,
}

/// A document of a cell.
#[derive(Clone, Copy)]
pub(super) struct CountedDocument<'a> {
    pub(super) id: &'a str,
    pub(super) counts: &'a DocumentCounts,
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
        let cluster = &self.counts.cluster;
        if cluster.is_empty() { DistinctDocument::Alone(self.id) } else { DistinctDocument::Copies(cluster) }
    }
}

impl<'a> Cells<'a> {
    pub(super) fn new(plan: &'a Plan, counts: &'a Counts) -> Self {
        let mut documents: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let (mut groups, mut periods) = (BTreeSet::new(), BTreeSet::new());
        let again = match plan.settings().copies {
            CopyRule::All => BTreeSet::new(),
            CopyRule::One => later_copies(counts),
        };
        for (id, counts) in counts.documents().filter(|(id, _)| !again.contains(id)) {
            let group = &*counts.group;
            groups.insert(group);
            let document = CountedDocument { id, counts };
            documents.entry(Place { group, period: WHOLE_SPAN }).or_default().push(document);
            let period = counts.period.as_deref().filter(|_| plan.settings().period.is_some());
            if let Some(period) = period {
                periods.insert(period);
                documents.entry(Place { group, period }).or_default().push(document);
            }
        }
        let periods = std::iter::once(WHOLE_SPAN).chain(periods).collect();
        let is_coded = counts.documents().any(|(_, document)| !document.double_codings.is_empty());
        Self { plan, groups: groups.into_iter().collect(), periods, documents, is_coded }
    }

    /// The cell of one group.
    pub(super) fn cell(&self, place: Place<'a>) -> Cell<'a> {
        self.cell_of(self.documents_of(place).iter())
    }

    /// The cell of all groups but one.
    pub(super) fn rest(&self, place: Place<'a>) -> Cell<'a> {
        let others = self.groups.iter().filter(|other| **other != place.group);
        self.cell_of(others.flat_map(|other| self.documents_of(Place { group: other, ..place })))
    }

    /// The cell of any documents.
    pub(super) fn cell_of<'e>(&self, documents: impl Iterator<Item = &'e CountedDocument<'a>>) -> Cell<'a>
    where
        'a: 'e,
    {
        let mut cell = Cell::new(self.plan.settings().weight);
        if self.is_coded {
            cell.codings.resize_with(self.plan.frames().len(), FrameCodings::default);
        }
        cell.fill(self.plan, documents);
        cell
    }

    /// The documents of a cell.
    pub(super) fn documents_of(&self, place: Place<'a>) -> &[CountedDocument<'a>] {
        self.documents.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Every group in every period.
    pub(super) fn places(&self) -> Vec<Place<'a>> {
        let of_group = |group: &&'a str| self.periods.iter().map(|period| Place { group, period }).collect::<Vec<_>>();
        self.groups.iter().flat_map(of_group).collect()
    }
}

impl<'a> Cell<'a> {
    fn new(weight: Weight) -> Self {
        let (units, without_rule, codings) = (Vec::new(), Vec::new(), Vec::new());
        Self { documents: 0, sentences: 0, distinct: 0, units, weight, without_rule, codings }
    }

    /// A frame's share, uncorrected.
    pub(super) fn share(&self, frame: usize) -> ClusteredShare {
        let units = self.units.iter().map(|unit| UnitCount { k: unit.k[frame], n: unit.n });
        match self.weight {
            Weight::Sentence => ClusteredShare::of_counts(units),
            Weight::Document => ClusteredShare::of_equal_units(units),
        }
    }

    /// The units with as many trials each where documents count alike, `of` in each; else as they are.
    pub(super) fn weighted_units(&self, of: u64) -> Cow<'_, [ClusterCounts]> {
        match self.weight {
            Weight::Sentence => Cow::Borrowed(&self.units),
            Weight::Document => Cow::Owned(self.units.iter().map(|unit| evened(unit, of)).collect()),
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

    /// Distinct documents that carry a frame.
    pub(super) fn carriers(&self, frame: usize) -> u64 {
        self.units.iter().filter(|unit| unit.k[frame] > 0).count() as u64
    }

    /// A frame's share as the cell's codings correct it.
    pub(super) fn correction(&self, frame: usize, period: &str) -> FrameCorrection<'_, 'a> {
        FrameCorrection::new(&self.share(frame), self.codings.get(frame), period)
    }

    fn fill<'e>(&mut self, plan: &Plan, documents: impl Iterator<Item = &'e CountedDocument<'a>>)
    where
        'a: 'e,
    {
        let mut units: Vec<ClusterCounts> = Vec::new();
        let mut coded: Vec<&CountedDocument<'a>> = Vec::new();
        let mut places: BTreeMap<DistinctDocument<'_>, usize> = BTreeMap::new();
        self.without_rule.resize_with(plan.frames().len(), HitsWithoutRule::default);
        for entry in documents {
            let document = entry.counts;
            let place = *places.entry(entry.distinct()).or_insert(units.len());
            if place == units.len() {
                units.push(ClusterCounts::default());
            }
            self.documents += 1;
            self.sentences += document.sentences;
            for (sum, frame) in self.without_rule.iter_mut().zip(document.frames.iter()) {
                sum.add(&frame);
            }
            add_trials(&mut units[place], plan, document);
            if !document.double_codings.is_empty() {
                coded.push(entry);
            }
        }
        for entry in coded {
            // A coding stands for as many sentences as its probability says, each of its document's weight, which is known
            // when all its copies are counted.
            let size = match self.weight {
                Weight::Sentence => 1,
                Weight::Document => units[places[&entry.distinct()]].n,
            };
            self.add_codings(plan, *entry, size);
        }
        self.distinct = units.len() as u64;
        self.units = units.into_iter().filter(|unit| unit.n > 0).collect();
    }

    fn add_codings(&mut self, plan: &Plan, entry: CountedDocument<'a>, size: u64) {
        let CountedDocument { id, counts: document } = entry;
        let frames = plan.frames().iter().zip(document.frames.iter());
        let hits: Vec<bool> = frames.map(|(id, frame)| is_hit(plan, id, &frame, document.sentences)).collect();
        for double in &document.double_codings {
            if let Some(codings) = self.codings.get_mut(double.frame) {
                codings.add(plan, CodingPlace { id, is_hit: hits[double.frame], size }, double);
            }
        }
    }
}

/// Documents of a text that their group has in an earlier one already, by date, then id; those without a date are the last.
fn later_copies(counts: &Counts) -> BTreeSet<&str> {
    let mut copies: BTreeMap<(&str, &str), Vec<CountedDocument<'_>>> = BTreeMap::new();
    for (id, counts) in counts.documents().filter(|(_, document)| !document.cluster.is_empty()) {
        copies.entry((&counts.group, &counts.cluster)).or_default().push(CountedDocument { id, counts });
    }
    let mut again = BTreeSet::new();
    for mut documents in copies.into_values() {
        documents.sort_by_key(|document| (document.counts.date.is_none(), document.counts.date, document.id));
        again.extend(documents.iter().skip(1).map(|document| document.id));
    }
    again
}

/// A unit of `of` trials with the same shares, to the nearest success.
fn evened(unit: &ClusterCounts, of: u64) -> ClusterCounts {
    let [n, of_128] = [unit.n, of].map(u128::from);
    let scaled = |k: &u64| u64::try_from((2 * u128::from(*k) * of_128 + n) / (2 * n)).unwrap_or(of);
    ClusterCounts { n: of, k: unit.k.iter().map(scaled).collect() }
}

/// A document's trials, sentences or the document itself, and the hits among them by frame.
pub(super) fn trials_of(plan: &Plan, document: &DocumentCounts) -> ClusterCounts {
    let mut counts = ClusterCounts::default();
    add_trials(&mut counts, plan, document);
    counts
}

/// Adds a document's trials and hits to those of its copies.
fn add_trials(unit: &mut ClusterCounts, plan: &Plan, document: &DocumentCounts) {
    let unit_counted = plan.settings().unit;
    unit.n += match unit_counted {
        Unit::Sentence => document.sentences,
        Unit::Document => 1,
    };
    unit.k.resize(plan.frames().len(), 0);
    let frames = plan.frames().iter().zip(document.frames.iter());
    for (sum, (id, frame)) in unit.k.iter_mut().zip(frames) {
        *sum += match unit_counted {
            Unit::Sentence => plan.counted().hits(&frame),
            Unit::Document => u64::from(is_hit(plan, id, &frame, document.sentences)),
        };
    }
}

/// Whether a document carries a frame by its number of sentences that do.
fn is_hit(plan: &Plan, id: &str, frame: &FrameCounts, sentences: u64) -> bool {
    plan.settings().at_least.of(id).is_reached(plan.counted().hits(frame), sentences)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::compare::counts::example::{counts, document, plan};
    use crate::compare::findings;
    use crate::model::CompareSettings;

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
    fn of_copies_all_count_or_the_earliest_of_each_group() {
        for (copies, documents, sentences, hits) in [(CopyRule::All, 3, 31, 5), (CopyRule::One, 2, 20, 3)] {
            let plan = plan(CompareSettings { copies, ..CompareSettings::default() });
            let found = findings(&plan, &printed_again()).prevalence;
            let of = |group: &str| found.iter().find(|row| row.group == group && row.frame == "threat").unwrap();
            let (alfa, beta) = (of("alfa"), of("beta"));
            assert_eq!((alfa.documents, alfa.sentences, alfa.hits), (documents, sentences, hits), "{copies:?}");
            assert_eq!((beta.documents, beta.sentences, beta.hits), (2, 20, 3), "{copies:?}");
        }
    }
}
