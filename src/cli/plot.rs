//! `plot`: the figures again, from the data that a run left, in another size or format.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, PlotRequest, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::picture_arguments::PictureFormat;
use crate::cli::terminal::{shown, standard_output};
use crate::report::FigureFormat;

/// Draws figures from the CSVs in the output folder and says where they are.
pub(super) fn plot(study: &Path, request: &PlotRequest<'_>, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, common.output())?;
    let files = analysis::plot(&project, request)?;
    if !common.quiet {
        let mut out = standard_output();
        for file in files {
            writeln!(out, "{}", shown(&file))?;
        }
    }
    Ok(Verdict::Fine)
}

impl PictureFormat {
    /// As the figures know it.
    pub(super) fn formats(self) -> &'static [FigureFormat] {
        match self {
            Self::Svg => &[FigureFormat::Svg],
            Self::Png => &[FigureFormat::Png],
            Self::Both => &[FigureFormat::Svg, FigureFormat::Png],
        }
    }
}
