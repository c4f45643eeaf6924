//! The command line, with an example for each command.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report::FIGURES;

/// Compare how news outlets tell the same story.
///
/// Reads a corpus of articles, labels every sentence by the frames of a codebook, says in whose voice each frame is
/// spoken and with which stance, compares outlets and periods, and writes tables that anyone can reproduce byte for
/// byte. A study is one TOML file; start with `parallax init my-study`.
#[derive(Debug, Parser)]
#[command(version, after_help = "Example:\n  parallax init my-study\n  parallax run my-study/study.toml")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Options that every command has.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Threads to work with; all cores by default. No result depends on it.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Folder to write to, in place of the study's own `output`.
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// How large figures are.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Size {
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

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a starter study that runs: study file, codebook and a few articles
    #[command(after_help = "Example:\n  parallax init my-study && parallax run my-study/study.toml")]
    Init {
        /// Folder to make; it must not exist or be empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Look at corpus, codebook and rules before a run; exit code 1 when an example of a rule fails
    #[command(after_help = "Example:\n  parallax check corpora/ukraine-crisis/study.toml")]
    Check {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Code the corpus, compare the groups and write every table: the main job
    #[command(after_help = "Example:\n  parallax run corpora/ukraine-crisis/study.toml --output results-2022")]
    Run {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Code the corpus only: codings.csv, attributions.csv, documents.csv, excluded.csv
    #[command(after_help = "Example:\n  parallax code corpora/ukraine-crisis/study.toml --threads 2")]
    Code {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Compare the groups again, from documents.csv and attributions.csv in the output folder
    #[command(after_help = "Example:\n  parallax compare corpora/ukraine-crisis/study.toml")]
    Compare {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Draw the figures again from the data of the last run, in another size or format
    ///
    /// A figure of another size than a run makes (170 mm wide) stands beside it, with the size in its name.
    #[command(
        after_help = "Example:\n  parallax plot corpora/ukraine-crisis/study.toml --figure timeline --width 85 --format svg"
    )]
    Plot {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// Only this figure; may be given more than once
        #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(FIGURES.iter().map(|figure| figure.name)))]
        figure: Vec<String>,
        #[command(flatten)]
        size: Size,
        /// What to write
        #[arg(long, value_enum, default_value_t = PictureFormat::Both)]
        format: PictureFormat,
    },
    /// Show one document with its cues in context, and why each sentence is coded as it is
    #[command(
        after_help = "Example:\n  parallax explain corpora/ukraine-crisis/study.toml --document mer-0001 --sentence 3"
    )]
    Explain {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// Id of the document
        #[arg(long, value_name = "ID")]
        document: String,
        /// Only this sentence; 0 is the title
        #[arg(long, value_name = "N")]
        sentence: Option<usize>,
    },
    /// Compute everything again and compare with manifest.json, byte for byte; exit code 1 when anything differs
    #[command(after_help = "Example:\n  parallax verify corpora/ukraine-crisis/study.toml")]
    Verify {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
}
