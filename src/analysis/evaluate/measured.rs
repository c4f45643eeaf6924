//! Trials measured and written as tables.

use std::path::{Path, PathBuf};

use crate::analysis::coded::Prepared;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::trials::Trial;
use crate::model::{Prediction, Truth};
use crate::report::{
    CellQuality, Evaluated, cells_table, confusion_table, evaluation_table, reliability_table, write_together,
};
use crate::stats::Seed;
use crate::validate::{Estimate, Metric, compare_scorers, confusion, reliability};

/// What is measured, and on how much.
#[derive(Clone, Debug)]
pub(super) struct EvaluationSubject {
    /// The file.
    pub(super) name: String,
    /// How much was read and kept.
    pub(super) tally: String,
    /// What the user should know.
    pub(super) notes: Vec<String>,
    pub(super) rows: u64,
    pub(super) groups: u64,
    /// Frames by group and period; none where a table is measured.
    pub(super) cells: Vec<CellQuality>,
}

impl EvaluationSubject {
    pub(super) fn of(prepared: &Prepared) -> Self {
        Self {
            name: prepared.table.file.clone(),
            tally: prepared.tally(),
            notes: prepared.notes.clone(),
            rows: prepared.kept.len() as u64,
            groups: prepared.group_count(),
            cells: Vec::new(),
        }
    }

    /// Measures the trials and writes the tables, the first to `output` and the others beside it.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn measure(
        self,
        truth: &Truth,
        trials: &[Trial],
        seed: u64,
        output: &Path,
    ) -> Result<Evaluation, AnalysisError> {
        let mut evaluated = Vec::new();
        let (mut confusions, mut bins) = (Vec::new(), Vec::new());
        // Within a design only: on outlets that were held out every scorer does worse, which is no difference between
        // scorers.
        for design in trials.chunk_by(|a, b| a.design == b.design) {
            evaluated.extend(self.design(truth, design, seed));
            for trial in design.iter().filter(|trial| !trial.judged.is_empty()) {
                confusions.push((trial.design, &*trial.scorer, confusion(truth, &trial.judged)));
                bins.push((trial.design, &*trial.scorer, reliability(truth, &trial.judged)));
            }
        }
        let mut tables = vec![
            (output.to_path_buf(), evaluation_table(&evaluated, &truth.labels)?),
            (beside(output, "confusion"), confusion_table(&confusions)?),
            (beside(output, "reliability"), reliability_table(&bins, &truth.labels)?),
        ];
        let Self { name, tally, notes, groups, cells, .. } = self;
        if !cells.is_empty() {
            tables.push((beside(output, "groups"), cells_table(&cells)?));
        }
        write_together(&tables)?;
        let files = tables.into_iter().map(|(path, _)| path).collect();
        Ok(Evaluation { name, tally, notes, groups, evaluated, cells, files })
    }

    /// The measures of the trials of one design, then the last trial less each of the others.
    fn design(&self, truth: &Truth, design: &[Trial], seed: u64) -> Vec<Evaluated> {
        let made: Vec<&Trial> = design.iter().filter(|trial| !trial.judged.is_empty()).collect();
        let judged: Vec<Vec<Prediction>> = made.iter().map(|trial| trial.judged.clone()).collect();
        let found = compare_scorers(truth, &judged, Seed::new(seed));
        let mut measures = found.measures.into_iter();
        let mut evaluated = Vec::new();
        for trial in design {
            let estimates = if trial.judged.is_empty() { Some(undefined()) } else { measures.next() };
            evaluated.push(self.part(trial, None, estimates.unwrap_or_default()));
        }
        if let Some(last) = made.last() {
            for (trial, differences) in made.iter().zip(found.differences).filter(|(_, found)| !found.is_empty()) {
                evaluated.push(self.part(last, Some(trial), differences));
            }
        }
        evaluated
    }

    fn part(&self, trial: &Trial, less: Option<&Trial>, estimates: Vec<Estimate>) -> Evaluated {
        Evaluated {
            design: trial.design.to_owned(),
            scorer: trial.scorer.clone(),
            less: less.map(|less| less.scorer.clone()),
            estimates,
            rows: self.rows,
            groups: self.groups,
            note: less.unwrap_or(trial).note.clone(),
        }
    }
}

/// Every measure of a scorer that there is not.
fn undefined() -> Vec<Estimate> {
    Metric::ALL.map(|metric| Estimate { label: None, metric, value: None, interval: None }).to_vec()
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The file of codings.
    pub name: String,
    /// How much of it was read and kept.
    pub tally: String,
    /// What the user should know.
    pub notes: Vec<String>,
    /// Groups that no fold splits.
    pub groups: u64,
    /// Each scorer, and the last less each of the others.
    pub evaluated: Vec<Evaluated>,
    /// Precision and recall by frame, group and period; none where a table is measured.
    pub cells: Vec<CellQuality>,
    /// The tables: measures, confusion, reliability, groups.
    pub files: Vec<PathBuf>,
}

/// `evaluation-confusion.csv` beside `evaluation.csv`.
fn beside(output: &Path, kind: &str) -> PathBuf {
    let stem = output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!("{stem}-{kind}.csv"))
}
