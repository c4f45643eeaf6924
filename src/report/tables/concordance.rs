//! A concordance as a table: keyword in context, for a spreadsheet or another program.

use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};
use crate::study::ConcordanceLine;

/// The description of the table; its file is where the user says.
static CONCORDANCE: Table = Table {
    file: "concordance.csv",
    row: "A match of the pattern, in the order that was asked for.",
    key: &["document", "sentence", "start"],
    columns: &[
        columns::DOCUMENT,
        columns::OUTLET,
        columns::DATE,
        columns::SENTENCE,
        Column::required(
            "start",
            Kind::Count,
            "First character of the match, counted from 0 in Unicode code points of the document's text; of its title \
             where that is the sentence.",
        ),
        columns::END,
        Column::optional("left", Kind::Text, "The words before it, white space made single blanks."),
        Column::required("match", Kind::Text, "From the first matched word to the last."),
        Column::optional("right", Kind::Text, "The words behind it."),
    ],
};

/// The table as a file.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn concordance_csv(lines: &[ConcordanceLine]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&CONCORDANCE);
    for line in lines {
        rows.text(&line.document).text(&line.outlet).date(line.date);
        rows.count(line.sentence as u64).count(line.start as u64).count(line.end as u64);
        rows.words(&line.left).words(&line.matched).words(&line.right).end()?;
    }
    Ok([CONCORDANCE.header().into_bytes(), rows.into_bytes()?].concat())
}
