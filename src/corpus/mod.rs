//! Reads the corpus: files in, one document or excluded record at a time out, never the whole corpus in memory.
//!
//! A file's way through it: `inputs` finds it, `stream` hashes, decompresses and (with `encoding`) turns it into
//! UTF-8, a reader of [`READERS`] cuts it into records of named values, `mapping` makes each a document or says why
//! not, and [`Corpus`] keeps the tallies. A new format is one file with a [`Reader`] and one line in [`READERS`].

mod coded;
mod codings;
mod dates;
mod dictionary;
mod encoding;
mod error;
mod globs;
mod gzip;
mod inputs;
mod json_lines;
mod json_object;
mod json_values;
mod mapping;
mod named_dates;
mod plain_text;
mod reader;
mod reading;
mod results;
mod separated;
mod stream;
mod whole_text;

pub use coded::{CodedTable, TargetColumns, read_table};
pub use codings::{CodingFile, CodingScope, HandCodings, read_hand_codings};
pub use dictionary::read_dictionary;
pub use error::CorpusError;
pub use mapping::Needs;
pub use reader::Reader;
pub use reading::{Corpus, FileTally, Record, open};
pub use whole_text::read_text;

/// Every format that a corpus may have. The extension of a file decides, after `.gz` or `.zst` is taken off.
pub const READERS: &[Reader] =
    &[separated::CSV, separated::TSV, json_lines::READER, json_values::READER, plain_text::READER];
