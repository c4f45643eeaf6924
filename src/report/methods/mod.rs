//! `methods.md`: the paragraphs for a paper's section on methods, written from what the run did.
//!
//! Every number in it is of this run; what was not done (no contrasts, no hand codings) is not described. Not here: the
//! references in full, which `parallax cite` prints as BibTeX.

mod questions;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::compare::{
    COPY_CONTAINMENT, COPY_JACCARD, COPY_LEAST_SHINGLES, DocumentCounts, DoubleCoding, IntervalMethod,
    MOST_GROUPS_IN_PAIRS, REST, Test,
};
use crate::learning::{Choice, EncoderRecord, ScoringMethod};
use crate::model::{
    CompareSettings, CopyRule, Exclusion, FrameGroup, LeastHits, Period, RestRule, StanceFilter, Unit, UnitKey,
    VoiceFilter, Weight,
};
use crate::report::codebook_page::{coded_by, measured_on};
use crate::report::escape::{code, markdown};
use crate::report::page::{correction, drift, reliability_of_coders};
use crate::report::{PageSource, RecordCounts, ReportError, Staging, counted, grouped};

/// Name of the page.
pub const METHODS_PAGE: &str = "methods.md";

/// Writes the page.
///
/// # Errors
/// When the file cannot be written.
pub fn write_methods_page(staging: &mut Staging, source: &PageSource<'_>) -> Result<(), ReportError> {
    staging.write(METHODS_PAGE, methods_page(source).as_bytes())
}

/// The page in Markdown.
fn methods_page(source: &PageSource<'_>) -> String {
    let mut page = format!(
        "# Methods: {}\n\nWritten by Parallax {} from what the run did, to be shortened for a paper. `parallax cite {}` gives \
         the references as BibTeX, and the SHA-256 of manifest.json names this very result.\n",
        markdown(&source.study.title),
        env!("CARGO_PKG_VERSION"),
        source.study_file,
    );
    let sections = [
        ("Corpus", corpus(source)),
        ("Instrument", instrument(source)),
        ("Hand codings", hand_codings(source)),
        ("Shares", shares(source)),
        ("Differences", differences(source)),
        ("Differences inside events", questions::inside(source)),
        ("All groups, all frames", questions::at_once(source)),
        ("Contrasts", questions::contrasts(source)),
        ("Voices, stances and sources", questions::voices(source)),
        ("Over time", questions::over_time(source)),
        ("Key terms", questions::key_terms(source)),
        ("Regression", vec![questions::regression(source)]),
        ("Correction", corrections(source)),
    ];
    for (heading, sentences) in sections {
        if !sentences.is_empty() {
            page.extend(["\n## ", heading, "\n\n", &sentences.join(" "), "\n"]);
        }
    }
    page
}

fn corrections(source: &PageSource<'_>) -> Vec<String> {
    [correction(source)].into_iter().chain(reliability_of_coders(source.agreements)).collect()
}

fn corpus(source: &PageSource<'_>) -> Vec<String> {
    let span = source.counts.days().map(|(first, last)| format!(", published {first} to {last},"));
    let undated = documents(source).filter(|document| document.date.is_none()).count() as u64;
    let undated = (undated > 0 && span.is_some()).then(|| format!(" ({} without a date)", grouped(undated)));
    let sentences: u64 = documents(source).map(|document| document.sentences).sum();
    let mut text = vec![records(source.records)];
    text.extend(subsets(source));
    text.extend([
        format!(
            "The documents{}{} have {}; the title counts as one.",
            span.unwrap_or_default(),
            undated.unwrap_or_default(),
            counted(sentences, "sentence")
        ),
        format!("They are compared by {}: {}.", markdown(&source.study.compare.by), groups(source)),
    ]);
    text.extend(merged(&source.study.compare));
    text.extend(merged_frames(&source.study.compare));
    let copies = copies(source);
    if copies > 0 {
        let have = if copies == 1 { "has" } else { "have" };
        text.push(format!(
            "{} of them {have} nearly the words of an earlier one: five-word runs were compared, and texts joined whose Jaccard \
             similarity is at least {COPY_JACCARD} or whose shorter one stands in the other by at least {COPY_CONTAINMENT} (texts of \
             fewer than {} words only where all words are the same), across groups and days (duplicates.csv). Copies of one text in \
             a group count as one document in every interval and test{}.",
            grouped(copies),
            COPY_LEAST_SHINGLES + 4,
            match source.study.compare.copies {
                CopyRule::All => "",
                CopyRule::One =>
                    ", and only the earliest of them counts in a share; among the key terms the copies in a group are one document of \
                     all their words",
                CopyRule::Weight =>
                    ", and in shares, differences and contrasts each counts by one over their number, so that a text counts once, as \
                     the mean of its copies; in all other tables every copy does",
            },
        ));
    }
    if source.records.without_voice > 0 {
        let count = counted(source.records.without_voice, "document");
        text.push(format!("Voice and stance are empty in {count} of a language that they are not known for."));
    }
    text
}

