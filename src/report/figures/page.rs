//! What every figure has around it: a heading, what is shown, and a caption that says what it rests on.

use crate::report::figures::canvas::{BODY, Canvas, Type};
use crate::report::figures::text::{Ruler, drawable};
use crate::report::palette::GREY;

/// White around everything, in points.
const MARGIN: f64 = 3.0;

/// The heading.
const HEADING: Type<'static> = BODY.size(8.5).bold();

/// Captions, ticks and other small print; nothing is smaller.
pub(super) const SMALL: Type<'static> = BODY.size(6.5).fill(GREY);

/// What a caption says of letters that the font of the pictures lacks.
const BOXES: &str =
    "Boxes in the PNG: letters that its font lacks; the SVG shows them where a font of the machine has them.";

/// A figure being drawn from top to bottom.
pub(super) struct Page<'a> {
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

impl<'a> Page<'a> {
    /// A page that wide, with its heading and a line or more on what is shown.
    pub(super) fn begin(ruler: &'a Ruler, (width, stretch): (f64, f64), heading: &str, about: &str) -> Self {
        let mut page = Self {
            canvas: Canvas::default(),
            ruler,
            left: MARGIN,
            right: width - MARGIN,
            y: MARGIN,
            stretch,
            heading: heading.to_owned(),
        };
        page.paragraph(heading, HEADING);
        page.y += 1.5;
        page.paragraph(about, BODY);
        page.y += 6.0;
        page
    }

    /// From left to right, in points.
    pub(super) const fn width(&self) -> f64 {
        self.right - self.left
    }

    /// `text` over the whole width, in as many lines as it takes.
    fn paragraph(&mut self, text: &str, look: Type<'_>) {
        for line in self.ruler.wrapped(text, (look.size, look.bold), self.width(), 40) {
            self.y += look.leading();
            self.canvas.text((self.left, self.y - look.size * 0.22), &line, look);
        }
    }

    /// Lines of text below each other, the middle of them at `y`.
    pub(super) fn lines(&mut self, (x, y): (f64, f64), lines: &[String], look: Type<'_>) {
        let mut base = y - look.leading() * (count(lines) - 1.0) / 2.0 + look.half_height();
        for line in lines {
            self.canvas.text((x, base), line, look);
            base += look.leading();
        }
    }

    /// Lines of text below each other, the last of them standing on `y`.
    pub(super) fn lines_above(&mut self, (x, y): (f64, f64), lines: &[String], look: Type<'_>) {
        let mut base = y - look.leading() * (count(lines) - 1.0);
        for line in lines {
            self.canvas.text((x, base), line, look);
            base += look.leading();
        }
    }

    /// The widest of these texts.
    pub(super) fn widest<'t>(&self, texts: impl IntoIterator<Item = &'t str>, look: Type<'_>) -> f64 {
        texts.into_iter().map(|text| self.ruler.width(text, look.size, look.bold)).fold(0.0, f64::max)
    }

    /// Ends the page with its caption: the SVG and the height in points.
    pub(super) fn end(mut self, caption: &str) -> (String, f64) {
        let boxes = self.canvas.lacks_letters() || !drawable(caption);
        let caption = &if boxes { format!("{caption} {BOXES}") } else { caption.to_owned() };
        self.y += 5.0;
        self.paragraph(caption, SMALL);
        let height = self.y + MARGIN;
        (self.canvas.into_svg((self.right + MARGIN, height), &self.heading, caption), height)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few lines")]
fn count(lines: &[String]) -> f64 {
    lines.len() as f64
}
