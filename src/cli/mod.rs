//! The commands. The only part that prints, shows progress and decides exit codes; what a command does is in `analysis`.
//!
//! In reading order: `arguments`, a file for each command, `summary`; below them `terminal`, `progress`, `interrupt` and
//! `failure` (exit codes).
//!
//! Not here: anything that a program using the library would miss.

mod agree;
mod arguments;
mod check;
mod cite;
mod coded_arguments;
mod concordance;
mod diff;
mod drift;
mod encode;
mod evaluate;
mod explain;
mod export;
mod failure;
mod features;
mod find;
mod import;
mod init;
mod interrupt;
mod line_arguments;
mod look;
mod part_arguments;
mod parts;
mod picture_arguments;
mod plan;
mod plot;
mod predict;
mod progress;
mod run;
mod sample;
mod sample_arguments;
mod schema;
mod suggest;
mod summary;
mod terminal;
mod train;
mod verify;
mod version;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::analysis::{EvaluationDesign, PlotRequest, PredictRequest, WantedPlan};
use crate::cli::arguments::{Arguments, Command, Common};
use crate::cli::failure::Failure;
use crate::report::WIDTH;

/// What a command that ran to its end has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Done.
    Fine,
    /// A check said no: an example fails, or a result differs.
    No,
}

/// The command line as a description, for man pages and completions.
#[must_use]
pub fn command_line() -> clap::Command {
    Arguments::command()
}

/// Runs the program: 0 done, 1 a check said no, 2 bad input or usage, 130 stopped by Ctrl-C.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let done = if version::is_asked(&words) {
        version::version().map(|()| Verdict::Fine)
    } else {
        dispatch(&Arguments::parse())
    };
    match done {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::No) => ExitCode::from(1),
        Err(failure) => failure.report(),
    }
}

fn dispatch(arguments: &Arguments) -> Result<Verdict, Failure> {
    interrupt::listen()?;
    let common = &arguments.common;
    set_threads(common)?;
    match &arguments.command {
        Command::Agree { files, study, labels } => agree::agree(files, study.as_deref(), labels, common),
        Command::Plan { study, half_width, bounds } => {
            plan::plan(study, WantedPlan { half_width: *half_width, with_bounds: *bounds }, common)
        }
        Command::Init { folder, from, codebook } => init::init(folder, from.as_deref(), codebook, common),
        Command::Check { study, looks } => check::check(study, looks, common),
        Command::Run { study } => run::run(study, common),
        Command::Code { study, part } if part.arrow => parts::code_arrow(study, part, common),
        Command::Code { study, part } if parts::is_bundle(study) => parts::code(study, part, common),
        Command::Code { study, part } if part.files.is_empty() => run::code(study, common),
        Command::Code { study, .. } => Err(Failure::NoBundle { study: study.clone() }),
        Command::Bundle { study } => parts::bundle(study, common),
        Command::Merge { merged } => parts::merge(merged, common),
        Command::Compare { study } => run::compare(study, common),
        Command::Explain { study, document, sentence } => explain::explain(study, document, *sentence, common),
        Command::Find { study, pattern, lines } => find::find(study, pattern, lines, common),
        Command::Suggest { study, frame, size } => suggest::suggest(study, frame, *size, common),
        Command::Diff { old, new } => diff::diff(old, new, common),
        Command::Export { study } => export::export(study, common),
        Command::Cite { study, cff } => cite::cite(study.as_deref(), *cff, common),
        Command::Schema { of } => schema::schema(*of),
        Command::Sample { study, draw } => sample::sample(study, &draw.request(common.output()), common),
        Command::Import { dictionary, format } => import::import(dictionary, format.as_deref(), common),
        Command::Plot { study, figure, size, format } => {
            let (width, formats) = (size.width.unwrap_or(WIDTH), format.formats());
            plot::plot(study, &PlotRequest { figures: figure, width, height: size.height, formats }, common)
        }
        Command::Verify { study } => verify::verify(study, common),
        Command::Train { coded } if coded.label.is_empty() => Err(Failure::NoLabel),
        Command::Train { coded } => train::train(&coded.request(), common),
        Command::Predict { table, model, codebook, vectors } => {
            let (codebook, vectors) = (codebook.as_deref(), vectors.as_deref());
            let output = common.output().unwrap_or(Path::new("predictions.csv"));
            predict::predict(&PredictRequest { table, model, codebook, vectors, output }, common)
        }
        Command::Encode { study, model, text } => encode::encode(study, model, text, common),
        Command::Evaluate { coded, folds, outlet, ablate, model } => {
            let design = EvaluationDesign { folds: usize::from(*folds), ablate: *ablate };
            match model {
                None if coded.table.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml")) => {
                    evaluate::of_study(coded, design, common)
                }
                None if coded.label.is_empty() => Err(Failure::NoLabel),
                None => evaluate::of_table(coded, design, outlet.as_deref(), common),
                Some(model) => evaluate::of_model(coded, model, common),
            }
        }
        Command::Features { model, top } => features::features(model, *top, common),
    }
}

fn set_threads(common: &Common) -> Result<(), Failure> {
    let threads = common.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| Failure::Threads(error.to_string()))
}
