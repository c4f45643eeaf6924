//! `verify`: does everything come out the same again?

use std::io::Write;
use std::path::Path;

use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::project::Project;
use crate::cli::run::{produce, scope_of};
use crate::cli::terminal::{ALARM, counted, styled};
use crate::report::{Difference, Manifest, Staging, differences, output_differences, outputs_on_disk};

/// Computes the study again in a folder of its own, and holds manifest, files and the new results against each other.
pub(super) fn verify(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open_and_learn(study, common)?;
    let recorded = Manifest::read(&project.output)?;
    let on_disk = outputs_on_disk(&project.output, &recorded.outputs)?;
    let folder = tempfile::tempdir().map_err(|error| Failure::Write { path: std::env::temp_dir(), error })?;
    let mut staging = Staging::begin(folder.path())?;
    let now = produce(&project, scope_of(&recorded), &mut staging, common)?.manifest;
    let changed_on_disk = output_differences(&recorded.outputs, &on_disk);
    let changed_now = differences(&recorded, &now);
    let mut out = anstream::stdout().lock();
    if changed_on_disk.is_empty() && changed_now.is_empty() {
        if !common.quiet {
            let files = counted(recorded.outputs.len() as u64, "file");
            writeln!(out, "{}: {files} as recorded, and computed again to the same bytes", project.output.display())?;
        }
        return Ok(Verdict::Fine);
    }
    list(&mut out, "files on the disk against the manifest", &changed_on_disk)?;
    list(&mut out, "this run against the manifest", &changed_now)?;
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
