//! A concordance as a table: keyword in context, for a spreadsheet or another program.

use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};
use crate::study::ConcordanceLine;

/// The description of the table; its file is where the user says.
pub static CONCORDANCE: Table = Table {
    file: "concordance.csv",
    row: "A match of the pattern, in the order that was asked for.",
    key: &["document", "sentence", "start"],
    columns: described_in!("concordance.tsv"),
};

/// The table as a file.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn concordance_csv(lines: &[ConcordanceLine]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&CONCORDANCE);
    for line in lines {
        add_line(&mut rows, line);
        rows.end()?;
    }
    rows.into_table()
}

/// The cells of a line, from the document to what stands behind the match.
pub(super) fn add_line(rows: &mut Rows<Vec<u8>>, line: &ConcordanceLine) {
    rows.text(&line.document).text(&line.group).text(&line.outlet).date(line.date);
    rows.count(line.sentence as u64).count(line.start as u64).count(line.end as u64);
    // Context begins anywhere, at a dash or an equals sign as well, so it is guarded as a label is.
    rows.text(&line.left).text(&line.matched).text(&line.right);
}
