//! Sentences, or documents as a whole, for human coders, each with the probability it was drawn with.
//!
//! `prospects` lists what may be drawn, `study::draw` draws, `earlier` knows a sample that is added to, `units` looks up the
//! words, `sheets` writes. Not
//! here: how units are drawn (`study::sampling`), and how what comes back is read (`corpus::codings`).

mod earlier;
mod items;
mod prospects;
mod request;
mod sheets;
mod units;

use std::collections::BTreeSet;

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::project::Project;
use crate::analysis::sample::earlier::{EarlierSample, folder_of};
use crate::analysis::sample::prospects::{Candidates, Prospects, candidates, prospects};
use crate::analysis::sample::sheets::{Sheets, UNNAMED};
use crate::analysis::sample::units::UnitDraw;
use crate::analysis::watch::{Watcher, go_on};
use crate::model::Unit;
use crate::report::{Input, InputRole, SAMPLE, SAMPLE_KEY, SampleDesign, Staging, recover};
use crate::stats::Seed;
use crate::study::{DrawnSample, draw};

pub(in crate::analysis) use items::item;
pub use request::{CoderFiles, SampleOutcome, SampleRequest, Stratum};
pub(in crate::analysis) use units::{UnitsInArticles, WantedUnits, units_in_articles};

/// Folder beside the study file unless the caller names one.
const FOLDER: &str = "sample";

/// Draws the sample and writes it as CSV, as pages to code in, and as tasks for Label Studio and doccano.
///
/// # Errors
/// When there is a sample already that is not to be added to, fewer units than strata are asked for, or the corpus cannot be
/// read.
pub fn sample(
    project: &Project,
    learnt: &Learnt,
    request: &SampleRequest<'_>,
    watcher: &dyn Watcher,
) -> Result<SampleOutcome, AnalysisError> {
    refuse_names(request)?;
    let own = || request.folder.map_or_else(|| project.folder.join(FOLDER), std::path::Path::to_path_buf);
    let folder = request.add_to.map_or_else(own, folder_of);
    recover(&folder)?;
    let unit = request.unit.unwrap_or(project.study.compare.unit);
    let earlier = match request.add_to {
        Some(_) => EarlierSample::read(&folder, unit)?,
        None => EarlierSample::default(),
    };
    let there = [SAMPLE, SAMPLE_KEY].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
    if let Some(path) = there.filter(|_| request.add_to.is_none()) {
        return Err(AnalysisError::SampleExists { path });
    }
    let mut sheets = request.coders.iter().map(|coder| folder.join(format!("{coder}{}.csv", earlier.part)));
    if let Some(path) = sheets.find(|path| path.is_file()) {
        project.spare_inputs([path.clone()])?;
        return Err(AnalysisError::SampleExists { path });
    }
    let prospects = prospects(project, learnt, unit, watcher)?;
    let inputs = inputs(project, learnt);
    let candidates = candidates(&prospects, &earlier.taken(&prospects, &inputs)?);
    let changed = earlier.note(&inputs);
    let seed = request.seed.unwrap_or(project.study.seed);
    // A stream of its own for each part: the same numbers again would draw neighbours of what they drew before.
    let mut stream = Seed::new(seed).stream(&format!("sample{}", earlier.part));
    let drawn = draw(request.strategy, &candidates.units, request.size, &mut stream)
        .map_err(|error| AnalysisError::Sample { study: project.name.clone(), message: error.to_string() })?;
    let design = earlier.joined(&prospects, &drawn.chances);
    let found = units_in_articles(project, seed, &wanted(&prospects, &candidates, &drawn, &design), watcher)?;
    let before = earlier.sampled_under(&prospects, &design);
    let mut staging = Staging::begin_beside(&folder)?;
    let (part, sampled, earlier, design) = (&earlier.part[..], &found.units[..], &before[..], &design);
    let (articles, inputs) = (&found.articles, &inputs[..]);
    let sheets = Sheets { project, request, unit, part, sampled, earlier, design, inputs, articles, seed };
    let coders = sheets.write(&mut staging)?;
    go_on(watcher)?;
    project.spare_inputs(staging.destinations())?;
    staging.commit()?;
    let strata = counted(&candidates, &drawn);
    let notes = notes(project, unit).into_iter().chain(changed).collect();
    Ok(SampleOutcome { unit, strata, folder, coders, notes })
}

