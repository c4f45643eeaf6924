//! From entries to codings: words become values, and what a spreadsheet did to numbers is mended and counted.

use std::collections::BTreeMap;

use crate::corpus::CorpusError;
use crate::corpus::codings::chosen::{askable, chosen_and_absent};
use crate::corpus::codings::entry::{Marked, Marks, Sheet, SheetRecord, is_same_name};
use crate::corpus::codings::key::Key;
use crate::corpus::codings::label_columns::hint;
use crate::corpus::codings::probabilities::{label, settle};
use crate::corpus::codings::unclear_values::UnclearValues;
use crate::corpus::codings::{CodingFile, CodingScope, HandCodings};
use crate::model::{
    Excluded, Exclusion, HandCoding, INCLUSION, Origin, Presence, Stance, Voice, decimal, is_missing_code,
    is_missing_mark, plain_value, presence,
};

/// One file being read.
pub(super) struct SheetReading<'a> {
    sheet: &'a Sheet,
    key: &'a Key,
    frames: &'a [String],
    scope: CodingScope<'a>,
    codings: Vec<HandCoding>,
    excluded: Vec<Excluded>,
    /// Cells that were not coded, by what stands in them.
    missing: BTreeMap<String, usize>,
    /// By coder, what stands in the cells.
    habits: BTreeMap<String, CellHabits>,
    cells: usize,
    mended: BTreeMap<&'static str, usize>,
    unclear: UnclearValues,
    /// The frames of which a unit that does not choose them says 0.
    askable: Vec<String>,
    /// What is said of the others.
    never_chosen: Option<String>,
}

/// A unit as codings know it.
#[derive(Clone)]
struct CodedUnit {
    document: String,
    sentence: Option<usize>,
    inclusion: Option<f64>,
}

impl<'a> SheetReading<'a> {
    pub(super) fn new(sheet: &'a Sheet, key: &'a Key, frames: &'a [String], scope: CodingScope<'a>) -> Self {
        let (askable, never_chosen) = askable(sheet, frames);
        Self {
            askable,
            never_chosen,
            sheet,
            key,
            frames,
            scope,
            codings: Vec::new(),
            excluded: sheet.unreadable.clone(),
            missing: BTreeMap::new(),
            habits: BTreeMap::new(),
            cells: 0,
            mended: BTreeMap::new(),
            unclear: UnclearValues::default(),
        }
    }

    /// Takes the codings of an entry, or says what is wrong with it. A cell that cannot be read is left out alone.
    pub(super) fn add(&mut self, entry: &SheetRecord) {
        let marked = self.marked(entry);
        if marked.is_empty() {
            return;
        }
        let unit = match self.unit(entry) {
            Ok(unit) => unit,
            Err(detail) => return self.leave_out(entry, detail),
        };
        for marked in marked {
            match self.coding(entry, &unit, &marked) {
                Ok(coding) => self.codings.push(coding),
                Err(detail) => {
                    self.unclear.add(&marked.frame, &marked.value);
                    self.leave_out(entry, detail);
                }
            }
        }
    }

    fn leave_out(&mut self, entry: &SheetRecord, detail: String) {
        self.excluded.push(Excluded { origin: self.origin(entry), reason: Exclusion::BadValue, detail });
    }

    fn origin(&self, entry: &SheetRecord) -> Origin {
        Origin { file: self.sheet.file.clone(), record: entry.record }
    }

    /// What an entry says of frames, cells that were not coded taken out and counted.
    fn marked(&mut self, entry: &SheetRecord) -> Vec<Marked> {
        match &entry.marks {
            Marks::Cells(cells) => {
                self.cells += cells.len();
                let habits = self.habits.entry(entry.coder.clone()).or_default();
                for cell in cells.iter().filter(|cell| cell.probability.is_empty()) {
                    habits.add(&cell.value);
                }
                let is_missing = |marked: &&Marked| is_missing_mark(&marked.value) && marked.probability.is_empty();
                let (missing, marked): (Vec<&Marked>, Vec<&Marked>) = cells.iter().partition(is_missing);
                for marked in missing {
                    *self.missing.entry(marked.value.clone()).or_default() += 1;
                }
                marked.into_iter().cloned().collect()
            }
            Marks::Chosen(chosen) => chosen_and_absent(chosen, &self.askable),
        }
    }

    fn unit(&mut self, entry: &SheetRecord) -> Result<CodedUnit, String> {
        let key = self.key;
        let known = match key.unit(entry) {
            Ok(known) => known,
            Err(detail) if entry.item.is_empty() || !key.is_empty() => return Err(detail),
            Err(_) => {
                let file = &self.sheet.path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
                return Err(format!(
                    "item \"{}\" without document; its key belongs beside it: sample-key.csv, or {file}-key.csv",
                    entry.item
                ));
            }
        };
        let sentence = if known.sentence.is_empty() { None } else { Some(self.sentence(&known.sentence)?) };
        let inclusion = if known.inclusion.is_empty() { None } else { Some(self.inclusion(&known.inclusion)?) };
        Ok(CodedUnit { document: known.document.clone(), sentence, inclusion })
    }

