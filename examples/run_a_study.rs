//! Runs a study and says what it found, as `parallax run` does: `cargo run --example run_a_study -- STUDY OUTPUT`.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::{Path, PathBuf};

use parallax::{Learnt, Project, RunOutcome, Unwatched, run};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let study = arguments.next().unwrap_or_else(|| PathBuf::from("corpora/ukraine-crisis/study.toml"));
    let outcome = run_study(&study, arguments.next().as_deref())?;
    for row in outcome.findings.iter().flat_map(|findings| &findings.prevalence).take(5) {
        println!("{} in {}, {}: {} hits", row.frame, row.group, row.period, row.hits);
    }
    Ok(())
}

/// Tables, figures and report go to `output`, else where the study says.
fn run_study(study: &Path, output: Option<&Path>) -> Result<RunOutcome, Box<dyn Error>> {
    let project = Project::open(study, output)?;
    let learnt = Learnt::now(&project, &Unwatched)?;
    let outcome = run(&project, &learnt, &Unwatched)?;
    println!("{} documents kept, {} records excluded", outcome.pass.kept, outcome.pass.excluded.len());
    Ok(outcome)
}

#[test]
fn the_starter_study_runs() {
    let output = tempfile::tempdir().unwrap();
    let outcome = run_study(Path::new("src/cli/starter/study.toml"), Some(output.path())).unwrap();
    assert!(outcome.pass.kept > 0 && outcome.findings.is_some());
    assert!(output.path().join("prevalence.csv").exists());
}
