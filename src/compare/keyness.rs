//! Which terms a group uses more or less than the others, in all of its text and in the sentences of each frame.
//!
//! Terms are counted by unit, copies of one text in a group being one. Not here: what a term is (`coding::terms`), how those of
//! a corpus are brought together (`term_tally`), and the formulas (`stats::keyness`).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::compare::cells::DistinctDocument;
use crate::compare::term_tally::{Carrier, CountedTerms, PartLength, PartTerm, TermPart};
use crate::compare::{Counts, DocumentCounts, TermTally};
use crate::stats::{Interval, Keyness, TermPrior, TermSide, UnitCount, UnitLengths, benjamini_hochberg};

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
    /// Groups with the term, this one included where it has it: one of them alone may be its name or its style.
    pub groups: u64,
}

impl TermTally {
    /// The strongest terms of every group: by frame (all of the text first), group, kind, those used more first, then by p.
    /// `counts` know the group of each document, and what it is a copy of; `chunk` gives again what [`add`](Self::add) gave.
    ///
    /// # Errors
    /// The first of `chunk`.
    pub fn key_terms<E>(
        self,
        counts: &Counts,
        chunk: impl FnMut(usize) -> Result<Vec<u8>, E>,
    ) -> Result<Vec<KeyTerm>, E> {
        let CountedTerms { words, documents, lengths, mut terms } = self.merged(chunk)?;
        let groups = Groups::new(&documents, counts);
        let mut lengths = lengths.chunk_by(|a, b| a.part == b.part);
        let (mut rows, mut carriers) = (Vec::new(), Vec::new());
        while let Some(part) = terms.peek().map(PartTerm::part) {
            let of_part = lengths.find(|of| of[0].part == part).unwrap_or_default();
            let mut comparison = TermComparison::new(&groups, &words, part, of_part);
            while let Some(term) = terms.peek().filter(|term| term.part() == part) {
                terms.read_carriers(&mut carriers)?;
                comparison.add(term, &carriers);
            }
            rows.extend(comparison.rows());
        }
        rows.sort_by(|a, b| (a.frame, &a.group).cmp(&(b.frame, &b.group)));
        Ok(rows)
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
        Self { group: &counts.group, distinct: DistinctDocument::of(id, counts) }
    }
}

/// The groups, which one each unit is of, and the units of the documents.
struct Groups<'a> {
    names: Vec<&'a str>,
    /// Units are in the order of groups and clusters, so that no sum depends on the order of the corpus.
    of_unit: Vec<usize>,
    /// By document, its unit; `None` of one that another of the same id took the place of.
    units: Vec<Option<u32>>,
}

impl<'a> Groups<'a> {
    fn new(documents: &'a [Box<str>], counts: &'a Counts) -> Self {
        let units: BTreeSet<GroupedDocument<'_>> =
            counts.documents().map(|(id, counted)| GroupedDocument::new(id, counted)).collect();
        let (mut names, mut of_unit) = (Vec::<&str>::new(), Vec::new());
        for GroupedDocument { group, .. } in &units {
            if names.last() != Some(group) {
                names.push(group);
            }
            of_unit.push(names.len() - 1);
        }
        let places: BTreeMap<GroupedDocument<'_>, u32> = units.into_iter().zip(0..).collect();
        let unit = |id: &'a str| counts.document(id).map(|counted| places[&GroupedDocument::new(id, counted)]);
        let units = documents.iter().map(|id| unit(id)).collect();
        Self { names, of_unit, units }
    }

    /// The units of the documents that have a term, ascending, each with its occurrences.
    fn count(&self, carriers: &[Carrier], counted: &mut Vec<(usize, u64)>) {
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

/// A term held against the others, not yet in words.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    term: PartTerm,
    keyness: Keyness,
    p_value: Option<f64>,
    t: f64,
    documents: [u64; 2],
    groups: u64,
}

/// The terms of one kind in one part of the text.
struct TermComparison<'a> {
    groups: &'a Groups<'a>,
    words: &'a [Box<str>],
    part: TermPart,
    /// Terms of the kind in each unit, and in all of them.
    lengths: Vec<u64>,
    all: u64,
    /// By group, the units of the group and of the others; `None` where there are too few.
    sides: Vec<Option<[UnitLengths; 2]>>,
    most: usize,
    /// Of all tests, of which a table shows few.
    p_values: Vec<f64>,
    /// By group: the terms used more, and those used less.
    strongest: Vec<[Vec<Candidate>; 2]>,
    /// The units that have the present term, with its occurrences, and with all their words.
    counted: Vec<(usize, u64)>,
    carriers: Vec<(usize, UnitCount)>,
    /// The groups that these are of.
    carrying: u64,
}

