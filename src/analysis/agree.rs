//! How far human coders agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::analysis::adjudication::{ADJUDICATION, write_adjudication};
use crate::analysis::error::AnalysisError;
use crate::analysis::labels;
use crate::analysis::misnumbered::leave_out_misnumbered;
use crate::analysis::paths::{place, spare, spare_strangers};
use crate::analysis::project::Project;
use crate::analysis::watch::Watcher;
use crate::corpus::{CodingScope, HandCodings, read_hand_codings};
use crate::model::HandCoding;
use crate::report::{
    AGREEMENTS, DISAGREEMENTS, Staging, counted, recover, strangers, write_all_codings, write_reliability,
};
use crate::study::have_same_words;
use crate::validate::{Reliability, agreement_with_labels, intercoder_reliability};

/// The study that is meant where none is named.
const STUDY: &str = "study.toml";

/// Fewest codings of a frame among which a value that stands once is told.
const FEWEST_CODINGS: usize = 20;

/// What is asked of codings.
#[derive(Clone, Copy, Debug)]
pub struct AgreementRequest<'a> {
    /// Files of codings; all are compared with each other.
    pub files: &'a [PathBuf],
    /// Whose codebook says what a frame is.
    pub study: Option<&'a Path>,
    /// Columns that hold codings, where not every unknown column does.
    pub labels: &'a [String],
    /// Folder of the tables.
    pub folder: &'a Path,
}

/// How far coders agree, and what was read for it.
#[derive(Debug)]
pub struct CoderAgreement {
    /// By frame and pair of coders.
    pub reliability: Reliability,
    /// The codings of all files, and what was left out of them.
    pub codings: HandCodings,
    /// Who labelled from outside, where the study names labels.
    pub labeller: Option<String>,
    /// Whether there is a page to settle disagreements on: there are some, and the study that they are of is known.
    pub has_page: bool,
}

/// Compares the codings and writes agreement.csv, disagreements.csv and all codings in one table.
///
/// # Errors
/// When a file cannot be read or written, or no unit was coded by two coders.
pub fn agree(request: &AgreementRequest<'_>, watcher: &dyn Watcher) -> Result<CoderAgreement, AnalysisError> {
    let AgreementRequest { files, folder, .. } = *request;
    recover(folder)?;
    let (mut codings, project) = read(request)?;
    let inputs = || files.iter().cloned().chain(project.iter().flat_map(Project::materials)).collect();
    spare_strangers(strangers(folder, &AGREEMENTS, &[ADJUDICATION.to_owned()]), inputs)?;
    spare_settled(files, folder, &codings.codings)?;
    if let Some(project) = &project {
        codings.notes.extend(leave_out_other_numbers(project, &mut codings.codings, "coding", watcher)?);
    }
    codings.notes.extend(leave_out_other_words(&mut codings.codings));
    codings.notes.extend(odd_values(&codings.codings));
    let mut reliability = intercoder_reliability(&codings.codings).ok_or_else(|| nothing_shared(files, &codings))?;
    let labels =
        project.as_ref().map_or(Ok(Vec::new()), |project| comparable_labels(project, &mut codings, watcher))?;
    reliability.agreements.extend(agreement_with_labels(&codings.codings, &labels));
    let mut staging = Staging::begin_beside(folder)?;
    write_reliability(&mut staging, &reliability)?;
    write_all_codings(&mut staging, &codings.codings)?;
    let has_page = match &project {
        None => false,
        Some(project) => adjudicate(&mut staging, project, &reliability, &mut codings, watcher)?,
    };
    // Disagreements that were adjudicated are codings now. But codings that the study names are not read here, and those of
    // all coders together may be renewed.
    let materials = project.iter().flat_map(Project::materials);
    spare(staging.destinations(), files.iter().cloned().chain(materials))?;
    staging.commit()?;
    let labeller = labels.into_iter().next().map(|label| label.coder);
    Ok(CoderAgreement { reliability, codings, labeller, has_page })
}

