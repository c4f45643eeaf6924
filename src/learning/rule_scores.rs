//! What the rules say of coded rows, label by label.

use crate::codebook::Codebook;
use crate::coding::probability;
use crate::learning::features::FeatureFamily;
use crate::learning::matrix::Extracted;

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
}

impl RuleScores {
    /// What the rules of `codebook`, with which the matrix was made, found in its rows; `None` where a label is no frame.
    #[must_use]
    pub fn new(codebook: &Codebook, labels: &[String], extracted: &Extracted) -> Option<Self> {
        let column = |label: &String| {
            let frame = codebook.frames.iter().position(|frame| frame.id == *label)?;
            let scores = extracted.rule_scores.get(frame)?.clone();
            let measure = score_measure(label);
            Some(RuleColumn { measure, threshold: codebook.frames[frame].threshold, scores })
        };
        Some(Self { labels: labels.iter().map(column).collect::<Option<_>>()? })
    }

    /// The probability of a label as the rules are written: 0 without a cue.
    #[must_use]
    pub fn probability(&self, label: usize, row: usize) -> f64 {
        self.labels[label].scores[row].map_or(0.0, |score| f64::from(probability(score)) / 1e6)
    }

    /// Whether the rules hit.
    #[must_use]
    pub fn is_hit(&self, label: usize, row: usize) -> bool {
        let RuleColumn { threshold, scores, .. } = &self.labels[label];
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

/// The measure among the features in which the learners see the rules' score of a frame.
fn score_measure(frame: &str) -> String {
    format!("{}:score:{frame}", FeatureFamily::Rules.definition().name)
}
