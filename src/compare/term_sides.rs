//! Who is held against whom where terms are compared: each group against all others, or a part of the corpus against another.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::compare::cells::DistinctDocument;
use crate::compare::term_tally::{Carrier, PartLength};
use crate::compare::{Counts, DocumentCounts, REST};
use crate::model::{KeynessSettings, Membership, ReferenceWords};

/// What is held against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermQuestion {
    /// A group against all others.
    Groups,
    /// A part of the corpus that the study names against another, or against all other documents.
    Subsets,
}

impl TermQuestion {
    /// The words that stand in the table.
    pub const WORDS: [&str; 2] = [Self::Groups.as_str(), Self::Subsets.as_str()];

    /// The word that stands in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Subsets => "subsets",
        }
    }
}

/// What key terms are asked for, beside the terms.
#[derive(Clone, Copy, Debug)]
pub struct TermPlan<'a> {
    /// Know the group of each document, and what it is a copy of.
    pub counts: &'a Counts,
    /// The subsets, and from how many documents on a term is tested.
    pub settings: &'a KeynessSettings,
    /// By document, in the order in which they were added, the subsets that it is in.
    pub memberships: &'a [Membership],
    /// What is held against in place of all others.
    pub reference: Option<&'a ReferenceWords>,
}

/// Documents dealt out to sides, and the units that they make there.
pub(super) struct TermSides<'a> {
    pub(super) question: TermQuestion,
    pub(super) names: Vec<&'a str>,
    /// What a side is held against: all others together, or the one other.
    pub(super) against: &'a str,
    /// The list that sides are held against; `None` where it is documents.
    pub(super) list: Option<&'a ReferenceWords>,
    /// How many of the sides, the first ones, are held against the others: of two parts one says it all.
    pub(super) compared: usize,
    /// Sides of units. These are in the order of sides and clusters, so that no sum depends on the order of the corpus.
    pub(super) of_unit: Vec<usize>,
    /// Documents that are on no side, and why; empty where there are none.
    pub(super) note: String,
    /// By document, its unit; `None` of one that is on no side, or that another of the same id took the place of.
    units: Vec<Option<u32>>,
}

/// A distinct document on a side: a text that two sides share is one on each of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PlacedDocument<'a> {
    side: usize,
    distinct: DistinctDocument<'a>,
}

/// The groups, then the subsets that the study names: pairs in its order, the others by name.
pub(super) fn groups_and_subsets<'a>(documents: &'a [Box<str>], asked: &TermPlan<'a>) -> Vec<TermSides<'a>> {
    let pairs = subset_pairs(asked.settings);
    std::iter::once(groups(documents, asked)).chain(pairs.map(|pair| subsets(documents, asked, pair))).collect()
}

/// Which subsets are held against which.
fn subset_pairs(settings: &KeynessSettings) -> impl Iterator<Item = SubsetPair<'_>> {
    let names: Vec<&str> = settings.subsets.keys().map(String::as_str).collect();
    let is_paired = |name: &str| settings.pairs.iter().any(|(a, b)| a == name || b == name);
    let alone: Vec<SubsetPair<'_>> = (0..names.len())
        .filter(|a| !is_paired(names[*a]))
        .map(|a| SubsetPair { names: [names[a], REST], a, b: None })
        .collect();
    let paired = settings.pairs.iter().filter_map(move |(first, second)| {
        let (a, b) = (names.binary_search(&&first[..]).ok()?, names.binary_search(&&second[..]).ok()?);
        Some(SubsetPair { names: [first, second], a, b: Some(b) })
    });
    paired.chain(alone)
}

/// Two subsets by their places among the study's, the second all that is not in the first where it has none.
#[derive(Clone, Copy)]
struct SubsetPair<'a> {
    names: [&'a str; 2],
    a: usize,
    b: Option<usize>,
}

fn groups<'a>(documents: &'a [Box<str>], asked: &TermPlan<'a>) -> TermSides<'a> {
    let counted = || documents.iter().map(|id| asked.counts.document(id));
    let names: BTreeSet<&str> = counted().flatten().map(|counts| &*counts.group).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let sides = counted().map(|counts| names.binary_search(&&*counts?.group).ok());
    let placed = placed(documents, asked, sides);
    let (compared, list) = (names.len(), asked.reference);
    let against = list.map_or(REST, |list| &list.name);
    TermSides::new(
        &placed,
        TermNames { question: TermQuestion::Groups, names, against, list, compared, note: of_list(list) },
    )
}

