//! `sample`: sentences or documents for human coders, each with the probability it was drawn with.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, CoderFiles, Learnt, Project, SampleOutcome, SampleRequest, Stratum};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, columns, harmless, names_apart, shown, standard_output, styled};
use crate::model::Unit;
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
    let SampleOutcome { unit, strata, folder, coders, notes } = outcome;
    let noun = unit.as_str();
    let sum = |of: fn(&Stratum) -> u64| strata.iter().map(of).sum::<u64>();
    let (drawn, earlier) = (sum(|stratum| stratum.drawn), sum(|stratum| stratum.earlier));
    let mut out = standard_output();
    let added = if earlier > 0 { format!(", to {} of earlier parts", grouped(earlier)) } else { String::new() };
    writeln!(out, "{}", styled(HEADING, &format!("{} drawn{added}", counted(drawn, noun))))?;
    for line in columns(&stratum_rows(strata, *unit, earlier > 0)) {
        writeln!(out, "  {line}")?;
    }
    for CoderFiles { sheet, page, units } in coders {
        let (sheet, page) = (folder.join(sheet), folder.join(page));
        let count = counted(*units, noun);
        writeln!(out, "To code in a browser: {} ({count})", shown(&page))?;
        writeln!(out, "or in a spreadsheet: {} (1 the frame is there, 0 it is not, empty not coded)", shown(&sheet))?;
    }
    writeln!(out, "Keep {} beside what comes back: it says which {noun} is which", shown(&folder.join(SAMPLE_KEY)))?;
    for note in notes {
        writeln!(out, "{}", harmless(note))?;
    }
    Ok(())
}

/// Most characters that are shown of a stratum.
const NAME_WIDTH: usize = 60;

fn stratum_rows(strata: &[Stratum], unit: Unit, has_earlier: bool) -> Vec<Vec<String>> {
    let row = |name: &str, [units, drawn, earlier]: [String; 3]| {
        let mut row = vec![name.to_owned(), units, drawn];
        row.extend(has_earlier.then_some(earlier));
        row
    };
    let units = format!("{}s", unit.as_str());
    let mut rows = vec![row("stratum", [units, "drawn".to_owned(), "before".to_owned()])];
    let names = names_apart(&strata.iter().map(|stratum| &stratum.name[..]).collect::<Vec<_>>(), NAME_WIDTH);
    for (name, Stratum { units, drawn, earlier, .. }) in names.iter().zip(strata) {
        rows.push(row(name, [units, drawn, earlier].map(|count| grouped(*count))));
    }
    rows
}
