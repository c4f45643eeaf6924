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
    #[arg(long, value_name = "PATH", requires = "files")]
    pub(super) like: Option<String>,
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
