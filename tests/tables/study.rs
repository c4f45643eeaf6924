//! A made-up study, small enough to know every number: documents, codings and counts. What it finds is `findings`.

use std::path::Path;

use jiff::civil::date;
use parallax::compare::{Counts, DocumentCounts, DoubleCoding, FrameCounts, JudgedFrame, NearCopy, StoryDocument};
use parallax::model::{
    Attribution, CodedDocument, Coding, Cue, Document, Excluded, Exclusion, Mood, Origin, Span, Speaker, Speech,
    Stance, VerbClass, Voice,
};
use parallax::report::{
    ATTRIBUTIONS, CODINGS, MetadataRows, SortedRows, Staging, attribution_rows, coding_rows, write_data_package,
    write_documents, write_duplicates, write_excluded, write_findings, write_keyness, write_stories, write_unlabelled,
    write_validation,
};
use parallax::stats::Resemblance;

use crate::findings::{findings, key_terms, part, stance_balance};

pub(crate) fn frames() -> Vec<String> {
    vec!["build-up".to_owned(), "talks".to_owned()]
}

pub(crate) fn rules() -> Vec<String> {
    vec!["forces-massed".to_owned(), "tanks".to_owned(), "talks-held".to_owned()]
}

pub(crate) fn cue(content: &str, words: &str, rule: usize, voice: Voice) -> Cue {
    let start = content.find(words).unwrap();
    let said = matches!(voice, Voice::Source(_));
    Cue {
        span: Span::new(start, start + words.len()),
        core: Span::new(start, start + words.len()),
        rule,
        voice,
        verb: said.then(|| "claimed".to_owned()),
        verb_class: said.then_some(VerbClass::Distancing),
        stance: if said { Stance::Against } else { Stance::Favor },
    }
}

pub(crate) fn coding(sentence: usize, span: Span, frame: usize, cues: Vec<Cue>) -> Coding {
    let leading = cues.len().checked_sub(1);
    let (rule_score, model_score) = (-0.000_000_1, (frame == 1).then_some(1.25));
    Coding {
        sentence,
        span,
        frame,
        probability: 731_059,
        rule_score,
        model_score,
        hit: leading.is_some(),
        leading,
        speaker: cues.last().map_or(Speaker { voice: Voice::Unknown, ..Speaker::default() }, |cue| Speaker {
            voice: cue.voice.clone(),
            verb: cue.verb.clone(),
            verb_class: cue.verb_class,
        }),
        stance: cues.last().map(|cue| cue.stance),
        cues,
    }
}

