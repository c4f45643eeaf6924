//! Applying a model: scores, probabilities, labels, and what each feature contributes to them.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::encoder::SentenceVectors;
use crate::learning::design::weigh;
use crate::learning::features::{
    DIMENSIONS, FeatureFamily, FeatureUnit, NameTable, Sink, Vector, collect, feature_hash, number_names, sides,
    vectors,
};
use crate::learning::model::Model;
use crate::learning::units::Instrument;
use crate::learning::weights::Shape;

/// A model made ready. It can be shared by threads, each with a [`ScoreMemory`] of its own.
#[derive(Debug)]
pub struct Scorer {
    pub(super) model: Model,
    /// Place of each feature by the hash of its name; in the order of the vocabulary, so that places of a family are
    /// neighbours.
    pub(super) columns: NameTable,
    families: Vec<FeatureFamily>,
    rarities: Vec<f32>,
    /// By column, then score.
    weights: Vec<f32>,
    measures: NameTable,
    /// By measure.
    pub(super) measure_families: Vec<FeatureFamily>,
    scores: usize,
}

/// What one thread keeps between units. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct ScoreMemory {
    pub(super) sink: Sink,
    /// Columns that the unit has, with their weighed values.
    pub(super) counts: Vec<(u32, f32)>,
    /// Their values before they were weighed.
    pub(super) raw: Vec<f32>,
    /// By count of `sink`, its place in `counts`; [`NOWHERE`] for one that the model does not know.
    pub(super) places: Vec<u32>,
    /// By column, one past its place in `counts` while these are gathered, else 0.
    slots: Vec<u32>,
    /// By measure of the model.
    pub(super) measures: Vec<f32>,
}

/// Stands for no place.
const NOWHERE: u32 = u32::MAX;

