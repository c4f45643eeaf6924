//! `changepoints.csv`: days at which a frame's share takes another level.

use std::io::Write;

use crate::compare::{Changepoint, Findings};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `changepoints.csv`.
pub(super) static CHANGEPOINTS: Table = Table {
    file: "changepoints.csv",
    row: "A change of level of a frame in a group; of a series without one, the likeliest day. Sorted by frame (the codebook's \
          order), group and day.",
    key: &["frame", "group", "date"],
    columns: &[
        columns::FRAME,
        columns::GROUP,
        Column::optional("date", Kind::Date, "First day of the new level; where bins are weeks, of its first week."),
        Column::required(
            "change",
            Kind::Boolean,
            "Whether the level changes: the binomial cost over the design effect falls by more than 3 ln(bins) (optimal \
             partitioning, at least two bins a level).",
        ),
        Column::optional(
            "before",
            Kind::Share,
            "The share of the level before, from the change before or the beginning.",
        ),
        Column::optional("after", Kind::Share, "The share of the level after, to the next change or the end."),
        Column::optional("difference", Kind::Number, "The second less the first."),
        Column::optional(
            "posterior",
            Kind::Share,
            "How likely it is that this is the day, given one change between those before and after; counts over the design \
             effect, uniform shares.",
        ),
        Column::optional("date_low", Kind::Date, "First day of those that hold 95 % of that."),
        Column::optional("date_high", Kind::Date, "Last day of those that hold 95 % of that."),
        Column::optional(
            "p_value",
            Kind::PValue,
            "p-value that the share is the same at all times, by dealing documents over the bins; of the whole series.",
        ),
        Column::optional("q_value", Kind::PValue, "The p-value adjusted for false discoveries over frames and groups."),
        Column::optional(
            "deff",
            Kind::Number,
            "Design effect: variance of the share by leaving out one document at a time (CR3) over that of independent sentences, at \
             least 1. prevalence.csv has another, from the intraclass correlation.",
        ),
        Column::optional("penalty", Kind::Number, "What each change must save of the cost: 3 ln(bins)."),
        Column::optional(
            "penalty_of_fewer",
            Kind::Number,
            "The penalty from which on the series would have fewer changes; the farther above `penalty`, the surer they are. Empty \
             where there is none.",
        ),
        Column::required("bin_days", Kind::Count, "Days of a bin: 1, or 7 in a study of more than 182 days."),
        columns::DATED_DOCUMENTS,
        Column::required(
            "clusters",
            Kind::Count,
            "Those that are no copies of one another, each at the day of the first.",
        ),
        Column::required("bins", Kind::Count, "Bins with documents."),
        columns::THEIR_SENTENCES,
        columns::HITS_OR_CARRIERS,
        columns::REMARKS,
    ],
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
