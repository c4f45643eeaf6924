//! Precision and recall of rules and scorer, by frame, in all coded sentences, in each group and in each period.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::evaluate::trials::Trial;
use crate::analysis::project::Project;
use crate::coding::{DocumentReader, code};
use crate::compare::DocumentCounts;
use crate::learning::{CodedSentence, TrainingLabels, coded_sentences};
use crate::model::Coding;
use crate::report::{CellMeasure, CellQuality};
use crate::stats::{WeightedTrial, weighted_share};

/// Coded documents with their groups and periods, and what the rules find in them.
pub(super) struct CodedCells<'a> {
    project: &'a Project,
    /// By frame of the codebook.
    coded: Vec<Vec<CodedSentence>>,
    places: BTreeMap<String, Place>,
    /// Document, sentence and frame of each coding of the rules, with its probability in millionths and whether it is a hit.
    by_rules: BTreeMap<(String, usize, usize), (u32, bool)>,
}

/// Where a coded document stands.
struct Place {
    /// Its number among the documents.
    unit: usize,
    group: String,
    period: String,
}

/// What is said of a coded sentence.
struct Row<'r> {
    coded: &'r CodedSentence,
    found: bool,
    place: &'r Place,
}

/// What finds frames, as the rows of its quality name it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrialName<'n> {
    /// How rows were held out.
    pub(super) design: &'n str,
    pub(super) scorer: &'n str,
}

impl<'a> CodedCells<'a> {
    /// Codes the coded documents by the rules.
    ///
    /// # Errors
    /// When the study's comparison cannot be planned.
    pub(super) fn new(project: &'a Project, people: &StudyCodings) -> Result<Self, AnalysisError> {
        let plan = project.plan()?;
        let (mut places, mut by_rules) = (BTreeMap::new(), BTreeMap::new());
        let mut reader = DocumentReader::default();
        for (unit, (id, document)) in people.documents.iter().enumerate() {
            let found = code(&project.codebook, document, &mut reader);
            let counts = DocumentCounts::new(&plan, document, &found);
            let period = counts.period.as_deref().unwrap_or_default().to_owned();
            places.insert(id.clone(), Place { unit, group: counts.group.to_string(), period });
            let said = |it: &Coding| ((id.clone(), it.sentence, it.frame), (it.probability, it.hit));
            by_rules.extend(found.codings.iter().map(said));
        }
        Ok(Self { project, coded: coded_sentences(&project.codebook, &people.codings), places, by_rules })
    }

    /// What the rules say of every frame that people have coded: they need no training, so few codings are enough.
    pub(super) fn of_rules(&self) -> Vec<CellQuality> {
        let of_frame = |(frame, coded): (usize, &Vec<CodedSentence>)| {
            let rows = self.rows(coded, |it| self.by_rules(&it.document, it.sentence, frame).1);
            self.of_frame(TrialName { design: "codebook as written", scorer: "rules" }, frame, &rows)
        };
        self.coded.iter().enumerate().filter(|(_, coded)| !coded.is_empty()).flat_map(of_frame).collect()
    }

    /// What the rules say of a frame in a sentence: the probability in millionths, and whether it is a hit.
    pub(super) fn by_rules(&self, document: &str, sentence: usize, frame: usize) -> (u32, bool) {
        self.by_rules.get(&(document.to_owned(), sentence, frame)).copied().unwrap_or_default()
    }

    /// The sentences that people have coded, by frame of the codebook.
    pub(super) fn coded(&self) -> &[Vec<CodedSentence>] {
        &self.coded
    }

    /// Precision and recall of anyone who finds a frame in some of these sentences.
    pub(super) fn measured(
        &self,
        trial: TrialName<'_>,
        frame: usize,
        coded: &[CodedSentence],
        found: impl Fn(&CodedSentence) -> bool,
    ) -> Vec<CellQuality> {
        self.of_frame(trial, frame, &self.rows(coded, found))
    }

    /// What a scorer that has learnt from the other folds says of the frames that were learnt.
    pub(super) fn of_trial(&self, trial: &Trial, labelled: &TrainingLabels) -> Vec<CellQuality> {
        let row: BTreeMap<(&str, Option<usize>), usize> =
            labelled.units.iter().enumerate().map(|(row, (id, sentence))| ((&id[..], *sentence), row)).collect();
        let mut cells = Vec::new();
        for (label, id) in labelled.frames.iter().enumerate() {
            let Some(frame) = self.project.codebook.frames.iter().position(|frame| frame.id == *id) else { continue };
            let place = |it: &CodedSentence| row.get(&(&it.document[..], Some(it.sentence))).copied();
            let coded: Vec<CodedSentence> =
                self.coded[frame].iter().filter(|it| place(it).is_some()).cloned().collect();
            let rows = self.rows(&coded, |it| place(it).is_some_and(|row| trial.judged[row].carried[label]));
            cells.extend(self.of_frame(TrialName { design: trial.design, scorer: &trial.scorer }, frame, &rows));
        }
        cells
    }

    fn rows<'r>(&'r self, coded: &'r [CodedSentence], found: impl Fn(&CodedSentence) -> bool) -> Vec<Row<'r>> {
        let row =
            |it: &'r CodedSentence| Some(Row { coded: it, found: found(it), place: self.places.get(&it.document)? });
        coded.iter().filter_map(row).collect()
    }

    fn of_frame(&self, trial: TrialName<'_>, frame: usize, rows: &[Row<'_>]) -> Vec<CellQuality> {
        let mut cells = vec![(String::new(), String::new())];
        let groups: BTreeSet<&str> = rows.iter().map(|row| &row.place.group[..]).collect();
        let periods: BTreeSet<&str> =
            rows.iter().map(|row| &row.place.period[..]).filter(|it| !it.is_empty()).collect();
        cells.extend(groups.into_iter().map(|group| (group.to_owned(), String::new())));
        cells.extend(periods.into_iter().map(|period| (String::new(), period.to_owned())));
        let frame = &self.project.codebook.frames[frame].id;
        let mut found = Vec::new();
        for (group, period) in cells {
            let is_inside = |row: &&Row<'_>| {
                (group.is_empty() || row.place.group == group) && (period.is_empty() || row.place.period == period)
            };
            let inside: Vec<&Row<'_>> = rows.iter().filter(is_inside).collect();
            for measure in [CellMeasure::Precision, CellMeasure::Recall] {
                found.push(CellQuality {
                    design: trial.design.to_owned(),
                    scorer: trial.scorer.to_owned(),
                    frame: frame.clone(),
                    group: group.clone(),
                    period: period.clone(),
                    measure,
                    ..quality(measure, &inside)
                });
            }
        }
        found
    }
}

/// The share of the sentences found that people say carry the frame, or of those that carry it that are found.
fn quality(measure: CellMeasure, rows: &[&Row<'_>]) -> CellQuality {
    let is_precision = measure == CellMeasure::Precision;
    let asked = rows.iter().filter(|row| if is_precision { row.found } else { row.coded.present });
    let trial = |row: &&Row<'_>| WeightedTrial {
        unit: row.place.unit,
        weight: row.coded.weight,
        success: row.found && row.coded.present,
    };
    let trials: Vec<WeightedTrial> = asked.map(trial).collect();
    let documents: BTreeSet<usize> = trials.iter().map(|trial| trial.unit).collect();
    let share = weighted_share(&trials);
    CellQuality {
        estimate: share.map(|(share, _)| share),
        interval: share.and_then(|(_, interval)| interval),
        sentences: trials.len() as u64,
        documents: documents.len() as u64,
        ..CellQuality::default()
    }
}