fn subsets<'a>(documents: &'a [Box<str>], asked: &TermPlan<'a>, pair: SubsetPair<'a>) -> TermSides<'a> {
    let (mut both, mut unread) = (0, 0);
    let list = asked.reference.filter(|_| pair.b.is_none());
    let sides = asked.memberships.iter().map(|of| {
        let is_in = |place: usize| of.get(place).copied().flatten();
        let side = is_in(pair.a).zip(pair.b.map_or(is_in(pair.a).map(|is_in| !is_in), is_in));
        unread += u64::from(side.is_none());
        both += u64::from(side == Some((true, true)));
        match side? {
            (true, false) => Some(0),
            (false, true) if list.is_none() => Some(1),
            _ => None,
        }
    });
    let placed = placed(documents, asked, sides);
    let note = [
        (both > 0).then(|| format!("documents of both, on neither side: {both}")),
        (unread > 0)
            .then(|| format!("documents with a cell that the condition cannot read, on neither side: {unread}")),
    ];
    let of_list = Some(of_list(list)).filter(|note| !note.is_empty());
    let note = note.into_iter().flatten().chain(of_list).collect::<Vec<_>>().join("; ");
    let name = pair.names[0];
    let against = list.map_or(pair.names[1], |list| &list.name);
    let names = vec![name, against];
    TermSides::new(&placed, TermNames { question: TermQuestion::Subsets, names, against, list, compared: 1, note })
}

/// What is to be known of every row against a list.
fn of_list(list: Option<&ReferenceWords>) -> String {
    list.map_or("", |_| "held against a list, which has no documents: its words count as independent").to_owned()
}

/// How sides are called.
struct TermNames<'a> {
    question: TermQuestion,
    names: Vec<&'a str>,
    against: &'a str,
    list: Option<&'a ReferenceWords>,
    compared: usize,
    note: String,
}

/// The documents on their sides.
fn placed<'a>(
    documents: &'a [Box<str>],
    asked: &TermPlan<'a>,
    sides: impl Iterator<Item = Option<usize>>,
) -> Vec<Option<PlacedDocument<'a>>> {
    let place = |(id, side): (&'a str, Option<usize>)| {
        let counts: &'a DocumentCounts = asked.counts.document(id)?;
        Some(PlacedDocument { side: side?, distinct: DistinctDocument::of(id, counts) })
    };
    documents.iter().map(|id| &**id).zip(sides).map(place).collect()
}

impl<'a> TermSides<'a> {
    fn new(placed: &[Option<PlacedDocument<'a>>], called: TermNames<'a>) -> Self {
        let units: BTreeSet<PlacedDocument<'_>> = placed.iter().flatten().copied().collect();
        let of_unit = units.iter().map(|unit| unit.side).collect();
        let numbers: BTreeMap<PlacedDocument<'_>, u32> = units.into_iter().zip(0..).collect();
        let units = placed.iter().map(|document| document.map(|document| numbers[&document])).collect();
        let TermNames { question, names, against, list, compared, note } = called;
        Self { question, names, against, list, compared, of_unit, note, units }
    }

    /// Why two subsets are not compared, where it is that one has fewer than `least` distinct documents.
    pub(super) fn too_few(&self, least: usize) -> Option<String> {
        let sizes = [0, 1].map(|side| self.of_unit.iter().filter(|of| **of == side).count());
        let compared = if self.list.is_some() { &sizes[..1] } else { &sizes[..] };
        if self.question == TermQuestion::Groups || compared.iter().all(|size| *size >= least) {
            return None;
        }
        let why = if self.note.is_empty() { String::new() } else { format!(" ({})", self.note) };
        let (names, [a, b]) = (&self.names, sizes);
        if self.list.is_some() {
            return Some(format!("\"{}\" has {a} distinct documents, and {least} are needed{why}", names[0]));
        }
        Some(format!(
            "\"{}\" and \"{}\" have {a} and {b} distinct documents, and {least} each are needed{why}",
            names[0], names[1]
        ))
    }

    /// How many terms each unit has in a part of the text.
    pub(super) fn lengths(&self, of_part: &[PartLength]) -> Vec<u64> {
        let mut lengths = vec![0; self.of_unit.len()];
        for it in of_part {
            if let Some(unit) = self.units[it.document as usize] {
                lengths[unit as usize] += u64::from(it.terms);
            }
        }
        lengths
    }

    /// The units of a side, which follow each other.
    pub(super) fn of_side(&self, side: usize) -> Range<usize> {
        self.of_unit.partition_point(|of| *of < side)..self.of_unit.partition_point(|of| *of <= side)
    }

    /// The units of the documents that have a term, ascending, each with its occurrences.
    pub(super) fn count(&self, carriers: &[Carrier], counted: &mut Vec<(usize, u64)>) {
        counted.clear();
        let unit = |it: &Carrier| Some((self.units[it.document as usize]? as usize, u64::from(it.count)));
        counted.extend(carriers.iter().filter_map(unit));
        counted.sort_unstable();
        counted.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0 };
            is_same
        });
    }
}
