//! `excluded.csv`: every record that was left out, and why.

use crate::model::{Excluded, Exclusion};
use crate::report::{Column, Kind, ReportError, Rows, Staging, Table};

/// The description of `excluded.csv`.
pub(super) static EXCLUDED: Table = Table {
    file: "excluded.csv",
    row: "A record of the corpus that was left out. Sorted by file, then record.",
    key: &[],
    columns: &[
        Column::required("file", Kind::Text, "Input file, relative to the study file."),
        Column::required("record", Kind::Count, "Number of the record in the file, counted from 1 without the header."),
        Column::required(
            "reason",
            Kind::Choice(&REASONS),
            "The kind of trouble; outside-subset is none: \"where\", \"from\" or \"to\" leave the record out.",
        ),
        Column::optional("detail", Kind::Text, "The offending value or place, and what would be right."),
    ],
};

const REASONS: [&str; Exclusion::ALL.len()] = {
    let mut words = [""; Exclusion::ALL.len()];
    let mut reason = 0;
    while reason < words.len() {
        words[reason] = Exclusion::ALL[reason].as_str();
        reason += 1;
    }
    words
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
