//! Who codes each frame: the rules as written, or the scorer; and what is kept of the sentences that told.
//!
//! A scorer that few codings have taught may find less than the rules it is to better, and with many thresholds to choose
//! from it looks better than it is on the sentences that chose. So its F1 is nested: learners and threshold have both not
//! seen the sentence they are measured on. What is chosen because it looks good still looks better than it is, however
//! honestly each was measured: of frames chosen on 250 codings the demo's gained .22 as measured and .16 on the other
//! sentences. So the gain is drawn toward none by how unsure it is, and that one both decides and is told.
//!
//! And the scorer must surely find the frame more often than guesses would that are as many, which codings without sense do
//! not teach. Rules that are rarer than the frame lose to random guesses on F1 (shares p and q find 2pq/(p+q), less than p),
//! so to be better than the rules alone does not protect; nor does it from a scorer that says one answer of every sentence.
//! `examples/choice_of_scorer.rs` measures all this on any study.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::learning::blend::{Blend, CodedFrame, rounded};
use crate::model::{LeastHits, Unit};
use crate::stats::{Calibration, normal_quantile};

/// What a study has learnt of its frames beside the weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameTraining {
    /// By label.
    pub choices: Vec<Choice>,
    /// The sentences, or documents, that were learnt from.
    pub held_out: Vec<HeldOut>,
}

/// Who codes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoringMethod {
    /// The codebook's rules as written; hand codings only say how probable the frame is where they hit.
    Rules,
    /// Rules and statistics in one learnt score.
    Together,
}

/// Who codes a frame, and why. Measures are on coded sentences, or documents where these were coded as a whole, by learners
/// and thresholds that have not seen them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Who.
    pub method: ScoringMethod,
    /// Why, in words.
    pub why: String,
    /// Coded sentences, or documents, with the frame.
    pub carrying: u64,
    /// Texts that they are in.
    pub documents: u64,
    /// F1 of the rules; `None` where neither people nor rules find the frame.
    pub rules_f1: Option<f64>,
    /// F1 of rules and statistics together, as it is to be expected on sentences that nobody has coded: as measured, drawn
    /// toward that of the rules; `None` where too few sentences carry the frame to tell.
    pub together_f1: Option<f64>,
    /// The same as measured.
    pub measured_f1: Option<f64>,
    /// Standard error of the measured difference, texts being the units; `None` with fewer than two.
    pub standard_error: Option<f64>,
    /// The probability from which the frame is a hit, as it is applied: the scorer's, or that of the rules after codings
    /// have told how probable the frame is where they match.
    pub threshold: f64,
    /// Share of the scorer's log-odds in the score, the rest being those of the rules; 0 where the rules code the frame.
    pub scorer_share: f64,
    /// Constant and slope of the log-odds by rule score.
    pub rule_log_odds: (f64, f64),
    /// From how many of its sentences on a document carries the frame by the rules; `None` where sentences were coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<LeastHits>,
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
    /// What was coded, and is measured.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        if self.least.is_some() { Unit::Document } else { Unit::Sentence }
    }

    /// Whether a scorer codes the frame of whole documents.
    #[must_use]
    pub fn codes_documents(&self) -> bool {
        self.method == ScoringMethod::Together && self.unit() == Unit::Document
    }

    /// The probability of the frame by the score of its rules.
    #[must_use]
    pub const fn calibration(&self) -> Calibration {
        Calibration { constant: self.rule_log_odds.0, slope: self.rule_log_odds.1 }
    }
}

/// What is said of a sentence, or document, that was learnt from, by learners that have not seen it. A scorer is too sure of
/// what it has learnt from; coded like this, it errs there as often as elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence; `None` for all of it.
    pub sentence: Option<usize>,
    /// Log-odds by label; of a frame that the rules code, theirs.
    pub scores: Vec<f64>,
}