/// What a model says of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Log-odds by question and score, as in [`DecisionRule::constants`](crate::learning::DecisionRule::constants).
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
        let family = |name: &String| FeatureFamily::of(name.split(':').next()?);
        let measure_families = model.measures.iter().map(|name| family(name).unwrap_or(FeatureFamily::Rules)).collect();
        Self { model, columns, families, rarities, weights, measures, measure_families, scores }
    }

    /// What was learnt.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// How to make the units that it scores.
    #[must_use]
    pub fn instrument<'c>(
        &self,
        codebook: Option<&'c Codebook>,
        vectors: Option<&'c SentenceVectors>,
    ) -> Instrument<'c> {
        let Model { families, columns, .. } = &self.model;
        Instrument { families: families.clone(), codebook, context: columns.context.clone(), vectors }
    }

    /// What the model says of a unit.
    pub fn score(&self, unit: &FeatureUnit<'_>, memory: &mut ScoreMemory) -> Scored {
        self.read(unit, memory);
        let mut scores: Vec<f64> =
            self.model.answers.iter().flat_map(|answer| answer.constants.iter().copied()).collect();
        for (column, value) in &memory.counts {
            for (score, weight) in scores.iter_mut().zip(self.weights_of(*column)) {
                // In single precision as in `Weights::scores`, so that a model gives the very scores that it was
                // evaluated with.
                *score += f64::from(weight * value);
            }
        }
        for (score, weights) in scores.iter_mut().zip(&self.model.measure_weights) {
            *score +=
                weights.iter().zip(&memory.measures).map(|(weight, value)| weight * f64::from(*value)).sum::<f64>();
        }
        let (probabilities, carried) = self.model.shape.conclude(&self.model.answers, &scores);
        Scored { scores, probabilities, carried }
    }

    fn weights_of(&self, column: u32) -> &[f32] {
        let start = column as usize * self.scores;
        &self.weights[start..start + self.scores]
    }

    /// Fills `memory` with the weighed features of the unit that the model knows.
    fn read(&self, unit: &FeatureUnit<'_>, memory: &mut ScoreMemory) {
        memory.sink.clear();
        collect(unit, &self.model.families, &mut memory.sink);
        self.look_up_counts(memory);
        self.look_up_measures(memory);
        memory.raw.clear();
        memory.raw.extend(memory.counts.iter().map(|(_, value)| *value));
        weigh(&mut memory.counts, &self.rarities, |column| self.families[column as usize]);
    }

    /// Columns and summed values, in the order in which the unit has them first, so that families stay together.
    fn look_up_counts(&self, memory: &mut ScoreMemory) {
        let ScoreMemory { sink, counts, places, slots, .. } = memory;
        counts.clear();
        places.clear();
        slots.resize(self.columns.len(), 0);
        for feature in &sink.counts {
            let Some(column) = self.columns.place(feature.hash) else {
                // A word that no training text had says nothing for or against.
                places.push(NOWHERE);
                continue;
            };
            if slots[column] == 0 {
                counts.push((column as u32, 0.0));
                slots[column] = counts.len() as u32;
            }
            let place = slots[column] - 1;
            counts[place as usize].1 += feature.value;
            places.push(place);
        }
        // Only the slots that were used: a vocabulary has many thousand columns, a sentence a few hundred.
        for (column, _) in counts {
            slots[*column as usize] = 0;
        }
    }

    fn look_up_measures(&self, memory: &mut ScoreMemory) {
        let ScoreMemory { sink, measures, .. } = memory;
        measures.clear();
        measures.resize(self.measures.len(), 0.0);
        for feature in &sink.measures {
            if let Some(place) = self.measures.place(feature.hash) {
                measures[place] += feature.value;
            }
        }
    }

    /// What each feature contributes to a label, strongest first; the constant comes last. What the text is about is
    /// said word by word, since no single number of its vector means anything. Measures count from their centres.
    pub fn explain(&self, unit: &FeatureUnit<'_>, label: usize, memory: &mut ScoreMemory) -> Vec<Contribution> {
        self.read(unit, memory);
        let mut found: BTreeMap<String, f64> = BTreeMap::new();
        let mut add = |name: String, log_odds: f64| *found.entry(name).or_default() += log_odds;
        for (column, value) in memory.counts.iter().filter(|(column, _)| sides(self.family(*column)).is_empty()) {
            let name = match self.family(*column) {
                // Of a sentence's vector, too, no single number means anything, and here no word has a part of its own.
                FeatureFamily::Encoder => FeatureFamily::Encoder.definition().together,
                _ => self.columns.name(*column as usize),
            };
            add(name.to_owned(), self.weight(*column, label) * f64::from(*value));
        }
        self.meant(unit, label, memory, |family, side, part| {
            let name = family.definition().name;
            match part {
                Meant::Word(_, word, log_odds) => add(format!("{name}:{side}{word}"), log_odds),
                Meant::Whole(log_odds) => add(family.definition().together.to_owned(), log_odds),
            }
        });
        for (measure, value) in memory.measures.iter().enumerate() {
            let log_odds =
                self.measure_weight(measure, label) * (f64::from(*value) - self.model.measure_centres[measure]);
            // Most rules do not match in most sentences; rows of 0 would bury what did.
            if log_odds != 0.0 {
                add(self.measures.name(measure).to_owned(), log_odds);
            }
        }
        let mut found: Vec<Contribution> =
            found.into_iter().map(|(name, log_odds)| Contribution { name, log_odds }).collect();
        found.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()).then_with(|| a.name.cmp(&b.name)));
        found.push(Contribution { name: String::new(), log_odds: self.constant(label) });
        found
    }

    /// Hands `see` what each word contributes to a label by what it means, for each vector of the unit that `memory` holds
    /// the features of.
    pub(super) fn meant(
        &self,
        unit: &FeatureUnit<'_>,
        label: usize,
        memory: &ScoreMemory,
        mut see: impl FnMut(FeatureFamily, &'static str, Meant<'_>),
    ) {
        for family in self.model.families.iter().copied().filter(|family| !sides(*family).is_empty()) {
            let numbers: Vec<(u32, f32)> =
                memory.counts.iter().copied().filter(|(column, _)| self.family(*column) == family).collect();
            let vectors: Vec<Vector<'_>> = vectors(unit, family).into_iter().filter(|it| !it.is_nothing()).collect();
            // A number that too few training texts had is no column of the model; without it the words of a sum cannot be
            // told apart, and the family is said as a whole.
            if numbers.len() != vectors.len() * DIMENSIONS {
                let products = numbers.iter().map(|(column, value)| self.weight(*column, label) * f64::from(*value));
                see(family, "", Meant::Whole(products.sum()));
                continue;
            }
            for (vector, numbers) in vectors.iter().zip(numbers.chunks_exact(DIMENSIONS)) {
                let mut weights = [0.0; DIMENSIONS];
                let plain =
                    |(column, _): &(u32, f32)| self.weight(*column, label) * f64::from(self.rarities[*column as usize]);
                weights.iter_mut().zip(numbers).for_each(|(weight, number)| *weight = plain(number));
                for (token, word, part) in vector.parts(&weights) {
                    see(family, vector.side, Meant::Word(token, word, part));
                }
            }
        }
    }

    pub(super) fn family(&self, column: u32) -> FeatureFamily {
        self.families[column as usize]
    }

    /// What one full unit of a feature adds to the log-odds of a label.
    pub(super) fn weight(&self, column: u32, label: usize) -> f64 {
        let weights = self.weights_of(column);
        self.combined(|score| f64::from(weights[score]), label)
    }

    /// What one full unit of a measure adds to the log-odds of a label.
    pub(super) fn measure_weight(&self, measure: usize, label: usize) -> f64 {
        self.combined(|score| self.model.measure_weights[score][measure], label)
    }

    /// The log-odds of a label where no feature is known and each measure is at its centre.
    pub(super) fn constant(&self, label: usize) -> f64 {
        let constants: Vec<f64> =
            self.model.answers.iter().flat_map(|answer| answer.constants.iter().copied()).collect();
        let centres = self.model.measure_centres.iter().enumerate();
        let shifts = centres.map(|(measure, centre)| self.measure_weight(measure, label) * centre);
        self.of_label(&constants, label) + shifts.sum::<f64>()
    }

    /// The log-odds of a label in one value for each score.
    #[must_use]
    pub fn of_label(&self, scores: &[f64], label: usize) -> f64 {
        self.combined(|score| scores[score], label)
    }

    fn combined(&self, value: impl Fn(usize) -> f64, label: usize) -> f64 {
        match (&self.model.shape, self.scores) {
            (Shape::Labels(_), _) => value(label),
            // Two classes have one score, the log-odds of the second.
            (Shape::Classes(_), 1) if label == 0 => -value(0),
            (Shape::Classes(_), 1) => value(0),
            (Shape::Classes(_), scores) => {
                // Scores of several classes are known but for a constant that all share; held against the others it
                // falls out.
                let others = (0..scores).map(&value).sum::<f64>() - value(label);
                value(label) - others / (scores as f64 - 1.0)
            }
        }
    }

    /// Every feature with what one full unit of it adds to the log-odds of a label, strongest first. What texts are about
    /// is said by the words of the training texts: what each means to the label where it stands alone.
    #[must_use]
    pub fn features(&self, label: usize) -> Vec<Contribution> {
        let columns = (0..self.columns.len()).filter(|column| names_its_numbers(self.families[*column]));
        let counts = columns.map(|column| (self.columns.name(column).to_owned(), self.weight(column as u32, label)));
        let measures = (0..self.measures.len())
            .map(|measure| (self.measures.name(measure).to_owned(), self.measure_weight(measure, label)));
        let meant = self.model.families.iter().flat_map(|family| self.meant_alone(*family, label));
        let named = |(name, log_odds)| Contribution { name, log_odds };
        let mut found: Vec<Contribution> = counts.chain(measures).chain(meant).map(named).collect();
        found.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds).then_with(|| a.name.cmp(&b.name)));
        found
    }

    /// What the words of the training texts mean to a label, each in a text of its own.
    fn meant_alone(&self, family: FeatureFamily, label: usize) -> Vec<(String, f64)> {
        let prefix = format!("{}:", FeatureFamily::Words.definition().name);
        let words = (0..self.columns.len()).filter_map(|column| self.columns.name(column).strip_prefix(&*prefix));
        // A pair ("joint drill") has no vector of its own.
        let words: Vec<&str> = words.filter(|name| !name.contains(' ')).collect();
        let mut found = Vec::new();
        for side in sides(family) {
            let column = |name: String| self.columns.place(feature_hash(&name));
            let mut weights = [0.0; DIMENSIONS];
            for (weight, column) in weights.iter_mut().zip(number_names(family, side).map(column)) {
                *weight = column.map_or(0.0, |column| self.weight(column as u32, label));
            }
            for word in &words {
                let vector = Vector::of(side, std::iter::once((0, *word, 1)));
                let name = format!("{}:{side}{word}", family.definition().name);
                found.extend(vector.parts(&weights).map(|(_, _, part)| (name.clone(), part)));
            }
        }
        found
    }
}

/// Something that a text is about.
pub(super) enum Meant<'t> {
    /// A word of it, at this token, with what it contributes.
    Word(usize, &'t str, f64),
    /// The whole of it, where the model does not know all numbers of the vectors.
    Whole(f64),
}

/// Whether each feature of a family says something alone; not so the numbers of vectors.
fn names_its_numbers(family: FeatureFamily) -> bool {
    sides(family).is_empty() && family != FeatureFamily::Encoder
}
