//! `manifest.json`: what a run read and wrote, so that anyone can tell whether it comes out the same again.
//!
//! Nothing in it depends on the clock, the machine or the number of threads.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::model::{Checksum, Excluded, Exclusion, LeastHits};
use crate::report::error::refuse_pipe;
use crate::report::{MANIFEST, Output, ReportError, Staging, grouped};
use crate::validate::OddityRow;

/// One run: what it was given, what it left out, what it wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name of the program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Title of the study.
    pub title: String,
    /// The one seed of every random stream.
    pub seed: u64,
    /// SHA-256 of the study's settings that decide which documents there are and which group each is in; empty of a manifest
    /// that was written before it was recorded.
    #[serde(default)]
    pub documents: String,
    /// From how many sentences on a document carries a frame, where codings of documents said it; left out where none did.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub least_hits: BTreeMap<String, LeastHits>,
    /// How many records were read, kept and left out.
    pub records: RecordCounts,
    /// Study file, codebook and corpus files, by role, then path.
    pub inputs: Vec<Input>,
    /// Every file written but this one, by path.
    pub outputs: Vec<Output>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// What it is to the study.
    pub role: InputRole,
    /// Path relative to the study file, with forward slashes.
    pub path: String,
    /// Size in bytes, as stored.
    pub bytes: u64,
    /// SHA-256 of its bytes as stored, 64 hexadecimal digits.
    pub sha256: String,
    /// Its records; only for corpus files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<FileRecords>,
    /// What a reader must know of it, such as "read as windows-1252".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// What an input is to the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputRole {
    /// The study file.
    Study,
    /// The codebook.
    Codebook,
    /// A file of the corpus.
    Corpus,
    /// What human coders said.
    Codings,
    /// Labels from outside.
    Labels,
    /// Sentence vectors of an encoder.
    Vectors,
    /// A scorer that was learnt before.
    Scorer,
    /// Frequencies of words elsewhere.
    Reference,
}

/// Records of one corpus file; `read` is the sum of the other two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecords {
    /// Records in the file.
    pub read: u64,
    /// Of these, documents of the corpus.
    pub kept: u64,
    /// Of these, left out; each is a row of `excluded.csv`.
    pub excluded: u64,
}

/// Records of the whole corpus; `read` is `kept` and all of `excluded` together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordCounts {
    /// Records in all files.
    pub read: u64,
    /// Of these, documents of the corpus.
    pub kept: u64,
    /// Of these, left out, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// Of those kept, documents in a language that voices are not known for; left out where there are none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub without_voice: u64,
    /// What looks odd in those kept and can be mended; left out where nothing does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd: Vec<OddRecords>,
}

/// Documents that look odd in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OddRecords {
    /// What is odd.
    pub what: String,
    /// Documents of which that is so.
    pub documents: u64,
    /// File and record of the first of them.
    pub first: String,
    /// The day or the names that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// What in the study file mends it.
    pub remedy: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

impl RecordCounts {
    /// "12 bad-date, 3 missing-text, 800 outside the subset": how many records were left out by each reason; empty where
    /// none was.
    #[must_use]
    pub fn exclusions(&self) -> String {
        let outside = Exclusion::OutsideSubset.as_str();
        let troubles = self.excluded.iter().filter(|(reason, _)| *reason != outside);
        let mut reasons: Vec<String> =
            troubles.map(|(reason, count)| format!("{} {reason}", grouped(*count))).collect();
        reasons.extend(self.excluded.get(outside).map(|count| format!("{} outside the subset", grouped(*count))));
        reasons.join(", ")
    }

    /// The counts for `kept` documents and the records left out beside them.
    #[must_use]
    pub fn new(kept: u64, excluded: &[Excluded]) -> Self {
        let mut by_reason = BTreeMap::new();
        for record in excluded {
            *by_reason.entry(record.reason.as_str().to_owned()).or_default() += 1;
        }
        Self { read: kept + excluded.len() as u64, kept, excluded: by_reason, without_voice: 0, odd: Vec::new() }
    }

    /// The same with the number of documents in a language that voices are not known for.
    #[must_use]
    pub fn with_voiceless(self, without_voice: u64) -> Self {
        Self { without_voice, ..self }
    }

