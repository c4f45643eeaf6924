//! How a user wants figures to look: their size.

use crate::codebook::Frame;
use crate::model::Study;

/// Width of the figures of a run in millimetres: both columns of a journal page.
pub const WIDTH: f64 = 170.0;

/// How figures shall look.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The study, for its title and its marks.
    pub study: &'a Study,
    /// The frames in the codebook's order, which is that of the colours.
    pub frames: &'a [Frame],
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres; where there is none what the content needs, on as many pages as that takes.
    pub height: Option<f64>,
}

impl Look<'_> {
    /// What the names of files of another size than a run makes end in, such as `-85mm` or `-85x60mm`.
    #[must_use]
    pub fn suffix(&self) -> String {
        match self.height {
            Some(height) => format!("-{}x{height}mm", self.width),
            None if (self.width - WIDTH).abs() < f64::EPSILON => String::new(),
            None => format!("-{}mm", self.width),
        }
    }
}
