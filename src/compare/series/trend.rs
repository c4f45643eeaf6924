//! A row of `trends.csv`.

use std::sync::Arc;

use jiff::civil::Date;

use crate::compare::families;
use crate::compare::notes::Notes;
use crate::compare::series::dated::DatedGroup;
use crate::compare::study_time::StudyTime;
use crate::stats::{Interval, Placebo};

/// What happens to a frame over time in a group, or how that differs from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Id of the frame.
    pub frame: String,
    /// Value of the column compared by.
    pub group: String,
    /// The group that it is held against; `None` in rows of one group.
    pub other: Option<String>,
    /// What the row is of.
    pub kind: TrendKind,
    /// The day named in the study; `None` for trends over the whole span.
    pub date: Option<Date>,
    /// An odds ratio or a difference of shares, as the kind says.
    pub estimate: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
    /// Two-sided p-value that nothing changes, or that both groups change alike.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg over the rows of this kind.
    pub q_value: Option<f64>,
    /// The group's shares at the first and the last day, or before and after the day named.
    pub shares: Option<[f64; 2]>,
    /// Days that an odds ratio is per.
    pub days: u32,
    /// First and last day with documents.
    pub span: Option<(Date, Date)>,
    /// What the row rests on.
    pub size: SeriesSize,
    /// First autocorrelation of the bins' residuals, of an interrupted series.
    pub autocorrelation: Option<f64>,
    /// What the same step comes to at other days.
    pub placebo: Option<Placebo>,
    /// Days by which the other group follows the first; below 0 where it goes before.
    pub lag: Option<i32>,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// What a row of `trends.csv` is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrendKind {
    /// Odds ratio a stretch of time over the whole span.
    Trend,
    /// The ratio of two groups' odds ratios.
    TrendDifference,
    /// By how many days the other group follows.
    LeadLag,
    /// The share just after a day less that just before, as slopes before and after lead to them.
    Step,
    /// The ratio of the odds ratios after a day and before it.
    SlopeChange,
    /// The share of all after a day less that of all before.
    BeforeAfter,
    /// The difference of two groups' differences.
    DifferenceInDifferences,
}

impl TrendKind {
    /// All, in the order of the table.
    pub const ALL: [Self; 7] = [
        Self::Trend,
        Self::TrendDifference,
        Self::LeadLag,
        Self::Step,
        Self::SlopeChange,
        Self::BeforeAfter,
        Self::DifferenceInDifferences,
    ];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::TrendDifference => "trend-difference",
            Self::LeadLag => "lead-lag",
            Self::Step => "step",
            Self::SlopeChange => "slope-change",
            Self::BeforeAfter => "before-after",
            Self::DifferenceInDifferences => "difference-in-differences",
        }
    }

    /// Whether the estimate is an odds ratio, 1 where nothing changes; else it is a difference of shares.
    #[must_use]
    pub const fn is_odds_ratio(self) -> bool {
        matches!(self, Self::Trend | Self::TrendDifference | Self::SlopeChange)
    }
}

/// What a row over time rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeriesSize {
    /// Documents with a date, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Days, or bins of an interrupted series, with documents.
    pub bins: u64,
    /// Sentences.
    pub sentences: u64,
    /// Hits of the frame.
    pub hits: u64,
}

impl SeriesSize {
    /// Of a frame in a group.
    pub(super) fn of(group: &DatedGroup<'_>, frame: usize) -> Self {
        Self {
            documents: group.documents.len() as u64,
            clusters: group.clusters as u64,
            bins: group.days() as u64,
            sentences: group.documents.iter().map(|document| document.sentences).sum(),
            hits: group.documents.iter().map(|document| document.counts.k[frame]).sum(),
        }
    }

    /// Of both groups of a difference.
    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            documents: self.documents + other.documents,
            clusters: self.clusters + other.clusters,
            bins: self.bins + other.bins,
            sentences: self.sentences + other.sentences,
            hits: self.hits + other.hits,
        }
    }
}

/// A frame, by id and by place.
#[derive(Clone, Copy)]
pub(super) struct NumberedFrame<'p> {
    pub(super) id: &'p str,
    pub(super) index: usize,
}

impl Trend {
    /// A row of one group without an estimate yet.
    pub(super) fn empty(kind: TrendKind, frame: NumberedFrame<'_>, group: &DatedGroup<'_>, scale: StudyTime) -> Self {
        let days = group.documents.first().zip(group.documents.last());
        Self {
            frame: frame.id.to_owned(),
            group: group.name.to_owned(),
            other: None,
            kind,
            date: None,
            estimate: None,
            interval: None,
            p_value: None,
            q_value: None,
            shares: None,
            days: scale.days(),
            span: days.map(|(first, last)| (scale.date(first.day), scale.date(last.day))),
            size: SeriesSize::of(group, frame.index),
            autocorrelation: None,
            placebo: None,
            lag: None,
            note: Arc::default(),
        }
    }

    /// A row of two groups without an estimate yet.
    pub(super) fn empty_of_pair(
        kind: TrendKind,
        frame: NumberedFrame<'_>,
        pair: [&DatedGroup<'_>; 2],
        scale: StudyTime,
    ) -> Self {
        let [row, other] = pair.map(|group| Self::empty(kind, frame, group, scale));
        let (size, span) = (row.size.plus(other.size), row.span.zip(other.span));
        let span = span.map(|((a, b), (c, d))| (a.min(c), b.max(d)));
        Self { other: Some(other.group), size, span, ..row }
    }
}

/// What is said of every row of a frame in a group; `of` names the group where it is not plain.
pub(super) fn add_remarks(notes: &mut Notes, frame: NumberedFrame<'_>, group: &DatedGroup<'_>, of: &str) {
    notes.add_few_carriers(group.carriers[frame.index] as u64, of);
    add_remarks_of_group(notes, group, of);
}

/// What is said of the rows of all frames in a group.
pub(super) fn add_remarks_of_group(notes: &mut Notes, group: &DatedGroup<'_>, of: &str) {
    notes.add(group.undated > 0, &format!("left out{of}, as without a date: {}", group.undated));
    notes.add(group.is_corrected, &format!("not corrected by hand codings{of}"));
}

/// Adjusts the p-values of each kind of row apart.
pub(super) fn adjust(rows: &mut [Trend]) {
    for kind in TrendKind::ALL {
        let of_kind = rows.iter_mut().filter(|row| row.kind == kind);
        families::adjust(of_kind.map(|row| (row.p_value, &mut row.q_value)));
    }
}