/// Which values of the column are one group.
fn merged(settings: &CompareSettings) -> Option<String> {
    let named = |values: &[String]| values.iter().map(|value| markdown(value)).collect::<Vec<_>>().join(", ");
    let groups: Vec<String> =
        settings.groups.iter().map(|(group, values)| format!("{} of {}", markdown(group), named(values))).collect();
    (!groups.is_empty()).then(|| format!("Merged into one group each: {}.", groups.join("; ")))
}

/// Which frames count as one beside themselves.
fn merged_frames(settings: &CompareSettings) -> Option<String> {
    let named = |group: &FrameGroup| {
        let frames: Vec<String> = group.frames.iter().map(|frame| markdown(frame)).collect();
        format!("{} is any of {}", markdown(&group.id), frames.join(", "))
    };
    let groups: Vec<String> = settings.frame_groups.iter().map(named).collect();
    (!groups.is_empty()).then(|| {
        let how = match settings.unit {
            Unit::Sentence => {
                "A sentence with several of these counts once, with the voice and stance of the likeliest"
            }
            Unit::Document => "A document carries one where it carries any of its frames",
        };
        format!(
            "Rows of their own merge frames: {}. {how}; hand codings correct none of these rows. They are adjusted for false \
             discoveries together with the rows of frames: one that repeats a difference of its frames lowers q of both.",
            groups.join("; ")
        )
    })
}

/// What the study asks of the records of each `[[corpus]]` table, where it asks anything.
fn subsets(source: &PageSource<'_>) -> Option<String> {
    let asked = source.study.corpus.iter().filter_map(|corpus| Some((&corpus.path, corpus.subset.in_words()?)));
    // Of a path from the root of a machine results hold the last part only.
    let named = |path: &str| markdown(path.rsplit(['/', '\\']).next().unwrap_or(path));
    let parts: Vec<String> = asked.map(|(path, words)| format!("{} ({})", named(path), code(&words))).collect();
    (!parts.is_empty()).then(|| {
        let outside = source.records.excluded.contains_key(Exclusion::OutsideSubset.as_str());
        format!(
            "The study is about a subset of the records of {}; {}.",
            parts.join("; "),
            if outside { "the others are outside-subset in excluded.csv" } else { "no record lies outside it" }
        )
    })
}

fn documents<'a>(source: &PageSource<'a>) -> impl Iterator<Item = &'a DocumentCounts> {
    source.counts.documents().map(|(_, document)| document)
}

fn records(records: &RecordCounts) -> String {
    let reasons = records.exclusions();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({reasons})") };
    let [kept, excluded] = [records.kept, records.read - records.kept].map(grouped);
    format!("{} were read; {kept} were kept and {excluded} excluded{why}.", counted(records.read, "record"))
}

/// Documents beyond the earliest of their copies.
fn copies(source: &PageSource<'_>) -> u64 {
    let named = || documents(source).filter(|document| !document.cluster.is_empty());
    let distinct: BTreeSet<&str> = named().map(|document| &*document.cluster).collect();
    (named().count() - distinct.len()) as u64
}

/// "Alfa (12 documents, 340 sentences), ..."
/// Groups that are named with their sizes.
const MOST_NAMED: usize = 60;

