//! `evaluate`: how good is a scorer on codings it has not seen? Four side by side, with intervals.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Coded, Common};
use crate::cli::coded::{
    Prepared, columns_of, families, instrument, output, prepare, read_codebook, read_model, settings, spare,
};
use crate::cli::codings::StudyCodings;
use crate::cli::failure::Failure;
use crate::cli::project::Project;
use crate::cli::scorer::Course;
use crate::cli::terminal::{ALARM, HEADING, columns, counted, harmless, styled};
use crate::cli::{Verdict, interrupt, progress};
use crate::codebook::Codebook;
use crate::corpus::Record;
use crate::learning::LEAST_SENTENCES;
use crate::learning::evaluate::Bench;
use crate::learning::features::Family;
use crate::learning::frames::FrameRows;
use crate::learning::tables::group_numbers;
use crate::learning::{Lessons, ScoreMemory, Scorer, Settings, Shape, UnitReader, extract, without_rules};
use crate::model::{Prediction, Truth};
use crate::report::{Evaluated, confusion_table, evaluation_table, fixed, reliability_table, write_together};
use crate::stats::Seed;
use crate::stats::learning::Folds;
use crate::study::{Coder, Workspace, code};
use crate::validate::{Estimate, Metric, compare_scorers, confusion, reliability};

/// Most sets of outlets that are held out one after the other.
const MOST_OUTLET_SETS: usize = 10;

/// The scorer that has learnt from the rules alone.
const TAUGHT: &str = "rules and statistics they taught";

/// How rows are held out.
pub(super) struct Design<'a> {
    pub(super) folds: usize,
    pub(super) outlet: Option<&'a str>,
    pub(super) ablate: bool,
}

/// What one scorer said of every row.
struct Trial {
    design: &'static str,
    scorer: String,
    note: String,
    judged: Vec<Prediction>,
}

/// What is measured, for the tables and the summary.
struct Subject {
    /// The file.
    name: String,
    /// How much was read and kept.
    tally: String,
    /// What the user should know.
    notes: Vec<String>,
    rows: u64,
    groups: u64,
}

impl Subject {
    fn of(prepared: &Prepared) -> Self {
        Self {
            name: prepared.table.file.clone(),
            tally: prepared.tally(),
            notes: prepared.notes.clone(),
            rows: prepared.kept.len() as u64,
            groups: prepared.group_count(),
        }
    }
}

/// Cross-validates on the hand codings of a study and writes the tables.
pub(super) fn evaluate_study(coded: &Coded, design: &Design<'_>, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(&coded.table, common)?;
    let folder = common.output.clone().unwrap_or_else(|| project.output.clone());
    let output = folder.join("evaluation.csv");
    let Some(mut people) = StudyCodings::of(&project, common)? else {
        return Err(Failure::NoCodings { study: project.name });
    };
    let Some(course) = Course::of(&project, Some(&mut people), common)? else {
        let StudyCodings { notes, .. } = people;
        let file = project.study.codings.join(", ");
        return Err(Failure::NothingToLearn { file, least: LEAST_SENTENCES, notes });
    };
    let Course { lessons, groups, extracted, settings, .. } = &course;
    let families = settings.families.iter().copied().filter(|family| !coded.without.contains(family)).collect();
    let settings = Settings { families, ..settings.clone() };
    let (questions, weights) = (&lessons.questions[..], &lessons.weights[..]);
    let bench = Bench { extracted, questions, shape: &lessons.shape(), groups, weights };
    let frames = course.rules.as_ref().map(|rules| course.frame_rows(rules));
    let codebook = Some(&project.codebook);
    let seed = project.study.seed;
    let folds = bench.folds(design.folds, seed);
    let rules = (codebook, frames.as_ref());
    let mut trials = trials(&bench, ("cross-validation", &folds), rules, (&settings, design.ablate), common)?;
    if let Some(judged) = taught_by_rules(&project, lessons, common)? {
        let note = "learnt from what the rules find in the other documents of the corpus".to_owned();
        let scorer = TAUGHT.to_owned();
        trials.insert(trials.len() - 1, Trial { design: "cross-validation", scorer, note, judged });
    }
    let apart = Bench { groups: &course.outlets, ..bench };
    let folds = apart.folds(MOST_OUTLET_SETS, seed);
    if folds.count() > 1 {
        trials.extend(self::trials(&apart, ("held-out outlets", &folds), rules, (&settings, false), common)?);
    }
    let sentences = counted(groups.len() as u64, "coded sentence");
    let subject = Subject {
        name: project.study.codings.join(", "),
        tally: format!("{sentences} for {}", counted(lessons.frames.len() as u64, "frame")),
        notes: people.notes.iter().chain(&course.notes).cloned().collect(),
        rows: groups.len() as u64,
        groups: groups.iter().max().map_or(0, |last| *last as u64 + 1),
    };
    finish(&subject, &bench.truth(), &trials, (&output, seed), common)
}

