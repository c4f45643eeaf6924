//! Values that conditions and spellings of the study ask for, held against what records say: one that no record has is mistyped,
//! or of other data, and a subset by it is not the one that was meant.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::nearest::nearest;
use crate::model::{CorpusSettings, SubsetCondition};

/// How many different values of a column are kept, of which the nearest is named.
const MOST_VALUES: usize = 1000;

/// What is asked of columns, and what they say.
#[derive(Clone, Debug, Default)]
pub(super) struct SoughtValues {
    columns: BTreeMap<String, SoughtColumn>,
    /// Spellings that `rename` makes another of, in whichever column.
    spellings: SoughtColumn,
}

#[derive(Clone, Debug, Default)]
struct SoughtColumn {
    /// Texts that a condition names, and no record has had so far.
    missing: BTreeSet<String>,
    /// Texts of records.
    found: BTreeSet<String>,
}

impl SoughtValues {
    /// What the tables ask for.
    pub(super) fn of(settings: &[CorpusSettings]) -> Self {
        let mut columns: BTreeMap<String, SoughtColumn> = BTreeMap::new();
        let conditions = settings.iter().filter_map(|settings| settings.subset.condition.as_ref());
        for (column, text) in conditions.flat_map(SubsetCondition::texts) {
            columns.entry(column.to_owned()).or_default().missing.insert(text.trim().to_owned());
        }
        let missing = settings.iter().flat_map(|settings| settings.rename.keys().cloned()).collect();
        Self { columns, spellings: SoughtColumn { missing, found: BTreeSet::new() } }
    }

    /// Takes note of an outlet, or other group, as a record spells it.
    pub(super) fn see_spelling(&mut self, name: &str) {
        if !self.spellings.missing.is_empty() {
            self.spellings.see(Cow::Borrowed(name));
        }
    }

    /// Takes note of a record, by the cell that it has in a column.
    pub(super) fn see<'r>(&mut self, cell: impl Fn(&str) -> Cow<'r, str>) {
        for (column, sought) in self.columns.iter_mut().filter(|(_, sought)| !sought.missing.is_empty()) {
            sought.see(cell(column));
        }
    }

    /// What to say of each text that no record has.
    pub(super) fn notes(&self) -> Vec<String> {
        let of_columns = self.columns.iter().flat_map(|(column, sought)| sought.notes(format!("where: {column} ")));
        of_columns.chain(self.spellings.notes("rename: ".to_owned())).collect()
    }
}

impl SoughtColumn {
    fn see(&mut self, cell: Cow<'_, str>) {
        if !self.missing.remove(&*cell) && self.found.len() < MOST_VALUES && !self.found.contains(&*cell) {
            self.found.insert(cell.into_owned());
        }
    }

    fn notes(&self, whose: String) -> impl Iterator<Item = String> {
        self.missing.iter().map(move |text| {
            let hint =
                nearest(text, &self.found).map_or(String::new(), |nearest| format!("; did you mean '{nearest}'?"));
            format!("{whose}'{text}' is in no record{hint}")
        })
    }
}
