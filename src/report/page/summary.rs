//! What was found, in sentences: each number with its interval, and what it cannot say.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::codebook::Frame;
use crate::compare::{
    Comparison, Findings, OTHER_CODERS, Prevalence, REST, SINGLE_CODERS, SourceKind, SourceShare, WHOLE_SPAN,
    counted_documents,
};
use crate::learning::{Choice, ScoringMethod};
use crate::model::{StanceFilter, Unit, VoiceFilter};
use crate::report::Labelling;
use crate::report::codebook_page::{coded_by, measured_on, rival_shares};
use crate::report::number::{grouped, percent, points};
use crate::report::page::PageSource;
use crate::report::page::drift::drift;
use crate::report::page::facts::{Totals, groups};
use crate::report::page::leanings::contrasts;
use crate::report::page::reliability::reliability_of_coders;
use crate::report::page::wording::{Leading, Statement, counted, groups_called, label, q_value, share, within};
use crate::stats::{Interval, SIGNIFICANT};

/// Differences that are spelled out.
const MOST_DIFFERENCES: usize = 5;
/// Frames whose range is spelled out.
const MOST_FRAMES: usize = 3;
/// Groups with fewer documents are passed over where the least and the most are named.
const ENOUGH_DOCUMENTS: u64 = 10;

/// How much was compared: one line below the title.
pub(super) fn deck(source: &PageSource<'_>) -> String {
    let totals = Totals::of(source);
    let dates = totals.dates.map_or_else(String::new, |(first, last)| {
        let day = |date: Date| date.strftime("%-d %B %Y").to_string();
        if first == last { format!(", {}", day(first)) } else { format!(", {} to {}", day(first), day(last)) }
    });
    format!(
        "{}, {}, {} {}{dates}",
        counted(totals.documents, "article"),
        counted(totals.sentences, "sentence"),
        grouped(groups(source.counts).len() as u64),
        groups_called(&source.study.compare, groups(source.counts).len()),
    )
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
        let known =
            source.findings.prevalence.iter().filter(|row| &*row.period == WHOLE_SPAN && row.estimate.is_some());
        known.filter(|row| &*row.frame == frame).collect()
    };
    let mut frames: Vec<(u64, &Frame, Vec<&Prevalence>)> = source
        .codebook
        .frames
        .iter()
        .map(|frame| (frame, rows(&frame.id)))
        .map(|(frame, rows)| (rows.iter().map(|row| row.hits).sum(), frame, rows))
        .filter(|(hits, ..)| *hits > 0)
        .collect();
    frames.sort_by_key(|(hits, ..)| std::cmp::Reverse(*hits));
    frames.into_iter().take(MOST_FRAMES).filter_map(|(hits, frame, rows)| range(source, frame, hits, rows)).collect()
}

/// The share of a row, its group and its interval; where it `is_mixed` with shares of the other kind, of which kind it is.
fn share_in_group(row: &Prevalence, is_mixed: bool) -> String {
    let kind = match &row.corrected {
        _ if !is_mixed => "",
        Some(_) => ", corrected",
        None => ", as counted",
    };
    let interval = row.corrected.as_ref().map_or(row.interval, |corrected| corrected.interval());
    format!("{} in {}{}", share(share_of(row)), row.group, within(" (", interval, &format!("{kind})"), percent))
}

