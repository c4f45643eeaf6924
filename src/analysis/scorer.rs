//! The scorer of a study: learnt from its hand codings before the corpus is coded.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::codings::{self, StudyCodings};
use crate::analysis::error::AnalysisError;
use crate::analysis::pass::PassPlan;
use crate::analysis::project::Project;
use crate::analysis::scorer_file::of_file;
use crate::analysis::walk::each_of;
use crate::analysis::watch::Watcher;
use crate::analysis::whole_lessons;
use crate::corpus::read_text;
use crate::learning::features::FeatureFamily;
use crate::learning::frames::{FrameRows, LearntFrames, learn_frames};
use crate::learning::tables::group_numbers;
use crate::learning::{
    Choice, Extracted, FORMAT, Fingerprint, FrameScorer, FrameTraining, HeldOut, Instrument, LEAST_SENTENCES,
    LabelSource, Model, RuleScores, RuleSheet, Settings, TableColumns, TrainingLabels, TrainingRows, extract, fit,
    frame_settings, labels_by_rules, rule_label_settings, training_labels,
};
use crate::model::{CodedDocument, Document, ScorerKind, Unit};
use crate::report::{Input, InputRole, Staging, counted};
use crate::study::{Coder, count_by_rules};
use crate::validate::Votes;

/// Name of the file that holds what was learnt.
pub(super) const SCORER: &str = "scorer.json";

/// Hand codings of a study beside the sentences or documents they are of, ready to learn from and to measure with.
#[derive(Debug)]
pub struct TrainingSet {
    /// What is learnt, by sentence or document.
    pub labelled: TrainingLabels,
    /// By row, the text it is from: copies of one text are one group.
    pub groups: Vec<usize>,
    /// By row, the outlet it is from.
    pub outlets: Vec<usize>,
    /// The features of the rows.
    pub extracted: Extracted,
    /// What the rules say of the rows; `None` where the rules teach.
    pub rules: Option<RuleScores>,
    /// How to learn.
    pub settings: Settings,
    /// Who teaches.
    pub label_source: LabelSource,
    /// The codings' files, for the manifest; none where the rules teach.
    pub inputs: Vec<Input>,
    /// What the user should know of them.
    pub notes: Vec<String>,
}

/// The scorer that the last run of a study learnt, if it fits codebook, codings, seed and program as they are now.
///
/// # Errors
/// When the codings cannot be read.
pub(super) fn recorded(project: &Project) -> Result<Option<FrameScorer>, AnalysisError> {
    match project.study.scorer {
        ScorerKind::Labels => return Ok(None),
        ScorerKind::File => return of_file(project),
        ScorerKind::Rules | ScorerKind::TaughtByRules => {}
    }
    let codebook = project.codebook_fingerprint();
    let (label_source, training) = match (project.study.codings.is_empty(), project.study.scorer) {
        (false, _) => (LabelSource::Coders, recorded_codings(project)?.sha256),
        (true, ScorerKind::TaughtByRules) => (LabelSource::Rules, codebook.clone().unwrap_or_default().sha256),
        (true, ScorerKind::Rules | ScorerKind::Labels | ScorerKind::File) => return Ok(None),
    };
    let Ok(text) = read_text(&project.output.join(SCORER)) else { return Ok(None) };
    // A file that is damaged or of another version is no trouble: it is learnt anew, to the same end.
    let Ok(model) = Model::parse(&text) else { return Ok(None) };
    // By content, not by date: a codebook that was saved again unchanged need not be learnt from again.
    let fits = model.version == env!("CARGO_PKG_VERSION")
        && model.codebook == codebook
        && model.training.sha256 == training
        && model.seed == project.study.seed
        && model.encoder.as_ref() == project.vectors.as_ref().map(|file| &file.record);
    let ready = || FrameScorer::new(model, label_source, &project.codebook).with_vectors(project.shared_vectors());
    // The study may have changed what is compared since: sentences, a voice, so many sentences of a document.
    Ok(fits.then(ready).filter(|scorer| whole_lessons::fit(project, &scorer.choices())))
}

