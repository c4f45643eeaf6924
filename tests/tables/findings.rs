//! What the made-up study finds: one full row of each table, and one with everything undefined.

use jiff::civil::date;
use parallax::compare::{
    AttributionCounts, Changepoint, Coefficient, Comparison, Contrast, Corrected, Divergence, DivergenceSide, Findings,
    FrameDivergence, FramePart, IntervalMethod, KeyTerm, OTHER, Omnibus, PartShare, Prevalence, REST, SampleSize,
    SeriesSize, SourceKind, SourceShare, SpeakerShare, StanceBalance, StanceSides, StanceTests, StricterP, TermKind,
    TermQuestion, Test, TestFamily, Trend, TrendKind, WHOLE_SPAN, WithinComparison, WithinSide,
};
use parallax::model::{StanceFilter, VoiceFilter};
use parallax::stats::{
    DeltaEstimate, DivergenceTest, Interval, Keyness, OmnibusTest, Placebo, PooledEstimate, TermCarriers, TermPrior,
    TermSide, UnitCount, UnitLengths, WaldTest,
};

/// One full row of each table, and one with everything undefined.
pub(crate) fn findings() -> Findings {
    let prevalence = Prevalence {
        frame: "build-up".into(),
        group: "The Pennant, \"daily\"".into(),
        period: WHOLE_SPAN.into(),
        voice: VoiceFilter::All,
        stance: StanceFilter::Against,
        documents: 2,
        clusters: 1,
        sentences: 6,
        hits: 4,
        estimate: Some(2.0 / 3.0),
        interval: Some(Interval { low: 0.25, high: 0.921 }),
        method: Some(IntervalMethod::LogitT),
        icc: Some(-0.0),
        deff: Some(1.5),
        corrected: Some(Box::new(Corrected {
            estimate: 0.5,
            low: Some(0.25),
            high: Some(0.75),
            p_value: None,
            q_value: None,
        })),
        codings: 50,
        without_rule_share: Some(0.25),
        few_effective: None,
        note: "few documents; copies".into(),
    };
    let empty = Prevalence {
        period: "2022-01".into(),
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
        speakers: vec![speaker()],
        trends: vec![trend()],
        changepoints: vec![changepoint()],
        regression: vec![coefficient()],
        stance_tests: StanceTests::default(),
        no_terms: Vec::new(),
    }
}

fn trend() -> Trend {
    Trend {
        frame: "build-up".into(),
        group: "A".into(),
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
        lag: Some(-3),
        note: "few documents".into(),
    }
}

const fn series_size() -> SeriesSize {
    SeriesSize { documents: 9, clusters: 8, bins: 12, sentences: 40, hits: 4 }
}

fn changepoint() -> Changepoint {
    Changepoint {
        frame: "build-up".into(),
        group: "A".into(),
        date: Some(date(2022, 2, 24)),
        is_change: true,
        shares: Some([0.25, 0.5]),
        posterior: Some(0.75),
        range: Some((date(2022, 2, 23), date(2022, 2, 25))),
        p_value: Some(0.001),
        q_value: Some(0.012),
        design_effect: Some(1.5),
        penalties: Some((8.25, Some(20.5))),
        bin_days: 1,
        size: series_size(),
        note: "".into(),
    }
}

fn coefficient() -> Coefficient {
    let estimate = DeltaEstimate { value: 0.5, standard_error: 0.0, df: 8.0 };
    Coefficient {
        frame: "build-up".into(),
        term: "outlet".to_owned(),
        level: "B".to_owned(),
        base: "A".to_owned(),
        days: None,
        estimate: Some(estimate),
        p_value: Some(0.25),
        q_value: None,
        marginal: Some(DeltaEstimate { value: 0.125, ..estimate }),
        test: Some(WaldTest { f: 2.5, numerator_df: 2, denominator_df: 8, p_value: 0.125 }),
        documents: 9,
        clusters: 8,
        sentences: 40,
        hits: 4,
        note: "few documents".into(),
    }
}

fn omnibus() -> Omnibus {
    Omnibus {
        frame: "build-up".into(),
        period: WHOLE_SPAN.into(),
        groups: 3,
        documents: 9,
        clusters: 8,
        sentences: 40,
        test: Some(OmnibusTest { statistic: 7.25, effect: 0.125, p_value: 0.001, exact: false }),
        is_rare: false,
        q_value: Some(0.012),
        note: "few documents".into(),
    }
}

fn divergence() -> Divergence {
    let frame = FrameDivergence {
        frame: "build-up".into(),
        hits: [4, 0],
        shares: [Some(1.0), None],
        divergence: Some(0.25),
        note: "".into(),
    };
    let side =
        |documents: u64| DivergenceSide { hits: 4, documents, clusters: documents - 1, sentences: 10 * documents };
    Divergence {
        group_a: "A".into(),
        group_b: REST.into(),
        period: WHOLE_SPAN.into(),
        frames: vec![frame],
        divergence: Some(0.25),
        test: Some(DivergenceTest { null_mean: 0.3, null_q95: 0.5, p_value: 0.75, exact: true }),
        q_value: Some(1.0),
        family: TestFamily::Rest,
        total_variation: Some(0.5),
        cramers_v: None,
        a: side(4),
        b: side(5),
        note: "".into(),
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
        frame: "build-up".into(),
        group_a: "A".into(),
        group_b: REST.into(),
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
        note: "few values".into(),
    }
}

