//! Coded parts of a corpus: a folder with `part.json`, which says what the part is of, and `documents.jsonl.gz`, a line of JSON
//! for each document and each record that was left out. Such lines may be concatenated.
//!
//! Not here: what stands on a line (`analysis::coded_parts`).

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::report::{Input, Output, ReportError, StagedFile, Staging, outputs_on_disk};

/// Name of the file that says what a part is of.
pub const PART: &str = "part.json";

/// Name of the file of documents.
const DOCUMENTS: &str = "documents.jsonl.gz";

/// Lines are compressed little: speed matters more than the few bytes.
const LEVEL: u32 = 1;

/// What a part is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartHead {
    /// Version of the program that coded it.
    pub version: String,
    /// SHA-256 of the bundle that it was coded with.
    pub bundle: String,
    /// Lines, one for each record read.
    pub lines: u64,
    /// The corpus files.
    pub inputs: Vec<Input>,
    /// The file of documents.
    pub documents: Vec<Output>,
}

/// The lines of a part in the making.
pub struct PartLines {
    out: GzEncoder<StagedFile>,
    path: PathBuf,
    lines: u64,
}

impl PartLines {
    /// A file in `folder` of the name of the documents that is of no part.
    #[must_use]
    pub fn stranger(folder: &Path) -> Option<PathBuf> {
        Some(folder.join(DOCUMENTS)).filter(|path| path.is_file() && !folder.join(PART).is_file())
    }

    /// No line yet.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(staging: &Staging) -> Result<Self, ReportError> {
        let file = staging.create(DOCUMENTS)?;
        let path = file.destination().to_path_buf();
        let out = GzEncoder::new(file, Compression::new(LEVEL));
        Ok(Self { out, path, lines: 0 })
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn push(&mut self, line: &[u8]) -> Result<(), ReportError> {
        let written = self.out.write_all(line).and_then(|()| self.out.write_all(b"\n"));
        self.lines += 1;
        written.map_err(|error| ReportError::at(&self.path, error))
    }

    /// Ends the part, coded by the bundle of that checksum from these corpus files.
    ///
    /// # Errors
    /// When its last bytes cannot be written.
    pub fn finish(self, staging: &mut Staging, bundle: &str, inputs: Vec<Input>) -> Result<PartHead, ReportError> {
        let Self { out, path, lines } = self;
        staging.keep(out.finish().map_err(|error| ReportError::at(&path, error))?)?;
        let documents = staging.outputs();
        let (version, bundle) = (env!("CARGO_PKG_VERSION").to_owned(), bundle.to_owned());
        let head = PartHead { version, bundle, lines, inputs, documents };
        let json = serde_json::to_vec_pretty(&head);
        let json = json.map_err(|source| ReportError::BadPart { path: PART.into(), source })?;
        staging.write(PART, &[json, b"\n".to_vec()].concat())?;
        Ok(head)
    }
}

impl PartHead {
    /// What the part in `folder` is of; its documents are there and whole.
    ///
    /// # Errors
    /// When there is no part, or it is damaged.
    pub fn read(folder: &Path) -> Result<Self, ReportError> {
        let path = folder.join(PART);
        let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => ReportError::NoPart(folder.to_path_buf()),
            _ => ReportError::at(&path, error),
        })?;
        let head: Self = serde_json::from_slice(&bytes).map_err(|source| ReportError::BadPart { path, source })?;
        if outputs_on_disk(folder, &head.documents)? == head.documents && head.documents.len() == 1 {
            Ok(head)
        } else {
            Err(ReportError::DamagedPart(folder.join(DOCUMENTS)))
        }
    }

    /// Hands every line to `receive`.
    ///
    /// # Errors
    /// When the file cannot be read, or `receive` fails.
    pub fn each_line<E: From<ReportError>>(
        &self,
        folder: &Path,
        mut receive: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let path = folder.join(DOCUMENTS);
        let at = |error| ReportError::at(&path, error);
        let mut reader = BufReader::new(MultiGzDecoder::new(BufReader::new(File::open(&path).map_err(at)?)));
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(at)? > 0 {
            receive(&line)?;
            line.clear();
        }
        Ok(())
    }
}
