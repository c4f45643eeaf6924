//! What was found, in sentences: each number with its interval, and what it cannot say.

use std::collections::BTreeMap;

use crate::compare::{Comparison, Contrast, Findings, Prevalence, REST, SourceKind, WHOLE_SPAN};
use crate::model::{Unit, VoiceFilter};
use crate::report::page::PageSource;
use crate::report::page::facts::{Totals, groups};
use crate::stats::Interval;

/// A finding holds up where its q-value lies below this.
const LEVEL: f64 = 0.05;
/// Differences that are spelled out.
const MOST_DIFFERENCES: usize = 5;
/// Frames whose range is spelled out.
const MOST_FRAMES: usize = 3;

/// One statement, and what the sentences behind it carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statement {
    /// Plain text.
    pub(super) text: String,
    /// Id of the frame that it is about.
    pub(super) frame: Option<String>,
    /// The group that it is about.
    pub(super) group: Option<String>,
}

impl Statement {
    fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// How much was compared: one line below the title.
pub(super) fn deck(source: &PageSource<'_>) -> String {
    let totals = Totals::of(source.counts);
    let mut deck = format!(
        "{}, {}, {} {}",
        counted(totals.documents, "document"),
        counted(totals.sentences, "sentence"),
        grouped(groups(source.counts).len() as u64),
        plural(&source.study.compare.by, groups(source.counts).len()),
    );
    if let Some((first, last)) = totals.dates {
        deck += &format!(", {first} to {last}");
    }
    deck
}

/// The main findings, in the order in which they should be read.
pub(super) fn statements(source: &PageSource<'_>) -> Vec<Statement> {
    let mut statements = ranges(source);
    statements.extend(differences(source));
    statements.extend(contrasts(source));
    statements.extend(voices(source));
    statements.extend(loudest(source.findings));
    statements
}

/// The most frequent frames, from the group that carries each least to the one that carries it most.
fn ranges(source: &PageSource<'_>) -> Vec<Statement> {
    let rows = |frame: &str| -> Vec<&Prevalence> {
        let is_wanted =
            |row: &&Prevalence| row.frame == frame && row.period == WHOLE_SPAN && row.estimate.is_some();
        source.findings.prevalence.iter().filter(is_wanted).collect()
    };
    let mut frames: Vec<(u64, &str, &str)> = source
        .codebook
        .frames
        .iter()
        .map(|frame| (rows(&frame.id).iter().map(|row| row.hits).sum(), &*frame.id, &*frame.label))
        .filter(|(hits, ..)| *hits > 0)
        .collect();
    frames.sort_by_key(|(hits, ..)| std::cmp::Reverse(*hits));
    frames.into_iter().take(MOST_FRAMES).filter_map(|(hits, id, label)| range(source, (hits, id, label), &rows(id))).collect()
}

fn range(source: &PageSource<'_>, (hits, id, label): (u64, &str, &str), rows: &[&Prevalence]) -> Option<Statement> {
    let by_share = |a: &&&Prevalence, b: &&&Prevalence| a.estimate.unwrap_or(0.0).total_cmp(&b.estimate.unwrap_or(0.0));
    let (least, most) = (rows.iter().min_by(by_share)?, rows.iter().max_by(by_share)?);
    let unit = source.study.compare.unit.as_str();
    let whose = match source.study.compare.voice {
        VoiceFilter::All => "",
        VoiceFilter::Own => " in the outlet's own voice",
        VoiceFilter::Attributed => " in the voice of a source",
    };
    let place = |row: &Prevalence| {
        let interval = within(row.interval, percent).map_or_else(String::new, |interval| format!(", {interval}"));
        format!("{} in {}{interval}", share(row.estimate), row.group)
    };
    let mut text = format!("{label}{whose}: {} with this frame. ", counted(hits, unit));
    if rows.len() == 1 {
        text += &format!("Its share of all {unit}s is {}.", place(most));
    } else {
        text += &format!("Its share of all {unit}s runs from {} to {}.", place(least), place(most));
    }
    Some(Statement { text, frame: Some(id.to_owned()), group: None })
}

/// The groups that differ from all the others together, the surest first.
fn differences(source: &PageSource<'_>) -> Vec<Statement> {
    let rest = |row: &&Comparison| row.group_b == REST && row.period == WHOLE_SPAN;
    let mut tested: Vec<&Comparison> =
        source.findings.comparisons.iter().filter(rest).filter(|row| row.q_value.is_some()).collect();
    if tested.is_empty() {
        return Vec::new();
    }
    let all = tested.len();
    tested.retain(|row| row.q_value.is_some_and(|q| q < LEVEL));
    let by = &source.study.compare.by;
    let (of, verb) = (counted(all as u64, "difference"), if all == 1 { "was" } else { "were" });
    let head = match tested.len() {
        0 => format!(
            "{of} between one {by} and the rest {verb} tested, and none holds up once the number of tests is allowed for \
             (q < 0.05). That does not show that they are alike."
        ),
        kept => format!(
            "{of} between one {by} and the rest {verb} tested; {} once the number of tests is allowed for (q < 0.05).",
            if kept == 1 { "1 holds up".to_owned() } else { format!("{} hold up", grouped(kept as u64)) },
        ),
    };
    let surest = |row: &&Comparison| (row.q_value.unwrap_or(1.0), -row.difference.unwrap_or(0.0).abs());
    tested.sort_by(|a, b| {
        let ((q_a, size_a), (q_b, size_b)) = (surest(a), surest(b));
        q_a.total_cmp(&q_b).then(size_a.total_cmp(&size_b))
    });
    let spelled = tested.into_iter().take(MOST_DIFFERENCES).map(|row| difference(source, row));
    std::iter::once(Statement::plain(head)).chain(spelled).collect()
}

fn difference(source: &PageSource<'_>, row: &Comparison) -> Statement {
    let direction = if row.difference.unwrap_or(0.0) > 0.0 { "more" } else { "less" };
    let size = row.difference.map(f64::abs);
    // The interval of "less by so much" is that of the difference turned round.
    let turned = row.interval.map(|interval| match row.difference {
        Some(difference) if difference < 0.0 => Interval { low: -interval.high, high: -interval.low },
        _ => interval,
    });
    let interval = within(turned, points).map_or_else(String::new, |interval| format!(", {interval}"));
    let text = format!(
        "{} carries {} {direction} often than the rest: {} against {} of {}s, a difference of {} points{interval}, {}.",
        row.group_a,
        label(source, &row.frame),
        share(row.estimate_a),
        share(row.estimate_b),
        source.study.compare.unit.as_str(),
        size.map_or_else(String::new, points),
        q_value(row.q_value),
    );
    Statement { text, frame: Some(row.frame.clone()), group: Some(row.group_a.clone()) }
}

/// For each contrast, on which side the groups stand, and the one that leans farthest.
fn contrasts(source: &PageSource<'_>) -> Vec<Statement> {
    let mut pairs: Vec<((&str, &str), Vec<&Contrast>)> = Vec::new();
    for row in source.findings.contrasts.iter().filter(|row| row.period == WHOLE_SPAN) {
        let pair = (&*row.frame_a, &*row.frame_b);
        match pairs.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, rows)) => rows.push(row),
            None => pairs.push((pair, vec![row])),
        }
    }
    pairs.into_iter().filter_map(|((a, b), rows)| contrast(source, (a, b), &rows)).collect()
}

