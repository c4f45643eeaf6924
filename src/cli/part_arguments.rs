//! Parts of a corpus on the command line.

use std::path::PathBuf;

use clap::Args;

/// The files of one part.
#[derive(Debug, Args)]
pub(super) struct PartFiles {
    /// With a bundle: the files of the part
    #[arg(value_name = "PART")]
    pub(super) files: Vec<String>,
    /// With a bundle whose `[[corpus]]` tables differ: `path` of the one that says how the part is read
    #[arg(long, value_name = "PATH")]
    pub(super) like: Option<String>,
    /// With a bundle: code a stream of Arrow (IPC) from the standard input and answer on the standard output
    #[arg(long, conflicts_with = "files")]
    pub(super) arrow: bool,
}

/// What is merged.
#[derive(Debug, Args)]
pub(super) struct Merged {
    /// The bundle that the parts were coded with
    #[arg(value_name = "BUNDLE")]
    pub(super) bundle: PathBuf,
    /// Folders of coded parts, in any order
    #[arg(value_name = "PART", required = true)]
    pub(super) parts: Vec<PathBuf>,
    /// How many parts there are: fewer or more stop the merge, as where a task of a job array has failed
    #[arg(long, value_name = "N")]
    pub(super) expect: Option<usize>,
}
