//! `agree`: how far human coders agree.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::analysis::{self, ADJUDICATION, AgreementRequest, CoderAgreement};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{ALARM, FAINT, HEADING, columns, harmless, shown, standard_output, styled};
use crate::report::{ALL_CODINGS, counted, rounded};
use crate::stats::Interval;
use crate::validate::{Agreement, Aspect, Reliability, Scope};

/// Where the tables go unless `--output` says otherwise.
const FOLDER: &str = "agreement";

/// Records left out that are shown.
const MOST_EXCLUDED: usize = 5;

/// Compares the codings in `files`, prints a summary and writes agreement.csv and disagreements.csv.
pub(super) fn agree(
    files: &[PathBuf],
    study: Option<&Path>,
    labels: &[String],
    common: &Common,
) -> Result<Verdict, Failure> {
    let folder = common.output().unwrap_or(Path::new(FOLDER));
    let found = analysis::agree(&AgreementRequest { files, study, labels, folder }, &common.watcher())?;
    if !common.quiet {
        print(&found, folder)?;
    }
    Ok(Verdict::Fine)
}

fn print(agreement: &CoderAgreement, folder: &Path) -> Result<(), Failure> {
    let CoderAgreement { reliability: found, codings, labeller, has_page } = agreement;
    let mut out = standard_output();
    let left_out = codings.excluded.len() as u64;
    if left_out > 0 {
        let title = format!("{} read, {} left out", counted(codings.read(), "record"), counted(left_out, "coding"));
        writeln!(out, "{}", styled(ALARM, &title))?;
        for record in codings.excluded.iter().take(MOST_EXCLUDED) {
            let place = format!("{}, record {}", harmless(&record.origin.file), record.origin.record);
            writeln!(out, "  {place}: {}", harmless(&record.detail))?;
        }
    }
    for note in &codings.notes {
        writeln!(out, "{}", harmless(note))?;
    }
    for (what, names) in [("Coders", codings.coders()), ("Frames", codings.frames())] {
        writeln!(out, "{what}: {}", harmless(&names.join(", ")))?;
    }
    for (aspect, title) in [
        (Aspect::Value, "Agreement of all coders"),
        (Aspect::Voice, "Voice, where both see the frame"),
        (Aspect::Stance, "Stance, where both see the frame"),
    ] {
        let of_all = |row: &&Agreement| row.scope == Scope::All && row.aspect == aspect;
        let titles = ["frame", "units", "agree", "Cohen", "Fleiss", "alpha", "95 % interval"];
        let mut rows = vec![titles.map(str::to_owned).to_vec()];
        rows.extend(found.agreements.iter().filter(of_all).map(row));
        if rows.len() > 1 {
            writeln!(out, "{}", styled(HEADING, title))?;
            columns(&rows).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        }
    }
    if let Some(labeller) = labeller {
        print_labels(found, labeller, &mut out)?;
    }
    let about = "alpha: Krippendorff's, nominal; .800 and .667 are conventions for firm and for tentative conclusions";
    writeln!(out, "  {}", styled(FAINT, about))?;
    let differing = counted(found.disagreements.len() as u64, "disagreement");
    writeln!(out, "{differing} to adjudicate; tables: {}", shown(folder))?;
    if *has_page {
        let page = folder.join(ADJUDICATION);
        writeln!(out, "To settle them in a browser: {}; name what it saves beside the coders' files", shown(&page))?;
    }
    let all = folder.join(ALL_CODINGS.file);
    writeln!(out, "All coders in one file, for `codings` of a study: {}", shown(&all))?;
    Ok(())
}

/// How labels from outside agree with people: rows of pairs that all coders' own do not have.
fn print_labels(found: &Reliability, labeller: &str, out: &mut impl Write) -> Result<(), Failure> {
    let titles = ["coder", "frame", "units", "agree", "Cohen", "alpha", "95 % interval"].map(str::to_owned);
    let mut rows = vec![titles.to_vec()];
    for found in found.agreements.iter().filter(|row| row.aspect == Aspect::Value) {
        let Scope::Pair(a, b) = &found.scope else { continue };
        let coder = match (a == labeller, b == labeller) {
            (true, _) => b,
            (_, true) => a,
            _ => continue,
        };
        let mut cells = row(found);
        cells.remove(4);
        cells.insert(0, harmless(coder).into_owned());
        rows.push(cells);
    }
    if rows.len() > 1 {
        writeln!(out, "{}", styled(HEADING, &format!("{}, against each coder", harmless(labeller))))?;
        columns(&rows).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(())
}

fn row(found: &Agreement) -> Vec<String> {
    let shown = |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |number| rounded(number, 3));
    let alpha = found.alphas[0];
    let interval = alpha.and_then(|(_, interval)| interval);
    vec![
        harmless(&found.frame).into_owned(),
        found.units.to_string(),
        found.percent.map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", share * 100.0)),
        shown(found.cohen),
        shown(found.fleiss),
        shown(alpha.map(|(estimate, _)| estimate)),
        interval.map_or_else(
            || "-".to_owned(),
            |Interval { low, high }| format!("{} to {}", rounded(low, 3), rounded(high, 3)),
        ),
    ]
}
