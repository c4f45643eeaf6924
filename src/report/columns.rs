//! Columns of tables as data: a file beside each table says what its columns hold and mean, `columns.tsv` here what those that
//! several tables have. They are read while the program is compiled, so that a line with a mistake does not compile.
//!
//! Not here: the words of a cell that holds one of a few, which are those of an enum and which the table hands in by the
//! column's name.

use crate::compare::{IntervalMethod, SourceKind, Test};
use crate::model::{CompareSettings, StanceFilter, Unit, VoiceFilter};
use crate::report::{Column, Kind};

/// The columns that the file `$file` describes, of which those of kind "choice" hold `$words`.
macro_rules! described_in {
    ($file:literal $(, $column:literal => $words:expr)* $(,)?) => {{
        const FILE: $crate::report::columns::ColumnFile = $crate::report::columns::ColumnFile(include_str!($file));
        const COLUMNS: [$crate::report::Column; FILE.count()] = FILE.columns(&[$(($column, $words)),*]);
        &COLUMNS
    }};
}

/// The words of an enum that lists its variants as `ALL`.
macro_rules! words_of {
    ($choice:ty) => {{
        const WORDS: [&str; <$choice>::ALL.len()] = {
            let mut words = [""; <$choice>::ALL.len()];
            let mut place = 0;
            while place < words.len() {
                words[place] = <$choice>::ALL[place].as_str();
                place += 1;
            }
            words
        };
        &WORDS
    }};
}

pub(in crate::report) use {described_in, words_of};