impl<'a> TermComparison<'a> {
    fn new(groups: &'a Groups<'a>, words: &'a [Box<str>], part: TermPart, of_part: &[PartLength]) -> Self {
        let mut lengths = vec![0; groups.of_unit.len()];
        for it in of_part {
            if let Some(unit) = groups.units[it.document as usize] {
                lengths[unit as usize] += u64::from(it.terms);
            }
        }
        let sides: Vec<_> = (0..groups.names.len()).map(|group| sides(groups, &lengths, group)).collect();
        Self {
            groups,
            words,
            part,
            all: lengths.iter().sum(),
            lengths,
            most: if part.frame().is_some() { MOST_TERMS_IN_FRAME } else { MOST_TERMS },
            p_values: Vec::new(),
            strongest: vec![[Vec::new(), Vec::new()]; sides.len()],
            sides,
            counted: Vec::new(),
            carriers: Vec::new(),
            carrying: 0,
        }
    }

    /// Holds a term of every group against the others.
    fn add(&mut self, term: PartTerm, carriers: &[Carrier]) {
        // Most terms are in a document or two, and go no further.
        if carriers.len() < LEAST_CARRIERS {
            return;
        }
        self.groups.count(carriers, &mut self.counted);
        if self.counted.len() < LEAST_CARRIERS {
            return;
        }
        self.carriers.clear();
        let with_length = |&(unit, k): &(usize, u64)| (unit, UnitCount { k, n: self.lengths[unit] });
        self.carriers.extend(self.counted.iter().map(with_length));
        let of_unit = &self.groups.of_unit;
        self.carrying = self.counted.chunk_by(|a, b| of_unit[a.0] == of_unit[b.0]).count() as u64;
        let found: u64 = self.counted.iter().map(|(_, k)| k).sum();
        let total = PRIOR_OCCURRENCES * self.all as f64 / found as f64;
        let prior = TermPrior { alpha: PRIOR_OCCURRENCES, total };
        for group in 0..self.sides.len() {
            if let Some(candidate) = self.candidate(group, term, prior) {
                self.p_values.extend(candidate.p_value);
                self.keep(group, candidate);
            }
        }
    }

    fn rows(mut self) -> Vec<KeyTerm> {
        let mut p_values = std::mem::take(&mut self.p_values);
        p_values.sort_unstable_by(|a, b| b.total_cmp(a));
        let adjusted = benjamini_hochberg(&p_values);
        // Equal p-values have one q-value, so that it is found by the p-value alone.
        let q_value = |p_value: f64| adjusted.get(p_values.partition_point(|other| *other > p_value)).copied();
        let mut rows = Vec::new();
        for (group, kept) in std::mem::take(&mut self.strongest).into_iter().enumerate() {
            for mut side in kept {
                self.cut(&mut side);
                rows.extend(side.iter().map(|it| self.row(group, it, it.p_value.and_then(q_value))));
            }
        }
        rows
    }

    /// A term in a group against the others, if it is in enough documents.
    fn candidate(&self, group: usize, term: PartTerm, prior: TermPrior) -> Option<Candidate> {
        let carriers = &self.carriers;
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
        Some(Candidate { term, keyness, p_value: keyness.p_value(), t, documents, groups: self.carrying })
    }

    fn keep(&mut self, group: usize, candidate: Candidate) {
        let side = usize::from(candidate.t < 0.0);
        let kept = &mut self.strongest[group][side];
        kept.push(candidate);
        // A corpus has a hundred thousand terms, of which a table takes some hundred.
        if kept.len() > 5 * self.most {
            let mut kept = std::mem::take(kept);
            self.cut(&mut kept);
            self.strongest[group][side] = kept;
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

    fn words_of(&self, term: PartTerm) -> [&str; 2] {
        term.words().map(|word| &*self.words[word])
    }

    fn row(&self, group: usize, it: &Candidate, q_value: Option<f64>) -> KeyTerm {
        let [first, second] = self.words_of(it.term);
        KeyTerm {
            term: if self.part.is_pair() { format!("{first} {second}") } else { first.to_owned() },
            kind: if self.part.is_pair() { TermKind::Pair } else { TermKind::Word },
            group: self.groups.names[group].to_owned(),
            frame: self.part.frame(),
            keyness: it.keyness,
            interval: it.keyness.interval(),
            p_value: it.p_value,
            q_value,
            documents: it.documents,
            groups: it.groups,
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

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::coding::{DocumentTerms, TermCount};
    use crate::compare::DocumentCounts;
    use crate::stats::Seed;

    /// A document of single words; copies have the same cluster.
    fn document(group: &str, cluster: &str, text: &str) -> (DocumentCounts, DocumentTerms) {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        let runs = words.chunk_by(|a, b| a == b).zip(0..);
        let count = |(run, first): (&[&str], u32)| TermCount {
            part: 0,
            first,
            second: None,
            count: u32::try_from(run.len()).unwrap(),
        };
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
            assert!(tally.add(&id, terms).is_empty());
            counts.insert(id, counted.clone());
        }
        let Ok(found) = tally.key_terms(&counts, |_| Ok::<_, Infallible>(Vec::new()));
        found
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
        let groups = |term: &str| rows.iter().find(|row| row.term == term).map(|row| row.groups);
        assert_eq!([groups("tanks"), groups("talks"), groups("and")], [Some(2), Some(1), Some(2)]);
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
