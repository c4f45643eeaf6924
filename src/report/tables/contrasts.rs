//! `contrasts.csv`: which of two frames a group carries more often.

use std::io::Write;

use crate::compare::Findings;
use crate::report::columns;
use crate::report::tables::comparisons::corrected_cells;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `contrasts.csv`.
pub(super) static CONTRASTS: Table = Table {
    file: "contrasts.csv",
    row: "Two frames held against each other in a group and a period. Sorted by contrast (the study's order), group and \
          period.",
    key: &["frame_a", "frame_b", "group", "period"],
    columns: &[
        columns::FRAME_A,
        columns::FRAME_B,
        columns::GROUP,
        columns::PERIOD,
        Column::required("hits_a", Kind::Count, "Hits of frame_a."),
        Column::required("hits_b", Kind::Count, "Hits of frame_b."),
        Column::optional(
            "log_ratio",
            Kind::Number,
            "Natural logarithm of hits_a over hits_b; above 0 where frame_a is the more frequent.",
        ),
        columns::CONF_LOW,
        columns::CONF_HIGH,
        Column::optional(
            "p_value",
            Kind::PValue,
            "Two-sided p-value from swapping the frames' counts within documents.",
        ),
        columns::Q_VALUE,
        Column::optional(
            "corrected",
            Kind::Number,
            "Natural logarithm of the ratio of the two shares as hand codings correct them.",
        ),
        Column::optional(
            "corrected_low",
            Kind::Number,
            "Lower end of its 95 % confidence interval; empty where it has none, as frame_a's share may be 0.",
        ),
        Column::optional(
            "corrected_high",
            Kind::Number,
            "Upper end of its 95 % confidence interval; empty where it has none, as frame_b's share may be 0.",
        ),
        columns::CORRECTED_P,
        columns::CORRECTED_Q,
        Column::required("codings", Kind::Count, "Hand codings with known probability of both frames."),
        columns::REMARKS,
    ],
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.contrasts {
        rows.text(&found.frame_a).text(&found.frame_b).text(&found.group).text(&found.period);
        rows.count(found.hits_a).count(found.hits_b);
        rows.number(found.log_ratio).interval(found.interval);
        rows.p_value(found.p_value).p_value(found.q_value);
        corrected_cells(found.corrected, rows);
        rows.count(found.codings).text(&found.note).end()?;
    }
    Ok(())
}