/// The words of a column, by what tables call it.
type Words = (&'static str, &'static [&'static str]);

/// A file of columns: a line each, but for remarks and empty ones.
#[derive(Clone, Copy)]
pub(in crate::report) struct ColumnFile(pub(in crate::report) &'static str);

const SHARED: ColumnFile = ColumnFile(include_str!("columns.tsv"));

/// What tables call the columns of `columns.tsv`, and these.
static SHARED_COLUMNS: [(&str, Column); SHARED.count()] = shared_columns();

const SHARED_WORDS: [Words; 6] = [
    ("kind of source", &[SourceKind::Group.as_str(), SourceKind::Source.as_str(), SourceKind::Rest.as_str()]),
    ("method", words_of!(IntervalMethod)),
    ("permutation test", &[Test::PermutationExact.as_str(), Test::PermutationMonteCarlo.as_str()]),
    ("stance", &[StanceFilter::All.as_str(), StanceFilter::Favor.as_str(), StanceFilter::Against.as_str()]),
    ("unit", &[Unit::Sentence.as_str(), Unit::Document.as_str(), CompareSettings::MEAN_OF_DOCUMENTS]),
    ("voice", &[VoiceFilter::All.as_str(), VoiceFilter::Own.as_str(), VoiceFilter::Attributed.as_str()]),
];

impl ColumnFile {
    /// How many columns it describes.
    pub(in crate::report) const fn count(self) -> usize {
        let (mut rest, mut count) = (self.0, 0);
        while !rest.is_empty() {
            let (line, behind) = cut(rest, b'\n');
            count += is_column(line) as usize;
            rest = behind;
        }
        count
    }

    /// These, which are `N`; `words` are those of its columns of kind "choice".
    pub(in crate::report) const fn columns<const N: usize>(self, words: &[Words]) -> [Column; N] {
        let mut columns = [SHARED_COLUMNS[0].1; N];
        let (mut rest, mut place) = (self.0, 0);
        while !rest.is_empty() {
            let (line, behind) = cut(rest, b'\n');
            if is_column(line) {
                let (name, holds) = cut(line, b'\t');
                columns[place] =
                    if holds.is_empty() { shared(name) } else { column(name, holds, choices(name, words)) };
                place += 1;
            }
            rest = behind;
        }
        columns
    }
}

const fn shared_columns<const N: usize>() -> [(&'static str, Column); N] {
    let mut columns = [("", Column { name: "", kind: Kind::Text, optional: false, meaning: "" }); N];
    let (mut rest, mut place) = (SHARED.0, 0);
    while !rest.is_empty() {
        let (line, behind) = cut(rest, b'\n');
        if is_column(line) {
            let (called, description) = cut(line, b'\t');
            let (name, holds) = cut(description, b'\t');
            columns[place] = (called, column(name, holds, choices(called, &SHARED_WORDS)));
            place += 1;
        }
        rest = behind;
    }
    columns
}

/// The column that tables call so.
const fn shared(called: &str) -> Column {
    let mut place = 0;
    while place < SHARED_COLUMNS.len() {
        if is_same(SHARED_COLUMNS[place].0, called) {
            return SHARED_COLUMNS[place].1;
        }
        place += 1;
    }
    panic!("a line of one field names a column of columns.tsv; fields are separated by tabs")
}

const fn choices(called: &str, words: &[Words]) -> &'static [&'static str] {
    let mut place = 0;
    while place < words.len() {
        if is_same(words[place].0, called) {
            return words[place].1;
        }
        place += 1;
    }
    &[]
}

/// A column by what stands behind its name: what its cells hold, and what it means.
const fn column(name: &'static str, description: &'static str, words: &'static [&'static str]) -> Column {
    let (holds, meaning) = cut(description, b'\t');
    assert!(!meaning.is_empty(), "a column has a name, what its cells hold, and a meaning, separated by tabs");
    let (kind, behind_mark) = cut(holds, b'?');
    assert!(behind_mark.is_empty(), "the question mark stands at the end");
    Column { name, kind: kind_of(kind, words), optional: kind.len() < holds.len(), meaning }
}

const fn kind_of(kind: &str, words: &'static [&'static str]) -> Kind {
    match kind.as_bytes() {
        b"text" => Kind::Text,
        b"choice" if !words.is_empty() => Kind::Choice(words),
        b"count" => Kind::Count,
        b"share" => Kind::Share,
        b"p-value" => Kind::PValue,
        b"number" => Kind::Number,
        b"integer" => Kind::Integer,
        b"date" => Kind::Date,
        b"boolean" => Kind::Boolean,
        b"choice" => panic!("the words of a choice are handed in by the column's name"),
        _ => panic!("cells hold text, choice, count, share, p-value, number, integer, date or boolean"),
    }
}

const fn is_column(line: &str) -> bool {
    !line.is_empty() && line.as_bytes()[0] != b'#'
}

/// What stands before the first `byte`, and what behind it: all and nothing where there is none.
const fn cut(text: &str, byte: u8) -> (&str, &str) {
    let mut place = 0;
    while place < text.len() {
        if text.as_bytes()[place] == byte {
            let (before, rest) = text.split_at(place);
            return (before, rest.split_at(1).1);
        }
        place += 1;
    }
    (text, "")
}

/// What `==` says, which compiling cannot ask yet.
const fn is_same(one: &str, other: &str) -> bool {
    let mut place = 0;
    while place < one.len() && place < other.len() && one.as_bytes()[place] == other.as_bytes()[place] {
        place += 1;
    }
    place == one.len() && place == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_column_of_its_own_or_one_that_tables_share() {
        let file = ColumnFile("# remark\nfrom\tchoice?\tWhence.\n\ndocuments with a date\n");
        let [own, taken] = file.columns(&[("from", &["here", "there"])]);
        assert_eq!((own.name, own.kind, own.optional), ("from", Kind::Choice(&["here", "there"]), true));
        assert_eq!(own.meaning, "Whence.");
        assert_eq!((taken.name, taken.kind, taken.optional), ("documents", Kind::Count, false));
        assert_eq!(file.count(), 2);
    }

    #[test]
    fn what_tables_call_a_column_is_unique_and_has_words_where_it_is_a_choice() {
        let mut called: Vec<&str> = SHARED_COLUMNS.iter().map(|(called, _)| *called).collect();
        called.sort_unstable();
        called.dedup();
        assert_eq!(called.len(), SHARED_COLUMNS.len());
        for (called, _) in SHARED_WORDS {
            let (_, column) = SHARED_COLUMNS.iter().find(|(name, _)| *name == called).unwrap();
            assert!(matches!(column.kind, Kind::Choice(_)), "{called}");
        }
    }
}
