//! `divergence.csv`: how far apart two groups are over all frames, and what each frame adds.

use std::io::Write;

use crate::compare::{Divergence, Findings, FrameDivergence, Test, TestFamily};
use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Table};

/// The frame of the row that is about all of them.
const ALL_FRAMES: &str = "(all)";

/// The description of `divergence.csv`.
pub(super) static DIVERGENCE: Table = Table {
    file: "divergence.csv",
    row: "A pair of groups (or a group and all the others together), a period, and all frames together or what one of them \
          adds. Sorted by pair, then period; all frames first, then each in the codebook's order.",
    key: &["group_a", "group_b", "period", "frame"],
    columns: described_in!("divergence.tsv", "family" => words_of!(TestFamily)),
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
    rows.text(found.test.map_or("", |test| Test::by_dealing(test.exact).as_str())).text(found.family.as_str());
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
    rows.text(&frame.note).end()
}

fn add_sides<W: Write>(found: &Divergence, rows: &mut Rows<W>) {
    rows.count(found.a.documents).count(found.b.documents);
    rows.count(found.a.clusters).count(found.b.clusters);
    rows.count(found.a.sentences).count(found.b.sentences);
}
