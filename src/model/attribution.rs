//! Who is given the word in a document: a source, a verb of saying, and the words that are given as the source's.

use crate::model::{Span, VerbClass};

/// Words that a document gives as somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Number of the sentence that names the source: 0 is the title.
    pub sentence: usize,
    /// The source as written, in the document's content; `None` where nobody is named ("it was alleged that").
    pub source: Option<Span>,
    /// The name the source has throughout the document; `None` where it has none, as a pronoun of open reference.
    pub name: Option<String>,
    /// Index of the group of sources that the codebook puts it in.
    pub group: Option<usize>,
    /// The reporting verb, in the document's content.
    pub verb: Option<Span>,
    /// Its class.
    pub verb_class: Option<VerbClass>,
    /// Whether it was said at all.
    pub mood: Mood,
    /// Whether the words are quoted.
    pub kind: Speech,
    /// The words, in the document's content; more than one span where "X said" is inserted. In order.
    pub content: Vec<Span>,
    /// Numbers of the sentences that have a word of the content, ascending.
    pub sentences: Vec<u32>,
}

/// Whether words are quoted or reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speech {
    /// In quotation marks throughout.
    Direct,
    /// Without.
    Indirect,
    /// Partly.
    Mixed,
}

impl Speech {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Indirect, Self::Mixed];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// Whether the words were in fact said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mood {
    /// They were: "said", "has claimed", "is warning".
    #[default]
    Asserted,
    /// They were not: "did not say", "never claimed".
    Negated,
    /// They would or might be: "would say", "could argue".
    Hypothetical,
    /// Somebody would not say them: "declined to say", "refused to confirm".
    Refused,
}

impl Mood {
    /// Every mood, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::Asserted, Self::Negated, Self::Hypothetical, Self::Refused];

    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
            Self::Refused => "refused",
        }
    }
}
