//! The corpus as a stream of records, with the tallies that the manifest and the excluded rows are checked against.

#[cfg(feature = "arrow")]
use std::io::Read;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::Path,
};

use sha2::{Digest, Sha256};

#[cfg(feature = "arrow")]
use crate::corpus::columnar;
use crate::{
    corpus::{
        CorpusError, dates,
        encoding::Encoding,
        implied,
        inputs::{self, CorpusFile, FoundFiles},
        mapping::{Mapped, Mapping, Needs, Refusal},
        presets,
        reader::{NamedValue, Records, Row},
        sought::SoughtValues,
        stream::Stream,
    },
    model::{CorpusSettings, Document, Excluded, Exclusion, Origin},
};

/// How many different names of values are kept, to be named in messages about a file without a header.
const MOST_COLUMNS: usize = 1000;

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A document of the corpus.
    Kept(Document),
    /// Left out: why, and its id where it could be read.
    Excluded(Excluded, Option<String>),
}

/// One input file after it was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTally {
    /// Path relative to the study file, with forward slashes.
    pub file: String,
    /// Bytes on the disk.
    pub size: u64,
    /// SHA-256 of these bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Records in it; `kept + excluded`.
    pub read: u64,
    /// Those that became documents.
    pub kept: u64,
    /// Those left out.
    pub excluded: u64,
    /// What the user should know of how it was read, such as "read as windows-1252".
    pub notes: Vec<String>,
}

/// The records of a corpus, file after file in the order of their names, one at a time.
pub struct Corpus {
    needs: Needs,
    inputs: Vec<CorpusFile>,
    current: Option<OpenFile>,
    files: Vec<FileTally>,
    /// Where an id was seen first, by its hash: index of the input, number of the record.
    ids: BTreeMap<u128, (usize, u64)>,
    failed: bool,
    sought: SoughtValues,
    /// Names of files beside the inputs that no reader exists for.
    unread: Vec<String>,
}

struct OpenFile {
    records: Box<dyn Records>,
    tally: FileTally,
    /// Names of values seen so far, where the file has no header.
    seen: BTreeSet<String>,
    /// Cells that say `NA` or the like without quotation marks, by column.
    missing: BTreeMap<String, u64>,
    dates: DateTally,
}

/// How the dates of a file were read.
#[derive(Default)]
struct DateTally {
    read: u64,
    failed: u64,
    /// Of those that failed, the ones of records that are kept, and what is wrong with the first.
    undated: u64,
    first_undated: Option<String>,
    /// Of those that failed, the ones that fit with day and month the other way round.
    swapped: u64,
}

/// Finds the files of a corpus, in `study_dir` where their paths are relative, and makes ready to read them.
///
/// # Errors
/// A path that leads nowhere, a file of no known format or without permission, two tables at odds about a file.
pub fn open(study_dir: &Path, settings: &[CorpusSettings], needs: Needs) -> Result<Corpus, CorpusError> {
    let FoundFiles { inputs, unread } = inputs::find(study_dir, settings)?;
    let sought = SoughtValues::of(settings);
    Ok(Corpus { needs, inputs, current: None, files: Vec::new(), ids: BTreeMap::new(), failed: false, sought, unread })
}

/// A corpus that comes as a stream of Arrow from `source`, read as `settings` say; results know it by `recorded`. Waits for the schema.
///
/// # Errors
/// No such stream, or one without a column that the study needs.
#[cfg(feature = "arrow")]
pub fn open_arrow(
    source: Box<dyn Read + Send>,
    recorded: &str,
    settings: &CorpusSettings,
    needs: Needs,
) -> Result<Corpus, CorpusError> {
    let mut input = inputs::piped(recorded, columnar::READER, settings);
    let stream = Stream::of_bytes(&input.name, source);
    let records = (input.reader.open)(stream)?;
    let current = Some(OpenFile::of(records, &mut input, &needs)?);
    let sought = SoughtValues::of(std::slice::from_ref(settings));
    let (files, ids, unread) = (Vec::new(), BTreeMap::new(), Vec::new());
    Ok(Corpus { needs, inputs: vec![input], current, files, ids, failed: false, sought, unread })
}

