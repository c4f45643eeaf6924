//! Cells: the documents of one group in one period, with copies of one text merged into one unit.

use std::collections::{BTreeMap, BTreeSet};

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

/// All cells of a study.
pub(super) struct Cells<'a> {
    plan: &'a Plan,
    /// The groups, sorted.
    pub(super) groups: Vec<&'a str>,
    /// The whole span, then the periods in which anything was published, sorted.
    pub(super) periods: Vec<&'a str>,
    documents: BTreeMap<(&'a str, &'a str), Vec<Entry<'a>>>,
}

/// A document and its id.
pub(super) type Entry<'a> = (&'a str, &'a DocumentCounts);

impl<'a> Cells<'a> {
    pub(super) fn new(plan: &'a Plan, counts: &'a Counts) -> Self {
        let mut documents: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let (mut groups, mut periods) = (BTreeSet::new(), BTreeSet::new());
        for (id, document) in counts.documents() {
            groups.insert(&*document.group);
            documents.entry((&*document.group, WHOLE_SPAN)).or_default().push((id, document));
            let period = document.period.as_deref().filter(|_| plan.settings().period.is_some());
            if let Some(period) = period {
                periods.insert(period);
                documents.entry((&*document.group, period)).or_default().push((id, document));
            }
        }
        let periods = std::iter::once(WHOLE_SPAN).chain(periods).collect();
        Self { plan, groups: groups.into_iter().collect(), periods, documents }
    }

    /// The cell of one group.
    pub(super) fn cell(&self, group: &'a str, period: &'a str) -> Cell {
        Cell::new(self.plan, self.of_group(group, period).iter())
    }

    /// The cell of all groups but one.
    pub(super) fn rest(&self, group: &'a str, period: &'a str) -> Cell {
        let others = self.groups.iter().filter(|other| **other != group);
        Cell::new(self.plan, others.flat_map(|other| self.of_group(other, period)))
    }

    /// The documents of a cell.
    pub(super) fn of_group(&self, group: &'a str, period: &'a str) -> &[Entry<'a>] {
        self.documents.get(&(group, period)).map_or(&[], Vec::as_slice)
    }
}

impl Cell {
    /// Documents, and how many of them are no copies of one another.
    pub(super) const fn size(&self) -> (u64, u64) {
        (self.documents, self.distinct)
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
    let successes = |frame: &FrameCounts| match settings.unit {
        Trial::Sentence => hits(frame),
        Trial::Document => u64::from(hits(frame) > 0),
    };
    unit.n += match settings.unit {
        Trial::Sentence => document.sentences,
        Trial::Document => 1,
    };
    for (sum, frame) in unit.k.iter_mut().zip(document.frames.iter()) {
        *sum += successes(&frame);
    }
}
