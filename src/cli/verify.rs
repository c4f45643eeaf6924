//! `verify`: does everything come out the same again?

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{ALARM, shown, standard_output, styled};
use crate::report::{Difference, counted};

/// Computes the study again and prints what differs.
pub(super) fn verify(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, common.output())?;
    let found = analysis::verify(&project, &common.watcher())?;
    let mut out = standard_output();
    if found.holds() {
        if !common.quiet {
            let files = counted(found.files as u64, "file");
            writeln!(out, "{}: {files} as recorded, and computed again to the same bytes", shown(&project.output))?;
        }
        return Ok(Verdict::Fine);
    }
    list(&mut out, "files on the disk against the manifest", &found.on_disk)?;
    list(&mut out, "this run against the manifest", &found.computed_again)?;
    Ok(Verdict::No)
}

fn list(out: &mut impl Write, title: &str, differences: &[Difference]) -> Result<(), Failure> {
    if !differences.is_empty() {
        writeln!(out, "{}", styled(ALARM, &format!("{title}: {}", counted(differences.len() as u64, "difference"))))?;
        for difference in differences {
            writeln!(out, "  {difference}")?;
        }
    }
    Ok(())
}
