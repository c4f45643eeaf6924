//! The counts of an earlier run, without reading the corpus.

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::compare::Counts;
use crate::report::{read_attributions, read_codings, read_documents};

/// Reads what documents.csv, attributions.csv and codings.csv in the output folder count, in the groups and periods of the study as it
/// is now. Whether they still fit the corpus is not asked; [`compare_again`](crate::compare_again) does.
///
/// # Errors
/// When a table is not there or is not what a run writes, or the study's comparison does not fit the codebook.
pub fn read_counts(project: &Project) -> Result<Counts, AnalysisError> {
    let plan = project.plan()?;
    let mut counts = read_documents(&project.output, &plan, project.study.zeros)?;
    read_attributions(&project.output, &mut counts)?;
    read_codings(&project.output, &plan, &mut counts)?;
    Ok(counts)
}
