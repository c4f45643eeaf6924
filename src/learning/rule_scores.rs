//! What the rules say of coded rows, label by label.

use crate::codebook::Codebook;
use crate::coding::probability;
use crate::learning::features::FeatureFamily;
use crate::learning::least_hits::CodedWhole;
use crate::learning::matrix::Extracted;
use crate::model::LeastHits;

/// What the rules say of every row: by label, what makes a hit and the rule score where there is a cue.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleScores {
    labels: Vec<RuleColumn>,
}

/// What the rules of one frame say of every row.
#[derive(Clone, Debug, PartialEq)]
struct RuleColumn {
    /// Name of the feature that holds the scores.
    measure: String,
    /// The probability that makes a hit, as the codebook has it.
    threshold: f64,
    /// By row; `None` without a cue.
    scores: Vec<Option<f64>>,
    /// By row, its sentences with the frame and all of them, where rows are documents; none where they are sentences.
    counted: Vec<SentenceCount>,
}

/// The sentences of a document, and those of them that carry a frame by its rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentenceCount {
    /// With the frame.
    pub hits: u64,
    /// All.
    pub sentences: u64,
}

impl RuleScores {
    /// What the rules of `codebook`, with which the matrix was made, found in its rows; `None` where a label is no frame.
    #[must_use]
    pub fn new(codebook: &Codebook, labels: &[String], extracted: &Extracted) -> Option<Self> {
        let column = |label: &String| {
            let frame = codebook.frames.iter().position(|frame| frame.id == *label)?;
            let scores = extracted.rule_scores.get(frame)?.clone();
            let measure = score_measure(label);
            Some(RuleColumn { measure, threshold: codebook.frames[frame].threshold, scores, counted: Vec::new() })
        };
        Some(Self { labels: labels.iter().map(column).collect::<Option<_>>()? })
    }

    /// The same of documents, which carry a label from some number or share of their sentences on; `counted` is by label,
    /// then row.
    #[must_use]
    pub fn of_documents(mut self, counted: Vec<Vec<SentenceCount>>) -> Self {
        self.labels.iter_mut().zip(counted).for_each(|(column, counted)| column.counted = counted);
        self
    }

    /// From how many sentences on documents carry a label, by the rows in `coded`, of which people say whether they do and
    /// what each counts for; `None` where rows are sentences.
    pub(super) fn least(&self, label: usize, coded: impl Iterator<Item = PeoplesRow>) -> Option<LeastHits> {
        let counted = &self.labels[label].counted;
        let whole = |PeoplesRow { row, carries, weight }| {
            let SentenceCount { hits, sentences } = counted[row];
            CodedWhole { carries, hits, sentences, weight }
        };
        (!counted.is_empty()).then(|| CodedWhole::nearest(&coded.map(whole).collect::<Vec<_>>()))
    }

    /// The probability of a label as the rules are written: 0 without a cue.
    #[must_use]
    pub fn probability(&self, label: usize, row: usize) -> f64 {
        self.labels[label].scores[row].map_or(0.0, |score| f64::from(probability(score)) / 1e6)
    }

    /// Whether the rules hit: in a document where `least` of its sentences are hits.
    #[must_use]
    pub fn is_hit(&self, label: usize, row: usize, least: Option<LeastHits>) -> bool {
        let RuleColumn { threshold, scores, counted, .. } = &self.labels[label];
        if let (Some(least), Some(SentenceCount { hits, sentences })) = (least, counted.get(row)) {
            return least.is_reached(*hits, *sentences);
        }
        // No hit without a cue, even where the codebook asks for a threshold of 0.
        scores[row].is_some() && self.probability(label, row) >= *threshold
    }

    /// The sum of the cues' weights: 0 without a cue.
    pub(super) fn score(&self, label: usize, row: usize) -> f64 {
        self.labels[label].scores[row].unwrap_or(0.0)
    }

    /// What makes a hit of a label, as a probability by the rules as written.
    pub(super) fn threshold(&self, label: usize) -> f64 {
        self.labels[label].threshold
    }

    /// Name of the measure that holds the scores of a label.
    pub(super) fn measure(&self, label: usize) -> &str {
        &self.labels[label].measure
    }
}

/// What people say of a row.
pub(super) struct PeoplesRow {
    pub(super) row: usize,
    pub(super) carries: bool,
    /// What the row counts for.
    pub(super) weight: f64,
}

/// The measure among the features in which the learners see the rules' score of a frame.
fn score_measure(frame: &str) -> String {
    format!("{}:score:{frame}", FeatureFamily::Rules.definition().name)
}
