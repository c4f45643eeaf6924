//! `evaluation.csv` and the two tables beside it: how good scorers are, what they confuse, what their probabilities mean.

use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Table};
use crate::stats::{BINS, Bin, Interval};
use crate::validate::{Confused, Estimate, Metric};

/// What stands for all labels together.
const ALL: &str = "(all)";

/// The description of `evaluation.csv`.
pub static EVALUATION: Table = Table {
    file: "evaluation.csv",
    row: "A scorer, a label and a measure; or the difference of two scorers in it, measured on the same rows.",
    key: &["design", "scorer", "less", "label", "metric"],
    columns: described_in!("evaluation.tsv", "metric" => words_of!(Metric)),
};

pub(super) static CONFUSION: Table = Table {
    file: "evaluation-confusion.csv",
    row: "What people said and what a scorer said: of classes one matrix; of labels one of presence and absence for each.",
    key: &["design", "scorer", "label", "coded", "predicted"],
    columns: described_in!("evaluation-confusion.tsv"),
};

pub(super) static RELIABILITY: Table = Table {
    file: "evaluation-reliability.csv",
    row: "A scorer, a label and a bin of probabilities: what was said and what was so.",
    key: &["design", "scorer", "label", "low"],
    columns: described_in!("evaluation-reliability.tsv"),
};

pub(super) static GROUPS: Table = Table {
    file: "evaluation-groups.csv",
    row: "A scorer, a frame, a cell and a measure: all coded sentences, those of a group, or those of a period.",
    key: &["design", "scorer", "frame", "group", "period", "metric"],
    columns: described_in!("evaluation-groups.tsv", "metric" => &["precision", "recall"]),
};

/// What a cell is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellMeasure {
    /// Share of the sentences found that carry the frame.
    #[default]
    Precision,
    /// Share of the sentences with the frame that are found.
    Recall,
}

/// One measure of one frame in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellQuality {
    /// How rows were held out.
    pub design: String,
    /// Which scorer.
    pub scorer: String,
    /// Id of the frame.
    pub frame: String,
    /// The group; empty for all.
    pub group: String,
    /// The period; empty for all.
    pub period: String,
    /// What is measured.
    pub measure: CellMeasure,
    /// In [0, 1]; `None` where no sentence is asked about.
    pub estimate: Option<f64>,
    /// 95 %, documents being the units; `None` with fewer than two.
    pub interval: Option<Interval>,
    /// Sentences that the share is of.
    pub sentences: u64,
    /// Documents that they are in.
    pub documents: u64,
}

/// The bytes of the table of cells.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn cells_table(cells: &[CellQuality]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&GROUPS);
    for cell in cells {
        let metric = match cell.measure {
            CellMeasure::Precision => "precision",
            CellMeasure::Recall => "recall",
        };
        rows.text(&cell.design).text(&cell.scorer).text(&cell.frame).text(&cell.group).text(&cell.period).text(metric);
        rows.number(cell.estimate).interval(cell.interval).count(cell.sentences).count(cell.documents).end()?;
    }
    rows.into_table()
}

/// Measures of one scorer, or of its difference from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// How rows were held out.
    pub design: String,
    /// Which scorer.
    pub scorer: String,
    /// Which other is subtracted.
    pub less: Option<String>,
    /// Names of the labels that the estimates are numbered by.
    pub labels: Vec<String>,
    /// What is measured.
    pub estimates: Vec<Estimate>,
    /// Rows.
    pub rows: u64,
    /// Groups.
    pub groups: u64,
    /// What to mind.
    pub note: String,
}

/// "mean over 2 of 3 labels": what is said of a mean that some labels have no value for, as an AUC where none carries the label.
#[must_use]
pub fn over_fewer(estimate: &Estimate, labels: usize) -> String {
    match estimate.over.filter(|over| estimate.value.is_some() && *over < labels) {
        Some(over) => format!("mean over {over} of {labels} labels, as it is not defined of the others"),
        None => String::new(),
    }
}

/// The bytes of the table of measures.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn evaluation_table(evaluated: &[Evaluated]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&EVALUATION);
    for part in evaluated {
        for estimate in &part.estimates {
            let label = estimate.label.map_or(ALL, |label| &part.labels[label]);
            rows.text(&part.design).text(&part.scorer).text(part.less.as_deref().unwrap_or(""));
            rows.text(label).text(estimate.metric.as_str());
            rows.number(estimate.value).interval(estimate.interval);
            let fewer = over_fewer(estimate, part.labels.len());
            let notes: Vec<&str> = [&part.note[..], &fewer].into_iter().filter(|note| !note.is_empty()).collect();
            rows.count(part.rows).count(part.groups).text(&notes.join("; ")).end()?;
        }
    }
    rows.into_table()
}

/// What people said and what one scorer said.
#[derive(Clone, Debug)]
pub struct Confusions<'a> {
    /// How rows were held out.
    pub design: &'a str,
    /// Which scorer.
    pub scorer: &'a str,
    /// The cells of its matrix.
    pub cells: Vec<Confused>,
}

/// The bytes of the table of confusions.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn confusion_table(confusions: &[Confusions<'_>]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&CONFUSION);
    for Confusions { design, scorer, cells } in confusions {
        for cell in cells {
            rows.text(design).text(scorer).text(&cell.label).text(&cell.coded).text(&cell.predicted);
            rows.count(cell.rows).end()?;
        }
    }
    rows.into_table()
}

/// How the probabilities of one scorer hold up.
#[derive(Clone, Debug)]
pub struct LabelledBins<'a> {
    /// How rows were held out.
    pub design: &'a str,
    /// Which scorer.
    pub scorer: &'a str,
    /// Names of labels.
    pub labels: &'a [String],
    /// Number of the label, number of the bin, and the bin.
    pub held: Vec<(usize, usize, Bin)>,
}

/// The bytes of the table of bins.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn reliability_table(bins: &[LabelledBins<'_>]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&RELIABILITY);
    for LabelledBins { design, scorer, labels, held } in bins {
        for (label, number, bin) in held {
            #[expect(clippy::cast_precision_loss, reason = "ten bins")]
            let edge = |number: usize| Some(number as f64 / BINS as f64);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows")]
            let count = bin.count as u64;
            let [said, observed] = [bin.said, bin.true_ones].map(|sum| (bin.count > 0.0).then(|| sum / bin.count));
            rows.text(design).text(scorer).text(&labels[*label]).number(edge(*number)).number(edge(number + 1));
            rows.count(count).number(said).number(observed).end()?;
        }
    }
    rows.into_table()
}
