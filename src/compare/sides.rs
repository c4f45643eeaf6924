//! The two sides of a comparison: a group, and another one or all the others together.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::compare::cells::{Cell, Cells};
use crate::compare::corrections::FrameCodings;
use crate::compare::mean_of_others::MeanOfOthers;
use crate::compare::notes::{SampleSize, Size};
use crate::compare::place::{Place, REST};
use crate::compare::rest::{Everyone, OtherGroups};
use crate::model::RestRule;
use crate::stats::{
    ClusteredShare, Dealing, DivergenceTest, PermutationTest, RandomStream, RareCount, divergence_test,
    packed_divergence_test, packed_permutation_test, permutation_test,
};

/// The cells of all groups in one period.
pub(super) struct PeriodCells<'c, 'a> {
    /// Its label.
    pub(super) period: &'a str,
    all: &'c Cells<'a>,
    cells: BTreeMap<&'a str, Cell<'a>>,
    /// Where any group is held against the rest.
    everyone: Option<Everyone<'c, 'a>>,
}

impl<'c, 'a> PeriodCells<'c, 'a> {
    pub(super) fn new(cells: &'c Cells<'a>, period: &'a str) -> Self {
        let of_group = |group: &&'a str| (*group, cells.cell(Place { group, period }));
        let (by_group, everyone) = rayon::join(
            || cells.groups.par_iter().map(of_group).collect(),
            || (cells.groups.len() > 2).then(|| Everyone::new(cells, period)),
        );
        Self { period, all: cells, cells: by_group, everyone }
    }

    /// By group, in their order.
    pub(super) fn groups(&self) -> &BTreeMap<&'a str, Cell<'a>> {
        &self.cells
    }

    /// A group, and another one or [`REST`] taken together by this rule; `None` where there is no such group, or no rest.
    pub(super) fn sides(&self, groups: [&'a str; 2], rule: RestRule) -> Option<Sides<'_, 'c, 'a>> {
        let [first, second] = groups;
        let second = match (second, rule) {
            (REST, RestRule::Pooled) => PairSide::Rest(Box::new(self.everyone.as_ref()?.but(first))),
            (REST, RestRule::Equal) => {
                PairSide::Mean(Box::new(MeanOfOthers::new(self.all, self.everyone.as_ref()?, &self.cells, first)))
            }
            (group, _) => PairSide::Group(self.cells.get(group)?),
        };
        Some(Sides([PairSide::Group(self.cells.get(first)?), second]))
    }
}

/// What is held against each other, the first a group.
pub(super) struct Sides<'e, 'c, 'a>(pub(super) [PairSide<'e, 'c, 'a>; 2]);

/// One of them.
pub(super) enum PairSide<'e, 'c, 'a> {
    /// A group.
    Group(&'e Cell<'a>),
    /// All groups but the first side.
    Rest(Box<OtherGroups<'e, 'c, 'a>>),
    /// All groups but the first side, each counting alike.
    Mean(Box<MeanOfOthers<'e, 'c, 'a>>),
}

impl<'a> PairSide<'_, '_, 'a> {
    /// A frame's share, uncorrected.
    pub(super) fn share(&self, frame: usize) -> ClusteredShare {
        match self {
            Self::Group(cell) => cell.share(frame),
            Self::Rest(rest) => rest.share(frame),
            Self::Mean(rest) => rest.share(frame),
        }
    }

    /// Distinct documents that carry a frame.
    pub(super) fn carriers(&self, frame: usize) -> u64 {
        match self {
            Self::Group(cell) => cell.carriers(frame),
            Self::Rest(rest) => rest.carriers(frame),
            Self::Mean(rest) => rest.carriers(frame),
        }
    }

    /// Hits of a frame.
    pub(super) fn hits(&self, frame: usize) -> u64 {
        match self {
            Self::Group(cell) => cell.units.iter().map(|unit| unit.k[frame]).sum(),
            Self::Rest(rest) => rest.hits(frame),
            Self::Mean(rest) => rest.hits(frame),
        }
    }

    /// What people said of a frame, in a study that anybody coded.
    pub(super) fn codings(&self, frame: usize) -> Option<&FrameCodings<'a>> {
        match self {
            Self::Group(cell) => cell.codings(frame),
            Self::Rest(rest) => rest.codings(frame),
            Self::Mean(rest) => rest.codings(frame),
        }
    }

    /// Whether hand codings correct any of its shares.
    pub(super) fn is_corrected(&self) -> bool {
        match self {
            Self::Group(cell) => cell.is_corrected(),
            Self::Rest(rest) => rest.is_corrected(),
            Self::Mean(rest) => rest.is_corrected(),
        }
    }

    /// How many documents it has.
    pub(super) fn size(&self) -> Size {
        match self {
            Self::Group(cell) => cell.size(),
            Self::Rest(rest) => rest.size(),
            Self::Mean(rest) => rest.size(),
        }
    }

    /// What its rows rest on.
    pub(super) fn sample(&self) -> SampleSize {
        let Size { documents, distinct: clusters } = self.size();
        SampleSize { documents, clusters, sentences: self.sentences() }
    }

    /// Their sentences.
    pub(super) fn sentences(&self) -> u64 {
        match self {
            Self::Group(cell) => cell.sentences,
            Self::Rest(rest) => rest.sentences(),
            Self::Mean(rest) => rest.sentences(),
        }
    }
}

impl Sides<'_, '_, '_> {
    /// The permutation test of these frames.
    pub(super) fn permutation(&self, dealing: Dealing<'_>, stream: &mut RandomStream) -> Option<PermutationTest> {
        match &self.0 {
            [PairSide::Group(a), PairSide::Group(b)] => {
                let [a, b] = [a, b].map(|cell| cell.weighted_units());
                permutation_test(&a, &b, dealing, stream)
            }
            [_, PairSide::Rest(rest)] | [PairSide::Rest(rest), _] => {
                packed_permutation_test(rest.weighted_pair(), dealing, stream)
            }
            [_, PairSide::Mean(rest)] | [PairSide::Mean(rest), _] => rest.permutation(dealing, stream),
        }
    }

    /// Against a mean of others, how many documents have a frame here and among the others taken as one. Where few have it the
    /// permutation against the mean rejects what is true in .15 to .24 of corpora of groups that differ in the lengths of documents.
    pub(super) fn rare_counts_of_mean(&self, frame: usize) -> Option<[RareCount; 2]> {
        let [PairSide::Group(own), PairSide::Mean(others)] = &self.0 else { return None };
        Some([RareCount::of(&own.units, frame), others.rare_count(frame)])
    }

    /// The test of the divergence over these frames, by sentence whatever documents or groups weigh; `None` where groups count
    /// alike.
    pub(super) fn divergence(&self, dealing: Dealing<'_>, stream: &mut RandomStream) -> Option<DivergenceTest> {
        match &self.0 {
            [PairSide::Group(a), PairSide::Group(b)] => divergence_test(&a.units, &b.units, dealing, stream),
            [_, PairSide::Rest(rest)] | [PairSide::Rest(rest), _] => {
                packed_divergence_test(rest.counted_pair(), dealing, stream)
            }
            [_, PairSide::Mean(_)] | [PairSide::Mean(_), _] => None,
        }
    }
}
