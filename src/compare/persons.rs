//! Who is one person in a whole study: "Biden" where an article gives no full name, "Joe Biden" where it does.
//!
//! Within a document names are joined already, titles set aside (`text::voice`). Here a surname alone joins a full name
//! where that is safe: one full name of the study ends in it, and that begins with a common given name, as a person's does
//! and "White House" does not. Where there is a second ("Jill Biden", "Joseph R. Biden"), every name stays as it is. Not
//! here: other spellings of a name, and people without a common given name.

use std::collections::BTreeMap;

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

/// Full names by the surname that stands for each.
#[derive(Debug, Default)]
pub(super) struct Persons<'a>(BTreeMap<&'a str, FullName<'a>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FullName<'a> {
    One(&'a str),
    Several,
}

impl<'a> Persons<'a> {
    /// The people that the documents of a study name.
    pub(super) fn of(documents: impl Iterator<Item = &'a DocumentCounts>) -> Self {
        let mut persons = Self::default();
        for name in names(documents) {
            persons.enter(name);
        }
        persons
    }

    fn enter(&mut self, name: &'a str) {
        let Some((before, surname)) = name.rsplit_once(' ') else { return };
        let is_capital = |word: &str| word.starts_with(char::is_uppercase);
        if !name.split(' ').all(is_capital) {
            return;
        }
        let is_person = before.split(' ').next().is_some_and(is_given_name);
        let found = if is_person { FullName::One(name) } else { FullName::Several };
        let known = self.0.entry(surname).or_insert(found);
        if *known != found {
            *known = FullName::Several;
        }
    }

    /// The name that a source has in tables of the study.
    pub(super) fn name(&self, name: &'a str) -> &'a str {
        match self.0.get(name) {
            Some(FullName::One(full)) => full,
            _ => name,
        }
    }
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