/// A document whose title and text need more bytes than characters, with two sentences coded and one line break inside.
pub(crate) fn coded(id: &str) -> (Document, CodedDocument) {
    let mut document =
        Document::new(id, "Танки у границы 🚩", "Überall “tanks”, he said.\n\nTroops, \"tanks\"\nand more tanks.");
    "The Pennant".clone_into(&mut document.outlet);
    document.date = Some(date(2022, 2, 3));
    let content = document.content().to_owned();
    let sentence = |words: &str| {
        let start = content.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let (first, second) = (sentence("Überall “tanks”, he said."), sentence("Troops, \"tanks\"\nand more tanks."));
    let source = Voice::Source(Some("the ministry".to_owned()));
    let twice = vec![cue(&content, "Troops", 0, Voice::Own), cue(&content, "more tanks", 1, Voice::Own)];
    let codings = vec![
        coding(0, document.title_span(), 0, vec![cue(&content, "Танки", 1, Voice::Unknown)]),
        coding(1, first, 0, vec![cue(&content, "tanks", 1, source)]),
        coding(1, first, 1, vec![]),
        coding(2, second, 0, [twice.clone(), twice].concat()),
    ];
    let attributions = attributions(&content);
    (document, CodedDocument { sentences: 3, codings, attributions, fingerprint: 7, ..CodedDocument::default() })
}

/// In the title and into the text; in two parts; with nobody named and nothing said.
pub(crate) fn attributions(content: &str) -> Vec<Attribution> {
    let span = |words: &str| {
        let start = content.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let titled = Attribution {
        sentence: 0,
        source: Some(span("Танки")),
        name: Some("Танки".to_owned()),
        group: Some(0),
        verb: Some(span("у")),
        verb_class: Some(VerbClass::Warning),
        mood: Mood::Asserted,
        kind: Speech::Mixed,
        content: vec![span("границы 🚩"), span("“tanks”")],
        sentences: vec![0, 1],
    };
    let parted = Attribution {
        sentence: 1,
        source: Some(span("he")),
        name: Some("Anna Novak".to_owned()),
        group: None,
        verb: Some(span("said")),
        verb_class: Some(VerbClass::Neutral),
        kind: Speech::Direct,
        content: vec![span("“tanks”"), span("Troops")],
        sentences: vec![1, 2],
        ..titled.clone()
    };
    let unsaid = Attribution {
        sentence: 2,
        source: None,
        name: None,
        verb: None,
        verb_class: None,
        mood: Mood::Refused,
        kind: Speech::Indirect,
        content: Vec::new(),
        sentences: Vec::new(),
        ..parted.clone()
    };
    vec![titled, parted, unsaid]
}

pub(crate) fn double_codings() -> Box<[DoubleCoding]> {
    let people = Some(JudgedFrame { carries: true, is_own: Some(false), stance: Some(Stance::Against) });
    let machine = JudgedFrame { carries: true, is_own: Some(true), stance: None };
    let only_coder = Some("anna".into());
    let sentence = DoubleCoding { sentence: Some(2), frame: 0, people, machine, inclusion: Some(0.125), only_coder };
    let whole = DoubleCoding {
        sentence: None,
        frame: 1,
        people: Some(JudgedFrame::default()),
        machine: JudgedFrame::default(),
        inclusion: None,
        only_coder: None,
    };
    [whole, sentence].into()
}

pub(crate) fn counts() -> Counts {
    let mut counts = Counts::default();
    for (id, period) in [("b", None), ("a", Some("2022-02".into()))] {
        let hit = FrameCounts {
            hits: 2,
            own: 1,
            attributed: 1,
            favor: 1,
            against: 1,
            own_favor: 1,
            attributed_against: 1,
            expected: 2_193_177,
            without_rule: Some(1),
            ..FrameCounts::default()
        };
        let document = DocumentCounts {
            group: "The Pennant".into(),
            outlet: "The Pennant".into(),
            date: Some(date(2022, 2, 3)),
            period,
            cluster: "0000000000000007".into(),
            sentences: 3,
            frames: vec![hit, FrameCounts::default()].into(),
            sources: Box::default(),
            given: Box::default(),
            columns: Box::default(),
            double_codings: if id == "a" { double_codings() } else { Box::default() },
        };
        counts.insert(id.to_owned(), document);
    }
    counts
}

pub(crate) fn copies() -> [NearCopy; 2] {
    let copy = |document: &str, resemblance: Resemblance| NearCopy {
        document: document.to_owned(),
        cluster: "b".to_owned(),
        documents: 2,
        resemblance,
    };
    [copy("a", Resemblance { jaccard: 0.25, containment: 0.875 }), copy("b", Resemblance::SAME)]
}

fn story() -> StoryDocument {
    StoryDocument {
        document: "a".to_owned(),
        story: "b".to_owned(),
        documents: 3,
        outlets: 2,
        nearest: "b".to_owned(),
        similarity: 0.625,
    }
}

pub(crate) fn excluded() -> Vec<Excluded> {
    let record = |record, reason, detail: &str| Excluded {
        origin: Origin { file: "articles/a.csv".to_owned(), record },
        reason,
        detail: detail.to_owned(),
    };
    vec![record(12, Exclusion::BadDate, "\"31 Feb\"; expected 2022-02-03"), record(2, Exclusion::MissingText, "")]
}

/// Writes every table into `folder`, the documents arriving in the order of `ids`.
pub(crate) fn write(folder: &Path, ids: &[&str], limit: usize) {
    let mut staging = Staging::begin(folder).unwrap();
    let mut codings = SortedRows::new(&staging, &CODINGS).with_limit(limit);
    let mut attributions = SortedRows::new(&staging, &ATTRIBUTIONS).with_limit(limit);
    let mut metadata = MetadataRows::new(&staging);
    for id in ids {
        let (mut document, coded) = coded(id);
        document.extra.insert(format!("event {id}"), "=the \"bridge\"".to_owned());
        document.extra.insert("frame".to_owned(), format!("-{}", id.len()));
        metadata.push(&document).unwrap();
        codings.push(id, coding_rows(&document, &coded, &frames(), &rules(), &["city".to_owned()]).unwrap()).unwrap();
        attributions.push(id, attribution_rows(&document, &coded, &["city".to_owned()]).unwrap()).unwrap();
    }
    codings.finish(&mut staging).unwrap();
    attributions.finish(&mut staging).unwrap();
    metadata.finish(&mut staging).unwrap();
    write_documents(&mut staging, &frames(), true, &counts()).unwrap();
    write_validation(&mut staging, &frames(), &counts()).unwrap();
    write_duplicates(&mut staging, &copies(), &counts()).unwrap();
    write_stories(&mut staging, &[story()], &counts()).unwrap();
    write_excluded(&mut staging, &excluded()).unwrap();
    write_unlabelled(&mut staging, std::iter::once(("a", &[1, 2][..]))).unwrap();
    write_keyness(&mut staging, &frames(), &key_terms()).unwrap();
    write_findings(&mut staging, &findings(), std::iter::once(part()), std::iter::once(stance_balance())).unwrap();
    write_data_package(&mut staging, "A study").unwrap();
    staging.commit().unwrap();
}
