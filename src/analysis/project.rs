//! A study, opened: its file and codebook read and checked. What was learnt for it is [`Learnt`](crate::analysis::Learnt).

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::{file_name, files_in, place, resolved, spare, spare_strangers};
use crate::analysis::reference::ReferenceList;
use crate::analysis::vectors::VectorFile;
use crate::codebook::{self, Codebook, unknown_word};
use crate::compare::Plan;
use crate::corpus::{self, Corpus, CorpusError, Needs, read_text};
use crate::encoder::SentenceVectors;
use crate::learning::Fingerprint;
use crate::model::{CompareSettings, CorpusSettings, KeynessSettings, ReferenceWords, Study, sha256};
use crate::report::{
    Input, InputRole, Manifest, NotebookSource, ReportError, metadata_columns, recover, strangers_to_run,
};
use crate::study;
use crate::text::Language;

/// Endings of articles that are named where a study file is asked for.
const TABLE_ENDINGS: [&str; 6] = ["csv", "tsv", "tab", "json", "jsonl", "ndjson"];

/// What every analysis of a study begins with.
pub struct Project {
    /// The study file as the user named it.
    pub name: String,
    /// The folder that paths in it are relative to.
    pub folder: PathBuf,
    /// What the study file says.
    pub study: Study,
    /// Frames and rules.
    pub codebook: Codebook,
    /// Where results go.
    pub output: PathBuf,
    /// Whether that is another place than the study names.
    pub is_elsewhere: bool,
    /// Study file, codebook, sentence vectors, a scorer that was learnt before and word frequencies, for the manifest.
    pub inputs: Vec<Input>,
    /// Sentence vectors; `None` where the study names none, or they are not written yet.
    pub vectors: Option<VectorFile>,
    /// Frequencies of words elsewhere; `None` where the study names none.
    pub reference: Option<ReferenceWords>,
}

impl Project {
    /// Reads the study file at `path` and the codebook it names. Results go to `output`, else where the study says; what a
    /// killed run had begun to put there is finished first.
    ///
    /// # Errors
    /// When either cannot be read or has a mistake in it, or results cannot be moved into place.
    pub fn open(path: &Path, output: Option<&Path>) -> Result<Self, AnalysisError> {
        let name = path.display().to_string();
        let text = read_text(path).map_err(|error| no_study(path, error))?;
        let study = study::parse(&text, &name).map_err(|error| match path.extension() {
            Some(ending) if TABLE_ENDINGS.iter().any(|table| ending.eq_ignore_ascii_case(table)) => {
                AnalysisError::NoStudyFile { path: path.to_path_buf() }
            }
            _ => error.into(),
        })?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let is_elsewhere = output.is_some();
        let output = output.map_or_else(|| folder.join(&study.output), Path::to_path_buf);
        // Before anything is read: every command that follows looks at results of one run, not at half of two.
        recover(&output)?;
        let codebook_path = folder.join(&study.codebook);
        let codebook_text = read_text(&codebook_path).map_err(|error| match error {
            CorpusError::Io { path, source } if source.kind() == ErrorKind::NotFound => {
                AnalysisError::NoCodebook { study: name.clone(), codebook: path }
            }
            error => error.into(),
        })?;
        let codebook = codebook::parse(&codebook_text, &codebook_path.display().to_string())?;
        let vectors = match &study.vectors {
            Some(path) => VectorFile::read(&folder.join(path), &recorded(path))?,
            None => None,
        };
        let mut inputs = vec![
            Input::new(InputRole::Study, file_name(path), text.as_bytes()),
            Input::new(InputRole::Codebook, recorded(&study.codebook), codebook_text.as_bytes()),
        ];
        inputs.extend(vectors.iter().map(|file| file.input.clone()));
        if let Some(path) = &study.scorer_file {
            let text = read_text(&folder.join(path))?;
            inputs.push(Input::new(InputRole::Scorer, recorded(path), text.as_bytes()));
        }
        let list = match &study.keyness.reference {
            Some(path) => {
                Some(ReferenceList::read(&folder.join(path), &recorded(path), Language::of(&codebook.language))?)
            }
            None => None,
        };
        inputs.extend(list.iter().map(|list| list.input.clone()));
        let reference = list.map(|list| list.words);
        Ok(Self { name, folder, study, codebook, output, is_elsewhere, inputs, vectors, reference })
    }

