//! A dictionary as its file has it: categories, entries and lines, whatever the format.

/// A dictionary, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dictionary {
    /// Its own name, where the file has one.
    pub title: Option<String>,
    /// Parents before their children.
    pub categories: Vec<Category>,
    /// Whether what counts for a category counts for those above it, too.
    pub counts_upwards: bool,
}

/// A category and the entries that stand for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Category {
    /// What entries call it: a number in LIWC, elsewhere its name.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What the dictionary says of it.
    pub description: Option<String>,
    /// Index of the category it belongs to.
    pub parent: Option<usize>,
    /// In the order of the file.
    pub entries: Vec<DictionaryEntry>,
}

/// One word, phrase or rule of one category.
#[derive(Clone, Debug, PartialEq)]
pub struct DictionaryEntry {
    /// 1-based line of the file.
    pub line: usize,
    /// As the file has it.
    pub text: String,
    /// What it asks for.
    pub content: Content,
    /// What it counts, where that is not 1.
    pub weight: Option<f64>,
}

/// What an entry asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A word or phrase, with wildcards.
    Words(String),
    /// Words that count only near others, or only away from them.
    Conditional {
        /// What the rule is called.
        name: String,
        /// What counts.
        item: Operand,
        /// All of which must hold.
        conditions: Vec<Condition>,
    },
    /// Something that no pattern can say, and why.
    Unreadable(String),
}

/// What a rule of a dictionary speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A word or phrase.
    Words(String),
    /// Any entry of the category with this key.
    Category(String),
}

/// What must stand, or must not stand, near an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Whether it must not.
    pub is_negated: bool,
    /// Where the others stand, seen from the item.
    pub side: Side,
    /// Any of these.
    pub others: Vec<Operand>,
    /// The most words from the one to the other, 1 being adjacent; `None` for as far as a sentence reaches.
    pub distance: Option<usize>,
    /// What of the condition a codebook cannot say.
    pub loosened: Option<&'static str>,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before or after.
    Either,
    /// Before.
    Before,
    /// After.
    After,
}

/// Why a dictionary cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct DictionaryError {
    /// 1-based line.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl DictionaryError {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

impl Dictionary {
    /// The names from the outermost category down to category `index`.
    #[must_use]
    pub fn path(&self, index: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut next = Some(index);
        while let Some(category) = next.and_then(|index| self.categories.get(index)) {
            path.push(category.name.as_str());
            next = category.parent;
        }
        path.reverse();
        path
    }

    /// Adds a category whose name is its key; returns its index.
    pub(super) fn add(&mut self, name: &str, parent: Option<usize>) -> usize {
        let category = Category { key: name.to_owned(), name: name.to_owned(), parent, ..Category::default() };
        self.categories.push(category);
        self.categories.len() - 1
    }

    /// This dictionary, if it holds any entry.
    ///
    /// # Errors
    /// When it holds none; `remedy` says how entries look in the format.
    pub(super) fn with_entries(self, remedy: &str) -> Result<Self, DictionaryError> {
        if self.categories.iter().all(|category| category.entries.is_empty()) {
            return Err(DictionaryError::new(1, format!("no entries; {remedy}")));
        }
        Ok(self)
    }
}

impl DictionaryEntry {
    /// A word or phrase that is written as it is meant.
    pub(super) fn words(line: usize, text: &str) -> Self {
        Self { line, text: text.to_owned(), content: Content::Words(text.to_owned()), weight: None }
    }
}
