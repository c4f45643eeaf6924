//! The command line, with an example for each command.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::coded_arguments::Coded;
use crate::cli::line_arguments::{Lines, Looks};
use crate::cli::part_arguments::{Merged, PartFiles};
use crate::cli::picture_arguments::{FigureSize, PictureFormat};
use crate::cli::progress::Bars;
use crate::cli::sample_arguments::Draw;
use crate::codebook::import::FORMATS;
use crate::report::FIGURES;

/// Compare how news outlets tell the same story.
///
/// Reads a corpus of articles, labels every sentence by the frames of a codebook, says in whose voice each frame is
/// spoken and with which stance, compares outlets and periods, and writes tables that anyone can reproduce byte for
/// byte. A study is one TOML file; start with `parallax init my-study`.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Example:\n  parallax init my-study\n  parallax run my-study/study.toml\n\nparallax --version --verbose says what \
                  it was built with."
)]
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
    /// Folder to write to, in place of the study's own `output`; the file, for `train`, `predict`, `evaluate`, `features`, `find`, `suggest`, and for what `check` shows.
    #[arg(long, global = true, value_name = "PLACE")]
    pub(super) output: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

impl Common {
    /// What `--output` names.
    pub(super) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Who waits for the command on this terminal.
    pub(super) fn watcher(&self) -> Bars {
        Bars::new(self.quiet)
    }
}

