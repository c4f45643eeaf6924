//! `omnibus.csv`: whether the groups differ in a frame at all.

use std::io::Write;

use crate::compare::{Findings, Omnibus, Test};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};

/// The description of `omnibus.csv`.
pub(super) static OMNIBUS: Table = Table {
    file: "omnibus.csv",
    row: "A frame and a period, all groups at once. Sorted by frame (the codebook's order), then period. None where fewer \
          than three groups are large enough to be compared.",
    key: &["frame", "period"],
    columns: described_in!("omnibus.tsv", "test" => &TESTS),
};

const TESTS: [&str; 3] =
    [Test::PermutationExact.as_str(), Test::PermutationMonteCarlo.as_str(), Test::RareCount.as_str()];

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.omnibus.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Omnibus, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.period).count(found.groups);
    rows.count(found.documents).count(found.clusters).count(found.sentences);
    rows.number(found.test.map(|test| test.statistic)).number(found.test.map(|test| test.effect));
    rows.p_value(found.test.map(|test| test.p_value)).p_value(found.q_value);
    let by = |exact| if found.is_rare { Test::RareCount } else { Test::by_dealing(exact) };
    rows.text(found.test.map_or("", |test| by(test.exact).as_str())).text(&found.note).end()
}
