//! Rules that a frame may lack as a table, for a spreadsheet or another program.

use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};
use crate::study::RuleSuggestion;

/// The description of the table; its file is where the user says.
pub static SUGGESTIONS: Table = Table {
    file: "suggestions.csv",
    row: "A rule that the frame may lack, the one that adds most first.",
    key: &["frame", "pattern"],
    columns: described_in!("suggestions.tsv"),
};

/// The suggestions for `frame` as a file.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn suggestions_csv(frame: &str, suggestions: &[RuleSuggestion]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&SUGGESTIONS);
    for it in suggestions {
        rows.text(frame).text(&it.pattern);
        for count in [it.matched, it.new, it.adds, it.alike, it.documents, it.groups] {
            rows.count(count);
        }
        let precision = it.precision;
        rows.count(precision.map_or(0, |it| it.codings)).number(precision.map(|it| it.share));
        rows.interval(precision.map(|it| it.interval)).words(&it.rule(frame));
        let doubtful: Vec<&str> = it.doubtful.iter().map(|hit| &hit.text[..]).collect();
        rows.words(&doubtful.join("\n")).end()?;
    }
    rows.into_table()
}
