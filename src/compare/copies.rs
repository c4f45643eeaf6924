//! Which of several copies of one text count, and how much. What is *not* here: what is a copy, in `near_copies`.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{Counts, DocumentCounts, Plan};
use crate::model::CopyRule;

/// The documents that count in shares, by id: of copies in one group the earliest alone, where the study counts one of them.
pub fn counted_documents(copies: CopyRule, counts: &Counts) -> impl Iterator<Item = (&str, &DocumentCounts)> {
    let again = match copies {
        CopyRule::All | CopyRule::Weight => BTreeSet::new(),
        CopyRule::One => later_copies(counts),
    };
    counts.documents().filter(move |(id, _)| !again.contains(id))
}

/// Documents of a text that their group has in an earlier one already, by date, then id; those without a date are the last.
fn later_copies(counts: &Counts) -> BTreeSet<&str> {
    let mut copies: BTreeMap<(&str, &str), Vec<_>> = BTreeMap::new();
    for (id, counts) in counts.documents().filter(|(_, document)| !document.cluster.is_empty()) {
        copies.entry((&counts.group, &counts.cluster)).or_default().push((counts.date.is_none(), counts.date, id));
    }
    let mut again = BTreeSet::new();
    for mut documents in copies.into_values() {
        documents.sort_unstable();
        again.extend(documents.iter().skip(1).map(|(_, _, id)| *id));
    }
    again
}

/// How many copies of a text a group has, by group and cluster; none where the study does not weigh them.
pub(super) fn copies_by_group<'a>(plan: &Plan, counts: &'a Counts) -> BTreeMap<(&'a str, &'a str), u64> {
    let mut copies = BTreeMap::new();
    // Also where documents count alike: voices and stances are of sentences all the same.
    let is_weighed = plan.settings().copies == CopyRule::Weight;
    for (_, document) in counts.documents().filter(|(_, document)| is_weighed && !document.cluster.is_empty()) {
        *copies.entry((&*document.group, &*document.cluster)).or_default() += 1;
    }
    copies
}
