//! From hand codings of sentences, or of whole documents, to a scorer of the codebook's frames.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Codebook;
use crate::learning::features::{FAMILIES, FeatureFamily};
use crate::learning::fit::{Question, Settings, without_rules};
use crate::learning::units::{Example, Stretch};
use crate::learning::weights::Shape;
use crate::model::{CoderVotes, Document, HandCoding, Unit};
use crate::stats::Seed;
use crate::stats::learning::Objective;
use crate::stats::shuffled;

/// Sentences, or documents, with a frame, and without it, that it takes to learn it.
pub const LEAST_SENTENCES: usize = 10;

/// Inner folds of every training.
const INNER_FOLDS: usize = 5;

/// Hand codings made ready to learn from.
#[derive(Debug, Default)]
pub struct TrainingLabels {
    /// What they are of.
    pub unit: Unit,
    /// Units that every learnt frame was coded in, by document and number of the sentence; `None` for all of it.
    pub units: Vec<(String, Option<usize>)>,
    /// Frames with enough units to be learnt, in the codebook's order.
    pub frames: Vec<String>,
    /// Those with too few.
    pub too_few: Vec<String>,
    /// One for each learnt frame.
    pub questions: Vec<Question>,
    /// How many units of the corpus each stands for, the mean being 1; all 1 unless it is known of every one with
    /// which probability it was drawn.
    pub weights: Vec<f64>,
    /// Units of which that is not known, where it is of others.
    pub unweighted: usize,
    /// Units left out since a frame was not coded in them.
    pub incomplete: usize,
}

/// What the codings say of each sentence, or of each document: of several coders what most say; where an adjudicated coding
/// is there, that. A unit that two sides claim alike, or in which a learnt frame was not coded, is left out.
#[must_use]
pub fn training_labels(codebook: &Codebook, codings: &[HandCoding], unit: Unit) -> TrainingLabels {
    let mut votes = UnitVotes::new();
    let mut inclusions: BTreeMap<(&str, Option<usize>), f64> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding.sentence.is_some() == (unit == Unit::Sentence)) {
        let place = (&coding.document[..], coding.sentence);
        if let Some(inclusion) = coding.inclusion {
            inclusions.insert(place, inclusion);
        }
        votes.entry(place).or_default().entry(&coding.frame).or_default().add(coding);
    }
    let ids: Vec<&str> = codebook.frames.iter().map(|frame| &frame.id[..]).collect();
    let coded: BTreeSet<&str> = votes.values().flat_map(|frames| frames.keys().copied()).collect();
    let (learnt, too_few): (Vec<&str>, Vec<&str>) =
        ids.into_iter().filter(|frame| coded.contains(frame)).partition(|frame| is_enough(&votes, frame));
    let (frames, too_few) = (owned(&learnt), owned(&too_few));
    let mut labelled = TrainingLabels { unit, frames, too_few, ..TrainingLabels::default() };
    labelled.questions = learnt.iter().map(|_| Question { classes: Vec::new(), count: 2 }).collect();
    for ((document, sentence), frames) in &votes {
        let found: Vec<Option<&CoderVotes>> = learnt.iter().map(|frame| frames.get(frame)).collect();
        // Not coded is not absent: a sheet without a column for "sanctions" says nothing of them.
        if found.iter().any(Option::is_none) {
            labelled.incomplete += 1;
            continue;
        }
        let verdicts: Option<Vec<bool>> = found.into_iter().map(|votes| votes.and_then(CoderVotes::verdict)).collect();
        let Some(verdicts) = verdicts else { continue };
        labelled.units.push(((*document).to_owned(), *sentence));
        // 0 stands for not known until all units are there (`settle_weights`).
        labelled.weights.push(inclusions.get(&(*document, *sentence)).map_or(0.0, |inclusion| 1.0 / inclusion));
        for (question, verdict) in labelled.questions.iter_mut().zip(verdicts) {
            question.classes.push(usize::from(verdict));
        }
    }
    labelled.settle_weights();
    labelled
}

/// What coders said of each frame, by document and sentence, or under `None` of the whole.
type UnitVotes<'c> = BTreeMap<(&'c str, Option<usize>), BTreeMap<&'c str, CoderVotes>>;

/// Whether people have found the frame, and have not found it, often enough to learn the difference.
fn is_enough(votes: &UnitVotes<'_>, frame: &str) -> bool {
    let verdicts: Vec<bool> = votes.values().filter_map(|frames| frames.get(frame)?.verdict()).collect();
    let present = verdicts.iter().filter(|is_there| **is_there).count();
    // A frame that is coded present everywhere teaches as little as one that is nowhere.
    present.min(verdicts.len() - present) >= LEAST_SENTENCES
}

/// A sentence that people have decided on, and what they say of one frame there.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedSentence {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence.
    pub sentence: usize,
    /// Whether it carries the frame.
    pub present: bool,
    /// How many sentences of the corpus it stands for; 1 where it is not known with which probability it was drawn.
    pub weight: f64,
}