/// What a scorer says of the coded sentences that has learnt from the rules alone, on documents without a coded sentence;
/// `None` where the rules find too little there.
fn taught_by_rules(project: &Project, lessons: &Lessons, common: &Common) -> Result<Option<Vec<Prediction>>, Failure> {
    let coded = lessons.documents();
    let scorer = match Course::of_rules(project, &coded, common) {
        Ok(course) => course.learn(project)?,
        Err(Failure::NothingToLearn { .. }) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let taught = Coder { codebook: &project.codebook, scorer: Some(&scorer) };
    let (mut found, mut workspace) = (BTreeMap::new(), Workspace::default());
    let mut corpus = project.corpus()?;
    while let Some(record) = corpus.next_record()? {
        let Record::Kept(document) = record else { continue };
        if coded.contains(&document.id[..]) {
            for coding in code(&taught, &document, &mut workspace).codings {
                let frame = &project.codebook.frames[coding.frame].id;
                found.insert((document.id.clone(), coding.sentence, &frame[..]), (coding.probability, coding.hit));
            }
        }
    }
    let judge = |(document, sentence): &(String, usize)| {
        let of_frame = |frame: &String| found.get(&(document.clone(), *sentence, &frame[..])).copied();
        let said = lessons.frames.iter().map(|frame| of_frame(frame).unwrap_or((0, false)));
        let (probabilities, carried) = said.map(|(share, hit)| (f64::from(share) / 1e6, hit)).unzip();
        Prediction { carried, probabilities }
    };
    Ok(Some(lessons.sentences.iter().map(judge).collect()))
}

/// Cross-validates on the table and writes the tables.
pub(super) fn evaluate(coded: &Coded, design: &Design<'_>, common: &Common) -> Result<Verdict, Failure> {
    let output = output(common, "evaluation.csv");
    spare(&output, &[&coded.table])?;
    let codebook = read_codebook(coded.codebook.as_deref())?;
    let columns = columns_of(coded);
    let prepared = prepare(coded, &columns, (coded.multi_label, None))?;
    let settings = settings(coded, families(&columns, codebook.is_some(), &coded.without))?;
    let instrument = instrument(settings.families.clone(), codebook.as_ref(), &columns);
    let extracted = extract(&instrument, &prepared.examples());
    let (questions, shape) = (&prepared.questions, &prepared.shape);
    let bench = Bench { extracted: &extracted, questions, shape, groups: &prepared.groups, weights: &[] };
    let codebook = codebook.as_ref().map(|it| &it.codebook);
    let folds = bench.folds(design.folds, coded.seed);
    if folds.count() < 2 {
        return Err(Failure::OneGroup { file: prepared.table.file });
    }
    let mut subject = Subject::of(&prepared);
    subject.notes.extend(shortcomings(&bench, &folds, design.folds));
    let rules = (codebook, None);
    let mut trials = trials(&bench, ("cross-validation", &folds), rules, (&settings, design.ablate), common)?;
    if let Some(outlet) = design.outlet {
        let outlets = outlet_groups(&prepared, outlet)?;
        let apart = Bench { groups: &outlets, ..bench };
        let folds = apart.folds(MOST_OUTLET_SETS, coded.seed);
        if folds.count() < 2 {
            subject.notes.push("all rows are of one outlet, so that none can be held out".to_owned());
        } else {
            trials.extend(self::trials(&apart, ("held-out outlets", &folds), rules, (&settings, false), common)?);
        }
    }
    finish(&subject, &bench.truth(), &trials, (&output, coded.seed), common)
}

/// What folds cannot do: be as many as asked for, and leave rows of every label to learn from.
fn shortcomings(bench: &Bench<'_>, folds: &Folds, asked: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if folds.count() < asked {
        notes
            .push(format!("{} instead of {asked}, as there are no more groups", counted(folds.count() as u64, "fold")));
    }
    let truth = bench.truth();
    let is_unseen =
        |label: usize| (0..folds.count()).any(|fold| folds.outside(fold).all(|row| !truth.carried[row][label]));
    let unseen: Vec<&str> =
        (0..truth.labels.len()).filter(|label| is_unseen(*label)).map(|it| &*truth.labels[it]).collect();
    if !unseen.is_empty() {
        let labels = harmless(&unseen.join(", ")).into_owned();
        notes.push(format!("all rows of a label are in one fold, so that it is never learnt there: {labels}"));
    }
    notes
}

