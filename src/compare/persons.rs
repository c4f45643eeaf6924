//! Who is one person in a whole study: "Biden" where an article gives no full name, "Joe Biden" where it does; and what is one name
//! in several spellings.
//!
//! Within a document names are joined already, titles set aside (`text::voice`). Here spellings of a name join the one that most
//! documents have ("Vladimir V. Putin" and "Vladimir Putin", "Volodymyr Zelensky" and "Volodymyr Zelenskyy", "US officials" and "U.S.
//! officials"; `text::name_key`), unless what stands in the middle tells two people apart ("George W. Bush" and "George P. Bush"). And
//! a surname alone joins a full name where that is safe: the full name begins with a common given name, as a person's does and
//! "White House" does not, and it is in ten times as many documents as all other names together that end in the surname. So "Joe
//! Biden" in 200 articles takes "Biden" beside "Team Biden" and "Jill Biden" in one each; where two are about as frequent every
//! name stays as it is. Not here: people without a common given name, and other given names ("Joe" and "Joseph").

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{Counts, DocumentCounts};
use crate::text::{NameKey, is_given_name, name_key};

/// Names of sources in documents that are called otherwise in tables of the study, each with what it is called there.
#[must_use]
pub fn full_names(counts: &Counts) -> BTreeMap<&str, &str> {
    Persons::of(counts.documents().map(|(_, document)| document)).0
}

/// How many times as many documents as all others of its surname a full name must be in.
const CLEARLY: u64 = 10;

/// What names are called in tables, where that is something else.
#[derive(Debug, Default)]
pub(super) struct Persons<'a>(BTreeMap<&'a str, &'a str>);

/// The spellings of one name.
#[derive(Default)]
struct Spellings<'a> {
    names: Vec<&'a str>,
    /// In how many documents the commonest is, and which that is; of equals the first by code point.
    commonest: Option<(u64, Reverse<&'a str>)>,
    documents: u64,
}

impl<'a> Persons<'a> {
    /// The people that the documents of a study name.
    pub(super) fn of(documents: impl Iterator<Item = &'a DocumentCounts>) -> Self {
        let mut frequency: BTreeMap<&str, u64> = BTreeMap::new();
        for document in documents {
            let names: BTreeSet<&str> = document.sources.iter().filter_map(|source| source.name.as_deref()).collect();
            for name in names {
                *frequency.entry(name).or_default() += 1;
            }
        }
        Self::named(&frequency)
    }

    /// From the number of documents that each name is in.
    fn named(frequency: &BTreeMap<&'a str, u64>) -> Self {
        let keys: BTreeMap<&str, NameKey> = frequency.keys().map(|name| (*name, name_key(name))).collect();
        let mut middles: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for key in keys.values().filter(|key| !key.middle.is_empty()) {
            middles.entry(&key.letters).or_default().insert(&key.middle);
        }
        let mut spellings: BTreeMap<(&str, &str), Spellings<'a>> = BTreeMap::new();
        for (name, documents) in frequency {
            let key = &keys[name];
            let several = middles.get(key.letters.as_str()).is_some_and(|middles| middles.len() > 1);
            let middle = if several { key.middle.as_str() } else { "" };
            spellings.entry((&key.letters, middle)).or_default().add(name, *documents);
        }
        let mut full_names: BTreeMap<&str, BTreeMap<&'a str, u64>> = BTreeMap::new();
        for it in spellings.values() {
            let full = it.name().filter(|name| name.contains(' '));
            if let Some((name, surname)) = full.and_then(|name| Some((name, keys[name].surname.as_deref()?))) {
                full_names.entry(surname).or_default().insert(name, it.documents);
            }
        }
        let mut persons = Self::default();
        for it in spellings.values() {
            for name in &it.names {
                let surname = keys[name].surname.as_deref().filter(|_| !name.contains(' '));
                let full = surname.and_then(|surname| full_names.get(surname)).and_then(one_person);
                let called = full.or(it.name()).filter(|called| called != name);
                persons.0.extend(called.map(|called| (*name, called)));
            }
        }
        persons
    }

    /// The name that a source has in tables of the study.
    pub(super) fn name(&self, name: &'a str) -> &'a str {
        self.0.get(name).copied().unwrap_or(name)
    }
}

impl<'a> Spellings<'a> {
    fn add(&mut self, name: &'a str, documents: u64) {
        self.names.push(name);
        self.commonest = self.commonest.max(Some((documents, Reverse(name))));
        self.documents += documents;
    }

    fn name(&self) -> Option<&'a str> {
        self.commonest.map(|(_, Reverse(name))| name)
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

    /// What `name` is called in a study whose documents have these names, one each.
    fn called<'a>(names: &[&'a str], name: &'a str) -> &'a str {
        let mut frequency: BTreeMap<&str, u64> = BTreeMap::new();
        for name in names {
            *frequency.entry(name).or_default() += 1;
        }
        Persons::named(&frequency).name(name)
    }

    #[test]
    fn a_surname_is_the_one_person_of_that_name_or_stands_for_itself() {
        for (names, name, expected) in [
            (&["Joe Biden", "Biden"][..], "Biden", "Joe Biden"),
            (&["Joe Biden", "Joe Biden", "Vladimir Putin", "Putin"], "Putin", "Vladimir Putin"),
            (&["Joe Biden", "Jill Biden", "Biden"], "Biden", "Biden"),
            (&["Joe Biden", "Joseph R. Biden", "Biden"], "Biden", "Biden"),
            (&["Joe Biden", "Family Biden", "Biden"], "Biden", "Biden"),
            (&["White House", "House"], "House", "House"),
            (&["Foreign Ministry", "Ministry"], "Ministry", "Ministry"),
            (&["Joe Biden and Boris Johnson", "Johnson"], "Johnson", "Johnson"),
            (&[["Joe Biden"; 10].as_slice(), &["Jill Biden", "Biden"]].concat()[..], "Biden", "Joe Biden"),
            (&[["Joe Biden"; 9].as_slice(), &["Jill Biden", "Biden"]].concat()[..], "Biden", "Biden"),
            (&["Joe Biden"], "Joe Biden", "Joe Biden"),
            (&["Joe Biden", "biden"], "biden", "biden"),
            (&[], "Biden", "Biden"),
        ] {
            assert_eq!(called(names, name), expected, "{names:?}");
        }
    }

    #[test]
    fn spellings_of_one_name_are_called_by_the_commonest() {
        for (names, name, expected) in [
            (&["Vladimir Putin", "Vladimir Putin", "Vladimir V. Putin"][..], "Vladimir V. Putin", "Vladimir Putin"),
            (&["Vladimir Putin", "Vladimir V. Putin"], "Vladimir V. Putin", "Vladimir Putin"),
            (&["Volodymyr Zelensky", "Volodymyr Zelenskyy"], "Volodymyr Zelenskyy", "Volodymyr Zelensky"),
            (&["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelenskiy"], "Zelenskiy", "Volodymyr Zelensky"),
            (&["US officials", "U.S. officials", "U.S. officials"], "US officials", "U.S. officials"),
            (&["US officials", "American officials"], "US officials", "US officials"),
            (&["George W. Bush", "George P. Bush", "George Bush"], "George P. Bush", "George P. Bush"),
            (&["George W. Bush", "George P. Bush", "George Bush"], "George Bush", "George Bush"),
            (&["Zelenskyy", "Zelensky"], "Zelensky", "Zelensky"),
        ] {
            assert_eq!(called(names, name), expected, "{names:?}");
        }
    }
}
