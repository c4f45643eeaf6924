//! What differs between two runs, or between a run and the files it left: data for `parallax verify`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use crate::report::{Input, Manifest, Output};

/// One difference, seen from the earlier run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Another version of the program.
    Version {
        /// Of the earlier run.
        recorded: String,
        /// Of this one.
        now: String,
    },
    /// Title or seed of the study.
    Setting {
        /// `title` or `seed`.
        name: &'static str,
        /// In the earlier run.
        recorded: String,
        /// In this one.
        now: String,
    },
    /// An input that the earlier run read is not read now.
    InputMissing(String),
    /// An input that the earlier run did not read.
    InputAdded(String),
    /// An input whose bytes changed.
    InputChanged(String),
    /// An input of the same bytes whose records were read otherwise.
    RecordsChanged(String),
    /// An output that is no longer there.
    OutputMissing(String),
    /// An output that was not there.
    OutputAdded(String),
    /// An output whose bytes changed.
    OutputChanged(String),
}

impl Display for Difference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { recorded, now } => write!(f, "version: was {recorded}, is {now}"),
            Self::Setting { name, recorded, now } => write!(f, "{name}: was {recorded}, is {now}"),
            Self::InputMissing(path) => write!(f, "{path}: was read, is missing now"),
            Self::InputAdded(path) => write!(f, "{path}: was not read then, is read now"),
            Self::InputChanged(path) => write!(f, "{path}: the input has changed"),
            Self::RecordsChanged(path) => write!(f, "{path}: its records are read otherwise"),
            Self::OutputMissing(path) => write!(f, "{path}: was written, is missing now"),
            Self::OutputAdded(path) => write!(f, "{path}: was not written then, is written now"),
            Self::OutputChanged(path) => write!(f, "{path}: the output differs"),
        }
    }
}

/// What differs between the manifest of an earlier run and that of the same study run again; empty when they agree
/// byte for byte. Sorted: version and settings first, then inputs, then outputs, each by path.
#[must_use]
pub fn differences(recorded: &Manifest, now: &Manifest) -> Vec<Difference> {
    let mut found = Vec::new();
    let [before, after] = [recorded, now].map(|manifest| format!("{} {}", manifest.program, manifest.version));
    if before != after {
        found.push(Difference::Version { recorded: before, now: after });
    }
    let settings = |manifest: &Manifest| [("title", manifest.title.clone()), ("seed", manifest.seed.to_string())];
    for ((name, recorded), (_, now)) in settings(recorded).into_iter().zip(settings(now)) {
        if recorded != now {
            found.push(Difference::Setting { name, recorded, now });
        }
    }
    found.extend(input_differences(&recorded.inputs, &now.inputs));
    found.extend(output_differences(&recorded.outputs, &now.outputs));
    found.sort_unstable();
    found
}

/// What differs between two sets of outputs, such as those recorded and those found on the disk.
#[must_use]
pub fn output_differences(recorded: &[Output], now: &[Output]) -> Vec<Difference> {
    pairs(recorded, now, |output| output.path.clone())
        .into_iter()
        .filter_map(|(path, recorded, now)| match (recorded, now) {
            (Some(_), None) => Some(Difference::OutputMissing(path)),
            (None, Some(_)) => Some(Difference::OutputAdded(path)),
            (recorded, now) => (recorded != now).then_some(Difference::OutputChanged(path)),
        })
        .collect()
}

fn input_differences(recorded: &[Input], now: &[Input]) -> Vec<Difference> {
    let bytes = |input: Option<&Input>| input.map(|input| (input.bytes, input.sha256.clone()));
    pairs(recorded, now, |input| (input.role, input.path.clone()))
        .into_iter()
        .filter_map(|((_, path), recorded, now)| match (recorded, now) {
            (Some(_), None) => Some(Difference::InputMissing(path)),
            (None, Some(_)) => Some(Difference::InputAdded(path)),
            _ if bytes(recorded) != bytes(now) => Some(Difference::InputChanged(path)),
            _ => (recorded != now).then_some(Difference::RecordsChanged(path)),
        })
        .collect()
}

/// The items of both lists by key, side by side.
fn pairs<'a, T, K: Ord + Clone>(
    recorded: &'a [T],
    now: &'a [T],
    key: impl Fn(&T) -> K,
) -> Vec<(K, Option<&'a T>, Option<&'a T>)> {
    let by_key = |items: &'a [T]| items.iter().map(|item| (key(item), item)).collect::<BTreeMap<K, &'a T>>();
    let (recorded, now) = (by_key(recorded), by_key(now));
    let keys: BTreeSet<&K> = recorded.keys().chain(now.keys()).collect();
    keys.into_iter().map(|key| (key.clone(), recorded.get(key).copied(), now.get(key).copied())).collect()
}
