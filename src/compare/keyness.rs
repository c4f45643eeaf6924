//! Which terms a group uses more or less than the others, in all of its text and in the sentences of each frame.
//!
//! Terms come document by document ([`TermTally::add`]) and are counted by unit, copies of one text in a group being one. Not
//! here: what a term is (`coding::terms`), and the formulas (`stats::keyness`).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::coding::DocumentTerms;
use crate::compare::cells::{CountedDocument, DistinctDocument};
use crate::compare::{Counts, DocumentCounts, families};
use crate::stats::{Interval, Keyness, TermPrior, TermSide, UnitCount, UnitLengths};
use crate::text::Vocabulary;

/// A term is tested where it is in so many distinct documents of the side that uses it more, and each side has as many.
pub const LEAST_CARRIERS: usize = 5;

/// Rows of each group, kind and side over all of the text, and in the sentences of a frame.
pub const MOST_TERMS: usize = 100;
/// The same in the sentences of a frame.
pub const MOST_TERMS_IN_FRAME: usize = 25;

/// Occurrences of each term that the prior adds to a side, among as many of all terms as have so many of it in the corpus.
pub const PRIOR_OCCURRENCES: f64 = 0.5;

/// What a term is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermKind {
    /// A word.
    Word,
    /// Two words in a row.
    Pair,
}

impl TermKind {
    /// The words that stand in the table.
    pub const WORDS: [&str; 2] = [Self::Word.as_str(), Self::Pair.as_str()];

    /// The word that stands in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Pair => "pair",
        }
    }
}

/// A term that a group uses more or less than the others.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyTerm {
    /// Its words, in lower case.
    pub term: String,
    /// What it is made of.
    pub kind: TermKind,
    /// The group.
    pub group: String,
    /// Index of the frame whose sentences are compared; `None` for all of the text.
    pub frame: Option<usize>,
    /// How much more it is used.
    pub keyness: Keyness,
    /// 95 % interval of the log-odds.
    pub interval: Option<Interval>,
    /// Two-sided p-value.
    pub p_value: Option<f64>,
    /// The p-value adjusted over all terms of its kind and all groups, in all of the text or in the frame's sentences.
    pub q_value: Option<f64>,
    /// Distinct documents with the term, in the group and in the others.
    pub documents: [u64; 2],
}

/// The terms of a corpus, by group and document.
#[derive(Debug, Default)]
pub struct TermTally {
    words: Vocabulary,
    /// Ids, in the order in which they came.
    documents: Vec<Box<str>>,
    occurrences: Vec<Occurrence>,
}

/// How often a unit has a term in a part of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    part: u32,
    kind: TermKind,
    first: u32,
    /// A pair's second word; of a word 0.
    second: u32,
    unit: u32,
    count: u32,
}

impl Occurrence {
    const fn term(&self) -> (u32, u32) {
        (self.first, self.second)
    }
}

impl TermTally {
    /// Adds the terms of a document.
    pub fn add(&mut self, document: &str, terms: &DocumentTerms) {
        let unit = narrow(self.documents.len());
        self.documents.push(document.into());
        let words: Vec<u32> = terms.words.lines().map(|word| narrow(self.words.id(word).index())).collect();
        self.occurrences.extend(terms.counts.iter().map(|it| Occurrence {
            part: it.part,
            kind: if it.second.is_some() { TermKind::Pair } else { TermKind::Word },
            first: words[it.first as usize],
            second: it.second.map_or(0, |second| words[second as usize]),
            unit,
            count: it.count,
        }));
    }