fn contrast(source: &PageSource<'_>, (a, b): (&str, &str), rows: &[&Contrast]) -> Option<Statement> {
    let (label_a, label_b) = (label(source, a), label(source, b));
    let leans = |row: &&&Contrast| row.log_ratio.is_some();
    let surely = |row: &Contrast| row.q_value.is_some_and(|q| q < LEVEL);
    let more_a = rows.iter().filter(|row| row.hits_a > row.hits_b).count();
    let sure_a = rows.iter().filter(|row| row.hits_a > row.hits_b && surely(row)).count();
    let sure_b = rows.iter().filter(|row| row.hits_a < row.hits_b && surely(row)).count();
    let farthest = rows.iter().filter(leans).max_by(|x, y| {
        x.log_ratio.unwrap_or(0.0).abs().total_cmp(&y.log_ratio.unwrap_or(0.0).abs())
    })?;
    let log_ratio = farthest.log_ratio?;
    let (ahead, behind) = if log_ratio >= 0.0 { (label_a, label_b) } else { (label_b, label_a) };
    let turned = farthest.interval.map(|interval| {
        if log_ratio >= 0.0 { interval } else { Interval { low: -interval.high, high: -interval.low } }
    });
    let times = |log: f64| format!("{:.1}", log.exp());
    let interval = within(turned, times).map_or_else(String::new, |interval| format!(", {interval}"));
    let text = format!(
        "{label_a} against {label_b}: the first is the more frequent in {more_a} of {} {} (surely so in {sure_a}; the \
         second surely in {sure_b}). {} leans farthest: {} of {ahead} for each of {behind} ({} to {}{interval}, {}).",
        rows.len(),
        plural(&source.study.compare.by, rows.len()),
        farthest.group,
        times(log_ratio.abs()),
        grouped(farthest.hits_a.max(farthest.hits_b)),
        grouped(farthest.hits_a.min(farthest.hits_b)),
        q_value(farthest.q_value),
    );
    Some(Statement { text, frame: Some(a.to_owned()), group: Some(farthest.group.clone()) })
}

