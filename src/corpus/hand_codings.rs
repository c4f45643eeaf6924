//! Reads what human coders said: one coding a row, or one sentence a row with a column for each frame, as
//! `parallax sample` writes it for coders to fill in.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus::{CodedTable, CorpusError, read_table};
use crate::model::{Excluded, Exclusion, HandCoding, Origin, Stance, Voice};

/// Columns that hold no codings, in a table with a column for each frame.
const NO_CODINGS: [&str; 24] = [
    "item",
    "document",
    "id",
    "sentence",
    "start",
    "end",
    "outlet",
    "date",
    "title",
    "url",
    "topic",
    "before",
    "text",
    "after",
    "coder",
    "voice",
    "stance",
    "strategy",
    "stratum",
    "stratum_sentences",
    INCLUSION,
    "codings",
    "note",
    "adjudicated",
];

/// The codings of one file, and the records that could not be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandCodings {
    /// In the order of the file.
    pub codings: Vec<HandCoding>,
    /// Records left out, in the order of the file.
    pub excluded: Vec<Excluded>,
    /// Records in the file.
    pub read: u64,
    /// Bytes on the disk.
    pub size: u64,
    /// SHA-256 of these bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What the user should know of how it was read.
    pub notes: Vec<String>,
}

/// Reads the codings in the file at `path`. With `frames` only those are codings: a record about another is left out,
/// and values must be 0 or 1 (yes, no, true, false and x are understood). Without, any name and value is taken, and of a
/// table with several columns for codings `labels` says which, all unknown ones where it is empty. An empty value
/// means that the sentence was not coded. A file without a `coder` column is that of one coder, called as the file.
///
/// # Errors
/// When the file cannot be read or lacks the columns that codings need.
pub fn read_hand_codings(
    path: &Path,
    frames: Option<&[String]>,
    labels: &[String],
) -> Result<HandCodings, CorpusError> {
    let table = read_table(path)?;
    if table.columns.iter().all(String::is_empty) {
        let message = "an empty file; codings have the columns document, sentence, frame, value and coder".to_owned();
        return Err(CorpusError::Column { path: table.file, message });
    }
    let key = key_of(path, &table)?;
    let layout = Layout::find(&table, key.is_some(), frames, labels)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut found = HandCodings {
        read: (table.rows.len() + table.unreadable.len()) as u64,
        excluded: table.unreadable.clone(),
        size: table.size,
        sha256: table.sha256.clone(),
        notes: table.notes.clone(),
        ..HandCodings::default()
    };
    let mut seen: BTreeMap<(String, Option<usize>, String, String), u64> = BTreeMap::new();
    for (row, record) in table.rows.iter().zip(&table.records) {
        let origin = || Origin { file: table.file.clone(), record: *record };
        let mut leave_out = |reason, detail| found.excluded.push(Excluded { origin: origin(), reason, detail });
        let codings = match layout.codings(row, key.as_ref(), frames, &stem) {
            Ok(codings) => codings,
            Err(detail) => {
                leave_out(Exclusion::BadValue, detail);
                continue;
            }
        };
        for coding in codings {
            let HandCoding { document, sentence, frame, coder, .. } = &coding;
            let unit = (document.clone(), *sentence, frame.clone(), coder.clone());
            if let Some(first) = seen.get(&unit) {
                let detail = format!("coder \"{coder}\" coded \"{frame}\" here before, in record {first}");
                found.excluded.push(Excluded { origin: origin(), reason: Exclusion::DuplicateId, detail });
            } else {
                seen.insert(unit, *record);
                found.codings.push(coding);
            }
        }
    }
    found.excluded.sort_by_key(|excluded| excluded.origin.record);
    Ok(found)
}

/// Document, sentence and inclusion probability by item of a blinded sample.
type Key = BTreeMap<String, [String; 3]>;

/// The column of the probability that a sentence was drawn with.
const INCLUSION: &str = "inclusion_probability";

/// The key of a blinded sample, which lies beside it; `None` where the sample is open.
fn key_of(path: &Path, table: &CodedTable) -> Result<Option<Key>, CorpusError> {
    if place(table, "document").is_some() || place(table, "item").is_none() {
        return Ok(None);
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!("{stem}-key.csv"));
    let beside = if beside.exists() { beside } else { path.with_file_name("sample-key.csv") };
    if !beside.exists() {
        let message = format!("items without documents: a blinded sample needs its key beside it, {stem}-key.csv");
        return Err(CorpusError::Column { path: table.file.clone(), message });
    }
    let key = read_table(&beside)?;
    let [item, document, sentence] = ["item", "document", "sentence"].map(|name| key.column(name));
    let (item, document, sentence) = (item?, document?, sentence?);
    let inclusion = place(&key, INCLUSION);
    let entry = |row: &Vec<String>| {
        let inclusion = inclusion.map(|place| row[place].clone()).unwrap_or_default();
        (row[item].clone(), [row[document].clone(), row[sentence].clone(), inclusion])
    };
    Ok(Some(key.rows.iter().map(entry).collect()))
}

/// Where a column stands, if it is there.
fn place(table: &CodedTable, name: &str) -> Option<usize> {
    table.columns.iter().position(|column| column == name)
}

/// Which column holds what.
struct Layout {
    /// The document's id, or the item where there is a key.
    unit: usize,
    sentence: Option<usize>,
    coder: Option<usize>,
    voice: Option<usize>,
    stance: Option<usize>,
    inclusion: Option<usize>,
    text: Option<usize>,
    values: Values,
}

enum Values {
    /// One coding a row: columns of the frame and the value.
    Long(usize, usize),
    /// A column for each frame, with its name.
    Wide(Vec<(String, usize)>),
}

