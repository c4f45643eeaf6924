//! `run`, `code` and `compare`: from a corpus to tables.

use std::path::Path;

use crate::analysis::{self, Learnt, Project};
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::{Verdict, summary};

/// The main job.
pub(super) fn run(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let (project, watcher) = (Project::open(study, common.output())?, common.watcher());
    // Before anything is learnt, which may take an hour.
    project.spare_strangers()?;
    let learnt = Learnt::now(&project, &watcher)?;
    let outcome = analysis::run(&project, &learnt, &watcher)?;
    summary::print(&project, &learnt, &outcome, common)?;
    Ok(Verdict::Fine)
}

/// Codes the corpus; tables of an earlier comparison, which would no longer fit, leave.
pub(super) fn code(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let (project, watcher) = (Project::open(study, common.output())?, common.watcher());
    // Before anything is learnt, which may take an hour.
    project.spare_strangers()?;
    let learnt = Learnt::now(&project, &watcher)?;
    let outcome = analysis::code(&project, &learnt, &watcher)?;
    summary::print(&project, &learnt, &outcome, common)?;
    Ok(Verdict::Fine)
}

/// Compares again, from the documents.csv and attributions.csv of an earlier run.
pub(super) fn compare(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, common.output())?;
    let compared = analysis::compare(&project, &common.watcher())?;
    summary::print_findings(&project, &compared, common)?;
    Ok(Verdict::Fine)
}
