//! Stories: documents of several outlets on one event, told by their words within a day and a half.
//!
//! Not here: comparing inside stories, which `within` does as inside any column of the corpus.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, VecDeque};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::compare::Counts;
use crate::stats::{Likeness, average_link};

/// From this mean cosine of weighted words on, documents are of one story. `RNewsflow` (Welbers and others 2018) takes .4; at .2
/// ten times as many pairs of 13,027 articles are joined, four in five of them on one event by reading, and of those that .15
/// adds half (benches/stories.csv). Weights by what is new on a day, or of a second word of the window, were no better.
pub const STORY_SIMILARITY: f64 = 0.2;

/// Days that two documents of a story may lie apart: of 36 hours a date without an hour tells no more than the next day.
const STORY_DAYS: i32 = 1;

/// Cosines below this count as 0 in a mean, so that only a few pairs of a window are kept: most are far below.
const LEAST_SIMILARITY: f64 = 0.1;

/// Bits of a term below its hash: how often it stands in the document.
const TIMES: u64 = 0xff;

/// A document that is of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryDocument {
    /// Its id.
    pub document: String,
    /// Id of the story's earliest document, by date, then id.
    pub story: String,
    /// Documents of the story, and the outlets they are of.
    pub documents: u64,
    /// Outlets of the story, two or more.
    pub outlets: u64,
    /// The document of another outlet in the story that is most like it.
    pub nearest: String,
    /// Cosine of the two, in [0, 1]; 0 where it is below .1, and only others of the story join them.
    pub similarity: f64,
}

/// The documents that are of a story, sorted by id. `ids` are those of all documents, and `terms` gives the words of one by its
/// place there. Documents without a date are of none.
///
/// # Errors
/// The first of `terms`.
pub fn stories<E>(
    counts: &Counts,
    ids: &[String],
    mut terms: impl FnMut(usize) -> Result<Vec<u64>, E>,
) -> Result<Vec<StoryDocument>, E> {
    let mut holders = Holders::default();
    for number in 0..ids.len() {
        for term in terms(number)? {
            *holders.entry(term & !TIMES).or_default() += 1;
        }
    }
    let mut dated: Vec<Dated<'_>> = ids.iter().enumerate().filter_map(|it| Dated::new(counts, it)).collect();
    dated.sort_unstable_by_key(|document| (document.date, document.id));
    let mut window = Window::new(ids.len(), &holders);
    for document in &dated {
        window.add(document.date, &terms(document.number)?);
    }
    let groups = average_link(dated.len(), &window.pairs, STORY_SIMILARITY);
    let mut found: Vec<StoryDocument> =
        groups.iter().flat_map(|members| story(&dated, members, &window.pairs)).collect();
    found.sort_by(|a, b| a.document.cmp(&b.document));
    Ok(found)
}

/// By term, how many documents have it.
type Holders = FxHashMap<u64, u32>;

/// A document with a day.
struct Dated<'a> {
    id: &'a str,
    outlet: &'a str,
    date: Date,
    /// Its place among all documents.
    number: usize,
}

impl<'a> Dated<'a> {
    fn new(counts: &'a Counts, (number, id): (usize, &'a String)) -> Option<Self> {
        let document = counts.document(id)?;
        Some(Self { id, outlet: &document.outlet, date: document.date?, number })
    }
}

/// The documents of the last days, by term, and the pairs that are alike.
struct Window<'h> {
    documents: f64,
    holders: &'h Holders,
    /// By term, documents that have it and its weight there, in the order of days.
    postings: FxHashMap<u64, VecDeque<(usize, f64)>>,
    /// Days and terms of the documents in the window, in the order of days: their numbers run from `first` on.
    recent: VecDeque<(Date, Vec<u64>)>,
    first: usize,
    pairs: Vec<Likeness>,
}

impl<'h> Window<'h> {
    fn new(documents: usize, holders: &'h Holders) -> Self {
        let (postings, recent) = (FxHashMap::default(), VecDeque::new());
        Self { documents: documents as f64, holders, postings, recent, first: 0, pairs: Vec::new() }
    }

    /// Takes in the next document in the order of days, and finds the earlier ones that are like it.
    fn add(&mut self, date: Date, terms: &[u64]) {
        self.forget_before(date);
        let number = self.first + self.recent.len();
        let weights = self.weights(terms);
        let mut cosines = vec![0.0; self.recent.len()];
        for (term, weight) in &weights {
            let holders = self.postings.entry(*term).or_default();
            for (other, of_other) in &*holders {
                cosines[other - self.first] += weight * of_other;
            }
            holders.push_back((number, *weight));
        }
        let alike = (self.first..).zip(cosines).filter(|(_, cosine)| *cosine >= LEAST_SIMILARITY);
        self.pairs.extend(alike.map(|(a, cosine)| Likeness { a, b: number, similarity: cosine.min(1.0) }));
        self.recent.push_back((date, weights.into_iter().map(|(term, _)| term).collect()));
    }

    fn forget_before(&mut self, date: Date) {
        while self.recent.front().is_some_and(|(day, _)| (date - *day).get_days() > STORY_DAYS) {
            self.first += 1;
            for term in self.recent.pop_front().map_or(Vec::new(), |(_, terms)| terms) {
                // The oldest document stands first wherever it stands. A term of no document leaves, so that the index is
                // as large as a window and not as the vocabulary.
                let Entry::Occupied(mut holders) = self.postings.entry(term) else { continue };
                holders.get_mut().pop_front();
                if holders.get().is_empty() {
                    holders.remove();
                }
            }
        }
    }

