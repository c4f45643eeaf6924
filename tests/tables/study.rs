//! A made-up study, small enough to know every number: codings, counts and findings.

use std::path::Path;

use jiff::civil::date;
use parallax::compare::{
    AttributionCounts, Changepoint, Coefficient, Comparison, Contrast, Corrected, Counts, Divergence, DivergenceSide,
    DocumentCounts, DoubleCoding, Findings, FrameCounts, FrameDivergence, FramePart, IntervalMethod, JudgedFrame,
    KeyTerm, NearCopy, OTHER, Omnibus, PartShare, Prevalence, REST, SeriesSize, SourceKind, SourceShare, StoryDocument,
    StricterP, TermKind, Test, TestFamily, Trend, TrendKind, WHOLE_SPAN, WithinComparison, WithinSide,
};
use parallax::model::{
    Attribution, CodedDocument, Coding, Cue, Document, Excluded, Exclusion, Mood, Origin, Span, Speaker, Speech,
    Stance, StanceFilter, VerbClass, Voice, VoiceFilter,
};
use parallax::report::{
    ATTRIBUTIONS, CODINGS, MetadataRows, SortedRows, Staging, attribution_rows, coding_rows, write_data_package,
    write_documents, write_duplicates, write_excluded, write_findings, write_keyness, write_stories, write_unlabelled,
    write_validation,
};
use parallax::stats::{
    DeltaEstimate, DivergenceTest, Interval, Keyness, OmnibusTest, Placebo, PooledEstimate, Resemblance, TermPrior,
    TermSide, UnitCount, UnitLengths, WaldTest,
};

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

/// One full row of each table, and one with everything undefined.
pub(crate) fn findings() -> Findings {
    let prevalence = Prevalence {
        frame: "build-up".to_owned(),
        group: "The Pennant, \"daily\"".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        voice: VoiceFilter::All,
        stance: StanceFilter::Against,
        documents: 2,
        sentences: 6,
        hits: 4,
        estimate: Some(2.0 / 3.0),
        interval: Some(Interval { low: 0.25, high: 0.921 }),
        method: Some(IntervalMethod::LogitT),
        icc: Some(-0.0),
        deff: Some(1.5),
        corrected: Some(Corrected { estimate: 0.5, low: Some(0.25), high: Some(0.75), p_value: None, q_value: None }),
        codings: 50,
        without_rule_share: Some(0.25),
        few_effective: None,
        note: "few documents; copies".to_owned(),
    };
    let empty = Prevalence {
        period: "2022-01".to_owned(),
        estimate: Some(f64::NAN),
        interval: None,
        method: None,
        icc: None,
        deff: None,
        corrected: None,
        codings: 0,
        without_rule_share: None,
        ..prevalence.clone()
    };
    Findings {
        prevalence: vec![prevalence, empty],
        omnibus: vec![omnibus()],
        divergences: vec![divergence()],
        comparisons: vec![comparison()],
        within: vec![within()],
        contrasts: vec![contrast()],
        sources: sources(),
        parts: vec![part()],
        trends: vec![trend()],
        changepoints: vec![changepoint()],
        regression: vec![coefficient()],
    }
}

fn trend() -> Trend {
    Trend {
        frame: "build-up".to_owned(),
        group: "A".to_owned(),
        other: None,
        kind: TrendKind::Step,
        date: Some(date(2022, 2, 24)),
        estimate: Some(0.25),
        interval: Some(Interval { low: 0.125, high: 0.375 }),
        p_value: Some(0.01),
        q_value: None,
        shares: Some([0.25, 0.5]),
        days: 7,
        span: Some((date(2022, 2, 3), date(2022, 3, 3))),
        size: series_size(),
        autocorrelation: Some(-0.125),
        placebo: Some(Placebo { days: 8, as_far: 1 }),
        note: "few documents".to_owned(),
    }
}

const fn series_size() -> SeriesSize {
    SeriesSize { documents: 9, clusters: 8, bins: 12, sentences: 40, hits: 4 }
}

fn changepoint() -> Changepoint {
    Changepoint {
        frame: "build-up".to_owned(),
        group: "A".to_owned(),
        date: Some(date(2022, 2, 24)),
        is_change: true,
        shares: Some([0.25, 0.5]),
        posterior: Some(0.75),
        range: Some((date(2022, 2, 23), date(2022, 2, 25))),
        p_value: Some(0.001),
        q_value: Some(0.012),
        design_effect: Some(1.5),
        bin_days: 1,
        size: series_size(),
        note: String::new(),
    }
}

