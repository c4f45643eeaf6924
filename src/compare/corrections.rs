//! Corrects a cell's shares by the sentences, or documents, of it that people coded.
//!
//! Only codings that were drawn with a known probability correct: of others nobody knows what they stand for. And only
//! codings of the cell itself do. Error rates of other groups or periods are never borrowed, since whether they are the
//! same is what is asked: simulated, intervals with borrowed ones cover as little as .03.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compare::corrected::{OTHER_CODERS, SINGLE_CODERS};
use crate::compare::place::WHOLE_SPAN;
use crate::compare::{Corrected, DoubleCoding, Plan};
use crate::model::{Unit, UnitKey};
use crate::stats::{
    ClusteredShare, CodedTrial, CorrectedPair, CorrectedShare, Interval, PairScale, PredictedShare,
    correlation_of_estimates,
};

/// The level of the intervals is 1 less this.
const ALPHA: f64 = 0.05;

/// With fewer codings a corrected share holds its level but says nothing: half of all shares are in the interval.
const LEAST_CODINGS: u64 = 10;

/// The same in single periods, which share a sample among them.
const LEAST_CODINGS_IN_PERIODS: u64 = 5;

/// Why the share of a group of frames is never corrected: nobody was asked for the group, and of its frames each may have been
/// coded in other sentences.
const OF_GROUP: &str = "hand codings are of frames, not of groups of them";

/// The document of a coding.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodingPlace<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// What the machine makes of it, where documents are counted.
    pub(super) is_hit: bool,
    /// How many trials share the weight of its unit, where units count alike; else 1.
    pub(super) size: u64,
}

/// What people said of one frame in a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct FrameCodings<'a> {
    /// Whether it is a group of frames, which nobody was asked for.
    is_of_group: bool,
    /// Those that correct.
    trials: BTreeMap<UnitKey<'a>, CodedTrial>,
    /// Codings of which nobody knows how they were drawn.
    without_probability: u64,
    /// Codings of sentences where documents are counted.
    of_sentences: u64,
    /// Codings of documents where sentences are counted.
    of_documents: u64,
    /// The same where a voice or a stance is counted, which documents have not, whatever the study's unit.
    voiceless: u64,
    /// Units on which as many coders say yes as no.
    in_dispute: u64,
    /// Codings that found the frame but do not say in whose voice, or with which stance, where that is asked for.
    without_voice: u64,
    /// Codings that found the frame and do.
    with_voice: u64,
    /// Who coded alone.
    lone_coders: BTreeSet<Arc<str>>,
    /// Codings that two or more coders agree on, or that were adjudicated.
    checked: u64,
}

impl<'a> FrameCodings<'a> {
    /// By frame of the plan, what people said of no document.
    pub(super) fn none(plan: &Plan) -> Vec<Self> {
        let of_frame = |frame| Self { is_of_group: frame >= plan.codebook_frames(), ..Self::default() };
        (0..plan.frames().len()).map(of_frame).collect()
    }

    /// Whether any of them correct.
    pub(super) fn correct(&self) -> bool {
        !self.trials.is_empty()
    }

    /// Adds one coding.
    pub(super) fn add(&mut self, plan: &Plan, document: CodingPlace<'a>, double: &DoubleCoding) {
        let settings = plan.settings();
        let is_predicted = match (settings.unit, double.sentence) {
            (Unit::Sentence, Some(_)) => plan.counted().is_met(double.machine) == Some(true),
            (Unit::Document, None) => document.is_hit,
            (Unit::Document, Some(_)) => {
                self.of_sentences += 1;
                return;
            }
            (Unit::Sentence, None) if plan.counts_part() => {
                self.voiceless += 1;
                return;
            }
            (Unit::Sentence, None) => {
                self.of_documents += 1;
                return;
            }
        };
        let Some(inclusion) = double.inclusion else {
            self.without_probability += 1;
            return;
        };
        let Some(people) = double.people else {
            self.in_dispute += 1;
            return;
        };
        let Some(is_success) = plan.counted().is_met(people) else {
            self.without_voice += 1;
            return;
        };
        self.with_voice += u64::from(people.carries);
        let trial = CodedTrial { is_predicted, is_success, weight: 1.0 / (inclusion * document.size as f64) };
        self.trials.insert(UnitKey { document: document.id, sentence: double.sentence }, trial);
        match &double.only_coder {
            Some(coder) => drop(self.lone_coders.insert(coder.clone())),
            None => self.checked += 1,
        }
    }

