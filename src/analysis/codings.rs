//! The hand codings that a study names, as its commands need them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::analysis::error::AnalysisError;
use crate::analysis::misnumbered::of_misnumbered;
use crate::analysis::project::Project;
use crate::analysis::walk::{each_of, each_record};
use crate::analysis::watch::Watcher;
use crate::analysis::{documents, paths};
use crate::corpus::{CodingFile, CodingScope, HandCodings, Record, read_hand_codings};
use crate::learning::Fingerprint;
use crate::model::{Document, HandCoding, Subset, sha256};
use crate::report::{FileRecords, Input, InputRole, REPORTS, counted};
use crate::study::{LostDocuments, Placed, place};

/// Reads the codings of a study for the frames of its codebook.
///
/// # Errors
/// When a file cannot be read, or is one that a run writes.
pub(super) fn read(project: &Project) -> Result<HandCodings, AnalysisError> {
    let paths: Vec<PathBuf> = project.study.codings.iter().map(|name| project.folder.join(name)).collect();
    spare(project, &paths)?;
    let (frames, titles) = (project.frames(), project.frame_titles());
    let scope = CodingScope { frames: Some(&frames), titles: &titles, ..CodingScope::default() };
    Ok(read_hand_codings(&paths, scope)?)
}

pub(super) fn spare(project: &Project, files: &[PathBuf]) -> Result<(), AnalysisError> {
    paths::spare(files.iter().cloned(), REPORTS.iter().map(|report| project.output.join(report.table.file)))
}

/// The files by name and content: of one its own checksum, of several that of their checksums; `None` of none.
pub(super) fn fingerprint(files: &[Input]) -> Option<Fingerprint> {
    let names: Vec<&str> = files.iter().map(|file| &file.path[..]).collect();
    let sha256 = match files {
        [] => return None,
        [only] => only.sha256.clone(),
        several => {
            let sums: String = several.iter().map(|file| &file.sha256[..]).collect();
            sha256(sums.as_bytes())
        }
    };
    Some(Fingerprint { file: names.join(", "), sha256 })
}

/// The files for the manifest, by the names that the study has for them, which are `named`.
pub(super) fn inputs(project: &Project, found: &HandCodings, role: InputRole, named: &[String]) -> Vec<Input> {
    let input = |file: &CodingFile| Input {
        role,
        path: name_of(project, file, named),
        bytes: file.size,
        sha256: file.sha256.clone(),
        records: Some(FileRecords {
            read: file.read,
            kept: file.read.saturating_sub(file.excluded),
            excluded: file.excluded,
        }),
        notes: file.notes.clone(),
    };
    found.files.iter().map(input).collect()
}

/// The name of a file as the study writes it, since two machines that run the same study are to write the same manifest.
fn name_of(project: &Project, file: &CodingFile, named: &[String]) -> String {
    let inner = file.path.strip_prefix(&project.folder).unwrap_or(&file.path);
    let known = named.iter().find(|name| project.folder.join(name) == file.path);
    known.cloned().unwrap_or_else(|| inner.to_string_lossy().replace('\\', "/"))
}

/// The codings of a study at the sentences they are of, the documents these are in, and what was wrong on the way.
#[derive(Debug)]
pub struct StudyCodings {
    /// Each at a sentence or document of the corpus.
    pub codings: Vec<HandCoding>,
    /// The documents they are of, by id.
    pub documents: BTreeMap<String, Document>,
    /// Their files, for the manifest.
    pub inputs: Vec<Input>,
    /// What the user should know of them.
    pub notes: Vec<String>,
    /// Those of documents that the corpus does not have.
    pub(super) strangers: Vec<HandCoding>,
}