fn coefficient() -> Coefficient {
    let estimate = DeltaEstimate { value: 0.5, standard_error: 0.0, df: 8.0 };
    Coefficient {
        frame: "build-up".to_owned(),
        term: "outlet".to_owned(),
        level: "B".to_owned(),
        base: "A".to_owned(),
        days: None,
        estimate: Some(estimate),
        p_value: Some(0.25),
        q_value: None,
        marginal: Some(DeltaEstimate { value: 0.125, ..estimate }),
        test: Some(WaldTest { f: 2.5, numerator_df: 2.0, denominator_df: 8.0, p_value: 0.125 }),
        documents: 9,
        clusters: 8,
        sentences: 40,
        hits: 4,
        note: "few documents".to_owned(),
    }
}

fn omnibus() -> Omnibus {
    Omnibus {
        frame: "build-up".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        groups: 3,
        documents: 9,
        clusters: 8,
        sentences: 40,
        test: Some(OmnibusTest { statistic: 7.25, effect: 0.125, p_value: 0.001, exact: false }),
        q_value: Some(0.012),
        note: "few documents".to_owned(),
    }
}

fn divergence() -> Divergence {
    let frame = FrameDivergence {
        frame: "build-up".to_owned(),
        hits: [4, 0],
        shares: [Some(1.0), None],
        divergence: Some(0.25),
    };
    let side =
        |documents: u64| DivergenceSide { hits: 4, documents, clusters: documents - 1, sentences: 10 * documents };
    Divergence {
        group_a: "A".to_owned(),
        group_b: REST.to_owned(),
        period: WHOLE_SPAN.to_owned(),
        frames: vec![frame],
        divergence: Some(0.25),
        test: Some(DivergenceTest { null_mean: 0.3, null_q95: 0.5, p_value: 0.75, exact: true }),
        q_value: Some(1.0),
        family: TestFamily::Rest,
        total_variation: Some(0.5),
        cramers_v: None,
        a: side(4),
        b: side(5),
        note: String::new(),
    }
}

fn within() -> WithinComparison {
    let side = |hits: u64| WithinSide { documents: 5, clusters: 4, sentences: 30, hits, carriers: 3, left_out: 2 };
    let pooled = |estimate: f64| PooledEstimate {
        estimate,
        standard_error: Some(0.125),
        interval: Some(Interval { low: estimate - 0.25, high: estimate + 0.25 }),
    };
    WithinComparison {
        frame: "build-up".to_owned(),
        group_a: "A".to_owned(),
        group_b: REST.to_owned(),
        within: "event".to_owned(),
        strata: 5,
        a: side(9),
        b: side(3),
        crude: Some(0.2),
        difference: Some(pooled(0.125)),
        log_odds_ratio: Some(PooledEstimate { standard_error: None, interval: None, ..pooled(1.5) }),
        p_value: Some(0.0625),
        q_value: Some(0.125),
        test: Some(Test::PermutationExact),
        family: TestFamily::Rest,
        note: "few values".to_owned(),
    }
}

fn part() -> PartShare {
    PartShare {
        frame: "build-up".to_owned(),
        group: "A".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        part: FramePart::Own,
        sentences: 4,
        hits: 3,
        estimate: Some(0.75),
        interval: None,
        method: None,
        corrected: Some(Corrected { estimate: 0.5, low: Some(0.25), high: Some(1.0), p_value: None, q_value: None }),
        codings: 60,
        note: "few documents".to_owned(),
    }
}

pub(crate) fn comparison() -> Comparison {
    Comparison {
        frame: "build-up".to_owned(),
        group_a: "A".to_owned(),
        group_b: REST.to_owned(),
        period: WHOLE_SPAN.to_owned(),
        estimate_a: Some(0.5),
        estimate_b: Some(0.25),
        difference: Some(0.25),
        interval: Some(Interval { low: -0.1, high: 0.6 }),
        odds_ratio: Some(f64::INFINITY),
        cohens_h: Some(0.411_516_8),
        p_value: Some(0.000_02),
        q_value: Some(0.04),
        stricter: StricterP { by_q: Some(0.06), holm: Some(0.08), max_p: None },
        test: Some(Test::PermutationMonteCarlo),
        documents_a: 4,
        documents_b: 5,
        family: TestFamily::Rest,
        corrected: Some(Corrected {
            estimate: -0.125,
            low: Some(-0.5),
            high: Some(0.25),
            p_value: Some(0.5),
            q_value: Some(1.0),
        }),
        codings: 100,
        note: String::new(),
    }
}

