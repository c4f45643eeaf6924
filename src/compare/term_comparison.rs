//! The terms of one kind in one part of the text, held against each other side by side: which are tested, and which make the table.

use std::cmp::Ordering;
use std::ops::Range;

use crate::compare::term_sides::{TermQuestion, TermSides};
use crate::compare::term_tally::{Carrier, PartLength, PartTerm, TermPart};
use crate::model::ReferenceWords;
use crate::stats::{Interval, Keyness, TermPrior, TermSide, UnitCount, UnitLengths, benjamini_hochberg};

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
    /// What its group is held against.
    pub question: TermQuestion,
    /// The group, or the name of the subset.
    pub group: String,
    /// The subset that it is held against, [`REST`](crate::compare::REST), or the name of a list of frequencies.
    pub against: String,
    /// Index of the frame whose sentences are compared; `None` for all of the text.
    pub frame: Option<usize>,
    /// How much more it is used.
    pub keyness: Keyness,
    /// 95 % interval of the log-odds.
    pub interval: Option<Interval>,
    /// Two-sided p-value.
    pub p_value: Option<f64>,
    /// The p-value adjusted over all terms of its kind and all groups, in all of the text or in the frame's sentences; of each pair
    /// of subsets apart.
    pub q_value: Option<f64>,
    /// Distinct documents with the term, in the group and in the others; a list has none.
    pub documents: (u64, Option<u64>),
    /// Distinct documents with any term of the kind, likewise.
    pub clusters: (u64, Option<u64>),
    /// Groups with the term, this one included where it has it: one of them alone may be its name or its style. Of two subsets
    /// those of them.
    pub groups: u64,
    /// Documents that are on neither side, and why; empty where there are none.
    pub note: String,
}

/// A term held against the others, not yet in words.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    term: PartTerm,
    keyness: Keyness,
    p_value: Option<f64>,
    t: f64,
    documents: (u64, Option<u64>),
    groups: u64,
}

/// Of which terms a comparison is.
#[derive(Clone, Copy)]
pub(super) struct PartWords<'a> {
    /// By number.
    pub(super) words: &'a [Box<str>],
    pub(super) part: TermPart,
    /// Documents that a tested term is in.
    pub(super) least: usize,
}

/// The terms of one kind in one part of the text.
pub(super) struct TermComparison<'a> {
    groups: &'a TermSides<'a>,
    of: PartWords<'a>,
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
    /// Occurrences of the present term in the list.
    listed: u64,
}

impl<'a> TermComparison<'a> {
    pub(super) fn new(groups: &'a TermSides<'a>, of: PartWords<'a>, of_part: &[PartLength]) -> Self {
        let lengths = groups.lengths(of_part);
        let sides: Vec<_> = (0..groups.compared).map(|group| groups.both(group, &lengths, of.least)).collect();
        Self {
            groups,
            of,
            all: lengths.iter().sum(),
            lengths,
            most: if of.part.frame().is_some() { MOST_TERMS_IN_FRAME } else { MOST_TERMS },
            p_values: Vec::new(),
            strongest: vec![[Vec::new(), Vec::new()]; sides.len()],
            sides,
            counted: Vec::new(),
            carriers: Vec::new(),
            carrying: 0,
            listed: 0,
        }
    }

    /// Holds a term of every group against the others.
    pub(super) fn add(&mut self, term: PartTerm, carriers: &[Carrier]) {
        // Most terms are in a document or two, and go no further.
        if carriers.len() < self.of.least {
            return;
        }
        self.groups.count(carriers, &mut self.counted);
        if self.counted.len() < self.of.least {
            return;
        }
        self.carriers.clear();
        let with_length = |&(unit, k): &(usize, u64)| (unit, UnitCount { k, n: self.lengths[unit] });
        self.carriers.extend(self.counted.iter().map(with_length));
        let of_unit = &self.groups.of_unit;
        self.carrying = self.counted.chunk_by(|a, b| of_unit[a.0] == of_unit[b.0]).count() as u64;
        let [first, second] = self.words_of(term);
        let second = self.of.part.is_pair().then_some(second);
        self.listed = self.groups.list.map_or(0, |list| list.count(first, second));
        let found: u64 = self.counted.iter().map(|(_, k)| k).sum();
        let prior = prior(UnitCount { k: found, n: self.all });
        for group in 0..self.sides.len() {
            let candidate = match self.groups.list {
                Some(list) => self.candidate_of_list(group, term, list),
                None => self.candidate(group, term, prior),
            };
            if let Some(candidate) = candidate {
                self.p_values.extend(candidate.p_value);
                self.keep(group, candidate);
            }
        }
    }

