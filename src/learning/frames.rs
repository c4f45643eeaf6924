//! Learns the frames of a study: one scorer for all, then for each frame the choice between it and the rules alone.
//!
//! A scorer that few codings have taught may find less than the rules it is to better. So each frame is coded by the rules
//! as they are written unless the scorer's F1 is higher, on sentences that its learners have not seen, by half a standard
//! error of the difference: unless it is more than twice as likely better than not.

#![expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::coding;
use crate::learning::choice::{Choice, Method};
use crate::learning::features::Family;
use crate::learning::fit::{Question, Rows, Settings, fit};
use crate::learning::matrix::Extracted;
use crate::learning::weights::{Shape, Weights};
use crate::model::Prediction;
use crate::stats::Calibration;
use crate::stats::learning::{LearningError, threshold_for};

/// What the rules say of every row: by label, what makes a hit and the rule score where there is a cue.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleScores {
    frames: Vec<(f64, Vec<Option<f64>>)>,
}

impl RuleScores {
    /// What the rules of `codebook` found in the rows of `extracted`; `None` where a label is no frame of it.
    #[must_use]
    pub fn new(codebook: &Codebook, labels: &[String], extracted: &Extracted) -> Option<Self> {
        let rows = extracted.counts.len();
        let column = |kind: &str, label: &String| {
            let name = format!("{}:{kind}:{label}", Family::Rules.definition().name);
            extracted.measure_names.iter().position(|known| *known == name).map(|place| &extracted.measures[place])
        };
        let frame = |label: &String| {
            let frame = codebook.frames.iter().find(|frame| frame.id == *label)?;
            let scores = match (column("cues", label), column("score", label)) {
                (Some(cues), Some(scores)) => {
                    cues.iter().zip(scores).map(|(cues, score)| (*cues > 0.0).then_some(*score)).collect()
                }
                _ => vec![None; rows],
            };
            Some((frame.threshold, scores))
        };
        Some(Self { frames: labels.iter().map(frame).collect::<Option<_>>()? })
    }

    /// The probability of a label as the rules are written: 0 without a cue.
    #[must_use]
    pub fn probability(&self, label: usize, row: usize) -> f64 {
        self.frames[label].1[row].map_or(0.0, |score| f64::from(coding::probability(score)) / 1e6)
    }

    /// Whether the rules hit.
    #[must_use]
    pub fn is_hit(&self, label: usize, row: usize) -> bool {
        self.frames[label].1[row].is_some() && self.probability(label, row) >= self.frames[label].0
    }

    fn score(&self, label: usize, row: usize) -> f64 {
        self.frames[label].1[row].unwrap_or(0.0)
    }
}

/// Coded rows to learn frames from.
#[derive(Clone, Copy, Debug)]
pub struct FrameRows<'a> {
    /// Of every row.
    pub extracted: &'a Extracted,
    /// One for each frame.
    pub questions: &'a [Question],
    /// How many sentences each row stands for, on a scale of any unit.
    pub weights: &'a [f64],
    /// What the rules say of every row.
    pub rules: &'a RuleScores,
}

/// What was learnt.
#[derive(Clone, Debug)]
pub struct LearntFrames {
    /// Of the scorer: its level and thresholds set by what rows stand for.
    pub weights: Weights,
    /// By frame.
    pub choices: Vec<Choice>,
    /// By frame, then row learnt from: log-odds by learners that have not seen the row, or by the rules that code the frame.
    pub held_out: Vec<Vec<f64>>,
}

