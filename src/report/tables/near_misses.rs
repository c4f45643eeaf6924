//! Sentences near a frame that no rule matches as a table, for a spreadsheet or another program.

use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};
use crate::study::NearMiss;

/// The description of the table; its file is where the user says.
pub static NEAR_MISSES: Table = Table {
    file: "near-misses.csv",
    row: "A sentence in which no rule of the frame matches. Sorted by frame (the codebook's order), the nearest first.",
    key: &["frame", "document", "sentence"],
    columns: described_in!("near-misses.tsv"),
};

/// The sentences of frames, each by its id, as a file.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn near_misses_csv<'n>(
    frames: impl IntoIterator<Item = (&'n str, &'n [NearMiss])>,
) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&NEAR_MISSES);
    for (frame, misses) in frames {
        for miss in misses {
            rows.text(frame).text(&miss.document).text(&miss.group).text(&miss.outlet).date(miss.date);
            rows.count(miss.sentence as u64).number(Some(miss.score)).text(&miss.words.join(" "));
            rows.text(&miss.text).end()?;
        }
    }
    rows.into_table()
}