/// Measures a model on the table and writes the tables.
pub(super) fn evaluate_model(coded: &Coded, path: &Path, common: &Common) -> Result<Verdict, Failure> {
    let output = output(common, "evaluation.csv");
    spare(&output, &[&coded.table, path])?;
    let codebook = read_codebook(coded.codebook.as_deref())?;
    let model = read_model(path)?;
    model
        .accept_codebook(codebook.as_ref().map(|it| &it.fingerprint))
        .map_err(|error| Failure::Model { file: path.display().to_string(), error })?;
    let scorer = Scorer::new(model);
    let model = scorer.model();
    let is_multi_label = matches!(model.shape, Shape::Labels(_));
    let prepared = prepare(coded, &model.columns, (is_multi_label, Some(&model.shape)))?;
    let instrument = scorer.instrument(codebook.as_ref().map(|it| &it.codebook));
    let (mut reader, mut memory) = (UnitReader::default(), ScoreMemory::default());
    let judge = |example| {
        let said = reader.with_unit(&instrument, example, |unit| scorer.score(unit, &mut memory));
        Prediction { carried: said.carried, probabilities: said.probabilities }
    };
    let judged = prepared.examples().iter().map(judge).collect();
    let extracted = crate::learning::Extracted::default();
    let (questions, shape) = (&prepared.questions, &prepared.shape);
    let bench = Bench { extracted: &extracted, questions, shape, groups: &prepared.groups, weights: &[] };
    let all: Vec<usize> = (0..prepared.kept.len()).collect();
    let design = "held-out table";
    let majority = Trial {
        design,
        scorer: "majority".to_owned(),
        note: "shares of the table itself".to_owned(),
        judged: vec![bench.shares(&all); all.len()],
    };
    let trials = [majority, Trial { design, scorer: "together".to_owned(), note: String::new(), judged }];
    finish(&Subject::of(&prepared), &bench.truth(), &trials, (&output, coded.seed), common)
}

/// The group of each row when outlets are held out: its outlet; rows without one stand alone.
fn outlet_groups(prepared: &Prepared, outlet: &str) -> Result<Vec<usize>, Failure> {
    let column = prepared.table.column(outlet)?;
    let names: Vec<&str> = prepared.kept.iter().map(|row| &*prepared.table.rows[*row][column]).collect();
    Ok(group_numbers(&names))
}

