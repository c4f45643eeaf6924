//! Which terms a group uses more or less than the others, in all of its text and in the sentences of each frame; and a part of the
//! corpus than another part.
//!
//! Terms are counted by unit, copies of one text on a side being one. Not here: what a term is (`coding::terms`), how those of
//! a corpus are brought together (`term_tally`), who is held against whom (`term_sides`), how two sides are compared
//! (`term_comparison`), and the formulas (`stats::keyness`).

use crate::compare::TermTally;
use crate::compare::term_comparison::{KeyTerm, PartWords, TermComparison};
use crate::compare::term_sides::{TermPlan, groups_and_subsets};
use crate::compare::term_tally::{CountedTerms, PartTerm};

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

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::coding::{DocumentTerms, TermCount};
    use crate::compare::{Counts, DocumentCounts, REST, TermQuestion};
    use crate::model::{KeynessSettings, Membership, ReferenceWords, Subset};
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
        against(documents, (settings, None), membership)
    }

    fn against(
        documents: &[(DocumentCounts, DocumentTerms)],
        (settings, reference): (&KeynessSettings, Option<&ReferenceWords>),
        membership: impl Fn(&DocumentCounts) -> Membership,
    ) -> KeyTerms {
        let (mut tally, mut counts) = (TermTally::default(), Counts::default());
        for (number, (counted, terms)) in documents.iter().enumerate() {
            let id = format!("{}-{number}", counted.group);
            assert!(tally.add(&id, terms).is_empty());
            counts.insert(id, counted.clone());
        }
        let memberships: Vec<Membership> = documents.iter().map(|(counted, _)| membership(counted)).collect();
        let plan = TermPlan { counts: &counts, settings, memberships: &memberships, reference };
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
        assert_eq!(counts("alfa", "tanks"), Some((16, 40, 3, 48, (8, Some(1)))));
        assert_eq!(counts("alfa", "talks"), Some((0, 40, 9, 48, (0, Some(8)))));
        assert_eq!(counts("beta", "and"), Some((18, 45, 16, 43, (8, Some(8)))));
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
        assert_eq!((row.documents, row.clusters), ((5, Some(0)), (5, Some(8))));
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
    fn against_a_list_a_row_depends_on_its_own_group_and_the_list_alone() {
        let mut list = ReferenceWords::new("words.csv");
        for (term, count) in [("and", 40), ("tanks", 1), ("talks", 9), ("rain", 50)] {
            list.add(term, count);
        }
        let settings = subsets(&["first", "second", "third"], &[("second", "third")]);
        let found = against(&corpus(), (&settings, Some(&list)), |counted| {
            let is_in = |group: &str| Some(&*counted.group == group);
            [is_in("alfa"), is_in("alfa"), is_in("beta")].into()
        });
        let row = |rows: &[KeyTerm], group: &str, term: &str| {
            rows.iter().find(|row| row.group == group && row.term == term).cloned()
        };
        let more = row(&found.rows, "alfa", "tanks").unwrap();
        let [own, listed] = more.keyness.sums();
        assert_eq!((own.k, own.n, listed.k, listed.n), (16, 40, 1, 100));
        assert_eq!((&more.against[..], more.documents, more.clusters), ("words.csv", (8, None), (8, None)));
        assert!(more.note.contains("its words count as independent") && more.keyness.log_odds() > 0.0);
        let less = row(&found.rows, "alfa", "talks").unwrap();
        assert!(less.keyness.log_odds() < 0.0 && less.documents == (0, None), "nine in the list, and eight documents");
        let alone: Vec<_> = corpus().into_iter().filter(|(counted, _)| &*counted.group == "alfa").collect();
        let without = against(&alone, (&KeynessSettings::default(), Some(&list)), |_| Membership::default());
        let of_alone = row(&without.rows, "alfa", "tanks").unwrap();
        assert_eq!((of_alone.keyness, of_alone.interval), (more.keyness, more.interval), "beta is gone");
        let first = row(&found.rows, "first", "tanks").unwrap();
        assert_eq!((first.keyness, &first.against[..]), (more.keyness, "words.csv"), "a subset in no pair");
        assert_eq!(row(&found.rows, "second", "tanks").map(|row| row.against), Some("third".to_owned()));
    }

    #[test]
    fn a_term_that_a_small_group_need_not_have_is_not_tested_there() {
        let text = |number: usize, share: usize| if number.is_multiple_of(share) { "tanks roll" } else { "talks go" };
        for (share, expected) in [(1, true), (3, true), (4, false)] {
            // If the nine were as the others, 9 or 9/3 or 9/4 of them had the word; three are asked for.
            let mut documents: Vec<_> =
                (0..60).map(|number| document("alfa", &format!("a{number}"), text(number, share))).collect();
            documents.extend((0..9).map(|number| document("beta", &format!("b{number}"), "rain fell")));
            let settings = KeynessSettings { least_documents: 3, ..KeynessSettings::default() };
            let found = rows_of(&documents, &settings, |_| Membership::default()).rows;
            let is_tested = found.iter().any(|row| row.group == "beta" && row.term == "tanks");
            assert_eq!(is_tested, expected, "one of {share}");
        }
    }

    #[test]
    fn one_group_alone_has_no_key_terms() {
        let documents: Vec<_> = corpus().into_iter().filter(|(counted, _)| &*counted.group == "alfa").collect();
        assert_eq!(rows(&documents), []);
    }
}