/// Refuses to replace disagreements that somebody has settled since they were written, but where all that was settled is among the
/// codings compared. Where the file is compared itself it is refused as an input.
fn spare_settled(files: &[PathBuf], folder: &Path, compared: &[HandCoding]) -> Result<(), AnalysisError> {
    let path = folder.join(DISAGREEMENTS.file);
    if !path.is_file() || files.iter().any(|file| place(file) == place(&path)) {
        return Ok(());
    }
    let known: BTreeSet<_> = compared.iter().map(told).collect();
    match read_hand_codings(std::slice::from_ref(&path), CodingScope::default()) {
        Ok(found) if !found.codings.iter().all(|coding| known.contains(&told(coding))) => {
            Err(AnalysisError::SettledDisagreements { path })
        }
        _ => Ok(()),
    }
}

/// Who says what of which unit.
fn told(coding: &HandCoding) -> (&str, Option<usize>, &str, &str, &str) {
    let HandCoding { document, sentence, frame, value, coder, .. } = coding;
    (document, *sentence, frame, value, coder)
}

/// The labels from outside that the study names, but those of other words than the coders had before them: they are of another
/// sentence.
fn comparable_labels(
    project: &Project,
    codings: &mut HandCodings,
    watcher: &dyn Watcher,
) -> Result<Vec<HandCoding>, AnalysisError> {
    let mut labels = labels::as_codings(project, |labels| {
        codings.notes.extend(leave_out_other_numbers(project, labels, "label", watcher)?);
        Ok(())
    })?;
    let mut words: BTreeMap<(&str, Option<usize>), &str> = BTreeMap::new();
    for coding in codings.codings.iter().filter(|coding| !coding.text.trim().is_empty()) {
        words.insert((&coding.document, coding.sentence), &coding.text);
    }
    let read = labels.len();
    labels.retain(|label| {
        let text = words.get(&(&label.document[..], label.sentence));
        text.is_none_or(|text| label.text.trim().is_empty() || have_same_words(text, &label.text))
    });
    let other_words = read - labels.len();
    if other_words > 0 {
        let count = counted(other_words as u64, "label");
        codings.notes.push(format!("{count} of other words than the coders had before them: not compared"));
    }
    Ok(labels)
}

/// Leaves out codings, or whatever `noun` says, without words whose numbers are not the corpus's: beside those of another coder
/// they would be of another sentence. Where the corpus is gone they are taken as they are, and this is said.
fn leave_out_other_numbers(
    project: &Project,
    codings: &mut Vec<HandCoding>,
    noun: &str,
    watcher: &dyn Watcher,
) -> Result<Vec<String>, AnalysisError> {
    match leave_out_misnumbered(project, codings, noun, watcher) {
        Err(AnalysisError::Corpus(failure)) => Ok(vec![format!(
            "sentence numbers of {noun}s without words are taken as they are, as the corpus cannot be read: {failure}"
        )]),
        other => other,
    }
}

/// Writes the page on which disagreements are settled. Agreement can be had without the corpus, so where that is gone this
/// is said and no more.
fn adjudicate(
    staging: &mut Staging,
    project: &Project,
    reliability: &Reliability,
    codings: &mut HandCodings,
    watcher: &dyn Watcher,
) -> Result<bool, AnalysisError> {
    match write_adjudication(staging, project, &reliability.disagreements, &codings.codings, watcher) {
        Err(AnalysisError::Corpus(failure)) => {
            codings.notes.push(format!("No {ADJUDICATION}, as the corpus cannot be read: {failure}"));
            Ok(false)
        }
        other => other,
    }
}