fn trials(
    bench: &Bench<'_>,
    (design, folds): (&'static str, &Folds),
    (codebook, frames): (Option<&Codebook>, Option<&FrameRows<'_>>),
    (settings, ablate): (&Settings, bool),
    common: &Common,
) -> Result<Vec<Trial>, Failure> {
    let ablated: Vec<Family> = if ablate { settings.families.clone() } else { Vec::new() };
    let all = &settings.families;
    let bar = progress::steps("evaluating", common);
    bar.set_length(3 + ablated.len() as u64);
    let cross_validated = |families: &[Family]| -> Result<Vec<Prediction>, Failure> {
        interrupt::check()?;
        let settings = Settings { families: families.to_vec(), ..settings.clone() };
        // Without a family, or the rules, the scorer is to show what it can do alone.
        let is_whole = families.len() == all.len();
        let judged = match frames.filter(|_| is_whole) {
            Some(frames) => bench.frames_cross_validated(frames, folds, &settings)?,
            None => bench.cross_validated(folds, &settings)?,
        };
        bar.inc(1);
        Ok(judged)
    };
    let trial =
        |scorer: &str, note: &str, judged| Trial { design, scorer: scorer.to_owned(), note: note.to_owned(), judged };
    let mut trials = vec![trial("majority", "", bench.majority(folds))];
    let statistics = without_rules(&settings.families);
    let together = cross_validated(&settings.families)?;
    match codebook {
        None => {
            trials.push(trial("rules", "no codebook", Vec::new()));
            trials.push(trial("statistics", "", together.clone()));
        }
        Some(codebook) => {
            trials.push(if let Some(judged) = bench.rules_as_written(codebook) {
                trial("rules", "the codebook as written", judged)
            } else {
                let note = "weights learnt, since the labels are not frames of the codebook";
                trial("rules", note, cross_validated(&[Family::Rules])?)
            });
            trials.push(trial("statistics", "", cross_validated(&statistics)?));
        }
    }
    for family in ablated {
        let rest: Vec<Family> = settings.families.iter().copied().filter(|other| *other != family).collect();
        let name = format!("without {}", family.definition().name);
        trials.push(trial(&name, "", cross_validated(&rest)?));
    }
    let note = if codebook.is_none() { "the same as statistics, without a codebook" } else { "" };
    trials.push(trial("together", note, together));
    bar.finish_and_clear();
    Ok(trials)
}

/// Measures the trials, writes the tables and says the most important.
fn finish(
    subject: &Subject,
    truth: &Truth,
    trials: &[Trial],
    (output, seed): (&Path, u64),
    common: &Common,
) -> Result<Verdict, Failure> {
    let mut evaluated = Vec::new();
    let (mut confusions, mut bins) = (Vec::new(), Vec::new());
    for design in trials.chunk_by(|a, b| a.design == b.design) {
        let made: Vec<&Trial> = design.iter().filter(|trial| !trial.judged.is_empty()).collect();
        let judged: Vec<Vec<Prediction>> = made.iter().map(|trial| trial.judged.clone()).collect();
        let found = compare_scorers(truth, &judged, Seed::new(seed));
        let part = |trial: &Trial, less: Option<&Trial>, estimates: Vec<Estimate>| Evaluated {
            design: trial.design.to_owned(),
            scorer: trial.scorer.clone(),
            less: less.map(|less| less.scorer.clone()),
            estimates,
            rows: subject.rows,
            groups: subject.groups,
            note: less.unwrap_or(trial).note.clone(),
        };
        let mut measures = found.measures.into_iter();
        for trial in design {
            let undefined = || Metric::ALL.map(|metric| Estimate { label: None, metric, value: None, interval: None });
            let estimates =
                if trial.judged.is_empty() { Some(undefined().to_vec()) } else { measures.next() }.unwrap_or_default();
            evaluated.push(part(trial, None, estimates));
        }
        if let Some(last) = made.last() {
            for (trial, differences) in made.iter().zip(found.differences).filter(|(_, found)| !found.is_empty()) {
                evaluated.push(part(last, Some(trial), differences));
            }
        }
        for trial in made {
            confusions.push((trial.design, &*trial.scorer, confusion(truth, &trial.judged)));
            bins.push((trial.design, &*trial.scorer, reliability(truth, &trial.judged)));
        }
    }
    let beside = |kind: &str| beside(output, kind);
    write_together(&[
        (output.to_path_buf(), evaluation_table(&evaluated, &truth.labels)?),
        (beside("confusion"), confusion_table(&confusions)?),
        (beside("reliability"), reliability_table(&bins, &truth.labels)?),
    ])?;
    if !common.quiet {
        print(subject, &evaluated, output)?;
    }
    Ok(Verdict::Fine)
}

/// `evaluation-confusion.csv` beside `evaluation.csv`.
fn beside(output: &Path, kind: &str) -> PathBuf {
    let stem = output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!("{stem}-{kind}.csv"))
}

/// The columns of the summary.
const SHOWN: [(Metric, &str); 5] = [
    (Metric::MacroF1, "macro F1"),
    (Metric::BalancedF1, "balanced F1"),
    (Metric::Accuracy, "accuracy"),
    (Metric::Auc, "AUC"),
    (Metric::CalibrationError, "calibration error"),
];

fn print(subject: &Subject, evaluated: &[Evaluated], output: &Path) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let groups = counted(subject.groups, "group");
    writeln!(out, "{}: {}, {groups}", harmless(&subject.name), subject.tally)?;
    for note in &subject.notes {
        writeln!(out, "  {}", harmless(note))?;
    }
    for design in evaluated.chunk_by(|a, b| a.design == b.design) {
        writeln!(out, "\n{}", styled(HEADING, &design[0].design))?;
        let head = std::iter::once(String::new()).chain(SHOWN.map(|(_, name)| name.to_owned()));
        let mut rows = vec![head.collect::<Vec<_>>()];
        rows.extend(design.iter().map(summary));
        for line in columns(&rows) {
            writeln!(out, "{line}")?;
        }
    }
    for line in evaluated.iter().filter_map(warning) {
        writeln!(out, "\n{}", styled(ALARM, &line))?;
    }
    let [confusion, reliability] = ["confusion", "reliability"].map(|kind| beside(output, kind));
    writeln!(out, "\n{}, {}, {}", output.display(), confusion.display(), reliability.display())?;
    Ok(())
}

