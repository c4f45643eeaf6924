//! Learns the frames of a study: one scorer for all, drawn toward the rules, then for each frame the choice between it and
//! the rules alone.

use crate::learning::blend::{Blend, CodedFrame, log_odds, rounded};
use crate::learning::choice::{Choice, LEAST_TO_COMPARE, OUTER_FOLDS, ScoringMethod, choose};
use crate::learning::fit::{Question, Settings, TrainingRows, fit, fit_tuned};
use crate::learning::matrix::Extracted;
use crate::learning::rule_scores::{PeoplesRow, RuleScores};
use crate::learning::weights::{Shape, Tuning, Weights};
use crate::model::{LeastHits, Prediction, Unit};
use crate::stats::Seed;
use crate::stats::learning::{Folds, LearningError, grouped_folds};

/// Coded rows to learn frames from.
#[derive(Clone, Copy, Debug)]
pub struct FrameRows<'a> {
    /// Of every row.
    pub extracted: &'a Extracted,
    /// One for each frame.
    pub questions: &'a [Question],
    /// How many sentences, or documents, each row stands for, on a scale of any unit.
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
    rows: &TrainingRows<'_>,
    settings: &Settings,
) -> Result<LearntFrames, LearningError> {
    let mut weights = fit(coded.extracted, coded.questions, rows, settings)?;
    let trial = OuterFolds::new(coded, rows, settings);
    let found = coded.nested(&trial, rows, settings, &weights.tunings)?;
    let compared = found.iter().flatten().count();
    let (mut choices, mut held_out) = (Vec::new(), Vec::new());
    for (label, found) in found.iter().enumerate() {
        let frame = CodedFrame {
            rule_hits: coded.nested_rule_hits(label, &trial, rows),
            ..coded.frame(label, rows.picked, rows.groups)
        };
        let scores: Vec<f64> = weights.held_out[label].iter().map(|shares| log_odds(shares[1])).collect();
        let blend = Blend::fit(&scores, &frame, settings.aim);
        weights.blend(label, &blend, coded.score_measure(label));
        let choice = choose(&frame, found.as_deref(), compared, &blend, coded.rules.threshold(label));
        let choice = Choice { least: coded.least(label, rows.picked), ..choice };
        // Of a frame that the rules code, taught sentences get what all others get: the log-odds of the rules. Documents are
        // few, and what the scorer would say of them is told beside the rules.
        let by_rules = |score: &f64| rounded(blend.rules.constant + blend.rules.slope * score);
        held_out.push(if choice.method == ScoringMethod::Rules && choice.unit() == Unit::Sentence {
            frame.rule_scores.iter().map(by_rules).collect()
        } else {
            scores.iter().zip(&frame.rule_scores).map(|(it, rules)| blend.log_odds(*it, *rules)).collect()
        });
        choices.push(choice);
    }
    Ok(LearntFrames { weights, choices, held_out })
}

