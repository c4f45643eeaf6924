//! `speakers.csv`: who is given which frame.

use std::io::Write;

use crate::compare::{Findings, IntervalMethod};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};

/// The description of `speakers.csv`.
pub(super) static SPEAKERS: Table = Table {
    file: "speakers.csv",
    row: "A frame and a group of sources of the codebook's [sources], or \"(other)\" for all who are in none, in a group of documents \
          and a period. Sorted by frame and group of sources (the codebook's order), group and period, the whole span first. \
          Sentences count whatever the study's unit, voice and stance are.",
    key: &["frame", "source_group", "group", "period"],
    columns: described_in!("speakers.tsv"),
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
