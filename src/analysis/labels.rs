//! The labels from outside that a study names: of a language model, another classifier, a crowd.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::analysis::codings::{inputs, mend_ids, of_left_out, of_reading, spare};
use crate::analysis::error::AnalysisError;
use crate::analysis::misnumbered::leave_out_misnumbered;
use crate::analysis::project::Project;
use crate::analysis::walk::{each_of, each_record};
use crate::analysis::watch::Watcher;
use crate::corpus::{CodingScope, HandCodings, Record, read_hand_codings};
use crate::model::{HandCoding, Unit, VoiceFilter};
use crate::report::{Input, InputRole, counted};
use crate::study::{ExternalLabels, LostDocuments};

/// Labels from outside, and what was wrong on the way.
#[derive(Debug)]
pub struct StudyLabels {
    /// By document, ready to code with.
    pub labels: ExternalLabels,
    /// Their files, for the manifest.
    pub inputs: Vec<Input>,
    /// What the user should know of them.
    pub notes: Vec<String>,
}

/// Labels that are of documents of the corpus, as a bundle holds them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SoundLabels {
    name: String,
    unit: Unit,
    codings: Vec<HandCoding>,
    inputs: Vec<Input>,
    notes: Vec<String>,
}

impl SoundLabels {
    /// Reads the labels of a study and finds the documents they are of; `None` of a study that names none.
    ///
    /// # Errors
    /// When the labels or the corpus cannot be read, or they do not fit what is compared.
    pub(super) fn of(project: &Project, watcher: &dyn Watcher) -> Result<Option<Self>, AnalysisError> {
        if project.study.labels.is_empty() {
            return Ok(None);
        }
        let mut found = read(project)?;
        let mut notes = of_reading(&found, "label");
        let inputs = inputs(project, &found, InputRole::Labels, &project.study.labels);
        let known = find_documents(project, &mut found.codings, &mut notes, watcher)?;
        found.codings.retain(|coding| known.contains(&coding.document));
        notes.extend(leave_out_misnumbered(project, &mut found.codings, "label", watcher)?);
        let name = labeller(project, &found);
        let unit = unit(project, &found.codings, &mut notes)?;
        Ok(Some(Self { name, unit, codings: found.codings, inputs, notes }))
    }
}

impl StudyLabels {
    /// Reads the labels of a study; `None` of one that names none.
    ///
    /// # Errors
    /// As [`SoundLabels::of`], and when no label can be used.
    pub(super) fn of(project: &Project, watcher: &dyn Watcher) -> Result<Option<Self>, AnalysisError> {
        SoundLabels::of(project, watcher)?.map(|sound| Self::new(project, sound)).transpose()
    }

    /// Makes them ready to code with.
    ///
    /// # Errors
    /// When no label can be used.
    pub(super) fn new(project: &Project, sound: SoundLabels) -> Result<Self, AnalysisError> {
        let SoundLabels { name, unit, codings, inputs, mut notes } = sound;
        let labels = ExternalLabels::new(name, &project.codebook, codings, unit);
        let files = || project.study.labels.join(", ");
        if labels.complete_units() == 0 {
            return Err(AnalysisError::NoUsableLabel { files: files(), notes });
        }
        if !labels.has_absences() {
            return Err(AnalysisError::OnlyHits { files: files() });
        }
        notes.insert(0, tally(project, &labels));
        notes.extend(undecided(&labels));
        Ok(Self { labels, inputs, notes })
    }

    /// Ids of the frames that the labels cover, and of those that they lack.
    #[must_use]
    pub fn frames<'p>(&self, project: &'p Project) -> [Vec<&'p str>; 2] {
        let places = 0..project.codebook.frames.len();
        let (covered, others): (Vec<usize>, Vec<usize>) = places.partition(|it| self.labels.frames.contains(it));
        [ids(project, &covered), ids(project, &others)]
    }
}

/// Reads the labels of a study for the frames of its codebook.
///
/// # Errors
/// When a file cannot be read, or is one that a run writes.
pub(super) fn read(project: &Project) -> Result<HandCodings, AnalysisError> {
    let paths: Vec<PathBuf> = project.study.labels.iter().map(|name| project.folder.join(name)).collect();
    spare(project, &paths)?;
    let (frames, titles) = (project.frames(), project.frame_titles());
    let scope = CodingScope { frames: Some(&frames), titles: &titles, is_external: true, ..CodingScope::default() };
    Ok(read_hand_codings(&paths, scope)?)
}

/// The labels of a study as the codings of one more coder, to be held against people's, once `sound` has left out what cannot
/// be compared; empty of a study that names none.
///
/// # Errors
/// As [`read`], and those of `sound`.
pub(super) fn as_codings(
    project: &Project,
    sound: impl FnOnce(&mut Vec<HandCoding>) -> Result<(), AnalysisError>,
) -> Result<Vec<HandCoding>, AnalysisError> {
    if project.study.labels.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = read(project)?;
    sound(&mut found.codings)?;
    let coder = format!("{} (labels)", labeller(project, &found));
    let of_unit = |unit| ExternalLabels::new(coder.clone(), &project.codebook, found.codings.clone(), unit);
    let units = [Unit::Sentence, Unit::Document].map(of_unit);
    Ok(units.iter().flat_map(|labels| labels.as_codings(&project.codebook, &coder)).collect())
}

/// Who labelled: the one coder that the files name, else the first file's name.
pub(super) fn labeller(project: &Project, found: &HandCodings) -> String {
    match &found.coders()[..] {
        [one] => (*one).to_owned(),
        several => {
            let first = project.study.labels.first().map(|name| Path::new(name).file_stem().unwrap_or_default());
            format!("{} ({} coders)", first.unwrap_or_default().to_string_lossy(), several.len())
        }
    }
}

