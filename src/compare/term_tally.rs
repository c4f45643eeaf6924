//! The terms of a corpus, counted document by document in bounded memory: what is too much is handed out as sorted chunks,
//! and merged term by term at the end.
//!
//! Not here: where chunks are kept meanwhile (`report`), and what is made of a term (`keyness`).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::coding::{DocumentTerms, TermCount};

/// Occurrences kept in memory before they are handed out: 8 MB, and 16 where the list has just grown.
const LIMIT: usize = 1 << 19;

/// Occurrences of a chunk: some ten kilobytes, as one of every sorted run is in memory while they are merged.
const CHUNK: usize = 1 << 12;

/// Words that are told apart. A corpus of a billion words has some five million; words first met after so many others, which are
/// too rare to tell groups apart, are not counted.
const MOST_WORDS: usize = 1 << WORD_BITS;
const WORD_BITS: u32 = 24;

/// The terms of a corpus, by document.
#[derive(Debug)]
pub struct TermTally {
    limit: usize,
    words: FxHashMap<Box<str>, u32>,
    /// Ids, in the order in which they came.
    documents: Vec<Box<str>>,
    lengths: Vec<PartLength>,
    occurrences: Vec<Occurrence>,
    /// By sorted run, the numbers of its chunks.
    runs: Vec<Range<usize>>,
}

/// Terms of one kind in one part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartLength {
    pub(super) part: TermPart,
    pub(super) document: u32,
    pub(super) terms: u32,
}

/// Terms that are compared together: a part of the text (0 for all of it, a frame's index and 1 for its sentences), and words
/// apart from pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TermPart(u16);

impl TermPart {
    /// Index of the frame; `None` for all of the text.
    pub(super) fn frame(self) -> Option<usize> {
        usize::from(self.0 >> 1).checked_sub(1)
    }

    pub(super) const fn is_pair(self) -> bool {
        self.0 & 1 == 1
    }

    /// That of a count; a codebook has fewer frames than numbers here.
    fn of(count: &TermCount) -> Self {
        Self(u16::try_from(count.part << 1).unwrap_or(u16::MAX - 1) | u16::from(count.second.is_some()))
    }
}

/// A term in a part of the text, in the order of part, kind and numbers of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartTerm(u64);

impl PartTerm {
    fn new(part: TermPart, first: u32, second: u32) -> Self {
        Self(u64::from(part.0) << (2 * WORD_BITS) | u64::from(first) << WORD_BITS | u64::from(second))
    }

    pub(super) const fn part(self) -> TermPart {
        TermPart((self.0 >> (2 * WORD_BITS)) as u16)
    }

    /// Numbers of its words; the second of a single word is 0.
    pub(super) fn words(self) -> [usize; 2] {
        [self.0 >> WORD_BITS, self.0].map(|word| narrow(word % MOST_WORDS as u64) as usize)
    }
}

/// How often a document has a term in a part of its text. One number, since a corpus has millions to sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence(u128);

impl Occurrence {
    fn new(term: PartTerm, document: u32, count: u32) -> Self {
        Self(u128::from(term.0) << 64 | u128::from(document) << 32 | u128::from(count))
    }

    const fn term(self) -> PartTerm {
        PartTerm((self.0 >> 64) as u64)
    }

    #[expect(clippy::cast_possible_truncation, reason = "parts of the number")]
    const fn carrier(self) -> Carrier {
        Carrier { document: (self.0 >> 32) as u32, count: self.0 as u32 }
    }
}

/// A document that has a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Carrier {
    pub(super) document: u32,
    pub(super) count: u32,
}

/// What is known when all documents are counted.
pub(super) struct CountedTerms<F> {
    /// By number.
    pub(super) words: Vec<Box<str>>,
    /// Ids by number.
    pub(super) documents: Vec<Box<str>>,
    /// By part, then document.
    pub(super) lengths: Vec<PartLength>,
    pub(super) terms: MergedTerms<F>,
}

impl Default for TermTally {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl TermTally {
    /// None yet, with another limit to the occurrences kept in memory.
    #[must_use]
    pub(super) fn with_limit(limit: usize) -> Self {
        let (words, documents) = (FxHashMap::default(), Vec::new());
        Self { limit, words, documents, lengths: Vec::new(), occurrences: Vec::new(), runs: Vec::new() }
    }

