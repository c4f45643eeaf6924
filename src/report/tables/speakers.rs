//! `speakers.csv`: who is given which frame.

use std::io::Write;

use crate::compare::{Findings, IntervalMethod};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `speakers.csv`.
pub(super) static SPEAKERS: Table = Table {
    file: "speakers.csv",
    row: "A frame and a group of sources of the codebook's [sources], or \"(other)\" for all who are in none, in a group of documents \
          and a period. Sorted by frame and group of sources (the codebook's order), group and period, the whole span first. \
          Sentences count whatever the study's unit, voice and stance are.",
    key: &["frame", "source_group", "group", "period"],
    columns: &[
        columns::FRAME,
        Column::required("source_group", Kind::Text, "Id of the group of sources; (other)."),
        columns::GROUP,
        columns::PERIOD,
        Column::required("attributed", Kind::Count, "Sentences with the frame in the voice of any source."),
        Column::required(
            "hits",
            Kind::Count,
            "Of these, in the voice of the group of sources (source_group in codings.csv).",
        ),
        Column::optional(
            "share",
            Kind::Share,
            "These as a share of attributed; the shares of a frame in a group sum to 1.",
        ),
        columns::SHARE_LOW,
        columns::SHARE_HIGH,
        columns::METHOD,
        Column::required(
            "documents",
            Kind::Count,
            "Documents in which the group of sources speaks the frame, copies included unless the study counts the earliest alone.",
        ),
        Column::required("clusters", Kind::Count, "Those that are no copies of one another."),
        columns::REMARKS,
    ],
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.speakers {
        rows.text(&found.frame).text(&found.source_group).text(&found.group).text(&found.period);
        rows.count(found.attributed).count(found.hits).number(found.share).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str)).count(found.documents).count(found.clusters);
        rows.text(&found.note).end()?;
    }
    Ok(())
}
