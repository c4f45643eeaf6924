//! `sample`: sentences for human coders, each with the probability it was drawn with.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::pass::pass;
use crate::cli::project::Project;
use crate::cli::terminal::{HEADING, columns, counted, grouped, harmless, styled};
use crate::cli::{Verdict, interrupt};
use crate::corpus::Record;
use crate::model::{CodedDocument, Document};
use crate::report::{SAMPLE, SampledSentence, Staging, write_sample};
use crate::stats::Seed;
use crate::study::{Candidate, Drawn, Strategy, draw, explain};

/// Folder beside the study file unless `--output` says otherwise.
const FOLDER: &str = "sample";

/// What the user asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    pub(super) size: usize,
    pub(super) strategy: Strategy,
    pub(super) is_blinded: bool,
    /// In place of the study's seed.
    pub(super) seed: Option<u64>,
}

/// What is kept of each document while the sample is drawn: its cell, and of each sentence whether a frame was found and
/// how uncertain that is.
struct Prospect {
    cell: String,
    sentences: Vec<(bool, f64)>,
}

/// Draws the sample and writes it as CSV and as tasks for Label Studio and doccano.
pub(super) fn sample(study: &Path, request: Request, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open_with_scorer(study, common)?;
    let folder = common.output.clone().unwrap_or_else(|| project.folder.join(FOLDER));
    if folder.join(SAMPLE).exists() {
        return Err(Failure::SampleExists { path: folder.join(SAMPLE) });
    }
    let prospects = prospects(&project, common)?;
    let (candidates, strata) = candidates(&prospects);
    let seed = request.seed.unwrap_or(project.study.seed);
    let drawn = draw(request.strategy, &candidates, request.size, &mut Seed::new(seed).stream("sample"))
        .map_err(|error| Failure::Sample { study: project.name.clone(), message: error.to_string() })?;
    let sentences = sentences(&project, &prospects, (&candidates, &strata), (&drawn, seed))?;
    let frames: Vec<(String, String)> =
        project.codebook.frames.iter().map(|frame| (frame.id.clone(), frame.label.clone())).collect();
    let mut staging = Staging::begin(&folder)?;
    write_sample(&mut staging, &sentences, &frames, request.is_blinded)?;
    interrupt::check()?;
    staging.commit()?;
    if !common.quiet {
        print(&strata, (&candidates, &drawn), &folder)?;
    }
    Ok(Verdict::Fine)
}

fn prospects(project: &Project, common: &Common) -> Result<BTreeMap<String, Prospect>, Failure> {
    let mut prospects = BTreeMap::new();
    let digest = |document: &Document, coded: CodedDocument| Ok(prospect(project, document, &coded));
    pass(project, "sampling", common, digest, |document, prospect| {
        prospects.insert(document.id.clone(), prospect);
        Ok(())
    })?;
    Ok(prospects)
}

fn prospect(project: &Project, document: &Document, coded: &CodedDocument) -> Prospect {
    let settings = &project.study.compare;
    let group = document.column(&settings.by).unwrap_or_default();
    let period = settings.period.as_ref().zip(document.date).map(|(period, date)| period.label(date));
    let cell = period.map_or_else(|| group.to_owned(), |period| format!("{group}, {period}"));
    let mut sentences = vec![(false, 0.0); coded.sentences];
    // The text's sentences count from 1 whether or not there is a title.
    let first = usize::from(document.title().trim().is_empty());
    for coding in &coded.codings {
        if let Some(sentence) = sentences.get_mut(coding.sentence - first) {
            let share = f64::from(coding.probability) / 1e6;
            sentence.0 |= coding.hit;
            sentence.1 = f64::max(sentence.1, (share * (1.0 - share)).sqrt());
        }
    }
    Prospect { cell, sentences }
}

