//! Rows of `speakers.csv`: who is given which frame. Of a frame's hits in the voice of sources, how many each group of sources speaks.
//! What is *not* here: how much a source speaks at all, in `sources`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compare::cells::{Cells, CountedDocument, DistinctDocument};
use crate::compare::notes::{Notes, Size};
use crate::compare::place::Place;
use crate::compare::share_interval::interval_of;
use crate::compare::{IntervalMethod, OTHER, Plan};
use crate::stats::{ClusteredShare, Interval, UnitCount};

/// How much of a frame's attributed hits in a group and period a group of sources speaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeakerShare {
    /// Id of the frame.
    pub frame: Arc<str>,
    /// Id of the group of sources, or [`OTHER`]: all in no group, the unnamed among them.
    pub source_group: Arc<str>,
    /// Value of the column compared by.
    pub group: Arc<str>,
    /// Label of the period, or [`WHOLE_SPAN`](crate::compare::WHOLE_SPAN).
    pub period: Arc<str>,
    /// Documents in which the group of sources speaks the frame, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Hits of the frame in the voice of any source.
    pub attributed: u64,
    /// Of these, in that of the group of sources.
    pub hits: u64,
    /// The second as a share of the first, in [0, 1].
    pub share: Option<f64>,
    /// Its 95 % confidence interval, by documents.
    pub interval: Option<Interval>,
    /// How the interval was computed.
    pub method: Option<IntervalMethod>,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// By place, its rows by frame and group of sources; none where the codebook has no groups of sources.
pub(super) fn rows(plan: &Plan, cells: &Cells<'_>) -> Vec<Vec<SpeakerShare>> {
    if plan.source_groups().is_empty() {
        return Vec::new();
    }
    cells.places().into_par_iter().map(|place| rows_in(plan, cells, place)).collect()
}

fn rows_in(plan: &Plan, cells: &Cells<'_>, place: Place<'_>) -> Vec<SpeakerShare> {
    let documents = cells.documents_of(place);
    let mut units: BTreeMap<DistinctDocument<'_>, usize> = BTreeMap::new();
    let numbers = documents.iter().map(|entry| {
        let next = units.len();
        *units.entry(entry.distinct()).or_insert(next)
    });
    let cell = SpeakerCell { place, documents, numbers: numbers.collect(), units: units.len() };
    let mut rows = Vec::new();
    for (frame, id) in plan.frames().iter().enumerate() {
        for speaker in plan.source_groups().iter().map(|id| Some(id.as_str())).chain([None]) {
            rows.push(SpeakerShare { frame: id.as_str().into(), ..cell.row(frame, speaker) });
        }
    }
    rows
}

/// The documents of a place, and which of them are one text.
struct SpeakerCell<'c, 'a> {
    place: Place<'c>,
    documents: &'c [CountedDocument<'a>],
    /// By document, the number of its distinct document.
    numbers: Vec<usize>,
    units: usize,
}

impl SpeakerCell<'_, '_> {
    fn row(&self, frame: usize, speaker: Option<&str>) -> SpeakerShare {
        let mut units = vec![UnitCount { k: 0, n: 0 }; self.units];
        let mut documents = 0;
        for (entry, number) in self.documents.iter().zip(&self.numbers) {
            let UnitCount { k, n } = spoken(entry, frame, speaker);
            units[*number] = UnitCount { k: units[*number].k + k, n: units[*number].n + n };
            documents += u64::from(k > 0);
        }
        units.retain(|unit| unit.n > 0);
        let share = ClusteredShare::of_counts(units.iter().copied());
        let clusters = units.iter().filter(|unit| unit.k > 0).count() as u64;
        let (interval, method) = interval_of(&share);
        SpeakerShare {
            source_group: speaker.unwrap_or(OTHER).into(),
            group: self.place.group.into(),
            period: self.place.period.into(),
            documents,
            clusters,
            attributed: share.n,
            hits: share.k,
            share: share.share(),
            interval,
            method,
            note: self.note(frame, &share, clusters),
            ..SpeakerShare::default()
        }
    }

