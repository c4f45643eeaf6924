//! A frame's score drawn toward what its rules say, the more so the fewer coded sentences carry the frame.
//!
//! Between no codings, where only the rules know anything, and plenty, where the scorer has weighed the rules itself, neither
//! is best alone: with fifty positives the weights of thousands of words are mostly noise, yet they outvote rules that a
//! researcher wrote with care.

use crate::stats::Calibration;
use crate::stats::learning::{Objective, threshold_for};

/// Sentences with the frame at which scorer and rules count alike; an effective number of sentences that the rules are
/// worth. A convention: on subsamples of the demo study's codings values from 15 to 120 did alike.
const SENTENCES_OF_RULES: f64 = 30.0;

/// How the log-odds of scorer and rules become those of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Blend {
    /// Share of the scorer's log-odds, the rest being those of the rules; in (0, 1).
    pub(super) share: f64,
    /// Log-odds by rule score.
    pub(super) rules: Calibration,
    /// Added so that the mean probability is the share of sentences that carry the frame.
    pub(super) shift: f64,
    /// The probability from which the frame is a hit.
    pub(super) threshold: f64,
}

/// What people say of one frame in some rows, beside what the rules say there.
#[derive(Clone, Debug, Default)]
pub(super) struct CodedFrame {
    /// Whether the row carries it.
    pub(super) present: Vec<bool>,
    /// What the row counts for.
    pub(super) weights: Vec<f64>,
    /// Its text.
    pub(super) groups: Vec<usize>,
    /// Score of the rules, 0 without a cue.
    pub(super) rule_scores: Vec<f64>,
    /// Whether the rules hit.
    pub(super) rule_hits: Vec<bool>,
}

impl CodedFrame {
    /// Rows that carry the frame.
    pub(super) fn positives(&self) -> usize {
        self.present.iter().filter(|present| **present).count()
    }
}

impl Blend {
    /// From log-odds of rows by learners that have not seen them.
    pub(super) fn fit(log_odds: &[f64], coded: &CodedFrame, aim: Objective) -> Self {
        let CodedFrame { present, weights, rule_scores, .. } = coded;
        let positives = coded.positives() as f64;
        let mut blend = Self {
            // Rounded as it is written: a scorer read back from its file must blend alike.
            share: rounded(positives / (positives + SENTENCES_OF_RULES)),
            rules: Calibration::fit(rule_scores, present, weights),
            shift: 0.0,
            threshold: 0.5,
        };
        // Before the threshold: it is drawn on probabilities that have the right mean.
        let unmoved = blend.all_log_odds(log_odds, rule_scores);
        blend.shift = rounded(Calibration::shift(&unmoved, present, weights));
        let shares: Vec<f64> = blend.all_log_odds(log_odds, rule_scores).into_iter().map(share).collect();
        blend.threshold = rounded(threshold_for(aim, &shares, present, weights));
        blend
    }

    /// Log-odds of a row of which the scorer has `log_odds`.
    pub(super) fn log_odds(&self, log_odds: f64, rule_score: f64) -> f64 {
        let by_rules = self.rules.constant + self.rules.slope * rule_score;
        rounded(self.share * log_odds + (1.0 - self.share) * by_rules + self.shift)
    }

    /// Whether a row of which the scorer has `log_odds` is a hit.
    pub(super) fn is_hit(&self, log_odds: f64, rule_score: f64) -> bool {
        share(self.log_odds(log_odds, rule_score)) >= self.threshold
    }

    fn all_log_odds(&self, log_odds: &[f64], rule_scores: &[f64]) -> Vec<f64> {
        log_odds.iter().zip(rule_scores).map(|(log_odds, score)| self.log_odds(*log_odds, *score)).collect()
    }
}

/// The probability of log-odds.
pub(super) fn share(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The log-odds of a probability, one that is not 0 or 1 to the last digit.
pub(super) fn log_odds(share: f64) -> f64 {
    // A learner may be sure to the last digit, and infinite log-odds would outweigh any rule.
    let share = share.clamp(1e-9, 1.0 - 1e-9);
    (share / (1.0 - share)).ln()
}

/// To six decimals, as scorers are written.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 40 rows, every fourth with the frame; the rules hit half of these, the scorer knows all.
    fn coded() -> (Vec<f64>, CodedFrame) {
        let present: Vec<bool> = (0..40).map(|row| row % 4 == 0).collect();
        let rule_scores = (0..40).map(|row| f64::from(u8::from(row % 8 == 0))).collect();
        let rule_hits = (0..40).map(|row| row % 8 == 0).collect();
        let log_odds = present.iter().map(|present| if *present { 2.0 } else { -2.0 }).collect();
        (log_odds, CodedFrame { present, weights: vec![1.0; 40], groups: (0..40).collect(), rule_scores, rule_hits })
    }

    #[test]
    fn the_fewer_codings_the_more_the_rules_count() {
        let (log_odds, few) = coded();
        let blend = Blend::fit(&log_odds, &few, Objective::Prevalence);
        assert!((blend.share - 0.25).abs() < 1e-12, "10 sentences against 30: {}", blend.share);
        let repeat = |of: &[f64]| of.iter().copied().cycle().take(40 * 27).collect::<Vec<f64>>();
        let many = CodedFrame {
            present: few.present.iter().copied().cycle().take(40 * 27).collect(),
            weights: vec![1.0; 40 * 27],
            rule_scores: repeat(&few.rule_scores),
            ..CodedFrame::default()
        };
        assert!(
            (Blend::fit(&repeat(&log_odds), &many, Objective::Prevalence).share - 0.9).abs() < 1e-12,
            "270 against 30"
        );
    }

    #[test]
    fn the_mean_probability_is_the_share_that_carries_the_frame() {
        let (log_odds, coded) = coded();
        let blend = Blend::fit(&log_odds, &coded, Objective::Prevalence);
        let mean = log_odds.iter().zip(&coded.rule_scores).map(|(it, score)| share(blend.log_odds(*it, *score)));
        let mean = mean.sum::<f64>() / 40.0;
        // Targets are drawn in by one row of each side: (10 * 11/12 + 30 / 32) / 40.
        assert!((mean - (110.0 / 12.0 + 30.0 / 32.0) / 40.0).abs() < 1e-4, "{mean}");
        let hits = log_odds.iter().zip(&coded.rule_scores).filter(|(it, score)| blend.is_hit(**it, **score)).count();
        assert_eq!(hits, 10, "as many hits as carry it");
    }
}
