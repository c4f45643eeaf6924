//! The terms of one kind in one part of the text, held against each other side by side: which are tested, and which make the table.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use crate::compare::term_sides::{TermQuestion, TermSides};
use crate::compare::term_tally::{Carrier, PartLength, PartTerm, TermPart};
use crate::stats::{Interval, Keyness, TermCarriers, TermPrior, TermSide, UnitCount, UnitLengths, benjamini_hochberg};

/// Rows of each group, kind and side over all of the text.
pub const MOST_TERMS: usize = 100;
/// The same in the sentences of a frame.
pub const MOST_TERMS_IN_FRAME: usize = 25;
/// Groups of which a table has so many rows. With more of them each has fewer, in proportion: nobody reads a million words.
pub const GROUPS_IN_FULL: usize = 200;

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

impl Candidate {
    fn new(it: &CountedTerm<'_>, keyness: Keyness, documents: (u64, Option<u64>)) -> Self {
        let t = keyness.t().map_or(0.0, |(t, _)| t);
        Self { term: it.term, keyness, p_value: keyness.p_value(), t, documents, groups: it.groups }
    }
}

/// Units that have a term, each with all its words.
fn with_lengths<'a>(counted: &'a [(usize, u64)], lengths: &'a [u64]) -> impl Iterator<Item = UnitCount> + 'a {
    counted.iter().map(|&(unit, k)| UnitCount { k, n: lengths[unit] })
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

/// A term with the units that have it.
struct CountedTerm<'a> {
    term: PartTerm,
    /// Ascending, each with its occurrences.
    units: &'a [(usize, u64)],
    /// Groups that they are of.
    groups: u64,
    /// That of all units.
    prior: TermPrior,
    /// Occurrences in the list.
    listed: UnitCount,
}

/// The terms of one kind in one part of the text.
pub(super) struct TermComparison<'a> {
    groups: &'a TermSides<'a>,
    of: PartWords<'a>,
    /// Terms of the kind in each unit, and those of all units.
    lengths: Vec<u64>,
    all: UnitLengths,
    /// By group; `None` where it or the others have too few units.
    sides: Vec<Option<BothSides>>,
    /// The groups that have sides, those of most units first.
    by_size: Vec<usize>,
    most: usize,
    /// Of all tests, of which a table shows few.
    p_values: Vec<f64>,
    /// By group: the terms used more, and those used less.
    strongest: Vec<[Vec<Candidate>; 2]>,
    /// The units that have the present term, with its occurrences.
    counted: Vec<(usize, u64)>,
    carriers: Carriers,
}

/// The units of a group and those of the others, with their words.
struct BothSides {
    own: UnitLengths,
    rest: UnitLengths,
    /// Whether the others have less than half of all words, and are no difference.
    is_most: bool,
}

/// The units that have a term: all of them, those of a group, and the others; workspaces.
#[derive(Default)]
struct Carriers {
    all: TermCarriers,
    own: TermCarriers,
    /// Those of the group again, beside all words.
    taken: TermCarriers,
    rest: TermCarriers,
}

impl BothSides {
    fn new(units: Range<usize>, lengths: &[u64], all: &UnitLengths) -> Self {
        let with_words = |lengths: &[u64]| lengths.iter().copied().filter(|n| *n > 0).collect::<Vec<_>>();
        let own_lengths = with_words(&lengths[units.clone()]);
        let own = UnitLengths::of(own_lengths.iter().copied());
        let is_most = 2 * own.words() > all.words();
        let rest = if is_most {
            let [before, after] = [&lengths[..units.start], &lengths[units.end..]].map(with_words);
            UnitLengths::of(before.iter().chain(&after).copied())
        } else {
            all.without(own_lengths.into_iter())
        };
        Self { own, rest, is_most }
    }

    fn units(&self) -> [u64; 2] {
        [self.own.units(), self.rest.units()]
    }
}

impl<'a> TermComparison<'a> {
    pub(super) fn new(groups: &'a TermSides<'a>, of: PartWords<'a>, of_part: &[PartLength]) -> Self {
        let lengths = groups.lengths(of_part);
        let all = UnitLengths::of_all(lengths.iter().copied().filter(|n| *n > 0));
        // A list has no units, and stands for as many as are needed.
        let counted = if groups.list.is_some() { 1 } else { 2 };
        let both = |group| {
            let sides = BothSides::new(groups.of_side(group), &lengths, &all);
            sides.units()[..counted].iter().all(|units| *units >= of.least as u64).then_some(sides)
        };
        let sides: Vec<_> = (0..groups.compared).map(both).collect();
        let mut by_size: Vec<usize> = (0..sides.len()).filter(|group| sides[*group].is_some()).collect();
        by_size.sort_by_key(|group| Reverse(sides[*group].as_ref().map(|sides| sides.own.units())));
        let most = if of.part.frame().is_some() { MOST_TERMS_IN_FRAME } else { MOST_TERMS };
        Self {
            groups,
            of,
            all,
            lengths,
            by_size,
            most: (most * GROUPS_IN_FULL / sides.len().max(GROUPS_IN_FULL)).max(1),
            p_values: Vec::new(),
            strongest: vec![[Vec::new(), Vec::new()]; sides.len()],
            sides,
            counted: Vec::new(),
            carriers: Carriers::default(),
        }
    }

