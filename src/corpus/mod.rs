//! Reads the corpus: files in, one document or excluded record at a time out, never the whole corpus in memory.
//!
//! A file's way through it: `inputs` finds it, `stream` hashes, decompresses and (with `encoding`) turns it into
//! UTF-8, a reader of [`READERS`] cuts it into records of named values, `mapping` makes each a document or says why
//! not, and [`Corpus`] keeps the tallies. A new format is one file with a [`Reader`] and one line in [`READERS`].
//!
//! `columnar` are records of data frames, `downloads` files of press archives with many articles each, `pages` web pages and `warc` archives of these; `presets` are columns by the names of databases.
//!
//! Beside these: `implied` (outlet and day where no column has their name), `globs`, `gzip`, `zstd_frames`, `results` (no table of an earlier run is an article), `dates` with `named_dates`,
//! `sought` (values that conditions ask for) with `nearest`, `reading` (where [`Corpus`] is); `profile` looks at a file that no study describes yet; `codings` reads what people said,
//! `coded` tables of coded texts, `dictionary` and
//! `whole_text` other files.
//!
//! Not here: what a study file says (`study`), and what is made of a document. Nothing here writes.

mod coded;
mod codings;
#[cfg(any(feature = "arrow", feature = "parquet"))]
mod columnar;
mod dates;
mod dictionary;
mod downloads;
mod encoder_folder;
mod encoding;
mod error;
mod globs;
mod gzip;
mod implied;
mod inputs;
mod json_lines;
mod json_object;
mod json_paths;
mod json_values;
mod mapping;
mod named_dates;
mod nearest;
mod pages;
mod plain_text;
mod presets;
mod profile;
mod reader;
mod reading;
mod results;
mod separated;
mod sought;
#[cfg(feature = "spreadsheets")]
mod spreadsheet;
mod stream;
mod warc;
mod whole_text;
mod zstd_frames;

pub use coded::{CodedTable, TargetColumns, read_table};
pub use codings::{CodingFile, CodingScope, HandCodings, read_hand_codings};
#[cfg(feature = "arrow")]
pub use columnar::standard_input;
pub use dictionary::read_dictionary;
pub use encoder_folder::{read_encoder, read_vectors};
pub use error::CorpusError;
pub use mapping::Needs;
pub use profile::profile;
pub use reader::Reader;
#[cfg(feature = "arrow")]
pub use reading::open_arrow;
pub use reading::{Corpus, FileTally, Record, open};
pub use whole_text::read_text;

/// Every format that a corpus may have. The extension of a file decides, after `.gz` or `.zst` is taken off.
pub const READERS: &[Reader] = &[
    separated::CSV,
    separated::TSV,
    json_lines::READER,
    json_values::READER,
    #[cfg(feature = "spreadsheets")]
    spreadsheet::READER,
    #[cfg(feature = "parquet")]
    columnar::PARQUET,
    downloads::WORD,
    downloads::HTML,
    downloads::ZIPPED,
    downloads::XML,
    downloads::RICH_TEXT,
    warc::READER,
    plain_text::READER,
];
