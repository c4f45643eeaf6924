//! `check`: the corpus, the codebook and its rules, before a run.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Census, Checked, Project, without_rules};
use crate::cli::arguments::Common;
use crate::cli::drift::print_drift;
use crate::cli::failure::Failure;
use crate::cli::line_arguments::Looks;
use crate::cli::terminal::{ALARM, FAINT, HEADING, columns, harmless, names_apart, standard_output, styled};
use crate::cli::{Verdict, look, summary};
use crate::coding::{ExampleFailure, Expectation};
use crate::model::{Excluded, Exclusion, ScorerKind};
use crate::report::{Input, counted, grouped};
use crate::validate::{LEAST_MEETINGS, LEAST_SHARE, OddityRow, RuleFindings};

/// Columns of periods that a terminal can take.
const MOST_PERIODS: usize = 10;

/// Notes on files that are shown.
const MOST_NOTES: usize = 10;

/// Most characters that are shown of a group.
const NAME_WIDTH: usize = 40;

/// Excluded records shown for each reason.
const MOST_EXCLUDED: usize = 3;

/// Prints counts by group and period, exclusions, failing examples, and what each rule finds.
pub(super) fn check(study: &Path, looks: &Looks, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, None)?;
    if let Some(id) = &looks.rule {
        return look::rule(&project, id, looks.show, common);
    }
    if looks.misses {
        return look::misses(&project, looks.frame.as_deref(), looks.show, common);
    }
    if common.output().is_some() {
        return Err(Failure::NothingToWrite);
    }
    let checked = analysis::check(&project, &common.watcher())?;
    let drift = looks.drift.then(|| analysis::drift(&project, &common.watcher())).transpose()?;
    let mut out = standard_output();
    if !common.quiet {
        print_documents(&mut out, &project, &checked.census)?;
        print_excluded(&mut out, checked.pass.kept, &checked.pass.excluded)?;
        print_subsets(&mut out, &checked)?;
        print_notes(&mut out, &checked.pass.inputs)?;
        print_oddities(&mut out, &checked.pass.oddities)?;
        for note in checked.pass.notes.iter().chain(&checked.labels) {
            writeln!(out, "{}", harmless(note))?;
        }
        print_rules(&mut out, &project, &checked)?;
        if let Some(note) = summary::rivals(&project) {
            writeln!(out, "{note}")?;
        }
    }
    if let Some(drift) = drift {
        print_drift(&mut out, &project, &drift)?;
    }
    print_failures(&mut out, &project, &checked.failures, common)?;
    Ok(if checked.failures.is_empty() { Verdict::Fine } else { Verdict::No })
}

fn print_documents(out: &mut impl Write, project: &Project, census: &Census) -> Result<(), Failure> {
    let by = &project.study.compare.by;
    writeln!(out, "{}", styled(HEADING, &format!("Documents by {by}")))?;
    let all: BTreeSet<&String> = census.values().flat_map(BTreeMap::keys).filter(|period| !period.is_empty()).collect();
    let shown: Vec<&String> = if all.len() <= MOST_PERIODS { all.iter().copied().collect() } else { Vec::new() };
    let heading = [by.clone()].into_iter().chain(shown.iter().map(|period| (*period).clone()));
    let mut rows = vec![heading.chain(["all".to_owned()]).collect::<Vec<_>>()];
    let names = names_apart(&census.keys().map(|group| &group[..]).collect::<Vec<_>>(), NAME_WIDTH);
    for (group, periods) in names.into_iter().zip(census.values()) {
        let cells = shown.iter().map(|period| grouped(periods.get(*period).copied().unwrap_or(0)));
        let total = grouped(periods.values().sum());
        rows.push([group].into_iter().chain(cells).chain([total]).collect());
    }
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    if shown.is_empty() && !all.is_empty() {
        print_periods(out, census, &all)?;
    }
    Ok(())
}

