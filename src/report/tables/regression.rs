//! `regression.csv`: a frame's share explained by several columns of the corpus at once.

use std::io::Write;

use crate::compare::{Coefficient, Findings};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};

/// The description of `regression.csv`.
pub(super) static REGRESSION: Table = Table {
    file: "regression.csv",
    row: "A coefficient of the logistic regression of a frame's share: the constant, then each value of each term but its \
          base, with all other terms held fixed. Sorted by frame (the codebook's order), then term as in `[regression] on`, \
          then value.",
    key: &["frame", "term", "level"],
    columns: described_in!("regression.tsv"),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.regression.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Coefficient, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.term).text(&found.level).text(&found.base);
    rows.optional_count(found.days.map(u64::from));
    rows.number(found.estimate.map(|estimate| estimate.value));
    rows.number(found.estimate.map(|estimate| estimate.standard_error));
    rows.interval(found.estimate.map(|estimate| estimate.interval()));
    rows.p_value(found.p_value).p_value(found.q_value);
    rows.number(found.marginal.map(|effect| effect.value));
    rows.interval(found.marginal.map(|effect| effect.interval()));
    rows.number(found.test.map(|test| test.f)).optional_count(found.test.map(|test| test.numerator_df));
    rows.optional_count(found.test.map(|test| test.denominator_df)).p_value(found.test.map(|test| test.p_value));
    rows.count(found.documents).count(found.clusters).count(found.sentences).count(found.hits);
    rows.text(&found.note).end()
}
