//! Cells: the documents of one group in one period, with copies of one text merged into one unit.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::notes::Size;
use crate::compare::{Counts, DocumentCounts, FrameCounts, Plan, WHOLE_SPAN};
use crate::model::{Unit as Trial, VoiceFilter};
use crate::stats::Unit;

/// What a row of findings is computed from.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Documents, copies included.
    pub(super) documents: u64,
    /// Their sentences.
    pub(super) sentences: u64,
    /// Documents that are no copies of one another.
    pub(super) distinct: u64,
    /// One for each distinct document that has trials: sentences, or the document itself; successes are the hits of
    /// each frame. In the order of the clusters.
    pub(super) units: Vec<Unit>,
}

/// Where a cell is: a group in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place<'a> {
    /// Value of the column compared by.
    pub(super) group: &'a str,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub(super) period: &'a str,
}

/// All cells of a study.
pub(super) struct Cells<'a> {
    plan: &'a Plan,
    /// The groups, sorted.
    pub(super) groups: Vec<&'a str>,
    /// The whole span, then the periods in which anything was published, sorted.
    pub(super) periods: Vec<&'a str>,
    documents: BTreeMap<Place<'a>, Vec<Entry<'a>>>,
}

/// A document and its id.
pub(super) type Entry<'a> = (&'a str, &'a DocumentCounts);

impl<'a> Cells<'a> {
    pub(super) fn new(plan: &'a Plan, counts: &'a Counts) -> Self {
        let mut documents: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let (mut groups, mut periods) = (BTreeSet::new(), BTreeSet::new());
        for (id, document) in counts.documents() {
            groups.insert(&*document.group);
            let group = &*document.group;
            documents.entry(Place { group, period: WHOLE_SPAN }).or_default().push((id, document));
            let period = document.period.as_deref().filter(|_| plan.settings().period.is_some());
            if let Some(period) = period {
                periods.insert(period);
                documents.entry(Place { group, period }).or_default().push((id, document));
            }
        }
        let periods = std::iter::once(WHOLE_SPAN).chain(periods).collect();
        Self { plan, groups: groups.into_iter().collect(), periods, documents }
    }

    /// The cell of one group.
    pub(super) fn cell(&self, place: Place<'a>) -> Cell {
        Cell::new(self.plan, self.documents_of(place).iter())
    }

    /// The cell of all groups but one.
    pub(super) fn rest(&self, place: Place<'a>) -> Cell {
        let others = self.groups.iter().filter(|other| **other != place.group);
        Cell::new(self.plan, others.flat_map(|other| self.documents_of(Place { group: other, ..place })))
    }

    /// The documents of a cell.
    pub(super) fn documents_of(&self, place: Place<'a>) -> &[Entry<'a>] {
        self.documents.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Every group in every period.
    pub(super) fn places(&self) -> Vec<Place<'a>> {
        let of_group = |group: &&'a str| self.periods.iter().map(|period| Place { group, period }).collect::<Vec<_>>();
        self.groups.iter().flat_map(of_group).collect()
    }
}

impl Cell {
    /// How many documents it has.
    pub(super) const fn size(&self) -> Size {
        Size { documents: self.documents, distinct: self.distinct }
    }

    /// Distinct documents that carry a frame.
    pub(super) fn carriers(&self, frame: usize) -> u64 {
        self.units.iter().filter(|unit| unit.k[frame] > 0).count() as u64
    }

    fn new<'a>(plan: &Plan, documents: impl Iterator<Item = &'a Entry<'a>>) -> Self {
        let mut cell = Self::default();
        let mut units: BTreeMap<(bool, &str), Unit> = BTreeMap::new();
        for (id, document) in documents {
            let unit = units.entry(unit_of(&(id, document))).or_default();
            unit.k.resize(plan.frames().len(), 0);
            cell.documents += 1;
            cell.sentences += document.sentences;
            add(unit, document, plan);
        }
        cell.distinct = units.len() as u64;
        cell.units = units.into_values().filter(|unit| unit.n > 0).collect();
        cell
    }
}

/// What tells units apart: the cluster of a document, or its id where it has none.
pub(super) fn unit_of<'a>(&(id, document): &Entry<'a>) -> (bool, &'a str) {
    let alone = document.cluster.is_empty();
    (alone, if alone { id } else { &document.cluster })
}

/// Adds a document's trials and hits to the unit of its cluster.
fn add(unit: &mut Unit, document: &DocumentCounts, plan: &Plan) {
    let settings = plan.settings();
    let hits = |frame: &FrameCounts| match settings.voice {
        VoiceFilter::All => frame.hits,
        VoiceFilter::Own => frame.own,
        VoiceFilter::Attributed => frame.attributed,
    };
    let successes = |id: &str, frame: &FrameCounts| match settings.unit {
        Trial::Sentence => hits(frame),
        Trial::Document => u64::from(settings.at_least.of(id).is_reached(hits(frame), document.sentences)),
    };
    unit.n += match settings.unit {
        Trial::Sentence => document.sentences,
        Trial::Document => 1,
    };
    for ((sum, id), frame) in unit.k.iter_mut().zip(plan.frames()).zip(document.frames.iter()) {
        *sum += successes(id, &frame);
    }
}
