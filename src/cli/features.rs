//! `features`: the strongest features of a model, by label.

use std::io::Write;
use std::path::Path;

use csv::Writer;

use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::coded::read_model;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, columns, harmless, styled};
use crate::coding::scorer::{Contribution, Scorer, Shape};
use crate::report::{fixed, write_together};

/// Prints, or with `--output` writes as a table, the `top` features for and against each label.
pub(super) fn features(path: &Path, top: usize, common: &Common) -> Result<Verdict, Failure> {
    let scorer = Scorer::new(read_model(path)?);
    let names = scorer.model().shape.names().to_vec();
    // Of two classes one is the other turned round.
    let first = usize::from(matches!(scorer.model().shape, Shape::Classes(_)) && names.len() == 2);
    let of_label = |label: usize| {
        let found = scorer.features(label);
        let strong = |it: &&Contribution| it.log_odds.abs() >= 1e-6;
        let with: Vec<Contribution> =
            found.iter().filter(strong).take(top).filter(|it| it.log_odds > 0.0).cloned().collect();
        let against = found.iter().rev().filter(strong).take(top).filter(|it| it.log_odds < 0.0).cloned().collect();
        (names[label].clone(), with, against)
    };
    let found: Vec<(String, Vec<Contribution>, Vec<Contribution>)> = (first..names.len()).map(of_label).collect();
    match &common.output {
        Some(output) => write(output, &found)?,
        None => print(&found)?,
    }
    Ok(Verdict::Fine)
}

fn print(found: &[(String, Vec<Contribution>, Vec<Contribution>)]) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    for (label, with, against) in found {
        for (side, features) in [("for", with), ("against", against)] {
            writeln!(out, "{}", styled(HEADING, &format!("{side} {}", harmless(label))))?;
            let row = |it: &Contribution| vec![format!("  {}", harmless(&it.name)), format!("{:+.3}", it.log_odds)];
            for line in columns(&features.iter().map(row).collect::<Vec<_>>()) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

fn write(output: &Path, found: &[(String, Vec<Contribution>, Vec<Contribution>)]) -> Result<(), Failure> {
    let mut rows = Writer::from_writer(Vec::new());
    let fail = |error: csv::Error| Failure::Print(error.into());
    rows.write_record(["label", "rank", "feature", "log_odds"]).map_err(fail)?;
    for (label, with, against) in found {
        for side in [with, against] {
            for (rank, it) in side.iter().enumerate() {
                let cells = [label.clone(), (rank + 1).to_string(), it.name.clone(), fixed(Some(it.log_odds))];
                rows.write_record(cells).map_err(fail)?;
            }
        }
    }
    let bytes = rows.into_inner().map_err(|error| Failure::Print(error.into_error()))?;
    Ok(write_together(&[(output.to_path_buf(), bytes)])?)
}
