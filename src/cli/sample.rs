//! `sample`: sentences for human coders, each with the probability it was drawn with.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, CoderFiles, Learnt, Project, SampleOutcome, SampleRequest, Stratum};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
<<<<<<< HEAD
use crate::cli::terminal::{HEADING, columns, harmless, styled};
use crate::report::{SAMPLE_KEY, counted, grouped};

/// Draws the sample and writes it as CSV and as tasks for Label Studio and doccano.
pub(super) fn sample(study: &Path, request: &SampleRequest<'_>, common: &Common) -> Result<Verdict, Failure> {
    let (project, watcher) = (Project::open(study, common.output())?, common.watcher());
    let learnt = Learnt::recorded_or_now(&project, &watcher)?;
    let outcome = analysis::sample(&project, &learnt, request, &watcher)?;
=======
use crate::cli::pass::pass;
use crate::cli::project::Project;
use crate::cli::terminal::{HEADING, columns, counted, grouped, harmless, styled};
use crate::cli::{Verdict, interrupt};
use crate::corpus::Record;
use crate::model::{CodedDocument, Document};
use crate::report::{SAMPLE, SampledSentence, Staging, recover, write_sample};
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
    recover(&folder)?;
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
    let mut staging = Staging::begin_beside(&folder)?;
    write_sample(&mut staging, &sentences, &frames, request.is_blinded)?;
    interrupt::check()?;
    staging.commit()?;
>>>>>>> 2c77b0f (Finish or undo every commit: a journal before the first rename, one run per folder, leftovers cleared)
    if !common.quiet {
        print(&outcome)?;
    }
    Ok(Verdict::Fine)
}

fn print(outcome: &SampleOutcome) -> Result<(), Failure> {
    let mut rows = vec![["stratum", "sentences", "drawn"].map(str::to_owned).to_vec()];
    for Stratum { name, sentences, drawn } in &outcome.strata {
        rows.push(vec![harmless(name).into_owned(), grouped(*sentences), grouped(*drawn)]);
    }
    let drawn = outcome.strata.iter().map(|stratum| stratum.drawn).sum();
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", styled(HEADING, &format!("{} drawn", counted(drawn, "sentence"))))?;
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    let folder = &outcome.folder;
    for CoderFiles { sheet, page, sentences } in &outcome.coders {
        let (sheet, page) = (folder.join(sheet), folder.join(page));
        let count = counted(*sentences, "sentence");
        writeln!(out, "To code in a browser: {} ({count})", page.display())?;
        writeln!(out, "or in a spreadsheet: {} (1 the frame is there, 0 it is not, empty not coded)", sheet.display())?;
    }
    writeln!(
        out,
        "Keep {} beside what comes back: it says which sentence is which",
        folder.join(SAMPLE_KEY).display()
    )?;
    Ok(())
}