/// The groups with their sizes; of many the largest.
fn groups(source: &PageSource<'_>) -> String {
    let mut sizes: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for document in documents(source) {
        let size = sizes.entry(&document.group).or_default();
        *size = [size[0] + 1, size[1] + document.sentences];
    }
    let named = |(group, [documents, sentences]): (&&str, &[u64; 2])| {
        let name = if group.is_empty() { "(none)".to_owned() } else { markdown(group) };
        format!("{name} ({}, {})", counted(*documents, "document"), counted(*sentences, "sentence"))
    };
    if sizes.len() <= MOST_NAMED {
        return sizes.iter().map(named).collect::<Vec<_>>().join("; ");
    }
    // By size, as a page that names five thousand outlets says nothing.
    let mut by_size: Vec<_> = sizes.iter().collect();
    by_size.sort_by_key(|(_, [documents, _])| Reverse(*documents));
    let (first, others) = by_size.split_at(MOST_NAMED);
    let largest = first.iter().copied().map(named).collect::<Vec<_>>().join("; ");
    let documents = others.iter().map(|(_, [documents, _])| documents).sum();
    format!("{largest}; and {} more with {}, see prevalence.csv", others.len(), counted(documents, "document"))
}

fn instrument(source: &PageSource<'_>) -> Vec<String> {
    let codebook = source.codebook;
    let frames: Vec<String> = codebook.frames.iter().map(|frame| markdown(&frame.label)).collect();
    // Where labels from outside code, rules find the cues that show voice and stance, and the frames that labels lack.
    let (by, rules) = match source.labelling {
        None => ("sentence", rules(source.choices)),
        Some(labelling) => (labelling.unit, markdown(&labelling.in_words())),
    };
    let whole = if by == "sentence" { coded_whole(source) } else { String::new() };
    let whole = if whole.is_empty() { whole } else { format!(", and for {whole} each document as a whole,") };
    let mut text = vec![format!(
        "Each {by}{whole} was coded for the {} of the codebook \"{}\" ({}): {}. Definitions, rules and examples are in codebook.md. \
         {rules} The voice that speaks the frame, the outlet's own or a source's, and that voice's stance toward it \
         (favor, against, neutral) were told by rules over reporting verbs, quotations, clauses and negation.",
        counted(codebook.frames.len() as u64, "frame"),
        markdown(&codebook.title),
        counted(codebook.rules.len() as u64, "rule"),
        frames.join("; "),
    )];
    for (method, who) in [
        (ScoringMethod::Together, "a scorer that hand codings taught (rules and word statistics in one regression)"),
        (ScoringMethod::Rules, "the rules alone, as the scorer was not surely better"),
    ] {
        let of_method = source.choices.iter().filter(|(_, choice)| choice.method == method);
        let named: Vec<String> = of_method.map(|(frame, choice)| coded_by(frame, choice)).collect();
        if !named.is_empty() {
            let units = measured_on(source.choices);
            text.push(format!("Coded by {who}, measured on hand-coded {units} not seen: {}.", named.join("; ")));
        }
    }
    text.extend(source.encoder.filter(|_| !source.choices.is_empty()).map(encoded));
    text
}

/// Ids of the frames that whole documents are coded for.
fn coded_whole(source: &PageSource<'_>) -> String {
    let whole = source.codebook.frames.iter().filter(|frame| source.is_coded_whole(&frame.id));
    whole.map(|frame| markdown(&frame.id)).collect::<Vec<_>>().join(", ")
}

/// Which encoder's vectors a scorer learnt from beside the words.
fn encoded(encoder: &EncoderRecord) -> String {
    format!(
        "The scorer was also given a vector of each sentence, made beforehand by the sentence encoder \"{}\" (SHA-256 of the \
         model {}, of the file of vectors {}).",
        markdown(&encoder.model),
        encoder.sha256,
        encoder.vectors
    )
}

/// How rules make a coding, and what hand codings of sentences changed in it.
fn rules(choices: &[(String, Choice)]) -> String {
    let written = "A rule that matches adds its weight; a sentence carries a frame where the logistic function of the sum reaches the \
                   frame's threshold.";
    if choices.is_empty() || measured_on(choices) != "sentences" {
        return written.to_owned();
    }
    "A rule that matches adds its weight to a sum. Hand codings recalibrated the probabilities, which are no longer the logistic \
     function of that sum: of a frame that the rules code they are one of a constant and a slope times the sum, as the codings have \
     it, and the threshold used is where the rules' own comes to lie, so that its hits stay those of the rules as written; a scorer \
     has a probability and a threshold of its own."
        .to_owned()
}

fn hand_codings(source: &PageSource<'_>) -> Vec<String> {
    let mut found = FoundCodings::default();
    for (id, document) in source.counts.documents() {
        document.double_codings.iter().for_each(|coding| found.add(id, coding));
    }
    if found.units.is_empty() { Vec::new() } else { found.told() }
}

