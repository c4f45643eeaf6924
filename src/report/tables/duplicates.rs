//! `duplicates.csv`: the documents that are copies of one another.

use crate::compare::{Counts, NearCopy};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

/// The description of `duplicates.csv`.
pub(super) static DUPLICATES: Table = Table {
    file: "duplicates.csv",
    row: "A document that is one of several copies of a text, in whatever outlet and on whatever day: two texts are copies \
          where they share half of their runs of five words, or where four in five of the shorter one's stand in the other; \
          copies of copies are copies. Texts of fewer than 24 words are copies only where all words are the same. Case, \
          punctuation and headlines make no difference. Sorted by document.",
    key: &["document"],
    columns: described_in!("duplicates.tsv"),
};

/// Writes `duplicates.csv` of copies in the order of ids.
///
/// # Errors
/// When the file cannot be written.
pub fn write_duplicates(staging: &mut Staging, copies: &[NearCopy], counts: &Counts) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &DUPLICATES)?;
    for copy in copies {
        rows.text(&copy.document).text(&copy.cluster).count(copy.documents).boolean(copy.document == copy.cluster);
        rows.number(Some(copy.resemblance.jaccard)).number(Some(copy.resemblance.containment));
        let document = counts.document(&copy.document);
        rows.text(document.map_or("", |document| &document.outlet));
        rows.date(document.and_then(|document| document.date)).end()?;
    }
    rows.finish(staging)
}
