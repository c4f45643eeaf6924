//! Who codes each frame: the rules as written, or the scorer; and what is kept of the sentences that told.
//!
//! A scorer that few codings have taught may find less than the rules it is to better, and with many thresholds to choose
//! from it looks better than it is on the sentences that chose. So its F1 is nested: learners and threshold have both not
//! seen the sentence they are measured on. And it must clear two bars, each by a margin: the F1 of the rules, and the F1 of
//! saying the frame of every sentence. The second is what codings without sense cannot clear. Rules that are rarer than the
//! frame lose to random guesses on F1 (shares p and q find 2pq/(p+q), less than p), so the first alone does not protect.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::learning::blend::{Blend, CodedFrame, rounded};
use crate::stats::Calibration;

/// What a study has learnt of its frames beside the weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameTraining {
    /// By label.
    pub choices: Vec<Choice>,
    /// The sentences that were learnt from, by document and number.
    pub held_out: Vec<HeldOut>,
}

/// Who codes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The codebook's rules as written; hand codings only say how probable the frame is where they hit.
    Rules,
    /// Rules and statistics in one learnt score.
    Together,
}

/// Who codes a frame, and why. Measures are on coded sentences, by learners and thresholds that have not seen them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Who.
    pub method: Method,
    /// Why, in words.
    pub why: String,
    /// Coded sentences with the frame.
    pub sentences: u64,
    /// Texts that they are in.
    pub documents: u64,
    /// F1 of the rules; `None` where neither people nor rules find the frame.
    pub rules_f1: Option<f64>,
    /// F1 of rules and statistics together; `None` where too few sentences carry the frame to tell.
    pub together_f1: Option<f64>,
    /// Standard error of the difference, texts being the units; `None` with fewer than two.
    pub standard_error: Option<f64>,
    /// The probability from which the frame is a hit, as it is applied: the scorer's, or that of the rules after codings
    /// have told how probable the frame is where they match.
    pub threshold: f64,
    /// Share of the scorer's log-odds in the score, the rest being those of the rules; 0 where the rules code the frame.
    pub scorer_share: f64,
    /// Constant and slope of the log-odds by rule score.
    pub rule_log_odds: (f64, f64),
    /// The share of all sentences of the corpus with the frame, once the corpus is coded; `None` where nobody was compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<RivalShares>,
}

/// The share of the sentences of a corpus that carry a frame, by rules and by scorer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RivalShares {
    /// By the rules as written.
    pub rules: EstimatedShare,
    /// By the scorer.
    pub scorer: EstimatedShare,
}

/// A share of sentences with its 95 % interval, documents being the units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EstimatedShare {
    /// In [0, 1].
    pub share: f64,
    /// Lower limit; the share itself where it has no interval.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl RivalShares {
    /// Whether the two differ beyond their intervals: then the finding is one of the choice as much as of the texts.
    #[must_use]
    pub fn differ(&self) -> bool {
        self.rules.high < self.scorer.low || self.scorer.high < self.rules.low
    }
}

impl Choice {
    /// The probability of the frame by the score of its rules.
    #[must_use]
    pub const fn calibration(&self) -> Calibration {
        Calibration { constant: self.rule_log_odds.0, slope: self.rule_log_odds.1 }
    }
}

/// What is said of a sentence that was learnt from, by learners that have not seen it. A scorer is too sure of what it has
/// learnt from; coded like this, it errs there as often as elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence.
    pub sentence: usize,
    /// Log-odds by label; of a frame that the rules code, theirs.
    pub scores: Vec<f64>,
}

/// Sentences with the frame, and without, that it takes to compare: with fewer an F1 is anybody's guess.
pub(super) const LEAST_TO_COMPARE: usize = 30;

/// Standard errors by which the scorer must be better than the rules.
const MARGIN: f64 = 0.5;

/// Standard errors by which it must be better than saying the frame of every sentence. Codings dealt out at random clear
/// it in far fewer than 5 % of studies, of all frames together (`examples/choice_of_scorer.rs`).
const MARGIN_OF_SENSE: f64 = 2.0;

/// Chooses on coded rows. `found` are the hits of scorers whose learners and thresholds have not seen the row, `None` where
/// too few rows told; `blend` is the score as all rows have taught it, `written` the rules' own threshold.
pub(super) fn choose(coded: &CodedFrame, found: Option<&[bool]>, blend: &Blend, written: f64) -> Choice {
    let rules = F1::new(coded, &coded.rule_hits);
    let together = found.map(|found| F1::new(coded, found));
    let always = F1::new(coded, &vec![true; coded.present.len()]);
    let verdict = together.as_ref().map_or(Verdict::TooFew, |it| Verdict::of(it, &rules, &always));
    let with = coded.groups.iter().zip(&coded.present).filter(|(_, present)| **present).map(|(group, _)| group);
    let calibration = blend.rules;
    let by_rules = calibration.probability((written / (1.0 - written)).ln());
    let is_scorer = verdict == Verdict::Better;
    Choice {
        method: if is_scorer { Method::Together } else { Method::Rules },
        why: verdict.as_str().to_owned(),
        sentences: coded.positives() as u64,
        documents: with.collect::<BTreeSet<_>>().len() as u64,
        rules_f1: rules.value().map(rounded),
        together_f1: together.as_ref().and_then(F1::value).map(rounded),
        standard_error: together.as_ref().and_then(|it| it.error_of_difference(&rules)).map(rounded),
        // A slope of 0 or less says that codings contradict the rule score; then it stays as the codebook has it.
        threshold: rounded(if is_scorer {
            blend.threshold
        } else if calibration.slope > 0.0 {
            by_rules
        } else {
            written
        }),
        scorer_share: if is_scorer { blend.share } else { 0.0 },
        rule_log_odds: (rounded(calibration.constant), rounded(calibration.slope)),
        shares: None,
    }
}