/// What the sample rests on beside the articles: the codebook, and labels from outside where they code.
fn inputs(project: &Project, learnt: &Learnt) -> Vec<Input> {
    let labels = learnt.coding_labels(project).map_or(&[][..], |labels| &labels.inputs);
    let codebook = project.inputs.iter().filter(|input| input.role == InputRole::Codebook);
    codebook.chain(labels).cloned().collect()
}

/// Names of coders become names of files, and tell two coders apart.
fn refuse_names(request: &SampleRequest<'_>) -> Result<(), AnalysisError> {
    let mut seen = BTreeSet::new();
    for coder in request.coders {
        let is_plain = coder.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c)) && !coder.trim().is_empty();
        let trouble = match coder.to_lowercase() {
            _ if !is_plain => "a coder's name is made of letters, digits, - and _",
            // In small letters, as `Sample.csv` and `sample.csv` are one file on some systems.
            name if name == UNNAMED || name.starts_with("sample") => "that name is taken by a file of the sample",
            name if !seen.insert(name.clone()) => "two coders of one name",
            _ => continue,
        };
        return Err(AnalysisError::Coder { name: coder.clone(), trouble });
    }
    Ok(())
}

/// What is said where codings of this unit cannot correct the study's shares.
fn notes(project: &Project, unit: Unit) -> Vec<String> {
    let counted = project.study.compare.unit;
    let note = match (unit, counted) {
        (Unit::Document, Unit::Sentence) => {
            "The study compares sentences, which codings of whole documents neither correct nor teach: write unit = \
             \"document\" under [compare], or draw with --unit sentence"
        }
        (Unit::Sentence, Unit::Document) => {
            "The study compares documents: codings of sentences teach its scorer, but only codings of documents correct its \
             shares (--unit document)"
        }
        _ => return Vec::new(),
    };
    vec![note.to_owned()]
}

fn counted(candidates: &Candidates, drawn: &DrawnSample) -> Vec<Stratum> {
    let Candidates { units, strata } = candidates;
    let of = |(number, name): (usize, &String)| {
        let here = units.iter().filter(|candidate| candidate.stratum == number);
        Stratum {
            name: name.clone(),
            units: here.clone().count() as u64,
            drawn: drawn.drawn.iter().filter(|place| units[**place].stratum == number).count() as u64,
            earlier: here.filter(|candidate| candidate.is_taken).count() as u64,
        }
    };
    strata.iter().enumerate().map(of).collect()
}

/// What was drawn, by the numbers that people know sentences by.
fn wanted<'a>(
    prospects: &'a Prospects,
    candidates: &Candidates,
    drawn: &DrawnSample,
    design: &SampleDesign,
) -> WantedUnits<'a> {
    let mut wanted = WantedUnits::new();
    let (mut first, mut drawn) = (0, drawn.drawn.iter().peekable());
    for (id, prospect) in prospects {
        let next = first + prospect.count();
        // Both are in the order of candidates, so one walk through them is enough.
        while let Some(chosen) = drawn.next_if(|place| **place < next) {
            let place = chosen - first;
            let inclusion = design.get(id).and_then(|chances| chances.get(place)).copied();
            let draw = UnitDraw { stratum: candidates.strata[candidates.units[*chosen].stratum].clone(), inclusion };
            wanted.entry(id).or_default().insert(prospect.number(place), draw);
        }
        first = next;
    }
    wanted
}