    /// Refuses results that would take the place of a file that the study reads, human codings and labels from outside among them.
    ///
    /// # Errors
    /// When one of `outputs` is such a file.
    pub(super) fn spare_inputs(&self, outputs: impl IntoIterator<Item = PathBuf>) -> Result<(), AnalysisError> {
        spare(outputs, self.all_inputs())
    }

    fn all_inputs(&self) -> Vec<PathBuf> {
        let codings = self.study.codings.iter().chain(&self.study.labels).map(|path| self.folder.join(path));
        self.materials().into_iter().chain(codings).collect()
    }

    /// Refuses a run whose results would take the place of a file that no run wrote.
    ///
    /// # Errors
    /// When there is one in the output folder.
    pub fn spare_strangers(&self) -> Result<(), AnalysisError> {
        self.spare_others(strangers_to_run(&self.output, &self.study.tables))
    }

    /// Refuses to replace these files that no run wrote, but for inputs, which are refused as such.
    ///
    /// # Errors
    /// When there is one.
    pub(super) fn spare_others(&self, strangers: Vec<PathBuf>) -> Result<(), AnalysisError> {
        spare_strangers(strangers, || self.all_inputs())
    }

    /// What the study reads beside codings and labels: the study file, the codebook, a scorer, word frequencies and the articles.
    pub(super) fn materials(&self) -> Vec<PathBuf> {
        // Table by table: where the articles of one are gone, those of the others are still to be spared.
        let corpora = self.study.corpus.iter().map(std::slice::from_ref);
        let found = corpora.filter_map(|one| corpus::open(&self.folder, one, self.needs()).ok());
        let articles = found.flat_map(|corpus| corpus.paths().map(Path::to_path_buf).collect::<Vec<_>>());
        let others = self.study.scorer_file.iter().chain(&self.study.keyness.reference);
        let others = others.map(|path| self.folder.join(path));
        let own = [PathBuf::from(&self.name), self.folder.join(&self.study.codebook)];
        own.into_iter().chain(others).chain(articles).collect()
    }

    /// Names of other study files in this one's folder whose results go to the same place, so that one replaces the other's.
    #[must_use]
    pub fn rivals(&self) -> Vec<String> {
        let (own, output) = (place(Path::new(&self.name)), resolved(&self.output));
        let goes_there = |path: &PathBuf| {
            let study = read_text(path).ok().and_then(|text| study::parse(&text, &file_name(path)).ok());
            study.is_some_and(|study| resolved(&self.folder.join(&study.output)) == output)
        };
        let others = files_in(&self.folder, "toml").into_iter().filter(|path| place(path) != own);
        others.filter(goes_there).map(|path| file_name(&path)).collect()
    }

    /// Refuses to go on without the vectors that the study names.
    ///
    /// # Errors
    /// When they are not written yet.
    pub(super) fn needs_vectors(&self) -> Result<(), AnalysisError> {
        match (&self.study.vectors, &self.vectors) {
            (Some(path), None) => Err(AnalysisError::NoVectors { file: self.folder.join(path).display().to_string() }),
            _ => Ok(()),
        }
    }

    /// What scorers take of the vectors.
    pub(super) fn shared_vectors(&self) -> Option<Arc<SentenceVectors>> {
        self.vectors.as_ref().map(|file| Arc::clone(&file.vectors))
    }

    /// The corpus, its files found and none read yet.
    ///
    /// # Errors
    /// When a file is not there or of no known kind.
    pub fn corpus(&self) -> Result<Corpus, AnalysisError> {
        self.corpus_of(&self.study.corpus)
    }

    /// The same of some of the study's tables.
    pub(super) fn corpus_of(&self, tables: &[CorpusSettings]) -> Result<Corpus, AnalysisError> {
        Ok(corpus::open(&self.folder, tables, self.needs())?)
    }

