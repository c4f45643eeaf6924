//! `agree`: how far human coders agree.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::coded::spare;
use crate::cli::failure::Failure;
use crate::cli::terminal::{ALARM, FAINT, HEADING, columns, counted, harmless, styled};
use crate::corpus::read_hand_codings;
use crate::model::{Excluded, HandCoding};
use crate::report::{ALL_CODINGS, DISAGREEMENTS, Staging, write_all_codings, write_reliability};
use crate::stats::{Interval, Seed};
use crate::validate::{Agreement, Reliability, Scope, intercoder_reliability};

/// Where the tables go unless `--output` says otherwise.
const FOLDER: &str = "agreement";

/// Records left out that are shown.
const MOST_EXCLUDED: usize = 5;

/// Compares the codings in `files`, prints a summary and writes agreement.csv and disagreements.csv.
pub(super) fn agree(files: &[PathBuf], labels: &[String], seed: u64, common: &Common) -> Result<Verdict, Failure> {
    let (mut codings, mut excluded): (Vec<HandCoding>, Vec<Excluded>) = (Vec::new(), Vec::new());
    let mut read = 0;
    for file in files {
        let found = read_hand_codings(file, None, labels)?;
        read += found.read;
        codings.extend(found.codings);
        excluded.extend(found.excluded);
    }
    let found = intercoder_reliability(&codings, Seed::new(seed)).ok_or_else(|| nothing_shared(files, &codings))?;
    let folder = common.output.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    // Disagreements that were adjudicated are codings now.
    let inputs: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    spare(&folder.join(DISAGREEMENTS.file), &inputs)?;
    spare(&folder.join(ALL_CODINGS.file), &inputs)?;
    let mut staging = Staging::begin(&folder)?;
    write_reliability(&mut staging, &found)?;
    write_all_codings(&mut staging, &codings)?;
    staging.commit()?;
    if !common.quiet {
        print(&found, (read, &excluded), &folder)?;
    }
    Ok(Verdict::Fine)
}

fn nothing_shared(files: &[PathBuf], codings: &[HandCoding]) -> Failure {
    let mut coders: Vec<&str> = codings.iter().map(|coding| &coding.coder[..]).collect();
    coders.sort_unstable();
    coders.dedup();
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let coders = match &coders[..] {
        [] => "there is no coding".to_owned(),
        [one] => format!("there is only \"{one}\""),
        several => format!("the coders {}", several.join(", ")),
    };
    Failure::NothingShared { files: files.join(", "), coders }
}

fn print(found: &Reliability, (read, excluded): (u64, &[Excluded]), folder: &Path) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let left_out = excluded.len() as u64;
    if left_out > 0 {
        let title = format!("{} read, {} left out", counted(read, "record"), counted(left_out, "coding"));
        writeln!(out, "{}", styled(ALARM, &title))?;
        for record in excluded.iter().take(MOST_EXCLUDED) {
            let place = format!("{}, record {}", harmless(&record.origin.file), record.origin.record);
            writeln!(out, "  {place}: {}", harmless(&record.detail))?;
        }
    }
    writeln!(out, "{}", styled(HEADING, "Agreement of all coders"))?;
    let titles = ["frame", "units", "agree", "Cohen", "Fleiss", "alpha", "95 % interval"];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    rows.extend(found.agreements.iter().filter(|row| row.scope == Scope::All).map(row));
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    let about = "alpha: Krippendorff's, nominal; .800 and .667 are conventions for firm and for tentative conclusions";
    writeln!(out, "  {}", styled(FAINT, about))?;
    let differing = counted(found.disagreements.len() as u64, "disagreement");
    writeln!(out, "{differing} to adjudicate; tables: {}", folder.display())?;
    let all = folder.join(ALL_CODINGS.file);
    writeln!(out, "All coders in one file, for `codings` of a study: {}", all.display())?;
    Ok(())
}

fn row(found: &Agreement) -> Vec<String> {
    let shown = |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"));
    let alpha = found.alphas[0];
    let interval = alpha.and_then(|(_, interval)| interval);
    vec![
        harmless(&found.frame).into_owned(),
        found.units.to_string(),
        found.percent.map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", share * 100.0)),
        shown(found.cohen),
        shown(found.fleiss),
        shown(alpha.map(|(estimate, _)| estimate)),
        interval.map_or_else(|| "-".to_owned(), |Interval { low, high }| format!("{low:.3} to {high:.3}")),
    ]
}
