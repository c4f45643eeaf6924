//! `metadata.csv`: the corpus's other columns, one row a document, to be joined to any table by `document`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Error;

use csv::Writer;
use serde::{Deserialize, Serialize};

use crate::model::{Document, guarded};
use crate::report::columns::described_in;
use crate::report::tables::documents::DOCUMENTS;
use crate::report::{ReportError, SortedRows, Staging, Table};

/// The description of `metadata.csv`, as far as it is the same for every corpus.
pub static METADATA: Table = Table {
    file: "metadata.csv",
    row: "A document. Sorted by document. After the first three columns come all columns of the corpus beyond id, outlet, date, \
          title and text, constants that the study sets among them, sorted by name; one that has the name of a column of \
          documents.csv stands behind x_ (x_frame), so that the two tables join.",
    key: &["document"],
    columns: described_in!("metadata.tsv"),
};

/// What stands before a name that a table to be joined has, too.
const CLASH: &str = "x_";

/// The name that a column of the corpus has in `metadata.csv`. Different columns have different names there: `frame` is
/// `x_frame`, and `x_frame` is `x_x_frame`.
pub(in crate::report) fn metadata_column(name: &str) -> Cow<'_, str> {
    let mut bare = name;
    while let Some(rest) = bare.strip_prefix(CLASH) {
        bare = rest;
    }
    let is_taken = DOCUMENTS.columns.iter().any(|column| column.name == bare);
    if is_taken { Cow::Owned(format!("{CLASH}{name}")) } else { Cow::Borrowed(name) }
}

/// The name in the corpus of a column whose name in `metadata.csv` says that another was taken.
pub(in crate::report) fn bare_metadata_column(name: &str) -> Option<String> {
    name.strip_prefix(CLASH).map(str::to_owned)
}

/// Rows of `metadata.csv` on their way to the file. Which columns there are is known only after the last document.
#[derive(Debug)]
pub struct MetadataRows {
    rows: SortedRows,
    columns: BTreeSet<String>,
}

/// What is kept of a document until then.
#[derive(Serialize, Deserialize)]
struct Kept<'d> {
    document: Cow<'d, str>,
    outlet: Cow<'d, str>,
    date: String,
    extra: Cow<'d, BTreeMap<String, String>>,
}

impl MetadataRows {
    /// Begins the file.
    #[must_use]
    pub fn new(staging: &Staging) -> Self {
        Self { rows: SortedRows::new(staging, &METADATA), columns: BTreeSet::new() }
    }

    /// Takes a document.
    ///
    /// # Errors
    /// When memory is full and cannot be spilled to the disk.
    pub fn push(&mut self, document: &Document) -> Result<(), ReportError> {
        for column in
            document.extra.keys().filter(|column| !self.columns.contains(*column)).cloned().collect::<Vec<_>>()
        {
            self.columns.insert(column);
        }
        let kept = Kept {
            document: Cow::Borrowed(&document.id),
            outlet: Cow::Borrowed(&document.outlet),
            date: document.date.map_or_else(String::new, |date| date.to_string()),
            extra: Cow::Borrowed(&document.extra),
        };
        let bytes = serde_json::to_vec(&kept).map_err(|error| ReportError::at(METADATA.file.as_ref(), error.into()))?;
        self.rows.push(&document.id, bytes)
    }

    /// Writes header and rows, sorted, and hands the file to `staging`.
    ///
    /// # Errors
    /// When the file or what was spilled cannot be written or read.
    pub fn finish(self, staging: &mut Staging) -> Result<(), ReportError> {
        let Self { rows, columns } = self;
        let names = METADATA.columns.iter().map(|column| Cow::Borrowed(column.name));
        let header: Vec<Cow<'_, str>> = names.chain(columns.iter().map(|column| metadata_column(column))).collect();
        let header =
            line(header.iter().map(AsRef::as_ref)).map_err(|error| ReportError::at(METADATA.file.as_ref(), error))?;
        rows.finish_as(staging, &header, |kept| {
            let kept: Kept<'_> = serde_json::from_slice(kept)?;
            let extra = columns.iter().map(|column| kept.extra.get(column).map_or("", String::as_str));
            line([&*kept.document, &*kept.outlet, &kept.date].into_iter().chain(extra))
        })
    }
}

/// A line of the file; cells that a spreadsheet would compute stand behind an apostrophe.
fn line<'c>(cells: impl Iterator<Item = &'c str>) -> Result<Vec<u8>, Error> {
    let mut out = Writer::from_writer(Vec::new());
    out.write_record(cells.map(|cell| guarded(cell).into_owned()))?;
    out.into_inner().map_err(csv::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_clash_get_names_of_their_own() {
        for (name, expected) in [
            ("event", "event"),
            ("frame", "x_frame"),
            ("x_frame", "x_x_frame"),
            ("x_event", "x_event"),
            ("group", "x_group"),
            ("Frame", "Frame"),
        ] {
            assert_eq!(metadata_column(name), expected);
        }
    }
}
