//! Where the columns of a table of codings stand.

use crate::corpus::CodedTable;

/// Where a column stands, if it is there, in capitals or not.
pub(super) fn place(table: &CodedTable, name: &str) -> Option<usize> {
    let exact = table.columns.iter().position(|column| column == name);
    exact.or_else(|| table.columns.iter().position(|column| column.trim().eq_ignore_ascii_case(name)))
}

/// The column that says something more of a frame: `threat voice`, `threat_voice`, `threat:voice` or `threat.voice`.
pub(super) fn beside(table: &CodedTable, frame: &str, kind: &str) -> Option<usize> {
    [" ", "_", ":", "."].iter().find_map(|joint| place(table, &format!("{frame}{joint}{kind}")))
}
