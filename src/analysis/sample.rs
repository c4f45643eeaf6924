//! Sentences for human coders, each with the probability it was drawn with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::pass::PassPlan;
use crate::analysis::project::Project;
use crate::analysis::watch::{Watcher, go_on};
use crate::corpus::Record;
use crate::model::{CodedDocument, Document};
use crate::report::{
    Article, CoderPage, CoderShare, SAMPLE, SAMPLE_KEY, SampleSheets, SampledSentence, Staging, recover,
    write_coder_page, write_sample,
};
use crate::stats::Seed;
use crate::study::{SampledUnit, SamplingUnit, Strategy, deal, draw, explain};

/// Folder beside the study file unless the caller names one.
const FOLDER: &str = "sample";
/// Who codes where nobody is named.
const UNNAMED: &str = "coder";

/// What is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct SampleRequest<'a> {
    /// How many sentences.
    pub size: usize,
    /// How they are drawn.
    pub strategy: Strategy,
    /// Whether coders are to see neither document nor outlet.
    pub is_blinded: bool,
    /// In place of the study's seed.
    pub seed: Option<u64>,
    /// Where the sample goes, if not beside the study file.
    pub folder: Option<&'a Path>,
    /// Who codes: a sheet and a page each. Without anyone there is one of both.
    pub coders: &'a [String],
    /// Share of the sentences that every coder gets, in [0, 1].
    pub overlap: f64,
    /// Whether the pages ask for voice and stance too.
    pub asks_voices: bool,
}

/// What was drawn.
#[derive(Clone, Debug)]
pub struct SampleOutcome {
    /// By stratum, how many sentences there are and how many were drawn.
    pub strata: Vec<Stratum>,
    /// The folder of the sample.
    pub folder: PathBuf,
    /// By coder, the sheet to be filled in, the page to code in, and how many sentences they hold.
    pub coders: Vec<CoderFiles>,
}

/// What one coder gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoderFiles {
    /// A table with a column for each frame.
    pub sheet: String,
    /// The same sentences as a page.
    pub page: String,
    /// Sentences to code.
    pub sentences: u64,
}

/// Sentences of one group and period, with a frame or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Group, period, and whether a frame was found.
    pub name: String,
    /// Sentences in it.
    pub sentences: u64,
    /// Sentences of it that were drawn.
    pub drawn: u64,
}

/// What is kept of each document while the sample is drawn: its cell, and of each sentence whether a frame was found and
/// how uncertain that is.
struct Prospect {
    cell: String,
    sentences: Vec<(bool, f64)>,
}

/// Draws the sample and writes it as CSV and as tasks for Label Studio and doccano.
///
/// # Errors
/// When there is a sample already, fewer sentences than asked for, or the corpus cannot be read.
pub fn sample(
    project: &Project,
    learnt: &Learnt,
    request: &SampleRequest<'_>,
    watcher: &dyn Watcher,
) -> Result<SampleOutcome, AnalysisError> {
    let folder = request.folder.map_or_else(|| project.folder.join(FOLDER), Path::to_path_buf);
    refuse_names(request)?;
    recover(&folder)?;
    if let Some(path) = [SAMPLE, SAMPLE_KEY].map(|name| folder.join(name)).into_iter().find(|path| path.exists()) {
        return Err(AnalysisError::SampleExists { path });
    }
    let prospects = prospects(project, learnt, watcher)?;
    let (candidates, strata) = candidates(&prospects);
    let seed = request.seed.unwrap_or(project.study.seed);
    let drawn = draw(request.strategy, &candidates, request.size, &mut Seed::new(seed).stream("sample"))
        .map_err(|error| AnalysisError::Sample { study: project.name.clone(), message: error.to_string() })?;
    let chosen = Chosen { seed, candidates: &candidates, strata: &strata, wanted: wanted(&prospects, &drawn) };
    let (sentences, articles) = chosen.sentences(project, learnt, watcher)?;
    let mut staging = Staging::begin_beside(&folder)?;
    let coders = Sheets { project, request, sentences: &sentences, articles: &articles, seed }.write(&mut staging)?;
    go_on(watcher)?;
    staging.commit()?;
    Ok(SampleOutcome { strata: counted(&strata, &candidates, &drawn), folder, coders })
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

/// What is written of a sample.
struct Sheets<'a> {
    project: &'a Project,
    request: &'a SampleRequest<'a>,
    sentences: &'a [SampledSentence],
    articles: &'a BTreeMap<String, Article>,
    seed: u64,
}

impl Sheets<'_> {
    fn write(&self, staging: &mut Staging) -> Result<Vec<CoderFiles>, AnalysisError> {
        let Self { project, request, sentences, seed, .. } = *self;
        let frames: Vec<(String, String)> =
            project.codebook.frames.iter().map(|frame| (frame.id.clone(), frame.label.clone())).collect();
        let mut stream = Seed::new(seed).stream("sample/coders");
        let hands = deal(sentences.len(), request.coders.len(), request.overlap, &mut stream);
        let shares: Vec<CoderShare> = request
            .coders
            .iter()
            .zip(hands)
            .map(|(coder, sentences)| CoderShare { coder: coder.clone(), sentences })
            .collect();
        let sheets = SampleSheets { sentences, frames: &frames, is_blinded: request.is_blinded, coders: &shares };
        write_sample(staging, &sheets)?;
        if shares.is_empty() {
            let files = CoderFiles {
                sheet: SAMPLE.to_owned(),
                page: format!("{UNNAMED}.html"),
                sentences: sentences.len() as u64,
            };
            self.write_page(staging, UNNAMED, sentences)?;
            return Ok(vec![files]);
        }
        let mut files = Vec::new();
        for CoderShare { coder, sentences: places } in &shares {
            let own: Vec<SampledSentence> = places.iter().map(|place| sentences[*place].clone()).collect();
            self.write_page(staging, coder, &own)?;
            let (sheet, page) = (format!("{coder}.csv"), format!("{coder}.html"));
            files.push(CoderFiles { sheet, page, sentences: own.len() as u64 });
        }
        Ok(files)
    }

    fn write_page(
        &self,
        staging: &mut Staging,
        coder: &str,
        sentences: &[SampledSentence],
    ) -> Result<(), AnalysisError> {
        let items: String = self.sentences.iter().map(|sentence| &sentence.item[..]).collect();
        let page = CoderPage {
            title: &self.project.study.title,
            sample: &item(self.seed, &items, self.sentences.len()),
            coder,
            is_blinded: self.request.is_blinded,
            asks_voices: self.request.asks_voices,
            codebook: &self.project.codebook,
            articles: self.articles,
            sentences,
            disputes: None,
        };
        Ok(write_coder_page(staging, &format!("{coder}.html"), &page)?)
    }
}