impl Layout {
    fn find(
        table: &CodedTable,
        has_key: bool,
        frames: Option<&[String]>,
        labels: &[String],
    ) -> Result<Self, CorpusError> {
        let fail = |message: String| CorpusError::Column { path: table.file.clone(), message };
        let column = |name: &str| place(table, name);
        let unit = if has_key { column("item") } else { column("document").or(column("id")) };
        let has = || table.columns.join(", ");
        let unit = unit.ok_or_else(|| fail(format!("no column \"document\" (or \"id\"); it has {}", has())))?;
        let values = match (column("frame"), column("value")) {
            (Some(frame), Some(value)) if labels.is_empty() => Values::Long(frame, value),
            _ => Values::Wide(wide_columns(table, frames, labels).map_err(fail)?),
        };
        Ok(Self {
            unit,
            sentence: column("sentence"),
            coder: column("coder"),
            voice: column("voice"),
            stance: column("stance"),
            inclusion: column(INCLUSION),
            text: column("text"),
            values,
        })
    }

    /// The codings of one row, those without a value left out.
    fn codings(
        &self,
        row: &[String],
        key: Option<&Key>,
        frames: Option<&[String]>,
        stem: &str,
    ) -> Result<Vec<HandCoding>, String> {
        let cell = |place: usize| row[place].trim();
        let optional = |place: Option<usize>| place.map(cell).filter(|value| !value.is_empty());
        let unit = cell(self.unit);
        let (document, sentence, inclusion) = match key {
            None => (unit, optional(self.sentence), optional(self.inclusion)),
            Some(key) => {
                let known = key.get(unit).ok_or_else(|| format!("item \"{unit}\" is not in the key"))?;
                let [document, sentence, inclusion] = known;
                (&document[..], Some(&sentence[..]), Some(&inclusion[..]).filter(|value| !value.is_empty()))
            }
        };
        if document.is_empty() {
            return Err("no document; give its id".to_owned());
        }
        let whole = |value: &str| value.parse().map_err(|_| format!("sentence is \"{value}\"; expected 0, 1, 2, ..."));
        let sentence = sentence.map(whole).transpose()?;
        let inclusion = inclusion.map(probability).transpose()?;
        let voice = optional(self.voice).map(voice).transpose()?;
        let stance = optional(self.stance).map(stance).transpose()?;
        let pairs: Vec<(&str, &str)> = match &self.values {
            Values::Long(frame, value) => vec![(cell(*frame), cell(*value))],
            Values::Wide(columns) => columns.iter().map(|(name, place)| (&name[..], cell(*place))).collect(),
        };
        let mut codings = Vec::new();
        for (frame, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            codings.push(HandCoding {
                document: document.to_owned(),
                sentence,
                frame: frame.to_owned(),
                value: checked(frame, value, frames)?,
                coder: optional(self.coder).unwrap_or(stem).to_owned(),
                voice: voice.clone(),
                stance,
                inclusion,
                text: self.text.map(|place| row[place].clone()).unwrap_or_default(),
            });
        }
        Ok(codings)
    }
}

fn wide_columns(
    table: &CodedTable,
    frames: Option<&[String]>,
    labels: &[String],
) -> Result<Vec<(String, usize)>, String> {
    if let Some(missing) = labels.iter().find(|label| place(table, label).is_none()) {
        return Err(format!("no column \"{missing}\"; it has {}", table.columns.join(", ")));
    }
    let is_meant = |name: &String| match frames {
        Some(frames) => frames.contains(name),
        None if labels.is_empty() => !name.is_empty() && !NO_CODINGS.contains(&&name[..]),
        None => labels.contains(name),
    };
    let columns: Vec<(String, usize)> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, name)| is_meant(name))
        .map(|(n, name)| (name.clone(), n))
        .collect();
    if columns.is_empty() {
        let has = table.columns.join(", ");
        return Err(format!("no codings: neither the columns frame and value nor one for each frame; it has {has}"));
    }
    Ok(columns)
}

/// The value as it is kept, if the frame is known and the value one it can have.
fn checked(frame: &str, value: &str, frames: Option<&[String]>) -> Result<String, String> {
    let Some(frames) = frames else { return Ok(value.to_owned()) };
    if !frames.iter().any(|known| known == frame) {
        return Err(format!("frame \"{frame}\" is not in the codebook; it has {}", frames.join(", ")));
    }
    match value.to_ascii_lowercase().as_str() {
        "1" | "1.0" | "yes" | "y" | "true" | "x" => Ok("1".to_owned()),
        "0" | "0.0" | "no" | "n" | "false" => Ok("0".to_owned()),
        _ => Err(format!("value of \"{frame}\" is \"{value}\"; expected 1 or 0, or nothing where it was not coded")),
    }
}

fn probability(value: &str) -> Result<f64, String> {
    let number = value.parse().ok().filter(|number: &f64| *number > 0.0 && *number <= 1.0);
    number.ok_or_else(|| format!("{INCLUSION} is \"{value}\"; expected a number above 0 and at most 1"))
}

fn voice(word: &str) -> Result<Voice, String> {
    match word {
        "own" => Ok(Voice::Own),
        "attributed" => Ok(Voice::Source(None)),
        _ => Err(format!("voice is \"{word}\"; expected own or attributed")),
    }
}

fn stance(word: &str) -> Result<Stance, String> {
    let known = [Stance::Favor, Stance::Against, Stance::Neutral];
    let found = known.into_iter().find(|stance| stance.as_str() == word);
    found.ok_or_else(|| format!("stance is \"{word}\"; expected favor, against or neutral"))
}