    /// The terms that fewer than half of all documents have, with weights of length 1: `1 + ln(times)` by `ln(all / holders)`.
    fn weights(&self, terms: &[u64]) -> Vec<(u64, f64)> {
        let weight = |term: &u64| {
            let (hash, times) = (term & !TIMES, (term & TIMES) as f64);
            let rarity = self.documents / f64::from(*self.holders.get(&hash)?);
            (rarity > 2.0).then(|| (hash, (1.0 + times.ln()) * rarity.ln()))
        };
        let mut weights: Vec<(u64, f64)> = terms.iter().filter_map(weight).collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        for (_, weight) in &mut weights {
            *weight /= length;
        }
        weights
    }
}

/// The documents of one group; none where all are of one outlet.
fn story(dated: &[Dated<'_>], members: &[usize], pairs: &[Likeness]) -> Vec<StoryDocument> {
    let outlets = members.iter().map(|member| dated[*member].outlet).collect::<BTreeSet<_>>().len() as u64;
    if outlets < 2 {
        return Vec::new();
    }
    let nearest = |number: usize| {
        let others = members.iter().filter(|other| dated[**other].outlet != dated[number].outlet);
        let scored = others.map(|other| (cosine(pairs, number, *other), *other));
        scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
    };
    let scored = members.iter().filter_map(|number| Some((*number, nearest(*number)?)));
    scored
        .map(|(number, (similarity, other))| StoryDocument {
            document: dated[number].id.to_owned(),
            story: dated[members[0]].id.to_owned(),
            documents: members.len() as u64,
            outlets,
            nearest: dated[other].id.to_owned(),
            similarity,
        })
        .collect()
}

/// The similarity of two documents in `pairs`, which ascend by their second; 0 where they are not there.
fn cosine(pairs: &[Likeness], a: usize, b: usize) -> f64 {
    let (a, b) = (a.min(b), a.max(b));
    pairs.binary_search_by_key(&(b, a), |pair| (pair.b, pair.a)).map_or(0.0, |at| pairs[at].similarity)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use jiff::civil::date;

    use super::*;
    use crate::compare::DocumentCounts;

    /// Words of an event, and words of their own, as terms.
    fn terms(event: u64, own: u64) -> Vec<u64> {
        let word = |topic: u64, at: u64| (topic << 32 | at) << 8 | 1;
        (0..12).map(|at| word(event, at)).chain((0..4).map(|at| word(1000 + own, at))).collect()
    }

    /// Ids with the stories of documents, given as outlet, day and event.
    fn found(documents: &[(&str, Option<i8>, u64)], order: &[usize]) -> Vec<(String, String)> {
        let mut counts = Counts::default();
        for (number, (outlet, day, _)) in documents.iter().enumerate() {
            let date = day.map(|day| date(2022, 2, day));
            counts
                .insert(format!("d{number}"), DocumentCounts { outlet: (*outlet).into(), date, ..Default::default() });
        }
        let ids: Vec<String> = order.iter().map(|number| format!("d{number}")).collect();
        let of = |at: usize| Ok::<_, Infallible>(terms(documents[order[at]].2, order[at] as u64));
        stories(&counts, &ids, of).unwrap().into_iter().map(|it| (it.document, it.story)).collect()
    }

    #[test]
    fn stories_are_of_several_outlets_and_neighbouring_days() {
        let filler: Vec<(&str, Option<i8>, u64)> = (0..20).map(|number| ("C", Some(20), 100 + number)).collect();
        for (case, documents, expected) in [
            ("two outlets on a day", vec![("A", Some(1), 1), ("B", Some(1), 1)], vec![("d0", "d0"), ("d1", "d0")]),
            (
                "the later bears the smaller id",
                vec![("A", Some(2), 1), ("B", Some(1), 1)],
                vec![("d0", "d1"), ("d1", "d1")],
            ),
            ("one outlet", vec![("A", Some(1), 1), ("A", Some(1), 1)], vec![]),
            ("two days apart", vec![("A", Some(1), 1), ("B", Some(3), 1)], vec![]),
            ("no date", vec![("A", Some(1), 1), ("B", None, 1)], vec![]),
            ("two events", vec![("A", Some(1), 1), ("B", Some(1), 2)], vec![]),
            (
                "no chain of days",
                vec![("A", Some(1), 1), ("B", Some(2), 1), ("A", Some(3), 1), ("B", Some(4), 1)],
                vec![("d0", "d0"), ("d1", "d0"), ("d2", "d2"), ("d3", "d2")],
            ),
        ] {
            let all: Vec<_> = documents.iter().chain(&filler).copied().collect();
            let order: Vec<usize> = (0..all.len()).collect();
            let reversed: Vec<usize> = order.iter().rev().copied().collect();
            let expected: Vec<_> = expected.iter().map(|(id, story)| ((*id).to_owned(), (*story).to_owned())).collect();
            assert_eq!(found(&all, &order), expected, "{case}");
            assert_eq!(found(&all, &reversed), expected, "{case}, read from the end");
        }
    }
}
