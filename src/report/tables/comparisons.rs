//! `comparisons.csv`: how two groups differ in a frame.

use std::io::Write;

use crate::compare::{Comparison, Corrected, Findings, StricterP, Test, TestFamily};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `comparisons.csv`.
pub(super) static COMPARISONS: Table = Table {
    file: "comparisons.csv",
    row: "A frame, a pair of groups (or a group and all the others together) and a period. Sorted by frame (the \
          codebook's order), then pair, then period.",
    key: &["frame", "group_a", "group_b", "period"],
    columns: &[
        columns::FRAME,
        columns::GROUP_A,
        columns::GROUP_B_OR_REST,
        columns::PERIOD,
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
        Column::optional("p_value", Kind::PValue, "Two-sided p-value that the shares are the same."),
        columns::Q_VALUE,
        Column::optional("test", Kind::Choice(&TESTS), "How the p-value was computed."),
        Column::required(
            "family",
            Kind::Choice(&FAMILIES),
            "Rows whose p-values are adjusted together: pairs of groups or groups against the rest, over the whole span or \
             in single periods; all frames.",
        ),
        Column::optional(
            "by_q",
            Kind::PValue,
            "The p-value adjusted by Benjamini and Yekutieli within its family: false discoveries whatever the tests have to do \
             with one another.",
        ),
        Column::optional(
            "holm_p",
            Kind::PValue,
            "The p-value adjusted by Holm within its family: any false finding at all.",
        ),
        Column::optional(
            "max_p",
            Kind::PValue,
            "p-value against the largest difference of the frames that this pair's permutations test (Westfall and Young): any \
             false finding among these. Empty where Welch's test stands.",
        ),
        columns::DOCUMENTS_A,
        columns::DOCUMENTS_B,
        Column::optional(
            "corrected",
            Kind::Number,
            "The difference of the two shares as hand codings correct them. Empty where either has no correction.",
        ),
        Column::optional("corrected_low", Kind::Number, "Lower end of its 95 % confidence interval."),
        Column::optional("corrected_high", Kind::Number, "Upper end of its 95 % confidence interval."),
        columns::CORRECTED_P,
        columns::CORRECTED_Q,
        Column::required("codings", Kind::Count, "Hand codings with known probability in both groups together."),
        columns::REMARKS,
    ],
};

const TESTS: [&str; 3] = [Test::Welch.as_str(), Test::PermutationExact.as_str(), Test::PermutationMonteCarlo.as_str()];
pub(super) const FAMILIES: [&str; 4] = [
    TestFamily::Pairs.as_str(),
    TestFamily::PairsInPeriods.as_str(),
    TestFamily::Rest.as_str(),
    TestFamily::RestInPeriods.as_str(),
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
    rows.count(found.documents_a).count(found.documents_b);
    corrected_cells(found.corrected, rows);
    rows.count(found.codings).text(&found.note).end()
}

/// The corrected value with its interval, p and q.
pub(super) fn corrected_cells<W: Write>(corrected: Option<Corrected>, rows: &mut Rows<W>) {
    rows.number(corrected.map(|corrected| corrected.estimate));
    rows.number(corrected.and_then(|corrected| corrected.low));
    rows.number(corrected.and_then(|corrected| corrected.high));
    rows.p_value(corrected.and_then(|corrected| corrected.p_value));
    rows.p_value(corrected.and_then(|corrected| corrected.q_value));
}
