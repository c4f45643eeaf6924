//! The tables inside the page: the very rows of the CSV files, read back from where this run has just written them.

use std::io::{Read, Seek};
use std::iter::Peekable;

use csv::{Reader, ReaderBuilder, StringRecord};
use serde::Serialize;
use serde_json::{Value, json};

use crate::compare::{Counts, DocumentCounts, REST, WHOLE_SPAN, counted_documents};
use crate::model::{CopyRule, Exclusion, unguarded};
use crate::report::page::columnar::Columns;
use crate::report::page::strata::{MILLION, Strata};
use crate::report::web::write_packed;
use crate::report::{ReportError, StagedFile};
use crate::stats::Seed;

/// Bytes of `codings.csv`, or of `attributions.csv`, that a page holds at most.
const MOST_BYTES: u64 = 16 << 20;
/// Rows of a table of findings that a page holds at most; beyond, those of single periods and pairs are left out.
pub(super) const MOST_ROWS: u64 = 60_000;
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
/// How much of a table a page holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// Rows of the CSV file; of one with rows for each document, those of documents that count.
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

/// A table that has rows for each document.
#[derive(Clone, Copy)]
pub(super) struct LongTable<'t> {
    pub(super) name: &'t str,
    /// Rows that a page holds at most.
    pub(super) most: u64,
    /// Of the CSV file.
    pub(super) bytes: u64,
    /// Which documents' rows are listed: those that count.
    pub(super) copies: CopyRule,
}

impl LongTable<'_> {
    /// The documents whose rows are listed.
    fn listed<'c>(
        &self,
        counts: &'c Counts,
    ) -> Documents<'c, impl Iterator<Item = (&'c str, &'c DocumentCounts)> + use<'c>> {
        Documents(counted_documents(self.copies, counts).peekable())
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
        let header = self.header(&mut reader)?;
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

    /// Writes a table that has rows for each document, sorted by document: to each row its group and period. Of a table with more
    /// rows than `most`, a draw from its strata by documents, sentences and the study's seed; the rows of each stratum are
    /// counted in full.
    ///
    /// # Errors
    /// When it cannot be read back or the page cannot be written.
    pub(super) fn sentences(
        &mut self,
        table: LongTable<'_>,
        file: impl Read + Seek,
        counts: &Counts,
    ) -> Result<Held, ReportError> {
        let LongTable { name, most, bytes, .. } = table;
        let mut reader = ReaderBuilder::new().from_reader(file);
        let (mut strata, rows) = self.strata(&mut reader, table.listed(counts))?;
        self.pack(&format!("{name}-counts-columns"), &strata.names())?;
        self.pack(&format!("{name}-counts"), &strata.counts().packed())?;
        let sentence = self.header(&mut reader)?.iter().position(|name| name == "sentence").unwrap_or_default();
        let shares = strata.shares(most_rows(rows, bytes, most));
        let (seed, mut held) = (self.seed, 0);
        let mut documents = table.listed(counts);
        self.write(name, &mut reader, &["group", "period"], |row| {
            let id = unguarded(row.get(0).unwrap_or_default());
            let document = documents.find(id)?;
            let share = shares[strata.place(row, document)];
            // By sentence, so that one with two frames is drawn for both.
            let place = || format!("page/{id}/{}", row.get(sentence).unwrap_or_default());
            let is_drawn = share >= MILLION || (seed.stream(&place()).below(1_000_000) as u64) < share;
            held += u64::from(is_drawn);
            is_drawn.then(|| vec![&*document.group, document.period.as_deref().unwrap_or_default()])
        })?;
        Ok(Held { rows, held })
    }

    /// The rows of these documents by strata, and how many there are; the file then stands at its first row again.
    fn strata<'c>(
        &self,
        reader: &mut Reader<impl Read + Seek>,
        mut documents: Documents<'c, impl Iterator<Item = (&'c str, &'c DocumentCounts)>>,
    ) -> Result<(Strata, u64), ReportError> {
        let mut strata = Strata::new(&self.header(reader)?);
        let first = reader.position().clone();
        let (mut rows, mut row) = (0, StringRecord::new());
        while reader.read_record(&mut row).map_err(|source| self.unreadable(source))? {
            if let Some(document) = documents.find(unguarded(row.get(0).unwrap_or_default())) {
                strata.count(&row, document);
                rows += 1;
            }
        }
        reader.seek(first).map_err(|source| self.unreadable(source))?;
        Ok((strata, rows))
    }

    fn header(&self, reader: &mut Reader<impl Read>) -> Result<StringRecord, ReportError> {
        reader.headers().map_err(|source| self.unreadable(source)).cloned()
    }

    /// Writes the rows for which `more` gives anything, and with each the cells that it gives.
    fn write<'m>(
        &mut self,
        name: &str,
        reader: &mut Reader<impl Read>,
        more_columns: &[&str],
        mut more: impl FnMut(&StringRecord) -> Option<Vec<&'m str>>,
    ) -> Result<(), ReportError> {
        let header = self.header(reader)?;
        let names: Vec<&str> = header.iter().chain(more_columns.iter().copied()).collect();
        self.pack(&format!("{name}-columns"), &names)?;
        let (mut columns, mut row) = (Columns::new(names.len()), StringRecord::new());
        while reader.read_record(&mut row).map_err(|source| self.unreadable(source))? {
            let Some(more) = more(&row) else { continue };
            let shown = |(name, cell)| if WORDS.contains(name) { cell } else { unguarded(cell) };
            let cells: Vec<_> = names.iter().zip(&row).map(shown).map(cut).collect();
            columns.push(cells.iter().map(|cell| &**cell).chain(more));
            if columns.rows() >= ROWS_TOGETHER || columns.bytes() >= BYTES_TOGETHER {
                self.pack(name, &columns.packed())?;
                columns = Columns::new(names.len());
            }
        }
        if columns.rows() > 0 { self.pack(name, &columns.packed()) } else { Ok(()) }
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
    pub(super) fn pack(&mut self, name: &str, value: &impl Serialize) -> Result<(), ReportError> {
        write_packed(self.out, name, value).map_err(|error| ReportError::at(self.out.destination(), error))
    }

    fn unreadable(&self, source: csv::Error) -> ReportError {
        ReportError::row(self.out.destination(), super::PAGE, source)
    }
}

/// How many rows a page holds of a table of so many rows and bytes: `most`, or fewer where they are long.
fn most_rows(rows: u64, bytes: u64, most: u64) -> u64 {
    if bytes <= MOST_BYTES { most } else { most.min(rows * MOST_BYTES / bytes) }
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
    fn a_page_holds_fewer_rows_where_they_are_long() {
        for (rows, bytes, held) in
            [(0, 0, 100), (1_000, MOST_BYTES, 100), (1_000, 2 * MOST_BYTES, 100), (150, 3 * MOST_BYTES, 50)]
        {
            assert_eq!(most_rows(rows, bytes, 100), held, "{rows} rows, {bytes} bytes");
        }
    }

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        assert_eq!(cut("Überall"), "Überall");
        let long = "я".repeat(MOST_CHARACTERS + 1);
        assert_eq!(cut(&long), format!("{}{CUT}", "я".repeat(MOST_CHARACTERS)));
    }
}
