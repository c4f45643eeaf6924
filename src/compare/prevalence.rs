//! Rows of `prevalence.csv`: how often each group carries each frame.

use crate::compare::cells::{Cell, Place};
use crate::compare::families::append;
use crate::compare::notes::Notes;
use crate::compare::{Corrected, Plan};
use crate::model::VoiceFilter;
use crate::stats::{ClusteredShare, Interval, intraclass_correlation, korn_graubard, logit_t};

/// How often one group carries one frame in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Prevalence {
    /// Id of the frame.
    pub frame: String,
    /// Value of the column compared by.
    pub group: String,
    /// Label of the period, or [`WHOLE_SPAN`](crate::compare::WHOLE_SPAN).
    pub period: String,
    /// Whose hits count.
    pub voice: VoiceFilter,
    /// Documents of the cell, copies included.
    pub documents: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Sentences that carry the frame; with documents as the unit, documents that do.
    pub hits: u64,
    /// Hits as a share of sentences, or of documents, in [0, 1].
    pub estimate: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
    /// How the interval was computed.
    pub method: Option<IntervalMethod>,
    /// Intraclass correlation of sentences within documents; at most 1, below 0 when documents differ less than chance.
    pub icc: Option<f64>,
    /// Design effect: by how much clustering inflates the variance of the share.
    pub deff: Option<f64>,
    /// The share corrected by hand codings that were drawn with known probabilities; `None` where there are none, or too
    /// few.
    pub corrected: Option<Corrected>,
    /// Such codings in the cell, whether or not they are enough.
    pub codings: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: String,
}

/// How the interval of a share was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalMethod {
    /// Variance by leaving out one document at a time, on the logit scale, with Student's t.
    LogitT,
    /// Clopper-Pearson on the effective sample size.
    KornGraubard,
}

impl IntervalMethod {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LogitT => "logit-t",
            Self::KornGraubard => "korn-graubard",
        }
    }
}

impl Prevalence {
    /// The row of one frame, by its index, in one cell.
    pub(super) fn new(plan: &Plan, frame: usize, place: Place<'_>, cell: &Cell<'_>) -> Self {
        let share = ClusteredShare::of(&cell.units, frame);
        let (interval, method) = interval_of(&share);
        let icc = intraclass_correlation(&cell.units, frame);
        let mean = share.n as f64 / share.units as f64;
        let correction = cell.correction(frame, place.period);
        let mut row = Self {
            frame: plan.frames()[frame].clone(),
            group: place.group.to_owned(),
            period: place.period.to_owned(),
            voice: plan.settings().voice,
            documents: cell.documents,
            sentences: cell.sentences,
            hits: share.k,
            estimate: share.share(),
            interval,
            method,
            icc,
            deff: icc.map(|icc| 1.0 + (mean - 1.0) * icc),
            corrected: correction.corrected(),
            codings: correction.count(),
            note: String::new(),
        };
        row.note = note(cell, frame, &share, &row);
        correction.remarks.iter().for_each(|remark| append(&mut row.note, remark));
        row
    }
}

/// The 95 % interval of a share, and how it was computed.
pub(super) fn interval_of(share: &ClusteredShare) -> (Option<Interval>, Option<IntervalMethod>) {
    match logit_t(share) {
        Some(interval) => (Some(interval), Some(IntervalMethod::LogitT)),
        None => korn_graubard(share).map(|interval| (interval, IntervalMethod::KornGraubard)).unzip(),
    }
}

fn note(cell: &Cell<'_>, frame: usize, share: &ClusteredShare, row: &Prevalence) -> String {
    let some = row.estimate.is_some();
    let mut notes = Notes::default();
    notes.add_size(cell.size(), "");
    notes.add(cell.documents > 0 && !some, "no sentences");
    notes.add(cell.distinct >= 2 && cell.distinct < cell.documents, &format!("{} distinct documents", cell.distinct));
    notes.add(share.units == 1, "no interval from one document");
    notes.add(some && share.k == 0, "no hits");
    notes.add(some && share.k == share.n, "nothing but hits");
    if row.interval.is_some() {
        notes.add_weight(share, cell.carriers(frame), "");
    }
    notes.add(share.n > 0 && share.n == share.units, "each document counts once: no icc");
    notes.into_text()
}
