//! `voices.csv`: in whose voice, and with which stance, each group carries a frame where it does.

use std::io::Write;

use crate::compare::{Findings, FramePart, IntervalMethod};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `voices.csv`.
pub(super) static VOICES: Table = Table {
    file: "voices.csv",
    row: "A part of a frame's sentences in a group and a period. Sorted by frame (the codebook's order), part, group and \
          period, the whole span first. Sentences count whatever the study's unit, voice and stance are.",
    key: &["frame", "part", "group", "period"],
    columns: &[
        columns::FRAME,
        Column::required(
            "part",
            Kind::Choice(&PARTS),
            "own: in the outlet's own voice, not in that of a source. favor, against: with a voice that affirms or \
             rejects the frame, of all whose stance is known.",
        ),
        columns::GROUP,
        columns::PERIOD,
        Column::required("sentences", Kind::Count, "Sentences with the frame whose voice, or stance, is known."),
        Column::required("hits", Kind::Count, "Of these, those of the part."),
        Column::optional("estimate", Kind::Share, "Hits as a share of these sentences."),
        columns::SHARE_LOW,
        columns::SHARE_HIGH,
        columns::METHOD,
        Column::optional(
            "corrected",
            Kind::Share,
            "The share corrected by hand codings of voice, or stance, that were drawn with known probabilities. Empty \
             where there are none, or too few, or where coders found either side nowhere.",
        ),
        columns::CORRECTED_LOW,
        columns::CORRECTED_HIGH,
        Column::required("codings", Kind::Count, "Such hand codings of the frame in the cell, found or not."),
        columns::REMARKS,
    ],
};

const PARTS: [&str; 3] = [FramePart::Own.as_str(), FramePart::Favor.as_str(), FramePart::Against.as_str()];

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.parts {
        rows.text(&found.frame).text(found.part.as_str()).text(&found.group).text(&found.period);
        rows.count(found.sentences).count(found.hits).number(found.estimate).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str));
        let corrected = found.corrected;
        rows.number(corrected.map(|corrected| corrected.estimate));
        rows.number(corrected.and_then(|corrected| corrected.low));
        rows.number(corrected.and_then(|corrected| corrected.high));
        rows.count(found.codings).text(&found.note).end()?;
    }
    Ok(())
}