pub(crate) fn contrast() -> Contrast {
    Contrast {
        frame_a: "build-up".to_owned(),
        frame_b: "talks".to_owned(),
        group: "A".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        hits_a: 4,
        hits_b: 0,
        log_ratio: None,
        interval: None,
        p_value: Some(0.5),
        q_value: None,
        is_exact: true,
        corrected: Some(Corrected { estimate: 1.5, low: Some(-0.5), high: None, p_value: Some(0.25), q_value: None }),
        codings: 60,
        note: "no hits of talks".to_owned(),
    }
}

pub(crate) fn sources() -> Vec<SourceShare> {
    let group = SourceShare {
        source: "city".to_owned(),
        kind: SourceKind::Group,
        group: "A".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        documents: 4,
        sentences: 6,
        all_sentences: 12,
        share: Some(0.5),
        interval: Some(Interval { low: 0.25, high: 0.75 }),
        method: Some(IntervalMethod::LogitT),
        attributions: AttributionCounts { by_kind: [3, 2, 1], by_verb_class: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
        note: "few documents".to_owned(),
    };
    let other = SourceShare {
        source: OTHER.to_owned(),
        kind: SourceKind::Rest,
        documents: 0,
        sentences: 0,
        all_sentences: 0,
        share: None,
        interval: None,
        method: None,
        attributions: AttributionCounts::default(),
        ..group.clone()
    };
    vec![group, other]
}

pub(crate) fn excluded() -> Vec<Excluded> {
    let record = |record, reason, detail: &str| Excluded {
        origin: Origin { file: "articles/a.csv".to_owned(), record },
        reason,
        detail: detail.to_owned(),
    };
    vec![record(12, Exclusion::BadDate, "\"31 Feb\"; expected 2022-02-03"), record(2, Exclusion::MissingText, "")]
}

fn key_terms() -> Vec<KeyTerm> {
    let prior = TermPrior { alpha: 0.5, total: 50.5 };
    let side = |units: &[(u64, u64)]| {
        let units = units.iter().map(|(k, n)| UnitCount { k: *k, n: *n });
        let carriers = units.clone().filter(|unit| unit.k > 0);
        TermSide::new(&UnitLengths::of(units.map(|unit| unit.n)), carriers, prior).unwrap()
    };
    let keyness = Keyness::new(side(&[(3, 100), (2, 200)]), side(&[(0, 100), (0, 300)]));
    vec![KeyTerm {
        term: "tank crews".to_owned(),
        kind: TermKind::Pair,
        group: "The Pennant".to_owned(),
        frame: Some(1),
        keyness,
        interval: Some(Interval { low: -0.5, high: 4.5 }),
        p_value: Some(0.25),
        q_value: Some(1e-9),
        documents: [2, 0],
    }]
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
        codings.push(id, coding_rows(&document, &coded, &frames(), &rules()).unwrap()).unwrap();
        attributions.push(id, attribution_rows(&document, &coded, &["city".to_owned()]).unwrap()).unwrap();
    }
    codings.finish(&mut staging).unwrap();
    attributions.finish(&mut staging).unwrap();
    metadata.finish(&mut staging).unwrap();
    write_documents(&mut staging, &frames(), &counts()).unwrap();
    write_validation(&mut staging, &frames(), &counts()).unwrap();
    write_duplicates(&mut staging, &copies(), &counts()).unwrap();
    write_stories(&mut staging, &[story()], &counts()).unwrap();
    write_excluded(&mut staging, &excluded()).unwrap();
    write_unlabelled(&mut staging, std::iter::once(("a", &[1, 2][..]))).unwrap();
    write_keyness(&mut staging, &frames(), &key_terms()).unwrap();
    write_findings(&mut staging, &findings()).unwrap();
    write_data_package(&mut staging, "A study").unwrap();
    staging.commit().unwrap();
}