/// By frame of the codebook, the sentences that people have decided on, however few: enough to measure what needs no
/// training.
#[must_use]
pub fn coded_sentences(codebook: &Codebook, codings: &[HandCoding]) -> Vec<Vec<CodedSentence>> {
    codebook.frames.iter().map(|frame| coded_for(&frame.id, codings)).collect()
}

/// The sentences in which people have decided on one frame.
fn coded_for(frame: &str, codings: &[HandCoding]) -> Vec<CodedSentence> {
    let mut votes: BTreeMap<(&str, usize), (CoderVotes, f64)> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding.frame == frame) {
        let Some(sentence) = coding.sentence else { continue };
        let (votes, weight) = votes.entry((&coding.document, sentence)).or_insert((CoderVotes::default(), 1.0));
        votes.add(coding);
        // The sheet of one coder may say how the sentence was drawn where another's has lost the column.
        *weight = coding.inclusion.map_or(*weight, |inclusion| 1.0 / inclusion);
    }
    let decided = |((document, sentence), (votes, weight)): ((&str, usize), (CoderVotes, f64))| {
        let present = votes.verdict()?;
        Some(CodedSentence { document: document.to_owned(), sentence, present, weight })
    };
    votes.into_iter().filter_map(decided).collect()
}

/// What the rules found in the sentences of a document: number, and by frame that was hit the rules whose cues count.
pub type RuleSheet = Vec<(usize, Vec<(usize, Vec<usize>)>)>;

/// Most sentences with a frame, and twice as many without, that rules teach with.
const MOST_TAUGHT: usize = 3_000;

/// Labels to train on, from what the rules found, where there are no hand codings. A sentence carries a frame where the rules that
/// say so are more likely right than all wrong, by how far each is to be trusted; a rule that does not match abstains.
#[must_use]
pub fn labels_by_rules(
    codebook: &Codebook,
    sheets: &BTreeMap<String, RuleSheet>,
    trust: &[Option<f64>],
    seed: u64,
) -> TrainingLabels {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (document, sheet) in sheets {
        for (sentence, found) in sheet {
            let frames = found.iter().filter(|(_, rules)| is_trusted(rules, trust)).map(|(frame, _)| *frame);
            let frames: BTreeSet<usize> = frames.collect();
            let side = if frames.is_empty() { &mut without } else { &mut with };
            side.push((document, *sentence, frames));
        }
    }
    let mut stream = Seed::new(seed).stream("labelled of the rules");
    let mut drawn = shuffled(&with, MOST_TAUGHT, &mut stream);
    // Sentences without a frame are nearly all of a corpus; all of them would teach that nothing is ever there.
    drawn.extend(shuffled(&without, 2 * drawn.len().max(1), &mut stream));
    // Back in the order of the corpus: what is learnt must not hang on the order of the draw.
    drawn.sort_unstable();
    let count = |frame: usize| drawn.iter().filter(|(.., frames)| frames.contains(&frame)).count();
    let (learnt, too_few): (Vec<usize>, Vec<usize>) =
        (0..codebook.frames.len()).partition(|frame| count(*frame).min(drawn.len() - count(*frame)) >= LEAST_SENTENCES);
    let classes =
        learnt.iter().map(|frame| drawn.iter().map(|(.., frames)| usize::from(frames.contains(frame))).collect());
    TrainingLabels {
        questions: classes.map(|classes| Question { classes, count: 2 }).collect(),
        frames: ids(codebook, &learnt),
        too_few: ids(codebook, &too_few),
        units: drawn.iter().map(|(document, sentence, _)| ((*document).clone(), Some(*sentence))).collect(),
        weights: vec![1.0; drawn.len()],
        ..TrainingLabels::default()
    }
}

/// Whether rules that found a frame are more likely right than all wrong.
fn is_trusted(rules: &[usize], trust: &[Option<f64>]) -> bool {
    rules.iter().map(|rule| 1.0 - trust[*rule].unwrap_or(1.0)).product::<f64>() < 0.5
}

fn ids(codebook: &Codebook, frames: &[usize]) -> Vec<String> {
    frames.iter().map(|frame| codebook.frames[*frame].id.clone()).collect()
}

/// The families that statistics learn with from the rules' findings, which they are not to be told again.
#[must_use]
pub fn rule_label_settings(seed: u64) -> Settings {
    let settings = frame_settings(seed);
    Settings { families: without_rules(&settings.families), ..settings }
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// What the codings of whole documents say, by frame, then document: of several coders what most say, where an adjudicated
/// coding is there, that; and the probability with which the document was drawn. Where two sides are alike nothing is said.
#[must_use]
pub fn document_verdicts(codings: &[HandCoding]) -> BTreeMap<&str, BTreeMap<&str, (bool, Option<f64>)>> {
    let mut votes: BTreeMap<(&str, &str), (CoderVotes, Option<f64>)> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding.sentence.is_none()) {
        let (of_document, inclusion) = votes.entry((&coding.frame, &coding.document)).or_default();
        of_document.add(coding);
        *inclusion = inclusion.or(coding.inclusion);
    }
    let mut verdicts: BTreeMap<&str, BTreeMap<&str, (bool, Option<f64>)>> = BTreeMap::new();
    for ((frame, document), (votes, inclusion)) in votes {
        if let Some(verdict) = votes.verdict() {
            verdicts.entry(frame).or_default().insert(document, (verdict, inclusion));
        }
    }
    verdicts
}