    /// Adds the terms of a document. What it returns is no longer kept, and is asked for again by its number: 0 for the first
    /// of all, and so on.
    #[must_use]
    pub fn add(&mut self, document: &str, terms: &DocumentTerms) -> Vec<Vec<u8>> {
        let number = narrow(self.documents.len());
        self.documents.push(document.into());
        let words: Vec<Option<u32>> = terms.words.lines().map(|word| self.word(word)).collect();
        for part in terms.counts.chunk_by(|a, b| a.part == b.part) {
            self.add_lengths(number, part);
        }
        let occurrence = |it: &TermCount| {
            let first = words[it.first as usize]?;
            let second = it.second.map_or(Some(0), |second| words[second as usize])?;
            Some(Occurrence::new(PartTerm::new(TermPart::of(it), first, second), number, it.count))
        };
        self.occurrences.extend(terms.counts.iter().filter_map(occurrence));
        if self.occurrences.len() < self.limit { Vec::new() } else { self.hand_out() }
    }

    fn word(&mut self, word: &str) -> Option<u32> {
        if let Some(number) = self.words.get(word) {
            return Some(*number);
        }
        let next = narrow(self.words.len());
        (self.words.len() < MOST_WORDS).then(|| *self.words.entry(word.into()).or_insert(next))
    }

    fn add_lengths(&mut self, document: u32, part: &[TermCount]) {
        for is_pair in [false, true] {
            let mut of_kind = part.iter().filter(|it| it.second.is_some() == is_pair).peekable();
            if let Some(first) = of_kind.peek() {
                let part = TermPart::of(first);
                self.lengths.push(PartLength { part, document, terms: of_kind.map(|it| it.count).sum() });
            }
        }
    }

    /// What is in memory, as a sorted run.
    fn hand_out(&mut self) -> Vec<Vec<u8>> {
        self.occurrences.sort_unstable();
        let chunks: Vec<Vec<u8>> = self.occurrences.chunks(CHUNK).map(written).collect();
        self.occurrences.clear();
        let start = self.runs.last().map_or(0, |run| run.end);
        self.runs.push(start..start + chunks.len());
        chunks
    }

    /// All terms, where `chunk` gives again what [`add`](Self::add) handed out.
    pub(super) fn merged<E, F: FnMut(usize) -> Result<Vec<u8>, E>>(mut self, chunk: F) -> Result<CountedTerms<F>, E> {
        let mut words: Vec<(Box<str>, u32)> = self.words.into_iter().collect();
        words.sort_unstable_by_key(|(_, number)| *number);
        self.lengths.sort_unstable();
        self.occurrences.sort_unstable();
        // Last, since what is in memory came last: the documents of a term stay in their order.
        let in_memory = Run { chunks: 0..0, occurrences: self.occurrences.into_iter() };
        let on_disk = self.runs.into_iter().map(|chunks| Run { chunks, occurrences: Vec::new().into_iter() });
        let terms = MergedTerms::new(on_disk.chain([in_memory]).collect(), chunk)?;
        let words = words.into_iter().map(|(word, _)| word).collect();
        Ok(CountedTerms { words, documents: self.documents, lengths: self.lengths, terms })
    }
}

/// Sorted runs being merged.
pub(super) struct MergedTerms<F> {
    runs: Vec<Run>,
    /// The next occurrence of each run that has one, and the number of the run.
    heads: BinaryHeap<Reverse<(Occurrence, usize)>>,
    chunk: F,
}

/// A sorted run: what of it is in memory, and the chunks that are not.
struct Run {
    chunks: Range<usize>,
    occurrences: std::vec::IntoIter<Occurrence>,
}

impl<E, F: FnMut(usize) -> Result<Vec<u8>, E>> MergedTerms<F> {
    fn new(runs: Vec<Run>, chunk: F) -> Result<Self, E> {
        let mut merged = Self { heads: BinaryHeap::new(), runs, chunk };
        for run in 0..merged.runs.len() {
            if let Some(head) = merged.runs[run].next(&mut merged.chunk)? {
                merged.heads.push(Reverse((head, run)));
            }
        }
        Ok(merged)
    }

    /// The next term, in order.
    pub(super) fn peek(&self) -> Option<PartTerm> {
        self.heads.peek().map(|Reverse((head, _))| head.term())
    }

