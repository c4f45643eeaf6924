//! Records out of columns, as data frames have them: a stream of Arrow over a pipe.
//!
//! In reading order: `cells` (a value of any column as text), `arrow_stream`.
//!
//! Not here: what is answered to a stream (`report::arrow_answers`).

mod arrow_stream;
mod cells;

pub(super) use arrow_stream::READER;
pub use arrow_stream::standard_input;