    /// What is to be compared.
    ///
    /// # Errors
    /// When a contrast names a frame that the codebook does not have.
    pub fn plan(&self) -> Result<Plan, AnalysisError> {
        Plan::new(self.frames(), self.study.compare.clone(), self.study.seed)
            .map(|plan| plan.with_source_groups(self.source_groups()))
            .map_err(|error| AnalysisError::Plan { file: self.name.clone(), error })
    }

    /// Refuses `[groups]` that name what no document has in the column compared by: they would silently merge less than
    /// they say.
    ///
    /// # Errors
    /// The first name that is not among `values`, with the nearest; and a group that has the name of a value outside of it.
    pub(super) fn check_groups<'v>(&self, values: impl Iterator<Item = &'v str>) -> Result<(), AnalysisError> {
        let (settings, known) = (&self.study.compare, values.collect::<Vec<_>>());
        for (group, members) in &settings.groups {
            let unknown = members.iter().find(|member| !known.contains(&member.as_str()));
            let message = if let Some(member) = unknown {
                let what = format!("{} \"{member}\" in the group \"{group}\" of [groups]", settings.by);
                unknown_word(&what, member, &known)
            } else if known.contains(&group.as_str()) && !members.contains(group) {
                format!(
                    "\"{group}\" in [groups] is a value of {} too; list it in the group, or rename the group",
                    settings.by
                )
            } else {
                continue;
            };
            return Err(AnalysisError::Groups { study: self.name.clone(), message });
        }
        Ok(())
    }

    /// SHA-256 of the settings that decide which documents there are, which group each is in, which frames are merged and whose
    /// words are compared; other settings may change without a new coding.
    pub(super) fn document_settings(&self) -> String {
        self.document_settings_by(&self.study.compare.by)
    }

    fn document_settings_by(&self, by: &str) -> String {
        let groups = &self.study.compare.groups;
        // Values of a column are recorded as the groups that they make, and key terms are those of groups. Outlets without groups have
        // nothing here, as earlier versions had it.
        let groups = if by == "outlet" && groups.is_empty() { None } else { Some(groups) };
        // Said only where it is asked for, as results of earlier versions ask for nothing.
        let keyness = Some(&self.study.keyness).filter(|asked| **asked != KeynessSettings::default());
        let frames = &self.study.compare.frame_groups;
        let frames = if frames.is_empty() { String::new() } else { format!(" {frames:?}") };
        sha256(format!("{:?} {by:?} {groups:?} {keyness:?}{frames}", self.study.corpus).as_bytes())
    }

    /// Refuses to go on from results that compare by another column than the study does now: groups of the one would pass for those of
    /// the other.
    ///
    /// # Errors
    /// When only that has changed of what decides the documents.
    pub(super) fn refuse_other_groups(&self, manifest: &Manifest) -> Result<(), AnalysisError> {
        let by = &self.study.compare.by;
        if manifest.documents.is_empty() || manifest.documents == self.document_settings() {
            return Ok(());
        }
        // The manifest has a checksum of the settings, which only the column of that time gives again.
        let columns = metadata_columns(&self.output).into_iter().chain(["outlet".to_owned()]);
        let Some(then) = columns.into_iter().find(|then| self.document_settings_by(then) == manifest.documents) else {
            return Ok(());
        };
        let (results, study) = (self.output.display(), &self.name);
        let message = format!(
            "{results}: compared by {then}, and {study} says by = \"{by}\"; run parallax run {study}, or write by = \"{then}\" again"
        );
        Err(AnalysisError::Documents { message })
    }

    /// The manifest of the results that a command begins with.
    ///
    /// # Errors
    /// When there are none, or they cannot be read.
    pub(super) fn results(&self) -> Result<Manifest, AnalysisError> {
        match Manifest::read(&self.output) {
            Err(ReportError::NoManifest(_)) if self.is_elsewhere => Err(AnalysisError::NoResultsElsewhere {
                study: self.name.clone(),
                output: self.output.clone(),
                own: self.folder.join(&self.study.output),
            }),
            manifest => Ok(manifest?),
        }
    }

    /// The study file by the name that results give it.
    pub(super) fn study_file(&self) -> &str {
        self.inputs.iter().find(|input| input.role == InputRole::Study).map_or("", |input| &input.path)
    }

    /// The codebook by name and content.
    pub(super) fn codebook_fingerprint(&self) -> Option<Fingerprint> {
        let input = self.inputs.iter().find(|input| input.role == InputRole::Codebook)?;
        Some(Fingerprint { file: input.path.clone(), sha256: input.sha256.clone() })
    }

    /// What notebooks are made of that read a comparison with these settings.
    pub(super) const fn notebooks<'a>(&'a self, compare: &'a CompareSettings) -> NotebookSource<'a> {
        NotebookSource { study: &self.study, compare, codebook: &self.codebook }
    }

    /// Ids of the codebook's frames.
    #[must_use]
    pub fn frames(&self) -> Vec<String> {
        self.codebook.frames.iter().map(|frame| frame.id.clone()).collect()
    }

    /// What people call these frames, in the same order.
    #[must_use]
    pub(super) fn frame_titles(&self) -> Vec<String> {
        self.codebook.frames.iter().map(|frame| frame.label.clone()).collect()
    }

    /// Ids of the codebook's groups of sources.
    fn source_groups(&self) -> Vec<String> {
        self.codebook.sources.iter().map(|group| group.id.clone()).collect()
    }

    /// Ids of the codebook's rules.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        self.codebook.rules.iter().map(|rule| rule.id.clone()).collect()
    }

    /// Place of the rule with this id in the codebook.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn rule(&self, id: &str) -> Result<usize, AnalysisError> {
        self.place_of("rule", id, &self.rules())
    }

    /// Place of the frame with this id in the codebook.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn frame(&self, id: &str) -> Result<usize, AnalysisError> {
        self.place_of("frame", id, &self.frames())
    }

    fn place_of(&self, what: &str, id: &str, known: &[String]) -> Result<usize, AnalysisError> {
        known.iter().position(|one| one == id).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            let file = self.folder.join(&self.study.codebook).display().to_string();
            AnalysisError::Unknown { file, message: unknown_word(&format!("{what} \"{id}\""), id, &names) }
        })
    }

    /// What each record must have.
    pub(super) fn needs(&self) -> Needs {
        let compare = &self.study.compare;
        // Stories are found, where the corpus does not name them.
        let asked = compare.columns().into_iter().chain(self.study.keyness.columns());
        let columns = asked.filter(|column| *column != CompareSettings::STORY).map(str::to_owned).collect();
        let within = compare.within.clone();
        Needs { by: compare.by.clone(), date: compare.period.is_some(), columns, within }
    }
}