    fn note(&self, frame: usize, share: &ClusteredShare, clusters: u64) -> Arc<str> {
        let mut notes = Notes::default();
        notes.add_size(Size { documents: self.documents.len() as u64, distinct: self.units as u64 }, " of the group");
        let counts = || self.documents.iter().filter_map(|entry| entry.counts.frames.iter().nth(frame));
        let is_voiceless =
            share.n == 0 && counts().any(|counts| counts.hits > 0) && counts().all(|counts| counts.own == 0);
        notes.add(is_voiceless, "no voice is known of the frame's hits");
        notes.add(!self.documents.is_empty() && share.n == 0 && !is_voiceless, "no source speaks the frame");
        notes.add(share.units == 1, "no interval from one document");
        if share.units > 1 {
            notes.add_weight(share, clusters, "");
        }
        notes.into_text()
    }
}

/// Hits of a frame in the voice of sources in one document, and those of them that the group of sources speaks.
fn spoken(document: &CountedDocument<'_>, frame: usize, speaker: Option<&str>) -> UnitCount {
    let n = document.counts.frames.iter().nth(frame).map_or(0, |counts| counts.attributed);
    let given = document.counts.given.iter().filter(|given| given.frame == frame);
    let k = match speaker {
        Some(group) => given.filter(|given| &*given.group == group).map(|given| given.hits).sum(),
        None => n.saturating_sub(given.map(|given| given.hits).sum()),
    };
    UnitCount { k: k.min(n), n }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{counts, document};
    use crate::compare::{DocumentCounts, FrameCounts, GivenHits, Plan, findings};
    use crate::model::CompareSettings;

    #[test]
    fn attributed_hits_are_the_groups_or_the_others() {
        let counted = |id: &str, attributed: u64, given: &[&str]| {
            let frame = FrameCounts { hits: attributed + 1, own: 1, attributed, ..FrameCounts::default() };
            let given = GivenHits::of(given.iter().map(|group| (0, *group))).into();
            let counts = DocumentCounts { frames: vec![frame].into(), given, ..document("alfa", "", 20, [0, 0, 0]) };
            (id.to_owned(), counts)
        };
        let documents = [counted("a", 4, &["city", "city", "state"]), counted("b", 1, &[]), counted("c", 0, &[])];
        let plan = Plan::new(vec!["threat".to_owned()], CompareSettings::default(), 1).unwrap();
        let plan = plan.with_source_groups(vec!["city".to_owned(), "state".to_owned()]);
        let found = findings(&plan, &counts(documents)).speakers;
        let rows: Vec<_> =
            found.iter().map(|row| (&*row.source_group, row.hits, row.attributed, row.documents)).collect();
        assert_eq!(rows, [("city", 2, 5, 1), ("state", 1, 5, 1), (OTHER, 2, 5, 2)]);
        assert_eq!(found[0].share, Some(0.4));
    }

    /// A scorer of whole documents tells no voice of what it finds, which is not to say that no source speaks.
    #[test]
    fn what_has_no_voice_is_not_taken_for_the_outlets_own() {
        let plan = Plan::new(vec!["threat".to_owned()], CompareSettings::default(), 1).unwrap();
        let plan = plan.with_source_groups(vec!["city".to_owned()]);
        for (hits, own, note) in [
            (1, 0, "no voice is known of the frame's hits"),
            (1, 1, "no source speaks the frame"),
            (0, 0, "no source speaks the frame"),
        ] {
            let frame = FrameCounts { hits, own, ..FrameCounts::default() };
            let documents = ["a", "b", "c", "d", "e"].map(|id| {
                let counts = DocumentCounts { frames: vec![frame].into(), ..document("alfa", "", 20, [0, 0, 0]) };
                (id.to_owned(), counts)
            });
            assert_eq!(&*findings(&plan, &counts(documents)).speakers[0].note, note, "{hits} hits, {own} own");
        }
    }
}
