//! What stops an analysis.

use std::io;
use std::path::PathBuf;

use crate::codebook::TomlError;
use crate::codebook::import::DictionaryError;
use crate::compare::PlanError;
use crate::corpus::CorpusError;
use crate::encoder::{EncoderError, VectorsError};
use crate::learning::ModelError;
use crate::learning::tables::CodingsError;
use crate::report::ReportError;
use crate::stats::learning::LearningError;
use crate::study::SuggestionError;

/// Why an analysis came to no result. Each message names the file and the remedy.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum AnalysisError {
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    #[error(transparent)]
    Toml(#[from] TomlError),
    #[error(transparent)]
    Suggestion(#[from] SuggestionError),
    #[error("{file}: {error}")]
    Plan { file: String, error: PlanError },
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("{study}: no articles in the corpus; {files} {verb} empty or only a header")]
    NothingRead { study: String, files: String, verb: &'static str },
    #[error("{study}: no document is left: {read} records were read and {excluded} excluded{example}")]
    NothingKept { study: String, read: u64, excluded: u64, example: String },
    #[error("{study}: {message}")]
    Groups { study: String, message: String },
    #[error(
        "{old} and {new} are not of one corpus: no document is in both with as many sentences ({} only in the first, {} only in the \
         second, {} with other sentences); name two studies or results of the same articles",
        left_out[0], left_out[1], left_out[2]
    )]
    NotOneCorpus { old: String, new: String, left_out: [u64; 3] },
    #[error("{file}: {message}")]
    Unknown { file: String, message: String },
    #[error("{study}: no document \"{id}\" in the corpus{hint}")]
    NoSuchDocument { study: String, id: String, hint: String },
    #[error(
        "{}: there already, and coders may have filled it in; draw more with --add-to {}, or name another folder with --output",
        path.display(),
        path.parent().unwrap_or(path).display()
    )]
    SampleExists { path: PathBuf },
    #[error(
        "{}: values were filled in, which new tables would replace; give the file another name and list it beside the coders' \
         files, or name another folder with --output",
        path.display()
    )]
    SettledDisagreements { path: PathBuf },
    #[error(
        "{}: a sample of the other kind, not of {unit}s; leave --unit as it was then, or name another folder with --output",
        folder.display()
    )]
    SampleOfOtherUnit { folder: PathBuf, unit: &'static str },
    #[error(
        "document \"{document}\" had {then} sentences when the sample was drawn and has {now} now, so its probabilities do not \
         hold any more; draw a sample of its own with --output"
    )]
    SampleOfOtherCorpus { document: String, then: usize, now: usize },
    #[error(
        "{labels}: other labels than when the sample was drawn: document \"{document}\" had {then} labelled sentences then and has \
         {now} now, maybe others, so the sample's probabilities do not hold any more; name the labels of then, or draw a sample \
         of its own with --output"
    )]
    SampleOfOtherLabels { labels: String, document: String, then: usize, now: usize },
    #[error(
        "{file}: no column looks like a text or a title; its columns are {columns}; begin with parallax init DIR alone, and say \
         columns = {{ text = \"...\" }} in its study.toml"
    )]
    NoTextColumn { file: String, columns: String },
    #[error(
        "{file}: no record that can be read: an empty file, a header alone, or not of the format that its ending says"
    )]
    NoRecords { file: String },
    #[error("coder \"{name}\": {trouble}")]
    Coder { name: String, trouble: &'static str },
    #[error("{study}: no hand codings to measure with; name them in the study (codings = \"...\")")]
    NoCodings { study: String },
    #[error(
        "{file}: nothing to learn: no frame has {least} coded sentences with and {least} without it in documents of the corpus; \
         have more coded, or leave codings out of the study{}{}",
        if notes.is_empty() { "" } else { "; " },
        notes.join("; ")
    )]
    NothingToLearn { file: String, least: usize, notes: Vec<String> },
    #[error(
        "{study}: too little for the rules to teach a scorer: {least} sentences must have a hit of one frame and {least} none of it, and \
         {most}; add articles or rules, or write scorer = \"rules\""
    )]
    NothingToTeach { study: String, least: usize, most: String },
    #[error(
        "{}: no results there, and --output names the folder that they are in as well as the one that is written to; leave it out for \
         those in {}, or make them first: parallax run {study} --output {}",
        output.display(),
        own.display(),
        output.display()
    )]
    NoResultsElsewhere { study: String, output: PathBuf, own: PathBuf },
    #[error(
        "{study}: the codings are of whole documents, but sentences are compared; write unit = \"document\" under [compare]"
    )]
    CodingsOfDocuments { study: String },
    #[error("{files}: no label can be used{}{}", if notes.is_empty() { "" } else { "; " }, notes.join("; "))]
    NoUsableLabel { files: String, notes: Vec<String> },
    #[error(
        "{files}: the labels are of whole documents, but sentences are compared; write unit = \"document\" under [compare]"
    )]
    LabelsOfDocuments { files: String },
    #[error(
        "{files}: every label says that the frame is there; label the sentences without it too (0), as a sentence that the file \
         lacks counts as unlabelled, not as one without the frame"
    )]
    OnlyHits { files: String },
    #[error("{files}: the labels are of whole documents, which {trouble}; {remedy}")]
    WholeLabels { files: String, trouble: &'static str, remedy: &'static str },
    #[error("{files}: no coding can be used{}{}", if notes.is_empty() { "" } else { "; " }, notes.join("; "))]
    NoUsableCoding { files: String, notes: Vec<String> },
    #[error(
        "{study}: {strangers} of {read} codings are of documents that the corpus does not have ({first}), and a part of a corpus never \
         learns; learn once from all of it and name what was learnt (scorer = \"scorer.json\"), or ship the study with parallax \
         bundle; or leave these codings out"
    )]
    CodingsOfOtherDocuments { study: String, strangers: usize, read: usize, first: String },
    #[error(
        "{file}: tells apart {labels}, none of which is a frame of the codebook; name a scorer whose labels are the ids of frames"
    )]
    NoFrameInScorer { file: String, labels: String },
    #[error(
        "{file}: reads a target or a context beside the text, which a sentence of a study does not have; train one without them"
    )]
    ScorerOfTargets { file: String },
    #[error(
        "{file}: codes whole documents, while the study compares otherwise; write unit = \"document\" under [compare], without \
         voice, stance and at_least of its frames, or name another scorer"
    )]
    ScorerOfDocuments { file: String },
    #[error("{file}: {message}")]
    Bundle { file: String, message: String },
    #[error("{part}: coded with another bundle than {bundle}; code it again with this one, or merge with that one")]
    PartOfOtherBundle { part: String, bundle: String },
    #[error("{part}: a line of it cannot be read ({error}); code the part again")]
    PartLine { part: String, error: serde_json::Error },
    #[error(
        "the document \"{id}\" is in {earlier} and in {part}, and not the same there; give articles ids of their own, or leave one \
         of the parts out"
    )]
    TwoDocumentsOfOneId { id: String, earlier: String, part: String },
    #[error("{study}: {message}")]
    Sample { study: String, message: String },
    #[error(
        "{files}: no unit was coded by two coders ({coders}); name files that share sentences, and tell their coders apart"
    )]
    NothingShared { files: String, coders: String },
    #[error("{}: no such file; name a study file, or make one to begin with: parallax init my-study", path.display())]
    NoStudy { path: PathBuf },
    #[error(
        "{}: no study file, which is TOML (study.toml); name one, or begin one with these articles: parallax init my-study --from {}",
        path.display(),
        path.display()
    )]
    NoStudyFile { path: PathBuf },
    #[error("{}: a folder; name the study file in it, such as {}", path.display(), path.join("study.toml").display())]
    StudyIsFolder { path: PathBuf },
    #[error("{codebook}: no such file; {study} names it (codebook = \"...\"), from the folder that {study} is in")]
    NoCodebook { study: String, codebook: String },
    #[error("{}: an input, which the results would replace; name another place with --output", path.display())]
    OutputIsInput { path: PathBuf },
    #[error(
        "{}: no file that parallax wrote, and the results would replace it; move it away, or name another place with --output",
        path.display()
    )]
    OutputIsStranger { path: PathBuf },
    #[error("no folder to compute again in: {0}; make room, or name another place in TMPDIR")]
    NoPlace(io::Error),
    #[error("{file}:{error}")]
    Dictionary { file: String, error: DictionaryError },
    #[error("{file}: no known kind of dictionary; say which with --format {formats}")]
    UnknownDictionary { file: String, formats: String },
    #[error("{message}")]
    Documents { message: String },
    #[error("{file}: {error}")]
    Codings { file: String, error: CodingsError },
    #[error("{file}: {error}")]
    Model { file: String, error: ModelError },
    #[error("{folder}: {error}")]
    Encoder { folder: String, error: EncoderError },
    #[error("{file}: {error}")]
    Vectors { file: String, error: VectorsError },
    #[error(
        "{study}: tables has \"parquet\", which this program was built without; leave it out, or build with --features parquet \
         (cargo install --path . --locked --features parquet)"
    )]
    NoParquet { study: String },
    #[error("{file}: no such file of sentence vectors; write it with parallax encode")]
    NoVectors { file: String },
    #[error("{file}: vectors of another model ({made_by}); remove the file, or name another with --output")]
    OtherVectors { file: String, made_by: String },
    #[error(transparent)]
    Learning(#[from] LearningError),
    #[error("{file}: no column {missing}, which the model {model} reads; its columns are {columns}")]
    MissingColumns { file: String, missing: String, model: String, columns: String },
    #[error("{file}: the label \"{label}\" is none of the model's, which are {known}")]
    OtherLabel { file: String, label: String, known: String },
    #[error("the column \"{column}\" is named twice; give --label and --text a column of its own each")]
    SameColumn { column: String },
    #[error("every family of features is left out; leave --without away for one of {known}")]
    NoFeatures { known: String },
    #[error(
        "{file}: all rows are of one group; a scorer is measured on groups that it has not seen, so give two or more"
    )]
    OneGroup { file: String },
    #[error("{count} --label columns without --multi-label; give one, or add --multi-label where each holds 0 or 1")]
    SeveralLabels { count: usize },
    #[error(
        "\"{column}\" is no column of {model}, which reads {columns}; leave the option out, or rename the table's column"
    )]
    OtherColumn { column: String, model: String, columns: String },
    #[error("the model cannot be written: {0}")]
    Serialize(#[from] serde_json::Error),
    #[error("a row cannot be written: {0}")]
    Row(#[from] csv::Error),
    #[error("stopped; the results of earlier runs are as they were")]
    Stopped,
}
