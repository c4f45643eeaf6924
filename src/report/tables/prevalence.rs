//! `prevalence.csv`: how often each group carries each frame in each period.

use std::io::Write;

use crate::compare::{Findings, IntervalMethod, Prevalence};
use crate::model::{StanceFilter, VoiceFilter};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `prevalence.csv`.
pub(super) static PREVALENCE: Table = Table {
    file: "prevalence.csv",
    row: "A frame in a group and a period. Sorted by frame (the codebook's order), group and period, the whole span first.",
    key: &["frame", "group", "period"],
    columns: &[
        columns::FRAME,
        columns::GROUP,
        columns::PERIOD,
        Column::required("voice", Kind::Choice(&VOICES), "Whose hits count."),
        Column::required("stance", Kind::Choice(&STANCES), "Hits of which stance count."),
        Column::required(
            "documents",
            Kind::Count,
            "Documents of the group in the period, copies included unless the study counts the earliest alone.",
        ),
        Column::required("sentences", Kind::Count, "Their sentences, titles included."),
        Column::required(
            "hits",
            Kind::Count,
            "Sentences that carry the frame; documents that do where the study's unit is the document.",
        ),
        Column::optional(
            "estimate",
            Kind::Share,
            "Hits as a share of sentences, or of documents; the mean of the documents' own shares where every document counts alike.",
        ),
        Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval."),
        columns::METHOD,
        Column::optional("icc", Kind::Number, "Intraclass correlation of sentences within documents; at most 1."),
        Column::optional(
            "deff",
            Kind::Number,
            "Design effect: by how much clustering inflates the share's variance; empty where every document counts alike.",
        ),
        Column::optional(
            "corrected",
            Kind::Share,
            "The share corrected by hand codings that were drawn with known probabilities: what coders would say of all \
             sentences. Empty where there are none, or too few.",
        ),
        columns::CORRECTED_LOW,
        columns::CORRECTED_HIGH,
        Column::required("codings", Kind::Count, "Hand codings with known probability in the cell."),
        Column::optional(
            "without_rule_share",
            Kind::Share,
            "Of the frame's hits, in any voice and with any stance, the share that a scorer found where no rule matches. A share of \
             sentences that falls while this rises falls, at least in part, since the rules' words go out of use. Empty \
             where the rules alone code the frame, and without hits.",
        ),
        columns::REMARKS,
    ],
};

const VOICES: [&str; 3] = [VoiceFilter::All.as_str(), VoiceFilter::Own.as_str(), VoiceFilter::Attributed.as_str()];
const STANCES: [&str; 3] = [StanceFilter::All.as_str(), StanceFilter::Favor.as_str(), StanceFilter::Against.as_str()];

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    add_prevalence(&findings.prevalence, rows)
}

/// Such rows with the header of the file, in memory.
///
/// # Errors
/// None but a bug can cause in memory.
pub(in crate::report) fn prevalence_rows(prevalence: &[Prevalence]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&PREVALENCE);
    add_prevalence(prevalence, &mut rows)?;
    rows.into_table()
}

fn add_prevalence<W: Write>(prevalence: &[Prevalence], rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in prevalence {
        rows.text(&found.frame).text(&found.group).text(&found.period);
        rows.text(found.voice.as_str()).text(found.stance.as_str());
        rows.count(found.documents).count(found.sentences).count(found.hits);
        rows.number(found.estimate).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str)).number(found.icc).number(found.deff);
        let corrected = found.corrected;
        rows.number(corrected.map(|corrected| corrected.estimate));
        rows.number(corrected.and_then(|corrected| corrected.low));
        rows.number(corrected.and_then(|corrected| corrected.high));
        rows.count(found.codings).number(found.without_rule_share).text(&found.note).end()?;
    }
    Ok(())
}
