//! `check --rule` and `check --misses`: what a rule matches, and what the rules of a frame may miss, in context.

use std::io::Write;

use crate::analysis::{self, FrameMisses, LookRequest, Project, RuleMatches};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::concordance::{place, print_lines, short};
use crate::cli::failure::Failure;
use crate::cli::terminal::{FAINT, HEADING, columns, harmless, shown, standard_output, styled};
use crate::compare::ALL_GROUPS;
use crate::report::{counted, grouped};
use crate::study::{ConcordanceLine, FateCount, NearMiss};

/// Characters of context on either side of a match.
const WIDTH: usize = 60;

/// Prints matches of the rule called `id`, or writes them to the file of `--output`; the counts by group go to stderr.
pub(super) fn rule(project: &Project, id: &str, size: usize, common: &Common) -> Result<Verdict, Failure> {
    let request = LookRequest { size, width: WIDTH, output: common.output() };
    let found = analysis::rule_matches(project, id, &request, &common.watcher())?;
    let mut out = standard_output();
    match common.output() {
        None => print_matches(&mut out, &found)?,
        Some(file) if !common.quiet => writeln!(out, "{}", shown(file))?,
        Some(_) => {}
    }
    if !common.quiet {
        print_counts(project, &found)?;
    }
    Ok(Verdict::Fine)
}

fn print_matches(out: &mut impl Write, found: &RuleMatches) -> Result<(), Failure> {
    let lines: Vec<&ConcordanceLine> = found.lines.iter().map(|it| &it.line).collect();
    print_lines(out, &lines, |number| {
        let it = &found.lines[number];
        let by = it.cancelled_by.as_ref().map_or_else(String::new, |by| format!(" by \"{}\"", short(by)));
        Some(format!("{}{by}", it.fate.as_str()))
    })
}

fn print_counts(project: &Project, found: &RuleMatches) -> Result<(), Failure> {
    let mut out = anstream::stderr();
    let titles = [project.study.compare.group_title(), "matches", "counts", "covered", "cancelled", "voice"];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    let row = |name: &str, it: &FateCount| {
        let cells = [it.all(), it.counts, it.covered, it.cancelled, it.other_voice].map(grouped);
        [harmless(name).into_owned()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    rows.extend(found.counts.iter().map(|(group, count)| row(group, count)));
    let all = found.counts.values().fold(FateCount::default(), |sum, it| sum.plus(*it));
    rows.push(row(ALL_GROUPS, &all));
    for line in columns(&rows) {
        writeln!(out, "{line}")?;
    }
    let about = "covered: a longer cue of the frame counts in its place; cancelled: by the rule's unless; voice: not in the \
                 mouth that the rule asks for";
    writeln!(out, "{}", styled(FAINT, about))?;
    let drawn = found.lines.len() as u64;
    if drawn < all.all() {
        writeln!(out, "{} of {} matches, drawn by the study's seed", grouped(drawn), grouped(all.all()))?;
    }
    Ok(())
}

/// Prints the sentences that are nearest to each frame, or to the one called `id`, without a match of its rules.
pub(super) fn misses(project: &Project, id: Option<&str>, size: usize, common: &Common) -> Result<Verdict, Failure> {
    let request = LookRequest { size, width: WIDTH, output: common.output() };
    let found = analysis::frame_misses(project, id, &request, &common.watcher())?;
    let mut out = standard_output();
    match common.output() {
        None => found.iter().try_for_each(|of| print_misses(&mut out, of))?,
        Some(file) if !common.quiet => writeln!(out, "{}", shown(file))?,
        Some(_) => {}
    }
    Ok(Verdict::Fine)
}

fn print_misses(out: &mut impl Write, found: &FrameMisses) -> Result<(), Failure> {
    writeln!(out, "{}", styled(HEADING, &harmless(&found.frame)))?;
    if found.matched == 0 {
        writeln!(out, "  no rule of it matches anywhere, so nothing is known of its words")?;
        return Ok(());
    }
    let about = format!("words of the {} its rules match: ", counted(found.matched, "sentence"));
    writeln!(out, "  {}{}", styled(FAINT, &about), harmless(&found.words.join(", ")))?;
    let heads: Vec<Vec<String>> = found.misses.iter().map(head).collect();
    for (miss, head) in found.misses.iter().zip(columns(&heads)) {
        writeln!(out, "  {}", styled(FAINT, &format!("{head}  {}", harmless(&miss.words.join(" ")))))?;
        writeln!(out, "    {}", harmless(&miss.text))?;
    }
    Ok(())
}

fn head(miss: &NearMiss) -> Vec<String> {
    let date = miss.date.map_or_else(String::new, |date| date.to_string());
    vec![short(&miss.group), date, place(&miss.document, miss.sentence), format!("{:.1}", miss.score)]
}
