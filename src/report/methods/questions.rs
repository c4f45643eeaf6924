//! What `methods.md` says of the questions asked beyond shares and differences: inside events, of all groups or frames at once,
//! over time, of terms, of columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{
    Coefficient, GROUPS_IN_FULL, MOST_TERMS, MOST_TERMS_IN_FRAME, PRIOR_OCCURRENCES, REST, STORY_SIMILARITY,
};
use crate::model::{CompareSettings, KeynessSettings, RestRule, Subset};
use crate::report::PageSource;
use crate::report::escape::{code, markdown};
use crate::report::methods::{documents, parting};
use crate::report::number::counted;
use crate::stats::LEAST_STRATA;

/// How groups are compared inside the values of a column.
pub(super) fn inside(source: &PageSource<'_>) -> Vec<String> {
    let Some(within) = source.study.compare.within.as_deref().map(markdown) else { return Vec::new() };
    let rows = &source.findings.within;
    let pooled = rows.iter().filter(|row| row.difference.is_some());
    let Some(most) = pooled.map(|row| row.strata).max() else {
        return vec![format!(
            "No two groups meet in {LEAST_STRATA} values of {within} or more, so that none are compared inside these."
        )];
    };
    let mut text = vec![
        format!(
            "Two groups may differ as they write about different things, or differently about the same. So they are also compared \
             inside each value of {within} that has both (up to {most} for a pair; documents elsewhere are left out) and pooled, the \
             difference of shares and the log odds ratio with Mantel and Haenszel's (1959; Greenland and Robins 1985) weights."
        ),
        format!(
            "Their 95 % intervals take the value of {within} for the unit: the variance is that of a ratio over these values, with \
             Student's t on their number less one."
        ),
        "Each p-value comes from swapping the two groups inside values: all ways up to 2^14, else at random."
            .to_owned(),
        format!("Pairs that meet in fewer than {LEAST_STRATA} values are not pooled. {UNCORRECTED}"),
    ];
    let is_alike = source.study.compare.rest == RestRule::Equal && rows.iter().any(|row| &*row.group_b == REST);
    text.extend(is_alike.then(|| {
        "Of all the others together each counts alike there, too: the mean of their shares in a value stands for the share of the \
         rest, with the trials of all of them."
            .to_owned()
    }));
    text.extend((within == CompareSettings::STORY).then(found_stories));
    text
}

/// What a story is.
fn found_stories() -> String {
    format!(
        "Stories, where the corpus does not name them itself, are documents of two outlets or more of neighbouring days, joined by \
         average linkage (Sokal and Michener 1958) as long as the mean tf-idf cosine between groups is at least \
         {STORY_SIMILARITY} (Welbers and others 2018; stories.csv)."
    )
}

/// What is asked of all groups, or of all frames, at once.
pub(super) fn at_once(source: &PageSource<'_>) -> Vec<String> {
    let mut text = Vec::new();
    let rows = &source.findings.divergences;
    if source.findings.omnibus.is_empty() && !rows.is_empty() {
        text.push("Fewer than three groups are large enough for a test of all at once.".to_owned());
    }
    if source.findings.omnibus.iter().any(|row| row.test.is_some()) {
        text.push(
            "Whether the groups differ at all in a frame is tested before any pair, by the heterogeneity (Cochran 1954) of their \
             shares with variances by documents; its p-value comes from dealing documents out to all groups."
                .to_owned(),
        );
    }
    if source.findings.omnibus.iter().any(|row| row.is_rare) {
        text.push(
            "That of a frame which few documents have comes from their number alone: multinomial with the groups' documents, times the \
             power of their mean length that tells least, and tested by chi-squared (Pearson 1900) against random numbers."
                .to_owned(),
        );
    }
    if rows.iter().any(|row| row.divergence.is_some()) {
        text.push(
            "How far two groups lie apart over all frames is the Jensen-Shannon divergence in bits (Lin 1991) of their hits. Samples \
             of the same distribution diverge too: it stands beside the mean and the 95 % quantile of what dealing the documents out \
             anew gives. Cramer's V has Bergsma's (2013) correction. None of these is corrected by hand codings."
                .to_owned(),
        );
        let is_pooled = source.study.compare.rest == RestRule::Equal && rows.iter().any(|row| &*row.group_b == REST);
        text.extend(is_pooled.then(|| {
            "A divergence is one of hits: here the others are pooled, though each of them counts alike in differences.".to_owned()
        }));
    }
    text
}

