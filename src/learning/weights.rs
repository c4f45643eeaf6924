//! What was learnt of each feature, and where the line between labels is drawn.

use serde::{Deserialize, Serialize};

use crate::learning::blend::Blend;
use crate::learning::design::{round, weigh};
use crate::learning::features::FeatureFamily;
use crate::learning::matrix::Extracted;
use crate::stats::learning::{most_probable, probabilities};

/// What a scorer tells apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Each row is of one of these classes.
    Classes(Vec<String>),
    /// Each row carries any of these labels.
    Labels(Vec<String>),
}

/// Constants of a question's scores and where the line is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRule {
    /// By score: one for two classes, the log-odds of the second; else one for each class.
    pub constants: Vec<f64>,
    /// Probability from which the second of two classes is taken.
    pub threshold: f64,
    /// With more classes: what is added to each one's log probability before the highest is taken.
    pub offsets: Vec<f64>,
}

/// The features of a family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureWeights {
    /// Which family.
    pub family: FeatureFamily,
    /// Names, sorted, with the family in front.
    pub names: Vec<String>,
    /// What counts are multiplied with before they are scaled.
    pub rarities: Vec<f32>,
    /// By score, then feature.
    pub weights: Vec<Vec<f32>>,
}

impl FeatureWeights {
    /// Whether every feature has a rarity, and a weight for each of so many scores.
    pub(super) fn is_full(&self, scores: usize) -> bool {
        let features = self.names.len();
        let is_whole = self.weights.iter().all(|weights| weights.len() == features);
        self.rarities.len() == features && self.weights.len() == scores && is_whole
    }
}

/// What the inner folds chose for one question: to learn from fewer of the same rows with it spares the search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tuning {
    /// Of each learner, in their order.
    pub(super) strengths: Vec<f64>,
    /// Of the stacking regression.
    pub(super) penalty: f64,
}

/// What is learnt for one question.
pub(super) struct Fitted {
    /// Probabilities of the classes of each picked row, by learners that have not seen it.
    pub(super) held_out: Vec<Vec<f64>>,
    pub(super) tuning: Tuning,
    pub(super) answer: DecisionRule,
    /// By score, then column.
    pub(super) counts: Vec<Vec<f32>>,
    /// By score, then measure.
    pub(super) measures: Vec<Vec<f64>>,
}

/// Weights as they come out of training, by column of the features they were learnt from.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// By question.
    pub answers: Vec<DecisionRule>,
    /// By question, then row that was learnt from: probabilities of its classes by learners that have not seen it.
    pub held_out: Vec<Vec<Vec<f64>>>,
    /// By question.
    pub tunings: Vec<Tuning>,
    rarities: Vec<f32>,
    /// By score, then column.
    counts: Vec<Vec<f32>>,
    /// By score, then measure.
    measures: Vec<Vec<f64>>,
    /// By measure.
    centres: Vec<f64>,
}

impl Weights {
    pub(super) fn joined((rarities, centres): (Vec<f32>, Vec<f64>), fitted: Vec<Fitted>) -> Self {
        let (answers, held_out, tunings) = (Vec::new(), Vec::new(), Vec::new());
        let mut weights =
            Self { answers, held_out, tunings, rarities, counts: Vec::new(), measures: Vec::new(), centres };
        for fitted in fitted {
            weights.answers.push(fitted.answer);
            weights.held_out.push(fitted.held_out);
            weights.tunings.push(fitted.tuning);
            weights.counts.extend(fitted.counts);
            weights.measures.extend(fitted.measures);
        }
        weights
    }

    /// The scores of a row of `extracted`.
    #[must_use]
    pub fn scores(&self, extracted: &Extracted, row: usize) -> Vec<f64> {
        let (columns, values) = extracted.counts.row(row);
        let mut counts: Vec<(u32, f32)> = columns.iter().copied().zip(values.iter().copied()).collect();
        weigh(&mut counts, &self.rarities, |column| extracted.families[column as usize]);
        let score = |(constant, (sparse, dense)): (&f64, (&Vec<f32>, &Vec<f64>))| {
            let sparse: f64 = counts.iter().map(|(column, value)| f64::from(sparse[*column as usize] * value)).sum();
            let dense: f64 = dense.iter().zip(&extracted.measures).map(|(weight, column)| weight * column[row]).sum();
            constant + sparse + dense
        };
        let constants = self.answers.iter().flat_map(|answer| &answer.constants);
        constants.zip(self.counts.iter().zip(&self.measures)).map(score).collect()
    }

