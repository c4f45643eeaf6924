//! Labels from outside measured against people, beside the rules and the scorer.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::cells::{CodedCells, TrialName};
use crate::analysis::evaluate::measured::MeasuredRows;
use crate::analysis::evaluate::trials::Trial;
use crate::analysis::labels::StudyLabels;
use crate::analysis::project::Project;
use crate::analysis::watch::Watcher;
use crate::learning::tables::group_numbers;
use crate::learning::{CodedSentence, TrainingLabels, document_verdicts};
use crate::model::{ExternalLabel, HandCoding, Prediction, Truth, UnitKey};
use crate::report::{CellQuality, counted};
use crate::study::ExternalLabels;

/// How labels are measured.
const DESIGN: &str = "labels from outside";

/// By frame of the codebook, what people say of each unit.
type Verdicts<'a> = BTreeMap<usize, BTreeMap<UnitKey<'a>, WeightedVerdict>>;

/// What people say of a unit.
#[derive(Clone, Copy)]
struct WeightedVerdict {
    present: bool,
    /// How many units it stands for.
    weight: f64,
}

/// The labels of the units that people coded.
pub(super) struct LabelEvaluation<'a> {
    project: &'a Project,
    people: &'a StudyCodings,
    labels: StudyLabels,
    said: BTreeMap<UnitKey<'a>, Vec<ExternalLabel>>,
}

impl<'a> LabelEvaluation<'a> {
    /// Looks up the labels of the coded documents; `None` in a study without labels.
    ///
    /// # Errors
    /// When the labels cannot be read.
    pub(super) fn new(
        project: &'a Project,
        people: &'a StudyCodings,
        watcher: &dyn Watcher,
    ) -> Result<Option<Self>, AnalysisError> {
        let Some(labels) = StudyLabels::of(project, watcher)? else { return Ok(None) };
        let mut said = BTreeMap::new();
        for (id, document) in &people.documents {
            let of_document = labels.labels.said(document, &project.codebook);
            let unit = |sentence| UnitKey { document: id, sentence };
            said.extend(of_document.into_iter().map(|(sentence, labels)| (unit(sentence), labels)));
        }
        Ok(Some(Self { project, people, labels, said }))
    }

    /// The labels, ready to code with.
    pub(super) const fn labels(&self) -> &ExternalLabels {
        &self.labels.labels
    }

