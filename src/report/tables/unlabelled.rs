//! `unlabelled.csv`: sentences that labels from outside, which code the study, do not cover.

use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

/// The description of `unlabelled.csv`.
pub static UNLABELLED: Table = Table {
    file: "unlabelled.csv",
    row: "A sentence without a label of every frame that the labels from outside are for: it counts for nothing, neither as \
          one with a frame nor as one without, and is none of the sentences of documents.csv. A document without any label \
          is in excluded.csv instead. Sorted by document, then sentence; there only where labels code the study.",
    key: &["document", "sentence"],
    columns: described_in!("unlabelled.tsv"),
};

/// Writes `unlabelled.csv` of sentences given by document, in the order of ids.
///
/// # Errors
/// When the file cannot be written.
pub fn write_unlabelled<'a>(
    staging: &mut Staging,
    sentences: impl Iterator<Item = (&'a str, &'a [usize])>,
) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &UNLABELLED)?;
    for (document, numbers) in sentences {
        for number in numbers {
            rows.text(document).count(*number as u64).end()?;
        }
    }
    rows.finish(staging)
}
