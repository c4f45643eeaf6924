//! `find`: a pattern in its contexts, aligned on the match.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Found, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::line_arguments::Lines;
use crate::cli::terminal::{CUE, FAINT, columns, harmless, shortened, shown, standard_output, styled};
use crate::report::{counted, grouped};
use crate::study::{ConcordanceLine, MatchCount};

/// The widest outlet and the widest id that are shown.
const WIDEST: usize = 20;

/// Prints the lines, or writes them to the file of `--output`; the counts by outlet go to stderr, where they mix with
/// nothing.
pub(super) fn find(study: &Path, pattern: &str, lines: &Lines, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, None)?;
    let found = analysis::find(&project, pattern, lines.design(), common.output(), &common.watcher())?;
    match common.output() {
        None => print(&found.lines)?,
        Some(file) if !common.quiet => writeln!(standard_output(), "{}", shown(file))?,
        Some(_) => {}
    }
    if !common.quiet {
        print_counts(&found)?;
    }
    Ok(Verdict::Fine)
}

fn print(lines: &[ConcordanceLine]) -> Result<(), Failure> {
    let mut out = standard_output();
    let heads: Vec<Vec<String>> = lines.iter().map(head).collect();
    let left = lines.iter().map(|line| line.left.chars().count()).max().unwrap_or(0);
    for (line, head) in lines.iter().zip(columns(&heads)) {
        let before = format!("{:>left$}", harmless(&line.left));
        let matched = styled(CUE, &harmless(&line.matched));
        writeln!(out, "{}  {before}{matched}{}", styled(FAINT, &head), harmless(&line.right))?;
    }
    Ok(())
}

/// Outlet, date, document and sentence.
fn head(line: &ConcordanceLine) -> Vec<String> {
    let short = |text: &str| shortened(&harmless(text), WIDEST);
    let date = line.date.map_or_else(String::new, |date| date.to_string());
    vec![short(&line.outlet), date, format!("{}:{}", short(&line.document), line.sentence)]
}

fn print_counts(found: &Found) -> Result<(), Failure> {
    let mut out = anstream::stderr();
    let mut rows = vec![["outlet", "matches", "documents", "of"].map(str::to_owned).to_vec()];
    let row =
        |name: String, it: MatchCount| vec![name, grouped(it.matches), grouped(it.with_match), grouped(it.documents)];
    rows.extend(found.counts.iter().map(|(outlet, count)| row(harmless(outlet).into_owned(), *count)));
    let all = found.counts.values().fold(MatchCount::default(), |sum, it| MatchCount {
        matches: sum.matches + it.matches,
        with_match: sum.with_match + it.with_match,
        documents: sum.documents + it.documents,
    });
    rows.push(row("all".to_owned(), all));
    for line in columns(&rows) {
        writeln!(out, "{line}")?;
    }
    let kept = found.lines.len() as u64;
    if kept < all.matches {
        writeln!(out, "The first {} of {}", grouped(kept), counted(all.matches, "line"))?;
    }
    Ok(())
}
