//! Makes of coded parts what a single run over all of them would have made.

use std::path::PathBuf;

use crate::analysis::bundle::Bundle;
use crate::analysis::coded_parts::CodedParts;
use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare;
use crate::analysis::run::{Job, RunOutcome, RunScope, produce};
use crate::analysis::watch::{Watcher, go_on};
use crate::report::{PART, Staging};

/// Merges the parts in `folders`, which may come in any order, into the output folder of the bundle: every table, figure and page
/// of a single run, byte for byte. `excluded.csv` and the inputs in `manifest.json` name the files of the parts.
///
/// # Errors
/// When a part is missing, unfinished, damaged or of another bundle, two parts have different documents of one id, or the results
/// cannot be computed or written; earlier results then stay.
pub fn merge(bundle: &Bundle, folders: &[PathBuf], watcher: &dyn Watcher) -> Result<RunOutcome, AnalysisError> {
    let parts = CodedParts::open(bundle, folders)?;
    let Bundle { project, learnt, path, .. } = bundle;
    let mut staging = Staging::begin(&project.output)?;
    let job = Job { project, learnt, scope: RunScope::CodeAndCompare, watcher, parts: Some(&parts) };
    let outcome = produce(&job, &mut staging)?;
    spare(staging.destinations(), folders.iter().map(|folder| folder.join(PART)).chain([path.clone()]))?;
    go_on(watcher)?;
    staging.commit()?;
    Ok(outcome)
}
