//! Sentences, tokens and voices as spans of the unaltered text.
//!
//! [`read`] goes over a document once and fills a [`Reading`]; everything above works on its positions.
//!
//! In reading order: `characters`, `tokens` with `addresses`, `boundaries` and `sentences`, `reading`, `vocabulary`;
//! then `passage`, `clauses` and `voice`; `language` has every word of a language. Texts that came damaged are mended by
//! `markup`, `double_decoding`, `line_breaks` and `repeated_title`, `web_notice` tells what is no article; `stems`, `form_class` and `valence` are for features;
//! `name_key` tells spellings of one name.
//!
//! Not here: frames and rules. A text is read the same way whatever is looked for in it.

mod addresses;
mod boundaries;
mod characters;
mod clauses;
mod clock_times;
mod double_decoding;
mod form_class;
mod language;
mod likely_language;
mod line_breaks;
mod markup;
mod name_key;
mod passage;
mod reading;
mod repeated_title;
mod sentences;
mod stems;
mod tokens;
mod valence;
mod vocabulary;
mod voice;
mod web_notice;

pub use double_decoding::{decoded_once, is_decoded_twice};
pub use form_class::{FormClass, is_form};
pub use language::{Language, is_given_name, is_grammar, is_preposition, language_data};
pub use likely_language::is_in_another_language;
pub use markup::{ends_line, has_markup, without_markup};
pub use name_key::{NameKey, name_key};
pub use reading::{Reading, Sentence, read};
pub use repeated_title::after_repeated_title;
pub use sentences::sentence_spans;
pub use stems::stem;
pub use tokens::{Token, TokenKind, token_spans};
pub use valence::valence;
pub use vocabulary::{Vocabulary, Word, WordId, fold, fold_signs};
pub use voice::{AttributedWords, Complement, Function, Polarity, Stand, VoiceReader, VoiceRule, Voices};
pub use web_notice::is_web_notice;
