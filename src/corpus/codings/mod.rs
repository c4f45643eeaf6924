//! Reads what human coders said, of any number of files and tools at once.
//!
//! A file's way through it: `sheet` reads it and finds its layout (one coding a row, a column for each frame, or what
//! Label Studio, doccano and Prodigy give back; other tools' files are `foreign` and refused), so that every record is a `SheetRecord`; `key` joins items with the sentences they
//! stand for; `coders` names who coded; `cells` turns words into values and says what was mended, `unclear_values` where too many are none; `probabilities` brings
//! those of labels from outside to one scale; `joining` brings the files together, `draws` the samples they are of.
//!
//! Not here: whether a document or sentence exists, and whether its words are those that were coded; that takes the corpus.

mod annotation_tools;
mod cells;
mod chosen;
mod coders;
mod columns;
mod draws;
mod entry;
mod foreign;
mod joining;
mod json_labels;
mod key;
mod label_columns;
mod label_studio;
mod layout;
mod predicted;
mod probabilities;
mod prodigy;
mod sheet;
mod unclear_values;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::corpus::CorpusError;
use crate::corpus::codings::cells::SheetReading;
use crate::corpus::codings::entry::Sheet;
use crate::corpus::codings::key::Key;
use crate::model::{Excluded, HandCoding};

/// The codings of all files, and the records that could not be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandCodings {
    /// In the order of the files.
    pub codings: Vec<HandCoding>,
    /// What was left out, in the order of the files.
    pub excluded: Vec<Excluded>,
    /// Every file that was read, the keys of blinded samples last.
    pub files: Vec<CodingFile>,
    /// What the user should know of how they were read.
    pub notes: Vec<String>,
}

/// A file of codings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodingFile {
    /// Where it is.
    pub path: PathBuf,
    /// Records in it.
    pub read: u64,
    /// Of these, records that gave no coding since something was wrong with them.
    pub excluded: u64,
    /// Bytes on the disk.
    pub size: u64,
    /// SHA-256 of these bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How it was read.
    pub notes: Vec<String>,
}

impl HandCodings {
    /// Who coded, in alphabetical order.
    #[must_use]
    pub fn coders(&self) -> Vec<&str> {
        distinct(self.codings.iter().map(|coding| &coding.coder[..]))
    }

    /// What was coded, in alphabetical order.
    #[must_use]
    pub fn frames(&self) -> Vec<&str> {
        distinct(self.codings.iter().map(|coding| &coding.frame[..]))
    }

    /// Records in all files of codings.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.files.iter().map(|file| file.read).sum()
    }
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    words.collect::<BTreeSet<&str>>().into_iter().collect()
}

/// What is looked for in files of codings.
#[derive(Clone, Copy, Debug, Default)]
pub struct CodingScope<'a> {
    /// Only these frames are codings, and their values are 1 or 0 however written; a record about another is left out.
    /// `None`: any name and value is taken.
    pub frames: Option<&'a [String]>,
    /// What people call these frames, in the same order, which is taken for them, too; empty where nobody says.
    pub titles: &'a [String],
    /// Without `frames`, the columns that hold codings; where it is empty all that are not known to hold something else.
    pub labels: &'a [String],
    /// Whether what is read are labels from outside: they may have probabilities, or list the frames of a unit in one cell,
    /// and two that contradict each other are both left out.
    pub is_external: bool,
}

/// Reads the codings in the files at `paths`. A cell that is empty or holds a mark for missing values was not coded. Where
/// a file does not say who coded it is one coder's, called as the file, by as much of its path as tells it from the
/// others. What one coder said twice of a unit counts once.
///
/// # Errors
/// When a file cannot be read, is named twice, or lacks the columns that codings need.
pub fn read_hand_codings(paths: &[PathBuf], scope: CodingScope<'_>) -> Result<HandCodings, CorpusError> {
    refuse_twice(paths)?;
    let mut sheets = paths.iter().map(|path| sheet::read(path, scope)).collect::<Result<Vec<Sheet>, _>>()?;
    coders::name(&mut sheets);
    entry::name_frames(&mut sheets, scope);
    let key = Key::beside(&sheets)?;
    let frames = match scope.frames {
        Some(frames) => frames.to_vec(),
        None => entry::frames(&sheets),
    };
    let mut found = HandCodings::default();
    for sheet in &sheets {
        let mut reading = SheetReading::new(sheet, &key, &frames, scope);
        sheet.entries.iter().for_each(|entry| reading.add(entry));
        reading.finish(&mut found)?;
    }
    if scope.frames.is_none() {
        cells::settle_values(&mut found);
    }
    joining::join(&mut found, scope.is_external);
    draws::join(&sheets, &key, &mut found);
    joining::inherit_inclusion(&mut found.codings);
    found.files.extend(key.files);
    Ok(found)
}

fn refuse_twice(paths: &[PathBuf]) -> Result<(), CorpusError> {
    let mut seen = BTreeSet::new();
    let identity = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match paths.iter().find(|path| !seen.insert(identity(path))) {
        None => Ok(()),
        Some(path) => {
            let message = "the same file twice, which would agree with itself; name it once".to_owned();
            Err(CorpusError::Column { path: path.display().to_string(), message })
        }
    }
}
