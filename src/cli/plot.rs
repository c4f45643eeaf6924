//! `plot`: the figures again, from the data that a run left, in another size or format.

use std::io::Write;
use std::path::Path;

use crate::cli::Verdict;
use crate::cli::arguments::{Common, PictureFormat, Size};
use crate::cli::failure::Failure;
use crate::cli::project::Project;
use crate::report::{FigureFormat, Look, Manifest, Staging, WIDTH, redraw};

/// Draws figures from the CSVs in the output folder, without reading the corpus.
pub(super) fn plot(
    study: &Path,
    figures: &[String],
    size: &Size,
    format: PictureFormat,
    common: &Common,
) -> Result<Verdict, Failure> {
    let project = Project::open(study, common)?;
    let manifest = Manifest::read(&project.output)?;
    let width = size.width.unwrap_or(WIDTH);
    let look = Look { study: &project.study, frames: &project.codebook.frames, width, height: size.height };
    let formats = match format {
        PictureFormat::Svg => &[FigureFormat::Svg][..],
        PictureFormat::Png => &[FigureFormat::Png],
        PictureFormat::Both => &[FigureFormat::Svg, FigureFormat::Png],
    };
    let mut staging = Staging::begin(&project.output)?;
    let files = redraw(&mut staging, &project.output, figures, &look, formats)?;
    keep_manifest(manifest, &mut staging)?;
    project.spare_inputs(&project.output, &staging.outputs())?;
    staging.commit()?;
    if !common.quiet {
        let mut out = anstream::stdout().lock();
        for file in files {
            writeln!(out, "{}", project.output.join(file).display())?;
        }
    }
    Ok(Verdict::Fine)
}

/// Writes the manifest again, with the figures of the run's own names as they now are. Figures of other sizes are copies
/// for a page, not results, and stay out of it.
fn keep_manifest(mut manifest: Manifest, staging: &mut Staging) -> Result<(), Failure> {
    for drawn in staging.outputs() {
        if let Some(recorded) = manifest.outputs.iter_mut().find(|output| output.path == drawn.path) {
            *recorded = drawn;
        }
    }
    Ok(manifest.write(staging)?)
}