/// Sentences with the frame, and without, that it takes to measure a scorer of it.
pub(super) const LEAST_TO_COMPARE: usize = 25;

/// Sentences with the frame, and without, that it takes to choose the scorer: with fewer, a gain that is there is lucky. Of
/// 120 codings of the demo, 25 to 29 with the frame chose it four times for gains of .11 that were .00.
const LEAST_TO_CHOOSE: usize = 30;

/// Folds on which the scorer is held against the rules.
pub(super) const OUTER_FOLDS: usize = 5;

/// By what standard errors from outer folds are too small, since learners of any two folds share most of what they learnt
/// from and so err alike: the root of 1 + k / (k - 1) with k folds (Nadeau and Bengio 2003, Machine Learning 52, eq. 9).
const OVERLAP: f64 = 1.5;

/// Standard deviation of true gains in F1 over frames and studies, around none. The root of their mean square was .15 to .32
/// on 250 codings of each of four sets: the demo's frames, headlines by event, sentences by bias and by stance.
const SPREAD_OF_GAINS: f64 = 0.25;

/// Standard deviations that an expected gain must be from none: three to one that there is a gain.
const MARGIN: f64 = 0.674;

/// With which probability codings without sense may show a scorer of any frame of a study to be better than guesses, were
/// rows judged one by one. Learners of several folds err alike, so it must be less than the 5 % that are promised: at .025
/// shuffled codings of 120 sentences chose the scorer in 7 of 200 draws, at .01 in 3.
const CHANCE_OF_NONSENSE: f64 = 0.01;

/// Chooses on coded rows. `found` are the hits of scorers whose learners and thresholds have not seen the row, `None` where
/// too few rows told, and `frames` how many frames are so compared; `blend` is the score as all rows have taught it,
/// `written` the rules' own threshold.
pub(super) fn choose(coded: &CodedFrame, found: Option<&[bool]>, frames: usize, blend: &Blend, written: f64) -> Choice {
    let rules = F1::new(coded, &coded.rule_hits);
    let trial = found.map(|found| ScorerTrial::new(coded, &rules, found, frames));
    // 400 codings of which 4 carry the frame say as little of a scorer as 8: the rarer side counts.
    let rarer = coded.positives().min(coded.present.len() - coded.positives());
    let sure = trial.as_ref().filter(|_| rarer >= LEAST_TO_CHOOSE);
    let verdict = sure.map_or(Verdict::TooFew, ScorerTrial::verdict);
    let with = coded.groups.iter().zip(&coded.present).filter(|(_, present)| **present).map(|(group, _)| group);
    let is_scorer = verdict == Verdict::Better;
    Choice {
        method: if is_scorer { ScoringMethod::Together } else { ScoringMethod::Rules },
        why: verdict.as_str().to_owned(),
        carrying: coded.positives() as u64,
        documents: with.collect::<BTreeSet<_>>().len() as u64,
        rules_f1: rules.value().map(rounded),
        together_f1: trial.as_ref().map(|it| rounded(it.rules + it.gain.map_or(0.0, |gain| gain.expected))),
        measured_f1: trial.as_ref().map(|it| rounded(it.scorer)),
        standard_error: trial.as_ref().and_then(|it| it.error).map(rounded),
        threshold: rounded(if is_scorer { blend.threshold } else { threshold_of_rules(blend, written) }),
        scorer_share: if is_scorer { blend.share } else { 0.0 },
        rule_log_odds: (rounded(blend.rules.constant), rounded(blend.rules.slope)),
        least: None,
        shares: None,
    }
}

/// The threshold of the rules as a probability that hand codings have told.
fn threshold_of_rules(blend: &Blend, written: f64) -> f64 {
    // A slope of 0 or less says that codings contradict the rule score; then it stays as the codebook has it.
    if blend.rules.slope > 0.0 { blend.rules.probability((written / (1.0 - written)).ln()) } else { written }
}