fn range(source: &PageSource<'_>, frame: &Frame, hits: u64, mut rows: Vec<&Prevalence>) -> Option<Statement> {
    let by = groups_called(&source.study.compare, 2);
    let among = comparable(&mut rows, &by);
    let by_share =
        |a: &&&Prevalence, b: &&&Prevalence| share_of(a).unwrap_or(0.0).total_cmp(&share_of(b).unwrap_or(0.0));
    let (least, most) = (rows.iter().min_by(by_share)?, rows.iter().max_by(by_share)?);
    let unit = source.study.compare.unit.as_str();
    let whose = match (source.study.compare.voice, source.study.compare.stance) {
        (VoiceFilter::Own, _) => " in the outlet\u{2019}s own voice",
        (VoiceFilter::Attributed, _) => " in the voice of a source",
        (VoiceFilter::All, StanceFilter::Favor) => ", affirming it,",
        (VoiceFilter::All, StanceFilter::Against) => ", rejecting it,",
        (VoiceFilter::All, StanceFilter::All) => "",
    };
    let corrected = rows.iter().filter(|row| row.corrected.is_some()).count();
    let is_mixed = corrected > 0 && corrected < rows.len();
    let range = match rows.len() {
        1 => format!("is {}", share_in_group(most, is_mixed)),
        all if share_of(least) == share_of(most) => {
            format!("is {} in each of {} {by}", share(share_of(most)), grouped(all as u64))
        }
        _ => format!("runs from {} to {}", share_in_group(least, is_mixed), share_in_group(most, is_mixed)),
    };
    let (label, hits) = (&frame.label, counted(hits, unit));
    let is_corrected = corrected == rows.len();
    // What was counted is not what the corrected share next to it is of.
    let (corrected, before) =
        if is_corrected { (", corrected by hand codings,", ", before any correction") } else { ("", "") };
    let text = format!(
        "\u{201c}{label}\u{201d}{whose} stands in {hits}{before}. {among} share of all {unit}s{corrected} {range}."
    );
    Some(Statement { topic: "How often", text, frame: Some(frame.id.clone()), group: None })
}

/// Keeps the rows that can be ranked: those of groups with enough documents, and of these, where hand codings correct some, none as
/// counted, which may lie far from where codings would put it. Gives the words that say so.
fn comparable(rows: &mut Vec<&Prevalence>, by: &str) -> String {
    let mut kept = Vec::new();
    let mut keep = |fits: &dyn Fn(&Prevalence) -> bool, words: String| {
        let fitting = rows.iter().filter(|row| fits(row)).count();
        if fitting >= 2 && fitting < rows.len() {
            rows.retain(|row| fits(row));
            kept.push(words);
        }
    };
    keep(&|row| row.documents >= ENOUGH_DOCUMENTS, format!("with {ENOUGH_DOCUMENTS} articles or more"));
    keep(&|row| row.corrected.is_some(), "whose share hand codings correct".to_owned());
    if kept.is_empty() { "Its".to_owned() } else { format!("Among {by} {}, its", kept.join(" and ")) }
}

/// The share of a row: as hand codings correct it where they do.
fn share_of(row: &Prevalence) -> Option<f64> {
    row.corrected.as_ref().map_or(row.estimate, |corrected| Some(corrected.estimate))
}

/// The groups that differ from all the others together, the surest first.
fn differences(source: &PageSource<'_>) -> Vec<Statement> {
    let against_others = source.findings.against_others();
    let mut tested: Vec<&Comparison> = against_others.filter(|row| Leading::of_difference(row).q.is_some()).collect();
    if tested.is_empty() {
        return Vec::new();
    }
    let (all, how) = (tested.len(), as_corrected(&tested));
    tested.retain(|row| Leading::of_difference(row).is_significant());
    let by = groups_called(&source.study.compare, 1);
    let (of, verb) = (counted(all as u64, "difference"), if all == 1 { "was" } else { "were" });
    let verb = format!("{verb}{how} tested");
    let head = match tested.len() {
        0 => format!(
            "{of} between one {by} and the rest {verb}, and none holds up once the number of tests is allowed for \
             (q < {SIGNIFICANT}). That does not show that they are alike."
        ),
        kept => format!(
            "{of} between one {by} and the rest {verb}; {} once the number of tests is allowed for (q < {SIGNIFICANT}){}.",
            if kept == 1 { "1 holds up".to_owned() } else { format!("{} hold up", grouped(kept as u64)) },
            if kept > MOST_DIFFERENCES { format!("; here are the {MOST_DIFFERENCES} surest") } else { String::new() },
        ),
    };
    let surest = |row: &&Comparison| {
        let leading = Leading::of_difference(row);
        (leading.q.unwrap_or(1.0), -leading.value.unwrap_or(0.0).abs())
    };
    tested.sort_by(|a, b| {
        let ((q_a, size_a), (q_b, size_b)) = (surest(a), surest(b));
        q_a.total_cmp(&q_b).then(size_a.total_cmp(&size_b))
    });
    let spelled = tested.into_iter().take(MOST_DIFFERENCES).map(|row| difference(source, row));
    std::iter::once(Statement::plain("Differences", head)).chain(spelled).collect()
}