    /// Adds those of a group, of which each stands for so much more.
    pub(super) fn add_weighted(&mut self, group: &Self, weight: f64) {
        let weighted =
            |(key, trial): (&UnitKey<'a>, &CodedTrial)| (*key, CodedTrial { weight: trial.weight * weight, ..*trial });
        self.trials.extend(group.trials.iter().map(weighted));
        self.lone_coders.extend(group.lone_coders.iter().cloned());
        self.without_probability += group.without_probability;
        self.of_sentences += group.of_sentences;
        self.of_documents += group.of_documents;
        self.voiceless += group.voiceless;
        self.in_dispute += group.in_dispute;
        self.without_voice += group.without_voice;
        self.with_voice += group.with_voice;
        self.checked += group.checked;
    }

    fn count(&self) -> u64 {
        self.trials.len() as u64
    }

    fn trials(&self) -> Vec<CodedTrial> {
        self.trials.values().copied().collect()
    }
}

/// A frame's share in a cell as its codings correct it; nothing in a study that nobody coded.
#[derive(Default)]
pub(super) struct FrameCorrection<'c, 'a> {
    codings: Option<&'c FrameCodings<'a>>,
    /// The corrected share; `None` where nobody coded, or too few.
    pub(super) share: Option<CorrectedShare>,
    /// Why there is none, or what is to be known of it.
    pub(super) remarks: Vec<String>,
}

impl<'c, 'a> FrameCorrection<'c, 'a> {
    /// `codings` is `None` in a study that nobody coded, which the page says once for all rows.
    pub(super) fn new(share: &ClusteredShare, codings: Option<&'c FrameCodings<'a>>, period: &str) -> Self {
        let mut correction = Self { codings, share: None, remarks: Vec::new() };
        let (Some(codings), Some(predicted)) = (codings, PredictedShare::of(share)) else { return correction };
        match refusal(codings, period) {
            Some(why) => correction.remarks.push(format!("not corrected: {why}")),
            None => correction.correct(predicted, codings),
        }
        correction
    }

    fn correct(&mut self, predicted: PredictedShare, codings: &FrameCodings<'_>) {
        let share = CorrectedShare::new(predicted, &codings.trials());
        for (is_predicted, of) in [(true, "with"), (false, "without")] {
            if share.lacks_codings(is_predicted) {
                self.remarks
                    .push(format!("no hand coding of what the study codes {of} the frame: the correction is wide"));
            }
        }
        if codings.without_voice > 0 {
            let count = codings.without_voice;
            self.remarks.push(format!("left out: hand codings of the frame without a voice or stance, {count}"));
        }
        if codings.in_dispute > 0 {
            // What coders differ on is not like the rest, so that leaving it out is no mere loss of size.
            self.remarks.push(format!("left out: hand codings in dispute, {}; adjudicate them", codings.in_dispute));
        }
        if codings.checked == 0 {
            self.remarks.push(SINGLE_CODERS.to_owned());
        }
        self.share = Some(share);
    }

    /// Codings that correct, or would if they were more.
    pub(super) fn count(&self) -> u64 {
        self.codings.map_or(0, FrameCodings::count)
    }

    /// Whether all were agreed on by two coders or adjudicated.
    pub(super) fn is_checked(&self) -> bool {
        self.codings.is_some_and(|codings| codings.checked > 0 && codings.lone_coders.is_empty())
    }

    /// The corrected share with its interval.
    pub(super) fn corrected(&self) -> Option<Corrected> {
        let share = self.share.as_ref()?;
        let Interval { low, high } = share.interval(ALPHA);
        Some(Corrected { estimate: share.estimate(), low: Some(low), high: Some(high), p_value: None, q_value: None })
    }

    /// This group's share less another's.
    pub(super) fn less(&self, other: &FrameCorrection<'_, '_>) -> Option<Corrected> {
        let pair = CorrectedPair::independent(self.share.as_ref()?, other.share.as_ref()?, PairScale::Difference);
        held_against(&pair)
    }

    /// The log ratio of this frame's share to another's in the same cell, whose codings are the same or some of them.
    pub(super) fn log_ratio_to(&self, other: &FrameCorrection<'_, '_>) -> Option<Corrected> {
        let pair = CorrectedPair::independent(self.share.as_ref()?, other.share.as_ref()?, PairScale::LogRatio);
        held_against(&pair.correlated(self.correlation_with(other)?))
    }

