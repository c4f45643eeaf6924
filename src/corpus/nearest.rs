//! The name or value that somebody may have meant.

use std::collections::BTreeSet;

/// The name most like `wanted`, if any is alike at all.
pub(super) fn nearest<'a>(wanted: &str, columns: &'a BTreeSet<String>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    let likeness = |name: &str| strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase());
    let mut best: Option<(f64, &str)> = None;
    for name in columns {
        let likeness = likeness(name);
        if likeness >= ALIKE && best.is_none_or(|(best, _)| likeness > best) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}
