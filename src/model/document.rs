//! One article of the corpus, and the record of one that was left out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use crate::model::Span;

/// What separates a title from the text inside a document's content.
const TITLE_BREAK: &str = "\n\n";

/// One article. Title and text are kept, unaltered, in one string, the content, so that every analysis reads the
/// document as a whole and a byte span means one thing only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Unique in the corpus.
    pub id: String,
    /// Who published it; the usual unit of comparison.
    pub outlet: String,
    /// Day of publication; `None` where the corpus gives none and the study does not need it.
    pub date: Option<Date>,
    /// Columns of the corpus beyond id, outlet, date, title and text, by name.
    pub extra: BTreeMap<String, String>,
    /// Where it was read.
    pub origin: Origin,
    content: String,
    title_len: usize,
}

impl Document {
    /// A document with the given title and text, either of which may be empty, and nothing else known about it.
    #[must_use]
    pub fn new(id: impl Into<String>, title: &str, text: &str) -> Self {
        let separator = if title.is_empty() || text.is_empty() { "" } else { TITLE_BREAK };
        Self {
            id: id.into(),
            outlet: String::new(),
            date: None,
            extra: BTreeMap::new(),
            origin: Origin::default(),
            content: [title, separator, text].concat(),
            title_len: title.len(),
        }
    }

    /// Title, a blank line, text: what spans refer to.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The title as the corpus has it; empty if there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.content[..self.title_len]
    }

    /// The text as the corpus has it; empty for a headline-only record.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.content[self.text_start()..]
    }

    /// Where the title stands in the content.
    #[must_use]
    pub fn title_span(&self) -> Span {
        Span::new(0, self.title_len)
    }

    /// Where the text stands in the content.
    #[must_use]
    pub fn text_span(&self) -> Span {
        Span::new(self.text_start(), self.content.len())
    }

    fn text_start(&self) -> usize {
        if self.title_len == 0 { 0 } else { (self.title_len + TITLE_BREAK.len()).min(self.content.len()) }
    }

    /// The value of a column by the name the study uses for it; `None` where the document has no such column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&str> {
        match name {
            "id" => Some(&self.id),
            "outlet" => Some(&self.outlet),
            "title" => Some(self.title()),
            "text" => Some(self.text()),
            _ => self.extra.get(name).map(String::as_str),
        }
    }
}

/// Where a record was read: the input file as the study names it, and the record's place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Path relative to the study file, with forward slashes.
    pub file: String,
    /// 1-based number of the record in the file, the header not counted.
    pub record: u64,
}

/// A record that was left out, and why. Such rows are data: they reach `excluded.csv`, and the counts reconcile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Excluded {
    /// Where it was read.
    pub origin: Origin,
    /// The kind of trouble.
    pub reason: Exclusion,
    /// The offending value or place, and what would be right.
    pub detail: String,
}

/// Why a record was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Exclusion {
    /// Neither a title nor a text.
    MissingText,
    /// No value in the column that documents are compared by.
    MissingOutlet,
    /// A group has the name that tables use for all other groups.
    ReservedName,
    /// No date, where the study compares periods.
    MissingDate,
    /// A date that cannot be read, or that no newspaper can have carried.
    BadDate,
    /// An id that an earlier record already has.
    DuplicateId,
    /// Bytes that are no text in the file's encoding.
    Undecodable,
    /// A record with more or fewer fields than the header.
    FieldCount,
    /// A record that is not valid CSV or JSON.
    Malformed,
    /// A record longer than any article; usually a quotation mark that is never closed.
    TooLong,
    /// A value that cannot be used, such as a coding that is neither 0 nor 1.
    BadValue,
    /// A document that labels from outside, which code the study, say nothing of.
    NoLabel,
    /// Sound, but not what the study is about: `where`, `from` or `to` leave it out.
    OutsideSubset,
}

impl Exclusion {
    /// Every reason.
    pub const ALL: [Self; 13] = [
        Self::MissingText,
        Self::MissingOutlet,
        Self::ReservedName,
        Self::MissingDate,
        Self::BadDate,
        Self::DuplicateId,
        Self::Undecodable,
        Self::FieldCount,
        Self::Malformed,
        Self::TooLong,
        Self::BadValue,
        Self::NoLabel,
        Self::OutsideSubset,
    ];

    /// The word that stands in `excluded.csv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MissingText => "missing-text",
            Self::MissingOutlet => "missing-outlet",
            Self::ReservedName => "reserved-name",
            Self::MissingDate => "missing-date",
            Self::BadDate => "bad-date",
            Self::DuplicateId => "duplicate-id",
            Self::Undecodable => "undecodable",
            Self::FieldCount => "field-count",
            Self::Malformed => "malformed",
            Self::TooLong => "too-long",
            Self::BadValue => "bad-value",
            Self::NoLabel => "no-label",
            Self::OutsideSubset => "outside-subset",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_text_come_back_unaltered() {
        for (title, text) in [("", ""), ("A", ""), ("", "B c."), ("Überschrift", "Текст.\n\n"), ("a\n\nb", "c")] {
            let document = Document::new("1", title, text);
            assert_eq!((document.title(), document.text()), (title, text));
            assert_eq!(document.title_span().of(document.content()), title);
            assert_eq!(document.text_span().of(document.content()), text);
        }
    }
}