    /// A vocabulary for each family, without features that were in too few of the rows, and the measures that count.
    #[must_use]
    pub fn vocabulary(&self, extracted: &Extracted, families: &[FeatureFamily]) -> Vec<FeatureWeights> {
        let of_family = |family: &FeatureFamily| {
            let columns: Vec<usize> = (0..extracted.names.len())
                .filter(|column| extracted.families[*column] == *family && self.rarities[*column] > 0.0)
                .collect();
            FeatureWeights {
                family: *family,
                names: columns.iter().map(|column| extracted.names[*column].clone()).collect(),
                rarities: columns.iter().map(|column| self.rarities[*column]).collect(),
                weights: self.counts.iter().map(|of| columns.iter().map(|column| of[*column]).collect()).collect(),
            }
        };
        families.iter().map(of_family).filter(|vocabulary| !vocabulary.names.is_empty()).collect()
    }

    /// Draws the score of a label toward the rules: what was learnt counts by the blend's share, the rules' score, which is
    /// the measure given, by the rest. Everything stays linear in the features.
    pub(super) fn blend(&mut self, label: usize, blend: &Blend, measure: Option<usize>) {
        let Blend { share, rules, shift, threshold } = *blend;
        self.counts[label].iter_mut().for_each(|weight| *weight = round(f64::from(*weight) * share) as f32);
        self.measures[label].iter_mut().for_each(|weight| *weight = round(*weight * share));
        // Without a measure the rules of the frame never matched a coded sentence, and only their constant counts.
        if let Some(measure) = measure {
            self.measures[label][measure] = round(self.measures[label][measure] + (1.0 - share) * rules.slope);
        }
        let answer = &mut self.answers[label];
        answer.constants[0] = round(share * answer.constants[0] + (1.0 - share) * rules.constant + shift);
        answer.threshold = threshold;
    }

    /// Weights of the measures, by score, then measure.
    #[must_use]
    pub fn measures(&self) -> &[Vec<f64>] {
        &self.measures
    }

    /// By measure, from where its contributions are counted.
    #[must_use]
    pub fn centres(&self) -> &[f64] {
        &self.centres
    }
}

impl DecisionRule {
    /// Which class the scores of this question say, and the probability of each.
    #[must_use]
    pub fn read(&self, scores: &[f64]) -> (usize, Vec<f64>) {
        let shares = probabilities(scores);
        let class = match shares[..] {
            // At the threshold it is a hit, as of rules: "probability >= threshold" is what the tables promise.
            [_, second] => usize::from(second >= self.threshold),
            _ => most_probable(&shares, &self.offsets),
        };
        (class, shares)
    }
}

impl Shape {
    /// The probability of each label, to six decimals, and which labels are carried, by the scores of all questions.
    #[must_use]
    pub fn conclude(&self, answers: &[DecisionRule], scores: &[f64]) -> (Vec<f64>, Vec<bool>) {
        let (mut probabilities, mut carried, mut start) = (Vec::new(), Vec::new(), 0);
        for answer in answers {
            let end = start + answer.constants.len();
            let (class, shares) = answer.read(&scores[start..end]);
            start = end;
            match self {
                Self::Classes(_) => {
                    carried.extend((0..shares.len()).map(|at| at == class));
                    probabilities.extend(shares);
                }
                Self::Labels(_) => {
                    carried.push(class == 1);
                    probabilities.push(shares[1]);
                }
            }
        }
        // Rounded only now: rounded shares could fall on the other side of a threshold.
        for share in &mut probabilities {
            *share = round(*share);
        }
        (probabilities, carried)
    }

    /// The names of classes or labels.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Self::Classes(names) | Self::Labels(names) => names,
        }
    }
}
