//! What is asked of a sample, and what is said of it.

use std::path::{Path, PathBuf};

use crate::model::Unit;
use crate::study::Strategy;

/// What is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct SampleRequest<'a> {
    /// How many sentences or documents.
    pub size: usize,
    /// Which of the two; that of the study's shares where nothing is said.
    pub unit: Option<Unit>,
    /// How they are drawn.
    pub strategy: Strategy,
    /// Whether coders are to see neither document nor outlet.
    pub is_blinded: bool,
    /// In place of the study's seed.
    pub seed: Option<u64>,
    /// Where the sample goes, if not beside the study file.
    pub folder: Option<&'a Path>,
    /// An earlier sample, its folder or a file in it, that is to have more units.
    pub add_to: Option<&'a Path>,
    /// Who codes: a sheet and a page each. Without anyone there is one of both.
    pub coders: &'a [String],
    /// Share of the units that every coder gets, in [0, 1].
    pub overlap: f64,
    /// Whether the pages ask for voice and stance too.
    pub asks_voices: bool,
}

/// What was drawn.
#[derive(Clone, Debug)]
pub struct SampleOutcome {
    /// Sentences or documents.
    pub unit: Unit,
    /// By stratum, how many units there are and how many were drawn.
    pub strata: Vec<Stratum>,
    /// The folder of the sample.
    pub folder: PathBuf,
    /// By coder, the sheet to be filled in, the page to code in, and how many units they hold.
    pub coders: Vec<CoderFiles>,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// What one coder gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoderFiles {
    /// A table with a column for each frame.
    pub sheet: String,
    /// The same units as a page.
    pub page: String,
    /// Units to code.
    pub units: u64,
}

/// Units of one group and period, with a frame or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Group, period, and whether a frame was found.
    pub name: String,
    /// Units in it.
    pub units: u64,
    /// Units of it that were drawn.
    pub drawn: u64,
    /// Units of it that an earlier sample has.
    pub earlier: u64,
}