    /// The strongest terms of every group: by frame (all of the text first), group, kind, those used more first, then by p.
    /// `counts` know the group of each document, and what it is a copy of.
    #[must_use]
    pub fn key_terms(mut self, counts: &Counts) -> Vec<KeyTerm> {
        let units: BTreeSet<GroupedDocument<'_>> =
            counts.documents().map(|(id, counted)| GroupedDocument::new(id, counted)).collect();
        let groups = Groups::of(units.iter().map(|unit| unit.group));
        // In the order of groups and clusters, so that no sum depends on the order of the corpus.
        let places: BTreeMap<GroupedDocument<'_>, u32> = units.into_iter().zip(0..).collect();
        let place = |id: &str| counts.document(id).map(|counted| places[&GroupedDocument::new(id, counted)]);
        let of_document: Vec<Option<u32>> = self.documents.iter().map(|id| place(id)).collect();
        self.occurrences.retain_mut(|it| match of_document[it.unit as usize] {
            Some(place) => {
                it.unit = place;
                true
            }
            None => false,
        });
        self.occurrences.sort_unstable();
        let mut rows = Vec::new();
        for part in self.occurrences.chunk_by(|a, b| a.part == b.part) {
            for of_kind in part.chunk_by(|a, b| a.kind == b.kind) {
                rows.extend(TermComparison::new(&groups, &self.words, of_kind).rows());
            }
        }
        rows.sort_by(|a, b| (a.frame, &a.group).cmp(&(b.frame, &b.group)));
        rows
    }
}

/// A distinct document of a group: a text that two groups share is one in each of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct GroupedDocument<'a> {
    group: &'a str,
    distinct: DistinctDocument<'a>,
}

impl<'a> GroupedDocument<'a> {
    fn new(id: &'a str, counts: &'a DocumentCounts) -> Self {
        Self { group: &counts.group, distinct: CountedDocument { id, counts }.distinct() }
    }
}

/// The groups, and which one each unit is of.
struct Groups<'a> {
    names: Vec<&'a str>,
    of_unit: Vec<usize>,
}

impl<'a> Groups<'a> {
    /// Of groups in the order of the units.
    fn of(units: impl Iterator<Item = &'a str>) -> Self {
        let (mut names, mut of_unit) = (Vec::<&str>::new(), Vec::new());
        for group in units {
            if names.last() != Some(&group) {
                names.push(group);
            }
            of_unit.push(names.len() - 1);
        }
        Self { names, of_unit }
    }
}

/// A term held against the others, not yet in words.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    term: (u32, u32),
    keyness: Keyness,
    p_value: Option<f64>,
    t: f64,
    documents: [u64; 2],
    /// Place among the p-values.
    test: usize,
}

/// The terms of one kind in one part of the text.
struct TermComparison<'a> {
    groups: &'a Groups<'a>,
    words: &'a Vocabulary,
    occurrences: &'a [Occurrence],
    /// Terms of the kind in each unit.
    lengths: Vec<u64>,
    /// By group, the units of the group and of the others; `None` where there are too few.
    sides: Vec<Option<[UnitLengths; 2]>>,
    most: usize,
}

impl<'a> TermComparison<'a> {
    fn new(groups: &'a Groups<'a>, words: &'a Vocabulary, occurrences: &'a [Occurrence]) -> Self {
        let mut lengths = vec![0; groups.of_unit.len()];
        for it in occurrences {
            lengths[it.unit as usize] += u64::from(it.count);
        }
        let is_frame = occurrences.first().is_some_and(|it| it.part > 0);
        let most = if is_frame { MOST_TERMS_IN_FRAME } else { MOST_TERMS };
        let sides = (0..groups.names.len()).map(|group| sides(groups, &lengths, group)).collect();
        Self { groups, words, occurrences, lengths, sides, most }
    }

    fn rows(&self) -> Vec<KeyTerm> {
        let mut p_values = Vec::new();
        // By group: the terms used more, and those used less.
        let mut strongest = vec![[Vec::new(), Vec::new()]; self.sides.len()];
        let all: u64 = self.lengths.iter().sum();
        for run in self.occurrences.chunk_by(|a, b| a.term() == b.term()) {
            let carriers = self.carriers(run);
            if carriers.len() < LEAST_CARRIERS {
                continue;
            }
            let found: u64 = carriers.iter().map(|(_, unit)| unit.k).sum();
            let total = PRIOR_OCCURRENCES * all as f64 / found as f64;
            let prior = TermPrior { alpha: PRIOR_OCCURRENCES, total };
            for (group, kept) in strongest.iter_mut().enumerate() {
                let Some(mut candidate) = self.candidate(group, &carriers, prior) else { continue };
                candidate.term = run[0].term();
                candidate.test = p_values.len();
                p_values.push(candidate.p_value);
                self.keep(candidate, &mut kept[usize::from(candidate.t < 0.0)]);
            }
        }
        let mut q_values = vec![None; p_values.len()];
        families::adjust(p_values.into_iter().zip(&mut q_values));
        let mut rows = Vec::new();
        for (group, kept) in strongest.into_iter().enumerate() {
            for mut side in kept {
                self.cut(&mut side);
                rows.extend(side.iter().map(|it| self.row(group, it, q_values[it.test])));
            }
        }
        rows
    }

