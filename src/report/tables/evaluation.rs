//! `evaluation.csv` and the two tables beside it: how good scorers are, what they confuse, what their probabilities mean.

use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};
use crate::stats::{BINS, Bin, Interval};
use crate::validate::{Confused, Estimate, Metric};

/// What stands for all labels together.
const ALL: &str = "(all)";

/// The description of `evaluation.csv`.
pub static EVALUATION: Table = Table {
    file: "evaluation.csv",
    row: "A scorer, a label and a measure; or the difference of two scorers in it, measured on the same rows.",
    key: &["design", "scorer", "less", "label", "metric"],
    columns: &[
        Column::required(
            "design",
            Kind::Text,
            "How rows were held out: \"cross-validation\" splits no group, \"held-out outlets\" no outlet, \"held-out \
             table\" has a model judge rows it was not trained on; \"labels from outside\" are all coded sentences or documents that \
             the labels cover, the study's own scorer cross-validated.",
        ),
        Column::required(
            "scorer",
            Kind::Text,
            "\"majority\" knows the shares of labels only, \"rules\" the codebook's rules, \"statistics\" everything else, \
             \"together\" both, \"labels\" what the file of labels says; \"without words\" and so on are \"together\" without a family of features.",
        ),
        Column::optional(
            "less",
            Kind::Text,
            "The scorer whose measure is subtracted; empty where the row is no difference.",
        ),
        Column::required("label", Kind::Text, "The label; \"(all)\" for all together."),
        Column::required(
            "metric",
            Kind::Choice(&METRICS),
            "precision, recall, f1; balanced_f1: mean F1 of presence and absence; macro_f1: mean over labels of F1; micro_f1: \
             F1 of all labels' hits and misses together; accuracy; auc; brier: mean squared distance of probability and \
             truth (over classes, the sum); calibration_error: over ten bins of equal width, mean distance of probability \
             and share of true ones (of all classes: of the most probable one's); krippendorff_alpha: nominal, scorer \
             against the codings. For all labels together the mean over them, where nothing else is said.",
        ),
        Column::optional("estimate", Kind::Number, "The measure; empty where it is not defined."),
        Column::optional("conf_low", Kind::Number, "Lower end of its 95 % interval."),
        Column::optional(
            "conf_high",
            Kind::Number,
            "Upper end: percentiles over 1,000 resamples of the groups. Empty with fewer than two groups, or where the \
             measure is undefined in more than a tenth of the resamples.",
        ),
        Column::required("rows", Kind::Count, "Rows it is measured on."),
        Column::required("groups", Kind::Count, "Groups they are in: what is resampled."),
        Column::optional("note", Kind::Text, "What to mind."),
    ],
};

const METRICS: [&str; Metric::ALL.len()] = {
    let mut words = [""; Metric::ALL.len()];
    let mut metric = 0;
    while metric < words.len() {
        words[metric] = Metric::ALL[metric].as_str();
        metric += 1;
    }
    words
};

pub(super) static CONFUSION: Table = Table {
    file: "evaluation-confusion.csv",
    row: "What people said and what a scorer said: of classes one matrix; of labels one of presence and absence for each.",
    key: &["design", "scorer", "label", "coded", "predicted"],
    columns: &[
        columns::DESIGN,
        columns::SCORER,
        Column::optional("label", Kind::Text, "The label, where rows may carry several; else empty."),
        Column::required("coded", Kind::Text, "What people said: the class, or 0 or 1."),
        Column::required("predicted", Kind::Text, "What the scorer said."),
        Column::required("rows", Kind::Count, "How many rows."),
    ],
};

pub(super) static RELIABILITY: Table = Table {
    file: "evaluation-reliability.csv",
    row: "A scorer, a label and a bin of probabilities: what was said and what was so.",
    key: &["design", "scorer", "label", "low"],
    columns: &[
        columns::DESIGN,
        columns::SCORER,
        Column::required("label", Kind::Text, "The label."),
        Column::required("low", Kind::Share, "Lowest probability of the bin."),
        Column::required("high", Kind::Share, "Highest; it belongs to the next bin, except 1."),
        Column::required("rows", Kind::Count, "Rows whose probability of the label lies in the bin."),
        Column::optional("mean_probability", Kind::Share, "Mean of these probabilities."),
        Column::optional("share", Kind::Share, "Share of these rows that carry the label."),
    ],
};

pub(super) static GROUPS: Table = Table {
    file: "evaluation-groups.csv",
    row: "A scorer, a frame, a cell and a measure: all coded sentences, those of a group, or those of a period.",
    key: &["design", "scorer", "frame", "group", "period", "metric"],
    columns: &[
        Column::required(
            "design",
            Kind::Text,
            "\"codebook as written\" for the rules, on every coded frame; \"labels from outside\" for labels; else how rows were held out, as in evaluation.csv.",
        ),
        columns::SCORER,
        Column::required("frame", Kind::Text, "The frame."),
        Column::optional("group", Kind::Text, "The outlet, or other value of the column compared by; empty for all."),
        Column::optional("period", Kind::Text, "The period; empty for all."),
        Column::required(
            "metric",
            Kind::Choice(&["precision", "recall"]),
            "precision: share of the sentences found that people say carry the frame; recall: share of those that carry it \
             that are found.",
        ),
        columns::QUALITY,
        columns::QUALITY_LOW,
        columns::QUALITY_HIGH,
        Column::required("sentences", Kind::Count, "Sentences that the share is of."),
        columns::QUALITY_DOCUMENTS,
    ],
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
            rows.count(part.rows).count(part.groups).text(&part.note).end()?;
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
