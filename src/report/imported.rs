//! An imported codebook and the table of what its dictionary said that it cannot say.

use std::path::{Path, PathBuf};

use crate::codebook::import::{Imported, Loss, Outcome};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table, write_together};

/// What could not be kept; the file is named after the codebook.
const IMPORT: Table = Table {
    file: "codebook-import.csv",
    row: "an entry of a dictionary that its codebook does not say exactly",
    key: &[],
    columns: described_in!("codebook-import.tsv", "outcome" => Outcome::WORDS),
};

/// Where the losses of an import to `codebook` are listed: beside it, under its name.
#[must_use]
pub fn losses_path(codebook: &Path) -> PathBuf {
    let stem = codebook.file_stem().unwrap_or_default().to_string_lossy();
    codebook.with_file_name(format!("{stem}-import.csv"))
}

/// Writes an imported codebook to the file `codebook`, and what was lost beside it. Both come together or not
/// at all; a codebook that is there already is not replaced.
///
/// # Errors
/// When a file cannot be written, or something has the codebook's name already.
pub fn write_import(imported: &Imported, codebook: &Path) -> Result<(), ReportError> {
    if codebook.symlink_metadata().is_ok() {
        return Err(ReportError::Exists(codebook.to_path_buf()));
    }
    let losses = losses_path(codebook);
    let table = table_of(&imported.losses)?;
    write_together(&[(losses, table), (codebook.to_path_buf(), imported.codebook.clone().into_bytes())])
}

fn table_of(losses: &[Loss]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&IMPORT);
    for loss in losses {
        rows.count(loss.line as u64).text(&loss.category).text(&loss.entry);
        rows.text(loss.outcome.as_str()).text(&loss.pattern).text(&loss.reason).end()?;
    }
    rows.into_table()
}