/// Learns from some rows. The probabilities of each frame are moved so that their mean is the share of the sentences that
/// the rows stand for, and its threshold is drawn on them as `settings` say.
///
/// # Errors
/// When a learner fails.
pub fn learn_frames(
    coded: &FrameRows<'_>,
    rows: &Rows<'_>,
    settings: &Settings,
) -> Result<LearntFrames, LearningError> {
    let mut weights = fit(coded.extracted, coded.questions, rows, settings)?;
    let (mut choices, mut held_out) = (Vec::new(), Vec::new());
    for (label, question) in coded.questions.iter().enumerate() {
        let side = Side::new(question, coded.weights, rows);
        let unmoved: Vec<f64> = weights.held_out[label].iter().map(|shares| log_odds(shares[1])).collect();
        let shift = rounded(Calibration::shift(&unmoved, &side.present, &side.weights));
        let scores: Vec<f64> = unmoved.iter().map(|score| rounded(score + shift)).collect();
        let shares: Vec<f64> = scores.iter().map(|score| share(*score)).collect();
        let threshold = rounded(threshold_for(settings.aim, &shares, &side.present, &side.weights));
        let answer = &mut weights.answers[label];
        answer.constants[0] = rounded(answer.constants[0] + shift);
        answer.threshold = threshold;
        let found: Vec<bool> = shares.iter().map(|share| *share >= threshold).collect();
        let choice = choose(&side, (coded.rules, label), rows, &found);
        let by_rules = |row: &u32| {
            let Calibration { constant, slope } = choice.calibration();
            rounded(constant + slope * coded.rules.score(label, *row as usize))
        };
        held_out.push(match choice.method {
            Method::Together => scores,
            Method::Rules => rows.picked.iter().map(by_rules).collect(),
        });
        choices.push(choice);
    }
    Ok(LearntFrames { weights, choices, held_out })
}

impl LearntFrames {
    /// What is said of a row that was not learnt from.
    #[must_use]
    pub fn judge(&self, coded: &FrameRows<'_>, shape: &Shape, row: usize) -> Prediction {
        let scores = self.weights.scores(coded.extracted, row);
        let (probabilities, carried) = shape.conclude(&self.weights.answers, &scores);
        let mut judged = Prediction { carried, probabilities };
        for (label, choice) in self.choices.iter().enumerate().filter(|(_, choice)| choice.method == Method::Rules) {
            judged.carried[label] = coded.rules.is_hit(label, row);
            judged.probabilities[label] = choice.calibration().probability(coded.rules.score(label, row));
        }
        judged
    }
}

/// What people say of one frame in the rows that are learnt from.
struct Side {
    present: Vec<bool>,
    weights: Vec<f64>,
    groups: Vec<usize>,
}

impl Side {
    fn new(question: &Question, weights: &[f64], rows: &Rows<'_>) -> Self {
        let picked = || rows.picked.iter().map(|row| *row as usize);
        Self {
            present: picked().map(|row| question.classes[row] == 1).collect(),
            weights: picked().map(|row| weights[row]).collect(),
            groups: picked().map(|row| rows.groups[row]).collect(),
        }
    }
}

/// Standard errors by which the scorer must be better. A standard normal deviate is below one half with probability .69.
const MARGIN: f64 = 0.5;

fn choose(side: &Side, (rules, label): (&RuleScores, usize), rows: &Rows<'_>, found: &[bool]) -> Choice {
    let picked = || rows.picked.iter().map(|row| *row as usize);
    let by_rules: Vec<bool> = picked().map(|row| rules.is_hit(label, row)).collect();
    let scores: Vec<f64> = picked().map(|row| rules.score(label, row)).collect();
    let [of_rules, of_together] = [&by_rules[..], found].map(|found| F1::new(side, found));
    let (rules_f1, together_f1) = (of_rules.value(), of_together.value());
    let standard_error = of_together.error_of_difference(&of_rules, side);
    let difference = together_f1.unwrap_or(0.0) - rules_f1.unwrap_or(0.0);
    let is_better = difference > 0.0 && difference >= MARGIN * standard_error.unwrap_or(0.0);
    let with = side.groups.iter().zip(&side.present).filter(|(_, present)| **present).map(|(group, _)| group);
    let shown = |f1: Option<f64>| f1.map_or_else(|| "undefined".to_owned(), |f1| format!("{f1:.3}"));
    let error = standard_error.map_or_else(String::new, |error| format!(", standard error {error:.3}"));
    let verdict = if is_better { "better" } else { "not surely better" };
    let calibration = Calibration::fit(&scores, &side.present, &side.weights);
    Choice {
        method: if is_better { Method::Together } else { Method::Rules },
        why: format!(
            "together is {verdict} on sentences not seen: F1 {}, rules alone {}{error}",
            shown(together_f1),
            shown(rules_f1)
        ),
        sentences: side.present.iter().filter(|present| **present).count() as u64,
        documents: with.collect::<BTreeSet<_>>().len() as u64,
        rules_f1: rules_f1.map(rounded),
        together_f1: together_f1.map(rounded),
        standard_error: standard_error.map(rounded),
        rule_log_odds: (rounded(calibration.constant), rounded(calibration.slope)),
    }
}

/// F1 as a ratio of two sums over rows: `2 [hit and present] / ([hit] + [present])`.
struct F1 {
    /// By row.
    parts: Vec<(f64, f64)>,
    above: f64,
    below: f64,
}

