//! Documents with their days, by group.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::compare::Plan;
use crate::compare::cells::{Cells, CountedDocument, DistinctDocument, trials_of};
use crate::compare::comparisons::large_groups;
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::study_time::StudyTime;
use crate::stats::ClusterCounts;

/// The groups, with the documents whose day is known.
pub(super) struct DatedGroups<'a> {
    pub(super) scale: StudyTime,
    /// In the order of their names.
    pub(super) groups: Vec<DatedGroup<'a>>,
    /// Groups that are large enough to be held against each other, by place among `groups`.
    pub(super) large: Vec<usize>,
}

/// The documents of a group whose day is known.
pub(super) struct DatedGroup<'a> {
    pub(super) name: &'a str,
    /// By day, then id.
    pub(super) documents: Vec<DatedDocument<'a>>,
    /// Documents without a day.
    pub(super) undated: usize,
    /// Whether hand codings correct any of its shares elsewhere.
    pub(super) is_corrected: bool,
    /// Documents that are no copies of one another.
    pub(super) clusters: usize,
    /// By frame, how many of these carry it.
    pub(super) carriers: Vec<usize>,
}

/// What a document adds to a series.
pub(super) struct DatedDocument<'a> {
    /// Days from the first document of all.
    pub(super) day: i32,
    /// The day of the first of its copies in the group, which may be itself: a report that is printed on Monday and again on
    /// Thursday is one document of Monday where days are held against each other.
    pub(super) first: i32,
    pub(super) distinct: DistinctDocument<'a>,
    /// Number of the same.
    pub(super) text: u32,
    pub(super) sentences: u64,
    /// Its trials, and its hits by frame.
    pub(super) counts: ClusterCounts,
}

impl<'a> DatedGroups<'a> {
    /// `None` where no document has a date.
    pub(super) fn new(plan: &Plan, cells: &Cells<'a>) -> Option<Self> {
        let places: Vec<Place<'a>> = cells.groups.iter().map(|group| Place { group, period: WHOLE_SPAN }).collect();
        let documents = places.iter().flat_map(|place| cells.documents_of(*place));
        let dates: BTreeSet<Date> = documents.filter_map(|document| document.counts.date).collect();
        let (first, last) = dates.first().copied().zip(dates.last())?;
        let scale = StudyTime::between(first, *last);
        let groups = places.iter().map(|place| DatedGroup::new(plan, cells, *place, scale)).collect();
        let large = large_groups(cells);
        let large = large.iter().filter_map(|name| cells.groups.iter().position(|group| group == name)).collect();
        Some(Self { scale, groups, large })
    }
}

impl<'a> DatedGroup<'a> {
    fn new(plan: &Plan, cells: &Cells<'a>, place: Place<'a>, scale: StudyTime) -> Self {
        let all = cells.documents_of(place);
        let dated = |document: &CountedDocument<'a>| {
            let day = scale.day(document.counts.date?);
            Some(DatedDocument {
                day,
                first: day,
                distinct: document.distinct(),
                text: document.text,
                sentences: document.counts.sentences,
                counts: trials_of(plan, document.counts),
            })
        };
        let mut documents: Vec<DatedDocument<'a>> = all.iter().filter_map(dated).collect();
        documents.sort_by_key(|document| document.day);
        let mut first = BTreeMap::new();
        for document in &mut documents {
            document.first = *first.entry(document.text).or_insert(document.day);
        }
        Self {
            name: place.group,
            undated: all.len() - documents.len(),
            is_corrected: cells.cell(place).is_corrected(),
            clusters: first.len(),
            carriers: (0..plan.frames().len()).map(|frame| carriers(&documents, frame)).collect(),
            documents,
        }
    }

    /// Days with documents.
    pub(super) fn days(&self) -> usize {
        self.documents.chunk_by(|a, b| a.day == b.day).count()
    }
}

/// Distinct documents that carry a frame.
fn carriers(documents: &[DatedDocument<'_>], frame: usize) -> usize {
    let carrying = documents.iter().filter(|document| document.counts.k[frame] > 0);
    carrying.map(|document| document.text).collect::<BTreeSet<_>>().len()
}
