//! What a run tells at its end: at most fifteen lines a researcher wants to see.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::analysis::{Compared, Learnt, Project, RunOutcome, without_rules};
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{
    ALARM, FAINT, HEADING, columns, harmless, names_apart, shortened, shown, standard_output, styled,
};
use crate::compare::{Counts, Findings, MOST_GROUPS_IN_PAIRS, Prevalence, WHOLE_SPAN};
use crate::learning::{LabelSource, ScoringMethod};
use crate::model::{ScorerKind, StanceFilter, VoiceFilter};
use crate::report::{Input, RecordCounts, coded_by, counted, grouped, measured_on, rival_shares};
use crate::validate::OddityRow;

/// Groups that fit beside each other on a terminal.
const MOST_GROUPS: usize = 8;

/// Lines in all.
const MOST_LINES: usize = 15;

/// Lines of the shares of frames that are printed in any case.
const LEAST_FRAME_LINES: usize = 8;

/// Groups named of which a few long documents decide.
const MOST_UNEVEN: usize = 3;

/// Characters that the titles of all groups share.
const TITLES_WIDTH: usize = 100;

/// Documents in and out, the frames' prevalence by group, and where the tables are.
pub(super) fn print(project: &Project, learnt: &Learnt, outcome: &RunOutcome, common: &Common) -> Result<(), Failure> {
    let mut head = vec![records(&outcome.manifest.records, "see excluded.csv")];
    head.extend(learnt.people.iter().flat_map(|people| &people.notes).map(|note| harmless(note).into_owned()));
    head.extend(labelled(project, learnt));
    if let Some(training_set) = &learnt.training_set {
        let labelled = &training_set.labelled;
        let source = match training_set.label_source {
            LabelSource::Coders => "coded",
            LabelSource::Rules => "rule-coded",
        };
        let unit = format!("{source} {}", labelled.unit.as_str());
        let [units, frames] = [(training_set.groups.len(), &unit[..]), (labelled.frames.len(), "frame")]
            .map(|(count, noun)| counted(count as u64, noun));
        head.push(format!("Scorer learnt from {units} for {frames}"));
        head.extend(coders(outcome));
        head.extend(training_set.notes.iter().map(|note| harmless(note).into_owned()));
    }
    head.extend(outcome.notes.iter().map(|note| harmless(note).into_owned()));
    if outcome.pass.voiceless > 0 {
        let documents = counted(outcome.pass.voiceless, "document");
        head.push(format!("{documents} in a language that voices are not known for: voice is empty there"));
    }
    if outcome.pass.without_vector > 0 {
        let sentences = counted(outcome.pass.without_vector, "sentence");
        head.push(format!("{sentences} without a vector, scored by words alone; encode them: parallax encode"));
    }
    head.extend(odd(&outcome.pass.oddities));
    head.extend(without_records(&outcome.pass.inputs));
    if let Some(note) = outcome.pass.inputs.iter().find_map(|input| Some((&input.path, input.notes.first()?))) {
        head.push(format!("{}: {} (all such notes are in manifest.json)", harmless(note.0), note.1));
    }
    print_lines(project, &outcome.counts, outcome.findings.as_ref(), head, common)
}

/// Which files of the corpus hold nothing: an export that failed looks like this.
fn without_records(inputs: &[Input]) -> Option<String> {
    let is_empty = |input: &&Input| input.records.as_ref().is_some_and(|records| records.read == 0);
    let mut empty = inputs.iter().filter(is_empty);
    let first = harmless(&empty.next()?.path).into_owned();
    let more = match empty.count() {
        0 => String::new(),
        more => format!(" and in {}", counted(more as u64, "more file")),
    };
    Some(styled(ALARM, &format!("No record in {first}{more}")))
}

/// What is to be known of labels from outside, and whether they code.
fn labelled(project: &Project, learnt: &Learnt) -> Vec<String> {
    let Some(labels) = &learnt.labels else { return Vec::new() };
    let role = if learnt.coding_labels(project).is_some() { "Coded by" } else { "Not coded by, only beside:" };
    let mut lines: Vec<String> = labels.notes.iter().map(|note| harmless(note).into_owned()).collect();
    if let Some(first) = lines.first_mut() {
        *first = format!("{role} {first}");
    }
    lines
}

/// The same without the records, for a comparison of documents counted before.
pub(super) fn print_findings(project: &Project, compared: &Compared, common: &Common) -> Result<(), Failure> {
    let notes = compared.notes.iter().map(|note| harmless(note).into_owned()).collect();
    print_lines(project, &compared.counts, Some(&compared.findings), notes, common)
}

