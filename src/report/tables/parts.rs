//! `voices.csv`: in whose voice, and with which stance, each group carries a frame where it does.

use std::io::Write;

use crate::compare::{Findings, FramePart, IntervalMethod};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `voices.csv`.
pub(super) static VOICES: Table = Table {
    file: "voices.csv",
    row: "A part of a frame's sentences in a group and a period. Sorted by frame (the codebook's order), part, group and \
          period, the whole span first. Sentences count whatever the study's unit, voice and stance are.",
    key: &["frame", "part", "group", "period"],
    columns: &[
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required(
            "part",
            Kind::Choice(&PARTS),
            "own: in the outlet's own voice, not in that of a source. favor, against: with a voice that affirms or \
             rejects the frame, of all whose stance is known.",
        ),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("period", Kind::Text, "The period; \"all\" is the whole span."),
        Column::required("sentences", Kind::Count, "Sentences with the frame whose voice, or stance, is known."),
        Column::required("hits", Kind::Count, "Of these, those of the part."),
        Column::optional("estimate", Kind::Share, "Hits as a share of these sentences."),
        Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval, by documents."),
        Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval, by documents."),
        Column::optional("method", Kind::Choice(&IntervalMethod::WORDS), "How the interval was computed."),
        Column::optional(
            "corrected",
            Kind::Share,
            "The share corrected by hand codings of voice, or stance, that were drawn with known probabilities. Empty \
             where there are none, or too few, or where coders found either side nowhere.",
        ),
        Column::optional("corrected_low", Kind::Share, "Lower end of its 95 % confidence interval."),
        Column::optional("corrected_high", Kind::Share, "Upper end of its 95 % confidence interval."),
        Column::required("codings", Kind::Count, "Such hand codings of the frame in the cell, found or not."),
        Column::optional("note", Kind::Text, "What a reader must know of this row; remarks joined by \"; \"."),
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
