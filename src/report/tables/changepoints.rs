//! `changepoints.csv`: days at which a frame's share takes another level.

use std::io::Write;

use crate::compare::{Changepoint, Findings};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};

/// The description of `changepoints.csv`.
pub(super) static CHANGEPOINTS: Table = Table {
    file: "changepoints.csv",
    row: "A change of level of a frame in a group; of a series without one, the likeliest day. Sorted by frame (the codebook's \
          order), group and day.",
    key: &["frame", "group", "date"],
    columns: described_in!("changepoints.tsv"),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.changepoints.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Changepoint, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.group).date(found.date).boolean(found.is_change);
    rows.number(found.shares.map(|shares| shares[0])).number(found.shares.map(|shares| shares[1]));
    rows.number(found.shares.map(|shares| shares[1] - shares[0])).number(found.posterior);
    rows.date(found.range.map(|range| range.0)).date(found.range.map(|range| range.1));
    rows.p_value(found.p_value).p_value(found.q_value).number(found.design_effect);
    rows.number(found.penalties.map(|it| it.0)).number(found.penalties.and_then(|it| it.1)).count(found.bin_days);
    rows.count(found.size.documents).count(found.size.clusters).count(found.size.bins);
    rows.count(found.size.sentences).count(found.size.hits).text(&found.note).end()
}