/// Who codes which frame, and where the shares of the corpus depend on it.
fn coders(outcome: &RunOutcome) -> Vec<String> {
    let of = |method: ScoringMethod, what: &str| {
        let coded = outcome.choices.iter().filter(|(_, choice)| choice.method == method);
        let named: Vec<String> = coded.map(|(frame, choice)| coded_by(frame, choice)).collect();
        (!named.is_empty()).then(|| format!("{what}: {}", named.join("; ")))
    };
    // In full: a frame that a note leaves out is coded by somebody without a word.
    let units = measured_on(&outcome.choices);
    let by_scorer = format!("Coded by the scorer, better than the rules on {units} not seen (see codebook.md)");
    let by_rules = format!(
        "Coded by the rules alone, as the scorer is not surely better on {units} it had not seen (see codebook.md)"
    );
    let mut lines: Vec<String> =
        [of(ScoringMethod::Together, &by_scorer), of(ScoringMethod::Rules, &by_rules)].into_iter().flatten().collect();
    let shares: Vec<String> =
        outcome.choices.iter().filter_map(|(frame, choice)| rival_shares(frame, choice)).collect();
    if !shares.is_empty() {
        let note = format!("Shares that depend on who codes (see codebook.md): {}", shares.join("; "));
        lines.push(styled(ALARM, &note));
    }
    lines
}

/// How many kinds of records look odd, and the most frequent.
fn odd(oddities: &[OddityRow]) -> Option<String> {
    let mendable = || oddities.iter().filter(|row| row.is_mendable());
    let most = mendable().max_by_key(|row| row.documents)?;
    let more = match mendable().count() - 1 {
        0 => String::new(),
        more => format!("; {more} more in parallax check"),
    };
    let documents = counted(most.documents, "document");
    Some(format!("Looks odd in {documents}: {}; what mends it: {}{more}", most.oddity.title(), most.oddity.remedy()))
}

/// How many records were read, and what became of them; `place` says where those that are left out can be seen.
pub(super) fn records(records: &RecordCounts, place: &str) -> String {
    let reasons = records.exclusions();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({reasons}; {place})") };
    let excluded = records.read - records.kept;
    format!(
        "{} read = {} kept + {} excluded{why}",
        counted(records.read, "record"),
        grouped(records.kept),
        grouped(excluded)
    )
}

/// What to say where the results of several studies go to one folder.
pub(super) fn rivals(project: &Project) -> Option<String> {
    let names: Vec<String> = project.rivals().iter().map(|name| harmless(name).into_owned()).collect();
    let note = format!(
        "{} {} results to {} too, so that one study replaces the other's; give each an output of its own",
        names.join(", "),
        if names.len() == 1 { "writes its" } else { "write their" },
        shown(&project.output)
    );
    (!names.is_empty()).then(|| styled(ALARM, &note))
}

