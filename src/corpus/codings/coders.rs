//! Who coded, where a file does not say it, or says it by a number that another file has for somebody else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::corpus::codings::entry::Sheet;

/// Gives every entry a coder. Of a file that does not name one it is the file's name. So it is where all of a file is by
/// one number and another file has that number too: Label Studio counts its users anew in each installation, and two
/// people's exports would be one coder's.
pub(super) fn name(sheets: &mut [Sheet]) {
    unite_spellings(sheets);
    let labels = labels(&sheets.iter().map(|sheet| &*sheet.path).collect::<Vec<_>>());
    let lone: Vec<Option<String>> = sheets.iter().map(lone_number).collect();
    for (place, sheet) in sheets.iter_mut().enumerate() {
        sheet.label.clone_from(&labels[place]);
        let is_shared = lone[place].is_some() && lone.iter().filter(|other| **other == lone[place]).count() > 1;
        for entry in sheet.entries.iter_mut().filter(|entry| is_shared || entry.coder.is_empty()) {
            entry.coder.clone_from(&labels[place]);
        }
    }
}

/// Gives coders whose names differ in capitals and blanks only one spelling, the first in the order of characters, and says
/// so: "Anna" in one row and "anna" in the next would be two coders who agree with each other, or a second coder of half a
/// sample.
fn unite_spellings(sheets: &mut [Sheet]) {
    let mut spellings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in sheets.iter().flat_map(|sheet| &sheet.entries).filter(|entry| !entry.coder.trim().is_empty()) {
        spellings.entry(folded(&entry.coder)).or_default().insert(entry.coder.clone());
    }
    spellings.retain(|_, spellings| spellings.len() > 1);
    for sheet in sheets {
        let mut others = BTreeSet::new();
        for entry in &mut sheet.entries {
            let first = spellings.get(&folded(&entry.coder)).and_then(BTreeSet::first);
            if let Some(first) = first.filter(|first| **first != entry.coder) {
                others.insert(format!("\"{}\" is taken for the coder \"{first}\"", entry.coder));
                entry.coder.clone_from(first);
            }
        }
        sheet.notes.extend(others);
    }
}

fn folded(coder: &str) -> String {
    coder.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The number that all entries of a file give for their coder.
fn lone_number(sheet: &Sheet) -> Option<String> {
    let coders: BTreeSet<&str> = sheet.entries.iter().map(|entry| &entry.coder[..]).collect();
    match coders.into_iter().collect::<Vec<_>>()[..] {
        [one] if !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit()) => Some(one.to_owned()),
        _ => None,
    }
}

/// What files are called: their stems, and of files of one stem as much of the end of the path as tells them apart.
fn labels(paths: &[&Path]) -> Vec<String> {
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut labels: Vec<String> = paths.iter().map(|path| stem(path)).collect();
    let deepest = paths.iter().map(|path| path.components().count()).max().unwrap_or(0);
    for parts in 1..=deepest {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for label in &labels {
            *times.entry(label.clone()).or_default() += 1;
        }
        for (label, path) in labels.iter_mut().zip(paths).filter(|(label, _)| times[&**label] > 1) {
            *label = ending(path, parts);
        }
    }
    labels
}

/// The last components of a path, with forward slashes.
fn ending(path: &Path, parts: usize) -> String {
    let names: Vec<String> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    names[names.len().saturating_sub(parts)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_named_alike_stay_two_coders() {
        for (paths, expected) in [
            (&["anna.csv", "boris.csv"][..], &["anna", "boris"][..]),
            (
                &["anna/sample.csv", "boris/sample.csv", "x/clara.csv"],
                &["anna/sample.csv", "boris/sample.csv", "clara"],
            ),
            (&["kim.csv", "kim.json"], &["kim.csv", "kim.json"]),
            (&["/a/b/x.csv", "/a/c/x.csv"], &["b/x.csv", "c/x.csv"]),
        ] {
            let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
            assert_eq!(labels(&paths), expected, "{paths:?}");
        }
    }
}