impl StudyCodings {
    /// Reads the codings and holds them against the corpus; `None` of a study that names none.
    ///
    /// # Errors
    /// When the codings or the corpus cannot be read, or no coding can be used.
    pub(super) fn of(project: &Project, watcher: &dyn Watcher) -> Result<Option<Self>, AnalysisError> {
        if project.study.codings.is_empty() {
            return Ok(None);
        }
        let mut found = read(project)?;
        let mut notes = of_reading(&found, "coding");
        if found.read() == 0 {
            notes.push("no record below the header".to_owned());
        }
        let inputs = inputs(project, &found, InputRole::Codings, &project.study.codings);
        let (documents, left_out) = coded_documents(project, &mut found, &mut notes, watcher)?;
        let mut placed = place(found.codings, &documents, &project.codebook);
        let lost: usize = placed.misnumbered.iter().map(|found| found.left_out).sum();
        let elsewhere = placed.unknown.len() + placed.other_words - placed.found_again;
        let read = placed.codings.len() + lost + elsewhere + placed.doubles;
        // Told as left out, they are not told again as codings that the corpus knows nothing of.
        placed.unknown.retain(|coding| !left_out.contains(&coding.document));
        notes.extend(of_placing(&placed, read));
        if placed.codings.is_empty() {
            return Err(AnalysisError::NoUsableCoding { files: project.study.codings.join(", "), notes });
        }
        notes.insert(0, tally(&placed.codings));
        notes.extend(documents::use_of_whole(project, &placed.codings));
        notes.extend(documents::in_dispute(project, &placed.codings));
        Ok(Some(Self { codings: placed.codings, documents, inputs, notes, strangers: placed.unknown }))
    }

    /// Refuses to learn where most codings are of documents that the corpus does not have, as where a part of it is coded:
    /// each part would learn a scorer of its own from what happens to be in it.
    ///
    /// # Errors
    /// There.
    pub(super) fn refuse_a_part(&self, project: &Project) -> Result<(), AnalysisError> {
        let (strangers, read) = (self.strangers.len(), self.strangers.len() + self.codings.len());
        // A study of a subset by its own words is no part of another: its codings may be of more than it asks about.
        let is_subset = project.study.corpus.iter().any(|settings| settings.subset != Subset::default());
        match self.strangers.first() {
            Some(first) if !is_subset && strangers * 2 > read => {
                let (study, first) = (project.name.clone(), place_of(first));
                Err(AnalysisError::CodingsOfOtherDocuments { study, strangers, read, first })
            }
            _ => Ok(()),
        }
    }
}

/// What is said of reading: how files were read, and what was left out with the first record of each file.
pub(super) fn of_reading(found: &HandCodings, noun: &str) -> Vec<String> {
    let mut notes: Vec<String> = found.notes.clone();
    for file in found.excluded.chunk_by(|a, b| a.origin.file == b.origin.file) {
        if let Some(first) = file.first() {
            let place = format!("record {}: {}", first.origin.record, first.detail);
            let count = counted(file.len() as u64, noun);
            notes.push(format!("{}: {count} left out; {}", first.origin.file, place));
        }
    }
    notes
}

/// What the first of several codings is of, and where it stands.
fn place_of(first: &HandCoding) -> String {
    let HandCoding { document, sentence, origin, .. } = first;
    let unit = sentence.map_or_else(String::new, |sentence| format!("sentence {sentence} of "));
    format!("the first is {unit}\"{document}\" ({}, record {})", origin.file, origin.record)
}

/// What is said of codings that are not at the sentence they name.
fn of_placing(placed: &Placed, read: usize) -> Vec<String> {
    let mut notes: Vec<String> = placed.misnumbered.iter().map(|found| of_misnumbered(found, "coding")).collect();
    if let Some(first) = &placed.first_other {
        let lost = placed.other_words - placed.found_again;
        let rest = match (placed.found_again, lost) {
            (0, _) => "they are left out".to_owned(),
            (_, 0) => "all were found again by their words in the same document".to_owned(),
            (again, lost) => {
                format!("{again} were found again by their words in the same document, {lost} are left out")
            }
        };
        let other = placed.other_words;
        notes.push(format!(
            "{other} of {read} codings bear other words than the sentence they name: {rest}; {}",
            place_of(first)
        ));
    }
    if placed.unnumbered > 0 {
        let count = counted(placed.unnumbered as u64, "coding");
        notes.push(format!("{count} without a sentence's number put at the sentence whose words they bear"));
    }
    if let Some(first) = placed.unknown.first() {
        let count = counted(placed.unknown.len() as u64, "coding");
        notes.push(format!("{count} not in the corpus; {}", place_of(first)));
    }
    if placed.doubles > 0 {
        let count = counted(placed.doubles as u64, "coding");
        notes.push(format!("{count} left out, since the sentence that has their words was coded by the same coder"));
    }
    notes
}