impl FrameRows<'_> {
    /// What is known of a frame in some rows.
    fn frame(&self, label: usize, picked: &[u32], groups: &[usize]) -> CodedFrame {
        let rows = || picked.iter().map(|row| *row as usize);
        CodedFrame {
            present: rows().map(|row| self.questions[label].classes[row] == 1).collect(),
            weights: rows().map(|row| self.weights[row]).collect(),
            groups: rows().map(|row| groups[row]).collect(),
            rule_scores: rows().map(|row| self.rules.score(label, row)).collect(),
            rule_hits: rows().map(|row| self.rules.is_hit(label, row, None)).collect(),
        }
    }

    /// From how many sentences on documents carry a label, as some rows have it; `None` where rows are sentences.
    pub(super) fn least(&self, label: usize, picked: &[u32]) -> Option<LeastHits> {
        let coded = |row: &u32| {
            let row = *row as usize;
            PeoplesRow { row, carries: self.questions[label].classes[row] == 1, weight: self.weights[row] }
        };
        self.rules.least(label, picked.iter().map(coded))
    }

    /// Whether the rules hit each picked row. How many sentences that takes of a document is chosen without the document:
    /// chosen with it, it would flatter the rules as a threshold flatters a scorer.
    fn nested_rule_hits(&self, label: usize, outer: &OuterFolds, rows: &TrainingRows<'_>) -> Vec<bool> {
        let whole = self.least(label, rows.picked);
        let mut hits: Vec<bool> =
            rows.picked.iter().map(|row| self.rules.is_hit(label, *row as usize, whole)).collect();
        if whole.is_none() || outer.folds.count() < 2 {
            return hits;
        }
        for fold in 0..outer.folds.count() {
            let seen: Vec<u32> = outer.folds.outside(fold).map(|place| rows.picked[place]).collect();
            let least = self.least(label, &seen);
            for at in outer.folds.inside(fold) {
                hits[at] = self.rules.is_hit(label, rows.picked[at] as usize, least);
            }
        }
        hits
    }

    /// The measure that holds the rules' score of a label; `None` where they never match.
    fn score_measure(&self, label: usize) -> Option<usize> {
        let name = self.rules.measure(label);
        self.extracted.measure_names.iter().position(|known| known == name)
    }

    /// Whether enough of the picked rows carry a label, and enough lack it, to compare scorers on them.
    fn is_told(&self, label: usize, rows: &TrainingRows<'_>) -> bool {
        let positives = self.frame(label, rows.picked, rows.groups).positives();
        positives.min(rows.picked.len() - positives) >= LEAST_TO_COMPARE
    }

    /// By label, the hits among the picked rows of scorers that have not seen the row: neither their learners, nor their
    /// threshold, nor what draws them toward the rules. `None` for a label that too few rows carry, or lack, to tell.
    fn nested(
        &self,
        outer: &OuterFolds,
        rows: &TrainingRows<'_>,
        settings: &Settings,
        tunings: &[Tuning],
    ) -> Result<Vec<Option<Vec<bool>>>, LearningError> {
        let OuterFolds { told, questions, folds } = outer;
        // The strengths that all rows chose: to search them again in each fold would take three times as long, and they
        // differ too little to make a scorer look better than it is.
        let tunings: Vec<Tuning> = told.iter().map(|label| tunings[*label].clone()).collect();
        let mut found = vec![None; self.questions.len()];
        for label in told {
            found[*label] = Some(vec![false; rows.picked.len()]);
        }
        // All codings in one document: whatever is learnt has seen it.
        if folds.count() < 2 || told.is_empty() {
            return Ok(vec![None; self.questions.len()]);
        }
        for fold in 0..folds.count() {
            let seen: Vec<u32> = folds.outside(fold).map(|place| rows.picked[place]).collect();
            let inner = TrainingRows { picked: &seen, groups: rows.groups };
            let weights = fit_tuned(self.extracted, questions, &inner, settings, &tunings)?;
            let blend = |(place, label): (usize, &usize)| {
                let scores: Vec<f64> = weights.held_out[place].iter().map(|shares| log_odds(shares[1])).collect();
                Blend::fit(&scores, &self.frame(*label, &seen, rows.groups), settings.aim)
            };
            let blends: Vec<Blend> = told.iter().enumerate().map(blend).collect();
            for at in folds.inside(fold) {
                let row = rows.picked[at] as usize;
                let scores = weights.scores(self.extracted, row);
                for ((label, blend), score) in told.iter().zip(&blends).zip(scores) {
                    if let Some(found) = &mut found[*label] {
                        found[at] = blend.is_hit(score, self.rules.score(*label, row));
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Folds on which the scorer is held against the rules.
struct OuterFolds {
    /// Labels that enough rows carry, and lack, to compare scorers on them.
    told: Vec<usize>,
    /// What is asked of the rows for each of these.
    questions: Vec<Question>,
    folds: Folds,
}

impl OuterFolds {
    fn new(coded: &FrameRows<'_>, rows: &TrainingRows<'_>, settings: &Settings) -> Self {
        let told: Vec<usize> = (0..coded.questions.len()).filter(|label| coded.is_told(*label, rows)).collect();
        let questions: Vec<Question> = told.iter().map(|label| coded.questions[*label].clone()).collect();
        let folds = outer_folds(&questions, rows, settings.seed);
        Self { told, questions, folds }
    }
}

/// Folds of the picked rows that split no group and spread every label evenly.
fn outer_folds(questions: &[Question], rows: &TrainingRows<'_>, seed: u64) -> Folds {
    let kinds = |row: &u32| -> Vec<usize> {
        (0..).step_by(2).zip(questions).map(|(first, question)| first + question.classes[*row as usize]).collect()
    };
    let kinds: Vec<Vec<usize>> = rows.picked.iter().map(kinds).collect();
    let groups: Vec<usize> = rows.picked.iter().map(|row| rows.groups[*row as usize]).collect();
    grouped_folds(&groups, &kinds, OUTER_FOLDS, &mut Seed::new(seed).stream("outer folds"))
}

impl LearntFrames {
    /// What is said of a row that was not learnt from.
    #[must_use]
    pub fn judge(&self, coded: &FrameRows<'_>, shape: &Shape, row: usize) -> Prediction {
        let scores = self.weights.scores(coded.extracted, row);
        let (probabilities, carried) = shape.conclude(&self.weights.answers, &scores);
        let mut judged = Prediction { carried, probabilities };
        for (label, choice) in
            self.choices.iter().enumerate().filter(|(_, choice)| choice.method == ScoringMethod::Rules)
        {
            // The hit is the rules' own, by the threshold as written; codings only say how probable it is.
            judged.carried[label] = coded.rules.is_hit(label, row, choice.least);
            judged.probabilities[label] = choice.calibration().probability(coded.rules.score(label, row));
        }
        judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, parse};
    use crate::learning::features::FeatureFamily;
    use crate::learning::matrix::extract;
    use crate::learning::rule_scores::SentenceCount;
    use crate::learning::units::{Example, Instrument, Stretch};
    use crate::model::Document;
    use crate::stats::learning::Objective;
    use crate::stats::{RandomStream, shuffled};

    const WORDS: [&str; 12] =
        ["tram", "bill", "quay", "gull", "price", "ferry", "storm", "mayor", "night", "bridge", "school", "rain"];

    fn codebook() -> Codebook {
        let rules = "[[frame]]\nid = \"cost\"\n[[rule]]\nid = \"r\"\nframe = \"cost\"\nmatch = \"storm rain\"\n";
        parse(rules, "codebook.toml").unwrap()
    }

    /// 120 texts of six words each, of which those with the bill carry the frame; the rule hardly finds any.
    fn texts(stream: &mut RandomStream) -> (Vec<Document>, Vec<usize>) {
        let text = |_| -> Vec<&str> { (0..6).map(|_| WORDS[stream.below(WORDS.len())]).collect() };
        let texts: Vec<Vec<&str>> = (0..120).map(text).collect();
        let carries = |words: &Vec<&str>| usize::from(words.contains(&"bill"));
        let documents = texts.iter().enumerate().map(|(id, words)| Document::new(id.to_string(), "", &words.join(" ")));
        (documents.collect(), texts.iter().map(carries).collect())
    }

    fn learnt(documents: &[Document], classes: Vec<usize>, unit: Unit) -> Choice {
        let (codebook, labels) = (codebook(), ["cost".to_owned()]);
        let families = vec![FeatureFamily::Words, FeatureFamily::Rules];
        let instrument = Instrument { families: families.clone(), codebook: Some(&codebook), ..Instrument::default() };
        let example = |document| Example { document, stretch: Stretch::Whole, target: None };
        let examples: Vec<Example<'_>> = documents.iter().map(example).collect();
        let extracted = extract(&instrument, &examples);
        let rules = RuleScores::new(&codebook, &labels, &extracted).unwrap();
        let rules = match unit {
            Unit::Sentence => rules,
            // Each text is one sentence.
            Unit::Document => {
                let count = |row| SentenceCount { hits: u64::from(rules.is_hit(0, row, None)), sentences: 1 };
                rules.clone().of_documents(vec![(0..documents.len()).map(count).collect()])
            }
        };
        let questions = [Question { classes, count: 2 }];
        let (weights, groups) = (vec![1.0; documents.len()], (0..documents.len()).collect::<Vec<usize>>());
        let coded = FrameRows { extracted: &extracted, questions: &questions, weights: &weights, rules: &rules };
        let picked: Vec<u32> = (0..120).collect();
        let settings = Settings { families, aim: Objective::Prevalence, folds: 3, seed: 1 };
        learn_frames(&coded, &TrainingRows { picked: &picked, groups: &groups }, &settings).unwrap().choices.remove(0)
    }

    /// The short form of `examples/choice_of_scorer.rs`: the same codings of sentences, or documents, dealt out among the texts
    /// at random.
    #[test]
    fn shuffled_codings_leave_a_frame_to_its_rules() {
        for draw in 0..8 {
            let mut stream = Seed::new(draw).stream("texts");
            let (documents, classes) = texts(&mut stream);
            let dealt = shuffled(&classes, classes.len(), &mut stream);
            let unit = if draw % 2 == 0 { Unit::Sentence } else { Unit::Document };
            let choice = learnt(&documents, dealt, unit);
            assert_eq!(choice.method, ScoringMethod::Rules, "draw {draw}: {choice:?}");
            if draw < 2 {
                let choice = learnt(&documents, classes, unit);
                assert_eq!(choice.method, ScoringMethod::Together, "codings with sense: {choice:?}");
                assert_eq!(choice.unit(), unit);
            }
        }
    }
}