/// Prints `head`, what was compared, as many frames as then fit, and where the tables are.
fn print_lines(
    project: &Project,
    counts: &Counts,
    findings: Option<&Findings>,
    head: Vec<String>,
    common: &Common,
) -> Result<(), Failure> {
    if common.quiet {
        return Ok(());
    }
    let mut lines = head;
    lines.push(span(project, counts));
    // Where labels code, their own line names the frames that neither they nor rules find.
    let is_bare = project.study.scorer != ScorerKind::Labels;
    lines
        .extend(without_rules(&project.codebook).filter(|_| is_bare).map(|note| styled(ALARM, &shortened(&note, 160))));
    let mut tail = Vec::new();
    tail.extend(findings.and_then(uneven_documents));
    tail.extend(findings.and_then(|findings| unexplained(project, findings)));
    tail.extend(rivals(project));
    if groups(counts) > MOST_GROUPS_IN_PAIRS {
        let note =
            format!("more than {MOST_GROUPS_IN_PAIRS} groups: each is compared with the rest only, not in pairs");
        tail.push(styled(FAINT, &note));
    }
    tail.push(format!("Tables: {}", shown(&project.output)));
    if let Some(findings) = findings {
        // However much there is to say before, somebody looks for the shares.
        let room = MOST_LINES.saturating_sub(lines.len() + tail.len()).max(LEAST_FRAME_LINES);
        lines.extend(frame_lines(project, counts, findings, room));
    }
    let mut out = standard_output();
    for line in lines.iter().chain(&tail) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Which columns somebody named to explain shares by and that are no term of regression.csv, with the reason.
fn unexplained(project: &Project, findings: &Findings) -> Option<String> {
    // Without a word in the study file these are asked for, and a small corpus has no regression that anybody misses.
    let unsaid = ["outlet", "date", &project.study.compare.by];
    let named = findings.no_terms.iter().filter(|(name, _)| !unsaid.contains(&&name[..]));
    let named: Vec<String> = named.map(|(name, why)| format!("{} ({why})", harmless(name))).collect();
    (!named.is_empty()).then(|| format!("Without effect in [regression] on: {}", named.join(", ")))
}

/// Which groups' shares a few long documents decide: one of two hundred sentences among many of ten is the outlet.
fn uneven_documents(findings: &Findings) -> Option<String> {
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    for row in findings.prevalence.iter().filter(|row| &*row.period == WHOLE_SPAN) {
        if let Some(weight) = row.few_effective {
            let told = || format!("{} of {} like {weight:.0}", row.documents, harmless(&row.group));
            groups.entry(&row.group).or_insert_with(told);
        }
    }
    let (count, told) = (groups.len(), groups.into_values().take(MOST_UNEVEN).collect::<Vec<_>>().join("; "));
    let more =
        if count > MOST_UNEVEN { format!("; {} more in prevalence.csv", count - MOST_UNEVEN) } else { String::new() };
    let note = format!("A few long documents decide, so that documents weigh like fewer of equal size: {told}{more}");
    (count > 0).then(|| styled(ALARM, &note))
}

/// A heading, the groups, and the shares of as many frames as fit into `room` lines altogether.
fn frame_lines(project: &Project, counts: &Counts, findings: &Findings, room: usize) -> Vec<String> {
    let (frames, fit) = (project.codebook.frames.len(), room.saturating_sub(2));
    let shown = if frames <= fit { frames } else { fit.saturating_sub(1) };
    let (title, rows) = prevalence(project, counts, findings, shown);
    let mut lines = vec![styled(HEADING, &title)];
    lines.extend(columns(&rows));
    if shown < frames {
        let more = format!("and {} in prevalence.csv", counted((frames - shown) as u64, "more frame"));
        lines.push(styled(FAINT, &more));
    }
    lines
}

/// How much was compared: documents, sentences, groups, dates.
fn span(project: &Project, counts: &Counts) -> String {
    let sentences: u64 = counts.documents().map(|(_, document)| document.sentences).sum();
    // Not groups of frames, whose hits are those of their frames once more.
    let own = project.codebook.frames.len();
    let of_frames = counts.documents().flat_map(|(_, document)| document.frames.iter().take(own));
    let hits: u64 = of_frames.map(|frame| frame.hits).sum();
    let span = counts.days().map(|(first, last)| format!(", {first} to {last}")).unwrap_or_default();
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

/// The shares of the first frames by group over the whole span, groups with the most documents first.
fn prevalence(project: &Project, counts: &Counts, findings: &Findings, shown: usize) -> (String, Vec<Vec<String>>) {
    let mut documents: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, document) in counts.documents() {
        *documents.entry(&document.group).or_default() += 1;
    }
    let mut groups: Vec<(&str, u64)> = documents.into_iter().collect();
    groups.sort_by_key(|(group, documents)| (std::cmp::Reverse(*documents), *group));
    let hidden = groups.len().saturating_sub(MOST_GROUPS);
    groups.truncate(MOST_GROUPS);
    let width = (TITLES_WIDTH / groups.len().max(1)).clamp(12, 24);
    let is_corrected = findings.prevalence.iter().any(|row| &*row.period == WHOLE_SPAN && row.corrected.is_some());
    let mut rows = vec![
        std::iter::once(String::new())
            .chain(names_apart(&groups.iter().map(|(group, _)| &group[..]).collect::<Vec<_>>(), width))
            .collect::<Vec<_>>(),
    ];
    for frame in project.codebook.frames.iter().take(shown) {
        let share = |group: &str| {
            let mut rows =
                findings.prevalence.iter().filter(|row| *row.frame == *frame.id && &*row.period == WHOLE_SPAN);
            rows.find(|row| &*row.group == group).map_or_else(|| "-".to_owned(), |row| leading(row, is_corrected))
        };
        rows.push(std::iter::once(frame.id.clone()).chain(groups.iter().map(|(group, _)| share(group))).collect());
    }
    (heading(project, hidden, is_corrected), rows)
}

/// The corrected share where there is one; beside such, one that is as counted bears an asterisk.
fn leading(row: &Prevalence, is_corrected: bool) -> String {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    match (&row.corrected, row.estimate) {
        (Some(corrected), _) => percent(corrected.estimate),
        (None, Some(estimate)) if is_corrected => format!("{} *", percent(estimate)),
        (None, Some(estimate)) => percent(estimate),
        (None, None) => "-".to_owned(),
    }
}

fn heading(project: &Project, hidden: usize, is_corrected: bool) -> String {
    let units = project.study.compare.share_units();
    let voice = match (project.study.compare.voice, project.study.compare.stance) {
        (VoiceFilter::Own, _) => ", in the outlets' own voice",
        (VoiceFilter::Attributed, _) => ", in the voice of sources",
        (VoiceFilter::All, StanceFilter::Favor) => ", affirming it",
        (VoiceFilter::All, StanceFilter::Against) => ", rejecting it",
        (VoiceFilter::All, StanceFilter::All) => "",
    };
    let more = if hidden == 0 {
        String::new()
    } else {
        format!("; {} in prevalence.csv", counted(hidden as u64, "more group"))
    };
    let corrected = if is_corrected { ", corrected by hand codings (* as counted)" } else { "" };
    format!("Share of {units} with each frame{voice}{corrected} (intervals in prevalence.csv{more})")
}
