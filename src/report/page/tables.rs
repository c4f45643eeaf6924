//! The tables inside the page: the very rows of the CSV files, read back from where this run has just written them.

use std::io::{Read, Seek};
use std::iter::Peekable;

use csv::{Reader, ReaderBuilder, StringRecord};
use serde_json::{Value, json};

use crate::compare::{Counts, DocumentCounts, REST, WHOLE_SPAN};
use crate::model::{Exclusion, unguarded};
use crate::report::page::columnar::Columns;
use crate::report::web::write_packed;
use crate::report::{ReportError, StagedFile};
use crate::stats::Seed;

/// Codings, or attributions, that a page holds at most: a browser shows so many without effort.
const MOST_SENTENCES: u64 = 200_000;
/// Bytes of `codings.csv`, or of `attributions.csv`, that a page holds at most.
const MOST_BYTES: u64 = 96 << 20;
/// Rows of a table of findings that a page holds at most; beyond, those of single periods and pairs are left out.
const MOST_ROWS: u64 = 60_000;
/// Characters of a cell; the rest of a longer sentence stands in the CSV file only.
const MOST_CHARACTERS: usize = 2_000;
/// What a cell that was cut ends with.
const CUT: &str = " […]";
/// Columns of words of articles, which are shown as they stand in the file.
const WORDS: [&str; 5] = ["text", "cues", "content", "source", "verb"];
/// Rows that are packed together: a browser unpacks them in one breath.
const ROWS_TOGETHER: u32 = 8_192;
/// Bytes of words that are packed together at most.
const BYTES_TOGETHER: usize = 8 << 20;
/// One.
const MILLION: u64 = 1_000_000;

/// How much of a table a page holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// Rows of the CSV file.
    pub(super) rows: u64,
    /// Of these, rows in the page.
    pub(super) held: u64,
}

impl Held {
    /// `{"rows": n, "held": n}`.
    pub(super) fn to_json(self) -> Value {
        json!({ "rows": self.rows, "held": self.held })
    }
}

/// Writes tables into the page.
pub(super) struct TableWriter<'p> {
    pub(super) out: &'p mut StagedFile,
    pub(super) seed: Seed,
}

