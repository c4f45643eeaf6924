//! `evaluation-voices.csv` and the table of confusions beside it: voice and stance of the machine against people.

use crate::report::columns::described_in;
use crate::report::tables::evaluation::{CONFUSION, EVALUATION, GROUPS, RELIABILITY};
use crate::report::{ReportError, Rows, Table};
use crate::stats::Interval;
use crate::validate::Aspect;

/// The tables of an evaluation; those of cells, and of voices, only where there are any.
pub static EVALUATIONS: [&Table; 6] = [&EVALUATION, &CONFUSION, &RELIABILITY, &GROUPS, &VOICES, &VOICE_CONFUSION];

static VOICES: Table = Table {
    file: "evaluation-voices.csv",
    row: "A frame, an aspect of its codings and a measure, on the sentences in which both people and the study's own coding \
          find the frame and people said whose voice it is in, or on which side.",
    key: &["frame", "aspect", "value", "metric"],
    columns: described_in!("evaluation-voices.tsv", "aspect" => &ASPECTS, "metric" => &METRICS),
};

static VOICE_CONFUSION: Table = Table {
    file: "evaluation-voices-confusion.csv",
    row: "A frame, an aspect, and what people and machine said where both find the frame.",
    key: &["frame", "aspect", "coded", "predicted"],
    columns: described_in!("evaluation-voices-confusion.tsv", "aspect" => &ASPECTS),
};

const ASPECTS: [&str; 2] = [Aspect::Voice.as_str(), Aspect::Stance.as_str()];

const METRICS: [&str; 3] =
    [VoiceMetric::Precision.as_str(), VoiceMetric::Recall.as_str(), VoiceMetric::Accuracy.as_str()];

/// What is measured of a voice or stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceMetric {
    /// Share of those by the machine that people say too.
    Precision,
    /// Share of those by people that the machine says too.
    Recall,
    /// Share in which both say the same.
    Accuracy,
}

impl VoiceMetric {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::Accuracy => "accuracy",
        }
    }
}

/// One measure of voice or stance.
#[derive(Clone, Debug, PartialEq)]
pub struct VoiceQuality {
    /// Id of the frame, or the word for all.
    pub frame: String,
    /// Voice or stance.
    pub aspect: Aspect,
    /// Which voice or stance; `None` of the accuracy.
    pub value: Option<&'static str>,
    /// What is measured of it.
    pub metric: VoiceMetric,
    /// In [0, 1]; `None` where no coding is asked about.
    pub estimate: Option<f64>,
    /// 95 %, documents being the units; `None` with fewer than two.
    pub interval: Option<Interval>,
    /// Codings that the share is of.
    pub codings: u64,
    /// Documents that they are in.
    pub documents: u64,
}

impl VoiceQuality {
    /// A measure of a voice or stance, `None` of all of them, that nothing is known of yet.
    #[must_use]
    pub fn unmeasured(frame: &str, aspect: Aspect, value: Option<&'static str>, metric: VoiceMetric) -> Self {
        let (estimate, interval) = (None, None);
        Self { frame: frame.to_owned(), aspect, value, metric, estimate, interval, codings: 0, documents: 0 }
    }
}

/// How often people said the one and the machine the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceConfusion {
    /// Id of the frame, or the word for all.
    pub frame: String,
    /// Voice or stance.
    pub aspect: Aspect,
    /// What people said.
    pub coded: &'static str,
    /// What the machine said.
    pub predicted: &'static str,
    /// Codings.
    pub codings: u64,
}

/// The bytes of the table of measures.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn voices_table(qualities: &[VoiceQuality]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&VOICES);
    for quality in qualities {
        rows.text(&quality.frame)
            .text(quality.aspect.as_str())
            .text(quality.value.unwrap_or(""))
            .text(quality.metric.as_str());
        rows.number(quality.estimate).interval(quality.interval);
        rows.count(quality.codings).count(quality.documents).end()?;
    }
    rows.into_table()
}

/// The bytes of the table of confusions.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn voice_confusion_table(confusions: &[VoiceConfusion]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&VOICE_CONFUSION);
    for cell in confusions {
        rows.text(&cell.frame).text(cell.aspect.as_str()).text(cell.coded).text(cell.predicted);
        rows.count(cell.codings).end()?;
    }
    rows.into_table()
}
