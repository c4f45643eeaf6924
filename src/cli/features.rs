//! `features`: the strongest features of a model, by label.

use std::io::Write;
use std::path::Path;

use csv::Writer;

use crate::analysis::{AnalysisError, read_model, spare, spare_stranger};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, columns, harmless, standard_output, styled};
use crate::learning::features::{FeatureFamily, sides};
use crate::learning::{Contribution, Scorer, Shape};
use crate::model::guarded;
use crate::report::{fixed, signed, write_together};

/// The strongest features that speak for a label, or against it.
struct Strongest {
    label: String,
    heading: String,
    features: Vec<Contribution>,
}

/// Prints, or with `--output` writes as a table, the `top` features for and against each label: of those that are seen in
/// a text, and of what words mean.
pub(super) fn features(path: &Path, top: usize, common: &Common) -> Result<Verdict, Failure> {
    let scorer = Scorer::new(read_model(path)?);
    let names = scorer.model().shape.names();
    // Of two classes one is the other turned round.
    let first = usize::from(matches!(scorer.model().shape, Shape::Classes(_)) && names.len() == 2);
    let of_label = |label: usize| strongest(&names[label], scorer.features(label), top);
    let found: Vec<Strongest> = (first..names.len()).flat_map(of_label).collect();
    match &common.output {
        Some(output) => {
            spare([output.clone()], [path])?;
            spare_stranger(output, &COLUMNS)?;
            write(output, &found)?;
        }
        None => print(&found)?,
    }
    Ok(Verdict::Fine)
}

/// `features` come strongest first. What words mean is told apart: a word alone in a text is all that the text is about,
/// which would leave no room for the others.
fn strongest(label: &str, features: Vec<Contribution>, top: usize) -> Vec<Strongest> {
    let (meant, seen): (Vec<Contribution>, Vec<Contribution>) = features.into_iter().partition(is_meant);
    let side = |heading: &str, found: &mut dyn Iterator<Item = &Contribution>| Strongest {
        label: label.to_owned(),
        heading: heading.replace("LABEL", label),
        features: found.take(top).cloned().collect(),
    };
    let all = [
        side("for LABEL", &mut seen.iter().filter(|it| it.log_odds >= LEAST)),
        side("against LABEL", &mut seen.iter().rev().filter(|it| it.log_odds <= -LEAST)),
        side("for LABEL, by what words mean", &mut meant.iter().filter(|it| it.log_odds >= LEAST)),
        side("against LABEL, by what words mean", &mut meant.iter().rev().filter(|it| it.log_odds <= -LEAST)),
    ];
    all.into_iter().filter(|it| !it.features.is_empty()).collect()
}

/// The columns of the table.
const COLUMNS: [&str; 4] = ["label", "rank", "feature", "log_odds"];

/// Features that say less are not shown.
const LEAST: f64 = 1e-6;

/// Whether it is what a word says by its meaning.
fn is_meant(feature: &Contribution) -> bool {
    let family = feature.name.split(':').next().and_then(FeatureFamily::of);
    family.is_some_and(|family| !sides(family).is_empty())
}

fn print(found: &[Strongest]) -> Result<(), Failure> {
    let mut out = standard_output();
    for Strongest { heading, features, .. } in found {
        writeln!(out, "{}", styled(HEADING, &harmless(heading)))?;
        let row = |it: &Contribution| vec![format!("  {}", harmless(&it.name)), signed(it.log_odds, 3)];
        for line in columns(&features.iter().map(row).collect::<Vec<_>>()) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn write(output: &Path, found: &[Strongest]) -> Result<(), Failure> {
    let mut rows = Writer::from_writer(Vec::new());
    let fail = |error: csv::Error| Failure::Analysis(AnalysisError::Row(error));
    rows.write_record(COLUMNS).map_err(fail)?;
    for Strongest { label, features, .. } in found {
        for (rank, it) in features.iter().enumerate() {
            let cells = [
                guarded(label).into_owned(),
                (rank + 1).to_string(),
                guarded(&it.name).into_owned(),
                fixed(Some(it.log_odds)),
            ];
            rows.write_record(cells).map_err(fail)?;
        }
    }
    let bytes = rows.into_inner().map_err(|error| Failure::Print(error.into_error()))?;
    Ok(write_together(&[(output.to_path_buf(), bytes)]).map_err(AnalysisError::from)?)
}
