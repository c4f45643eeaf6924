//! Who is one person in a whole study: "Biden" where an article gives no full name, "Joe Biden" where it does.
//!
//! Within a document names are joined already, titles set aside (`text::voice`). Here a surname alone joins a full name
//! where that is safe: the full name begins with a common given name, as a person's does and "White House" does not, and it
//! is in ten times as many documents as all other names together that end in the surname. So "Joe Biden" in 200 articles takes
//! "Biden" beside "Team Biden" and "Jill Biden" in one each; where two are about as frequent every name stays as it is. Not
//! here: other spellings of a name, and people without a common given name.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{Counts, DocumentCounts};
use crate::text::is_given_name;

/// Surnames that stand alone in documents, each with the full name of the one person of the study that it means.
#[must_use]
pub fn full_names(counts: &Counts) -> BTreeMap<&str, &str> {
    let documents = || counts.documents().map(|(_, document)| document);
    let persons = Persons::of(documents());
    let joined = names(documents()).map(|name| (name, persons.name(name)));
    joined.filter(|(name, full)| name != full).collect()
}

/// The names of sources in documents.
fn names<'a>(documents: impl Iterator<Item = &'a DocumentCounts>) -> impl Iterator<Item = &'a str> {
    documents.flat_map(|document| document.sources.iter()).filter_map(|source| source.name.as_deref())
}

/// How many times as many documents as all others of its surname a full name must be in.
const CLEARLY: u64 = 10;

/// Documents that full names are in, by the surname that stands for each.
#[derive(Debug, Default)]
pub(super) struct Persons<'a>(BTreeMap<&'a str, BTreeMap<&'a str, u64>>);

impl<'a> Persons<'a> {
    /// The people that the documents of a study name.
    pub(super) fn of(documents: impl Iterator<Item = &'a DocumentCounts>) -> Self {
        let mut persons = Self::default();
        for document in documents {
            let names: BTreeSet<&str> = names(std::iter::once(document)).collect();
            for name in names {
                persons.enter(name);
            }
        }
        persons
    }

    fn enter(&mut self, name: &'a str) {
        let Some((_, surname)) = name.rsplit_once(' ') else { return };
        if name.split(' ').all(|word| word.starts_with(char::is_uppercase)) {
            *self.0.entry(surname).or_default().entry(name).or_default() += 1;
        }
    }

    /// The name that a source has in tables of the study.
    pub(super) fn name(&self, name: &'a str) -> &'a str {
        self.0.get(name).and_then(one_person).unwrap_or(name)
    }
}

/// The full name that a surname means, if it is a person's and in [`CLEARLY`] times as many documents as the others together.
fn one_person<'a>(full_names: &BTreeMap<&'a str, u64>) -> Option<&'a str> {
    let (name, documents) = full_names.iter().max_by_key(|(_, documents)| **documents)?;
    let others = full_names.values().sum::<u64>() - documents;
    let is_person = name.split(' ').next().is_some_and(is_given_name);
    (is_person && *documents >= CLEARLY * others).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_the_one_person_of_that_name_or_stands_for_itself() {
        for (names, name, expected) in [
            (&["Joe Biden", "Biden"][..], "Biden", "Joe Biden"),
            (&["Joe Biden", "Joe Biden", "Vladimir Putin"], "Putin", "Vladimir Putin"),
            (&["Joe Biden", "Jill Biden"], "Biden", "Biden"),
            (&["Joe Biden", "Joseph R. Biden"], "Biden", "Biden"),
            (&["Joe Biden", "Family Biden"], "Biden", "Biden"),
            (&["White House"], "House", "House"),
            (&["Foreign Ministry"], "Ministry", "Ministry"),
            (&["Joe Biden and Boris Johnson"], "Johnson", "Johnson"),
            (&[["Joe Biden"; 10].as_slice(), &["Jill Biden"]].concat()[..], "Biden", "Joe Biden"),
            (&[["Joe Biden"; 9].as_slice(), &["Jill Biden"]].concat()[..], "Biden", "Biden"),
            (&["Joe Biden"], "Joe Biden", "Joe Biden"),
            (&["Joe Biden"], "biden", "biden"),
            (&[], "Biden", "Biden"),
        ] {
            let mut persons = Persons::default();
            for given in names {
                persons.enter(given);
            }
            assert_eq!(persons.name(name), expected, "{names:?}");
        }
    }
}