/// What keyness.csv is, or why it has no rows.
pub(super) fn key_terms(source: &PageSource<'_>) -> Vec<String> {
    let mut distinct: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for document in documents(source) {
        distinct.entry(&document.group).or_default().insert(&document.cluster);
    }
    let sizes: Vec<u64> = distinct.values().map(|clusters| clusters.len() as u64).collect();
    let (all, asked) = (sizes.iter().sum::<u64>(), &source.study.keyness);
    let least = asked.least_documents;
    let has_others = |own: u64| asked.reference.is_some() || all - own >= least;
    if asked.subsets.is_empty() && !sizes.iter().any(|own| *own >= least && has_others(*own)) {
        let who = if asked.reference.is_some() { "no group has" } else { "no group and its others have" };
        return vec![format!("keyness.csv has no rows, as {who} {least} distinct documents each.")];
    }
    let fewer = if sizes.len() > GROUPS_IN_FULL {
        format!(" (of more than {GROUPS_IN_FULL} groups fewer each, in proportion)")
    } else {
        String::new()
    };
    let mut text = vec![format!(
        "Words, and pairs of words of which neither is grammar, are held against {} by weighted log-odds \
         (Monroe, Colaresi and Quinn 2008), in all of the text{}. The prior adds {PRIOR_OCCURRENCES} \
         occurrences of a term at its share of the words of both sides to either side. The standard error leaves out one document at a time, \
         with Welch's degrees of freedom, as words of one document are not independent. Tested is each term that \
         {least} distinct documents of the side that uses it more have{}; q-values are over all of these and all groups, of \
         words, of pairs and of each frame apart. keyness.csv has the {MOST_TERMS} terms of each group, kind and direction \
         with the least p-values, and {MOST_TERMS_IN_FRAME} in the sentences of a frame{fewer}. Names of outlets and standing phrases are \
         among them, as nothing is taken out.",
        held_against(asked),
        in_frames(source),
        // Of a list nobody knows the documents; what is tested there is said below.
        if asked.reference.is_some() {
            ""
        } else {
            ", and of the terms that a group uses less than other documents each that as many of its own would have if it were as \
             frequent there"
        },
    )];
    text.extend(asked.reference.is_some().then(|| {
        format!(
            "The list has no documents: its words count as independent, so that its part of the variance is the least it can be; \
             a term used less than in it is tested where it has {least} occurrences there and {least} documents of the corpus have it; \
             pairs are compared only where the list has some."
        )
    }));
    text.extend(key_subsets(asked));
    text.push(format!("The sentences of a frame are those that the coding gives it. {UNCORRECTED}"));
    text
}

/// In the sentences of which frames, too: a frame that documents are coded for as a whole has none.
fn in_frames(source: &PageSource<'_>) -> String {
    let frames = &source.codebook.frames;
    let with_sentences: Vec<String> =
        frames.iter().filter(|frame| !source.is_coded_whole(&frame.id)).map(|frame| markdown(&frame.id)).collect();
    match with_sentences.len() {
        0 => String::new(),
        some if some < frames.len() => format!(" and in the sentences of {}", with_sentences.join(", ")),
        _ => " and in the sentences of each frame".to_owned(),
    }
}

/// What the words of a group are held against.
fn held_against(asked: &KeynessSettings) -> String {
    match &asked.reference {
        Some(list) => format!("the list of frequencies {}", markdown(list)),
        None => "all other groups together".to_owned(),
    }
}