    /// The units that have a term, with all their words.
    fn carriers(&self, run: &[Occurrence]) -> Vec<(usize, UnitCount)> {
        let units = run.chunk_by(|a, b| a.unit == b.unit);
        let carrier = |unit: &[Occurrence]| {
            let number = unit[0].unit as usize;
            (number, UnitCount { k: unit.iter().map(|it| u64::from(it.count)).sum(), n: self.lengths[number] })
        };
        units.map(carrier).collect()
    }

    /// A term in a group against the others, if it is in enough documents.
    fn candidate(&self, group: usize, carriers: &[(usize, UnitCount)], prior: TermPrior) -> Option<Candidate> {
        let sides = self.sides[group].as_ref()?;
        // Units are in the order of groups, so those of one group are a run of them.
        let start = carriers.partition_point(|(unit, _)| self.groups.of_unit[*unit] < group);
        let end = carriers.partition_point(|(unit, _)| self.groups.of_unit[*unit] <= group);
        let own = carriers[start..end].iter().map(|(_, unit)| *unit);
        let rest = carriers[..start].iter().chain(&carriers[end..]).map(|(_, unit)| *unit);
        let keyness = Keyness::new(TermSide::new(&sides[0], own, prior)?, TermSide::new(&sides[1], rest, prior)?);
        let documents = [end - start, carriers.len() - (end - start)];
        let is_more = keyness.log_odds() >= 0.0;
        if documents[usize::from(!is_more)] < LEAST_CARRIERS {
            return None;
        }
        let t = keyness.t().map_or(0.0, |(t, _)| t);
        let documents = documents.map(|count| count as u64);
        Some(Candidate { term: (0, 0), keyness, p_value: keyness.p_value(), t, documents, test: 0 })
    }

    fn keep(&self, candidate: Candidate, kept: &mut Vec<Candidate>) {
        kept.push(candidate);
        // A corpus has a hundred thousand terms, of which a table takes some hundred.
        if kept.len() > 20 * self.most {
            self.cut(kept);
        }
    }

    /// Leaves the strongest: the least p, then the largest t, then by their words.
    fn cut(&self, kept: &mut Vec<Candidate>) {
        kept.sort_by(|a, b| self.strength(a, b));
        kept.truncate(self.most);
    }

    fn strength(&self, a: &Candidate, b: &Candidate) -> Ordering {
        let p = |it: &Candidate| it.p_value.unwrap_or(1.0);
        p(a).total_cmp(&p(b))
            .then_with(|| b.t.abs().total_cmp(&a.t.abs()))
            .then_with(|| self.words_of(a.term).cmp(&self.words_of(b.term)))
    }

    fn words_of(&self, (first, second): (u32, u32)) -> [&str; 2] {
        [first, second].map(|word| self.words.form(word as usize))
    }

    fn row(&self, group: usize, it: &Candidate, q_value: Option<f64>) -> KeyTerm {
        let Occurrence { part, kind, .. } = self.occurrences[0];
        let [first, second] = self.words_of(it.term);
        KeyTerm {
            term: if kind == TermKind::Pair { format!("{first} {second}") } else { first.to_owned() },
            kind,
            group: self.groups.names[group].to_owned(),
            frame: (part as usize).checked_sub(1),
            keyness: it.keyness,
            interval: it.keyness.interval(),
            p_value: it.p_value,
            q_value,
            documents: it.documents,
        }
    }
}

