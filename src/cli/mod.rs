//! The commands. The only part that prints, shows progress and decides exit codes.

mod agree;
mod arguments;
mod check;
mod cite;
mod coded;
mod codings;
mod evaluate;
mod evidence;
mod explain;
mod export;
mod failure;
mod features;
mod import;
mod init;
mod interrupt;
mod pass;
mod plot;
mod predict;
mod progress;
mod project;
mod run;
mod sample;
mod scorer;
mod summary;
mod terminal;
mod train;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::arguments::{Arguments, Command, Common};
use crate::cli::failure::Failure;

/// What a command that ran to its end has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Done.
    Fine,
    /// A check said no: an example fails, or a result differs.
    No,
}

/// Runs the program: 0 done, 1 a check said no, 2 bad input or usage, 130 stopped by Ctrl-C.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(&arguments) {
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
        Command::Agree { files, study, labels } => {
            let study = study.as_deref();
            agree::agree(agree::Request { files, study, labels }, common)
        }
        Command::Init { folder } => init::init(folder, common),
        Command::Check { study } => check::check(study, common),
        Command::Run { study } => run::run(study, common),
        Command::Code { study } => run::code(study, common),
        Command::Compare { study } => run::compare(study, common),
        Command::Explain { study, document, sentence } => explain::explain(study, document, *sentence, common),
        Command::Export { study } => export::export(study, common),
        Command::Cite { study, cff } => cite::cite(study.as_deref(), *cff, common),
        Command::Sample { study, size, strategy, blind, seed } => {
            let (strategy, is_blinded) = ((*strategy).into(), *blind);
            sample::sample(study, sample::Request { size: *size, strategy, is_blinded, seed: *seed }, common)
        }
        Command::Import { dictionary, format } => import::import(dictionary, format.as_deref(), common),
        Command::Plot { study, figure, size, format } => plot::plot(study, figure, size, *format, common),
        Command::Verify { study } => verify::verify(study, common),
        Command::Train { coded } if coded.label.is_empty() => Err(Failure::NoLabel),
        Command::Train { coded } => train::train(coded, common),
        Command::Predict { table, model, codebook } => predict::predict(table, model, codebook.as_deref(), common),
        Command::Evaluate { coded, folds, outlet, ablate, model } => {
            let design = evaluate::Design { folds: usize::from(*folds), outlet: outlet.as_deref(), ablate: *ablate };
            match model {
                None if coded.table.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml")) => {
                    evaluate::evaluate_study(coded, &design, common)
                }
                None if coded.label.is_empty() => Err(Failure::NoLabel),
                None => evaluate::evaluate(coded, &design, common),
                Some(model) => evaluate::evaluate_model(coded, model, common),
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
