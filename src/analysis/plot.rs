//! The figures again, from the data that a run left, in another size or format.

use std::path::PathBuf;

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::report::{FigureFormat, Look, Manifest, Staging, redraw};

/// How figures are to look.
#[derive(Clone, Copy, Debug)]
pub struct PlotRequest<'a> {
    /// Names of figures; all where there are none.
    pub figures: &'a [String],
    /// In millimetres.
    pub width: f64,
    /// In millimetres; what the content needs where it is not given.
    pub height: Option<f64>,
    /// What to write.
    pub formats: &'a [FigureFormat],
}

/// Draws figures from the CSVs in the output folder, without reading the corpus; gives the files.
///
/// # Errors
/// When there is no run to draw, or a file cannot be written.
pub fn plot(project: &Project, request: &PlotRequest<'_>) -> Result<Vec<PathBuf>, AnalysisError> {
    let PlotRequest { figures, width, height, formats } = *request;
    let manifest = project.results()?;
    project.refuse_other_groups(&manifest)?;
    let look = Look { study: &project.study, frames: &project.codebook.frames, width, height };
    let mut staging = Staging::begin(&project.output)?;
    let files = redraw(&mut staging, &project.output, figures, &look, formats)?;
    keep_manifest(manifest, &mut staging)?;
    project.spare_inputs(staging.destinations())?;
    staging.commit()?;
    Ok(files.into_iter().map(|file| project.output.join(file)).collect())
}

/// Writes the manifest again, with the figures of the run's own names as they now are. Figures of other sizes are copies
/// for a page, not results, and stay out of it.
fn keep_manifest(mut manifest: Manifest, staging: &mut Staging) -> Result<(), AnalysisError> {
    for drawn in staging.outputs() {
        if let Some(recorded) = manifest.outputs.iter_mut().find(|output| output.path == drawn.path) {
            *recorded = drawn;
        }
    }
    Ok(manifest.write(staging)?)
}
