//! Which rows of a long table a page holds, and how many there are of each kind.
//!
//! A number on the page is of a frame, a group, a period and a voice. Rows are counted by these, so that what the filters let
//! through is counted in full whatever the page holds; and they are drawn as evenly from these, so that each number has
//! sentences behind it, that of a small outlet in a quiet month as well. Not here: reading and packing rows (`tables`).

use csv::StringRecord;
use rustc_hash::FxHashMap;

use crate::compare::DocumentCounts;
use crate::model::unguarded;
use crate::report::page::columnar::{Columns, NumberedWords};

/// Columns of codings and attributions by which rows are counted and drawn, where a table has them.
const COLUMNS: [&str; 5] = ["frame", "voice", "hit", "source_group", "mood"];

/// One.
pub(super) const MILLION: u64 = 1_000_000;

/// The rows of a table by what numbers are of.
pub(super) struct Strata {
    /// The columns of the table, with their places in its rows.
    columns: Vec<(&'static str, usize)>,
    /// The words of these columns, then of group and period.
    words: Vec<NumberedWords>,
    places: FxHashMap<Box<[u32]>, usize>,
    all: Vec<Stratum>,
    /// The stratum asked for last.
    key: Vec<u32>,
}

/// Rows that have the same words in all these columns.
struct Stratum {
    words: Box<[u32]>,
    rows: u64,
}

impl Strata {
    /// None yet, of a table with that header.
    pub(super) fn new(header: &StringRecord) -> Self {
        let place = |wanted: &'static str| Some((wanted, header.iter().position(|name| name == wanted)?));
        let columns: Vec<_> = COLUMNS.into_iter().filter_map(place).collect();
        let words = (0..columns.len() + 2).map(|_| NumberedWords::default()).collect();
        Self { columns, words, places: FxHashMap::default(), all: Vec::new(), key: Vec::new() }
    }

    /// Counts a row of a document.
    pub(super) fn count(&mut self, row: &StringRecord, document: &DocumentCounts) {
        let place = self.place(row, document);
        self.all[place].rows += 1;
    }

    /// The number of the row's stratum, in the order in which they first came.
    pub(super) fn place(&mut self, row: &StringRecord, document: &DocumentCounts) -> usize {
        let of_row = self.columns.iter().map(|(_, place)| unguarded(row.get(*place).unwrap_or_default()));
        let of_document = [&*document.group, document.period.as_deref().unwrap_or_default()];
        self.key.clear();
        self.key.extend(self.words.iter_mut().zip(of_row.chain(of_document)).map(|(words, word)| words.number(word)));
        if let Some(place) = self.places.get(&self.key[..]) {
            return *place;
        }
        let place = self.all.len();
        self.all.push(Stratum { words: self.key.as_slice().into(), rows: 0 });
        self.places.insert(self.key.as_slice().into(), place);
        place
    }

    /// Names of the columns of [`counts`](Self::counts).
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(name, _)| *name).chain(["group", "period", "rows"]).collect()
    }

    /// A row for each stratum: its words, and how many rows it has.
    pub(super) fn counts(&self) -> Columns {
        let mut columns = Columns::new(self.words.len() + 1);
        for stratum in &self.all {
            let words = self.words.iter().zip(&stratum.words).map(|(words, number)| words.word(*number));
            columns.push(words.chain([&*stratum.rows.to_string()]));
        }
        columns
    }

    /// By stratum, how many rows in a million are drawn, so that about `most` are drawn in all: as many of each, or all of
    /// one that has no more.
    pub(super) fn shares(&self, most: u64) -> Vec<u64> {
        let mut sizes: Vec<u64> = self.all.iter().map(|stratum| stratum.rows).collect();
        sizes.sort_unstable();
        let level = level(&sizes, most * MILLION);
        self.all.iter().map(|stratum| (level / stratum.rows.max(1)).min(MILLION)).collect()
    }
}

/// How much each of the `sizes`, ascending, gets where `most` is shared out evenly and none gets more than a million times
/// its size.
fn level(sizes: &[u64], most: u64) -> u64 {
    let mut left = most;
    for (place, size) in sizes.iter().enumerate() {
        let even = left / (sizes.len() - place) as u64;
        if size * MILLION > even {
            return even;
        }
        left -= size * MILLION;
    }
    u64::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_is_drawn_whole_and_the_rest_evenly() {
        for (sizes, most, expected) in [
            (&[5, 10, 1_000, 3_000][..], 415, &[MILLION, MILLION, 200_000, 66_666][..]),
            (&[5, 10], 15, &[MILLION, MILLION]),
            (&[5, 10], 100, &[MILLION, MILLION]),
            // More strata than rows that may be held: of each a part of a row, by chance.
            (&[1, 1, 2, 4], 2, &[500_000, 500_000, 250_000, 125_000]),
            (&[], 10, &[]),
        ] {
            let level = level(sizes, most * MILLION);
            let shares: Vec<u64> = sizes.iter().map(|size| (level / size).min(MILLION)).collect();
            assert_eq!(shares, expected, "{sizes:?}, {most} rows");
        }
    }

    #[test]
    fn rows_are_counted_by_the_words_that_filters_ask_for() {
        let mut strata = Strata::new(&StringRecord::from(vec!["document", "frame", "hit", "text"]));
        let document = |group: &str| DocumentCounts { group: group.into(), ..DocumentCounts::default() };
        for (group, frame, hit) in [("a", "f", "true"), ("b", "f", "true"), ("a", "f", "true"), ("a", "f", "false")] {
            strata.count(&StringRecord::from(vec!["1", frame, hit, "words"]), &document(group));
        }
        assert_eq!(strata.names(), ["frame", "hit", "group", "period", "rows"]);
        let rows: Vec<u64> = strata.all.iter().map(|stratum| stratum.rows).collect();
        assert_eq!(rows, [2, 1, 1]);
        assert_eq!(strata.shares(2), [333_333, 666_666, 666_666]);
    }
}
