//! `contrasts.csv`: which of two frames a group carries more often.

use std::io::Write;

use crate::compare::Findings;
use crate::report::columns::described_in;
use crate::report::tables::comparisons::corrected_cells;
use crate::report::{ReportError, Rows, Table};

/// The description of `contrasts.csv`.
pub(super) static CONTRASTS: Table = Table {
    file: "contrasts.csv",
    row: "Two frames held against each other in a group and a period. Sorted by contrast (the study's order), group and \
          period.",
    key: &["frame_a", "frame_b", "group", "period"],
    columns: described_in!("contrasts.tsv"),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.contrasts {
        rows.text(&found.frame_a).text(&found.frame_b).text(&found.group).text(&found.period);
        rows.count(found.hits_a).count(found.hits_b);
        rows.number(found.log_ratio).interval(found.interval);
        rows.p_value(found.p_value).p_value(found.q_value);
        corrected_cells(found.corrected.as_deref(), rows);
        rows.count(found.sample.documents).count(found.sample.clusters).count(found.sample.sentences);
        rows.count(found.codings).text(&found.note).end()?;
    }
    Ok(())
}