    /// Holds a term against the others, of every group in which it is frequent enough.
    pub(super) fn add(&mut self, term: PartTerm, carriers: &[Carrier]) {
        // Most terms are in a document or two, and go no further.
        if carriers.len() < self.of.least {
            return;
        }
        let mut counted = std::mem::take(&mut self.counted);
        self.groups.count(carriers, &mut counted);
        if counted.len() >= self.of.least {
            self.add_counted(term, &counted);
        }
        self.counted = counted;
    }

    fn add_counted(&mut self, term: PartTerm, counted: &[(usize, u64)]) {
        let of_unit = &self.groups.of_unit;
        let of_group = counted.chunk_by(|a, b| of_unit[a.0] == of_unit[b.0]);
        let found: u64 = counted.iter().map(|(_, k)| k).sum();
        let of_term = CountedTerm {
            term,
            units: counted,
            groups: of_group.clone().count() as u64,
            prior: prior(UnitCount { k: found, n: self.all.words() }),
            listed: self.listed(term),
        };
        let mut tested: Vec<usize> =
            of_group.filter(|units| units.len() >= self.of.least).map(|units| of_unit[units[0].0]).collect();
        tested.extend(self.by_size.iter().take_while(|group| self.may_lack(**group, &of_term)));
        tested.sort_unstable();
        tested.dedup();
        let is_list = self.groups.list.is_some();
        if !is_list {
            self.carriers.all.count(&self.all, with_lengths(counted, &self.lengths));
        }
        for group in tested {
            let candidate =
                if is_list { self.candidate_of_list(group, &of_term) } else { self.candidate(group, &of_term) };
            if let Some(candidate) = candidate {
                self.p_values.extend(candidate.p_value);
                self.keep(group, candidate);
            }
        }
    }

    /// Occurrences of a term among those of the list; none where there is no list.
    fn listed(&self, term: PartTerm) -> UnitCount {
        let [first, second] = self.words_of(term);
        let is_pair = self.of.part.is_pair();
        self.groups.list.map_or(UnitCount { k: 0, n: 0 }, |list| UnitCount {
            k: list.count(first, is_pair.then_some(second)),
            n: list.total(is_pair),
        })
    }

    /// Whether it may say something that a group uses a term less.
    fn may_lack(&self, group: usize, it: &CountedTerm<'_>) -> bool {
        self.groups.list.is_some() || self.is_expected(group, it.units.len())
    }

    /// Whether a term that so many of the others' units have would be in enough units of a group, if it were as frequent there:
    /// where it would not, its absence says nothing.
    fn is_expected(&self, group: usize, others: usize) -> bool {
        let [own, rest] = self.sides[group].as_ref().map_or([0; 2], BothSides::units);
        own * others as u64 >= self.of.least as u64 * rest.max(1)
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
    fn candidate(&mut self, group: usize, it: &CountedTerm<'_>) -> Option<Candidate> {
        let Range { start, end } = self.run_of(group, it);
        let sides = self.sides.get(group)?.as_ref()?;
        let (units, prior) = (it.units, it.prior);
        let of = |units| with_lengths(units, &self.lengths);
        let Carriers { all, own, taken, rest } = &mut self.carriers;
        own.count(&sides.own, of(&units[start..end]));
        if sides.is_most {
            rest.count(&sides.rest, of(&units[..start]).chain(of(&units[end..])));
        } else {
            taken.count(&self.all, of(&units[start..end]));
            rest.subtract(all, taken);
        }
        let keyness = Keyness::new(TermSide::new(&sides.own, own, prior)?, TermSide::new(&sides.rest, rest, prior)?);
        let documents = [end - start, units.len() - (end - start)];
        let is_more = keyness.log_odds() >= 0.0;
        if documents[usize::from(!is_more)] < self.of.least || !is_more && !self.is_expected(group, documents[1]) {
            return None;
        }
        let [own, others] = documents.map(|count| count as u64);
        Some(Candidate::new(it, keyness, (own, Some(others))))
    }

    /// A term in a group against the list: one used more is in enough documents of the group, one used less so often in the list.
    /// The prior is that of the two of them, so that a row does not depend on other groups.
    fn candidate_of_list(&mut self, group: usize, it: &CountedTerm<'_>) -> Option<Candidate> {
        let run = self.run_of(group, it);
        let sides = self.sides.get(group)?.as_ref()?;
        let units = &it.units[run];
        let own: u64 = units.iter().map(|(_, k)| k).sum();
        let both = UnitCount { k: own + it.listed.k, n: sides.own.words() + it.listed.n };
        if both.k == 0 {
            return None;
        }
        let prior = prior(both);
        self.carriers.own.count(&sides.own, with_lengths(units, &self.lengths));
        let side = TermSide::new(&sides.own, &self.carriers.own, prior)?;
        let keyness = Keyness::new(side, TermSide::of_list(it.listed, prior)?);
        let enough = if keyness.log_odds() >= 0.0 { units.len() as u64 } else { it.listed.k };
        (enough >= self.of.least as u64).then(|| Candidate::new(it, keyness, (units.len() as u64, None)))
    }

    /// Where the units of a group are: units are in the order of groups.
    fn run_of(&self, group: usize, it: &CountedTerm<'_>) -> Range<usize> {
        let of_unit = &self.groups.of_unit;
        let from = it.units.partition_point(|(unit, _)| of_unit[*unit] < group);
        from..it.units.partition_point(|(unit, _)| of_unit[*unit] <= group)
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
        let [own, others] = self.sides[group].as_ref().map_or([0; 2], BothSides::units);
        let clusters = (own, self.groups.list.is_none().then_some(others));
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