    /// This part of a frame as a share of both parts, which the same codings tell. A ratio to a part that may not be there at
    /// all leaves that side at 0 or 1.
    pub(super) fn part_beside(&self, other: &FrameCorrection<'_, '_>) -> Option<Corrected> {
        let pair = CorrectedPair::independent(self.share.as_ref()?, other.share.as_ref()?, PairScale::LogRatio);
        let pair = pair.correlated(self.correlation_with(other)?);
        let share = |logit: f64| 1.0 / (1.0 + (-logit).exp());
        let (estimate, interval) = (pair.estimate()?, pair.interval(ALPHA)?);
        let [estimate, low, high] = [estimate, interval.low, interval.high].map(share);
        Some(Corrected { estimate, low: Some(low), high: Some(high), p_value: None, q_value: None })
    }

    fn correlation_with(&self, other: &FrameCorrection<'_, '_>) -> Option<f64> {
        let [own, others] = [self.influences()?, other.influences()?];
        let keys: BTreeSet<UnitKey<'_>> = own.keys().chain(others.keys()).copied().collect();
        // A sentence of which only one frame was coded moves only that frame's share.
        let of = |influences: &BTreeMap<UnitKey<'_>, f64>| -> Vec<f64> {
            keys.iter().map(|key| influences.get(key).copied().unwrap_or(0.0)).collect()
        };
        Some(correlation_of_estimates(&of(&own), &of(&others)))
    }

    fn influences(&self) -> Option<BTreeMap<UnitKey<'a>, f64>> {
        let (share, codings) = (self.share.as_ref()?, self.codings?);
        Some(codings.trials.keys().copied().zip(share.influences(&codings.trials())).collect())
    }

    /// Sentences with a coding of either frame.
    pub(super) fn count_with(&self, other: &FrameCorrection<'_, '_>) -> u64 {
        let keys = [self.codings, other.codings].into_iter().flatten().flat_map(|codings| codings.trials.keys());
        keys.collect::<BTreeSet<_>>().len() as u64
    }

    /// What is to be said of a log ratio that is not corrected, or not bounded.
    pub(super) fn remark_on_ratio(&self, other: &FrameCorrection<'_, '_>) -> Option<String> {
        if self.codings?.is_of_group || other.codings?.is_of_group {
            return Some(format!("not corrected: {OF_GROUP}"));
        }
        let (Some(own), Some(others)) = (&self.share, &other.share) else {
            return Some("not corrected: too few hand codings with known probability of a frame".to_owned());
        };
        let is_zero = own.estimate() <= 0.0 || others.estimate() <= 0.0;
        let may_be_zero = own.interval(ALPHA).low <= 0.0 || others.interval(ALPHA).low <= 0.0;
        let remark = if is_zero {
            "not corrected: coders found none of a frame"
        } else {
            "a corrected share may be 0: no limit on that side"
        };
        (is_zero || may_be_zero).then(|| remark.to_owned())
    }

    /// What is to be said of a difference: why it is not corrected, or that coders pass for groups.
    pub(super) fn remark_on_pair(&self, other: &FrameCorrection<'_, '_>) -> Option<String> {
        let (own, others) = (self.codings?, other.codings?);
        if own.is_of_group {
            return Some(format!("not corrected: {OF_GROUP}"));
        }
        let missing = match (self.share.is_none(), other.share.is_none()) {
            (false, false) if own.checked + others.checked > 0 => return None,
            (false, false) => {
                let apart = own.lone_coders.is_disjoint(&others.lone_coders);
                return apart.then(|| OTHER_CODERS.to_owned());
            }
            (true, true) => "either group",
            (true, false) => "group_a",
            (false, true) => "group_b",
        };
        Some(format!("not corrected: too few hand codings with known probability in {missing}"))
    }
}

