//! Makes of coded parts what a single run over all of them would have made.

use crate::analysis::bundle::Bundle;
use crate::analysis::coded_parts::CodedParts;
use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare;
use crate::analysis::run::{Job, RunOutcome, RunScope, produce};
use crate::analysis::watch::{Watcher, go_on};
use crate::report::Staging;

/// Merges `parts` into the output folder of the bundle: every table, figure and page
/// of a single run, byte for byte. `excluded.csv` and the inputs in `manifest.json` name the files of the parts.
///
/// # Errors
/// When a part is damaged, two parts have different documents of one id, or the results cannot be computed or written; earlier
/// results then stay.
pub fn merge(bundle: &Bundle, parts: &CodedParts, watcher: &dyn Watcher) -> Result<RunOutcome, AnalysisError> {
    let Bundle { project, learnt, path, .. } = bundle;
    project.spare_strangers()?;
    let mut staging = Staging::begin(&project.output)?;
    let job = Job { project, learnt, scope: RunScope::CodeAndCompare, watcher, parts: Some(parts) };
    let outcome = produce(&job, &mut staging)?;
    spare(staging.destinations(), parts.files().chain([path.clone()]))?;
    go_on(watcher)?;
    staging.commit()?;
    Ok(outcome)
}