/// What people coded: each unit once, by document and sentence.
#[derive(Default)]
struct FoundCodings<'a> {
    units: BTreeSet<UnitKey<'a>>,
    /// Those that were drawn with a known probability.
    drawn: BTreeSet<UnitKey<'a>>,
    /// Those that one person alone coded.
    alone: BTreeSet<UnitKey<'a>>,
    /// Who did.
    coders: BTreeSet<&'a str>,
    /// Codings of a frame on which as many said yes as no.
    in_dispute: u64,
}

impl<'a> FoundCodings<'a> {
    fn add(&mut self, document: &'a str, coding: &'a DoubleCoding) {
        let unit = UnitKey { document, sentence: coding.sentence };
        self.units.insert(unit);
        self.in_dispute += u64::from(coding.people.is_none());
        if coding.inclusion.is_some() {
            self.drawn.insert(unit);
        }
        if let Some(coder) = &coding.only_coder {
            self.alone.insert(unit);
            self.coders.insert(coder);
        }
    }

    fn told(&self) -> Vec<String> {
        let whole = self.units.iter().filter(|unit| unit.kind() == Unit::Document).count() as u64;
        let sentences = self.units.len() as u64 - whole;
        let parts = [(sentences, "sentence"), (whole, "document")];
        let units: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
        let drawn = match self.drawn.len() as u64 {
            0 => "None of them was drawn with a known probability, so that they correct no share.".to_owned(),
            drawn => format!("{} of them were drawn with a known probability and correct the shares.", grouped(drawn)),
        };
        let mut text = vec![format!("People coded {}.", units.join(" and ")), drawn];
        text.push(match self.alone.len() as u64 {
            0 => "Two or more coders agreed on each coding, or it was adjudicated.".to_owned(),
            alone => format!(
                "{} were coded by one person alone ({}), whose errors are in no interval.",
                grouped(alone),
                self.coders.iter().map(|coder| markdown(coder)).collect::<Vec<_>>().join(", "),
            ),
        });
        if self.in_dispute > 0 {
            text.push(format!("Left out where as many said yes as no: {}.", counted(self.in_dispute, "coding")));
        }
        text
    }
}

fn shares(source: &PageSource<'_>) -> Vec<String> {
    let settings = source.plan.settings();
    let mut text = vec![format!("The share of a frame is {} of a group.", unit(source))];
    let is_used = |method| source.findings.prevalence.iter().any(|row| row.method == Some(method));
    text.extend(
        IntervalMethod::ALL.into_iter().filter(|method| is_used(*method)).map(|method| method.in_a_paper().to_owned()),
    );
    if settings.weight == Weight::Document {
        text.push(
            "Every document counts alike in shares, differences and contrasts, however long it is, copies of one text in a group being \
             one; in all other tables every sentence does."
                .to_owned(),
        );
    }
    text.extend(drift(source));
    text.push(periods(source));
    text
}

fn unit(source: &PageSource<'_>) -> String {
    let settings = source.plan.settings();
    let whose = match (settings.voice, settings.stance) {
        (VoiceFilter::All, StanceFilter::All) => "",
        (VoiceFilter::Own, _) => " in the outlet's own voice",
        (VoiceFilter::Attributed, _) => " in the words of a source",
        (_, StanceFilter::Favor) => ", with a voice that affirms it,",
        (_, StanceFilter::Against) => ", with a voice that rejects it,",
    };
    match settings.unit {
        Unit::Sentence if settings.weight == Weight::Document => {
            format!("the mean of the documents' own shares (the sentences that carry it{whose} over all sentences)")
        }
        Unit::Sentence => format!("the sentences that carry it{whose} over all sentences"),
        Unit::Document => {
            let own = settings.at_least.frames.iter().map(|(frame, least)| format!("{}: {least}", markdown(frame)));
            let frames = Some(coded_whole(source)).filter(|frames| !frames.is_empty());
            let own: Vec<String> =
                own.chain(frames.map(|frames| format!("{frames}: coded as a whole, not by sentences"))).collect();
            let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join("; ")) };
            let least = settings.at_least.all.unwrap_or(LeastHits::ANY);
            format!("the documents that carry it{whose} in {least}{own} over all documents")
        }
    }
}