/// Why these codings do not correct a share; `None` where they do.
fn refusal(codings: &FrameCodings<'_>, period: &str) -> Option<String> {
    if codings.is_of_group {
        return Some(OF_GROUP.to_owned());
    }
    let (count, is_whole) = (codings.count(), period == WHOLE_SPAN);
    let least = if is_whole { LEAST_CODINGS } else { LEAST_CODINGS_IN_PERIODS };
    // Where coders were asked for frames alone, what is left is what carries none: half of the hits would pass for a voice.
    if codings.without_voice > 0 && codings.with_voice == 0 {
        return Some("its hand codings do not say in whose voice, or with which stance".to_owned());
    }
    if count >= least {
        return None;
    }
    let place = if is_whole { "in this group" } else { "in this period" };
    let more = least - count;
    Some(match count {
        0 if codings.without_probability > 0 => {
            format!("nobody knows with which probability its {} codings were drawn", codings.without_probability)
        }
        0 if codings.of_sentences > 0 => {
            "documents are counted, but sentences were coded; code documents (parallax sample --unit document)"
                .to_owned()
        }
        0 if codings.of_documents > 0 => {
            "sentences are counted, but documents were coded; write unit = \"document\" under [compare]".to_owned()
        }
        0 if codings.voiceless > 0 => {
            "documents were coded, which have no voice or stance; code sentences (parallax sample --unit sentence)"
                .to_owned()
        }
        0 => format!("not coded by hand; code {more} {place}"),
        _ => format!("{count} hand codings are too few; code {more} more {place}"),
    })
}

