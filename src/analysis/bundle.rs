//! A study in one file: everything that coding asks for but the articles, so that parts of a corpus can be coded anywhere.
//!
//! What is learnt is learnt before, from the whole corpus, and so are codings and labels put at their sentences: a part could do
//! neither. Not here: coding a part (`part`) and what becomes of parts (`merge`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::labels::{SoundLabels, StudyLabels};
use crate::analysis::learnt::Learnt;
use crate::analysis::paths::spare;
use crate::analysis::project::Project;
use crate::analysis::vectors::{VectorFile, parse};
use crate::analysis::watch::{Watcher, go_on};
use crate::codebook;
use crate::corpus::{read_text, read_vectors};
use crate::learning::{EncoderRecord, FrameScorer, LabelSource, Model};
use crate::model::{HandCoding, sha256};
use crate::report::{BundleEntry, Input, InputRole, bundle_bytes, read_bundle, recover, write_together};
use crate::study;
use crate::text::language_data;

/// Version of the layout. A program reads its own only.
const FORMAT: u32 = 1;

const HEAD: &str = "bundle.json";
const STUDY: &str = "study.toml";
const CODEBOOK: &str = "codebook.toml";
const SCORER: &str = "scorer.json";
const VECTORS: &str = "vectors.plv";
const CODINGS: &str = "codings.json";
const LABELS: &str = "labels.json";
const REFERENCE: &str = "reference.json";

/// A study as a bundle has it.
pub struct Bundle {
    /// The file.
    pub path: PathBuf,
    /// Its SHA-256, which parts are known by.
    pub sha256: String,
    /// The study, whose corpus is not at hand.
    pub project: Project,
    /// What it codes with.
    pub learnt: Learnt,
}

/// What a bundle says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleHead {
    format: u32,
    version: String,
    /// SHA-256 of what the program knows of languages.
    languages: String,
    /// Name of the study file.
    study: String,
    /// What the scorer has learnt from.
    taught_by: Option<LabelSource>,
    encoder: Option<EncoderRecord>,
    /// Study file, codebook, vectors and scorer, as a run of the study names them.
    inputs: Vec<Input>,
    /// The other entries.
    files: Vec<PackedFile>,
}

/// An entry and its checksum.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedFile {
    name: String,
    sha256: String,
}

/// Hand codings at their sentences.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BundledCodings {
    codings: Vec<HandCoding>,
    inputs: Vec<Input>,
    notes: Vec<String>,
}

/// Puts a study and what was learnt for it into the file `output`; gives its SHA-256.
///
/// # Errors
/// When the labels of the study cannot be read again, or the file cannot be written.
pub fn bundle(
    project: &Project,
    learnt: &Learnt,
    output: &Path,
    watcher: &dyn Watcher,
) -> Result<String, AnalysisError> {
    spare([output.to_path_buf()], project.materials())?;
    project.spare_inputs([output.to_path_buf()])?;
    if output.is_file() && read_bundle(output).is_err() {
        return Err(AnalysisError::OutputIsStranger { path: output.to_path_buf() });
    }
    let mut entries = entries(project, learnt, watcher)?;
    let packed = |entry: &BundleEntry| PackedFile { name: entry.name.clone(), sha256: sha256(&entry.bytes) };
    let head = BundleHead {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        languages: language_data(),
        study: project.study_file().to_owned(),
        taught_by: learnt.scorer.as_ref().map(FrameScorer::label_source),
        encoder: project.vectors.as_ref().map(|file| file.record.clone()),
        inputs: project.inputs.clone(),
        files: entries.iter().map(packed).collect(),
    };
    entries.insert(0, entry(HEAD, serde_json::to_vec_pretty(&head)?));
    let bytes = bundle_bytes(&entries)?;
    go_on(watcher)?;
    let checksum = sha256(&bytes);
    write_together(&[(output.to_path_buf(), bytes)])?;
    Ok(checksum)
}

fn entry(name: &str, bytes: Vec<u8>) -> BundleEntry {
    BundleEntry { name: name.to_owned(), bytes }
}

fn entries(project: &Project, learnt: &Learnt, watcher: &dyn Watcher) -> Result<Vec<BundleEntry>, AnalysisError> {
    let text = |path: &Path| read_text(path).map(String::into_bytes);
    let mut entries = vec![
        entry(STUDY, text(Path::new(&project.name))?),
        entry(CODEBOOK, text(&project.folder.join(&project.study.codebook))?),
    ];
    if let Some(scorer) = &learnt.scorer {
        entries.push(entry(SCORER, scorer.model().to_text()?.into_bytes()));
    }
    if let Some(path) = &project.study.vectors {
        entries.extend(read_vectors(&project.folder.join(path))?.map(|bytes| entry(VECTORS, bytes)));
    }
    if let Some(StudyCodings { codings, inputs, notes, .. }) = &learnt.people {
        let bundled = BundledCodings { codings: codings.clone(), inputs: inputs.clone(), notes: notes.clone() };
        entries.push(entry(CODINGS, serde_json::to_vec(&bundled)?));
    }
    if let Some(labels) = SoundLabels::of(project, watcher)? {
        entries.push(entry(LABELS, serde_json::to_vec(&labels)?));
    }
    if let Some(reference) = &project.reference {
        entries.push(entry(REFERENCE, serde_json::to_vec(reference)?));
    }
    Ok(entries)
}