/// A row of `voices.csv`, which are not held.
pub(crate) fn part() -> PartShare<'static> {
    PartShare {
        frame: "build-up",
        group: "A",
        period: WHOLE_SPAN,
        part: FramePart::Own,
        sample: SampleSize { documents: 9, clusters: 8, sentences: 40 },
        sentences: 4,
        hits: 3,
        estimate: Some(0.75),
        interval: None,
        method: None,
        corrected: Some(Box::new(Corrected {
            estimate: 0.5,
            low: Some(0.25),
            high: Some(1.0),
            p_value: None,
            q_value: None,
        })),
        codings: 60,
        note: "few documents".into(),
    }
}

fn speaker() -> SpeakerShare {
    SpeakerShare {
        frame: "build-up".into(),
        source_group: "city".into(),
        group: "A".into(),
        period: WHOLE_SPAN.into(),
        documents: 3,
        clusters: 2,
        attributed: 8,
        hits: 4,
        share: Some(0.5),
        interval: Some(Interval { low: 0.25, high: 0.75 }),
        method: Some(IntervalMethod::LogitT),
        note: "few documents".into(),
    }
}

pub(crate) fn stance_balance() -> StanceBalance<'static> {
    StanceBalance {
        frame: "build-up",
        group: "A",
        period: WHOLE_SPAN,
        sides: StanceSides { favor: 6, against: 3 },
        log_ratio: Some(0.75),
        own: StanceSides { favor: 3, against: 1 },
        attributed: StanceSides { favor: 2, against: 2 },
        difference: Some(0.25),
        voices: Some(DeltaEstimate { value: 0.25, standard_error: 0.0, df: 3.0 }),
        voices_p: Some(0.5),
        documents: 9,
        clusters: 8,
        sentences: 40,
        note: "few documents".into(),
        ..StanceBalance::default()
    }
}

fn comparison() -> Comparison {
    Comparison {
        frame: "build-up".into(),
        group_a: "A".into(),
        group_b: REST.into(),
        period: WHOLE_SPAN.into(),
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
        sample_a: SampleSize { documents: 4, clusters: 3, sentences: 40 },
        sample_b: SampleSize { documents: 5, clusters: 4, sentences: 50 },
        family: TestFamily::Rest,
        corrected: Some(Box::new(Corrected {
            estimate: -0.125,
            low: Some(-0.5),
            high: Some(0.25),
            p_value: Some(0.5),
            q_value: Some(1.0),
        })),
        codings: 100,
        note: "".into(),
    }
}

fn contrast() -> Contrast {
    Contrast {
        frame_a: "build-up".into(),
        frame_b: "talks".into(),
        group: "A".into(),
        period: WHOLE_SPAN.into(),
        sample: SampleSize { documents: 9, clusters: 8, sentences: 40 },
        hits_a: 4,
        hits_b: 0,
        log_ratio: None,
        interval: None,
        p_value: Some(0.5),
        q_value: None,
        is_exact: true,
        corrected: Some(Box::new(Corrected {
            estimate: 1.5,
            low: Some(-0.5),
            high: None,
            p_value: Some(0.25),
            q_value: None,
        })),
        codings: 60,
        note: "no hits of talks".into(),
    }
}

fn sources() -> Vec<SourceShare> {
    let group = SourceShare {
        source: "city".into(),
        kind: SourceKind::Group,
        group: "A".into(),
        period: WHOLE_SPAN.into(),
        documents: 4,
        clusters: 3,
        sample: SampleSize { documents: 9, clusters: 8, sentences: 90 },
        sentences: 6,
        all_sentences: 12,
        share: Some(0.5),
        interval: Some(Interval { low: 0.25, high: 0.75 }),
        method: Some(IntervalMethod::LogitT),
        attributions: AttributionCounts { by_kind: [3, 2, 1], by_verb_class: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
        note: "few documents".into(),
    };
    let other = SourceShare {
        source: OTHER.into(),
        kind: SourceKind::Rest,
        documents: 0,
        clusters: 0,
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

pub(crate) fn key_terms() -> Vec<KeyTerm> {
    let prior = TermPrior { alpha: 0.5, total: 50.5 };
    let side = |units: &[(u64, u64)]| {
        let units = units.iter().map(|(k, n)| UnitCount { k: *k, n: *n });
        let carriers = units.clone().filter(|unit| unit.k > 0);
        let (lengths, mut of_term) = (UnitLengths::of(units.map(|unit| unit.n)), TermCarriers::default());
        of_term.count(&lengths, carriers);
        TermSide::new(&lengths, &of_term, prior).unwrap()
    };
    let keyness = Keyness::new(side(&[(3, 100), (2, 200)]), side(&[(0, 100), (0, 300)]));
    vec![KeyTerm {
        term: "tank crews".to_owned(),
        kind: TermKind::Pair,
        question: TermQuestion::Groups,
        group: "The Pennant".into(),
        against: REST.to_owned(),
        frame: Some(1),
        keyness,
        interval: Some(Interval { low: -0.5, high: 4.5 }),
        p_value: Some(0.25),
        q_value: Some(1e-9),
        documents: (2, Some(0)),
        clusters: (2, Some(2)),
        groups: 1,
        note: String::new(),
    }]
}