/// What "together" is to better.
const SIMPLER: [&str; 3] = ["rules", "statistics", TAUGHT];

/// Says so where rules or statistics alone are as good as both together, as far as the codings can tell.
fn warning(part: &Evaluated) -> Option<String> {
    let less = part.less.as_deref().filter(|less| SIMPLER.contains(less))?;
    let found = part.estimates.iter().find(|it| it.label.is_none() && it.metric == Metric::MacroF1)?;
    let (value, interval) = (found.value?, found.interval?);
    let is_the_same = less == "statistics" && interval.low.abs().max(interval.high.abs()) < 1e-12;
    let verdict = if is_the_same {
        return None;
    } else if interval.high < 0.0 {
        "is worse than"
    } else if interval.low > 0.0 {
        return None;
    } else {
        "is not surely better than"
    };
    let Evaluated { design, scorer, .. } = part;
    Some(format!(
        "{design}: {scorer} {verdict} {less}, macro F1 {value:+.3} [{:+.3}, {:+.3}]",
        interval.low, interval.high
    ))
}

fn summary(part: &Evaluated) -> Vec<String> {
    let name = match &part.less {
        None => format!("  {}", part.scorer),
        Some(less) => format!("  {} - {less}", part.scorer),
    };
    let cell = |metric: Metric| {
        let found = part.estimates.iter().find(|it| it.label.is_none() && it.metric == metric);
        let short = |value: f64| {
            fixed(Some(value)).chars().rev().skip(3).collect::<Vec<_>>().into_iter().rev().collect::<String>()
        };
        match found.map(|it| (it.value, it.interval)) {
            Some((Some(value), Some(it))) => format!("{} [{}, {}]", short(value), short(it.low), short(it.high)),
            Some((Some(value), None)) => short(value),
            _ => "-".to_owned(),
        }
    };
    std::iter::once(name).chain(SHOWN.map(|(metric, _)| cell(metric))).collect()
}
