//! The commands. The only part that prints, shows progress and decides exit codes.

mod arguments;
mod check;
mod explain;
mod failure;
mod init;
mod interrupt;
mod pass;
mod plot;
mod progress;
mod project;
mod run;
mod summary;
mod terminal;
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
        Command::Init { folder } => init::init(folder, common),
        Command::Check { study } => check::check(study, common),
        Command::Run { study } => run::run(study, common),
        Command::Code { study } => run::code(study, common),
        Command::Compare { study } => run::compare(study, common),
        Command::Explain { study, document, sentence } => explain::explain(study, document, *sentence, common),
        Command::Plot { study, figure, size, format } => plot::plot(study, figure, size, *format, common),
        Command::Verify { study } => verify::verify(study, common),
    }
}

fn set_threads(common: &Common) -> Result<(), Failure> {
    let threads = common.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| Failure::Threads(error.to_string()))
}