/// Whether the last run learnt a scorer that codes whole documents where the study no longer asks for these, or it cannot be
/// read any more: what it counted is then of another unit.
pub(super) fn counted_other_units(project: &Project) -> bool {
    let text = read_text(&project.output.join(SCORER)).ok();
    let model = text.and_then(|text| Model::parse(&text).ok());
    let source = LabelSource::Coders;
    model.is_none_or(|model| {
        let choices = FrameScorer::new(model, source, &project.codebook).choices();
        !whole_lessons::fit(project, &choices)
    })
}

fn recorded_codings(project: &Project) -> Result<Fingerprint, AnalysisError> {
    Ok(codings::fingerprint(&codings::inputs(
        project,
        &codings::read(project)?,
        InputRole::Codings,
        &project.study.codings,
    ))
    .unwrap_or_default())
}

/// Writes what was learnt, with what the coded corpus says of the choices between scorer and rules.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(
    scorer: &FrameScorer,
    choices: &[(String, Choice)],
    staging: &mut Staging,
) -> Result<(), AnalysisError> {
    let mut model = scorer.model().clone();
    if let Some(frames) = &mut model.frames {
        frames.choices = choices.iter().map(|(_, choice)| choice.clone()).collect();
    }
    let text = model.to_text()?;
    Ok(staging.write(SCORER, text.as_bytes())?)
}

impl TrainingSet {
    /// The training set of a study whose hand codings can teach, or whose rules do; `None` of one that scores by rules alone.
    ///
    /// # Errors
    /// When the corpus cannot be read, or the rules find too little.
    pub(super) fn of(
        project: &Project,
        people: Option<&mut StudyCodings>,
        watcher: &dyn Watcher,
    ) -> Result<Option<Self>, AnalysisError> {
        match (people, project.study.scorer) {
            (_, ScorerKind::File) | (None, ScorerKind::Rules | ScorerKind::Labels) => Ok(None),
            (Some(people), _) => Ok(Self::of_codings(project, people)),
            (None, ScorerKind::TaughtByRules) => Self::of_rules(project, &BTreeSet::new(), watcher).map(Some),
        }
    }

    /// What the rules find in the corpus, sentences of the documents in `spared` left out.
    ///
    /// # Errors
    /// When the corpus cannot be read, or the rules find too little.
    pub(super) fn of_rules(
        project: &Project,
        spared: &BTreeSet<&str>,
        watcher: &dyn Watcher,
    ) -> Result<Self, AnalysisError> {
        let (mut sheets, mut votes) = (BTreeMap::new(), Votes::default());
        let digest = |_: &Document, coded: CodedDocument| Ok(coded);
        let coder = Coder { codebook: &project.codebook, scorer: None, labels: None };
        PassPlan { project, coder: &coder, step: "learning", watcher }.execute(digest, |document, coded| {
            // Also of spared documents, whose sentences teach nothing: how rules agree with each other is no hand
            // coding.
            votes.add(&coded);
            if !spared.contains(&document.id[..]) {
                sheets.insert(document.id.clone(), sheet(document, &coded));
            }
            Ok(())
        })?;
        let trust = votes.accuracies(&project.codebook);
        let labelled = labels_by_rules(&project.codebook, &sheets, &trust, project.study.seed);
        let documents = documents(project, &labelled, watcher)?;
        if labelled.frames.is_empty() {
            return Err(nothing_to_teach(project, &sheets));
        }
        let notes = too_few(&labelled).into_iter().collect();
        Ok(Self { notes, ..Self::new(project, LabelSource::Rules, labelled, &documents) })
    }

