//! What a corpus format is: extensions, and a way to cut a stream into records of named values.

use std::borrow::Cow;

use crate::corpus::CorpusError;
use crate::corpus::stream::{LONGEST_RECORD, Stream};
use crate::model::{Exclusion, FileFormat};

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Its name for people.
    pub name: &'static str,
    /// What a study calls it.
    pub format: FileFormat,
    /// Extensions that mean this format, in lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file is one document, so that its name alone is a good id.
    pub one_document: bool,
    pub(super) open: fn(Stream) -> Result<Box<dyn Records>, CorpusError>,
}

/// A file being read. Implementors never keep more than one record in memory.
pub(super) trait Records: Send {
    /// Names of the columns where the file declares them before its first record.
    fn columns(&self) -> Option<&[String]>;

    /// The next record; `None` at the end of the file. Only trouble with the file as a whole is an error.
    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError>;

    /// Goes on to the next batch, of a format whose records come in batches that are answered one by one, and gives the number of its
    /// records; `None` after the last batch.
    #[cfg(feature = "arrow")]
    fn next_batch(&mut self) -> Result<Option<usize>, CorpusError> {
        Ok(None)
    }

    /// The stream below, for its counts, checksum and notes.
    fn stream(&mut self) -> &mut Stream;

    /// Whether there are many documents in a file of a format that may have one only.
    fn holds_many(&self) -> bool {
        false
    }
}

/// What stands in a record's place.
pub(super) enum Row<'a> {
    /// Its cells, in the order of the file.
    Cells(Vec<NamedValue<'a>>),
    /// A record that cannot be read, and why.
    Unreadable(Exclusion, String),
}

/// A named value of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedValue<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Cow<'a, str>,
    pub(super) form: ValueForm,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueForm {
    /// As text: between quotation marks, or in a format that has no marks.
    Text,
    /// Without the quotation marks that it could have, so that `NA` may be a mark for what is missing.
    Bare,
    /// As a list or an object of JSON.
    Nested,
    /// As text in which half a character (one escape of a surrogate pair) is replaced by U+FFFD.
    Torn,
}

/// Why a record longer than [`LONGEST_RECORD`] is left out; `place` says where it is.
pub(super) fn too_long(place: &str) -> String {
    format!("over {} MiB in {place}", LONGEST_RECORD >> 20)
}

impl NamedValue<'_> {
    /// Whether it is one of the marks with which R, pandas and databases write that nothing is known, and spreadsheets that a
    /// formula failed. `"NA"` between
    /// quotation marks is a text: the country code of Namibia, say.
    pub(super) fn is_missing(&self) -> bool {
        const MARKS: [&str; 18] = [
            "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NaT", "None", "NULL", "null", "\\N", "#REF!", "#VALUE!",
            "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!",
        ];
        self.form == ValueForm::Bare && MARKS.contains(&self.value.trim())
    }
}
