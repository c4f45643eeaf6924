//! What stops a command, and what is said of it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::analysis::AnalysisError;
use crate::cli::terminal::harmless;

/// Exit code of bad input or usage.
const BAD_INPUT: u8 = 2;

/// Exit code of a program that Ctrl-C ended, by convention 128 + SIGINT.
pub(super) const INTERRUPTED: u8 = 130;

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    #[error("document \"{id}\" has no sentence {sentence}; the last is {last}")]
    NoSuchSentence { id: String, sentence: usize, last: usize },
    #[error("name the column of the label with --label, or measure a model with --model")]
    NoLabel,
    #[error(
        "check prints what it finds, and writes a file of --rule or --misses only; leave --output out, or write > check.txt"
    )]
    NothingToWrite,
    #[error("{}: the folder is not empty; name a new one, such as parallax init my-study", folder.display())]
    FolderNotEmpty { folder: PathBuf },
    #[error("{}: a file, not a folder; name a new one, such as parallax init my-study", folder.display())]
    NoFolder { folder: PathBuf },
    #[error("{expected} parts expected, {found} named; code those that are missing, or correct --expect")]
    PartsMissing { expected: usize, found: usize },
    #[cfg(not(feature = "arrow"))]
    #[error(
        "this program was built without Arrow; build it with --features arrow, or take that of the wheel (pip install ./python)"
    )]
    NoArrow,
    #[error("name the folder of the part: parallax code {} FILES --output parts/01", bundle.display())]
    NoPartFolder { bundle: PathBuf },
    #[error("name the files of the part: parallax code {} articles/01.csv --output parts/01", bundle.display())]
    NoPartFiles { bundle: PathBuf },
    #[error(
        "{}: a study codes its own corpus; for a part of it make a bundle (parallax bundle {}), and code the files with that",
        study.display(),
        study.display()
    )]
    NoBundle { study: PathBuf },
    #[error(
        "{name}: neither a codebook to begin with (starter, ukraine-crisis) nor a codebook file there is; a dictionary becomes one \
         with parallax import"
    )]
    NoCodebook { name: String },
    #[error("{}: {error}; name another place", path.display())]
    Write { path: PathBuf, error: io::Error },
    #[error("cannot start the threads ({0}); ask for fewer with --threads")]
    Threads(String),
    #[error("stopped; some results are in their place already")]
    StoppedLate,
    #[error("cannot listen for Ctrl-C: {0}")]
    Signal(#[from] ctrlc::Error),
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
        let is_stopped = matches!(self, Self::Analysis(AnalysisError::Stopped) | Self::StoppedLate);
        ExitCode::from(if is_stopped { INTERRUPTED } else { BAD_INPUT })
    }
}
