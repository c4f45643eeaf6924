//! Which terms a group uses more or less than the others, in all of its text and in the sentences of each frame; and a part of the
//! corpus than another part.
//!
//! Terms are counted by unit, copies of one text on a side being one. Not here: what a term is (`coding::terms`), how those of
//! a corpus are brought together (`term_tally`), who is held against whom (`term_sides`), and the formulas (`stats::keyness`).

use std::cmp::Ordering;

use crate::compare::TermTally;
use crate::compare::term_sides::{TermPlan, TermQuestion, TermSides, groups_and_subsets};
use crate::compare::term_tally::{Carrier, CountedTerms, PartLength, PartTerm, TermPart};
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
    /// The subset that it is held against, or [`REST`](crate::compare::REST).
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
    /// Distinct documents with the term, in the group and in the others.
    pub documents: [u64; 2],
    /// Distinct documents with any term of the kind, likewise.
    pub clusters: [u64; 2],
    /// Groups with the term, this one included where it has it: one of them alone may be its name or its style. Of two subsets
    /// those of them.
    pub groups: u64,
    /// Documents that are on neither side, and why; empty where there are none.
    pub note: String,
}

/// What the terms of a corpus say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyTerms {
    /// A row of the table each.
    pub rows: Vec<KeyTerm>,
    /// Why pairs of subsets have no rows, in words.
    pub untested: Vec<String>,
}

impl TermTally {
    /// The strongest terms of every group, then of every subset: by frame (all of the text first), group, kind, those used more
    /// first, then by p. `chunk` gives again what [`add`](Self::add) gave.
    ///
    /// # Errors
    /// The first of `chunk`.
    pub fn key_terms<E>(
        self,
        asked: &TermPlan<'_>,
        chunk: impl FnMut(usize) -> Result<Vec<u8>, E>,
    ) -> Result<KeyTerms, E> {
        let CountedTerms { words, documents, lengths, mut terms } = self.merged(chunk)?;
        let questions = groups_and_subsets(&documents, asked);
        let least = usize::try_from(asked.settings.least_documents).unwrap_or(usize::MAX);
        let mut lengths = lengths.chunk_by(|a, b| a.part == b.part);
        let (mut rows, mut carriers) = (vec![Vec::new(); questions.len()], Vec::new());
        while let Some(part) = terms.peek().map(PartTerm::part) {
            let of_part = lengths.find(|of| of[0].part == part).unwrap_or_default();
            let part_words = PartWords { words: &words, part, least };
            let mut comparisons: Vec<TermComparison<'_>> =
                questions.iter().map(|sides| TermComparison::new(sides, part_words, of_part)).collect();
            while let Some(term) = terms.peek().filter(|term| term.part() == part) {
                terms.read_carriers(&mut carriers)?;
                for comparison in &mut comparisons {
                    comparison.add(term, &carriers);
                }
            }
            for (rows, comparison) in rows.iter_mut().zip(comparisons) {
                rows.extend(comparison.rows());
            }
        }
        for rows in &mut rows {
            rows.sort_by(|a, b| (a.frame, &a.group).cmp(&(b.frame, &b.group)));
        }
        let untested = questions.iter().filter_map(|sides| sides.too_few(least)).collect();
        Ok(KeyTerms { rows: rows.concat(), untested })
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

/// Of which terms a comparison is.
#[derive(Clone, Copy)]
struct PartWords<'a> {
    /// By number.
    words: &'a [Box<str>],
    part: TermPart,
    /// Documents that a tested term is in.
    least: usize,
}

/// The terms of one kind in one part of the text.
struct TermComparison<'a> {
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
}

