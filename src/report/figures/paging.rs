//! How a figure comes onto pages: as high as asked, or shared out to as many as it takes.

use crate::report::figures::drawing::Drawing;
use crate::report::figures::page::DrawnPage;
use crate::report::figures::sheet::FigureSheet;
use crate::report::figures::subject::{MOST_FRAMES, MOST_GROUPS};
use crate::report::figures::text::Ruler;
use crate::report::figures::theme::{POINTS, THEME};
use crate::report::{Look, ReportError};

/// A figure that is to come onto pages.
pub(super) struct Paging<'a> {
    pub(super) name: &'static str,
    /// The columns whose values are shared out.
    pub(super) parts_by: &'static [&'static str],
    pub(super) draw: fn(&Drawing<'_>) -> DrawnPage,
    pub(super) look: &'a Look<'a>,
}

impl Paging<'_> {
    /// The SVG of each page: one, as high as asked, or as many as it takes for none to be too high for paper.
    pub(super) fn pages(&self, whole: &FigureSheet) -> Result<Vec<String>, ReportError> {
        let ruler = Ruler::new();
        if let Some(height) = self.look.height {
            let drawn = |stretch: f64| (self.draw)(&Drawing { stretch, ..Drawing::of(whole, self.look, &ruler) });
            return self.stretched(&drawn, height).map(|svg| vec![svg]);
        }
        let mut pages = vec![(self.draw)(&Drawing::of(whole, self.look, &ruler))];
        let mut ways = self.ways(whole);
        while pages.iter().any(|page| page.height > THEME.page.highest * POINTS) {
            let Some(parts) = ways.next() else { break };
            // Another number of frames to a page may make as many pages as before, which need not be drawn again.
            if parts.len() > pages.len() {
                pages = self.draw_parts(whole, &parts, &ruler);
            }
        }
        Ok(pages.into_iter().map(|page| page.svg).collect())
    }

    /// The ways to share the sheet out: fewer frames on a page first; where one is too many, fewer groups too.
    fn ways<'a>(&'a self, whole: &'a FigureSheet) -> Box<dyn Iterator<Item = Vec<FigureSheet>> + 'a> {
        if self.parts_by.is_empty() {
            return Box::new(std::iter::empty());
        }
        // Frames are the smaller loss: a reader compares groups within a frame, so these stay together as long as
        // they can.
        let by_frames = (2..=MOST_FRAMES).map(|count| whole.parts(self.parts_by, count));
        let by_both = (2..=MOST_GROUPS).map(|count| {
            let parts = whole.parts(self.parts_by, MOST_FRAMES);
            parts.iter().flat_map(|part| part.parts(&["group"], count)).collect()
        });
        Box::new(by_frames.chain(by_both))
    }

    fn draw_parts(&self, whole: &FigureSheet, parts: &[FigureSheet], ruler: &Ruler) -> Vec<DrawnPage> {
        let drawn = |(page, sheet): (usize, &FigureSheet)| {
            (self.draw)(&Drawing { sheet, page, pages: parts.len(), ..Drawing::of(whole, self.look, ruler) })
        };
        parts.iter().enumerate().map(drawn).collect()
    }

    /// The SVG of a page, as many millimetres high.
    fn stretched(&self, draw: &dyn Fn(f64) -> DrawnPage, height: f64) -> Result<String, ReportError> {
        let natural = draw(1.0).height;
        // All that stretches does so in proportion, so two heights tell every other.
        let per_stretch = draw(2.0).height - natural;
        let stretch = 1.0 + (height * POINTS - natural) / per_stretch;
        let least_stretch = THEME.page.least_stretch;
        if !stretch.is_finite() || stretch < least_stretch {
            let least = ((natural - per_stretch * (1.0 - least_stretch)) / POINTS).ceil();
            return Err(ReportError::NoRoom { name: self.name, width: self.look.width, least });
        }
        Ok(draw(stretch).svg)
    }
}