    /// The same with what looks odd and can be mended.
    #[must_use]
    pub fn with_oddities(self, oddities: &[OddityRow]) -> Self {
        let odd = oddities.iter().filter(|row| row.is_mendable()).map(|row| OddRecords {
            what: row.oddity.title().to_owned(),
            documents: row.documents,
            first: row.place(),
            example: row.example.clone(),
            remedy: row.oddity.remedy().to_owned(),
        });
        Self { odd: odd.collect(), ..self }
    }
}

impl Input {
    /// A file of `bytes`, without records and notes.
    #[must_use]
    pub fn new(role: InputRole, path: impl Into<String>, bytes: &[u8]) -> Self {
        let mut checksum = Checksum::default();
        checksum.update(bytes);
        let (bytes, sha256) = checksum.finish();
        Self { role, path: path.into(), bytes, sha256, records: None, notes: Vec::new() }
    }
}

impl Manifest {
    /// The same, of documents that settings with this checksum decide.
    #[must_use]
    pub fn of_documents(self, documents: String) -> Self {
        Self { documents, ..self }
    }

    /// The same, with what codings of documents said of how many sentences a frame takes.
    #[must_use]
    pub fn with_least_hits(self, least_hits: BTreeMap<String, LeastHits>) -> Self {
        Self { least_hits, ..self }
    }

    /// The manifest of this program for the study of that title and seed; inputs and outputs may come in any order.
    #[must_use]
    pub fn new(
        title: &str,
        seed: u64,
        records: RecordCounts,
        mut inputs: Vec<Input>,
        mut outputs: Vec<Output>,
    ) -> Self {
        inputs.sort_unstable();
        outputs.sort_unstable();
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            title: title.to_owned(),
            seed,
            documents: String::new(),
            least_hits: BTreeMap::new(),
            records,
            inputs,
            outputs,
        }
    }

    /// Writes it among the outputs it describes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, staging: &mut Staging) -> Result<(), ReportError> {
        staging.write(MANIFEST, &self.to_json()?)
    }

    /// Reads the manifest that an earlier run left in the folder `output`.
    ///
    /// # Errors
    /// When there is none, or it is not one that this program writes.
    pub fn read(output: &Path) -> Result<Self, ReportError> {
        let path = output.join(MANIFEST);
        refuse_pipe(&path)?;
        let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => ReportError::NoManifest(path.clone()),
            _ => ReportError::at(&path, error),
        })?;
        serde_json::from_slice(&bytes).map_err(|source| ReportError::BadManifest { path, source })
    }

    /// The bytes of the file.
    fn to_json(&self) -> Result<Vec<u8>, ReportError> {
        let json = serde_json::to_vec_pretty(self);
        let mut json = json.map_err(|source| ReportError::BadManifest { path: MANIFEST.into(), source })?;
        json.push(b'\n');
        Ok(json)
    }
}

/// The files named in `outputs` as they stand in the folder `output` now; those that are missing are left out.
///
/// # Errors
/// When one that is there cannot be read.
pub fn outputs_on_disk(output: &Path, outputs: &[Output]) -> Result<Vec<Output>, ReportError> {
    let mut found = Vec::new();
    for named in outputs {
        let path = output.join(&named.path);
        refuse_pipe(&path)?;
        match File::open(&path) {
            Ok(file) => {
                let (bytes, sha256) = measure(file).map_err(|error| ReportError::at(&path, error))?;
                found.push(Output { path: named.path.clone(), bytes, sha256 });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(ReportError::at(&path, error)),
        }
    }
    Ok(found)
}

/// Whether a file still has the bytes that `input` was read from.
///
/// # Errors
/// When it cannot be read.
pub fn is_unchanged(input: &Input, path: &Path) -> Result<bool, ReportError> {
    refuse_pipe(path)?;
    let measured = File::open(path).and_then(measure).map_err(|error| ReportError::at(path, error))?;
    Ok(measured == (input.bytes, input.sha256.clone()))
}

/// Size in bytes, and SHA-256.
fn measure(file: File) -> std::io::Result<(u64, String)> {
    let mut reader = BufReader::new(file);
    let mut checksum = Checksum::default();
    let mut piece = vec![0; 1 << 16];
    loop {
        match reader.read(&mut piece)? {
            0 => break,
            read => checksum.update(&piece[..read]),
        }
    }
    Ok(checksum.finish())
}