impl TrainingLabels {
    /// Brings the mean of the weights to 1. Where some are unknown, written as 0, all are 1.
    fn settle_weights(&mut self) {
        let unknown = self.weights.iter().filter(|weight| **weight <= 0.0).count();
        // Drawn sentences stand for hundreds, the others for nobody knows how many: no scale holds both.
        if unknown > 0 {
            self.unweighted = if unknown < self.weights.len() { unknown } else { 0 };
            self.weights.fill(1.0);
        }
        #[expect(clippy::cast_precision_loss, reason = "sentences stay far below 2^53")]
        let mean = self.weights.iter().sum::<f64>() / self.weights.len() as f64;
        self.weights.iter_mut().for_each(|weight| *weight /= mean);
    }

    /// Documents with anything to learn from.
    #[must_use]
    pub fn documents(&self) -> BTreeSet<&str> {
        self.units.iter().map(|(document, _)| &document[..]).collect()
    }

    /// The units as examples.
    #[must_use]
    pub fn examples<'d>(&self, documents: &'d BTreeMap<String, Document>) -> Vec<Example<'d>> {
        let example = |(document, sentence): &(String, Option<usize>)| {
            let stretch = sentence.map_or(Stretch::Whole, Stretch::Sentence);
            documents.get(document).map(|document| Example { document, stretch, target: None })
        };
        self.units.iter().filter_map(example).collect()
    }

    /// What the questions are.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape::Labels(self.frames.clone())
    }
}

/// How frames are learnt: by all families that a unit of a corpus has something for, and so that as many units are hits as
/// carry the frame, since a study is after shares.
#[must_use]
pub fn frame_settings(seed: u64) -> Settings {
    let has_use = |family: &FeatureFamily| {
        !matches!(family, FeatureFamily::Context | FeatureFamily::Encoder) && !family.definition().needs_target
    };
    let families = FAMILIES.iter().map(|definition| definition.family).filter(has_use).collect();
    Settings { families, aim: Objective::Prevalence, folds: INNER_FOLDS, seed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;
    use crate::model::ADJUDICATED;

    fn coding(sentence: usize, frame: &str, coder: &str, value: &str) -> HandCoding {
        HandCoding {
            document: "d".to_owned(),
            sentence: Some(sentence),
            frame: frame.to_owned(),
            value: value.to_owned(),
            coder: coder.to_owned(),
            ..HandCoding::default()
        }
    }

    #[test]
    fn sentences_count_by_what_they_stand_for() {
        let codebook = parse("[[frame]]\nid = \"a\"\n", "c").unwrap();
        let drawn = |sentence: usize| HandCoding {
            inclusion: Some(if sentence < 10 { 0.5 } else { 0.125 }),
            ..coding(sentence, "a", "anna", if sentence < 10 { "1" } else { "0" })
        };
        let mut codings: Vec<HandCoding> = (0..20).map(drawn).collect();
        let found = training_labels(&codebook, &codings, Unit::Sentence);
        let expected: Vec<f64> =
            found.units.iter().map(|(_, number)| if *number < Some(10) { 0.4 } else { 1.6 }).collect();
        assert!(found.weights.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-12), "{:?}", found.weights);
        codings[3].inclusion = None;
        let found = training_labels(&codebook, &codings, Unit::Sentence);
        assert!(found.weights.iter().all(|weight| (weight - 1.0).abs() < 1e-12), "one is unknown");
        assert_eq!(found.unweighted, 1);
    }

    #[test]
    fn most_coders_decide_and_adjudication_decides_for_all() {
        let codebook = parse("[[frame]]\nid = \"a\"\n[[frame]]\nid = \"b\"\n[[frame]]\nid = \"c\"\n", "c").unwrap();
        let mut codings = Vec::new();
        for sentence in 0..24 {
            let present = if sentence < 10 { "1" } else { "0" };
            codings.extend(["a", "b"].map(|frame| coding(sentence, frame, "anna", present)));
        }
        codings.push(coding(0, "a", "boris", "0"));
        codings.push(coding(11, "a", "boris", "1"));
        codings.push(coding(11, "a", ADJUDICATED, "1"));
        codings.push(coding(12, "b", "boris", "0"));
        codings.push(coding(30, "a", "anna", "1"));
        codings.push(coding(12, "c", "anna", "1"));
        let labelled = training_labels(&codebook, &codings, Unit::Sentence);
        assert_eq!((labelled.frames.join(" "), labelled.too_few.join(" ")), ("a b".to_owned(), "c".to_owned()));
        assert_eq!((labelled.incomplete, labelled.units.len()), (1, 23), "neither 30 nor 0, on which coders differ");
        let number = |sentence: usize| labelled.units.iter().position(|it| it.1 == Some(sentence)).unwrap();
        assert_eq!(labelled.questions[0].classes[number(11)], 1, "adjudicated");
    }
}
