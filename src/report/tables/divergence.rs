//! `divergence.csv`: how far apart two groups are over all frames, and what each frame adds.

use std::io::Write;

use crate::compare::{Divergence, Findings, FrameDivergence, Test};
use crate::report::columns;
use crate::report::tables::comparisons::FAMILIES;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The frame of the row that is about all of them.
const ALL_FRAMES: &str = "(all)";

/// The description of `divergence.csv`.
pub(super) static DIVERGENCE: Table = Table {
    file: "divergence.csv",
    row: "A pair of groups (or a group and all the others together), a period, and all frames together or what one of them \
          adds. Sorted by pair, then period; all frames first, then each in the codebook's order.",
    key: &["group_a", "group_b", "period", "frame"],
    columns: &[
        columns::GROUP_A,
        columns::GROUP_B_OR_REST,
        columns::PERIOD,
        Column::required(
            "frame",
            Kind::Text,
            "\"(all)\" for the two distributions, or the id of a frame for its part.",
        ),
        Column::required("hits_a", Kind::Count, "Hits in group_a; a sentence with two frames counts twice."),
        Column::required("hits_b", Kind::Count, "The same in group_b."),
        Column::optional("share_a", Kind::Share, "Hits of the frame as a share of all hits of group_a."),
        Column::optional("share_b", Kind::Share, "The same in group_b."),
        Column::optional(
            "jsd",
            Kind::Number,
            "Jensen-Shannon divergence of the two distributions of hits over frames in bits, between 0 (alike) and 1 (no frame \
             in common); of a frame what it adds to it.",
        ),
        Column::optional(
            "null_mean",
            Kind::Number,
            "Mean divergence when documents are dealt out anew: what chance gives.",
        ),
        Column::optional("null_q95", Kind::Number, "95 % quantile of these."),
        Column::optional("excess", Kind::Number, "jsd minus null_mean: the divergence beyond chance; may be below 0."),
        Column::optional("p_value", Kind::PValue, "p-value that the distributions are the same, by dealing documents."),
        columns::Q_VALUE,
        columns::PERMUTATION_TEST,
        Column::required(
            "family",
            Kind::Choice(&FAMILIES),
            "Rows whose p-values are adjusted together, as in comparisons.csv.",
        ),
        Column::optional(
            "total_variation",
            Kind::Number,
            "Half the sum of the absolute differences of the shares, between 0 and 1: the part of the hits that would have to \
             change their frame.",
        ),
        Column::optional(
            "cramers_v",
            Kind::Number,
            "Cramer's V of group by frame with Bergsma's correction, between 0 and 1.",
        ),
        columns::DOCUMENTS_A,
        columns::DOCUMENTS_B,
        Column::required("clusters_a", Kind::Count, "Those of group_a that are no copies of one another."),
        Column::required("clusters_b", Kind::Count, "Those of group_b that are no copies of one another."),
        Column::required("sentences_a", Kind::Count, "Sentences of group_a."),
        Column::required("sentences_b", Kind::Count, "Sentences of group_b."),
        columns::REMARKS,
    ],
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.divergences {
        add_whole(found, rows)?;
        found.frames.iter().try_for_each(|frame| add_frame(found, frame, rows))?;
    }
    Ok(())
}

fn add_whole<W: Write>(found: &Divergence, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let test = found.test;
    rows.text(&found.group_a).text(&found.group_b).text(&found.period).text(ALL_FRAMES);
    rows.count(found.a.hits).count(found.b.hits).number(None).number(None).number(found.divergence);
    rows.number(test.map(|test| test.null_mean)).number(test.map(|test| test.null_q95));
    rows.number(found.divergence.zip(test).map(|(divergence, test)| divergence - test.null_mean));
    rows.p_value(test.map(|test| test.p_value)).p_value(found.q_value);
    rows.text(found.kind_of_test().map_or("", Test::as_str)).text(found.family.as_str());
    rows.number(found.total_variation).number(found.cramers_v);
    add_sides(found, rows);
    rows.text(&found.note).end()
}

fn add_frame<W: Write>(found: &Divergence, frame: &FrameDivergence, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.group_a).text(&found.group_b).text(&found.period).text(&frame.frame);
    frame.hits.iter().for_each(|hits| _ = rows.count(*hits));
    frame.shares.iter().for_each(|share| _ = rows.number(*share));
    rows.number(frame.divergence).number(None).number(None).number(None);
    rows.p_value(None).p_value(None).text("").text(found.family.as_str()).number(None).number(None);
    add_sides(found, rows);
    rows.text("").end()
}

fn add_sides<W: Write>(found: &Divergence, rows: &mut Rows<W>) {
    rows.count(found.a.documents).count(found.b.documents);
    rows.count(found.a.clusters).count(found.b.clusters);
    rows.count(found.a.sentences).count(found.b.sentences);
}