/// What coded sentences say of a scorer.
struct ScorerTrial {
    /// F1 of the rules; 0 where they find nothing.
    rules: f64,
    /// F1 of the scorer, as measured.
    scorer: f64,
    /// Standard error of the difference.
    error: Option<f64>,
    gain: Option<Gain>,
    has_sense: bool,
}

impl ScorerTrial {
    fn new(coded: &CodedFrame, rules: &F1, found: &[bool], frames: usize) -> Self {
        let scorer = F1::new(coded, found);
        let (of_rules, of_scorer) = (rules.value().unwrap_or(0.0), scorer.value().unwrap_or(0.0));
        let error = scorer.error_of_difference(rules).map(|error| OVERLAP * error);
        // The chance is promised for the study: of 20 frames, any one may show it by luck.
        let least = normal_quantile(1.0 - CHANCE_OF_NONSENSE / frames.max(1) as f64);
        Self {
            rules: of_rules,
            scorer: of_scorer,
            error,
            gain: error.map(|error| Gain::new(of_scorer - of_rules, error)),
            has_sense: beyond_chance(coded, found).is_some_and(|errors| errors >= least),
        }
    }

    fn verdict(&self) -> Verdict {
        match self.gain.is_some_and(Gain::is_sure) {
            _ if !self.has_sense => Verdict::NoSense,
            false => Verdict::NotBetter,
            true => Verdict::Better,
        }
    }
}

/// By how many standard errors, texts being the units, rows that are found and carry the frame are more than as many guesses
/// would meet: the score test of independence. `None` where all or none are found or carry it.
fn beyond_chance(coded: &CodedFrame, found: &[bool]) -> Option<f64> {
    let all: f64 = coded.weights.iter().sum();
    let share = |of: &[bool]| of.iter().zip(&coded.weights).map(|(is, weight)| number(*is) * weight).sum::<f64>() / all;
    let (present, hits) = (share(&coded.present), share(found));
    // Sentences of one text are alike, so that ten finds in one article are one surprise, not ten.
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for (row, group) in coded.groups.iter().enumerate() {
        let beyond = (number(coded.present[row]) - present) * (number(found[row]) - hits);
        *sums.entry(*group).or_default() += coded.weights[row] * beyond;
    }
    let error = sums.values().map(|sum| sum * sum).sum::<f64>().sqrt();
    (error > 0.0).then(|| sums.values().sum::<f64>() / error)
}

