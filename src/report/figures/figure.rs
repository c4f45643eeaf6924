//! What a figure is: a table, and two functions that fill it and draw it.

use std::path::Path;

use rayon::prelude::*;

use crate::report::figures::drawing::Drawing;
use crate::report::figures::page::DrawnPage;
use crate::report::figures::paging::Paging;
use crate::report::figures::raster;
use crate::report::figures::sheet::FigureSheet;
use crate::report::figures::subject::MOST_FRAMES;
use crate::report::{FigureFormat, Look, ReportError, Rows, Subject, Table};

/// A figure that Parallax draws.
#[derive(Debug)]
pub struct Figure {
    /// Its name on the command line, and that of its files.
    pub name: &'static str,
    /// The data that it shows, `figures/NAME.csv`.
    pub table: &'static Table,
    /// The columns whose values are shared out to several pages where one does not hold all; none where it always does.
    pub(super) parts_by: &'static [&'static str],
    /// Adds every row; none where the study has nothing to show there.
    pub(super) rows: fn(&Subject<'_>, &mut Rows<Vec<u8>>) -> Result<(), ReportError>,
    /// Draws the rows.
    pub(super) draw: fn(&Drawing<'_>) -> DrawnPage,
}

/// A file of a figure: its name in the output folder, and its bytes.
pub(super) struct FigureFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Pages that a figure can take: with the most frames and groups that are drawn, the narrowest needs fewer.
const MOST_PAGES: usize = 3 * MOST_FRAMES;

impl Figure {
    /// Every file that a run may write of it, whatever the study: the data, and SVG and PNG of each page.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let pictures = [FigureFormat::Svg, FigureFormat::Png].into_iter();
        let pictures = pictures.flat_map(|format| self.picture_files("", format).collect::<Vec<_>>());
        [self.table.file.to_owned()].into_iter().chain(pictures).collect()
    }

    /// The files that its pages may have in that format.
    pub(super) fn picture_files(&self, suffix: &str, format: FigureFormat) -> impl Iterator<Item = String> {
        (0..MOST_PAGES).map(move |page| self.file(suffix, page, format))
    }

    /// The file of one of its pages, counted from 0, in the output folder; that of the first has no number.
    fn file(&self, suffix: &str, page: usize, format: FigureFormat) -> String {
        let number = if page == 0 { String::new() } else { format!("-{}", page + 1) };
        let extension = if format == FigureFormat::Svg { "svg" } else { "png" };
        format!("figures/{}{suffix}{number}.{extension}", self.name)
    }

    /// The CSV of this figure; `None` where the study has nothing to show in it.
    ///
    /// # Errors
    /// None but a bug can cause.
    pub fn data(&self, subject: &Subject<'_>) -> Result<Option<Vec<u8>>, ReportError> {
        let mut rows = Rows::encoded(self.table);
        (self.rows)(subject, &mut rows)?;
        let file = rows.into_table()?;
        Ok((file.len() > self.table.header().len()).then_some(file))
    }

    /// The figure of that CSV, as one SVG for each page that it takes: one page unless it would be higher than paper is.
    ///
    /// # Errors
    /// When the CSV is not one of this figure, or the figure needs more room than `look` gives it.
    pub fn pages(&self, csv: &[u8], look: &Look<'_>) -> Result<Vec<String>, ReportError> {
        let sheet = FigureSheet::read(csv, Path::new(self.table.file), self.table)?;
        Paging { name: self.name, parts_by: self.parts_by, draw: self.draw, look }.pages(&sheet)
    }

    /// Each page of the figure of that CSV in the formats asked for.
    pub(super) fn pictures(
        &self,
        csv: &[u8],
        look: &Look<'_>,
        formats: &[FigureFormat],
    ) -> Result<Vec<FigureFile>, ReportError> {
        let pages = self.pages(csv, look)?;
        let numbered = pages.iter().enumerate();
        let each: Vec<_> =
            numbered.flat_map(|(page, svg)| formats.iter().map(move |format| (page, svg, *format))).collect();
        let picture = |(page, svg, format): (usize, &String, FigureFormat)| {
            let bytes = match format {
                FigureFormat::Svg => svg.clone().into_bytes(),
                FigureFormat::Png => {
                    raster::png(svg).map_err(|source| ReportError::Picture { name: self.name, source })?
                }
            };
            Ok(FigureFile { name: self.file(&look.suffix(), page, format), bytes })
        };
        each.into_par_iter().map(picture).collect()
    }
}
