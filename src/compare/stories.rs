//! Stories: documents of several outlets on one event, told by their words within a day and a half.
//!
//! Not here: comparing inside stories, which `within` does as inside any column of the corpus.

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
    let mut shared = SharedTerms::default();
    for number in 0..ids.len() {
        for term in terms(number)? {
            shared.add(term & !TIMES);
        }
    }
    let mut dated: Vec<Dated<'_>> = ids.iter().enumerate().filter_map(|it| Dated::new(counts, it)).collect();
    dated.sort_unstable_by_key(|document| (document.date, document.id));
    let mut window = Window::new(ids.len(), &shared);
    for document in &dated {
        window.add(document.date, &terms(document.number)?);
    }
    let groups = average_link(dated.len(), &window.pairs, STORY_SIMILARITY);
    let mut found: Vec<StoryDocument> =
        groups.iter().flat_map(|members| story(&dated, members, &window.pairs)).collect();
    found.sort_by(|a, b| a.document.cmp(&b.document));
    Ok(found)
}

/// How many documents have each term. Those of two or more are numbered: a term of one document makes it like no other, and of the
/// words of a corpus most are such.
#[derive(Default)]
struct SharedTerms {
    /// By term: its number and 1, 0 of a term that one document has.
    numbers: FxHashMap<u64, u32>,
    /// By number.
    holders: Vec<u32>,
}

impl SharedTerms {
    fn add(&mut self, term: u64) {
        let Some(number) = self.numbers.get_mut(&term) else {
            self.numbers.insert(term, 0);
            return;
        };
        if *number == 0 {
            self.holders.push(1);
            *number = u32::try_from(self.holders.len()).unwrap_or(u32::MAX);
        }
        self.holders[*number as usize - 1] += 1;
    }
}

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

/// A document of the window that has a term.
struct Posting {
    document: usize,
    weight: f64,
    /// One past the place of the posting of the term before this, 0 where there is none; it may have left the window.
    before: usize,
}

/// The documents of the last days, by term, and the pairs that are alike.
struct Window<'s> {
    documents: f64,
    shared: &'s SharedTerms,
    /// Postings of the documents in the window, in the order of days: their places run from `first_posting` on.
    postings: VecDeque<Posting>,
    first_posting: usize,
    /// By number of a term, one past the place of its last posting.
    last: Vec<usize>,
    /// Days of the documents in the window and how many postings they have, in the order of days: their numbers run from `first`
    /// on.
    recent: VecDeque<(Date, usize)>,
    first: usize,
    pairs: Vec<Likeness>,
}

impl<'s> Window<'s> {
    fn new(documents: usize, shared: &'s SharedTerms) -> Self {
        Self {
            documents: documents as f64,
            shared,
            postings: VecDeque::new(),
            first_posting: 0,
            last: vec![0; shared.holders.len()],
            recent: VecDeque::new(),
            first: 0,
            pairs: Vec::new(),
        }
    }

    /// Takes in the next document in the order of days, and finds the earlier ones that are like it.
    fn add(&mut self, date: Date, terms: &[u64]) {
        self.forget_before(date);
        let document = self.first + self.recent.len();
        let weights = self.weights(terms);
        let mut cosines = vec![0.0; self.recent.len()];
        for &(term, weight) in &weights {
            let mut place = self.last[term];
            while place > self.first_posting {
                let other = &self.postings[place - 1 - self.first_posting];
                cosines[other.document - self.first] += weight * other.weight;
                place = other.before;
            }
            self.postings.push_back(Posting { document, weight, before: self.last[term] });
            self.last[term] = self.first_posting + self.postings.len();
        }
        let alike = (self.first..).zip(cosines).filter(|(_, cosine)| *cosine >= LEAST_SIMILARITY);
        self.pairs.extend(alike.map(|(a, cosine)| Likeness { a, b: document, similarity: cosine.min(1.0) }));
        self.recent.push_back((date, weights.len()));
    }

    fn forget_before(&mut self, date: Date) {
        while let Some((_, postings)) = self.recent.pop_front_if(|(day, _)| (date - *day).get_days() > STORY_DAYS) {
            self.first += 1;
            self.first_posting += postings;
            self.postings.drain(..postings);
        }
    }

    /// The terms that several documents have, but fewer than half of all, by number with weights: `1 + ln(times)` by
    /// `ln(all / holders)`, of length 1 with those that only this document has.
    fn weights(&self, terms: &[u64]) -> Vec<(usize, f64)> {
        let (mut weights, mut squares) = (Vec::with_capacity(terms.len()), 0.0);
        for term in terms {
            let Some(number) = self.shared.numbers.get(&(term & !TIMES)) else { continue };
            let place = (*number as usize).checked_sub(1);
            let rarity = self.documents / f64::from(place.map_or(1, |place| self.shared.holders[place]));
            if rarity > 2.0 {
                let weight = (1.0 + ((term & TIMES) as f64).ln()) * rarity.ln();
                squares += weight * weight;
                weights.extend(place.map(|place| (place, weight)));
            }
        }
        let length = squares.sqrt();
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
