//! The options of commands that learn from a table of coded texts.

use std::path::PathBuf;

use clap::Args;

use crate::analysis::TrainingRequest;
use crate::learning::TableColumns;
use crate::learning::features::{FAMILIES, FeatureFamily};
use crate::stats::learning::Objective;

/// A table of coded texts and how to learn from it.
#[derive(Debug, Args)]
pub(super) struct Coded {
    /// The table: CSV, TSV or JSON lines; for evaluate also a study file
    #[arg(value_name = "TABLE")]
    pub(super) table: PathBuf,
    /// Column of the text
    #[arg(long, value_name = "COLUMN", default_value = "text")]
    pub(super) text: String,
    /// Column of the label; with --multi-label, one for each label
    #[arg(long, value_name = "COLUMN")]
    pub(super) label: Vec<String>,
    /// Each label is a column of its own with 0 or 1
    #[arg(long)]
    pub(super) multi_label: bool,
    /// Column of the document or story: folds never split one. By default rows with the same text stay together
    #[arg(long, value_name = "COLUMN")]
    pub(super) group: Option<String>,
    /// Column of the name toward whom the stance is asked
    #[arg(long, value_name = "COLUMN")]
    pub(super) target: Option<String>,
    /// Column of the target's first character in the text, counted from 0 in code points
    #[arg(long, value_name = "COLUMN", requires = "target_end")]
    pub(super) target_start: Option<String>,
    /// Column of one past its last character
    #[arg(long, value_name = "COLUMN", requires = "target_start")]
    pub(super) target_end: Option<String>,
    /// Codebook whose rules are features too
    #[arg(long, value_name = "FILE")]
    pub(super) codebook: Option<PathBuf>,
    /// Sentence vectors of the table that `parallax encode` wrote, which are features too
    #[arg(long, value_name = "FILE")]
    pub(super) vectors: Option<PathBuf>,
    /// Column whose values are features: a topic, a section
    #[arg(long, value_name = "COLUMN")]
    pub(super) context: Vec<String>,
    /// Family of features to leave out
    #[arg(long, value_name = "FAMILY", value_parser = family)]
    pub(super) without: Vec<FeatureFamily>,
    /// What the lines between labels are drawn for
    #[arg(long, value_name = "AIM", default_value = "f1", value_parser = aim)]
    pub(super) thresholds: Objective,
    /// Seed of folds and resamples, of a table; a study has its own
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
}

impl Coded {
    /// What is asked for, as the analysis takes it.
    pub(super) fn request(&self) -> TrainingRequest {
        TrainingRequest {
            table: self.table.clone(),
            columns: TableColumns {
                text: self.text.clone(),
                labels: self.label.clone(),
                target: self.target.clone(),
                target_start: self.target_start.clone(),
                target_end: self.target_end.clone(),
                context: self.context.clone(),
            },
            is_multi_label: self.multi_label,
            group: self.group.clone(),
            codebook: self.codebook.clone(),
            vectors: self.vectors.clone(),
            without: self.without.clone(),
            thresholds: self.thresholds,
            seed: self.seed,
        }
    }
}

fn family(name: &str) -> Result<FeatureFamily, String> {
    let names: Vec<&str> = FAMILIES.iter().map(|definition| definition.name).collect();
    FeatureFamily::of(name).ok_or_else(|| format!("the families are {}", names.join(", ")))
}

fn aim(name: &str) -> Result<Objective, String> {
    match name {
        "f1" => Ok(Objective::F1),
        "prevalence" => Ok(Objective::Prevalence),
        _ => Err("f1 (finds rare labels) or prevalence (as many as there are)".to_owned()),
    }
}