    /// What the user should know of the labels, and how many coded units they lack.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = self.labels.notes.clone();
        let unit = self.labels.labels.unit;
        let coded = self.people.codings.iter().map(HandCoding::unit);
        let coded: BTreeSet<UnitKey<'_>> = coded.filter(|coded| coded.kind() == unit).collect();
        let lacking = coded.iter().filter(|unit| !self.said.contains_key(*unit)).count() as u64;
        if lacking > 0 {
            notes.push(format!(
                "{} without a label: not measured",
                counted(lacking, &format!("coded {}", unit.as_str()))
            ));
        }
        notes
    }

    /// Rules, the study's own scorer where it was cross-validated, and labels, on the coded sentences that have labels.
    pub(super) fn of_sentences(
        &self,
        cells: &CodedCells<'_>,
        scorer: Option<&CrossValidated<'_>>,
    ) -> Option<MeasuredRows> {
        let frames = self.labels.labels.frames.iter();
        let rows = self.rows(&frames.map(|frame| (*frame, verdicts(&cells.coded()[*frame]))).collect())?;
        let judge = |unit: &UnitKey<'_>| predicted(rows.frames.iter().map(|frame| by_rules(cells, unit, *frame)));
        let mut trials = vec![trial("rules", rows.units.iter().map(judge).collect())];
        trials.extend(scorer.and_then(|scorer| self.by_scorer(cells, &rows, scorer)));
        trials.push(self.own(&rows));
        Some(MeasuredRows { truth: rows.truth, trials })
    }

    /// What the scorer said of the rows when it had not seen them; `None` where it was not tried on all of them.
    fn by_scorer(&self, cells: &CodedCells<'_>, rows: &LabelRows<'_>, scorer: &CrossValidated<'_>) -> Option<Trial> {
        let CrossValidated { trial: tried, labelled } = scorer;
        let sentences = labelled.units.iter().map(|(document, sentence)| UnitKey { document, sentence: *sentence });
        let known: BTreeMap<UnitKey<'_>, &Prediction> = sentences.zip(&tried.judged).collect();
        let place = |frame: &usize| (*frame, labelled.frames.iter().position(|id| *id == self.id(*frame)));
        let places: Vec<(usize, Option<usize>)> = rows.frames.iter().map(place).collect();
        let mut judged = Vec::with_capacity(rows.units.len());
        for unit in &rows.units {
            let said = known.get(unit)?;
            judged.push(predicted(places.iter().map(|(frame, place)| match place {
                Some(place) => (millionths(said.probabilities[*place]), said.carried[*place]),
                // What was coded too seldom to be learnt is left to the rules.
                None => by_rules(cells, unit, *frame),
            })));
        }
        Some(trial("together", judged))
    }

    /// Labels of whole documents, on those that people coded as a whole.
    pub(super) fn of_documents(&self) -> Option<MeasuredRows> {
        let by_people = document_verdicts(&self.people.codings);
        let mut verdicts = Verdicts::new();
        for frame in &self.labels.labels.frames {
            let coded = by_people.get(self.id(*frame)).into_iter().flatten();
            let of_units = coded.map(|(id, (present, inclusion))| {
                let weight = inclusion.map_or(1.0, f64::recip);
                (UnitKey { document: id, sentence: None }, WeightedVerdict { present: *present, weight })
            });
            verdicts.insert(*frame, of_units.collect());
        }
        let rows = self.rows(&verdicts)?;
        let trials = vec![self.own(&rows)];
        Some(MeasuredRows { truth: rows.truth, trials })
    }

    /// Precision and recall of the labels by frame, in all coded sentences, by group and by period.
    pub(super) fn cells(&self, cells: &CodedCells<'_>) -> Vec<CellQuality> {
        let mut found = Vec::new();
        for (place, frame) in self.labels.labels.frames.iter().enumerate() {
            let coded = cells.coded()[*frame].iter().filter(|it| self.said.contains_key(&coded_unit(it)));
            let coded: Vec<CodedSentence> = coded.cloned().collect();
            let is_found =
                |it: &CodedSentence| self.said.get(&coded_unit(it)).is_some_and(|labels| labels[place].present);
            if !coded.is_empty() {
                found.extend(cells.measured(TrialName { design: DESIGN, scorer: "labels" }, *frame, &coded, is_found));
            }
        }
        found
    }

    fn id(&self, frame: usize) -> &str {
        &self.project.codebook.frames[frame].id
    }

    /// The units that have labels and in which every frame was coded that was coded at all; `None` where there are none.
    fn rows(&self, verdicts: &Verdicts<'_>) -> Option<LabelRows<'a>> {
        let frames: Vec<usize> = verdicts.iter().filter(|(_, units)| !units.is_empty()).map(|it| *it.0).collect();
        let is_coded = |unit: &&UnitKey<'_>| frames.iter().all(|frame| verdicts[frame].contains_key(*unit));
        let units: Vec<UnitKey<'_>> = self.said.keys().filter(is_coded).copied().collect();
        let first = *frames.first()?;
        let weights: Vec<f64> = units.iter().map(|unit| verdicts[&first][unit].weight).collect();
        #[expect(clippy::cast_precision_loss, reason = "coded units stay far below 2^53")]
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let documents = units.iter().map(|unit| self.people.documents.get(unit.document));
        let texts: Vec<&str> = documents.map(|document| document.map_or("", |document| document.content())).collect();
        let truth = Truth {
            labels: frames.iter().map(|frame| self.id(*frame).to_owned()).collect(),
            is_exclusive: false,
            carried: units
                .iter()
                .map(|unit| frames.iter().map(|frame| verdicts[frame][unit].present).collect())
                .collect(),
            // The copies of a text are no independent witnesses.
            groups: group_numbers(&texts),
            weights: weights.iter().map(|weight| weight / mean).collect(),
        };
        (!units.is_empty()).then_some(LabelRows { frames, units, truth })
    }

    /// What the labels say of the rows.
    fn own(&self, rows: &LabelRows<'_>) -> Trial {
        let places: Vec<usize> =
            rows.frames.iter().filter_map(|frame| self.labels.labels.frames.binary_search(frame).ok()).collect();
        let judge = |unit: &UnitKey<'_>| {
            let said = self.said.get(unit).map_or(&[][..], Vec::as_slice);
            predicted(places.iter().map(|place| (said[*place].certainty(), said[*place].present)))
        };
        let is_bare = !self.labels.labels.has_probabilities;
        let note = self.labels.labels.name.clone();
        Trial { note, is_bare, ..trial("labels", rows.units.iter().map(judge).collect()) }
    }
}

/// A scorer tried on the codings that it was to learn from, and these codings.
pub(super) struct CrossValidated<'a> {
    pub(super) trial: &'a Trial,
    pub(super) labelled: &'a TrainingLabels,
}

/// Coded units that have labels.
struct LabelRows<'a> {
    /// Places in the codebook.
    frames: Vec<usize>,
    units: Vec<UnitKey<'a>>,
    truth: Truth,
}

fn trial(scorer: &str, judged: Vec<Prediction>) -> Trial {
    let (scorer, note, unlearnable) = (scorer.to_owned(), String::new(), Vec::new());
    Trial { design: DESIGN, scorer, note, is_bare: false, judged, unlearnable }
}

/// Probabilities in millionths, and hits.
fn predicted(said: impl Iterator<Item = (u32, bool)>) -> Prediction {
    let (probabilities, carried) = said.map(|(share, hit)| (f64::from(share) / 1e6, hit)).unzip();
    Prediction { carried, probabilities }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability is in [0, 1]")]
fn millionths(share: f64) -> u32 {
    (share * 1e6).round() as u32
}

fn coded_unit(coded: &CodedSentence) -> UnitKey<'_> {
    UnitKey { document: &coded.document, sentence: Some(coded.sentence) }
}

/// What people say of sentences, and how many each stands for.
fn verdicts(coded: &[CodedSentence]) -> BTreeMap<UnitKey<'_>, WeightedVerdict> {
    let verdict = |it: &CodedSentence| WeightedVerdict { present: it.present, weight: it.weight };
    coded.iter().map(|it| (coded_unit(it), verdict(it))).collect()
}

/// What the rules say of a frame in a sentence: the probability in millionths, and whether it is a hit.
fn by_rules(cells: &CodedCells<'_>, unit: &UnitKey<'_>, frame: usize) -> (u32, bool) {
    cells.by_rules(unit.document, unit.sentence.unwrap_or_default(), frame)
}
