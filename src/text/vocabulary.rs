//! The table of word forms: each distinct form is looked at once, each token is one look-up.

use rustc_hash::FxHashMap;

/// Number of a word form in a [`Vocabulary`]. Which number a form gets depends on what was read before, so no result
/// may depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// Position in tables that run parallel to the vocabulary.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known of one word form.
#[derive(Clone, Debug)]
pub struct Word {
    /// As written.
    pub surface: Box<str>,
    /// Lower-cased, with typographic apostrophes made straight: what patterns are compared with.
    pub folded: Box<str>,
}

/// Every word form seen so far by one worker. Forms that differ in case are different entries.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<Word>,
}

impl Vocabulary {
    /// The number of the form `surface`, new or known.
    pub fn id(&mut self, surface: &str) -> WordId {
        if let Some(id) = self.ids.get(surface) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.words.push(Word { surface: surface.into(), folded: fold(surface).into() });
        self.ids.insert(surface.into(), id);
        id
    }

    /// What is known of the form `id`.
    #[must_use]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.index()]
    }

    /// Whether it has grown past what one worker should keep; then it is to be cleared between documents.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.words.len() > 1_000_000
    }

    /// Forgets every form.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.words.clear();
    }

    /// How many forms are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether nothing was read yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// The form that patterns are compared with: lower case, straight apostrophes.
#[must_use]
pub fn fold(surface: &str) -> String {
    surface.replace(['\u{2019}', '\u{2018}', '\u{02BC}'], "'").to_lowercase()
}