/// What the labels are of: of documents only where the study compares these and some are labelled as a whole.
fn unit(project: &Project, codings: &[HandCoding], notes: &mut Vec<String>) -> Result<Unit, AnalysisError> {
    let whole = codings.iter().filter(|coding| coding.sentence.is_none()).count();
    let files = project.study.labels.join(", ");
    let (used, other) = match project.study.compare.unit {
        Unit::Document if whole > 0 => (Unit::Document, codings.len() - whole),
        _ if whole == codings.len() && whole > 0 => return Err(AnalysisError::LabelsOfDocuments { files }),
        _ => (Unit::Sentence, whole),
    };
    if other > 0 {
        let count = counted(other as u64, "label");
        let kind = if used == Unit::Document { "single sentences" } else { "whole documents" };
        notes.push(format!("{count} of {kind} are not used, since {}s are labelled as well", used.as_str()));
    }
    if used == Unit::Document {
        refuse_settings(project, codings, &files)?;
    }
    Ok(used)
}

/// Refuses settings that ask of whole documents what only sentences can say.
fn refuse_settings(project: &Project, codings: &[HandCoding], files: &str) -> Result<(), AnalysisError> {
    let settings = &project.study.compare;
    let refuse = |trouble, remedy| AnalysisError::WholeLabels { files: files.to_owned(), trouble, remedy };
    let is_voiceless = codings.iter().any(|coding| coding.sentence.is_none() && coding.voice.is_none());
    if settings.voice != VoiceFilter::All && is_voiceless {
        return Err(refuse(
            "do not say whose voice it is",
            "add a column voice (own or attributed), or compare all voices",
        ));
    }
    let labelled: BTreeSet<&str> =
        codings.iter().filter(|coding| coding.sentence.is_none()).map(|coding| &coding.frame[..]).collect();
    if labelled.iter().any(|frame| settings.at_least.is_given(frame)) {
        return Err(refuse("either carry a frame or not", "take at_least away, or name the frames it is for"));
    }
    Ok(())
}

/// Gives labels the corpus's own ids where a spreadsheet has changed them, and says so, and of which documents the corpus has
/// none; the ids that it has.
fn find_documents(
    project: &Project,
    codings: &mut [HandCoding],
    notes: &mut Vec<String>,
    watcher: &dyn Watcher,
) -> Result<BTreeSet<String>, AnalysisError> {
    let wanted: BTreeSet<&str> = codings.iter().map(|coding| &coding.document[..]).collect();
    let mut known = BTreeSet::new();
    each_of(project, "reading", &wanted, watcher, |document| {
        known.insert(document.id);
    })?;
    let mut lost = LostDocuments::of(codings, |id| known.contains(id));
    if lost.is_empty() {
        return Ok(known);
    }
    each_record(project, "reading", watcher, |record| {
        match record {
            Record::Excluded(_, id) => id.iter().for_each(|id| lost.leave_out(id)),
            Record::Kept(document) => drop(lost.see(&document)),
        }
        true
    })?;
    let meant = lost.found();
    notes.extend(mend_ids(codings, &meant));
    notes.extend(of_left_out(&lost, "labelled"));
    known.extend(meant.values().map(|id| (*id).to_owned()));
    let is_known = |id: &String| known.contains(id) || lost.left_out().contains(id);
    let strangers: Vec<&HandCoding> = codings.iter().filter(|coding| !is_known(&coding.document)).collect();
    if let Some(first) = strangers.first() {
        let count = counted(strangers.len() as u64, "label");
        let HandCoding { document, origin, .. } = first;
        let place = format!("{}, record {}", origin.file, origin.record);
        notes.push(format!(
            "{count} of documents that the corpus does not have; the first is of \"{document}\" ({place})"
        ));
    }
    Ok(known)
}

/// How much was labelled, by whom, and which frames were not.
fn tally(project: &Project, labels: &ExternalLabels) -> String {
    let covered = labels.frames.len() as u64;
    let units = counted(labels.complete_units() as u64, labels.unit.as_str());
    let frames = counted(covered, "frame");
    let bare = (0..project.codebook.frames.len()).filter(|place| !labels.frames.contains(place));
    let (ruled, lost): (Vec<usize>, Vec<usize>) =
        bare.partition(|place| project.codebook.rules.iter().any(|rule| rule.frame == *place));
    let told = |places: &[usize], what: &str| {
        if places.is_empty() {
            String::new()
        } else {
            format!("; none for {}, {what}", ids(project, places).join(", "))
        }
    };
    let lacking = told(&ruled, "which the rules code") + &told(&lost, "which no rule codes either: its shares are 0");
    let kind = if labels.has_probabilities { "labels with probabilities" } else { "labels" };
    // A file that names no coder is called by its own name, and that is most often labels.csv.
    let by = if labels.name == "labels" { String::new() } else { format!(" by {}", labels.name) };
    format!("{kind}{by} of {units} for {frames}{lacking}")
}

fn ids<'p>(project: &'p Project, places: &[usize]) -> Vec<&'p str> {
    places.iter().map(|place| &project.codebook.frames[*place].id[..]).collect()
}

fn undecided(labels: &ExternalLabels) -> Option<String> {
    let count = counted(labels.undecided as u64, labels.unit.as_str());
    (labels.undecided > 0)
        .then(|| format!("{count} with as many labels for a frame as against it: taken for unlabelled"))
}