/// Files that have a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The study file
    Study,
    /// The codebook
    Codebook,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a starter study that runs: study file, codebook and a few articles, or a study of articles of your own
    #[command(after_help = "Examples:\n  parallax init my-study && parallax run my-study/study.toml\n  \
                      parallax init my-study --from articles.csv --codebook ukraine-crisis")]
    Init {
        /// Folder to make; it must not exist or be empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Articles of your own, a file, a folder or a pattern: which column is what is guessed, shown, and written into the study file
        #[arg(long, value_name = "PATH")]
        from: Option<String>,
        /// Codebook to begin with: starter, ukraine-crisis, or a codebook file that the study will name
        #[arg(long, value_name = "NAME", default_value = "starter", requires = "from")]
        codebook: String,
    },
    /// Look at corpus, codebook and rules before a run; exit code 1 when an example of a rule fails
    ///
    /// With --rule or --misses it shows words in context instead: on the terminal, or as CSV in the file of --output.
    #[command(after_help = "Examples:\n  parallax check corpora/ukraine-crisis/study.toml\n  \
                      parallax check study.toml --rule forces-massed --show 20\n  \
                      parallax check study.toml --misses --frame military-build-up --output misses.csv")]
    Check {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        #[command(flatten)]
        looks: Looks,
    },
    /// Code the corpus, compare the groups and write every table: the main job
    #[command(after_help = "Example:\n  parallax run corpora/ukraine-crisis/study.toml --output results-2022")]
    Run {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Code the corpus only: codings.csv, attributions.csv, documents.csv, excluded.csv; or a part of it with a bundle
    ///
    /// With a bundle in the study's place, the files named after it are coded as one part, into the folder --output, which
    /// `merge` reads. A part never learns, and needs nothing but the bundle and its files. With --arrow documents come as a stream
    /// of Arrow on the standard input, and each batch is answered on the standard output before the next is read: a row for each
    /// document, with its counts, codings and attributions as lists. With --output they become a part as well.
    #[command(after_help = "Examples:\n  parallax code corpora/ukraine-crisis/study.toml --threads 2\n  \
                      parallax code study.plx articles/07.csv --output parts/07\n  \
                      parallax code study.plx --arrow < documents.arrows > answers.arrows")]
    Code {
        /// The study file, or a bundle
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        #[command(flatten)]
        part: PartFiles,
    },
    /// Put a study and what it has learnt into one file, with which parts of its corpus can be coded anywhere
    ///
    /// Study file, codebook, scorer, codings and labels at their sentences, vectors, checksums: a ZIP. Learns what the study learns,
    /// from the corpus as the study names it. Writes STUDY.plx beside the study file, or the file --output.
    #[command(after_help = "Example:\n  parallax bundle study.toml --output study.plx")]
    Bundle {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Make of coded parts every table, figure and page of a single run, byte for byte
    #[command(after_help = "Example:\n  parallax merge study.plx parts/* --expect 100 --output results")]
    Merge {
        #[command(flatten)]
        merged: Merged,
    },
    /// Compare the groups again, from documents.csv and attributions.csv in the output folder
    ///
    /// With --output it begins with the results in that folder, and writes there.
    #[command(after_help = "Example:\n  parallax compare corpora/ukraine-crisis/study.toml")]
    Compare {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
    },
    /// Draw the figures again from the data of the last run, in another size or format
    ///
    /// A figure of another size than a run makes (170 mm wide) stands beside it, with the size in its name. One
    /// that would be higher than 240 mm goes on to further files, their names ending in `-2`, `-3` and so on. With
    /// --output it draws the results in that folder, and writes there.
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
        size: FigureSize,
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
    /// Find a pattern in the corpus and show every match in its context
    ///
    /// The pattern is written as in a rule and may name lists of the codebook. Nothing is coded. Lines go to the terminal, or
    /// as CSV to the file of --output; how many there are by group is said on stderr.
    #[command(
        after_help = "Examples:\n  parallax find corpora/ukraine-crisis/study.toml \"troop* NEAR/5 border*\" --sort right\n  \
                      parallax find study.toml \"{forces}\" --width 80 --output kwic.csv"
    )]
    Find {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// What to look for, in the language of rules
        #[arg(value_name = "PATTERN")]
        pattern: String,
        #[command(flatten)]
        lines: Lines,
    },
    /// Suggest rules that a frame may lack, each ready to paste, with sentences of the corpus to approve
    ///
    /// Looks for words and patterns of sentences that no rule of the frame matches and that read like those its rules match,
    /// or that people gave the frame. With hand codings each comes with an estimated precision. Rules go to the terminal, or
    /// as CSV to the file of --output.
    #[command(after_help = "Examples:\n  parallax suggest corpora/ukraine-crisis/study.toml --frame diplomacy\n  \
                      parallax suggest study.toml --frame diplomacy --show 5 --output suggestions.csv")]
    Suggest {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// The frame
        #[arg(long, value_name = "ID")]
        frame: String,
        /// How many rules at most
        #[arg(long = "show", value_name = "N", default_value_t = 10)]
        size: usize,
    },
    /// Hold two codebooks against each other over one corpus, or two runs: which sentences changed, and each share
    ///
    /// Either side is a study file, which is coded as it is now, or a folder of results. Writes diff-sentences.csv,
    /// diff-rules.csv and diff-shares.csv into the folder `diff` beside the old side, or into that of --output.
    #[command(
        after_help = "Examples:\n  parallax diff study.toml study-narrow.toml\n  parallax diff results results-2022 --output changed"
    )]
    Diff {
        /// The old side
        #[arg(value_name = "STUDY")]
        old: PathBuf,
        /// The new side, over the same articles
        #[arg(value_name = "OTHER")]
        new: PathBuf,
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
    /// Print the JSON Schema of study files or codebooks, by which editors complete and check them
    ///
    /// Name the file in the editor's settings for TOML, or in the first line of a study file: `#:schema ./study.schema.json`.
    #[command(after_help = "Example:\n  parallax schema study > study.schema.json")]
    Schema {
        /// Of which file
        #[arg(value_name = "FILE", value_enum)]
        of: SchemaOf,
    },
    /// Draw sentences or documents for human coders, each with its inclusion probability
    ///
    /// Writes for each coder a page to code in with a browser, by keys and without a network, and a sheet for a
    /// spreadsheet (1, 0, or nothing where a frame was not coded), and the same as tasks for Label Studio and doccano, into
    /// the folder `sample` beside the study file, or into that of --output. What comes back goes there too, beside
    /// sample-key.csv; it can be named as `codings` of the study, and given to `parallax agree`. With --add-to more are drawn
    /// that no earlier part of the sample has; the key then says with which probability each unit is in one of them.
    #[command(
        after_help = "Examples:\n  parallax sample corpora/ukraine-crisis/study.toml --n 200 --strategy stratified\n  \
                      parallax sample study.toml --n 300 --coders anna,boris --overlap 0.2 --blind\n  \
                      parallax sample study.toml --unit document --n 100\n  \
                      parallax sample study.toml --n 150 --add-to sample"
    )]
    Sample {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        #[command(flatten)]
        draw: Draw,
    },
    /// Say how many more sentences to code for a wanted precision of the corrected shares and differences
    ///
    /// Plans from the last run: what people coded of each group, drawn by `sample`, and how sure the corrected share is.
    /// Draw half of what is missing, code it, run, and plan again. Says where more documents are needed, not more codings.
    /// Writes plan.csv, plan-curve.csv and its figure into the folder `plan` beside the study file, or into that of --output.
    #[command(after_help = "Example:\n  parallax plan corpora/ukraine-crisis/study.toml --half-width 0.03")]
    Plan {
        /// The study file
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// Half the width that the 95 % intervals are to have, as a share
        #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = half_width)]
        half_width: f64,
        /// Say also where the shares lie if coders err, by how often two of them disagree: plan-bounds.csv
        #[arg(long)]
        bounds: bool,
    },
    /// Say how far human coders agree: percent agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha
    ///
    /// Reads codings with the columns document, sentence, frame, value, coder; filled-in samples with a column for each
    /// frame; and what Label Studio (CSV, JSON, JSON-MIN) and doccano (JSONL, CSV) give back of the tasks that `sample`
    /// wrote. Without a coder column a file is one coder's. Writes agreement.csv and disagreements.csv into the
    /// folder `agreement`, or into that of --output.
    #[command(
        after_help = "Example:\n  parallax agree corpora/ukraine-crisis/hand-codings.csv\n  parallax agree anna.csv boris.csv --label biased"
    )]
    Agree {
        /// Files of codings; all are compared with each other
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Study whose codebook says what a frame is; without it study.toml of the working folder, if there is one
        #[arg(long, value_name = "STUDY")]
        study: Option<PathBuf>,
        /// Column that holds codings, where not every unknown column does; may be given several times
        #[arg(long = "label", value_name = "COLUMN")]
        labels: Vec<String>,
    },
    /// Learn a scorer from a table of coded texts: a model file
    #[command(
        after_help = "Examples:\n  parallax train coded.csv --text text --label label --group id --output model.json --seed 1\n  \
                      parallax train coded.csv --text text --label conflict --label moral --multi-label --output model.json\n  \
                      parallax train coded.csv --text text --label stance --target target --target-start start --target-end end --output model.json"
    )]
    Train {
        #[command(flatten)]
        coded: Coded,
    },
    /// Score a table of texts: the same rows and columns, with labels, probabilities and evidence
    ///
    /// The evidence names the strongest parts of the score of what is predicted, in log-odds: words, with all that is known
    /// of them; words in a row; measures in brackets. With (all else) and (constant) they add up to the score. With three
    /// classes or more that is how far the class stands above the mean of the others. A row without text or target stays
    /// without a prediction.
    #[command(after_help = "Example:\n  parallax predict new.csv --model model.json --output predictions.csv")]
    Predict {
        /// The table: CSV, TSV or JSON lines, with the columns that the model was trained on
        #[arg(value_name = "TABLE")]
        table: PathBuf,
        /// The model file that train wrote
        #[arg(long, value_name = "MODEL")]
        model: PathBuf,
        /// The codebook that the model was trained with, if it was
        #[arg(long, value_name = "FILE")]
        codebook: Option<PathBuf>,
        /// Sentence vectors of the table, if the model was trained with such
        #[arg(long, value_name = "FILE")]
        vectors: Option<PathBuf>,
    },
    /// Encode every sentence with a sentence encoder of your own, for scorers to learn from
    ///
    /// Reads a sentence-transformers folder of the BERT family (config.json, model.safetensors, tokenizer.json or
    /// vocab.txt); nothing is downloaded. Writes the file that the study names as `vectors`, else vectors.plv beside it, or
    /// the file --output. Vectors depend on the text and the model alone and are the same on every machine; what the file
    /// has already is not encoded again, and Ctrl-C keeps what is done. Of a table, the column --text is encoded.
    #[command(
        after_help = "Examples:\n  parallax encode corpora/ukraine-crisis/study.toml --model all-MiniLM-L6-v2\n  \
                      parallax encode coded.csv --text text --model all-MiniLM-L6-v2 --output vectors.plv"
    )]
    Encode {
        /// The study file, or a table of texts
        #[arg(value_name = "STUDY")]
        study: PathBuf,
        /// The folder of the model
        #[arg(long, value_name = "FOLDER")]
        model: PathBuf,
        /// Column of a table's text
        #[arg(long, value_name = "COLUMN", default_value = "text")]
        text: String,
    },
    /// Measure a scorer on coded texts that it has not seen: majority, rules only, statistics only, together
    ///
    /// The texts are a table of coded texts, or a study with hand codings, whose evaluation.csv goes to its output folder.
    #[command(
        after_help = "Examples:\n  parallax evaluate coded.csv --text text --label label --group id --folds 5 --output evaluation.csv\n  \
                      parallax evaluate held-out.csv --model model.json --output evaluation.csv\n  \
                      parallax evaluate corpora/ukraine-crisis/study.toml"
    )]
    Evaluate {
        #[command(flatten)]
        coded: Coded,
        /// Folds of the cross-validation
        #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..=1000))]
        folds: u16,
        /// Column of the outlet: also hold out outlets, up to ten sets of them, one after the other
        #[arg(long, value_name = "COLUMN")]
        outlet: Option<String>,
        /// Also measure what is lost without each family of features
        #[arg(long)]
        ablate: bool,
        /// Measure this model on the table, in place of cross-validation
        #[arg(long, value_name = "MODEL")]
        model: Option<PathBuf>,
    },
    /// List the strongest features of a model, by label
    #[command(after_help = "Example:\n  parallax features model.json --top 30")]
    Features {
        /// The model file that train wrote
        #[arg(value_name = "MODEL")]
        model: PathBuf,
        /// Features for and against each label
        #[arg(long, value_name = "N", default_value_t = 20)]
        top: usize,
    },
}

/// A share above 0 and below one half, which is the widest an interval can be to either side.
fn half_width(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "expected a share such as 0.03".to_owned())?;
    if share > 0.0 && share < 0.5 { Ok(share) } else { Err("expected a share above 0 and below 0.5".to_owned()) }
}
