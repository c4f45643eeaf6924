//! What figures take from a study that has been run, and what all their tables have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use jiff::civil::Date;

use crate::compare::{Corrected, DocumentCounts, FEW_DOCUMENTS, counted_documents};
use crate::model::{CompareSettings, Period};
use crate::report::figures::days::Days;
use crate::report::{Rows, Subject};

/// Groups in one figure; with more, those with the most documents are drawn.
pub(super) const MOST_GROUPS: usize = 30;

/// Frames in one figure; with more, those with the most hits are drawn.
pub(super) const MOST_FRAMES: usize = 24;

/// What the last cells of every table of groups say of the study, the same in every row: what captions tell.
pub(super) struct TableContext<'a> {
    compare: &'a CompareSettings,
    groups: u64,
    days: Option<Days>,
}

impl TableContext<'_> {
    /// Adds these cells, `by` to `last_day` of `columns.tsv`.
    pub(super) fn add<W: Write>(&self, rows: &mut Rows<W>) {
        let Self { compare, groups, days } = self;
        rows.text(&compare.by).text(compare.voice.as_str()).text(compare.stance.as_str()).text(compare.share_unit());
        rows.count(*groups).date(days.map(|days| days.first)).date(days.map(|days| days.last));
    }
}

impl<'a> Subject<'a> {
    /// What all rows of a table say of the study. It takes a walk over all documents, so it is asked for once a table.
    pub(super) fn context(&self) -> TableContext<'a> {
        TableContext { compare: &self.study.compare, groups: self.documents().len() as u64, days: self.days() }
    }

    /// Whether a row of that frame is drawn, in one of `groups`.
    pub(super) fn chosen(&self, groups: BTreeSet<&'a str>) -> impl Fn(&str, &str) -> bool + 'a {
        let frames = self.frames();
        move |frame, group| frames.contains(frame) && groups.contains(group)
    }

    /// Adds what hand codings make of a number, with its interval; empty where there are none.
    pub(super) fn add_corrected<W: Write>(rows: &mut Rows<W>, corrected: Option<&Corrected>) {
        rows.number(corrected.map(|corrected| corrected.estimate));
        rows.number(corrected.and_then(|corrected| corrected.low))
            .number(corrected.and_then(|corrected| corrected.high));
    }

    /// The documents that count in the tables.
    fn counted(&self) -> impl Iterator<Item = (&'a str, &'a DocumentCounts)> {
        counted_documents(self.study.compare.copies, self.counts)
    }

    /// Documents that count, by group.
    pub(super) fn documents(&self) -> BTreeMap<&'a str, u64> {
        let mut documents = BTreeMap::new();
        for (_, document) in self.counted() {
            *documents.entry(&*document.group).or_default() += 1;
        }
        documents
    }

    /// The groups that are drawn.
    pub(super) fn groups(&self) -> BTreeSet<&'a str> {
        most_frequent(self.documents(), MOST_GROUPS)
    }

    /// The groups that have lines, panels and comparisons of their own: those with enough documents for an interval to say
    /// something, or all where none has.
    pub(super) fn groups_of_size(&self) -> BTreeSet<&'a str> {
        let documents = self.documents();
        let groups = self.groups();
        let large = |group: &&str| documents.get(group).is_some_and(|documents| *documents >= FEW_DOCUMENTS);
        if groups.iter().any(large) { groups.into_iter().filter(large).collect() } else { groups }
    }

    /// The frames that are drawn.
    pub(super) fn frames(&self) -> BTreeSet<&'a str> {
        let mut hits: BTreeMap<&str, u64> = BTreeMap::new();
        for (_, document) in self.counted() {
            for (frame, counted) in self.codebook.frames.iter().zip(document.frames.iter()) {
                *hits.entry(&frame.id).or_default() += counted.hits;
            }
        }
        most_frequent(hits, MOST_FRAMES)
    }

    /// The first and the last day of the corpus, where its documents have dates.
    pub(super) fn days(&self) -> Option<Days> {
        let days = || self.counts.documents().filter_map(|(_, document)| document.date);
        Some(Days { first: days().min()?, last: days().max()? })
    }

    /// First and last day of every period that documents lie in, as far as the corpus goes.
    pub(super) fn periods(&self) -> BTreeMap<String, Days> {
        let (Some(period), Some(corpus)) = (&self.study.compare.period, self.days()) else {
            return BTreeMap::new();
        };
        let mut periods = BTreeMap::new();
        for (_, document) in self.counts.documents() {
            let Some((label, day)) = document.period.as_deref().zip(document.date) else { continue };
            // A period is followed day by day to both its ends: once, not for each of its documents.
            if !periods.contains_key(label) {
                periods.insert(label.to_owned(), days_of(period, day, corpus));
            }
        }
        periods
    }
}

/// The names with the largest numbers; of equal ones the first by name.
fn most_frequent(numbers: BTreeMap<&str, u64>, most: usize) -> BTreeSet<&str> {
    let mut names: Vec<(u64, &str)> = numbers.into_iter().map(|(name, number)| (number, name)).collect();
    names.sort_by_key(|(number, name)| (u64::MAX - number, *name));
    names.into_iter().take(most).map(|(_, name)| name).collect()
}

/// The days of the corpus that bear the same label as `day`.
fn days_of(period: &Period, day: Date, corpus: Days) -> Days {
    let label = period.label(day);
    // By the label, which alone knows whether it stands for a week, a month or what else the study asks for.
    let same = |other: &Date| corpus.first <= *other && *other <= corpus.last && period.label(*other) == label;
    let earlier = std::iter::successors(Some(day), |day| day.yesterday().ok().filter(same));
    let later = std::iter::successors(Some(day), |day| day.tomorrow().ok().filter(same));
    Days { first: earlier.last().unwrap_or(day), last: later.last().unwrap_or(day) }
}