/// Every sentence by document id, and the strata: cell by whether any frame was found.
fn candidates(prospects: &BTreeMap<String, Prospect>) -> (Vec<Candidate>, Vec<String>) {
    let stratum = |cell: &str, is_hit: bool| format!("{cell}, {}", if is_hit { "frame found" } else { "none found" });
    let strata: BTreeMap<String, usize> = prospects
        .values()
        .flat_map(|prospect| prospect.sentences.iter().map(|(is_hit, _)| stratum(&prospect.cell, *is_hit)))
        .map(|name| (name, 0))
        .collect();
    let names: Vec<String> = strata.into_keys().collect();
    let mut candidates = Vec::new();
    for prospect in prospects.values() {
        let number = [false, true].map(|is_hit| names.binary_search(&stratum(&prospect.cell, is_hit)).unwrap_or(0));
        candidates.extend(prospect.sentences.iter().map(|(is_hit, uncertainty)| Candidate {
            stratum: number[usize::from(*is_hit)],
            uncertainty: *uncertainty,
        }));
    }
    (candidates, names)
}

/// The sentences drawn, with their words, in an order that says nothing of where they come from.
fn sentences(
    project: &Project,
    prospects: &BTreeMap<String, Prospect>,
    (candidates, strata): (&[Candidate], &[String]),
    (drawn, seed): (&[Drawn], u64),
) -> Result<Vec<SampledSentence>, Failure> {
    let mut wanted: BTreeMap<&str, Vec<(usize, Drawn)>> = BTreeMap::new();
    let (mut first, mut drawn) = (0, drawn.iter().peekable());
    for (id, prospect) in prospects {
        let next = first + prospect.sentences.len();
        while let Some(chosen) = drawn.next_if(|drawn| drawn.candidate < next) {
            wanted.entry(id).or_default().push((chosen.candidate - first, *chosen));
        }
        first = next;
    }
    let coder = project.coder();
    let mut sentences = Vec::new();
    let mut corpus = project.corpus()?;
    while let Some(record) = corpus.next_record()? {
        interrupt::check()?;
        let Record::Kept(document) = record else { continue };
        let Some(chosen) = wanted.get(&document.id[..]) else { continue };
        let explanation = explain(&coder, &document);
        for (index, Drawn { candidate, inclusion }) in chosen {
            sentences.push(SampledSentence {
                item: item(seed, &document.id, *index),
                stratum: strata[candidates[*candidate].stratum].clone(),
                inclusion: *inclusion,
                ..SampledSentence::new(&document, &explanation.sentences, *index)
            });
        }
    }
    sentences.sort_by(|a, b| a.item.cmp(&b.item));
    Ok(sentences)
}

/// A name that does not tell the document, the same in every run. It begins with a letter that is no hexadecimal digit, or
/// spreadsheets would take some for numbers and write them otherwise.
fn item(seed: u64, document: &str, index: usize) -> String {
    let digest = Sha256::digest(format!("{seed}/{document}/{index}"));
    let start = digest.iter().take(5).fold(0_u64, |start, byte| (start << 8) | u64::from(*byte));
    format!("s{start:010x}")
}

fn print(strata: &[String], (candidates, drawn): (&[Candidate], &[Drawn]), folder: &Path) -> Result<(), Failure> {
    let mut rows = vec![["stratum", "sentences", "drawn"].map(str::to_owned).to_vec()];
    for (number, name) in strata.iter().enumerate() {
        let all = candidates.iter().filter(|candidate| candidate.stratum == number).count();
        let here = drawn.iter().filter(|drawn| candidates[drawn.candidate].stratum == number).count();
        rows.push(vec![harmless(name).into_owned(), grouped(all as u64), grouped(here as u64)]);
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", styled(HEADING, &format!("{} drawn", counted(drawn.len() as u64, "sentence"))))?;
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    let path: PathBuf = folder.join(SAMPLE);
    writeln!(out, "To fill in: {} (1 the frame is there, 0 it is not, empty not coded)", path.display())?;
    Ok(())
}
