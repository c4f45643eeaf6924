//! `omnibus.csv`: whether the groups differ in a frame at all.

use std::io::Write;

use crate::compare::{Findings, Omnibus, Test};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `omnibus.csv`.
pub(super) static OMNIBUS: Table = Table {
    file: "omnibus.csv",
    row: "A frame and a period, all groups at once. Sorted by frame (the codebook's order), then period. None where fewer \
          than three groups are large enough to be compared.",
    key: &["frame", "period"],
    columns: &[
        columns::FRAME,
        columns::PERIOD,
        Column::required(
            "groups",
            Kind::Count,
            "Groups held against each other: those with two distinct documents or more.",
        ),
        Column::required(
            "documents",
            Kind::Count,
            "Their documents, copies included unless the study counts the earliest alone.",
        ),
        Column::required("clusters", Kind::Count, "Those that are no copies of one another, by group."),
        columns::THEIR_SENTENCES,
        Column::optional(
            "statistic",
            Kind::Number,
            "Q: squared distance of each group's share from the common one over its variance by documents, summed.",
        ),
        Column::optional("cramers_v", Kind::Number, "Spread of the groups' shares about that of all, between 0 and 1."),
        Column::optional("p_value", Kind::PValue, "p-value that all shares are the same, by dealing documents."),
        Column::optional(
            "q_value",
            Kind::PValue,
            "The p-value adjusted for false discoveries over the frames of the whole span, or over all frames and single \
             periods.",
        ),
        columns::PERMUTATION_TEST,
        columns::REMARKS,
    ],
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.omnibus.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Omnibus, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.period).count(found.groups);
    rows.count(found.documents).count(found.clusters).count(found.sentences);
    rows.number(found.test.map(|test| test.statistic)).number(found.test.map(|test| test.effect));
    rows.p_value(found.test.map(|test| test.p_value)).p_value(found.q_value);
    rows.text(found.kind_of_test().map_or("", Test::as_str)).text(&found.note).end()
}
