//! `comparisons.csv`: how two groups differ in a frame.

use std::io::Write;

use crate::compare::{Comparison, Corrected, Findings, StricterP, Test, TestFamily};
use crate::report::columns::{described_in, words_of};
use crate::report::tables::prevalence::corrected_share;
use crate::report::{ReportError, Rows, Table};

/// The description of `comparisons.csv`.
pub(super) static COMPARISONS: Table = Table {
    file: "comparisons.csv",
    row: "A frame, a pair of groups (or a group and all the others together) and a period. Sorted by frame (the \
          codebook's order), then pair, then period.",
    key: &["frame", "group_a", "group_b", "period"],
    columns: described_in!("comparisons.tsv", "test" => &TESTS, "family" => words_of!(TestFamily)),
};

const TESTS: [&str; 4] = [
    Test::Welch.as_str(),
    Test::PermutationExact.as_str(),
    Test::PermutationMonteCarlo.as_str(),
    Test::RareCount.as_str(),
];

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.comparisons.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Comparison, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.group_a).text(&found.group_b).text(&found.period);
    rows.number(found.estimate_a).number(found.estimate_b);
    rows.number(found.difference).interval(found.interval);
    rows.number(found.odds_ratio).number(found.cohens_h).p_value(found.p_value).p_value(found.q_value);
    rows.text(found.test.map_or("", Test::as_str)).text(found.family.as_str());
    let StricterP { by_q, holm, max_p } = found.stricter;
    rows.p_value(by_q).p_value(holm).p_value(max_p);
    let (a, b) = (found.sample_a, found.sample_b);
    rows.count(a.documents)
        .count(b.documents)
        .count(a.clusters)
        .count(b.clusters)
        .count(a.sentences)
        .count(b.sentences);
    corrected_cells(found.corrected.as_deref(), rows);
    rows.count(found.codings).text(&found.note).end()
}

/// The corrected value with its interval, p and q.
pub(super) fn corrected_cells<W: Write>(corrected: Option<&Corrected>, rows: &mut Rows<W>) {
    corrected_share(corrected, rows);
    rows.p_value(corrected.and_then(|corrected| corrected.p_value));
    rows.p_value(corrected.and_then(|corrected| corrected.q_value));
}
