//! `trends.csv`: what happens to a frame over time, and at days that the study names.

use std::io::Write;

use crate::compare::{Findings, Trend, TrendKind};
use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Table};

const SCALES: [&str; 3] = ["odds-ratio", "share", "correlation"];

/// The description of `trends.csv`.
pub(super) static TRENDS: Table = Table {
    file: "trends.csv",
    row: "A frame over time in a group, or in two groups held against each other. Trends, their differences and lags first, then \
          for each day of `interruptions` the rows of each kind; of one kind by frame (the codebook's order) and group.",
    key: &["frame", "group", "other", "kind", "date"],
    columns: described_in!("trends.tsv", "kind" => words_of!(TrendKind), "scale" => &SCALES),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.trends.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Trend, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.group).text(found.other.as_deref().unwrap_or_default());
    rows.text(found.kind.as_str()).date(found.date);
    rows.text(SCALES[scale(found.kind)]);
    rows.number(found.estimate).interval(found.interval).p_value(found.p_value).p_value(found.q_value);
    rows.number(found.shares.map(|shares| shares[0])).number(found.shares.map(|shares| shares[1]));
    rows.count(found.days.into()).date(found.span.map(|span| span.0)).date(found.span.map(|span| span.1));
    rows.count(found.size.documents).count(found.size.clusters).count(found.size.bins);
    rows.count(found.size.sentences).count(found.size.hits).number(found.autocorrelation);
    rows.optional_count(found.placebo.map(|placebo| placebo.as_far + 1));
    rows.optional_count(found.placebo.map(|placebo| placebo.days)).integer(found.lag).text(&found.note).end()
}

/// Place of the kind's scale among them.
fn scale(kind: TrendKind) -> usize {
    match kind {
        TrendKind::LeadLag => 2,
        _ => usize::from(!kind.is_odds_ratio()),
    }
}
