//! Values that conditions of the study ask for, held against what records say: one that no record has is mistyped, or of other
//! data, and a subset by it is not the one that was meant.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::nearest::nearest;
use crate::model::SubsetCondition;

/// How many different values of a column are kept, of which the nearest is named.
const MOST_VALUES: usize = 1000;

/// What is asked of columns, and what they say.
#[derive(Clone, Debug, Default)]
pub(super) struct SoughtValues(BTreeMap<String, SoughtColumn>);

#[derive(Clone, Debug, Default)]
struct SoughtColumn {
    /// Texts that a condition names, and no record has had so far.
    missing: BTreeSet<String>,
    /// Texts of records.
    found: BTreeSet<String>,
}

impl SoughtValues {
    /// What the conditions ask for.
    pub(super) fn of<'c>(conditions: impl Iterator<Item = &'c SubsetCondition>) -> Self {
        let mut columns: BTreeMap<String, SoughtColumn> = BTreeMap::new();
        for (column, text) in conditions.flat_map(SubsetCondition::texts) {
            columns.entry(column.to_owned()).or_default().missing.insert(text.trim().to_owned());
        }
        Self(columns)
    }

    /// Takes note of a record, by the cell that it has in a column.
    pub(super) fn see<'r>(&mut self, cell: impl Fn(&str) -> Cow<'r, str>) {
        for (column, sought) in self.0.iter_mut().filter(|(_, sought)| !sought.missing.is_empty()) {
            let cell = cell(column);
            if !sought.missing.remove(&*cell) && sought.found.len() < MOST_VALUES && !sought.found.contains(&*cell) {
                sought.found.insert(cell.into_owned());
            }
        }
    }

    /// What to say of each text that no record has.
    pub(super) fn notes(&self) -> Vec<String> {
        let note = |column: &str, text: &str, found: &BTreeSet<String>| {
            let hint = nearest(text, found).map_or(String::new(), |nearest| format!("; did you mean '{nearest}'?"));
            format!("where: {column} '{text}' is in no record{hint}")
        };
        let columns = self.0.iter();
        columns
            .flat_map(|(column, sought)| sought.missing.iter().map(move |text| note(column, text, &sought.found)))
            .collect()
    }
}