    /// Ready to learn from, without its files and notes.
    fn new(
        project: &Project,
        label_source: LabelSource,
        labelled: TrainingLabels,
        documents: &BTreeMap<String, Document>,
    ) -> Self {
        let mut settings = match label_source {
            LabelSource::Coders => frame_settings(project.study.seed),
            LabelSource::Rules => rule_label_settings(project.study.seed),
        };
        // Vectors are of sentences; a document as a whole has none.
        if project.vectors.is_some() && labelled.unit == Unit::Sentence {
            settings.families.push(FeatureFamily::Encoder);
        }
        let (families, codebook) = (settings.families.clone(), Some(&project.codebook));
        let vectors = project.vectors.as_ref().map(|file| &*file.vectors);
        let instrument = Instrument { families, codebook, context: Vec::new(), vectors };
        let extracted = extract(&instrument, &labelled.examples(documents));
        let by = |name: fn(&Document) -> &str| {
            let names = labelled.units.iter().map(|(document, _)| documents.get(document).map_or("", name));
            group_numbers(&names.collect::<Vec<_>>())
        };
        let (groups, outlets) = (by(Document::content), by(|document| &document.outlet));
        let rules = match label_source {
            LabelSource::Coders => RuleScores::new(&project.codebook, &labelled.frames, &extracted),
            LabelSource::Rules => None,
        };
        let rules = match labelled.unit {
            Unit::Sentence => rules,
            Unit::Document => {
                let coded = labelled.units.iter().filter_map(|(id, _)| documents.get(id));
                let counted = count_by_rules(&project.codebook, &labelled.frames, coded);
                rules.map(|rules| rules.of_documents(counted))
            }
        };
        let (inputs, notes) = (Vec::new(), Vec::new());
        Self { labelled, groups, outlets, extracted, rules, settings, label_source, inputs, notes }
    }

    /// What these codings teach: those of sentences, and where these are too few those of whole documents; `None`, with a note,
    /// where no frame was coded often enough.
    fn of_codings(project: &Project, people: &mut StudyCodings) -> Option<Self> {
        let mut labelled = training_labels(&project.codebook, &people.codings, Unit::Sentence);
        let of_documents = whole_lessons::teaching(project, &people.codings);
        if labelled.frames.is_empty() && !of_documents.is_empty() {
            labelled = training_labels(&project.codebook, &of_documents, Unit::Document);
        }
        let mut notes = notes(&labelled);
        notes.extend(too_few(&labelled));
        if labelled.frames.is_empty() || labelled.units.is_empty() {
            let is_told = people.codings.iter().any(|coding| coding.sentence.is_some()) || !of_documents.is_empty();
            people.notes.extend(is_told.then(|| {
                let unit = labelled.unit.as_str();
                format!("Nothing is learnt from them: no frame has {LEAST_SENTENCES} coded {unit}s with it and as many without it")
            }));
            return None;
        }
        let inputs = people.inputs.clone();
        Some(Self { inputs, notes, ..Self::new(project, LabelSource::Coders, labelled, &people.documents) })
    }

    /// Learns from all of it.
    ///
    /// # Errors
    /// When a learner fails.
    pub(super) fn learn(&self, project: &Project) -> Result<FrameScorer, AnalysisError> {
        let Self { labelled, groups, extracted, settings, label_source, .. } = self;
        let picked: Vec<u32> = (0..groups.len()).map(|row| u32::try_from(row).unwrap_or(u32::MAX)).collect();
        let rows = TrainingRows { picked: &picked, groups };
        let (weights, frames) = match &self.rules {
            None => (fit(extracted, &labelled.questions, &rows, settings)?, None),
            Some(rules) => {
                let learnt = learn_frames(&self.frame_rows(rules), &rows, settings)?;
                let frames = self.frame_lessons(&learnt);
                (learnt.weights, Some(frames))
            }
        };
        let model = Model {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            shape: labelled.shape(),
            columns: TableColumns {
                text: "text".to_owned(),
                labels: labelled.frames.clone(),
                ..TableColumns::default()
            },
            codebook: project.codebook_fingerprint(),
            training: codings::fingerprint(&self.inputs).or_else(|| project.codebook_fingerprint()).unwrap_or_default(),
            rows: groups.len() as u64,
            groups: groups.iter().max().map_or(0, |last| *last as u64 + 1),
            thresholds: settings.aim,
            seed: settings.seed,
            folds: settings.folds,
            families: settings.families.clone(),
            vocabulary: weights.vocabulary(extracted, &settings.families),
            measures: extracted.measure_names.clone(),
            measure_weights: weights.measures().to_vec(),
            measure_centres: weights.centres().to_vec(),
            encoder: project.vectors.as_ref().map(|file| file.record.clone()),
            frames,
            answers: weights.answers,
        };
        let scorer = FrameScorer::new(model, *label_source, &project.codebook);
        Ok(scorer.with_vectors(project.shared_vectors()))
    }

