//! Matches of a rule in their contexts as a table, for a spreadsheet or another program.

use crate::report::columns::described_in;
use crate::report::tables::concordance::add_line;
use crate::report::{ReportError, Rows, Table};
use crate::study::RuleLine;

/// The description of the table; its file is where the user says.
pub static RULE_LINES: Table = Table {
    file: "rule-matches.csv",
    row: "A match of the rule, of those that were drawn.",
    key: &["document", "sentence", "start"],
    columns: described_in!("rule-matches.tsv"),
};

/// The table as a file.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn rule_lines_csv(lines: &[RuleLine]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&RULE_LINES);
    for RuleLine { line, fate, cancelled_by } in lines {
        add_line(&mut rows, line);
        rows.text(fate.as_str()).text(cancelled_by.as_deref().unwrap_or_default()).end()?;
    }
    rows.into_table()
}
