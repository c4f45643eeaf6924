//! Rows of `prevalence.csv`: how often each group carries each frame.

use crate::compare::Plan;
use crate::compare::cells::Cell;
use crate::compare::notes::Notes;
use crate::model::VoiceFilter;
use crate::stats::{Interval, RatioSums, intraclass_correlation, korn_graubard, logit_t};

/// With fewer documents that carry a frame, no interval for a rare and clustered frame keeps its level: simulated
/// coverage of nominal 95 % intervals falls to .83-.90 for shares of .02 to .10 with an intraclass correlation of .3.
const RARE: usize = 10;

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
    pub method: Option<Method>,
    /// Intraclass correlation of sentences within documents; at most 1, below 0 when documents differ less than chance.
    pub icc: Option<f64>,
    /// Design effect: by how much clustering inflates the variance of the share.
    pub deff: Option<f64>,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: String,
}

/// How the interval of a share was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Linearised variance over documents, on the logit scale, with Student's t.
    LogitT,
    /// Clopper-Pearson on the effective sample size.
    KornGraubard,
}

impl Method {
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
    pub(super) fn new(plan: &Plan, frame: usize, (group, period): (&str, &str), cell: &Cell) -> Self {
        let sums = RatioSums::of(&cell.units, frame);
        let (interval, method) = interval_of(&sums);
        let icc = intraclass_correlation(&cell.units, frame);
        let mean = sums.n as f64 / sums.units as f64;
        let mut row = Self {
            frame: plan.frames()[frame].clone(),
            group: group.to_owned(),
            period: period.to_owned(),
            voice: plan.settings().voice,
            documents: cell.documents,
            sentences: cell.sentences,
            hits: sums.k,
            estimate: sums.share(),
            interval,
            method,
            icc,
            deff: icc.map(|icc| 1.0 + (mean - 1.0) * icc),
            note: String::new(),
        };
        row.note = note(cell, frame, &sums, &row);
        row
    }
}

/// The 95 % interval of a share, and how it was computed.
pub(super) fn interval_of(sums: &RatioSums) -> (Option<Interval>, Option<Method>) {
    match logit_t(sums) {
        Some(interval) => (Some(interval), Some(Method::LogitT)),
        None => korn_graubard(sums).map(|interval| (interval, Method::KornGraubard)).unzip(),
    }
}

fn note(cell: &Cell, frame: usize, sums: &RatioSums, row: &Prevalence) -> String {
    let carriers = cell.units.iter().filter(|unit| unit.k[frame] > 0).count();
    let some = row.estimate.is_some();
    let mut notes = Notes::default();
    notes.add_size(cell.size(), "");
    notes.add(cell.documents > 0 && !some, "no sentences");
    notes.add(cell.distinct >= 2 && cell.distinct < cell.documents, &format!("{} distinct documents", cell.distinct));
    notes.add(sums.units == 1, "no interval from one document");
    notes.add(some && sums.k == 0, "no hits");
    notes.add(some && sums.k == sums.n, "nothing but hits");
    notes.add(
        row.interval.is_some() && carriers < RARE,
        "fewer than 10 documents with a hit: the interval may be too narrow",
    );
    notes.add(sums.n > 0 && sums.n == sums.units, "each document counts once: no icc");
    notes.into_text()
}