/// How many codings are used, of what, by whom.
fn tally(codings: &[HandCoding]) -> String {
    let distinct = |of: fn(&HandCoding) -> &str| codings.iter().map(of).collect::<BTreeSet<&str>>();
    let units: BTreeSet<_> = codings.iter().map(|coding| (&coding.document, coding.sentence)).collect();
    let whole = units.iter().filter(|(_, sentence)| sentence.is_none()).count();
    let kinds = [(units.len() - whole, "sentence"), (whole, "document")];
    let kinds: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count as u64, noun)).collect();
    let (coders, frames) = (distinct(|coding| &coding.coder), distinct(|coding| &coding.frame));
    let names: Vec<&str> = coders.into_iter().collect();
    format!(
        "{} of {} for {} by {}",
        counted(codings.len() as u64, "hand coding"),
        if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(" and ") },
        counted(frames.len() as u64, "frame"),
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") },
    )
}

/// The coded documents. Ids that a spreadsheet changed are mended in `found`, and codings of documents that the study leaves out
/// taken from it.
fn coded_documents(
    project: &Project,
    found: &mut HandCodings,
    notes: &mut Vec<String>,
    watcher: &dyn Watcher,
) -> Result<(BTreeMap<String, Document>, BTreeSet<String>), AnalysisError> {
    let wanted: BTreeSet<&str> = found.codings.iter().map(|coding| &coding.document[..]).collect();
    let mut documents = BTreeMap::new();
    each_of(project, "learning", &wanted, watcher, |document| {
        documents.insert(document.id.clone(), document);
    })?;
    let mut lost = LostDocuments::of(&found.codings, |id| documents.contains_key(id));
    if lost.is_empty() {
        return Ok((documents, BTreeSet::new()));
    }
    // Only now, as most codings have the corpus's own ids and need no second reading of it.
    let mut candidates = BTreeMap::new();
    each_record(project, "learning", watcher, |record| {
        match record {
            Record::Excluded(_, id) => id.iter().for_each(|id| lost.leave_out(id)),
            Record::Kept(document) => {
                if lost.see(&document) {
                    candidates.insert(document.id.clone(), document);
                }
            }
        }
        true
    })?;
    let meant = lost.found();
    notes.extend(mend_ids(&mut found.codings, &meant));
    notes.extend(of_left_out(&lost, "coded"));
    // Told as left out, they are not to be told again as codings that the corpus knows nothing of.
    found.codings.retain(|coding| !lost.left_out().contains(&coding.document));
    documents.extend(candidates.into_iter().filter(|(id, _)| meant.values().any(|meant| meant == id)));
    Ok((documents, lost.left_out().clone()))
}

/// What is said of documents that are coded, or labelled, and that the study leaves out.
pub(super) fn of_left_out(lost: &LostDocuments, done: &str) -> Option<String> {
    let first = lost.left_out().first()?;
    let count = counted(lost.left_out().len() as u64, &format!("{done} document"));
    Some(format!("{count} left out of the corpus, as excluded.csv says, and not used: the first is \"{first}\""))
}

/// Gives codings the ids that are meant, by the ids that they have; what is said of it.
pub(super) fn mend_ids(codings: &mut [HandCoding], meant: &BTreeMap<&str, &str>) -> Option<String> {
    for coding in codings {
        if let Some(id) = meant.get(&coding.document[..]) {
            (*id).clone_into(&mut coding.document);
        }
    }
    let (from, to) = meant.first_key_value()?;
    let count = counted(meant.len() as u64, "document");
    Some(format!("{count} found by number or words, as the ids are not the corpus's: the first {from} is {to}"))
}