#[cfg(feature = "arrow")]
impl Corpus {
    /// The records of the next batch of a stream of Arrow; `None` after the last, when the corpus is read to its end.
    ///
    /// # Errors
    /// As of [`Self::next_record`].
    pub fn next_batch(&mut self) -> Result<Option<Vec<Record>>, CorpusError> {
        let batch = self.current.as_mut().map_or(Ok(None), |open| open.records.next_batch())?;
        // At the end of the stream there is no further record, which closes it.
        (0..batch.unwrap_or(1)).map(|_| self.next_record().transpose()).collect::<Option<Vec<_>>>().map_or_else(
            || Ok(None),
            |records| records.into_iter().collect::<Result<Vec<Record>, CorpusError>>().map(Some),
        )
    }
}

impl Corpus {
    /// The next record; `None` after the last, and after an error.
    ///
    /// # Errors
    /// Trouble with a file as a whole: it cannot be read, is damaged, or lacks a column that the study needs. Whether a
    /// file without a header has a column is known only at its end.
    pub fn next_record(&mut self) -> Result<Option<Record>, CorpusError> {
        if self.failed {
            return Ok(None);
        }
        let record = self.advance();
        self.failed = record.is_err();
        record
    }

    /// The files read to their ends so far, in order.
    #[must_use]
    pub fn files(&self) -> &[FileTally] {
        &self.files
    }

    /// What to say of texts that a `where` or a `rename` names and no record read so far has.
    #[must_use]
    pub fn values_in_no_record(&self) -> Vec<String> {
        self.sought.notes()
    }

    /// Names of the input files of which the study says that they are not in Unicode, as results know them.
    #[must_use]
    pub fn of_named_encoding(&self) -> BTreeSet<String> {
        let is_other = |input: &&CorpusFile| {
            let named = Encoding::named(&input.settings.encoding);
            matches!(named, Some(Encoding::Windows1252 | Encoding::Named(_)))
        };
        self.inputs.iter().filter(is_other).map(|input| input.recorded.clone()).collect()
    }

    /// What to say of files in the study's folders that no reader exists for.
    #[must_use]
    pub fn files_left_alone(&self) -> Option<String> {
        let first = self.unread.first()?;
        Some(match self.unread.len() {
            1 => format!("1 file of another kind left alone: {first}"),
            count => format!("{count} files of other kinds left alone, the first is {first}"),
        })
    }

    /// Names of all input files, in the order of reading, as results know them: [`FileTally::file`].
    pub fn recorded_names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| &input.recorded[..])
    }

    /// Where all input files are, in the order of reading.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.inputs.iter().map(|input| input.path.as_path())
    }

    /// Bytes read so far, as the files lie on the disk.
    pub fn bytes_read(&mut self) -> u64 {
        let current = self.current.as_mut().map_or(0, |file| file.records.stream().bytes_read());
        self.files.iter().map(|file| file.size).sum::<u64>() + current
    }

    /// Bytes of all input files, as they were on the disk when the corpus was opened.
    #[must_use]
    pub fn bytes_total(&self) -> u64 {
        self.inputs.iter().map(|input| input.size).sum()
    }

    fn advance(&mut self) -> Result<Option<Record>, CorpusError> {
        loop {
            let at = self.files.len();
            let Some(input) = self.inputs.get_mut(at) else { return Ok(None) };
            let open = match &mut self.current {
                Some(open) => open,
                None => self.current.insert(OpenFile::open(input, &self.needs)?),
            };
            let mapping = Mapping::new(input, &self.needs).of_many(open.records.holds_many());
            let Some(mut record) = open.next(&mapping, &mut self.sought)? else {
                self.files.extend(self.current.take().map(|open| open.close(&mapping)).transpose()?);
                continue;
            };
            if let Record::Kept(document) = &record {
                let first = *self.ids.entry(hash(&document.id)).or_insert((at, document.origin.record));
                if first != (at, document.origin.record) {
                    let place = format!("{}, record {}", self.inputs[first.0].recorded, first.1);
                    let detail = format!("\"{}\" is already the id of {place}", document.id);
                    let origin = document.origin.clone();
                    let excluded = Excluded { origin, reason: Exclusion::DuplicateId, detail };
                    record = Record::Excluded(excluded, Some(document.id.clone()));
                }
            }
            open.tally.count(&record);
            return Ok(Some(record));
        }
    }
}

