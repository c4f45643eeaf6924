//! What the columns of an article table look like, so that a first study file can be made of them.

use std::collections::BTreeMap;

/// A column, by the records looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnProfile {
    /// Its name in the file.
    pub name: String,
    /// Records with a value in it.
    pub filled: u64,
    /// Median length of these values, in code points.
    pub median_length: usize,
    /// Different values, in the order of their first record; no more than are needed to tell a name from a text.
    pub values: Vec<String>,
    /// Whether there are more different values than `values` has.
    pub has_more_values: bool,
    /// How many values each way of writing dates can read; only ways that read one at least.
    pub dates: Vec<DateFit>,
}

/// How well a way of writing dates fits a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFit {
    /// In strftime letters; empty for the ways that need no `date_format`.
    pub format: String,
    /// Values that it reads.
    pub read: u64,
}

/// The beginning of a file of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileProfile {
    /// The columns that hold plain values, in the order of the file.
    pub columns: Vec<ColumnProfile>,
    /// By `outlet`, `date` and `title`: the column that a run takes for it by its name where a study says nothing, be its values as
    /// they may.
    pub by_name: BTreeMap<&'static str, String>,
    /// Records looked at, those that cannot be read not among them.
    pub records: u64,
    /// Whether each file is one document, without columns.
    pub one_document: bool,
}
