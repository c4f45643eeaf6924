//! Does everything come out the same again?

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::project::Project;
use crate::analysis::run::{produce, scope_of};
use crate::analysis::watch::Watcher;
use crate::report::{Difference, Manifest, PassingFolder, Staging, differences, output_differences, outputs_on_disk};

/// How the results of a study hold up.
#[derive(Clone, Debug)]
pub struct Verification {
    /// Files that the manifest lists.
    pub files: usize,
    /// The files on the disk against the manifest.
    pub on_disk: Vec<Difference>,
    /// The results computed again against the manifest.
    pub computed_again: Vec<Difference>,
}

impl Verification {
    /// Whether everything is as recorded.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.on_disk.is_empty() && self.computed_again.is_empty()
    }
}

/// Computes the study again in a folder of its own, and holds manifest, files and the new results against each other.
///
/// # Errors
/// When there is no manifest, or the study cannot be computed.
pub fn verify(project: &Project, watcher: &dyn Watcher) -> Result<Verification, AnalysisError> {
    // Learnt anew, not read from the last run's file: that the learning comes out the same is part of the question.
    let learnt = Learnt::now(project, watcher)?;
    let recorded = Manifest::read(&project.output)?;
    let on_disk = outputs_on_disk(&project.output, &recorded.outputs)?;
    let folder = PassingFolder::make().map_err(AnalysisError::NoPlace)?;
    let mut staging = Staging::begin(folder.path())?;
    let job = crate::analysis::run::Job { project, learnt: &learnt, scope: scope_of(&recorded), watcher, parts: None };
    let now = produce(&job, &mut staging)?.manifest;
    Ok(Verification {
        files: recorded.outputs.len(),
        on_disk: output_differences(&recorded.outputs, &on_disk),
        computed_again: differences(&recorded, &now),
    })
}
