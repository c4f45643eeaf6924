//! Tables in a second format beside their CSV, where the study asks for it.

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::model::TableFormat;
#[cfg(feature = "parquet")]
use crate::report::write_parquet_tables;
use crate::report::{Manifest, Staging};

/// Refuses a format that this program was built without.
///
/// # Errors
/// When the study asks for one.
pub(super) fn needs_table_formats(project: &Project) -> Result<(), AnalysisError> {
    if cfg!(feature = "parquet") || !project.study.tables.contains(&TableFormat::Parquet) {
        return Ok(());
    }
    Err(AnalysisError::NoParquet { study: project.name.clone() })
}

/// Writes the tables of `staging` as the study asks for, beside their CSV.
///
/// # Errors
/// When the study asks for a format that this program was built without, or a file cannot be written.
pub(super) fn write_table_copies(project: &Project, staging: &mut Staging) -> Result<(), AnalysisError> {
    needs_table_formats(project)?;
    // Copies that an earlier run made go, and nothing that somebody else put there under such a name.
    if let Ok(earlier) = Manifest::read(&project.output) {
        let copies = earlier.outputs.iter().filter(|output| output.path.ends_with(".parquet"));
        copies.for_each(|output| staging.remove(&output.path));
    }
    #[cfg(feature = "parquet")]
    if project.study.tables.contains(&TableFormat::Parquet) {
        write_parquet_tables(staging)?;
    }
    Ok(())
}
