//! What figures are made from and how they are asked to look. It is the same in a build that draws none.

use crate::codebook::{Codebook, Frame};
use crate::compare::{Counts, Findings};
use crate::model::Study;
use crate::report::ShownTerm;
use crate::stats::Interval;

/// A study that has been run.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was asked.
    pub study: &'a Study,
    /// The frames, with their labels.
    pub codebook: &'a Codebook,
    /// The documents counted.
    pub counts: &'a Counts,
    /// What was found.
    pub findings: &'a Findings,
    /// The terms of groups and of subsets, in the order of the table.
    pub key_terms: &'a [ShownTerm],
    /// How the scorer's probabilities hold up against human coders; empty where nobody coded by hand.
    pub reliability: &'a [ReliabilityBin],
}

/// Codings whose probabilities lie in one range, held against what people said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    /// Lower end of the range, in [0, 1].
    pub low: f64,
    /// Upper end of the range, in [0, 1].
    pub high: f64,
    /// Codings in it.
    pub n: u64,
    /// Mean of their probabilities; `None` without any.
    pub mean_probability: Option<f64>,
    /// The share of them that people coded so too.
    pub observed: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
}

impl<'a> Subject<'a> {
    /// How its figures look at that width in millimetres.
    #[must_use]
    pub fn look(&self, width: f64) -> Look<'a> {
        Look { study: self.study, frames: &self.codebook.frames, width, height: None }
    }
}

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

/// A kind of file that a figure becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFormat {
    /// Vector graphics whose text stays text.
    Svg,
    /// Pixels, 300 to the inch.
    Png,
}
