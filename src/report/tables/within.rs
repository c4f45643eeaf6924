//! `within.csv`: how two groups differ in a frame inside the values of a column.

use std::io::Write;

use crate::compare::{Findings, Test, WithinComparison, WithinSide};
use crate::report::columns;
use crate::report::tables::comparisons::FAMILIES;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `within.csv`.
pub(super) static WITHIN: Table = Table {
    file: "within.csv",
    row: "A frame and a pair of groups (or a group and all the others together) over the whole span, compared inside each value of \
          the column that the study names as within, and pooled. Sorted by frame (the codebook's order), then pair. None where \
          the study names no such column.",
    key: &["frame", "group_a", "group_b"],
    columns: &[
        columns::FRAME,
        columns::GROUP_A,
        columns::GROUP_B_OR_REST,
        Column::required("within", Kind::Text, "The column inside whose values the groups are compared."),
        Column::required("strata", Kind::Count, "Values of it in which both groups have sentences."),
        Column::required(
            "documents_a",
            Kind::Count,
            "Documents of group_a in these values, copies included unless the study counts the earliest alone.",
        ),
        Column::required("documents_b", Kind::Count, "The same of group_b."),
        Column::required(
            "clusters_a",
            Kind::Count,
            "Those of group_a that are no copies of one another inside a value.",
        ),
        Column::required("clusters_b", Kind::Count, "The same of group_b."),
        Column::required("sentences_a", Kind::Count, "Sentences of these documents of group_a."),
        Column::required("sentences_b", Kind::Count, "The same of group_b."),
        Column::required("hits_a", Kind::Count, "Sentences (or documents) of these with the frame in group_a."),
        Column::required("hits_b", Kind::Count, "The same in group_b."),
        Column::required(
            "left_out_a",
            Kind::Count,
            "Documents of group_a that are compared with none: without a value, or in values where group_b has nothing.",
        ),
        Column::required("left_out_b", Kind::Count, "The same of group_b."),
        Column::optional(
            "crude_difference",
            Kind::Number,
            "Share in group_a minus share in group_b of these documents, their values mixed: what choice and framing make \
             together.",
        ),
        Column::optional(
            "difference",
            Kind::Number,
            "The difference inside values, pooled with Mantel and Haenszel's weights, between -1 and 1.",
        ),
        Column::optional(
            "conf_low",
            Kind::Number,
            "Lower end of its 95 % confidence interval, by values of the column.",
        ),
        columns::CONF_HIGH,
        Column::optional("standard_error", Kind::Number, "Its standard error over values of the column."),
        Column::optional(
            "log_odds_ratio",
            Kind::Number,
            "Natural logarithm of Mantel and Haenszel's odds ratio of group_a to group_b.",
        ),
        Column::optional("log_odds_low", Kind::Number, "Lower end of its 95 % confidence interval."),
        Column::optional("log_odds_high", Kind::Number, "Upper end of its 95 % confidence interval."),
        Column::optional(
            "p_value",
            Kind::PValue,
            "Two-sided p-value that the groups are alike inside values, by swapping the two in each.",
        ),
        columns::Q_VALUE,
        columns::PERMUTATION_TEST,
        Column::required(
            "family",
            Kind::Choice(&FAMILIES),
            "Rows whose p-values are adjusted together, of all frames: pairs of groups, or groups against the rest.",
        ),
        columns::REMARKS,
    ],
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
