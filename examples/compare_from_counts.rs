//! Compares again from the counts of an earlier run, without the corpus: `... --example compare_from_counts -- STUDY OUTPUT`.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::{Path, PathBuf};

use parallax::{Findings, Project, findings, read_counts};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let study = arguments.next().unwrap_or_else(|| PathBuf::from("corpora/ukraine-crisis/study.toml"));
    let found = compare_counts(&study, arguments.next().as_deref())?;
    for row in found.comparisons.iter().take(5) {
        println!("{}: {} against {}: {:?}", row.frame, row.group_a, row.group_b, row.difference);
    }
    Ok(())
}

/// `output` is where the earlier run wrote, if not where the study says.
fn compare_counts(study: &Path, output: Option<&Path>) -> Result<Findings, Box<dyn Error>> {
    let project = Project::open(study, output)?;
    let counts = read_counts(&project)?;
    println!("{} documents", counts.len());
    Ok(findings(&project.plan()?, &counts))
}

#[test]
fn counts_on_the_disk_give_the_findings_of_the_run() {
    let output = tempfile::tempdir().unwrap();
    let (study, output) = (Path::new("src/cli/starter/study.toml"), Some(output.path()));
    let project = Project::open(study, output).unwrap();
    let outcome = parallax::run(&project, &parallax::Learnt::default(), &parallax::Unwatched).unwrap();
    assert_eq!(Some(compare_counts(study, output).unwrap()), outcome.findings);
}
