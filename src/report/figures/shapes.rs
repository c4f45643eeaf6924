//! Points, boxes, strokes and type: what drawings are described with. Lengths are points (1/72 inch).

/// From one base line to the next, in sizes of the type.
const LEADING: f64 = 1.2;

/// From the middle of a line of digits or capitals down to its base line, in sizes of the type: half the height of a capital
/// of the font.
const HALF_CAPITAL: f64 = 0.365;

/// A place on the page, counted from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// The place `x` to the right and `y` down.
pub(super) const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A box: its upper left corner, and its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tile {
    pub(super) corner: Point,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Tile {
    pub(super) const fn middle(self) -> Point {
        at(self.corner.x + self.width / 2.0, self.corner.y + self.height / 2.0)
    }
}

/// A line: its colour and its width in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke<'a> {
    pub(super) colour: &'a str,
    pub(super) width: f64,
}

/// Which point of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextAnchor {
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
    pub(super) anchor: TextAnchor,
}

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

    pub(super) const fn anchor(self, anchor: TextAnchor) -> Self {
        Self { anchor, ..self }
    }

    /// From one base line to the next.
    pub(super) const fn leading(self) -> f64 {
        self.size * LEADING
    }

    /// From the middle of a line of digits or capitals down to its base line.
    pub(super) const fn half_height(self) -> f64 {
        self.size * HALF_CAPITAL
    }
}