/// The codings of the frames of the study that is named, else of that in the working folder if the files are about its
/// frames, else of every column that is not known to hold something else.
fn read(request: &AgreementRequest<'_>) -> Result<(HandCodings, Option<Project>), AnalysisError> {
    let AgreementRequest { files, study, labels, .. } = *request;
    let here = Path::new(STUDY);
    let (path, is_named) = match study {
        Some(path) => (path, true),
        None => (here, false),
    };
    let any = |notes: Vec<String>| -> Result<(HandCodings, Option<Project>), AnalysisError> {
        let mut found = read_hand_codings(files, CodingScope { labels, ..CodingScope::default() })?;
        found.notes.extend(notes);
        Ok((found, None))
    };
    if !is_named && (!labels.is_empty() || !here.is_file()) {
        return any(Vec::new());
    }
    let project = match Project::open(path, None) {
        Ok(project) => project,
        Err(failure) if is_named => return Err(failure),
        Err(failure) => return any(vec![format!("{STUDY} here does not say what the frames are: {failure}")]),
    };
    let (frames, titles) = (project.frames(), project.frame_titles());
    let scope = CodingScope { frames: Some(&frames), titles: &titles, labels, is_external: false };
    match read_hand_codings(files, scope) {
        Ok(found) if is_named || !found.codings.is_empty() => Ok((found, Some(project))),
        Err(failure) if is_named => Err(failure.into()),
        _ => any(vec![format!("no frame of {STUDY} here is in the files, so every column that may be one is taken")]),
    }
}

/// Leaves out units that coders saw other words of: the number is the same, the sentence is not.
fn leave_out_other_words(codings: &mut Vec<HandCoding>) -> Option<String> {
    let mut words: BTreeMap<(String, Option<usize>), &str> = BTreeMap::new();
    let mut other: BTreeSet<(String, Option<usize>)> = BTreeSet::new();
    for coding in codings.iter().filter(|coding| !coding.text.trim().is_empty()) {
        let unit = (coding.document.clone(), coding.sentence);
        match words.get(&unit) {
            Some(first) if !have_same_words(first, &coding.text) => {
                other.insert(unit);
            }
            Some(_) => {}
            None => {
                words.insert(unit, &coding.text);
            }
        }
    }
    let (document, sentence) = other.first()?.clone();
    let count = counted(other.len() as u64, "unit");
    codings.retain(|coding| !other.contains(&(coding.document.clone(), coding.sentence)));
    let unit = sentence.map_or_else(String::new, |sentence| format!("sentence {sentence} of "));
    Some(format!("{count} left out, as the coders had other words before them; the first is {unit}\"{document}\""))
}

/// What to say of words that stand once among many for a frame: "1?", "maybe". Each counts as a category of its own. Of numbers, as
/// on a scale, any may stand once.
fn odd_values(codings: &[HandCoding]) -> Vec<String> {
    let mut uses: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for HandCoding { frame, value, coder, .. } in codings.iter().filter(|coding| !coding.value.is_empty()) {
        uses.entry(frame).or_default().entry(value).or_default().push(coder);
    }
    uses.retain(|_, values| values.values().map(Vec::len).sum::<usize>() >= FEWEST_CODINGS);
    uses.into_iter()
        .filter_map(|(frame, values)| {
            let once = values.iter().filter(|(value, coders)| coders.len() == 1 && value.parse::<f64>().is_err());
            let odd: Vec<String> = once.map(|(value, coders)| format!("\"{value}\" ({})", coders[0])).collect();
            let each = if odd.len() == 1 {
                "stands once, a category of its own"
            } else {
                "stand once each, categories of their own"
            };
            (!odd.is_empty()).then(|| {
                format!(
                    "{frame}: {} {each}; where that is no answer, settle it or leave the cell empty",
                    odd.join(", ")
                )
            })
        })
        .collect()
}

fn nothing_shared(files: &[PathBuf], codings: &HandCodings) -> AnalysisError {
    let coders = codings.coders();
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let coders = match &coders[..] {
        [] => "there is no coding".to_owned(),
        [one] => format!("there is only \"{one}\""),
        several => format!("the coders {}", several.join(", ")),
    };
    let left_out = codings.excluded.first().map_or_else(String::new, |first| {
        let count = counted(codings.excluded.len() as u64, "coding");
        format!(
            "; {count} left out, the first in {}, record {}: {}",
            first.origin.file, first.origin.record, first.detail
        )
    });
    // That a coder seems to count otherwise is the likeliest reason why nothing is shared.
    let left_out = codings.notes.iter().fold(left_out, |all, note| format!("{all}; {note}"));
    AnalysisError::NothingShared { files: files.join(", "), coders: coders + &left_out }
}
