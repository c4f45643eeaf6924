//! Dictionaries that people own, made into codebooks: LIWC, quanteda, Yoshikoder, Lexicoder and `WordStat`.
//!
//! A format cuts its file into a [`Dictionary`] (categories, entries, lines), and [`convert`] makes of any dictionary
//! the text of a codebook, with a [`Loss`] for every entry that it cannot say exactly. A new format is one file with a
//! [`Format`] and one line in [`FORMATS`].
//!
//! In reading order: `dictionary` (what every format has), a file for each format (`liwc` and `dicx`, `quanteda`,
//! `lexicoder`, `wordstat` with `wordstat_rule`, `yoshikoder`), `words` (their wildcards), `losses` (what cannot be
//! kept), `convert`, and `toml_text` (how the codebook is written).
//!
//! Not here: finding out which file is which and reading it, which is `corpus`; whether the codebook is a good one,
//! which `check` says.

mod convert;
mod dictionary;
mod dicx;
mod lexicoder;
mod liwc;
mod losses;
mod quanteda;
mod toml_text;
mod words;
mod wordstat;
mod wordstat_rule;
mod yoshikoder;

pub use convert::{Imported, convert};
pub use dictionary::{Category, Condition, Content, Dictionary, DictionaryEntry, DictionaryError, Operand, Side};
pub use losses::{Loss, Outcome, Tally};

use words::Syntax;

/// Every format that a dictionary may have.
pub const FORMATS: &[Format] =
    &[liwc::FORMAT, dicx::FORMAT, quanteda::FORMAT, yoshikoder::FORMAT, lexicoder::FORMAT, wordstat::FORMAT];

/// One format of dictionaries.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Extensions that mean it, in lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Cuts a file into categories and entries.
    ///
    /// # Errors
    /// At the first line that no file of the format has.
    pub read: fn(&str) -> Result<Dictionary, DictionaryError>,
    /// Whether a text begins as only files of this format do.
    is_beginning: fn(&str) -> bool,
    syntax: Syntax,
}

impl Format {
    /// The format called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

    /// The format that a file's first line shows, or else its extension.
    #[must_use]
    pub fn of_file(extension: &str, text: &str) -> Option<Self> {
        let extension = extension.to_lowercase();
        // The text before the name: dictionaries are passed on as .txt, and only some formats have an ending of their
        // own.
        let by_text = FORMATS.iter().find(|format| (format.is_beginning)(text.trim_start()));
        by_text.or_else(|| FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))).copied()
    }
}
