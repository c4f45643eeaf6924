//! What figures are drawn anew as, on the command line.

use clap::{Args, ValueEnum};

/// How large figures are.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct FigureSize {
    /// Width in millimetres, 60 to 400; a column of a journal has 85, its page 170
    #[arg(long, value_name = "MM", value_parser = millimetres::<60>)]
    pub(super) width: Option<f64>,
    /// Height in millimetres, up to 400; what the content needs where it is not given
    #[arg(long, value_name = "MM", value_parser = millimetres::<20>)]
    pub(super) height: Option<f64>,
}

/// Files that a figure is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PictureFormat {
    /// Vector graphics
    Svg,
    /// Pixels, 300 to the inch
    Png,
    /// Both
    Both,
}

/// A length in millimetres from `LEAST` to 400.
fn millimetres<const LEAST: u16>(text: &str) -> Result<f64, String> {
    let least = f64::from(LEAST);
    let length = text.parse().ok().filter(|length: &f64| (least..=400.0).contains(length));
    length.ok_or_else(|| format!("expected millimetres from {least} to 400"))
}
