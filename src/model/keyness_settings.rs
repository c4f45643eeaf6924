//! What words are compared by beside the study's groups: parts of the corpus, named by conditions on its columns.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Subset, SubsetCondition};

/// The `[keyness]` table.
#[derive(Clone, Debug, PartialEq)]
pub struct KeynessSettings {
    /// A term is tested where so many distinct documents of the side that uses it more have it, and each side has as many.
    pub least_documents: u64,
    /// Parts of the corpus, by name; they may overlap. Of each only the condition is asked.
    pub subsets: BTreeMap<String, Subset>,
    /// Names of two subsets that are held against each other, in the order of the study file. A subset in none of them is held
    /// against all other documents.
    pub pairs: Vec<(String, String)>,
    /// A list of frequencies that groups, and subsets in no pair, are held against in place of all others: a path relative to the
    /// study file.
    pub reference: Option<String>,
}

/// Whether a document is in each of the study's subsets, in the order of their names; `None` where one of its cells cannot be held
/// against the condition.
pub type Membership = Box<[Option<bool>]>;

impl KeynessSettings {
    /// An outlet's own turn of phrase is in five of its articles sooner than a name that two of them happen to have.
    pub const LEAST_DOCUMENTS: u64 = 5;

    /// Columns of the corpus that the conditions look at, besides those that every document has.
    #[must_use]
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut columns: BTreeSet<&str> = self.subsets.values().flat_map(Subset::columns).collect();
        for known in ["id", "outlet", "date", "title", "text"] {
            columns.remove(known);
        }
        columns
    }

    /// Which subsets a document is in.
    #[must_use]
    pub fn membership(&self, document: &Document) -> Membership {
        let holds = |condition: &SubsetCondition| condition.holds(&|column| cell(document, column)).ok();
        self.subsets.values().map(|subset| subset.condition.as_ref().map_or(Some(true), holds)).collect()
    }
}

/// What a document says in a column, as conditions read it.
fn cell<'d>(document: &'d Document, column: &str) -> Cow<'d, str> {
    match column {
        "date" => document.date.map_or_else(String::new, |date| date.to_string()).into(),
        _ => document.column(column).unwrap_or_default().into(),
    }
}

impl Default for KeynessSettings {
    fn default() -> Self {
        Self { least_documents: Self::LEAST_DOCUMENTS, subsets: BTreeMap::new(), pairs: Vec::new(), reference: None }
    }
}