fn periods(source: &PageSource<'_>) -> String {
    let by = match source.plan.settings().period.as_ref() {
        None => return "Only the whole span is compared.".to_owned(),
        Some(Period::Day) => "day",
        Some(Period::Week) => "ISO week",
        Some(Period::Month) => "month",
        Some(Period::Quarter) => "quarter",
        Some(Period::Year) => "year",
        Some(Period::Cuts(days)) => {
            let (parting, idle) = parting(source, days);
            let mut text = if parting.is_empty() {
                "Only the whole span is compared".to_owned()
            } else {
                format!("Shares are also given for the periods that {} part", parting.join(", "))
            };
            text.push_str(&idle.map_or_else(|| ".".to_owned(), |idle| format!("; {idle}.")));
            return text;
        }
    };
    format!("Shares are also given by {by}.")
}

/// Which of the days have documents on either side, and what is said of those that have not.
fn parting(source: &PageSource<'_>, days: &[Date]) -> (Vec<String>, Option<String>) {
    let (parting, idle) = source.counts.parting(days);
    let [parting, idle] = [parting, idle].map(|days| days.iter().map(ToString::to_string).collect::<Vec<_>>());
    let told = format!("{} parts nothing, as all documents are on one side of it", idle.join(", "));
    (parting, (!idle.is_empty()).then_some(told))
}

/// Why no two groups are held against each other.
fn no_pairs(source: &PageSource<'_>) -> String {
    let groups: BTreeSet<&str> = documents(source).map(|document| &*document.group).collect();
    match groups.len() {
        0 | 1 => "There is one group alone, so that comparisons.csv has no rows.".to_owned(),
        _ => format!(
            "No two groups have {} documents each, as least_documents asks, so that comparisons.csv has no rows.",
            source.plan.settings().least_documents
        ),
    }
}

fn differences(source: &PageSource<'_>) -> Vec<String> {
    let rows = &source.findings.comparisons;
    let has_pairs = rows.iter().any(|row| &*row.group_b != REST);
    let has_rest = rows.iter().any(|row| &*row.group_b == REST);
    let held = match (has_pairs, has_rest) {
        (true, true) => "Each group is held against each other group and against all the others together.".to_owned(),
        (true, false) => "The two groups are held against each other.".to_owned(),
        (false, true) => format!(
            "Each group is held against all the others together; pairs of more than {MOST_GROUPS_IN_PAIRS} groups are not compared."
        ),
        (false, false) => return vec![no_pairs(source)],
    };
    let rest = (has_rest && source.plan.settings().rest == RestRule::Equal).then(|| {
        "Of all the others together each counts alike: their share is the mean of the shares of those groups that are themselves held \
         against others, its variance the sum of theirs, and of what texts in several of them add, over the square of their number. The \
         permutation then deals documents out to all of these groups (Pauly, Brunner and Konietschke 2015)."
            .to_owned()
    });
    let interval =
        "Differences of shares have Welch's 95 % interval on the same variances (Welch 1947; Satterthwaite 1946).";
    let mut text: Vec<String> = [Some(held), rest, Some(interval.to_owned())].into_iter().flatten().collect();
    for (test, how) in [
        (
            Test::RareCount,
            "of a frame that few documents have, from the number of these alone: given the number in both groups, that in one is binomial \
             with its part of the documents or of the sentences, whichever tells less (Przyborowski and Wilenski 1940)",
        ),
        (Test::Welch, "computed from these variances, where both groups are rich in documents"),
        (
            Test::PermutationExact,
            "from dealing whole documents out to the groups in every possible way (permutation of the studentised difference: \
             Janssen 1997; Chung and Romano 2013)",
        ),
        (
            Test::PermutationMonteCarlo,
            "from dealing whole documents out to the groups at random (permutation of the studentised difference: Janssen 1997; \
             Chung and Romano 2013), which finds none below one in the number of draws plus one (Phipson and Smyth 2010)",
        ),
    ] {
        let count = rows.iter().filter(|row| row.test == Some(test)).count() as u64;
        if count > 0 {
            let are = if count == 1 { "is" } else { "are" };
            text.push(format!("{} {are} {how}.", counted(count, "p-value")));
        }
    }
    if rows.iter().any(|row| row.q_value.is_some()) {
        text.push(
            "q-values are Benjamini and Hochberg's (1995) over all frames: of pairs apart from groups against the rest, and of the \
             whole span apart from single periods; beside them stand Benjamini and Yekutieli's (2001), Holm's (1979) p-values and, over \
             the frames of a pair, those of the largest statistic (Westfall and Young 1993)."
                .to_owned(),
        );
    }
    text
}
