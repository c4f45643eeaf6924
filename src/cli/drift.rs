//! What `check --drift` prints: how much a scorer taught by the rules finds where no rule matches.

use std::collections::BTreeSet;
use std::io::Write;

use crate::analysis::{Drift, DriftCell, DriftLine, Project};
use crate::cli::failure::Failure;
use crate::cli::terminal::{FAINT, HEADING, columns, harmless, styled};
use crate::report::counted;

/// Columns of periods that a terminal can take, each with a share and its hits.
const MOST_PERIODS: usize = 8;

/// Prints a line for each frame and group, a column for each period.
pub(super) fn print_drift(out: &mut impl Write, project: &Project, drift: &Drift) -> Result<(), Failure> {
    writeln!(
        out,
        "{}",
        styled(HEADING, "Drift: hits in which no rule matches, as a share of what rules and scorer find")
    )?;
    let about = "the rules taught a scorer; a share of sentences that falls from one period to the next while this share rises\n  \
                 falls, at least in part, since the rules' words go out of use. Compare periods of a row, not rows with each other";
    writeln!(out, "  {}", styled(FAINT, about))?;
    for note in &drift.notes {
        writeln!(out, "  {}", harmless(note))?;
    }
    if drift.frames.is_empty() {
        return Ok(());
    }
    let lines = || drift.frames.values().chain(drift.groups.values());
    let all: BTreeSet<&String> = lines().flat_map(DriftLine::keys).filter(|period| !period.is_empty()).collect();
    let shown: Vec<&String> = if all.len() <= MOST_PERIODS { all.iter().copied().collect() } else { Vec::new() };
    let titles = shown.iter().map(|period| (*period).clone());
    let mut rows = vec![["frame".to_owned()].into_iter().chain(titles).chain(["all".to_owned()]).collect::<Vec<_>>()];
    rows.extend(drift.frames.iter().map(|(frame, line)| row(&project.codebook.frames[*frame].id, line, &shown)));
    rows.push(vec![project.study.compare.by.clone()]);
    rows.extend(drift.groups.iter().map(|(group, line)| row(&harmless(group), line, &shown)));
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    if shown.len() < all.len() {
        let periods = counted(all.len() as u64, "period");
        writeln!(
            out,
            "  {periods} are too many to show: take longer ones, or read without_rule_share in prevalence.csv"
        )?;
    }
    Ok(())
}

fn row(name: &str, line: &DriftLine, periods: &[&String]) -> Vec<String> {
    let cells = periods.iter().map(|period| cell(line.get(*period).copied().unwrap_or_default()));
    let sum = line.values().fold(DriftCell::default(), |sum, found| DriftCell {
        hits: sum.hits + found.hits,
        without_rule: sum.without_rule + found.without_rule,
    });
    ["  ".to_owned() + name].into_iter().chain(cells).chain([cell(sum)]).collect()
}

fn cell(found: DriftCell) -> String {
    let DriftCell { hits, without_rule } = found;
    #[expect(clippy::cast_precision_loss, reason = "shown with two decimals")]
    let share = without_rule as f64 / hits as f64;
    if hits == 0 { "-".to_owned() } else { format!("{share:.2} of {hits}") }
}