/// ", corrected by hand codings," as far as they are; nothing in a study whose codings correct none.
fn as_corrected(tested: &[&Comparison]) -> String {
    match tested.iter().filter(|row| row.corrected.is_some()).count() {
        0 => String::new(),
        all if all == tested.len() => ", as hand codings correct them,".to_owned(),
        some => format!(", {} of them as hand codings correct them and the others as counted,", grouped(some as u64)),
    }
}

fn difference(source: &PageSource<'_>, row: &Comparison) -> Statement {
    let leading = Leading::of_difference(row);
    let direction = if leading.value.unwrap_or(0.0) > 0.0 { "more" } else { "less" };
    let size = leading.value.map(f64::abs);
    // The interval of "less by so much" is that of the difference turned round.
    let turned = leading.interval.map(|interval| match leading.value {
        Some(difference) if difference < 0.0 => Interval { low: -interval.high, high: -interval.low },
        _ => interval,
    });
    let text = format!(
        "{} carries \u{201c}{}\u{201d} {direction} often than {}: {} against {} of {}s{}, a difference of {} points{}, {}.",
        row.group_a,
        label(source, &row.frame),
        if &*row.group_b == REST { "the rest" } else { &row.group_b },
        share(row.estimate_a),
        share(row.estimate_b),
        source.study.compare.unit.as_str(),
        if row.corrected.is_some() { " as counted; corrected by hand codings" } else { "" },
        size.map_or_else(String::new, points),
        within(" (", turned, ")", points),
        q_value(leading.q),
    );
    Statement { topic: "Differences", text, frame: Some(row.frame.to_string()), group: Some(row.group_a.to_string()) }
}

/// Whose words the hits are.
fn voices(source: &PageSource<'_>) -> Option<Statement> {
    let totals = Totals::of(source);
    let known = totals.own + totals.attributed;
    if known == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let attributed = totals.attributed as f64 / known as f64;
    let unknown = match totals.hits - known {
        0 => String::new(),
        more => format!(" The voice of {} more is not known.", grouped(more)),
    };
    let text = format!(
        "Of {} of all frames, {} ({}) are in the voice of a source that the outlet quotes or reports, {} in its own.{unknown}",
        counted(known, "hit"),
        grouped(totals.attributed),
        share(Some(attributed)),
        grouped(totals.own),
    );
    Some(Statement::plain("Voices", text))
}

/// The source that fills most of a group's attributed sentences, among named sources and groups of sources.
fn loudest(findings: &Findings) -> Option<Statement> {
    let mut best: BTreeMap<SourceKind, &SourceShare> = BTreeMap::new();
    for row in findings.sources.iter().filter(|row| &*row.period == WHOLE_SPAN && row.share.is_some()) {
        let kept = best.entry(row.kind).or_insert(row);
        // Few documents make large shares; a source must speak in ten to be named here.
        if row.documents >= ENOUGH_DOCUMENTS && (kept.documents < ENOUGH_DOCUMENTS || row.share > kept.share) {
            *kept = row;
        }
    }
    let row = best.get(&SourceKind::Group).or_else(|| best.get(&SourceKind::Source))?;
    if row.documents < ENOUGH_DOCUMENTS {
        return None;
    }
    let name = match row.kind {
        SourceKind::Group => format!("the sources of \u{201c}{}\u{201d}", row.source),
        SourceKind::Source | SourceKind::Rest => row.source.to_string(),
    };
    let text = format!(
        "Most heard of all: {name} in {}, with words in {} of the {} that give anybody the word: {}{}.",
        row.group,
        grouped(row.sentences),
        counted(row.all_sentences, "sentence"),
        share(row.share),
        within(" (", row.interval, ")", percent),
    );
    Some(Statement { topic: "Sources", text, frame: None, group: Some(row.group.to_string()) })
}

