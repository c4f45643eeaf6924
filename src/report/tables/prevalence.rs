//! `prevalence.csv`: how often each group carries each frame in each period.

use std::io::Write;

use crate::compare::{Corrected, Findings, IntervalMethod, Prevalence};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};

/// The description of `prevalence.csv`.
pub(super) static PREVALENCE: Table = Table {
    file: "prevalence.csv",
    row: "A frame in a group and a period. Sorted by frame (the codebook's order), group and period, the whole span first.",
    key: &["frame", "group", "period"],
    columns: described_in!("prevalence.tsv"),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    add_prevalence(&findings.prevalence, rows)
}

/// Such rows with the header of the file, in memory.
///
/// # Errors
/// None but a bug can cause in memory.
pub(in crate::report) fn prevalence_rows(prevalence: &[Prevalence]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&PREVALENCE);
    add_prevalence(prevalence, &mut rows)?;
    rows.into_table()
}

fn add_prevalence<W: Write>(prevalence: &[Prevalence], rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in prevalence {
        rows.text(&found.frame).text(&found.group).text(&found.period);
        rows.text(found.voice.as_str()).text(found.stance.as_str());
        rows.count(found.documents).count(found.clusters).count(found.sentences).count(found.hits);
        rows.number(found.estimate).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str)).number(found.icc).number(found.deff);
        corrected_share(found.corrected.as_deref(), rows);
        rows.count(found.codings).number(found.without_rule_share).text(&found.note).end()?;
    }
    Ok(())
}

/// The corrected share with its interval.
pub(super) fn corrected_share<W: Write>(corrected: Option<&Corrected>, rows: &mut Rows<W>) {
    rows.number(corrected.map(|corrected| corrected.estimate));
    rows.number(corrected.and_then(|corrected| corrected.low));
    rows.number(corrected.and_then(|corrected| corrected.high));
}
