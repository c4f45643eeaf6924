//! `excluded.csv`: every record that was left out, and why.

use crate::model::{Excluded, Exclusion};
use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Staging, Table};

/// The description of `excluded.csv`.
pub(super) static EXCLUDED: Table = Table {
    file: "excluded.csv",
    row: "A record of the corpus that was left out. Sorted by file, then record.",
    key: &[],
    columns: described_in!("excluded.tsv", "reason" => words_of!(Exclusion)),
};

/// Writes `excluded.csv`; the records may come in any order.
///
/// # Errors
/// When the file cannot be written.
pub fn write_excluded(staging: &mut Staging, excluded: &[Excluded]) -> Result<(), ReportError> {
    let mut excluded: Vec<&Excluded> = excluded.iter().collect();
    excluded.sort_unstable();
    let mut rows = Rows::create(staging, &EXCLUDED)?;
    for Excluded { origin, reason, detail } in excluded {
        rows.text(&origin.file).count(origin.record).text(reason.as_str()).text(detail).end()?;
    }
    rows.finish(staging)
}
