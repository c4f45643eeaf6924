//! `stances.csv`: how much more a frame is affirmed than rejected, and whether own words and attributed ones differ in that.

use std::io::Write;

use crate::compare::{Findings, StanceBalance, StanceSides};
use crate::report::columns;
use crate::report::tables::comparisons::corrected_cells;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `stances.csv`.
pub(super) static STANCES: Table = Table {
    file: "stances.csv",
    row: "A frame in a group and a period: what affirms it against what rejects it, and own words against attributed ones. Sorted \
          by frame (the codebook's order), group and period, the whole span first. Sentences count whatever the study's unit, \
          voice and stance are; those whose voice is neutral toward the frame are on neither side.",
    key: &["frame", "group", "period"],
    columns: &[
        columns::FRAME,
        columns::GROUP,
        columns::PERIOD,
        Column::required("favor", Kind::Count, "Sentences whose voice affirms the frame."),
        Column::required("against", Kind::Count, "Sentences whose voice rejects it."),
        Column::optional(
            "log_ratio",
            Kind::Number,
            "Natural logarithm of favor over against; above 0 where more affirms the frame. Empty where a side has none.",
        ),
        columns::CONF_LOW,
        columns::CONF_HIGH,
        Column::optional(
            "p_value",
            Kind::PValue,
            "Two-sided p-value that both are as frequent, by the standard error of the interval: from leaving out one document at a \
             time, with Student's t.",
        ),
        columns::Q_VALUE,
        Column::optional(
            "corrected",
            Kind::Number,
            "The log ratio of the two shares as hand codings of the stance correct them.",
        ),
        Column::optional(
            "corrected_low",
            Kind::Number,
            "Lower end of its 95 % confidence interval; empty where favor may be 0.",
        ),
        Column::optional(
            "corrected_high",
            Kind::Number,
            "Upper end of its 95 % confidence interval; empty where against may be 0.",
        ),
        columns::CORRECTED_P,
        columns::CORRECTED_Q,
        Column::required("codings", Kind::Count, "Hand codings of the frame with known probability and a stance."),
        Column::required("own_favor", Kind::Count, "Of favor, in the outlet's own voice."),
        Column::required("own_against", Kind::Count, "Of against, in the outlet's own voice."),
        Column::required("attributed_favor", Kind::Count, "Of favor, in the voice of a source."),
        Column::required("attributed_against", Kind::Count, "Of against, in the voice of a source."),
        Column::optional("own_share", Kind::Share, "own_favor as a share of own_favor and own_against."),
        Column::optional(
            "attributed_share",
            Kind::Share,
            "attributed_favor as a share of attributed_favor and attributed_against.",
        ),
        Column::optional(
            "difference",
            Kind::Number,
            "own_share less attributed_share: above 0 where the outlet affirms the frame more than those whom it gives voice.",
        ),
        Column::optional("difference_low", Kind::Number, "Lower end of its 95 % confidence interval, by documents."),
        Column::optional("difference_high", Kind::Number, "Upper end of its 95 % confidence interval, by documents."),
        Column::optional("difference_p", Kind::PValue, "Two-sided p-value that it is 0, by the same standard error."),
        Column::optional("difference_q", Kind::PValue, "That p-value adjusted for false discoveries, as q_value."),
        Column::required(
            "documents",
            Kind::Count,
            "Documents of the group in the period, copies included unless the study counts the earliest alone.",
        ),
        Column::required("clusters", Kind::Count, "Those that are no copies of one another."),
        Column::required("sentences", Kind::Count, "Their sentences."),
        columns::REMARKS,
    ],
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.stances.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &StanceBalance, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.group).text(&found.period);
    rows.count(found.sides.favor).count(found.sides.against).number(found.log_ratio);
    rows.interval(found.balance.map(|balance| balance.interval())).p_value(found.p_value).p_value(found.q_value);
    corrected_cells(found.corrected, rows);
    rows.count(found.codings);
    for StanceSides { favor, against } in [found.own, found.attributed] {
        rows.count(favor).count(against);
    }
    rows.number(found.own.share()).number(found.attributed.share()).number(found.difference);
    rows.interval(found.difference_interval()).p_value(found.voices_p).p_value(found.voices_q);
    rows.count(found.documents).count(found.clusters).count(found.sentences).text(&found.note).end()
}