    pub(super) fn rows(mut self) -> Vec<KeyTerm> {
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
        let Range { start, end } = self.run_of(group);
        let own = carriers[start..end].iter().map(|(_, unit)| *unit);
        let rest = carriers[..start].iter().chain(&carriers[end..]).map(|(_, unit)| *unit);
        let keyness = Keyness::new(TermSide::new(&sides[0], own, prior)?, TermSide::new(&sides[1], rest, prior)?);
        let documents = [end - start, carriers.len() - (end - start)];
        let is_more = keyness.log_odds() >= 0.0;
        if documents[usize::from(!is_more)] < self.of.least {
            return None;
        }
        let [own, others] = documents.map(|count| count as u64);
        Some(self.tested(term, keyness, (own, Some(others))))
    }

    /// A term in a group against the list: one used more is in enough documents of the group, one used less so often in the list.
    /// The prior is that of the two of them, so that a row does not depend on other groups.
    fn candidate_of_list(&self, group: usize, term: PartTerm, list: &ReferenceWords) -> Option<Candidate> {
        let [lengths, _] = self.sides[group].as_ref()?;
        let carriers = &self.carriers[self.run_of(group)];
        let own: u64 = carriers.iter().map(|(_, unit)| unit.k).sum();
        let listed = UnitCount { k: self.listed, n: list.total(self.of.part.is_pair()) };
        let both = UnitCount { k: own + listed.k, n: lengths.words() + listed.n };
        if both.k == 0 {
            return None;
        }
        let prior = prior(both);
        let side = TermSide::new(lengths, carriers.iter().map(|(_, unit)| *unit), prior)?;
        let keyness = Keyness::new(side, TermSide::of_list(listed, prior)?);
        let enough = if keyness.log_odds() >= 0.0 { carriers.len() as u64 } else { listed.k };
        (enough >= self.of.least as u64).then(|| self.tested(term, keyness, (carriers.len() as u64, None)))
    }

    /// Where the carriers of a group are: units are in the order of groups.
    fn run_of(&self, group: usize) -> Range<usize> {
        let before = |last: bool| {
            self.carriers.partition_point(|(unit, _)| {
                let of = self.groups.of_unit[*unit];
                of < group || last && of == group
            })
        };
        before(false)..before(true)
    }

    fn tested(&self, term: PartTerm, keyness: Keyness, documents: (u64, Option<u64>)) -> Candidate {
        let t = keyness.t().map_or(0.0, |(t, _)| t);
        Candidate { term, keyness, p_value: keyness.p_value(), t, documents, groups: self.carrying }
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
        term.words().map(|word| &*self.of.words[word])
    }

    fn row(&self, group: usize, it: &Candidate, q_value: Option<f64>) -> KeyTerm {
        let ([first, second], part) = (self.words_of(it.term), self.of.part);
        let units = |side: usize| self.sides[group].as_ref().map_or(0, |sides| sides[side].units());
        let clusters = (units(0), self.groups.list.is_none().then(|| units(1)));
        KeyTerm {
            term: if part.is_pair() { format!("{first} {second}") } else { first.to_owned() },
            kind: if part.is_pair() { TermKind::Pair } else { TermKind::Word },
            question: self.groups.question,
            group: self.groups.names[group].to_owned(),
            against: self.groups.against.to_owned(),
            frame: part.frame(),
            keyness: it.keyness,
            interval: it.keyness.interval(),
            p_value: it.p_value,
            q_value,
            documents: it.documents,
            clusters,
            groups: it.groups,
            note: self.groups.note.clone(),
        }
    }
}

/// Half an occurrence of a term, among as many of all terms as have so many of it on both sides.
fn prior(both: UnitCount) -> TermPrior {
    TermPrior { alpha: PRIOR_OCCURRENCES, total: PRIOR_OCCURRENCES * both.n as f64 / both.k as f64 }
}
