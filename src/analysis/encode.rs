//! From the sentences of a corpus, or the rows of a table, to a file of their vectors.
//!
//! What the file has already is not encoded again, and what is encoded goes to the file at once: a second run goes on where
//! the first was stopped. Texts that are no longer in the corpus stay, since a vector depends on its text alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::{file_name, spare};
use crate::analysis::project::Project;
use crate::analysis::vectors;
use crate::analysis::watch::{Step, Watcher};
use crate::coding::numbered_sentences;
use crate::corpus::{Record, read_encoder, read_table, read_vectors};
use crate::encoder::{SentenceEncoder, SentenceVectors, TextKey, text_key, vector_record};
use crate::report::{VectorLog, write_vectors};

/// Texts that are encoded before the next are read: enough for every core, and half a minute of one at most.
const AT_ONCE: usize = 512;

/// Where vectors go unless the study or the user says otherwise.
const VECTORS: &str = "vectors.plv";

/// What was encoded.
#[derive(Clone, Debug)]
pub struct EncodedTexts {
    /// Different texts of the corpus or the table.
    pub texts: u64,
    /// Of these, texts that were not in the file before.
    pub added: u64,
    /// The file.
    pub path: PathBuf,
    /// Name of the encoder's folder.
    pub model: String,
    /// Numbers in a vector.
    pub dimensions: usize,
}

/// Encodes every sentence of a study's corpus with the sentence-transformers model in the folder `model`.
///
/// # Errors
/// When the corpus, the model or the file of vectors cannot be read or written, or the file is of another model.
pub fn encode_study(
    project: &Project,
    model: &Path,
    output: Option<&Path>,
    watcher: &dyn Watcher,
) -> Result<EncodedTexts, AnalysisError> {
    let named = project.study.vectors.as_deref().unwrap_or(VECTORS);
    let path = output.map_or_else(|| project.folder.join(named), Path::to_path_buf);
    project.spare_inputs([path.clone()])?;
    let mut corpus = project.corpus()?;
    let mut encoding = Encoding::begin(model, &path)?;
    let step = Step::bytes(watcher, "encoding", corpus.bytes_total());
    while let Some(record) = corpus.next_record()? {
        let Record::Kept(document) = record else { continue };
        for (_, span) in numbered_sentences(&project.codebook, &document) {
            encoding.add(&document.content()[span.start..span.end])?;
        }
        step.reached(corpus.bytes_read())?;
    }
    encoding.finish(path)
}

/// Encodes the texts in the column `text` of a table.
///
/// # Errors
/// As [`encode_study`]; also when the table has no such column.
pub fn encode_table(
    table: &Path,
    text: &str,
    model: &Path,
    (output, watcher): (Option<&Path>, &dyn Watcher),
) -> Result<EncodedTexts, AnalysisError> {
    let path = output.unwrap_or(Path::new(VECTORS)).to_path_buf();
    spare([path.clone()], [table])?;
    let table = read_table(table)?;
    let column = table.column(text)?;
    let mut encoding = Encoding::begin(model, &path)?;
    let step = Step::parts(watcher, "encoding", table.rows.len() as u64);
    for row in 0..table.rows.len() {
        encoding.add(table.document(row, column).content())?;
        step.reached(row as u64 + 1)?;
    }
    encoding.finish(path)
}

/// An encoder at work.
struct Encoding {
    encoder: SentenceEncoder,
    known: SentenceVectors,
    log: VectorLog,
    seen: BTreeSet<TextKey>,
    /// Texts not encoded yet.
    waiting: Vec<(TextKey, String)>,
    /// Records of this run.
    records: Vec<u8>,
    added: u64,
}

impl Encoding {
    fn begin(model: &Path, path: &Path) -> Result<Self, AnalysisError> {
        let wrong = |error| AnalysisError::Encoder { folder: model.display().to_string(), error };
        let encoder = SentenceEncoder::of(&read_encoder(model)?).map_err(wrong)?;
        let known = match read_vectors(path)? {
            Some(bytes) => vectors::parse(path, &bytes)?,
            None => SentenceVectors::new(&file_name(model), encoder.sha256(), encoder.dimensions()),
        };
        if !known.are_of(encoder.sha256()) {
            let (file, made_by) = (path.display().to_string(), known.model().to_owned());
            return Err(AnalysisError::OtherVectors { file, made_by });
        }
        let log = VectorLog::begin(path, &known)?;
        let (seen, waiting, records) = (BTreeSet::new(), Vec::new(), Vec::new());
        Ok(Self { encoder, known, log, seen, waiting, records, added: 0 })
    }

    /// Takes in a text, and encodes those that wait once they are many.
    fn add(&mut self, text: &str) -> Result<(), AnalysisError> {
        let key = text_key(text);
        if self.seen.insert(key) && !self.known.has(key) {
            self.waiting.push((key, text.to_owned()));
        }
        if self.waiting.len() < AT_ONCE { Ok(()) } else { self.encode() }
    }

    fn encode(&mut self) -> Result<(), AnalysisError> {
        let texts: Vec<&str> = self.waiting.iter().map(|(_, text)| text.as_str()).collect();
        let encoded = self.encoder.encode(&texts);
        let records = self.waiting.iter().zip(&encoded).flat_map(|((key, _), vector)| vector_record(*key, vector));
        let records: Vec<u8> = records.collect();
        self.log.append(&records)?;
        self.added += self.waiting.len() as u64;
        self.records.extend(records);
        self.waiting.clear();
        Ok(())
    }

    fn finish(mut self, path: PathBuf) -> Result<EncodedTexts, AnalysisError> {
        self.encode()?;
        let Self { mut known, records, seen, added, encoder, .. } = self;
        known.take_in(&records);
        write_vectors(&path, &known)?;
        let (texts, model) = (seen.len() as u64, known.model().to_owned());
        Ok(EncodedTexts { texts, added, path, model, dimensions: encoder.dimensions() })
    }
}
