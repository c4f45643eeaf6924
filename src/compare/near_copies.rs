//! Near copies: which documents carry the same words, across outlets and days, whatever a desk has cut, added or changed.
//!
//! Candidates come from two indexes and are then checked on all their shingles. Signatures find texts of like length that
//! share much (any number of copies of a wire report); sampled shingles that few documents share find the short text that
//! stands inside a long one, which has no like signature.
//!
//! Not here: how a text becomes shingles (`coding`), and where those of all documents are kept meanwhile (`report`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::Document;
use crate::stats::{DisjointSets, MinHash, Resemblance};

/// From this share of all shingles of both on, two texts are copies of one another.
pub const COPY_JACCARD: f64 = 0.5;

/// The same for the share of the shorter text's shingles that stand in the longer one.
pub const COPY_CONTAINMENT: f64 = 0.8;

/// Texts with fewer shingles (20 are 24 words) are copies only where all their words are the same: "Ukraine war: what we know
/// on day 12" and "on day 13" share half their shingles, and are two reports.
pub const COPY_LEAST_SHINGLES: usize = 20;

/// Texts with more shingles are sampled: of hashes, one in `SAMPLED` is looked up.
const WHOLE: usize = 128;
const SAMPLED: u64 = 8;

/// A shingle in more documents than this is a house phrase ("click here to get the app") and makes no candidates.
const MOST_SHARING: usize = 100;

/// Candidates share at least one in this many of the sampled shingles of the shorter text: copies share two in three or more.
const LEAST_SHARED: u32 = 2;

/// What is kept of every document until all are known: some hundred bytes, and eight for each sampled shingle.
#[derive(Clone, Debug, Default)]
pub struct NearCopies {
    texts: Vec<TextSigns>,
    /// A shingle's low half above the number of its document.
    sampled: Vec<u64>,
}

/// The signs by which one document may be found to be a copy; made of it alone.
#[derive(Clone, Debug)]
pub struct TextSigns {
    id: Box<str>,
    date: Option<Date>,
    fingerprint: u64,
    /// `None` for a text too short to be a copy in part.
    signature: Option<MinHash>,
    is_sampled: bool,
    /// Low halves of the shingles that are looked up.
    sampled: Vec<u32>,
}

impl TextSigns {
    /// The signs of a document, of the fingerprint and the shingles that it was coded with.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "half of a hash, cut on purpose")]
    pub fn new(document: &Document, fingerprint: u64, shingles: &[u64]) -> Self {
        let is_long = shingles.len() >= COPY_LEAST_SHINGLES;
        let is_sampled = shingles.len() > WHOLE;
        let sampled = shingles.iter().filter(|hash| is_long && (!is_sampled || is_in_sample(**hash)));
        Self {
            id: document.id.as_str().into(),
            date: document.date,
            fingerprint,
            signature: if is_long { MinHash::of(shingles) } else { None },
            is_sampled,
            sampled: sampled.map(|hash| *hash as u32).collect(),
        }
    }
}

/// A document that is one of several copies.
#[derive(Clone, Debug, PartialEq)]
pub struct NearCopy {
    /// Its id.
    pub document: String,
    /// Id of the earliest of the copies, by date, then id; documents without a date come last.
    pub cluster: String,
    /// How many copies there are, the earliest included.
    pub documents: u64,
    /// How alike it is to the earliest. A copy of a copy may be less like it than copies are.
    pub resemblance: Resemblance,
}

impl NearCopies {
    /// Takes in a document. Its shingles are asked for again by its number: 0 for the first, and so on.
    pub fn add(&mut self, mut signs: TextSigns) {
        let number = self.texts.len() as u64;
        self.sampled.extend(std::mem::take(&mut signs.sampled).into_iter().map(|hash| u64::from(hash) << 32 | number));
        self.texts.push(signs);
    }

    /// The documents that are copies, sorted by id; those without a copy are not among them. `shingles` gives those of a
    /// document by its number. The same for any order in which documents came.
    ///
    /// # Errors
    /// The first of `shingles`.
    pub fn found<E>(self, shingles: impl FnMut(usize) -> Result<Vec<u64>, E>) -> Result<Vec<NearCopy>, E> {
        let Self { texts, sampled } = self;
        let sets = DisjointSets::new(texts.len());
        let mut joining = Joining { sets, shingles, refused: BTreeSet::new(), held: None };
        let mut distinct = joining.same_words(&texts);
        distinct.retain(|number| texts[*number].signature.is_some());
        joining.like_signatures(&texts, &distinct)?;
        joining.shared_shingles(&texts, &distinct, sampled)?;
        joining.copies(&texts)
    }
}

