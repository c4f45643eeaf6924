//! What every figure has around it: a heading, what is shown, and a caption that says what it rests on.

use crate::report::figures::canvas::Canvas;
use crate::report::figures::shapes::{Point, Type, at};
use crate::report::figures::spread::factor;
use crate::report::figures::text::{Ruler, drawable};
use crate::report::figures::theme::{BODY, HEADING, SMALL, THEME};

/// What a caption says of letters that the font of the pictures lacks.
const BOXES: &str =
    "Boxes in the PNG: letters that its font lacks; the SVG shows them where a font of the machine has them.";

/// Lines of a paragraph; a longer one would fill the page.
const MOST_LINES: usize = 40;

/// A page as it was drawn.
#[derive(Debug)]
pub(super) struct DrawnPage {
    pub(super) svg: String,
    /// In points.
    pub(super) height: f64,
}

/// A figure being drawn from top to bottom.
pub(super) struct FigurePage<'a> {
    pub(super) canvas: Canvas,
    pub(super) ruler: &'a Ruler,
    /// Where the drawing begins and ends from left to right, in points.
    pub(super) left: f64,
    pub(super) right: f64,
    /// How far down it has come.
    pub(super) y: f64,
    /// By how much rows are to be higher than they need be.
    pub(super) stretch: f64,
    heading: String,
}

impl<'a> FigurePage<'a> {
    /// A page that wide, with its heading and a line or more on what is shown.
    pub(super) fn begin(ruler: &'a Ruler, width: f64, stretch: f64, heading: &str, about: &str) -> Self {
        let mut page = Self {
            canvas: Canvas::default(),
            ruler,
            left: THEME.page.margin,
            right: width - THEME.page.margin,
            y: THEME.page.margin,
            stretch,
            heading: heading.to_owned(),
        };
        page.paragraph(heading, HEADING);
        page.y += THEME.page.after_heading;
        page.paragraph(about, BODY);
        page.y += THEME.page.after_about;
        page
    }

    /// From left to right, in points.
    pub(super) const fn width(&self) -> f64 {
        self.right - self.left
    }

    /// `text` over the whole width, in as many lines as it takes.
    fn paragraph(&mut self, text: &str, look: Type<'_>) {
        for line in self.ruler.wrapped(text, look, self.width(), MOST_LINES) {
            self.y += look.leading();
            self.canvas.text(at(self.left, self.y - look.size * THEME.page.descent), &line, look);
        }
    }

    /// Lines of text below each other, the middle of them at `place`.
    pub(super) fn lines(&mut self, place: Point, lines: &[String], look: Type<'_>) {
        let first = place.y - look.leading() * (factor(lines.len()) - 1.0) / 2.0 + look.half_height();
        self.lines_from(at(place.x, first), lines, look);
    }

    /// Lines of text below each other, the last of them standing on `place`.
    pub(super) fn lines_above(&mut self, place: Point, lines: &[String], look: Type<'_>) {
        self.lines_from(at(place.x, place.y - look.leading() * (factor(lines.len()) - 1.0)), lines, look);
    }

    fn lines_from(&mut self, mut base: Point, lines: &[String], look: Type<'_>) {
        for line in lines {
            self.canvas.text(base, line, look);
            base.y += look.leading();
        }
    }

    /// How wide a text is.
    pub(super) fn text_width(&self, text: &str, look: Type<'_>) -> f64 {
        self.ruler.width_in(text, look)
    }

    /// The widest of these texts.
    pub(super) fn widest<'t>(&self, texts: impl IntoIterator<Item = &'t str>, look: Type<'_>) -> f64 {
        texts.into_iter().map(|text| self.text_width(text, look)).fold(0.0, f64::max)
    }

    /// Ends the page with its caption.
    pub(super) fn end(mut self, caption: &str) -> DrawnPage {
        // The caption is not on the canvas yet, and may hold such letters itself, as in the name of an outlet.
        let boxes = self.canvas.lacks_letters() || !drawable(caption);
        let caption = &if boxes { format!("{caption} {BOXES}") } else { caption.to_owned() };
        self.y += THEME.page.before_caption;
        self.paragraph(caption, SMALL);
        let margin = THEME.page.margin;
        let height = self.y + margin;
        DrawnPage { svg: self.canvas.into_svg(at(self.right + margin, height), &self.heading, caption), height }
    }
}
