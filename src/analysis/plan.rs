//! How many more sentences are to be coded for a wanted precision.

use std::path::{Path, PathBuf};

use crate::analysis::changed::changed_since;
use crate::analysis::codings;
use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::compare::{CodingPlan, Counts, Plan, ShareBounds, needed_codings, share_bounds};
use crate::report::{
    CODING_PLAN, Look, Manifest, SHARE_BOUNDS, Staging, WIDTH, WIDTH_CURVE, read_documents, read_validation, strangers,
    width_curve_csv, write_coding_plan, write_share_bounds, write_width_figure,
};
use crate::study::coded_twice;

/// Folder beside the study file unless the caller names one.
const FOLDER: &str = "plan";

/// What a plan is to say.
#[derive(Clone, Copy, Debug)]
pub struct WantedPlan {
    /// Half the width that the 95 % intervals are to have, as a share.
    pub half_width: f64,
    /// Whether also where shares lie if coders err.
    pub with_bounds: bool,
}

/// A plan of further coding, and where it is.
#[derive(Debug)]
pub struct PlannedCoding {
    /// What each share and difference needs.
    pub plan: CodingPlan,
    /// Where shares lie if coders err; `None` unless that was asked for.
    pub bounds: Option<Vec<ShareBounds>>,
    /// The folder of its tables and its figure.
    pub folder: PathBuf,
    /// The pictures of the curves, SVG and PNG of each page; none where nothing is coded.
    pub pictures: Vec<String>,
}

/// Plans from the last run of a study: its documents.csv, and its validation.csv with what people coded. The plan says what has
/// changed since.
///
/// # Errors
/// When the study was not run, or a file cannot be read or written.
pub fn plan(project: &Project, folder: Option<&Path>, wanted: WantedPlan) -> Result<PlannedCoding, AnalysisError> {
    let folder = folder.map_or_else(|| project.folder.join(FOLDER), Path::to_path_buf);
    let pictures = ["plan-curve.svg", "plan-curve.png"].map(str::to_owned);
    project.spare_others(strangers(&folder, &[&CODING_PLAN, &WIDTH_CURVE, &SHARE_BOUNDS], &pictures))?;
    let comparison = project.plan()?;
    let mut outdated = None;
    // Without a manifest nothing is known of it, and documents.csv is missing anyway or somebody's own.
    if let Ok(manifest) = Manifest::read(&project.output) {
        project.refuse_other_groups(&manifest)?;
        outdated = changed_since(project, &manifest)?;
    }
    let mut counts = read_documents(&project.output, &comparison, project.study.zeros)?;
    read_validation(&project.output, &comparison, &mut counts)?;
    let plan = CodingPlan { outdated, ..needed_codings(&comparison, &counts, wanted.half_width) };
    let bounds = wanted.with_bounds.then(|| bounds(project, &comparison, &counts)).transpose()?;
    let mut staging = Staging::begin_beside(&folder)?;
    write_coding_plan(&mut staging, &plan)?;
    if let Some(bounds) = &bounds {
        write_share_bounds(&mut staging, bounds, plan.outdated.as_deref())?;
    }
    let (study, frames) = (&project.study, &project.codebook.frames[..]);
    let look = Look { study, frames, width: WIDTH, height: None };
    let pictures = write_width_figure(&mut staging, &width_curve_csv(&plan)?, &look)?;
    project.spare_inputs(staging.destinations())?;
    staging.commit()?;
    Ok(PlannedCoding { plan, bounds, folder, pictures })
}

/// The codings themselves are read again: validation.csv has what coders came to, not what each of them said.
fn bounds(project: &Project, comparison: &Plan, counts: &Counts) -> Result<Vec<ShareBounds>, AnalysisError> {
    let is_coded = !project.study.codings.is_empty();
    let codings = if is_coded { codings::read(project)?.codings } else { Vec::new() };
    Ok(share_bounds(comparison, counts, &coded_twice(&codings, &project.frames())))
}