impl Bundle {
    /// Opens the bundle at `path`; results go to `output`, else where the study says, from the working folder.
    ///
    /// # Errors
    /// When it is no bundle, is damaged, or was made by another version of the program.
    pub fn open(path: &Path, output: Option<&Path>) -> Result<Self, AnalysisError> {
        let (entries, sha256) = read_bundle(path)?;
        let packed = PackedStudy { path, entries };
        let head = packed.head()?;
        let project = packed.project(&head, output)?;
        let learnt = packed.learnt(&head, &project)?;
        Ok(Self { path: path.to_path_buf(), sha256, project, learnt })
    }
}

/// The entries of a bundle.
struct PackedStudy<'a> {
    path: &'a Path,
    entries: Vec<BundleEntry>,
}

impl PackedStudy<'_> {
    fn refuse(&self, message: impl Into<String>) -> AnalysisError {
        AnalysisError::Bundle { file: self.path.display().to_string(), message: message.into() }
    }

    fn find(&self, name: &str) -> Option<&[u8]> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| &entry.bytes[..])
    }

    fn text(&self, name: &str) -> Result<&str, AnalysisError> {
        let bytes = self.find(name).ok_or_else(|| self.refuse(format!("no {name} in it")))?;
        std::str::from_utf8(bytes).map_err(|_| self.refuse(format!("{name} in it is not UTF-8")))
    }

    fn parsed<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, AnalysisError> {
        let Some(bytes) = self.find(name) else { return Ok(None) };
        let parsed = serde_json::from_slice(bytes);
        parsed.map(Some).map_err(|error| self.refuse(format!("{name} in it cannot be read ({error})")))
    }

    /// What it says of itself, which holds.
    fn head(&self) -> Result<BundleHead, AnalysisError> {
        let head: BundleHead = self.parsed(HEAD)?.ok_or_else(|| self.refuse(format!("no {HEAD} in it")))?;
        let own = env!("CARGO_PKG_VERSION");
        if head.format != FORMAT || head.version != own {
            return Err(self.refuse(format!(
                "made by version {} of the program, and this is {own}, which may code otherwise; use one version for all parts",
                head.version
            )));
        }
        if head.languages != language_data() {
            return Err(
                self.refuse("made by a program that knows other words of its languages; use one program for all parts")
            );
        }
        let is_whole = |file: &&PackedFile| self.find(&file.name).is_some_and(|bytes| sha256(bytes) == file.sha256);
        match head.files.iter().find(|file| !is_whole(file)) {
            Some(file) => Err(self.refuse(format!("{} in it is missing or changed", file.name))),
            None => Ok(head),
        }
    }

    fn project(&self, head: &BundleHead, output: Option<&Path>) -> Result<Project, AnalysisError> {
        let study = study::parse(self.text(STUDY)?, &head.study)?;
        let codebook = codebook::parse(self.text(CODEBOOK)?, &study.codebook)?;
        let output = output.map_or_else(|| PathBuf::from(&study.output), Path::to_path_buf);
        recover(&output)?;
        Ok(Project {
            name: self.path.display().to_string(),
            folder: PathBuf::new(),
            study,
            codebook,
            output,
            // Notebooks beside the study are for whoever has its folder.
            is_elsewhere: true,
            inputs: head.inputs.clone(),
            vectors: self.vectors(head)?,
            reference: self.parsed(REFERENCE)?,
        })
    }

    fn vectors(&self, head: &BundleHead) -> Result<Option<VectorFile>, AnalysisError> {
        let input = head.inputs.iter().find(|input| input.role == InputRole::Vectors);
        let Some(((record, input), bytes)) = head.encoder.as_ref().zip(input).zip(self.find(VECTORS)) else {
            return Ok(None);
        };
        let vectors = Arc::new(parse(self.path, bytes)?);
        Ok(Some(VectorFile { vectors, record: record.clone(), input: input.clone() }))
    }

    fn learnt(&self, head: &BundleHead, project: &Project) -> Result<Learnt, AnalysisError> {
        let people = self.parsed::<BundledCodings>(CODINGS)?.map(StudyCodings::from);
        let labels = self.parsed::<SoundLabels>(LABELS)?.map(|sound| StudyLabels::new(project, sound)).transpose()?;
        let scorer = match head.taught_by {
            None => None,
            Some(source) => {
                let model = Model::parse(self.text(SCORER)?);
                let file = self.path.display().to_string();
                let model = model.map_err(|error| AnalysisError::Model { file, error })?;
                Some(FrameScorer::new(model, source, &project.codebook).with_vectors(project.shared_vectors()))
            }
        };
        Ok(Learnt { scorer, people, training_set: None, labels, is_settled: true })
    }
}

impl From<BundledCodings> for StudyCodings {
    fn from(bundled: BundledCodings) -> Self {
        let BundledCodings { codings, inputs, notes } = bundled;
        // Nothing is learnt from them any more, so that nobody asks for the documents.
        Self { codings, documents: BTreeMap::new(), inputs, notes, strangers: Vec::new() }
    }
}
