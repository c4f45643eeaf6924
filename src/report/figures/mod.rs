//! Figures, as SVG and PNG, each with a CSV of the very data it shows.
//!
//! A figure is a table and two functions: one makes the rows from the findings, the other draws what the CSV then holds
//! and nothing else, so that `parallax plot` draws the same from the CSV alone. A new figure is one file here and one line
//! in [`FIGURES`]. Lengths inside are points (1/72 inch), so that a size of 7 is 7 points on paper.
//!
//! In reading order: `figure` (what one is), `subject` (its data), `sheet` (the data read back), `drawing` and `page`
//! (words around it), `paging`; the figures themselves (`prevalence`, `composition`, `timeline`, `contrasts`,
//! `differences`, `sources`, `keyness`, `calibration`, and `coding_plan`, of no run) with what several share (`panels`,
//! `strips`, `spread`, `names`, `tile_heads`); `axis`, `days` and `day_axis`, `marks`; and below all
//! `theme`, `ink`, `shapes`, `text`, `canvas` and `raster`.
//!
//! Not here: what figures are made from (`figure_subject`, which a build without figures has, too), colours (`palette`),
//! and any statistic: a figure shows numbers that a table has.

mod axis;
mod calibration;
mod canvas;
mod coding_plan;
mod composition;
mod contrasts;
mod day_axis;
mod days;
mod differences;
mod drawing;
mod figure;
mod ink;
mod keyness;
mod marks;
mod names;
mod page;
mod paging;
mod panels;
mod prevalence;
mod raster;
mod shapes;
mod sheet;
mod sources;
mod spread;
mod strips;
mod subject;
mod text;
mod theme;
mod tile_heads;
mod timeline;

pub use coding_plan::write_width_figure;
pub use figure::Figure;

use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;

use crate::report::error::refuse_pipe;
use crate::report::figures::figure::FigureFile;
use crate::report::{FigureFormat, Look, ReportError, Staging, Subject, WIDTH};

/// Every figure.
pub static FIGURES: [&Figure; 8] = [
    &prevalence::FIGURE,
    &composition::FIGURE,
    &timeline::FIGURE,
    &contrasts::FIGURE,
    &differences::FIGURE,
    &sources::FIGURE,
    &keyness::FIGURE,
    &calibration::FIGURE,
];

/// Writes every figure that the study has something to show in, with its data; those of an earlier run that it no longer
/// has leave.
///
/// # Errors
/// When a file cannot be written.
pub fn write_figures(staging: &mut Staging, subject: &Subject<'_>) -> Result<(), ReportError> {
    let look = subject.look(WIDTH);
    let draw = |figure: &&'static Figure| {
        let Some(csv) = figure.data(subject)? else { return Ok((*figure, Vec::new())) };
        let mut files = figure.pictures(&csv, &look, &[FigureFormat::Svg, FigureFormat::Png])?;
        files.insert(0, FigureFile { name: figure.table.file.to_owned(), bytes: csv });
        Ok((*figure, files))
    };
    let figures: Vec<_> = FIGURES.par_iter().map(draw).collect::<Result<_, ReportError>>()?;
    for (figure, files) in figures {
        for file in &files {
            staging.write(&file.name, &file.bytes)?;
        }
        remove_others(staging, figure.files(), &files);
    }
    Ok(())
}

/// Takes away those of `names` that were not made now.
fn remove_others(staging: &mut Staging, names: impl IntoIterator<Item = String>, made: &[FigureFile]) {
    for name in names {
        if made.iter().all(|file| file.name != name) {
            staging.remove(&name);
        }
    }
}

/// Draws figures again from the CSVs that a run left in the folder `output`, and says which files it made. One of another
/// size than a run makes gets the size into its name and stands beside it.
///
/// # Errors
/// When the data of one of `names` is not there, or (where `names` is empty) that of none; when a CSV was changed into
/// something that cannot be drawn; when a figure needs more room than `look` gives it.
pub fn redraw(
    staging: &mut Staging,
    output: &Path,
    names: &[String],
    look: &Look<'_>,
    formats: &[FigureFormat],
) -> Result<Vec<String>, ReportError> {
    let mut files = Vec::new();
    for figure in FIGURES.iter().filter(|figure| names.is_empty() || names.iter().any(|name| name == figure.name)) {
        let Some(csv) = read_data(&output.join(figure.table.file), names)? else { continue };
        let pictures = figure.pictures(&csv, look, formats)?;
        for picture in &pictures {
            staging.write(&picture.name, &picture.bytes)?;
        }
        for format in formats {
            remove_others(staging, figure.picture_files(&look.suffix(), *format), &pictures);
        }
        files.extend(pictures.into_iter().map(|picture| picture.name));
    }
    if files.is_empty() { Err(ReportError::NoFigure(output.join("figures"))) } else { Ok(files) }
}

/// The CSV at `path`; `None` where there is none and no figure was asked for by name.
fn read_data(path: &Path, names: &[String]) -> Result<Option<Vec<u8>>, ReportError> {
    refuse_pipe(path)?;
    match std::fs::read(path) {
        Ok(csv) => Ok(Some(csv)),
        Err(error) if error.kind() == ErrorKind::NotFound && names.is_empty() => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(ReportError::NoFigure(path.to_path_buf())),
        Err(error) => Err(ReportError::at(path, error)),
    }
}
