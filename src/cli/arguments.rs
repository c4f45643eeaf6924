//! The command line, with an example for each command.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};

use crate::codebook::import::FORMATS;

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
    /// Make a codebook of a LIWC, quanteda, Yoshikoder, Lexicoder or Wordstat dictionary
    ///
    /// Writes codebook.toml, or the file or folder that --output names, and beside it a table of every entry that could
    /// not be kept exactly, with its line and the reason. A codebook that is there already is not replaced.
    #[command(after_help = "Example:\n  parallax import moral-foundations.dic --output codebook.toml")]
    Import {
        /// The dictionary file
        #[arg(value_name = "DICTIONARY")]
        dictionary: PathBuf,
        /// Its format; told by its first line or its extension by default
        #[arg(long, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
        format: Option<String>,
    },
    /// Compute everything again and compare with manifest.json, byte for byte; exit code 1 when anything differs
    #[command(after_help = "Example:\n  parallax verify corpora/ukraine-crisis/study.toml")]
    Verify {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
}