/// The parts of the corpus whose words are compared, each as the study writes it.
fn key_subsets(asked: &KeynessSettings) -> Option<String> {
    // A condition is code: as text its "<" would be an entity.
    let written = |(name, subset): (&String, &Subset)| format!("{} ({})", markdown(name), code(subset.written.trim()));
    let subsets: Vec<String> = asked.subsets.iter().map(written).collect();
    let pairs: Vec<String> =
        asked.pairs.iter().map(|(a, b)| format!("{} against {}", markdown(a), markdown(b))).collect();
    let others = if asked.reference.is_some() { "that list" } else { "all other documents" };
    let against = match pairs.len() {
        0 => format!("each against {others}"),
        _ => format!("{}; a part in no such pair against {others}", pairs.join(", ")),
    };
    (!subsets.is_empty()).then(|| {
        format!(
            "In the same way words are compared between parts of the corpus: {}; {against}. A document of both is on neither side, \
             and q-values are over the terms of one pair.",
            subsets.join(", ")
        )
    })
}

pub(super) fn contrasts(source: &PageSource<'_>) -> Vec<String> {
    let asked = &source.study.compare.contrasts;
    if asked.is_empty() {
        return Vec::new();
    }
    let pairs: Vec<String> = asked.iter().map(|(a, b)| format!("{} against {}", markdown(a), markdown(b))).collect();
    vec![format!(
        "Inside each group two frames are held against each other by the log ratio of their hits ({}), with an interval that leaves \
         out one document at a time (Tukey 1958; Efron 1982) and a test that swaps the two frames within documents; q-values are over all contrasts and groups, \
         of the whole span apart from single periods.",
        pairs.join("; ")
    )]
}

/// In whose voice and with which stance frames are spoken, and by whom.
pub(super) fn voices(source: &PageSource<'_>) -> Vec<String> {
    let tests = &source.findings.stance_tests;
    if !tests.has_sides {
        return vec![
            "No sentence with a frame affirms or rejects it, so that stances are not held against each other."
                .to_owned(),
        ];
    }
    let mut text = vec![
        "How much of a frame is in the outlet's own voice, and how much affirms or rejects it, are shares of its sentences whose \
         voice, or stance, is known (voices.csv), with the intervals of shares."
            .to_owned(),
        format!(
            "What affirms a frame is held against what rejects it by the log ratio of both; and of what does either the affirming \
             share in the outlet's own voice against that in the voice of its sources (stances.csv, {} with such a test). Both \
             leave out one document at a time (Tukey 1958), with Student's t; sentences that are neutral toward the frame are on \
             neither side; q-values are over all frames and groups, of the whole span apart from single periods. A rejection that the rules for negation and denial do not see counts as affirming, \
             and the denial of what would help against a harm (\"no relief will come\") as rejecting a frame of that harm: `evaluate` measures how often, where people coded the \
             stance.",
            counted(tests.of_voices, "row"),
        ),
        "A source's share is that of the sentences with its words in all with words of anybody (sources.csv), with the intervals of \
         shares; what was not said, or only supposed, is left out."
            .to_owned(),
    ];
    if !source.findings.speakers.is_empty() {
        text.push(
            "Who is given a frame is the part of its attributed sentences that each group of sources speaks (speakers.csv), with the \
             same intervals; a source's group goes by its name in the document."
                .to_owned(),
        );
    }
    if tests.has_codings {
        text.push(
            "Hand codings that say a stance correct the ratio; the difference of voices is not corrected.".to_owned(),
        );
    }
    text
}

/// What is said where hand codings correct nothing, whether or not they correct shares.
const UNCORRECTED: &str = "None of these is corrected by hand codings.";