    fn sentence(&mut self, cell: &str) -> Result<usize, String> {
        if let Ok(number) = cell.parse() {
            return Ok(number);
        }
        // Data frames with gaps write whole numbers as 12.0.
        let whole = cell.strip_suffix(".0").or_else(|| cell.strip_suffix(",0"));
        let number = whole.and_then(|whole| whole.parse().ok());
        *self.mended.entry("sentence numbers with a decimal").or_default() += usize::from(number.is_some());
        number.ok_or_else(|| format!("sentence is \"{cell}\"; expected 0, 1, 2, ..."))
    }

    fn inclusion(&mut self, cell: &str) -> Result<f64, String> {
        let (share, mend) = probability(cell)
            .ok_or_else(|| format!("{INCLUSION} is \"{cell}\"; expected a number above 0 and at most 1"))?;
        if let Some(mend) = mend {
            *self.mended.entry(mend).or_default() += 1;
        }
        Ok(share)
    }

    fn coding(&self, entry: &SheetRecord, unit: &CodedUnit, marked: &Marked) -> Result<HandCoding, String> {
        let (frame, value) = self.value(marked)?;
        let (value, probability) = if self.scope.is_external { label(&frame, marked)? } else { (value, None) };
        Ok(HandCoding {
            document: unit.document.clone(),
            sentence: unit.sentence,
            frame,
            value,
            coder: entry.coder.clone(),
            voice: voice(&marked.voice)?,
            stance: stance(&marked.stance)?,
            probability,
            inclusion: unit.inclusion,
            text: entry.text.clone(),
            origin: self.origin(entry),
        })
    }

    /// Frame and value as they are kept.
    fn value(&self, marked: &Marked) -> Result<(String, String), String> {
        let Marked { frame, value, .. } = marked;
        let known = self.frames.iter().find(|known| is_same_name(known, frame));
        if self.scope.frames.is_none() {
            return Ok((known.unwrap_or(frame).clone(), value.clone()));
        }
        let known = known.ok_or_else(|| {
            let (hint, frames) = (hint(frame, self.frames), self.frames.join(", "));
            format!("frame \"{frame}\"{hint} is not in the codebook; it has {frames}")
        })?;
        match presence(value) {
            // What stands there is read with its probability.
            _ if self.scope.is_external => Ok((known.clone(), String::new())),
            Presence::Present => Ok((known.clone(), "1".to_owned())),
            Presence::Absent => Ok((known.clone(), "0".to_owned())),
            Presence::NotCoded | Presence::Unclear => {
                Err(format!("value of \"{frame}\" is \"{value}\"; expected 1 or 0, or nothing where it was not coded"))
            }
        }
    }

    /// Hands over what was found.
    ///
    /// # Errors
    /// When the file has labels from outside that leave open what their probabilities mean.
    pub(super) fn finish(mut self, found: &mut HandCodings) -> Result<(), CorpusError> {
        let Sheet { path, file, read, size, sha256, notes, .. } = self.sheet;
        let mut notes = notes.clone();
        if self.scope.is_external {
            let settled = settle(std::mem::take(&mut self.codings), self.sheet.is_of_answer)
                .map_err(|message| CorpusError::Column { path: file.clone(), message })?;
            self.codings = settled.codings;
            self.excluded.extend(settled.excluded);
            notes.extend(settled.notes);
        }
        if self.scope.frames.is_some() && !self.scope.is_external {
            notes.extend(self.unclear.leave_out(&mut self.codings));
        }
        notes.extend(self.never_chosen);
        notes.extend(not_coded(&self.missing, self.cells));
        notes.extend(self.habits.iter().filter_map(|(coder, habits)| habits.hits_only(coder)));
        notes.extend(
            self.mended.iter().filter(|(_, times)| **times > 0).map(|(what, times)| format!("{what}: {times}")),
        );
        found.notes.extend(notes.iter().map(|note| format!("{file}: {note}")));
        found.codings.extend(self.codings);
        let mut excluded = self.excluded;
        excluded.sort_by_key(|excluded| excluded.origin.record);
        found.excluded.extend(excluded);
        let (path, sha256) = (path.clone(), sha256.clone());
        found.files.push(CodingFile { path, read: *read, excluded: 0, size: *size, sha256, notes });
        Ok(())
    }
}

/// How often a coder writes what.
#[derive(Clone, Copy, Debug, Default)]
struct CellHabits {
    present: usize,
    empty: usize,
    others: usize,
}

/// Cells that say "there", from which a coder who never says "not there" has a habit.
const HABIT: usize = 5;

impl CellHabits {
    fn add(&mut self, value: &str) {
        match presence(value) {
            Presence::Present => self.present += 1,
            Presence::NotCoded => self.empty += 1,
            Presence::Absent | Presence::Unclear => self.others += 1,
        }
    }

