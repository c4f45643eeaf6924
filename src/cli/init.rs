//! `init`: a starter study that runs.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{shown, standard_output};

/// The files of a starter study. Its articles are invented.
const FILES: [(&str, &str); 3] = [
    ("study.toml", include_str!("starter/study.toml")),
    ("codebook.toml", include_str!("starter/codebook.toml")),
    ("articles.csv", include_str!("starter/articles.csv")),
];

/// Writes the starter study into `folder`.
pub(super) fn init(folder: &Path, common: &Common) -> Result<Verdict, Failure> {
    let failed = |error| Failure::Write { path: folder.to_path_buf(), error };
    if folder.exists() {
        if !folder.is_dir() {
            return Err(Failure::NoFolder { folder: folder.to_path_buf() });
        }
        if fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(Failure::FolderNotEmpty { folder: folder.to_path_buf() });
        }
    }
    fs::create_dir_all(folder).map_err(failed)?;
    for (name, content) in FILES {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|error| Failure::Write { path, error })?;
    }
    if !common.quiet {
        let study = folder.join("study.toml");
        let names = FILES.map(|(name, _)| name).join(", ");
        let mut out = standard_output();
        writeln!(out, "{}: {names}", shown(folder))?;
        writeln!(out, "Next: parallax check {0}, then parallax run {0}", shown(&study))?;
    }
    Ok(Verdict::Fine)
}