/// What intervals and tests leave out, and what was left out of the corpus.
pub(super) fn cautions(source: &PageSource<'_>) -> Vec<String> {
    let records = source.records;
    let reasons = records.exclusions();
    let why = if reasons.is_empty() { String::new() } else { format!(": {reasons}") };
    let mut cautions = vec![format!(
        "{} read = {} kept + {} excluded{why}.",
        counted(records.read, "record"),
        grouped(records.kept),
        grouped(records.read - records.kept),
    )];
    if records.without_voice > 0 {
        cautions.push(format!(
            "{} in a language that voices are not known for: voice is empty there.",
            counted(records.without_voice, "article")
        ));
    }
    cautions.extend(records.odd.iter().map(|odd| {
        let example = odd.example.as_ref().map_or_else(String::new, |example| format!(" ({example})"));
        let articles = counted(odd.documents, "article");
        // Not where the first is: coded in parts, the corpus has other files, and the page is the same. The manifest says it.
        format!(
            "Looks odd in {articles} (the first is named in manifest.json): {}{example}. What mends it: {}.",
            odd.what, odd.remedy
        )
    }));
    cautions.push(
        "An interval says how far a share could move had other articles of the same kind been drawn. Unless the number is \
         corrected it does not cover mistakes in coding: whether the sentences carry the frame is for a reader to judge, and they \
         are below."
            .to_owned(),
    );
    cautions.extend(left_out(source));
    cautions.push(correction(source));
    cautions.extend(reliability_of_coders(source.agreements).into_iter().chain(drift(source)));
    if source.study.compare.unit == Unit::Sentence {
        cautions.push(
            "The article, not the sentence, is the unit of every interval and test: sentences of one article are alike."
                .to_owned(),
        );
    }
    cautions.extend(source.labelling.map(Labelling::in_words));
    cautions.extend(coders(source.choices));
    cautions
}

/// What has no sentences on the page: later copies where one of them counts, and frames that are coded of whole articles.
fn left_out(source: &PageSource<'_>) -> Vec<String> {
    let kept = counted_documents(source.study.compare.copies, source.counts).count();
    let copies = (source.counts.len() - kept) as u64;
    let whole = source.codebook.frames.iter().filter(|frame| source.is_coded_whole(&frame.id));
    let whole: Vec<String> = whole.map(|frame| format!("\u{201c}{}\u{201d}", frame.label)).collect();
    let of_copies = (copies > 0).then(|| {
        format!(
            "Of texts that stand in one {} several times the earliest counts: {} more count in no share, and the page lists no \
             sentence of them.",
            groups_called(&source.study.compare, 1),
            counted(copies, "article"),
        )
    });
    let of_whole = (!whole.is_empty())
        .then(|| format!("Coded of whole articles, so that no sentence is listed: {}.", whole.join(", ")));
    of_copies.into_iter().chain(of_whole).collect()
}

/// Whether shares are as people would code, and what it means where they are not.
pub(in crate::report) fn correction(source: &PageSource<'_>) -> String {
    let (findings, by, unit) = (source.findings, &source.study.compare.by, source.study.compare.unit.as_str());
    let whole = || findings.prevalence.iter().filter(|row| &*row.period == WHOLE_SPAN);
    let corrected = whole().filter(|row| row.corrected.is_some()).count() as u64;
    if corrected == 0 {
        return format!(
            "No number here is corrected by hand codings: where the coding errs at one {by} more than at another, that error \
             is in every share and difference. Codings drawn by “parallax sample” and named in the study would \
             correct them."
        );
    }
    let all = whole().count() as u64;
    let rest = if corrected == all { "" } else { "; the others are as counted" };
    format!(
        "{} of {} over the whole span are corrected by hand codings that were drawn with known probabilities, and shown so: they \
         say what the coders would find in all {unit}s, and their intervals cover the mistakes of the labels too, but not \
         those of the coders. The coded {unit}s tell how often a labelled one and an unlabelled one carry the frame, each weighed by the \
         probability that it was drawn with (prediction-powered inference, Angelopoulos and others 2023; interval by Zou and \
         Donner 2008; \u{201c}parallax cite\u{201d} gives the references). The numbers as counted stand beside them in the \
         tables{rest}.{}",
        grouped(corrected),
        counted(all, "share"),
        coders_warning(findings),
    )
}