fn number(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// A gain in F1 as it is to be expected where nobody has coded.
#[derive(Clone, Copy, Debug)]
struct Gain {
    expected: f64,
    /// Its standard deviation.
    spread: f64,
}

impl Gain {
    /// The mean and spread of a normal gain, of which [`SPREAD_OF_GAINS`] is known beforehand, once it is measured with a
    /// standard error. Such a mean is right also of those gains that were picked for being high (Efron 2011, "Tweedie's
    /// formula and selection bias", JASA 106).
    fn new(measured: f64, error: f64) -> Self {
        let before = SPREAD_OF_GAINS.powi(2);
        let trust = before / (before + error.powi(2));
        Self { expected: trust * measured, spread: trust.sqrt() * error }
    }

    fn is_sure(self) -> bool {
        self.expected > 0.0 && self.expected >= MARGIN * self.spread
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
    const fn as_str(self) -> &'static str {
        match self {
            Self::Better => "the scorer is better than the rules on codings it has not seen",
            Self::NotBetter => "the scorer is not surely better than the rules on codings it has not seen",
            Self::NoSense => "the scorer does not surely find more than as many guesses would",
            Self::TooFew => "too few codings with or without the frame to choose by",
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
        let found = rows.iter().map(|row| row.2).collect::<Vec<bool>>();
        let blend = Blend::fit(&vec![0.0; rows.len()], &coded, Objective::Prevalence);
        choose(&coded, (coded.positives() >= LEAST_TO_COMPARE).then_some(&found[..]), 1, &blend, 0.5)
    }

    #[test]
    fn the_richer_scorer_is_taken_where_it_is_better() {
        // People, rules, scorer: both right, the scorer finds one more, the rules find one more, both wrong, nothing.
        let (both, more, less) = ((true, true, true), (true, false, true), (true, true, false));
        let (false_alarm, nothing) = ((false, true, true), (false, false, false));
        let always = (false, false, true);
        let table = [
            ("never better", &[both, less, nothing, nothing][..], 20, ScoringMethod::Rules),
            ("alike", &[both, more, less, nothing], 20, ScoringMethod::Rules),
            ("better by far", &[both, more, more, false_alarm, nothing], 20, ScoringMethod::Together),
            ("no rule", &[more, more, nothing], 30, ScoringMethod::Together),
            ("too few with it", &[more, nothing, nothing], 25, ScoringMethod::Rules),
            ("too few without it", &[more, more, nothing], 25, ScoringMethod::Rules),
            ("always says yes", &[more, always], 30, ScoringMethod::Rules),
        ];
        for (case, rows, repeats, expected) in table {
            let choice = chosen(rows, repeats);
            assert_eq!(choice.method, expected, "{case}: {}", choice.why);
        }
    }

    /// F1 of the rules is 2/3, of the scorer 1; by hand, with 90 rows of a group each.
    #[test]
    fn the_standard_error_is_that_of_a_ratio_over_folds_that_overlap() {
        let choice = chosen(&[(true, true, true), (true, false, true), (false, false, false)], 30);
        assert_eq!((choice.rules_f1, choice.measured_f1), (Some(0.666_667), Some(1.0)));
        // Influence of the rules: (2 - 2/3 * 2) / 90 = 1/135 and (0 - 2/3) / 90 = -1/135, thirty times each; of the scorer 0.
        let expected = (2.25 * 90.0_f64 / 89.0 * 60.0 / 135.0_f64.powi(2)).sqrt();
        let error = choice.standard_error.unwrap();
        assert!((error - expected).abs() < 1e-6, "{error}, not {expected}");
        // Of the gain of 1/3 that much is to be expected as its variance is of the variance of gains and error.
        let trust = 0.0625 / (0.0625 + expected.powi(2));
        assert!((choice.together_f1.unwrap() - (2.0 + trust) / 3.0).abs() < 1e-5, "{choice:?}");
        assert_eq!((choice.carrying, choice.documents), (60, 60));
    }

    #[test]
    fn a_gain_is_drawn_toward_none_the_more_the_less_sure_it_is() {
        // Measured, its standard error, what is to be expected, its spread.
        let table =
            [(0.2, 0.0, 0.2, 0.0), (0.2, 0.25, 0.1, 0.25 * 0.5_f64.sqrt()), (-0.3, 0.5, -0.06, 0.5 * 0.2_f64.sqrt())];
        for (measured, error, expected, spread) in table {
            let gain = Gain::new(measured, error);
            assert!((gain.expected - expected).abs() < 1e-12 && (gain.spread - spread).abs() < 1e-12, "{gain:?}");
        }
        assert!(!Gain::new(0.0, 0.0).is_sure(), "alike in every row");
    }

    #[test]
    fn guesses_are_not_beyond_chance() {
        let of = |present: [bool; 4], found: [bool; 4]| {
            let (weights, groups) = (vec![1.0; 4], (0..4).collect());
            let coded = CodedFrame { present: present.to_vec(), weights, groups, ..CodedFrame::default() };
            beyond_chance(&coded, &found)
        };
        let half = [true, true, false, false];
        // Each row is half from both shares: all four agree, two of four, none.
        assert_eq!(of(half, half), Some(2.0));
        assert_eq!(of(half, [true, false, true, false]), Some(0.0));
        assert_eq!(of(half, [false, false, true, true]), Some(-2.0));
        assert_eq!(of(half, [true; 4]), None, "one answer for all");
    }
}
