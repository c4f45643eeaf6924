//! The researcher's instrument: frames, rules, word lists, and the pattern language they are written in.
//!
//! [`parse`] reads a codebook file; [`Codebook::matcher`] finds its rules in sentences, and [`search`] any other pattern.
//!
//! In reading order: `keys` (what files may say), `toml_file` (TOML with places), `file` with `file_keys` (the codebook, checked), `pattern` (what a `match` says; `notation.md` tells people),
//! `network` (all patterns as one), `word_classes` (which words they ask for), `needs` (what a sentence must have), `matching` (where they are found), `marks` (what parts
//! the words of a phrase);
//! `import` makes codebooks of dictionaries, `written_rule` a rule to paste.
//!
//! Not here: what a match is worth, who speaks it and whether it is cancelled, which is `coding`.

mod file;
mod file_keys;
pub mod import;
mod keys;
mod marks;
mod matching;
mod nearness;
mod needs;
mod network;
mod pattern;
mod toml_file;
mod word_classes;
mod written_rule;

pub use file::{parse, search};
pub use file_keys::CODEBOOK_KEYS;
pub use keys::{FileKey, Holds, KeyTable, choice_words};
pub use matching::{Hit, MatchMemory, Matcher};
pub use toml_file::{Fields, Text, TomlError, TomlFile, Value, unknown_word, word_list};
pub use written_rule::written_rule;

use crate::codebook::file::Lists;
use crate::model::Stance;

/// How patterns are read, as a table in Markdown for those who write or judge them.
pub const NOTATION: &str = include_str!("notation.md");

/// A codebook, checked and ready to be applied.
#[derive(Debug)]
pub struct Codebook {
    /// For headings.
    pub title: String,
    /// ISO 639-1 code of the language it is written for.
    pub language: String,
    /// The categories, in the order of the file.
    pub frames: Vec<Frame>,
    /// The evidence for them, in the order of the file; nothing depends on that order.
    pub rules: Vec<Rule>,
    /// Groups of sources, by id.
    pub sources: Vec<SourceGroup>,
    /// The word lists, by name.
    pub lists: Vec<WordList>,
    /// Finds the patterns of `rules` and `sources`.
    pub matcher: Matcher,
    /// The word lists as patterns.
    patterns: Lists,
}

/// A category of the codebook.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Unique in the codebook; what tables show.
    pub id: String,
    /// For figures and prose.
    pub label: String,
    /// What counts and what does not, for a human coder.
    pub definition: String,
    /// A coding is a hit when its probability reaches this; in (0, 1).
    pub threshold: f64,
}

/// A pattern that is evidence for a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Unique in the codebook; what tables show.
    pub id: String,
    /// Index of its frame.
    pub frame: usize,
    /// Its patterns as the file has them.
    pub written: Written,
    /// Number of the pattern that must match.
    pub pattern: usize,
    /// Number of the pattern that cancels a match it overlaps or shares a clause with.
    pub unless: Option<usize>,
    /// The stance of a voice that affirms the cue.
    pub stance: Stance,
    /// In whose mouth the rule counts; `None` for anybody's.
    pub voice: Option<RuleVoice>,
    /// Number of a pattern that the name of the cue's source must match.
    pub source: Option<usize>,
    /// What a cue adds to the sentence's score for the frame, in log-odds; negative is evidence against.
    pub weight: f64,
    /// Sentences the rule must match.
    pub hits: Vec<String>,
    /// Sentences it must not match.
    pub misses: Vec<String>,
}

/// The patterns of a rule, as a person wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// `match`
    pub matches: String,
    /// `unless`
    pub unless: Option<String>,
    /// `source`
    pub source: Option<String>,
}

/// A line of `[lists]`, as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// What patterns name in braces.
    pub name: String,
    /// Words and patterns.
    pub entries: Vec<String>,
}

/// Names that a study takes together: a line of `[sources]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceGroup {
    /// Unique in the codebook; what tables show.
    pub id: String,
    /// Number of the pattern that a source's name must match.
    pub pattern: usize,
    /// Names and patterns, as the file has them.
    pub names: Vec<String>,
}

/// In whose mouth a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVoice {
    /// The outlet's own.
    Own,
    /// A source's.
    Attributed,
}
