//! How many more sentences are to be coded for a wanted precision.

use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::compare::{CodingPlan, needed_codings};
use crate::report::{
    Look, Staging, WIDTH, read_documents, read_validation, width_curve_csv, write_coding_plan, write_width_figure,
};

/// Folder beside the study file unless the caller names one.
const FOLDER: &str = "plan";

/// A plan of further coding, and where it is.
#[derive(Debug)]
pub struct PlannedCoding {
    /// What each share and difference needs.
    pub plan: CodingPlan,
    /// The folder of its tables and its figure.
    pub folder: PathBuf,
    /// The pictures of the curves, SVG and PNG of each page; none where nothing is coded.
    pub pictures: Vec<String>,
}

/// Plans from the last run of a study: its documents.csv, and its validation.csv with what people coded.
///
/// # Errors
/// When the study was not run, or a file cannot be read or written.
pub fn plan(project: &Project, folder: Option<&Path>, half_width: f64) -> Result<PlannedCoding, AnalysisError> {
    let comparison = project.plan()?;
    let mut counts = read_documents(&project.output, &comparison)?;
    read_validation(&project.output, &comparison, &mut counts)?;
    let plan = needed_codings(&comparison, &counts, half_width);
    let folder = folder.map_or_else(|| project.folder.join(FOLDER), Path::to_path_buf);
    let mut staging = Staging::begin(&folder)?;
    write_coding_plan(&mut staging, &plan)?;
    let (study, frames) = (&project.study, &project.codebook.frames[..]);
    let look = Look { study, frames, width: WIDTH, height: None };
    let pictures = write_width_figure(&mut staging, &width_curve_csv(&plan)?, &look)?;
    staging.commit()?;
    Ok(PlannedCoding { plan, folder, pictures })
}
