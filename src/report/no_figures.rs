//! In place of `figures` in a build without the feature of that name: no figure, hence no file of one. What calls this is
//! written as if there were some.

use std::path::Path;

use crate::report::{FigureFormat, Look, ReportError, Staging, Subject, Table};

/// Every figure: none.
pub static FIGURES: [&Figure; 0] = [];

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

/// Writes no figure.
///
/// # Errors
/// None.
pub fn write_figures(_: &mut Staging, _: &Subject<'_>) -> Result<(), ReportError> {
    Ok(())
}

/// Writes no figure of a plan.
///
/// # Errors
/// None.
pub fn write_width_figure(_: &mut Staging, _: &[u8], _: &Look<'_>) -> Result<Vec<String>, ReportError> {
    Ok(Vec::new())
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
