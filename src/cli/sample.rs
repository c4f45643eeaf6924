//! `sample`: sentences for human coders, each with the probability it was drawn with.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, CoderFiles, Learnt, Project, SampleOutcome, SampleRequest, Stratum};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, columns, harmless, shown, styled};
use crate::report::{SAMPLE_KEY, counted, grouped};

/// Draws the sample and writes it as CSV and as tasks for Label Studio and doccano.
pub(super) fn sample(study: &Path, request: &SampleRequest<'_>, common: &Common) -> Result<Verdict, Failure> {
    let (project, watcher) = (Project::open(study, common.output())?, common.watcher());
    let learnt = Learnt::recorded_or_now(&project, &watcher)?;
    let outcome = analysis::sample(&project, &learnt, request, &watcher)?;
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
        writeln!(out, "To code in a browser: {} ({count})", shown(&page))?;
        writeln!(out, "or in a spreadsheet: {} (1 the frame is there, 0 it is not, empty not coded)", shown(&sheet))?;
    }
    writeln!(out, "Keep {} beside what comes back: it says which sentence is which", shown(&folder.join(SAMPLE_KEY)))?;
    Ok(())
}