impl fmt::Debug for Corpus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { needs, inputs, files, .. } = self;
        out.debug_struct("Corpus")
            .field("needs", needs)
            .field("inputs", inputs)
            .field("files", files)
            .finish_non_exhaustive()
    }
}

impl Iterator for Corpus {
    type Item = Result<Record, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().transpose()
    }
}

impl OpenFile {
    /// Opens a file; of one whose columns show where it is from, `input` learns what they are called.
    fn open(input: &mut CorpusFile, needs: &Needs) -> Result<Self, CorpusError> {
        let encoding = Encoding::named(&input.settings.encoding);
        let stream = Stream::open(&input.name, &input.path, input.compression, encoding)?;
        let records = (input.reader.open)(stream)?;
        Self::of(records, input, needs)
    }

    fn of(mut records: Box<dyn Records>, input: &mut CorpusFile, needs: &Needs) -> Result<Self, CorpusError> {
        if let Some(columns) = records.columns().filter(|columns| !columns.is_empty()).map(<[String]>::to_vec) {
            if let Some(name) = presets::fill_in(&mut input.settings, &columns) {
                records.stream().note(format!("columns read as those of {name}"));
            }
            let columns: BTreeSet<String> = columns.into_iter().collect();
            check_columns(&input.name, &Mapping::new(input, needs), &columns)?;
            for note in implied::notes(&input.settings, &columns) {
                records.stream().note(note);
            }
        }
        let tally = FileTally { file: input.recorded.clone(), ..FileTally::default() };
        Ok(Self { records, tally, seen: BTreeSet::new(), missing: BTreeMap::new(), dates: DateTally::default() })
    }

    /// What became of the next record; `None` at the end of the file.
    fn next(&mut self, mapping: &Mapping<'_>, sought: &mut SoughtValues) -> Result<Option<Record>, CorpusError> {
        let has_header = self.records.columns().is_some();
        let Some(row) = self.records.next_row()? else { return Ok(None) };
        let origin = Origin { file: self.tally.file.clone(), record: self.tally.read + 1 };
        let document = match row {
            Row::Unreadable(reason, detail) => Err(Refusal::new(reason, detail)),
            Row::Cells(mut cells) => {
                if !has_header && self.seen.len() < MOST_COLUMNS {
                    for NamedValue { name, .. } in &cells {
                        if !self.seen.contains(&**name) {
                            self.seen.insert(name.to_string());
                        }
                    }
                }
                for cell in cells.iter_mut().filter(|cell| cell.is_missing()) {
                    *self.missing.entry(cell.name.to_string()).or_default() += 1;
                }
                // What says that nothing is known stays as an empty cell where an absent one would let something be implied.
                let is_absent =
                    |cell: &mut NamedValue<'_>| cell.is_missing() && !["outlet", "date"].contains(&&*cell.name);
                cells.extract_if(.., is_absent).for_each(drop);
                cells.iter_mut().filter(|cell| cell.is_missing()).for_each(|cell| cell.value = Cow::Borrowed(""));
                mapping.document(cells, origin.clone(), sought)
            }
        };
        self.dates.count(&document, origin.record);
        Ok(Some(match document {
            Ok((document, _)) => Record::Kept(document),
            Err(Refusal { reason, detail, id, .. }) => Record::Excluded(Excluded { origin, reason, detail }, id),
        }))
    }

