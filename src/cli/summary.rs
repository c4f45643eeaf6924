//! What a run tells at its end: at most fifteen lines a researcher wants to see.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::project::{Project, without_rules};
use crate::cli::run::Outcome;
use crate::cli::terminal::{ALARM, FAINT, HEADING, columns, counted, grouped, harmless, shortened, styled};
use crate::compare::{Counts, Findings, MOST_GROUPS_IN_PAIRS, Prevalence, WHOLE_SPAN};
use crate::model::{Unit, VoiceFilter};

/// Groups that fit beside each other on a terminal.
const MOST_GROUPS: usize = 8;

/// Frames that fit below each other.
const MOST_FRAMES: usize = 9;

/// Characters of a column's title.
const TITLE_WIDTH: usize = 12;

/// Documents in and out, the frames' prevalence by group, and where the tables are.
pub(super) fn print(project: &Project, outcome: &Outcome, common: &Common) -> Result<(), Failure> {
    if common.quiet {
        return Ok(());
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", records(outcome))?;
    if let Some(note) = outcome.pass.inputs.iter().find_map(|input| Some((&input.path, input.notes.first()?))) {
        writeln!(out, "{}: {} (all such notes are in manifest.json)", note.0, note.1)?;
    }
    write_findings(&mut out, project, &outcome.counts, outcome.findings.as_ref())
}

/// The same without the records, for a comparison of documents counted before.
pub(super) fn print_findings(
    project: &Project,
    counts: &Counts,
    findings: &Findings,
    common: &Common,
) -> Result<(), Failure> {
    if common.quiet {
        return Ok(());
    }
    write_findings(&mut anstream::stdout().lock(), project, counts, Some(findings))
}

fn records(outcome: &Outcome) -> String {
    let records = &outcome.manifest.records;
    let reasons: Vec<String> =
        records.excluded.iter().map(|(reason, count)| format!("{} {reason}", grouped(*count))).collect();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({}; see excluded.csv)", reasons.join(", ")) };
    let excluded = records.read - records.kept;
    format!(
        "{} read = {} kept + {} excluded{why}",
        counted(records.read, "record"),
        grouped(records.kept),
        grouped(excluded)
    )
}

fn write_findings(
    out: &mut impl Write,
    project: &Project,
    counts: &Counts,
    findings: Option<&Findings>,
) -> Result<(), Failure> {
    writeln!(out, "{}", span(project, counts))?;
    if let Some(note) = without_rules(&project.codebook) {
        writeln!(out, "{}", styled(ALARM, &shortened(&note, 160)))?;
    }
    if let Some(findings) = findings {
        let (title, rows) = prevalence(project, counts, findings);
        writeln!(out, "{}", styled(HEADING, &title))?;
        for line in columns(&rows) {
            writeln!(out, "{}", line.trim_end())?;
        }
        if project.codebook.frames.len() > MOST_FRAMES {
            let rest = project.codebook.frames.len() - MOST_FRAMES;
            writeln!(
                out,
                "{}",
                styled(FAINT, &format!("and {} in prevalence.csv", counted(rest as u64, "more frame")))
            )?;
        }
    }
    if groups(counts) > MOST_GROUPS_IN_PAIRS {
        let note =
            format!("more than {MOST_GROUPS_IN_PAIRS} groups: each is compared with the rest only, not in pairs");
        writeln!(out, "{}", styled(FAINT, &note))?;
    }
    writeln!(out, "Tables: {}", project.output.display())?;
    Ok(())
}

/// How much was compared: documents, sentences, groups, dates.
fn span(project: &Project, counts: &Counts) -> String {
    let sentences: u64 = counts.documents().map(|(_, document)| document.sentences).sum();
    let hits: u64 = counts.documents().flat_map(|(_, document)| &document.frames).map(|frame| frame.hits).sum();
    let dates = || counts.documents().filter_map(|(_, document)| document.date);
    let span = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    format!(
        "{}, {}, {} by {}{span}; {}",
        counted(counts.len() as u64, "document"),
        counted(sentences, "sentence"),
        counted(groups(counts) as u64, "group"),
        project.study.compare.by,
        counted(hits, "hit"),
    )
}

fn groups(counts: &Counts) -> usize {
    counts.documents().map(|(_, document)| &document.group).collect::<BTreeSet<_>>().len()
}

/// The frames' shares by group over the whole span, groups with the most documents first.
fn prevalence(project: &Project, counts: &Counts, findings: &Findings) -> (String, Vec<Vec<String>>) {
    let mut documents: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, document) in counts.documents() {
        *documents.entry(&document.group).or_default() += 1;
    }
    let mut groups: Vec<(&str, u64)> = documents.into_iter().collect();
    groups.sort_by_key(|(group, documents)| (std::cmp::Reverse(*documents), *group));
    let hidden = groups.len().saturating_sub(MOST_GROUPS);
    groups.truncate(MOST_GROUPS);
    let title = |group: &str| shortened(&harmless(group), TITLE_WIDTH);
    let mut rows =
        vec![std::iter::once(String::new()).chain(groups.iter().map(|(group, _)| title(group))).collect::<Vec<_>>()];
    for frame in project.codebook.frames.iter().take(MOST_FRAMES) {
        let share = |group: &str| {
            let is_wanted = |row: &&Prevalence| row.frame == frame.id && row.group == group && row.period == WHOLE_SPAN;
            let estimate = findings.prevalence.iter().find(is_wanted).and_then(|row| row.estimate);
            estimate.map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", share * 100.0))
        };
        rows.push(std::iter::once(frame.id.clone()).chain(groups.iter().map(|(group, _)| share(group))).collect());
    }
    (heading(project, hidden), rows)
}

fn heading(project: &Project, hidden: usize) -> String {
    let unit = match project.study.compare.unit {
        Unit::Sentence => "sentences",
        Unit::Document => "documents",
    };
    let voice = match project.study.compare.voice {
        VoiceFilter::All => "",
        VoiceFilter::Own => ", in the outlets' own voice",
        VoiceFilter::Attributed => ", in the voice of sources",
    };
    let more = if hidden == 0 {
        String::new()
    } else {
        format!("; {} in prevalence.csv", counted(hidden as u64, "more group"))
    };
    format!("Share of {unit} with each frame{voice} (intervals in prevalence.csv{more})")
}
