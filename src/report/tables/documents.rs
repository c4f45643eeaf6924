//! `documents.csv`: the integer counts that every finding is computed from.

use crate::compare::Counts;
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

/// Millionths in one.
const MILLION: u64 = 1_000_000;

/// The description of `documents.csv`.
pub(super) static DOCUMENTS: Table = Table {
    file: "documents.csv",
    row: "A document and a frame, zeros included. Sorted by document, then the codebook's order of frames.",
    key: &["document", "frame"],
    columns: described_in!("documents.tsv"),
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
