//! `comparisons.csv`: how two groups differ in a frame.

use std::io::Write;

use crate::compare::{Findings, Test};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `comparisons.csv`.
pub(super) static COMPARISONS: Table = Table {
    file: "comparisons.csv",
    row: "A frame, a pair of groups (or a group and all the others together) and a period. Sorted by frame (the \
          codebook's order), then pair, then period.",
    key: &["frame", "group_a", "group_b", "period"],
    columns: &[
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required("group_a", Kind::Text, "The first group."),
        Column::required("group_b", Kind::Text, "The second group; \"(rest)\" is all the others together."),
        Column::required("period", Kind::Text, "The period; \"all\" is the whole span."),
        Column::optional("estimate_a", Kind::Share, "Share of sentences (or documents) with the frame in group_a."),
        Column::optional("estimate_b", Kind::Share, "The same in group_b."),
        Column::optional("difference", Kind::Number, "estimate_a minus estimate_b, between -1 and 1."),
        Column::optional("conf_low", Kind::Number, "Lower end of the difference's 95 % confidence interval."),
        Column::optional("conf_high", Kind::Number, "Upper end of the difference's 95 % confidence interval."),
        Column::optional("odds_ratio", Kind::Number, "Odds of estimate_a over odds of estimate_b."),
        Column::optional(
            "cohens_h",
            Kind::Number,
            "Difference of the arcsine-transformed shares, between -3.141593 and 3.141593.",
        ),
        Column::optional("p_value", Kind::PValue, "Two-sided p-value of the permutation test over documents."),
        Column::optional("q_value", Kind::PValue, "The p-value adjusted for false discoveries within its family."),
        Column::optional("test", Kind::Choice(&TESTS), "How the p-value was computed."),
        Column::required("documents_a", Kind::Count, "Documents of group_a, copies included."),
        Column::required("documents_b", Kind::Count, "Documents of group_b, copies included."),
        Column::optional("note", Kind::Text, "What a reader must know of this row; remarks joined by \"; \"."),
    ],
};

const TESTS: [&str; 2] = [Test::PermutationExact.as_str(), Test::PermutationMonteCarlo.as_str()];

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.comparisons {
        rows.text(&found.frame).text(&found.group_a).text(&found.group_b).text(&found.period);
        rows.number(found.estimate_a).number(found.estimate_b);
        rows.number(found.difference).interval(found.interval);
        rows.number(found.odds_ratio).number(found.cohens_h).p_value(found.p_value).p_value(found.q_value);
        rows.text(found.test.map_or("", Test::as_str)).count(found.documents_a).count(found.documents_b);
        rows.text(&found.note).end()?;
    }
    Ok(())
}
