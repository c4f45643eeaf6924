//! What counts how much in a comparison: sentences and documents, copies of one text, groups against one.

/// What counts alike in a share of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Every sentence: long documents decide more.
    Sentence,
    /// Every document, however long: the mean of the documents' own shares.
    Document,
}

impl Weight {
    /// The word that stands in study files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Document => "document",
        }
    }
}

/// Which of several copies of one text (wire copy, reprints, updates) a group's shares are of. Either way they are one unit of
/// variance and of permutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyRule {
    /// Every one: shares are of all that was printed.
    All,
    /// The earliest in each group: what an outlet prints again counts once, and a report that several outlets print counts once in
    /// each of them, since each chose to print it.
    One,
    /// Every one, each by one over as many as its group has: what is printed again counts once, as the mean of its copies, in
    /// each group.
    Weight,
}

impl CopyRule {
    /// The word that stands in study files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::One => "one",
            Self::Weight => "weight",
        }
    }
}

/// How all other groups are taken together where a group is held against them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestRule {
    /// As one: who publishes most decides most.
    Pooled,
    /// Each counts alike: the mean of their shares.
    Equal,
}

impl RestRule {
    /// The word that stands in study files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pooled => "pooled",
            Self::Equal => "equal",
        }
    }

    /// What a group is held against, in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Pooled => "all the others together",
            Self::Equal => "the others on average",
        }
    }
}