/// What to say of a codebook that has no rule, or none for some frames: their shares can only be 0.
#[must_use]
pub fn without_rules(codebook: &Codebook) -> Option<String> {
    let has_rule = |frame: usize| codebook.rules.iter().any(|rule| rule.frame == frame);
    let bare: Vec<&str> = codebook
        .frames
        .iter()
        .enumerate()
        .filter(|(frame, _)| !has_rule(*frame))
        .map(|(_, frame)| &frame.id[..])
        .collect();
    match bare.len() {
        0 => None,
        _ if codebook.rules.is_empty() => {
            Some("The codebook has no [[rule]], so no sentence can carry a frame and every share is 0".to_owned())
        }
        1 => Some(format!("No rule for the frame {}, so its shares are 0", bare[0])),
        2..=5 => Some(format!("No rules for the frames {}, so their shares are 0", bare.join(", "))),
        more => Some(format!("No rules for {more} frames, so their shares are 0: {}, ...", bare[..5].join(", "))),
    }
}

fn no_study(path: &Path, error: CorpusError) -> AnalysisError {
    match &error {
        CorpusError::Io { source, .. } if source.kind() == ErrorKind::NotFound => {
            AnalysisError::NoStudy { path: path.to_path_buf() }
        }
        CorpusError::Io { .. } if path.is_dir() => AnalysisError::StudyIsFolder { path: path.to_path_buf() },
        _ => error.into(),
    }
}

/// A path of the study file as results may hold it: of one that begins at the root of a machine only the last part.
fn recorded(path: &str) -> String {
    // A path from the root names the user and the machine, and differs between two that run the same study.
    if Path::new(path).is_absolute() { file_name(Path::new(path)) } else { path.to_owned() }
}
