//! A simulated outlet: what people would say of each sentence, what a scorer that errs says, and a sample that people code.

use std::ops::Range;

use parallax::stats::{
    ClusteredShare, CodedTrial, CorrectedShare, Interval, PredictedShare, RandomStream, UnitCount, beta_quantile,
    correlation_of_estimates, korn_graubard, logit_t,
};
use parallax::study::{SamplingUnit, Strategy, draw};

use crate::population::{Population, uniform};

/// Part of the sentences without the frame in which the scorer finds another one, so that `sample` puts them in one
/// stratum with its hits.
const OTHER_FRAMES: f64 = 0.25;

/// How alike the voices of one document are: as a beta distribution with so many sentences seen.
const LIKENESS_OF_VOICES: f64 = 4.0;

/// How often a scorer finds a frame that is there, and says that there is none where there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scorer {
    pub(crate) name: &'static str,
    pub(crate) sensitivity: f64,
    pub(crate) specificity: f64,
}

pub(crate) const OVER_FIRES: Scorer = Scorer { name: "over-fires", sensitivity: 0.90, specificity: 0.78 };
pub(crate) const MISSES: Scorer = Scorer { name: "misses", sensitivity: 0.55, specificity: 0.98 };
pub(crate) const EVEN: Scorer = Scorer { name: "even", sensitivity: 0.80, specificity: 0.80 };
pub(crate) const SCORERS: [Scorer; 3] = [OVER_FIRES, MISSES, EVEN];

impl Scorer {
    fn says(self, is_there: bool, stream: &mut RandomStream) -> bool {
        uniform(stream) < if is_there { self.sensitivity } else { 1.0 - self.specificity }
    }
}

/// What people and a scorer say of one frame, by sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    pub(crate) people: Vec<bool>,
    pub(crate) machine: Vec<bool>,
}

/// A sentence, or a document, that people code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodedUnit {
    place: usize,
    /// Probability that it was drawn with.
    inclusion: f64,
}

/// Sentences of an outlet, document after document.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodedOutlet {
    /// The document of each sentence.
    document: Vec<usize>,
    /// Sentences of each document.
    sizes: Vec<u64>,
    /// What is coded: one frame, or two.
    pub(crate) labels: Vec<Label>,
    /// Whether the scorer finds a frame, this one or any other.
    is_found: Vec<bool>,
}

impl CodedOutlet {
    /// No documents yet.
    pub(crate) fn empty() -> Self {
        Self { labels: vec![Label::default()], ..Self::default() }
    }

    /// Documents with one frame.
    pub(crate) fn draw(population: &Population, documents: usize, scorer: Scorer, stream: &mut RandomStream) -> Self {
        let mut outlet = Self::empty();
        outlet.append(population, documents, scorer, stream);
        outlet
    }

    /// More documents, whose share or scorer may be others.
    pub(crate) fn append(
        &mut self,
        population: &Population,
        documents: usize,
        scorer: Scorer,
        stream: &mut RandomStream,
    ) {
        for _ in 0..documents {
            let (sentences, share) = (population.sentences(stream), population.share_of_document(stream));
            for _ in 0..sentences {
                let is_there = uniform(stream) < share;
                let says = scorer.says(is_there, stream);
                self.document.push(self.sizes.len());
                self.labels[0].people.push(is_there);
                self.labels[0].machine.push(says);
                self.is_found.push(says || uniform(stream) < OTHER_FRAMES);
            }
            self.sizes.push(sentences);
        }
    }

    /// Splits the frame in two: in a voice (or stance), and not in it. The scorer names the voice rightly so often.
    pub(crate) fn split_by_voice(&mut self, share: f64, accuracy: f64, stream: &mut RandomStream) {
        let shares: Vec<f64> = self.sizes.iter().map(|_| of_voice(share, stream)).collect();
        let [mut with, mut without] = [Label::default(), Label::default()];
        for (sentence, document) in self.document.iter().enumerate() {
            let in_voice = uniform(stream) < shares[*document];
            let label = &self.labels[0];
            let right = if label.people[sentence] { accuracy } else { 0.5 };
            let said = if uniform(stream) < right { in_voice } else { !in_voice };
            with.push(label.people[sentence] && in_voice, label.machine[sentence] && said);
            without.push(label.people[sentence] && !in_voice, label.machine[sentence] && !said);
        }
        self.labels = vec![with, without];
    }

    /// Adds a second frame, found by `scorer` with the given probability where the first is there and where it is not.
    pub(crate) fn add_frame(&mut self, probability: [f64; 2], scorer: Scorer, stream: &mut RandomStream) {
        let mut second = Label::default();
        for sentence in 0..self.document.len() {
            let is_there = uniform(stream) < probability[usize::from(!self.labels[0].people[sentence])];
            let says = scorer.says(is_there, stream);
            second.push(is_there, says);
            self.is_found[sentence] |= says;
        }
        self.labels.push(second);
    }