const fn is_in_sample(hash: u64) -> bool {
    // The low half, whose other bits tell sampled shingles apart; signatures are made of the high bits.
    hash.is_multiple_of(SAMPLED)
}

/// Documents being joined into clusters.
struct Joining<F> {
    sets: DisjointSets,
    shingles: F,
    /// Pairs that were looked at and are no copies.
    refused: BTreeSet<(usize, usize)>,
    /// The shingles of the document asked for last.
    held: Option<(usize, Vec<u64>)>,
}

impl<E, F: FnMut(usize) -> Result<Vec<u64>, E>> Joining<F> {
    /// Joins texts of the same words, and tells the first of each, ascending: a thousand copies are looked at once.
    fn same_words(&mut self, texts: &[TextSigns]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|number| (texts[*number].fingerprint, *number));
        for pair in order.windows(2).filter(|pair| texts[pair[0]].fingerprint == texts[pair[1]].fingerprint) {
            self.sets.join(pair[0], pair[1]);
        }
        (0..texts.len()).filter(|number| self.sets.root(*number) == *number).collect()
    }

    /// Checks texts that agree in a band of their signatures.
    fn like_signatures(&mut self, texts: &[TextSigns], distinct: &[usize]) -> Result<(), E> {
        for band in 0..MinHash::BANDS {
            let key = |number: &usize| Some((texts[*number].signature.as_ref()?.band(band), *number));
            let mut keys: Vec<(u32, usize)> = distinct.iter().filter_map(key).collect();
            keys.sort_unstable();
            for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
                for (at, (_, a)) in bucket.iter().enumerate() {
                    bucket[at + 1..].iter().try_for_each(|(_, b)| self.check(*a, *b))?;
                }
            }
        }
        Ok(())
    }

    /// Checks texts that share enough of the sampled shingles.
    fn shared_shingles(&mut self, texts: &[TextSigns], distinct: &[usize], sampled: Vec<u64>) -> Result<(), E> {
        let index = SampleIndex::new(texts, distinct, sampled);
        let mut shared = vec![0_u32; texts.len()];
        for &a in distinct {
            for b in index.sharing(a, &mut shared) {
                let least = index.size(a, texts[b].is_sampled).min(index.size(b, texts[a].is_sampled));
                if shared[b] * LEAST_SHARED >= least {
                    self.check(a, b)?;
                }
                shared[b] = 0;
            }
        }
        Ok(())
    }

    /// Joins two texts if they are copies.
    fn check(&mut self, a: usize, b: usize) -> Result<(), E> {
        if self.sets.root(a) == self.sets.root(b) || self.refused.contains(&(a, b)) {
            return Ok(());
        }
        match self.resemblance(a, b)? {
            Some(it) if it.jaccard >= COPY_JACCARD || it.containment >= COPY_CONTAINMENT => self.sets.join(a, b),
            _ => drop(self.refused.insert((a, b))),
        }
        Ok(())
    }

    fn resemblance(&mut self, a: usize, b: usize) -> Result<Option<Resemblance>, E> {
        let of_a = match self.held.take() {
            Some((number, shingles)) if number == a => shingles,
            _ => (self.shingles)(a)?,
        };
        let of_b = (self.shingles)(b)?;
        let found = Resemblance::of(&of_a, &of_b);
        self.held = Some((a, of_a));
        Ok(found)
    }

    /// The clusters of more than one document.
    fn copies(mut self, texts: &[TextSigns]) -> Result<Vec<NearCopy>, E> {
        let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..texts.len() {
            clusters.entry(self.sets.root(number)).or_default().push(number);
        }
        let mut copies = Vec::new();
        for mut members in clusters.into_values().filter(|members| members.len() > 1) {
            members.sort_by_key(|number| (texts[*number].date.is_none(), texts[*number].date, &texts[*number].id));
            let earliest = members[0];
            for &number in &members {
                let is_same = texts[number].fingerprint == texts[earliest].fingerprint;
                let found = if is_same { None } else { self.resemblance(earliest, number)? };
                copies.push(NearCopy {
                    document: texts[number].id.to_string(),
                    cluster: texts[earliest].id.to_string(),
                    documents: members.len() as u64,
                    resemblance: found.unwrap_or(Resemblance::SAME),
                });
            }
        }
        copies.sort_by(|a, b| a.document.cmp(&b.document));
        Ok(copies)
    }
}