    fn close(mut self, mapping: &Mapping<'_>) -> Result<FileTally, CorpusError> {
        if !self.seen.is_empty() && self.seen.len() < MOST_COLUMNS && !mapping.one_document() {
            check_columns(&self.tally.file, mapping, &self.seen)?;
        }
        let (size, sha256, mut notes) = self.records.stream().finish()?;
        notes.extend(mapping.implied_notes(&self.seen));
        notes.extend(missing_note(&self.missing));
        notes.extend(self.dates.undated_note());
        notes.extend(self.dates.note(mapping.date_formats()));
        Ok(FileTally { size, sha256, notes, ..self.tally })
    }
}

impl DateTally {
    /// Failed dates from which on a swap is no chance, and the least share of them, as one of.
    const LEAST: (u64, u64) = (3, 50);

    fn count(&mut self, mapped: &Result<Mapped, Refusal>, record: u64) {
        let refusal = match mapped {
            Ok((document, None)) => {
                self.read += u64::from(document.date.is_some());
                return;
            }
            Ok((_, Some(refusal))) => {
                self.undated += 1;
                self.first_undated.get_or_insert_with(|| format!("record {record}: {}", refusal.detail));
                refusal
            }
            Err(refusal) if refusal.reason == Exclusion::BadDate => refusal,
            Err(_) => return,
        };
        self.failed += 1;
        self.swapped += u64::from(refusal.fits_swapped);
    }

    /// What is said of records that are kept without their dates.
    fn undated_note(&self) -> Option<String> {
        let first = self.first_undated.as_ref()?;
        let records = if self.undated == 1 { "1 record".to_owned() } else { format!("{} records", self.undated) };
        Some(format!("{records} kept without a date, as it cannot be read and the study asks for none; {first}"))
    }

    /// Where many dates do not fit their format and nearly all of these fit its swap, so that the others may be read
    /// wrongly: of 02/03/2022 nothing tells the month.
    fn note(&self, formats: &[String]) -> Option<String> {
        let all = self.read + self.failed;
        let (least, one_of) = Self::LEAST;
        let is_telling = self.swapped >= least && self.failed * one_of >= all && self.swapped * 10 >= self.failed * 9;
        let (format, swap) = formats.iter().find_map(|format| Some((format, dates::swapped(format)?)))?;
        is_telling.then(|| {
            format!(
                "{} of {all} dates do not fit date_format = \"{format}\", and {} of these fit \"{swap}\": if days and \
                 months are swapped, the other {} are read wrongly, too; look at the file, and correct date_format",
                self.failed, self.swapped, self.read
            )
        })
    }
}

/// What to say of cells that say nothing, most of them first.
fn missing_note(missing: &BTreeMap<String, u64>) -> Option<String> {
    const SHOWN: usize = 5;
    let mut columns: Vec<(&String, &u64)> = missing.iter().collect();
    columns.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let shown: Vec<String> = columns.iter().take(SHOWN).map(|(name, count)| format!("{name} {count}")).collect();
    let more = if columns.len() > SHOWN { ", ..." } else { "" };
    let cells = match missing.values().sum::<u64>() {
        0 => return None,
        1 => "1 cell that says NA, NaN, None or NULL without quotation marks is".to_owned(),
        count => format!("{count} cells that say NA, NaN, None or NULL without quotation marks are"),
    };
    Some(format!("{cells} taken as missing ({}{more})", shown.join(", ")))
}

fn check_columns(file: &str, mapping: &Mapping<'_>, columns: &BTreeSet<String>) -> Result<(), CorpusError> {
    match mapping.missing_column(columns) {
        Some(message) => Err(CorpusError::Column { path: file.to_owned(), message }),
        None => Ok(()),
    }
}

impl FileTally {
    fn count(&mut self, record: &Record) {
        self.read += 1;
        match record {
            Record::Kept(_) => self.kept += 1,
            Record::Excluded(..) => self.excluded += 1,
        }
    }
}

/// 128 bits of an id: 16 bytes instead of the id itself, for corpora of many millions.
fn hash(id: &str) -> u128 {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(16).fold(0, |hash, byte| (hash << 8) | u128::from(*byte))
}