impl<'a> TermComparison<'a> {
    fn new(groups: &'a TermSides<'a>, of: PartWords<'a>, of_part: &[PartLength]) -> Self {
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
        }
    }

    /// Holds a term of every group against the others.
    fn add(&mut self, term: PartTerm, carriers: &[Carrier]) {
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
        if documents[usize::from(!is_more)] < self.of.least {
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
        term.words().map(|word| &*self.of.words[word])
    }

    fn row(&self, group: usize, it: &Candidate, q_value: Option<f64>) -> KeyTerm {
        let ([first, second], part) = (self.words_of(it.term), self.of.part);
        let clusters = self.sides[group].as_ref().map_or([0; 2], |sides| [sides[0].units(), sides[1].units()]);
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

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::coding::{DocumentTerms, TermCount};
    use crate::compare::{Counts, DocumentCounts, REST};
    use crate::model::{KeynessSettings, Membership, Subset};
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
        rows_of(documents, &KeynessSettings::default(), |_| Membership::default()).rows
    }

    fn rows_of(
        documents: &[(DocumentCounts, DocumentTerms)],
        settings: &KeynessSettings,
        membership: impl Fn(&DocumentCounts) -> Membership,
    ) -> KeyTerms {
        let (mut tally, mut counts) = (TermTally::default(), Counts::default());
        for (number, (counted, terms)) in documents.iter().enumerate() {
            let id = format!("{}-{number}", counted.group);
            assert!(tally.add(&id, terms).is_empty());
            counts.insert(id, counted.clone());
        }
        let memberships: Vec<Membership> = documents.iter().map(|(counted, _)| membership(counted)).collect();
        let plan = TermPlan { counts: &counts, settings, memberships: &memberships };
        let Ok(found) = tally.key_terms(&plan, |_| Ok::<_, Infallible>(Vec::new()));
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

    /// Subsets, as the study names them, of which a document is in those that its group and cluster say.
    fn subsets(names: &[&str], pairs: &[(&str, &str)]) -> KeynessSettings {
        let subsets = names.iter().map(|name| ((*name).to_owned(), Subset::default())).collect();
        let pairs = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        KeynessSettings { subsets, pairs, ..KeynessSettings::default() }
    }

    #[test]
    fn parts_of_the_corpus_are_compared_as_groups_are() {
        let documents = corpus();
        let of_groups = rows(&documents);
        let settings = subsets(&["first", "other", "second"], &[("first", "second")]);
        let found = rows_of(&documents, &settings, |counted| {
            let is_in = |group: &str| Some(&*counted.group == group);
            [is_in("alfa"), is_in("alfa"), Some(&*counted.group != "alfa")].into()
        })
        .rows;
        assert_eq!(found[..of_groups.len()], of_groups, "subsets change no row of groups");
        for (group, against) in [("first", "second"), ("other", REST)] {
            let of_pair = found.iter().filter(|row| row.question == TermQuestion::Subsets && row.group == group);
            let told = |row: &KeyTerm| (row.term.clone(), row.keyness, row.documents, row.clusters);
            let of_pair: Vec<_> = of_pair.inspect(|row| assert_eq!(row.against, against)).map(told).collect();
            let expected: Vec<_> = of_groups.iter().filter(|row| row.group == "alfa").map(told).collect();
            assert_eq!(of_pair, expected, "{group} is alfa, and {against} all others");
        }
        assert!(found.iter().all(|row| row.group != "second"), "one side of a pair says it all");
    }

    #[test]
    fn a_document_of_both_subsets_or_of_an_unread_cell_is_on_neither_side() {
        let settings = subsets(&["a", "b"], &[("a", "b")]);
        let found = rows_of(&corpus(), &settings, |counted| match (&*counted.group, &*counted.cluster) {
            ("alfa", "a0") => [Some(true), Some(true)].into(),
            ("alfa", "a1" | "a2") => [Some(true), None].into(),
            (group, _) => [Some(group == "alfa"), Some(group == "beta")].into(),
        });
        let row = found.rows.iter().find(|row| row.question == TermQuestion::Subsets && row.term == "tanks").unwrap();
        assert_eq!((row.documents, row.clusters), ([5, 0], [5, 8]));
        assert_eq!(
            row.note,
            "documents of both, on neither side: 1; documents with a cell that the condition cannot read, on neither side: 2"
        );
        let found = rows_of(&corpus(), &settings, |counted| [Some(&*counted.group == "alfa"), Some(true)].into());
        assert_eq!(
            found.untested,
            [
                "\"a\" and \"b\" have 0 and 9 distinct documents, and 5 each are needed (documents of both, on neither side: 8)"
            ]
        );
    }

    #[test]
    fn a_term_is_tested_from_as_many_documents_on_as_the_study_says() {
        let least = |least_documents| KeynessSettings { least_documents, ..KeynessSettings::default() };
        let tested = |settings| rows_of(&corpus(), &settings, |_| Membership::default()).rows.len();
        assert_eq!(
            [tested(least(8)), tested(least(9))].map(|rows| rows > 0),
            [true, false],
            "alfa has eight documents"
        );
    }

    #[test]
    fn one_group_alone_has_no_key_terms() {
        let documents: Vec<_> = corpus().into_iter().filter(|(counted, _)| &*counted.group == "alfa").collect();
        assert_eq!(rows(&documents), []);
    }
}