/// What shares are explained by.
pub(super) fn regression(source: &PageSource<'_>) -> String {
    let (asked, no_terms) = (&source.study.compare.regress_on, &source.findings.no_terms);
    let reasons =
        no_terms.iter().map(|(name, why)| format!("{} ({why})", markdown(name))).collect::<Vec<_>>().join(", ");
    if source.findings.regression.is_empty() {
        return format!("regression.csv is empty, as nothing asked for can explain shares: {reasons}.");
    }
    let is_term = |name: &&String| no_terms.iter().all(|(other, _)| other != *name);
    let terms = asked.iter().filter(is_term).map(|name| markdown(name)).collect::<Vec<_>>().join(", ");
    let mut without = if reasons.is_empty() { String::new() } else { format!(" Left out of it: {reasons}.") };
    if source.findings.regression.iter().any(Coefficient::follows) {
        without += " Of terms that follow from one another, as an outlet and a section that it alone has and no other, the last is left out \
             as in R's glm; the estimates of the others depend on that choice, and their notes say so.";
    }
    format!(
        "Each frame's share is explained by {terms} in one logistic regression (regression.csv), one row a document, with the \
         variance that leaves out one document at a time (CR3: Bell and McCaffrey 2002) and Student's t on documents less \
         coefficients; terms are tested by Wald's F, and average marginal effects have errors by the delta method. Values with \
         fewer than 10 documents are left out, and so are, of a frame, documents of a value that has it never or always (separation): its row has no \
         estimate.{without} {UNCORRECTED}"
    )
}

/// Trends, interrupted series and changes of level.
pub(super) fn over_time(source: &PageSource<'_>) -> Vec<String> {
    let found = source.findings;
    let Some(row) = found.trends.first() else {
        return vec!["No document has a date: trends.csv and changepoints.csv are empty.".to_owned()];
    };
    let of_two = found.trends.iter().any(|row| row.other.is_some());
    let mut text = vec![format!(
        "Trends (trends.csv) are logistic regressions of a frame's share on the day, one row a document, as odds ratios per {} \
         days{}. The variance leaves out one document at a time (CR3: Bell and \
         McCaffrey 2002), with Student's t on documents less coefficients; fewer than 10 documents or 5 days have none.",
        row.days,
        if of_two { "; those of two groups are compared in one regression" } else { "" },
    )];
    if found.trends.iter().any(|row| row.lag.is_some()) {
        text.push(
            "A lead or lag of two groups (lead-lag in trends.csv) is the shift at which their shares by bin, freed of their own \
             autoregression of order one, correlate most; its p-value is the share of all shifts on a ring whose largest correlation over \
             the same lags is as large (Haugh 1976)."
                .to_owned(),
        );
    }
    let (days, idle) = parting(source, &source.study.compare.interruptions);
    if !days.is_empty() {
        let bin = if found.changepoints.iter().any(|row| row.bin_days > 1) { "week" } else { "day" };
        text.push(format!(
            "At {}, named before looking, the log-odds may step and change their slope; the variance leaves out one {bin} at a time, and \
             the step is ranked among steps at other {bin}s. Shares before and after are compared by Welch's interval and \
             by dealing documents out, or, of a frame that few have, by the number of these (Przyborowski and Wilenski 1940){}.",
            days.join(", "),
            if of_two {
                "; changes of two groups by the four variances (Satterthwaite 1946), and where a share is 0 or 1 by what the four \
                 intervals say (Zou and Donner 2008)"
            } else {
                ""
            },
        ));
    }
    text.extend(idle.map(|idle| format!("{idle}.")));
    text.push(
        "Changes of level (changepoints.csv) minimise the binomial cost over the design effect with a penalty of 3 ln T for each (Killick, \
         Fearnhead and Eckley 2012), at least two of T bins a level and none in fewer than 10; penalty_of_fewer says how far that penalty could rise before fewer were found; p deals documents out over the bins."
            .to_owned(),
    );
    text.push(UNCORRECTED.to_owned());
    text
}