    /// What is said of a coder who marks hits and leaves all else empty: whether that means "not there" or "not coded" nobody
    /// knows, and taken for the latter every share is 1.
    fn hits_only(self, coder: &str) -> Option<String> {
        let Self { present, empty, others } = self;
        if present < HABIT || others > 0 {
            return None;
        }
        let remedy = if empty > 0 {
            format!(
                "the {empty} empty cells are not coded, so these codings cannot tell a share or agreement: fill them with 0 if they mean that"
            )
        } else {
            "if the file lists only what is there, its codings cannot tell a share or agreement: add a row or cell of 0 where".to_owned()
        };
        Some(format!(
            "{coder} marks only what is there ({present} cells) and never writes 0; {remedy} a frame is not there"
        ))
    }
}

/// What is said of cells that were not coded; nothing where there are none.
fn not_coded(missing: &BTreeMap<String, usize>, cells: usize) -> Option<String> {
    let total: usize = missing.values().sum();
    let mark = |(mark, times): (&String, &usize)| match &mark[..] {
        "" => format!("empty {times}"),
        mark => format!("{mark} {times}"),
    };
    let marks: Vec<String> = missing.iter().map(mark).collect();
    (total > 0).then(|| format!("{total} of {cells} cells not coded ({})", marks.join(", ")))
}

/// A probability, and what was mended in it. `parallax sample` writes nine decimals; a spreadsheet that takes the point
/// for a mark of thousands makes 666666667 of 0.666666667.
fn probability(cell: &str) -> Option<(f64, Option<&'static str>)> {
    let is_share = |number: f64| number > 0.0 && number <= 1.0;
    if let Some(percent) = cell.trim().strip_suffix('%').and_then(decimal) {
        return is_share(percent / 100.0).then_some((percent / 100.0, Some("probabilities in per cent")));
    }
    let number = decimal(cell)?;
    if is_share(number) {
        return Some((number, cell.contains(',').then_some("probabilities with a decimal comma")));
    }
    let is_blown_up = number.fract() == 0.0 && number >= 1000.0 && is_share(number / 1e9);
    is_blown_up.then_some((
        number / 1e9,
        Some("probabilities that a spreadsheet took for thousands, as 666666667 for 0.666666667"),
    ))
}

fn voice(word: &str) -> Result<Option<Voice>, String> {
    match word.to_lowercase().as_str() {
        "" => Ok(None),
        "own" => Ok(Some(Voice::Own)),
        "attributed" => Ok(Some(Voice::Source(None))),
        _ => Err(format!("voice is \"{word}\"; expected own or attributed")),
    }
}

fn stance(word: &str) -> Result<Option<Stance>, String> {
    let known = [Stance::Favor, Stance::Against, Stance::Neutral];
    let found = known.into_iter().find(|stance| stance.as_str().eq_ignore_ascii_case(word));
    match found {
        None if !word.is_empty() => Err(format!("stance is \"{word}\"; expected favor, against or neutral")),
        found => Ok(found),
    }
}

/// Brings values of any kind to one spelling: of what was coded with nothing but words for yes and no to 1 and 0, else
/// numbers as numbers. A code for missing values beside nothing but 1 and 0 (-9, 99) is no category: such cells are left
/// out and told.
pub(super) fn settle_values(found: &mut HandCodings) {
    let is_clear = |coding: &HandCoding| matches!(presence(&coding.value), Presence::Present | Presence::Absent);
    let mut is_binary: BTreeMap<String, bool> = BTreeMap::new();
    for coding in &found.codings {
        *is_binary.entry(coding.frame.clone()).or_insert(true) &= is_clear(coding) || is_missing_code(&coding.value);
    }
    let mut codes: BTreeMap<(String, String), usize> = BTreeMap::new();
    found.codings.retain(|coding| {
        let is_kept = is_clear(coding) || !is_binary[&coding.frame];
        *codes.entry((coding.frame.clone(), coding.value.clone())).or_default() += usize::from(!is_kept);
        is_kept
    });
    let told = codes.iter().filter(|(_, count)| **count > 0).map(|((frame, code), count)| {
        format!("\"{frame}\": {code} beside 1 and 0 is taken for a missing value (cells: {count})")
    });
    found.notes.extend(told);
    for coding in &mut found.codings {
        coding.value = match presence(&coding.value) {
            Presence::Present if is_binary[&coding.frame] => "1".to_owned(),
            Presence::Absent if is_binary[&coding.frame] => "0".to_owned(),
            _ => plain_value(&coding.value),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_survive_a_spreadsheet() {
        for (cell, expected) in [
            ("0.666666667", Some(0.666_666_667)),
            ("66,7 %", Some(0.667)),
            ("150%", None),
            ("0,666666667", Some(0.666_666_667)),
            ("666666667", Some(0.666_666_667)),
            ("6,66666667E-01", Some(0.666_666_667)),
            ("1.000000000", Some(1.0)),
            ("1000000000", Some(1.0)),
            ("1E+09", Some(1.0)),
            ("50000000", Some(0.05)),
            ("1", Some(1.0)),
            ("0", None),
            ("-0.5", None),
            ("1.5", None),
            ("2000000000", None),
            ("12", None),
            ("half", None),
        ] {
            let found = probability(cell).map(|(share, _)| share);
            let close = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-12,
                (found, expected) => found == expected,
            };
            assert!(close, "{cell:?}: {found:?}, not {expected:?}");
        }
    }
}
