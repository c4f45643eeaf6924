//! The key of a sample: which item is which sentence, and with what probability it was drawn.
//!
//! A key is read whether or not the sheet says it all itself, since a spreadsheet may have changed ids and numbers in the
//! sheet, while nobody opens the key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::corpus::codings::CodingFile;
use crate::corpus::codings::entry::{Sheet, SheetRecord};
use crate::corpus::codings::layout::UnitColumns;
use crate::corpus::{CodedTable, CorpusError, read_table};
use crate::model::comparable_id;

/// Name of the key that `parallax sample` writes.
const KEY: &str = "sample-key.csv";

/// By item, the unit.
#[derive(Debug, Default)]
pub(super) struct Key {
    /// Of keys, with the number of the sample that they are of.
    units: BTreeMap<String, (usize, SheetRecord)>,
    /// Of sheets that name documents, for others that do not.
    open: BTreeMap<String, SheetRecord>,
    pub(super) files: Vec<CodingFile>,
}

impl Key {
    /// Every key that lies beside a sheet with items or in the folder above it, and what the sheets themselves say.
    ///
    /// # Errors
    /// When a key cannot be read.
    pub(super) fn beside(sheets: &[Sheet]) -> Result<Self, CorpusError> {
        let mut key = Self::default();
        let with_items = sheets.iter().filter(|sheet| sheet.entries.iter().any(|entry| !entry.item.is_empty()));
        let mut read = BTreeSet::new();
        let mut tables = Vec::new();
        for path in with_items.flat_map(|sheet| places(&sheet.path)) {
            if path.is_file() && read.insert(std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone())) {
                tables.push((path.clone(), read_table(&path)?));
            }
        }
        // A copy of the key from before more was drawn says with which probability a unit was in the first part alone; the key
        // that has more items is the later one.
        tables.sort_by_key(|(_, table)| std::cmp::Reverse(table.rows.len()));
        for (number, (path, table)) in tables.into_iter().enumerate() {
            key.take_in(number, path, table)?;
        }
        for entry in sheets.iter().flat_map(|sheet| &sheet.entries) {
            if !entry.item.is_empty() && !entry.document.is_empty() {
                key.open.entry(entry.item.clone()).or_insert_with(|| entry.clone());
            }
        }
        Ok(key)
    }

    fn take_in(&mut self, number: usize, path: PathBuf, table: CodedTable) -> Result<(), CorpusError> {
        for name in ["item", "document", "sentence"] {
            table.column(name)?;
        }
        let columns = UnitColumns::of(&table);
        let entries: Vec<SheetRecord> =
            table.rows.iter().zip(&table.records).map(|(row, record)| columns.entry(row, *record)).collect();
        // Copies of one key, a folder for each coder, are of one sample.
        let known = entries.iter().find_map(|entry| self.units.get(&entry.item)).map(|(sample, _)| *sample);
        for entry in entries {
            self.units.entry(entry.item.clone()).or_insert((known.unwrap_or(number), entry));
        }
        let read = table.rows.len() as u64;
        self.files.push(CodingFile {
            path,
            read,
            excluded: 0,
            size: table.size,
            sha256: table.sha256,
            notes: table.notes,
        });
        Ok(())
    }

    /// The unit of an entry by its item, else as it stands there.
    ///
    /// # Errors
    /// In words, when the entry names no document and no key has its item, or it names another unit than the key.
    pub(super) fn unit<'e>(&'e self, entry: &'e SheetRecord) -> Result<&'e SheetRecord, String> {
        let Some((_, known)) = self.units.get(&entry.item).filter(|_| !entry.item.is_empty()) else {
            return match self.open.get(&entry.item) {
                _ if !entry.document.is_empty() => Ok(entry),
                Some(known) => Ok(known),
                None if entry.item.is_empty() => Err("no document; give its id".to_owned()),
                None => Err(format!("item \"{}\" is not in the key", entry.item)),
            };
        };
        let differs = |a: &str, b: &str| !a.is_empty() && comparable_id(a) != comparable_id(b);
        if differs(&entry.sentence, &known.sentence) || differs(&entry.document, &known.document) {
            let SheetRecord { item, document, sentence, .. } = known;
            let (other, of) = (&entry.sentence, &entry.document);
            return Err(format!(
                "item \"{item}\" is sentence {sentence} of \"{document}\" in the key, but sentence {other} of \"{of}\" here; \
                 was a column sorted alone?"
            ));
        }
        Ok(known)
    }

    /// The number of the sample whose key has the item of an entry.
    pub(super) fn sample(&self, entry: &SheetRecord) -> Option<usize> {
        self.units.get(&entry.item).map(|(sample, _)| *sample)
    }

    /// Whether there is anything to find.
    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.open.is_empty()
    }
}

fn places(sheet: &Path) -> Vec<PathBuf> {
    let stem = sheet.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = sheet.parent().unwrap_or_else(|| Path::new(""));
    let above = folder.parent().map(|above| above.join(KEY));
    [folder.join(format!("{stem}-key.csv")), folder.join(KEY)].into_iter().chain(above).collect()
}
