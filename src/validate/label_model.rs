//! How far rules can be trusted, estimated without hand codings from how they agree: a latent class model of the rules'
//! votes in the manner of Dawid and Skene (1979), as Ratner et al. (2017) apply it to labelling functions.
//!
//! A sentence that any rule matched is of one unknown class, a frame; in each class every rule matches with its own
//! probability, independently of the others. Not matching is kept as what it is, an abstention, never taken for a vote
//! against. Expectation-maximisation starts at the majority of the votes.
//!
//! What it cannot see: rules that are wrong together, and frames that truly share a sentence, which count as conflict.
//! A rule that is alone wherever it matches keeps the benefit of the doubt.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::model::CodedDocument;

/// Rounds of expectation-maximisation, after which no accuracy of the demo study moves in the third decimal.
const ROUNDS: usize = 50;

/// Weight of the prior matches and abstentions of a rule in a class: half a sentence each.
const PRIOR: f64 = 0.5;

/// Which rules matched together, and how often. Integer counts, so that the order of documents does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    sentences: BTreeMap<Vec<usize>, u64>,
}

impl Votes {
    /// Adds the sentences of one document that a rule matched.
    pub fn add(&mut self, coded: &CodedDocument) {
        for sentence in coded.matches.chunk_by(|a, b| a.sentence == b.sentence) {
            let mut rules: Vec<usize> = sentence.iter().map(|found| found.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            *self.sentences.entry(rules).or_default() += 1;
        }
    }

    /// For each rule of `codebook` the estimated share of its sentences that carry its frame; `None` where it matched
    /// nothing, or where there is no other frame to disagree with.
    #[must_use]
    pub fn accuracies(&self, codebook: &Codebook) -> Vec<Option<f64>> {
        let frame_of: Vec<usize> = codebook.rules.iter().map(|rule| rule.frame).collect();
        let frames = codebook.frames.len();
        if frames < 2 {
            return vec![None; frame_of.len()];
        }
        let mut posteriors: Vec<Vec<f64>> =
            self.sentences.keys().map(|rules| majority(rules, &frame_of, frames)).collect();
        for _ in 0..ROUNDS {
            let classes = self.classes(&posteriors, frame_of.len());
            posteriors = self.sentences.keys().map(|rules| posterior(rules, &classes)).collect();
        }
        let mut found = vec![(0.0, 0.0); frame_of.len()];
        for ((rules, count), posterior) in self.sentences.iter().zip(&posteriors) {
            for rule in rules {
                found[*rule].0 += *count as f64 * posterior[frame_of[*rule]];
                found[*rule].1 += *count as f64;
            }
        }
        found.into_iter().map(|(right, all)| (all > 0.0).then(|| right / all)).collect()
    }

    /// What the sentences say of each class, given how probable it is in each of them.
    fn classes(&self, posteriors: &[Vec<f64>], rules: usize) -> Vec<Class> {
        let frames = posteriors.first().map_or(0, Vec::len);
        let (mut sizes, mut matches) = (vec![0.0; frames], vec![vec![0.0; rules]; frames]);
        for ((fired, count), posterior) in self.sentences.iter().zip(posteriors) {
            for (frame, share) in posterior.iter().enumerate() {
                let weight = *count as f64 * share;
                sizes[frame] += weight;
                fired.iter().for_each(|rule| matches[frame][*rule] += weight);
            }
        }
        let all: f64 = sizes.iter().sum();
        let class = |(size, matches): (&f64, &Vec<f64>)| {
            let rate = |matches: &f64| (matches + PRIOR) / (size + 2.0 * PRIOR);
            let (odds, silence) =
                matches.iter().map(rate).map(|rate| ((rate / (1.0 - rate)).ln(), (1.0 - rate).ln())).unzip();
            let silence: Vec<f64> = silence;
            let share = (size + PRIOR) / (all + PRIOR * frames as f64);
            Class { start: share.ln() + silence.iter().sum::<f64>(), odds }
        };
        sizes.iter().zip(&matches).map(class).collect()
    }
}

/// A class as the posterior needs it.
struct Class {
    /// Log of its share, and of the probability that no rule matches in it.
    start: f64,
    /// By rule: log odds of matching in it.
    odds: Vec<f64>,
}

/// The share of each frame among the votes of these rules.
fn majority(rules: &[usize], frame_of: &[usize], frames: usize) -> Vec<f64> {
    let mut shares = vec![0.0; frames];
    rules.iter().for_each(|rule| shares[frame_of[*rule]] += 1.0 / rules.len() as f64);
    shares
}

/// How probable each class is in a sentence that these rules matched.
fn posterior(rules: &[usize], classes: &[Class]) -> Vec<f64> {
    let scores: Vec<f64> =
        classes.iter().map(|class| class.start + rules.iter().map(|rule| class.odds[*rule]).sum::<f64>()).collect();
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let sum: f64 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    /// Three frames with three rules each; `votes` are rules that matched together, and how often.
    fn accuracies(votes: &[(&[usize], u64)]) -> Vec<Option<f64>> {
        let frames: String = ["a", "b", "c"].map(|frame| format!("[[frame]]\nid = \"{frame}\"\n")).concat();
        let rule = |n: usize| {
            let frame = ["a", "b", "c"][n / 3];
            format!("[[rule]]\nid = \"r{n}\"\nframe = \"{frame}\"\nmatch = \"w{n}\"\n")
        };
        let codebook = parse(&(frames + &(0..9).map(rule).collect::<String>()), "codebook.toml").unwrap();
        let sentences = votes.iter().map(|(rules, count)| (rules.to_vec(), *count)).collect();
        Votes { sentences }.accuracies(&codebook)
    }

    #[test]
    fn a_rule_that_others_contradict_is_trusted_less_than_one_they_agree_with() {
        // Rule 2 is of frame a, but stands most often beside two rules of frame b.
        let found = accuracies(&[
            (&[0, 1], 40),
            (&[0], 20),
            (&[1], 20),
            (&[2], 5),
            (&[2, 3, 4], 15),
            (&[3, 4], 40),
            (&[3], 10),
            (&[6, 7], 30),
        ]);
        let accuracy = |rule: usize| found[rule].unwrap();
        assert!(accuracy(0) > 0.95 && accuracy(1) > 0.95 && accuracy(6) > 0.95, "{found:?}");
        assert!(accuracy(2) < 0.5, "{found:?}");
        assert!(accuracy(3) > 0.9, "{found:?}");
        assert_eq!(found[8], None, "it matched nothing");
    }

    #[test]
    fn rules_without_another_frame_have_no_accuracy() {
        let text = "[[frame]]\nid = \"a\"\n[[rule]]\nid = \"r\"\nframe = \"a\"\nmatch = \"w\"\n";
        let votes = Votes { sentences: BTreeMap::from([(vec![0], 3)]) };
        assert_eq!(votes.accuracies(&parse(text, "codebook.toml").unwrap()), [None]);
    }
}