impl F1 {
    fn new(side: &Side, found: &[bool]) -> Self {
        let number = |is: bool| f64::from(u8::from(is));
        let part = |((present, weight), found): ((&bool, &f64), &bool)| {
            (2.0 * weight * number(*present && *found), weight * (number(*present) + number(*found)))
        };
        let parts: Vec<(f64, f64)> = side.present.iter().zip(&side.weights).zip(found).map(part).collect();
        let (above, below) = parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        Self { parts, above, below }
    }

    fn value(&self) -> Option<f64> {
        (self.below > 0.0).then(|| self.above / self.below)
    }

    /// What a row adds to the ratio, linearised.
    fn influence(&self, row: usize) -> f64 {
        let (above, below) = self.parts[row];
        self.value().map_or(0.0, |value| (above - value * below) / self.below)
    }

    /// The standard error of the difference of two ratios over the same rows, groups being the units: by linearisation
    /// with replacement, as of any ratio (Särndal, Swensson and Wretman 1992, ch. 5.5).
    fn error_of_difference(&self, other: &Self, side: &Side) -> Option<f64> {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for (row, group) in side.groups.iter().enumerate() {
            *sums.entry(*group).or_default() += self.influence(row) - other.influence(row);
        }
        let groups = sums.len() as f64;
        (groups > 1.0).then(|| (groups / (groups - 1.0) * sums.values().map(|sum| sum * sum).sum::<f64>()).sqrt())
    }
}

fn share(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-9, 1.0 - 1e-9);
    (share / (1.0 - share)).ln()
}

/// To six decimals, as scorers are written.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of one group each, with what people, rules and scorer say.
    fn chosen(rows: &[(bool, bool, bool)], repeats: usize) -> Choice {
        let rows: Vec<(bool, bool, bool)> = rows.iter().cycle().take(rows.len() * repeats).copied().collect();
        let scores = rows.iter().map(|(_, rules, _)| rules.then_some(1.0)).collect();
        let rules = RuleScores { frames: vec![(0.5, scores)] };
        let question = Question { classes: rows.iter().map(|row| usize::from(row.0)).collect(), count: 2 };
        let groups: Vec<usize> = (0..rows.len()).collect();
        let picked: Vec<u32> = (0..rows.len()).map(|row| u32::try_from(row).unwrap()).collect();
        let picked = Rows { picked: &picked, groups: &groups };
        let side = Side::new(&question, &vec![1.0; rows.len()], &picked);
        choose(&side, (&rules, 0), &picked, &rows.iter().map(|row| row.2).collect::<Vec<_>>())
    }

    #[test]
    fn the_richer_scorer_is_taken_where_it_is_better() {
        // People, rules, scorer: both right, the scorer finds one more, the rules find one more, both wrong, nothing.
        let (both, more, less) = ((true, true, true), (true, false, true), (true, true, false));
        let (false_alarm, nothing) = ((false, true, true), (false, false, false));
        let table = [
            ("never better", &[both, less, nothing, nothing][..], 10, Method::Rules),
            ("alike", &[both, more, less, nothing], 10, Method::Rules),
            ("better by far", &[both, more, more, false_alarm, nothing], 10, Method::Together),
            ("no rule", &[more, more, nothing], 5, Method::Together),
        ];
        for (case, rows, repeats, expected) in table {
            let choice = chosen(rows, repeats);
            assert_eq!(choice.method, expected, "{case}: {}", choice.why);
        }
    }

    /// F1 of the rules is 2/3, of the scorer 1; by hand, with 30 rows of a group each.
    #[test]
    fn the_standard_error_is_that_of_a_ratio() {
        let choice = chosen(&[(true, true, true), (true, false, true), (false, false, false)], 10);
        assert_eq!((choice.rules_f1, choice.together_f1), (Some(0.666_667), Some(1.0)));
        // Influence of the rules: (2 - 2/3 * 2) / 30 = 1/45 and (0 - 2/3) / 30 = -1/45, ten times each; of the scorer 0.
        let expected = (30.0_f64 / 29.0 * 20.0 / 45.0_f64.powi(2)).sqrt();
        let error = choice.standard_error.unwrap();
        assert!((error - expected).abs() < 1e-6, "{error}, not {expected}");
        assert_eq!((choice.sentences, choice.documents), (20, 20));
    }
}
