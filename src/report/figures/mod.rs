//! Figures, as SVG and PNG, each with a CSV of the very data it shows.
//!
//! A figure is a table and two functions: one makes the rows from the findings, the other draws what the CSV then holds
//! and nothing else, so that `parallax plot` draws the same from the CSV alone. A new figure is one file here and one line
//! in [`FIGURES`]. Lengths inside are points (1/72 inch), so that a size of 7 is 7 points on paper.

mod axis;
mod calibration;
mod canvas;
mod composition;
mod contrasts;
mod differences;
mod drawing;
mod page;
mod panels;
mod prevalence;
mod raster;
mod sheet;
mod sources;
mod strips;
mod subject;
mod text;
mod timeline;

pub use calibration::ReliabilityBin;
pub use drawing::Look;
pub use raster::RasterError;
pub use subject::Subject;

use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;

use crate::report::error::refuse_pipe;
use crate::report::figures::drawing::{Drawing, drawn};
use crate::report::figures::sheet::Sheet;
use crate::report::{ReportError, Rows, Staging, Table};

/// A figure that Parallax draws.
#[derive(Debug)]
pub struct Figure {
    /// Its name on the command line, and that of its files.
    pub name: &'static str,
    /// The data that it shows, `figures/NAME.csv`.
    pub table: &'static Table,
    /// The columns whose values are shared out to several pages where one does not hold all; none where it always does.
    parts_by: &'static [&'static str],
    /// Adds every row; none where the study has nothing to show there.
    rows: fn(&Subject<'_>, &mut Rows<Vec<u8>>) -> Result<(), ReportError>,
    /// Draws the rows: SVG and its height in points.
    draw: fn(&Drawing<'_>) -> (String, f64),
}

/// Every figure.
pub static FIGURES: [Figure; 7] = [
    Figure {
        name: "prevalence",
        table: &prevalence::TABLE,
        parts_by: &["frame"],
        rows: prevalence::add_rows,
        draw: prevalence::draw,
    },
    Figure {
        name: "composition",
        table: &composition::TABLE,
        parts_by: &[],
        rows: composition::add_rows,
        draw: composition::draw,
    },
    Figure {
        name: "timeline",
        table: &timeline::TABLE,
        parts_by: &["frame"],
        rows: timeline::add_rows,
        draw: timeline::draw,
    },
    Figure {
        name: "contrasts",
        table: &contrasts::TABLE,
        parts_by: &["frame_a", "frame_b"],
        rows: contrasts::add_rows,
        draw: contrasts::draw,
    },
    Figure {
        name: "differences",
        table: &differences::TABLE,
        parts_by: &["frame"],
        rows: differences::add_rows,
        draw: differences::draw,
    },
    Figure {
        name: "sources",
        table: &sources::TABLE,
        parts_by: &["kind", "source"],
        rows: sources::add_rows,
        draw: sources::draw,
    },
    Figure {
        name: "calibration",
        table: &calibration::TABLE,
        parts_by: &[],
        rows: calibration::add_rows,
        draw: calibration::draw,
    },
];

/// A kind of file that a figure becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Vector graphics whose text stays text.
    Svg,
    /// Pixels, 300 to the inch.
    Png,
}

/// Pages that a figure can take: with the most frames and groups that are drawn, the narrowest needs fewer.
const MOST_PAGES: usize = 3 * subject::MOST_FRAMES;

/// Width of the figures of a run in millimetres: both columns of a journal page.
pub const WIDTH: f64 = 170.0;