/// The estimate of a pair with interval and p-value; an infinite limit is none.
fn held_against(pair: &CorrectedPair<'_>) -> Option<Corrected> {
    let (estimate, interval) = (pair.estimate()?, pair.interval(ALPHA)?);
    let finite = |limit: f64| Some(limit).filter(|limit| limit.is_finite());
    Some(Corrected {
        estimate,
        low: finite(interval.low),
        high: finite(interval.high),
        p_value: pair.p_value(),
        q_value: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::compare::{DocumentCounts, FrameCounts, JudgedFrame, findings, part_shares, stance_balances};
    use crate::model::{CompareSettings, FrameGroup};

    /// Two outlets of sixty documents whose frame the machine finds in half the sentences, and people in a quarter of these:
    /// of each document its first and its last sentence are coded, each with a probability of one in five.
    fn coded_corpus(inclusion: Option<f64>) -> Vec<(String, DocumentCounts)> {
        let coding = |number: u64, sentence: usize, frame: usize| {
            let machine = JudgedFrame { carries: sentence == 0 && frame == 0, ..JudgedFrame::default() };
            let people = JudgedFrame { carries: machine.carries && number.is_multiple_of(4), ..machine };
            DoubleCoding {
                sentence: Some(sentence),
                frame,
                people: Some(people),
                machine,
                inclusion,
                only_coder: Some("anna".into()),
            }
        };
        let of_outlet = |outlet: &'static str| {
            (0..60_u64).map(move |number| {
                let mut counts = document(outlet, "2022-W01", 10, [5, 0, 0]);
                counts.double_codings =
                    [(0, 0), (0, 1), (9, 0), (9, 1)].map(|(at, frame)| coding(number, at, frame)).into();
                (format!("{outlet}-{number}"), counts)
            })
        };
        of_outlet("alfa").chain(of_outlet("beta")).collect()
    }

    #[test]
    fn codings_with_known_probability_correct_shares_differences_and_ratios() {
        let found = findings(&plan(weekly()), &counts(coded_corpus(Some(0.2))));
        let share = found.prevalence.iter().find(|row| &*row.frame == "threat" && &*row.period == WHOLE_SPAN).unwrap();
        let corrected = share.corrected.as_ref().unwrap();
        // Half of all sentences are hits, of which people find a quarter; they find nothing in the others.
        assert!((corrected.estimate - 0.125).abs() < 1e-12, "{corrected:?}");
        assert!(corrected.low.unwrap() < 0.125 && corrected.high.unwrap() > 0.125 && share.codings == 120);
        assert!(share.note.ends_with("corrected by single coders: their errors are not in the interval"));
        let pair = &found.comparisons[0];
        let difference = pair.corrected.as_ref().unwrap();
        assert!(difference.estimate.abs() < 1e-12 && pair.codings == 240, "{pair:?}");
        assert_eq!((difference.p_value, difference.q_value), (Some(1.0), Some(1.0)));
        let contrast = &found.contrasts[0];
        assert_eq!((contrast.corrected.as_ref(), contrast.codings), (None, 120), "nobody found the other frame");
        assert!(contrast.note.ends_with("not corrected: coders found none of a frame"), "{}", contrast.note);
    }

    #[test]
    fn units_on_which_coders_differ_are_counted_where_they_are_missing() {
        let mut documents = coded_corpus(Some(0.2));
        for (_, counts) in &mut documents[..3] {
            counts.double_codings[0].people = None;
        }
        let found = findings(&plan(weekly()), &counts(documents));
        let note_of = |group: &str| {
            let row = found.prevalence.iter().find(|row| &*row.group == group && &*row.period == WHOLE_SPAN).unwrap();
            (row.codings, row.note.contains("left out: hand codings in dispute, 3; adjudicate them"))
        };
        assert_eq!([note_of("alfa"), note_of("beta")], [(117, true), (120, false)]);
    }

    /// Documents of which people said whether they carry each frame, in a study with a group of both.
    #[test]
    fn what_is_never_corrected_is_not_asked_for() {
        let group = FrameGroup { id: "any".to_owned(), frames: vec!["threat".to_owned(), "talks".to_owned()] };
        let contrasts = vec![("any".to_owned(), "never".to_owned())];
        let unit = Unit::Document;
        let plan = plan(CompareSettings { unit, frame_groups: vec![group], contrasts, ..CompareSettings::default() });
        let mut documents = coded_corpus(Some(0.2));
        for (_, counts) in &mut documents {
            let whole = counts.double_codings.iter().take(2);
            counts.double_codings = whole.map(|coding| DoubleCoding { sentence: None, ..coding.clone() }).collect();
            counts.frames = [5, 0, 0, 5].map(|hits| FrameCounts { hits, ..FrameCounts::default() }).to_vec().into();
        }
        let counts = counts(documents);
        let found = findings(&plan, &counts);
        let of_group = "not corrected: hand codings are of frames, not of groups of them";
        let share = |frame: &str| found.prevalence.iter().find(|row| &*row.frame == frame).unwrap();
        assert!(share("threat").corrected.is_some() && share("any").note.ends_with(of_group), "{}", share("any").note);
        let pair = found.comparisons.iter().find(|row| &*row.frame == "any").unwrap();
        assert!(pair.note.ends_with(of_group), "{}", pair.note);
        assert!(found.contrasts[0].note.ends_with(of_group), "{}", found.contrasts[0].note);
        let voiceless = "not corrected: documents were coded, which have no voice or stance; code sentences (parallax sample --unit sentence)";
        for (frame, why) in [("threat", voiceless), ("any", of_group)] {
            let part = part_shares(&plan, &counts).find(|row| row.frame == frame).unwrap();
            let mut balances = stance_balances(&plan, &counts, &found.stance_tests);
            let balance = balances.find(|row| row.frame == frame).unwrap();
            for note in [&part.note, &balance.note] {
                assert!(note.ends_with(why) && note.matches("not corrected").count() == 1, "{frame}: {note}");
            }
        }
    }

    #[test]
    fn what_is_not_corrected_says_why() {
        let few = |keep: u64| {
            let mut documents = coded_corpus(Some(0.2));
            for (place, (_, counts)) in documents.iter_mut().enumerate() {
                if place as u64 % 60 >= keep {
                    counts.double_codings = Box::default();
                }
            }
            documents
        };
        for (case, documents, note) in [
            ("nobody coded", corpus(&["alfa", "beta"]), ""),
            (
                "unknown probabilities",
                coded_corpus(None),
                "not corrected: nobody knows with which probability its 120 codings were drawn",
            ),
            ("four of ten", few(2), "not corrected: 4 hand codings are too few; code 6 more in this group"),
        ] {
            let found = findings(&plan(weekly()), &counts(documents));
            let share = &found.prevalence[0];
            assert_eq!(share.corrected, None, "{case}");
            let said = share.note.split("; ").find(|remark| remark.starts_with("not corrected")).unwrap_or_default();
            let rest = share.note.split_once(said).map_or("", |parts| parts.1);
            assert_eq!(format!("{said}{rest}"), if note.is_empty() { rest } else { note }, "{case}");
        }
        let sentences_only = CompareSettings { unit: Unit::Document, ..CompareSettings::default() };
        let found = findings(&plan(sentences_only), &counts(coded_corpus(Some(0.2))));
        let note = &found.prevalence[0].note;
        assert!(note.ends_with("code documents (parallax sample --unit document)"), "{note}");
    }
}