    /// The coded rows, with what `rules` say of them.
    pub(super) fn frame_rows<'a>(&'a self, rules: &'a RuleScores) -> FrameRows<'a> {
        let TrainingLabels { questions, weights, .. } = &self.labelled;
        FrameRows { extracted: &self.extracted, questions, weights, rules }
    }

    fn frame_lessons(&self, learnt: &LearntFrames) -> FrameTraining {
        let held_out = |(place, (document, sentence)): (usize, &(String, Option<usize>))| HeldOut {
            document: document.clone(),
            sentence: *sentence,
            scores: learnt.held_out.iter().map(|scores| scores[place]).collect(),
        };
        FrameTraining {
            choices: learnt.choices.clone(),
            held_out: self.labelled.units.iter().enumerate().map(held_out).collect(),
        }
    }
}

fn notes(labelled: &TrainingLabels) -> Vec<String> {
    let mut notes = Vec::new();
    let unit = format!("coded {}", labelled.unit.as_str());
    let mut note = |count: usize, why: &str| {
        if count > 0 {
            notes.push(format!("{} left out: {why}", counted(count as u64, &unit)));
        }
    };
    note(labelled.incomplete, "not every frame that is learnt was coded there");
    if labelled.unweighted > 0 {
        let units = counted(labelled.unweighted as u64, &unit);
        notes.push(format!("{units} without inclusion_probability, so all count alike"));
    }
    notes
}

fn too_few(labelled: &TrainingLabels) -> Option<String> {
    let frames = labelled.too_few.join(", ");
    let unit = labelled.unit.as_str();
    let note =
        format!("Scored by rules alone, as fewer than {LEAST_SENTENCES} coded {unit}s are with or without: {frames}");
    (!frames.is_empty()).then_some(note)
}

/// What is too few where the rules can teach nothing: the frame that they find most often, in so many of all sentences.
fn nothing_to_teach(project: &Project, sheets: &BTreeMap<String, RuleSheet>) -> AnalysisError {
    let found = |frame: usize| {
        let sentences = sheets.values().flatten();
        sentences.filter(|(_, found)| found.iter().any(|(other, _)| *other == frame)).count() as u64
    };
    let frames = project.codebook.frames.iter().enumerate();
    let most = frames.map(|(place, frame)| (found(place), &frame.id)).max_by_key(|(count, _)| *count);
    let sentences: usize = sheets.values().map(Vec::len).sum();
    let most = match most {
        Some((count, frame)) if count > 0 => {
            format!("{frame}, found most often, is in {count} of {}", counted(sentences as u64, "sentence"))
        }
        _ => format!("no rule matches in {}", counted(sentences as u64, "sentence")),
    };
    AnalysisError::NothingToTeach { study: project.name.clone(), least: LEAST_SENTENCES, most }
}

/// What the rules found in each sentence.
fn sheet(document: &Document, coded: &CodedDocument) -> RuleSheet {
    // The text's sentences count from 1 whether or not there is a title.
    let first = usize::from(document.title().trim().is_empty());
    let mut sheet: RuleSheet = (first..first + coded.sentences).map(|number| (number, Vec::new())).collect();
    for coding in coded.codings.iter().filter(|coding| coding.hit) {
        if let Some((_, found)) = sheet.get_mut(coding.sentence - first) {
            found.push((coding.frame, coding.cues.iter().map(|cue| cue.rule).collect()));
        }
    }
    sheet
}

/// The coded documents.
fn documents(
    project: &Project,
    labelled: &TrainingLabels,
    watcher: &dyn Watcher,
) -> Result<BTreeMap<String, Document>, AnalysisError> {
    let mut documents = BTreeMap::new();
    each_of(project, "learning", &labelled.documents(), watcher, |document| {
        documents.insert(document.id.clone(), document);
    })?;
    Ok(documents)
}
