//! How good is a scorer? Each row is judged by a scorer that has not seen the row's group, or its outlet.

use crate::codebook::Codebook;
use crate::learning::fit::{Question, Settings, TrainingRows, fit, kinds};
use crate::learning::frames::{FrameRows, learn_frames};
use crate::learning::matrix::Extracted;
use crate::learning::rule_scores::RuleScores;
use crate::learning::weights::Shape;
use crate::model::{Prediction, Truth};
use crate::stats::Seed;
use crate::stats::learning::{Folds, LearningError, grouped_folds};

/// Codings and the features of their texts, ready for trials.
#[derive(Debug)]
pub struct EvaluationSet<'a> {
    /// Of every row.
    pub extracted: &'a Extracted,
    /// What is asked of every row.
    pub questions: &'a [Question],
    /// What the questions are.
    pub shape: &'a Shape,
    /// The group of every row.
    pub groups: &'a [usize],
    /// What every row counts for; none where all count alike.
    pub weights: &'a [f64],
}

impl EvaluationSet<'_> {
    /// What is true of every row, as [`validate`](crate::validate) wants it.
    #[must_use]
    pub fn truth(&self) -> Truth {
        let rows = self.groups.len();
        let carried = |row: usize| match self.shape {
            Shape::Classes(names) => (0..names.len()).map(|class| self.questions[0].classes[row] == class).collect(),
            Shape::Labels(_) => self.questions.iter().map(|question| question.classes[row] == 1).collect(),
        };
        Truth {
            labels: self.shape.names().to_vec(),
            is_exclusive: matches!(self.shape, Shape::Classes(_)),
            carried: (0..rows).map(carried).collect(),
            groups: self.groups.to_vec(),
            weights: if self.weights.is_empty() { vec![1.0; rows] } else { self.weights.to_vec() },
        }
    }

    /// Folds that split no group and spread labels evenly.
    #[must_use]
    pub fn folds(&self, count: usize, seed: u64) -> Folds {
        let kinds: Vec<Vec<usize>> = (0..self.groups.len()).map(|row| kinds(self.questions, row)).collect();
        grouped_folds(self.groups, &kinds, count, &mut Seed::new(seed).stream("folds"))
    }

    /// Labels that a part of the rows teaches nothing of: all rows with the label, or where rows carry any labels all rows
    /// without it, are in one fold. Whatever learns from the others says there what it must say, right or wrong.
    #[must_use]
    pub fn unlearnable(&self, folds: &Folds) -> Vec<usize> {
        let Truth { carried, labels, is_exclusive, .. } = self.truth();
        let is_in_one = |label: usize, is_there: bool| {
            (0..folds.count()).any(|fold| folds.outside(fold).all(|row| carried[row][label] != is_there))
        };
        (0..labels.len()).filter(|it| is_in_one(*it, true) || (!is_exclusive && is_in_one(*it, false))).collect()
    }

    /// What a scorer with these settings says of each row that was in none of the folds it learnt from.
    ///
    /// # Errors
    /// When a learner fails.
    pub fn cross_validated(&self, folds: &Folds, settings: &Settings) -> Result<Vec<Prediction>, LearningError> {
        let mut judged = vec![Prediction::default(); self.groups.len()];
        for fold in 0..folds.count() {
            let picked: Vec<u32> = folds.outside(fold).map(number).collect();
            let rows = TrainingRows { picked: &picked, groups: self.groups };
            // All of it anew, strengths and thresholds too: what was chosen on a row flatters the scorer there.
            let weights = fit(self.extracted, self.questions, &rows, settings)?;
            for row in folds.inside(fold) {
                let scores = weights.scores(self.extracted, row);
                let (probabilities, carried) = self.shape.conclude(&weights.answers, &scores);
                judged[row] = Prediction { carried, probabilities };
            }
        }
        Ok(judged)
    }

    /// What is said of each row by the shares of labels in the other folds alone.
    #[must_use]
    pub fn majority(&self, folds: &Folds) -> Vec<Prediction> {
        let mut judged = vec![Prediction::default(); self.groups.len()];
        for fold in 0..folds.count() {
            // Of the other folds only: a row's own label must not speak for it.
            let said = self.shares(&folds.outside(fold).collect::<Vec<_>>());
            folds.inside(fold).for_each(|row| judged[row] = said.clone());
        }
        judged
    }

    /// What the codebook's rules say of each row without having learnt anything; `None` where a label is no frame of it.
    #[must_use]
    pub fn rules_as_written(&self, codebook: &Codebook) -> Option<Vec<Prediction>> {
        let Shape::Labels(labels) = self.shape else { return None };
        let rules = RuleScores::new(codebook, labels, self.extracted)?;
        let judge = |row: usize| {
            let said = (0..labels.len()).map(|label| (rules.probability(label, row), rules.is_hit(label, row, None)));
            let (probabilities, carried) = said.unzip();
            Prediction { carried, probabilities }
        };
        Some((0..self.groups.len()).map(judge).collect())
    }

    /// What the frames of a study are said to be in each row by what [`learn_frames`] learns from the other folds, the
    /// choice between rules and scorer included; `coded` are the same rows.
    ///
    /// # Errors
    /// When a learner fails.
    pub fn frames_cross_validated(
        &self,
        coded: &FrameRows<'_>,
        folds: &Folds,
        settings: &Settings,
    ) -> Result<Vec<Prediction>, LearningError> {
        let mut judged = vec![Prediction::default(); self.groups.len()];
        for fold in 0..folds.count() {
            let picked: Vec<u32> = folds.outside(fold).map(number).collect();
            let learnt = learn_frames(coded, &TrainingRows { picked: &picked, groups: self.groups }, settings)?;
            folds.inside(fold).for_each(|row| judged[row] = learnt.judge(coded, self.shape, row));
        }
        Ok(judged)
    }

    /// What the rules say of each row, a document, where the other folds tell from how many sentences on it carries a frame;
    /// `coded` are the same rows.
    #[must_use]
    pub fn documents_by_rules(&self, coded: &FrameRows<'_>, folds: &Folds) -> Vec<Prediction> {
        let mut judged = vec![Prediction::default(); self.groups.len()];
        for fold in 0..folds.count() {
            let picked: Vec<u32> = folds.outside(fold).map(number).collect();
            let least: Vec<_> = (0..self.questions.len()).map(|label| coded.least(label, &picked)).collect();
            for row in folds.inside(fold) {
                let hits = least.iter().enumerate().map(|(label, least)| coded.rules.is_hit(label, row, *least));
                let carried: Vec<bool> = hits.collect();
                judged[row] =
                    Prediction { probabilities: carried.iter().map(|is| f64::from(u8::from(*is))).collect(), carried };
            }
        }
        judged
    }

    /// The shares of labels in some rows, and the label or labels that most of them carry.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]
    pub fn shares(&self, rows: &[usize]) -> Prediction {
        let count = rows.len().max(1) as f64;
        let share = |question: &Question, class: usize| {
            rows.iter().filter(|row| question.classes[**row] == class).count() as f64 / count
        };
        match self.shape {
            Shape::Classes(names) => {
                let shares: Vec<f64> = (0..names.len()).map(|class| share(&self.questions[0], class)).collect();
                // Of equally frequent classes the first by name, on any machine.
                let most = (0..names.len()).fold(0, |best, next| if shares[next] > shares[best] { next } else { best });
                Prediction { carried: (0..names.len()).map(|class| class == most).collect(), probabilities: shares }
            }
            Shape::Labels(_) => {
                let shares: Vec<f64> = self.questions.iter().map(|question| share(question, 1)).collect();
                Prediction { carried: shares.iter().map(|share| *share >= 0.5).collect(), probabilities: shares }
            }
        }
    }
}

/// The number of a row, as learners take it.
#[expect(clippy::cast_possible_truncation, reason = "a table has far fewer than 2^32 rows")]
const fn number(row: usize) -> u32 {
    row as u32
}
