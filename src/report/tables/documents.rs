//! `documents.csv`: the integer counts that every finding is computed from.

use crate::compare::Counts;
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Staging, Table};

/// Millionths in one.
const MILLION: u64 = 1_000_000;

/// The description of `documents.csv`.
pub(super) static DOCUMENTS: Table = Table {
    file: "documents.csv",
    row: "A document and a frame, zeros included. Sorted by document, then the codebook's order of frames.",
    key: &["document", "frame"],
    columns: &[
        columns::DOCUMENT,
        columns::OUTLET,
        columns::DATE,
        Column::optional("period", Kind::Text, "The period the date lies in; empty where the study names none."),
        Column::optional(
            "cluster",
            Kind::Text,
            "Id of the earliest of the documents that are copies of each other, see duplicates.csv; of a document without a \
             copy its own.",
        ),
        Column::required("sentences", Kind::Count, "Sentences of the document, the title included."),
        columns::FRAME,
        Column::required(
            "hits",
            Kind::Count,
            "Sentences that carry the frame; 1 or 0 where a label or a scorer says it of the whole document.",
        ),
        Column::required("own", Kind::Count, "Of these, in the outlet's own voice."),
        Column::required("attributed", Kind::Count, "Of these, in the voice of a source it quotes or reports."),
        Column::required("favor", Kind::Count, "Hits whose voice affirms the frame."),
        Column::required("against", Kind::Count, "Hits whose voice rejects the frame."),
        Column::required("neutral", Kind::Count, "Hits whose voice does neither."),
        Column::required(
            "expected",
            Kind::Number,
            "Sum of the frame's probabilities, hits or not: the expected number of sentences. Where a scorer has learnt, \
             every sentence counts; else those in which a rule matches.",
        ),
        columns::GROUP,
        Column::optional(
            "without_rule",
            Kind::Count,
            "Hits that a scorer found and in which no rule of the frame matches. Empty where the rules alone code the \
             frame, and without hits.",
        ),
        Column::required("own_favor", Kind::Count, "Hits in the outlet's own voice that affirm the frame."),
        Column::required("own_against", Kind::Count, "Hits in the outlet's own voice that reject the frame."),
        Column::required("attributed_favor", Kind::Count, "Hits in the voice of a source that affirm the frame."),
        Column::required("attributed_against", Kind::Count, "Hits in the voice of a source that reject the frame."),
    ],
};

/// Writes `documents.csv`. `frames` are the codebook's ids, in its order.
///
/// # Errors
/// When the file cannot be written.
pub fn write_documents(staging: &mut Staging, frames: &[String], counts: &Counts) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &DOCUMENTS)?;
    for (id, document) in counts.documents() {
        for (frame, count) in frames.iter().zip(document.frames.iter()) {
            rows.text(id).text(&document.outlet).date(document.date);
            rows.text(document.period.as_deref().unwrap_or_default()).text(&document.cluster);
            rows.count(document.sentences).text(frame).count(count.hits).count(count.own).count(count.attributed);
            rows.count(count.favor).count(count.against).count(count.neutral);
            rows.text(&format!("{}.{:06}", count.expected / MILLION, count.expected % MILLION));
            rows.text(&document.group);
            match count.without_rule {
                Some(without_rule) => rows.count(without_rule),
                None => rows.text(""),
            };
            rows.count(count.own_favor).count(count.own_against);
            rows.count(count.attributed_favor).count(count.attributed_against).end()?;
        }
    }
    rows.finish(staging)
}
