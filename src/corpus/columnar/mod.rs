//! Records out of columns, as data frames have them: a stream of Arrow over a pipe, and files of Parquet.
//!
//! In reading order: `cells` (a value of any column as text), `arrow_stream`, `parquet_file`.
//!
//! Not here: what is answered to a stream (`report::arrow_answers`).

#[cfg(feature = "arrow")]
mod arrow_stream;
mod cells;
#[cfg(feature = "parquet")]
mod parquet_file;

#[cfg(feature = "arrow")]
pub(super) use arrow_stream::READER;
#[cfg(feature = "arrow")]
pub use arrow_stream::standard_input;
#[cfg(feature = "parquet")]
pub(super) use parquet_file::PARQUET;
