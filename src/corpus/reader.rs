//! What a corpus format is: extensions, and a way to cut a stream into records of named values.

use std::borrow::Cow;

use crate::{
    corpus::{CorpusError, stream::Stream},
    model::Exclusion,
};

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Its name for people.
    pub name: &'static str,
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

    /// The stream below, for its counts, checksum and notes.
    fn stream(&mut self) -> &mut Stream;
}

/// What stands in a record's place.
pub(super) enum Row<'a> {
    /// Names and values, in the order of the file.
    Values(Vec<(Cow<'a, str>, Cow<'a, str>)>),
    /// A record that cannot be read, and why.
    Unreadable(Exclusion, String),
}