/// Whose words the hits are.
fn voices(source: &PageSource<'_>) -> Option<Statement> {
    let totals = Totals::of(source.counts);
    let known = totals.own + totals.attributed;
    if known == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let attributed = totals.attributed as f64 / known as f64;
    let mut text = format!(
        "Of {} of all frames, {} ({}) are in the voice of a source that the outlet quotes or reports, {} in its own.",
        counted(known, "hit"),
        grouped(totals.attributed),
        share(Some(attributed)),
        grouped(totals.own),
    );
    if totals.hits > known {
        text += &format!(" The voice of {} more is not known.", grouped(totals.hits - known));
    }
    Some(Statement::plain(text))
}

/// The source that fills most of a group's attributed sentences, among named sources and groups of sources.
fn loudest(findings: &Findings) -> Option<Statement> {
    let mut best: BTreeMap<SourceKind, &crate::compare::SourceShare> = BTreeMap::new();
    for row in findings.sources.iter().filter(|row| row.period == WHOLE_SPAN && row.share.is_some()) {
        let kept = best.entry(row.kind).or_insert(row);
        // Few documents make large shares; a source must speak in ten to be named here.
        if row.documents >= 10 && (kept.documents < 10 || row.share > kept.share) {
            *kept = row;
        }
    }
    let row = best.get(&SourceKind::Group).or_else(|| best.get(&SourceKind::Source))?;
    if row.documents < 10 {
        return None;
    }
    let interval = within(row.interval, percent).map_or_else(String::new, |interval| format!(", {interval}"));
    let text = format!(
        "Most heard: {} in {}, with words in {} of the {} that are given to anybody ({}{interval}).",
        row.source,
        row.group,
        grouped(row.sentences),
        counted(row.all_sentences, "sentence"),
        share(row.share),
    );
    Some(Statement { text, frame: None, group: Some(row.group.clone()) })
}

/// What intervals and tests leave out, and what was left out of the corpus.
pub(super) fn cautions(source: &PageSource<'_>) -> Vec<String> {
    let records = source.records;
    let reasons: Vec<String> =
        records.excluded.iter().map(|(reason, count)| format!("{} {reason}", grouped(*count))).collect();
    let why = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
    let mut cautions = vec![format!(
        "{} read = {} kept + {} excluded{why}.",
        counted(records.read, "record"),
        grouped(records.kept),
        grouped(records.read - records.kept),
    )];
    if records.without_voice > 0 {
        cautions.push(format!(
            "{} in a language that voices are not known for: voice is empty there.",
            counted(records.without_voice, "document")
        ));
    }
    cautions.push(
        "An interval says how far a share could move had other articles of the same kind been drawn. It does not cover \
         mistakes in coding: whether the sentences carry the frame is for a reader to judge, and they are all below."
            .to_owned(),
    );
    if source.study.compare.unit == Unit::Sentence {
        cautions.push(
            "The article, not the sentence, is the unit of every interval and test: sentences of one article are alike."
                .to_owned(),
        );
    }
    cautions
}

fn label<'a>(source: &'a PageSource<'_>, frame: &'a str) -> &'a str {
    source.codebook.frames.iter().find(|known| known.id == frame).map_or(frame, |known| &known.label)
}

/// "95 % interval 2.4 to 8.9 %", with the numbers as `shown` prints them.
fn within(interval: Option<Interval>, shown: impl Fn(f64) -> String) -> Option<String> {
    interval.map(|Interval { low, high }| format!("95 % interval {} to {}", shown(low), shown(high)))
}

fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "an undefined share".to_owned(), percent)
}

fn percent(share: f64) -> String {
    format!("{} %", points(share))
}

/// Percentage points with one decimal, and no sign before a zero.
fn points(share: f64) -> String {
    let shown = format!("{:.1}", share * 100.0);
    if shown == "-0.0" { "0.0".to_owned() } else { shown.replace('-', "\u{2212}") }
}

fn q_value(value: Option<f64>) -> String {
    match value {
        None => "not tested".to_owned(),
        Some(tiny) if tiny < 0.001 => "q < 0.001".to_owned(),
        Some(q) => format!("q = {q:.3}"),
    }
}

/// A count with commas between thousands.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

fn plural(noun: &str, count: usize) -> String {
    format!("{noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_a_newspaper() {
        assert_eq!([0.0, -0.000_1, 0.046_921, -0.07].map(points), ["0.0", "0.0", "4.7", "\u{2212}7.0"]);
        assert_eq!([0, 999, 13_027, 1_234_567].map(grouped), ["0", "999", "13,027", "1,234,567"]);
        assert_eq!([None, Some(0.0004), Some(0.0301)].map(q_value), ["not tested", "q < 0.001", "q = 0.030"]);
    }
}
