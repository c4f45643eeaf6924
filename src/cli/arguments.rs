//! The command line, with an example for each command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::study::Strategy;

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
#[derive(Clone, Debug, Args)]
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
    /// Write notebooks (Jupyter, and Quarto for Python and R) that read the study's tables, and the codebook as a document
    ///
    /// They read the tables of the study's output folder by relative path, show the main figures and compute one number
    /// again by hand. Every run writes them into `notebooks` in the output folder, too; this makes a copy to work on, in
    /// the folder that the study names as `notebooks`, else `notebooks` beside the study file, or in that of --output.
    #[command(after_help = "Example:\n  parallax export corpora/ukraine-crisis/study.toml --output analysis")]
    Export {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Print how to cite Parallax and, as BibTeX, the methods it uses; of a study, those that the study uses
    #[command(after_help = "Example:\n  parallax cite corpora/ukraine-crisis/study.toml > methods.bib")]
    Cite {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: Option<PathBuf>,
        /// Print CITATION.cff instead
        #[arg(long)]
        cff: bool,
    },
    /// Draw sentences for human coders, each with its inclusion probability
    ///
    /// Writes sample.csv to be filled in with Excel or LibreOffice (1, 0, or nothing where a frame was not coded), and
    /// the same as tasks for Label Studio and doccano, into the folder `sample` beside the study file, or into that of
    /// --output. Filled in, the file can be named as `codings` of the study, and given to `parallax agree`.
    #[command(
        after_help = "Example:\n  parallax sample corpora/ukraine-crisis/study.toml --n 200 --strategy stratified"
    )]
    Sample {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// How many sentences
        #[arg(long = "n", value_name = "N", default_value_t = 200)]
        size: usize,
        /// How they are drawn
        #[arg(long, value_enum, default_value_t = SampleStrategy::Stratified)]
        strategy: SampleStrategy,
        /// Leave out document, outlet, date and stratum, which then stand in sample-key.csv
        #[arg(long)]
        blind: bool,
        /// Seed of the draw, in place of the study's
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
    /// Say how far human coders agree: percent agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha
    ///
    /// Reads codings with the columns document, sentence, frame, value, coder, or filled-in samples with a column for
    /// each frame; without a coder column a file is one coder's. Writes agreement.csv and disagreements.csv into the
    /// folder `agreement`, or into that of --output.
    #[command(
        after_help = "Example:\n  parallax agree corpora/ukraine-crisis/hand-codings.csv\n  parallax agree anna.csv boris.csv --label biased"
    )]
    Agree {
        /// Files of codings; all are compared with each other
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Column that holds codings, where not every unknown column does; may be given several times
        #[arg(long = "label", value_name = "COLUMN")]
        labels: Vec<String>,
        /// Seed of the intervals
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
}

/// How a sample is drawn.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SampleStrategy {
    /// Each sentence with the same probability
    Random,
    /// As many from each group, period and side (a frame was found or none was), as far as there are
    Stratified,
    /// Half spread evenly, half by how uncertain the scorer is
    Uncertain,
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