impl TableWriter<'_> {
    /// Writes a table of findings.
    ///
    /// # Errors
    /// When it cannot be read back or the page cannot be written.
    pub(super) fn findings(&mut self, name: &str, file: impl Read + Seek) -> Result<Held, ReportError> {
        let mut reader = ReaderBuilder::new().from_reader(file);
        let header = reader.headers().map_err(|source| self.unreadable(source))?.clone();
        let rows = self.count(&mut reader)?;
        let [period, group_b, reason] =
            ["period", "group_b", "reason"].map(|wanted| header.iter().position(|name| name == wanted));
        let is = |row: &StringRecord, column: Option<usize>, word: &str| {
            column.is_none_or(|column| row.get(column) == Some(word))
        };
        let mut held = 0;
        self.write(name, &mut reader, &[], |row| {
            let whole = is(row, period, WHOLE_SPAN) && is(row, group_b, REST);
            // Records that the study is not about are no trouble to look at, and may be most of the corpus.
            let outside = reason.is_some() && is(row, reason, Exclusion::OutsideSubset.as_str());
            let keep = (rows <= MOST_ROWS || whole) && held < MOST_ROWS && !outside;
            held += u64::from(keep);
            keep.then(Vec::new)
        })?;
        Ok(Held { rows, held })
    }

    /// Writes a table that has rows for each document, sorted by document: to each row its group and period. Of a table
    /// that is too long, all rows of some documents, which are drawn by their ids and the study's seed.
    ///
    /// # Errors
    /// When it cannot be read back or the page cannot be written.
    pub(super) fn sentences(
        &mut self,
        name: &str,
        file: impl Read + Seek,
        bytes: u64,
        counts: &Counts,
    ) -> Result<Held, ReportError> {
        let mut reader = ReaderBuilder::new().from_reader(file);
        let rows = self.count(&mut reader)?;
        let share = share(rows, bytes);
        let (seed, mut held) = (self.seed, 0);
        let mut documents = Documents(counts.documents().peekable());
        self.write(name, &mut reader, &["group", "period"], |row| {
            let id = unguarded(row.get(0).unwrap_or_default());
            let document = documents.find(id)?;
            let is_drawn = share >= MILLION || (seed.stream(&format!("page/{id}")).below(1_000_000) as u64) < share;
            held += u64::from(is_drawn);
            is_drawn.then(|| vec![&*document.group, document.period.as_deref().unwrap_or_default()])
        })?;
        Ok(Held { rows, held })
    }

    /// Writes the rows for which `more` gives anything, and with each the cells that it gives.
    fn write<'m>(
        &mut self,
        name: &str,
        reader: &mut Reader<impl Read>,
        more_columns: &[&str],
        mut more: impl FnMut(&StringRecord) -> Option<Vec<&'m str>>,
    ) -> Result<(), ReportError> {
        let header = reader.headers().map_err(|source| self.unreadable(source))?.clone();
        let names: Vec<&str> = header.iter().chain(more_columns.iter().copied()).collect();
        self.pack(&format!("{name}-columns"), &json!(names))?;
        let (mut columns, mut row) = (Columns::new(names.len()), StringRecord::new());
        while reader.read_record(&mut row).map_err(|source| self.unreadable(source))? {
            let Some(more) = more(&row) else { continue };
            let shown = |(name, cell)| if WORDS.contains(name) { cell } else { unguarded(cell) };
            let cells: Vec<_> = names.iter().zip(&row).map(shown).map(cut).collect();
            columns.push(cells.iter().map(|cell| &**cell).chain(more));
            if columns.rows() >= ROWS_TOGETHER || columns.bytes() >= BYTES_TOGETHER {
                self.pack(name, &columns.to_json())?;
                columns = Columns::new(names.len());
            }
        }
        if columns.rows() > 0 { self.pack(name, &columns.to_json()) } else { Ok(()) }
    }

    /// Rows of the file, which then stands at its first row again.
    fn count(&self, reader: &mut Reader<impl Read + Seek>) -> Result<u64, ReportError> {
        // The first row begins after the header, which must be read before the place is taken.
        reader.headers().map_err(|source| self.unreadable(source))?;
        let first = reader.position().clone();
        let (mut rows, mut row) = (0, csv::ByteRecord::new());
        while reader.read_byte_record(&mut row).map_err(|source| self.unreadable(source))? {
            rows += 1;
        }
        reader.seek(first).map_err(|source| self.unreadable(source))?;
        Ok(rows)
    }

    /// Writes one packed element.
    pub(super) fn pack(&mut self, name: &str, value: &Value) -> Result<(), ReportError> {
        write_packed(self.out, name, value).map_err(|error| ReportError::at(self.out.destination(), error))
    }

    fn unreadable(&self, source: csv::Error) -> ReportError {
        ReportError::row(self.out.destination(), super::PAGE, source)
    }
}

/// How many documents in a million are drawn, so that about as many rows and bytes are held as may be.
fn share(rows: u64, bytes: u64) -> u64 {
    let of = |most: u64, all: u64| if all <= most { MILLION } else { most * MILLION / all };
    of(MOST_SENTENCES, rows).min(of(MOST_BYTES, bytes))
}

/// The documents by id, asked for in that order.
struct Documents<'c, I: Iterator<Item = (&'c str, &'c DocumentCounts)>>(Peekable<I>);

impl<'c, I: Iterator<Item = (&'c str, &'c DocumentCounts)>> Documents<'c, I> {
    fn find(&mut self, id: &str) -> Option<&'c DocumentCounts> {
        while self.0.next_if(|(known, _)| *known < id).is_some() {}
        self.0.peek().filter(|(known, _)| *known == id).map(|(_, document)| *document)
    }
}

/// A cell, cut where it is too long.
fn cut(cell: &str) -> std::borrow::Cow<'_, str> {
    match cell.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => [&cell[..end], CUT].concat().into(),
        None => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_all_of_a_small_corpus_and_a_share_of_a_large_one() {
        for (rows, bytes, drawn) in [
            (0, 0, MILLION),
            (MOST_SENTENCES, MOST_BYTES, MILLION),
            (4 * MOST_SENTENCES, 1, MILLION / 4),
            (1, 2 * MOST_BYTES, MILLION / 2),
            (2 * MOST_SENTENCES, 10 * MOST_BYTES, MILLION / 10),
        ] {
            assert_eq!(share(rows, bytes), drawn, "{rows} rows, {bytes} bytes");
        }
    }

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        assert_eq!(cut("Überall"), "Überall");
        let long = "я".repeat(MOST_CHARACTERS + 1);
        assert_eq!(cut(&long), format!("{}{CUT}", "я".repeat(MOST_CHARACTERS)));
    }
}
