//! `export`: notebooks and codebook in a folder to work in.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{harmless, shown, standard_output};
use crate::report::{CODEBOOK_PAGE, MANIFEST, NOTEBOOKS};

/// Writes notebooks that read the study's own output folder.
pub(super) fn export(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    // There --output is where the notebooks go; the tables stay where the study has them.
    let project = Project::open(study, None)?;
    let folder = analysis::export(&project, common.output(), &common.watcher())?;
    if !common.quiet {
        let mut out = standard_output();
        writeln!(out, "{}: {}, {CODEBOOK_PAGE}", shown(&folder), NOTEBOOKS.join(", "))?;
        if !project.output.join(MANIFEST).exists() {
            let results = shown(&project.output);
            writeln!(out, "They read {results}, where nothing is yet: parallax run {}", harmless(&project.name))?;
        }
    }
    Ok(Verdict::Fine)
}
