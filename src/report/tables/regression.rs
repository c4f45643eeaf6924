//! `regression.csv`: a frame's share explained by several columns of the corpus at once.

use std::io::Write;

use crate::compare::{Coefficient, Findings};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `regression.csv`.
pub(super) static REGRESSION: Table = Table {
    file: "regression.csv",
    row: "A coefficient of the logistic regression of a frame's share: the constant, then each value of each term but its \
          base, with all other terms held fixed. Sorted by frame (the codebook's order), then term as in `[regression] on`, \
          then value.",
    key: &["frame", "term", "level"],
    columns: &[
        columns::FRAME,
        Column::optional("term", Kind::Text, "Column of the corpus; empty in the row of the constant."),
        Column::optional("level", Kind::Text, "Value of the column; empty for the constant and the date."),
        Column::optional("base", Kind::Text, "The value it is held against: the first by name."),
        Column::optional("days", Kind::Count, "Days that the row of the date is per: 7, or 30 in more than 182 days."),
        Column::optional(
            "estimate",
            Kind::Number,
            "Change of the log-odds; of the constant, the log-odds at all bases.",
        ),
        Column::optional(
            "std_error",
            Kind::Number,
            "Its standard error, from leaving out one document at a time (CR3).",
        ),
        columns::CONF_LOW,
        columns::CONF_HIGH,
        Column::optional("p_value", Kind::PValue, "Two-sided p-value that it is 0."),
        Column::optional(
            "q_value",
            Kind::PValue,
            "The p-value adjusted for false discoveries over all but the constants.",
        ),
        Column::optional(
            "marginal_effect",
            Kind::Number,
            "Average change of the share over all sentences: from the base to this value; of the date, its slope times so many days.",
        ),
        Column::optional("effect_low", Kind::Number, "Lower end of its 95 % confidence interval."),
        Column::optional("effect_high", Kind::Number, "Upper end of its 95 % confidence interval."),
        Column::optional("term_f", Kind::Number, "Wald's F that all coefficients of the term are 0."),
        Column::optional("term_df", Kind::Number, "Their number."),
        Column::optional("residual_df", Kind::Number, "Distinct documents less all coefficients."),
        Column::optional("term_p", Kind::PValue, "p-value of the F."),
        Column::required(
            "documents",
            Kind::Count,
            "Documents with this value, copies included unless the study counts the earliest alone; of the others, all.",
        ),
        columns::CLUSTERS,
        columns::THEIR_SENTENCES,
        columns::HITS_OR_CARRIERS,
        columns::REMARKS,
    ],
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
    rows.number(found.test.map(|test| test.f)).number(found.test.map(|test| test.numerator_df));
    rows.number(found.test.map(|test| test.denominator_df)).p_value(found.test.map(|test| test.p_value));
    rows.count(found.documents).count(found.clusters).count(found.sentences).count(found.hits);
    rows.text(&found.note).end()
}
