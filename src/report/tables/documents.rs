//! `documents.csv`: the integer counts that every finding is computed from.

use std::io::Write;

use crate::compare::{Counts, DocumentCounts, FrameCounts};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

/// Millionths in one.
const MILLION: u64 = 1_000_000;

/// The description of `documents.csv`.
pub(in crate::report) static DOCUMENTS: Table = Table {
    file: "documents.csv",
    row: "A document and a frame. Sorted by document, then the codebook's order of frames. Frames that a document does not carry have \
          zeros; with `zeros = false` in the study these rows are left out, but for each document's first frame and the first document.",
    key: &["document", "frame"],
    columns: described_in!("documents.tsv"),
};

/// Writes `documents.csv`. `frames` are the codebook's ids, in its order. Without `zeros` a document's first row stands even so, as it
/// says what document there is, and all of the first document's, as they say what frames there are.
///
/// # Errors
/// When the file cannot be written.
pub fn write_documents(
    staging: &mut Staging,
    frames: &[String],
    zeros: bool,
    counts: &Counts,
) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &DOCUMENTS)?;
    for (place, (id, document)) in counts.documents().enumerate() {
        let is_written = |frame: usize, count: &FrameCounts| zeros || place == 0 || frame == 0 || !count.is_zero();
        add(&mut rows, id, document, frames, is_written)?;
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
    add(&mut rows, id, document, frames, |_, _| true)?;
    rows.into_bytes()
}

fn add<W: Write>(
    rows: &mut Rows<W>,
    id: &str,
    document: &DocumentCounts,
    frames: &[String],
    is_written: impl Fn(usize, &FrameCounts) -> bool,
) -> Result<(), ReportError> {
    for (place, (frame, count)) in frames.iter().zip(document.frames.iter()).enumerate() {
        if !is_written(place, &count) {
            continue;
        }
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