    /// Writes the documents of the next term, in the order in which they came.
    pub(super) fn read_carriers(&mut self, carriers: &mut Vec<Carrier>) -> Result<(), E> {
        carriers.clear();
        let Some(term) = self.peek() else { return Ok(()) };
        while let Some(mut head) = self.heads.peek_mut().filter(|head| head.0.0.term() == term) {
            let Reverse((mut occurrence, number)) = *head;
            let run = &mut self.runs[number];
            // All that the run has of the term, at the cost of one step of the heap.
            let next = loop {
                carriers.push(occurrence.carrier());
                match run.next(&mut self.chunk)? {
                    Some(next) if next.term() == term => occurrence = next,
                    next => break next,
                }
            };
            match next {
                Some(next) => *head = Reverse((next, number)),
                None => drop(PeekMut::pop(head)),
            }
        }
        Ok(())
    }
}

impl Run {
    fn next<E>(&mut self, chunk: &mut impl FnMut(usize) -> Result<Vec<u8>, E>) -> Result<Option<Occurrence>, E> {
        if let Some(occurrence) = self.occurrences.next() {
            return Ok(Some(occurrence));
        }
        let Some(number) = self.chunks.next() else { return Ok(None) };
        self.occurrences = read(&chunk(number)?).into_iter();
        Ok(self.occurrences.next())
    }
}

/// Sorted occurrences as bytes: of each the distance of its term from the one before, its document and its count.
fn written(occurrences: &[Occurrence]) -> Vec<u8> {
    let (mut bytes, mut before) = (Vec::with_capacity(8 * occurrences.len()), 0);
    for occurrence in occurrences {
        let Carrier { document, count } = occurrence.carrier();
        let term = occurrence.term().0;
        for number in [term - before, document.into(), count.into()] {
            write_number(&mut bytes, number);
        }
        before = term;
    }
    bytes
}

/// What [`written`] was given.
fn read(mut bytes: &[u8]) -> Vec<Occurrence> {
    let (mut occurrences, mut term) = (Vec::with_capacity(CHUNK), 0);
    while !bytes.is_empty() {
        let [distance, document, count] = [(); 3].map(|()| read_number(&mut bytes));
        term += distance;
        occurrences.push(Occurrence::new(PartTerm(term), narrow(document), narrow(count)));
    }
    occurrences
}

/// Seven bits a byte, the lowest first; the eighth says that more follow (LEB128).
#[expect(clippy::cast_possible_truncation, reason = "seven bits of it")]
fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let Some((byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

/// A number that fits: a corpus has fewer words and documents than memory has bytes.
fn narrow(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::stats::Seed;

    /// A document whose words are numbers, with the term of each and of some pairs in all of the text and in a frame.
    fn document(numbers: &[u32]) -> DocumentTerms {
        let mut distinct = numbers.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let count = |part, first, second| TermCount { part, first, second, count: 1 + first % 3 };
        let places = 0..narrow(distinct.len());
        let of_part =
            |part| places.clone().flat_map(move |first| [count(part, first, None), count(part, first, Some(0))]);
        DocumentTerms {
            words: distinct.iter().flat_map(|number| [format!("w{number}"), "\n".to_owned()]).collect(),
            counts: [0, 2].into_iter().flat_map(of_part).collect(),
        }
    }

    type Shown = (Option<usize>, bool, [String; 2], Vec<(u32, u32)>);

    /// Every term with its documents, as they come.
    fn shown(documents: &[DocumentTerms], limit: usize) -> (Vec<Shown>, usize) {
        let (mut tally, mut chunks) = (TermTally::with_limit(limit), Vec::new());
        for (number, terms) in documents.iter().enumerate() {
            chunks.extend(tally.add(&number.to_string(), terms));
        }
        let handed_out = chunks.len();
        let found = tally.merged(|number| Ok::<_, Infallible>(chunks[number].clone()));
        let Ok(CountedTerms { words, mut terms, .. }) = found;
        let (mut shown, mut carriers) = (Vec::new(), Vec::new());
        while let Some(term) = terms.peek() {
            let Ok(()) = terms.read_carriers(&mut carriers);
            let documents = carriers.iter().map(|it| (it.document, it.count)).collect();
            let named = term.words().map(|word| words[word].to_string());
            shown.push((term.part().frame(), term.part().is_pair(), named, documents));
        }
        (shown, handed_out)
    }

    #[test]
    fn terms_come_out_the_same_whatever_fits_in_memory() {
        let mut stream = Seed::new(1).stream("terms");
        let mut numbers = || (0..30).map(|_| narrow(stream.below(200))).collect::<Vec<u32>>();
        let documents: Vec<DocumentTerms> = (0..100).map(|_| document(&numbers())).collect();
        let (expected, none) = shown(&documents, usize::MAX);
        assert!(expected.len() > 800 && none == 0, "{} terms", expected.len());
        assert!(expected.windows(2).all(|pair| (pair[0].0, pair[0].1) <= (pair[1].0, pair[1].1)), "by part and kind");
        for limit in [0, 1_000, CHUNK + 1] {
            let (found, chunks) = shown(&documents, limit);
            assert!(found == expected && chunks > 1, "limit {limit}, {chunks} chunks");
        }
    }

    #[test]
    fn numbers_of_any_size_come_back() {
        let (mut bytes, numbers) = (Vec::new(), [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u64::from(u32::MAX), u64::MAX]);
        for number in numbers {
            write_number(&mut bytes, number);
        }
        let mut rest = &bytes[..];
        assert_eq!(numbers.map(|_| read_number(&mut rest)), numbers);
        assert!(rest.is_empty());
    }
}
