//! `documents.csv`: the integer counts that every finding is computed from.

use std::io::Write;

use crate::compare::{Counts, DocumentCounts};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

/// Millionths in one.
const MILLION: u64 = 1_000_000;

/// The description of `documents.csv`.
pub(in crate::report) static DOCUMENTS: Table = Table {
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
        add(&mut rows, id, document, frames)?;
    }
    rows.finish(staging)
}

/// The rows of one document, encoded.
#[cfg(feature = "arrow")]
pub(in crate::report) fn document_rows(
    id: &str,
    document: &DocumentCounts,
    frames: &[String],
) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&DOCUMENTS);
    add(&mut rows, id, document, frames)?;
    rows.into_bytes()
}

fn add<W: Write>(
    rows: &mut Rows<W>,
    id: &str,
    document: &DocumentCounts,
    frames: &[String],
) -> Result<(), ReportError> {
    for (frame, count) in frames.iter().zip(document.frames.iter()) {
        rows.text(id).text(&document.outlet).date(document.date);
        rows.text(document.period.as_deref().unwrap_or_default()).text(&document.cluster);
        rows.count(document.sentences).text(frame).count(count.hits).count(count.own).count(count.attributed);
        rows.count(count.favor).count(count.against).count(count.neutral);
        rows.text(&format!("{}.{:06}", count.expected / MILLION, count.expected % MILLION));
        rows.text(&document.group);
        rows.optional_count(count.without_rule);
        rows.count(count.own_favor).count(count.own_against);
        rows.count(count.attributed_favor).count(count.attributed_against).end()?;
    }
    Ok(())
}