    /// The same as documents, each with the frame from so many sentences on.
    pub(crate) fn by_documents(&self, least: u64) -> Self {
        let says = |of: &[bool]| -> Vec<bool> {
            let mut hits = vec![0; self.sizes.len()];
            self.document.iter().zip(of).for_each(|(document, says)| hits[*document] += u64::from(*says));
            hits.iter().map(|hits| *hits >= least).collect()
        };
        let label = Label { people: says(&self.labels[0].people), machine: says(&self.labels[0].machine) };
        Self {
            document: (0..self.sizes.len()).collect(),
            sizes: vec![1; self.sizes.len()],
            is_found: label.machine.clone(),
            labels: vec![label],
        }
    }

    pub(crate) fn documents(&self) -> Range<usize> {
        0..self.sizes.len()
    }

    /// Draws sentences as `sample` does.
    pub(crate) fn sample(&self, strategy: Strategy, size: usize, stream: &mut RandomStream) -> Vec<CodedUnit> {
        let candidate = |is_found: &bool| SamplingUnit {
            stratum: usize::from(*is_found),
            uncertainty: if *is_found { 0.45 } else { 0.0 },
            is_taken: false,
        };
        let candidates: Vec<SamplingUnit> = self.is_found.iter().map(candidate).collect();
        let drawn = draw(strategy, &candidates, size, stream).unwrap_or_default();
        drawn.drawn.iter().map(|place| CodedUnit { place: *place, inclusion: drawn.chances[*place] }).collect()
    }

    fn counts(&self, label: usize, documents: &Range<usize>) -> Vec<UnitCount> {
        let mut units: Vec<UnitCount> = self.sizes.iter().map(|n| UnitCount { k: 0, n: *n }).collect();
        for (document, says) in self.document.iter().zip(&self.labels[label].machine) {
            units[*document].k += u64::from(*says);
        }
        units[documents.clone()].to_vec()
    }

    /// The share that the scorer finds.
    pub(crate) fn published(&self, label: usize) -> Option<Interval> {
        let share = ClusteredShare::of_counts(self.counts(label, &self.documents()).into_iter());
        logit_t(&share).or_else(|| korn_graubard(&share))
    }

    /// What the coders of the sample say, of the documents alone.
    pub(crate) fn trials(&self, label: usize, sample: &[CodedUnit], documents: &Range<usize>) -> Vec<CodedTrial> {
        let own = sample.iter().filter(|drawn| documents.contains(&self.document[drawn.place]));
        let Label { people, machine } = &self.labels[label];
        let trial = |drawn: &CodedUnit| CodedTrial {
            is_predicted: machine[drawn.place],
            is_success: people[drawn.place],
            weight: 1.0 / drawn.inclusion,
        };
        own.map(trial).collect()
    }

    /// The share in these documents as the sample corrects it.
    pub(crate) fn corrected_in(&self, documents: &Range<usize>, sample: &[CodedUnit]) -> Option<CorrectedShare> {
        let share = ClusteredShare::of_counts(self.counts(0, documents).into_iter());
        Some(CorrectedShare::new(PredictedShare::of(&share)?, &self.trials(0, sample, documents)))
    }

    /// The share in all documents as the sample corrects it.
    pub(crate) fn corrected(&self, label: usize, sample: &[CodedUnit]) -> Option<CorrectedShare> {
        self.corrected_by(label, &self.trials(label, sample, &self.documents()))
    }

    /// The same with what other coders said.
    pub(crate) fn corrected_by(&self, label: usize, trials: &[CodedTrial]) -> Option<CorrectedShare> {
        let share = ClusteredShare::of_counts(self.counts(label, &self.documents()).into_iter());
        Some(CorrectedShare::new(PredictedShare::of(&share)?, trials))
    }

    /// The mean of the documents' shares as the sample corrects it.
    pub(crate) fn corrected_mean_of_documents(&self, sample: &[CodedUnit]) -> Option<CorrectedShare> {
        let mut trials = self.trials(0, sample, &self.documents());
        for (trial, drawn) in trials.iter_mut().zip(sample) {
            trial.weight /= self.sizes[self.document[drawn.place]] as f64;
        }
        let share = ClusteredShare::of_equal_units(self.counts(0, &self.documents()).into_iter());
        Some(CorrectedShare::new(PredictedShare::of(&share)?, &trials))
    }

    /// The correlation of the two frames' corrected shares.
    pub(crate) fn correlation(&self, sample: &[CodedUnit], shares: [&CorrectedShare; 2]) -> f64 {
        let influences = [0, 1].map(|label| shares[label].influences(&self.trials(label, sample, &self.documents())));
        correlation_of_estimates(&influences[0], &influences[1])
    }
}

impl Label {
    fn push(&mut self, people: bool, machine: bool) {
        self.people.push(people);
        self.machine.push(machine);
    }
}

/// The share of a document's sentences with the frame that are in a voice.
fn of_voice(share: f64, stream: &mut RandomStream) -> f64 {
    beta_quantile(
        uniform(stream).clamp(1e-9, 1.0 - 1e-9),
        share * LIKENESS_OF_VOICES,
        (1.0 - share) * LIKENESS_OF_VOICES,
    )
}
