//! `find`: a pattern in its contexts, aligned on the match.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Found, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::concordance::print_lines;
use crate::cli::failure::Failure;
use crate::cli::line_arguments::Lines;
use crate::cli::terminal::{columns, harmless, shown, standard_output};
use crate::compare::ALL_GROUPS;
use crate::report::{counted, grouped};
use crate::study::MatchCount;

/// Prints the lines, or writes them to the file of `--output`; the counts by group go to stderr, where they mix with
/// nothing.
pub(super) fn find(study: &Path, pattern: &str, lines: &Lines, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, None)?;
    let found = analysis::find(&project, pattern, lines.design(), common.output(), &common.watcher())?;
    match common.output() {
        None => print_lines(&mut standard_output(), &found.lines.iter().collect::<Vec<_>>(), |_| None)?,
        Some(file) if !common.quiet => writeln!(standard_output(), "{}", shown(file))?,
        Some(_) => {}
    }
    if !common.quiet {
        print_counts(&project, &found)?;
        // Words in a row are not matched across it, and beside a space it is no part of a number.
        if pattern.contains(", ") {
            writeln!(
                anstream::stderr(),
                "The comma is no part of the pattern; write a | b for either, a BEFORE/1 b for both"
            )?;
        }
    }
    Ok(Verdict::Fine)
}

fn print_counts(project: &Project, found: &Found) -> Result<(), Failure> {
    let mut out = anstream::stderr();
    let mut rows =
        vec![[project.study.compare.group_title(), "matches", "documents", "of"].map(str::to_owned).to_vec()];
    let row =
        |name: String, it: MatchCount| vec![name, grouped(it.matches), grouped(it.with_match), grouped(it.documents)];
    rows.extend(found.counts.iter().map(|(group, count)| row(harmless(group).into_owned(), *count)));
    let all = found.counts.values().fold(MatchCount::default(), |sum, it| MatchCount {
        matches: sum.matches + it.matches,
        with_match: sum.with_match + it.with_match,
        unsearched: sum.unsearched + it.unsearched,
        documents: sum.documents + it.documents,
    });
    rows.push(row(ALL_GROUPS.to_owned(), all));
    for line in columns(&rows) {
        writeln!(out, "{line}")?;
    }
    let kept = found.lines.len() as u64;
    if kept < all.matches {
        writeln!(out, "The first {} of {}", grouped(kept), counted(all.matches, "line"))?;
    }
    if all.unsearched > 0 {
        let documents = counted(all.unsearched, "document");
        writeln!(out, "{documents}: a sentence so crowded with the pattern's words that it was not looked for there")?;
    }
    Ok(())
}
