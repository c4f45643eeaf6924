//! What coded parts hold, and how their documents come together as those of one corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::analysis::bundle::Bundle;
use crate::analysis::error::AnalysisError;
use crate::analysis::gathering::DocumentDigest;
use crate::analysis::pass::{DocumentTraits, Pass, PassTally};
use crate::analysis::project::Project;
use crate::analysis::watch::{Step, Watcher};
use crate::model::{Document, Excluded, Exclusion, Origin, sha256};
use crate::report::{Input, PART, PartHead};

/// A line of a part: a document, or a record that was left out.
#[derive(Serialize, Deserialize)]
pub(super) struct PartLine<'l> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    /// As it is written: two records are the same where their bytes are.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    document: Option<&'l RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<Excluded>,
}

/// A coded document without its text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PartDocument {
    id: String,
    outlet: String,
    date: Option<Date>,
    extra: BTreeMap<String, String>,
    traits: DocumentTraits,
    digest: DocumentDigest,
}

impl PartLine<'_> {
    pub(super) fn of_document(origin: &Origin, document: &PartDocument) -> Result<Vec<u8>, AnalysisError> {
        let document = serde_json::value::to_raw_value(document)?;
        let line = PartLine { origin: Some(origin.clone()), document: Some(&document), excluded: None };
        Ok(serde_json::to_vec(&line)?)
    }

    pub(super) fn of_excluded(excluded: &Excluded) -> Result<Vec<u8>, AnalysisError> {
        let line = PartLine { origin: None, document: None, excluded: Some(excluded.clone()) };
        Ok(serde_json::to_vec(&line)?)
    }
}

impl PartDocument {
    pub(super) fn new(document: &Document, traits: DocumentTraits, digest: DocumentDigest) -> Self {
        let Document { id, outlet, date, extra, .. } = document.clone();
        Self { id, outlet, date, extra, traits, digest }
    }
}

/// Parts that were coded with one bundle.
#[derive(Debug)]
pub struct CodedParts {
    /// Sorted by folder.
    parts: Vec<CodedPart>,
}

#[derive(Debug)]
struct CodedPart {
    folder: PathBuf,
    head: PartHead,
}

/// Where a document was met first, and what it was then.
struct FirstMet {
    part: usize,
    sha256: String,
}

impl CodedParts {
    /// The parts in `folders`, in any order. A folder named twice is one part: it must not stand in for one that is missing.
    ///
    /// # Errors
    /// When one is missing, damaged or unfinished, or was coded with another bundle.
    pub fn open(bundle: &Bundle, folders: &[PathBuf]) -> Result<Self, AnalysisError> {
        let mut folders = folders.to_vec();
        folders.sort();
        let mut places = BTreeSet::new();
        folders.retain(|folder| places.insert(folder.canonicalize().unwrap_or_else(|_| folder.clone())));
        let open = |folder: PathBuf| {
            let head = PartHead::read(&folder)?;
            if head.bundle == bundle.sha256 {
                return Ok(CodedPart { folder, head });
            }
            let (part, bundle) = (folder.display().to_string(), bundle.path.display().to_string());
            Err(AnalysisError::PartOfOtherBundle { part, bundle })
        };
        Ok(Self { parts: folders.into_iter().map(open).collect::<Result<_, AnalysisError>>()? })
    }

    /// How many parts there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// The file of each that holds its documents.
    pub(super) fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.parts.iter().map(|part| part.folder.join(PART))
    }

    /// Hands every document to `receive`, each once.
    ///
    /// # Errors
    /// When a part cannot be read, two parts have different documents of one id, or `receive` fails.
    pub(super) fn replay(
        &self,
        project: &Project,
        watcher: &dyn Watcher,
        receive: impl FnMut(&Document, DocumentDigest) -> Result<(), AnalysisError>,
    ) -> Result<Pass, AnalysisError> {
        let step = Step::parts(watcher, "merging", self.parts.len() as u64);
        let mut replay = Replay { project, receive, tally: PassTally::default(), met: BTreeMap::new() };
        let mut files = BTreeSet::new();
        for (number, part) in self.parts.iter().enumerate() {
            let inputs = part.head.inputs.iter().map(|input| (&input.path[..], &input.sha256[..]));
            // A task that was tried again, in another folder: its records were counted before.
            let is_again = inputs.clone().count() > 0 && inputs.clone().all(|input| files.contains(&input));
            files.extend(inputs);
            let again = replay.part(&self.parts, number, is_again)?;
            if !is_again {
                replay.tally.inputs.extend(part.head.inputs.iter().map(|input| less(input, &again)));
            }
            step.reached(number as u64 + 1)?;
        }
        replay.tally.of_whole(project)
    }
}

/// The input without the documents that an earlier part has, too: they are left out now.
fn less(input: &Input, again: &BTreeMap<String, u64>) -> Input {
    let mut input = input.clone();
    if let (Some(records), Some(count)) = (&mut input.records, again.get(&input.path)) {
        records.kept -= count;
        records.excluded += count;
    }
    input
}

/// Parts on their way into one corpus.
struct Replay<'a, F> {
    project: &'a Project,
    receive: F,
    tally: PassTally,
    /// By hash of the id.
    met: BTreeMap<String, FirstMet>,
}

impl<F: FnMut(&Document, DocumentDigest) -> Result<(), AnalysisError>> Replay<'_, F> {
    /// Takes in one of `parts`; gives by file how many documents of it were in an earlier part.
    fn part(
        &mut self,
        parts: &[CodedPart],
        number: usize,
        is_again: bool,
    ) -> Result<BTreeMap<String, u64>, AnalysisError> {
        let CodedPart { folder, head } = &parts[number];
        let mut again: BTreeMap<String, u64> = BTreeMap::new();
        head.each_line(folder, |line| {
            let trouble = |error| AnalysisError::PartLine { part: folder.display().to_string(), error };
            let PartLine { origin, document, excluded } = serde_json::from_slice(line).map_err(trouble)?;
            if let Some(excluded) = excluded.filter(|_| !is_again) {
                self.tally.excluded.push(excluded);
            }
            let Some((raw, origin)) = document.zip(origin) else { return Ok(()) };
            let document: PartDocument = serde_json::from_str(raw.get()).map_err(trouble)?;
            let sha256 = sha256(raw.get().as_bytes());
            let Some(first) = self.met.get(&document.id) else {
                self.met.insert(document.id.clone(), FirstMet { part: number, sha256 });
                return self.document(document, origin);
            };
            let earlier = parts[first.part].folder.display().to_string();
            if first.sha256 != sha256 {
                let part = folder.display().to_string();
                return Err(AnalysisError::TwoDocumentsOfOneId { id: document.id, earlier, part });
            }
            if !is_again {
                *again.entry(origin.file.clone()).or_default() += 1;
                let detail = format!("\"{}\" is the same in {earlier}", document.id);
                self.tally.excluded.push(Excluded { origin, reason: Exclusion::DuplicateId, detail });
            }
            Ok(())
        })?;
        Ok(again)
    }

    fn document(&mut self, coded: PartDocument, origin: Origin) -> Result<(), AnalysisError> {
        let PartDocument { id, outlet, date, extra, traits, digest } = coded;
        let mut document = Document::new(id, "", "");
        (document.outlet, document.date, document.extra, document.origin) = (outlet, date, extra, origin);
        self.tally.add(self.project, &document, &traits);
        (self.receive)(&document, digest)
    }
}