/// Where there are too many periods for columns: one line each, groups beside each other.
fn print_periods(out: &mut impl Write, census: &Census, periods: &BTreeSet<&String>) -> Result<(), Failure> {
    let titles = names_apart(&census.keys().map(|group| &group[..]).collect::<Vec<_>>(), 12);
    let mut rows = vec![["period".to_owned()].into_iter().chain(titles).collect::<Vec<_>>()];
    for period in periods {
        let cells = census.values().map(|counts| grouped(counts.get(*period).copied().unwrap_or(0)));
        rows.push([(*period).clone()].into_iter().chain(cells).collect());
    }
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn print_excluded(out: &mut impl Write, kept: u64, excluded: &[Excluded]) -> Result<(), Failure> {
    let left_out = excluded.len() as u64;
    writeln!(
        out,
        "{} read = {} kept + {} excluded",
        styled(HEADING, &counted(kept + left_out, "record")),
        grouped(kept),
        grouped(left_out)
    )?;
    let mut by_reason: BTreeMap<&str, Vec<&Excluded>> = BTreeMap::new();
    for record in excluded {
        by_reason.entry(record.reason.as_str()).or_default().push(record);
    }
    for (reason, records) in by_reason {
        writeln!(out, "  {reason}: {}", grouped(records.len() as u64))?;
        // What the study itself leaves out is no trouble to be looked into.
        let troubles = records.iter().filter(|record| record.reason != Exclusion::OutsideSubset);
        for record in troubles.take(MOST_EXCLUDED) {
            let place = format!("{}, record {}", harmless(&record.origin.file), record.origin.record);
            writeln!(out, "    {place}: {}", harmless(&record.detail))?;
        }
    }
    Ok(())
}

/// How many records each `where`, `from` and `to` leaves.
fn print_subsets(out: &mut impl Write, checked: &Checked) -> Result<(), Failure> {
    for subset in &checked.subsets {
        let (inside, all) = (grouped(subset.inside), counted(subset.records, "record"));
        writeln!(out, "  subset of {} ({}): {inside} of {all}", harmless(&subset.path), harmless(&subset.asked))?;
    }
    Ok(())
}

/// How files were read, where that is not plain.
fn print_notes(out: &mut impl Write, inputs: &[Input]) -> Result<(), Failure> {
    let mut notes = inputs.iter().flat_map(|input| input.notes.iter().map(move |note| (&input.path, note)));
    for (path, note) in notes.by_ref().take(MOST_NOTES) {
        writeln!(out, "  {}: {}", harmless(path), harmless(note))?;
    }
    match notes.count() {
        0 => {}
        more => writeln!(out, "  and {} on how files were read", counted(more as u64, "more note"))?,
    }
    Ok(())
}

fn print_oddities(out: &mut impl Write, oddities: &[OddityRow]) -> Result<(), Failure> {
    if oddities.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", styled(HEADING, "What looks odd"))?;
    let mut rows = vec![["", "documents", "the first", "what mends it"].map(str::to_owned).to_vec()];
    for row in oddities {
        let example = row.example.as_ref().map_or_else(String::new, |example| format!(": {}", harmless(example)));
        let what = format!("{}{example}", row.oddity.title());
        let place = harmless(&row.place()).into_owned();
        rows.push(vec![what, grouped(row.documents), place, row.oddity.remedy().to_owned()]);
    }
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn print_rules(out: &mut impl Write, project: &Project, checked: &Checked) -> Result<(), Failure> {
    writeln!(out, "{}", styled(HEADING, "Rules"))?;
    let about = format!(
        "alone: matches that share no word with another rule of the frame, as a share of all the frame's matches\n  \
                 overlap: matches in sentences that another rule of the frame matches too\n  \
                 conflict: matches that share a word with a rule of another frame, or of another stance\n  \
                 trust: share of its matches estimated right from how the rules agree (Dawid-Skene), without hand codings;\n  \
                 - where no other rule of the frame ever matched beside it, or the frame's rules met in fewer than \
                 {LEAST_MEETINGS} places or one in {LEAST_SHARE}"
    );
    writeln!(out, "  {}", styled(FAINT, &about))?;
    let titles = ["frame / rule", "matches", "documents", "alone", "overlap", "conflict", "trust"];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    for (frame, title) in project.codebook.frames.iter().enumerate() {
        let of_frame = || {
            let rules = project.codebook.rules.iter().zip(&checked.rules.rules).zip(&checked.trust);
            rules.filter(|((rule, _), _)| rule.frame == frame)
        };
        let matches = of_frame().map(|((_, found), _)| found.matches).sum();
        rows.push(vec![title.id.clone(), grouped(matches)]);
        rows.extend(of_frame().map(|((rule, found), trust)| row(&rule.id, *found, matches, *trust)));
    }
    for line in columns(&rows) {
        writeln!(out, "  {line}")?;
    }
    let is_bare = project.study.scorer != ScorerKind::Labels;
    if let Some(note) = without_rules(&project.codebook).filter(|_| is_bare) {
        writeln!(out, "{}", styled(ALARM, &note))?;
    }
    Ok(())
}

fn row(rule: &str, found: RuleFindings, frame_matches: u64, trust: Option<f64>) -> Vec<String> {
    vec![
        format!("  {rule}"),
        grouped(found.matches),
        grouped(found.documents),
        percent(found.alone, frame_matches),
        percent(found.overlaps, found.matches),
        percent(found.conflicts, found.matches),
        trust.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0)),
    ]
}

fn percent(part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown as whole per cent")]
    let share = part as f64 * 100.0 / whole as f64;
    if whole == 0 { "-".to_owned() } else { format!("{share:.0} %") }
}

fn print_failures(
    out: &mut impl Write,
    project: &Project,
    failures: &[ExampleFailure],
    common: &Common,
) -> Result<(), Failure> {
    let examples: usize = project.codebook.rules.iter().map(|rule| rule.hits.len() + rule.misses.len()).sum();
    if failures.is_empty() {
        if !common.quiet {
            let rules = counted(project.codebook.rules.len() as u64, "rule");
            writeln!(out, "{rules}, {}: all as the codebook says", counted(examples as u64, "example"))?;
        }
        return Ok(());
    }
    let title = format!("{} of {}", counted(failures.len() as u64, "failing example"), grouped(examples as u64));
    writeln!(out, "{}", styled(ALARM, &title))?;
    for ExampleFailure { rule, expected, example, matched } in failures {
        let what = match (expected, matched) {
            (Expectation::Miss, Some(words)) => format!("must not match, but matches \"{words}\" in"),
            _ => "must match".to_owned(),
        };
        writeln!(out, "  {rule} {what}: {}", harmless(example))?;
    }
    Ok(())
}