/// Said loudly where nobody checked the codings, or where coders pass for groups.
fn coders_warning(findings: &Findings) -> String {
    let alone = findings.prevalence.iter().any(|row| row.note.contains(SINGLE_CODERS));
    let apart = findings.comparisons.iter().any(|row| row.note.contains(OTHER_CODERS));
    let mut warning = String::new();
    if alone {
        warning.push_str(" Careful: some were coded by one person alone, whose errors are in no interval.");
    }
    if apart {
        warning.push_str(
            " Careful: some groups were coded by different people, whose habits pass for a difference of the groups.",
        );
    }
    warning
}

/// Who codes which frame, where hand codings chose, and where that decides the share.
fn coders(choices: &[(String, Choice)]) -> Vec<String> {
    let of = |method: ScoringMethod, who: &str| {
        let coded = choices.iter().filter(|(_, choice)| choice.method == method);
        let named: Vec<String> = coded.map(|(frame, choice)| coded_by(frame, choice)).collect();
        let is_any = !named.is_empty();
        let (units, named) = (measured_on(choices), named.join("; "));
        let line = format!("Coded by the {who}, measured on hand-coded {units} not seen: {named}.");
        is_any.then_some(line)
    };
    let mut lines: Vec<String> =
        [of(ScoringMethod::Together, "scorer"), of(ScoringMethod::Rules, "rules")].into_iter().flatten().collect();
    let differing: Vec<String> = choices.iter().filter_map(|(frame, choice)| rival_shares(frame, choice)).collect();
    if !differing.is_empty() {
        lines.push(format!("Shares that depend on who codes, beyond their 95 % intervals: {}.", differing.join("; ")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Counts, DocumentCounts, DoubleCoding, FrameCounts, JudgedFrame, Plan, findings};
    use crate::model::CompareSettings;

    /// Twelve documents of each of four groups, of which two are coded by hand, and one of a fifth.
    #[test]
    fn corrected_shares_are_not_ranked_among_others() {
        let plan = Plan::new(vec!["threat".to_owned()], CompareSettings::default(), 1).unwrap();
        let mut counts = Counts::default();
        for (group, documents) in [("alfa", 12), ("beta", 12), ("gamma", 12), ("delta", 12), ("one", 1)] {
            for number in 0..documents {
                let people = Some(JudgedFrame { carries: number % 3 == 0, ..JudgedFrame::default() });
                let machine = JudgedFrame { carries: number % 2 == 0, ..JudgedFrame::default() };
                let (sentence, inclusion) = (Some(0), Some(0.5));
                let coding = DoubleCoding { sentence, frame: 0, people, machine, inclusion, only_coder: None };
                let hits = FrameCounts { hits: number % 2, ..FrameCounts::default() };
                let counted = DocumentCounts {
                    group: group.into(),
                    sentences: 5,
                    frames: vec![hits].into(),
                    double_codings: if matches!(group, "alfa" | "beta") { [coding].into() } else { [].into() },
                    ..DocumentCounts::default()
                };
                counts.insert(format!("{group}-{number}"), counted);
            }
        }
        let found = findings(&plan, &counts).prevalence;
        let mut rows: Vec<&Prevalence> = found.iter().collect();
        let among = comparable(&mut rows, "outlets");
        assert_eq!(among, "Among outlets with 10 articles or more and whose share hand codings correct, its");
        assert_eq!(rows.iter().map(|row| &*row.group).collect::<Vec<_>>(), ["alfa", "beta"]);
        let counted = found.iter().find(|row| &*row.group == "gamma").unwrap();
        assert!(share_in_group(counted, true).ends_with(", as counted)"), "{}", share_in_group(counted, true));
    }
}
