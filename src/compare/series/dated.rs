//! Documents with their days, by group, and how long a step of time is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::compare::Plan;
use crate::compare::cells::{Cells, trials_of, unit_of};
use crate::compare::comparisons::large_groups;
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::stats::ClusterCounts;

/// Days from which on a span is long: half a year. Then a trend is told per 30 days, not 7, and a bin is a week, not a day.
const LONG_SPAN: i32 = 182;

/// How time is measured in a study.
#[derive(Clone, Copy, Debug)]
pub(super) struct StudyTime {
    /// Day 0: that of the first document of all groups.
    first: Date,
    is_long: bool,
}

impl StudyTime {
    /// Days that odds ratios are per.
    pub(super) const fn days(self) -> u32 {
        if self.is_long { 30 } else { 7 }
    }

    /// Days of a bin.
    pub(super) const fn bin_days(self) -> i32 {
        if self.is_long { 7 } else { 1 }
    }

    pub(super) fn date(self, day: i32) -> Date {
        self.first.saturating_add(day.days())
    }

    /// Days from the first one.
    pub(super) fn day(self, date: Date) -> i32 {
        (date - self.first).get_days()
    }
}

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
}

/// What a document adds to a series.
pub(super) struct DatedDocument<'a> {
    /// Days from the first document of all.
    pub(super) day: i32,
    /// The day of the first of its copies in the group, which may be itself: a report that is printed on Monday and again on
    /// Thursday is one document of Monday where days are held against each other.
    pub(super) first: i32,
    /// What tells it from documents that are no copies of it.
    pub(super) unit: (bool, &'a str),
    pub(super) sentences: u64,
    /// Its trials, and its hits by frame.
    pub(super) counts: ClusterCounts,
}

impl<'a> DatedGroups<'a> {
    /// `None` where no document has a date.
    pub(super) fn new(plan: &Plan, cells: &Cells<'a>) -> Option<Self> {
        let places: Vec<Place<'a>> = cells.groups.iter().map(|group| Place { group, period: WHOLE_SPAN }).collect();
        let documents = places.iter().flat_map(|place| cells.documents_of(*place));
        let dates: BTreeSet<Date> = documents.filter_map(|(_, document)| document.date).collect();
        let (first, last) = dates.first().copied().zip(dates.last())?;
        let scale = StudyTime { first, is_long: (*last - first).get_days() > LONG_SPAN };
        let groups = places.iter().map(|place| DatedGroup::new(plan, cells, *place, scale)).collect();
        let large = large_groups(cells, plan.settings());
        let large = large.iter().filter_map(|name| cells.groups.iter().position(|group| group == name)).collect();
        Some(Self { scale, groups, large })
    }
}

impl<'a> DatedGroup<'a> {
    fn new(plan: &Plan, cells: &Cells<'a>, place: Place<'a>, scale: StudyTime) -> Self {
        let all = cells.documents_of(place);
        let dated = |entry: &(&'a str, &'a crate::compare::DocumentCounts)| {
            let day = scale.day(entry.1.date?);
            let counts = trials_of(plan, entry.1);
            Some(DatedDocument { day, first: day, unit: unit_of(entry), sentences: entry.1.sentences, counts })
        };
        let mut documents: Vec<DatedDocument<'a>> = all.iter().filter_map(dated).collect();
        documents.sort_by_key(|document| document.day);
        let mut first = BTreeMap::new();
        for document in &mut documents {
            document.first = *first.entry(document.unit).or_insert(document.day);
        }
        let undated = all.len() - documents.len();
        Self { name: place.group, documents, undated, is_corrected: cells.cell(place).is_corrected() }
    }

    /// Documents that are no copies of one another.
    pub(super) fn clusters(&self) -> usize {
        self.documents.iter().map(|document| document.unit).collect::<BTreeSet<_>>().len()
    }

    /// Days with documents.
    pub(super) fn days(&self) -> usize {
        self.documents.chunk_by(|a, b| a.day == b.day).count()
    }

    /// Distinct documents that carry a frame.
    pub(super) fn carriers(&self, frame: usize) -> usize {
        let carrying = self.documents.iter().filter(|document| document.counts.k[frame] > 0);
        carrying.map(|document| document.unit).collect::<BTreeSet<_>>().len()
    }
}
