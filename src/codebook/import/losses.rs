//! What becomes of the entries of a dictionary: kept, approximated or dropped, and why.

/// An entry that is not kept exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// 1-based line of the dictionary.
    pub line: usize,
    /// Path of its category.
    pub category: String,
    /// As the dictionary has it.
    pub entry: String,
    /// What was done.
    pub outcome: Outcome,
    /// What stands for it in the codebook; empty where it was dropped.
    pub pattern: String,
    /// Why.
    pub reason: String,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something near it is in the codebook.
    Approximated,
    /// Nothing of it is.
    Dropped,
}

/// Entries by what became of them. A word that counts for three categories is three entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Kept, approximated and dropped together.
    pub read: usize,
    /// In the codebook with the same meaning.
    pub kept: usize,
    /// In the codebook with nearly the same meaning.
    pub approximated: usize,
    /// Not in the codebook.
    pub dropped: usize,
    /// Those of the kept and approximated that say what another entry of their category says, too.
    pub repeated: usize,
}

impl Outcome {
    /// Every outcome's word.
    pub const WORDS: &'static [&'static str] = &["approximated", "dropped"];

    /// Its word in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approximated => "approximated",
            Self::Dropped => "dropped",
        }
    }
}
