//! Why a label is said, as people read it: word by word, whatever families of features a word is seen by.

use crate::learning::features::{FAMILIES, FeatureFamily, FeatureUnit, sides};
use crate::learning::score::{Contribution, Meant, ScoreMemory, Scored, Scorer};

/// What the score of a label is made of. Everything together is the score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreExplanation {
    /// The label's number.
    pub label: usize,
    /// The strongest parts, strongest first. A word has all that its own form, its runs of characters, its stem and its
    /// meaning contribute; words in a row are what they say together beyond that; in brackets stand measures.
    pub strongest: Vec<Contribution>,
    /// The sum of all other parts.
    pub rest: f64,
    /// What is said of a text of which nothing is known.
    pub constant: f64,
}

/// Parts that are less are never among the strongest.
const LEAST: f64 = 0.005;

impl Scorer {
    /// What the model says of a unit, and why it says so: for each label that it carries, or, where it carries none, for
    /// the likeliest, at most `most` parts of the score.
    pub fn score_with_evidence(
        &self,
        unit: &FeatureUnit<'_>,
        most: usize,
        memory: &mut ScoreMemory,
    ) -> (Scored, Vec<ScoreExplanation>) {
        let scored = self.score(unit, memory);
        let shares = &scored.probabilities;
        let likeliest = (0..shares.len()).fold(0, |best, next| if shares[next] > shares[best] { next } else { best });
        let none = !scored.carried.contains(&true);
        let asked = (0..shares.len()).filter(|label| scored.carried[*label] || none && *label == likeliest);
        let found = asked.map(|label| self.evidence(unit, (label, most), memory)).collect();
        (scored, found)
    }

    /// Of the unit that `memory` holds the features of.
    fn evidence(
        &self,
        unit: &FeatureUnit<'_>,
        (label, most): (usize, usize),
        memory: &ScoreMemory,
    ) -> ScoreExplanation {
        let mut words = vec![0.0; unit.text.tokens.end - unit.text.tokens.start];
        let mut parts: Vec<(&str, f64)> = Vec::new();
        for (feature, place) in memory.sink.counts.iter().zip(&memory.places) {
            let Some((column, weighed)) = memory.counts.get(*place as usize) else { continue };
            let raw = memory.raw[*place as usize];
            let family = self.family(*column);
            // Values that cancel each other leave nothing to share out.
            if raw == 0.0 || !sides(family).is_empty() {
                continue;
            }
            let log_odds = self.weight(*column, label) * f64::from(weighed * feature.value / raw);
            // A feature of one word goes to that word; one of several words has `NO_TOKEN`, which lies behind all, and
            // keeps its name.
            match words.get_mut((feature.token as usize).wrapping_sub(unit.text.tokens.start)) {
                Some(word) => *word += log_odds,
                None => parts.push((phrase(self.columns.name(*column as usize), family), log_odds)),
            }
        }
        self.meant(unit, label, memory, |family, _, part| match part {
            Meant::Word(token, _, log_odds) => words[token - unit.text.tokens.start] += log_odds,
            Meant::Whole(log_odds) => parts.push((family.definition().together, log_odds)),
        });
        self.push_measures(label, memory, &mut parts);
        let forms = unit.text.tokens().iter().map(|token| unit.text.form(token));
        parts.extend(forms.zip(words).filter(|(_, log_odds)| *log_odds != 0.0));
        let (strongest, rest) = strongest(parts, most);
        ScoreExplanation { label, strongest, rest, constant: self.constant(label) }
    }

    /// What rules found each by its name; the measures of other families together, counted from their centres.
    fn push_measures<'s>(&'s self, label: usize, memory: &ScoreMemory, parts: &mut Vec<(&'s str, f64)>) {
        let mut sums = [0.0; FAMILIES.len()];
        for (measure, value) in memory.measures.iter().enumerate() {
            let from_centre = f64::from(*value) - self.model.measure_centres[measure];
            let log_odds = self.measure_weight(measure, label) * from_centre;
            match self.measure_families[measure] {
                FeatureFamily::Rules if log_odds == 0.0 => {}
                FeatureFamily::Rules => parts.push((&self.model.measures[measure], log_odds)),
                family => sums[family as usize] += log_odds,
            }
        }
        parts.extend(FAMILIES.iter().zip(sums).map(|(definition, sum)| (definition.together, sum)));
    }
}

/// The words of a feature of several words; what the target is called, all together; the whole name of any other feature.
fn phrase(name: &str, family: FeatureFamily) -> &str {
    let rest = || name.split_once(':').map(|(_, rest)| rest);
    let words = match family {
        FeatureFamily::Words | FeatureFamily::Characters | FeatureFamily::Masked | FeatureFamily::Polarity => rest(),
        FeatureFamily::Window => rest().and_then(|rest| rest.split_once(':')).map(|(_, words)| words),
        FeatureFamily::Target | FeatureFamily::Encoder => Some(family.definition().together),
        _ => None,
    };
    words.unwrap_or(name)
}

/// Parts of one name summed; the strongest of them, and the sum of the others.
fn strongest(mut parts: Vec<(&str, f64)>, most: usize) -> (Vec<Contribution>, f64) {
    parts.sort_by(|a, b| a.0.cmp(b.0));
    parts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    let stronger = |a: &(&str, f64), b: &(&str, f64)| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(b.0));
    let whole: f64 = parts.iter().map(|(_, log_odds)| log_odds).sum();
    if parts.len() > most {
        parts.select_nth_unstable_by(most, stronger);
        parts.truncate(most);
    }
    parts.sort_by(stronger);
    parts.retain(|(_, log_odds)| log_odds.abs() >= LEAST);
    let told: f64 = parts.iter().map(|(_, log_odds)| log_odds).sum();
    let named = parts.into_iter().map(|(name, log_odds)| Contribution { name: name.to_owned(), log_odds });
    // The rest is a difference, so that everything shown adds up to the score.
    (named.collect(), whole - told)
}