/// What the comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Better,
    NotBetter,
    NoSense,
    TooFew,
}

impl Verdict {
    fn of(together: &F1, rules: &F1, always: &F1) -> Self {
        let clears = |bar: &F1, margin: f64| {
            let gain = together.value().unwrap_or(0.0) - bar.value().unwrap_or(0.0);
            together.error_of_difference(bar).is_some_and(|error| gain > 0.0 && gain >= margin * error)
        };
        // Sense first: guesses, too, beat rules that find next to nothing.
        match (clears(rules, MARGIN), clears(always, MARGIN_OF_SENSE)) {
            (_, false) => Self::NoSense,
            (false, true) => Self::NotBetter,
            (true, true) => Self::Better,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Better => "the scorer is better than the rules on sentences it has not seen",
            Self::NotBetter => "the scorer is not surely better than the rules on sentences it has not seen",
            Self::NoSense => "the scorer is not surely better than saying the frame of every sentence",
            Self::TooFew => "too few coded sentences with or without the frame to compare",
        }
    }
}

/// F1 as a ratio of two sums over rows: `2 [hit and present] / ([hit] + [present])`.
struct F1 {
    /// By row.
    parts: Vec<(f64, f64)>,
    groups: Vec<usize>,
    above: f64,
    below: f64,
}

impl F1 {
    fn new(coded: &CodedFrame, found: &[bool]) -> Self {
        let part = |((present, weight), found): ((&bool, &f64), &bool)| {
            let both = f64::from(u8::from(*present && *found));
            (2.0 * weight * both, weight * f64::from(u8::from(*present) + u8::from(*found)))
        };
        let parts: Vec<(f64, f64)> = coded.present.iter().zip(&coded.weights).zip(found).map(part).collect();
        let (above, below) = parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        Self { parts, groups: coded.groups.clone(), above, below }
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
    fn error_of_difference(&self, other: &Self) -> Option<f64> {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for (row, group) in self.groups.iter().enumerate() {
            *sums.entry(*group).or_default() += self.influence(row) - other.influence(row);
        }
        let groups = sums.len() as f64;
        // One text tells nothing of how far others would differ.
        (groups > 1.0).then(|| (groups / (groups - 1.0) * sums.values().map(|sum| sum * sum).sum::<f64>()).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::learning::Objective;

    /// Rows of one group each, with what people, rules and scorer say.
    fn chosen(rows: &[(bool, bool, bool)], repeats: usize) -> Choice {
        let rows: Vec<(bool, bool, bool)> = rows.iter().cycle().take(rows.len() * repeats).copied().collect();
        let coded = CodedFrame {
            present: rows.iter().map(|row| row.0).collect(),
            weights: vec![1.0; rows.len()],
            groups: (0..rows.len()).collect(),
            rule_scores: rows.iter().map(|row| f64::from(u8::from(row.1))).collect(),
            rule_hits: rows.iter().map(|row| row.1).collect(),
        };
        let found: Vec<bool> = rows.iter().map(|row| row.2).collect();
        let blend = Blend::fit(&vec![0.0; rows.len()], &coded, Objective::Prevalence);
        choose(&coded, (coded.positives() >= LEAST_TO_COMPARE).then_some(&found), &blend, 0.5)
    }

    #[test]
    fn the_richer_scorer_is_taken_where_it_is_better() {
        // People, rules, scorer: both right, the scorer finds one more, the rules find one more, both wrong, nothing.
        let (both, more, less) = ((true, true, true), (true, false, true), (true, true, false));
        let (false_alarm, nothing) = ((false, true, true), (false, false, false));
        let always = (false, false, true);
        let table = [
            ("never better", &[both, less, nothing, nothing][..], 20, Method::Rules),
            ("alike", &[both, more, less, nothing], 20, Method::Rules),
            ("better by far", &[both, more, more, false_alarm, nothing], 20, Method::Together),
            ("no rule", &[more, more, nothing], 20, Method::Together),
            ("too few", &[more, more, nothing], 10, Method::Rules),
            ("always says yes", &[more, always], 30, Method::Rules),
        ];
        for (case, rows, repeats, expected) in table {
            let choice = chosen(rows, repeats);
            assert_eq!(choice.method, expected, "{case}: {}", choice.why);
        }
    }

    /// F1 of the rules is 2/3, of the scorer 1; by hand, with 90 rows of a group each.
    #[test]
    fn the_standard_error_is_that_of_a_ratio() {
        let choice = chosen(&[(true, true, true), (true, false, true), (false, false, false)], 30);
        assert_eq!((choice.rules_f1, choice.together_f1), (Some(0.666_667), Some(1.0)));
        // Influence of the rules: (2 - 2/3 * 2) / 90 = 1/135 and (0 - 2/3) / 90 = -1/135, thirty times each; of the scorer 0.
        let expected = (90.0_f64 / 89.0 * 60.0 / 135.0_f64.powi(2)).sqrt();
        let error = choice.standard_error.unwrap();
        assert!((error - expected).abs() < 1e-6, "{error}, not {expected}");
        assert_eq!((choice.sentences, choice.documents), (60, 60));
    }
}