/// Which distinct texts have which sampled shingles.
struct SampleIndex {
    /// Numbers of documents, shingle by shingle.
    holders: Vec<u32>,
    /// By document, the ranges of its shingles in `holders`, house phrases left out.
    places: Vec<Vec<(u32, u32)>>,
    /// By document, how many of these are among the shingles that a long text is sampled for.
    sampled: Vec<u32>,
}

impl SampleIndex {
    #[expect(clippy::cast_possible_truncation, reason = "halves of an entry, and fewer than 2^32 entries")]
    fn new(texts: &[TextSigns], distinct: &[usize], mut entries: Vec<u64>) -> Self {
        entries.retain(|entry| distinct.binary_search(&(*entry as u32 as usize)).is_ok());
        entries.sort_unstable();
        let mut index = Self {
            holders: entries.iter().map(|entry| *entry as u32).collect(),
            places: vec![Vec::new(); texts.len()],
            sampled: vec![0; texts.len()],
        };
        let mut start = 0;
        for group in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            let place = (start as u32, (start + group.len()) as u32);
            start += group.len();
            for number in group.iter().map(|entry| *entry as u32 as usize).filter(|_| group.len() <= MOST_SHARING) {
                index.places[number].push(place);
                index.sampled[number] += u32::from(is_in_sample(group[0] >> 32));
            }
        }
        index
    }

    /// How many of a document's shingles another, sampled or not, may share.
    #[expect(clippy::cast_possible_truncation, reason = "shingles of one text")]
    fn size(&self, number: usize, other_is_sampled: bool) -> u32 {
        if other_is_sampled { self.sampled[number] } else { self.places[number].len() as u32 }
    }

    /// The documents after `number` that share some of its shingles, ascending; how many goes to `shared`.
    fn sharing(&self, number: usize, shared: &mut [u32]) -> Vec<usize> {
        let mut found = Vec::new();
        for (start, end) in &self.places[number] {
            for other in self.holders[*start as usize..*end as usize].iter().map(|other| *other as usize) {
                if other > number {
                    if shared[other] == 0 {
                        found.push(other);
                    }
                    shared[other] += 1;
                }
            }
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use jiff::civil::date;

    use super::*;
    use crate::stats::{Seed, shuffled};

    /// A text as its shingles are: each number stands for five words in a row.
    struct Text {
        id: String,
        day: Option<i8>,
        shingles: Vec<u64>,
    }

    fn text(id: &str, day: impl Into<Option<i8>>, runs: &[(u64, std::ops::Range<u64>)]) -> Text {
        let number = |(topic, range): &(u64, std::ops::Range<u64>)| {
            range.clone().map(|at| Seed::new(*topic).stream(&at.to_string()).bits()).collect::<Vec<u64>>()
        };
        let mut shingles: Vec<u64> = runs.iter().flat_map(number).collect();
        shingles.sort_unstable();
        Text { id: id.to_owned(), day: day.into(), shingles }
    }

    fn found(texts: &[&Text]) -> Vec<NearCopy> {
        let mut copies = NearCopies::default();
        for text in texts {
            let mut document = Document::new(text.id.clone(), "", "A text.");
            document.date = text.day.map(|day| date(2022, 2, day));
            let fingerprint = text.shingles.iter().fold(1, |sum: u64, shingle| sum.wrapping_mul(31) ^ shingle);
            copies.add(TextSigns::new(&document, fingerprint, &text.shingles));
        }
        copies.found(|number| Ok::<_, Infallible>(texts[number].shingles.clone())).unwrap()
    }

    fn clusters(copies: &[NearCopy]) -> Vec<(&str, &str)> {
        copies.iter().map(|copy| (&*copy.document, &*copy.cluster)).collect()
    }

    #[test]
    fn copies_are_alike_in_half_or_hold_four_fifths_of_the_shorter() {
        let first = (1, 0..400);
        for (case, other, expected) in [
            ("the same words", text("b", 1, std::slice::from_ref(&first)), Some((1.0, 1.0))),
            ("a third of each changed", text("b", 1, &[(1, 0..270), (2, 0..130)]), Some((270.0 / 530.0, 0.675))),
            ("half of each changed", text("b", 1, &[(1, 0..200), (2, 0..200)]), None),
            ("an excerpt with a line of its own", text("b", 1, &[(1, 90..122), (2, 0..8)]), Some((32.0 / 408.0, 0.8))),
            ("an excerpt in a text of its own", text("b", 1, &[(1, 90..122), (2, 0..9)]), None),
            ("a quarter of a long text", text("b", 1, &[(1, 0..400), (2, 0..1600)]), Some((0.2, 1.0))),
            ("a sentence", text("b", 1, &[(1, 0..19)]), None),
        ] {
            let copies = found(&[&text("a", 1, std::slice::from_ref(&first)), &other]);
            let resemblance = copies.iter().find(|copy| copy.document == "b").map(|copy| copy.resemblance);
            let numbers = resemblance.map(|it| (it.jaccard, it.containment));
            assert_eq!(numbers, expected, "{case}");
        }
    }

    #[test]
    fn short_texts_are_copies_only_where_all_words_are_the_same() {
        let [one, same, other] =
            [text("a", 1, &[(1, 0..19)]), text("b", 1, &[(1, 0..19)]), text("c", 1, &[(1, 0..18), (2, 0..1)])];
        assert_eq!(clusters(&found(&[&one, &same, &other])), [("a", "a"), ("b", "a")]);
    }

    #[test]
    fn a_cluster_bears_the_id_of_its_earliest_document() {
        let of = |id: &str, day: Option<i8>| text(id, day, &[(1, 0..50)]);
        let texts = [of("z", Some(2)), of("b", Some(3)), of("y", Some(2)), of("a", None)];
        let copies = found(&texts.iter().collect::<Vec<_>>());
        assert_eq!(clusters(&copies), [("a", "y"), ("b", "y"), ("y", "y"), ("z", "y")]);
        assert!(copies.iter().all(|copy| copy.documents == 4));
    }

    /// Versions of forty reports, excerpts of them, and texts that share a house phrase, drawn from one stream.
    fn corpus() -> Vec<Text> {
        let mut stream = Seed::new(1).stream("near copies");
        let mut texts = Vec::new();
        for number in 0..240_u64 {
            let (topic, length) = (stream.below(40) as u64, 25 + stream.below(600) as u64);
            let (start, own) = (stream.below(60) as u64, stream.below(200) as u64);
            let runs = [(topic, start..start + length), (1000 + number, 0..own), (999, 0..4)];
            texts.push(text(&format!("d{number:03}"), 1 + i8::try_from(number % 28).unwrap(), &runs));
        }
        texts
    }

    #[test]
    fn finds_what_comparing_all_pairs_finds_in_any_order() {
        let texts = corpus();
        let mut sets = DisjointSets::new(texts.len());
        for (a, first) in texts.iter().enumerate() {
            for (b, second) in texts.iter().enumerate().skip(a + 1) {
                let it = Resemblance::of(&first.shingles, &second.shingles).unwrap();
                if it.jaccard >= COPY_JACCARD || it.containment >= COPY_CONTAINMENT {
                    sets.join(a, b);
                }
            }
        }
        let in_order: Vec<&Text> = texts.iter().collect();
        let copies = found(&in_order);
        let number = |id: &str| id[1..].parse::<usize>().unwrap();
        let joined = copies.iter().filter(|copy| sets.root(number(&copy.document)) == sets.root(number(&copy.cluster)));
        assert_eq!(joined.count(), copies.len(), "no copy that is none");
        let roots: Vec<usize> = (0..texts.len()).map(|at| sets.root(at)).collect();
        let expected = roots.iter().filter(|root| roots.iter().filter(|other| other == root).count() > 1).count();
        assert_eq!(copies.len(), expected, "all copies");
        assert!(copies.len() > 100 && copies.len() < texts.len(), "{} copies", copies.len());
        let other_order = shuffled(&in_order, texts.len(), &mut Seed::new(2).stream("order"));
        assert_eq!(found(&other_order), copies);
    }
}