/// The units of a group and those of the others that have a term of the kind.
fn sides(groups: &Groups<'_>, lengths: &[u64], group: usize) -> Option<[UnitLengths; 2]> {
    let of_side = |is_own: bool| {
        let units = groups.of_unit.iter().zip(lengths);
        UnitLengths::of(units.filter(move |(of, n)| (**of == group) == is_own && **n > 0).map(|(_, n)| *n))
    };
    let both = [of_side(true), of_side(false)];
    both.iter().all(|side| side.units() >= LEAST_CARRIERS as u64).then_some(both)
}

/// A number that fits: a corpus has fewer words and documents than memory has bytes.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coding::TermCount;
    use crate::compare::DocumentCounts;
    use crate::stats::Seed;

    /// A document of single words; copies have the same cluster.
    fn document(group: &str, cluster: &str, text: &str) -> (DocumentCounts, DocumentTerms) {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        let runs = words.chunk_by(|a, b| a == b).zip(0..);
        let count = |(run, first): (&[&str], u32)| TermCount { part: 0, first, second: None, count: narrow(run.len()) };
        let counts = runs.map(count).collect();
        words.dedup();
        let words = words.iter().flat_map(|word| [word, "\n"]).collect();
        let counted = DocumentCounts { group: group.into(), cluster: cluster.into(), ..DocumentCounts::default() };
        (counted, DocumentTerms { words, counts })
    }

    fn corpus() -> Vec<(DocumentCounts, DocumentTerms)> {
        let mut documents = Vec::new();
        for number in 0..8 {
            let fill = ["rain", "snow", "wind"][number % 3];
            documents.push(document("alfa", &format!("a{number}"), &format!("tanks and {fill} and tanks")));
            documents.push(document("beta", &format!("b{number}"), &format!("talks and {fill} and {fill}")));
        }
        documents.push(document("beta", "b0", "talks and rain and rain"));
        documents.push(document("gamma", "c", "tanks tanks tanks"));
        documents
    }

    fn rows(documents: &[(DocumentCounts, DocumentTerms)]) -> Vec<KeyTerm> {
        let (mut tally, mut counts) = (TermTally::default(), Counts::default());
        for (number, (counted, terms)) in documents.iter().enumerate() {
            let id = format!("{}-{number}", counted.group);
            tally.add(&id, terms);
            counts.insert(id, counted.clone());
        }
        tally.key_terms(&counts)
    }

    #[test]
    fn terms_are_counted_against_the_others_and_copies_are_one_document() {
        let rows = rows(&corpus());
        let counts = |group: &str, term: &str| {
            let row = rows.iter().find(|row| row.group == group && row.term == term)?;
            let [own, other] = row.keyness.sums();
            Some((own.k, own.n, other.k, other.n, row.documents))
        };
        assert_eq!(counts("alfa", "tanks"), Some((16, 40, 3, 48, [8, 1])));
        assert_eq!(counts("alfa", "talks"), Some((0, 40, 9, 48, [0, 8])));
        assert_eq!(counts("beta", "and"), Some((18, 45, 16, 43, [8, 8])));
        assert!(rows.iter().all(|row| row.group != "gamma"), "one document is too few");
        let more = rows.iter().find(|row| row.group == "alfa").unwrap();
        assert_eq!((more.term.as_str(), more.keyness.log_odds() > 0.0), ("tanks", true));
        assert!(more.q_value >= more.p_value);
    }

    #[test]
    fn the_order_of_documents_changes_no_digit() {
        let mut documents = corpus();
        let expected = rows(&documents);
        let mut stream = Seed::new(3).stream("shuffle");
        for _ in 0..5 {
            for place in (1..documents.len()).rev() {
                documents.swap(place, stream.below(place + 1));
            }
            assert_eq!(rows(&documents), expected);
        }
    }

    #[test]
    fn one_group_alone_has_no_key_terms() {
        let documents: Vec<_> = corpus().into_iter().filter(|(counted, _)| &*counted.group == "alfa").collect();
        assert_eq!(rows(&documents), []);
    }
}
