//! What a group has in each value of a column (an event, a story), which `within` pools.

use std::collections::BTreeMap;

use crate::compare::cells::Cell;
use crate::compare::place::REST;

/// What one group of a [`WithinComparison`](crate::compare::WithinComparison) rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WithinSide {
    /// Documents, copies included.
    pub documents: u64,
    /// Those that are no copies of one another inside a value.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Sentences (or documents) that carry the frame.
    pub hits: u64,
    /// Of the clusters, those with a hit.
    pub carriers: u64,
    /// Documents that are left out: in values without the other group, or without a value.
    pub left_out: u64,
}

/// What a group has in one value of the column.
#[derive(Clone, Debug, Default)]
pub(super) struct InValue<'a> {
    pub(super) side: WithinSide,
    pub(super) trials: u64,
    /// By frame.
    pub(super) hits: Vec<u64>,
    /// Distinct documents with a hit, by frame.
    pub(super) carriers: Vec<u64>,
    /// The groups that these are of, where each of them counts alike; else none.
    alike: Vec<AlikeGroup<'a>>,
}

/// A group that counts as much as each of the others.
#[derive(Clone, Debug)]
struct AlikeGroup<'a> {
    name: &'a str,
    trials: u64,
    /// By frame.
    hits: Vec<u64>,
}

impl<'a> InValue<'a> {
    pub(super) fn of(cell: &Cell<'_>, frames: usize) -> Self {
        let side = WithinSide {
            documents: cell.documents,
            clusters: cell.distinct,
            sentences: cell.sentences,
            ..WithinSide::default()
        };
        let hits = (0..frames).map(|frame| cell.units.iter().map(|unit| unit.k[frame]).sum()).collect();
        let carriers = (0..frames).map(|frame| cell.carriers(frame)).collect();
        Self { side, trials: cell.units.iter().map(|unit| unit.n).sum(), hits, carriers, alike: Vec::new() }
    }

    /// Adds a group that counts as much as each of the others.
    pub(super) fn add_alike(&mut self, name: &'a str, other: &Self) {
        self.add(other);
        if other.trials > 0 {
            self.alike.push(AlikeGroup { name, trials: other.trials, hits: other.hits.clone() });
        }
    }

    /// Its hits of a frame; of groups that count alike as many as the mean of their shares makes of all their trials.
    pub(super) fn counted_hits(&self, frame: usize) -> f64 {
        if self.alike.is_empty() {
            return self.hits[frame] as f64;
        }
        let shares = self.alike.iter().map(|group| group.hits[frame] as f64 / group.trials as f64);
        self.trials as f64 * shares.sum::<f64>() / self.alike.len() as f64
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.side.add(other.side);
        self.trials += other.trials;
        for (sums, more) in [(&mut self.hits, &other.hits), (&mut self.carriers, &other.carriers)] {
            sums.resize(more.len(), 0);
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
}

impl WithinSide {
    pub(super) fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.clusters += other.clusters;
        self.sentences += other.sentences;
    }
}

/// A share over several values, whatever these are: hits and trials of a group, or of each of those that count alike.
#[derive(Default)]
pub(super) struct MixedShare<'a>(BTreeMap<&'a str, (u64, u64)>);

impl<'a> MixedShare<'a> {
    pub(super) fn add(&mut self, in_value: &InValue<'a>, frame: usize) {
        let alone = in_value.alike.is_empty().then_some((REST, in_value.hits[frame], in_value.trials));
        let alike = in_value.alike.iter().map(|group| (group.name, group.hits[frame], group.trials));
        for (group, hits, trials) in alone.into_iter().chain(alike) {
            let sums = self.0.entry(group).or_default();
            *sums = (sums.0 + hits, sums.1 + trials);
        }
    }

    pub(super) fn share(&self) -> Option<f64> {
        let shares = self.0.values().map(|(hits, trials)| *hits as f64 / *trials as f64);
        (!self.0.is_empty()).then(|| shares.sum::<f64>() / self.0.len() as f64)
    }
}

/// What a group has by value of the column, and how many documents it has in all.
#[derive(Clone, Debug, Default)]
pub(super) struct ByValue<'a> {
    pub(super) values: BTreeMap<&'a str, InValue<'a>>,
    pub(super) documents: u64,
}
