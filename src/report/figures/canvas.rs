//! A drawing in points (1/72 inch), written as SVG: lines, boxes, dots and text, nothing else.

use std::fmt::Write as _;

use crate::report::escape::markup;
use crate::report::figures::shapes::{Point, Stroke, TextAnchor, Tile, Type};
use crate::report::figures::text::{FAMILIES, drawable};
use crate::report::figures::theme::POINTS;
use crate::report::palette::PAPER;

/// Shapes drawn so far, the later ones on top.
#[derive(Default)]
pub(super) struct Canvas {
    body: String,
    /// Whether a text has letters that the font lacks.
    lacks_letters: bool,
}

impl Canvas {
    pub(super) fn line(&mut self, from: Point, to: Point, stroke: Stroke<'_>) {
        self.dashed(from, to, stroke, "");
    }

    /// A line with such dashes: lengths of dash and gap, or nothing for a whole line.
    pub(super) fn dashed(&mut self, from: Point, to: Point, Stroke { colour, width }: Stroke<'_>, dashes: &str) {
        let pattern = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
        self.add(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{colour}\" stroke-width=\"{}\"{pattern}/>",
            n(from.x),
            n(from.y),
            n(to.x),
            n(to.y),
            n(width)
        ));
    }

    /// A filled box.
    pub(super) fn rect(&mut self, Tile { corner, width, height }: Tile, fill: &str) {
        self.add(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
            n(corner.x),
            n(corner.y),
            n(width.max(0.0)),
            n(height.max(0.0))
        ));
    }

    /// A filled dot.
    pub(super) fn dot(&mut self, Point { x, y }: Point, radius: f64, fill: &str) {
        self.add(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\"/>", n(x), n(y), n(radius)));
    }

    /// An open dot.
    pub(super) fn ring(&mut self, Point { x, y }: Point, radius: f64, Stroke { colour, width }: Stroke<'_>) {
        self.add(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{PAPER}\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
            n(x),
            n(y),
            n(radius),
            n(width)
        ));
    }

    /// A filled area.
    pub(super) fn area(&mut self, corners: &[Point], fill: &str) {
        self.add(format_args!("<polygon points=\"{}\" fill=\"{fill}\"/>", points(corners)));
    }

    /// A line through all these points.
    pub(super) fn path(&mut self, through: &[Point], Stroke { colour, width }: Stroke<'_>) {
        self.add(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\" stroke-linejoin=\"round\" \
             stroke-linecap=\"round\"/>",
            points(through),
            n(width)
        ));
    }

    /// One line of text, its base line at `y`.
    pub(super) fn text(&mut self, Point { x, y }: Point, text: &str, look: Type<'_>) {
        self.put_text(&format!("x=\"{}\" y=\"{}\"", n(x), n(y)), text, look);
    }

    /// One line of text that runs upwards, its base line at `x`.
    pub(super) fn upward(&mut self, Point { x, y }: Point, text: &str, look: Type<'_>) {
        self.put_text(&format!("transform=\"translate({} {}) rotate(-90)\"", n(x), n(y)), text, look);
    }

    /// Whether a text so far has letters that the font of the pictures lacks.
    pub(super) const fn lacks_letters(&self) -> bool {
        self.lacks_letters
    }

    fn put_text(&mut self, place: &str, text: &str, look: Type<'_>) {
        if text.is_empty() {
            return;
        }
        self.lacks_letters |= !drawable(text);
        let anchor = match look.anchor {
            TextAnchor::Start => "",
            TextAnchor::Middle => " text-anchor=\"middle\"",
            TextAnchor::End => " text-anchor=\"end\"",
        };
        let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
        let (size, fill) = (n(look.size), look.fill);
        let text = markup(text);
        self.add(format_args!("<text {place} font-size=\"{size}\" fill=\"{fill}\"{weight}{anchor}>{text}</text>"));
    }

    fn add(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.body, "{shape}");
    }

    /// The whole file, as large as it shall be printed: `size` is its lower right corner. `title` and `description` are for screen readers.
    pub(super) fn into_svg(self, size: Point, title: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" aria-labelledby=\"title description\" font-family=\"{FAMILIES}\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"{PAPER}\"/>\n{}</svg>\n",
            n(size.x / POINTS),
            n(size.y / POINTS),
            markup(title),
            markup(description),
            self.body,
            w = n(size.x),
            h = n(size.y),
        )
    }
}

fn points(points: &[Point]) -> String {
    points.iter().map(|point| format!("{},{}", n(point.x), n(point.y))).collect::<Vec<_>>().join(" ")
}

/// A number with at most two decimals, a hundredth of a point.
fn n(value: f64) -> String {
    let digits = format!("{value:.2}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    // What rounds to nothing has no sign, or the same drawing could have two texts.
    if digits == "-0" { "0".to_owned() } else { digits.to_owned() }
}
