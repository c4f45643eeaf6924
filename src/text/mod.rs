//! Sentences, tokens and voices as spans of the unaltered text.
//!
//! [`read`] goes over a document once and fills a [`Reading`]; everything above works on its positions.

mod addresses;
mod boundaries;
mod characters;
mod clauses;
mod language;
mod line_breaks;
mod passage;
mod reading;
mod sentences;
mod stems;
mod tokens;
mod valence;
mod vocabulary;
mod voice;

pub use language::Language;
pub use reading::{Reading, Sentence, read};
pub use sentences::sentence_spans;
pub use stems::stem;
pub use tokens::{Token, TokenKind, token_spans};
pub use valence::valence;
pub use vocabulary::{Vocabulary, Word, WordId, fold};
pub use voice::{Attribution, Complement, Function, Polarity, Stand, VoiceReader, Voices};
