//! What the figures of a study are made from, and what all their tables have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use jiff::civil::Date;

use crate::codebook::Codebook;
use crate::compare::{Counts, Findings};
use crate::model::{Study, Unit, VoiceFilter};
use crate::report::figures::{Look, ReliabilityBin};
use crate::report::{Column, Kind, Rows};

/// Groups in one figure; with more, those with the most documents are drawn.
pub(super) const MOST_GROUPS: usize = 30;

/// Frames in one figure; with more, those with the most hits are drawn.
pub(super) const MOST_FRAMES: usize = 24;

/// A study that has been run.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was asked.
    pub study: &'a Study,
    /// The frames, with their labels.
    pub codebook: &'a Codebook,
    /// The documents counted.
    pub counts: &'a Counts,
    /// What was found.
    pub findings: &'a Findings,
    /// How the scorer's probabilities hold up against human coders; empty where nobody coded by hand.
    pub reliability: &'a [ReliabilityBin],
}

pub(super) const BY: Column = Column::required("by", Kind::Text, "The column whose values are the groups.");
pub(super) const VOICE: Column = Column::required("voice", Kind::Choice(&VOICES), "Whose hits count.");
pub(super) const UNIT: Column = Column::required("unit", Kind::Choice(&UNITS), "What a share is a share of.");
pub(super) const ALL_GROUPS: Column = Column::required(
    "all_groups",
    Kind::Count,
    "Groups in the study; where this table has fewer, they are those with the most documents.",
);
pub(super) const FIRST_DAY: Column = Column::optional("first_day", Kind::Date, "Day of the first document.");
pub(super) const LAST_DAY: Column = Column::optional("last_day", Kind::Date, "Day of the last document.");

const VOICES: [&str; 3] = [VoiceFilter::All.as_str(), VoiceFilter::Own.as_str(), VoiceFilter::Attributed.as_str()];
const UNITS: [&str; 2] = [Unit::Sentence.as_str(), Unit::Document.as_str()];

impl<'a> Subject<'a> {
    /// How its figures look at that width in millimetres.
    #[must_use]
    pub fn look(&self, width: f64) -> Look<'a> {
        Look { study: self.study, frames: &self.codebook.frames, width, height: None }
    }

    /// Adds the cells of the columns that every table of groups has: [`BY`], [`VOICE`], [`UNIT`], [`ALL_GROUPS`],
    /// [`FIRST_DAY`], [`LAST_DAY`].
    pub(super) fn add_context<W: Write>(&self, rows: &mut Rows<W>) {
        let compare = &self.study.compare;
        rows.text(&compare.by).text(compare.voice.as_str()).text(compare.unit.as_str());
        rows.count(self.documents().len() as u64);
        let (first, last) = self.days().unzip();
        rows.date(first).date(last);
    }

    /// Documents by group.
    pub(super) fn documents(&self) -> BTreeMap<&'a str, u64> {
        let mut documents = BTreeMap::new();
        for (_, document) in self.counts.documents() {
            *documents.entry(&*document.group).or_default() += 1;
        }
        documents
    }

    /// The groups that are drawn.
    pub(super) fn groups(&self) -> BTreeSet<&'a str> {
        let mut groups: Vec<(u64, &str)> = self.documents().into_iter().map(|(group, n)| (n, group)).collect();
        groups.sort_by_key(|(documents, group)| (u64::MAX - documents, *group));
        groups.into_iter().take(MOST_GROUPS).map(|(_, group)| group).collect()
    }

    /// The frames that are drawn.
    pub(super) fn frames(&self) -> BTreeSet<&'a str> {
        let mut hits: BTreeMap<&str, u64> = BTreeMap::new();
        for (_, document) in self.counts.documents() {
            for (frame, counted) in self.codebook.frames.iter().zip(document.frames.iter()) {
                *hits.entry(&frame.id).or_default() += counted.hits;
            }
        }
        let mut frames: Vec<(u64, &str)> = hits.into_iter().map(|(frame, hits)| (hits, frame)).collect();
        frames.sort_by_key(|(hits, frame)| (u64::MAX - hits, *frame));
        frames.into_iter().take(MOST_FRAMES).map(|(_, frame)| frame).collect()
    }

    /// The first and the last day of the corpus, where its documents have dates.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let days = || self.counts.documents().filter_map(|(_, document)| document.date);
        days().min().zip(days().max())
    }

    /// First and last day of every period that documents lie in, as far as the corpus goes.
    pub(super) fn periods(&self) -> BTreeMap<String, (Date, Date)> {
        let (Some(period), Some((first, last))) = (&self.study.compare.period, self.days()) else {
            return BTreeMap::new();
        };
        let mut periods = BTreeMap::new();
        for (_, document) in self.counts.documents() {
            let Some((label, day)) = document.period.as_deref().zip(document.date) else { continue };
            if periods.contains_key(label) {
                continue;
            }
            let (mut start, mut end) = (day, day);
            while let Some(before) = start.yesterday().ok().filter(|day| *day >= first && period.label(*day) == label) {
                start = before;
            }
            while let Some(after) = end.tomorrow().ok().filter(|day| *day <= last && period.label(*day) == label) {
                end = after;
            }
            periods.insert(label.to_owned(), (start, end));
        }
        periods
    }
}
