//! In place of `figures` in a build without the feature of that name: no figure, hence no file of one. What calls this is
//! written as if there were some.

use std::path::Path;

use crate::codebook::{Codebook, Frame};
use crate::compare::{Counts, Findings};
use crate::model::Study;
use crate::report::{ReportError, Staging, Table};
use crate::stats::Interval;

/// Every figure: none.
pub static FIGURES: [&Figure; 0] = [];

/// Width of a figure in millimetres.
pub const WIDTH: f64 = 170.0;

/// A figure that Parallax draws; there is none in this build.
#[derive(Debug)]
pub struct Figure {
    /// Its name on the command line.
    pub name: &'static str,
    /// The data that it shows.
    pub table: &'static Table,
}

impl Figure {
    /// Its files: none.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A kind of file that a figure becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFormat {
    /// Vector graphics.
    Svg,
    /// Pixels.
    Png,
}

/// How figures look.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What was asked.
    pub study: &'a Study,
    /// The frames, with their labels.
    pub frames: &'a [Frame],
    /// In millimetres.
    pub width: f64,
    /// In millimetres.
    pub height: Option<f64>,
}

/// A study that has been run.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was asked.
    pub study: &'a Study,
    /// The frames, with their labels.
    pub codebook: &'a Codebook,
    /// The documents counted.
    pub counts: &'a Counts,
    /// What was found.
    pub findings: &'a Findings,
    /// How the scorer's probabilities hold up against human coders.
    pub reliability: &'a [ReliabilityBin],
}

/// Codings whose probabilities lie in one range, held against what people said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    /// Lower end of the range, in [0, 1].
    pub low: f64,
    /// Upper end of the range, in [0, 1].
    pub high: f64,
    /// Codings in it.
    pub n: u64,
    /// Mean of their probabilities; `None` without any.
    pub mean_probability: Option<f64>,
    /// The share of them that people coded so too.
    pub observed: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
}

/// A drawing that did not become a picture; there is none.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {}

/// Writes no figure.
///
/// # Errors
/// None.
pub fn write_figures(_: &mut Staging, _: &Subject<'_>) -> Result<(), ReportError> {
    Ok(())
}

/// Draws no figure.
///
/// # Errors
/// Always, as there is nothing to draw.
pub fn redraw(
    _: &mut Staging,
    output: &Path,
    _: &[String],
    _: &Look<'_>,
    _: &[FigureFormat],
) -> Result<Vec<String>, ReportError> {
    Err(ReportError::NoFigure(output.join("figures")))
}
