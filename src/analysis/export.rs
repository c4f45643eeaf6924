//! Notebooks and codebook in a folder to work in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::evidence::evidence;
use crate::analysis::learnt::Learnt;
use crate::analysis::paths::{relative, resolved};
use crate::analysis::project::Project;
use crate::analysis::watch::{Watcher, go_on};
use crate::model::LeastHits;
use crate::report::{
    CODEBOOK_PAGE, CodebookEvidence, Manifest, NOTEBOOKS, ReportError, Staging, strangers, write_codebook_page,
    write_notebooks,
};

/// Folder beside the study file where neither the study nor the caller names one.
const FOLDER: &str = "notebooks";

/// Writes notebooks that read the study's own output folder into `folder`, else where the study says; gives the folder.
///
/// # Errors
/// When the hand codings cannot be read, or the notebooks cannot be written.
pub fn export(project: &Project, folder: Option<&Path>, watcher: &dyn Watcher) -> Result<PathBuf, AnalysisError> {
    let named = project.study.notebooks.as_deref().unwrap_or(FOLDER);
    let folder = folder.map_or_else(|| project.folder.join(named), Path::to_path_buf);
    go_on(watcher)?;
    write_into(&folder, project, &Learnt::default(), watcher)?;
    Ok(folder)
}

/// Writes the notebooks into the folder that the study names for them, if it names one and the results are where the study
/// has them.
pub(super) fn export_as_the_study_asks(
    project: &Project,
    learnt: &Learnt,
    watcher: &dyn Watcher,
) -> Result<(), AnalysisError> {
    match &project.study.notebooks {
        Some(folder) if !project.is_elsewhere => write_into(&project.folder.join(folder), project, learnt, watcher),
        _ => Ok(()),
    }
}

fn write_into(folder: &Path, project: &Project, learnt: &Learnt, watcher: &dyn Watcher) -> Result<(), AnalysisError> {
    let own: Vec<String> = NOTEBOOKS.into_iter().chain([CODEBOOK_PAGE]).map(str::to_owned).collect();
    project.spare_others(strangers(folder, &[], &own))?;
    let mut staging = Staging::begin_beside(folder)?;
    let results = relative(&resolved(folder), &resolved(&project.output));
    let plan = project.plan()?.with_least_hits(least_hits(project)?);
    write_notebooks(&mut staging, "", project.notebooks(plan.settings()), &results)?;
    // What was learnt belongs to the results; beside the notebooks stands what files alone say.
    let evidence = CodebookEvidence { choices: Vec::new(), ..evidence(project, learnt, watcher)? };
    write_codebook_page(&mut staging, &project.codebook, &evidence)?;
    project.spare_inputs(staging.destinations())?;
    Ok(staging.commit()?)
}

/// What codings said of how many sentences a frame takes when the results were written; nothing before the first run.
fn least_hits(project: &Project) -> Result<BTreeMap<String, LeastHits>, AnalysisError> {
    match Manifest::read(&project.output) {
        Err(ReportError::NoManifest(_)) => Ok(BTreeMap::new()),
        manifest => Ok(manifest?.least_hits),
    }
}