impl Figure {
    /// Every file that a run may write of it, whatever the study: the data, and SVG and PNG of each page.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let page = |number: usize| [Format::Svg, Format::Png].map(|format| self.file("", number, format));
        [self.table.file.to_owned()].into_iter().chain((0..MOST_PAGES).flat_map(page)).collect()
    }

    /// The file of one of its pages, counted from 0, in the output folder; that of the first has no number.
    fn file(&self, suffix: &str, page: usize, format: Format) -> String {
        let number = if page == 0 { String::new() } else { format!("-{}", page + 1) };
        let extension = if format == Format::Svg { "svg" } else { "png" };
        format!("figures/{}{suffix}{number}.{extension}", self.name)
    }

    /// The CSV of this figure; `None` where the study has nothing to show in it.
    ///
    /// # Errors
    /// None but a bug can cause.
    pub fn data(&self, subject: &Subject<'_>) -> Result<Option<Vec<u8>>, ReportError> {
        let mut rows = Rows::encoded(self.table);
        (self.rows)(subject, &mut rows)?;
        let rows = rows.into_bytes()?;
        let names: Vec<&str> = self.table.columns.iter().map(|column| column.name).collect();
        let header = format!("{}\n", names.join(","));
        Ok(if rows.is_empty() { None } else { Some([header.into_bytes(), rows].concat()) })
    }

    /// The figure of that CSV, as one SVG for each page that it takes: one page unless it would be higher than paper is.
    ///
    /// # Errors
    /// When the CSV is not one of this figure, or the figure needs more room than `look` gives it.
    pub fn pages(&self, csv: &[u8], look: &Look<'_>) -> Result<Vec<String>, ReportError> {
        let sheet = Sheet::read(csv, Path::new(self.table.file), self.table)?;
        drawn(self, &sheet, look)
    }

    /// Each page of the figure of that CSV in the formats asked for: the name of its file, and its bytes.
    fn pictures(&self, csv: &[u8], look: &Look<'_>, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
        let pages = self.pages(csv, look)?;
        let picture = |(page, svg, format): (usize, &String, Format)| {
            let bytes = match format {
                Format::Svg => svg.clone().into_bytes(),
                Format::Png => raster::png(svg).map_err(|source| ReportError::Picture { name: self.name, source })?,
            };
            Ok((self.file(&look.suffix(), page, format), bytes))
        };
        let each: Vec<(usize, &String, Format)> = pages
            .iter()
            .enumerate()
            .flat_map(|(page, svg)| formats.iter().map(move |format| (page, svg, *format)))
            .collect();
        each.into_par_iter().map(picture).collect()
    }
}

/// Writes every figure that the study has something to show in, with its data; those of an earlier run that it no longer
/// has leave.
///
/// # Errors
/// When a file cannot be written.
pub fn write_figures(staging: &mut Staging, subject: &Subject<'_>) -> Result<(), ReportError> {
    let look = subject.look(WIDTH);
    let draw = |figure: &'static Figure| {
        let Some(csv) = figure.data(subject)? else { return Ok((figure, None)) };
        let pictures = figure.pictures(&csv, &look, &[Format::Svg, Format::Png])?;
        Ok((figure, Some((csv, pictures))))
    };
    let figures: Vec<_> = FIGURES.par_iter().map(draw).collect::<Result<_, ReportError>>()?;
    for (figure, made) in figures {
        let mut stale = figure.files();
        if let Some((csv, pictures)) = made {
            staging.write(figure.table.file, &csv)?;
            for (file, bytes) in &pictures {
                staging.write(file, bytes)?;
            }
            stale.retain(|file| file != figure.table.file && pictures.iter().all(|(written, _)| written != file));
        }
        for file in stale {
            staging.remove(&file);
        }
    }
    Ok(())
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
    formats: &[Format],
) -> Result<Vec<String>, ReportError> {
    let mut files = Vec::new();
    for figure in FIGURES.iter().filter(|figure| names.is_empty() || names.iter().any(|name| name == figure.name)) {
        let path = output.join(figure.table.file);
        refuse_pipe(&path)?;
        let csv = match std::fs::read(&path) {
            Ok(csv) => csv,
            Err(error) if error.kind() == ErrorKind::NotFound && names.is_empty() => continue,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(ReportError::NoFigure(path)),
            Err(error) => return Err(ReportError::at(&path, error)),
        };
        let pictures = figure.pictures(&csv, look, formats)?;
        for (file, bytes) in &pictures {
            staging.write(file, bytes)?;
        }
        for format in formats {
            let pages = (0..MOST_PAGES).map(|page| figure.file(&look.suffix(), page, *format));
            pages.filter(|file| pictures.iter().all(|(drawn, _)| drawn != file)).for_each(|file| staging.remove(&file));
        }
        files.extend(pictures.into_iter().map(|(file, _)| file));
    }
    if files.is_empty() {
        return Err(ReportError::NoFigure(output.join("figures")));
    }
    Ok(files)
}
