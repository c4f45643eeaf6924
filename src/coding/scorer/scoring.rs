//! Applying a model: scores, probabilities, labels, and what each feature contributes to them.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::features::meaning;
use crate::coding::features::{Family, Feature, NameTable, Sink, Unit, collect, feature_hash};
use crate::coding::scorer::design::weigh;
use crate::coding::scorer::{Instrument, Model, Shape};

/// A model made ready. It can be shared by threads, each with a [`ScoreMemory`] of its own.
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    /// Place of each feature by the hash of its name; in the order of the vocabulary, so that places of a family are
    /// neighbours.
    columns: NameTable,
    families: Vec<Family>,
    rarities: Vec<f32>,
    /// By column, then score.
    weights: Vec<f32>,
    measures: NameTable,
    scores: usize,
}

/// What one thread keeps between units. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct ScoreMemory {
    sink: Sink,
    counts: Vec<(u32, f32)>,
    measures: Vec<(u32, f32)>,
}

/// What a model says of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Log-odds by question and score, as in [`Answer::constants`](crate::coding::scorer::Answer::constants).
    pub scores: Vec<f64>,
    /// Probability of each label, to six decimals.
    pub probabilities: Vec<f64>,
    /// Which labels it carries: of classes exactly one.
    pub carried: Vec<bool>,
}

/// What a feature adds to the log-odds of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Name of the feature; empty for the constant.
    pub name: String,
    /// In log-odds; those of a unit sum to the label's score. With three classes or more that is how far the class
    /// stands above the mean of the others.
    pub log_odds: f64,
}

