//! A drawing in points (1/72 inch), written as SVG: lines, boxes, dots and text, nothing else.

use std::fmt::Write as _;

use crate::report::figures::text::{FAMILIES, drawable, escape};
use crate::report::palette::{INK, PAPER};

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// Which point of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type<'a> {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) fill: &'a str,
    pub(super) anchor: Anchor,
}

/// Running text and labels.
pub(super) const BODY: Type<'static> = Type { size: 7.0, bold: false, fill: INK, anchor: Anchor::Start };

impl Type<'_> {
    pub(super) const fn size(self, size: f64) -> Self {
        Self { size, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn fill(self, fill: &str) -> Type<'_> {
        Type { size: self.size, bold: self.bold, fill, anchor: self.anchor }
    }

    pub(super) const fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// From one base line to the next.
    pub(super) const fn leading(self) -> f64 {
        self.size * 1.2
    }

    /// From the middle of a line of digits or capitals down to its base line.
    pub(super) const fn half_height(self) -> f64 {
        self.size * 0.365
    }
}

/// A line: its colour and its width in points.
pub(super) type Stroke<'a> = (&'a str, f64);

/// Shapes drawn so far, the later ones on top.
#[derive(Default)]
pub(super) struct Canvas {
    body: String,
    /// Whether a text has letters that the font lacks.
    lacks_letters: bool,
}

impl Canvas {
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), (colour, width): Stroke<'_>) {
        self.dashed(from, to, (colour, width), "");
    }

    /// A line with such dashes: lengths of dash and gap, or nothing for a whole line.
    pub(super) fn dashed(&mut self, from: (f64, f64), to: (f64, f64), (colour, width): Stroke<'_>, dashes: &str) {
        let pattern = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
        self.add(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{colour}\" stroke-width=\"{}\"{pattern}/>",
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1),
            n(width)
        ));
    }

    /// A filled box from its upper left corner.
    pub(super) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        self.add(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
            n(x),
            n(y),
            n(width.max(0.0)),
            n(height.max(0.0))
        ));
    }

    /// A filled dot.
    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, fill: &str) {
        self.add(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\"/>", n(x), n(y), n(radius)));
    }

    /// An open dot.
    pub(super) fn ring(&mut self, (x, y): (f64, f64), radius: f64, (colour, width): Stroke<'_>) {
        self.add(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{PAPER}\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
            n(x),
            n(y),
            n(radius),
            n(width)
        ));
    }

    /// A filled area.
    pub(super) fn area(&mut self, corners: &[(f64, f64)], fill: &str) {
        self.add(format_args!("<polygon points=\"{}\" fill=\"{fill}\"/>", points(corners)));
    }

    /// A line through all these points.
    pub(super) fn path(&mut self, through: &[(f64, f64)], (colour, width): Stroke<'_>) {
        self.add(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\" stroke-linejoin=\"round\" \
             stroke-linecap=\"round\"/>",
            points(through),
            n(width)
        ));
    }

    /// One line of text, its base line at `y`.
    pub(super) fn text(&mut self, (x, y): (f64, f64), text: &str, look: Type<'_>) {
        self.put_text(&format!("x=\"{}\" y=\"{}\"", n(x), n(y)), text, look);
    }

    /// One line of text that runs upwards, its base line at `x`.
    pub(super) fn upward(&mut self, (x, y): (f64, f64), text: &str, look: Type<'_>) {
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
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
        let (size, fill) = (n(look.size), look.fill);
        let text = escape(text);
        self.add(format_args!("<text {place} font-size=\"{size}\" fill=\"{fill}\"{weight}{anchor}>{text}</text>"));
    }

    fn add(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.body, "{shape}");
    }

    /// The whole file, as large as it shall be printed. `title` and `description` are for screen readers.
    pub(super) fn into_svg(self, (width, height): (f64, f64), title: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" aria-labelledby=\"title description\" font-family=\"{FAMILIES}\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"{PAPER}\"/>\n{}</svg>\n",
            n(width / POINTS),
            n(height / POINTS),
            escape(title),
            escape(description),
            self.body,
            w = n(width),
            h = n(height),
        )
    }
}

fn points(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect::<Vec<_>>().join(" ")
}

/// A number with at most two decimals, a hundredth of a point.
fn n(value: f64) -> String {
    let digits = format!("{value:.2}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    if digits == "-0" { "0".to_owned() } else { digits.to_owned() }
}
