//! `within.csv`: how two groups differ in a frame inside the values of a column.

use std::io::Write;

use crate::compare::{Findings, Test, TestFamily, WithinComparison, WithinSide};
use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Table};

/// The description of `within.csv`.
pub(super) static WITHIN: Table = Table {
    file: "within.csv",
    row: "A frame and a pair of groups (or a group and all the others together) over the whole span, compared inside each value of \
          the column that the study names as within, and pooled. Sorted by frame (the codebook's order), then pair. None where \
          the study names no such column.",
    key: &["frame", "group_a", "group_b"],
    columns: described_in!("within.tsv", "family" => words_of!(TestFamily)),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.within.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &WithinComparison, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.group_a).text(&found.group_b).text(&found.within).count(found.strata);
    let counts: [fn(&WithinSide) -> u64; 5] =
        [|side| side.documents, |side| side.clusters, |side| side.sentences, |side| side.hits, |side| side.left_out];
    for count in counts {
        rows.count(count(&found.a)).count(count(&found.b));
    }
    let (difference, log_odds) = (found.difference, found.log_odds_ratio);
    rows.number(found.crude).number(difference.map(|pooled| pooled.estimate));
    rows.interval(difference.and_then(|pooled| pooled.interval));
    rows.number(difference.and_then(|pooled| pooled.standard_error));
    rows.number(log_odds.map(|pooled| pooled.estimate)).interval(log_odds.and_then(|pooled| pooled.interval));
    rows.p_value(found.p_value).p_value(found.q_value).text(found.test.map_or("", Test::as_str));
    rows.text(found.family.as_str()).text(&found.note).end()
}