impl Scorer {
    /// Makes a model ready.
    #[must_use]
    pub fn new(model: Model) -> Self {
        let scores = model.answers.iter().map(|answer| answer.constants.len()).sum();
        let mut columns = NameTable::default();
        let (mut families, mut rarities, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for part in &model.vocabulary {
            for (index, name) in part.names.iter().enumerate() {
                columns.insert_name(feature_hash(name), name);
                families.push(part.family);
                rarities.push(part.rarities[index]);
                weights.extend(part.weights.iter().map(|weights| weights[index]));
            }
        }
        let mut measures = NameTable::default();
        for name in &model.measures {
            measures.insert_name(feature_hash(name), name);
        }
        Self { model, columns, families, rarities, weights, measures, scores }
    }

    /// What was learnt.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// How to make the units that it scores.
    #[must_use]
    pub fn instrument<'c>(&self, codebook: Option<&'c Codebook>) -> Instrument<'c> {
        Instrument { families: self.model.families.clone(), codebook, context: self.model.columns.context.clone() }
    }

    /// What the model says of a unit.
    pub fn score(&self, unit: &Unit<'_>, memory: &mut ScoreMemory) -> Scored {
        self.read(unit, memory);
        let mut scores: Vec<f64> =
            self.model.answers.iter().flat_map(|answer| answer.constants.iter().copied()).collect();
        for (column, value) in &memory.counts {
            for (score, weight) in scores.iter_mut().zip(self.weights_of(*column)) {
                *score += f64::from(weight * value);
            }
        }
        for (measure, value) in &memory.measures {
            for (score, weights) in scores.iter_mut().zip(&self.model.measure_weights) {
                *score += weights[*measure as usize] * f64::from(*value);
            }
        }
        let (probabilities, carried) = self.model.shape.conclude(&self.model.answers, &scores);
        Scored { scores, probabilities, carried }
    }

    fn weights_of(&self, column: u32) -> &[f32] {
        let start = column as usize * self.scores;
        &self.weights[start..start + self.scores]
    }

    /// Fills `memory` with the weighed features of the unit that the model knows.
    fn read(&self, unit: &Unit<'_>, memory: &mut ScoreMemory) {
        let ScoreMemory { sink, counts, measures } = memory;
        sink.clear();
        collect(unit, &self.model.families, sink);
        look_up(&sink.counts, &self.columns, counts);
        look_up(&sink.measures, &self.measures, measures);
        weigh(counts, &self.rarities, |column| self.families[column as usize]);
    }

    /// What each feature contributes to a label, strongest first; the constant comes last. What the text is about is
    /// said word by word, since no single number of its vector means anything.
    pub fn explain(&self, unit: &Unit<'_>, label: usize, memory: &mut ScoreMemory) -> Vec<Contribution> {
        self.read(unit, memory);
        let named = |name: &str, log_odds: f64| Contribution { name: name.to_owned(), log_odds };
        let is_told = |column: u32| self.families[column as usize] != Family::Meaning;
        let counts = memory.counts.iter().filter(|(column, _)| is_told(*column)).map(|(column, value)| {
            let weights: Vec<f64> = self.weights_of(*column).iter().map(|weight| f64::from(weight * value)).collect();
            named(self.columns.name(*column as usize), self.of_label(&weights, label))
        });
        let measures = memory.measures.iter().map(|(measure, value)| {
            let weights = self.model.measure_weights.iter().map(|of| of[*measure as usize] * f64::from(*value));
            named(self.measures.name(*measure as usize), self.of_label(&weights.collect::<Vec<_>>(), label))
        });
        let mut found: Vec<Contribution> = counts.chain(measures).chain(self.meant(unit, label)).collect();
        found.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()).then_with(|| a.name.cmp(&b.name)));
        let constants: Vec<f64> =
            self.model.answers.iter().flat_map(|answer| answer.constants.iter().copied()).collect();
        found.push(named("", self.of_label(&constants, label)));
        found
    }

    /// What each word contributes to a label by what it means.
    fn meant(&self, unit: &Unit<'_>, label: usize) -> Vec<Contribution> {
        if !self.families.contains(&Family::Meaning) {
            return Vec::new();
        }
        let weight = |place: usize| {
            let Some(column) = self.columns.place(feature_hash(&meaning::name(place))) else { return 0.0 };
            let rarity = f64::from(self.rarities[column]);
            let weights: Vec<f64> = self.weights_of(column as u32).iter().map(|it| f64::from(*it) * rarity).collect();
            self.of_label(&weights, label)
        };
        let weights: Vec<f64> = (0..meaning::DIMENSIONS).map(weight).collect();
        let mut words: BTreeMap<&str, f64> = BTreeMap::new();
        for (word, part) in meaning::parts(unit) {
            let log_odds: f64 = weights.iter().zip(part).map(|(weight, part)| weight * f64::from(part)).sum();
            *words.entry(word).or_default() += log_odds;
        }
        let family = Family::Meaning.definition().name;
        words
            .iter()
            .map(|(word, log_odds)| Contribution { name: format!("{family}:{word}"), log_odds: *log_odds })
            .collect()
    }

    /// The log-odds of a label in one value for each score.
    #[must_use]
    pub fn of_label(&self, scores: &[f64], label: usize) -> f64 {
        match (&self.model.shape, scores) {
            (Shape::Labels(_), _) => scores[label],
            (Shape::Classes(_), [score]) => {
                if label == 0 {
                    -score
                } else {
                    *score
                }
            }
            (Shape::Classes(_), _) => {
                let others = scores.iter().sum::<f64>() - scores[label];
                scores[label] - others / (scores.len() as f64 - 1.0)
            }
        }
    }

    /// Every feature with what one full unit of it adds to the log-odds of a label, strongest first.
    #[must_use]
    pub fn features(&self, label: usize) -> Vec<Contribution> {
        let counts = (0..self.columns.len()).map(|column| {
            let weights: Vec<f64> = self.weights_of(column as u32).iter().map(|weight| f64::from(*weight)).collect();
            (self.columns.name(column), weights)
        });
        let measures = (0..self.measures.len()).map(|measure| {
            let weights = self.model.measure_weights.iter().map(|of| of[measure]).collect();
            (self.measures.name(measure), weights)
        });
        let named = |(name, weights): (&str, Vec<f64>)| Contribution {
            name: name.to_owned(),
            log_odds: self.of_label(&weights, label),
        };
        let mut found: Vec<Contribution> = counts.chain(measures).map(named).collect();
        found.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds).then_with(|| a.name.cmp(&b.name)));
        found
    }
}

/// Columns and summed values of the features that `known` has, in the order of its places.
fn look_up(features: &[Feature], known: &NameTable, found: &mut Vec<(u32, f32)>) {
    found.clear();
    let place = |feature: &Feature| Some((known.place(feature.hash)? as u32, feature.value));
    found.extend(features.iter().filter_map(place));
    found.sort_by_key(|(place, _)| *place);
    found.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}
