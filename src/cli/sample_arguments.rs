//! The options of `sample`: how much is drawn, how, and for whom.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::analysis::SampleRequest;
use crate::model::Unit;
use crate::study::Strategy;

/// What a sample is, and for whom.
#[derive(Debug, Args)]
pub(super) struct Draw {
    /// How many sentences or documents
    #[arg(long = "n", value_name = "N", default_value_t = 200)]
    pub(super) size: usize,
    /// What is drawn and coded [default: the unit that the study compares]
    #[arg(long, value_enum)]
    pub(super) unit: Option<SampleUnit>,
    /// Draw more for this sample: its folder, or a file in it
    #[arg(long, value_name = "SAMPLE", conflicts_with = "output")]
    pub(super) add_to: Option<PathBuf>,
    /// How they are drawn
    #[arg(long, value_enum, default_value_t = SampleStrategy::Stratified)]
    pub(super) strategy: SampleStrategy,
    /// Leave out document, outlet, date and stratum, which then stand in sample-key.csv
    #[arg(long)]
    pub(super) blind: bool,
    /// Seed of the draw, in place of the study's
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Who codes, separated by commas: a sheet and a page for each
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) coders: Vec<String>,
    /// Share of them that all coders get, to see how far they agree
    #[arg(long, value_name = "SHARE", default_value_t = 0.2, value_parser = share, requires = "coders")]
    pub(super) overlap: f64,
    /// Ask in the page for frames alone, not for voice and stance
    #[arg(long)]
    pub(super) frames_only: bool,
}

impl Draw {
    /// What is asked of the analysis.
    pub(super) fn request<'a>(&'a self, folder: Option<&'a Path>) -> SampleRequest<'a> {
        SampleRequest {
            size: self.size,
            unit: self.unit.map(Into::into),
            add_to: self.add_to.as_deref(),
            strategy: self.strategy.into(),
            is_blinded: self.blind,
            seed: self.seed,
            folder,
            coders: &self.coders,
            overlap: self.overlap,
            asks_voices: !self.frames_only,
        }
    }
}

/// A share on the command line.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "expected a number from 0 to 1".to_owned())
}

/// How a sample is drawn.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SampleStrategy {
    /// Each with the same probability
    Random,
    /// As many from each group, period and side (a frame was found or none was), as far as there are
    Stratified,
    /// Half spread evenly, half by how uncertain the scorer is
    Uncertain,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SampleUnit {
    /// Sentences, shown between their neighbours
    Sentence,
    /// Whole documents, in which each frame is coded once
    Document,
}

impl From<SampleUnit> for Unit {
    fn from(unit: SampleUnit) -> Self {
        match unit {
            SampleUnit::Sentence => Self::Sentence,
            SampleUnit::Document => Self::Document,
        }
    }
}

impl From<SampleStrategy> for Strategy {
    fn from(strategy: SampleStrategy) -> Self {
        match strategy {
            SampleStrategy::Random => Self::Random,
            SampleStrategy::Stratified => Self::Stratified,
            SampleStrategy::Uncertain => Self::Uncertain,
        }
    }
}