fn counted(strata: &[String], candidates: &[SamplingUnit], drawn: &[SampledUnit]) -> Vec<Stratum> {
    let of = |(number, name): (usize, &String)| Stratum {
        name: name.clone(),
        sentences: candidates.iter().filter(|candidate| candidate.stratum == number).count() as u64,
        drawn: drawn.iter().filter(|drawn| candidates[drawn.candidate].stratum == number).count() as u64,
    };
    strata.iter().enumerate().map(of).collect()
}

fn prospects(
    project: &Project,
    learnt: &Learnt,
    watcher: &dyn Watcher,
) -> Result<BTreeMap<String, Prospect>, AnalysisError> {
    // By document id, as the draw goes by places in this list: the same sentences come out whatever the order of
    // files.
    let mut prospects = BTreeMap::new();
    let digest = |document: &Document, coded: CodedDocument| Ok(prospect(project, document, &coded));
    let coder = learnt.coder(project);
    PassPlan { project, coder: &coder, step: "sampling", watcher }.execute(digest, |document, prospect| {
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
            // The standard deviation of a yes or no of that chance; a sentence counts by its least certain frame.
            sentence.1 = f64::max(sentence.1, (share * (1.0 - share)).sqrt());
        }
    }
    Prospect { cell, sentences }
}

/// Every sentence by document id, and the strata: cell by whether any frame was found.
fn candidates(prospects: &BTreeMap<String, Prospect>) -> (Vec<SamplingUnit>, Vec<String>) {
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
        candidates.extend(prospect.sentences.iter().map(|(is_hit, uncertainty)| SamplingUnit {
            stratum: number[usize::from(*is_hit)],
            uncertainty: *uncertainty,
        }));
    }
    (candidates, names)
}

/// By document, the sentences that were drawn of it.
type Wanted<'a> = BTreeMap<&'a str, Vec<(usize, SampledUnit)>>;

fn wanted<'a>(prospects: &'a BTreeMap<String, Prospect>, drawn: &[SampledUnit]) -> Wanted<'a> {
    let mut wanted = Wanted::new();
    let (mut first, mut drawn) = (0, drawn.iter().peekable());
    for (id, prospect) in prospects {
        let next = first + prospect.sentences.len();
        // Both are in the order of candidates, so one walk through them is enough.
        while let Some(chosen) = drawn.next_if(|drawn| drawn.candidate < next) {
            wanted.entry(id).or_default().push((chosen.candidate - first, *chosen));
        }
        first = next;
    }
    wanted
}

/// What was drawn, before its words are looked up.
struct Chosen<'a> {
    seed: u64,
    candidates: &'a [SamplingUnit],
    strata: &'a [String],
    wanted: Wanted<'a>,
}

impl Chosen<'_> {
    /// The sentences drawn, with their words, in an order that says nothing of where they come from, and their articles.
    fn sentences(
        &self,
        project: &Project,
        learnt: &Learnt,
        watcher: &dyn Watcher,
    ) -> Result<(Vec<SampledSentence>, BTreeMap<String, Article>), AnalysisError> {
        let coder = learnt.coder(project);
        let mut sentences = Vec::new();
        let mut articles = BTreeMap::new();
        let mut corpus = project.corpus()?;
        while let Some(record) = corpus.next_record()? {
            go_on(watcher)?;
            let Record::Kept(document) = record else { continue };
            let Some(chosen) = self.wanted.get(&document.id[..]) else { continue };
            let explanation = explain(&coder, &document);
            let article = Article { title: document.title().to_owned(), text: document.text().to_owned() };
            articles.insert(document.id.clone(), article);
            for (index, SampledUnit { candidate, inclusion }) in chosen {
                sentences.push(SampledSentence {
                    item: item(self.seed, &document.id, *index),
                    stratum: self.strata[self.candidates[*candidate].stratum].clone(),
                    inclusion: *inclusion,
                    ..SampledSentence::new(&document, &explanation.sentences, *index)
                });
            }
        }
        // The names are hashes, so their order mixes outlets and days: coders must not come upon one outlet's
        // sentences in a row.
        sentences.sort_by(|a, b| a.item.cmp(&b.item));
        Ok((sentences, articles))
    }
}

/// A name that does not tell the document, the same in every run. It begins with a letter that is no hexadecimal digit, or
/// spreadsheets would take some for numbers and write them otherwise.
pub(super) fn item(seed: u64, document: &str, index: usize) -> String {
    // Forty bits, ten digits: among a thousand sentences two have the same name once in two million samples.
    let digest = Sha256::digest(format!("{seed}/{document}/{index}"));
    let start = digest.iter().take(5).fold(0_u64, |start, byte| (start << 8) | u64::from(*byte));
    format!("s{start:010x}")
}
