//! What stops a command, and what is said of it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::terminal::harmless;
use crate::codebook::TomlError;
use crate::codebook::import::DictionaryError;
use crate::compare::PlanError;
use crate::corpus::CorpusError;
use crate::learning::ModelError;
use crate::learning::tables::CodingsError;
use crate::report::ReportError;
use crate::stats::learning::LearningError;

/// Exit code of bad input or usage.
const BAD_INPUT: u8 = 2;

/// Exit code of a program that Ctrl-C ended, by convention 128 + SIGINT.
pub(super) const INTERRUPTED: u8 = 130;

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    #[error(transparent)]
    Toml(#[from] TomlError),
    #[error("{file}: {error}")]
    Plan { file: String, error: PlanError },
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("{study}: no articles in the corpus; {files} {verb} empty or only a header")]
    NothingRead { study: String, files: String, verb: &'static str },
    #[error("{study}: no document is left: {read} records were read and {excluded} excluded{example}")]
    NothingKept { study: String, read: u64, excluded: u64, example: String },
    #[error("{study}: no document \"{id}\" in the corpus{hint}")]
    NoSuchDocument { study: String, id: String, hint: String },
    #[error("document \"{id}\" has no sentence {sentence}; the last is {last}")]
    NoSuchSentence { id: String, sentence: usize, last: usize },
    #[error("{}: there already, and coders may have filled it in; name another folder with --output", path.display())]
    SampleExists { path: PathBuf },
    #[error("{study}: no hand codings to measure with; name them in the study (codings = \"...\")")]
    NoCodings { study: String },
    #[error("name the column of the label with --label, or measure a model with --model")]
    NoLabel,
    #[error(
        "{file}: nothing to learn: no frame has {least} coded sentences with and {least} without it in documents of the corpus; \
         have more coded, or leave codings out of the study{}{}",
        if notes.is_empty() { "" } else { "; " },
        notes.join("; ")
    )]
    NothingToLearn { file: String, least: usize, notes: Vec<String> },
    #[error("{files}: no coding can be used{}{}", if notes.is_empty() { "" } else { "; " }, notes.join("; "))]
    NoUsableCoding { files: String, notes: Vec<String> },
    #[error("{study}: {message}")]
    Sample { study: String, message: String },
    #[error(
        "{files}: no unit was coded by two coders ({coders}); name files that share sentences, and tell their coders apart"
    )]
    NothingShared { files: String, coders: String },
    #[error("{}: the folder is not empty; name a new one, such as parallax init my-study", folder.display())]
    FolderNotEmpty { folder: PathBuf },
    #[error("{}: a file, not a folder; name a new one, such as parallax init my-study", folder.display())]
    NoFolder { folder: PathBuf },
    #[error("{}: no such file; name a study file, or make one to begin with: parallax init my-study", path.display())]
    NoStudy { path: PathBuf },
    #[error("{}: a folder; name the study file in it, such as {}", path.display(), path.join("study.toml").display())]
    StudyIsFolder { path: PathBuf },
    #[error("{codebook}: no such file; {study} names it (codebook = \"...\"), from the folder that {study} is in")]
    NoCodebook { study: String, codebook: String },
    #[error("{}: an input of the study; the results would replace it; use --output", path.display())]
    OutputIsInput { path: PathBuf },
    #[error("{}: {error}; name another place", path.display())]
    Write { path: PathBuf, error: io::Error },
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
    #[error("cannot start the threads ({0}); ask for fewer with --threads")]
    Threads(String),
    #[error("cannot listen for Ctrl-C: {0}")]
    Signal(#[from] ctrlc::Error),
    #[error("stopped; the results of earlier runs are as they were")]
    Interrupted,
    #[error("cannot write to the standard output: {0}")]
    Print(#[from] io::Error),
}

impl Failure {
    /// Says what is wrong, on stderr, and gives the exit code. A reader that closed the pipe, as `head` does, is no
    /// failure.
    pub(super) fn report(&self) -> ExitCode {
        if let Self::Print(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return ExitCode::SUCCESS;
        }
        // Nothing is left to be done where stderr is closed too.
        let message: Vec<String> = self.to_string().lines().map(|line| harmless(line).into_owned()).collect();
        let _ = writeln!(anstream::stderr(), "parallax: {}", message.join("\n"));
        ExitCode::from(if matches!(self, Self::Interrupted) { INTERRUPTED } else { BAD_INPUT })
    }
}
